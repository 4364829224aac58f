"""day.py - a working day at one kiosk without a network, as a list: what is done, and the name of the picture then taken.

The shop is the tour's (tests/tour/town.py), learnt once from a real server; then the time stands still, so that the same
hands give the same pictures. To add a picture: a row. {a} is a worker of the language, {b}, {c} his colleagues, {s} the supervisor.
"""
import os
import sqlite3

import factory
import hands
from town import BADGE, PIN, Town

WHEN_S = 1773729120  # 2026-03-17, 14:32 at the factory
SIZES = ("1024x600", "1280x800", "1920x1080", "800x1280")
LANGS = ("zh", "en")
PEOPLE = {"zh": {"a": 101, "b": 102, "c": 104, "s": 108}, "en": {"a": 103, "b": 105, "c": 101, "s": 108}}
SPARE = 900000000000599
STOPPED = "2603-0003-01"

ONE, MANY, RUSH, WHOLE = "2603-0001-03", "2603-0001-01", "2603-0001-02", "2603-0005-01"


def badge(who):
    return "badge " + who


def sheet(line, rev=1):
    return f"scan {factory.sheet_code(line, rev)}"


def card(action, argument=0):
    return f"scan {factory.command_code(action, argument)}"


OP, BACK, OUT = 8, "tap back", "tap out"
GREEN_GOES = "pass 1300"
AMBER_GOES = "pass 4100"

# (commands, picture); "badge a" scans that person's badge, "pin a" types his PIN
DAY = [
    ([], "stop-comes"),
    ([badge("b")], "stop-read"),
    ([GREEN_GOES], "idle"),
    ([sheet(RUSH)], "sheet-nobody"),
    ([badge("a")], "operation"),
    ([card(OP, 10)], "count"),
    (["tap bad-1"], "count-bad"),
    (["tap back"], "count-bad-put-away"),
    (["tap count-5"], "count-chosen"),
    (["tap save"], "saved"),
    ([GREEN_GOES], "idle-strip"),
    ([card(2)], "asked-badge"),
    ([badge("a")], "undone"),
    ([GREEN_GOES, badge("a"), sheet(ONE), card(OP, 10)], "saved-one-piece"),
    ([GREEN_GOES, badge("a"), sheet(MANY), card(OP, 20)], "count-arrived"),
    (["tap different"], "count-pad"),
    (["tap digit-1", "tap digit-2", "tap save"], "saved-twelve"),
    ([GREEN_GOES, badge("a"), sheet(MANY), card(OP, 20)], "again"),
    (["tap no"], "again-no"),
    ([badge("a")], "worker"),
    ([badge("b")], "join"),
    (["tap join"], "crew-two"),
    ([badge("c"), "tap join"], "crew-three"),
    ([sheet("2603-0004-01"), card(OP, 20)], "count-crew"),
    (["tap digit-7"], "count-crew-chosen"),
    (["tap save"], "saved-crew"),
    ([GREEN_GOES, card(11)], "idle-crew-out"),
    ([badge("a"), sheet(WHOLE), card(OP, 10), card(5, 9)], "saved-held"),
    ([AMBER_GOES, badge("a"), sheet(STOPPED)], "stopped"),
    (["tap back", "scan 6901234567892"], "refused-foreign"),
    (["scan 126030001010100199"], "refused-check"),
    (["tap back", badge("a"), sheet("2603-0099-01"), card(5, 2)], "saved-unknown"),
    ([AMBER_GOES, badge("a"), sheet(MANY, 2), card(OP, 10), card(5, 1)], "saved-newer"),
    ([AMBER_GOES, "scan " + factory.badge_code(SPARE)], "worker-unknown"),
    ([OUT, badge("a"), "tap money"], "pin"),
    (["pin a"], "money"),
    ([OUT, card(26)], "number"),
    (["tap digit-3", "tap digit-0", "tap digit-1", "tap yes"], "number-found"),
    (["tap back", "tap back", card(31), sheet(MANY)], "order"),
    ([card(32)], "board"),
    ([card(32, 1)], "board-orders"),
    (["pass 200000", badge("s")], "worker-supervisor"),
    ([card(60)], "supervisor"),
    ([card(61)], "spare"),
    (["scan " + factory.badge_code(SPARE)], "spare-people"),
    (["pass 200000", card(40)], "setup-shut"),
]


UNPAID, OPEN_NOTE, OTHER = "2603-00007", "2603-00012", "2603-0004-01"


def note(number):
    return f"scan {factory.code(5, number.replace('-', '') + '010000')}"


