/* plugs.h - which devices are listened to, what is told of each, and that nothing is left behind after many plugs. */
#ifndef TESTS_USB_PLUGS_H
#define TESTS_USB_PLUGS_H

#include <stdbool.h>

/* What this run is asked for: names with word in them, and of these each count-th from at on. */
struct part {
    const char *word; /* NULL: all */
    int         at, count;
};

bool part_has(const struct part *part, const char *name, int n);

/* plugs: how often in the last one; 0: not at all. */
void plugs_run(const struct part *part, int plugs, int *passed, int *failed);

#endif
