"""morning.py - the gates open: the server's first start, badges and cards on paper, kiosks enrolled."""
import os
import uuid

import factory
import orders
import printed
from office import PASSWORD, Office
from printed import paper
from town import CREWS, SHEETS, WORKERS, PythonKiosk, Town

LEADS = "family,least,most,rush\nsteel,8,12,6\n"


def opened(tour):
    """A server with its tables and users."""
    factory.PRINTED = printed.Printed(SHEETS, WORKERS)
    tour.town = Town(os.path.join(tour.folder, "work"), tour.day_s)
    tour.town.fill(tour.town.server, tour.town.office)
    stranger = Office(tour.town.server)
    orders.no(stranger.log_in, "/api/login/password", {"token": tour.town.server.link.rsplit("/", 1)[1], "password": PASSWORD + "!"})
    path = tour.town.path("tables", "leads.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write(LEADS)
    tour.town.server.run("import", "leads", path)
    office = tour.town.office
    me = next(row for row in office.rows("users") if row["name"] == "admin")
    office.act("user.add", name="admin", full="安志远", roles=me["roles"], base=me["version"])
    tour.people = {name: user(tour.town, name, full, roles) for name, full, roles in orders.PEOPLE}
    tour.page_shot("admin", "users", "users")
    return {"users": len(tour.people) + 1}


def user(town, name, full, roles):
    """Somebody of the office, with a password of his own."""
    town.office.act("user.add", name=name, full=full, roles=roles, base=0)
    token = uuid.uuid4().hex + uuid.uuid4().hex
    town.office.act("user.link", user=name, token=token, until_ms=int((town.clock.now() + 3600) * 1000))
    session = Office(town.server)
    session.user = name
    session.log_in("/api/login/password", {"token": token, "password": PASSWORD})
    return session


def badges(tour):
    """On paper, and read back."""
    read, folder = factory.PRINTED.read, tour.town.path("tables")
    people = {"factory": "春天门业", "badges": [{"badge": f"{row[5]:015d}", "name": row[1], "number": row[0], "section": CREWS.get(row[2], "")} for row in WORKERS]}
    for kind, items in (("badge", people), ("card", printed.CARDS)):
        pdf = paper.print_paper(kind, items, os.path.join(folder, kind + ".pdf"))
        read.update(digits for symbol, digits in paper.codes_of(pdf) if symbol == "CODE-128")
        with open(pdf, "rb") as file:
            tour.paper_shot(file.read(), kind)
    for row in WORKERS:
        assert factory.code(3, f"{row[5]:015d}") in read, row
    return {"codes": len(read)}


def kiosks(tour):
    """Each is shown the office's code."""
    town = tour.town
    tour.a = tour.hands(town.add_kiosk("fold", "fold1", seen=lambda kiosk: tour.shot(kiosk, "new")))
    tour.b = tour.hands(town.add_kiosk("weld", "weld1"))
    tour.c = tour.hands(town.add_kiosk("pack", "pack1", tour.small_disk()))
    tour.python = PythonKiosk(town, "pack1")
    tour.a.kiosk.sync()
    tour.shot(tour.a.kiosk, "idle")
    tour.other = town.serve("other")
    tour.other_office = Office(tour.other)
