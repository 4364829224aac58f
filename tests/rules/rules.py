#!/usr/bin/env python3
"""rules.py - holds the sources to the rules of the house: who includes whom, which file opens which library, and so on.

In: the tree (or the folder named as argument). Out: a line "file:line: sentence" for each finding, then
"N passed, N failed, N skipped": each rule is one test, and each plant below is another: the rule must find a bad line
put into a copy of the tree. Everything that people extend is a table; to extend, add a row.
"""
import os
import re
import sys

PRODUCT = ("core/", "kiosk/", "server/", "labels/")

# ---- Who may include whom. The longest folder that fits a file speaks for it; every file may include core/ and its own
#      room. A room ending in .h means that one header. To extend, add a row.
WHO_INCLUDES = {
    "core/": [],
    "labels/": [],
    "kiosk/words.h": [],
    "kiosk/scan/": [],
    "kiosk/print/": [],
    "kiosk/keep/": ["kiosk/words.h"],
    "kiosk/flow/": ["kiosk/words.h"],
    "kiosk/screen/": ["kiosk/words.h", "kiosk/flow/"],
    "kiosk/send/": ["kiosk/words.h", "kiosk/keep/"],
    "kiosk/": ["kiosk/words.h", "kiosk/send/", "kiosk/keep/"],  # the keeper
    "kiosk/carrier.h": ["kiosk/keep/"],
    "kiosk/carrier.c": ["kiosk/keep/", "kiosk/carrier.h"],
    "kiosk/opener.h": ["kiosk/words.h"],
    "kiosk/opener.c": ["kiosk/words.h", "kiosk/opener.h"],
    "kiosk/station.h": ["kiosk/"],
    "kiosk/station.c": ["kiosk/"],
    "kiosk/station_inside.h": ["kiosk/"],
    "kiosk/station_look.c": ["kiosk/"],
    "kiosk/station_draw.c": ["kiosk/"],
    "kiosk/station_scan.c": ["kiosk/"],
    "kiosk/main.c": ["kiosk/"],
    "kiosk/drive.h": ["kiosk/"],
    "kiosk/drive.c": ["kiosk/"],
    "server/http/": [],
    "server/take/": [],
    "server/judge/": [],
    "server/bring/": [],
    "server/books/": ["server/judge/"],
    "server/ask/": ["server/judge/"],
    "server/show/": ["server/http/", "server/take/", "server/books/", "server/ask/", "server/bring/"],
    "server/show/print.c": ["server/http/", "server/take/", "server/books/", "server/ask/", "server/bring/", "labels/"],
    "server/show/goods.c": ["server/http/", "server/take/", "server/books/", "server/ask/", "server/bring/", "labels/"],
    "server/show/qr.c": ["server/http/", "server/take/", "server/books/", "server/ask/", "server/bring/", "labels/"],
    "server/show/paper.c": ["server/http/", "server/take/", "server/books/", "server/ask/", "server/bring/", "labels/"],
    "server/show/list_pdf.c": ["server/http/", "server/take/", "server/books/", "server/ask/", "server/bring/", "labels/"],
    "server/care/": ["server/judge/", "server/take/", "server/books/"],
    "server/": ["server/judge/", "server/take/", "server/books/"],
    "server/main.c": ["server/"],
    "server/house.c": ["server/"],
    "server/house.h": ["server/"],
    "server/inside.h": ["server/"],
    "server/threads.c": ["server/"],
    "server/console.c": ["server/"],
    "server/console.h": ["server/"],
    "server/store.c": ["server/"],
    "server/stick.c": ["server/"],
    "server/doctor.c": ["server/"],
    "server/doctor.h": ["server/"],
}

