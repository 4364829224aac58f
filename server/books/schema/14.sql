-- 14.sql - exceptions: what else needs a person, who takes care of it, what he said; a clerk's day closed [R18].

-- derived: work that nobody reported: a later operation of the newest revision proves that it was done [R41]
CREATE TABLE op_missing (
    line   INTEGER NOT NULL,
    rev    INTEGER NOT NULL,
    op     INTEGER NOT NULL,
    pieces INTEGER NOT NULL,
    number INTEGER NOT NULL, -- of the fact that proves it first
    at_ms  INTEGER NOT NULL, -- when that was taken
    say    TEXT NOT NULL,
    PRIMARY KEY (line, op)
) STRICT, WITHOUT ROWID;

-- derived: the first event of a kiosk and shift date of which nobody can tell when it was made
CREATE TABLE clock_doubt (
    kiosk  INTEGER NOT NULL,
    day    INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (kiosk, day)
) STRICT, WITHOUT ROWID;

-- issued: reports that were faster than hands, as judge/speed.c found them when they came; flags, no verdicts
CREATE TABLE speed_flag (
    what   TEXT NOT NULL, -- speed.fast, speed.twice
    name   BLOB NOT NULL, -- of the event
    number INTEGER NOT NULL,
    worker INTEGER NOT NULL,
    day    INTEGER NOT NULL,
    at_ms  INTEGER NOT NULL,
    say    TEXT NOT NULL,
    PRIMARY KEY (what, name)
) STRICT, WITHOUT ROWID;

-- fact: who takes care of an exception, and what was said of it. Keyed as exceptions are, so that a rebuild finds it again
CREATE TABLE settled (
    reason     TEXT NOT NULL,
    name       BLOB NOT NULL,
    owner      TEXT NOT NULL,    -- '' = whose role it is
    to_user    TEXT NOT NULL,    -- handed to him, who hasn't accepted yet [R6]
    to_note    TEXT NOT NULL,
    carried    INTEGER NOT NULL, -- over how many closes of a day
    why        TEXT NOT NULL,    -- what was found out, or done
    settled_by TEXT NOT NULL,    -- '' = open
    settled_ms INTEGER,
    told       TEXT NOT NULL,    -- what it said then: where it says something else now it is open again
    version    INTEGER NOT NULL,
    PRIMARY KEY (reason, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX settled_owner ON settled (owner) WHERE settled_by = '';

-- fact: a clerk's day, closed with what is open carried over
CREATE TABLE day_close (
    "user"    TEXT NOT NULL,
    day       INTEGER NOT NULL,
    closed_ms INTEGER NOT NULL,
    open_n    INTEGER NOT NULL, -- carried over
    to_user   TEXT NOT NULL,    -- to whom; '' = to his own next day
    note      TEXT NOT NULL,
    version   INTEGER NOT NULL,
    PRIMARY KEY ("user", day)
) STRICT, WITHOUT ROWID;

CREATE INDEX fact_decide ON fact (number) WHERE kind = 24;
