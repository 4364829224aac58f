/* limits.c - numbers of the house that are settings: server/judge/limits.h. */
#include "server/judge/limits.h"

#include <string.h>

const struct limit_row LIMIT_ROWS[LIMITS] = {
    [LIMIT_PAY_START_DAY] = {"pay_start_day",     1,      1, 28                   },
    [LIMIT_PAY_DAYS] = {"pay_days",          15,     0, 60                   },
    [LIMIT_DEDUCT_PERCENT] = {"deduct_percent",    20,     0, 20                   }, /* more than 20 no law allows */
    [LIMIT_MINIMUM_WAGE_FEN] = {"minimum_wage_fen",  200000, 0, INT64_C(100000000000)},
    [LIMIT_TIME_MOST_MINUTES] = {"time_most_minutes", 960,    1, 1440                 },
    [LIMIT_PLACE_CUT_MIN] = {"place_cut_min",     960,    0, 1440                 },
    [LIMIT_PLACE_NEXT_MIN] = {"place_next_min",    600,    0, 1440                 },
    [LIMIT_REST_WEEKDAYS] = {"rest_weekdays",     0,      0, 127                  },
    [LIMIT_RUSH_CAP] = {"rush_cap",          20,     0, 9999                 },
    [LIMIT_RUSH_ALERT_DAYS] = {"rush_alert_days",   2,      0, 60                   },
    [LIMIT_LATE_CAUSE_DAYS] = {"late_cause_days",   3,      0, 60                   },
    [LIMIT_QUOTE_CHASE_DAYS] = {"quote_chase_days",  3,      0, 60                   },
    [LIMIT_CLAIM_MINUTES] = {"claim_minutes",     15,     1, 1440                 },
    [LIMIT_PIECE_SECONDS] = {"piece_seconds",     10,     0, 3600                 },
    [LIMIT_WALK_SECONDS] = {"walk_seconds",      5,      0, 3600                 },
    [LIMIT_ENQUIRY_MINUTES] = {"enquiry_minutes",   30,     1, 1440                 },
    [LIMIT_DEPOSIT_PERCENT] = {"deposit_percent",   30,     0, 100                  },
    [LIMIT_DEPOSIT_UNPRICED] = {"deposit_unpriced",  0,      0, 1                    },
    [LIMIT_PART_SHIPMENTS] = {"part_shipments",    0,      0, 1                    },
    [LIMIT_DISPATCH_OVERRIDE] = {"dispatch_override", 0,      0, 1                    },
    [LIMIT_CASE_HOURS] = {"case_hours",        48,     1, 720                  },
    [LIMIT_CASE_DAYS] = {"case_days",         5,      1, 60                   },
    [LIMIT_WARRANTY_DAYS] = {"warranty_days",     365,    0, 3650                 },
    [LIMIT_OBJECT_HOURS] = {"object_hours",      24,     0, 720                  },
};

enum limit limit_find(const char *name)
{
    int i = 0;
    while (i < LIMITS && strcmp(LIMIT_ROWS[i].name, name) != 0) i++;
    return (enum limit)i;
}
