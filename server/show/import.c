/* import.c - a CSV file of the office becomes the act "import": tried (?dry_run=1) or done, all of it or nothing. */
#include <string.h>

#include "server/bring/csv.h"
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
    if (!csv_import(visit->rest, bytes, len, is_dry, &visit->made, &err)) {
        visit_fail(visit, &err);
        return;
    }
    if (is_dry) visit_id_make(own);
    visit_act(visit, visit->route->act, is_dry ? own : id, visit->user, &visit->made, visit_act_answer);
}
