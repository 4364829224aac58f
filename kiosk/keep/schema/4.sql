-- The scanners that this kiosk listens to, one line of text each (scan/choice.h). As with settings: not the office's.
CREATE TABLE scanner (
    n      INTEGER PRIMARY KEY,
    choice TEXT NOT NULL
) STRICT;
