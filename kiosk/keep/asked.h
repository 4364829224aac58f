/* asked.h - what the office asks at a station: learnt from the feed, gone once it is answered (docs/protocol.md "asked"). */
#ifndef KIOSK_KEEP_ASKED_H
#define KIOSK_KEEP_ASKED_H

#include "core/db.h"
#include "core/event.h"
#include "core/json.h"

/* A row of the feed; o NULL: answered or closed. */
bool asked_learn(struct db *db, const char *key, const struct json *o, struct err *err) MUST_CHECK;

/* A note that answers a question: it doesn't come back, whenever the server hears of it. Other events leave nothing. */
bool asked_answer(struct db *db, const struct event *event, struct err *err) MUST_CHECK;

#endif