# ---- Library doors: the header, and the files that may include it. Nobody else, no header of ours either. To extend,
#      add a row.
DOORS = [
    (r"sqlite3.*\.h", ["core/db_sqlite.h", "core/db_sqlite.c", "core/db_sqlite_paced.c", "core/db_sqlite_stmt.c", "core/db_sqlite_wal.c"]),
    (r"(libpq-fe|postgresql/.*)\.h", ["core/db_postgres.c"]),
    (r"jansson\.h", ["core/json.c"]),
    (r"sodium.*\.h", ["core/chain.c", "core/seal.c", "server/show/login.c"]),
    (r"(libusb-1\.0/)?libusb\.h", ["kiosk/scan/scanner.c", "kiosk/scan/device.h"]),
    (r"(SDL2/)?SDL\w*\.h", ["kiosk/screen/window.c", "kiosk/screen/glyphs.c", "kiosk/screen/sound.c"]),
    (r"zlib\.h", ["kiosk/screen/picture.c", "labels/pdf.c"]),
    (r"hb(-.*)?\.h", ["labels/pdf_font.c"]),
    (r"curl/.*\.h", ["kiosk/send/courier.c"]),
    (r"zint\.h", ["labels/symbol.c"]),
    (r"cairo(-.*)?\.h", ["labels/draw.c", "labels/raster.c"]),
    (r"(ft2build|freetype/.*)\.h", ["labels/type.c", "labels/draw.c"]),
    (r"microhttpd\.h", ["server/http/inside.h", "server/http/http.c", "server/http/loops.c"]),
    (r"gnutls/.*\.h", ["server/http/ca.c"]),
    (r"xlsxwriter\.h", ["server/show/list_xlsx.c"]),
    (r"csv\.h", ["core/csv.c"]),
    (r"(expat|minizip/.*|unzip)\.h", ["server/bring/xlsx.c"]),
    (r"systemd/.*\.h", ["kiosk/main.c", "server/main.c"]),
    (r"(pthread|threads|semaphore)\.h", ["core/log.c", "kiosk/carrier.c", "kiosk/opener.c", "kiosk/keeper_thread.c", "kiosk/scan/scanner.c", "kiosk/screen/sound.c", "kiosk/send/courier.c",
                                         "server/http/inside.h", "server/http/loops.c", "server/http/peers.h",
                                         "server/inside.h", "server/threads.c", "server/house.c"]),
]

# Headers of C11, POSIX and Linux, which need no door.
SYSTEM = re.compile(r"""(assert|complex|ctype|dirent|dlfcn|endian|errno|fcntl|fenv|float|getopt|glob|grp|iconv|ifaddrs|
    inttypes|iso646|langinfo|libgen|limits|locale|malloc|math|netdb|poll|pwd|regex|sched|setjmp|signal|spawn|stdalign|
    stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|stdnoreturn|string|strings|syslog|termios|tgmath|time|uchar|
    unistd|wchar|wctype|(sys|linux|net|netinet|arpa)/[\w/]+)\.h""".replace("\n    ", ""))

# ---- Time and randomness are values; these files alone ask the system for them. To extend, add a row.
ASKS_THE_SYSTEM = [
    (r"\b(clock_gettime|gettimeofday|time|localtime|localtime_r|ftime)\s*\(", ["core/clock.c"], "the time"),
    (r"\b(rand|rand_r|random|drand48|getrandom|getentropy|randombytes_\w+)\s*\(", ["core/chain.c", "core/seal.c"],
     "randomness"),
]

# ---- Stages of the line and of the way back: the mark, and the files of which exactly one bears it.
STAGES = {
    "Line 1/11": "kiosk/scan/scanner.", "Line 2/11": "kiosk/scan/hid_", "Line 3/11": "core/code.",
    "Line 4/11": "kiosk/keep/look.", "Line 5/11": "kiosk/flow/flow.", "Line 6/11": "kiosk/keep/outbox.",
    "Line 7/11": "kiosk/send/send.", "Line 8/11": "server/take/take.", "Line 9/11": "server/books/writer.",
    "Line 10/11": "server/ask/", "Line 11/11": "server/show/",
    "Back 1/4": "server/books/record.", "Back 2/4": "server/take/feed.", "Back 3/4": "kiosk/send/",
    "Back 4/4": "kiosk/keep/learn.",
}

