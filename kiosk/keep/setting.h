/* setting.h - what the office set, as the kiosk uses it. */
#ifndef KIOSK_KEEP_SETTING_H
#define KIOSK_KEEP_SETTING_H

#include "core/clock.h"
#include "core/db.h"
#include "kiosk/words.h"

/* The day rule of the settings learnt; what is missing or can't be is as in day_rule_default(). */
bool setting_day_rule(struct db *db, struct day_rule *rule, struct err *err) MUST_CHECK;

/* Its id where the station isn't known. */
bool setting_station_name(struct db *db, const char *station, char name[2][NAME_MAX], struct err *err) MUST_CHECK;

#endif
