-- 7.sql - the dock: delivery notes, finished doors, and what was recorded of them here.

-- ---- What was recorded

-- The delivery note that a load, or the end of a loading, names: yymm * 100000 + serial; 0: none.
ALTER TABLE entry ADD COLUMN note INTEGER NOT NULL DEFAULT 0;
CREATE INDEX entry_note ON entry (note) WHERE note > 0;

-- The piece that a label named, of entries of the dock.
CREATE TABLE entry_piece (
    n     INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE,
    piece INTEGER NOT NULL,
    PRIMARY KEY (n, piece)
) STRICT, WITHOUT ROWID;

-- ---- What was learnt

ALTER TABLE station ADD COLUMN kind TEXT NOT NULL DEFAULT '';  -- dock, or nothing

-- Up to (counter, seq) of this kiosk's own events the figures of a note include them; likewise those of stock.
CREATE TABLE note (
    note       INTEGER PRIMARY KEY,
    state      INTEGER NOT NULL,  -- enum note_state
    copy       INTEGER NOT NULL,
    order_line INTEGER NOT NULL,  -- the order: a line's key with line 0
    customer   TEXT NOT NULL,
    truck      TEXT NOT NULL,
    why        TEXT NOT NULL,     -- a say; '': none
    counter    INTEGER NOT NULL,
    seq        INTEGER NOT NULL
) STRICT;

CREATE TABLE note_line (
    note    INTEGER NOT NULL,
    place   INTEGER NOT NULL,
    line    INTEGER NOT NULL,
    rev     INTEGER NOT NULL,
    product TEXT NOT NULL,
    size    TEXT NOT NULL,
    colour  TEXT NOT NULL,
    asked   INTEGER NOT NULL,
    loaded  INTEGER NOT NULL,
    pieces  TEXT NOT NULL,        -- JSON: the pieces that it names; []: any of the line
    done    TEXT NOT NULL,        -- JSON: those that were loaded by their labels, at whatever dock
    PRIMARY KEY (note, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX note_line_line ON note_line (line);

CREATE TABLE stock (
    line    INTEGER PRIMARY KEY,
    doors_in  INTEGER NOT NULL,
    doors_out INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    seq     INTEGER NOT NULL
) STRICT;
