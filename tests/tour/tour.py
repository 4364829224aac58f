#!/usr/bin/python3
"""tour.py - one day at the factory, hour by hour, with a picture for each step, and everything that it says is proved.

Real programs, nothing faked: a server, kiosks, a kiosk that somebody else wrote, a browser. Orders come in, workers work,
one order is stopped and changed, goods leave, the network goes, then everything breaks that is listed in faults.py; after
each fault the queues must drain by themselves, and what workers saw as saved must be there, once. Writes build/tour:
index.html (the story, in both languages) with its numbered pictures, and summary.json. Exit code 0: all of it held. On
failure the data stay in build/tour/work. --pictures: the README's pictures are written anew too, into docs/pictures.
"""
import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
import traceback

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import factory
import faults
import story
from book import Book
from browser import Browser
from hands import Hands
from town import FACTORY_OFFSET_S

SMALL_DISK = "size=12m"
README = {"kiosk-saved": "saved", "kiosk-stopped": "stopped", "kiosk-dock": "paid", "kiosk-board": "board", "office-order": "order",
          "office-change": "change"}  # docs/pictures: which picture of the story each is
README_COLOURS, PAPER_DPI = 160, 110


def seconds_of(hour):
    return int(hour[:2]) * 3600 + int(hour[3:]) * 60


def today_at(hour):
    """Today at that hour in the factory."""
    midnight = (int(time.time()) + FACTORY_OFFSET_S) // 86400 * 86400 - FACTORY_OFFSET_S
    return midnight + seconds_of(hour)


