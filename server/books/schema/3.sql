-- 3.sql - where papers are.

-- derived: where each paper of a line was last seen [R3]: the newest event that names it; of kind collect: it was handed in
CREATE TABLE paper (
    line   INTEGER NOT NULL,
    rev    INTEGER NOT NULL,
    copy   INTEGER NOT NULL,
    number INTEGER NOT NULL, -- of the fact
    PRIMARY KEY (line, rev, copy)
) STRICT, WITHOUT ROWID;
