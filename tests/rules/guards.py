#!/usr/bin/env python3
"""guards.py - switches each guard of tests/rules/house_rules.py off, in a copy of the tree with a build of its own, and runs the
named test, which has to fail. Prints a line for each and "n of n guards are noticed". By hand: it takes minutes.

  guards.py [RULE ...]   all, or those of these rules
"""
import os
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, HERE)
from house_rules import RULES

COPY, BUILD = os.path.join(ROOT, "build/guards/tree"), os.path.join(ROOT, "build/guards/build")
PROGRAMS = ["baogong-server", "baogong-kiosk", "baogong-labels"]


def run(words, **more):
    return subprocess.run(words, capture_output=True, text=True, check=False, **more)


def copied():
    """The tree as it stands, and a build of it without sanitizers: what a broken rule does needs none."""
    names = run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT).stdout.split("\n")
    for name in filter(None, names):
        source, target = os.path.join(ROOT, name), os.path.join(COPY, name)
        if not os.path.isfile(source):
            continue
        with open(source, "rb") as file:
            text = file.read()
        if os.path.exists(target):
            with open(target, "rb") as file:
                if file.read() == text:
                    continue
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copy(source, target)
    done = run(["cmake", "-S", COPY, "-B", BUILD, "-DCMAKE_BUILD_TYPE=Debug", "-DBAOGONG_SANITIZE=OFF", "-DCMAKE_C_FLAGS_DEBUG=-O1"])
    assert done.returncode == 0, done.stdout + done.stderr


def is_step(test):
    return os.path.exists(os.path.join(ROOT, "tests/run.d", test))


def built(test):
    targets = PROGRAMS if is_step(test) else [f"{test}_test"]
    return run(["cmake", "--build", BUILD, "--parallel", "2", "--target", *targets])


def tried(test):
    """How the test ended, and the names of those that failed."""
    if is_step(test):
        done = run([os.path.join(COPY, "tests/run.d", test)], env={**os.environ, "ROOT": COPY, "BIN": os.path.join(BUILD, "bin")}, timeout=900)
    else:
        done = run([os.path.join(BUILD, "tests", f"{test}_test")], cwd=COPY, timeout=600)
    lines = (done.stdout + done.stderr).split("\n")
    return done.returncode, [line.strip() for line in lines if line.startswith(("[  FAILED  ]", "FAILED "))]


def noticed(rule, guard):
    path, old, new, test = guard
    target = os.path.join(COPY, path)
    with open(target, encoding="utf-8") as file:
        text = file.read()
    if text.count(old) != 1:
        return False, f"the guard's text stands there {text.count(old)} times"
    with open(target, "w", encoding="utf-8") as file:
        file.write(text.replace(old, new))
    try:
        done = built(test)
        if done.returncode != 0:
            return False, "it doesn't build: " + (done.stdout + done.stderr)[-600:]
        result, failed = tried(test)
        return result != 0, (failed or ["by its exit code"])[0]
    finally:
        with open(target, "w", encoding="utf-8") as file:
            file.write(text)


def main():
    chosen = {rule: RULES[rule] for rule in (sys.argv[1:] or RULES)}
    copied()
    good = total = 0
    sound = {}
    for rule, (_, guards) in chosen.items():
        for guard in guards:
            test = guard[3]
            if test not in sound:  # with all guards on it passes, else its failing says nothing
                done = built(test)
                sound[test] = done.returncode == 0 and tried(test)[0] == 0
                if not sound[test]:
                    print(f"FAILED {test}: fails with all guards on", (done.stdout + done.stderr)[-400:] if done.returncode else "", flush=True)
            is_noticed, how = noticed(rule, guard)
            total, good = total + 1, good + (is_noticed and sound[test])
            print(f"{'ok    ' if is_noticed else 'FAILED'} {rule:4} {guard[0]} off: {test}: {how}", flush=True)
    print(f"{good} of {total} guards are noticed")
    return int(good != total)


if __name__ == "__main__":
    sys.exit(main())
