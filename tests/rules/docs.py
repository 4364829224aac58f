"""docs.py - what the README and docs/ tell people to type is accepted, and what they name is there.

Each command line of ours in them (in code, fenced, indented or between backticks): the program's --help knows its command and its
options. Each unit that systemctl or journalctl is told: a package has it. Each page of the office that is named: it has that name.
What docs/operations.md, appliance.md and scanners.md say that a screen says: a text of the catalogue, or a part of one. Columns of
docs/import.md: those of server/books/import_kinds.c. Topics of docs/protocol.md: those that a kiosk learns. Reports: each has its line in
docs/reports.md and its row in tests/run.d/48-reports. The README's folders: those of the tree. Files that docs/security.md points to are there.
"""
import os
import re
import subprocess
import sys

ROOT, BIN = os.environ["ROOT"], os.environ["BIN"]
PAGES = ["README.md"] + sorted(f"docs/{name}" for name in os.listdir(os.path.join(ROOT, "docs")) if name.endswith(".md"))
PROGRAMS = ["baogong-server", "baogong-kiosk", "baogong-labels", "baogong-sim"]
UNITS = ["assets/package", "assets/appliance"]
HARMLESS = {"baogong-kiosk": {"--lang"}}  # said by nobody, or of another program behind a pipe
READY = re.compile(r"```[^\n]*\n(.*?)```|^(?: {4,}|\t)(.*)$|`([^`\n]+)`", re.S | re.M)


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def codes(text):
    """Each line that is code, and the number of the line in which it stands."""
    for match in READY.finditer(text):
        start = next(i for i in (1, 2, 3) if match[i] is not None)
        first = text.count("\n", 0, match.start(start)) + 1
        for n, line in enumerate(match[start].split("\n")):
            yield first + n, line


