/* chain.c - hashes, marks and keys: core/chain.h. The door to libsodium's hashes and random numbers. */
#include "core/chain.h"

#include <assert.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

bool chain_init(struct err *err)
{
    return sodium_init() >= 0 || err_set(err, ERR_IO, SAY("chain.random"));
}

/* ---- Hashes */

struct hash hash_of(const void *bytes, size_t len)
{
    struct hash hash;
    crypto_generichash(hash.bytes, sizeof hash.bytes, bytes, len, NULL, 0);
    return hash;
}

void hash_sha256(const void *bytes, size_t len, uint8_t sha256[32])
{
    crypto_hash_sha256(sha256, bytes, len);
}

bool hash_equal(const struct hash *a, const struct hash *b)
{
    return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

bool hash_is_zero(const struct hash *h)
{
    return hash_equal(h, &(struct hash){{0}});
}

void hash_write(const struct hash *h, char text[HASH_TEXT])
{
    sodium_bin2hex(text, HASH_TEXT, h->bytes, sizeof h->bytes);
}

/* Value + 1 of each lower-case digit; 0 = none. Every event and request has some hundred of them. */
static const uint8_t HEX_DIGITS[256] = {
    ['0'] = 1, ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9, ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16};

/* Reads exactly 2 * count lower-case digits, then a NUL. One spelling only: what is equal has equal bytes. */
static bool hex_read(const char *text, uint8_t *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        unsigned high = HEX_DIGITS[(uint8_t)text[2 * i]];
        unsigned low = high > 0 ? HEX_DIGITS[(uint8_t)text[2 * i + 1]] : 0;
        if (low == 0) return false;
        bytes[i] = (uint8_t)((high - 1) << 4 | (low - 1));
    }
    return text[2 * count] == 0;
}

bool hash_read(const char *text, struct hash *h)
{
    struct hash read = {{0}};
    if (!hex_read(text, read.bytes, sizeof read.bytes)) return false;
    *h = read;
    return true;
}

/* ---- Ids and epochs */

void id_write(uint64_t id, char text[ID_TEXT])
{
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < ID_TEXT - 1; i++) text[i] = digits[id >> (60 - 4 * i) & 15];
    text[ID_TEXT - 1] = 0;
}

bool id_read(const char *text, uint64_t *id)
{
    uint8_t  bytes[sizeof *id];
    uint64_t read = 0;
    if (!hex_read(text, bytes, sizeof bytes)) return false;
    for (size_t i = 0; i < sizeof bytes; i++) read = read << 8 | bytes[i];
    *id = read;
    return true;
}

int epoch_compare(struct epoch a, struct epoch b)
{
    if (a.counter != b.counter) return a.counter < b.counter ? -1 : 1;
    if (a.random != b.random) return a.random < b.random ? -1 : 1;
    return 0;
}

bool epoch_is_none(struct epoch e)
{
    return e.counter == 0 && e.random == 0;
}

void epoch_write(struct epoch e, char text[EPOCH_TEXT])
{
    if (epoch_is_none(e)) {
        memcpy(text, "-", 2);
        return;
    }
    int len = snprintf(text, EPOCH_TEXT, "%" PRIu32 "-", e.counter);
    id_write(e.random, text + len);
}

/* Digits without a leading zero, up to the dash; NULL where it is no counter. */
static const char *counter_read(const char *text, uint32_t *counter)
{
    uint64_t    read = 0;
    const char *at = text;
    for (; *at >= '0' && *at <= '9' && read <= UINT32_MAX; at++) read = read * 10 + (uint64_t)(*at - '0');
    bool is_counter = at > text && *at == '-' && read <= UINT32_MAX && (text[0] != '0' || at == text + 1);
    *counter = (uint32_t)read;
    return is_counter ? at : NULL;
}

bool epoch_read(const char *text, struct epoch *e)
{
    struct epoch read = {0, 0};
    if (strcmp(text, "-") != 0) {
        const char *dash = counter_read(text, &read.counter);
        if (dash == NULL || !id_read(dash + 1, &read.random) || epoch_is_none(read)) return false;
    }
    *e = read;
    return true;
}

struct hash chain_first(uint64_t kiosk, struct epoch epoch)
{
    char id[ID_TEXT], text[EPOCH_TEXT], both[ID_TEXT + EPOCH_TEXT];
    id_write(kiosk, id);
    epoch_write(epoch, text);
    int len = snprintf(both, sizeof both, "%s %s", id, text);
    return hash_of(both, (size_t)len);
}

/* ---- MACs */

static void mac_add(crypto_generichash_state *state, const void *bytes, size_t len)
{
    crypto_generichash_update(state, bytes, len);
}

static void mac_line(crypto_generichash_state *state, const char *text)
{
    mac_add(state, text, strlen(text));
    mac_add(state, "\n", 1);
}

static struct hash mac_end(crypto_generichash_state *state, const void *body, size_t len)
{
    struct hash mac;
    mac_add(state, body, len);
    crypto_generichash_final(state, mac.bytes, sizeof mac.bytes);
    return mac;
}

struct hash mac_request(const struct key *key, const char *method, const char *path, const char *nonce,
                        const void *body, size_t len)
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, key->bytes, sizeof key->bytes, HASH_BYTES);
    mac_line(&state, method);
    mac_line(&state, path);
    mac_line(&state, nonce);
    return mac_end(&state, body, len);
}

struct hash mac_answer(const struct key *key, const struct hash *request_mac, const void *body, size_t len)
{
    crypto_generichash_state state;
    char                     text[HASH_TEXT];
    hash_write(request_mac, text);
    crypto_generichash_init(&state, key->bytes, sizeof key->bytes, HASH_BYTES);
    mac_line(&state, text);
    return mac_end(&state, body, len);
}

bool mac_equal(const struct hash *a, const struct hash *b)
{
    return sodium_memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

/* ---- Randomness: the system's, or what the simulator put in its place */

static void random_of_system(void *self, void *bytes, size_t len)
{
    (void)self;
    randombytes_buf(bytes, len);
}

static struct {
    void (*source)(void *self, void *bytes, size_t len);
    void *self;
} randomness = {random_of_system, NULL};

void chain_random(void *bytes, size_t len)
{
    randomness.source(randomness.self, bytes, len);
}

void chain_random_source(void (*source)(void *self, void *bytes, size_t len), void *self)
{
    assert(source != NULL);
    randomness.source = source;
    randomness.self = self;
}
