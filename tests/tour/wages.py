#!/usr/bin/env python3
"""wages.py - wages computed anew from an export alone, to hold against what the books say.

In: the folder that `baogong-server export` wrote. Out: JSON, for each worker his fen and his fen by shift date; "0" is
nobody known. Written from docs/protocol.md, sharing no code with the server: every piece is followed by itself, and
nothing is stored in between. `wages.py FOLDER`, or `wages.py FOLDER --facts` for each event's due by inbox number.
"""
import csv
import datetime
import hashlib
import json
import os
import sys
from collections import defaultdict

csv.field_size_limit(1 << 20)
FIELDS = set("""v kiosk epoch seq prev seen kind station codes how workers crew sheet rev copy op count pieces bad rework
    before_stop tone day shift wall offset doubt mono boot program refers replaces by why note place act users to
    next""".split())
KINDS = set("""report undo correct start finish join leave receive refuse return collect pack load transfer count object
    call ack assign move bind daywork note decide gap""".split())
HOWS, TONES = {"scanned", "typed", "touched", "act"}, {"green", "amber", "red", "grey", "none"}
OFFICE = "0" * 16
EPOCH_DAY = datetime.date(1970, 1, 1)
NEVER = -(1 << 31)
HARD, SOFT = 2, 1  # held: until something else is known; until decided


def table(folder, name):
    if not os.path.exists(os.path.join(folder, name + ".csv")):
        return []  # of an export made before there was such a table
    with open(os.path.join(folder, name + ".csv"), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text, none):
    return none if text == "" else int(text)


