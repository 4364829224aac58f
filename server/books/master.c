/* master.c - what the shop is made of: server/books/master.h. */
#include "server/books/master.h"

#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/utf8.h"
#include "server/books/time.h"

/* ---------------------------------------------------------------------------------------------------- is it there */

static bool is_there(struct books *books, const char *sql, const char *key, bool *is, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, sql, &stmt, err)) return false;
    db_bind_text(stmt, 1, key);
    if (!db_step(stmt, is, err)) return false;
    db_reset(stmt);
    return true;
}

bool operation_is(struct books *books, const char *code, bool *is, struct err *err)
{
    return is_there(books, SQL("SELECT version FROM operation WHERE code = $1"), code, is, err);
}

bool station_is(struct books *books, const char *id, bool *is, struct err *err)
{
    return is_there(books, SQL("SELECT version FROM station WHERE id = $1 AND is_off = 0"), id, is, err);
}

bool crew_is(struct books *books, const char *id, bool *is, struct err *err)
{
    return is_there(books, SQL("SELECT version FROM crew WHERE id = $1"), id, is, err);
}

int32_t books_today(struct books *books)
{
    return day_of(chains_rule(&books->chains, books->applied_to + 1), books->record.now_ms, NULL);
}

int32_t books_newest_day(struct books *books)
{
    enum { MINUTE_MS = 60000, DAY_MIN = 1440 };
    const struct day_rule *rule = chains_rule(&books->chains, books->applied_to + 1);
    int32_t                shift = books_today(books);
    int32_t                day = (int32_t)((books->record.now_ms / MINUTE_MS + rule->offset_min) / DAY_MIN);
    return day > shift ? day : shift;
}

/* ---------------------------------------------------------------------------------------------------- settings */

static bool setting_read(struct books *books, const char *name, struct buf *out, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT value FROM setting WHERE name = $1"), &stmt, err)) return false;
    db_bind_text(stmt, 1, name);
    if (!db_step(stmt, &row, err)) return false;
    if (row) {
        json_key(out, name);
        buf_str(out, db_text(stmt, 0));
    }
    db_reset(stmt);
    return true;
}

/* The day rule as the settings say it now, as one object. */
static bool rule_write(struct books *books, struct buf *out, struct err *err)
{
    static const char *const NAMES[] = {"offset_min", "day_start_min", "shifts"};
    buf_char(out, '{');
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (!setting_read(books, NAMES[i], out, err)) return false;
    buf_char(out, '}');
    return true;
}

static bool rule_keep(struct books *books, const char *rule, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("INSERT INTO day_rule (from_number, rule) VALUES ($1, $2)"
                        " ON CONFLICT (from_number) DO UPDATE SET rule = excluded.rule"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, books->applied_to + 1);
    db_bind_text(stmt, 2, rule);
    return db_run(stmt, err);
}

/* What was applied keeps its day; from here on the new rule names days. */
static bool rule_follow(struct books *books, struct err *err)
{
    struct day_rule rule;
    struct buf      json = {0};
    bool            is_done = rule_write(books, &json, err) && chains_rule_read(json.bytes, json.len, &rule, err) &&
                   rule_keep(books, buf_text(&json), err);
    buf_free(&json);
    chains_forget(&books->chains);
    return is_done && books_ready(books, err);
}

static bool limit_check(const char *name, const char *json, struct err *err)
{
    const struct limit_row *row = &LIMIT_ROWS[limit_find(name)];
    struct json            *value = json_read(json, strlen(json), err);
    if (value == NULL) return false;
    bool is_good =
        json_kind_of(value) == JSON_INT && json_int(value, 0) >= row->least && json_int(value, 0) <= row->most;
    json_free(value);
    return is_good ||
           err_set(err, ERR_INPUT, say_int(say_int(say_text(SAY("act.number"), name), row->least), row->most));
}

bool setting_limit_of(struct db *db, enum limit limit, int64_t *value, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT CAST(value AS BIGINT) FROM setting WHERE name = $1"), &stmt, err)) return false;
    db_bind_text(stmt, 1, LIMIT_ROWS[limit].name);
    if (!db_step(stmt, &row, err)) return false;
    *value = row ? db_int(stmt, 0) : LIMIT_ROWS[limit].otherwise;
    db_reset(stmt);
    return true;
}

