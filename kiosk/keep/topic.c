/* topic.c - the topics of the feed as rows of what look.c reads: kiosk/keep/topic.h, docs/protocol.md "The feed".
 *
 * To learn a topic: a table in schema/, a row in TOPICS with its function. What a function can't read of a row takes
 * its empty value: a kiosk that shows less is better than one that stops learning. */
#include "kiosk/keep/topic.h"

#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/code.h"
#include "core/seal.h"
#include "core/text.h"
#include "kiosk/keep/asked.h"
#include "kiosk/keep/blame.h"
#include "kiosk/keep/dock.h"
#include "kiosk/keep/entry.h"
#include "kiosk/keep/own.h"
#include "kiosk/keep/pool.h"
#include "kiosk/keep/row.h"
#include "kiosk/keep/setting.h"
#include "kiosk/keep/trace.h"

enum { COPY_MOST = 999 };
#define BADGE_MOST INT64_C(999999999999999)

/* ---------------------------------------------------------------------------------------------------- words */

static int64_t int_of(const struct json *o, const char *key)
{
    return json_int(json_get(o, key), 0);
}

static const char *text_in(const struct json *o, const char *key)
{
    return json_text(json_get(o, key), "");
}

static bool bool_of(const struct json *o, const char *key)
{
    return json_bool(json_get(o, key), false);
}

/* Decimal digits of a key; false where it has others, or is above most. */
static bool key_number(const char *key, int64_t most, int64_t *number)
{
    int64_t read = 0;
    if (*key == 0) return false;
    for (; *key != 0; key++) {
        if (*key < '0' || *key > '9' || read > most / 10) return false;
        read = read * 10 + (*key - '0');
    }
    *number = read;
    return read <= most;
}

static bool key_line(const char *key, int64_t *line)
{
    struct line_ref ref;
    if (!line_ref_read(key, &ref)) return false;
    *line = line_ref_key(ref);
    return true;
}

static void bind_names(struct db_stmt *stmt, int n, const struct json *o)
{
    const struct json *names = json_get(o, "name");
    const char        *zh = json_text(json_at(names, 0), "");
    db_bind_text(stmt, n, zh);
    db_bind_text(stmt, n + 1, json_text(json_at(names, 1), zh));
}

/* ---------------------------------------------------------------------------------------------------- masters */

static bool learn_setting(struct db *db, const struct topic_row *row, struct err *err)
{
    return setting_keep(db, row->key, json_get(row->o, "value"), err);
}

static bool learn_station(struct db *db, const struct topic_row *row, struct err *err)
{
    struct db_stmt *stmt;
    if (!row_run_text(db, SQL("DELETE FROM station WHERE id = $1"), row->key, err) ||
                      !row_run_text(db, SQL("DELETE FROM station_op WHERE station = $1"), row->key, err))
        return false;
    if (row->o == NULL) return true;
    if (!db_prepare(db, SQL("INSERT INTO station (id, name_zh, name_en, kind) VALUES ($1, $2, $3, $4)"), &stmt, err))
        return false;
    db_bind_text(stmt, 1, row->key);
    bind_names(stmt, 2, row->o);
    db_bind_text(stmt, 4, text_in(row->o, "kind"));
    if (!db_run(stmt, err)) return false;
    const struct json *ops = json_get(row->o, "ops");
    if (!db_prepare(db, SQL("INSERT INTO station_op (station, code) VALUES ($1, $2) ON CONFLICT DO NOTHING"), &stmt,
                            err))
        return false;
    for (size_t i = 0; i < json_count(ops); i++) {
        db_bind_text(stmt, 1, row->key);
        db_bind_text(stmt, 2, json_text(json_at(ops, i), ""));
        if (!db_run(stmt, err)) return false;
    }
    return true;
}

static bool learn_operation(struct db *db, const struct topic_row *row, struct err *err)
{
    struct db_stmt *stmt;
    if (!row_run_text(db, SQL("DELETE FROM operation WHERE code = $1"), row->key, err)) return false;
    if (row->o == NULL) return true;
    if (!db_prepare(db, SQL("INSERT INTO operation (code, name_zh, name_en, part) VALUES ($1, $2, $3, $4)"), &stmt,
                            err))
        return false;
    db_bind_text(stmt, 1, row->key);
    bind_names(stmt, 2, row->o);
    db_bind_text(stmt, 4, text_in(row->o, "part"));
    return db_run(stmt, err);
}

