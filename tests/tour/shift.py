"""shift.py - what workers and the office do when nothing breaks; each step is a function of the tour (story.py has their order)."""
import factory
import hands
import ledger
from hands import Surprise, entry, expect
from town import CREW, NOWHERE, VISITOR

HOUR = 3600
COLLECTED = 1  # state of a paper in the list of copies
ORDER, BOARD = 31, 32  # kiosk/words.h: actions of command cards
FEWER, OBJECTION, ANSWER = 1, 2, "录像里看了，是五樘"


def refused(answer, *words):
    """Red, not saved, and it says why."""
    if answer["screen"] != "refused" or answer["tone"] != "red" or not any(answer["texts"]):
        raise Surprise(f"should be refused: {answer['screen']} {answer['tone']} {answer['texts']} {words}")
    return answer


def work(tour):
    """Ordinary entries, by cards and by touch, badge or sheet first; a kiosk written by somebody else among them."""
    for hand, workers, sheets, ops in ((tour.a, (101, 102, 104, 105), ("2603-0001-01", "2603-0002-01"), (10, 20)),
                                       (tour.b, (105, 106, 108), ("2603-0001-01", "2603-0002-02"), (30, 40))):
        for _ in range(30):
            hand.any_report(workers, sheets, ops)
    tour.a.report(104, "2603-0001-03", 10, 1)  # one is left: badge, sheet, operation, and it is saved
    for sheet, count in (("2603-0001-01", 2), ("2603-0002-01", 7), ("2603-0004-01", 1)):
        tour.python.report(VISITOR, sheet, 50, count)
    tour.python.run("send", "--lose-answer")
    tour.python.run("send")
    return {"entries": len(tour.town.ledger.entries)}


def crew(tour):
    """Three share what doesn't divide: 1.00 yuan makes 34, 33 and 33 fen."""
    tour.a.crew_in(CREW)
    tour.shot(tour.a.kiosk, "crew")
    for count in (4, 10, 7, 1):
        answer = tour.a.crew_report(CREW, "2603-0004-01", 20, count)
    tour.a.sign_out()
    tour.town.drained(tour.a.kiosk)
    shares = [row["fen"] for row in tour.town.office.rows("fact-shares", f"event={answer['last']['name']}")]
    assert shares == [34, 33, 33], shares


def mistakes(tour):
    """What a worker takes back or mends himself, and what can't be read."""
    tour.a.report(102, "2603-0002-01", 20, 5)
    tour.a.correct("2603-0002-01", 5, [102], 1, 2)
    tour.shot(tour.a.kiosk, "bad")
    tour.b.report(106, "2603-0002-02", 30, 3)
    tour.b.undo("2603-0002-02", [106])
    for text in ("6901234567892", "1260300010101000000", "12603000101", "x" * 4000, "126030001010100199"):
        refused(tour.a.kiosk.scan(text), text[:20])
    tour.shot(tour.a.kiosk, "refused")
    tour.a.report(101, "2603-0001-01", 20, 1)


def question(tour):
    """The same again within seconds: it asks, and only a yes makes it another entry."""
    tour.b.report(106, "2603-0002-02", 30, 1)
    waiting = tour.b.kiosk.state()["last"]["seq"]
    tour.b.kiosk.say(hands.badge(106))
    answer = tour.b.kiosk.say(hands.sheet_scan("2603-0002-02"))
    if answer["screen"] == "operation":
        answer = tour.b.kiosk.say(f"scan {factory.command_code(hands.CARD_OP, 30)}")
    expect(answer, "question")
    tour.shot(tour.b.kiosk, "question")
    tour.b.kiosk.tap("no")
    tour.b.sign_out()
    assert tour.b.kiosk.state()["last"]["seq"] == waiting, "no, and it was saved all the same"


