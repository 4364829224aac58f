/* slow.c - slows those who guess passwords: server/show/slow.h. */
#include "server/show/slow.h"

#include <stdatomic.h>
#include <string.h>

#include "core/buf.h"
#include "core/chain.h"

enum { SLOTS = 512, FORGET_MS = 3600000 };

struct limit {
    int     free;    /* failures that cost nothing */
    int64_t most_ms; /* longest wait */
};
static const struct limit BY_BOTH = {.free = 4, .most_ms = 60000}, BY_PEER = {.free = 19, .most_ms = 5000};

struct slot {
    struct hash key;
    int         fails;
    int64_t     last_ms, until_ms;
};

/* The one table, written by the two public functions under this flag; held for a walk of it, no longer. */
static atomic_flag is_taken = ATOMIC_FLAG_INIT;
static struct slot slots[SLOTS];

static void slots_take(void)
{
    while (atomic_flag_test_and_set_explicit(&is_taken, memory_order_acquire)) continue;
}

static void slots_leave(void)
{
    atomic_flag_clear_explicit(&is_taken, memory_order_release);
}

/* user NULL: of the address alone. */
static struct hash key_of(const char *user, const char *peer)
{
    struct buf  text = {0};
    struct hash key;
    buf_str(&text, peer);
    buf_char(&text, '\n');
    if (user != NULL)
        buf_str(&text, user);
    else
        buf_char(&text, '\n');
    key = hash_of(text.bytes, text.len);
    buf_free(&text);
    return key;
}

/* The key's slot, or NULL. */
static struct slot *slot_find(const struct hash *key, int64_t now_ms)
{
    for (int i = 0; i < SLOTS; i++)
        if (slots[i].fails > 0 && hash_equal(&slots[i].key, key)) {
            if (now_ms - slots[i].last_ms > FORGET_MS) slots[i].fails = 0;
            return slots[i].fails > 0 ? &slots[i] : NULL;
        }
    return NULL;
}

static struct slot *slot_make(const struct hash *key)
{
    struct slot *oldest = &slots[0];
    for (int i = 0; i < SLOTS; i++) {
        if (slots[i].fails == 0) {
            oldest = &slots[i];
            break;
        }
        if (slots[i].last_ms < oldest->last_ms) oldest = &slots[i];
    }
    *oldest = (struct slot){.key = *key};
    return oldest;
}

static void slot_count(const struct hash *key, const struct limit *limit, bool is_right, int64_t now_ms)
{
    struct slot *slot = slot_find(key, now_ms);
    if (is_right) {
        if (slot != NULL) slot->fails = 0;
        return;
    }
    if (slot == NULL) slot = slot_make(key);
    slot->fails++;
    slot->last_ms = now_ms;
    int     doubled = slot->fails - limit->free - 1;
    int64_t wait_ms = doubled < 0 ? 0 : doubled > 16 ? limit->most_ms : INT64_C(1000) << doubled;
    slot->until_ms = now_ms + (wait_ms < limit->most_ms ? wait_ms : limit->most_ms);
}

static int64_t slot_wait(const struct hash *key, int64_t now_ms)
{
    const struct slot *slot = slot_find(key, now_ms);
    return slot == NULL || slot->until_ms <= now_ms ? 0 : slot->until_ms - now_ms;
}

int64_t slow_wait_ms(const char *user, const char *peer, int64_t now_ms)
{
    struct hash both = key_of(user, peer), alone = key_of(NULL, peer);
    slots_take();
    int64_t a = slot_wait(&both, now_ms), b = slot_wait(&alone, now_ms);
    slots_leave();
    return a > b ? a : b;
}

void slow_tell(const char *user, const char *peer, bool is_right, int64_t now_ms)
{
    struct hash both = key_of(user, peer), alone = key_of(NULL, peer);
    slots_take();
    slot_count(&both, &BY_BOTH, is_right, now_ms);
    slot_count(&alone, &BY_PEER, is_right, now_ms);
    slots_leave();
}

void slow_forget(void)
{
    slots_take();
    memset(slots, 0, sizeof slots);
    slots_leave();
}
