/* chain.h - hashes, marks and keys: what makes a loss, a fork or a lie visible.
 *
 * One mechanism (BLAKE2b-256, libsodium's generichash) names events, chains them and signs requests. Pure but for
 * chain_random(). */
#ifndef CORE_CHAIN_H
#define CORE_CHAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

enum { HASH_BYTES = 32, HASH_TEXT = 65, KEY_BYTES = 32, NONCE_TEXT = 33, EPOCH_TEXT = 28, ID_TEXT = 17 };

struct hash {
    uint8_t bytes[HASH_BYTES];
};

/* A generation of one sequence. Orders by counter, then by number. Text: 3-9f3a2b4c5d6e7f80 (counter decimal, the
 * random number as 16 hex digits). {0,0} means none. */
struct epoch {
    uint32_t counter;
    uint64_t random;
};

/* "Up to here": a number alone can't tell two histories apart, its event's hash can. seq 0 = nothing yet, with the
 * chain's first hash. */
struct mark {
    struct epoch epoch;
    int64_t      seq;
    struct hash  hash;
};

/* Must be called once before anything else here; false only where the system has no random numbers. */
bool chain_init(struct err *err) MUST_CHECK;

struct hash hash_of(const void *bytes, size_t len);
void        hash_sha256(const void *bytes, size_t len, uint8_t sha256[32]); /* of certificates, in enrolment codes */
bool        hash_equal(const struct hash *a, const struct hash *b);
bool        hash_is_zero(const struct hash *h);
void        hash_write(const struct hash *h, char text[HASH_TEXT]); /* 64 hex digits, lower case */
bool        hash_read(const char *text, struct hash *h) MUST_CHECK; /* exactly 64 hex digits, then NUL */

int  epoch_compare(struct epoch a, struct epoch b); /* <0, 0, >0 */
bool epoch_is_none(struct epoch e);
void epoch_write(struct epoch e, char text[EPOCH_TEXT]); /* "-" for none */
bool epoch_read(const char *text, struct epoch *e) MUST_CHECK;

/* 64 bits as 16 hex digits. */
void id_write(uint64_t id, char text[ID_TEXT]);
bool id_read(const char *text, uint64_t *id) MUST_CHECK;

/* prev_hash of event 1 of an epoch: the hash of the text "<kiosk as 16 hex> <epoch>". */
struct hash chain_first(uint64_t kiosk, struct epoch epoch);

struct key {
    uint8_t bytes[KEY_BYTES];
};

/* Signs a request: keyed hash over method LF path LF nonce LF body. */
struct hash mac_request(const struct key *key, const char *method, const char *path, const char *nonce,
                        const void *body, size_t len);

/* Signs an answer: keyed hash over the request's mac as 64 hex digits LF the answer's body; so an answer can't be
 * replayed to another request. */
struct hash mac_answer(const struct key *key, const struct hash *request_mac, const void *body, size_t len);

/* Constant time. */
bool mac_equal(const struct hash *a, const struct hash *b);

/* Random bytes of the system; the simulator replaces the source before anything runs, with a deterministic one. */
void chain_random(void *bytes, size_t len);
void chain_random_source(void (*source)(void *self, void *bytes, size_t len), void *self);

#endif
