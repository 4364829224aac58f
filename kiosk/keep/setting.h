/* setting.h - what the office set, as the kiosk uses it. */
#ifndef KIOSK_KEEP_SETTING_H
#define KIOSK_KEEP_SETTING_H

#include "core/clock.h"
#include "core/db.h"
#include "kiosk/words.h"

struct json;

/* Keeps what was learnt under a name, in the place of what stood there; NULL: gone. */
bool setting_keep(struct db *db, const char *name, const struct json *value, struct err *err) MUST_CHECK;

/* NULL in *value where nothing is kept under that name, or it isn't JSON. The caller frees. */
bool setting_read(struct db *db, const char *name, struct json **value, struct err *err) MUST_CHECK;

/* The day rule of the settings learnt; what is missing or can't be is as in day_rule_default(). */
bool setting_day_rule(struct db *db, struct day_rule *rule, struct err *err) MUST_CHECK;

/* Per station: a value for all, or an object by station id, "*" for the others.
 * sign_out: "entry", "shift", or seconds. touch_rows: true where a row of the queue may be touched instead of a scan. */
bool setting_sign_out(struct db *db, const char *station, int32_t *seconds, struct err *err) MUST_CHECK;
bool setting_touch_rows(struct db *db, const char *station, bool *can, struct err *err) MUST_CHECK;

/* opening_ops: codes of the operations before which the opening direction is asked. */
bool setting_asks_opening(struct db *db, const char *code, bool *asks, struct err *err) MUST_CHECK;

/* Its id where the station isn't known; and whether it is a dock. */
bool setting_is_dock(struct db *db, const char *station, bool *is_dock, struct err *err) MUST_CHECK;
bool setting_station_name(struct db *db, const char *station, char name[2][NAME_MAX], struct err *err) MUST_CHECK;

/* What a place's code is called; "" where nobody named it. */
bool setting_place_name(struct db *db, int64_t place, char name[NAME_MAX], struct err *err) MUST_CHECK;

#endif
