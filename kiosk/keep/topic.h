/* topic.h - the topics of the feed: a row of an answer becomes rows of what look.c reads. */
#ifndef KIOSK_KEEP_TOPIC_H
#define KIOSK_KEEP_TOPIC_H

#include <stdint.h>

#include "core/db.h"
#include "core/json.h"

struct topic_row {
    uint64_t           kiosk; /* this one: its own marks count */
    const char        *key;
    const struct json *o; /* NULL: gone */
};

/* Inside the caller's transaction. A topic that this program doesn't know is passed over, and a row that can't be. */
bool topic_learn(struct db *db, const char *topic, const struct topic_row *row, struct err *err) MUST_CHECK;

/* All that was learnt; own events stay. */
bool topic_forget(struct db *db, struct err *err) MUST_CHECK;

#endif
