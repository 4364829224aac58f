#!/usr/bin/env python3
"""paper.py - the demo factory's papers, printed by baogong-labels and read back by a scanner's eye.

As a program: paper.py FOLDER writes sheets, badges, command cards, piece labels and a morning sheet of assets/demo, as PDF,
and says how many of their codes zbarimg reads at 200 and 300 dpi. As a module: demo_*() make what goes in, print_paper()
prints, codes_of() gives the digits that zbarimg read from the rasterised pages, so that whoever scans in a test scans
nothing but what stands on paper.
"""
import collections
import csv
import datetime
import json
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.environ.get("ROOT") or os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BIN = os.environ.get("BIN") or os.path.join(ROOT, "build/bin")
PARTS = {"leaf": ("门扇", "Leaf"), "frame": ("门框", "Frame"), "architrave": ("套线", "Architrave"), "door": ("整门", "Whole door")}
OFFICES = (("接单员", "陈晓燕"), ("报价员", "何静"), ("技术主管", "周建国"), ("生产主管", "罗志刚"), ("厂长", "赵德明"))
ANIMALS = 12
RASTER_DPI = (200, 300)


# ---------------------------------------------------------------------------------------------------- codes

def code(body):
    """18 digits: kind and body, then check digits."""
    return f"{body}{98 - int(body) * 100 % 97:02}"


def sheet_digits(line, rev, copy):
    """line as in files: 2611-0001-01."""
    return code(f"1{line.replace('-', '')}{rev:02}{copy:03}")


def badge_digits(badge):
    return code(f"3{int(badge):015}")


def piece_digits(line, rev, piece):
    return code(f"2{line.replace('-', '')}{rev:02}{piece:03}")


def card_digits(action, argument=0):
    return code(f"4{action:03}{argument:012}")


# ---------------------------------------------------------------------------------------------------- the demo factory

