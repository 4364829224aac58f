/* writer.h - the one writer of books.db: applies the inbox in order, and performs the acts of the office.
 *
 * Line 9/11: inbox facts in order, acts of the office -> rows in the books
 *
 * A slice: read lines behind applied_to, store the facts, judge each touched line once, write the differences, the
 * sums, the feed rows and applied_to, COMMIT. Bad input in a rule -> savepoint back, verdict "held: rule failed". Disk
 * full, I/O error, busy -> the whole slice back, tried again; never a verdict. After an unclean end facts are applied
 * one per transaction with `trying` committed first, until past the place; one found `trying` twice is set aside as an
 * exception (not where the power ended it: see boot). Slices of one event and of all give equal books.
 *
 * Who calls it at start: take_open(), writer_open(), writer_epoch() with the taker's epoch, take_runs(); then
 * take_feed_at() with writer_feed() after each step. One thread alone. */
#ifndef SERVER_BOOKS_WRITER_H
#define SERVER_BOOKS_WRITER_H

#include "core/buf.h"
#include "core/chain.h"
#include "core/clock.h"
#include "core/db.h"
#include "core/err.h"
#include "core/event.h"

struct writer;

/* A line of the inbox, as take/take.h struct take_line has it. */
struct writer_line {
    int64_t      number; /* inbox number: 1, 2, 3 ... */
    int64_t      taken_ms;
    uint64_t     kiosk;
    struct epoch epoch;
    int64_t      seq;
    const char  *bytes; /* live until the next call */
    size_t       len;   /* without LF */
};

/* Where lines come from: main joins it to take_reader_next(), so that the books need not know the taker. */
struct writer_source {
    bool (*next)(void *self, int64_t after, struct writer_line *line, bool *has_line, struct err *err);
    void *self;
};

struct writer_options {
    const char          *books_path;
    const char          *vfs;
    struct writer_source inbox;
    uint64_t             boot; /* of the machine, 64 bits of its id; 0: nobody knows, every end counts as the event's */
    bool                 rebuild;  /* empties the derived tables first; acts, runs and the feed stay */
    bool                 is_paced; /* beside a taker, whose commits must not wait for the writer's */
    bool                 lifts;    /* with rebuild: what was set aside and the office wants tried again, is */
};
bool writer_open(const struct writer_options *options, int64_t now_ms, struct writer **writer,
                 struct err *err) MUST_CHECK;
void writer_close(struct writer *writer);

/* An act of the office. Its id is made in the browser: the same id again gets the first answer, with another body it is
 * refused. */
struct act {
    char        id[EVENT_ACT_MAX]; /* 8..39 characters of [0-9A-Za-z-] */
    char        user[64];          /* login name; "console" for the command line */
    char        second[64];        /* of the second person, "" = none */
    const char *name;              /* row of the act table: "import", "kiosk.token", "decide" ... */
    const char *body;              /* JSON */
    size_t      len;
    int64_t     sees;   /* the writer's: it waits until so much of the inbox is applied; 0 at first */
    int         status; /* out: 200, 400, 403, 404, 409; 503: nothing was done, the same act may be sent again */
    struct buf  answer; /* out: JSON; where refused: {"say":[...],"text":...} */
};

enum writer_want {
    WRITER_IDLE,       /* nothing to do until something comes */
    WRITER_AGAIN,      /* more of the inbox waits */
    WRITER_ACT_LATER,  /* the act waits for the inbox to be applied (after_inbox, events of the office): call again
                        * with it. After 1 s the caller answers 202 {"taken":true} to whoever asked and forgets it if
                        * it is an event of the office (it is applied anyway, a retry gets the answer); an act that is
                        * only after_inbox has not happened: it is called again until it has. */
    WRITER_OFFICE_LINE /* the act is an event of the office: hand `line` to the taker, then call with its number */
};

struct writer_in {
    int64_t     now_ms;
    int64_t     budget_us;          /* of a slice, whole transaction; a slow disk's commit may exceed it */
    int64_t     inbox_end;          /* take_end() when it was last heard */
    struct act *act;                /* NULL, or one */
    int64_t     office_number;      /* the taker's answer to WRITER_OFFICE_LINE of this act; 0 = none yet */
    int64_t (*mono_us)(void *self); /* for the budget alone; NULL: slices of `most` events */
    void   *self;
    int64_t most;                   /* events a slice, 0 = by the budget */
    bool (*is_awaited)(void *self); /* an act has come: the slice takes no more events; NULL: it never does */
};

struct writer_out {
    enum writer_want want;
    bool             is_act_done; /* act->status and answer are set */
    struct event     line;        /* WRITER_OFFICE_LINE */
    int64_t          applied_to;
    int64_t          applied;      /* events in this step */
    int64_t          feed;         /* newest feed number */
    bool             keys_changed; /* hand a new table of kiosk keys to the taker */
    unsigned         topics;       /* live topics that changed, bits of enum topic in books/record.h */
    struct err       err;          /* a passing failure (disk full ...): tried again, shown on the health page */
};

void writer_step(struct writer *writer, const struct writer_in *in, struct writer_out *out);

struct epoch writer_server(const struct writer *writer);      /* of this start: writer_epoch()'s */
bool         writer_must_reopen(const struct writer *writer); /* core/db.h */
uint64_t     writer_run(const struct writer *writer);         /* of this start: random, made by writer_open() */
int64_t      writer_feed(const struct writer *writer);
int64_t      writer_applied(const struct writer *writer);

/* Opens this start's run in the books under the taker's server epoch; before anything is answered or acted. Once more,
 * when the taker opens another epoch meanwhile: then under a new run. Programs that only rebuild or compare don't call
 * it. */
bool writer_epoch(struct writer *writer, struct epoch server, int64_t now_ms, struct err *err) MUST_CHECK;

/* Were facts held that this program understands, as it is newer than the one that held them, or set aside that the office wants
 * tried again? Then it is time to rebuild. */
bool writer_reads_more(struct writer *writer, bool *reads_more, struct err *err) MUST_CHECK;

/* The kiosk keys as books know them, for the taker (server/main makes struct kiosk_keys of it). */
typedef void (*writer_key_fn)(void *self, uint64_t kiosk, const struct key *key, int state);
bool writer_keys(struct writer *writer, writer_key_fn each, void *self, struct err *err) MUST_CHECK;

#endif
