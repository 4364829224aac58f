#!/usr/bin/env python3
"""sizes.py - how long functions and files are; a report, not a test.

A function is a block that opens and closes in column 0. The house's measure: a median of about 15 lines, rarely over
60; files rarely over 500.
"""
import glob
import os
import re
import statistics
import sys


def functions_of(path):
    """(lines, name, first line) of each function in a C file."""
    name, start = "", 0
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if match := re.match(r"\w[^;=]*?(\w+)\(", line):
                name = match.group(1)
            if line.startswith("{"):
                start = number
            if line.startswith("}") and start:
                yield number - start + 1, name, start
                start = 0


def main(root):
    os.chdir(root)
    paths = [p for room in ("core", "kiosk", "server", "labels") for p in glob.glob(f"{room}/**/*.c", recursive=True)]
    functions = sorted(((lines, name, f"{p}:{n}") for p in paths for lines, name, n in functions_of(p)), reverse=True)
    files = sorted(((sum(1 for _ in open(p, encoding="utf-8")), p) for p in paths), reverse=True)
    if not functions:
        return
    lengths = [f[0] for f in functions]
    print(f"{len(functions)} functions: median {statistics.median(lengths):.0f} lines, "
          f"{sum(1 for n in lengths if n > 60)} over 60; "
          f"{len(files)} files: median {statistics.median(n for n, _ in files):.0f} lines, "
          f"{sum(1 for n, _ in files if n > 500)} over 500, {sum(n for n, _ in files)} together")
    for lines, name, place in functions[:10]:
        print(f"  {lines:4} lines  {name}  ({place})")
    for lines, path in files[:5]:
        print(f"  {lines:4} lines  {path}")


if __name__ == "__main__":
    here = os.path.dirname(os.path.abspath(__file__))
    main(sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.dirname(here)))
