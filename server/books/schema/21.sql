-- 21.sql - cases, changes of several lines.

-- fact: quality and after-sales cases, followed until closed [R15] [R36]
CREATE TABLE cases (
    id         INTEGER PRIMARY KEY,
    order_id   INTEGER NOT NULL REFERENCES orders (id),
    line       INTEGER NOT NULL, -- 0 = the whole order
    pieces     TEXT NOT NULL,    -- which doors, as their labels say; '' = not said
    note       INTEGER NOT NULL, -- the delivery note whose arrival receipt it is about, 0 = none
    event      BLOB,             -- the report it is about, by name
    kind       TEXT NOT NULL,
    what       TEXT NOT NULL,
    who        TEXT NOT NULL,    -- who called; '' = the house itself
    fault      TEXT NOT NULL,    -- customer, transport, product; '' = not known yet
    opened_by  TEXT NOT NULL,
    opened_ms  INTEGER NOT NULL,
    owner      TEXT NOT NULL,
    to_user    TEXT NOT NULL,    -- handed over to, not accepted yet [R6]
    to_note    TEXT NOT NULL,
    due_ms     INTEGER NOT NULL,
    cause      TEXT NOT NULL,
    decision   TEXT NOT NULL,    -- repair, remake, send, money, none; '' = not decided
    remedy     TEXT NOT NULL,    -- what is done about it
    cost_fen   INTEGER NOT NULL,
    bearer     TEXT NOT NULL,    -- who bears it: factory, worker, customer, carrier, supplier; '' = it costs nothing
    worker     INTEGER NOT NULL, -- 0 unless a worker bears it
    remake     INTEGER NOT NULL, -- its line, 0 = none
    decided_by TEXT NOT NULL,
    decided_ms INTEGER,
    verified   TEXT NOT NULL,    -- what was found when it was looked at again
    closed_by  TEXT NOT NULL,
    closed_ms  INTEGER,
    version    INTEGER NOT NULL
) STRICT;
CREATE INDEX case_order ON cases (order_id);
CREATE INDEX case_open ON cases (id) WHERE closed_by = '';
CREATE INDEX case_note ON cases (note) WHERE note != 0;

-- what the quote says of a batch or remake, which it doesn't name: with its own doors and mark; '' = it names the line
ALTER TABLE draft ADD COLUMN quoted TEXT NOT NULL DEFAULT '';

-- changes of several lines bear the number of the first: one confirmation, one compensation, one loss; 0 = of one line
ALTER TABLE change ADD COLUMN of_change INTEGER NOT NULL DEFAULT 0;
CREATE INDEX change_set ON change (of_change) WHERE of_change != 0;

-- of which case a file is, 0 = none
ALTER TABLE attached ADD COLUMN of_case INTEGER NOT NULL DEFAULT 0;
CREATE INDEX attached_case ON attached (of_case) WHERE of_case != 0;
