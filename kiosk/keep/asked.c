/* asked.c - what the office asks at a station: kiosk/keep/asked.h, look_asked() of kiosk/keep/look.h. */
#include "kiosk/keep/asked.h"

#include <stdlib.h>
#include <string.h>

#include "core/code.h"
#include "kiosk/keep/look.h"
#include "kiosk/keep/row.h"

bool asked_learn(struct db *db, const char *key, const struct json *o, struct err *err)
{
    struct db_stmt *stmt;
    struct line_ref line;
    int64_t         id = strtoll(key, NULL, 10);
    if (id < 1) return true;
    if (!row_run_int(db, SQL("DELETE FROM asked WHERE id = $1"), id, err)) return false;
    if (o == NULL) return row_run_int(db, SQL("DELETE FROM said WHERE id = $1"), id, err);
    if (!line_ref_read(json_text(json_get(o, "line"), ""), &line)) return true;
    if (!db_prepare(db, SQL("INSERT INTO asked (id, line, station, who, text, at_ms) VALUES ($1, $2, $3, $4, $5, $6)"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, id);
    db_bind_int(stmt, 2, line_ref_key(line));
    db_bind_text(stmt, 3, json_text(json_get(o, "station"), ""));
    db_bind_text(stmt, 4, json_text(json_get(o, "who"), ""));
    db_bind_text(stmt, 5, json_text(json_get(o, "text"), ""));
    db_bind_int(stmt, 6, json_int(json_get(o, "at"), 0));
    return db_run(stmt, err);
}

bool asked_answer(struct db *db, const struct event *event, struct err *err)
{
    struct db_stmt *stmt;
    if (event->kind != EVENT_NOTE || strncmp(event->note, "asked ", 6) != 0) return true;
    int64_t id = strtoll(event->note + 6, NULL, 10);
    if (!db_prepare(db, SQL("INSERT INTO said (id, at_ms) SELECT id, at_ms FROM asked WHERE id = $1"
                            " ON CONFLICT DO NOTHING"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, id);
    return db_run(stmt, err);
}

/* Of each: number, line, when, who asks, what, and the product where the line is known. */
bool look_asked(struct db *db, const struct look *look, struct found_asked *asked, struct err *err)
{
    struct db_stmt    *stmt;
    struct found_asked made = {.count = 0};
    bool               row;
    if (!db_prepare(db, SQL("SELECT a.id, a.line, a.at_ms, a.who, a.text, coalesce(s.product, '') FROM asked a"
                            " LEFT JOIN sheet s ON s.line = a.line WHERE a.station = $1 AND NOT EXISTS"
                            "  (SELECT 1 FROM said b WHERE b.id = a.id AND b.at_ms = a.at_ms)"
                            " ORDER BY a.at_ms, a.id"),
                            &stmt, err))
        return false;
    db_bind_text(stmt, 1, look->station);
    for (;; made.all++) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        if (made.count == FOUND_ASKED_MAX) continue;
        struct found_question *question = &made.rows[made.count++];
        question->id = db_int(stmt, 0);
        question->line = line_ref_of_key(db_int(stmt, 1));
        question->at_ms = db_int(stmt, 2);
        row_text(stmt, 3, question->who, sizeof question->who);
        row_text(stmt, 4, question->text, sizeof question->text);
        row_text(stmt, 5, question->product, sizeof question->product);
    }
    *asked = made;
    return true;
}
