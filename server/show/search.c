/* search.c - the one search box of the office, answered while it is typed into. */
#include "server/ask/search.h"
#include "server/ask/list.h"
#include "server/ask/role.h"
#include "server/show/doors.h"

void search_get(struct visit *visit, struct db *books)
{
    const char      *text = http_query(visit->request, "q");
    struct ask_place place;
    struct buf       out = {0};
    struct err       err;
    bool             has_customers = (visit->roles & ~(unsigned)ROLE_SUPERVISOR) != 0;
    if (!ask_place(books, visit->desk->now_ms(visit->desk->house), &place, &err)) {
        visit_fail(visit, &err);
        return;
    }
    if (!db_begin(books, &err)) {
        visit_fail(visit, &err);
        return;
    }
    bool is_done = search_json(books, text == NULL ? "" : text, &place.rule, visit->desk->now_ms(visit->desk->house),
                               has_customers, &out, &err);
    db_rollback(books);
    if (is_done) {
        visit_json(visit, 200, &out);
        return;
    }
    buf_free(&out);
    visit_fail(visit, &err);
}
