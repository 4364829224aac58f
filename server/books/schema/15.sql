-- 15.sql - pay of a crew split by hours and coefficients; remakes [R14]; batches of a large line.

-- fact: how a crew shares from a shift date on: equal, coefficient, hours, both; without a row: equal
CREATE TABLE crew_split (
    crew     TEXT NOT NULL REFERENCES crew (id),
    from_day INTEGER NOT NULL,
    split    TEXT NOT NULL,
    version  INTEGER NOT NULL,
    PRIMARY KEY (crew, from_day)
) STRICT, WITHOUT ROWID;

-- fact: what a worker's time is worth in a crew from a shift date on; without a row: 100
CREATE TABLE crew_coefficient (
    crew       TEXT NOT NULL REFERENCES crew (id),
    worker     INTEGER NOT NULL REFERENCES worker (number),
    from_day   INTEGER NOT NULL,
    hundredths INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    PRIMARY KEY (crew, worker, from_day)
) STRICT, WITHOUT ROWID;

-- derived: what was said of crews: who joined, who left, what two or more of one crew reported
CREATE TABLE crew_fact (
    crew   TEXT NOT NULL,    -- '' = of several crews
    day    INTEGER NOT NULL,
    shift  TEXT NOT NULL,
    number INTEGER NOT NULL, -- of the fact
    kind   INTEGER NOT NULL, -- of the fact
    at_ms  INTEGER NOT NULL, -- the kiosk's time
    PRIMARY KEY (crew, day, shift, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX crew_fact_number ON crew_fact (number);
CREATE INDEX crew_fact_leave ON crew_fact (day, shift) WHERE kind = 7;

-- derived: who was in a crew's shift, where it isn't split equally
CREATE TABLE pool_share (
    crew       TEXT NOT NULL,
    day        INTEGER NOT NULL,
    shift      TEXT NOT NULL,
    worker     INTEGER NOT NULL, -- 0 = nobody known, told apart by his badge
    badge      INTEGER NOT NULL,
    split      TEXT NOT NULL,
    minutes    INTEGER NOT NULL,
    coefficient INTEGER NOT NULL, -- hundredths
    settles_ms INTEGER NOT NULL, -- until then it may change without a word
    PRIMARY KEY (crew, day, shift, worker, badge)
) STRICT, WITHOUT ROWID;

CREATE INDEX pool_share_day ON pool_share (day);

-- fact: lines that make anew what was scrapped [R14]; their numbers count down from 99
CREATE TABLE remake (
    line     INTEGER PRIMARY KEY REFERENCES line (line),
    of_line  INTEGER NOT NULL REFERENCES line (line),
    event    BLOB,             -- the report of the bad pieces; NULL = known otherwise
    pieces   INTEGER NOT NULL, -- doors
    start_op INTEGER NOT NULL, -- the first operation that is done again
    reason   INTEGER NOT NULL, -- of table reason, 0 = none of them
    cause    TEXT NOT NULL,
    approver TEXT NOT NULL,
    at_ms    INTEGER NOT NULL,
    seen_by  TEXT NOT NULL,    -- at the order desk, '' = not yet
    seen_ms  INTEGER,
    version  INTEGER NOT NULL
) STRICT;
CREATE INDEX remake_of ON remake (of_line);
CREATE INDEX remake_open ON remake (at_ms) WHERE seen_by = '';
CREATE INDEX remake_event ON remake (event) WHERE event IS NOT NULL;

-- fact: lines that a large one was split into before its release; money stays with the order
CREATE TABLE batch (
    line    INTEGER PRIMARY KEY REFERENCES line (line),
    of_line INTEGER NOT NULL REFERENCES line (line),
    place   INTEGER NOT NULL, -- 1, 2, 3 ...; 1 is the line itself
    of_all  INTEGER NOT NULL, -- batches of that line
    at_ms   INTEGER NOT NULL,
    by_user TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX batch_of ON batch (of_line);
