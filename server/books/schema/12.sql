-- 12.sql - changes of signed sheets [R3]: stops of some doors, what stays good, papers and where they are, losses [R39].

-- How many doors of the line are stopped: the rest may go on. 0 = all of it.
ALTER TABLE stop ADD COLUMN pieces INTEGER NOT NULL DEFAULT 0;

-- fact: change orders (改单): what a customer wants otherwise of a line that is on the floor
CREATE TABLE change (
    id            INTEGER PRIMARY KEY,
    line          INTEGER NOT NULL REFERENCES line (line),
    old_rev       INTEGER NOT NULL,
    wants         TEXT NOT NULL,
    source        BLOB,             -- hash of the file in which he says so
    source_name   TEXT NOT NULL,
    opened_by     TEXT NOT NULL,
    opened_ms     INTEGER NOT NULL,
    confirmed_day INTEGER,          -- when he confirmed it: the lead time counts from here
    confirmed_by  TEXT NOT NULL,    -- who, on his side
    due_day       INTEGER,          -- proposed by that
    comp_fen      INTEGER,          -- compensation agreed; 0 = none; NULL = not yet spoken of
    comp_who      TEXT NOT NULL,    -- who confirmed it, on his side
    comp_day      INTEGER,
    comp_by       TEXT NOT NULL,    -- who recorded it
    state         INTEGER NOT NULL, -- 0 open, 1 the new revision is released, 2 given up
    closed_by     TEXT NOT NULL,
    closed_ms     INTEGER,
    new_rev       INTEGER,
    version       INTEGER NOT NULL
) STRICT;
CREATE INDEX change_line ON change (line);
CREATE INDEX change_open ON change (opened_ms) WHERE state = 0;

-- fact: of an old revision's operation: how many pieces stay good for which operation of the new one, how many are made
-- again; both together are what was good when it was decided
CREATE TABLE stays (
    line    INTEGER NOT NULL,
    new_rev INTEGER NOT NULL,
    old_op  INTEGER NOT NULL,
    old_rev INTEGER NOT NULL,
    new_op  INTEGER NOT NULL, -- 0 where none stay
    good    INTEGER NOT NULL,
    redo    INTEGER NOT NULL,
    by_user TEXT NOT NULL,
    at_ms   INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (line, new_rev, old_op)
) STRICT, WITHOUT ROWID;

-- issued: the papers of a revision: one of each travelling part, and those printed in place of others [R26]
CREATE TABLE copy (
    line     INTEGER NOT NULL,
    rev      INTEGER NOT NULL,
    copy     INTEGER NOT NULL,
    part     TEXT NOT NULL,
    replaces INTEGER NOT NULL, -- the copy in place of which it was made, 0 = none
    why      TEXT NOT NULL,
    by_user  TEXT NOT NULL,
    at_ms    INTEGER NOT NULL,
    PRIMARY KEY (line, rev, copy),
    FOREIGN KEY (line, rev) REFERENCES sheet (line, rev)
) STRICT, WITHOUT ROWID;

-- The sheets that were issued before papers were told apart.
INSERT INTO copy SELECT o.line, o.rev, ROW_NUMBER() OVER (PARTITION BY o.line, o.rev ORDER BY MIN(o.op)), o.part, 0, '',
    s.signed_by, s.signed_ms FROM sheet_op AS o JOIN sheet AS s ON s.line = o.line AND s.rev = o.rev
    GROUP BY o.line, o.rev, o.part, s.signed_by, s.signed_ms;

-- fact: papers that can't be found, declared lost by name [R3]; one that is scanned afterwards was found
CREATE TABLE copy_lost (
    line    INTEGER NOT NULL,
    rev     INTEGER NOT NULL,
    copy    INTEGER NOT NULL,
    who     TEXT NOT NULL, -- who had it
    why     TEXT NOT NULL,
    by_user TEXT NOT NULL,
    at_ms   INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (line, rev, copy)
) STRICT, WITHOUT ROWID;

-- issued: papers as they were printed, in files/ under their hash: the working one, and its reprint for the archive with
-- crossed codes
CREATE TABLE printed (
    line    INTEGER NOT NULL,
    rev     INTEGER NOT NULL,
    copy    INTEGER NOT NULL,
    hash    BLOB NOT NULL,
    bytes   INTEGER NOT NULL,
    archive BLOB NOT NULL,
    archive_bytes INTEGER NOT NULL,
    by_user TEXT NOT NULL,
    at_ms   INTEGER NOT NULL,
    PRIMARY KEY (line, rev, copy)
) STRICT, WITHOUT ROWID;

