/* api.c - what every page of the office asks: who am I, how does the server do, lists, and acts for the writer. */
#include <stdlib.h>
#include <string.h>

#include "core/json.h"
#include "core/version.h"
#include "server/ask/list.h"
#include "server/ask/role.h"
#include "server/show/doors.h"
#include "server/show/lists.h"
#include "server/show/printing.h"
#include "server/show/routes.h"

void texts_get(const struct desk *desk, struct http_request *request)
{
    struct buf body = {0};
    enum lang  lang;
    (void)desk;
    if (!lang_read(http_path(request) + strlen("/api/texts/"), &lang)) {
        office_refuse(request, 404, SAY("api.absent"));
        return;
    }
    text_json(lang, "office.", &body);
    answer_headers(request);
    http_answer_header(request, "Cache-Control", "no-cache");
    http_answer(request, 200, "application/json", &body);
}

void alive_get(const struct desk *desk, struct http_request *request)
{
    (void)desk;
    answer_headers(request);
    http_answer_static(request, 200, "application/json", "{\"alive\":true}", strlen("{\"alive\":true}"));
}

/* ---- Who am I */

static void names_json(const struct visit *visit, struct buf *out)
{
    json_key(out, "lists");
    buf_char(out, '[');
    for (const struct list *const *table = LISTS; *table != NULL; table++)
        for (const struct list *list = *table; list->name != NULL; list++)
            if ((list->roles & visit->roles) != 0) {
                json_sep(out);
                json_cstr(out, list->name);
            }
    buf_char(out, ']');
    json_key(out, "acts");
    buf_char(out, '[');
    for (const struct route *route = ROUTES; route->method != NULL; route++)
        if (route->kind == ROUTE_ACT && (route->roles & visit->roles) != 0) {
            json_sep(out);
            json_cstr(out, route->path);
        }
    buf_char(out, ']');
}

static void place_json(const struct visit *visit, const struct ask_place *place, struct buf *out)
{
    char                day[DAY_TEXT];
    int64_t             now_ms = visit->desk->now_ms(visit->desk->house);
    const struct shift *shift = NULL;
    day_write(day_of(&place->rule, now_ms, &shift), day);
    json_key(out, "shift"); /* that is on: its name, and the minutes of the factory's day between which it lies */
    if (shift == NULL || shift->name[0] == 0) {
        buf_str(out, "null");
    } else {
        buf_char(out, '[');
        json_cstr(out, shift->name);
        buf_fmt(out, ",%d,%d]", (int)shift->start_min, (int)shift->end_min);
    }
    json_key(out, "factory");
    json_cstr(out, place->factory);
    json_key(out, "guide");
    json_cstr(out, place->guide);
    json_key(out, "offset_min");
    buf_int(out, place->rule.offset_min);
    json_key(out, "today");
    json_cstr(out, day);
    json_key(out, "now");
    buf_int(out, now_ms);
    json_key(out, "period");
    buf_char(out, '[');
    day_write(place->open.from_day, day);
    json_cstr(out, day);
    json_sep(out);
    day_write(place->open.to_day, day);
    json_cstr(out, day);
    buf_char(out, ']');
}

void me_get(struct visit *visit, struct db *books)
{
    struct buf       out = {0};
    struct err       err;
    struct ask_place place;
    char             session[HASH_TEXT];
    if (!ask_place(books, visit->desk->now_ms(visit->desk->house), &place, &err)) {
        visit_fail(visit, &err);
        return;
    }
    buf_char(&out, '{');
    json_key(&out, "user");
    json_cstr(&out, visit->user);
    json_key(&out, "full");
    json_cstr(&out, visit->full);
    json_key(&out, "roles");
    roles_json(visit->roles, &out);
    json_key(&out, "csrf");
    json_cstr(&out, visit->csrf);
    json_key(&out, "session");
    hash_write(&visit->session, session);
    json_cstr(&out, session);
    names_json(visit, &out);
    place_json(visit, &place, &out);
    json_key(&out, "version");
    json_cstr(&out, BAOGONG_VERSION);
    buf_char(&out, '}');
    visit_json(visit, 200, &out);
}

static void number_json(struct buf *out, const char *key, int64_t number)
{
    json_key(out, key);
    buf_int(out, number);
}