# ---- Text catalogue: how sources name an id. A comment "texts: reason.*" speaks for ids that are put together.
SAYS = {
    (".c", ".h"): [r'\bSAY\(\s*"([^"]+)"', r'\btext_of\([^;"]*?,\s*"([^"]+)"'],
    (".js", ".mjs"): [r"""\bt\(\s*["']([^"']+)["']"""],
}
CATALOGUES = ("assets/text/zh.po", "assets/text/en.po")

# ---- What belongs to one machine and not to the product (written so that this file is clean itself).
MACHINE = [
    (r"(?<![\w.])/(wor[k]|far[m]|hom[e]/\w+|roo[t])/", "a path of one machine"),
    (r"/tmp/(b-|brief|bash_job[s])", "a path of one machine"),
    (r"\b(deb|security|ftp)\.debian\.or[g]|\bregistry\.npmjs\.or[g]|\bpypi\.or[g]", "the host of a registry"),
]


# A link, a picture, a file or folder in backticks; not a name to be filled in (NAME.c), not a pattern.
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)[^)]*\)|<img[^>]*\bsrc=\"([^\"]+)\"|`((?:core|kiosk|server|labels|assets|tests|docs|cmake)/[a-z0-9_./-]*)`")

# ---------------------------------------------------------------------------------------------------- reading

def tree_read(root):
    """All files of ours as {path: text}, "" where they are binary; what is generated or foreign is left out."""
    tree = {}
    for folder, folders, files in os.walk(root):
        folders[:] = [f for f in folders if f not in (".git", "build", "data", "node_modules", "__pycache__", "vendor", "corpus")]
        for name in files:
            if name == ".git":  # a linked work tree: the file says where the repository is
                continue
            path = os.path.join(folder, name)
            if name == ".git":  # of a work tree
                continue
            try:
                with open(path, encoding="utf-8") as file:
                    tree[os.path.relpath(path, root)] = file.read()
            except UnicodeDecodeError:
                tree[os.path.relpath(path, root)] = ""
            except OSError:
                pass
    return tree


def product(tree, *suffixes):
    return [path for path in sorted(tree) if path.startswith(PRODUCT) and path.endswith(suffixes)]


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def blank(match):
    return re.sub(r"[^\n]", " ", match.group())


def without_comments(text):
    """C or JavaScript with comments blanked and strings left, offsets and lines unchanged."""
    token = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|/\*.*?\*/|(?<![:\w])//[^\n]*', re.S)
    return token.sub(lambda m: blank(m) if m.group().startswith("/") else m.group(), text)


def without_strings(text):
    return re.sub(r'"(?:\\.|[^"\\\n])*"', blank, without_comments(text))


def includes_of(text):
    """(line, path, is_ours) of each #include."""
    for match in re.finditer(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]', without_comments(text), re.M):
        yield line_of(text, match.start()), match.group(2), match.group(1) == '"'


def fits(path, place):
    """place is a file, or a folder ending in a slash."""
    return path.startswith(place) if place.endswith("/") else path == place


# ---------------------------------------------------------------------------------------------------- rules

def rule_includes(tree):
    """Rooms include only rooms that they may."""
    for path in product(tree, ".c", ".h"):
        own = max((place for place in WHO_INCLUDES if fits(path, place)), key=len)
        room = own if own.endswith("/") else os.path.dirname(own) + "/"
        inner = [place for place in WHO_INCLUDES if place.endswith("/") and place.startswith(room) and place != room]
        for line, name, is_ours in includes_of(tree[path]):
            if not is_ours:
                continue
            if name not in tree:
                yield path, line, f'"{name}" is not there: includes are written from the root of the repository'
                continue
            allowed = any(fits(name, place) for place in ["core/"] + WHO_INCLUDES[own])
            own_room = not own.endswith(".h") and name.startswith(room) and not any(fits(name, p) for p in inner)
            if not allowed and not own_room:
                yield path, line, f"{own} may not include {name}"


def rule_own_header(tree):
    """x.c includes its own x.h first."""
    for path in product(tree, ".c"):
        header = path[:-2] + ".h"
        first = next(includes_of(tree[path]), None)
        if header in tree and first and first[1] != header:
            yield path, first[0], f'"{header}" comes first, so that it is known to stand by itself'


