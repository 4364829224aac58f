-- 10.sql - money announced, confirmed, spread and reversed [R8]; deposits, guarantors [R16a]; overrides [R16b].

-- fact: money that came, or was said to come [R8]: announced by one person, confirmed by finance; never edited: refused where it
-- didn't come, reversed where it went back. The sum that arrived may be another than the one announced: both stay.
CREATE TABLE transfer (
    id           INTEGER PRIMARY KEY,
    day          INTEGER NOT NULL, -- on which it was paid, as announced
    fen          INTEGER NOT NULL, -- announced, above 0
    method       TEXT NOT NULL,    -- bank, wechat, alipay, cash, bill, other
    payer        TEXT NOT NULL,
    slip         TEXT NOT NULL,    -- number of the bank's slip, '' = none
    customer     INTEGER NOT NULL, -- whose money it is; 0 = known by his name alone
    who          TEXT NOT NULL,    -- his name as orders bear it
    note         TEXT NOT NULL,
    hash         BLOB REFERENCES file (hash), -- picture of the slip
    file_name    TEXT NOT NULL,
    by_user      TEXT NOT NULL,
    at_ms        INTEGER NOT NULL,
    state        INTEGER NOT NULL, -- 0 announced, 1 arrived, 2 it didn't come, 3 reversed
    in_day       INTEGER,          -- arrived
    in_fen       INTEGER,
    differs      TEXT NOT NULL,    -- why another sum arrived
    confirmed_by TEXT NOT NULL,
    confirmed_ms INTEGER,
    ended_why    TEXT NOT NULL,    -- of states 2 and 3
    ended_by     TEXT NOT NULL,
    ended_ms     INTEGER,
    version      INTEGER NOT NULL
) STRICT;
CREATE INDEX transfer_open ON transfer (at_ms) WHERE state = 0;
CREATE INDEX transfer_day ON transfer (in_day);
CREATE INDEX transfer_slip ON transfer (slip);
CREATE INDEX transfer_customer ON transfer (customer, who);

-- fact: what of a transfer is for which order; a part that is taken back is the customer's prepayment again
CREATE TABLE spread (
    id       INTEGER PRIMARY KEY,
    transfer INTEGER NOT NULL REFERENCES transfer (id),
    order_id INTEGER NOT NULL REFERENCES orders (id),
    fen      INTEGER NOT NULL, -- above 0
    state    INTEGER NOT NULL, -- 0 announced so, 1 counts, 2 taken back, 3 it was spread otherwise
    by_user  TEXT NOT NULL,
    at_ms    INTEGER NOT NULL,
    off_why  TEXT NOT NULL,
    off_by   TEXT NOT NULL,
    off_ms   INTEGER,
    version  INTEGER NOT NULL
) STRICT;
CREATE INDEX spread_order ON spread (order_id, state);
CREATE INDEX spread_transfer ON spread (transfer);

-- derived: what of a transfer that arrived is for no order yet: the customer's prepayment (预付款). Made of the office's own
-- records as they are written; no event is in it, so a rebuild leaves it alone.
CREATE TABLE prepaid (
    transfer INTEGER PRIMARY KEY REFERENCES transfer (id),
    customer INTEGER NOT NULL,
    who      TEXT NOT NULL,
    fen      INTEGER NOT NULL -- above 0
) STRICT;
CREATE INDEX prepaid_customer ON prepaid (customer, who);

-- fact: what an imported order is worth, where its lines don't say so; two persons
CREATE TABLE amount (
    order_id INTEGER PRIMARY KEY REFERENCES orders (id),
    fen      INTEGER NOT NULL,
    why      TEXT NOT NULL,
    by_user  TEXT NOT NULL,
    at_ms    INTEGER NOT NULL,
    version  INTEGER NOT NULL
) STRICT;

-- fact: who stands in for deposits that didn't come yet [R16a]: with signature, limit and last day
CREATE TABLE guarantor (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    phone      TEXT NOT NULL,
    limit_fen  INTEGER NOT NULL, -- shared by the orders that he covers
    signed_day INTEGER NOT NULL,
    until_day  INTEGER NOT NULL, -- he counts on that day too
    hash       BLOB NOT NULL REFERENCES file (hash), -- what he signed
    file_name  TEXT NOT NULL,
    note       TEXT NOT NULL,
    is_off     INTEGER NOT NULL,
    by_user    TEXT NOT NULL,
    version    INTEGER NOT NULL
) STRICT;

-- fact: which order he covers for how much; freed when its money is there
CREATE TABLE cover (
    id        INTEGER PRIMARY KEY,
    guarantor INTEGER NOT NULL REFERENCES guarantor (id),
    order_id  INTEGER NOT NULL REFERENCES orders (id),
    fen       INTEGER NOT NULL, -- above 0
    by_user   TEXT NOT NULL,
    at_ms     INTEGER NOT NULL,
    is_off    INTEGER NOT NULL,
    off_why   TEXT NOT NULL,
    off_by    TEXT NOT NULL,
    off_ms    INTEGER,
    version   INTEGER NOT NULL
) STRICT;
CREATE INDEX cover_order ON cover (order_id);
CREATE INDEX cover_guarantor ON cover (guarantor) WHERE is_off = 0;

-- fact: goods that may leave unpaid [R16b]: by two persons, one a manager; how much may be missing, why, who answers for it
CREATE TABLE unpaid (
    id       INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES orders (id),
    fen      INTEGER NOT NULL, -- above 0
    why      TEXT NOT NULL,
    answers  TEXT NOT NULL,
    by_user  TEXT NOT NULL,    -- both, separated by a comma
    at_ms    INTEGER NOT NULL,
    is_off   INTEGER NOT NULL,
    off_why  TEXT NOT NULL,
    off_by   TEXT NOT NULL,
    off_ms   INTEGER,
    version  INTEGER NOT NULL
) STRICT;
CREATE INDEX unpaid_order ON unpaid (order_id);

CREATE INDEX line_unreleased ON line (order_id) WHERE rev = 0;
