/* ca.h - a factory's own certificate authority, made in process at first start.
 *
 * No internet, no shell: an ECDSA P-256 CA (20 years) and a server certificate (10 years) with every address and name
 * in its SAN; both valid from 1970 on, so that a kiosk whose clock starts there isn't locked out by a date. The CA's key never
 * leaves the data directory (0600). Kiosks pin the CA by its SHA-256 at enrolment. */
#ifndef SERVER_HTTP_CA_H
#define SERVER_HTTP_CA_H

#include <stdint.h>

#include "core/buf.h"
#include "core/err.h"

struct ca {
    struct buf ca_pem;
    struct buf cert_pem, key_pem; /* of the server; the chain holds the CA too */
    uint8_t    ca_sha256[32];     /* of the CA certificate's DER */
};

/* Makes or reads DIR/ca.pem, ca.key, server.pem, server.key; a new server certificate where names (NULL-ended: IPv4
 * addresses and host names) aren't all in it, or it ends within 90 days of now_s. */
bool ca_open(const char *dir, const char *const *names, int64_t now_s, struct ca *ca, struct err *err) MUST_CHECK;
void ca_free(struct ca *ca);

/* When the server's certificate and the CA's end. False: ERR_ABSENT where there are none yet, else what is wrong with them. */
bool ca_ends(const char *dir, int64_t *server_s, int64_t *ca_s, struct err *err) MUST_CHECK;

#endif
