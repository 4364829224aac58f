-- 17.sql - masters: what is retired instead of deleted, and where sessions come from.

-- 1: retired: kept for what bears it, offered for nothing new
ALTER TABLE operation ADD COLUMN is_off INTEGER NOT NULL DEFAULT 0;
ALTER TABLE station ADD COLUMN is_off INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reason ADD COLUMN is_off INTEGER NOT NULL DEFAULT 0;
ALTER TABLE crew ADD COLUMN is_off INTEGER NOT NULL DEFAULT 0;
ALTER TABLE routing ADD COLUMN is_off INTEGER NOT NULL DEFAULT 0;

-- the address that logged in, '' = of before this column
ALTER TABLE session ADD COLUMN peer TEXT NOT NULL DEFAULT '';
CREATE INDEX session_user ON session ("user", made_ms);
