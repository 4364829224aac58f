-- 19.sql - rebates: what a customer gets back of what he paid.

-- fact: a rebate agreed with a customer for a span of days [R19]: a rate of the money that came in, or a sum; it counts once
-- finance has confirmed it, and is never edited, only struck out
CREATE TABLE rebate (
    id       INTEGER PRIMARY KEY,
    customer INTEGER NOT NULL REFERENCES customer (id),
    from_day INTEGER NOT NULL,
    to_day   INTEGER NOT NULL,
    rate     INTEGER NOT NULL, -- 1/100 %; 0 = a sum was agreed
    fen      INTEGER NOT NULL, -- the sum; of a rate 0 until it is confirmed
    why      TEXT NOT NULL,
    state    INTEGER NOT NULL, -- 0 agreed, 1 confirmed, 2 struck out
    by_user  TEXT NOT NULL,
    at_ms    INTEGER NOT NULL,
    done_by  TEXT NOT NULL,    -- who confirmed it or struck it out
    done_ms  INTEGER,
    done_why TEXT NOT NULL,
    version  INTEGER NOT NULL
) STRICT;
CREATE INDEX rebate_customer ON rebate (customer, to_day);
CREATE INDEX rebate_to ON rebate (to_day);
