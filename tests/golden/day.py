"""day.py - a working day at one kiosk without a network, as a list: what is done, and the name of the picture then taken.

The shop is the tour's (tests/tour/town.py), learnt once from a real server; then the time stands still, so that the same
hands give the same pictures. To add a picture: a row. {a} is a worker of the language, {b}, {c} his colleagues, {s} the supervisor.
"""
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


def shop(folder):
    """A kiosk's data as it learnt them from a real server; a stop and two workers' pay among them. Gives the folder."""
    town = Town(folder, WHEN_S)
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


def play(kiosk, lang, shot):
    """The whole list; shot(name, answer) after each row."""
    people, answer = PEOPLE[lang], kiosk.state()
    for words, name in DAY:
        for command in commands(people, words):
            answer = kiosk.say(command)
            if answer.get("error"):
                state = kiosk.state()
                raise hands.Surprise(f"{name}: {command}: {answer['error']} on {state['screen']}: "
                                     f"{[one['id'] for one in state['buttons']]} {state['texts']}")
        shot(name, answer)
