/* walk.c - walks every chain of the inbox: server/care/walk.h.
 *
 * A chain (a kiosk's epoch) has one open end, more where it forked. A line continues the end whose number and hash it
 * names. Where none fits, it may part from an older event: that one is looked up. Otherwise something was changed, and
 * the walk goes on behind the line, so that one bad byte is named once. */
#include "server/care/walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/event.h"

enum { ENDS_MAX = 8 /* of one chain; a kiosk that was set back more often loses its shortest branch here */ };

struct open_end {
    int64_t     last; /* number of the event, of a gap the last one lost */
    struct hash name;
    bool        is_gap;
    struct hash gap_next; /* what must follow the gap; zero: whatever */
};
struct chain {
    uint64_t        kiosk;
    struct epoch    epoch;
    int64_t         newest; /* highest number seen */
    int             count;
    struct open_end ends[ENDS_MAX];
};
struct walk {
    struct db        *db;
    struct walk_found found;
    struct chain    **table; /* open addressing; room is a power of two */
    size_t            room, count;
};

/* What a line says of itself. */
struct link {
    struct hash prev;
    bool        has_prev; /* it could be read */
    int64_t     last;
    bool        is_gap;
    struct hash gap_next;
};

/* ---------------------------------------------------------------------------------------------------- chains */

static size_t slot_of(const struct walk *walk, uint64_t kiosk, struct epoch epoch)
{
    uint64_t mix = (kiosk ^ (epoch.random + epoch.counter)) * UINT64_C(0x9E3779B97F4A7C15);
    size_t   slot = (size_t)(mix >> 32) & (walk->room - 1);
    for (; walk->table[slot] != NULL; slot = (slot + 1) & (walk->room - 1)) {
        const struct chain *there = walk->table[slot];
        if (there->kiosk == kiosk && epoch_compare(there->epoch, epoch) == 0) break;
    }
    return slot;
}

static void table_grow(struct walk *walk)
{
    struct chain **old = walk->table;
    size_t         old_room = walk->room;
    walk->room = old_room == 0 ? 64 : old_room * 2;
    walk->table = calloc(walk->room, sizeof(struct chain *));
    if (walk->table == NULL) abort();
    for (size_t i = 0; i < old_room; i++)
        if (old[i] != NULL) walk->table[slot_of(walk, old[i]->kiosk, old[i]->epoch)] = old[i];
    free(old);
}

/* A new chain is open behind number 0, which has the name that event 1 must give as its prev. */
static struct chain *chain_of(struct walk *walk, uint64_t kiosk, struct epoch epoch)
{
    if (walk->count * 2 >= walk->room) table_grow(walk);
    size_t slot = slot_of(walk, kiosk, epoch);
    if (walk->table[slot] == NULL) {
        struct chain *chain = calloc(1, sizeof *chain);
        if (chain == NULL) abort();
        *chain = (struct chain){.kiosk = kiosk, .epoch = epoch, .count = 1};
        chain->ends[0] = (struct open_end){.name = chain_first(kiosk, epoch)};
        walk->table[slot] = chain;
        walk->count++;
    }
    return walk->table[slot];
}

static struct open_end *end_find(struct chain *chain, const struct walk_line *line, const struct link *link)
{
    for (int i = 0; i < chain->count; i++) {
        struct open_end *end = &chain->ends[i];
        if (end->last != line->seq - 1) continue;
        if (end->is_gap ? hash_is_zero(&end->gap_next) || hash_equal(&end->gap_next, &line->name)
                        : !link->has_prev || hash_equal(&end->name, &link->prev))
            return end;
    }
    return NULL;
}

static struct open_end *end_add(struct chain *chain)
{
    int shortest = 0;
    if (chain->count < ENDS_MAX) return &chain->ends[chain->count++];
    for (int i = 1; i < chain->count; i++)
        if (chain->ends[i].last < chain->ends[shortest].last) shortest = i;
    return &chain->ends[shortest];
}

/* ---------------------------------------------------------------------------------------------------- old numbers */

/* Does one of the row's lines have this number and this name? */
static bool row_has(const char *bytes, size_t len, int64_t first, int64_t seq, const struct hash *name)
{
    const char *at = bytes, *end = bytes + len;
    for (const char *lf; (lf = memchr(at, '\n', (size_t)(end - at))) != NULL; at = lf + 1, first++) {
        struct hash own = hash_of(at, (size_t)(lf - at));
        if (first == seq) return hash_equal(&own, name);
    }
    return false;
}

