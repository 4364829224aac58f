/* model.h - what was made at the kiosks, and what workers saw as saved: the simulator's own knowledge of the truth.
 *
 * An entry is made when a kiosk's program begins to save it; it is known again by the boot in which and the moment of
 * that boot at which it was made, which no two share. It was *seen* once the screen said green, or amber "saved, held";
 * it was *red* where the screen said "not saved": that one may have got to the disk all the same. */
#ifndef TESTS_SIM_MODEL_H
#define TESTS_SIM_MODEL_H

#include "core/event.h"
#include "tests/sim/booth.h"
#include "tests/sim/world.h"

enum fate { FATE_MADE, FATE_SEEN, FATE_RED };

struct entry {
    struct event event; /* as flow made it, before it got its place */
    int          booth;
    uint64_t     boot;
    int64_t      mono_ms;
    enum fate    fate;
    struct hash  name;   /* FATE_SEEN */
    int64_t      number; /* in the inbox; 0: not there */
    uint32_t     disks;  /* a bit for each booth whose disk has it */
};

struct model {
    int           count, cap;
    struct entry *entries;
    int64_t       seen, red; /* how many of each */
};

void model_open(struct world *world);
void model_close(struct world *world);

/* The kiosk begins to save what flow made; returns the entry. */
int  model_made(struct booth *booth, const struct event *event, int64_t mono_ms);
void model_seen(struct world *world, int entry, const struct hash *name, int64_t seq);
void model_red(struct world *world, int entry, const char *why);

/* The entry that an event of the inbox is; NULL: nobody made it. */
struct entry *model_find(struct world *world, const struct event *event);

/* Would each entry that was seen still be somewhere, if the disk of that booth (-1: none) held what `kept` names alone,
 * and the inbox only what is not behind `inbox_end`? No program brings back what no disk has, so such a fault isn't
 * played. */
bool model_survives(const struct world *world, int booth, const bool *kept, int kept_count, int64_t inbox_end);

/* The disk of a booth became a copy: of another booth's, or of its own as it was (kept: by entry). */
void model_cloned(struct world *world, int from, int to);
void model_set_back(struct world *world, int booth, const bool *kept, int kept_count);

/* Does the event say what was made? What the keeper and the outbox add is left out. */
bool model_is_same(const struct entry *entry, const struct event *event);

#endif