-- issued: what a released sheet says beside its operations: exactly what was signed; and its place in the volumes [R27]
CREATE TABLE sheet_said (
    line   INTEGER NOT NULL,
    rev    INTEGER NOT NULL,
    serial INTEGER NOT NULL, -- 1, 2, 3 ... over all sheets of the house; each 100 are a volume
    fields TEXT NOT NULL,    -- as in draft; '' = imported
    maker  TEXT NOT NULL,
    PRIMARY KEY (line, rev),
    FOREIGN KEY (line, rev) REFERENCES sheet (line, rev)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX sheet_said_serial ON sheet_said (serial);
INSERT INTO sheet_said SELECT s.line, s.rev, ROW_NUMBER() OVER (ORDER BY s.signed_ms, s.line, s.rev), COALESCE(d.fields, ''),
    COALESCE(d.maker, s.signed_by) FROM sheet AS s LEFT JOIN draft AS d ON d.line = s.line AND d.rev = s.rev
    AND d.released_ms IS NOT NULL;

-- fact: what went wrong and what it cost [R39]: wages from scans, material as entered; who is responsible is proposed by a
-- rule and approved by a person, never by itself
CREATE TABLE loss (
    id           INTEGER PRIMARY KEY,
    order_id     INTEGER NOT NULL,
    line         INTEGER NOT NULL, -- 0 = the whole order
    change       INTEGER NOT NULL, -- 0 = of no change order
    kind         TEXT NOT NULL,    -- change, scrap, delay, wrong, complaint
    wages_fen    INTEGER NOT NULL, -- due already for pieces that are made again
    material_fen INTEGER NOT NULL,
    cause        TEXT NOT NULL,
    state        INTEGER NOT NULL, -- 0 entered, 1 approved, 2 struck out
    by_user      TEXT NOT NULL,
    at_ms        INTEGER NOT NULL,
    approver     TEXT NOT NULL,
    approved_ms  INTEGER,
    version      INTEGER NOT NULL
) STRICT;
CREATE INDEX loss_order ON loss (order_id);
CREATE INDEX loss_open ON loss (at_ms) WHERE state = 0;

-- fact: who answers for a loss, with which share, by which rule
CREATE TABLE loss_share (
    loss    INTEGER NOT NULL REFERENCES loss (id),
    n       INTEGER NOT NULL,
    worker  INTEGER NOT NULL, -- 0 = somebody of the office, or the customer
    who     TEXT NOT NULL,
    percent INTEGER NOT NULL,
    rule    INTEGER NOT NULL, -- 0 = of no rule
    fen     INTEGER NOT NULL, -- what the rule proposes
    version INTEGER NOT NULL,
    PRIMARY KEY (loss, n)
) STRICT, WITHOUT ROWID;

-- fact: the house's rules about losses: so many fen, or so many percent of one's share
CREATE TABLE loss_rule (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL,
    fen     INTEGER NOT NULL, -- 0 where it is a percentage
    percent INTEGER NOT NULL, -- 0 where it is a sum
    is_off  INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;
INSERT INTO loss_rule VALUES (1, '5 元', 500, 0, 0, 1), (2, '10 元', 1000, 0, 0, 1), (3, '20 元', 2000, 0, 0, 1),
    (4, '50 元', 5000, 0, 0, 1), (5, '5%', 0, 5, 0, 1), (6, '50%', 0, 50, 0, 1), (7, '100%', 0, 100, 0, 1);

-- derived, and kept nowhere: what stops and changes leave to be done today; n: of a stop the doors, of a change the papers that
-- are still out
CREATE VIEW todo_change AS
    SELECT 1 AS rank, 'stop' AS kind, p.line - p.line % 100 AS id, p.line AS line, o.customer AS customer, p.why AS text,
        p.at_ms AS since, NULL AS day, p.pieces AS n, COALESCE(h.desk, '') AS owner, 'stop' || p.id AS place
    FROM stop AS p JOIN orders AS o ON o.id = p.line - p.line % 100 LEFT JOIN head AS h ON h.order_id = o.id
    WHERE p.lifted_feed IS NULL
    UNION ALL SELECT 1 AS rank, 'change' AS kind, h.line - h.line % 100 AS id, h.line AS line, o.customer AS customer, h.wants AS text,
        h.opened_ms AS since, NULL AS day, (SELECT COUNT(*) FROM copy AS c LEFT JOIN paper AS p ON p.line = c.line
            AND p.rev = c.rev AND p.copy = c.copy LEFT JOIN fact AS f ON f.number = p.number LEFT JOIN copy_lost AS y
            ON y.line = c.line AND y.rev = c.rev AND y.copy = c.copy AND y.at_ms >= COALESCE(f.taken_ms, 0)
            WHERE c.line = h.line AND c.rev = h.old_rev AND y.copy IS NULL AND COALESCE(f.kind, 0) != 11) AS n,
        h.opened_by AS owner, 'change' || h.id AS place
    FROM change AS h JOIN orders AS o ON o.id = h.line - h.line % 100 WHERE h.state = 0
    UNION ALL SELECT 1, 'stays', h.line - h.line % 100, h.line, o.customer, '', h.closed_ms, NULL, COUNT(*), 'manager',
        'stays' || h.id FROM change AS h JOIN line AS l ON l.line = h.line AND l.rev = h.new_rev JOIN op_sum AS s
        ON s.line = h.line AND s.rev = h.old_rev LEFT JOIN stays AS y ON y.line = s.line AND y.new_rev = h.new_rev
        AND y.old_op = s.op JOIN orders AS o ON o.id = h.line - h.line % 100
        WHERE h.state = 1 AND s.good != COALESCE(y.good + y.redo, 0) GROUP BY h.id, h.line, o.customer, h.closed_ms
    UNION ALL SELECT 6, 'loss', l.order_id, l.line, o.customer, l.cause, l.at_ms, NULL, 0, 'finance', 'loss' || l.id
        FROM loss AS l JOIN orders AS o ON o.id = l.order_id WHERE l.state = 0;
