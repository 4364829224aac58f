"""town.py - the factory of the tour: its people, sheets and settings, and the programs that run in it.

Everything is data for `baogong-server import`; to have more of it, add a row.
"""
import json
import os
import shutil
import subprocess
import sys
import threading
import time

import factory
from ledger import Ledger
from office import Office
from proxy import Proxy

HERE = os.path.dirname(os.path.abspath(__file__))
KIOSK_PY = os.path.join(HERE, "..", "kiosk", "kiosk.py")
FACTORY_OFFSET_S = 8 * 3600
SHIFTS = [["day", 8 * 60, 20 * 60], ["night", 20 * 60, 32 * 60]]

# number, name, crew, role, language, badge, PIN
WORKERS = [
    (101, "王建军", "fold", "worker", "zh", 580213964710238, "2580"),
    (102, "李秀英", "fold", "worker", "zh", 119407736255081, "1379"),
    (103, "龚䶮", "fold", "worker", "en", 704466120983517, "4826"),
    (104, "赵铁柱", "", "worker", "zh", 331958204476190, "7410"),
    (105, "Nguyễn Văn An", "", "worker", "en", 926071543388624, "9632"),
    (106, "陈桂花", "", "worker", "zh", 450812697731045, "15973"),
    (107, "孙小梅", "", "worker", "zh", 268834019577236, "864200"),
    (108, "周师傅", "", "supervisor", "zh", 837590261140972, "3141"),
]
BADGE = {row[0]: row[5] for row in WORKERS}
PIN = {row[0]: row[6] for row in WORKERS}
CREWS = {"fold": "折弯一组"}
CREW = (101, 102, 103)
VISITOR = 107  # works at the kiosk that is written in Python

# sheet, product, quantity, rush, special
SHEETS = [
    ("2603-0001-01", "甲级防盗门 960x2050", 600, "", ""),
    ("2603-0001-02", "甲级防盗门 860x2050", 9, "是", ""),
    ("2603-0001-03", "子母门 1200x2050", 1, "", "是"),
    ("2603-0002-01", "钢质进户门 960x2050", 800, "", ""),
    ("2603-0002-02", "钢质进户门 860x1970", 800, "", ""),
    ("2603-0003-01", "铸铝门 1400x2400", 40, "", "是"),
    ("2603-0004-01", "防火门 1000x2100", 800, "", ""),
    ("2603-0005-01", "检修门 600x800", 7, "", ""),
]
FOLD, WELD, PACK = (10, 20), (30, 40), (50,)
STATIONS = {"fold1": FOLD, "weld1": WELD, "pack1": PACK}
NOWHERE = "2603-0099-01"  # a sheet that nobody entered
DOCK_LINE, DOCK_PRICE_YUAN, DOCK_ORDER_YUAN = "2603-0005-01", 120, "840"  # what is packed, paid and loaded: seven of them


def tables(today):
    """Kind and text of each table, in the order in which they build upon each other."""
    due = lambda i: time.strftime("%Y-%m-%d", time.gmtime(today + 86400 * (i - 1)))  # pylint: disable=unnecessary-lambda-assignment
    shifts = json.dumps(SHIFTS).replace('"', '""')
    return [
        ("settings", f'name,value\nfactory,春天门业\nshifts,"{shifts}"\n'),
        ("crews", "id,name\n" + "".join(f"{code},{name}\n" for code, name in CREWS.items())),
        ("operations", "code,name_zh,name_en,part\ncut,冲孔,Punching,leaf\nfold,折弯,Folding,leaf\nweld,焊接,Welding,leaf\n"
                       "glue,胶合,Gluing,leaf\npack,包装,Packing,door\n"),
        ("stations", "id,name_zh,name_en,operations,kind\nfold1,折弯1号,Folding 1,cut fold,\nweld1,焊接1号,Welding 1,weld glue,\n"
                     "pack1,包装1号,Packing 1,pack,\ndock1,发货台,Dock,,dock\n"),
        ("reasons", "number,name_zh,name_en\n1,划伤,Scratch\n2,尺寸不对,Wrong size\n3,凹痕,Dent\n"),
        ("workers", "number,name,crew,role,lang,badge\n" +
                    "".join(f"{n},{name},{crew},{role},{lang},{badge:015d}\n" for n, name, crew, role, lang, badge, _ in WORKERS)),
        ("routings", "family,op,operation,per_door\n" + "".join(
            f"steel,{op},{code},1\n" for op, code in zip((10, 20, 30, 40, 50), ("cut", "fold", "weld", "glue", "pack")))),
        ("rates", "operation,from,rate,rework\ncut,2020-01-01,0.35,0.20\nfold,2020-01-01,1.00,0.50\nweld,2020-01-01,2.475,1\n"
                  "glue,2020-01-01,0.8,0\npack,2020-01-01,1.005,0.3\n"),
        ("orders", "order,line,customer,product,family,quantity,size,colour,opening,due,rush,special,remarks,price\n" + "".join(
            f"{sheet[:9]},{int(sheet[10:])},张先生,{product.split()[0]},steel,{quantity},{product.split()[1]},红古铜,左内开,"
            f"{due(i)},{rush},{special},锁孔 60,{DOCK_PRICE_YUAN if sheet == DOCK_LINE else ''}\n" for i, (sheet, product, quantity, rush, special) in enumerate(SHEETS))),
    ]