static bool learn_reason(struct db *db, const struct topic_row *row, struct err *err)
{
    struct db_stmt *stmt;
    int64_t         number;
    if (!key_number(row->key, INT32_MAX, &number)) return true;
    if (!row_run_int(db, SQL("DELETE FROM reason WHERE number = $1"), number, err)) return false;
    if (row->o == NULL) return true;
    if (!db_prepare(db, SQL("INSERT INTO reason (number, name_zh, name_en) VALUES ($1, $2, $3)"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, number);
    bind_names(stmt, 2, row->o);
    return db_run(stmt, err);
}

static void bind_salt(struct db_stmt *stmt, int n, const char *text)
{
    struct buf salt = {0};
    if (seal_unbase64(text, strlen(text), &salt) && salt.len == SEAL_SALT_BYTES)
        db_bind_blob(stmt, n, salt.bytes, salt.len);
    else
        db_bind_null(stmt, n);
    buf_free(&salt);
}

static bool learn_worker(struct db *db, const struct topic_row *row, struct err *err)
{
    struct db_stmt *stmt;
    enum lang       lang = LANG_ZH;
    int64_t         number;
    if (!key_number(row->key, INT32_MAX, &number)) return true;
    if (!row_run_int(db, SQL("DELETE FROM worker WHERE number = $1"), number, err)) return false;
    if (row->o == NULL) return true;
    if (!db_prepare(db, SQL("INSERT INTO worker (number, name, sign, colour, crew, is_supervisor, lang, salt, has_left)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
                            &stmt, err))
        return false;
    if (!lang_read(text_in(row->o, "lang"), &lang)) lang = LANG_ZH;
    db_bind_int(stmt, 1, number);
    db_bind_text(stmt, 2, text_in(row->o, "name"));
    db_bind_int(stmt, 3, int_of(row->o, "sign"));
    db_bind_int(stmt, 4, int_of(row->o, "colour"));
    db_bind_text(stmt, 5, text_in(row->o, "crew"));
    db_bind_int(stmt, 6, strcmp(text_in(row->o, "role"), "supervisor") == 0);
    db_bind_int(stmt, 7, lang);
    bind_salt(stmt, 8, text_in(row->o, "salt"));
    db_bind_int(stmt, 9, bool_of(row->o, "gone"));
    return db_run(stmt, err);
}

static bool learn_badge(struct db *db, const struct topic_row *row, struct err *err)
{
    struct db_stmt *stmt;
    int64_t         badge;
    if (!key_number(row->key, BADGE_MOST, &badge)) return true;
    if (!row_run_int(db, SQL("DELETE FROM badge WHERE badge = $1"), badge, err)) return false;
    if (row->o == NULL) return true;
    if (!db_prepare(db, SQL("INSERT INTO badge (badge, worker, is_revoked) VALUES ($1, $2, $3)"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, badge);
    db_bind_int(stmt, 2, int_of(row->o, "worker"));
    db_bind_int(stmt, 3, bool_of(row->o, "revoked"));
    return db_run(stmt, err);
}

static bool learn_crew(struct db *db, const struct topic_row *row, struct err *err)
{
    struct db_stmt *stmt;
    if (!row_run_text(db, SQL("DELETE FROM crew WHERE id = $1"), row->key, err)) return false;
    if (row->o == NULL) return true;
    if (!db_prepare(db, SQL("INSERT INTO crew (id, name) VALUES ($1, $2)"), &stmt, err)) return false;
    db_bind_text(stmt, 1, row->key);
    db_bind_text(stmt, 2, text_in(row->o, "name"));
    return db_run(stmt, err);
}

static bool learn_blame(struct db *db, const struct topic_row *row, struct err *err)
{
    return blame_learn(db, row->key, row->o, err);
}

static bool learn_pool(struct db *db, const struct topic_row *row, struct err *err)
{
    return pool_learn(db, row->key, row->o, err);
}

/* ---------------------------------------------------------------------------------------------------- sheets */

static bool sheet_ops_put(struct db *db, int64_t line, const struct json *ops, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("INSERT INTO sheet_op (line, number, code, part, planned, rate_cfen, rework_cfen)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING"),
                            &stmt, err))
        return false;
    for (size_t i = 0; i < json_count(ops); i++) {
        const struct json *op = json_at(ops, i);
        db_bind_int(stmt, 1, line);
        db_bind_int(stmt, 2, json_int(json_at(op, 0), 0));
        db_bind_text(stmt, 3, json_text(json_at(op, 1), ""));
        db_bind_text(stmt, 4, json_text(json_at(op, 2), ""));
        for (int j = 0; j < 3; j++) db_bind_int(stmt, 5 + j, json_int(json_at(op, (size_t)j + 3), 0));
        if (!db_run(stmt, err)) return false;
    }
    return true;
}

static bool sheet_void_put(struct db *db, int64_t line, const struct json *revs, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("INSERT INTO sheet_void (line, rev) VALUES ($1, $2) ON CONFLICT DO NOTHING"), &stmt, err))
        return false;
    for (size_t i = 0; i < json_count(revs); i++) {
        db_bind_int(stmt, 1, line);
        db_bind_int(stmt, 2, json_int(json_at(revs, i), 0));
        if (!db_run(stmt, err)) return false;
    }
    return true;
}

static bool sheet_put(struct db *db, int64_t line, const struct json *o, struct err *err)
{
    static const char *const texts[] = {"product", "size", "colour", "opening"};
    static const char *const more[] = {"remarks", "lock_hole", "closer"};
    struct db_stmt          *stmt;
    int32_t                  due_day = 0;
    if (!db_prepare(db, SQL("INSERT INTO sheet (line, rev, product, size, colour, opening, quantity, due_day, is_rush,"
                        " is_special, remarks, lock_hole, closer)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"),
                            &stmt, err))
        return false;
    if (!day_read(text_in(o, "due"), &due_day)) due_day = 0;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, int_of(o, "rev"));
    for (int i = 0; i < 4; i++) db_bind_text(stmt, 3 + i, text_in(o, texts[i]));
    db_bind_int(stmt, 7, int_of(o, "quantity"));
    db_bind_int(stmt, 8, due_day);
    db_bind_int(stmt, 9, bool_of(o, "rush"));
    db_bind_int(stmt, 10, bool_of(o, "special"));
    for (int i = 0; i < 3; i++) db_bind_text(stmt, 11 + i, text_in(o, more[i]));
    return db_run(stmt, err);
}