def table(name):
    with open(os.path.join(ROOT, "assets/demo", name + ".csv"), encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def factory_name():
    return next(row["value"] for row in table("settings") if row["name"] == "factory")


def demo_rates():
    """{(operation, family): yuan}; family "" holds for all others."""
    return {(row["operation"], row["family"]): row["rate"] for row in table("rates")}


def days_before(day, count):
    """Working days, Sundays left out."""
    day = datetime.date.fromisoformat(day)
    while count > 0:
        day -= datetime.timedelta(1)
        count -= day.weekday() != 6
    return day.isoformat()


def demo_operations(order, lang):
    """The operations of an order line by part: each part travels with its own paper; what is done to the whole door
    stands on the leaf's."""
    names = {row["code"]: row for row in table("operations")}
    rates, rows = demo_rates(), [row for row in table("routings") if row["family"] == order["family"]]
    parts = collections.OrderedDict()
    for at, row in enumerate(rows):
        operation = names[row["operation"]]
        paper = "leaf" if operation["part"] == "door" else operation["part"]
        parts.setdefault(paper, []).append({
            "number": int(row["op"]), "name": operation["name_" + lang], "part": PARTS[operation["part"]][lang == "en"],
            "quantity": int(order["quantity"]) * int(row["per_door"]),
            "rate": rates.get((row["operation"], order["family"])) or rates[(row["operation"], "")],
            "due": days_before(order["due"], len(rows) - at)})
    return parts


def demo_sheets(lang="zh", rev=1, most=None):
    """A sheet for each part of each line of the demo's orders."""
    sheets, unit = [], "樘" if lang == "zh" else "doors"
    for order in table("orders")[:most]:
        parts = demo_operations(order, lang)
        line = f"{order['order']}-{int(order['line']):02}"
        high, wide, wall = re.match(r"(\d+)×(\d+)×(\d+)", order["size"]).groups()
        for copy, (part, operations) in enumerate(parts.items(), 1):
            sheet = {"line": line, "rev": rev, "copy": copy, "copies": len(parts), "customer": order["customer"],
                     "product": order["product"], "part": PARTS[part][lang == "en"], "quantity": int(order["quantity"]), "unit": unit,
                     "due": order["due"], "colour": order["colour"], "opening": order["opening"], "opening_size": order["size"],
                     "wall": wall, "wide_mm": int(wide), "high_mm": int(high), "leaves": 2 if order["family"] == "double" else 1,
                     "rush": order["rush"], "special_shape": order["special"], "remarks": order["remarks"],
                     "maker": "刘洋", "printed": "2026-11-10 16:45", "operations": operations,
                     "signs": [{"office": office, "name": name, "when": "11-10 14:20"} for office, name in OFFICES]}
            sheets.append(sheet)
    return {"factory": factory_name(), "sheets": sheets}


def demo_badges(most=None):
    crews = {row["id"]: row["name"] for row in table("crews")}
    return {"factory": factory_name(), "finder": "生产办 028-8000 0301",
            "badges": [{"badge": row["badge"], "name": row["name"], "number": row["number"], "section": crews.get(row["crew"], "")}
                       for row in table("workers")[:most]]}


def demo_pieces(lang="zh", most=6):
    order = table("orders")[3]
    line = f"{order['order']}-{int(order['line']):02}"
    return {"factory": factory_name(), "pieces": [
        {"line": line, "rev": 1, "piece": piece, "pieces": most, "part": PARTS["leaf"][lang == "en"], "product": order["product"],
         "size": order["size"], "colour": order["colour"], "opening": order["opening"], "rush": piece == 1} for piece in range(1, most + 1)]}


def demo_cards():
    return {"reasons": [{"number": int(row["number"]), "name": row["name_zh"]} for row in table("reasons")],
            "operations": [{"number": number, "name": f"工序 {number}"} for number in range(10, 110, 10)]}


def demo_note():
    orders = table("orders")
    rows = [{"number": f"{int(order['order'][2:4])}{order['order'][-2:]}-{order['line']}", "rush": order["rush"], "special_shape": order["special"],
             "product": f"{order['product']} ×{order['quantity']}", "watch": order["remarks"], "today": int(order["quantity"]),
             "arrived": int(order["quantity"]) // 2, "where": "下料", "due": order["due"]} for order in orders[:14]]
    return {"section": "焊接", "day": "2026-11-24", "shift": "白班", "chief": table("workers")[0]["name"], "printed": "07:30", "counted": "07:28",
            "made": 39, "planned": 46, "today": 46, "late": 3, "rush": 1, "bad": 1, "held": 4, "unit": "樘件", "rows": rows,
            "messages": [{"who": "夜班", "text": "2 号焊机送丝卡，已报修。"}],
            "people": [{"name": row["name"], "animal": int(row["number"]) % ANIMALS, "sign_colour": int(row["number"]) // ANIMALS % 8}
                       for row in table("workers")[:7]]}


# ---------------------------------------------------------------------------------------------------- printing, reading

def run_labels(*words, data=None):
    """(exit code, stdout, stderr) of baogong-labels."""
    done = subprocess.run([os.path.join(BIN, "baogong-labels"), *words], input=data, capture_output=True, timeout=300, check=False)
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")


def print_paper(kind, items, out, *options):
    """items (what JSON holds) to the file out, whose name says the format."""
    result, _, error = run_labels(kind, "--in", "-", "--type", "json", "--out", out, *options, data=json.dumps(items).encode())
    if result != 0:
        raise AssertionError(f"{kind}: {error}")
    return out


def codes_of_pictures(pictures):
    """[(CODE-128 or QR-Code, digits)] that zbarimg reads in these files."""
    done = subprocess.run(["zbarimg", "--quiet", "-Sdisable", "-Scode128.enable", "-Sqrcode.enable", *pictures],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=300, check=False)
    return [tuple(line.split(":", 1)) for line in done.stdout.decode().splitlines() if ":" in line]


def codes_of(pdf, dpi=200):
    """The same, of a PDF's pages rasterised as a printer would."""
    with tempfile.TemporaryDirectory(prefix="paper-") as folder:
        subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", pdf, os.path.join(folder, "page")], check=True, timeout=300)
        pages = sorted(os.path.join(folder, name) for name in os.listdir(folder))
        return codes_of_pictures(pages)


def sheet_codes(items, folder, dpi=200, *options):
    """Prints sheets and gives {(line, copy): digits as read from paper}, by their bars."""
    pdf = print_paper("sheet", items, os.path.join(folder, "sheets.pdf"), *options)
    read = [digits for kind, digits in codes_of(pdf, dpi) if kind == "CODE-128"]
    return {(f"{digits[1:5]}-{digits[5:9]}-{digits[9:11]}", int(digits[13:16])): digits for digits in read}


def main(folder):
    os.makedirs(folder, exist_ok=True)
    sheets, badges, pieces = demo_sheets(), demo_badges(), demo_pieces()
    bars = lambda digits: collections.Counter(("CODE-128", one) for one in digits)  # noqa: E731
    both = lambda digits: bars(digits := list(digits)) + collections.Counter(("QR-Code", one) for one in digits)  # noqa: E731
    of_sheets = [sheet_digits(sheet["line"], sheet["rev"], sheet["copy"]) for sheet in sheets["sheets"]]
    papers = [("sheets-a4", "sheet", sheets, ("--paper", "a4"), both(of_sheets)),
              ("sheets-a5", "sheet", sheets, ("--paper", "a5"), both(of_sheets)),
              ("sheets-en", "sheet", demo_sheets("en"), ("--lang", "en"), both(of_sheets)),
              ("badges", "badge", badges, (), bars(badge_digits(one["badge"]) for one in badges["badges"])),
              ("pieces", "piece", pieces, (), both(piece_digits(one["line"], 1, one["piece"]) for one in pieces["pieces"])),
              ("cards", "card", demo_cards(), (), None), ("note", "note", demo_note(), (), collections.Counter())]
    all_read = True
    for name, kind, items, options, wanted in papers:
        pdf = print_paper(kind, items, os.path.join(folder, name + ".pdf"), *options)
        for dpi in RASTER_DPI if wanted else ():
            read = sum((collections.Counter(codes_of(pdf, dpi)) & wanted).values())
            all_read = all_read and read == sum(wanted.values())
            print(f"{name}.pdf at {dpi} dpi: {read} of {sum(wanted.values())} codes read")
    return 0 if all_read else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, "build/papers")))