def amber(tour):
    """Saved and held: a sheet that nobody knows, and more pieces than are planned."""
    answer = tour.b.do(entry(106, NOWHERE, 0, 2), "report", NOWHERE, 2, [106])
    assert answer["tone"] == "amber", answer
    tour.shot(tour.b.kiosk, "held")
    answer = tour.a.report(104, "2603-0005-01", 10, 9)  # 7 are planned
    assert answer["tone"] == "amber", answer
    answer = tour.b.report(105, "2603-0005-01", 40, 8)
    assert answer["tone"] == "amber", answer


def stop(tour):
    """Stopped: kiosks that know refuse it; what was made before is held; who couldn't know is paid. Then lifted."""
    sheet = "2603-0003-01"
    tour.town.drained()
    tour.b.kiosk.proxy.set("away")
    tour.town.office.act("stop", what=sheet, why="门扇尺寸改了")
    tour.town.drained(tour.a.kiosk)
    expect(tour.a.kiosk.say("pass 5000"), "stopped")  # not before the last entry has been shown
    tour.shot(tour.a.kiosk, "stop")
    tour.a.do(hands.iter_of((hands.badge(104), True)), "ack", sheet, 0, [104])
    tour.a.kiosk.say("pass 1300")
    office_knows(tour, sheet, is_in=False)
    tour.a.kiosk.say(hands.badge(104))
    answer = refused(tour.a.kiosk.say(hands.sheet_scan(sheet)))
    assert "made-before" in [one["id"] for one in answer["buttons"]], answer
    tour.shot(tour.a.kiosk, "stopped")
    refusal = "".join(answer["texts"][answer["texts"].index("原因") + 1:answer["texts"].index("怎么办")])
    assert "停单" in refusal and "门扇尺寸改了" in refusal, answer
    tour.a.sign_out()
    answer = tour.b.report(105, sheet, 30, 2)
    assert answer["tone"] == "green", answer
    answer = tour.a.do(made_before(104, sheet, 10, 3), "report", sheet, 3, [104])
    assert answer["tone"] == "amber", answer
    tour.a.do(handed_in(104, sheet), "collect", sheet, 0, [104])
    tour.a.sign_out()
    office_knows(tour, sheet, is_in=True)
    collect_rest(tour, sheet, refusal)
    tour.town.office.act("lift", what=sheet)
    tour.b.kiosk.proxy.set("pass")
    tour.town.drained()
    tour.town.office.until_booked()
    late = [row for row in tour.town.office.rows("line-facts", f"line={sheet}") if row["op"] == 30]
    assert [(row["good"], row["held"]) for row in late] == [(2, 0)], late  # made before this kiosk knew of the stop
    answer = tour.a.report(104, sheet, 10, 1)
    assert answer["tone"] == "green", answer


def office_knows(tour, sheet, is_in):
    """Who acknowledged the stop, where, and whether its sheet was handed in."""
    tour.town.drained(tour.a.kiosk)
    tour.town.office.until_booked()
    span = f"from={sheet}&to={sheet}"
    stops = [row["id"] for row in tour.town.office.rows("stops") if row["line"] == sheet]
    acks = tour.town.office.rows("stop-acks", span)
    assert [(row["worker"], row["stop"]) for row in acks] == [(104, stops[0])] and acks[0]["station"], (acks, stops)
    assert any(row["is_in"] for row in tour.town.office.rows("papers", span)) == is_in, tour.town.office.rows("papers", span)


def collect_rest(tour, sheet, refusal):
    """The other papers of the sheet are handed in at the office; what the list of papers says then is the tour's figure."""
    office, span = tour.town.office, f"from={sheet}&to={sheet}"
    for row in office.rows("copies", span):
        if row["state"] != COLLECTED:
            office.act("copy.collect", line=sheet, rev=row["rev"], copy=row["copy"])
            tour.town.ledger.acts += 1
    office.until_booked()
    rows = office.rows("copies", span)
    tour.stopped = {"order": sheet[:9], "refusal": refusal, "collected": sum(row["state"] == COLLECTED for row in rows), "of": len(rows)}
    assert tour.stopped["collected"] == len(rows) > 0, rows


