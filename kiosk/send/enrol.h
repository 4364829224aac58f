/* enrol.h - the words of the enrolment (docs/protocol.md): what is asked, and whether the answers may be believed.
 *
 * Pure; courier.c carries them. */
#ifndef KIOSK_SEND_ENROL_H
#define KIOSK_SEND_ENROL_H

#include "core/code.h"
#include "core/err.h"
#include "kiosk/send/errand.h"

#define ENROL_CA_PATH "/kiosk/1/ca"
#define ENROL_PATH "/kiosk/1/enrol"

/* Finds in the answer to ENROL_CA_PATH the certificate that the code names, and appends it as PEM; false: it isn't
 * there, and nothing from this server may be believed. */
bool enrol_ca(const char *answer, size_t len, const struct code_enrol *enrol, struct buf *pem,
              struct err *err) MUST_CHECK;

struct enrol_ask {
    struct code_enrol enrol;
    uint64_t          kiosk;
    struct key        key; /* made by the kiosk for this token */
    struct epoch      server;
    int64_t           acked_seq;
};
void enrol_body(const struct enrol_ask *ask, struct buf *body);

/* The answer to it; fills all of *server but ca_pem. False with the server's own sentence where it refuses. */
bool enrol_hear(const struct enrol_ask *ask, int status, const char *answer, size_t len, struct keeper_server *server,
                struct err *err) MUST_CHECK;

#endif
