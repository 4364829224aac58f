-- 6.sql - what is done by shift date.

-- Pieces that count or are held, of the newest shift date that a line knows and the one before.
CREATE TABLE day_total (
    line   INTEGER NOT NULL,
    number INTEGER NOT NULL,
    day    INTEGER NOT NULL,
    pieces INTEGER NOT NULL,
    PRIMARY KEY (line, number, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX day_total_day ON day_total (day);
