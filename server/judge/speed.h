/* speed.h - reports that are faster than hands: a second pure function, over a worker's shift date. It flags for a person to
 * ask and changes no verdict.
 *
 * Who reports in one go what he made since the morning isn't fast: pieces are held against the time since his shift began. */
#ifndef SERVER_JUDGE_SPEED_H
#define SERVER_JUDGE_SPEED_H

#include <stddef.h>
#include <stdint.h>

/* What counts of his reports, as kiosks wrote them; those whose time is in doubt are left out. */
struct speed_report {
    int64_t  wall_ms;
    int64_t  begin_ms; /* of its shift; beyond wall_ms: unknown */
    int64_t  pieces;   /* his share, in thousandths */
    uint64_t kiosk;
};

struct speed_rule {
    int64_t least_ms; /* a piece takes at least so long; 0: not asked */
    int64_t walk_ms;  /* from one kiosk to another; 0: not asked */
};

enum speed_what {
    SPEED_FAST, /* more than the shift so far has time for: the first report that says so */
    SPEED_TWICE /* at two kiosks nearly at once */
};
struct speed_flag {
    size_t          report; /* index */
    enum speed_what what;
    int64_t         pieces, ms; /* FAST: so many since the shift began, and that long ago; TWICE: ms between the two */
};

/* reports: sorted by wall_ms. Returns how many flags, at most `most`. */
size_t judge_speed(const struct speed_report *reports, size_t count, const struct speed_rule *rule,
                   struct speed_flag *flags, size_t most);

#endif
