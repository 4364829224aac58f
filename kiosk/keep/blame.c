/* blame.c - bad pieces that are said to be somebody's fault: kiosk/keep/blame.h. Takes rows of topic blame, gives entries of
 * a worker's page. */
#include "kiosk/keep/blame.h"

#include <stdio.h>
#include <string.h>

#include "core/code.h"
#include "core/utf8.h"
#include "kiosk/keep/setting.h"

#define BLAME_MS (INT64_C(35) * 86400000)

bool blame_learn(struct db *db, const char *key, const struct json *told, struct err *err)
{
    struct buf name = {0};
    buf_fmt(&name, "blame/%s", key);
    bool is_done = setting_keep(db, buf_text(&name), told, err);
    buf_free(&name);
    return is_done;
}

static bool op_name(struct db *db, const struct found_entry *entry, char name[2][NAME_MAX], struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT n.name_zh, n.name_en FROM sheet_op o JOIN operation n ON n.code = o.code"
                        " WHERE o.line = $1 AND o.number = $2"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, line_ref_key(entry->sheet.line));
    db_bind_int(stmt, 2, entry->op);
    if (!db_step(stmt, &row, err)) return false;
    for (int i = 0; i < 2; i++) utf8_copy(name[i], NAME_MAX, row ? db_text(stmt, i) : "");
    if (row) db_reset(stmt);
    return true;
}

/* Newest first; the oldest falls out. */
static void blame_put(struct found_page *page, const struct found_entry *entry)
{
    int at = 0;
    while (at < page->blame_count && page->blames[at].wall_ms >= entry->wall_ms) at++;
    if (at == FOUND_BLAMES_MAX) return;
    if (page->blame_count < FOUND_BLAMES_MAX) page->blame_count++;
    for (int i = page->blame_count - 1; i > at; i--) page->blames[i] = page->blames[i - 1];
    page->blames[at] = *entry;
}

static bool told_read(const char *text, struct found_entry *entry)
{
    struct err   unread;
    struct json *told = json_read(text, strlen(text), &unread);
    *entry = (struct found_entry){.op = (int32_t)json_int(json_get(told, "op"), 0),
                                  .count = (int32_t)json_int(json_get(told, "count"), 0),
                                  .wall_ms = json_int(json_get(told, "at"), 0),
                                  .state = ENTRY_SENT};
    bool is = hash_read(json_text(json_get(told, "event"), ""), &entry->name) &&
              line_ref_read(json_text(json_get(told, "sheet"), ""), &entry->sheet.line) && entry->count > 0;
    entry->bad = entry->count;
    json_free(told);
    return is;
}

bool blame_read(struct db *db, int64_t now_ms, struct found_page *page, struct err *err)
{
    struct db_stmt *stmt;
    char            from[32], to[32];
    bool            row;
    snprintf(from, sizeof from, "blame/%d/", page->worker);
    snprintf(to, sizeof to, "blame/%d0", page->worker); /* '0' comes behind '/' */
    if (!db_prepare(db, SQL("SELECT value FROM setting WHERE name > $1 AND name < $2"), &stmt, err)) return false;
    db_bind_text(stmt, 1, from);
    db_bind_text(stmt, 2, to);
    for (;;) {
        struct found_entry entry;
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        if (told_read(db_text(stmt, 0), &entry) && entry.wall_ms > now_ms - BLAME_MS) blame_put(page, &entry);
    }
    for (int i = 0; i < page->blame_count; i++)
        if (!op_name(db, &page->blames[i], page->blames[i].op_name, err)) return false;
    return true;
}
