"""hands.py - what workers do at a kiosk: badges, sheets, cards and touches, as --drive takes them.

An entry is a generator: it yields (command, may this save?) and is sent the answer. So an entry can be led to its end, or
the kiosk killed in the middle of it.
"""
import random

import factory
from town import BADGE, PIN

SAVED, KEPT = ("green", "amber"), ("saved", "kept")  # kept: what was said of a stop
CARD_SAVE, CARD_COUNT, CARD_DIGIT, CARD_OP, CARD_DIFFERENT = 1, 5, 6, 8, 22  # kiosk/words.h: actions of command cards
CARD_COUNT_MOST = 12  # a card for each number up to that, digits beyond


class Surprise(Exception):
    """The screen isn't what a worker would expect."""


def expect(answer, *screens):
    if answer.get("error") or answer["screen"] not in screens:
        raise Surprise(f"{answer.get('error')} {answer.get('screen')} instead of {screens}: {answer.get('texts')}")
    return answer


def has_button(answer, button):
    return any(one["id"] == button and one["enabled"] for one in answer["buttons"])


def badge(worker):
    return f"scan {factory.badge_code(BADGE[worker])}"


def sheet_scan(sheet, rev=1):
    return f"scan {factory.sheet_code(sheet, rev)}"


# ---- entries

def entry_ops(answer, op, touch):
    """Which operation, where the screen asks; one is proposed."""
    if answer["screen"] != "operation":
        return answer
    if not touch:
        return (yield f"scan {factory.command_code(CARD_OP, op)}", False)
    proposed = next(one["id"] for one in answer["buttons"] if one["id"].startswith("op-"))
    if proposed != f"op-{op}":
        yield f"tap {proposed}", False
        yield f"tap op-{op}", False
    return (yield "tap save", True)


def entry_again(answer):
    """The same as moments ago: it is another piece."""
    if answer["screen"] == "question" and answer.get("question") == "again":
        return (yield "tap yes", True)
    return answer


def entry_count(answer, count, touch):
    if answer["screen"] != "count":
        return answer
    if not touch and count <= CARD_COUNT_MOST:
        return (yield f"scan {factory.command_code(CARD_COUNT, count)}", True)
    if not touch:
        if has_button(answer, "different"):
            yield f"scan {factory.command_code(CARD_DIFFERENT)}", False
        for digit in str(count):
            yield f"scan {factory.command_code(CARD_DIGIT, int(digit))}", False
        return (yield f"scan {factory.command_code(CARD_SAVE)}", True)
    if has_button(answer, f"count-{count}"):
        yield f"tap count-{count}", False
    else:
        if has_button(answer, "different"):
            yield "tap different", False
        for digit in str(count):
            yield f"tap digit-{digit}", False
    return (yield "tap save", True)


def entry(worker, sheet, op, count, touch=False, sheet_first=False, rev=1):
    """worker None: whoever is signed in."""
    order = [(sheet_scan(sheet, rev), True)]
    if worker:
        order.insert(1 if sheet_first else 0, (badge(worker), sheet_first))
    for move in order:
        answer = yield move
    if worker and answer["screen"] == "sheet":  # it asks for a badge: his time was over meanwhile
        answer = yield badge(worker), True
    answer = yield from entry_again(answer)
    answer = yield from entry_ops(answer, op, touch)
    answer = yield from entry_again(answer)
    return (yield from entry_count(answer, count, touch))


# ---- a pair of hands at one kiosk

