-- inbox.db - what kiosks sent, byte for byte, in the order in which it was taken. Rows are only ever added.
-- Epochs are two columns, kiosks and random numbers 64 bits read as signed, times ms since 1970 UTC.

-- A request's new lines, each ended by LF. number is that of its first event: the events before it + 1.
-- bytes stands last: whoever reads places alone reads no more.
CREATE TABLE inbox (
    number        INTEGER PRIMARY KEY,
    kiosk         INTEGER NOT NULL, -- 0 = the office
    epoch_counter INTEGER NOT NULL,
    epoch_random  INTEGER NOT NULL,
    first_seq     INTEGER NOT NULL,
    count         INTEGER NOT NULL,
    last_seq      INTEGER NOT NULL, -- first_seq + count - 1; of a gap: the last number lost
    taken_ms      INTEGER NOT NULL,
    bytes         BLOB NOT NULL
) STRICT;

-- The index of inbox by place, filled some thousand rows at a time: an index of its own would write a page for each
-- kiosk and commit once there are many rows, and double what a commit costs.
CREATE TABLE place (
    kiosk         INTEGER NOT NULL,
    epoch_counter INTEGER NOT NULL,
    epoch_random  INTEGER NOT NULL,
    first_seq     INTEGER NOT NULL,
    number        INTEGER NOT NULL, -- two rows of one place: a fork, both are kept
    last_seq      INTEGER NOT NULL,
    PRIMARY KEY (kiosk, epoch_counter, epoch_random, first_seq, number)
) STRICT, WITHOUT ROWID;

-- One row: rows of inbox up to this number are in place; those behind it are read at start.
CREATE TABLE placed (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    up_to    INTEGER NOT NULL
) STRICT;
INSERT INTO placed VALUES (1, 0);

-- Lives of this server: a new one begins where it was set back, so that kiosks send again what it lost.
CREATE TABLE server_epoch (
    counter   INTEGER NOT NULL,
    random    INTEGER NOT NULL,
    opened_ms INTEGER NOT NULL,
    why       TEXT NOT NULL,    -- first, restore, back (a kiosk knew more than this server)
    after     INTEGER NOT NULL, -- number of the last event before it
    PRIMARY KEY (counter, random)
) STRICT, WITHOUT ROWID;
