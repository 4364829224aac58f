#!/usr/bin/python3
"""tour.py - one scan travels from a barcode to a worker's wage, whatever dies on the way.

Real programs, nothing faked: a server, kiosks, a kiosk that somebody else wrote, a browser. Workers work a night, then
everything breaks that is listed in faults.py; after each fault the queues must drain by themselves, and what workers saw as
saved must be there, once. At the end each worker's wage is read in five places. Writes build/tour/summary.json and
build/tour/pictures; exit code 0: all of it held. On failure the data stay in build/tour/work.
"""
import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import traceback
import uuid

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import browser
import dock
import factory
import faults
import pictures
import printed
import shift
import wages
from hands import Hands, fen_shown
from office import PASSWORD, Office
from town import FACTORY_OFFSET_S, SHEETS, WORKERS, PythonKiosk, Town

EVER = browser.EVER
SMALL_DISK = "size=12m"


def evening():
    """Today 23:40 in the factory."""
    midnight = (int(time.time()) + FACTORY_OFFSET_S) // 86400 * 86400 - FACTORY_OFFSET_S
    return midnight + 23 * 3600 + 40 * 60


class Tour:
    def __init__(self, folder):
        self.folder, self.rows, self.pictures, self.began = folder, [], 0, time.monotonic()
        self.picture_folder, self.disk, self.town = os.path.join(folder, "pictures"), None, None
        left_over = os.path.join(folder, "work", "disk")
        if os.path.ismount(left_over):
            subprocess.run(["umount", left_over], check=True)
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(self.picture_folder)

    def say(self, text):
        print(f"{time.monotonic() - self.began:6.1f} s  {text}", flush=True)

    def hands(self, kiosk):
        return Hands(self.town, kiosk)

    def shot(self, kiosk, name):
        answer = kiosk.shot(os.path.join(self.picture_folder, f"kiosk-{name}.png"))
        assert not answer.get("error"), answer
        self.pictures += 1

    def browser(self):
        return browser.Browser(self.town.server.port, self.picture_folder)

    def python_again(self):
        """The other kiosk hears of the server, and sends what it lacks."""
        self.python.run("feed")
        self.python.run("send")

    # ---- the story

    def open(self):
        """A server with its tables and users, three kiosks and a foreign one."""
        factory.PRINTED = printed.Printed(SHEETS, WORKERS)
        self.town = Town(os.path.join(self.folder, "work"), evening())
        self.town.fill(self.town.server, self.town.office)
        self.a = self.hands(self.town.add_kiosk("fold", "fold1"))
        self.b = self.hands(self.town.add_kiosk("weld", "weld1"))
        self.c = self.hands(self.town.add_kiosk("pack", "pack1", self.small_disk()))
        self.python = PythonKiosk(self.town, "pack1")
        return f"{len(WORKERS)} workers, {len(self.town.kiosks)} kiosks, and one in Python"

    def small_disk(self):
        """A file system that can be full; None where nobody may mount one."""
        place = self.town.path("disk")
        os.makedirs(place)
        if os.geteuid() == 0 and subprocess.run(["mount", "-t", "tmpfs", "-o", SMALL_DISK, "tmpfs", place], check=False,
                                                capture_output=True).returncode == 0:
            self.disk = place
            return os.path.join(place, "kiosk")
        return None

    def work(self):
        for step in shift.STEPS:
            step(self)
            self.say(f"{step.__name__}: {step.__doc__}")
        return f"{len(self.town.ledger.entries)} entries"

    def measured(self, what, hits, kiosks=None):
        report = self.town.measure(kiosks=kiosks)
        self.rows.append({"what": what, "hits": hits, "lost": report.lost, "doubled": report.doubled})
        self.say(f"{what}: {hits} times; {report.inbox} events, {report.lost} lost, {report.doubled} doubled")
        assert not report.what, "\n".join(report.what)

    def kills(self):
        kiosks, servers = faults.kills(self)
        self.measured("kill kiosk", kiosks)
        self.measured("kill server", servers)
        return f"{self.town.server.kills + sum(kiosk.kills for kiosk in self.town.kiosks)} in all so far"

    def breaks(self):
        self.other = self.town.serve("other")
        self.other_office = Office(self.other)
        faults.late_begin(self)
        late_over = False
        for what, strike in faults.FAULTS:
            if what == "disk full" and not self.disk:
                self.say("SKIPPED disk full: only root can mount a small disk")
                continue
            late_over |= what == "answer late"
            hits = strike(self)
            self.measured(what, hits, None if late_over else [self.a.kiosk.id])
        return f"{len(self.rows)} kinds of faults"

    def show(self):
        pictures.of_kiosk(self)
        return f"{self.pictures} pictures"

    def pay(self):
        """Everybody's wage in five places."""
        for number, *_ in WORKERS:
            self.a.report(number, "2603-0004-01", 10, 1)
        self.python_again()
        self.town.drained()
        api = {row["worker"]: row["fen"] for row in self.town.office.rows("wages", EVER)}
        table = self.town.office.csv("wages", EVER)
        csv = {int(row["工号"]): browser.fen_of(row["金额（元）"]) for row in table}
        with self.browser() as page:
            shown = page.wages()
            pictures.of_office(self, page)
        self.last_export = self.town.export()
        anew = wages.wages(self.last_export)
        self.wages = []
        for number, *_ in WORKERS:
            answer = self.a.money(number)
            kiosk = fen_shown(answer)
            assert kiosk == answer["money"]["total_fen"], answer
            self.a.sign_out()
            self.wages.append({"worker": number, "kiosk_fen": kiosk, "api_fen": api.get(number), "page_fen": shown.get(number),
                               "csv_fen": csv.get(number), "events_fen": anew[str(number)]["fen"]})
        for row in self.wages:
            self.say("worker {worker}: kiosk {kiosk_fen}, API {api_fen}, page {page_fen}, CSV {csv_fen}, events {events_fen}"
                     .format(**row))
        wrong = [row for row in self.wages if len(set(list(row.values())[1:])) != 1]
        assert not wrong, f"wages differ: {wrong}"
        assert sum(api.values()) == sum(row["fen"] for row in anew.values()), (api, anew)
        return f"{len(self.wages)} workers, {sum(api.values()) / 100:.2f} yuan, the same in five places"

    def leave(self):
        """Goods leave: refused unpaid, released once paid."""
        self.finance = self.user("finance", "财务", "finance")
        self.release = dock.release(self)
        return json.dumps(self.release)

    def user(self, name, full, roles):
        """Somebody of the office, with a password of his own."""
        office = self.town.office
        office.act("user.add", name=name, full=full, roles=roles, base=0)
        token = uuid.uuid4().hex + uuid.uuid4().hex
        office.act("user.link", user=name, token=token, until_ms=int((self.town.clock.now() + 3600) * 1000))
        session = Office(self.town.server)
        session.user = name
        session.log_in("/api/login/password", {"token": token, "password": PASSWORD})
        return session

    def prove(self):
        """The books are computed anew; one row that is altered by hand is named."""
        town = self.town
        compared = town.server.run("rebuild", "--compare")
        assert "different 0" in compared, compared
        checked = town.server.run("check")
        forks = next(int(line.split()[1]) for line in checked.splitlines() if line.startswith("fork ") and len(line.split()) == 2)
        assert forks >= 1, f"a kiosk was cloned and another set back, and check says nothing of it: {checked}"
        town.server.stop()
        copy = town.path("altered")
        shutil.copytree(town.server.data, copy)
        with contextlib.closing(sqlite3.connect(os.path.join(copy, "books.db"))) as books:
            worker, day, number = books.execute("SELECT worker, day, number FROM due WHERE fen > 0 LIMIT 1").fetchone()
            books.execute("UPDATE due SET fen = fen + 100 WHERE worker = ? AND day = ? AND number = ?", (worker, day, number))
            books.commit()
        command = town.server.command("rebuild", "--compare")
        command[command.index(town.server.data)] = copy
        found = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
        said = found.stdout + found.stderr
        assert found.returncode == 1 and "due" in said and str(worker) in said and str(number) in said, said
        rows = next(line.split()[1] for line in compared.splitlines() if line.startswith("rows "))
        self.say("altered by hand, and named: " + next(line for line in said.splitlines() if line.startswith("{")))
        counts = [line for line in checked.splitlines() if len(line.split()) == 2]
        return f"{rows} rows equal; check: {', '.join(counts)}"

    def closing(self):
        """The month is over: checked, closed by two persons, and lines, slips and the raw events come to the same."""
        town, office = self.town, self.town.office
        town.clock.jump(40 * 86400)
        town.server.start()
        to = next(row["to_day"] for row in office.rows("periods") if row["state"] == 0)
        office.act("period.check", to=to)
        close = {"id": uuid.uuid4().hex, "to": to}
        status, answer = office.ask("POST", "/api/act/period.close", close)
        assert status == 428, answer  # one person alone
        second = office.json("POST", "/api/second", {"name": "finance", "password": PASSWORD, "act": close["id"]})["second"]
        proof = office.json("POST", "/api/act/period.close", {**close, "second": second})
        raw = sum(fen for worker, one in wages.wages(town.export()).items() if worker != "0" for day, fen in one["days"].items() if day <= to)
        town.server.stop()
        self.month = {"lines": proof["lines"], "sum_fen": proof["sum_fen"], "proof_fen": raw, "closed": proof["holds"]}
        assert self.month["closed"] and proof["sum_fen"] == proof["slips_fen"] == raw, (proof, raw)
        return json.dumps(self.month)

    def sum_up(self):
        report = self.town.ledger.measure(self.last_export)
        events = {"made": report.made, "inbox": report.inbox, "counted": report.counted, "held": report.held, "lost": report.lost,
                  "doubled": report.doubled}
        summary = {"events": events, "wages": self.wages, "faults": self.rows, "stop": self.stopped, "release": self.release, "month": self.month, "printed": len(factory.PRINTED.read),
                   "pictures": len(os.listdir(self.picture_folder))}
        with open(os.path.join(self.folder, "summary.json"), "w", encoding="utf-8") as file:
            json.dump(summary, file, indent=1)
            file.write("\n")
        assert report.made == report.inbox == report.counted + report.held, events
        assert report.lost == report.doubled == 0, events
        assert report.made >= 300, events
        return json.dumps(events)

    def run(self):
        for step in (self.open, self.work, self.kills, self.breaks, self.show, self.pay, self.leave, self.prove, self.closing, self.sum_up):
            self.say(f"{step.__name__}: {step()}")

    def close(self, keep):
        for kiosk in self.town.kiosks if self.town else []:
            if kiosk.program.process.poll() is None:
                kiosk.kill()
        for server in (getattr(self.town, "server", None), getattr(self, "other", None)):
            if server and server.program.process.poll() is None:
                server.kill()
        if self.disk:
            if keep:
                shutil.copytree(self.disk, self.disk + ".kept", dirs_exist_ok=True)
            subprocess.run(["umount", self.disk], check=False)
        if not keep:
            shutil.rmtree(os.path.join(self.folder, "work"), ignore_errors=True)


def main():
    if sys.argv[1:]:
        print(__doc__)
        return 0 if sys.argv[1] == "--help" else 2
    os.chdir(os.environ.get("ROOT", "."))
    tour, failed = Tour("build/tour"), True
    try:
        tour.run()
        failed = False
    except Exception:  # pylint: disable=broad-except
        traceback.print_exc(file=sys.stdout)
        print(f"the tour FAILED; its data are kept in {tour.folder}/work")
    finally:
        tour.close(failed)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
