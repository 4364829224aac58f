"""ledger.py - what workers saw as saved, held against what a server has: the model beside the programs.

An entry is begun before its last scan or touch, and seen once the screen was green, or amber with "saved". One that was
begun and never seen (the kiosk was killed) may be there or not, but once at most. Everything else in an export that
nobody made is doubled.
"""
import collections
import csv
import hashlib
import json
import os
import threading

OFFICE = "0" * 16
csv.field_size_limit(1 << 20)

ROLL = ("join", "leave")
Report = collections.namedtuple("Report", "made inbox counted held lost doubled what")


def rows_of(folder, name):
    with open(os.path.join(folder, name + ".csv"), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Entry:
    def __init__(self, kiosk, kind, sheet, count, badges):
        self.kiosk, self.name, self.tone = kiosk, None, None
        self.looks = (kind, sheet, count, tuple(sorted(badges)))

    def __repr__(self):
        return f"{self.kiosk} {' '.join(map(str, self.looks))} {self.tone} {self.name}"


def looks_of(event):
    badges = tuple(sorted(worker[1] for worker in event.get("workers", [])))
    return event.get("kind"), event.get("sheet"), event.get("count", 0), badges


class Ledger:
    def __init__(self):
        self.entries, self.acts, self.lock = [], 0, threading.Lock()

    def begin(self, kiosk, kind, sheet, count, badges):
        entry = Entry(kiosk, kind, sheet, count, badges)
        with self.lock:
            self.entries.append(entry)
        return entry

    @staticmethod
    def seen(entry, name, tone):
        entry.name, entry.tone = name, tone

    def drop(self, entry):
        """It was refused in words: nothing was made."""
        with self.lock:
            self.entries.remove(entry)

    def measure(self, folder, kiosks=None):
        """kiosks: None for all, else whose entries are looked at."""
        with self.lock:
            entries = [entry for entry in self.entries if kiosks is None or entry.kiosk in kiosks]
        rows = [row for row in rows_of(folder, "events") if kiosks is None or row["kiosk"] in kiosks]
        names = [hashlib.blake2b(row["line"].encode(), digest_size=32).hexdigest() for row in rows]
        there, seen = collections.Counter(names), {entry.name for entry in entries if entry.name}
        lost = [entry for entry in entries if entry.name and entry.name not in there]
        doubled = [name for name, count in there.items() if count > 1]
        unseen = collections.Counter((entry.kiosk, entry.looks) for entry in entries if not entry.name)
        made, acts = len(seen), self.acts if kiosks is None else 0
        crews = {name for row, name in zip(rows, names) if json.loads(row["line"]).get("kind") in ROLL}
        for row, name in zip(rows, names):
            key = (row["kiosk"], looks_of(json.loads(row["line"])))
            if name in seen:
                continue
            if name in crews:  # who is in and who isn't is recorded along with what they do
                made += 1
                continue
            if row["kiosk"] == OFFICE and acts > 0:
                acts -= 1
            elif unseen[key] > 0:
                unseen[key] -= 1
            else:
                doubled.append(name)
                continue
            made += 1
        counted, held = self.verdicts(folder, rows)
        what = [f"lost: {entry}" for entry in lost] + \
               [f"nobody made: {row['kiosk']} {row['line'][:300]}" for row, name in zip(rows, names) if name in set(doubled)]
        return Report(made, len(rows), counted, held, len(lost) + acts, len(doubled), what)

    @staticmethod
    def verdicts(folder, rows):
        """Events that took effect, notes and undone ones included; events of which any piece is held."""
        numbers, held = {row["number"] for row in rows}, 0
        verdicts = [row for row in rows_of(folder, "verdict") if row["number"] in numbers]
        held = sum(row["kind"] == "2" or int(row["held"]) > 0 for row in verdicts)
        return len(verdicts) - held, held
