"""history.py - plays three months of a shop (shop.py) into a real server: its orders by import, its work as signed events of nine kiosks through
the ordinary door, its months checked and closed by two. The server's clock goes along, a day at a time; at the end it is the machine's own.

Made is what docs/protocol.md says, by tests/kiosk/kiosk.py, the kiosk that somebody else wrote. Nothing is put into a database by hand.
"""
import contextlib
import csv
import datetime
import hashlib
import importlib.util
import io
import json
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, HERE)
sys.path.insert(0, os.path.join(ROOT, "tests/tour"))
import open_orders
import shop

SPEC = importlib.util.spec_from_file_location("kiosk_py", os.path.join(ROOT, "tests/kiosk/kiosk.py"))
kiosk_py = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(kiosk_py)
RECEIVED_DAYS = 3
SEED, DAYS, EVENING_S = 7, int(os.environ.get("BAOGONG_DEMO_DAYS", "91")), 22 * 3600  # an evening is behind the day's shift
COLUMNS = ["order", "line", "customer", "product", "family", "quantity", "size", "colour", "opening", "due", "rush", "special", "remarks", "price"]


def name_of(line):
    return hashlib.blake2b(line.encode(), digest_size=32).hexdigest()


class Station(kiosk_py.Kiosk):
    """One kiosk of nine; its state lives in memory until the play is over."""

    def __init__(self, folder, station):
        super().__init__(os.path.join(folder, f"{station}.json"))
        self.badges, self.waiting = {}, 0

    def save(self):
        pass

    def keep(self):
        super().save()

    def epoch(self):
        if not self.state["epochs"]:
            self.state["epochs"].append({"name": f"1-{self.state['kiosk'][::-1]}", "lines": [], "acked": 0, "ask": False})
        return self.state["epochs"][-1]

    def event(self, done):
        """Done at this station: one more line of the epoch; gives its name."""
        state, epoch = self.state, self.epoch()
        seq = len(epoch["lines"]) + 1
        event = {"v": 1, "kiosk": state["kiosk"], "epoch": epoch["name"], "seq": seq, "prev": self.name_of(epoch, seq - 1),
                 "seen": [state["server"], state["run"], state["feed"]], "kind": done.kind, "station": state["station"],
                 "workers": [[worker, self.badges[worker], 1] for worker in done.workers], "tone": "green",
                 "day": done.day.isoformat(), "shift": done.shift, "wall": done.wall_s * 1000, "mono": done.wall_s % 86400 * 1000 + seq,
                 "boot": state["kiosk"], "program": "demo 1"}
        if done.sheet:
            event |= {"sheet": done.sheet, "rev": 1, "copy": 1, "op": done.op, "count": done.count, "rework": done.rework,
                      "bad": [list(row) for row in done.bad]}
        if done.note:
            event["note"] = done.note
        if done.of is not None:
            event["refers"] = done.of.name
        line = json.dumps({field: value for field, value in event.items() if value}, ensure_ascii=False, separators=(",", ":"))
        epoch["lines"].append(line)
        done.name = name_of(line)

    def quietly(self, work):
        with contextlib.redirect_stdout(io.StringIO()):
            work()


