-- 8.sql - quotes, and sheets on their way from the confirmed quote to the floor.

-- issued: quotes as they went out [R4]; a new one has the next number
CREATE TABLE quote (
    order_id  INTEGER NOT NULL REFERENCES orders (id),
    n         INTEGER NOT NULL,
    at_ms     INTEGER NOT NULL,
    by_user   TEXT NOT NULL,
    total_fen INTEGER NOT NULL,
    PRIMARY KEY (order_id, n)
) STRICT, WITHOUT ROWID;

-- issued: a quote's lines, exactly as the order said them then
CREATE TABLE quote_line (
    order_id   INTEGER NOT NULL,
    n          INTEGER NOT NULL,
    line       INTEGER NOT NULL,
    fields     TEXT NOT NULL,
    price_fen  INTEGER NOT NULL,
    extra_fen  INTEGER NOT NULL,
    extra_why  TEXT NOT NULL,
    amount_fen INTEGER NOT NULL,
    PRIMARY KEY (order_id, n, line),
    FOREIGN KEY (order_id, n) REFERENCES quote (order_id, n)
) STRICT, WITHOUT ROWID;

-- fact: where an order's quotes stand: the newest, and which one the customer confirmed, recorded with its day [R4]
CREATE TABLE quoted (
    order_id     INTEGER PRIMARY KEY REFERENCES orders (id),
    n            INTEGER NOT NULL, -- newest quote
    sent_ms      INTEGER NOT NULL,
    confirmed_n  INTEGER NOT NULL, -- 0 = none yet
    confirmed_day INTEGER,
    how          TEXT NOT NULL,    -- wechat, fax, mail, signed
    person       TEXT NOT NULL,    -- who confirmed, on the customer's side
    note         TEXT NOT NULL,
    by_user      TEXT NOT NULL,    -- who recorded it
    confirmed_ms INTEGER,
    chased_by    TEXT NOT NULL,
    chased_ms    INTEGER,
    version      INTEGER NOT NULL
) STRICT;
CREATE INDEX quoted_open ON quoted (sent_ms) WHERE confirmed_n < n;

-- fact: sheets before their release, made from the confirmed quote [R10]; ops: JSON [[op,code,part,per door,rate,rework
-- rate,days before delivery],...]. What is signed is the hash of both [R17].
CREATE TABLE draft (
    line         INTEGER PRIMARY KEY REFERENCES line (line),
    rev          INTEGER NOT NULL,
    quote_n      INTEGER NOT NULL,
    maker        TEXT NOT NULL,
    editor       TEXT NOT NULL, -- who changed it last
    made_ms      INTEGER NOT NULL,
    fields       TEXT NOT NULL,
    ops          TEXT NOT NULL,
    returned_by  TEXT NOT NULL, -- a reviewer who sent it back, '' = nobody
    returned_why TEXT NOT NULL,
    released_ms  INTEGER,
    version      INTEGER NOT NULL
) STRICT;
CREATE INDEX draft_open ON draft (made_ms) WHERE released_ms IS NULL;

-- fact: why a sheet differs from its quote: holds for exactly these two texts [R10]
CREATE TABLE difference (
    line    INTEGER NOT NULL,
    rev     INTEGER NOT NULL,
    field   TEXT NOT NULL,
    quoted  TEXT NOT NULL,
    sheet   TEXT NOT NULL,
    why     TEXT NOT NULL,
    by_user TEXT NOT NULL,
    at_ms   INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (line, rev, field)
) STRICT, WITHOUT ROWID;

-- fact: reviewers of a sheet by kind: claims [R35] and signatures [R17]; signed_for: whose deputy signed
CREATE TABLE review (
    line       INTEGER NOT NULL,
    rev        INTEGER NOT NULL,
    kind       TEXT NOT NULL, -- taker, quoter, manager, technical, supervisor
    claimed_by TEXT NOT NULL,
    claimed_ms INTEGER,
    signed_by  TEXT NOT NULL,
    signed_for TEXT NOT NULL,
    signed_ms  INTEGER,
    hash       BLOB,
    version    INTEGER NOT NULL,
    PRIMARY KEY (line, rev, kind)
) STRICT, WITHOUT ROWID;

-- fact: who signs for whom, from day to day [R17]
CREATE TABLE deputy (
    "user"   TEXT NOT NULL,
    deputy   TEXT NOT NULL,
    from_day INTEGER NOT NULL,
    to_day   INTEGER NOT NULL,
    version  INTEGER NOT NULL,
    PRIMARY KEY ("user", deputy, from_day)
) STRICT, WITHOUT ROWID;

-- fact: when a released sheet begins, and in which sequence of its day [R12]
CREATE TABLE plan (
    line     INTEGER NOT NULL,
    rev      INTEGER NOT NULL,
    day      INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    version  INTEGER NOT NULL,
    PRIMARY KEY (line, rev)
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_day ON plan (day, sequence);

-- issued: the day on which each operation of a released sheet is due [R12]
CREATE TABLE sheet_due (
    line    INTEGER NOT NULL,
    rev     INTEGER NOT NULL,
    op      INTEGER NOT NULL,
    due_day INTEGER NOT NULL,
    PRIMARY KEY (line, rev, op),
    FOREIGN KEY (line, rev) REFERENCES sheet (line, rev)
) STRICT, WITHOUT ROWID;
