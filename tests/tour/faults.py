"""faults.py - all that breaks: each fault strikes, then the queues must drain by themselves, then it is measured.

A row of NETWORK or POWER is a name and a function of the tour that gives how often it struck; to add a fault, add a row. Kills at
random moments have a loop of their own (`kills`).
"""
import concurrent.futures
import os
import random
import shutil
import time

import factory
from hands import entry
from town import NOWHERE

AWAY_S = 4 * 3600
KILLS = 20
FOLDERS = ("2603-0001-01", "2603-0002-01", "2603-0004-01")
WELDERS = ("2603-0001-01", "2603-0002-02", "2603-0004-01")


def entries(tour, a=2, b=0):
    """Some of whatever comes."""
    for _ in range(a):
        tour.a.any_report((101, 102, 104, 105), FOLDERS, (10, 20))
    for _ in range(b):
        tour.b.any_report((105, 106, 108), WELDERS, (30, 40))


# ---- kills at random moments

def kiosk_dies(tour, hand, workers, sheets, ops, goes_on):
    """Entries without end, and in the middle of some the kiosk is killed: before, after and while it saves."""
    kills = hand.kiosk.kills
    while hand.kiosk.kills < kills + KILLS // 2 or goes_on():
        for _ in range(hand.dice.randint(1, 3)):
            hand.any_report(workers, sheets, ops)
        if hand.kiosk.kills < kills + KILLS // 2:
            hand.any_report(workers, sheets, ops, die_at=hand.dice.randint(0, 4))
            if hand.kiosk.program.process.poll() is not None:
                hand.kiosk.start()
    return hand.kiosk.kills - kills


def one_is_booked(office):
    """Waits for one event more in the books since the start: one that two kills hit would count as their cause, and be set aside."""
    until, before = time.monotonic() + 60, office.json("GET", "/api/health")["booked"]
    while office.json("GET", "/api/health")["booked"] == before and time.monotonic() < until:
        time.sleep(0.01)


def kills(tour):
    """Server and kiosks are killed while the others go on; gives how often each side."""
    dice, struck = random.Random("server"), 0
    with concurrent.futures.ThreadPoolExecutor() as pool:
        going = [True]
        jobs = [pool.submit(kiosk_dies, tour, hand, workers, sheets, ops, lambda: going[0])
                for hand, workers, sheets, ops in ((tour.a, (101, 102, 103, 104), FOLDERS, (10, 20)),
                                                   (tour.b, (105, 106, 108), WELDERS, (30, 40)))]
        try:
            while struck < KILLS and not any(job.done() for job in jobs):
                time.sleep(dice.uniform(0.05, 0.5))
                one_is_booked(tour.town.office)
                tour.town.restart_server()
                struck += 1
        finally:
            going[0] = False
        kiosks = sum(job.result() for job in jobs)
    tour.town.drained()
    return kiosks, struck


# ---- the network

def network(mode, times=1):
    """The next requests of kiosk A meet it."""
    def strike(tour):
        proxy = tour.a.kiosk.proxy
        before = proxy.hits[mode]
        proxy.arm(mode, times)
        entries(tour, 2)
        proxy.wait_hits(mode, before + times)
        tour.town.drained(tour.a.kiosk)
        return proxy.hits[mode] - before
    return strike


def away(tour):
    """Four hours without network; workers go on, the kiosk is restarted meanwhile."""
    proxy = tour.a.kiosk.proxy
    before = proxy.hits["away"]
    proxy.set("away")
    entries(tour, 4)
    tour.town.clock.jump(AWAY_S)
    tour.town.restart_server()
    tour.town.restart(tour.a.kiosk)
    entries(tour, 4, b=1)
    proxy.wait_hits("away", before + 1)
    assert tour.a.kiosk.state()["waiting"] >= 8
    tour.a.kiosk.say("pass 1300")
    tour.shot(tour.a.kiosk, "offline")
    proxy.set("pass")
    tour.town.drained()
    return proxy.hits["away"] - before


