"""printed.py - what the tour scans stands on paper: each code is printed by baogong-labels, rasterised as by a printer, and
read back by zbarimg; only what that read is scanned.

A code is printed when it is wanted first: its sheet, its badge, or the house's command cards, all of them at once.
"""
import os
import sys
import tempfile

ROOT = os.environ.get("ROOT") or os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests"))

import paper

CARDS = {"reasons": [{"number": 1, "name": "划伤"}, {"number": 2, "name": "尺寸不对"}, {"number": 3, "name": "凹痕"}],
         "operations": [{"number": number, "name": f"工序 {number}"} for number in (10, 20, 30, 40, 50)]}
KIND_SHEET, KIND_BADGE, KIND_COMMAND = "1", "3", "4"


class Printed:
    def __init__(self, sheets, workers):
        """sheets, workers: rows of town.SHEETS and town.WORKERS."""
        self.products = {row[0]: row for row in sheets}
        self.names = {f"{row[5]:015d}": row for row in workers}
        self.read = set()

    def code(self, digits):
        """The same digits, as read from paper."""
        if digits not in self.read:
            self._print(digits)
        assert digits in self.read, f"zbarimg doesn't find {digits} on its paper"
        return digits

    def _print(self, digits):
        kind, items = {KIND_SHEET: self._sheet, KIND_BADGE: self._badge, KIND_COMMAND: self._cards}[digits[0]](digits)
        with tempfile.TemporaryDirectory(prefix="printed-") as folder:
            pdf = paper.print_paper(kind, items, os.path.join(folder, "paper.pdf"))
            self.read.update(found for symbol, found in paper.codes_of(pdf) if symbol == "CODE-128")

    def _sheet(self, digits):
        line = f"{digits[1:5]}-{digits[5:9]}-{digits[9:11]}"
        _, product, quantity, rush, special = self.products.get(line, (line, "门 900x2000", 1, "", ""))
        name, size = product.split()
        wide, high = (int(part) for part in size.split("x"))
        sheet = {"line": line, "rev": int(digits[11:13]), "copy": int(digits[13:16]), "copies": 1, "customer": "张先生", "product": name,
                 "part": "整门", "quantity": quantity, "unit": "樘", "due": "2026-03-31", "colour": "红古铜", "opening": "左内开",
                 "opening_size": f"{high}×{wide}", "wide_mm": wide, "high_mm": high, "leaves": 1, "rush": rush or "否",
                 "special_shape": special or "否", "remarks": "锁孔 60", "maker": "刘洋", "printed": "2026-03-10 16:45",
                 "operations": [{"number": op, "name": words, "part": "整门", "quantity": quantity, "rate": "1", "due": "2026-03-30"}
                                for op, words in ((10, "冲孔"), (20, "折弯"), (30, "焊接"), (40, "胶合"), (50, "包装"))],
                 "signs": [{"office": office, "name": who, "when": "03-10 14:20"} for office, who in paper.OFFICES]}
        return "sheet", {"factory": "春天门业", "sheets": [sheet]}

    def _badge(self, digits):
        badge = digits[1:16]
        row = self.names.get(badge, (0, "临时", "", "", "", 0, ""))
        return "badge", {"factory": "春天门业", "badges": [{"badge": badge, "name": row[1], "number": row[0], "section": row[2]}]}

    @staticmethod
    def _cards(_):
        return "card", CARDS
