/* foreign.c - what of a line isn't the house's own: server/books/foreign.h. */
#include "server/books/foreign.h"

#include <string.h>

/* Is word one of the list's, which commas of any kind separate? */
static bool is_listed(const char *list, const char *word)
{
    static const char *const COMMAS[] = {",", "，", "、", ";", "；"};
    size_t                   len = strlen(word);
    while (*list != 0) {
        size_t own = strlen(list), skip = 0;
        for (size_t i = 0; i < sizeof COMMAS / sizeof *COMMAS; i++) {
            const char *comma = strstr(list, COMMAS[i]);
            if (comma != NULL && (size_t)(comma - list) < own) {
                own = (size_t)(comma - list);
                skip = strlen(COMMAS[i]);
            }
        }
        size_t from = strspn(list, " "), to = own;
        while (to > from && list[to - 1] == ' ') to--;
        if (to - from == len && memcmp(list + from, word, len) == 0) return true;
        list += own + skip;
    }
    return false;
}

static void foreign_add(const char *list, const struct cell *cell, struct buf *out)
{
    if (list[0] == 0 || !cell->is_set || is_listed(list, cell->text)) return;
    if (out->len > 0) buf_str(out, "，");
    buf_str(out, cell->text);
}

bool foreign_find(struct books *books, const struct cell spec[SPEC_COUNT], struct buf *out, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!spec[SPEC_CODE].is_set) return true;
    if (!db_prepare(books->db, SQL("SELECT materials, styles, colours FROM product WHERE code = $1"), &stmt, err))
        return false;
    db_bind_text(stmt, 1, spec[SPEC_CODE].text);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    foreign_add(db_text(stmt, 0), &spec[SPEC_MATERIAL], out);
    foreign_add(db_text(stmt, 1), &spec[SPEC_STYLE], out);
    foreign_add(db_text(stmt, 2), &spec[SPEC_COLOUR], out);
    db_reset(stmt);
    return true;
}