def rule_doors(tree):
    """Each outside library is opened in its one file."""
    for path in product(tree, ".c", ".h"):
        for line, name, is_ours in includes_of(tree[path]):
            if is_ours or SYSTEM.fullmatch(name):
                continue
            doors = [files for header, files in DOORS if re.fullmatch(header, name)]
            if not doors:
                yield path, line, f"<{name}> has no door: a row in DOORS says which file opens it"
            elif path not in doors[0]:
                yield path, line, f"<{name}> is opened in {', '.join(doors[0])} only"


def rule_values(tree):
    """Time and randomness come in as values."""
    for path in product(tree, ".c"):
        text = without_strings(tree[path])
        for pattern, files, what in ASKS_THE_SYSTEM:
            if path in files:
                continue
            for match in re.finditer(pattern, text):
                before = text[:match.start()].rstrip()[-1:]
                if before not in (".", ">"):  # a function pointer of that name is a value
                    yield path, line_of(text, match.start()), f"{what} comes in as a value; {files[0]} asks the system"


def fact_tables(tree):
    """Names of tables in the books whose comment has a line "-- fact: ..."."""
    facts = set()
    for path in tree:
        if path.startswith("server/books/schema/") and path.endswith(".sql"):
            for match in re.finditer(r"((?:^--[^\n]*\n)+)CREATE TABLE (?:IF NOT EXISTS )?(\w+)", tree[path], re.M):
                if re.search(r"^-- fact:", match.group(1), re.M):
                    facts.add(match.group(2))
    return facts


def rule_facts(tree):
    """Facts are changed through server/books/record.c and its tables beside it only."""
    names = "|".join(sorted(fact_tables(tree)))
    if not names:
        return
    change = re.compile(r"\b(UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM|REPLACE\s+INTO)\s+(" + names + r")\b", re.I)
    for path in product(tree, ".c", ".h"):
        if not path.startswith("server/") or path.startswith("server/books/record"):
            continue
        # Text over several literals is one statement: the quotes between them count as space.
        text = re.sub(r'"\s*"', lambda m: re.sub(r'[^\n]', " ", m.group()), without_comments(tree[path]))
        text = text.replace("\\n", "  ")
        for match in change.finditer(text):
            yield path, line_of(text, match.start()), f"{match.group(2)} holds facts: server/books/record.c changes them"


def rule_classes(tree):
    """Each table of the books says its class: fact, derived or issued."""
    for path in sorted(tree):
        if path.startswith("server/books/schema/") and path.endswith(".sql"):
            for match in re.finditer(r"((?:^--[^\n]*\n)*)^CREATE TABLE (?:IF NOT EXISTS )?(\w+)", tree[path], re.M):
                if not re.search(r"^-- (fact|derived|issued):", match.group(1), re.M):
                    yield (path, line_of(tree[path], match.start(2)),
                           f'above table {match.group(2)} a line "-- fact:", "-- derived:" or "-- issued:" is missing')


def rule_acts(tree):
    """Each act of the office is one row: a second one of its name would never be found."""
    path, seen = "server/books/act.c", set()
    for match in re.finditer(r'^ +(?:ACT\w*|EVENT)\("([\w.]+)"', tree.get(path, ""), re.M):
        if match.group(1) in seen:
            yield path, line_of(tree[path], match.start(1)), f"{match.group(1)} has a row already"
        seen.add(match.group(1))


def rule_stages(tree):
    """Each stage is marked once, in its room."""
    seen = {}
    for path in product(tree, ".c", ".h"):
        for match in re.finditer(r"\b(Line \d+/11|Back \d+/4)\b:?", tree[path]):
            mark, line = match.group(1), line_of(tree[path], match.start())
            if not match.group().endswith(":"):
                continue  # spoken of, not claimed
            if mark not in STAGES:
                yield path, line, f"{mark} is no stage of the line"
            elif mark in seen:
                yield path, line, f"{mark} stands in {seen[mark]} already"
            elif not path.startswith(STAGES[mark]):
                yield path, line, f"{mark} belongs to {STAGES[mark]}*"
            seen.setdefault(mark, path)
    for mark, place in STAGES.items():
        files = [path for path in product(tree, ".c") if path.startswith(place)]  # headers alone are only a seam yet
        if files and mark not in seen:
            yield files[0], 1, f'"{mark}: takes -> gives" is in none of {place}*'