def label(line, piece, rev=1):
    return f"scan {factory.code(2, line.replace('-', '') + f'{rev:02d}{piece:03d}')}"


# The same at a dock.
DOCK = [
    ([badge("b"), GREEN_GOES], "dock-idle"),
    ([note(UNPAID)], "dock-unpaid"),
    ([label(WHOLE, 1)], "dock-unpaid-door"),
    (["tap back", "tap back", note(OPEN_NOTE), label(MANY, 1)], "dock-badge-wanted"),
    ([badge("a")], "dock-loaded"),
    ([label(OTHER, 1)], "dock-wrong-door"),
    ([label(MANY, 1)], "dock-twice"),
    ([sheet(MANY)], "dock-how-many"),
    (["tap digit-2"], "dock-two"),
    (["tap yes", GREEN_GOES], "dock-note"),
    (["tap undo"], "dock-undone"),
    ([card(71)], "dock-left"),
    (["tap yes"], "dock-done"),
    ([GREEN_GOES, label(WHOLE, 3)], "dock-in"),
    ([GREEN_GOES], "dock-strip"),
    ([card(72, 2), sheet(WHOLE)], "dock-place-wanted"),
    (["scan " + factory.code(6, f"{12:015d}"), sheet(WHOLE), "tap digit-5"], "dock-counting"),
    (["tap yes"], "dock-counted"),
]


def to_dock(data):
    """A kiosk's data becomes a dock's, with two notes as the feed would have brought them."""
    with sqlite3.connect(os.path.join(data, "kiosk.db")) as db:
        db.execute("UPDATE station SET kind = 'dock' WHERE id = (SELECT station FROM identity)")
        for number, state, line, lines in ((UNPAID, 2, WHOLE, ((WHOLE, 7),)), (OPEN_NOTE, 1, MANY, ((MANY, 12), (RUSH, 9), (ONE, 1)))):
            key, order = int(number.replace("-", "")), int(line.replace("-", "")[:8]) * 100
            db.execute("INSERT INTO note (note, state, copy, order_line, customer, truck, why, counter, seq) VALUES (?, ?, 1, ?, '金盾门业', '豫A·8D217', '', 0, 0)",
                       (key, state, order))
            for place, (of, asked) in enumerate(lines):
                db.execute("INSERT INTO note_line (note, place, line, rev, product, size, colour, asked, loaded, pieces, done)"
                           " SELECT ?, ?, line, rev, product, size, colour, ?, 0, '[]', '[]' FROM sheet WHERE line = ?", (key, place, asked, int(of.replace("-", ""))))
    db.close()


class Still(factory.Clock):
    """Stands at WHEN_S however long the shop takes to learn: what is kept then is from 14:32 on a busy machine, too."""

    def now(self):
        return WHEN_S

    def option(self):
        return f"{WHEN_S},0"


def shop(folder):
    """A kiosk's data as it learnt them from a real server; a stop and two workers' pay among them. Gives the folder."""
    town = Town(folder, clock=Still())
    town.fill(town.server, town.office)
    kiosk = town.add_kiosk("kiosk", "fold1")
    assert kiosk.sync()["reached"]
    for worker in (PEOPLE["zh"]["a"], PEOPLE["en"]["a"]):
        for code in (factory.badge_code(BADGE[worker]), factory.sheet_code(MANY), factory.command_code(OP, 10), factory.command_code(5, 3)):
            kiosk.scan(code)
        kiosk.say("pass 3000")
    town.office.act("stop", what=STOPPED, why="门扇尺寸改了")
    town.drained(kiosk)
    assert kiosk.sync()["reached"]
    kiosk.stop()
    kiosk.proxy.set("away")
    town.server.stop()
    return kiosk.data


def commands(people, words):
    """The lines of --drive that a row's words stand for."""
    for word in words:
        if word.startswith("badge "):
            yield f"scan {factory.badge_code(BADGE[people[word[6:]]])}"
        elif word.startswith("pin "):
            yield from (f"tap digit-{digit}" for digit in PIN[people[word[4:]]])
            yield "tap yes"
        else:
            yield word


def play(kiosk, lang, shot, rows=tuple(DAY)):
    """The whole list; shot(name, answer) after each row."""
    people, answer = PEOPLE[lang], kiosk.state()
    for words, name in rows:
        for command in commands(people, words):
            answer = kiosk.say(command)
            if answer.get("error"):
                state = kiosk.state()
                raise hands.Surprise(f"{name}: {command}: {answer['error']} on {state['screen']}: "
                                     f"{[one['id'] for one in state['buttons']]} {state['texts']}")
        shot(name, answer)
