"""orders.py - one order from the first call to its sheet in the shop, and changed after half of it was made.

Everybody acts as himself, over HTTP as the page does it; the pictures are of the page. What is scanned of its sheet was read
off the paper that the office printed.
"""
import json
import subprocess

import factory
import hands
from hands import expect
from office import Refused

DOORS, PRICE_YUAN, DEPOSIT_YUAN = 3, "1280", "1200"
CUSTOMER = "丽居门窗"
PEOPLE = [("finance", "孙丽华", "finance"), ("desk", "李敏", "desk"), ("taker", "陈接单", "taker"), ("quoter", "何报价", "quoter"), ("manager", "罗厂长", "manager"),
          ("technical", "唐技术", "technical"), ("supervisor", "孟主管", "supervisor"), ("payroll", "刘洋", "payroll"), ("shipping", "马强", "shipping")]
SIGNERS = ("taker", "quoter", "manager", "technical", "supervisor")
TICKS = ["due", "brand", "quantity", "material", "size", "style", "colour", "picture", "process", "amount", "rates", "decor", "requirements", "remarks"]
WRITTEN = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
LINE = {"product": "钢质入户门", "family": "steel", "quantity": str(DOORS), "measured": "opening", "width": "960", "height": "2050", "opening": "右外开", "colour": "深灰",
        "price": PRICE_YUAN, "remarks": "锁孔 60"}


def no(what, *words, **fields):
    """The office says no; gives its sentence."""
    try:
        what(*words, **fields)
    except Refused as why:
        return str(why)
    raise AssertionError(f"the office should have refused: {words} {fields}")


def today(tour):
    return tour.town.office.json("GET", "/api/me")["today"]


