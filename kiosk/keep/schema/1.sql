-- The kiosk's database. Three kinds of tables: who this kiosk is, what it recorded (never changed, kept at least 35 days
-- after the server had it), and what it learnt from the server's feed (read anew whenever the server's epoch changes).
-- Epochs, runs and kiosks are 64 random bits, kept as signed integers. Days count from 1970-01-01, times are ms UTC.

-- ---- Who

-- One row. What the enrolment brought is NULL before it.
CREATE TABLE identity (
    one       INTEGER PRIMARY KEY CHECK (one = 1),
    kiosk     INTEGER NOT NULL,  -- made with the database
    token     TEXT,              -- of the newest enrolment that was tried, and the key made for it,
    token_key BLOB,              -- so that the same request can be sent again
    address   TEXT,
    port      INTEGER,
    is_tls    INTEGER,
    ca_pem    BLOB,
    key       BLOB,
    station   TEXT
) STRICT;

-- One row: where this kiosk stands with the server.
CREATE TABLE place (
    one           INTEGER PRIMARY KEY CHECK (one = 1),
    dealt_counter INTEGER NOT NULL,  -- epoch of the server whose word the acknowledged marks are; 0, 0: none
    dealt_random  INTEGER NOT NULL,
    seen_counter  INTEGER NOT NULL,  -- the feed: everything up to here is learnt
    seen_random   INTEGER NOT NULL,
    seen_run      INTEGER NOT NULL,
    seen_feed     INTEGER NOT NULL,
    is_whole      INTEGER NOT NULL,  -- the first snapshot of this server epoch was learnt to its end
    heard_ms      INTEGER NOT NULL,  -- kiosk time at which everything was known, to the minute; -1: never
    floor_ms      INTEGER NOT NULL   -- last known time: a machine without a battery starts in 1970
) STRICT;

-- ---- What was recorded

-- Generations of this kiosk's sequence, in the order of their counters.
CREATE TABLE epoch (
    counter    INTEGER PRIMARY KEY,
    random     INTEGER NOT NULL,
    last_seq   INTEGER NOT NULL,
    last_name  BLOB NOT NULL,     -- of event last_seq; the chain's first hash while there is none
    acked_seq  INTEGER NOT NULL,  -- the server said that it has everything up to here
    acked_name BLOB NOT NULL
) STRICT;

-- Events in the bytes that travel.
CREATE TABLE event (
    n       INTEGER PRIMARY KEY,  -- the order in which they were made
    counter INTEGER NOT NULL REFERENCES epoch,
    seq     INTEGER NOT NULL,
    is_gap  INTEGER NOT NULL,
    upto    INTEGER NOT NULL,     -- of a gap: the last number lost; else seq
    name    BLOB NOT NULL,
    prev    BLOB NOT NULL,
    wall_ms INTEGER NOT NULL,
    line    BLOB NOT NULL,
    UNIQUE (counter, seq)
) STRICT;
CREATE UNIQUE INDEX event_name ON event (name);

-- How far the server had an epoch, by the hour: old enough, and the events up to there may go.
CREATE TABLE acked (
    counter INTEGER NOT NULL,
    hour    INTEGER NOT NULL,
    seq     INTEGER NOT NULL,
    PRIMARY KEY (counter, hour)
) STRICT, WITHOUT ROWID;

-- What look-ups need of reports, undos and corrections; made with the event, gone with it.
CREATE TABLE entry (
    n         INTEGER PRIMARY KEY REFERENCES event ON DELETE CASCADE,
    kind      INTEGER NOT NULL,  -- enum event_kind
    line      INTEGER NOT NULL,  -- line_ref_key(); 0: no sheet
    rev       INTEGER NOT NULL,
    op        INTEGER NOT NULL,
    count     INTEGER NOT NULL,
    bad       INTEGER NOT NULL,
    rework    INTEGER NOT NULL,
    day       INTEGER NOT NULL,
    rate_cfen INTEGER,           -- of that revision, once known
    refers    BLOB               -- name of the event that it cancels
) STRICT;
CREATE INDEX entry_line ON entry (line, n);
CREATE INDEX entry_day ON entry (day);
CREATE INDEX entry_refers ON entry (refers) WHERE refers IS NOT NULL;