static bool learn_sheet(struct db *db, const struct topic_row *row, struct err *err)
{
    int64_t line;
    if (!key_line(row->key, &line)) return true;
    if (!row_run_int(db, SQL("DELETE FROM sheet WHERE line = $1"), line, err) ||
                     !row_run_int(db, SQL("DELETE FROM sheet_op WHERE line = $1"), line, err) ||
                                  !row_run_int(db, SQL("DELETE FROM sheet_void WHERE line = $1"), line, err))
        return false;
    if (row->o == NULL) return true;
    return sheet_put(db, line, row->o, err) && sheet_ops_put(db, line, json_get(row->o, "ops"), err) &&
           sheet_void_put(db, line, json_get(row->o, "void"), err) && entry_rates(db, line, err);
}

static bool total_mark_put(struct db *db, int64_t line, uint64_t kiosk, const struct json *marks, struct err *err)
{
    struct db_stmt *stmt;
    struct reach    reach;
    if (!own_reach(db, kiosk, marks, &reach, err)) return false;
    if (!db_prepare(db, SQL("INSERT INTO total_mark (line, counter, seq) VALUES ($1, $2, $3)"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, reach.counter);
    db_bind_int(stmt, 3, reach.seq);
    return db_run(stmt, err);
}

static bool totals_put(struct db *db, int64_t line, const struct json *ops, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("INSERT INTO total (line, number, good, bad, held) VALUES ($1, $2, $3, $4, $5)"
                        " ON CONFLICT DO NOTHING"),
                            &stmt, err))
        return false;
    for (size_t i = 0; i < json_count(ops); i++) {
        const struct json *op = json_at(ops, i);
        db_bind_int(stmt, 1, line);
        for (int j = 0; j < 4; j++) db_bind_int(stmt, 2 + j, json_int(json_at(op, (size_t)j), 0));
        if (!db_run(stmt, err)) return false;
    }
    return true;
}

