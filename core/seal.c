/* seal.c - secrets that only their owner opens: core/seal.h. The door to libsodium's boxes and password hashes.
 *
 * The box is crypto_box_seal (X25519, XSalsa20-Poly1305), the slow hash argon2id13; docs/protocol.md says so too, since
 * every kiosk opens these boxes. */
#include "core/seal.h"

#include <assert.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { PIN_LEAST = 4, PIN_MOST = 12, BADGE_DIGITS = 15, SECRET_TEXT = BADGE_DIGITS + 1 + PIN_MOST + 1 };
#define BADGE_MOST INT64_C(999999999999999)

/* Fixed for ever: other numbers make other keys. */
static const unsigned long long SLOW_OPS = 2;
static const size_t             SLOW_BYTES = (size_t)64 * 1024 * 1024;

_Static_assert(SEAL_KEY_BYTES == crypto_box_PUBLICKEYBYTES, "a key of ours is a key of libsodium");
_Static_assert(SEAL_KEY_BYTES == crypto_box_SECRETKEYBYTES, "so is its secret half");
_Static_assert(SEAL_SALT_BYTES == crypto_pwhash_argon2id_SALTBYTES, "so is a salt");
_Static_assert(SEAL_PASSWORD_MAX >= crypto_pwhash_argon2id_STRBYTES, "a kept password fits");

/* ---- Keys and boxes */

static bool pin_is_right(const char *pin)
{
    size_t len = strlen(pin);
    return len >= PIN_LEAST && len <= PIN_MOST && strspn(pin, "0123456789") == len;
}

bool seal_pair_of(int64_t badge, const char *pin, const uint8_t salt[SEAL_SALT_BYTES], struct seal_pair *pair,
                  struct err *err)
{
    char    text[SECRET_TEXT];
    uint8_t seed[crypto_box_SEEDBYTES];
    assert(badge > 0 && badge <= BADGE_MOST);
    if (!pin_is_right(pin)) return err_set(err, ERR_INPUT, say_int(say_int(SAY("seal.pin"), PIN_LEAST), PIN_MOST));
    snprintf(text, sizeof text, "%015" PRId64 ":%s", badge, pin);
    bool has_seed = crypto_pwhash_argon2id(seed, sizeof seed, text, strlen(text), salt, SLOW_OPS, SLOW_BYTES,
                                           crypto_pwhash_argon2id_ALG_ARGON2ID13) == 0;
    if (has_seed) crypto_box_seed_keypair(pair->open, pair->secret, seed);
    sodium_memzero(text, sizeof text);
    sodium_memzero(seed, sizeof seed);
    return has_seed || err_set(err, ERR_BUSY, SAY("seal.memory"));
}

bool seal_fits(const uint8_t open[SEAL_KEY_BYTES])
{
    uint8_t box[crypto_box_SEALBYTES];
    return crypto_box_seal(box, NULL, 0, open) == 0;
}

void seal_shut(const uint8_t open[SEAL_KEY_BYTES], const void *bytes, size_t len, struct buf *out)
{
    struct buf box = {0};
    size_t     size = len + crypto_box_SEALBYTES;
    int        failed = crypto_box_seal((unsigned char *)buf_room(&box, size), bytes, len, open);
    assert(failed == 0); /* seal_fits(), or seal_pair_of() made it */
    (void)failed;
    seal_base64(box.bytes, size, out);
    buf_free(&box);
}

bool seal_open(const struct seal_pair *pair, const char *text, size_t len, struct buf *out, struct err *err)
{
    struct buf box = {0};
    size_t     start = out->len;
    bool       is_open = seal_unbase64(text, len, &box) && box.len >= crypto_box_SEALBYTES;
    if (is_open) {
        size_t size = box.len - crypto_box_SEALBYTES;
        is_open = crypto_box_seal_open((unsigned char *)buf_room(out, size), (const unsigned char *)box.bytes, box.len,
                                       pair->open, pair->secret) == 0;
        if (is_open) out->len = start + size;
    }
    buf_free(&box);
    return is_open || err_set(err, ERR_INPUT, SAY("seal.closed"));
}

/* ---- Passwords */

bool seal_password(const char *password, char kept[SEAL_PASSWORD_MAX], struct err *err)
{
    char made[crypto_pwhash_argon2id_STRBYTES];
    if (crypto_pwhash_argon2id_str(made, password, strlen(password), SLOW_OPS, SLOW_BYTES) != 0)
        return err_set(err, ERR_BUSY, SAY("seal.memory"));
    memcpy(kept, made, sizeof made);
    return true;
}

bool seal_password_fits(const char *kept, const char *password)
{
    return crypto_pwhash_argon2id_str_verify(kept, password, strlen(password)) == 0;
}

/* ---- Base64, RFC 4648 section 5, without padding */

void seal_base64(const void *bytes, size_t len, struct buf *out)
{
    size_t size = sodium_base64_encoded_len(len, sodium_base64_VARIANT_URLSAFE_NO_PADDING); /* with its NUL */
    sodium_bin2base64(buf_room(out, size), size, bytes, len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    out->len += size - 1;
}

bool seal_unbase64(const char *text, size_t len, struct buf *out)
{
    size_t size = len / 4 * 3 + 3, used;
    char  *room = buf_room(out, size);
    if (sodium_base642bin((unsigned char *)room, size, text, len, NULL, &used, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0) {
        room[0] = 0;
        return false;
    }
    room[used] = 0;
    out->len += used;
    return true;
}
