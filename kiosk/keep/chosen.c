/* chosen.c - the scanners that were chosen at this kiosk: kiosk/keep/chosen.h. Takes and gives rows of the table scanner. */
#include "kiosk/keep/chosen.h"

#include <stdio.h>
#include <string.h>

bool chosen_read(struct db *db, char text[CHOSEN_TEXT_MAX], struct err *err)
{
    struct db_stmt *stmt;
    char            read[CHOSEN_TEXT_MAX] = "";
    size_t          len = 0;
    bool            row;
    if (!db_prepare(db, SQL("SELECT choice FROM scanner ORDER BY n LIMIT $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, CHOSEN_LINES_MAX);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        const char *choice = db_text(stmt, 0);
        if (len + strlen(choice) + 1 >= sizeof read) continue;
        len += (size_t)snprintf(read + len, sizeof read - len, "%s\n", choice);
    }
    memcpy(text, read, len + 1);
    return true;
}

static bool line_keep(struct db *db, const char *line, size_t len, struct err *err)
{
    struct db_stmt *stmt;
    char            choice[CHOSEN_TEXT_MAX];
    snprintf(choice, sizeof choice, "%.*s", (int)len, line);
    if (!db_prepare(db, SQL("INSERT INTO scanner (choice) VALUES ($1)"), &stmt, err)) return false;
    db_bind_text(stmt, 1, choice);
    return db_run(stmt, err);
}

bool chosen_put(struct db *db, const char *text, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("DELETE FROM scanner"), &stmt, err) || !db_run(stmt, err)) return false;
    while (*text != '\0') {
        size_t len = strcspn(text, "\n");
        if (len > 0 && !line_keep(db, text, len, err)) return false;
        text += text[len] == '\n' ? len + 1 : len;
    }
    return true;
}

bool chosen_keep(struct db *db, const char *text, struct err *err)
{
    if (!db_begin(db, err)) return false;
    if (chosen_put(db, text, err) && db_commit(db, err)) return true;
    db_rollback(db);
    return false;
}
