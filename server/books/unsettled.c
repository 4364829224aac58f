/* unsettled.c - what is open when a period is checked: server/books/unsettled.h. */
#include "server/books/unsettled.h"

/* Every statement puts its rows behind those that stand; $1 the period, $2 its first day. Held facts, faults and
 * objections are found by their own small indexes, whatever the books hold. Doors held at the dock (kinds 12 to 15) are nobody's pay. */
#define INTO                                                                                      \
    "INSERT INTO pay_open (period, place, what, name, worker, line, rev, op, pieces, fen) SELECT" \
    " $1, (SELECT COALESCE(MAX(place), 0) FROM pay_open WHERE period = $1) + ROW_NUMBER() OVER (ORDER BY "
#define OF_FACT                                                                                            \
    " JOIN fact AS f ON f.number = v.number LEFT JOIN fact_worker AS w ON w.number = v.number AND w.share" \
    " = 0 LEFT JOIN sheet_op AS s ON s.line = f.line AND s.rev = f.rev AND s.op = f.op"

static const char *const LISTS[] = {
    SQL(INTO "v.number), CASE f.kind WHEN 22 THEN 'time' ELSE 'held' END, f.name, COALESCE(w.worker, 0), f.line, f.rev, f.op, v.held,"
             " (COALESCE(s.rate_cfen, 0) * v.held + 50) / 100 FROM verdict AS v" OF_FACT
             " WHERE (v.held > 0 OR v.kind = 2) AND f.kind NOT IN (12, 13, 14, 15) AND f.day <= $1 AND $2 <= $1"),
        SQL(INTO "v.number), 'bad', f.name, COALESCE(w.worker, 0), f.line, f.rev, f.op, v.bad_open,"
             " (COALESCE(s.rate_cfen, 0) * v.bad_open + 50) / 100 FROM verdict AS v" OF_FACT
             " WHERE v.bad_open > 0 AND f.day <= $1 AND $2 <= $1"),
            SQL(INTO "f.number), 'object', f.name, COALESCE(w.worker, 0), f.line, f.rev, f.op, 0, 0 FROM fact AS f"
             " JOIN verdict AS v ON v.number = f.number"
             " LEFT JOIN fact_worker AS w ON w.number = f.number AND w.share = 0"
             " WHERE f.kind = 16 AND v.decided_by = 0 AND v.cancelled_by = 0 AND f.day <= $1 AND $2 <= $1"),
                SQL(INTO "d.number, d.share), 'nobody', f.name, 0, f.line, f.rev, f.op, v.counted, d.fen FROM due AS d"
             " JOIN fact AS f ON f.number = d.number JOIN verdict AS v ON v.number = d.number"
             " WHERE d.worker = 0 AND d.day <= $1 AND $2 <= $1"),
                    SQL(INTO "a.id), 'adjustment', NULL, a.worker, 0, 0, 0, 0, a.fen FROM adjustment AS a"
             " WHERE a.state = 0 AND a.day <= $1 AND $2 <= $1"),
                        SQL(INTO "m.line, m.rev, m.op), 'missing', NULL, 0, m.line, m.rev, m.op, m.missing,"
             " (m.rate_cfen * m.missing + 50) / 100 FROM"
             " (SELECT o.line AS line, o.rev AS rev, o.op AS op, o.rate_cfen AS rate_cfen,"
             "   (SELECT MAX((l.good + l.bad) / lo.per_door) FROM sheet_op AS lo JOIN op_sum AS l ON l.line = lo.line"
             "     AND l.rev = lo.rev AND l.op = lo.op WHERE lo.line = o.line AND lo.rev = o.rev AND lo.op > o.op"
             "     AND (lo.part = o.part OR lo.part = 'door' OR o.part = 'door')) * o.per_door"
             "   - COALESCE(s.good + s.bad + s.held, 0) AS missing"
             "  FROM (SELECT DISTINCT f.line AS line FROM (SELECT DISTINCT worker, day FROM day_sum"
             "     WHERE day BETWEEN $2 AND $1) AS d JOIN fact_worker AS p ON p.worker = d.worker AND p.day = d.day"
             "    JOIN fact AS f ON f.number = p.number WHERE f.line > 0) AS t"
             "  JOIN sheet_op AS o ON o.line = t.line"
             "  LEFT JOIN op_sum AS s ON s.line = o.line AND s.rev = o.rev AND s.op = o.op) AS m"
             " WHERE m.missing > 0"),
};

bool unsettled_list(struct books *books, const struct period *period, struct err *err)
{
    for (size_t i = 0; i < sizeof LISTS / sizeof *LISTS; i++) {
        struct db_stmt *stmt;
        if (!db_prepare(books->db, LISTS[i], &stmt, err)) return false;
        db_bind_int(stmt, 1, period->span.to_day);
        db_bind_int(stmt, 2, period->lower);
        if (!db_run(stmt, err)) return false;
    }
    return true;
}
