-- 5.sql - who did the rest of a line and when, where its papers are, and which stops were acknowledged here.

-- ---- What was recorded

-- Which paper of its line an entry names; 0: none, or it was recorded before papers were told apart.
ALTER TABLE entry ADD COLUMN copy INTEGER NOT NULL DEFAULT 0;

-- Stops that were acknowledged here by badge. Gone with the stop.
CREATE TABLE answered (
    line  INTEGER NOT NULL,  -- of the stop, or its order's
    at_ms INTEGER NOT NULL,  -- when it was stopped
    n     INTEGER NOT NULL,  -- of the event
    PRIMARY KEY (line, at_ms)
) STRICT, WITHOUT ROWID;

-- ---- What was learnt

-- The newest report of an operation, of all kiosks.
CREATE TABLE last_report (
    line    INTEGER NOT NULL,
    number  INTEGER NOT NULL,
    station TEXT NOT NULL,
    worker  INTEGER NOT NULL,  -- 0: nobody known
    wall_ms INTEGER NOT NULL,
    PRIMARY KEY (line, number)
) STRICT, WITHOUT ROWID;

-- Where a line's papers were scanned last.
CREATE TABLE paper (
    line    INTEGER NOT NULL,
    rev     INTEGER NOT NULL,
    copy    INTEGER NOT NULL,
    station TEXT NOT NULL,
    worker  INTEGER NOT NULL,
    wall_ms INTEGER NOT NULL,
    is_in   INTEGER NOT NULL,  -- handed in
    PRIMARY KEY (line, rev, copy)
) STRICT, WITHOUT ROWID;
