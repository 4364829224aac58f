/* list.c - reads any list of the tables: server/ask/list.h. */
#include "server/ask/list.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/code.h"
#include "core/json.h"
#include "core/utf8.h"
#include "server/ask/nouns.h"
#include "server/ask/search.h"
#include "server/ask/who.h"
#include "server/judge/limits.h"

enum { DAY_MS = 86400000, MINUTE_MS = 60000, DAYS_BACK_MOST = 36525 /* a hundred years */ };

/* One a line, so that two rooms that add theirs don't meet. */
/* clang-format off */
const struct list *const LISTS[] = {
    PAY_LISTS,
    PAYROLL_LISTS,
    ORDER_LISTS,
    MASTER_LISTS,
    TRADE_LISTS,
    REGISTER_LISTS,
    SHEET_LISTS,
    CHANGE_LISTS,
    TODO_LISTS,
    SHOP_LISTS,
    CREW_LISTS,
    REMAKE_LISTS,
    WATCH_LISTS,
    FLOOR_REPORTS,
    PAY_REPORTS,
    TRADE_REPORTS,
    ENQUIRY_LISTS,
    CASE_LISTS,
    MONEY_LISTS,
    SHIP_LISTS,
    NULL,
};
/* clang-format on */

const struct list *list_find(const char *name)
{
    for (const struct list *const *table = LISTS; *table != NULL; table++)
        for (const struct list *list = *table; list->name != NULL; list++)
            if (strcmp(list->name, name) == 0) return list;
    return NULL;
}

size_t list_column_count(const struct list *list)
{
    size_t n = 0;
    while (n < LIST_COLUMNS_MAX && list->columns[n].key != NULL) n++;
    return n;
}

/* The ms of a day stand beside the day itself in most lists. */
static bool has_day(const struct list *list, const char *name)
{
    for (size_t i = 0; i < LIST_PARAMS_MAX && list->params[i].name != NULL; i++)
        if (list->params[i].type == LIST_DAY && strcmp(list->params[i].name, name) == 0) return true;
    return false;
}

bool list_param_is_shown(const struct list *list, size_t i)
{
    const struct list_param *param = &list->params[i];
    if (param->type == LIST_TIME) return strcmp(param->otherwise, "now") != 0 && !has_day(list, param->name);
    return param->type != LIST_LANG && param->type != LIST_ZONE;
}

/* ---- The question */

static bool int_read(const char *text, int64_t *number)
{
    char *end = NULL;
    errno = 0;
    long long read = strtoll(text, &end, 10);
    if (errno != 0 || end == text || *end != 0 || *text == ' ' || *text == '+') return false;
    *number = read;
    return true;
}

/* A day, or one of the words of list_param.otherwise. */
static bool day_value(const char *text, const struct list_ask *ask, int64_t *number)
{
    int32_t today = day_of(&ask->rule, ask->now_ms, NULL), day;
    int64_t back;
    char    month[DAY_TEXT];
    if (strcmp(text, "today") == 0) {
        *number = today;
        return true;
    }
    if (strcmp(text, "month") == 0) {
        day_write(today, month);
        memcpy(month + 8, "01", 3);
        if (!day_read(month, &day)) return false;
        *number = day;
        return true;
    }
    if (strcmp(text, "period") == 0 || strcmp(text, "period-end") == 0) {
        *number = text[6] == 0 ? ask->open.from_day : ask->open.to_day;
        return true;
    }
    if (text[0] == '-' && int_read(text, &back)) {
        if (back < -DAYS_BACK_MOST) return false;
        *number = today + back;
        return true;
    }
    if (!day_read(text, &day)) return false;
    *number = day;
    return true;
}

static bool line_value(const char *text, int64_t *number)
{
    struct line_ref line;
    if (int_read(text, number)) return *number >= 0; /* a key itself, as cursors and spans have it */
    if (!line_ref_read(text, &line)) return false;
    *number = line_ref_key(line);
    return true;
}