def catalogue_read(text):
    """{id: (line, words)} of a PO file."""
    entries, key, part, start = {}, None, None, 0
    for number, line in enumerate(text.split("\n") + [""], 1):
        match = re.match(r'(?:(msgid|msgstr)\s+)?"(.*)"\s*$', line)
        if not match:
            continue
        if match.group(1) == "msgid":
            key, part, start = match.group(2), "id", number
        elif match.group(1) == "msgstr":
            part = "words"
            entries[key] = (start, match.group(2))
        elif part == "id":
            key += match.group(2)
        elif part == "words":
            entries[key] = (start, entries[key][1] + match.group(2))
    entries.pop("", None)
    return entries


def texts_used(tree):
    """What sources say: {id: (path, line)} by name, all literals (for tables of ids), and patterns of made ids."""
    named, literals, made = {}, set(), []
    for path in sorted(tree):
        if not path.startswith(PRODUCT + ("assets/office/",)):
            continue
        kinds = [calls for suffixes, calls in SAYS.items() if path.endswith(suffixes)]
        if not kinds:
            literals.update(re.findall(r"""["'>]([\w.-]+)["'<]""", tree[path]))
            continue
        text = without_comments(tree[path])
        for call in kinds[0]:
            for match in re.finditer(call, text):
                named.setdefault(match.group(1), (path, line_of(text, match.start(1))))
        literals.update(re.findall(r"""["'`]([\w.-]+)["'`]""", text))
        made += re.findall(r"texts: ((?:[\w.*-]+[, ]*)+)", tree[path])
    patterns = [re.escape(word).replace(r"\*", ".*") for words in made for word in re.split(r"[, ]+", words) if word]
    return named, literals, patterns


def rule_texts(tree):
    """Every text is in each language's catalogue, with the same placeholders, and is used."""
    if not all(path in tree for path in CATALOGUES):
        return
    paths = list(CATALOGUES) + sorted(path for path in tree if re.fullmatch(r"assets/text/\w+\.po", path) and path not in CATALOGUES)
    all_of = {path: catalogue_read(tree[path]) for path in paths}
    named, literals, patterns = texts_used(tree)
    for key, (path, line) in sorted(named.items()):
        for catalogue, entries in all_of.items():
            if key not in entries:
                yield path, line, f"text {key} is not in {catalogue}"
    for path, entries in all_of.items():
        others = [all_of[CATALOGUES[0]]] if path != CATALOGUES[0] else [all_of[one] for one in paths[1:]]
        for key, (line, words) in entries.items():
            if not words:
                yield path, line, f"text {key} has no words"
            if any(key not in other for other in others):
                yield path, line, f"text {key} isn't in every catalogue: this one has it, another lacks it"
            elif any(set(re.findall(r"\{\d\}", words)) != set(re.findall(r"\{\d\}", other[key][1])) for other in others):
                yield path, line, f"text {key} has other placeholders than in the other catalogue"
            if key not in named and key not in literals and not any(re.fullmatch(p, key) for p in patterns):
                yield path, line, f"text {key} is used nowhere"


def rule_machine(tree):
    """Nothing that belongs to one machine."""
    for path, text in sorted(tree.items()):
        for pattern, what in MACHINE:
            for match in re.finditer(pattern, text):
                yield path, line_of(text, match.start()), f"{what}: {match.group().strip()}"


def rule_opening(tree):
    """Each file opens with what it is."""
    for path in product(tree, ".c", ".h"):
        name = os.path.basename(path)
        if not tree[path].startswith((f"/* {name} - ", f"/* {name}: ")):
            yield path, 1, f'the first line says what this is: "/* {name} - ..."'


