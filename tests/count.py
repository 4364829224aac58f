#!/usr/bin/env python3
"""count.py - how many tests a CTest run held, counting each case inside an executable.

In: the JUnit file of ctest. Out: the output of what failed, then one line "N passed, N failed, N skipped".
An executable says its cases as cmocka does, or by such a line of its own; one that crashed or says nothing counts by
its exit code, and one that exits badly without a failed case counts as one failure more.
"""
import re
import sys
import xml.etree.ElementTree

CMOCKA = {"passed": r"\[  PASSED  \] (\d+) test", "failed": r"\[  FAILED  \] (\d+) test", "skipped": r"\[  SKIPPED \] (\d+) test"}
PLAIN = re.compile(r"^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$", re.M)


def cases_of(output, is_good):
    """(passed, failed, skipped) of one executable."""
    plain = PLAIN.findall(output)
    if plain:
        passed, failed, skipped = (int(n or 0) for n in plain[-1])
    else:
        passed, failed, skipped = (sum(int(n) for n in re.findall(CMOCKA[kind], output)) for kind in CMOCKA)
    if is_good and passed + failed + skipped == 0:
        passed = 1
    if not is_good and failed == 0:
        failed = 1
    return passed, failed, skipped


def main(path):
    total = [0, 0, 0]
    for case in xml.etree.ElementTree.parse(path).getroot().iter("testcase"):
        output = case.findtext("system-out") or ""
        is_good = case.get("status") == "run" and case.find("failure") is None
        counts = cases_of(output, is_good)
        total = [a + b for a, b in zip(total, counts)]
        if counts[1]:
            print(f"---- {case.get('name')} failed:\n{output.strip()[-6000:]}\n----")
    print("{} passed, {} failed, {} skipped".format(*total))
    return 1 if total[1] or sum(total) == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