static int hex_value(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool hash_value(const char *text, struct buf *room, struct list_cell *cell)
{
    if (strlen(text) != sizeof(struct hash) * 2) return false;
    buf_clear(room);
    for (; *text != 0; text += 2) {
        int high = hex_value(text[0]), low = hex_value(text[1]);
        if (high < 0 || low < 0) return false;
        buf_char(room, (char)(high << 4 | low));
    }
    *cell = (struct list_cell){.kind = DB_BLOB, .text = room->bytes, .len = room->len};
    return true;
}

static bool find_value(const char *text, struct buf *room, struct list_cell *cell)
{
    char folded[SEARCH_TEXT_MAX + 1];
    search_fold(text, folded);
    buf_clear(room);
    buf_str(room, folded);
    *cell = (struct list_cell){.kind = DB_TEXT, .text = buf_text(room), .len = room->len};
    return true;
}

static bool param_read(const struct list_param *param, const char *text, const struct list_ask *ask, struct buf *room,
                       struct list_cell *cell)
{
    *cell = (struct list_cell){.kind = DB_INT};
    if (param->type == LIST_LANG || param->type == LIST_ZONE) {
        cell->number = param->type == LIST_LANG ? (int64_t)ask->lang : (int64_t)ask->rule.offset_min * MINUTE_MS;
        return true;
    }
    if (text == NULL) text = param->otherwise;
    if (text == NULL) return false;
    if (param->type == LIST_DAY) return day_value(text, ask, &cell->number);
    if (param->type == LIST_TIME && strcmp(text, "now") == 0) {
        cell->number = ask->now_ms;
        return true;
    }
    if (param->type == LIST_TIME) {
        if (!day_value(text, ask, &cell->number)) return false;
        cell->number = cell->number * DAY_MS - (int64_t)ask->rule.offset_min * MINUTE_MS;
        return true;
    }
    if (param->type == LIST_LINE) return line_value(text, &cell->number);
    if (param->type == LIST_INT) return int_read(text, &cell->number);
    if (param->type == LIST_HASH) return hash_value(text, room, cell);
    if (param->type == LIST_FIND) return find_value(text, room, cell);
    *cell = (struct list_cell){.kind = DB_TEXT, .text = text, .len = strlen(text)};
    return true;
}

static void cell_bind(struct db_stmt *stmt, int place, const struct list_cell *cell)
{
    if (cell->kind == DB_INT)
        db_bind_int(stmt, place, cell->number);
    else if (cell->kind == DB_TEXT)
        db_bind_textn(stmt, place, cell->text, cell->len);
    else
        db_bind_blob(stmt, place, cell->text, cell->len);
}

static int cursor_count(const struct list *list)
{
    return list->cursor[1] == NULL ? 1 : 2;
}

/* Before the first row. A list that orders by text downwards would need a greatest text: there is none. */
static struct list_cell cursor_start(const struct list *list, int i)
{
    if (list->cursor_kind[i] == DB_INT)
        return (struct list_cell){.kind = DB_INT, .number = list->is_descending ? INT64_MAX : INT64_MIN};
    assert(!list->is_descending || i > 0);
    return (struct list_cell){.kind = DB_TEXT, .text = "", .len = 0};
}

/* Written by list_cursor(): values separated by '~'; only the last may hold one itself. */
static bool cursor_read(const struct list *list, const char *after, struct list_cell cells[2])
{
    int n = cursor_count(list);
    for (int i = 0; i < n; i++) cells[i] = cursor_start(list, i);
    if (after == NULL || after[0] == 0) return true;
    for (int i = 0; i < n; i++) {
        size_t len = i + 1 < n ? strcspn(after, "~") : strlen(after);
        char   number[32];
        if (i + 1 < n && after[len] != '~') return false;
        cells[i].text = after;
        cells[i].len = len;
        if (cells[i].kind == DB_INT) {
            if (len >= sizeof number) return false;
            memcpy(number, after, len);
            number[len] = 0;
            if (!int_read(number, &cells[i].number)) return false;
        }
        after += len + 1;
    }
    return true;
}

/* ---- The rows */

static int result_column(struct db_stmt *stmt, const char *name)
{
    for (int i = 0; i < db_columns(stmt); i++)
        if (strcmp(db_column_name(stmt, i), name) == 0) return i;
    return -1;
}

/* Where each column stands in the result; a missing one is a mistake in the table. */
static void columns_find(struct list_reading *reading)
{
    const struct list *list = reading->list;
    for (int i = 0; i < cursor_count(list); i++) {
        reading->cursor_at[i] = result_column(reading->stmt, list->cursor[i]);
        assert(reading->cursor_at[i] >= 0);
    }
    reading->bytes_at = result_column(reading->stmt, "bytes");
    reading->columns = list_column_count(list);
    for (size_t i = 0; i < reading->columns; i++) {
        bool is_of_event = list->columns[i].of_event != NULL;
        if (list->columns[i].of_row != NULL || list->columns[i].type == LIST_PERMILLE) continue;
        reading->column_at[i] = is_of_event ? reading->bytes_at : result_column(reading->stmt, list->columns[i].key);
        assert(reading->column_at[i] >= 0);
    }
}

static bool has_who(const struct list *list)
{
    for (size_t i = 0; i < list_column_count(list); i++)
        if (list->columns[i].type == LIST_WHO) return true;
    return false;
}

static bool param_take(const struct list_ask *ask, size_t i, struct list_reading *reading, struct err *err)
{
    const struct list_param *param = &ask->list->params[i];
    const char              *text = ask->values[i];
    if (param_read(param, text, ask, &reading->room, &reading->params[i])) return true;
    return err_set(err, ERR_INPUT,
                   text == NULL ? say_text(SAY("list.needed"), param->name)
                                : say_text(say_text(SAY("list.param"), param->name), text));
}

bool list_params(const struct list_ask *ask, struct list_reading *reading, struct err *err)
{
    for (size_t i = 0; i < LIST_PARAMS_MAX && ask->list->params[i].name != NULL; i++)
        if (!param_take(ask, i, reading, err)) return false;
    return true;
}

bool list_open(struct db *db, const struct list_ask *ask, int64_t most, struct list_reading *reading, struct err *err)
{
    const struct list *list = ask->list;
    struct list_cell   cursor[2];
    int                place = 1;
    *reading = (struct list_reading){.list = list};
    if (!cursor_read(list, ask->after, cursor))
        return err_set(err, ERR_INPUT, say_text(SAY("list.cursor"), ask->after));
    if (!db_prepare(db, list->sql, &reading->stmt, err)) return false;
    for (int i = 0; i < cursor_count(list); i++) cell_bind(reading->stmt, place++, &cursor[i]);
    db_bind_int(reading->stmt, place++, most);
    for (size_t i = 0; i < LIST_PARAMS_MAX && list->params[i].name != NULL; i++) {
        if (!param_take(ask, i, reading, err)) return false;
        cell_bind(reading->stmt, place++, &reading->params[i]);
    }
    columns_find(reading);
    return !has_who(list) || list_people_read(db, &reading->people, err);
}

bool list_next(struct list_reading *reading, bool *row, struct err *err)
{
    reading->is_event_read = false;
    return db_step(reading->stmt, row, err);
}

static void result_cell(struct list_reading *reading, int at, struct list_cell *cell)
{
    struct db_value value;
    db_value(reading->stmt, at, &value);
    *cell = (struct list_cell){.kind = value.type, .number = value.number, .text = value.bytes, .len = value.len};
}

/* The row's event, read once; NULL where its bytes are none. */
static const struct event *row_event(struct list_reading *reading)
{
    struct err       err;
    struct list_cell bytes;
    if (reading->event == NULL) reading->event = malloc(sizeof *reading->event);
    if (reading->event == NULL) abort(); /* as core/buf.h */
    if (!reading->is_event_read) {
        result_cell(reading, reading->bytes_at, &bytes);
        reading->is_event_read = true;
        reading->has_event = bytes.kind == DB_BLOB && event_read(bytes.text, bytes.len, reading->event, &err);
    }
    return reading->has_event ? reading->event : NULL;
}

/* Half up; nothing of nothing has no share. */
static void permille_cell(int64_t part, int64_t whole, struct list_cell *cell)
{
    *cell = (struct list_cell){.kind = DB_NULL};
    if (whole > 0) *cell = (struct list_cell){.kind = DB_INT, .number = (part * 2000 + whole) / (whole * 2)};
}

static void plain_cell(struct list_reading *reading, size_t column, struct list_cell *cell)
{
    const struct list_column *shape = &reading->list->columns[column];
    if (shape->of_row != NULL) {
        shape->of_row(reading, cell);
        return;
    }
    if (shape->of_event == NULL) {
        result_cell(reading, reading->column_at[column], cell);
        return;
    }
    const struct event *event = row_event(reading);
    *cell = (struct list_cell){.kind = DB_NULL};
    buf_clear(&reading->room);
    if (event != NULL) shape->of_event(event, &reading->room, cell);
}

void list_cell(struct list_reading *reading, size_t column, struct list_cell *cell)
{
    const struct list_column *shape = &reading->list->columns[column];
    if (shape->type == LIST_PERMILLE)
        permille_cell(list_row_int(reading, shape->part, 0), list_row_int(reading, shape->whole, 0), cell);
    else
        plain_cell(reading, column, cell);
    cell->people = shape->type == LIST_WHO ? reading->people : NULL;
}

/* Where a column stands by its name: callers' names stand still, so each is compared once a reading, then known by its place. */
static int row_column(struct list_reading *reading, const char *name)
{
    for (size_t i = 0; i < reading->known; i++)
        if (reading->known_names[i] == name) return reading->known_at[i];
    int at = result_column(reading->stmt, name);
    assert(at >= 0);
    if (reading->known < LIST_KNOWN_MAX) {
        reading->known_names[reading->known] = name;
        reading->known_at[reading->known++] = at;
    }
    return at;
}

int64_t list_row_int(struct list_reading *reading, const char *name, int64_t otherwise)
{
    struct db_value value;
    db_value(reading->stmt, row_column(reading, name), &value);
    return value.type == DB_INT ? value.number : otherwise;
}

void list_cursor(struct list_reading *reading, struct buf *out)
{
    struct list_cell cell;
    for (int i = 0; i < cursor_count(reading->list); i++) {
        if (i > 0) buf_char(out, '~');
        result_cell(reading, reading->cursor_at[i], &cell);
        if (cell.kind == DB_INT)
            buf_int(out, cell.number);
        else
            buf_add(out, cell.text, cell.len);
    }
}

void list_close(struct list_reading *reading)
{
    if (reading->stmt != NULL) db_reset(reading->stmt);
    free(reading->event);
    buf_free(&reading->room);
    list_people_free(reading->people);
    *reading = (struct list_reading){.list = reading->list};
}

/* ---- The foot */

bool list_has_sums(const struct list *list)
{
    for (size_t i = 0; i < list_column_count(list); i++)
        if (list->columns[i].is_sum) return true;
    return false;
}

void list_totals_add(struct list_totals *totals, struct list_reading *reading)
{
    struct list_cell cell;
    totals->rows++;
    for (size_t i = 0; i < reading->columns; i++) {
        const struct list_column *column = &reading->list->columns[i];
        if (column->type == LIST_PERMILLE && list_row_int(reading, column->whole, 0) > 0) {
            totals->parts[i] += list_row_int(reading, column->part, 0);
            totals->wholes[i] += list_row_int(reading, column->whole, 0);
        }
        if (!column->is_sum) continue;
        plain_cell(reading, i, &cell);
        if (cell.kind == DB_INT) totals->sums[i] += cell.number;
    }
}

void list_totals_cell(const struct list *list, const struct list_totals *totals, size_t column, struct list_cell *cell)
{
    *cell = (struct list_cell){.kind = DB_NULL};
    if (list->columns[column].type == LIST_PERMILLE)
        permille_cell(totals->parts[column], totals->wholes[column], cell);
    else if (list->columns[column].is_sum)
        *cell = (struct list_cell){.kind = DB_INT, .number = totals->sums[column]};
}

/* ---- The place */

static void shifts_read(const struct json *list, struct day_rule *rule)
{
    for (size_t i = 0; i < json_count(list) && rule->count < CLOCK_SHIFTS_MAX; i++) {
        const struct json *row = json_at(list, i);
        struct shift      *shift = &rule->shifts[rule->count];
        const char        *name = json_text(json_at(row, 0), "");
        if (strlen(name) >= sizeof shift->name) continue;
        memcpy(shift->name, name, strlen(name) + 1);
        shift->start_min = (int16_t)json_int(json_at(row, 1), 0);
        shift->end_min = (int16_t)json_int(json_at(row, 2), 0);
        rule->count++;
    }
}

static void setting_read(const char *name, const struct json *value, struct ask_place *place)
{
    const char *text = json_text(value, "");
    if (strcmp(name, "offset_min") == 0)
        place->rule.offset_min = (int32_t)json_int(value, place->rule.offset_min);
    else if (strcmp(name, "day_start_min") == 0)
        place->rule.day_start_min = (int16_t)json_int(value, place->rule.day_start_min);
    else if (strcmp(name, "shifts") == 0)
        shifts_read(value, &place->rule);
    else if (strcmp(name, "factory") == 0)
        utf8_copy(place->factory, sizeof place->factory, text);
    else if (strcmp(name, "guide") == 0 && strlen(text) < sizeof place->guide) /* half an address leads nowhere */
        memcpy(place->guide, text, strlen(text) + 1);
}

/* The first row's number; *number stays where there is none. */
static bool first_int(struct db *db, const char *sql, int64_t *number, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, sql, &stmt, err) || !db_step(stmt, &row, err)) return false;
    if (row) *number = db_int(stmt, 0);
    db_reset(stmt);
    return true;
}

