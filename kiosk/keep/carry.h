/* carry.h - what waits on this kiosk, as a file that a USB stick carries to the server.
 *
 * The file holds the signed requests that the kiosk would send (docs/protocol.md "a USB stick"), so that whoever takes it
 * learns no more and can do no more than the network could; the same events sent again later count once. It stands whole
 * under its name, or not at all. */
#ifndef KIOSK_KEEP_CARRY_H
#define KIOSK_KEEP_CARRY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/db.h"
#include "core/err.h"

enum { CARRY_NAME = 64 };

struct carried {
    int64_t events;
    int     requests;
    bool    is_part;          /* rows are lost: what stands behind them goes by the network alone */
    char    name[CARRY_NAME]; /* of the file: kiosk, day, time */
};

/* Reads on a connection of its own (DB_READ). folder: an existing one. False with ERR_ABSENT: the kiosk isn't enrolled, or
 * nothing waits; ERR_FULL, ERR_IO: the stick; nothing stands there then. */
bool carry_write(struct db *db, const char *folder, int64_t wall_ms, int32_t offset_min, struct carried *carried,
                 struct err *err) MUST_CHECK;

/* How much stands on the stick, and under which name. */
struct say carry_say(const struct carried *carried);

#endif
