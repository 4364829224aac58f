/* speed.c - reports that are faster than hands: server/judge/speed.h. */
#include "server/judge/speed.h"

#include <stdbool.h>

enum { THOUSAND = 1000 };

size_t judge_speed(const struct speed_report *reports, size_t count, const struct speed_rule *rule,
                   struct speed_flag *flags, size_t most)
{
    size_t  found = 0;
    int64_t pieces = 0;
    bool    is_fast = false;
    for (size_t i = 0; i < count && found < most; i++) {
        const struct speed_report *own = &reports[i];
        int64_t                    since_ms = own->wall_ms - own->begin_ms;
        pieces += own->pieces;
        if (!is_fast && since_ms >= 0 && pieces * rule->least_ms / THOUSAND > since_ms) {
            is_fast = true;
            flags[found++] = (struct speed_flag){i, SPEED_FAST, pieces / THOUSAND, since_ms};
        }
        if (i == 0 || found == most || own->kiosk == reports[i - 1].kiosk) continue;
        int64_t apart_ms = own->wall_ms - reports[i - 1].wall_ms;
        if (apart_ms < rule->walk_ms)
            flags[found++] = (struct speed_flag){i, SPEED_TWICE, own->pieces / THOUSAND, apart_ms};
    }
    return found;
}