void health_get(struct visit *visit, struct db *books)
{
    struct desk_health health = {0};
    struct buf         out = {0};
    (void)books;
    visit->desk->health(visit->desk->house, &health);
    buf_char(&out, '{');
    number_json(&out, "started", health.started_ms);
    number_json(&out, "now", health.now_ms);
    number_json(&out, "inbox", health.inbox_end);
    number_json(&out, "booked", health.applied_to);
    number_json(&out, "feed", health.place.newest);
    number_json(&out, "feed_waiting", health.feed_waiting);
    number_json(&out, "events", health.counts.events);
    number_json(&out, "repeats", health.counts.repeats);
    number_json(&out, "forks", health.counts.forks);
    number_json(&out, "gaps", health.counts.gaps);
    number_json(&out, "refused", health.counts.refused);
    json_key(&out, "trouble");
    if (health.trouble.kind == ERR_NONE)
        buf_str(&out, "null");
    else
        say_answer(visit->lang, &health.trouble.say, &out);
    buf_char(&out, '}');
    visit_json(visit, 200, &out);
}

/* Of each of the last 24 hours, the oldest first: in how many of its twelve parts it was heard. */
static void hours_json(struct buf *out, const struct heard_day *day, int64_t now_ms)
{
    int parts[HEARD_HOURS];
    heard_parts(day, now_ms, parts);
    json_key(out, "hours");
    for (int i = 0; i < HEARD_HOURS; i++) buf_fmt(out, "%c%d", i == 0 ? '[' : ',', parts[i]);
    buf_char(out, ']');
}

/* Kiosks as they were heard last: what they say of themselves, and when they knew everything. */
void heard_get(struct visit *visit, struct db *books)
{
    struct desk_kiosk *rows;
    struct buf         out = {0};
    (void)books;
    size_t count = visit->desk->kiosks(visit->desk->house, &rows);
    buf_str(&out, "{\"rows\":[");
    for (size_t i = 0; i < count; i++) {
        const struct desk_kiosk *row = &rows[i];
        char                     id[ID_TEXT];
        id_write(row->kiosk, id);
        json_sep(&out);
        buf_fmt(&out, "{\"kiosk\":\"%s\"", id);
        number_json(&out, "heard", row->heard_ms);
        number_json(&out, "current", row->current_ms);
        if (row->state.has_state) {
            number_json(&out, "waiting", row->state.waiting);
            number_json(&out, "scanner", row->state.has_scanner);
            number_json(&out, "free_mb", row->state.free_mb);
            number_json(&out, "offset", row->state.offset_ms);
        }
        json_key(&out, "version");
        json_cstr(&out, row->state.version);
        number_json(&out, "against_server", version_order(row->state.version, BAOGONG_VERSION));
        hours_json(&out, &row->day, visit->desk->now_ms(visit->desk->house));
        buf_char(&out, '}');
    }
    buf_str(&out, "]}");
    free(rows);
    visit_json(visit, 200, &out);
}

/* ---- Lists */

/* The question of a request; false: refused, the visit is over. */
static bool ask_make(struct visit *visit, struct db *books, struct list_ask *ask, struct ask_place *found)
{
    struct err       err;
    struct ask_place place;
    *ask = (struct list_ask){.list = list_find(visit->rest), .lang = visit->lang};
    if (ask->list == NULL) {
        visit_refuse(visit, 404, SAY("api.absent"));
        return false;
    }
    if ((ask->list->roles & visit->roles) == 0) {
        visit_refuse(visit, 403, SAY("api.role"));
        return false;
    }
    if (!ask_place(books, visit->desk->now_ms(visit->desk->house), &place, &err)) {
        visit_fail(visit, &err);
        return false;
    }
    ask->rule = place.rule;
    ask->open = place.open;
    ask->now_ms = visit->desk->now_ms(visit->desk->house);
    ask->after = http_query(visit->request, "after");
    for (size_t i = 0; i < LIST_PARAMS_MAX && ask->list->params[i].name != NULL; i++)
        ask->values[i] = http_query(visit->request, ask->list->params[i].name);
    *found = place;
    return true;
}

/* False: it is no number of rows, the visit is over. */
static bool most_read(struct visit *visit, int64_t *most)
{
    const char *text = http_query(visit->request, "limit");
    if (!visit_number(text, LIST_ROWS_USUAL, most) || *most < 1) {
        visit_refuse(visit, 400, say_text(say_text(SAY("list.param"), "limit"), text));
        return false;
    }
    if (*most > LIST_ROWS_MAX) *most = LIST_ROWS_MAX;
    return true;
}

