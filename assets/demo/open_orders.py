"""open_orders.py - the sixty orders that are open today, entered as an office enters them: received in writing, placed, quoted, confirmed, made into sheets,
signed by five, released, and worked on as far as open_orders.csv says; each step by whoever may take it, on the day on which it was.

In: open_orders.csv (an order a row: how many days ago it came, how far it is) and open_lines.csv (its lines, with every field). Out: what was done at stations on a day, for
history.py to send.
"""
import csv
import datetime
import os
import uuid
import zlib

import shop

HERE = os.path.dirname(os.path.abspath(__file__))
STAGES = ["received", "placed", "quoted", "confirmed", "drafted", "review", "signed", "released", "stopped", "done"]
REVIEWERS = [("taker", "chen"), ("quoter", "he"), ("manager", "wang"), ("technical", "zhou"), ("supervisor", "luo")]
TICKS = ["due", "brand", "quantity", "material", "size", "style", "colour", "picture", "process", "amount", "rates", "decor", "requirements", "remarks"]
STAYS, TRUCK = ("o53", "o58", "o59", "o60"), "o57"  # nobody asked for these yet; who waits before the gate with half of it paid
REVIEW_MOST = 3  # signatures of a sheet that is still with the reviewers


def table(name):
    with open(os.path.join(HERE, name), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def picture(text):
    """A small grey PNG, as a phone makes one of a fax: its text differs, so does its hash."""
    def chunk(kind, data):
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
    rows = b"".join(b"\0" + bytes([230 + (zlib.crc32(f"{text}{y}".encode()) % 20)] * 40) for y in range(30))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", (40).to_bytes(4, "big") + (30).to_bytes(4, "big") + b"\x08\0\0\0\0") + chunk(b"IDAT", zlib.compress(rows)) + \
        chunk(b"IEND", b"")


def announced(date, customer, parts):
    """The body of an announcement. parts: order -> yuan."""
    return {"day": date.isoformat(), "sum": f"{sum(round(one, 2) for one in parts.values()):.2f}", "method": "bank", "payer": customer, "who": customer,
            "slip": f"{zlib.crc32(repr(parts).encode()):010d}", "parts": [{"order": order, "sum": f"{round(yuan, 2):.2f}"} for order, yuan in parts.items()]}


def pay(people, date, customer, parts):
    """Announced by the order taker, confirmed by finance: it arrived."""
    body = announced(date, customer, parts)
    answer = people["chen"].act("money.announce", **body)
    people["sun"].act("money.confirm", transfer=answer["transfer"], base=1, day=body["day"], sum=body["sum"])


class OpenOrders:
    def __init__(self, people, today, shop_of, say):
        self.people, self.today, self.shop, self.say = people, today, shop_of, say
        self.orders, lines = table("open_orders.csv"), table("open_lines.csv")
        self.products = {row["code"]: row for row in table("products.csv")}
        self.prices = {row["product"]: row["price"] for row in table("prices.csv") if not row["item"]}  # the newest stands last
        for order in self.orders:
            order["came"] = self.workday_before(today, int(order["days"]))
            order["at"] = STAGES.index(order["stage"])
            order["lines"] = [row for row in lines if row["id"] == order["id"]]
        self.orders = [order for order in self.orders if order["came"] >= shop_of.first]  # a short history has none that are older
        self.customers = None
        self.work = {}  # date -> what is done on it

    @staticmethod
    def workday_before(date, days):
        """The day so many days ago, a Saturday where that was a Sunday."""
        date -= datetime.timedelta(days)
        return date - datetime.timedelta(date.weekday() == 6)

    @staticmethod
    def reserved(today):
        """date -> how many numbers its orders take."""
        counts = {}
        for order in table("open_orders.csv"):
            if order["stage"] != "received":
                date = OpenOrders.workday_before(today, int(order["days"]))
                counts[date] = counts.get(date, 0) + 1
        return counts

    # ---- the office, evening by evening

    def evening(self, date):
        """Everything that the office did about these orders on that day."""
        if self.customers is None:
            self.customers = {row["name"]: row["customer"] for row in self.people["chen"].rows("customers")}
        for order in self.orders:
            if order["came"] == date:
                self.come_in(order)
            if order["at"] >= STAGES.index("drafted") and self.next_day(order["came"], 1) == date:
                self.make_sheets(order)
            if order["at"] >= STAGES.index("released") and self.next_day(order["came"], 2) == date:
                self.release(order, date)
            if order["stage"] == "stopped" and self.workday_before(self.today, 1) == date:
                self.people["li"].act("stop", what=order["number"], why=order["remarks"])

    def to_the_dock(self, packed):
        """Today's trucks: what is packed (sheet -> doors) is asked for; a note that is paid may be loaded, one that isn't waits with its truck. Gives [note, order]."""
        notes = []
        for order in self.orders:
            if order["stage"] != "done" or order["id"] in STAYS:
                continue
            lines = [{"line": f"{order['number']}-{n + 1:02d}", "doors": int(line["quantity"])} for n, line in enumerate(order["lines"])]
            if any(packed.get(line["line"], 0) < line["doors"] for line in lines):
                continue
            answer = self.people["gao"].act("ship.order", order=order["number"], lines=lines, remarks="")
            notes.append([answer["note"], order["number"]])
            if answer["state"] != "open" and order["id"] == TRUCK:
                self.people["gao"].act("truck.arrive", plate="川B·7K216", driver="罗师傅", phone="13980011223", order=order["number"], remarks="")
        return notes

    @staticmethod
    def next_day(date, days):
        return shop.Shop.workday(date, days)

    def upload(self, session, text):
        """A file that hangs on the order; the page sends it the same way."""
        return session.upload("/api/file", picture(text))["hash"]

    def come_in(self, order):
        chen = self.people["chen"]
        customer, files = self.customers[order["customer"]], []
        if order["source"] == "file":
            files = [{"hash": self.upload(chen, order["id"]), "name": f"采购单-{order['id']}.png"}]
        source = {"source": order["source"], "signed": order["signed"], "files": files, "note": order["remarks"]}
        if order["at"] == 0:
            chen.act("order.receive", customer=customer, **source)
            return
        rush = {"rush": True, "rush_owner": order["rush"].split("：")[0], "rush_reason": order["rush"].split("：")[1]} if order["rush"] else {}
        answer = chen.act("order.place", receipt=0, customer=customer, lines=[self.fields(line) for line in order["lines"]], salesperson=order["salesperson"],
                          desk="li", project=order["project"] == "是", doubt=order["doubt"], remarks=order["remarks"], **source, **rush)
        order["number"] = answer["order"]
        if order["at"] >= STAGES.index("quoted"):
            self.quote(order)

    def fields(self, line):
        product = self.products[line["code"]]
        fields = {key: value for key, value in line.items() if value and key not in ("id", "due_in", "special")}
        fields |= {key: product[key] for key in ("brand", "family", "frame", "architrave") if product[key]}
        fields |= {"product": product["name"], "price": line["price"] or self.prices[line["code"]], "special": line["special"] == "是"}
        due = self.today + datetime.timedelta(int(line["due_in"]))
        return {**fields, "due": due.isoformat(), "architrave_mm": product["architrave_mm"]}

    def quote(self, order):
        """Whoever is asked says yes first: dates and rush the order desk, what isn't of the house the technical lead."""
        for row in self.people["li"].rows("questions", f"order={order['number']}"):
            if not row["answer"] and order["at"] > STAGES.index("quoted"):
                self.people["li" if row["asked"] == "desk" else "zhou"].act("question.answer", question=row["question"], base=row["version"], answer="yes",
                                                                           note="可以" if row["asked"] == "desk" else "按样板做")
        self.people["he"].act("quote.make", order=order["number"])
        if order["at"] >= STAGES.index("confirmed"):
            self.people["chen"].act("quote.confirm", order=order["number"], n=1, how="wechat", day=order["came"].isoformat(), person=order["customer"], note="",
                                    files=[])

        if int(order["paid"]) > 0:
            pay(self.people, order["came"], order["customer"], {order["number"]: self.worth(order) * int(order["paid"]) / 100})
        elif order["stage"] == "confirmed":  # promised, and not there yet
            self.people["chen"].act("money.announce", **announced(order["came"], order["customer"], {order["number"]: self.worth(order) * 0.3}))

    def worth(self, order):
        return sum(int(line["quantity"]) * float(line["price"] or self.prices[line["code"]]) for line in order["lines"])

    def make_sheets(self, order):
        for n, _ in enumerate(order["lines"]):
            line = f"{order['number']}-{n + 1:02d}"
            self.people["liu"].act("sheet.make", line=line)
            if order["at"] < STAGES.index("review"):
                continue
            draft = next(row for row in self.people["liu"].rows("drafts", f"order={order['number']}") if row["line"] == line)
            for kind, name in REVIEWERS[:None if order["at"] > STAGES.index("review") else REVIEW_MOST]:
                self.people[name].act("sheet.sign", line=line, kind=kind, version=draft["version"], ticks=TICKS)

    def release(self, order, date):
        progress = 100 if order["stage"] == "done" else int(order["progress"])
        for n, line in enumerate(order["lines"]):
            name, family = f"{order['number']}-{n + 1:02d}", self.products[line["code"]]["family"]
            self.people["liu"].act("sheet.release", line=name, day=date.isoformat(), sequence=0)
            self.plan_work(name, family, int(line["quantity"]), self.next_day(date, 1), progress)

    # ---- the floor

    def plan_work(self, sheet, family, quantity, since, progress):
        """The operations that are done by now, spread over the days since the release; the last one of them perhaps in part."""
        steps = self.shop.routing[family]
        total, days = len(steps) * quantity * progress / 100, []
        date = since
        while date < self.today:
            if date.weekday() != 6:
                days.append(date)
            date += datetime.timedelta(1)
        for n, (op, code, per_door) in enumerate(steps):
            doors = round(min(quantity, max(0, total - n * quantity)))
            if doors == 0 or not days:
                return
            place = min(len(days) - 1, n * len(days) // max(1, round(len(steps) * progress / 100)))
            moment = datetime.datetime.combine(days[place], datetime.time(8)) + datetime.timedelta(minutes=30 + n * 65 % 600)
            moment = self.shop.report(self.shop.in_shift(moment), sheet, op, code, doors * per_door)
        if progress >= 100:
            self.shop.pack(moment, sheet, quantity)