def wrong(tour):
    """Somebody else answers at the server's address, with a certificate of another house."""
    proxy = tour.a.kiosk.proxy
    before = proxy.hits["wrong"]
    proxy.pretend(tour.other)
    proxy.set("wrong")
    entries(tour, 2)
    proxy.wait_hits("wrong", before + 1)
    proxy.set("pass")
    tour.town.drained(tour.a.kiosk)
    return proxy.hits["wrong"] - before


def late_begin(tour):
    """Takes longer than the kiosk waits, so it begins before the others: at kiosk B."""
    tour.late_before = tour.b.kiosk.proxy.hits["late"]
    tour.b.kiosk.proxy.arm("late")
    entries(tour, 0, b=2)


def late(tour):
    proxy = tour.b.kiosk.proxy
    proxy.wait_hits("late", tour.late_before + 1)
    tour.town.drained()
    return proxy.hits["late"] - tour.late_before


# ---- the server

def set_back(tour):
    """Its disk is replaced by an older copy: once a plain copy, once by backup and restore. Kiosks send again."""
    town, server = tour.town, tour.town.server
    old = server.data + ".old"
    town.drained()
    server.stop()
    shutil.copytree(server.data, old)
    server.start()
    entries(tour, 2, b=2)
    town.drained()
    server.kill()
    os.rename(server.data, server.data + ".broken")
    os.rename(old, server.data)
    server.start()
    entries(tour, 1, b=1)
    town.drained()
    tour.python_again()

    backups = town.path("backups")
    server.run("backup", backups)
    entries(tour, 2, b=2)
    town.drained()
    server.kill()
    server.run("restore", os.path.join(backups, sorted(os.listdir(backups))[-1]), "--force")
    server.start()
    town.drained()
    tour.python_again()
    return 2


def empty(tour):
    """Another server, with the same tables and no events, in its place: it takes nothing before the office says so. Its
    clock is a day slow, too: the old one, found again, puts what was made meanwhile on the right day."""
    town, other = tour.town, tour.other
    town.fill(other, tour.other_office)
    for hand in (tour.a, tour.b):
        hand.kiosk.proxy.aim(other)
    entries(tour, 1, b=1)
    for hand in (tour.a, tour.b):
        kiosk = hand.kiosk
        town.enrol(kiosk, other, tour.other_office)
        kiosk.say("sync 1500")
        state = next(row["state"] for row in tour.other_office.rows("kiosks") if row["kiosk"] == kiosk.id)
        there = town.measure(other, [kiosk.id])
        assert (state, there.inbox) == (1, 0), f"an empty server took {there.inbox} events unasked (state {state})"
        assert kiosk.state()["waiting"] > 0, "its queue was swallowed"
        tour.other_office.act("kiosk.confirm", kiosk=kiosk.id)
    for hand in (tour.a, tour.b):
        assert hand.kiosk.sync(90)["reached"], hand.kiosk.state()
    tour.other_office.until_booked()
    there = town.measure(other, [tour.a.kiosk.id, tour.b.kiosk.id])
    assert there.made == there.inbox and not there.lost and not there.doubled, there
    entries(tour, 1, b=1)  # then the old one is found again
    for hand in (tour.a, tour.b):
        hand.kiosk.proxy.aim(town.server)
        town.enrol(hand.kiosk, town.server, town.office)
    town.drained()
    return 2


# ---- the kiosk

def cloned(tour):
    """A copy of the kiosk's disk in a second kiosk; both work. Each one's entries are kept."""
    town, kiosk = tour.town, tour.a.kiosk
    town.drained()
    kiosk.stop()
    clone = factory.Kiosk(kiosk.data + ".clone", town.clock)
    shutil.rmtree(clone.data)
    shutil.copytree(kiosk.data, clone.data)
    clone.name, clone.station, clone.id, clone.proxy = "clone", kiosk.station, kiosk.id, kiosk.proxy
    kiosk.start()
    clone.start()
    twin = tour.hands(clone)
    for _ in range(3):
        twin.any_report((103, 104), FOLDERS, (10, 20))
        entries(tour, 1)
    town.drained(kiosk, clone)
    twin.any_report((103, 104), FOLDERS, (10, 20))
    entries(tour, 1)
    town.drained(kiosk, clone)
    clone.stop()
    return 1


