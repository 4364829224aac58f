#!/usr/bin/env python3
"""clang.py - is every C file good C to clang too, with all its warnings as errors?

In: build/debug/compile_commands.json, what gcc was told. Clang is told the same, and only reads: nothing is made. Out: what it says, and
"N passed, N failed": that all are, and that a file which isn't is found.
"""
import concurrent.futures
import json
import os
import shlex
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(ROOT, "build/debug")
# gcc lets this pass under the flags of ours; clang calls it -Wself-assign.
BAD = "int f(int a);\nint f(int a)\n{\n    a = a;\n    return a;\n}\n"


def command(entry, file=None):
    """What gcc was told, said to clang: no launcher, no output, no debugging words, no sanitizers."""
    words, told = shlex.split(entry["command"]), []
    words = words[next(i for i, word in enumerate(words) if os.path.basename(word).startswith(("gcc", "cc"))) + 1:]
    skip = False
    for word in words:
        if skip or word in ("-c", "-g", entry["file"]) or word.startswith(("-fsanitize", "-fno-sanitize", "-O")):
            skip = False
        elif word == "-o":
            skip = True
        else:
            told.append(word)
    return ["clang", "-fsyntax-only", *told, file or entry["file"]]


def read(words):
    return subprocess.run(words, cwd=BUILD, capture_output=True, text=True, check=False)


def main():
    with open(os.path.join(BUILD, "compile_commands.json"), encoding="utf-8") as file:
        entries = {entry["file"]: entry for entry in json.load(file) if entry["file"].endswith(".c")}
    with tempfile.NamedTemporaryFile("w", suffix=".c") as bad:
        bad.write(BAD)
        bad.flush()
        is_blind = read(command(next(iter(entries.values())), bad.name)).returncode == 0
    if is_blind:
        print("FAILED: nothing is found where there is something")
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        wrong = [run for run in pool.map(read, [command(entry) for entry in entries.values()]) if run.returncode != 0]
    for run in wrong:
        print(run.stdout + run.stderr, end="")
    print(f"clang read {len(entries)} files")
    failed = int(is_blind) + int(len(wrong) > 0 or not entries)
    print(f"{2 - failed} passed, {failed} failed, 0 skipped")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