def placed(tour):
    """By its writing alone; quoted, and confirmed by the customer."""
    people, office = tour.people, tour.town.office
    customer = people["taker"].act("customer.save", customer=0, name=CUSTOMER, phone="13808124477", address="成都市 武侯区")["customer"]
    body = {"receipt": 0, "customer": customer, "source": "file", "lines": [LINE], "desk": "desk"}
    no(people["taker"].act, "order.place", **body, files=[])
    file = people["taker"].upload("/api/file", WRITTEN)["hash"]
    tour.order = people["taker"].act("order.place", **body, files=[{"hash": file, "name": "采购单.pdf"}])["order"]
    tour.line = f"{tour.order}-01"
    people["quoter"].act("quote.make", order=tour.order)
    no(people["payroll"].act, "sheet.make", line=tour.line)
    tour.page_shot("taker", f"orders/{tour.order}?tab=quote", "quote")
    people["taker"].act("quote.confirm", order=tour.order, n=1, how="wechat", day=today(tour), person="张丽", note="")
    return {"order": tour.order, "yuan": office.rows("quotes", f"order={tour.order}")[0]["total"] // 100}


def gate(tour):
    return tour.town.office.rows("gates", f"from={tour.order}&to={tour.order}")[0]["production"]


def deposit(tour):
    """Who announced money doesn't confirm it; with the deposit in, the order may be made."""
    day, people = today(tour), tour.people
    before = gate(tour)
    number = people["desk"].act("money.announce", day=day, sum=DEPOSIT_YUAN, method="bank", payer="张丽", parts=[{"order": tour.order, "sum": DEPOSIT_YUAN}])["transfer"]
    no(people["desk"].act, "money.confirm", transfer=number, base=1, day=day, sum=DEPOSIT_YUAN)
    tour.page_shot("finance", "finance", "finance")
    people["finance"].act("money.confirm", transfer=number, base=1, day=day, sum=DEPOSIT_YUAN)
    assert (before, gate(tour)) == (3, 1), (before, gate(tour))


def signed(tour):
    """Drafted, signed by five, released."""
    people, office = tour.people, tour.town.office
    people["payroll"].act("sheet.make", line=tour.line)
    sign_and_release(tour)
    tour.page_shot("desk", f"orders/{tour.order}?tab=sheet", "released")
    assert office.rows("lines", f"order={tour.order}")[0]["rev"] == 1


def sign_and_release(tour):
    office, people, release = tour.town.office, tour.people, {"line": tour.line, "day": today(tour), "sequence": 0}
    version = office.rows("drafts", f"order={tour.order}")[0]["version"]
    for name in SIGNERS[:-1]:
        people[name].act("sheet.sign", line=tour.line, kind=name, version=version, ticks=TICKS)
    no(people["payroll"].act, "sheet.release", **release)
    tour.page_shot(SIGNERS[-1], f"review/{tour.line}", "review")
    people[SIGNERS[-1]].act("sheet.sign", line=tour.line, kind=SIGNERS[-1], version=version, ticks=TICKS)
    people["payroll"].act("sheet.release", **release)


def printed(tour, rev=1):
    """A paper a part, each once; what a scanner reads on them is what workers scan from now on."""
    payroll = tour.people["payroll"]
    papers = payroll.act("copy.print", line=tour.line, size="a4")["papers"]
    no(payroll.act, "copy.print", line=tour.line)
    for copy, *_ in papers:
        status, pdf = payroll.ask("GET", f"/api/sheet/{tour.line}?rev={rev}&copy={copy}")
        assert status == 200, pdf
        path = tour.paper_shot(pdf, f"sheet-rev{rev}-{copy}")
        factory.PRINTED.read.update(subprocess.run(["zbarimg", "-q", "--raw", path], capture_output=True, text=True, check=True).stdout.split())
        assert factory.sheet_code(tour.line, rev, copy) in factory.PRINTED.read
    return {"papers": len(papers)}


def first(tour):
    """Badge, sheet, number, green: the first entries of the order, one by touch in pictures."""
    tour.town.drained()
    with tour.watched(tour.a, "worker", "operation", "count", "saved"):
        tour.a.report(101, tour.line, 10, DOORS, touch=True)
    with tour.watched(tour.b, "saved"):
        tour.b.report(105, tour.line, 30, 1)
    tour.a.report(102, tour.line, 20, 2)


def change(tour):
    """Stopped by one touch; the kiosks refuse it; its papers come back; what is made stays or is made again; signed anew."""
    office, people, a = tour.town.office, tour.people, tour.a
    tour.town.drained()
    people["desk"].act("stop", what=tour.line, why="客户要改左右")
    tour.town.drained(a.kiosk)
    expect(a.kiosk.say("pass 5000"), "stopped")
    a.do(hands.iter_of((hands.badge(104), True)), "ack", tour.line, 0, [104])
    a.kiosk.say("pass 1300")
    people["taker"].act("change.open", line=tour.line, wants="开向改成左外开")
    tour.collect(a, 104, tour.line)
    row = changed(tour)
    for copy in range(2, row["copies"] + 1):
        people["desk"].act("copy.collect", line=tour.line, rev=1, copy=copy)
        tour.town.ledger.acts += 1
    office.until_booked()
    row = changed(tour)
    people["taker"].act("change.save", change=row["id"], base=row["version"], wants=row["wants"], confirmed_day=today(tour), confirmed_by="张丽")
    for op, stays, redo in ((10, 2, 1), (20, 2, 0), (30, 1, 0)):
        people["manager"].act("stays.put", line=tour.line, op=op, good=stays, redo=redo)
    tour.page_shot("manager", f"changes/{tour.line}", "change")
    assert (row["copies"], row["copies_in"]) == (2, 2), row
    return {"copies": row["copies"]}


def changed(tour):
    return next(row for row in tour.town.office.rows("changes", f"order={tour.order}") if row["line"] == tour.line)


def anew(tour):
    """The new revision, its difference explained, signed again; the old paper is refused."""
    office, people, a = tour.town.office, tour.people, tour.a
    people["payroll"].act("sheet.make", line=tour.line)
    draft = office.rows("drafts", f"order={tour.order}")[0]
    people["payroll"].act("sheet.edit", line=tour.line, base=draft["version"], **{**json.loads(draft["fields"]), "opening": "左外开"})
    no(people["taker"].act, "sheet.sign", line=tour.line, kind="taker", version=draft["version"] + 1, ticks=TICKS)
    people["payroll"].act("sheet.explain", line=tour.line, field="opening", why="客户改的")
    sign_and_release(tour)
    people["manager"].act("lift", what=tour.line)
    printed(tour, 2)
    tour.town.drained(a.kiosk)
    a.kiosk.say(hands.badge(101))
    answer = a.kiosk.say(hands.sheet_scan(tour.line))
    assert (answer["screen"], answer["tone"]) == ("refused", "red"), answer
    tour.shot(a.kiosk, "old-paper")
    a.sign_out()
    a.report(101, tour.line, 10, 1, rev=2)
    tour.town.drained()
    sums = {row["op"]: row["good"] for row in office.rows("stays", f"line={tour.line}&rev=2")}
    assert sums[10] == DOORS, sums