/* Where the open pay period stands: as books/period.c has it. */
static bool open_read(struct db *db, const struct day_rule *rule, int64_t start_day, int64_t now_ms,
                      struct period_span *open, struct err *err)
{
    int64_t paid_to = PERIOD_NONE, begun_ms = now_ms, earliest = day_of(rule, now_ms, NULL);
    if (!first_int(db, SQL("SELECT to_day FROM period WHERE state > 0 ORDER BY to_day DESC LIMIT 1"), &paid_to, err) ||
                   !first_int(db, SQL("SELECT started_ms FROM run ORDER BY number LIMIT 1"), &begun_ms, err) ||
                              !first_int(db, SQL("SELECT day FROM day_sum ORDER BY day LIMIT 1"), &earliest, err))
        return false;
    *open = period_open((int)start_day, (int32_t)paid_to, day_of(rule, begun_ms, NULL), (int32_t)earliest);
    return true;
}

bool ask_place(struct db *db, int64_t now_ms, struct ask_place *place, struct err *err)
{
    struct ask_place found = {.rule = day_rule_default()};
    struct db_stmt  *stmt;
    bool             row;
    int64_t          start_day = LIMIT_ROWS[LIMIT_PAY_START_DAY].otherwise;
    if (!db_prepare(db, SQL("SELECT name, value FROM setting"), &stmt, err)) return false;
    for (;;) {
        struct err ignored;
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        const char  *value = db_text(stmt, 1);
        struct json *read = json_read(value, strlen(value), &ignored);
        if (read != NULL) setting_read(db_text(stmt, 0), read, &found);
        if (strcmp(db_text(stmt, 0), LIMIT_ROWS[LIMIT_PAY_START_DAY].name) == 0) start_day = json_int(read, start_day);
        json_free(read);
    }
    if (!db_prepare(db, SQL("SELECT applied_to FROM place WHERE only_row = 1"), &stmt, err)) return false;
    if (!db_step(stmt, &row, err)) return false;
    if (row) found.applied_to = db_int(stmt, 0);
    db_reset(stmt);
    if (!open_read(db, &found.rule, start_day, now_ms, &found.open, err)) return false;
    *place = found;
    return true;
}