bool setting_limit(struct books *books, enum limit limit, int64_t *value, struct err *err)
{
    return setting_limit_of(books->db, limit, value, err);
}

/* Settings that are plain text: the factory's name, the shop's words for what a size is of [R21], in a demo the address of
 * its kiosks' page. */
static const char *const TEXTS[] = {"factory", "opening_word", "leaf_word", "review_kinds", "guide"};
enum { TEXTS_COUNT = sizeof TEXTS / sizeof *TEXTS };

bool setting_is_text(const char *name)
{
    for (size_t i = 0; i < TEXTS_COUNT; i++)
        if (strcmp(TEXTS[i], name) == 0) return true;
    return false;
}

bool setting_text(struct books *books, const char *name, const char *otherwise, char text[NAME_BYTES + 1],
                  struct err *err)
{
    struct buf pair = {0};
    bool       is_done = setting_read(books, name, &pair, err);
    memset(text, 0, NAME_BYTES + 1);
    if (is_done && pair.len > 0) {
        struct buf whole = {0};
        struct err ignored;
        buf_fmt(&whole, "{%s}", buf_text(&pair));
        struct json *json = json_read(whole.bytes, whole.len, &ignored);
        const char  *found = json_text(json_get(json, name), otherwise);
        utf8_copy(text, NAME_BYTES + 1, found);
        json_free(json);
        buf_free(&whole);
    } else if (is_done) {
        utf8_copy(text, NAME_BYTES + 1, otherwise);
    }
    buf_free(&pair);
    return is_done;
}

static bool calendar_days(struct books *books, struct calendar *calendar, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT day, is_work FROM holiday WHERE day >= $1 ORDER BY day LIMIT $2"), &stmt,
                                   err))
        return false;
    db_bind_int(stmt, 1, books_today(books) - 400);
    db_bind_int(stmt, 2, CALENDAR_DAYS_MAX);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        calendar->days[calendar->count].day = (int32_t)db_int(stmt, 0);
        calendar->days[calendar->count++].is_work = db_int(stmt, 1) != 0;
    }
}

bool books_calendar(struct books *books, struct calendar *calendar, struct err *err)
{
    int64_t rest;
    *calendar = (struct calendar){.count = 0};
    if (!setting_limit(books, LIMIT_REST_WEEKDAYS, &rest, err)) return false;
    calendar->rest_weekdays = (unsigned)rest;
    return calendar_days(books, calendar, err);
}

/* ---- What kiosks are told to do, for all stations or by station */

enum { SIGN_OUT_MOST_S = 86400 };

static bool is_sign_out(const struct json *value)
{
    const char *word = json_text(value, "");
    int64_t     seconds = json_int(value, -1);
    return strcmp(word, "entry") == 0 || strcmp(word, "shift") == 0 || (seconds >= 0 && seconds <= SIGN_OUT_MOST_S);
}

static bool is_bool(const struct json *value)
{
    return json_kind_of(value) == JSON_BOOL;
}

static bool is_word(const struct json *value)
{
    return json_kind_of(value) == JSON_TEXT;
}

/* One value, or one for each station. */
static bool fits_stations(const struct json *value, bool (*fits)(const struct json *value))
{
    const struct json *one;
    const char        *station;
    if (json_kind_of(value) != JSON_OBJECT) return fits(value);
    bool all = true;
    for (void *iter = NULL; json_next(value, &iter, &station, &one);) all = all && fits(one);
    return all;
}

static bool fits_codes(const struct json *value, bool (*fits)(const struct json *value))
{
    bool all = json_kind_of(value) == JSON_LIST;
    for (size_t i = 0; i < json_count(value) && all; i++) all = fits(json_at(value, i));
    return all;
}

/* To add one: a row here, its reader in kiosk/keep/setting.c, its line in docs/import.md and docs/protocol.md. */
static const struct kiosk_setting {
    const char *name, *say; /* how it must look */
    bool (*fits)(const struct json *value, bool (*one)(const struct json *value));
    bool (*one)(const struct json *value);
} KIOSK_SETTINGS[] = {
    {"sign_out",    "master.sign_out",    fits_stations, is_sign_out},
    {"touch_rows",  "master.touch_rows",  fits_stations, is_bool    },
    {"opening_ops", "master.opening_ops", fits_codes,    is_word    },
};

