"""pictures.py - each screen of the kiosk in several sizes and both languages, and the pages of the office.

To add a screen or a page: a row.
"""
import hands
from hands import entry, expect
from town import NOWHERE

SIZES = ["1024x600", "800x1280"]  # the others: tests/run.d/55-golden
# kiosk/words.h: what command cards do, and the pages of setup that have one
NUMBER, ORDER, BOARD, SETUP, CLEAN, SUPER, SPARE, PAPER, MEND = 26, 31, 32, 40, 43, 60, 61, 62, 63
SUPERVISOR = 108
SETUP_PAGES = ((0, "setup"), (2, "setup-scanner"), (3, "setup-queue"), (4, "diagnosis"), (5, "setup-sound"), (6, "setup-screen"))
SPEAKS = {"zh": (104, 101), "en": (105, 103)}  # two workers of each language

PAGES = [  # place, picture; {sheet}, {event}: something that is there
    ("pay?from=2020-01-01&to=2099-12-31", "pay"),
    ("pay/101?from={day}&to={today}", "worker"),
    ("held", "held"),
    ("exceptions", "exceptions"),
    ("orders?show=all", "orders"),
    ("orders/2603-0001", "order"),
    ("kiosks", "kiosks"),
    ("workers", "workers"),
    ("users", "users"),
    ("import", "import"),
    ("audit", "audit"),
]


def card(action, argument=0):
    return f"scan {hands.factory.command_code(action, argument)}"


def walk(tour, hand, lang):
    """One worker's way through all screens; yields their names when they stand."""
    kiosk, (worker, other) = hand.kiosk, SPEAKS[lang]
    if hands.has_button(kiosk.state(), "fold"):
        kiosk.tap("fold")
    if kiosk.state()["lang"] != lang:
        kiosk.tap("language")
    yield "idle"
    kiosk.tap("number")
    for digit in "301":
        kiosk.tap(f"digit-{digit}")
    yield "number"
    expect(kiosk.tap("yes"), "number")  # several lines of that order
    yield "number-list"
    kiosk.tap("back")
    kiosk.tap("back")
    kiosk.say(hands.sheet_scan("2603-0001-02"))
    yield "sheet"
    kiosk.say(hands.badge(worker))
    yield "operation"
    kiosk.say(f"scan {hands.factory.command_code(hands.CARD_OP, 10)}")
    yield "count"
    kiosk.tap("back")
    hand.sign_out()
    kiosk.say(hands.badge(worker))
    yield "worker"
    expect(kiosk.tap("money"), "pin")
    kiosk.tap(f"digit-{hands.PIN[worker][0]}")
    yield "pin"
    kiosk.tap("erase")
    kiosk.tap("back")
    kiosk.tap("out")
    hand.money(worker)
    yield "money"
    kiosk.tap("out")
    hand.report(worker, "2603-0004-01", 10, 12)
    yield "saved"
    kiosk.say("pass 1300")
    yield "idle-strip"
    moves = entry(worker, "2603-0004-01", 10, 2)
    for command, _ in moves_until(moves, kiosk, "question"):
        del command
    yield "again"
    kiosk.tap("no")
    hand.do(entry(worker, NOWHERE, 0, 1), "report", NOWHERE, 1, [worker])
    yield "held"
    kiosk.say("pass 5000")
    kiosk.say(hands.badge(worker))
    kiosk.say(hands.badge(other))
    yield "join"
    kiosk.tap("join")
    yield "crew"
    kiosk.say(hands.sheet_scan("2603-0002-01"))
    kiosk.say(f"scan {hands.factory.command_code(hands.CARD_OP, 20)}")
    yield "count-crew"
    kiosk.tap("back")
    hand.sign_out()
    kiosk.say("scan 6901234567892")
    yield "refused"
    kiosk.tap("back")
    yield from of_supervisor(kiosk)


def of_supervisor(kiosk):
    """What is behind his badge, by cards alone: a dead touch screen stops nobody."""
    supervisor = hands.badge(SUPERVISOR)
    kiosk.say(card(NUMBER))
    yield "number"
    kiosk.tap("back")
    for action, name in ((SUPER, "supervisor"), (SPARE, "spare"), (PAPER, "back-entry"), (MEND, "mend")):
        kiosk.say(supervisor)
        kiosk.say(card(action))
        yield name
        kiosk.say("pass 400000")
    kiosk.say(card(SETUP))
    yield "setup-shut"
    kiosk.say(supervisor)
    for page, name in SETUP_PAGES:
        kiosk.say(card(SETUP, page))
        yield name
    kiosk.say("pass 400000")
    kiosk.say(card(CLEAN))
    yield "clean"
    kiosk.say("pass 20000")
    yield from of_orders(kiosk, supervisor)


def of_orders(kiosk, supervisor):
    """How far an order is, and the board."""
    kiosk.say(card(ORDER))
    yield "order-asked"
    kiosk.say(hands.sheet_scan("2603-0001-01"))
    yield "order"
    for view, name in enumerate(("operations", "orders", "workers-shut", "late", "rush", "stops", "unscanned", "held")):
        kiosk.say(card(BOARD, view))
        yield f"board-{name}"
    kiosk.say(card(BOARD, 2))
    kiosk.say(supervisor)
    yield "board-workers"
    kiosk.say("pass 400000")


def moves_until(moves, kiosk, screen):
    """Leads an entry until that screen asks."""
    move = next(moves)
    while True:
        answer = kiosk.say(move[0])
        yield move[0], answer
        if answer["screen"] == screen:
            return
        move = moves.send(answer)


def of_kiosk(tour):
    hand = tour.a
    for size in SIZES:
        hand.kiosk.stop()
        hand.kiosk.size = size
        hand.kiosk.start()
        hand.kiosk.sync()
        for lang in ("zh", "en"):
            for name in walk(tour, hand, lang):
                tour.shot(hand.kiosk, f"kiosk-{name}-{size}-{lang}")
    tour.town.drained()


def of_office(tour):
    page, me = tour.page("admin"), tour.town.office.json("GET", "/api/me")
    places = {"day": me["today"][:8] + "01", "today": me["today"], "order": tour.order, "line": tour.line}
    for width, height, lang in ((1366, 768, "zh"), (1366, 768, "en"), (390, 844, "zh")):
        page.size(width, height, mobile=width < 700)
        page.language(lang)
        for place, name in PAGES:
            page.go(place.format(**places))
            page.shot(tour.book.picture(f"office-{name}-{width}-{lang}"))
    page.size(1366, 768)
    page.language("zh")
