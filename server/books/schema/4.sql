-- Payroll: periods, what they paid, what waits for the next one.

-- fact: pay periods from their check on, by their last shift date; what no row covers is open
CREATE TABLE period (
    to_day     INTEGER PRIMARY KEY,
    from_day   INTEGER NOT NULL,
    state      INTEGER NOT NULL, -- 0 the check was taken back, 1 checked, 2 closed
    upto       INTEGER NOT NULL, -- inbox number at which its lines stand still
    pay_day    INTEGER NOT NULL,
    employer   TEXT NOT NULL,
    checked_by TEXT NOT NULL,
    checked_ms INTEGER NOT NULL,
    closed_by  TEXT NOT NULL,    -- '' = not closed
    closed_ms  INTEGER NOT NULL,
    version    INTEGER NOT NULL
) STRICT;

-- issued: what a period pays for each fact and worker, what it is due now less what earlier periods paid. A check that is
-- taken back takes its lines with it; those of a closed period are never touched.
CREATE TABLE pay_line (
    period    INTEGER NOT NULL REFERENCES period (to_day),
    worker    INTEGER NOT NULL,
    number    INTEGER NOT NULL, -- of the fact, then: order only
    share     INTEGER NOT NULL,
    name      BLOB NOT NULL,    -- of the event
    day       INTEGER NOT NULL,
    is_time   INTEGER NOT NULL, -- day work
    line      INTEGER NOT NULL,
    rev       INTEGER NOT NULL,
    op        INTEGER NOT NULL,
    pieces    INTEGER NOT NULL, -- that count now; of day work: minutes
    rate_cfen INTEGER NOT NULL,
    fen       INTEGER NOT NULL,
    PRIMARY KEY (period, worker, number, share)
) STRICT, WITHOUT ROWID;
CREATE INDEX pay_line_op ON pay_line (line, rev, op) WHERE line > 0;

-- issued: a worker's slip of a period, and his line of the sign-off and bank lists
CREATE TABLE slip (
    period      INTEGER NOT NULL REFERENCES period (to_day),
    worker      INTEGER NOT NULL,
    name        TEXT NOT NULL,
    crew        TEXT NOT NULL,
    id_number   TEXT NOT NULL,
    phone       TEXT NOT NULL,
    bank        TEXT NOT NULL,
    account     TEXT NOT NULL,
    days        INTEGER NOT NULL, -- shift dates with work
    minutes     INTEGER NOT NULL, -- of day work
    pieces      INTEGER NOT NULL,
    lines       INTEGER NOT NULL, -- rows of pay_line
    piece_fen   INTEGER NOT NULL, -- of this period's own dates
    time_fen    INTEGER NOT NULL, -- day work of them
    late_fen    INTEGER NOT NULL, -- of earlier dates: later pay, or deduction
    bonus_fen   INTEGER NOT NULL,
    fine_fen    INTEGER NOT NULL, -- taken now, like the next two
    loss_fen    INTEGER NOT NULL,
    advance_fen INTEGER NOT NULL,
    brought_fen INTEGER NOT NULL, -- below 0: he owes it from the period before
    net_fen     INTEGER NOT NULL, -- paid out, never below 0
    owed_fen    INTEGER NOT NULL, -- below 0: the next period begins with it
    carried_fen INTEGER NOT NULL, -- deductions left for later periods
    held        INTEGER NOT NULL, -- pieces that wait for a decision, not in it
    PRIMARY KEY (period, worker)
) STRICT, WITHOUT ROWID;

-- derived: what facts of paid dates are due now less what periods paid for them; none where that is nothing. Worker 0: of
-- nobody known yet
CREATE TABLE late (
    worker INTEGER NOT NULL,
    name   BLOB NOT NULL, -- of the event
    share  INTEGER NOT NULL,
    fen    INTEGER NOT NULL,
    PRIMARY KEY (worker, name, share)
) STRICT, WITHOUT ROWID;

-- derived: one row: whether `late` is kept up; after a rebuild it is made once more
CREATE TABLE late_place (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    is_whole INTEGER NOT NULL
) STRICT;
INSERT INTO late_place VALUES (1, 1);

-- fact: whose pay goes where: what the law wants on a slip, and the bank
CREATE TABLE payee (
    worker    INTEGER PRIMARY KEY,
    id_number TEXT NOT NULL,
    phone     TEXT NOT NULL,
    bank      TEXT NOT NULL,
    account   TEXT NOT NULL,
    version   INTEGER NOT NULL
) STRICT;

-- fact: what the office adds to wages or takes from them [R40]; struck out, never edited
CREATE TABLE adjustment (
    id       INTEGER PRIMARY KEY,
    worker   INTEGER NOT NULL,
    day      INTEGER NOT NULL, -- it belongs to that date's period, or to the open one
    kind     TEXT NOT NULL,    -- bonus, fine, loss, advance
    fen      INTEGER NOT NULL, -- above 0
    why      TEXT NOT NULL,
    rule     TEXT NOT NULL,    -- which rule of the house says so
    state    INTEGER NOT NULL, -- 0 entered, 1 approved, 2 struck out
    by_user  TEXT NOT NULL,
    at_ms    INTEGER NOT NULL,
    approver TEXT NOT NULL,
    version  INTEGER NOT NULL
) STRICT;
CREATE INDEX adjustment_worker ON adjustment (worker);

-- issued: what a period paid or took of each adjustment
CREATE TABLE pay_item (
    period     INTEGER NOT NULL REFERENCES period (to_day),
    worker     INTEGER NOT NULL,
    adjustment INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    why        TEXT NOT NULL,
    rule       TEXT NOT NULL,
    approver   TEXT NOT NULL,
    whole_fen  INTEGER NOT NULL, -- of the adjustment, signed
    fen        INTEGER NOT NULL, -- in this period, signed: below 0 it was taken
    PRIMARY KEY (period, worker, adjustment)
) STRICT, WITHOUT ROWID;
CREATE INDEX pay_item_adjustment ON pay_item (adjustment);

-- issued: what was open when a period was checked: pieces held, faults undecided, objections, work that nobody is paid
-- for [R41]
CREATE TABLE pay_open (
    period INTEGER NOT NULL REFERENCES period (to_day),
    place  INTEGER NOT NULL, -- 1, 2, 3 ...
    what   TEXT NOT NULL,    -- held, bad, object, nobody, missing, adjustment
    name   BLOB,             -- of the event, where it is one
    worker INTEGER NOT NULL, -- 0 = nobody
    line   INTEGER NOT NULL,
    rev    INTEGER NOT NULL,
    op     INTEGER NOT NULL,
    pieces INTEGER NOT NULL,
    fen    INTEGER NOT NULL,
    PRIMARY KEY (period, place)
) STRICT, WITHOUT ROWID;

ALTER TABLE day_sum ADD COLUMN time_fen INTEGER NOT NULL DEFAULT 0; -- of fen: day work
CREATE INDEX adjustment_open ON adjustment (state, day);
