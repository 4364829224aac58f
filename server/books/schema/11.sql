-- 11.sql - delivery notes, loading, receipts, finished goods [R33] [R36].

-- '' = where work is done, 'dock' = where goods are packed and loaded
ALTER TABLE station ADD COLUMN kind TEXT NOT NULL DEFAULT '';

-- fact: delivery notes; id is yymm * 100000 + serial. One that isn't open yet is a pick-up order (提货单): its goods aren't
-- paid [R16b]. Feed numbers say what a kiosk can have known when it loaded.
CREATE TABLE note (
    id        INTEGER PRIMARY KEY,
    order_id  INTEGER NOT NULL REFERENCES orders (id),
    copy      INTEGER NOT NULL, -- of its paper, 1, 2 ...: after a change it is printed anew
    copy_ms   INTEGER NOT NULL, -- what the paper says was read then
    made_by   TEXT NOT NULL,
    made_ms   INTEGER NOT NULL,
    open_by   TEXT NOT NULL,    -- who gave the dispatch order (发货指令); '' = not open yet
    open_ms   INTEGER,
    open_feed INTEGER NOT NULL, -- 0 = not open yet
    void_by   TEXT NOT NULL,
    void_ms   INTEGER,
    void_feed INTEGER NOT NULL, -- 0 = not void
    void_why  TEXT NOT NULL,    -- say
    remarks   TEXT NOT NULL,
    version   INTEGER NOT NULL
) STRICT;
CREATE INDEX note_order ON note (order_id);

-- fact: what a note asks for, as its paper says it
CREATE TABLE note_line (
    note    INTEGER NOT NULL REFERENCES note (id),
    line    INTEGER NOT NULL REFERENCES line (line),
    doors   INTEGER NOT NULL,
    pieces  TEXT NOT NULL,    -- numbers on labels, separated by spaces; '' = any of them
    rev     INTEGER NOT NULL,
    product TEXT NOT NULL,
    size    TEXT NOT NULL,
    colour  TEXT NOT NULL,
    opening TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (note, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX note_line_line ON note_line (line);

-- fact: the shipping list (发货清单) of a note, its freight, and what the consignee was told [R36]
CREATE TABLE shipment (
    note        INTEGER PRIMARY KEY REFERENCES note (id),
    carrier     TEXT NOT NULL,
    waybill     TEXT NOT NULL,
    driver      TEXT NOT NULL,
    phone       TEXT NOT NULL,
    plate       TEXT NOT NULL,
    packages    INTEGER NOT NULL, -- how many
    sizes       TEXT NOT NULL,    -- of the packages
    volume_l    INTEGER NOT NULL, -- 1/1000 m3
    freight_fen INTEGER NOT NULL,
    freight_by  TEXT NOT NULL,    -- who entered it
    approved_by TEXT NOT NULL,    -- his superior, '' = not yet
    approved_ms INTEGER,
    checked_by  TEXT NOT NULL,    -- pick-up order against delivery note
    checked_ms  INTEGER,
    told        TEXT NOT NULL,    -- whom of the consignee: '' = nobody yet
    told_by     TEXT NOT NULL,
    told_ms     INTEGER,
    arrive_day  INTEGER,          -- when it arrives, as he was told
    unloading   TEXT NOT NULL,
    version     INTEGER NOT NULL
) STRICT;

-- fact: arrival receipts (到货回执) [R36]; right: model, quantity, package
CREATE TABLE arrival (
    note        INTEGER PRIMARY KEY REFERENCES note (id),
    day         INTEGER NOT NULL,
    person      TEXT NOT NULL, -- who signed
    is_model    INTEGER NOT NULL,
    is_quantity INTEGER NOT NULL,
    is_intact   INTEGER NOT NULL,
    remarks     TEXT NOT NULL,
    settled_by  TEXT NOT NULL, -- of one that wasn't right: who settled it, '' = open
    settled_ms  INTEGER,
    settled     TEXT NOT NULL, -- how
    by_user     TEXT NOT NULL,
    at_ms       INTEGER NOT NULL,
    version     INTEGER NOT NULL
) STRICT;

-- fact: what the order desk does about what was left behind (剩货) [R36]
CREATE TABLE leftover (
    note    INTEGER PRIMARY KEY REFERENCES note (id),
    what    TEXT NOT NULL, -- next: with the next truck; refund; keep: the customer fetches it
    text    TEXT NOT NULL,
    by_user TEXT NOT NULL,
    at_ms   INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;

-- fact: trucks that wait at the gate
CREATE TABLE truck (
    id         INTEGER PRIMARY KEY,
    plate      TEXT NOT NULL,
    driver     TEXT NOT NULL,
    phone      TEXT NOT NULL,
    order_id   INTEGER NOT NULL, -- what it came for
    note       INTEGER NOT NULL, -- 0 = none yet
    arrived_ms INTEGER NOT NULL,
    gone_ms    INTEGER,
    remarks    TEXT NOT NULL,
    by_user    TEXT NOT NULL,
    version    INTEGER NOT NULL
) STRICT;
CREATE INDEX truck_here ON truck (order_id) WHERE gone_ms IS NULL;
CREATE INDEX truck_when ON truck (arrived_ms);

-- fact: names of places whose codes stand on racks, pallets and docks
CREATE TABLE spot (
    number  INTEGER PRIMARY KEY, -- 15 digits
    name    TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;

-- derived: doors on a note's truck by the shift date of loading; pieces: those loaded by their label
CREATE TABLE loaded (
    note   INTEGER NOT NULL, -- 0 = of none that can be read
    line   INTEGER NOT NULL,
    day    INTEGER NOT NULL,
    doors  INTEGER NOT NULL,
    pieces TEXT NOT NULL,
    PRIMARY KEY (note, line, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX loaded_line ON loaded (line);
CREATE INDEX loaded_day ON loaded (day);

-- derived: finished doors in the house by place, 0 = nobody said where
CREATE TABLE stock (
    line  INTEGER NOT NULL,
    place INTEGER NOT NULL,
    doors INTEGER NOT NULL,
    PRIMARY KEY (line, place)
) STRICT, WITHOUT ROWID;

-- derived: how a line's finished doors came and went; packed + returned + found - went + shorted are in the house
CREATE TABLE stock_sum (
    line     INTEGER PRIMARY KEY,
    packed   INTEGER NOT NULL,
    returned INTEGER NOT NULL,
    found    INTEGER NOT NULL, -- by counts, below 0: missing
    went     INTEGER NOT NULL,
    shorted  INTEGER NOT NULL  -- of went: none of them was in, as far as the books know
) STRICT;

-- derived: stock counts, and what the books had there just before
CREATE TABLE stock_count (
    line     INTEGER NOT NULL,
    number   INTEGER NOT NULL, -- of the fact
    place    INTEGER NOT NULL,
    expected INTEGER NOT NULL,
    counted  INTEGER NOT NULL,
    PRIMARY KEY (line, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_count_differs ON stock_count (number) WHERE expected != counted;

-- derived: notes whose loading ended, by the first event that said so
CREATE TABLE note_done (
    note   INTEGER PRIMARY KEY,
    number INTEGER NOT NULL, -- of the fact
    day    INTEGER NOT NULL,
    at_ms  INTEGER NOT NULL,
    name   BLOB NOT NULL
) STRICT;
CREATE INDEX note_done_day ON note_done (day);
