-- books.db - the factory's books. Each table has one class:
--   fact     entered by the office, changed only through books/record.c
--   derived  everything computed, the parsed events too: `baogong-server rebuild` empties and refills it
--   issued   told or signed to somebody: never touched
-- Keys: a line is yymm * 1000000 + serial * 100 + line (core/code.h line_ref_key), an order the same with line 0.
-- Days are days since 1970, times ms since 1970 UTC, money fen, rates 1/100 fen, epochs two columns, hashes 32 bytes.

-- ---- where the writer stands

-- derived: one row: everything of the inbox up to applied_to is in these books
CREATE TABLE place (
    only_row   INTEGER PRIMARY KEY CHECK (only_row = 1),
    applied_to INTEGER NOT NULL,
    trying     INTEGER NOT NULL, -- what was at work, should the program end: see books/progress.h
    tries      INTEGER NOT NULL, -- how often a start found the event behind applied_to so
    boot       INTEGER NOT NULL  -- of the machine at the last start
) STRICT;
INSERT INTO place VALUES (1, 0, 0, 0, 0);

-- issued: events that ended the program twice: passed over, held, shown to the office
CREATE TABLE aside (
    number INTEGER PRIMARY KEY, -- inbox number
    at_ms  INTEGER NOT NULL
) STRICT;

-- issued: starts of the server: feed numbers from first_feed up to the next run's belong to it
CREATE TABLE run (
    number        INTEGER PRIMARY KEY, -- in the order in which they were opened
    run           INTEGER NOT NULL UNIQUE, -- 64 random bits
    started_ms    INTEGER NOT NULL,
    epoch_counter INTEGER NOT NULL,
    epoch_random  INTEGER NOT NULL,
    first_feed    INTEGER NOT NULL
) STRICT;

-- issued: what kiosks learn; only a key's latest row is kept. gone: value is ''
CREATE TABLE feed (
    number   INTEGER PRIMARY KEY,
    topic    TEXT NOT NULL,
    key      TEXT NOT NULL,
    value    TEXT NOT NULL,
    audience INTEGER NOT NULL, -- 0 all; 1 the kiosk `only`; 2 kiosks where worker `only` signed in within 35 days
    only_for INTEGER NOT NULL,
    sealed   BLOB -- hash of what a sealed value says, so that the same is not told twice; NULL = not sealed
) STRICT;
CREATE UNIQUE INDEX feed_key ON feed (topic, key);

-- derived: what is to be told once the writer has caught up: lines' totals, facts' verdicts, workers' pay
CREATE TABLE telling (
    what    INTEGER NOT NULL, -- enum tell_what of books/telling.h
    a       INTEGER NOT NULL, -- line; fact; worker
    b       INTEGER NOT NULL, -- 0; 0; day
    is_anew INTEGER NOT NULL, -- 1: tell it also where nothing changed
    PRIMARY KEY (what, a, b)
) STRICT, WITHOUT ROWID;

-- ---- masters

