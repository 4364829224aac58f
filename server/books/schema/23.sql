-- 23.sql - how many pieces wages were paid for [R41].

-- pieces that due_fen is for: good ones, and bad ones decided as not his fault; 0 of rework, which is paid beside them, and
-- where nothing is due
ALTER TABLE verdict ADD COLUMN due_pieces INTEGER NOT NULL DEFAULT 0;

-- pieces that the period pays: verdict.due_pieces less those of the fact's lines before. A fact's pieces stand once, whoever
-- shares them: with its first line of the period
ALTER TABLE pay_line ADD COLUMN paid INTEGER NOT NULL DEFAULT 0;

-- derived: rework among the reports (1) and corrections (3) from before; for this step alone, as the next table
CREATE TABLE was_rework (number INTEGER PRIMARY KEY) STRICT;
INSERT INTO was_rework SELECT number FROM fact WHERE line > 0 AND kind IN (1, 3)
    AND REPLACE(CAST(bytes AS TEXT), ' ', '') LIKE '%"rework":true%';

-- Verdicts from before: where bad pieces were decided, the money says how many of them it is for; under a fen a piece it
-- can't, then the faults that were decided do.
UPDATE verdict SET due_pieces = CASE
    WHEN bad = bad_open THEN good
    WHEN rate_cfen >= 100 THEN (due_fen * 100 + rate_cfen / 2) / rate_cfen
    ELSE good + bad - bad_open - COALESCE((SELECT SUM(w.pieces) FROM fact AS f JOIN flaw AS w ON w.day = f.day
        AND w.number = f.number AND w.is_open = 0 AND w.fault = f.op WHERE f.number = verdict.number), 0) END
WHERE due_fen != 0 AND number IN (SELECT number FROM fact WHERE line > 0 AND kind IN (1, 3))
    AND number NOT IN (SELECT number FROM was_rework);

-- derived: lines from before: what a fact's lines up to a period paid, by their money; with the last one all that is due,
-- where nothing of it is late
CREATE TABLE was_paid (
    period INTEGER NOT NULL,
    name   BLOB NOT NULL,
    first  INTEGER NOT NULL, -- share and worker of the line that bears the pieces
    paid   INTEGER NOT NULL,
    PRIMARY KEY (period, name)
) STRICT, WITHOUT ROWID;
INSERT INTO was_paid
SELECT period, name, first, upto - COALESCE(LAG(upto) OVER (PARTITION BY name ORDER BY period), 0) FROM
   (SELECT s.period AS period, s.name AS name, s.first AS first, CASE
        WHEN s.period = s.last AND v.number IS NOT NULL AND NOT EXISTS
            (SELECT 1 FROM late AS l WHERE l.name = s.name AND l.worker != 0) THEN v.due_pieces
        WHEN s.rate_cfen = 0 THEN 0
        ELSE (s.fen * 100 + s.rate_cfen / 2) / s.rate_cfen END AS upto
    FROM (SELECT period, name, first, rate_cfen, SUM(fen) OVER (PARTITION BY name ORDER BY period) AS fen,
              MAX(period) OVER (PARTITION BY name) AS last
          FROM (SELECT period, name, MIN(share * 4294967296 + worker) AS first, MAX(rate_cfen) AS rate_cfen,
                    SUM(fen) AS fen FROM pay_line WHERE line > 0 AND is_time = 0 GROUP BY name, period) AS of_period) AS s
    LEFT JOIN fact AS f ON f.name = s.name LEFT JOIN verdict AS v ON v.number = f.number
    WHERE f.number IS NULL OR f.number NOT IN (SELECT number FROM was_rework)) AS by_period;
UPDATE pay_line SET paid = w.paid FROM was_paid AS w
WHERE w.period = pay_line.period AND w.name = pay_line.name AND w.first = pay_line.share * 4294967296 + pay_line.worker;

DROP TABLE was_paid;
DROP TABLE was_rework;
