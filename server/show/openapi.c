/* openapi.c - describes the API (OpenAPI 3.1), printed from the tables of routes and lists: what is said here is what is
 * done. Its output is committed as assets/office/openapi.json; a test compares. */
#include <string.h>

#include "core/json.h"
#include "server/ask/list.h"
#include "server/ask/role.h"
#include "server/show/doors.h"
#include "server/show/lists.h"
#include "server/show/routes.h"

static void text_key(struct buf *out, const char *key, const char *text)
{
    json_key(out, key);
    json_cstr(out, text);
}

static const char *schema_type(enum list_type type)
{
    switch (type) {
    case LIST_INT:
    case LIST_FEN:
    case LIST_RATE:
    case LIST_PERMILLE:
    case LIST_TIME: return "integer";
    case LIST_BOOL: return "boolean";
    case LIST_SAY: return "object";
    case LIST_TEXT:
    case LIST_WHO:
    case LIST_DAY:
    case LIST_ID:
    case LIST_HASH:
    case LIST_LINE:
    case LIST_WORD:
    case LIST_FIND:
    case LIST_LANG:
    case LIST_ZONE: break;
    }
    return "string";
}

/* A word of ours may be a number of an enum. */
static void type_key(struct buf *out, enum list_type type)
{
    json_key(out, "type");
    if (type == LIST_WORD) {
        buf_str(out, "[\"string\",\"integer\",\"null\"]");
        return;
    }
    buf_char(out, '[');
    json_cstr(out, schema_type(type));
    buf_str(out, ",\"null\"]");
}

static void answer_key(struct buf *out, const char *status, const char *what)
{
    json_key(out, status);
    buf_char(out, '{');
    text_key(out, "description", what);
    buf_char(out, '}');
}

static void answers(struct buf *out, const struct route *route)
{
    json_key(out, "responses");
    buf_char(out, '{');
    answer_key(out, "200", "Done.");
    if (route->act != NULL) answer_key(out, "202", "Taken; what comes of it follows live.");
    if (route->body_max > 0) {
        answer_key(out, "400", "A sentence says what is wrong with it.");
        answer_key(out, "413", "The body is too large.");
    }
    if (route->kind != ROUTE_OPEN) {
        answer_key(out, "401", "Nobody is logged in.");
        answer_key(out, "403", "The role may not, or the CSRF token is missing.");
    }
    if (route->act != NULL) answer_key(out, "409", "Somebody was faster: look again.");
    answer_key(out, "503", "Busy, or the disk is full: try again.");
    buf_char(out, '}');
}

/* takes: "name! other": each a property, ! = needed. */
static void body_schema(struct buf *out, const struct route *route)
{
    struct buf needed = {0};
    buf_str(&needed, "[");
    text_key(out, "type", "object");
    json_key(out, "properties");
    buf_char(out, '{');
    if (route->act != NULL) {
        json_key(out, "id");
        buf_str(out, "{\"type\":\"string\",\"description\":\"made by the caller, 8 to 39 of 0-9 A-Z a-z -; the same id "
                     "again gets the first answer\"}");
        json_cstr(&needed, "id");
    }
    for (const char *at = route->takes; *at != 0;) {
        char   name[64];
        size_t len = strcspn(at, " "), bare = at[len - 1] == '!' ? len - 1 : len;
        if (bare >= sizeof name) break;
        memcpy(name, at, bare);
        name[bare] = 0;
        json_key(out, name);
        buf_str(out, "{}");
        if (bare < len) {
            json_sep(&needed);
            json_cstr(&needed, name);
        }
        at += len + strspn(at + len, " ");
    }
    buf_char(out, '}');
    buf_char(&needed, ']');
    json_key(out, "required");
    buf_add(out, needed.bytes, needed.len);
    buf_free(&needed);
}

static void body_key(struct buf *out, const struct route *route)
{
    json_key(out, "requestBody");
    buf_str(out, "{\"required\":true,\"content\":{");
    for (const char *type = route->type != NULL ? route->type : "text/plain"; *type != 0;) {
        size_t len = strcspn(type, " ");
        json_sep(out);
        json_str(out, type, len);
        buf_str(out, ":{\"schema\":{");
        if (route->takes != NULL)
            body_schema(out, route);
        else
            text_key(out, "type", "string");
        buf_str(out, "}}");
        type += len + strspn(type + len, " ");
    }
    buf_str(out, "}}");
    buf_fmt(out, ",\"x-body-max\":%lld", (long long)route->body_max);
}