# Tables that people extend side by side: a row that stands there twice is found by its first one alone.
TWICE = {
    "server/show/routes.c": r'^ *(\w+\((?:"[A-Z]+", )?"[^"]+")',
    "tests/office/rights.csv": r"^(/[^,]+),",
    "assets/office/app.js": r"^  \{ name: '(\w+)'",
    "assets/office/reports.js": r"^  \{ name: '(\w+)'",
}


def rule_twice(tree):
    """No row stands twice in a table."""
    for path, row in TWICE.items():
        seen = set()
        for match in re.finditer(row, tree.get(path, ""), re.M):
            if match[1] in seen:
                yield path, line_of(tree[path], match.start(1)), f"{match[1]} stands here twice"
            seen.add(match[1])


def rule_links(tree):
    """Links, pictures and files of ours that the README and docs/ name are there."""
    for page in sorted(path for path in tree if path == "README.md" or re.fullmatch(r"docs/[^/]+\.md", path)):
        for match in LINK.finditer(tree[page]):
            name = match[1] or match[2] or match[3]
            place = match[3].rstrip("/") if match[3] else os.path.normpath(os.path.join(os.path.dirname(page), name))
            if place not in tree and not any(path.startswith(place + "/") for path in tree):
                yield page, line_of(tree[page], match.start()), f"{name} isn't there"


IMPORT = re.compile(r"^import \{?([^}]*?)\}? from '([^']+)';$", re.M)
PAGES = "assets/office/"


def pages_circle(needs, page, path):
    """The way from this page of the office back to itself, "" where there is none."""
    for other in sorted(needs.get(page, ())):
        if other == path[0]:
            return " -> ".join([*path, other])
        circle = other not in path and pages_circle(needs, other, [*path, other])
        if circle:
            return circle
    return ""


def rule_pages(tree):
    """The office's pages import what they use, and none needs itself through others."""
    pages = {path: tree[path] for path in sorted(tree) if re.fullmatch(PAGES + r"[\w-]+\.js", path)}
    needs = {}
    for path, text in pages.items():
        rest = IMPORT.sub("", without_comments(text))
        needs[path] = {PAGES + match[2][2:]: line_of(text, match.start()) for match in IMPORT.finditer(text) if match[2].startswith("./")}
        for match in IMPORT.finditer(text):
            for name in re.findall(r"(\w+)(?:,|\s*$)", match[1]):
                if not re.search(rf"\b{name}\b", rest):
                    yield path, line_of(text, match.start()), f"{name} is imported and not used"
    for path in pages:
        circle = pages_circle(needs, path, [path])
        if circle:
            yield path, needs[path][circle.split(" -> ")[1]], f"imports in a circle: {circle}"


def rule_plurals(tree):
    """English says one door, two doors: a word that is chosen by its number once is chosen everywhere, as {1|door|doors}."""
    path = CATALOGUES[1]
    entries = catalogue_read(tree[path]) if path in tree else {}
    many = {match[2] for _, words in entries.values() for match in re.finditer(r"\{(\d)\} (?:\w+ )?\{\1\|\w+\|(\w+)\}", words)}
    for key, (line, words) in entries.items():
        for match in re.finditer(r"(?<!to )(?<!more than )(?<!most )(?<!least )(?<!first )(?<!all )(?<!All )(?<!fewer than )\{\d\} (\w+)", words):
            if match[1] in many:
                yield path, line, f"text {key} has a number before {match[1]}: choose the word by it"


def rule_copies(tree):
    """A text of people that may be longer than its room is cut at a character: utf8_copy()."""
    for path in product(tree, ".c"):
        for match in re.finditer(r'snprintf\([^;]*?"%s",\s*(?:db_text|json_text)\(', tree[path]):
            yield path, line_of(tree[path], match.start()), "a text is cut within a character here: utf8_copy()"


RULES = [rule_includes, rule_own_header, rule_doors, rule_values, rule_facts, rule_classes, rule_acts, rule_stages,
         rule_texts, rule_machine, rule_opening, rule_links, rule_pages, rule_plurals,
         rule_twice, rule_copies]