/* True and *is_one false: it is another kind of setting. */
static bool kiosk_setting_check(const char *name, const char *json, bool *is_one, struct err *err)
{
    *is_one = false;
    for (size_t i = 0; i < sizeof KIOSK_SETTINGS / sizeof *KIOSK_SETTINGS; i++) {
        const struct kiosk_setting *row = &KIOSK_SETTINGS[i];
        if (strcmp(row->name, name) != 0) continue;
        struct json *value = json_read(json, strlen(json), err);
        if (value == NULL) return false;
        *is_one = row->fits(value, row->one);
        json_free(value);
        return *is_one || err_set(err, ERR_INPUT, say_make(row->say));
    }
    return true;
}

/* Texts, numbers, then what is JSON: the day rule and what kiosks do. */
bool setting_kind_at(size_t i, struct setting_kind *kind)
{
    static const char *const RULES[] = {"shifts"};
    enum { RULES_COUNT = 1, KIOSKS_COUNT = sizeof KIOSK_SETTINGS / sizeof *KIOSK_SETTINGS };
    static const struct setting_kind DAYS[] = {
        {"offset_min",    "int", -840, 840,  480},
        {"day_start_min", "int", 0,    1439, 360},
    };
    enum { DAYS_COUNT = sizeof DAYS / sizeof *DAYS };
    if (i < TEXTS_COUNT) {
        *kind = (struct setting_kind){.name = TEXTS[i], .type = "text"};
    } else if ((i -= TEXTS_COUNT) < LIMITS) {
        *kind = (struct setting_kind){LIMIT_ROWS[i].name, "int", LIMIT_ROWS[i].least, LIMIT_ROWS[i].most,
                                      LIMIT_ROWS[i].otherwise};
    } else if ((i -= LIMITS) < DAYS_COUNT) {
        *kind = DAYS[i];
    } else if ((i -= DAYS_COUNT) < RULES_COUNT) {
        *kind = (struct setting_kind){.name = RULES[i], .type = "json"};
    } else if ((i -= RULES_COUNT) < KIOSKS_COUNT) {
        *kind = (struct setting_kind){.name = KIOSK_SETTINGS[i].name, .type = "json"};
    } else {
        return false;
    }
    return true;
}

bool setting_put(struct books *books, const char *name, const char *json, int64_t base, enum record_did *did,
                 struct err *err)
{
    const struct value values[] = {value_text(name), value_text(json)};
    bool is_rule = strcmp(name, "offset_min") == 0 || strcmp(name, "day_start_min") == 0 || strcmp(name, "shifts") == 0;
    if (limit_find(name) < LIMITS && !limit_check(name, json, err)) return false;
    bool is_kiosk;
    if (!kiosk_setting_check(name, json, &is_kiosk, err)) return false;
    if (!setting_is_text(name) && !is_rule && !is_kiosk && limit_find(name) == LIMITS)
        return err_set(err, ERR_INPUT, say_text(SAY("master.setting"), name));
    if (!record_put(&books->record, NOUN_SETTING, base, values, did, err)) return false;
    if (*did != RECORD_SAME && limit_find(name) == LIMIT_TIME_MOST_MINUTES && !time_renew(books, 0, err)) return false;
    return *did == RECORD_SAME || !is_rule || rule_follow(books, err);
}

bool setting_act(struct books *books, struct act_call *call, struct err *err)
{
    const struct json *value = json_get(call->body, "value");
    struct buf         json = {0};
    enum record_did    did;
    const char        *name;
    if (!body_text(call, "name", false, WORD_BYTES, &name, err)) return false;
    if (value == NULL) return err_set(err, ERR_INPUT, say_text(SAY("act.missing"), "value"));
    if (setting_is_text(name) && !body_text(call, "value", false, NAME_BYTES, &(const char *){0}, err)) return false;
    json_write(value, &json);
    bool is_done = setting_put(books, name, buf_text(&json), body_base(call), &did, err);
    buf_free(&json);
    return is_done;
}
