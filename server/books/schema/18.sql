-- 18.sql - what lists and summaries read quickly.

-- derived: lines with work left at an operation of their newest signed sheet
CREATE TABLE on_floor (
    line INTEGER PRIMARY KEY
) STRICT;
INSERT INTO on_floor (line) SELECT DISTINCT s.line FROM line AS l JOIN sheet_op AS s ON s.line = l.line AND s.rev = l.rev
    LEFT JOIN op_sum AS d ON d.line = s.line AND d.rev = s.rev AND d.op = s.op WHERE COALESCE(d.good + d.bad, 0) < s.planned;

-- derived: day_sum by weeks; week is (day + 3) / 7: from Monday to Sunday. Only weeks that are over stand here
CREATE TABLE week_sum (
    week     INTEGER NOT NULL,
    worker   INTEGER NOT NULL,
    days     INTEGER NOT NULL, -- of the week in day_sum
    fen      INTEGER NOT NULL,
    facts    INTEGER NOT NULL,
    pieces   INTEGER NOT NULL,
    held     INTEGER NOT NULL,
    time_fen INTEGER NOT NULL,
    PRIMARY KEY (week, worker)
) STRICT, WITHOUT ROWID;

-- derived: one row: weeks up to this one stand in week_sum: those before the newest event's
CREATE TABLE week_place (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    week     INTEGER NOT NULL
) STRICT;
INSERT INTO week_place (only_row, week)
    SELECT 1, CASE WHEN MAX(day) > 4 THEN (MAX(day) + 3) / 7 - 1 ELSE 0 END FROM kiosk_mark;
INSERT INTO week_sum (week, worker, days, fen, facts, pieces, held, time_fen)
    SELECT (day + 3) / 7, worker, COUNT(*), SUM(fen), SUM(facts), SUM(pieces), SUM(held), SUM(time_fen) FROM day_sum
    WHERE (day + 3) / 7 <= (SELECT week FROM week_place) GROUP BY (day + 3) / 7, worker;

-- derived: delivery notes on their way: not void, and nothing was signed for them. Made of the office's own records as they
-- are written; no event is in it, so a rebuild leaves it alone.
CREATE TABLE note_way (
    note INTEGER PRIMARY KEY
) STRICT;
INSERT INTO note_way (note) SELECT n.id FROM note AS n LEFT JOIN arrival AS a ON a.note = n.id
    WHERE n.void_feed = 0 AND a.note IS NULL;

CREATE INDEX note_done_name ON note_done (name); -- from its exception to the note
CREATE INDEX arrival_wrong ON arrival (note) WHERE settled_by = '' AND (is_model = 0 OR is_quantity = 0 OR is_intact = 0);
