-- 3.sql - spare badges.

-- Whom a spare badge means on a shift date: as bound here, or as the feed told.
CREATE TABLE bind (
    badge  INTEGER NOT NULL,
    day    INTEGER NOT NULL,  -- shift date
    worker INTEGER NOT NULL,  -- number; 0: somebody new
    is_own INTEGER NOT NULL,  -- bound at this kiosk
    PRIMARY KEY (badge, day)
) STRICT, WITHOUT ROWID;

-- The badge with which each worker signed in; 0: none, or not known any more.
ALTER TABLE entry_worker ADD COLUMN badge INTEGER NOT NULL DEFAULT 0;
