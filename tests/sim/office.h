/* office.h - who sits in the office: imports, kiosks' tokens, stops, decisions about held pieces, lost badges; how all
 * who sit there ask for acts (month.h, trade.h).
 *
 * An act is clicked once and asked for again, under its id, until an answer comes. */
#ifndef TESTS_SIM_OFFICE_H
#define TESTS_SIM_OFFICE_H

#include "core/event.h"
#include "core/seal.h"
#include "server/books/writer.h"
#include "tests/sim/booth.h"
#include "tests/sim/world.h"

enum {
    OFFICE_WORKERS = 12,
    OFFICE_BOSS = 11,       /* the last of them is a supervisor */
    OFFICE_LINES = 14,      /* imported */
    OFFICE_LINES_MOST = 34, /* with remakes */
    OFFICE_POPULAR = 4,     /* of them */
    OFFICE_DAY_MIN = 450,   /* the day shift begins at 07:30, the night shift at 19:30 */
    OFFICE_OPS = 6,
    OFFICE_STATIONS = 4,
    OFFICE_REASONS = 4,
    OFFICE_ACTS = 4096
};

/* The way of every door through the shop, with its rates. */
struct office_op {
    int32_t     number;
    const char *code, *name, *part, *rate, *rework;
    int64_t     per_door, rate_cfen, rework_cfen;
};
extern const struct office_op OFFICE_OP[OFFICE_OPS];

struct office_worker {
    int32_t          number;
    int64_t          badge;
    char             crew;
    struct seal_pair pair; /* of his PIN, where the run asks for pay at kiosks */
};

struct office_line {
    struct line_ref ref;
    int             rev, quantity, ordered; /* ordered: at first */
    bool            is_stopped;
};

struct db_stmt;
struct office_act;

/* An answer came: done->status and answer. */
typedef void office_answer_fn(struct world *world, struct office_act *act, const struct act *done);

struct office_act {
    char              id[EVENT_ACT_MAX];
    const char       *name, *user, *second;
    struct buf        body;
    int               about;         /* what the asker wants to know again: a booth, a line ... */
    office_answer_fn *answered;      /* NULL: nobody waits for it */
    enum deed         deed;          /* counted when it is done; DEEDS: not */
    int               tries, status; /* status 0: no answer yet */
    bool              is_gone;       /* the server that did it was set back, and knows nothing of it */
};

/* Who may do what: one for each desk, made at the start. */
#define OFFICE_CONSOLE "console"
#define OFFICE_PAYROLL "pay"
#define OFFICE_FINANCE "fin"
#define OFFICE_MANAGER "man"
#define OFFICE_DESK "desk"
#define OFFICE_SHIPPING "ship"

struct office {
    struct office_worker workers[OFFICE_WORKERS];
    int                  line_count;
    struct office_line   lines[OFFICE_LINES_MOST]; /* remakes behind the imported ones */
    int                  act_count, first_asked;
    struct office_act    acts[OFFICE_ACTS];
};

void office_open(struct world *world);
void office_close(struct world *world);

/* The office works from here on: masters and orders first, then the kiosks' tokens. */
void office_start(struct world *world);

/* The server is a new one: everything once more. */
void office_set_up(struct world *world);

/* The next act: the asker fills its body, then clicks. */
struct office_act *office_act(struct world *world, const char *name, const char *user, const char *second);
void               office_click(struct world *world);

const char *office_deed_name(enum deed deed);

/* How many acts were answered; and: the server knows no more than those any longer. */
int  office_answered(const struct world *world);
void office_set_back(struct world *world, int answered);

/* What the books keep of acts is what was answered. */
void office_check(struct world *world, struct db *books);

/* A kiosk is to be enrolled, once more. */
void office_token(struct world *world, int booth);

/* A hash in a column, as text; "" where there is none. */
void office_name_at(struct db_stmt *stmt, int column, char text[HASH_TEXT]);

/* An act of that id was asked for. */
bool office_knows(const struct world *world, const char *act);

/* Something still waits for its answer. */
bool office_is_busy(const struct world *world);

const struct office_line *office_line_pick(struct world *world, enum dice dice);

/* The shift date of a moment, reckoned here. */
int64_t office_coefficient(int32_t worker); /* in crew B, hundredths */
int32_t office_day(int64_t utc_ms);

/* A kiosk asks to be enrolled, as server/show does for it; false: nothing was heard, or it was refused. */
bool office_enrol(struct booth *booth, struct epoch dealt, int64_t acked_seq, struct keeper_server *server);

#endif