/* The formats of a list; to add one: a row, its route. */
enum format { FORMAT_JSON, FORMAT_CSV, FORMAT_XLSX, FORMAT_PDF };
static const struct {
    const char *suffix, *type;
} FORMATS[] = {
    [FORMAT_JSON] = {"json", "application/json"                                                 },
    [FORMAT_CSV] = {"csv",  "text/csv; charset=utf-8"                                          },
    [FORMAT_XLSX] = {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    [FORMAT_PDF] = {"pdf",  "application/pdf"                                                  },
};

/* One snapshot for all that an answer says. */
static bool snapshot_write(struct db *books, const struct list_ask *ask, enum format format, int64_t most,
                           const struct list_paper *paper, struct buf *out, struct err *err)
{
    bool is_good = false;
    if (!db_begin(books, err)) return false;
    switch (format) {
    case FORMAT_JSON: is_good = list_json(books, ask, most, out, err); break;
    case FORMAT_CSV: is_good = list_csv(books, ask, out, err); break;
    case FORMAT_XLSX: is_good = list_xlsx(books, ask, out, err); break;
    case FORMAT_PDF: is_good = list_pdf(books, ask, paper, out, err); break;
    }
    db_rollback(books);
    return is_good;
}

void list_get(struct visit *visit, struct db *books)
{
    struct list_ask  ask;
    struct ask_place place;
    struct buf       out = {0};
    struct err       err;
    int64_t          most;
    if (!ask_make(visit, books, &ask, &place) || !most_read(visit, &most)) return;
    if (snapshot_write(books, &ask, FORMAT_JSON, most, NULL, &out, &err)) {
        visit_json(visit, 200, &out);
        return;
    }
    buf_free(&out);
    visit_fail(visit, &err);
}

/* The file's name says what was asked: wages_2026-11-01_2026-11-30.csv. Only letters, digits, - and _ get in. */
static void file_name(const struct list_ask *ask, enum format format, struct buf *out)
{
    buf_fmt(out, "%s; filename=\"%s", format == FORMAT_PDF ? "inline" : "attachment", ask->list->name);
    for (size_t i = 0; i < LIST_PARAMS_MAX && ask->list->params[i].name != NULL; i++) {
        if (ask->values[i] == NULL) continue;
        size_t len = strspn(ask->values[i], "0123456789abcdefghijklmnopqrstuvwxyz-");
        if (len == 0 || len > 16 || ask->values[i][len] != 0 || ask->list->params[i].type == LIST_TIME) continue;
        buf_char(out, '_');
        buf_add(out, ask->values[i], len);
    }
    buf_fmt(out, ".%s\"", FORMATS[format].suffix);
}

static void file_answer(struct visit *visit, struct db *books, enum format format)
{
    struct list_ask  ask;
    struct ask_place place;
    struct buf       out = {0}, name = {0};
    struct err       err;
    const char      *sign = http_query(visit->request, "sign");
    if (!ask_make(visit, books, &ask, &place) || (format == FORMAT_PDF && !printing_begin(visit))) return;
    const struct list_paper paper = {place.factory, visit->full[0] != 0 ? visit->full : visit->user,
                                     sign != NULL && strcmp(sign, "1") == 0};
    bool                    is_good = snapshot_write(books, &ask, format, 0, &paper, &out, &err);
    if (format == FORMAT_PDF) printing_end();
    if (!is_good) {
        buf_free(&out);
        visit_fail(visit, &err);
        return;
    }
    file_name(&ask, format, &name);
    http_answer_header(visit->request, "Content-Disposition", buf_text(&name));
    buf_free(&name);
    visit_bytes(visit, FORMATS[format].type, &out);
}

void csv_get(struct visit *visit, struct db *books)
{
    file_answer(visit, books, FORMAT_CSV);
}

void xlsx_get(struct visit *visit, struct db *books)
{
    file_answer(visit, books, FORMAT_XLSX);
}

void pdf_get(struct visit *visit, struct db *books)
{
    file_answer(visit, books, FORMAT_PDF);
}

/* ---- Acts */

/* The page makes the id once and sends the same act until it is answered: books/writer.h. */
bool act_id(struct visit *visit, const char **id)
{
    *id = json_text(json_get(visit->body, "id"), "");
    return visit_id_check(visit, *id);
}

void act_post(struct visit *visit, struct db *books)
{
    const char *id;
    char        second[VISIT_USER_MAX];
    (void)books;
    if (!visit_body(visit) || !act_id(visit, &id) || !second_read(visit, id, second)) return;
    memcpy(visit->act.act.second, second, strlen(second) + 1);
    visit_act(visit, visit->route->act, id, visit->user, second[0] != 0 ? &visit->made : NULL, visit_act_answer);
}