def kiosk_back(tour):
    """Its disk is replaced by an older copy."""
    town, kiosk = tour.town, tour.b.kiosk
    old = kiosk.data + ".old"
    town.drained()
    kiosk.stop()
    shutil.copytree(kiosk.data, old)
    kiosk.start()
    entries(tour, 0, b=3)
    town.drained(kiosk)
    kiosk.kill()
    os.rename(kiosk.data, kiosk.data + ".broken")
    os.rename(old, kiosk.data)
    kiosk.start()
    entries(tour, 0, b=2)
    town.drained(kiosk)
    entries(tour, 0, b=1)
    town.drained(kiosk)
    return 1


def clock_1970(tour):
    """A kiosk without a battery clock starts in 1970, without a network that could tell it the time."""
    town, kiosk = tour.town, tour.b.kiosk
    town.drained(kiosk)
    kiosk.kill()
    kiosk.proxy.set("away")
    kiosk.clock = "0,1"
    kiosk.start()
    made = [tour.b.any_report((105, 106), WELDERS, (30,))["last"]["name"] for _ in range(2)]
    kiosk.proxy.set("pass")
    town.drained(kiosk)
    entries(tour, 0, b=1)
    town.drained(kiosk)
    kiosk.clock = town.clock
    kiosk.kill()
    kiosk.start()
    today = town.office.json("GET", "/api/me")["today"]
    for name in made:
        fact = town.office.rows("fact", f"event={name}")[0]
        assert fact["doubt"] and fact["day"] == today, f"today is {today}: {fact}"
    return 1


def disk_full(tour):
    """Nothing fits on the disk: red, in words, and not saved. Once there is room again it works."""
    town, kiosk = tour.town, tour.c.kiosk
    filler, struck = os.path.join(kiosk.data, "filler"), 0
    town.drained(kiosk)
    fill(filler)
    for _ in range(40):  # what was set aside for this is used up first
        moves = entry(104, NOWHERE, 0, 1)
        try:
            tour.c.do(moves, "report", NOWHERE, 1, [104])
        except Exception as surprise:  # pylint: disable=broad-except
            answer = kiosk.state()
            if answer["screen"] != "refused" or answer["tone"] != "red":
                raise surprise
            struck += 1
            tour.shot(kiosk, "disk-full")
            if struck == 2:
                break
            leave(tour.c)
        fill(filler)
    assert struck == 2, "the disk was full and nobody noticed"
    os.remove(filler)
    leave(tour.c)
    tour.c.report(104, "2603-0004-01", 50, 1)
    town.drained(kiosk)
    return struck


def leave(hand):
    """The entry that wasn't saved is put away, nobody is signed in."""
    while hand.kiosk.state()["screen"] != "idle":
        hand.kiosk.tap("back")
    hand.sign_out()


def fill(path):
    with open(path, "ab", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1 << 8, 1):
            try:
                while True:
                    file.write(b"0" * size)
            except OSError:
                pass


NETWORK = [
    ("answer lost", network("lost", 2)),
    ("answer cut", network("cut", 2)),
    ("sent twice", network("twice", 2)),
    ("HTML with 200", network("html", 2)),
    ("401", network("401", 2)),
    ("500", network("500", 2)),
    ("wrong certificate", wrong),
    ("network away", away),
    ("answer late", late),
]
POWER = [
    ("server set back", set_back),
    ("server empty", empty),
    ("kiosk cloned", cloned),
    ("kiosk set back", kiosk_back),
    ("clock 1970", clock_1970),
    ("disk full", disk_full),
]
