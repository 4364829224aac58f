-- Day work's rates; what stands in the one list of decisions is found by its own index.

-- fact: dated rates of day work, by the hour; worker 0: everybody who has none of his own
CREATE TABLE time_rate (
    worker    INTEGER NOT NULL,
    from_day  INTEGER NOT NULL,
    hour_cfen INTEGER NOT NULL,
    version   INTEGER NOT NULL,
    PRIMARY KEY (worker, from_day)
) STRICT, WITHOUT ROWID;

CREATE INDEX fact_object ON fact (number) WHERE kind = 16;
CREATE INDEX verdict_bad ON verdict (number) WHERE bad_open > 0;
