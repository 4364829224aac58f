/* lead.c - lead times by family, holidays counted out: server/books/lead.h. */
#include "server/books/lead.h"

#include "server/books/master.h"

static struct calendar calendar; /* the writer's thread alone: too large for its stack's comfort */

struct lead {
    bool    has;
    int64_t least, most, rush;
};

static bool lead_read(struct books *books, const char *family, struct lead *lead, struct err *err)
{
    struct db_stmt *stmt;
    *lead = (struct lead){.has = false};
    if (!db_prepare(books->db, SQL("SELECT least_days, most_days, rush_days FROM lead WHERE family = $1"), &stmt, err))
        return false;
    db_bind_text(stmt, 1, family);
    if (!db_step(stmt, &lead->has, err)) return false;
    if (lead->has) {
        lead->least = db_int(stmt, 0);
        lead->most = db_int(stmt, 1);
        lead->rush = db_int(stmt, 2);
    }
    db_reset(stmt);
    return books_calendar(books, &calendar, err);
}

bool lead_due(struct books *books, const char *family, bool is_rush, int32_t from_day, bool *has, int32_t *due_day,
              struct err *err)
{
    struct lead lead;
    if (!lead_read(books, family, &lead, err)) return false;
    *has = lead.has;
    if (lead.has) *due_day = calendar_add(&calendar, from_day, (int32_t)(is_rush ? lead.rush : lead.most));
    return true;
}

bool lead_room(struct books *books, const char *family, bool is_rush, int32_t day, int64_t *days, int64_t *least,
               struct err *err)
{
    struct lead lead;
    if (!lead_read(books, family, &lead, err)) return false;
    *days = calendar_between(&calendar, books_today(books), day);
    *least = is_rush ? lead.rush : lead.least;
    return true;
}
