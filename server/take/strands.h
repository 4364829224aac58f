/* strands.h - what the inbox holds of each strand: the events of one kiosk and epoch.
 *
 * Ends live in memory, read on first need by one look-up in the index and the rows that aren't in it yet; so a start
 * reads a few thousand rows however many are stored. Numbers are counted on in memory; what was added since the last
 * commit is forgotten by strands_rolled_back(). A strand's pointer lives until then. */
#ifndef SERVER_TAKE_STRANDS_H
#define SERVER_TAKE_STRANDS_H

#include "core/chain.h"
#include "core/db.h"
#include "core/err.h"

struct strand {
    uint64_t     kiosk;
    struct epoch epoch;
    struct mark  end;      /* the newest event stored, of the longest branch; seq 0 with the chain's first hash: none */
    int64_t      next;     /* number that continues it: end.seq + 1, behind a gap what follows the last one lost */
    bool         is_gap;   /* end is a gap: what follows has the prev that it always had, unknown here */
    struct hash  gap_next; /* name of what follows the gap; zero: whatever */
    bool         has_opened; /* the server opened an epoch because of it: once is enough in one run */
};

struct strands;

bool strands_open(struct db *db, struct strands **strands, struct err *err) MUST_CHECK;
void strands_close(struct strands *strands); /* takes NULL; the connection is the caller's */

int64_t strands_end(const struct strands *strands); /* number of the newest event, uncommitted ones included */

bool strands_of(struct strands *strands, uint64_t kiosk, struct epoch epoch, struct strand **strand,
                struct err *err) MUST_CHECK;

/* New lines of a strand, as one row. */
struct strand_row {
    int64_t     first;
    int         count;
    int64_t     last; /* first + count - 1; of a gap: the last number lost */
    struct hash name; /* of the last line */
    bool        is_gap;
    struct hash gap_next;
    const char *bytes; /* lines, each ended by LF */
    size_t      len;
};
bool strands_add(struct strands *strands, struct strand *strand, const struct strand_row *row, int64_t now_ms,
                 struct err *err) MUST_CHECK;

/* Every event stored under the numbers lo to hi, all versions of each. */
struct version {
    int64_t     seq;
    struct hash name;
};
struct versions {
    size_t          count, cap;
    struct version *rows; /* kept for the next call; freed by versions_free() */
};
bool strands_versions(struct strands *strands, const struct strand *strand, int64_t lo, int64_t hi,
                      struct versions *versions, struct err *err) MUST_CHECK;
bool versions_have(const struct versions *versions, int64_t seq, const struct hash *name);
bool versions_differ(const struct versions *versions, int64_t seq, const struct hash *name); /* another one is there */
void versions_free(struct versions *versions);

/* Puts the rows that aren't in the index yet into it, inside the caller's transaction. */
size_t strands_unplaced(const struct strands *strands);
bool   strands_place(struct strands *strands, struct err *err) MUST_CHECK;

void strands_committed(struct strands *strands);
void strands_rolled_back(struct strands *strands);

#endif