def made_before(worker, sheet, op, count):
    yield hands.badge(worker), False
    answer = yield hands.sheet_scan(sheet), False
    expect(answer, "refused")
    answer = yield "tap made-before", False
    answer = yield from hands.entry_ops(answer, op, False)
    answer = yield from hands.entry_count(answer, count, True)
    if answer["screen"] == "count":
        answer = yield hands.badge(worker), True
    return answer


def handed_in(worker, sheet):
    yield hands.badge(worker), False
    answer = yield hands.sheet_scan(sheet), False
    expect(answer, "refused")
    return (yield "tap collect", True)


def decide(tour):
    """Held pieces are decided on the office's page, by keys, in a real browser."""
    tour.town.drained()
    before = {row["event"]: row for row in tour.town.office.rows("held")}
    row = next(row for row in before.values() if row["line"] == "2603-0005-01" and row["op"] == 10)
    assert row["held"] == 2, row
    tour.page("payroll").decide(row["event"], "1", "量过了，七樘以外的两樘也做好了", lambda: tour.book.picture("decide"))
    tour.town.ledger.acts += 1
    after = {row["event"] for row in tour.town.office.rows("held")}
    assert after == set(before) - {row["event"]}, (before, after)


def supervisor(tour):
    """All of it at one glance at the kiosk, and on the office's page."""
    kiosk = tour.a.kiosk
    tour.town.drained()
    kiosk.say(f"scan {factory.command_code(BOARD)}")
    tour.shot(kiosk, "board")
    kiosk.say(f"scan {factory.command_code(ORDER)}")
    expect(kiosk.say(hands.sheet_scan(tour.line)), "order")
    tour.shot(kiosk, "order")
    kiosk.say("pass 400000")
    tour.page_shot("supervisor", "today", "today")
    tour.page_shot("desk", f"orders/{tour.order}", "order", lang="en")


def dispute(tour):
    """A worker says that an entry of his is wrong; the office decides; he reads the answer where he spoke."""
    kiosk, office = tour.a.kiosk, tour.town.office
    tour.town.drained()
    answer = tour.a.money(102)
    tour.shot(kiosk, "money")
    tour.a.do(hands.iter_of(("tap wrong", False), ("tap entry-0", False), (f"tap pick-{FEWER}", True)), "object", None, 0, [102], kept=("worker",))
    tour.shot(kiosk, "objected")
    tour.a.sign_out()
    tour.town.drained()
    row = next(row for row in office.rows("held") if row["matter"] == OBJECTION)
    tour.page("payroll").decide(f"{row['event']}-{OBJECTION}", "2", ANSWER, lambda: tour.book.picture("dispute"), OBJECTION)
    tour.town.ledger.acts += 1
    tour.town.drained()
    answer = kiosk.say(hands.badge(102))
    assert any(ANSWER in text for text in answer["texts"]), answer["texts"]
    tour.shot(kiosk, "answered")
    tour.a.sign_out()


def midnight(tour):
    """The night shift goes on after midnight: its shift date stays that of the evening."""
    def last_day():
        tour.town.drained()
        folder = tour.town.export()
        return int(ledger.rows_of(folder, "fact")[-1]["day"])

    tour.a.report(101, "2603-0001-01", 10, 1)
    evening = last_day()
    tour.later(HOUR)
    tour.a.report(102, "2603-0001-01", 10, 1)
    tour.b.report(106, "2603-0001-01", 30, 2)
    assert last_day() == evening, "after midnight the shift date changed"
    tour.shot(tour.b.kiosk, "midnight")
    tour.later(9 * HOUR)
    tour.town.drained()  # the kiosk hears what time it is
    tour.a.report(101, "2603-0001-01", 10, 1)
    assert last_day() == evening + 1, "in the morning it did not"