CREATE TABLE entry_worker (
    n      INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE,
    place  INTEGER NOT NULL,  -- share order
    worker INTEGER NOT NULL,  -- number; 0: nobody known
    share  INTEGER NOT NULL,
    PRIMARY KEY (n, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_worker_worker ON entry_worker (worker, n);

-- ---- What was learnt: docs/protocol.md, "the feed"

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL  -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE station (
    id      TEXT PRIMARY KEY,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE station_op (
    station TEXT NOT NULL,
    code    TEXT NOT NULL,
    PRIMARY KEY (station, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE operation (
    code    TEXT PRIMARY KEY,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    part    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE reason (
    number  INTEGER PRIMARY KEY,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL
) STRICT;

CREATE TABLE worker (
    number        INTEGER PRIMARY KEY,
    name          TEXT NOT NULL,
    sign          INTEGER NOT NULL,
    colour        INTEGER NOT NULL,
    crew          TEXT NOT NULL,
    is_supervisor INTEGER NOT NULL,
    lang          INTEGER NOT NULL,  -- enum lang
    salt          BLOB,              -- NULL: no PIN set
    has_left      INTEGER NOT NULL
) STRICT;

CREATE TABLE badge (
    badge      INTEGER PRIMARY KEY,
    worker     INTEGER NOT NULL,
    is_revoked INTEGER NOT NULL
) STRICT;

CREATE TABLE crew (
    id   TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The newest signed revision of each open line.
CREATE TABLE sheet (
    line       INTEGER PRIMARY KEY,
    rev        INTEGER NOT NULL,
    product    TEXT NOT NULL,
    size       TEXT NOT NULL,
    colour     TEXT NOT NULL,
    opening    TEXT NOT NULL,
    quantity   INTEGER NOT NULL,
    due_day    INTEGER NOT NULL,  -- 0: none
    is_rush    INTEGER NOT NULL,
    is_special INTEGER NOT NULL,
    remarks    TEXT NOT NULL
) STRICT;

CREATE TABLE sheet_op (
    line        INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    code        TEXT NOT NULL,
    part        TEXT NOT NULL,
    planned     INTEGER NOT NULL,
    rate_cfen   INTEGER NOT NULL,
    rework_cfen INTEGER NOT NULL,
    PRIMARY KEY (line, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX sheet_op_code ON sheet_op (code, line);

CREATE TABLE sheet_void (
    line INTEGER NOT NULL,
    rev  INTEGER NOT NULL,
    PRIMARY KEY (line, rev)
) STRICT, WITHOUT ROWID;

CREATE TABLE total (
    line   INTEGER NOT NULL,
    number INTEGER NOT NULL,
    good   INTEGER NOT NULL,
    bad    INTEGER NOT NULL,
    held   INTEGER NOT NULL,
    PRIMARY KEY (line, number)
) STRICT, WITHOUT ROWID;

-- Up to where a line's totals include the events of this kiosk. Older epochs are sent first, so all of them are in.
CREATE TABLE total_mark (
    line    INTEGER PRIMARY KEY,
    counter INTEGER NOT NULL,
    seq     INTEGER NOT NULL
) STRICT;

-- Of a line, or of a whole order: then the line number in the key is 0.
CREATE TABLE stop (
    line  INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    why   TEXT NOT NULL,
    who   TEXT NOT NULL
) STRICT;

-- What the server held, or held once, of this kiosk's events.
CREATE TABLE verdict (
    name    BLOB PRIMARY KEY,
    counted INTEGER NOT NULL,
    held    INTEGER NOT NULL,
    say     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE pay (
    worker INTEGER NOT NULL,
    day    INTEGER NOT NULL,
    box    TEXT NOT NULL,  -- sealed to the worker
    PRIMARY KEY (worker, day)
) STRICT, WITHOUT ROWID;