class Tables:
    """What the office entered."""

    def __init__(self, folder):
        self.badges = {int(b["badge"]): (int(b["worker"]), number(b["revoked_feed"], 1 << 62))
                       for b in table(folder, "badge")}
        self.left = {int(w["number"]): number(w["left_day"], 1 << 31) for w in table(folder, "worker")}
        self.rules = [(int(r["from_number"]), json.loads(r["rule"])) for r in table(folder, "day_rule")]
        runs = table(folder, "run")
        ends = [int(r["first_feed"]) - 1 for r in runs[1:]] + [1 << 62]
        self.runs = {int(r["run"]) % (1 << 64): (int(r["epoch_counter"]), int(r["epoch_random"]) % (1 << 64), end)
                     for r, end in zip(runs, ends)}
        self.family = {int(r["line"]): r["family"] for r in table(folder, "line")}
        self.stops = defaultdict(list)
        for s in table(folder, "stop"):
            self.stops[int(s["line"])].append((int(s["feed"]), number(s["lifted_feed"], 1 << 62), int(s.get("pieces", 0))))
        self.stays = defaultdict(int)  # (line, new revision, new operation) -> pieces that stay good of the one before
        for s in table(folder, "stays"):
            self.stays[int(s["line"]), int(s["new_rev"]), int(s["new_op"])] += int(s["good"])
        self.revs = defaultdict(dict)  # line -> revision -> the feed number that made it void
        for s in sorted(table(folder, "sheet"), key=lambda s: (int(s["line"]), int(s["rev"]))):
            revs = self.revs[int(s["line"])]
            if revs:
                revs[max(revs)] = int(s["feed"])
            revs[int(s["rev"])] = 1 << 62
        self.ops = {(int(o["line"]), int(o["rev"]), int(o["op"])): o for o in table(folder, "sheet_op")}
        self.hours = sorted(table(folder, "time_rate"), key=lambda h: int(h["from_day"]))
        limits = {s["name"]: s["value"] for s in table(folder, "setting")}
        self.minutes_most = int(limits.get("time_most_minutes", 960))
        self.splits = sorted((c["crew"], int(c["from_day"]), c["split"]) for c in table(folder, "crew_split"))
        self.coefficients = sorted((c["crew"], int(c["worker"]), int(c["from_day"]), int(c["hundredths"]))
                                   for c in table(folder, "crew_coefficient"))
        self.changes = sorted(table(folder, "rate_change"), key=lambda c: int(c["id"]))

    def day_taken(self, event_number, taken_ms):
        """The day rule: the day on which the shift began."""
        rule = {}
        for start, candidate in self.rules:
            if start <= event_number:
                rule = candidate
        minute = taken_ms // 60000 + rule.get("offset_min", 480)
        shifts = rule.get("shifts") or []
        if not shifts:
            return (minute - rule.get("day_start_min", 360)) // 1440
        begun = [(minute < day * 1440 + end, day * 1440 + start, day)
                 for day in (minute // 1440 - 1, minute // 1440) for _, start, end in shifts
                 if day * 1440 + start <= minute]
        return max(begun)[2] if begun else minute // 1440

    def shift_bounds(self, event_number, day, name):
        """When that shift began and ended, in ms; the whole day where the rule has no such shift."""
        rule = [candidate for start, candidate in self.rules if start <= event_number][-1:] or [{}]
        whole = rule[0].get("day_start_min", 360)
        start, end = next((s[1:3] for s in rule[0].get("shifts") or [] if s[0] == name), (whole, whole + 1440))
        midnight = day * 1440 - rule[0].get("offset_min", 480)
        return (midnight + start) * 60000, (midnight + end) * 60000

    def split(self, crew, day):
        return next((s for c, start, s in reversed(self.splits) if c == crew and start <= day), "equal")

    def coefficient(self, crew, worker, day):
        return next((h for c, w, start, h in reversed(self.coefficients)
                     if (c, w) == (crew, worker) and start <= day), 100)

    def seen(self, value):
        """Feed number of ours, -1 where it is of a history that this server doesn't know."""
        if not value or value[0] == "-":
            return 0
        counter, rest = value[0].split("-")
        known = self.runs.get(int(value[1], 16))
        return value[2] if known and known[:2] == (int(counter), int(rest, 16)) and value[2] <= known[2] else -1

    def hour(self, worker, day):
        """An hour of day work: his own rate, else everybody's."""
        rates = {int(h["worker"]): int(h["hour_cfen"]) for h in self.hours if int(h["from_day"]) <= day}
        return rates.get(worker, rates.get(0))

    def rate(self, line, op, rework, day):
        row, column = self.ops[op], "rework_rate_cfen" if rework else "rate_cfen"
        rate = int(row[column])
        for change in self.changes:
            if change["code"] == row["code"] and change["family"] in ("", self.family.get(line)) and \
                    int(change["from_day"]) <= day <= int(change["to_day"]):
                rate = int(change[column])
        return rate


class Fact:
    """An event, and what becomes of it."""

    def __init__(self, row, event, tables, marks):
        get = event.get
        self.number, self.event, self.kind = int(row["number"]), event, get("kind")
        self.name = hashlib.blake2b(row["line"].encode(), digest_size=32).hexdigest()
        self.count, self.pieces = get("count", 0), get("pieces", [])[:get("count", 0)]
        self.rows_bad = get("bad", [])
        self.bad = sum(b[0] for b in self.rows_bad)
        self.is_work, self.rework = self.kind in ("report", "correct"), get("rework", False)
        self.sheet = int(get("sheet", "0-0-0").replace("-", ""))
        self.seen = tables.seen(get("seen"))
        self.day = shift_date(self, row, tables, marks)
        self.who, is_revoked = doers(event, tables, self.seen, self.day)
        self.shares = [w[2] for w in get("workers", [])]
        is_known = get("v") == 1 and set(event) <= FIELDS and self.kind in KINDS and \
            get("how", "scanned") in HOWS and get("tone", "none") in TONES
        self.hold = 0 if is_known and self.kind != "gap" else HARD
        if is_known and is_revoked and self.kind not in ("bind", "gap"):
            self.hold = SOFT
        self.line = 0
        self.target = self.next = self.before = self.current = None
        self.decided = self.fault = None  # decisions in force
        self.at = self.number             # where it takes effect
        self.units = []
        self.taken = self.forced = self.fen = 0


def shift_date(fact, row, tables, marks):
    """Written by the kiosk; between that of the event before it and the day of taking."""
    chain, seq = (row["kiosk"], row["epoch"]), int(row["seq"])
    taken = tables.day_taken(fact.number, int(row["taken_ms"]))
    last, before = marks.get(chain, (0, NEVER))
    written = fact.event.get("day", "1970-01-01") if fact.kind else None
    day = min((datetime.date.fromisoformat(written) - EPOCH_DAY).days, taken) if written else taken
    is_back = fact.event.get("by") or fact.kind == "bind" or (fact.kind in ("daywork", "correct") and fact.event["kiosk"] == OFFICE)
    if seq <= last or is_back or before == NEVER:
        day = day if day >= taken - 400 else taken  # nothing stands before it: left out, or a clock without a battery
    if seq <= last:
        return day  # a parted history has nothing before it
    day = day if is_back else max(day, before)
    marks[chain] = (max(seq, fact.event.get("to", 0)) if fact.kind == "gap" else seq, before if is_back else day)
    return day


def doers(event, tables, seen, day):
    who, is_revoked = [], False
    for said, badge, _ in event.get("workers", []):
        worker, revoked = tables.badges.get(badge, (0, -2)) if badge else (said, 1 << 62)
        is_revoked |= seen >= revoked or day > tables.left.get(worker, 1 << 31)
        who.append(worker if worker in tables.left else 0)
    return who, is_revoked


def parsed(line):
    try:
        event = json.loads(line)
        return event if isinstance(event, dict) and list(event)[:5] == ["v", "kiosk", "epoch", "seq", "prev"] else {}
    except ValueError:
        return {}


def facts_of(folder, tables):
    """All events in inbox order, equal bytes once, each with the line that it is judged with."""
    facts, marks = {}, {}
    for row in sorted(table(folder, "events"), key=lambda r: int(r["number"])):
        fact = Fact(row, parsed(row["line"]), tables, marks)
        if fact.kind:
            facts.setdefault(fact.name, fact)
    for fact in facts.values():
        root, way = fact, set()
        while root.event.get("refers") in facts and root.name not in way:
            way.add(root.name)
            root = facts[root.event["refers"]]
        fact.line = root.sheet or fact.sheet
        if root.kind == "daywork":
            fact.line, fact.sheet = -root.day, 0  # the hours of a date stand together
        fact.target = facts.get(fact.event.get("refers"))
        if fact.target is fact or fact.sheet not in (0, fact.line):
            fact.hold = HARD
    return list(facts.values())


# ---- decisions, undos, corrections

def decide(facts):
    for fact in facts:
        if fact.kind != "decide" or fact.hold or not fact.target or fact.event["kiosk"] != OFFICE:
            continue
        target, matter = fact.target, "fault" if fact.rows_bad else "decided"
        most = target.bad if fact.rows_bad else max(target.count, 1)
        said = fact.bad if fact.rows_bad else fact.count
        in_force = getattr(target, matter)
        if target.kind != "decide" and said <= most and fact.event.get("replaces") == (in_force and in_force.name):
            setattr(target, matter, fact)


def may_change(fact, target):
    if fact.event["kiosk"] == OFFICE:
        return True
    if fact.event.get("by"):
        return bool(fact.event.get("why"))
    badges = [{w[1] for w in f.event.get("workers", [])} - {0} for f in (fact, target)]
    same = badges[0] & badges[1] or set(fact.who) & set(target.who) - {0} or not fact.who or not target.who
    return fact.event["kiosk"] == target.event["kiosk"] and bool(same)


def link(facts):
    """Of several that change one fact the first to take effect does."""
    for fact in facts:
        target = fact.target
        if fact.kind not in ("undo", "correct") or fact.hold == HARD or not target or target.kind in ("decide", "gap"):
            continue
        if fact.kind == "correct" and target.kind not in ("report", "correct", "undo"):
            continue
        if fact.hold or not may_change(fact, target):
            if not fact.decided or not fact.decided.count:
                continue
            fact.at = max(fact.at, fact.decided.number)
        if target.next is None or fact.at < target.next.at:
            target.next = fact


def held(fact, tables):
    """Of a fact that reports pieces; its operation on the signed sheet."""
    fact.op = (fact.line, fact.event.get("rev", 0), fact.event.get("op", 0))
    if fact.hold == HARD or not fact.sheet or fact.op not in tables.ops or not fact.who:
        return HARD
    return SOFT if fact.hold or fact.event.get("before_stop") else 0


def fresh(fact, at):
    """A unit is a piece: its place, what was known when it was first said, its number."""
    return [(at, fact.seen, p) for p in fact.pieces + [0] * (fact.count - len(fact.pieces))]


def changed(old, now, at):
    if not old or not now or not old.is_work or old.hold or (old.op, old.rework) != (now.op, now.rework) or not now.sheet:
        return fresh(now, at) if now else []
    if not now.pieces:
        return old.units[:now.count] + fresh(now, at)[len(old.units):]
    units, places = [], defaultdict(list)
    for unit in old.units:
        places[unit[2]].append(unit)
    for unit in fresh(now, at):
        units.append(places[unit[2]].pop(0) if unit[2] and places[unit[2]] else unit)
    return units


def walk(root, tables):
    content = here = root
    if root.is_work:
        root.hold = held(root, tables)
    root.units = fresh(root, root.at)
    while here.next:
        step = here.next
        step.before, step.at = content, max(step.at, here.at)
        now = step if step.kind == "correct" else here.before if here.kind == "undo" else None
        if now:
            now.at = step.at
            if now.is_work:
                now.hold = held(now, tables)
            now.units = changed(content, now, step.at)
        content, here = now, step
    return content if content and (content.is_work or content.kind == "daywork") else None


# ---- pieces and money

def count(facts, tables):
    """Pieces ask for what is left at their operation, in the order of their places."""
    asks, left, taken = [], {}, defaultdict(set)
    for fact in facts:
        if not fact.hold:
            asks += [(at, 0, fact, seen, piece) for at, seen, piece in fact.units]
        if fact.decided and fact.hold != HARD:
            asks.append((max(fact.decided.number, fact.at), 1, fact, 0, 0))
    for _, is_decided, fact, seen, piece in sorted(asks, key=lambda ask: ask[:2]):
        key = (fact.op, fact.rework)
        left.setdefault(key, max(int(tables.ops[fact.op]["planned"]) - (0 if fact.rework else tables.stays[fact.op]), 0))
        if is_decided:
            fact.forced = min(fact.decided.count, fact.count - fact.taken)
            left[key] = max(left[key] - fact.forced, 0)
            missing = [p for p in dict.fromkeys(fact.pieces) if p not in taken[key]]
            taken[key].update(missing[:fact.forced])
            continue
        stops = tables.stops[fact.line] + tables.stops[fact.line // 100 * 100]
        stands = [doors for feed, lifted, doors in stops if feed <= seen < lifted]  # 0: all of the line, else so many doors of it
        stopped = sum(doors * int(tables.ops[fact.op]["per_door"]) for doors in stands)
        is_late = 0 in stands or seen >= tables.revs[fact.line][fact.op[1]]
        if left[key] > stopped and not is_late and not (piece and piece in taken[key]):
            left[key] -= 1
            fact.taken += 1
            taken[key].add(piece)


# ---- crews: who was in how long

def is_in(marks, start, end):
    """Minutes between joins and leaves. marks: (kiosk, epoch, seq, at, has joined), each kiosk in its own order."""
    moments, since, kiosk, now = [], None, None, start
    for mark in sorted(marks) + [(None,)]:
        if mark[0] != kiosk:
            if since is not None:
                moments += [(since, 1), (end, -1)]
            since, kiosk, now = None, mark[0], start
        if mark[0] is None:
            break
        now = max(now, min(max(mark[3], start), end))
        if mark[4] and since is None:
            since = now
        elif not mark[4] and since is not None:
            moments, since = moments + [(since, 1), (now, -1)], None
    sum_ms = count = last = 0
    for at, step in sorted(moments):
        sum_ms += at - last if count > 0 else 0
        count, last = count + step, at
    return sum_ms // 60000


def crew_shifts(facts, tables):
    """(crew, day, shift) -> {person: minutes} of all crews that don't share equally; a person nobody knows is his badge."""
    rolls = [f for f in facts if f.kind in ("join", "leave") and not f.hold]
    people = {}
    for key in {(f.event.get("crew", ""), f.day, f.event.get("shift", "")) for f in rolls if f.kind == "join"}:
        crew, day, shift = key
        if not crew or tables.split(crew, day) == "equal":
            continue
        told = [f for f in rolls if (f.day, f.event.get("shift", "")) == (day, shift) and
                (f.kind == "leave" or f.event.get("crew", "") == crew)]
        bounds = tables.shift_bounds(max(f.number for f in told), day, shift)
        marks = defaultdict(list)
        for fact in told:
            counter, rest = fact.event["epoch"].split("-")
            for person in persons(fact):
                marks[person].append((fact.event["kiosk"], (int(counter), int(rest, 16)), fact.event["seq"],
                                      fact.event["wall"], fact.kind == "join"))
        people[key] = {person: is_in(own, *bounds) for person, own in marks.items() if any(m[4] for m in own)}
    return people


def persons(fact):
    return [(worker, 0) if worker else (0, said[1]) for worker, said in zip(fact.who, fact.event.get("workers", []))]


def shared(fact, tables, crews):
    """Who shares a fact, and by which weights."""
    crew, named = fact.event.get("crew", ""), persons(fact)
    minutes = crews.get((crew, fact.day, fact.event.get("shift", "")), {})
    others = sorted(p for p, m in minutes.items() if p[0] and m and p not in named)
    if len(named) < 2 or not all(p in minutes for p in named) or len(named + others) > 16:
        return fact.who, fact.shares
    split, weights = tables.split(crew, fact.day), []
    for person in named + others:
        hours, worth = max(minutes[person], 1), tables.coefficient(crew, person[0], fact.day)
        weights.append({"hours": hours, "coefficient": worth, "both": hours * worth}[split])
    return [person[0] for person in named + others], weights


def pay(facts, tables, crews):
    makers = {}
    for fact in facts:
        for worker in fact.who:
            if fact.taken + fact.forced and not fact.rework and worker:
                first = min([fact.at] + [at for at, _, _ in fact.units])
                makers[fact.op, worker] = min(first, makers.get((fact.op, worker), first))
    for fact in facts:
        counted = fact.taken + fact.forced
        good = min(counted, fact.count - fact.bad)
        others = sum(b[0] for b in fact.fault.rows_bad if b[2] != fact.op[2]) if fact.fault else 0
        first = min([fact.at] + [at for at, _, _ in fact.units])
        is_own = fact.rework and any(makers.get((fact.op, w), first) < first for w in fact.who)
        rate = 0 if is_own or not counted else tables.rate(fact.line, fact.op, fact.rework, fact.day)
        fact.fen = (rate * (good + min(others, counted - good)) + 50) // 100
        who, weights = shared(fact, tables, crews)
        shares = [fact.fen * weight // sum(weights) for weight in weights]
        rest = fact.fen - sum(shares)
        fact.dues = [(w, f + (i < rest)) for i, (w, f) in enumerate(zip(who, shares))]


def hours(facts, tables):
    """Day work: minutes of each worker at his own rate; his own word waits for a yes, and a date has only so many."""
    spent = defaultdict(int)
    for fact in facts:
        rates = [tables.hour(worker, fact.day) for worker in fact.who]
        if fact.hold == HARD or not fact.who or not fact.count or None in rates:
            fact.dues = []
            continue
        is_own = fact.event["kiosk"] != OFFICE and not fact.event.get("by")
        is_long = any(worker and spent[worker] + fact.count > tables.minutes_most or fact.count > tables.minutes_most for worker in fact.who)
        fact.taken = fact.decided.count if fact.decided else 0 if fact.hold or is_own or is_long else fact.count
        for worker in fact.who:
            spent[worker] += fact.taken
        fact.dues = [(worker, (rate * fact.taken + 3000) // 6000) for worker, rate in zip(fact.who, rates)]
        fact.fen = sum(fen for _, fen in fact.dues)


def paid_facts(folder):
    tables, lines = Tables(folder), defaultdict(list)
    known = facts_of(folder, tables)
    crews = crew_shifts(known, tables)
    for fact in known:
        lines[fact.line].append(fact)
    for line, facts in sorted(lines.items()):
        if not line:
            continue
        decide(facts)
        link(facts)
        roots = [f for f in facts if f.kind not in ("undo", "correct")]
        now = [content for content in (walk(root, tables) for root in roots) if content]
        if line < 0:
            now.sort(key=lambda fact: fact.number)
            hours(now, tables)
        else:
            count(now, tables)
            pay(now, tables, crews)
        yield from now


def wages(folder):
    workers = defaultdict(lambda: {"fen": 0, "days": defaultdict(int)})
    for fact in paid_facts(folder):
        for worker, fen in fact.dues:
            if fact.taken + fact.forced:
                workers[str(worker)]["fen"] += fen
                workers[str(worker)]["days"][str(EPOCH_DAY + datetime.timedelta(fact.day))] += fen
    return workers


def main(args):
    if not args or args[0].startswith("-"):
        sys.exit(__doc__)
    if args[1:] == ["--facts"]:
        print(json.dumps({f.number: [f.taken + f.forced, f.fen] for f in paid_facts(args[0])}))
    else:
        print(json.dumps(wages(args[0]), indent=1, sort_keys=True))


if __name__ == "__main__":
    main(sys.argv[1:])
