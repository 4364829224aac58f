/* setting.c - what the office set: kiosk/keep/setting.h. Takes rows of setting and station, gives structs. */
#include "kiosk/keep/setting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/json.h"
#include "core/utf8.h"
#include "kiosk/keep/row.h"

enum { DAY_MIN = 1440, OFFSET_MOST_MIN = 24 * 60 };

bool setting_keep(struct db *db, const char *name, const struct json *value, struct err *err)
{
    struct db_stmt *stmt;
    struct buf      text = {0};
    if (!row_run_text(db, SQL("DELETE FROM setting WHERE name = $1"), name, err)) return false;
    if (value == NULL) return true;
    if (!db_prepare(db, SQL("INSERT INTO setting (name, value) VALUES ($1, $2)"), &stmt, err)) return false;
    json_write(value, &text);
    db_bind_text(stmt, 1, name);
    db_bind_text(stmt, 2, buf_text(&text));
    buf_free(&text);
    return db_run(stmt, err);
}

bool setting_read(struct db *db, const char *name, struct json **value, struct err *err)
{
    struct db_stmt *stmt;
    struct err      unread;
    bool            row;
    *value = NULL;
    if (!db_prepare(db, SQL("SELECT value FROM setting WHERE name = $1"), &stmt, err)) return false;
    db_bind_text(stmt, 1, name);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    const char *text = db_text(stmt, 0);
    *value = json_read(text, strlen(text), &unread);
    db_reset(stmt);
    return true;
}

static bool number_read(struct db *db, const char *name, int64_t least, int64_t most, int64_t otherwise,
                        int64_t *number, struct err *err)
{
    struct json *value;
    if (!setting_read(db, name, &value, err)) return false;
    *number = json_int(value, otherwise);
    if (*number < least || *number > most) *number = otherwise;
    json_free(value);
    return true;
}

static int by_start(const void *a, const void *b)
{
    const struct shift *one = a, *other = b;
    return one->start_min - other->start_min;
}

/* A list with a row that can't be counts as none: half a shift table would put work on wrong days. */
static void shifts_read(const struct json *list, struct day_rule *rule)
{
    size_t count = json_count(list);
    if (count > CLOCK_SHIFTS_MAX) return;
    for (size_t i = 0; i < count; i++) {
        const struct json *row = json_at(list, i);
        const char        *name = json_text(json_at(row, 0), "");
        int64_t            start = json_int(json_at(row, 1), -1), end = json_int(json_at(row, 2), -1);
        if (name[0] == 0 || start < 0 || start >= DAY_MIN || end <= start || end > (int64_t)2 * DAY_MIN) return;
        snprintf(rule->shifts[i].name, sizeof rule->shifts[i].name, "%s", name);
        rule->shifts[i].start_min = (int16_t)start;
        rule->shifts[i].end_min = (int16_t)end;
    }
    rule->count = (int)count;
    qsort(rule->shifts, count, sizeof rule->shifts[0], by_start);
}

bool setting_day_rule(struct db *db, struct day_rule *rule, struct err *err)
{
    struct day_rule read = day_rule_default();
    struct json    *shifts;
    int64_t         offset_min, day_start_min;
    if (!number_read(db, "offset_min", -OFFSET_MOST_MIN, OFFSET_MOST_MIN, read.offset_min, &offset_min, err) ||
        !number_read(db, "day_start_min", 0, DAY_MIN - 1, read.day_start_min, &day_start_min, err) ||
        !setting_read(db, "shifts", &shifts, err))
        return false;
    read.offset_min = (int32_t)offset_min;
    read.day_start_min = (int16_t)day_start_min;
    shifts_read(shifts, &read);
    json_free(shifts);
    *rule = read;
    return true;
}

/* The station's own where the value is an object; the caller frees *whole. */
static const struct json *station_value(const struct json *whole, const char *station)
{
    if (json_kind_of(whole) != JSON_OBJECT) return whole;
    const struct json *own = json_get(whole, station);
    return own != NULL ? own : json_get(whole, "*");
}

bool setting_sign_out(struct db *db, const char *station, int32_t *seconds, struct err *err)
{
    struct json *whole;
    if (!setting_read(db, "sign_out", &whole, err)) return false;
    const struct json *value = whole != NULL ? station_value(whole, station) : NULL;
    int64_t            number = value != NULL ? json_int(value, SIGN_OUT_ENTRY_S) : SIGN_OUT_ENTRY_S;
    if (value != NULL && strcmp(json_text(value, ""), "shift") == 0) number = SIGN_OUT_SHIFT_S;
    if (number < SIGN_OUT_SHIFT_S || number > SIGN_OUT_MOST_S) number = SIGN_OUT_ENTRY_S;
    *seconds = (int32_t)number;
    json_free(whole);
    return true;
}

bool setting_touch_rows(struct db *db, const char *station, bool *can, struct err *err)
{
    struct json *whole;
    if (!setting_read(db, "touch_rows", &whole, err)) return false;
    const struct json *value = whole != NULL ? station_value(whole, station) : NULL;
    *can = value != NULL && json_bool(value, false);
    json_free(whole);
    return true;
}

bool setting_asks_opening(struct db *db, const char *code, bool *asks, struct err *err)
{
    struct json *list;
    if (!setting_read(db, "opening_ops", &list, err)) return false;
    *asks = false;
    for (size_t i = 0; list != NULL && i < json_count(list) && json_kind_of(list) == JSON_LIST; i++)
        *asks = *asks || strcmp(json_text(json_at(list, i), ""), code) == 0;
    json_free(list);
    return true;
}

bool setting_is_dock(struct db *db, const char *station, bool *is_dock, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT kind FROM station WHERE id = $1"), &stmt, err)) return false;
    db_bind_text(stmt, 1, station);
    if (!db_step(stmt, &row, err)) return false;
    *is_dock = row && strcmp(db_text(stmt, 0), "dock") == 0;
    if (row) db_reset(stmt);
    return true;
}

bool setting_station_name(struct db *db, const char *station, char name[2][NAME_MAX], struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT name_zh, name_en FROM station WHERE id = $1"), &stmt, err)) return false;
    db_bind_text(stmt, 1, station);
    if (!db_step(stmt, &row, err)) return false;
    for (int i = 0; i < 2; i++) utf8_copy(name[i], NAME_MAX, row ? db_text(stmt, i) : station);
    if (row) db_reset(stmt);
    return true;
}

bool setting_place_name(struct db *db, int64_t place, char name[NAME_MAX], struct err *err)
{
    struct json *value;
    char         key[32];
    snprintf(key, sizeof key, "place.%lld", (long long)place);
    if (!setting_read(db, key, &value, err)) return false;
    utf8_copy(name, NAME_MAX, json_text(value, ""));
    json_free(value);
    return true;
}
