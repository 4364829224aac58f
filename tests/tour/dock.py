"""dock.py - goods leave the factory: packed by scan, asked for before they are paid, refused, paid, loaded.

The dock's kiosk is the program itself; what it scans of the pick-up order was read off the paper that the office printed.
"""
import os
import subprocess
import time

import factory
import faults
from hands import Surprise
from town import BADGE, DOCK_LINE, DOCK_ORDER_YUAN

DOORS, WORKER, NOTE_KIND, LIMIT_S = 3, 105, "5", 60


def by_itself(kiosk, is_so):
    """The kiosk's screen once it is so, untouched."""
    until, answer = time.monotonic() + LIMIT_S, kiosk.state()
    while not is_so(answer):
        if time.monotonic() > until:
            raise Surprise(f"not within {LIMIT_S} s: {answer['screen']} {answer['tone']} {answer['texts']}")
        answer = kiosk.say("sync 200")
    return answer


def scan(kiosk, *codes):
    for code in codes:
        answer = kiosk.scan(code)
    return answer


def kept(tour, kiosk, kind, *codes):
    """Green, so the ledger has it too."""
    row = tour.town.ledger.begin(kiosk.id, kind, DOCK_LINE, DOORS, [BADGE[WORKER]])
    answer = scan(kiosk, *codes)
    assert answer["tone"] == "green" and answer["last"]["kind"] == kind, answer
    tour.town.ledger.seen(row, answer["last"]["name"], answer["tone"])


def home(kiosk):
    """Nobody is signed in, nothing in hand."""
    while kiosk.state()["screen"] != "idle":
        kiosk.scan(factory.command_code(4))


def paper_code(tour, note, kind):
    """What a scanner reads off the office's paper; None where the office refuses to print it, and it says why."""
    status, pdf = tour.town.office.ask("GET", f"/api/goods/{kind}?note={note}&lang=zh")
    if status == 409 and b"ship.is_shut" in pdf:
        return None
    assert status == 200, pdf[:300]
    path = tour.town.path(f"{kind}-{note}")
    with open(path + ".pdf", "wb") as file:
        file.write(pdf)
    subprocess.run(["pdftoppm", "-png", "-r", "150", "-singlefile", path + ".pdf", path], check=True)
    found = subprocess.run(["zbarimg", "-q", "--raw", path + ".png"], capture_output=True, text=True, check=True).stdout.split()
    os.remove(path + ".png")
    return next(code for code in found if code[0] == NOTE_KIND)


def pay(tour, order, yuan):
    """Announced by the desk, confirmed by finance: nobody confirms his own."""
    day = tour.town.office.json("GET", "/api/me")["today"]
    number = tour.town.office.act("money.announce", day=day, sum=yuan, method="bank", payer="张先生", parts=[{"order": order, "sum": yuan}])["transfer"]
    tour.people["finance"].act("money.confirm", transfer=number, base=1, day=day, sum=yuan)


def release(tour):
    """A delivery note that isn't paid is red at the dock and not printed; paid, it turns green untouched, and doors are loaded."""
    office, line = tour.town.office, DOCK_LINE
    faults.late_begin(tour)  # an answer that comes too late is on its way meanwhile
    kiosk = tour.town.add_kiosk("dock", "dock1")
    tour.town.drained(kiosk)  # it knows what is on the floor
    badge, count = factory.badge_code(BADGE[WORKER]), factory.command_code(5, DOORS)
    kept(tour, kiosk, "pack", badge, factory.sheet_code(line), count)
    home(kiosk)
    tour.town.drained(kiosk)
    note = office.act("ship.order", order=line[:9], lines=[{"line": line, "doors": DOORS}], remarks="")
    assert note["state"] == "shut", note
    tour.people["shipping"].act("truck.arrive", plate="川A·2M81", driver="罗师傅", phone="13980011223", order=line[:9])
    by_itself(kiosk, lambda answer: any(button["id"].startswith("note-") for button in answer["buttons"]))
    code = paper_code(tour, note["note"], "pickup")
    answer = scan(kiosk, badge, code)
    assert (answer["screen"], answer["tone"]) == ("note", "red"), answer
    tour.shot(kiosk, "unpaid")
    tour.page_shot("finance", "finance", "truck")
    answer = scan(kiosk, factory.sheet_code(line))
    refused = int(answer["say"] == "flow.note_shut" and paper_code(tour, note["note"], "delivery") is None)
    assert refused, answer
    kiosk.tap("back")
    pay(tour, line[:9], DOCK_ORDER_YUAN)
    by_itself(kiosk, lambda answer: answer["screen"] == "note" and answer["tone"] == "green")
    tour.shot(kiosk, "paid")
    kept(tour, kiosk, "load", factory.sheet_code(line), count)
    tour.shot(kiosk, "loaded")
    home(kiosk)
    tour.town.drained(kiosk)
    loaded = sum(row["loaded"] for row in office.rows("note-lines", "from=0&to=999999999") if row["note"] == note["note"])
    released = int(paper_code(tour, note["note"], "delivery") is not None and loaded == DOORS)
    assert released, loaded
    tour.page_shot("shipping", f"shipping?at={note['note']}", "shipping")
    tour.paper_shot(office.ask("GET", f"/api/goods/delivery?note={note['note']}&lang=zh")[1], "delivery-note")
    tour.release = {"unpaid_refused": refused, "released": released}
    return tour.release
