-- 2.sql - spare badges: whom one means on a shift date.

-- derived: by the newest binding in the inbox of a badge that nobody has
CREATE TABLE bind (
    badge  INTEGER NOT NULL, -- 15 digits
    day    INTEGER NOT NULL, -- shift date
    worker INTEGER NOT NULL, -- number; 0 = a new worker whom nobody named yet
    number INTEGER NOT NULL, -- of the fact
    PRIMARY KEY (badge, day)
) STRICT, WITHOUT ROWID;