# ---------------------------------------------------------------------------------------------------- plants

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
FACT = {"server/books/schema/90.sql": "-- fact: entered\nCREATE TABLE planted (n INTEGER) STRICT;\n"}

# Each row: the rule, files put into the tree, and the finding that must come: file, line, words of the sentence.
PLANTS = [
    (rule_includes, {"core/planted.c": '/* planted.c - x */\n#include "kiosk/words.h"\n', "kiosk/words.h": ""},
     "core/planted.c", 2, "may not include kiosk/words.h"),
    (rule_includes, {"server/judge/planted.c": '\n\n#include "server/ask/list.h"\n', "server/ask/list.h": ""},
     "server/judge/planted.c", 3, "may not include"),
    (rule_includes, {"kiosk/flow/planted.c": '#include "kiosk/keep/look.h"\n', "kiosk/keep/look.h": ""},
     "kiosk/flow/planted.c", 1, "may not include"),
    (rule_includes, {"server/show/planted.c": '#include "labels/sheet.h"\n', "labels/sheet.h": ""},
     "server/show/planted.c", 1, "may not include"),
    (rule_includes, {"kiosk/planted.c": '#include "kiosk/screen/scene.h"\n', "kiosk/screen/scene.h": ""},
     "kiosk/planted.c", 1, "may not include"),
    (rule_includes, {"core/planted.c": '#include "planted.h"\n', "core/planted.h": ""},
     "core/planted.c", 1, "from the root"),
    (rule_own_header, {"core/planted.c": '#include <stdio.h>\n#include "core/planted.h"\n', "core/planted.h": ""},
     "core/planted.c", 1, "comes first"),
    (rule_doors, {"server/books/planted.c": "/* a */\n#include <sqlite3.h>\n"}, "server/books/planted.c", 2, "only"),
    (rule_doors, {"core/json.h": "#include <jansson.h>\n"}, "core/json.h", 1, "core/json.c only"),
    (rule_doors, {"kiosk/flow/planted.c": "#include <pthread.h>\n"}, "kiosk/flow/planted.c", 1, "only"),
    (rule_doors, {"labels/planted.c": "#include <png.h>\n"}, "labels/planted.c", 1, "has no door"),
    (rule_values, {"server/judge/planted.c": "int f(void)\n{\n    return (int)time(0);\n}\n"},
     "server/judge/planted.c", 3, "the time"),
    (rule_values, {"kiosk/flow/planted.c": "\nint x = rand();\n"}, "kiosk/flow/planted.c", 2, "randomness"),
    (rule_facts, {**FACT, "server/books/planted.c": 'f("INSERT INTO planted VALUES (1)");\ng("UPDATE "\n  "planted SET n=1");\n'},
     "server/books/planted.c", 2, "holds facts"),
    (rule_facts, {**FACT, "server/care/planted.c": 'f("DELETE FROM planted WHERE n = $1");\n'},
     "server/care/planted.c", 1, "holds facts"),
    (rule_classes, {"server/books/schema/91.sql": "-- a table\nCREATE TABLE planted (n INTEGER);\n"},
     "server/books/schema/91.sql", 2, "is missing"),
    (rule_stages, {"core/code.h": "/* code.h - x\n * Line 3/11: a -> b */\n", "core/code.c": "/* code.c\n * Line 3/11: a */"},
     "core/code.h", 2, "stands in core/code.c already"),
    (rule_stages, {"labels/planted.c": "/* planted.c - x\n * Line 12/11: a -> b */\n"}, "labels/planted.c", 2, "no stage"),
    (rule_stages, {"kiosk/keep/outbox.c": "/* outbox.c - x */\n", "kiosk/keep/outbox.h": "/* outbox.h - x */\n"},
     "kiosk/keep/outbox.c", 1, "in none of"),
    (rule_texts, {CATALOGUES[0]: PO, CATALOGUES[1]: PO, "core/planted.c": '\nf(SAY("planted.one"));\n'},
     "core/planted.c", 2, "is not in"),
    (rule_texts, {CATALOGUES[0]: PO + 'msgid "planted.one"\nmsgstr "{1}"\n', CATALOGUES[1]: PO + 'msgid "planted.one"\nmsgstr "{2}"\n'},
     CATALOGUES[0], 3, "other placeholders"),
    (rule_texts, {CATALOGUES[0]: PO + 'msgid "planted.one"\nmsgstr "1"\n', CATALOGUES[1]: PO}, CATALOGUES[0], 3, "another lacks it"),
    (rule_texts, {CATALOGUES[0]: PO + 'msgid "planted.one"\nmsgstr "1"\n', CATALOGUES[1]: PO + 'msgid "planted.one"\nmsgstr "1"\n', "assets/text/vi.po": PO},
     CATALOGUES[0], 3, "another lacks it"),
    (rule_texts, {CATALOGUES[0]: PO + 'msgid "planted.one"\nmsgstr "1"\n'}, CATALOGUES[0], 3, "used nowhere"),
    (rule_acts, {"server/books/act.c": '    ACT("a.b", ADMIN, a),\n    ACT_AFTER("a.b", ADMIN, a),\n'},
     "server/books/act.c", 2, "row already"),
    (rule_machine, {"docs/planted.md": "\nsee /wor" + "k/main/x\n"}, "docs/planted.md", 2, "one machine"),
    (rule_machine, {"docs/planted.md": "https://deb.debian.or" + "g/x\n"}, "docs/planted.md", 1, "registry"),
    (rule_opening, {"core/planted.c": "#include <stdio.h>\n"}, "core/planted.c", 1, "first line"),
    (rule_pages, {PAGES + "planted.js": "// planted.js\nimport { html, Key } from './parts.js';\nhtml`-`;\n"},
     PAGES + "planted.js", 2, "Key is imported"),
    (rule_pages, {PAGES + "planted.js": "import { a } from './grown.js';\na();\n", PAGES + "grown.js": "\nimport { b } from './planted.js';\nb();\n"},
     PAGES + "grown.js", 2, "in a circle"),
    (rule_plurals, {CATALOGUES[1]: PO + 'msgid "planted.one"\nmsgstr "{1} {1|door|doors}"\nmsgid "planted.two"\nmsgstr "{1} doors"\n'},
     CATALOGUES[1], 5, "before doors"),
    (rule_twice, {"tests/office/rights.csv": "/api/a,desk,a\n/api/a,finance,b\n"}, "tests/office/rights.csv", 2, "twice"),
    (rule_copies, {"server/books/planted.c": '\nsnprintf(a->name, sizeof a->name, "%s", db_text(stmt, 0));\n'},
     "server/books/planted.c", 2, "within a character"),
    (rule_links, {"README.md": "\n![a](docs/pictures/planted.png)\n"}, "README.md", 2, "isn't there"),
    (rule_links, {"docs/planted.md": "see `core/planted.c`\n"}, "docs/planted.md", 1, "isn't there"),
]


def plant_is_found(tree, plant):
    rule, files, path, line, words = plant
    planted = {**tree, **{catalogue: tree.get(catalogue, PO) for catalogue in CATALOGUES}, **files}
    return any(p == path and n == line and words in sentence for p, n, sentence in rule(planted))


def main(root):
    tree = tree_read(root)
    passed = failed = 0
    for rule in RULES:
        findings = list(rule(tree))
        for path, line, sentence in findings:
            print(f"{path}:{line}: {sentence}")
        if findings:
            print(f"FAILED {rule.__name__}: {rule.__doc__}")
        passed, failed = passed + (not findings), failed + bool(findings)
    for plant in PLANTS:
        is_found = plant_is_found(tree, plant)
        if not is_found:
            print(f"FAILED {plant[0].__name__} doesn't find what is planted in {plant[2]}: {plant[4]}")
        passed, failed = passed + is_found, failed + (not is_found)
    print(f"{passed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    here = os.path.dirname(os.path.abspath(__file__))
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.dirname(here))))