static bool learn_totals(struct db *db, const struct topic_row *row, struct err *err)
{
    int64_t line;
    if (!key_line(row->key, &line)) return true;
    if (!row_run_int(db, SQL("DELETE FROM total WHERE line = $1"), line, err) ||
                     !row_run_int(db, SQL("DELETE FROM total_mark WHERE line = $1"), line, err))
        return false;
    if (!trace_learn(db, line, row->o, err)) return false;
    if (row->o == NULL) return true;
    return totals_put(db, line, json_get(row->o, "ops"), err) &&
           total_mark_put(db, line, row->kiosk, json_get(row->o, "marks"), err);
}

static bool learn_stop(struct db *db, const struct topic_row *row, struct err *err)
{
    struct db_stmt *stmt;
    int64_t         line;
    if (!key_line(row->key, &line)) return true;
    if (!row_run_int(db, SQL("DELETE FROM stop WHERE line = $1"), line, err)) return false;
    if (row->o == NULL) return row_run_int(db, SQL("DELETE FROM answered WHERE line = $1"), line, err);
    if (!db_prepare(db, SQL("INSERT INTO stop (line, at_ms, why, who, pieces) VALUES ($1, $2, $3, $4, $5)"), &stmt,
                            err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, int_of(row->o, "at"));
    db_bind_text(stmt, 3, text_in(row->o, "why"));
    db_bind_text(stmt, 4, text_in(row->o, "by"));
    int64_t pieces = int_of(row->o, "pieces");
    db_bind_int(stmt, 5, pieces > 0 ? pieces : 0);
    return db_run(stmt, err);
}

/* Key: <line>/<revision>/<copy>. */
static bool key_copy(const char *key, int64_t *line, int64_t *rev, int64_t *copy)
{
    char        text[LINE_REF_TEXT] = "", number[8] = "";
    const char *first = strchr(key, '/'), *second = first == NULL ? NULL : strchr(first + 1, '/');
    if (second == NULL || (size_t)(first - key) >= sizeof text || (size_t)(second - first) > sizeof number)
        return false;
    memcpy(text, key, (size_t)(first - key));
    memcpy(number, first + 1, (size_t)(second - first - 1));
    return key_line(text, line) && key_number(number, COPY_MOST, rev) && key_number(second + 1, COPY_MOST, copy);
}

static bool learn_copy(struct db *db, const struct topic_row *row, struct err *err)
{
    struct db_stmt *stmt;
    int64_t         line, rev, copy;
    if (!key_copy(row->key, &line, &rev, &copy)) return true;
    if (!db_prepare(db, SQL("DELETE FROM copy_replaced WHERE line = $1 AND rev = $2 AND copy = $3"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, rev);
    db_bind_int(stmt, 3, copy);
    if (!db_run(stmt, err)) return false;
    if (row->o == NULL || int_of(row->o, "replaced") <= 0) return true;
    if (!db_prepare(db, SQL("INSERT INTO copy_replaced (line, rev, copy, by_copy) VALUES ($1, $2, $3, $4)"), &stmt,
                            err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, rev);
    db_bind_int(stmt, 3, copy);
    db_bind_int(stmt, 4, int_of(row->o, "replaced"));
    return db_run(stmt, err);
}

/* ---------------------------------------------------------------------------------------------------- people */

static bool learn_verdict(struct db *db, const struct topic_row *row, struct err *err)
{
    struct db_stmt *stmt;
    struct hash     name;
    struct buf      words = {0};
    if (!hash_read(row->key, &name)) return true;
    if (!db_prepare(db, SQL("DELETE FROM verdict WHERE name = $1"), &stmt, err)) return false;
    db_bind_blob(stmt, 1, name.bytes, sizeof name.bytes);
    if (!db_run(stmt, err)) return false;
    if (row->o == NULL) return true;
    if (!db_prepare(db, SQL("INSERT INTO verdict (name, counted, held, say) VALUES ($1, $2, $3, $4)"), &stmt, err))
        return false;
    const struct json *say = json_get(row->o, "say");
    if (say != NULL) json_write(say, &words);
    db_bind_blob(stmt, 1, name.bytes, sizeof name.bytes);
    db_bind_int(stmt, 2, int_of(row->o, "counted"));
    db_bind_int(stmt, 3, int_of(row->o, "held"));
    db_bind_text(stmt, 4, buf_text(&words));
    buf_free(&words);
    return db_run(stmt, err);
}

/* Key: <worker number>/<shift date>. */
static bool key_pay(const char *key, int64_t *worker, int32_t *day)
{
    char        number[16] = "";
    const char *slash = strchr(key, '/');
    if (slash == NULL || (size_t)(slash - key) >= sizeof number) return false;
    memcpy(number, key, (size_t)(slash - key));
    return key_number(number, INT32_MAX, worker) && day_read(slash + 1, day);
}

static bool learn_pay(struct db *db, const struct topic_row *row, struct err *err)
{
    struct db_stmt *stmt;
    int64_t         worker;
    int32_t         day;
    if (!key_pay(row->key, &worker, &day)) return true;
    if (!db_prepare(db, SQL("DELETE FROM pay WHERE worker = $1 AND day = $2"), &stmt, err)) return false;
    db_bind_int(stmt, 1, worker);
    db_bind_int(stmt, 2, day);
    if (!db_run(stmt, err)) return false;
    if (row->o == NULL) return true;
    if (!db_prepare(db, SQL("INSERT INTO pay (worker, day, box) VALUES ($1, $2, $3)"), &stmt, err)) return false;
    db_bind_int(stmt, 1, worker);
    db_bind_int(stmt, 2, day);
    db_bind_text(stmt, 3, text_in(row->o, "box"));
    return db_run(stmt, err);
}

/* ---------------------------------------------------------------------------------------------------- binds, and what other files keep */

static bool learn_bind(struct db *db, const struct topic_row *row, struct err *err)
{
    int64_t badge = strtoll(row->key, NULL, 10), worker = int_of(row->o, "worker");
    int32_t day;
    if (badge < 1 || row->o == NULL || worker < 0 || worker > INT32_MAX || !day_read(text_in(row->o, "day"), &day))
        return true;
    return entry_bind(db, badge, day, (int32_t)worker, false, err);
}

static bool learn_asked(struct db *db, const struct topic_row *row, struct err *err)
{
    return asked_learn(db, row->key, row->o, err);
}

static bool learn_note(struct db *db, const struct topic_row *row, struct err *err)
{
    return dock_learn_note(db, row->kiosk, row->key, row->o, err);
}

static bool learn_stock(struct db *db, const struct topic_row *row, struct err *err)
{
    return dock_learn_stock(db, row->kiosk, row->key, row->o, err);
}

/* ---------------------------------------------------------------------------------------------------- all */

static const struct {
    const char *topic;
    bool (*learn)(struct db *db, const struct topic_row *row, struct err *err);
} TOPICS[] = {
    {"setting",   learn_setting  },
    {"station",   learn_station  },
    {"operation", learn_operation},
    {"reason",    learn_reason   },
    {"worker",    learn_worker   },
    {"badge",     learn_badge    },
    {"crew",      learn_crew     },
    {"sheet",     learn_sheet    },
    {"totals",    learn_totals   },
    {"stop",      learn_stop     },
    {"copy",      learn_copy     },
    {"verdict",   learn_verdict  },
    {"pay",       learn_pay      },
    {"bind",      learn_bind     },
    {"asked",     learn_asked    },
    {"pool",      learn_pool     },
    {"note",      learn_note     },
    {"stock",     learn_stock    },
    {"blame",     learn_blame    },
};

bool topic_learn(struct db *db, const char *topic, const struct topic_row *row, struct err *err)
{
    for (size_t i = 0; i < sizeof TOPICS / sizeof TOPICS[0]; i++)
        if (strcmp(topic, TOPICS[i].topic) == 0) return TOPICS[i].learn(db, row, err);
    return true; /* a newer server's */
}

bool topic_forget(struct db *db, struct err *err)
{
    return db_script(db, SQL("DELETE FROM setting; DELETE FROM station; DELETE FROM station_op; DELETE FROM operation;"
                             " DELETE FROM reason; DELETE FROM worker; DELETE FROM badge; DELETE FROM crew;"
                             " DELETE FROM sheet; DELETE FROM sheet_op; DELETE FROM sheet_void; DELETE FROM total;"
                             " DELETE FROM total_mark; DELETE FROM last_report; DELETE FROM paper;"
                             " DELETE FROM day_total; DELETE FROM stop; DELETE FROM copy_replaced;"
                             " DELETE FROM verdict; DELETE FROM pay; DELETE FROM asked;"
                             " DELETE FROM bind WHERE is_own = 0;"),
                             err) &&
                     dock_forget(db, err);
}