class Town:
    """A server with its office, kiosks behind bad networks, and the ledger of what workers saw as saved."""

    def __init__(self, folder, start_s=None, clock=None):
        self.folder, self.clock, self.ledger = folder, clock or factory.Clock(start_s), Ledger()
        self.lock = threading.Lock()
        self.server = self.serve("server")
        self.office = Office(self.server)
        self.kiosks, self.exports = [], 0

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def serve(self, name):
        server = factory.Server(self.path(name), self.clock)
        server.start()
        return server

    def fill(self, server, office):
        """Tables, the administrator's password, PINs."""
        office.by_first_link()
        os.makedirs(self.path("tables"), exist_ok=True)
        for kind, text in tables(self.clock.now()):
            path = self.path("tables", kind + ".csv")
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            server.run("import", kind, path)
        for number, *_, pin in WORKERS:
            office.act("worker.pin", worker=number, pin=pin)

    def add_kiosk(self, name, station, data=None, seen=lambda kiosk: None):
        """seen: is shown the kiosk before anybody told it where it stands."""
        kiosk = factory.Kiosk(data or self.path(name), self.clock)
        kiosk.name, kiosk.station = name, station
        kiosk.proxy = Proxy(self.server)
        kiosk.start()
        seen(kiosk)
        self.enrol(kiosk, self.server, self.office)
        self.kiosks.append(kiosk)
        return kiosk

    def enrol(self, kiosk, server, office):
        """By the office's code, through the kiosk's own network. Learns which kiosk it is."""
        before = {row["kiosk"]: row for row in office.rows("kiosks")}
        code = factory.enrol_elsewhere(server.run("token", kiosk.station).strip(), kiosk.proxy.port)
        if kiosk.state()["station"]:  # another enrolment is a supervisor's
            kiosk.scan(factory.command_code(40))
            kiosk.scan(factory.badge_code(BADGE[108]))
        answer = kiosk.scan(code)
        until = time.monotonic() + 30
        while answer["station"] != kiosk.station or answer["say"] == "kiosk.enrolling":
            assert time.monotonic() < until and not answer.get("error"), answer
            answer = kiosk.say("sync 100")
        new = [row["kiosk"] for row in office.rows("kiosks") if row["kiosk"] not in before]
        kiosk.id = new[0] if new else kiosk.id

    def restart_server(self):
        """Killed, and started with the clock as it is now."""
        self.server.kill()
        self.server.start()

    def restart(self, kiosk):
        kiosk.kill()
        return kiosk.start()

    def later(self, seconds):
        """All programs end well, and start with the clock so much later."""
        for kiosk in self.kiosks:
            kiosk.stop()
        self.server.stop()
        self.clock.jump(seconds)
        self.server.start()
        for kiosk in self.kiosks:
            kiosk.start()

    def drained(self, *kiosks, limit_s=90):
        """Until the queues of these (or all) kiosks are empty, by themselves, and everything is booked."""
        for kiosk in kiosks or self.kiosks:
            answer = kiosk.sync(limit_s)
            assert answer["reached"], f"{kiosk.name}: {answer['waiting']} wait after {limit_s} s: {answer['texts']}"
        self.office.until_booked()

    def export(self, server=None):
        self.exports += 1
        folder = self.path(f"export{self.exports}")
        (server or self.server).run("export", folder)
        return folder

    def measure(self, server=None, kiosks=None):
        """What of the entries that workers saw as saved is there. kiosks: ids, where only theirs are looked at."""
        folder = self.export(server)
        report = self.ledger.measure(folder, kiosks)
        shutil.rmtree(folder)
        return report


class PythonKiosk:
    """tests/kiosk/kiosk.py: a kiosk that somebody else wrote from docs/protocol.md."""

    def __init__(self, town, station):
        self.town, self.state = town, town.path("kiosk.py.json")
        known = {row["kiosk"] for row in town.office.rows("kiosks")}
        self.run("enrol", town.server.run("token", station).strip())
        self.id = next(row["kiosk"] for row in town.office.rows("kiosks") if row["kiosk"] not in known)
        self.run("feed")

    def run(self, *words):
        done = subprocess.run([sys.executable, KIOSK_PY, "--state", self.state, *words], capture_output=True, text=True, timeout=120,
                              check=False)
        assert done.returncode == 0, f"kiosk.py {words[0]}: {done.stdout[-500:]}{done.stderr[-500:]}"
        return done.stdout

    def report(self, worker, sheet, op, count):
        entry = self.town.ledger.begin(self.id, "report", sheet, count, [BADGE[worker]])
        said = self.run("report", factory.sheet_code(sheet), str(op), str(count), factory.badge_code(BADGE[worker])).split()
        assert said[0] == "saved", said
        self.town.ledger.seen(entry, said[4], said[1])
