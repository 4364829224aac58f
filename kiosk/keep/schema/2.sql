-- What people set at this kiosk itself. It isn't the office's, so it doesn't come with the feed and doesn't go with it.
CREATE TABLE knob (
    worker INTEGER NOT NULL,  -- 0: of the kiosk; else what that worker chose here
    name   TEXT NOT NULL,
    value  INTEGER NOT NULL,
    PRIMARY KEY (worker, name)
) STRICT, WITHOUT ROWID;
