"""shop.py - three months of a door factory out of a seed: orders as they came, and what workers did about them, day by day.

Pure: tables in, days out; the same seed gives the same shop. It behaves like one: shifts and breaks, a few nights, crews that weld together, doors that
come back, bad pieces and their rework, entries taken back, operations that nobody reported, and a kiosk that was cut off for two days.
history.py plays it into a server.
"""
import dataclasses
import datetime
import random

MINUTE, HOUR = 60, 3600
OFFSET_S = 8 * HOUR  # China
CUT_OFF_DAYS = 2     # of a kiosk without a network
DAY_FROM, NIGHT_FROM, BREAKS = 8 * 60, 20 * 60, ((12 * 60, 13 * 60), (17 * 60 + 30, 18 * 60))

CUSTOMERS = [  # name, share of the orders
    ("东风门业经销部", 9), ("张丽", 3), ("鑫盛建材（绵阳）", 7), ("成都华润置地", 4), ("李䶮木门工作室", 3), ("宜宾好家装饰", 6), ("王建国", 2), ("都江堰㛃园民宿", 2),
    ("重庆南岸永固门行", 8), ("贵阳云岩安居门窗", 5), ("昆明滇门汇", 5), ("西安未央锦程", 4), ("赵𬭎", 1), ("乐山峨眉度假酒店", 3), ("自贡灯城物业", 3), ("Oak & Steel Ltd", 2),
    ("欧阳修远", 1), ("泸州酒城装饰", 4), ("内江甜城门业", 4), ("德阳重装厂后勤处", 2)]
PRODUCTS = {  # family: [(name, price in yuan)]
    "steel": [("钢质防火门", 1180), ("钢质入户门", 1460), ("钢质机房门", 1320)],
    "wood": [("实木复合门", 2180), ("烤漆套装门", 1680), ("实木雕花门", 3250)],
    "double": [("对开钢质门", 2680), ("子母钢质门", 2240)]}
SIZES = {"steel": ["2050×960×90", "2100×960×110", "2200×1000×120"], "wood": ["2050×860×180", "2050×760×180", "2100×900×240"],
         "double": ["2400×1200×120", "2100×1200×110", "2400×1500×150"]}
COLOURS = {"steel": ["黑砂", "深咖啡", "仿铜"], "wood": ["清水漆", "胡桃木", "暖白", "深咖啡"], "double": ["黑砂", "深咖啡", "红古铜"]}
OPENINGS = ["左内开", "右内开", "左外开", "右外开"]
CREW_OF = {"cut": "A", "bend": "A", "press": "A", "weld": "B", "grind": "B", "veneer": "C", "frame": "C", "casing": "C", "spray": "D", "hinge": "E",
           "assemble": "E", "pack": "E"}
DOCK = "dock"
REASON_OF = {"cut": 2, "bend": 3, "weld": 4, "spray": 1}


@dataclasses.dataclass
class Done:
    """What somebody did at a station: becomes one event."""
    wall_s: int
    day: datetime.date  # of the shift
    shift: str
    station: str
    kind: str
    sheet: str = ""
    op: int = 0
    count: int = 0
    workers: tuple = ()
    bad: tuple = ()
    rework: bool = False
    of: object = None   # what it takes back
    note: str = ""      # the delivery note against which doors are loaded


@dataclasses.dataclass
class Day:
    date: datetime.date
    orders: list = dataclasses.field(default_factory=list)  # rows of the import
    done: list = dataclasses.field(default_factory=list)


