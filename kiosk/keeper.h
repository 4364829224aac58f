/* keeper.h - the loop that owns the kiosk's disk: saves first, then one small step of anything else.
 *
 * The one writing connection lives here. keeper_step() is the whole loop body with time as a value, so that the
 * simulator and the thread run the same code; the thread (keeper_thread.h) only waits, and carries messages between
 * main (saves, results), the courier (requests, answers) and the step. No socket here, no database at the courier. */
#ifndef KIOSK_KEEPER_H
#define KIOSK_KEEPER_H

#include "core/buf.h"
#include "core/chain.h"
#include "core/clock.h"
#include "core/err.h"
#include "core/event.h"
#include "kiosk/keep/chosen.h"
#include "kiosk/send/errand.h"
#include "kiosk/words.h"

struct keeper;

/* Of each connection to the kiosk's file: full on the first day, so that memory that grows later is a mistake. */
enum { KEEPER_CACHE_KB = 512 };

/* path of the database, vfs NULL or the simulator's; boot: random id of this boot. free_bytes: what the disk has left,
 * below 0 where nobody knows; NULL asks the file system of path. All texts live as long as the keeper. */
struct keeper_options {
    const char *path;
    const char *vfs;
    const char *program; /* name and version, for the events */
    uint64_t    boot;
    int64_t (*free_bytes)(void *self);
    void *free_self;
};
/* A database of a real file that turns out to be damaged, now or at the last run, is set aside, and what can be read of it
 * goes on (keep/salvage.h). */
bool keeper_open(const struct keeper_options *options, int64_t wall_ms, struct keeper **keeper,
                 struct err *err) MUST_CHECK;
void keeper_close(struct keeper *keeper);

/* What people set at this kiosk, as kept. */
bool keeper_knobs(struct keeper *keeper, struct found_knobs *knobs, struct err *err) MUST_CHECK;

/* The scanners that were chosen here, as kept: keep/chosen.h. */
bool keeper_chosen(struct keeper *keeper, char text[CHOSEN_TEXT_MAX], struct err *err) MUST_CHECK;

struct keeper_in {
    int64_t                  wall_ms, mono_ms;
    struct event            *save;        /* NULL, or one event to keep */
    struct keeper_answer    *answer;      /* NULL, or one */
    const struct found_knob *knob;        /* NULL, or a setting to keep; not with save */
    const char              *chosen;      /* NULL, or the scanners to keep; with neither */
    bool                     has_scanner; /* one works: for the server's wall of kiosks */
};

struct keeper_out {
    bool                  has_saved; /* the answer to save: */
    bool                  is_saved;
    struct hash           name;
    struct epoch          epoch;
    int64_t               seq;
    struct err            err;
    struct keeper_request events; /* at most one of each kind is under way */
    struct keeper_request feed;
    bool                  has_set;      /* the answer to knob or chosen: */
    bool                  is_set;       /* else err tells why */
    bool                  has_learnt;   /* look-ups may answer otherwise now */
    bool                  is_damaged;   /* the database is: end the program, the next start salvages */
    bool                  must_reopen;  /* end the program and start it anew: core/db.h */
    bool                  is_busy;      /* there is more to do at once: call again without waiting */
    int64_t               next_mono_ms; /* otherwise call again then, or when something comes */
    struct found_state    state;        /* waiting, online, clock, day: for the header */
};

/* Saves first; then at most one of: an answer, a step of learning (64 kB parsed or 20 rows), a checkpoint (after 2 s
 * without a save, or at 4 MB), pruning, making the next request. Never fails as a whole: what can't be done is tried
 * again later and shown in state. */
void keeper_step(struct keeper *keeper, const struct keeper_in *in, struct keeper_out *out);

/* Enrolment. The key for a token is made once and kept, so that the same request can be sent again; its result is kept
 * by keeper_enrol() (core/code.h, docs/protocol.md). */
bool     keeper_enrol_key(struct keeper *keeper, const char *token, struct key *key, struct err *err) MUST_CHECK;
bool     keeper_enrol(struct keeper *keeper, const struct keeper_server *server, struct err *err) MUST_CHECK;
bool     keeper_server_of(struct keeper *keeper, struct keeper_server *server,
                          struct err *err) MUST_CHECK; /* ERR_ABSENT: not enrolled; the caller frees ca_pem */
uint64_t keeper_kiosk(const struct keeper *keeper);

/* Up to where a server has said that it has the newest epoch, and which server: for the enrolment's request. */
struct mark keeper_acked(const struct keeper *keeper, struct epoch *server);

#endif