/* Is an event of that number and name stored in this chain before event `before`? */
static bool old_find(struct walk *walk, const struct chain *chain, int64_t seq, const struct hash *name, int64_t before,
                     bool *is_there, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    size_t          len;
    if (!db_prepare(walk->db, SQL("SELECT i.first_seq, i.bytes FROM place AS p JOIN inbox AS i ON i.number = p.number"
                        " WHERE p.kiosk = $1 AND p.epoch_counter = $2 AND p.epoch_random = $3"
                        " AND p.first_seq <= $4 AND p.last_seq >= $4 AND p.number <= $5"
                        " UNION ALL SELECT first_seq, bytes FROM inbox"
                        " WHERE number > (SELECT up_to FROM placed WHERE only_row = 1) AND kiosk = $1"
                        " AND epoch_counter = $2 AND epoch_random = $3 AND first_seq <= $4 AND last_seq >= $4"
                        " AND number <= $5"),
                                  &stmt, err))
        return false;
    db_bind_int(stmt, 1, (int64_t)chain->kiosk);
    db_bind_int(stmt, 2, chain->epoch.counter);
    db_bind_int(stmt, 3, (int64_t)chain->epoch.random);
    db_bind_int(stmt, 4, seq);
    db_bind_int(stmt, 5, before);
    struct hash first = chain_first(chain->kiosk, chain->epoch);
    *is_there = seq == 0 && hash_equal(&first, name);
    while (!*is_there) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        const char *bytes = db_blob(stmt, 1, &len);
        *is_there = row_has(bytes, len, db_int(stmt, 0), seq, name);
    }
    db_reset(stmt);
    return true;
}

/* ---------------------------------------------------------------------------------------------------- a line */

static void tell(const struct walk *walk, enum finding what, int64_t number, struct say say)
{
    walk->found.say(walk->found.self, what, number, &say);
}

/* "kiosk epoch": which chain. */
static struct say say_chain(struct say say, const struct chain *chain)
{
    char kiosk[ID_TEXT], epoch[EPOCH_TEXT], both[ID_TEXT + EPOCH_TEXT];
    id_write(chain->kiosk, kiosk);
    epoch_write(chain->epoch, epoch);
    snprintf(both, sizeof both, "%s %s", kiosk, epoch);
    return say_text(say, both);
}

static struct link link_of(struct walk *walk, const struct chain *chain, const struct walk_line *line)
{
    struct event event;
    struct err   err;
    struct link  link = {.last = line->seq};
    if (line->is_known_bad) return link;
    if (!event_read(line->bytes, line->len, &event, &err)) {
        tell(walk, FOUND_ODD, line->number, say_chain(say_int(SAY("care.odd"), line->number), chain));
        return link;
    }
    if (event.kiosk != line->kiosk || epoch_compare(event.epoch, line->epoch) != 0 || event.seq != line->seq)
        tell(walk, FOUND_BAD, line->number,
             say_int(say_chain(say_int(SAY("care.bad-place"), line->number), chain), line->seq));
    link.has_prev = true;
    link.prev = event.prev;
    link.is_gap = event.kind == EVENT_GAP && event.gap_to >= event.seq;
    if (link.is_gap) {
        link.last = event.gap_to;
        link.gap_next = event.gap_next;
        tell(walk, FOUND_GAP, line->number,
             say_int(say_int(say_chain(say_int(SAY("care.gap"), line->number), chain), line->seq), link.last));
    }
    return link;
}

/* No open end fits: it parts from an older event, or something was changed. *is_fork: another event has this number. */
static bool part(struct walk *walk, struct chain *chain, const struct walk_line *line, const struct link *link,
                 bool *is_fork, struct err *err)
{
    bool is_old = !link->has_prev;
    *is_fork = false;
    if (line->seq > chain->newest + 1) {
        tell(walk, FOUND_BAD, line->number,
             say_int(say_int(say_chain(say_int(SAY("care.hole"), line->number), chain), chain->newest + 1),
                     line->seq - 1));
        return true;
    }
    if (!is_old && !old_find(walk, chain, line->seq - 1, &link->prev, line->number - 1, &is_old, err)) return false;
    *is_fork = is_old && line->seq <= chain->newest;
    if (!is_old)
        tell(walk, FOUND_BAD, line->number,
             say_int(say_chain(say_int(SAY("care.bad-prev"), line->number), chain), line->seq));
    return true;
}

bool walk_line(struct walk *walk, const struct walk_line *line, struct err *err)
{
    bool             is_fork;
    struct chain    *chain = chain_of(walk, line->kiosk, line->epoch);
    struct link      link = link_of(walk, chain, line);
    struct open_end *end = end_find(chain, line, &link);
    if (end == NULL) {
        if (!part(walk, chain, line, &link, &is_fork, err)) return false;
        if (is_fork)
            tell(walk, FOUND_FORK, line->number,
                 say_int(say_chain(say_int(SAY("care.fork"), line->number), chain), line->seq));
        end = is_fork ? end_add(chain) : &chain->ends[0];
    }
    *end = (struct open_end){link.last, line->name, link.is_gap, link.gap_next};
    if (link.last > chain->newest) chain->newest = link.last;
    return true;
}

/* ---------------------------------------------------------------------------------------------------- start, end */

struct walk *walk_start(struct db *db, struct walk_found found)
{
    struct walk *walk = calloc(1, sizeof *walk);
    if (walk == NULL) abort();
    walk->db = db;
    walk->found = found;
    return walk;
}

size_t walk_chains(const struct walk *walk)
{
    return walk->count;
}

void walk_end(struct walk *walk)
{
    if (walk == NULL) return;
    for (size_t i = 0; i < walk->room; i++) free(walk->table[i]);
    free(walk->table);
    free(walk);
}
