/* post.c - one signed request under way: kiosk/send/post.h. */
#include "kiosk/send/post.h"

#include <stdio.h>

enum { BACKOFF_LEAST_MS = 1000, BACKOFF_MOST_MS = 60000, NONCE_BYTES = 16 };

static void nonce_make(char nonce[NONCE_TEXT])
{
    uint8_t bytes[NONCE_BYTES];
    chain_random(bytes, sizeof bytes);
    for (int i = 0; i < NONCE_BYTES; i++) snprintf(nonce + (size_t)i * 2, 3, "%02x", bytes[i]);
}

void post_send(struct post *post, const char *path, struct buf *body, int64_t mono_ms, int64_t most_ms,
               struct send_request *request)
{
    nonce_make(request->nonce);
    request->mac = mac_request(&post->key, "POST", path, request->nonce, buf_text(body), body->len);
    request->body = *body;
    request->is_set = true;
    *body = (struct buf){0};
    post->under_way = post->next_number;
    post->mac = request->mac;
    post->sent_ms = mono_ms;
    post->deadline_ms = mono_ms + most_ms;
}

bool post_takes(struct post *post, const struct send_answer *answer)
{
    if (post->under_way == 0 || answer->number != post->under_way) return false;
    post->under_way = 0;
    return true;
}

bool post_is_signed(const struct post *post, const struct send_answer *answer)
{
    if (answer->is_failed || !answer->has_mac) return false;
    struct hash mac = mac_answer(&post->key, &post->mac, answer->body, answer->len);
    return mac_equal(&mac, &answer->mac);
}

void post_retry(struct post *post, int64_t mono_ms)
{
    uint64_t dice;
    chain_random(&dice, sizeof dice);
    post->backoff_ms = post->backoff_ms == 0 ? BACKOFF_LEAST_MS : post->backoff_ms * 2;
    if (post->backoff_ms > BACKOFF_MOST_MS) post->backoff_ms = BACKOFF_MOST_MS;
    post->next_ms = mono_ms + (int64_t)(dice % (uint64_t)(post->backoff_ms + 1));
#ifdef PLANT_STOP_AT_ERROR /* the first failure is the last try */
    post->next_ms = INT64_MAX;
#endif
}

void post_good(struct post *post, int64_t mono_ms)
{
    post->backoff_ms = 0;
    post->next_ms = mono_ms;
    post->is_online = true;
}

void post_expire(struct post *post, int64_t mono_ms)
{
    if (post->under_way == 0 || mono_ms < post->deadline_ms) return;
    post->under_way = 0;
    post->is_online = false;
    post_retry(post, mono_ms);
}
