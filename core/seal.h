/* seal.h - secrets that only their owner opens: pay lines sealed to a worker, passwords and tokens kept as hashes.
 *
 * A worker's pair of keys comes from badge + PIN (argon2id with the worker's salt); the server keeps the public half
 * and the salt, never the PIN. A PIN is weak whatever the hash: it keeps honest eyes off, it doesn't stop a thief of
 * the kiosk's disk with time; EVENTS says which lines lie there at all. */
#ifndef CORE_SEAL_H
#define CORE_SEAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/err.h"

enum { SEAL_KEY_BYTES = 32, SEAL_SALT_BYTES = 16, SEAL_PASSWORD_MAX = 128 };

struct seal_pair {
    uint8_t open[SEAL_KEY_BYTES];   /* public half: seals */
    uint8_t secret[SEAL_KEY_BYTES]; /* opens */
};

/* Slow on purpose, about 0.1 s and 64 MB: never on a thread that somebody waits for. badge: 15 digits as number;
 * pin: 4 to 12 digits as text. */
bool seal_pair_of(int64_t badge, const char *pin, const uint8_t salt[SEAL_SALT_BYTES], struct seal_pair *pair,
                  struct err *err) MUST_CHECK;

/* Can anything be sealed to it? A few numbers of that size are no point of the curve that does. */
bool seal_fits(const uint8_t open[SEAL_KEY_BYTES]);

/* Appends the sealed bytes as base64 (URL alphabet, no padding). */
void seal_shut(const uint8_t open[SEAL_KEY_BYTES], const void *bytes, size_t len, struct buf *out);

/* Opens base64 text of seal_shut(); false with ERR_INPUT where it isn't for this pair. */
bool seal_open(const struct seal_pair *pair, const char *text, size_t len, struct buf *out, struct err *err) MUST_CHECK;

/* argon2id of a password as a text that carries its own parameters, and its check. Slow too. */
bool seal_password(const char *password, char kept[SEAL_PASSWORD_MAX], struct err *err) MUST_CHECK;
bool seal_password_fits(const char *kept, const char *password) MUST_CHECK;

/* Base64 (URL alphabet, no padding) of bytes, and back. */
void seal_base64(const void *bytes, size_t len, struct buf *out);
bool seal_unbase64(const char *text, size_t len, struct buf *out) MUST_CHECK;

#endif