static void rights_key(struct buf *out, const struct route *route, unsigned roles)
{
    static const char *const KINDS[] = {[ROUTE_OPEN] = "open", [ROUTE_READ] = "read", [ROUTE_ACT] = "act"};
    text_key(out, "x-kind", KINDS[route->kind]);
    if (route->kind == ROUTE_OPEN) return;
    json_key(out, "x-roles");
    roles_json(roles, out);
    json_key(out, "security");
    buf_str(out, route->kind == ROUTE_ACT ? "[{\"session\":[],\"csrf\":[]}]" : "[{\"session\":[]}]");
}

static void parameter(struct buf *out, const char *name, const char *in, bool is_needed, const char *what)
{
    json_sep(out);
    buf_char(out, '{');
    text_key(out, "name", name);
    text_key(out, "in", in);
    json_key(out, "required");
    buf_str(out, is_needed ? "true" : "false");
    text_key(out, "description", what);
    buf_str(out, ",\"schema\":{\"type\":\"string\"}}");
}

/* One method of a path that is no list. */
static void route_key(struct buf *out, const struct route *route, bool has_rest)
{
    json_key(out, strcmp(route->method, "GET") == 0 ? "get" : "post");
    buf_char(out, '{');
    text_key(out, "summary", route->what);
    if (has_rest) {
        json_key(out, "parameters");
        buf_char(out, '[');
        parameter(out, "rest", "path", true, "Which one.");
        buf_char(out, ']');
    }
    rights_key(out, route, route->roles);
    if (route->body_max > 0) body_key(out, route);
    answers(out, route);
    buf_char(out, '}');
}

static void list_columns(struct buf *out, const struct list *list)
{
    json_key(out, "x-columns");
    buf_char(out, '{');
    for (size_t i = 0; i < list_column_count(list); i++) {
        json_key(out, list->columns[i].key);
        buf_char(out, '{');
        type_key(out, list->columns[i].type);
        text_key(out, "x-type", list_type_word(list->columns[i].type));
        buf_char(out, '}');
    }
    buf_char(out, '}');
}

static void list_key(struct buf *out, const struct route *route, const struct list *list, bool is_file)
{
    struct buf path = {0};
    buf_add(&path, route->path, strlen(route->path) - 1);
    buf_str(&path, list->name);
    json_key(out, buf_text(&path));
    buf_free(&path);
    buf_str(out, "{\"get\":{");
    text_key(out, "summary", list->what);
    json_key(out, "parameters");
    buf_char(out, '[');
    for (size_t i = 0; i < LIST_PARAMS_MAX && list->params[i].name != NULL; i++)
        if (list_param_is_shown(list, i))
            parameter(out, list->params[i].name, "query", list->params[i].otherwise == NULL,
                      list_type_word(list->params[i].type == LIST_TIME ? LIST_DAY : list->params[i].type));
    if (!is_file) parameter(out, "limit", "query", false, "Rows at most, up to 2000.");
    parameter(out, "after", "query", false, "Cursor: `next` of the page before.");
    parameter(out, "lang", "query", false, "zh or en.");
    buf_char(out, ']');
    rights_key(out, route, list->roles);
    if (!is_file) list_columns(out, list);
    answers(out, route);
    buf_str(out, "}}\n");
}

static void lists_keys(struct buf *out, const struct route *route, bool is_file)
{
    for (const struct list *const *table = LISTS; *table != NULL; table++)
        for (const struct list *list = *table; list->name != NULL; list++) list_key(out, route, list, is_file);
}

static void path_keys(struct buf *out, const struct route *route)
{
    size_t     len = strlen(route->path);
    bool       has_rest = route->path[len - 1] == '*';
    struct buf path = {0};
    if (route->run == list_get || route->run == csv_get || route->run == xlsx_get || route->run == pdf_get) {
        lists_keys(out, route, route->run != list_get);
        return;
    }
    buf_add(&path, route->path, has_rest ? len - 1 : len);
    if (has_rest) buf_str(&path, "{rest}");
    json_key(out, buf_text(&path));
    buf_free(&path);
    buf_char(out, '{');
    route_key(out, route, has_rest);
    buf_str(out, "}\n"); /* a line a path, so that a change shows as one */
}

void openapi_write(struct buf *out)
{
    buf_str(out, "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Baogong\",\"version\":\"" BAOGONG_VERSION "\","
                 "\"description\":\"Money is integer fen, rates are 1/100 fen, days are 2026-11-24, times are ms since "
                 "1970 UTC. Errors are {say:[id, arguments...], text}.\"},\"paths\":{");
    for (const struct route *route = ROUTES; route->method != NULL; route++) path_keys(out, route);
    buf_str(out, "},\"components\":{\"securitySchemes\":{"
                 "\"session\":{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"baogong\"},"
                 "\"csrf\":{\"type\":\"apiKey\",\"in\":\"header\",\"name\":\"Baogong-Csrf\"}}}}\n");
}
