"""steps.py - what the steps of tests/run.d share: other steps' and tests' files as modules, and the run of their cases.

A step's cases are its functions named case_*, in the order of the file. Each gets the house, which was made once in a folder
of its own; what it returns is printed, and counts as skipped where it begins with SKIPPED. Words on the command line choose
cases by parts of their names. The last line is "N passed, N failed, N skipped".
"""
import importlib.machinery
import importlib.util
import os
import sys
import tempfile
import traceback

ROOT, BIN = os.environ["ROOT"], os.environ["BIN"]


def module(name, path):
    """A file of ours as a module, whatever it is called."""
    loader = importlib.machinery.SourceFileLoader(name, os.path.join(ROOT, path))
    loaded = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
    loader.exec_module(loaded)
    return loaded


def failed_say(house, name, case):
    print(f"FAILED {name}: {case.__doc__}")
    traceback.print_exc(file=sys.stdout)
    if getattr(house, "page", None):
        house.page.shot(f"failed-{name}")


def server_say(house):
    """The last that the server said; of one that never wrote a log nothing."""
    log = house.server.data + ".log"
    if os.path.exists(log):
        with open(log, encoding="utf-8", errors="replace") as file:
            print("the server said:", file.read()[-3000:])


def house_end(house):
    if getattr(house, "page", None):
        house.page.driver.quit()
    if hasattr(house, "end"):
        house.end()
    else:
        house.server.stop()


def cases_run(house, cases, is_story, counts):
    for name, case in cases:
        print(f"{name} ...", file=sys.stderr, flush=True)
        try:
            note = case(house) or ""
        except Exception:  # pylint: disable=broad-except
            counts["failed"] += 1
            failed_say(house, name, case)
            if is_story:
                break
            continue
        counts["skipped" if note.startswith("SKIPPED") else "passed"] += 1
        if note:
            print(f"{name}: {note}")


def run(names, house_class, needs=("baogong-server",), is_story=False):
    """Runs the cases among those names (the step's globals()). is_story: each needs what those before it did. A house has a
    `server`, and a `page` while a browser is open; where it has an `end`, that is called in place of the server's stop."""
    missing = [name for name in needs if not os.path.exists(os.path.join(BIN, name))]
    if missing:
        print(f"SKIPPED: {' and '.join(missing)} isn't built\n0 passed, 0 failed, 1 skipped")
        return 0
    wanted = sys.argv[1:]
    cases = [(name, case) for name, case in names.items()
             if name.startswith("case_") and (not wanted or any(word in name for word in wanted))]
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    with tempfile.TemporaryDirectory() as folder:
        house = house_class(folder)
        try:
            cases_run(house, cases, is_story, counts)
        finally:
            house_end(house)
            if counts["failed"]:
                server_say(house)
    print(", ".join(f"{count} {what}" for what, count in counts.items()))
    return 1 if counts["failed"] else 0