class Hands:
    def __init__(self, town, kiosk, seed=0):
        self.town, self.kiosk, self.dice = town, kiosk, random.Random(f"{kiosk.name} {seed}")
        self.watch = lambda answer: None  # sees each screen of an entry

    def do(self, moves, kind, sheet, count, workers, die_at=None, kept=KEPT):
        """Leads an entry to its end. die_at: the kiosk is killed at that move; None then where nobody saw it saved."""
        ledger, row, at = self.town.ledger, None, 0
        command, may_save = next(moves)
        while True:
            if may_save and row is None:
                row = ledger.begin(self.kiosk.id, kind, sheet, count, [BADGE[worker] for worker in workers])
            if at == die_at:
                return self.died(row, may_save, self.kiosk.say_and_die(command, self.dice.uniform(0, 0.02)))
            answer = self.kiosk.say(command)
            if answer.get("error"):
                raise Surprise(f"{command}: {answer['error']} on {answer.get('screen')} {answer.get('texts')}")
            self.watch(answer)
            at += 1
            try:
                command, may_save = moves.send(answer)
            except StopIteration:
                break
        if answer["screen"] not in kept or (kept is KEPT and answer["tone"] not in SAVED):
            ledger.drop(row)
            raise Surprise(f"{self.kiosk.name} {kind} {sheet}: {answer['screen']} {answer['tone']} {answer['texts']}")
        ledger.seen(row, answer["last"]["name"], answer["tone"])
        return answer

    def died(self, row, may_save, answer):
        saved = answer and answer.get("screen") in KEPT and answer["tone"] in SAVED
        if saved:
            self.town.ledger.seen(row, answer["last"]["name"], answer["tone"])
        elif row is not None and not may_save:
            self.town.ledger.drop(row)
        return answer if saved else None

    def report(self, worker, sheet, op, count, die_at=None, **more):
        return self.do(entry(worker, sheet, op, count, **more), "report", sheet, count, [worker], die_at)

    def any_report(self, workers, sheets, ops, die_at=None):
        """Somebody reports something, in one of the ways in which it can be done."""
        dice = self.dice
        return self.report(dice.choice(workers), dice.choice(sheets), dice.choice(ops), dice.choice((1, 1, 1, 2, 3, 12)), die_at,
                           touch=dice.random() < 0.5, sheet_first=dice.random() < 0.3)

    def crew_in(self, workers):
        self.kiosk.say(badge(workers[0]))
        for worker in workers[1:]:
            expect(self.kiosk.say(badge(worker)), "question")
            self.kiosk.tap("join")

    def crew_report(self, workers, sheet, op, count):
        return self.do(entry(None, sheet, op, count), "report", sheet, count, workers)

    def sign_out(self):
        self.kiosk.say("pass 1300")
        answer = self.kiosk.state()
        if has_button(answer, "fold") and answer["carriers"]:
            answer = self.kiosk.tap("fold")
        if has_button(answer, "out"):
            answer = self.kiosk.tap("out")
        return answer

    def undo(self, sheet, workers):
        return self.do(iter_of(("tap undo", True)), "undo", sheet, 0, workers)

    def correct(self, sheet, count, workers, reason, bad):
        """Of the last entry so many were bad."""
        moves = iter_of(("tap bad", False), (f"tap bad-{reason}", False), *[(f"tap digit-{d}", False) for d in str(bad)],
                        ("tap save", True))
        return self.do(moves, "correct", sheet, count, workers)

    def money(self, worker):
        """What his own page says after his PIN: fen."""
        expect(self.kiosk.say(badge(worker)), "worker")
        expect(self.kiosk.tap("money"), "pin")
        for digit in PIN[worker]:
            self.kiosk.tap(f"digit-{digit}")
        answer = expect(self.kiosk.tap("yes"), "worker")
        if "money" not in answer:
            raise Surprise(f"{self.kiosk.name}: no money for {worker}: {answer['say']} {answer['texts']}")
        return answer


def iter_of(*moves):
    for move in moves:
        answer = yield move
    return answer


def fen_shown(answer):
    """The sum that stands on a worker's page, as a person reads it: beside the words "in all"."""
    texts = answer["texts"]
    at = next(i for i, text in enumerate(texts) if text in ("合计", "In all"))
    whole, _, cents = texts[at + 1].split()[0].replace(",", "").partition(".")
    return int(whole) * 100 + int(cents.ljust(2, "0"))
