/* identity.h - who this kiosk is: its 64 random bits, made at first start, and what its enrolment agreed on. */
#ifndef KIOSK_KEEP_IDENTITY_H
#define KIOSK_KEEP_IDENTITY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/chain.h"
#include "core/db.h"
#include "kiosk/words.h"

/* Where the server is, and what the enrolment agreed on. */
struct keeper_server {
    char       address[64]; /* 192.168.1.10 */
    uint16_t   port;
    bool       is_tls;
    struct buf ca_pem;
    struct key key;
    char       station[WORD_MAX];
};

/* Makes the identity of a new database; the number stays for the database's life. */
bool identity_open(struct db *db, uint64_t *kiosk, struct err *err) MUST_CHECK;

/* That number; false with ERR_ABSENT: nobody has opened it yet. */
bool identity_kiosk(struct db *db, uint64_t *kiosk, struct err *err) MUST_CHECK;

/* Gives a database that has none yet an identity known from elsewhere. */
bool identity_take(struct db *db, uint64_t kiosk, struct err *err) MUST_CHECK;

/* The key for an enrolment token: made once and kept, so that a request whose answer was lost can be sent again. */
bool identity_key(struct db *db, const char *token, struct key *key, struct err *err) MUST_CHECK;

bool identity_enrol(struct db *db, const struct keeper_server *server, struct err *err) MUST_CHECK;

/* False with ERR_ABSENT: not enrolled. The caller frees ca_pem. */
bool identity_server(struct db *db, struct keeper_server *server, struct err *err) MUST_CHECK;

#endif
