/* doctor.h - is this server well? What a person would have to look for in ten places, as lines with what to do.
 *
 * What only the running server or another room knows (server/doctor.c asks them) comes in as values. Reads only. */
#ifndef SERVER_CARE_DOCTOR_H
#define SERVER_CARE_DOCTOR_H

#include <stddef.h>

#include "core/version.h"
#include "server/care/care.h"

/* A kiosk as the running server heard it last. */
struct doctor_kiosk {
    uint64_t kiosk;
    int64_t  heard_ms, waiting; /* events that it couldn't send yet; below 0: it didn't say */
    char     version[VERSION_TEXT];
};

struct doctor_server {
    bool                 is_running, is_reachable;
    char                 place[64]; /* 192.168.1.2:8443 */
    char                 version[VERSION_TEXT];
    int64_t              started_ms;
    int64_t              unbooked; /* events that wait to be booked */
    struct say           trouble;  /* of taker or writer; empty: none */
    struct doctor_kiosk *kiosks;
    size_t               kiosk_count;
};

struct doctor {
    const struct care   *care;
    const char          *backups; /* where the daily ones go; those in DATA/backup are looked at too */
    struct doctor_server server;
    bool                 has_cert;
    struct say           cert_trouble; /* why it can't be read; empty: there is none, or nothing is wrong */
    int64_t              cert_ends_s, ca_ends_s;
};

/* Prints each finding: ok; look: somebody should, the sentence says what to do; bad: now. False with ERR_DAMAGED and the
 * first bad one. */
bool care_doctor(const struct doctor *doctor, struct err *err) MUST_CHECK;

#endif
