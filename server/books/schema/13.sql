-- 13.sql - enquiries: who asked where an order is, who took it first, what the floor and the customer were told [R9].

-- fact: enquiries. first_owner took it and answers for it until another accepted it [R6]
CREATE TABLE enquiry (
    id          INTEGER PRIMARY KEY,
    order_id    INTEGER NOT NULL REFERENCES orders (id),
    line        INTEGER NOT NULL, -- 0 = the whole order
    who         TEXT NOT NULL,    -- on the customer's side
    text        TEXT NOT NULL,    -- what he wants to know, '' = where it is
    first_owner TEXT NOT NULL,
    owner       TEXT NOT NULL,
    to_user     TEXT NOT NULL,    -- handed to him, who hasn't accepted yet; '' = nobody
    to_note     TEXT NOT NULL,
    asked_ms    INTEGER NOT NULL,
    until_ms    INTEGER NOT NULL, -- to be answered by then
    station     TEXT NOT NULL,    -- which was asked last, '' = none yet
    station_line INTEGER NOT NULL, -- about which line
    station_ms  INTEGER,
    station_feed INTEGER NOT NULL, -- the feed number that told it: an answer that had not seen it answers an earlier one
    told        TEXT NOT NULL,    -- what the customer was told
    closed_by   TEXT NOT NULL,    -- '' = open
    closed_ms   INTEGER,
    version     INTEGER NOT NULL
) STRICT;
CREATE INDEX enquiry_open ON enquiry (until_ms) WHERE closed_by = '';
CREATE INDEX enquiry_order ON enquiry (order_id);

-- derived: what a station answered by one touch
CREATE TABLE enquiry_answer (
    number    INTEGER PRIMARY KEY, -- of the fact
    enquiry   INTEGER NOT NULL,
    word      TEXT NOT NULL,       -- working, today, material, absent
    seen_feed INTEGER NOT NULL
) STRICT;
CREATE INDEX enquiry_answer_enquiry ON enquiry_answer (enquiry, number);
