-- 8.sql - what the office asks at a station.

-- ---- What was recorded

-- Questions that were answered here, by number and when they were asked. Gone with the question.
CREATE TABLE said (
    id    INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (id, at_ms)
) STRICT, WITHOUT ROWID;

-- ---- What was learnt

CREATE TABLE asked (
    id      INTEGER PRIMARY KEY,  -- of the enquiry
    line    INTEGER NOT NULL,
    station TEXT NOT NULL,
    who     TEXT NOT NULL,        -- who asks, in the office
    text    TEXT NOT NULL,        -- what: '' = where it is
    at_ms   INTEGER NOT NULL
) STRICT;
