-- 9.sql - what the follow-up clerk did about an order's day.

-- fact: rush alerts acknowledged [R30], new dates given with who told the customer, who is responsible for a late order [R31]
CREATE TABLE follow (
    id          INTEGER PRIMARY KEY,
    order_id    INTEGER NOT NULL REFERENCES orders (id),
    kind        TEXT NOT NULL, -- seen, day, cause
    day         INTEGER,       -- of kind day: the new date
    told        TEXT NOT NULL, -- of kind day: who told the customer
    responsible TEXT NOT NULL, -- of kind cause
    cause       TEXT NOT NULL,
    by_user     TEXT NOT NULL,
    at_ms       INTEGER NOT NULL,
    version     INTEGER NOT NULL
) STRICT;
CREATE INDEX follow_order ON follow (order_id, kind);
CREATE INDEX line_due ON line (due_day);
