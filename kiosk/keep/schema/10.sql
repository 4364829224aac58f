-- 10.sql - stops of some doors, and papers in place of which others were printed.

-- How many doors of the line are stopped; 0: all of it.
ALTER TABLE stop ADD COLUMN pieces INTEGER NOT NULL DEFAULT 0;

-- Papers that were replaced: they ask when they are scanned.
CREATE TABLE copy_replaced (
    line    INTEGER NOT NULL,
    rev     INTEGER NOT NULL,
    copy    INTEGER NOT NULL,
    by_copy INTEGER NOT NULL,
    PRIMARY KEY (line, rev, copy)
) STRICT, WITHOUT ROWID;
