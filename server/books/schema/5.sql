-- 5.sql - whom the house sells to, what it sells, and how long it takes.

-- fact: customers: name, phone and address are never empty [R32]
CREATE TABLE customer (
    id             INTEGER PRIMARY KEY,
    name           TEXT NOT NULL,
    phone          TEXT NOT NULL,
    address        TEXT NOT NULL,
    region         TEXT NOT NULL,
    class          TEXT NOT NULL,    -- breaks ties of the plan: A before B before ''
    is_dealer      INTEGER NOT NULL,
    is_new         INTEGER NOT NULL,
    is_sample      INTEGER NOT NULL, -- gets his first sample
    price_list     TEXT NOT NULL,    -- which one was handed over, '' = none
    price_list_day INTEGER,          -- when; NULL = not yet
    remarks        TEXT NOT NULL,
    is_off         INTEGER NOT NULL,
    version        INTEGER NOT NULL
) STRICT;
CREATE INDEX customer_name ON customer (name, phone);

-- fact: the catalogue [R20]; materials, styles and colours of the house, separated by commas: others are foreign [R7],
-- '' = anything goes
CREATE TABLE product (
    code          TEXT PRIMARY KEY,
    name          TEXT NOT NULL,
    family        TEXT NOT NULL,
    brand         TEXT NOT NULL,
    leaf          TEXT NOT NULL,
    frame         TEXT NOT NULL,
    architrave    TEXT NOT NULL,
    architrave_mm INTEGER NOT NULL, -- height, 0 = none
    matching      TEXT NOT NULL,    -- lines
    materials     TEXT NOT NULL,
    styles        TEXT NOT NULL,
    colours       TEXT NOT NULL,
    is_off        INTEGER NOT NULL,
    version       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- fact: the price list, dated: fen a door; item '' = the door itself, else what is added to it
CREATE TABLE price (
    product  TEXT NOT NULL REFERENCES product (code),
    item     TEXT NOT NULL,
    from_day INTEGER NOT NULL,
    fen      INTEGER NOT NULL,
    version  INTEGER NOT NULL,
    PRIMARY KEY (product, item, from_day)
) STRICT, WITHOUT ROWID;

-- fact: lead times of product families in working days [R29]
CREATE TABLE lead (
    family     TEXT PRIMARY KEY,
    least_days INTEGER NOT NULL,
    most_days  INTEGER NOT NULL,
    rush_days  INTEGER NOT NULL,
    version    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- fact: days on which the factory rests; is_work 1: it works after all [R29]
CREATE TABLE holiday (
    day     INTEGER PRIMARY KEY,
    name    TEXT NOT NULL,
    is_work INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;

-- fact: how many working days before delivery an operation of a family is due [R12]
CREATE TABLE routing_due (
    family  TEXT NOT NULL,
    op      INTEGER NOT NULL,
    days    INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (family, op)
) STRICT, WITHOUT ROWID;

-- derived: where the search looks: every end of every name, number and row of initials, in small letters. Made of the
-- office's own records as they are written; no event is in it, so a rebuild leaves it alone.
CREATE TABLE find (
    suffix TEXT NOT NULL,
    kind   INTEGER NOT NULL, -- enum find_kind of books/find.h
    text   TEXT NOT NULL,    -- the name that it leads to
    id     INTEGER NOT NULL, -- the customer, 0 = a name that only orders have
    PRIMARY KEY (suffix, kind, text, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX find_of ON find (kind, id, text);

CREATE INDEX orders_customer ON orders (customer);
CREATE INDEX line_product ON line (product);
