/* fetch.c - asks for what changed on the server: kiosk/send/fetch.h. */
#include "kiosk/send/fetch.h"

#include <inttypes.h>
#include <string.h>

#include "core/version.h"

enum { ANSWER_MOST_MS = 30000, STATUS_OK = 200, EMPTY_PAUSE_MS = 1000 };

/* One word: w=3,s=1,f=71234,o=-94000,v=0.1.0 */
static void state_write(const struct fetch_state *state, struct buf *body)
{
    enum { VERSION_MOST = 15 };
    const char *version = version_of(state->program);
    buf_fmt(body, "w=%" PRId64 ",s=%d,o=%" PRId64, state->waiting, state->has_scanner, state->offset_ms);
    if (state->free_bytes >= 0) buf_fmt(body, ",f=%" PRId64, state->free_bytes >> 20);
    size_t len = strcspn(version, ", ");
    if (len > 0) buf_fmt(body, ",v=%.*s", (int)(len < VERSION_MOST ? len : VERSION_MOST), version);
}

void fetch_step(struct fetch *fetch, uint64_t kiosk, const struct event_seen *seen, const struct fetch_state *state,
                int64_t mono_ms, struct send_request *request)
{
    char id[ID_TEXT], server[EPOCH_TEXT], run[ID_TEXT];
    int  wait_ms = fetch->post.is_online ? FETCH_WAIT_MS : 0; /* after a silence it is known at once where all is */
    struct buf body = {0};
    *request = (struct send_request){0};
    post_expire(&fetch->post, mono_ms);
    if (fetch->is_held || fetch->post.under_way != 0 || mono_ms < fetch->post.next_ms) return;
    id_write(kiosk, id);
    epoch_write(seen->server, server);
    id_write(seen->run, run);
    buf_fmt(&body, "feed 1 %s %s %s %lld %d ", id, server, run, (long long)seen->feed, wait_ms);
    state_write(state, &body);
    buf_char(&body, '\n');
    post_send(&fetch->post, FETCH_PATH, &body, mono_ms, wait_ms + ANSWER_MOST_MS, request);
}

bool fetch_hear(struct fetch *fetch, const struct send_answer *answer, int64_t mono_ms)
{
    if (!post_takes(&fetch->post, answer)) return false;
    fetch->post.is_online = post_is_signed(&fetch->post, answer);
    fetch->is_held = fetch->post.is_online && answer->status == STATUS_OK;
    if (!fetch->is_held) post_retry(&fetch->post, mono_ms);
    return fetch->is_held;
}

void fetch_learnt(struct fetch *fetch, bool is_good, bool is_empty, int64_t mono_ms)
{
    fetch->is_held = false;
    if (is_good)
        post_good(&fetch->post, mono_ms);
    else
        post_retry(&fetch->post, mono_ms);
    /* A server that answers at once though nothing is new isn't asked in a circle. */
    int64_t earliest_ms = fetch->post.sent_ms + EMPTY_PAUSE_MS;
    if (is_good && is_empty && fetch->post.next_ms < earliest_ms) fetch->post.next_ms = earliest_ms;
}

int64_t fetch_due(const struct fetch *fetch)
{
    if (fetch->is_held) return INT64_MAX;
    return fetch->post.under_way != 0 ? fetch->post.deadline_ms : fetch->post.next_ms;
}
