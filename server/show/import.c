/* import.c - a CSV file or workbook of the office becomes the act "import": tried (?dry_run=1) or done, all of it or nothing. And what
 * may be imported: the books' own table of kinds and columns. */
#include <string.h>

#include "core/json.h"
#include "server/books/import.h"
#include "server/books/master.h"
#include "server/books/spec.h"
#include "server/bring/bring.h"
#include "server/show/doors.h"
#include "server/show/routes.h"

void import_post(struct visit *visit, struct db *books)
{
    struct err  err;
    size_t      len;
    const char *bytes = http_body(visit->request, &len);
    const char *dry = http_query(visit->request, "dry_run"), *id = http_query(visit->request, "id");
    char        own[VISIT_TOKEN_MAX];
    bool        is_dry = dry != NULL && strcmp(dry, "0") != 0;
    (void)books;
    if (!is_dry && !visit_id_check(visit, id)) return;
    if (!bring_import(visit->rest, bytes, len, is_dry, &visit->made, &err)) {
        visit_fail(visit, &err);
        return;
    }
    if (is_dry) visit_id_make(own);
    visit_act(visit, visit->route->act, is_dry ? own : id, visit->user, &visit->made, visit_act_answer);
}

/* What a form makes of it. */
static const char *kind_word(enum cell_kind kind)
{
    switch (kind) {
    case CELL_BOOL: return "bool";
    case CELL_DAY: return "day";
    case CELL_INT: return "int";
    case CELL_FEN: return "fen";
    case CELL_RATE: return "rate";
    case CELL_PHONE: return "phone";
    case CELL_TEXT:
    case CELL_ID:
    case CELL_IDS:
    case CELL_ORDER:
    case CELL_BADGE: break;
    }
    return "text";
}

static void column_json(const struct import_column *column, const char *item, struct buf *out)
{
    json_sep(out);
    buf_char(out, '{');
    json_key(out, "name");
    json_cstr(out, column->name);
    json_key(out, "zh");
    json_cstr(out, column->zh);
    json_key(out, "type");
    json_cstr(out, kind_word(column->want.kind));
    if (item != NULL) {
        json_key(out, "item");
        json_cstr(out, item);
    }
    json_key(out, "needed");
    buf_str(out, column->want.is_needed ? "true}" : "false}");
}

static void settings_json(struct buf *out)
{
    struct setting_kind kind;
    json_key(out, "settings");
    buf_char(out, '[');
    for (size_t i = 0; setting_kind_at(i, &kind); i++) {
        json_sep(out);
        buf_str(out, "{\"name\":");
        json_cstr(out, kind.name);
        json_key(out, "type");
        json_cstr(out, kind.type);
        if (strcmp(kind.type, "int") == 0)
            buf_fmt(out, ",\"least\":%lld,\"most\":%lld,\"otherwise\":%lld", (long long)kind.least,
                    (long long)kind.most, (long long)kind.otherwise);
        buf_char(out, '}');
    }
    buf_char(out, ']');
}

void kinds_get(struct visit *visit, struct db *books)
{
    struct buf                out = {0};
    const struct import_kind *kind;
    (void)books;
    buf_str(&out, "{\"kinds\":[");
    for (size_t i = 0; (kind = import_kind_at(i)) != NULL; i++) {
        json_sep(&out);
        buf_char(&out, '{');
        json_key(&out, "name");
        json_cstr(&out, kind->name);
        json_key(&out, "columns");
        buf_char(&out, '[');
        for (size_t c = 0; c < IMPORT_COLUMNS_MAX && kind->columns[c].name != NULL; c++)
            column_json(&kind->columns[c], NULL, &out);
        buf_str(&out, "]}");
    }
    buf_str(&out, "],\"spec\":[");
    for (int i = 0; i < SPEC_COUNT; i++) column_json(&SPEC_COLUMNS[i], SPEC_ITEMS[i], &out);
    buf_str(&out, "],\"amount\":[");
    for (int i = 0; i < AMOUNT_COUNT; i++) column_json(&AMOUNT_COLUMNS[i], "amount", &out);
    buf_char(&out, ']');
    settings_json(&out);
    buf_char(&out, '}');
    visit_json(visit, 200, &out);
}
