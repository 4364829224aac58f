-- 7.sql - the order register: what came in writing, the orders made of it, their lines' fields, and what has to be asked.

-- fact: the order register (接单信息登记本): what came, when and in which writing [R4]; order_id NULL = not placed yet
CREATE TABLE receipt (
    id          INTEGER PRIMARY KEY,
    customer    INTEGER NOT NULL, -- 0 = not known yet, see who
    who         TEXT NOT NULL,
    received_ms INTEGER NOT NULL,
    source      TEXT NOT NULL,    -- file, walkin, sales
    signed      TEXT NOT NULL,    -- who signed it
    note        TEXT NOT NULL,
    taken_by    TEXT NOT NULL,
    until_ms    INTEGER NOT NULL, -- to be placed by then [R24]
    order_id    INTEGER,
    version     INTEGER NOT NULL
) STRICT;
CREATE INDEX receipt_open ON receipt (until_ms) WHERE order_id IS NULL;

-- fact: what an order of the register says beside its row in orders; imported orders have none
CREATE TABLE head (
    order_id    INTEGER PRIMARY KEY REFERENCES orders (id),
    customer    INTEGER NOT NULL REFERENCES customer (id),
    receipt     INTEGER NOT NULL REFERENCES receipt (id),
    salesperson TEXT NOT NULL,
    desk        TEXT NOT NULL,    -- the follow-up clerk: a user
    placed_ms   INTEGER NOT NULL,
    placed_by   TEXT NOT NULL,
    is_project  INTEGER NOT NULL,
    rush_owner  TEXT NOT NULL,    -- '' = no rush [R22]
    rush_reason TEXT NOT NULL,
    doubt       TEXT NOT NULL,    -- about date or feasibility, '' = none [R22]
    remarks     TEXT NOT NULL,
    version     INTEGER NOT NULL
) STRICT;
CREATE INDEX head_customer ON head (customer);

-- fact: a line's fields [R2] as books/spec.c writes them, and what it costs; imported lines have a price at most
CREATE TABLE spec (
    line       INTEGER PRIMARY KEY REFERENCES line (line),
    fields     TEXT NOT NULL,    -- JSON object of texts, '' = imported
    price_fen  INTEGER NOT NULL, -- a door
    extra_fen  INTEGER NOT NULL, -- once for the line
    extra_why  TEXT NOT NULL,
    amount_fen INTEGER NOT NULL, -- quantity x price + extra
    version    INTEGER NOT NULL
) STRICT;

-- issued: files that people sent, kept in files/ beside the books under their hash; kind is what their content is
CREATE TABLE file (
    hash    BLOB PRIMARY KEY,
    kind    TEXT NOT NULL, -- pdf, png, jpeg, webp, xlsx, xls
    bytes   INTEGER NOT NULL,
    at_ms   INTEGER NOT NULL,
    by_user TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- fact: what hangs on a receipt or an order
CREATE TABLE attached (
    id       INTEGER PRIMARY KEY,
    receipt  INTEGER NOT NULL, -- 0 = none
    order_id INTEGER NOT NULL, -- 0 = none
    kind     TEXT NOT NULL,    -- source, confirmation, drawing, other
    hash     BLOB NOT NULL REFERENCES file (hash),
    name     TEXT NOT NULL,
    at_ms    INTEGER NOT NULL,
    by_user  TEXT NOT NULL,
    is_off   INTEGER NOT NULL,
    version  INTEGER NOT NULL
) STRICT;
CREATE INDEX attached_receipt ON attached (receipt);
CREATE INDEX attached_order ON attached (order_id);

-- fact: what somebody else has to say yes to: rush and dates [R22], foreign colours and materials [R7], special shapes [R5]
CREATE TABLE question (
    id          INTEGER PRIMARY KEY,
    order_id    INTEGER NOT NULL REFERENCES orders (id),
    line        INTEGER NOT NULL, -- 0 = the whole order
    kind        TEXT NOT NULL,    -- rush, date, foreign, special
    text        TEXT NOT NULL,
    asked       TEXT NOT NULL,    -- role that answers
    asked_by    TEXT NOT NULL,
    asked_ms    INTEGER NOT NULL,
    answer      TEXT NOT NULL,    -- '' = open, yes, no, over = not asked any more
    note        TEXT NOT NULL,
    answered_by TEXT NOT NULL,
    answered_ms INTEGER,
    told_by     TEXT NOT NULL,    -- who told the customer [R5]
    told_ms     INTEGER,
    version     INTEGER NOT NULL
) STRICT;
CREATE INDEX question_order ON question (order_id);
CREATE INDEX question_open ON question (asked_ms) WHERE answer = '';