def help_of(program):
    done = subprocess.run([os.path.join(BIN, program), "--help"], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, (program, done.stderr)
    return done.stdout


def commands_of(text):
    """Words of its help that begin a line: commands."""
    return set(re.findall(r"^ +(?:baogong-\w+ )?([a-z]{3,})\b", text, re.M)) | set(re.findall(r"baogong-\w+ ([a-z]{3,})\b", text))


def command_lines(page, helps):
    for number, line in codes(read(page)):
        for match in re.finditer(r"(?<![\w/.-])(?:build/(?:\w+/)?bin/)?(baogong-(?:server|kiosk|labels|sim))(?![\w.-])([^;|&#]*)", line):
            program, words = match[1], match[2].split()
            said = helps[program]
            if words and re.fullmatch("[a-z]{3,}", words[0]) and words[0] not in commands_of(said):
                yield number, f"{program} has no command {words[0]}"
            for word in words:
                option = re.match(r"--[a-z-]+", word)
                if option and not re.search(re.escape(option[0]) + r"(?![a-z-])", said):
                    yield number, f"{program} --help doesn't know {option[0]}"


def houses(page):
    """./baogong NAME."""
    known = set(re.findall(r"^  ([a-z]+) ", subprocess.run([os.path.join(ROOT, "baogong"), "--help"], capture_output=True, text=True, check=True).stdout, re.M))
    for number, line in codes(read(page)):
        for name in re.findall(r"\./baogong ([a-z]+)", line):
            if name not in known:
                yield number, f"./baogong has no command {name}"


def units(page):
    there = {name for folder in UNITS for name in os.listdir(os.path.join(ROOT, folder))}
    for number, line in codes(read(page)):
        for name in re.findall(r"(?:systemctl [a-z -]*?|journalctl -u |systemd-analyze security )\b(baogong[\w.-]*)", line):
            if not {name, name + ".service"} & there:
                yield number, f"no package has the unit {name}"


def pages(page):
    """page Import, the page Kiosks, pages Today."""
    names = set(re.findall(r'msgid "office\.page\.\w+"\nmsgstr "([^"]+)"', read("assets/text/en.po")))
    text = re.sub(r"`[^`]*`", lambda code: " " * len(code[0]), read(page))
    for match in re.finditer(r"\bpages? \**([A-Z][a-z]+(?: [a-z]+)?)|\bthe \**([A-Z][a-z]+)\** page\b", text):
        name = match[1] or match[2]
        if name not in names and name.split()[0] not in names:
            yield text.count("\n", 0, match.start()) + 1, f"the office has no page {name}"


def screens(text):
    """Each text of the catalogue as a pattern of what is seen: {1} is anything, {1|door|doors} one of the two."""
    for words in re.findall(r'^msgstr "(.*[a-z]{2}.*)"$', text, re.M):
        if not re.search(r"[A-Za-z]{2}", re.sub(r"\{.*?\}", "", words)):
            continue  # numbers alone: anything would be one of them
        parts = re.split(r"(\{\d(?:\|[^{}|]*\|[^{}|]*)?\})", words)
        yield re.compile("".join(".+" if re.fullmatch(r"\{\d\}", part) else f"(?:{'|'.join(map(re.escape, part[1:-1].split('|')[1:]))})" if part[:1] == "{" and "|" in part
                                 else re.escape(part) for part in parts)), words


def quotes(page):
    """"Teach one": a key, a button, a sentence of a screen."""
    catalogue = list(screens(read("assets/text/en.po")))
    titles = {title for path in PAGES for title in re.findall(r"^#+ (.+)$", read(path), re.M)}
    text = re.sub(r"`[^`\n]*`", lambda code: " " * len(code[0]), read(page))
    for match in re.finditer(r'"([^"\n]+)"', text):
        said = match[1]
        if said not in titles and not any(pattern.fullmatch(said) or (len(said) > 7 and said in words) for pattern, words in catalogue):
            yield text.count("\n", 0, match.start()) + 1, f"no screen says {said}"


OFF = ["crews", "operations", "stations", "reasons", "routings"]  # may have the column `off`, as the page says of all of them


def columns_of(source, kind):
    """{name: 列名} of a table, as the program reads it."""
    row = re.search(r'\.name = "%s",.*?(?=\{\.name = "|\n\};)' % re.escape(kind), source, re.S)[0]
    files = [read(f"server/books/{path}") for path in sorted(os.listdir(os.path.join(ROOT, "server/books"))) if path.endswith((".c", ".h"))]
    for name in re.findall(r"\b([A-Z]+_COLUMNS)\b", row):
        row += "".join(part for file in files for part in re.findall(r"%s\[\w*\] = \{.*?\n\};" % name, file, re.S))
    for name in re.findall(r"\b([A-Z]+_ROWS)\b", row):
        row += "".join(part for file in files for part in re.findall(r"#define %s\b(?:[^\n]*\\\n)*[^\n]*\n" % name, file))
    return dict(re.findall(r'\{"(\w+)",\s*"([^"]+)",\s*\{CELL_', row))


def columns():
    """Both ways: each column of a table is in its paragraph, and each of the paragraph in the table, by both names."""
    source, text = read("server/books/import_kinds.c"), read("docs/import.md")
    for kind in re.findall(r'\{\.name = "([\w-]+)"', source):
        part = re.search(r"^## %s\n(.*?)(?=^## |\Z)" % re.escape(kind), text, re.S | re.M)
        if f'"office.import.kind.{kind}"' not in read("assets/text/en.po"):
            yield 1, f"the page Import has no word for {kind}"
        if part is None:
            yield 1, f"nothing is told of {kind}"
            continue
        told = {}
        for names, chinese in re.findall(r"^\| (`[^|]+) \| ([^|]+) \|", part[1], re.M):
            told.update(zip(re.findall(r"`(\w+)`", names), chinese.split(", ")))
        has = columns_of(source, kind)
        if kind in OFF:
            told["off"] = has.get("off")
        for name in sorted(set(told) ^ set(has)) + sorted(name for name in set(told) & set(has) if told[name] != has[name]):
            yield text.count("\n", 0, part.start()) + 1, f"{kind}, column {name}: told as {told.get(name)}, read as {has.get(name)}"


def topics():
    """Both ways: what the feed tells is in the page, and what the page tells a kiosk learns."""
    told = set(re.findall(r"^\| (\w+) \|", re.search(r"^\| topic \|.*?\n\n", read("docs/protocol.md"), re.S | re.M)[0], re.M)) - {"topic"}
    learnt = set(re.findall(r'^ +\{"(\w+)", +learn_', read("kiosk/keep/topic.c"), re.M))
    for name in sorted(told ^ learnt):
        yield 1, f"topic {name}: {'only told' if name in told else 'only learnt'}"


def reports():
    names = re.findall(r"^  \{ name: '\w+', list: '([\w-]+)'", read("assets/office/reports.js"), re.M)
    assert names
    for name in names:
        for page, words in (("docs/reports.md", f"`{name}`"), ("tests/run.d/48-reports", f'"{name}"')):
            if words not in read(page):
                yield 1, f"the report {name} is missing in {page}"


def folders():
    """README's folders are those of the tree, both ways, where it names what is in them."""
    text = re.search(r"^## Folders\n.*?(?=^## )", read("README.md"), re.S | re.M)[0]
    for top, told in re.findall(r"^\| `(\w+)/` \| (.*) \|$", text, re.M):
        named = set(re.findall(r"`([\w.]+)/`", told))
        there = {name for name in os.listdir(os.path.join(ROOT, top)) if os.path.isdir(os.path.join(ROOT, top, name)) and not name.startswith("__")}
        for name in sorted(named ^ there if named else set()):
            yield 1, f"{top}/{name} is {'only told' if name in named else 'not told'}"


def places():
    text = read("docs/security.md")
    for match in re.finditer(r"`((?:[\w-]+/)+[\w.-]*)`", text):
        if not any(os.path.exists(os.path.join(ROOT, above, match[1])) for above in ("", "server", "kiosk")):
            yield text.count("\n", 0, match.start()) + 1, f"{match[1]} isn't there"


def main():
    helps = {program: help_of(program) for program in PROGRAMS}
    bad, tried = [], 0
    for page in PAGES:
        for check in (lambda one: command_lines(one, helps), houses, units, pages):
            tried += 1
            bad += [f"{page}:{number}: {why}" for number, why in check(page)]
    for page in ("docs/operations.md", "docs/appliance.md", "docs/scanners.md"):
        tried += 1
        bad += [f"{page}:{number}: {why}" for number, why in quotes(page)]
    for page, check in (("README.md", folders), ("docs/import.md", columns), ("docs/protocol.md", topics), ("docs/reports.md", reports), ("docs/security.md", places)):
        tried += 1
        bad += [f"{page}:{number}: {why}" for number, why in check()]
    # It can fail: a page that tells each kind of nonsense is caught each time.
    for text in ("`baogong-server frobnicate`", "`baogong-labels sheet --nonsense`", "`./baogong frobnicate`", "`systemctl start baogong-nothing`", "page Nowhere", 'touch "Frobnicate"'):
        tried += 1
        if not caught(text, helps):
            bad.append(f"not caught: {text}")
    for line in bad:
        print(f"FAILED {line}")
    print(f"{tried - len(bad)} passed, {len(bad)} failed, 0 skipped")
    return 1 if bad else 0


def caught(text, helps):
    global read  # pylint: disable=global-statement
    was, read = read, lambda path, was=read: text if path == "planted" else was(path)
    try:
        return [why for check in (lambda one: command_lines(one, helps), houses, units, pages, quotes) for why in check("planted")]
    finally:
        read = was


if __name__ == "__main__":
    sys.exit(main())
