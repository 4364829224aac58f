/* live.c - tells open pages what changed: topics and numbers only, the page asks again by itself. */
#include <string.h>

#include "core/json.h"
#include "server/books/record.h"
#include "server/show/doors.h"
#include "server/show/routes.h"

void live_get(struct visit *visit, struct db *books)
{
    (void)books;
    visit_live(visit);
}

void routes_changed(struct http *http, unsigned topics, int64_t feed)
{
    struct buf out = {0};
    if (topics == 0) return;
    buf_str(&out, "event: changed\ndata: {\"topics\":[");
    for (int i = 0; topic_word(i) != NULL; i++)
        if ((topics >> i & 1) != 0) {
            json_sep(&out);
            json_cstr(&out, topic_word(i));
        }
    buf_fmt(&out, "],\"feed\":%lld}\n\n", (long long)feed);
    http_live(http, out.bytes, out.len);
    buf_free(&out);
}