class Tour:
    def __init__(self, folder):
        self.folder, self.rows, self.began = folder, [], time.monotonic()
        self.disk, self.town, self.people, self.late_over = None, None, {}, False
        self.book, self.day_s, self.chromium, self.who = Book(folder), today_at(story.DAY[0][0]), None, None
        left_over = os.path.join(folder, "work", "disk")
        if os.path.ismount(left_over):
            subprocess.run(["umount", left_over], check=True)
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)

    def say(self, text):
        print(f"{time.monotonic() - self.began:6.1f} s  {text}", flush=True)

    # ---- what steps do it with

    def hands(self, kiosk):
        return Hands(self.town, kiosk)

    def shot(self, kiosk, name):
        answer = kiosk.shot(self.book.picture(name))
        assert not answer.get("error"), answer

    @contextlib.contextmanager
    def watched(self, hand, *screens):
        """A picture of each of these screens when it stands first."""
        wanted = list(screens)

        def watch(answer):
            if answer["screen"] in wanted:
                wanted.remove(answer["screen"])
                self.shot(hand.kiosk, answer["screen"])

        before, hand.watch = hand.watch, watch
        yield
        hand.watch = before

    def page(self, who):
        """The office's page, as somebody."""
        self.chromium = self.chromium or Browser(self.town.server.port)
        if self.who != who:
            self.chromium.log_in(who)
            self.who = who
        return self.chromium

    def page_shot(self, who, place, name, lang="zh"):
        page = self.page(who)
        page.language(lang)
        page.go(place)
        page.shot(self.book.picture(name))
        page.language("zh")

    def paper_shot(self, pdf, name):
        """The first page of a paper as it comes out of a printer; gives the picture."""
        path = self.book.picture(name)
        subprocess.run(["pdftoppm", "-png", "-r", str(PAPER_DPI), "-singlefile", "-", path.removesuffix(".png")], input=pdf, check=True)
        return path

    def nobody(self):
        """Sessions have ended meanwhile."""
        self.who = None

    def collect(self, hand, worker, sheet):
        """An old paper is handed in where it is scanned."""
        import shift  # pylint: disable=import-outside-toplevel
        hand.do(shift.handed_in(worker, sheet), "collect", sheet, 0, [worker])
        hand.sign_out()
        self.town.drained(hand.kiosk)

    def small_disk(self):
        """A file system that can be full; None where nobody may mount one."""
        place = self.town.path("disk")
        os.makedirs(place)
        if os.geteuid() == 0 and subprocess.run(["mount", "-t", "tmpfs", "-o", SMALL_DISK, "tmpfs", place], check=False,
                                                capture_output=True).returncode == 0:
            self.disk = place
            return os.path.join(place, "kiosk")
        return None

    def later(self, seconds):
        """So much later; programs take the time when they start."""
        self.town.later(seconds)
        self.nobody()

    def until(self, hour):
        """The clock is at least there: what a chapter did may have taken longer."""
        seconds = self.day_s - seconds_of(story.DAY[0][0]) + seconds_of(hour) - self.town.clock.now()
        if seconds > 0:
            self.later(seconds)

    def measured(self, what, hits, kiosks=None):
        report = self.town.measure(kiosks=kiosks)
        self.rows.append({"what": what, "hits": hits, "lost": report.lost, "doubled": report.doubled})
        self.say(f"{what}: {hits} times; {report.inbox} events, {report.lost} lost, {report.doubled} doubled")
        assert not report.what, "\n".join(report.what)

    def python_again(self):
        """The other kiosk hears of the server, and sends what it lacks."""
        self.python.run("feed")
        self.python.run("send")

    # ---- the day

    def chapter(self, hour, zh, en, steps):
        self.book.chapter(hour, zh, en)
        if self.town and hour in story.BY_THE_CLOCK:
            self.until(hour)
        for step, zh_says, en_says, zh_proved, en_proved in steps:
            self.book.step(zh_says, en_says)
            found = step(self) or {}
            if zh_proved:
                self.book.proved(zh_proved.format(**found), en_proved.format(**found))
            self.say(f"{hour} {step.__name__}: {en_says}")

    def sum_up(self):
        report = self.town.ledger.measure(self.last_export)
        events = {"made": report.made, "inbox": report.inbox, "counted": report.counted, "held": report.held, "lost": report.lost,
                  "doubled": report.doubled}
        summary = {"events": events, "wages": self.wages, "faults": self.rows, "stop": self.stopped, "release": self.release, "month": self.month,
                   "printed": len(factory.PRINTED.read), "pictures": self.book.count}
        with open(os.path.join(self.folder, "summary.json"), "w", encoding="utf-8") as file:
            json.dump(summary, file, indent=1)
            file.write("\n")
        self.book.write(summary)
        assert report.made == report.inbox == report.counted + report.held, events
        assert report.lost == report.doubled == 0, events
        assert report.made >= 300, events
        return json.dumps(events)

    def run(self):
        for chapter in story.DAY:
            self.chapter(*chapter)
        self.say(f"in all: {self.sum_up()}")
        self.say(f"{self.book.count} pictures: {self.folder}/index.html")

    def close(self, keep):
        if self.chromium:
            self.chromium.close()
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


def pictures_for_readme(book):
    """Few colours, so that they stay small in the repository."""
    from PIL import Image  # pylint: disable=import-outside-toplevel
    os.makedirs("docs/pictures", exist_ok=True)
    for name, taken in README.items():
        with Image.open(book.named[taken]) as picture:
            picture.convert("RGB").quantize(README_COLOURS, dither=Image.Dither.NONE).save(f"docs/pictures/{name}.png", optimize=True)
        print(f"docs/pictures/{name}.png: {os.path.getsize(f'docs/pictures/{name}.png') // 1024} kB")


def main():
    options = sys.argv[1:]
    if options not in ([], ["--pictures"]):
        print(__doc__)
        return 0 if options == ["--help"] else 2
    os.chdir(os.environ.get("ROOT", "."))
    tour, failed = Tour("build/tour"), True
    try:
        tour.run()
        failed = False
        if options:
            pictures_for_readme(tour.book)
    except Exception:  # pylint: disable=broad-except
        traceback.print_exc(file=sys.stdout)
        if tour.chromium:
            tour.chromium.driver.save_screenshot(os.path.join(tour.folder, "failed.png"))
        print(f"the tour FAILED; its data are kept in {tour.folder}/work")
    finally:
        tour.close(failed)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