-- fact: rows of settings: factory, offset_min, day_start_min, shifts ... ; value is JSON
CREATE TABLE setting (
    name    TEXT PRIMARY KEY,
    value   TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- issued: the day rule in force for inbox numbers from from_number on, so that a rebuild finds the days again
CREATE TABLE day_rule (
    from_number INTEGER PRIMARY KEY,
    rule        TEXT NOT NULL -- JSON: offset_min, day_start_min, shifts
) STRICT;

-- fact: where a kiosk stands; ops: codes of the operations done there, separated by spaces
CREATE TABLE station (
    id      TEXT PRIMARY KEY,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    ops     TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- fact: kinds of work
CREATE TABLE operation (
    code    TEXT PRIMARY KEY,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    part    TEXT NOT NULL, -- door, leaf, frame, architrave
    version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- fact: reasons of bad pieces
CREATE TABLE reason (
    number  INTEGER PRIMARY KEY,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;

-- fact: crews
CREATE TABLE crew (
    id      TEXT PRIMARY KEY,
    name    TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- fact: workers; open_key and salt: see core/seal.h, NULL until a PIN is set
CREATE TABLE worker (
    number   INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,
    sign     INTEGER NOT NULL,
    colour   INTEGER NOT NULL,
    crew     TEXT NOT NULL, -- '' = none
    role     TEXT NOT NULL, -- worker, supervisor
    lang     TEXT NOT NULL,
    left_day INTEGER,       -- NULL = here
    salt     BLOB,
    open_key BLOB,
    version  INTEGER NOT NULL
) STRICT;

-- fact: badges, each once, also after it was revoked
CREATE TABLE badge (
    badge        INTEGER PRIMARY KEY, -- 15 digits
    worker       INTEGER NOT NULL REFERENCES worker (number),
    revoked_feed INTEGER,             -- the feed number that said so; NULL = valid
    version      INTEGER NOT NULL
) STRICT;
CREATE INDEX badge_worker ON badge (worker);

-- fact: the way of a product family through the shop
CREATE TABLE routing (
    family   TEXT NOT NULL,
    op       INTEGER NOT NULL, -- 10, 20 ...
    code     TEXT NOT NULL REFERENCES operation (code),
    per_door INTEGER NOT NULL,
    version  INTEGER NOT NULL,
    PRIMARY KEY (family, op)
) STRICT, WITHOUT ROWID;

-- fact: dated rates; they propose what a sheet freezes when it is signed
CREATE TABLE rate (
    code             TEXT NOT NULL REFERENCES operation (code),
    family           TEXT NOT NULL, -- '' = every family
    from_day         INTEGER NOT NULL,
    rate_cfen        INTEGER NOT NULL,
    rework_rate_cfen INTEGER NOT NULL,
    version          INTEGER NOT NULL,
    PRIMARY KEY (code, family, from_day)
) STRICT, WITHOUT ROWID;

-- issued: changes of rates after sheets were signed: read after the sheet's own rate; two persons
CREATE TABLE rate_change (
    id               INTEGER PRIMARY KEY,
    code             TEXT NOT NULL REFERENCES operation (code),
    family           TEXT NOT NULL, -- '' = every family
    from_day         INTEGER NOT NULL,
    to_day           INTEGER NOT NULL,
    rate_cfen        INTEGER NOT NULL,
    rework_rate_cfen INTEGER NOT NULL,
    at_ms            INTEGER NOT NULL,
    by_users         TEXT NOT NULL
) STRICT;
CREATE INDEX rate_change_code ON rate_change (code);

-- ---- orders and sheets

-- fact: orders; id is the line key with line 0
CREATE TABLE orders (
    id          INTEGER PRIMARY KEY,
    customer    TEXT NOT NULL,
    received_ms INTEGER NOT NULL,
    version     INTEGER NOT NULL
) STRICT;

-- fact: order lines
CREATE TABLE line (
    line     INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES orders (id),
    product  TEXT NOT NULL,
    family   TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    size     TEXT NOT NULL,
    colour   TEXT NOT NULL,
    opening  TEXT NOT NULL,
    due_day  INTEGER NOT NULL,
    rush     INTEGER NOT NULL,
    special  INTEGER NOT NULL,
    remarks  TEXT NOT NULL,
    rev      INTEGER NOT NULL, -- newest signed revision, 0 = none yet
    version  INTEGER NOT NULL
) STRICT;
CREATE INDEX line_order ON line (order_id);

-- issued: signed revisions
CREATE TABLE sheet (
    line      INTEGER NOT NULL REFERENCES line (line),
    rev       INTEGER NOT NULL,
    quantity  INTEGER NOT NULL,
    family    TEXT NOT NULL,
    signed_ms INTEGER NOT NULL,
    signed_by TEXT NOT NULL,
    feed      INTEGER NOT NULL, -- the feed number that told it, and that the revision before is void
    PRIMARY KEY (line, rev)
) STRICT, WITHOUT ROWID;

-- issued: a signed revision's operations, rates frozen
CREATE TABLE sheet_op (
    line             INTEGER NOT NULL,
    rev              INTEGER NOT NULL,
    op               INTEGER NOT NULL,
    code             TEXT NOT NULL,
    part             TEXT NOT NULL,
    per_door         INTEGER NOT NULL,
    planned          INTEGER NOT NULL,
    rate_cfen        INTEGER NOT NULL,
    rework_rate_cfen INTEGER NOT NULL,
    PRIMARY KEY (line, rev, op),
    FOREIGN KEY (line, rev) REFERENCES sheet (line, rev)
) STRICT, WITHOUT ROWID;

-- fact: stops of an order or a line, with the feed number that told it; lifted_feed NULL = standing
CREATE TABLE stop (
    id          INTEGER PRIMARY KEY,
    line        INTEGER NOT NULL, -- or the order's key
    why         TEXT NOT NULL,
    by_user     TEXT NOT NULL,
    at_ms       INTEGER NOT NULL,
    feed        INTEGER NOT NULL,
    lifted_feed INTEGER,
    version     INTEGER NOT NULL
) STRICT;
CREATE INDEX stop_line ON stop (line);

-- ---- people, kiosks, acts

-- fact: who may log in; password NULL until it was set through a one-time link; roles separated by spaces
CREATE TABLE user (
    name     TEXT PRIMARY KEY,
    full     TEXT NOT NULL,
    roles    TEXT NOT NULL,
    password TEXT,
    is_off   INTEGER NOT NULL,
    version  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- fact: one-time links, kept as hashes
CREATE TABLE login_link (
    token   BLOB PRIMARY KEY,
    user    TEXT NOT NULL,
    until_ms INTEGER NOT NULL,
    used_ms INTEGER,
    version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- fact: sessions, kept as hashes; revocable
CREATE TABLE session (
    token    BLOB PRIMARY KEY,
    user     TEXT NOT NULL,
    csrf     TEXT NOT NULL,
    made_ms  INTEGER NOT NULL,
    until_ms INTEGER NOT NULL,
    version  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- fact: kiosks
CREATE TABLE kiosk (
    kiosk       INTEGER PRIMARY KEY, -- 64 random bits
    number      INTEGER NOT NULL,    -- "kiosk 3"
    key         BLOB NOT NULL,
    station     TEXT NOT NULL,
    state       INTEGER NOT NULL,    -- enum kiosk_state of take/take.h
    enrolled_ms INTEGER NOT NULL,
    version     INTEGER NOT NULL
) STRICT;

-- fact: one-time tokens of enrolment
CREATE TABLE kiosk_token (
    token    TEXT PRIMARY KEY, -- 22 digits
    station  TEXT NOT NULL,
    until_ms INTEGER NOT NULL,
    kiosk    INTEGER,          -- who used it
    version  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- issued: acts of the office with their first answer; a retry gets it again
CREATE TABLE act (
    id     TEXT PRIMARY KEY,
    at_ms  INTEGER NOT NULL,
    user   TEXT NOT NULL,
    second TEXT NOT NULL,
    name   TEXT NOT NULL,
    body   BLOB NOT NULL, -- hash of name, users and body
    number INTEGER,       -- inbox number, where it is an event of the office
    status INTEGER NOT NULL,
    answer TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- issued: who changed what when [R38], chained: hash = hash of (prev hash, all columns)
CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    at_ms  INTEGER NOT NULL,
    act    TEXT NOT NULL,
    user   TEXT NOT NULL,
    noun   TEXT NOT NULL,
    key    TEXT NOT NULL,
    old    TEXT NOT NULL, -- JSON, '' = made new
    new    TEXT NOT NULL, -- JSON, '' = taken away
    hash   BLOB NOT NULL
) STRICT;
CREATE INDEX audit_key ON audit (noun, key);

-- ---- what is computed

-- derived: every event of the inbox, parsed
CREATE TABLE fact (
    number    INTEGER PRIMARY KEY, -- inbox number
    name      BLOB NOT NULL,
    kiosk     INTEGER NOT NULL,
    epoch_counter INTEGER NOT NULL,
    epoch_random  INTEGER NOT NULL,
    seq       INTEGER NOT NULL,
    taken_ms  INTEGER NOT NULL,
    kind      INTEGER NOT NULL, -- enum event_kind; -1 = no event at all
    line      INTEGER NOT NULL, -- 0 = none
    rev       INTEGER NOT NULL,
    op        INTEGER NOT NULL,
    day       INTEGER NOT NULL, -- shift date in force (bounded as EVENTS says)
    day_moved INTEGER NOT NULL,
    seen_feed INTEGER NOT NULL, -- in this server's numbering, -1 = of an unknown epoch or run
    bytes     BLOB NOT NULL     -- the line itself, so that a line is judged from the books alone
) STRICT;
CREATE INDEX fact_line ON fact (line, number) WHERE line != 0;
CREATE UNIQUE INDEX fact_name ON fact (name);

-- derived: who did it, as the books know them now (badge -> worker)
CREATE TABLE fact_worker (
    number INTEGER NOT NULL, -- of the fact
    share  INTEGER NOT NULL, -- place in the event, from 0
    worker INTEGER NOT NULL, -- 0 = nobody known
    day    INTEGER NOT NULL, -- of the fact
    badge  INTEGER NOT NULL, -- as scanned, 0 = none
    PRIMARY KEY (number, share)
) STRICT, WITHOUT ROWID;
CREATE INDEX fact_worker_day ON fact_worker (worker, day, number);

-- derived: facts that speak of an event which has not come, or which waits itself
CREATE TABLE waiting (
    refers BLOB NOT NULL,
    number INTEGER NOT NULL, -- of the fact that waits
    PRIMARY KEY (refers, number)
) STRICT, WITHOUT ROWID;

-- derived: what each fact is worth
CREATE TABLE verdict (
    number    INTEGER PRIMARY KEY, -- of the fact
    kind      INTEGER NOT NULL,    -- enum verdict_kind
    counted   INTEGER NOT NULL,
    held      INTEGER NOT NULL,
    good      INTEGER NOT NULL,
    bad       INTEGER NOT NULL,
    rate_cfen INTEGER NOT NULL,
    due_fen   INTEGER NOT NULL,
    reason    TEXT NOT NULL,       -- say, '' = none
    cancelled_by INTEGER NOT NULL,
    decided_by   INTEGER NOT NULL,
    bad_open       INTEGER NOT NULL, -- bad pieces whose fault nobody decided: unpaid so long
    bad_decided_by INTEGER NOT NULL
) STRICT;
CREATE INDEX verdict_held ON verdict (number) WHERE held > 0 OR kind = 2;

-- derived: pay lines: one fact for one worker
CREATE TABLE due (
    worker INTEGER NOT NULL,
    day    INTEGER NOT NULL,
    number INTEGER NOT NULL, -- of the fact
    share  INTEGER NOT NULL, -- place in the event, from 0
    fen    INTEGER NOT NULL,
    PRIMARY KEY (worker, day, number, share)
) STRICT, WITHOUT ROWID;

-- derived: done at an operation
CREATE TABLE op_sum (
    line INTEGER NOT NULL,
    rev  INTEGER NOT NULL,
    op   INTEGER NOT NULL,
    good INTEGER NOT NULL,
    bad  INTEGER NOT NULL,
    held INTEGER NOT NULL,
    PRIMARY KEY (line, rev, op)
) STRICT, WITHOUT ROWID;

-- derived: a worker's day: sums of due and pieces
CREATE TABLE day_sum (
    worker INTEGER NOT NULL,
    day    INTEGER NOT NULL,
    fen    INTEGER NOT NULL,
    facts  INTEGER NOT NULL, -- reports and corrections in which he has a share, undone ones left out
    pieces INTEGER NOT NULL, -- that count (verdict.counted); a crew's piece stands with each of its workers
    held   INTEGER NOT NULL, -- pieces
    PRIMARY KEY (day, worker)
) STRICT, WITHOUT ROWID;

-- derived: up to where each kiosk's events are in these books
CREATE TABLE kiosk_mark (
    kiosk INTEGER NOT NULL,
    epoch_counter INTEGER NOT NULL,
    epoch_random  INTEGER NOT NULL,
    seq   INTEGER NOT NULL,
    day   INTEGER NOT NULL, -- shift date of its newest event: the lower bound of the next
    taken_ms INTEGER NOT NULL, -- when its newest event was taken
    PRIMARY KEY (kiosk, epoch_counter, epoch_random)
) STRICT, WITHOUT ROWID;

-- derived: where workers signed in last: feed audience 2
CREATE TABLE worker_kiosk (
    worker INTEGER NOT NULL,
    kiosk  INTEGER NOT NULL,
    day    INTEGER NOT NULL,
    PRIMARY KEY (worker, kiosk)
) STRICT, WITHOUT ROWID;

-- derived: what needs a person: reason + name of the event, so that a rebuild finds it again
CREATE TABLE exception (
    reason TEXT NOT NULL,
    name   BLOB NOT NULL,
    number INTEGER NOT NULL,
    at_ms  INTEGER NOT NULL,
    say    TEXT NOT NULL,
    PRIMARY KEY (reason, name)
) STRICT, WITHOUT ROWID;
