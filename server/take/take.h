/* take.h - takes what kiosks send: the same bytes into the inbox, COMMIT, then the answer.
 *
 * Line 8/11: wire bytes -> the same bytes in the inbox, then the answer
 *
 * Taking is not judging: nothing here reads what an event means, beyond the five fields of its place (v, kiosk, epoch,
 * seq, prev). One append a request, one COMMIT for all requests of a step; the cost doesn't grow with what is stored.
 * Marks live in memory, rebuilt from the inbox's tail at start. Knows no HTTP: method and path come as strings for the
 * mac. The answers are docs/protocol.md's. */
#ifndef SERVER_TAKE_TAKE_H
#define SERVER_TAKE_TAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/chain.h"
#include "core/db.h"
#include "core/err.h"

/* The keys of kiosks: an immutable table, made by the office's side after each change and handed over whole. */
enum kiosk_state {
    KIOSK_TAKEN,   /* normal */
    KIOSK_WAITING, /* says that it dealt with a server, and this one has never seen it: wait for the office */
    KIOSK_REVOKED
};
struct kiosk_key {
    uint64_t         kiosk;
    struct key       key;
    enum kiosk_state state;
};
struct kiosk_keys {
    size_t           count;
    struct kiosk_key rows[]; /* sorted by kiosk */
};
const struct kiosk_key *kiosk_keys_find(const struct kiosk_keys *keys, uint64_t kiosk); /* NULL: unknown */

/* What a request says by itself, found out without the inbox. */
struct take_ready;

/* A signed request of a kiosk. Headers as text, NULL where missing. */
struct take_request {
    const char *method, *path;
    const char *kiosk, *nonce, *mac;
    const char *body;
    size_t      len;

    struct take_ready *ready; /* take_prepare()'s of this request; NULL: the step finds it out */
};
struct take_answer {
    int         status; /* 200, 400, 401, 413, 503 */
    bool        has_mac;
    struct hash mac;
    struct buf  body; /* the caller frees */
};

/* Is it signed by a kiosk that may speak? False fills *answer (401 with its sentence). Pure; for the feed too. */
bool take_signed(const struct kiosk_keys *keys, const struct take_request *request, const struct kiosk_key **key,
                 struct hash *mac, struct take_answer *answer) MUST_CHECK;

/* Checks the mac and reads the lines, so that the one thread that takes needn't: on any thread. Request and keys must
 * live as long as what is returned. A key that is revoked meanwhile was good when the request came. */
struct take_ready *take_prepare(const struct kiosk_keys *keys, const struct take_request *request);
void               take_ready_free(struct take_ready *ready); /* NULL: nothing */

struct take;

/* The inbox of a data directory; opens a first server epoch where there is none. run and feed: what answers name (the
 * newest feed number comes through take_feed_at()). */
struct take_options {
    const char *path; /* inbox.db */
    const char *vfs;
    uint64_t    run;
    bool        new_epoch; /* a restore: always opens one */
};
bool take_open(const struct take_options *options, int64_t now_ms, struct take **take, struct err *err) MUST_CHECK;
void take_close(struct take *take);

void take_keys(struct take *take, const struct kiosk_keys *keys); /* not copied, not owned */
void take_feed_at(struct take *take, int64_t feed);               /* newest number, for answers */

/* Starts of the server as the books know them, by their first number; run is the current one. A kiosk that has seen another
 * one, or a number beyond one's end, shows that this server was set back: a new server epoch begins. Copied. Without
 * this, only marks and epochs show it. take_feed_at() is called before kiosks can learn of a number. */
struct take_run {
    uint64_t run;
    int64_t  first_feed;
};
void take_runs(struct take *take, uint64_t run, const struct take_run *runs, size_t n);

/* The feed met a kiosk that has seen more of this epoch than the books know: as above, unless that epoch is over. Where
 * it can't be written it is noticed again. */
void take_set_back(struct take *take, struct epoch epoch, int64_t now_ms);

struct epoch take_server_epoch(const struct take *take);
int64_t      take_end(const struct take *take); /* number of the last event in the inbox; 0: none */

/* n requests, one COMMIT, n answers. Where the commit fails every answer that would have acknowledged something is 503
 * and nothing counts as taken. */
void take_step(struct take *take, const struct take_request *requests, size_t n, int64_t now_ms,
               struct take_answer *answers);

/* For quiet moments: what may wait (the index, the checkpoint) is done now, in some milliseconds. False: nothing more to
 * do, or nothing more that can be done; it is tried again another time. */
bool take_tidy(struct take *take);

bool take_must_reopen(const struct take *take); /* core/db.h */

/* An event of the office (identity 0): the taker gives epoch, seq and prev to the draft, writes and COMMITs it. *number
 * is its inbox number. Nothing signs it: it never travels; its act's audit holds its hash. */
struct event;
bool take_office(struct take *take, struct event *draft, int64_t now_ms, int64_t *number, struct hash *name,
                 struct err *err) MUST_CHECK;

/* What came since the start, and what of it was odd, for the health page. */
struct take_counts {
    int64_t batches, events, repeats, forks, gaps, refused, waits;
};
struct take_counts take_counts_of(const struct take *take);

/* Why the last step that had something to write couldn't; ERR_NONE: it could. For doctor, log, figures and the page. */
const struct err *take_trouble(const struct take *take);

/* Reading the inbox, on a connection of the caller's (DB_READ): events after `after` in order, at most `most`. The
 * bytes live until the next call. */
struct take_reader;
bool take_reader_open(const char *path, const char *vfs, struct take_reader **reader, struct err *err) MUST_CHECK;
void take_reader_close(struct take_reader *reader);
struct take_line {
    int64_t      number; /* inbox number: 1, 2, 3 ... */
    int64_t      taken_ms;
    uint64_t     kiosk; /* as the row says; the line's own fields are the kiosk's word */
    struct epoch epoch;
    int64_t      seq;
    const char  *bytes;
    size_t       len; /* without LF */
};
bool take_reader_next(struct take_reader *reader, int64_t after, struct take_line *line, bool *has_line,
                      struct err *err) MUST_CHECK;

#endif