class History:
    """server: running, its clock ahead of or behind the machine's (a factory.Clock), its masters imported. people: its office."""

    def __init__(self, server, folder, tables, people, say):
        self.server, self.folder, self.tables, self.people, self.say = server, folder, tables, people, say
        today = datetime.date.today()
        self.first, self.last = today - datetime.timedelta(DAYS), today - datetime.timedelta(1)
        self.shop = shop.Shop(SEED, self.first, self.last, tables, open_orders.OpenOrders.reserved(today))
        self.open = open_orders.OpenOrders(people, today, self.shop, say)
        self.stations = {}
        self.notes = []  # of today, at the dock: [note, order]
        self.packed, self.paid, self.doors, self.on_the_way = {}, set(), {}, []  # sheet -> doors; orders; order -> {sheet: doors}; (note, since)

    def at(self, date, seconds):
        """The server stands still, and goes on in the evening of that day."""
        self.server.stop()
        wanted = int(datetime.datetime(date.year, date.month, date.day, tzinfo=datetime.timezone.utc).timestamp()) - shop.OFFSET_S + seconds
        self.server.clock.jump(wanted - self.server.clock.now())
        self.server.start()

    def enrol(self):
        badges = {int(row["number"]): int(row["badge"]) for row in self.tables["workers"]}
        for row in self.tables["stations"]:
            one = self.stations[row["id"]] = Station(self.folder, row["id"])
            one.badges = badges
            one.quietly(lambda kiosk=one, name=row["id"]: kiosk.enrol(self.server.run("token", name).strip()))

    def orders(self, day):
        path = os.path.join(self.folder, "orders.csv")
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(day.orders)
        self.server.run("import", "orders", path)

    def work(self, day):
        for row in day.orders:
            self.doors.setdefault(row["order"], {})[f"{row['order']}-{row['line']:02d}"] = row["quantity"]
        for done in sorted(day.done, key=lambda one: one.wall_s):
            if done.kind == "pack":
                self.packed[done.sheet] = self.packed.get(done.sheet, 0) + done.count
            self.stations[done.station].event(done)
        for name, one in self.stations.items():
            if not self.shop.is_cut_off(name, day.date):
                one.quietly(one.send)

    def decide(self):
        """Whose fault bad pieces are: quality decides most of them the same evening."""
        qc = self.people["liu"]
        for row in qc.rows("held"):
            bad = [[int(part) for part in one.split(":")] for one in (row["bad_rows"] or "").split()]
            if row["matter"] == 1 and self.shop.dice.random() < 0.9:
                qc.act("decide", refers=row["event"], count=sum(count for count, _, _ in bad), bad=bad, why="")

    def close(self, date):
        """On the fourth working day the month before is checked, and closed by two."""
        payroll = self.people["liu"]
        for row in payroll.rows("periods"):
            if row["state"] == 0 and row["to_day"] < date.isoformat():
                payroll.act("period.check", to=row["to_day"])
                proof = self.people.together("liu", "sun", "period.close", to=row["to_day"])
                assert proof["holds"], proof
                balance = payroll.rows("balance", f"all=1&from={row['from_day']}&to={row['to_day']}")
                assert all(one["paid"] <= one["good"] + one["bad"] for one in balance), "more pieces are paid than were made"
                self.say("history", f"wages until {row['to_day']}: {proof['lines']} lines, {proof['sum_fen'] / 100:.2f} yuan, closed by two")

    def money(self, date):
        """On Saturdays: customers pay what they ordered a week before; some are late, a few never do."""
        owed = {}
        for n in range(6, 13):
            for row in self.shop.days.get(date - datetime.timedelta(n), shop.Day(date)).orders:
                order = owed.setdefault(row["customer"], {})
                order[row["order"]] = order.get(row["order"], 0) + row["quantity"] * row["price"]
        for customer, parts in owed.items():
            if self.shop.dice.random() < 0.93:
                open_orders.pay(self.people, date, customer, parts)
                self.paid |= set(parts)

    def ship(self, date):
        """What is paid and packed leaves: a note an order, loaded by scan, received three days later."""
        gao, dock = self.people["gao"], self.stations[shop.DOCK]
        for note, since in [one for one in self.on_the_way if (date - one[1]).days >= RECEIVED_DAYS]:
            if self.shop.dice.random() < 0.97:
                gao.act("ship.arrived", note=note, day=date.isoformat(), person="收货人", model=True, quantity=True, intact=True, remarks="")
            self.on_the_way.remove((note, since))
        loads = []
        for order in sorted(self.paid):
            lines = self.doors.get(order, {})
            if lines and all(self.packed.get(sheet, 0) >= doors for sheet, doors in lines.items()):
                answer = gao.act("ship.order", order=order, lines=[{"line": sheet, "doors": doors} for sheet, doors in lines.items()])
                loads.append((answer["note"], lines))
                self.paid.remove(order)
        dock.quietly(dock.feed)
        moment = datetime.datetime.combine(date, datetime.time(19, 10))
        for n, (note, lines) in enumerate(loads):
            for sheet, doors in lines.items():
                at_s = int((moment + datetime.timedelta(seconds=20 * n)).replace(tzinfo=datetime.timezone.utc).timestamp()) - shop.OFFSET_S
                dock.event(shop.Done(wall_s=at_s, day=date, shift="day", station=shop.DOCK, kind="load", sheet=sheet, count=doors,
                                     workers=(self.shop.workers["E"][n % len(self.shop.workers["E"])],), note=note))
        dock.quietly(dock.send)
        self.people.admin.until_booked()
        for note, _ in loads:
            gao.act("note", note=note)
            self.on_the_way.append((note, date))

    def played(self):
        self.enrol()
        month, orders, events = self.first.month, 0, 0
        for date, day in sorted(self.shop.days.items()):
            if date.weekday() == 6 and not day.done:
                continue
            self.at(date, EVENING_S)
            if day.orders:
                self.orders(day)
            if date.weekday() == 0 or date == self.first:
                for one in self.stations.values():
                    one.quietly(one.feed)
            self.open.evening(date)
            self.work(day)
            self.people.admin.until_booked()
            self.decide()
            if date.weekday() == 5:
                self.money(date)
            if date.weekday() in (0, 3):
                self.ship(date)
            if date.day in (4, 5):
                self.close(date)
            orders, events = orders + len({row["order"] for row in day.orders}), events + len(day.done)
            if date.month != month:
                self.say("history", f"until {date}: {orders} orders, {events} entries")
                month = date.month
        for one in self.stations.values():
            one.quietly(one.send)
            one.keep()
        self.server.stop()
        self.server.clock.jump(time.time() - self.server.clock.now())
        self.server.start()
        self.open.evening(datetime.date.today())
        self.notes = self.open.to_the_dock(self.packed)
        self.say("history", f"until {self.last}: {orders} orders, {events} entries")
