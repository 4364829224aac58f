#!/usr/bin/env python3
"""house.py - prints docs/rules.md: each rule of the house, the files that keep it, the tests that cite it, how it is broken on purpose.

In: tests/rules/house_rules.py and what the sources cite as [R..]. With --write it writes the file, without it compares: the file must say
what it would print, every guard's text must stand in its file exactly once, every rule must have a keeper and a test.
"""
import os
import re
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, HERE)
from house_rules import RULES

CITE = re.compile(r"\[(R\d+[ab]?)\]")
PAPER = os.path.join(ROOT, "docs/rules.md")
HEAD = """# The rules of the house, and what proves them

Printed by `tests/rules/house.py --write` from the tests and sources that cite a rule as `[R..]`; `./baogong test` compares. A rule's guards are switched
off one by one in a build of their own by `tests/rules/guards.py`: each time the named test has to fail.

| rule | what it says | kept in | tests | guards |
| --- | --- | --- | --- | --- |
"""


def files(*rooms, ends=(".c", ".h", ".js", ".csv", "")):
    for room in rooms:
        for folder, names, found in os.walk(os.path.join(ROOT, room)):
            names[:] = sorted(n for n in names if n not in ("vendor", "node_modules", "corpus", "rules"))
            for name in sorted(found):
                if os.path.splitext(name)[1] in ends:
                    yield os.path.relpath(os.path.join(folder, name), ROOT)


def text_of(path):
    with open(os.path.join(ROOT, path), encoding="utf-8", errors="replace") as file:
        return file.read()


def keepers():
    """Rule -> files of the product that cite it, .c and .h as one."""
    found = {}
    for path in files("core", "kiosk", "server", "labels", "assets/office", ends=(".c", ".h", ".js", ".sql")):
        for rule in CITE.findall(text_of(path)):
            stem = os.path.splitext(path)[0]
            found.setdefault(rule, {}).setdefault(stem, path)
            if path.endswith(".c"):
                found[rule][stem] = path
    return {rule: sorted(paths.values()) for rule, paths in found.items()}


TEST_OF = (re.compile(r"^static void (\w+)\(void \*\*", re.M), re.compile(r"^(?:async )?def (\w+)\(", re.M))


def cited_in(path, text):
    """(rule, name of the test) for each citation: in a table's row the row's own title, else the function that it belongs to."""
    is_c = path.endswith(".c")
    starts = [(match.start(), match.group(1)) for match in TEST_OF[0 if is_c else 1].finditer(text)]
    for match in CITE.finditer(text):
        line = text[text.rfind("\n", 0, match.start()) + 1:text.find("\n", match.start())]
        title = re.match(r'\s*\{\s*"(\[R[^"]*)"', line)
        if title:
            yield match.group(1), None
            continue
        after = [name for at, name in starts if at > match.start()]
        before = [name for at, name in starts if at <= match.start()]
        is_above = is_c and line.lstrip().startswith(("/*", "*"))  # a comment above its function
        name = (after[0] if after else None) if is_above else (before[-1] if before else None)
        yield match.group(1), name


def proofs():
    """Rule -> {test's file: names, rows of its tables counted}."""
    found = {}
    for path in files("tests/unit", "tests/run.d", ends=(".c", "")):
        for rule, name in cited_in(path, text_of(path)):
            own = found.setdefault(rule, {}).setdefault(path, {"rows": 0, "names": []})
            if name is None:
                own["rows"] += 1
            elif name not in own["names"]:
                own["names"].append(name)
    return found


def proof_text(path, own):
    name = os.path.basename(path).replace("_test.c", "")
    parts = [f"`{one}`" for one in own["names"]]
    if own["rows"]:
        parts.append(f"{own['rows']} row{'s' if own['rows'] > 1 else ''}")
    return f"{name}: " + ", ".join(parts)


def order(rule):
    return int(re.sub(r"\D", "", rule)), rule


def paper():
    keep, proof, out = keepers(), proofs(), HEAD
    for rule in sorted(RULES, key=order):
        what, guards = RULES[rule]
        kept = "<br>".join(f"`{path}`" for path in keep.get(rule, []))
        tests = "<br>".join(proof_text(path, own) for path, own in sorted(proof.get(rule, {}).items()))
        broken = "<br>".join(f"`{path}` ({test})" for path, _, _, test in guards)
        out += f"| {rule} | {what} | {kept} | {tests} | {broken} |\n"
    total = sum(len(guards) for _, guards in RULES.values())
    return out + f"\n{len(RULES)} rules, {total} guards.\n"


def findings():
    keep, proof = keepers(), proofs()
    yield "docs/rules.md says what the tests say", (os.path.exists(PAPER) and text_of("docs/rules.md") == paper()) or \
        "it doesn't: python3 tests/rules/house.py --write"
    for rule in sorted(RULES, key=order):
        missing = [word for word, there in (("a file that keeps it", keep.get(rule)), ("a test", proof.get(rule))) if not there]
        yield f"{rule} has a keeper and a test", not missing or "it has no " + ", no ".join(missing)
        for path, old, new, _ in RULES[rule][1]:
            times = text_of(path).count(old)
            yield f"{rule}: its guard stands in {path}", (times == 1 and old != new) or f"{times} times: {old}"
    for rule in sorted(set(keep) | set(proof), key=order):
        yield f"{rule} is in the table", rule in RULES or f"cited in {(keep.get(rule) or list(proof[rule]))[0]}"


def main():
    if "--write" in sys.argv[1:]:
        with open(PAPER, "w", encoding="utf-8") as file:
            file.write(paper())
        return 0
    passed = failed = 0
    for what, result in findings():
        passed, failed = passed + (result is True), failed + (result is not True)
        if result is not True:
            print(f"FAILED {what}: {result}")
    print(f"{passed} passed, {failed} failed, 0 skipped")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
