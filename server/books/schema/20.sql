-- 20.sql - an event that was set aside is tried once more.

-- how often it was set aside, and up to which of those times that was lifted: it is passed over while the two differ
ALTER TABLE aside ADD COLUMN times INTEGER NOT NULL DEFAULT 1;
ALTER TABLE aside ADD COLUMN lifted INTEGER NOT NULL DEFAULT 0;

-- fact: the office wants an event tried once more that was set aside so many times; the server's next start does it
CREATE TABLE again (
    number  INTEGER PRIMARY KEY, -- inbox number
    times   INTEGER NOT NULL,
    by_user TEXT NOT NULL,
    at_ms   INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;
