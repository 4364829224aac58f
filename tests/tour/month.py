"""month.py - everybody's wage in five places, the books computed anew, the month closed by two persons, slips."""
import contextlib
import os
import shutil
import sqlite3
import subprocess
import uuid

import browser
import pictures
import wages
from hands import fen_shown
from office import PASSWORD
from town import WORKERS

EVER = browser.EVER


def pay(tour):
    """The same figure at the kiosk, over the API, on the page, as CSV, and from the raw events by a program of its own."""
    for number, *_ in WORKERS:
        tour.a.report(number, "2603-0004-01", 10, 1)
    tour.python_again()
    tour.town.drained()
    api = {row["worker"]: row["fen"] for row in tour.town.office.rows("wages", EVER)}
    csv = {int(row["工号"]): browser.fen_of(row["金额（元）"]) for row in tour.town.office.csv("wages", EVER)}
    page = tour.page("admin")
    shown = page.wages()
    page.shot(tour.book.picture("wages"))
    page.go(f"pay/101?{EVER}")
    page.shot(tour.book.picture("wage"))
    tour.last_export = tour.town.export()
    anew = wages.wages(tour.last_export)
    tour.wages = []
    for number, *_ in WORKERS:
        answer = tour.a.money(number)
        kiosk = fen_shown(answer)
        assert kiosk == answer["money"]["total_fen"], answer
        if number == WORKERS[0][0]:
            tour.shot(tour.a.kiosk, "wage")
        tour.a.sign_out()
        tour.wages.append({"worker": number, "kiosk_fen": kiosk, "api_fen": api.get(number), "page_fen": shown.get(number),
                           "csv_fen": csv.get(number), "events_fen": anew[str(number)]["fen"]})
    for row in tour.wages:
        tour.say("worker {worker}: kiosk {kiosk_fen}, API {api_fen}, page {page_fen}, CSV {csv_fen}, events {events_fen}".format(**row))
    wrong = [row for row in tour.wages if len(set(list(row.values())[1:])) != 1]
    assert not wrong, f"wages differ: {wrong}"
    assert sum(api.values()) == sum(row["fen"] for row in anew.values()), (api, anew)
    return {"workers": len(tour.wages), "yuan": f"{sum(api.values()) / 100:.2f}"}


def show(tour):
    """Each screen and page once."""
    pictures.of_kiosk(tour)
    pictures.of_office(tour)


def prove(tour):
    """The books are computed anew; one row that is altered by hand is named."""
    town = tour.town
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
    tour.say("altered by hand, and named: " + next(line for line in said.splitlines() if line.startswith("{")))
    counts = [line for line in checked.splitlines() if len(line.split()) == 2]
    return {"rows": next(line.split()[1] for line in compared.splitlines() if line.startswith("rows ")), "check": ", ".join(counts)}


def closing(tour):
    """The month is over: checked, closed by two persons, and lines, slips and the raw events come to the same."""
    town, office = tour.town, tour.town.office
    town.clock.jump(40 * 86400)
    town.server.start()
    tour.nobody()
    to = next(row["to_day"] for row in office.rows("periods") if row["state"] == 0)
    office.act("period.check", to=to)
    close = {"id": uuid.uuid4().hex, "to": to}
    status, answer = office.ask("POST", "/api/act/period.close", close)
    assert status == 428, answer  # one person alone
    second = office.json("POST", "/api/second", {"name": "finance", "password": PASSWORD, "act": close["id"]})["second"]
    proof = office.json("POST", "/api/act/period.close", {**close, "second": second})
    raw = sum(fen for worker, one in wages.wages(town.export()).items() if worker != "0" for day, fen in one["days"].items() if day <= to)
    tour.month = {"lines": proof["lines"], "sum_fen": proof["sum_fen"], "proof_fen": raw, "closed": proof["holds"]}
    assert tour.month["closed"] and proof["sum_fen"] == proof["slips_fen"] == raw, (proof, raw)
    tour.closed = to
    tour.page_shot("payroll", f"pay?period={to}", "closed")
    return {"lines": proof["lines"], "yuan": f"{raw / 100:.2f}"}


def slips(tour):
    """What everybody signs for."""
    office = tour.town.office
    for paper, query in (("slip", "&worker=101"), ("paylist", "")):
        status, pdf = office.ask("GET", f"/api/paper/{paper}?to={tour.closed}{query}&lang=zh")
        assert status == 200, pdf[:300]
        tour.paper_shot(pdf, paper)
    rows = office.rows("slips", f"to={tour.closed}")
    assert sum(row["piece_fen"] for row in rows) == tour.month["sum_fen"], rows
    tour.town.server.stop()
    return {"slips": len(rows)}
