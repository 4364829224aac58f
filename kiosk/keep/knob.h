/* knob.h - what people set at this kiosk itself, kept by name. What a name means and may be is flow/knob.h's. */
#ifndef KIOSK_KEEP_KNOB_H
#define KIOSK_KEEP_KNOB_H

#include "core/db.h"
#include "kiosk/words.h"

/* The kiosk's own: worker 0. */
bool knobs_read(struct db *db, struct found_knobs *knobs, struct err *err) MUST_CHECK;

bool knob_keep(struct db *db, const struct found_knob *knob, struct err *err) MUST_CHECK;

/* *value stays as it is where nothing is kept under that name. */
bool knob_read(struct db *db, int32_t worker, const char *name, int64_t *value, struct err *err) MUST_CHECK;

#endif
