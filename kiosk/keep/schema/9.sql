-- 9.sql - more of a door on its sheet [R2].

ALTER TABLE sheet ADD COLUMN lock_hole TEXT NOT NULL DEFAULT '';
ALTER TABLE sheet ADD COLUMN closer TEXT NOT NULL DEFAULT '';