class Shop:
    """days: every date from first to last; a Sunday has no orders and no work. Every order is finished by the last day. reserved: how many numbers of
    a date's month somebody else takes behind those of that date."""

    def __init__(self, seed, first, last, tables, reserved=()):
        self.reserved = dict(reserved)
        self.dice, self.first, self.last = random.Random(seed), first, last
        self.workers = {crew: [int(row["number"]) for row in tables["workers"] if row["crew"] == crew] for crew in set(CREW_OF.values())}
        self.routing = {family: [(int(row["op"]), row["operation"], int(row["per_door"] or 1)) for row in tables["routings"] if row["family"] == family]
                        for family in PRODUCTS}
        self.station = {code: row["id"] for row in tables["stations"] for code in row["operations"].split()}
        self.days = {first + datetime.timedelta(n): Day(first + datetime.timedelta(n)) for n in range((last - first).days + 1)}
        self.serials = {}
        for date in list(self.days):
            if date.weekday() != 6:
                self.take_orders(date)
        self.cut_off()
        for day in self.days.values():
            day.done.sort(key=lambda done: done.wall_s)

    # ---- orders

    def number(self, date):
        month = date.strftime("%y%m")
        self.serials[month] = self.serials.get(month, 0) + 1
        return f"{month}-{self.serials[month]:04d}"

    def take_orders(self, date):
        for _ in range(self.dice.randint(19, 26)):
            before = {day: len(self.days[day].done) for day in self.days if day >= date}
            order, customer = self.number(date), self.dice.choices([name for name, _ in CUSTOMERS], [share for _, share in CUSTOMERS])[0]
            families = [self.dice.choices(list(PRODUCTS), [5, 4, 2])[0]]
            if self.dice.random() < 0.15:  # two kinds of door for one customer are two lines
                families.append(self.dice.choice([one for one in PRODUCTS if one != families[0]]))
            is_rush = self.dice.random() < 0.05
            if not all([self.take_line(date, order, n + 1, customer, family, is_rush) for n, family in enumerate(families)]):
                self.forget(order, date, before)
        self.serials[date.strftime("%y%m")] = self.serials.get(date.strftime("%y%m"), 0) + self.reserved.get(date, 0)

    def forget(self, order, date, before):
        """It would not be finished in time: it never came."""
        self.serials[order[:4]] -= 1
        self.days[date].orders = [row for row in self.days[date].orders if row["order"] != order]
        for day, count in before.items():
            del self.days[day].done[count:]

    def take_line(self, date, order, line, customer, family, is_rush):
        dice = self.dice
        quantity = dice.choices([1, 2, dice.randint(3, 6), dice.randint(8, 24)], [55, 22, 19, 4])[0]
        product, price = dice.choice(PRODUCTS[family])
        due = self.workday(date, 7 if is_rush else dice.randint(11, 15))
        self.days[date].orders.append({
            "order": order, "line": line, "customer": customer, "product": product, "family": family, "quantity": quantity, "size": dice.choice(SIZES[family]),
            "colour": dice.choice(COLOURS[family]), "opening": dice.choice(OPENINGS), "due": due.isoformat(), "rush": "是" if is_rush else "否",
            "special": "是" if dice.random() < 0.04 else "否", "remarks": "", "price": price})
        return self.make(date, f"{order}-{line:02d}", family, quantity, is_rush)

    @staticmethod
    def workday(date, days):
        while days > 0:
            date += datetime.timedelta(1)
            days -= date.weekday() != 6
        return date

    # ---- work

    def make(self, date, sheet, family, quantity, is_rush):
        """The line's way through the shop; is it finished by the last day?"""
        moment = datetime.datetime.combine(self.workday(date, 1 if is_rush else self.dice.randint(2, 4)), datetime.time(8))
        for op, code, per_door in self.routing[family]:
            moment += datetime.timedelta(minutes=self.dice.randint(40, 260 if is_rush else 640))
            moment = self.in_shift(moment)
            if moment.date() > self.last:
                return False
            if self.dice.random() < 0.004:
                continue  # done, and nobody reported it
            moment = self.report(moment, sheet, op, code, quantity * per_door)
        return self.pack(moment, sheet, quantity)

    def pack(self, moment, sheet, quantity):
        """Finished doors come to the dock, and into the stock."""
        moment = self.in_shift(moment + datetime.timedelta(minutes=self.dice.randint(20, 150)))
        if moment.date() > self.last:
            return False
        self.add(moment, kind="pack", station=DOCK, sheet=sheet, count=quantity, workers=(self.dice.choice(self.workers["E"]),))
        return True

    def in_shift(self, moment):
        """Within a shift, not in a break, not on a Sunday; one in forty is a night's work."""
        minute = moment.hour * 60 + moment.minute
        if minute < DAY_FROM or minute >= NIGHT_FROM:
            if self.dice.random() < 0.025 and minute >= NIGHT_FROM:
                return moment
            moment = datetime.datetime.combine(moment.date() + datetime.timedelta(minute >= NIGHT_FROM), datetime.time(8, self.dice.randint(2, 50)))
        for start, end in BREAKS:
            if start <= moment.hour * 60 + moment.minute < end:
                moment += datetime.timedelta(minutes=end - start)
        while moment.weekday() == 6:
            moment += datetime.timedelta(1)
        return moment

    def who(self, code):
        """Most work of an operation is done by the same few; welders share a job now and then."""
        crew = self.workers[CREW_OF[code]]
        usual = [crew[(hash_of(code) + n) % len(crew)] for n in range(3)]
        one = self.dice.choice(usual if self.dice.random() < 0.85 else crew)
        if code == "weld" and self.dice.random() < 0.12:
            return (one, self.dice.choice([other for other in crew if other != one]))
        return (one,)

    def add(self, moment, **fields):
        minute = moment.hour * 60 + moment.minute
        is_night = not DAY_FROM <= minute < NIGHT_FROM
        date = moment.date() - datetime.timedelta(minute < DAY_FROM)
        if date not in self.days:
            return None
        wall = int(moment.replace(tzinfo=datetime.timezone.utc).timestamp()) - OFFSET_S
        done = Done(wall_s=wall, day=date, shift="night" if is_night else "day", **fields)
        self.days[date].done.append(done)
        return done

    def report(self, moment, sheet, op, code, pieces):
        """All pieces at once, or in two goes; some are bad, some entries are a mistake."""
        station, workers = self.station[code], self.who(code)
        goes = [pieces] if pieces < 4 or self.dice.random() < 0.7 else [pieces // 2, pieces - pieces // 2]
        for count in goes:
            bad = 1 if self.dice.random() < 0.012 * min(count, 4) else 0
            fields = {"station": station, "sheet": sheet, "op": op, "workers": workers}
            if self.dice.random() < 0.008:  # the wrong number; taken back at once
                wrong = self.add(moment - datetime.timedelta(seconds=40), kind="report", count=count, **fields)
                if wrong is not None:
                    self.add(moment - datetime.timedelta(seconds=20), kind="undo", station=station, workers=workers, ).of = wrong
            self.add(moment, kind="report", count=count, bad=((1, REASON_OF.get(code, 1), op if self.dice.random() < 0.6 else 0),) if bad else (), **fields)
            if bad and self.dice.random() < 0.8:
                again = self.in_shift(moment + datetime.timedelta(hours=self.dice.randint(3, 20)))
                if again.date() <= self.last:
                    self.add(again, kind="report", station=station, sheet=sheet, op=op, count=1, rework=True, workers=self.who(code))
            moment = self.in_shift(moment + datetime.timedelta(minutes=self.dice.randint(12, 90)))
        return moment

    def cut_off(self):
        """The paint shop's kiosk had no network for two days: it sends them on the third."""
        dates = [date for date in self.days if date.weekday() == 1]
        self.lost = (("spray", dates[len(dates) // 2], CUT_OFF_DAYS),)

    def is_cut_off(self, station, date):
        return any(station == name and since <= date < since + datetime.timedelta(days) for name, since, days in self.lost)


def hash_of(text):
    """The same in every run, which hash() isn't."""
    return sum(ord(char) * (i + 7) for i, char in enumerate(text))
