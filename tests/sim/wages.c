/* wages.c - what every line of the inbox is worth, reckoned once more: wages.h.
 *
 * From the model's own knowledge (what was entered; quantities and rates as the office imported them) and the order of
 * the inbox; of the books it takes what alone they know: the feed numbers of stops and lost badges, and the server's
 * starts. It thinks piece by piece, each with its place, where server/judge thinks in runs of pieces; the rules are
 * EVENTS' "What the kiosk says, what the server decides" and "Money". */
#include "tests/sim/wages.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/db.h"
#include "tests/sim/revise.h"
#include "tests/sim/check.h"
#include "tests/sim/office.h"

enum {
    NONE = -1,
    STOPS_MOST = 512,
    SHEETS_MOST = 256,
    BADGES_MOST = 64,
    RUNS_MOST = 512,
    BINDS_MOST = 8192,
    SHARES = EVENT_WORKERS_MAX
};

struct stop {
    int64_t line, feed, lifted; /* 0: not lifted */
    int64_t doors;              /* 0: all of them */
};
struct told { /* a sheet, from this feed number on; it ends the one before */
    int64_t line, feed;
    int     rev;
};
struct badge {
    int64_t badge, revoked; /* 0: valid */
    int32_t worker;
};
struct bind { /* of a spare badge, in inbox order */
    int64_t badge;
    int32_t day, worker;
};
struct run {
    uint64_t     run;
    struct epoch server;
    int64_t      first;
};

/* Why a whole fact doesn't count by itself; a decision helps against the last two. */
enum why { WHY_NONE, WHY_NEVER, WHY_BADGE, WHY_BEFORE };

struct unit { /* a piece */
    int64_t place;
    int     origin; /* the fact that said it first */
    int     label;  /* number on it; 0: none */
};

struct fact {
    const struct check_line *line;
    const struct event      *event;
    int64_t                  seen, order;                       /* order: key of its order line, 0: of none */
    int32_t                  day, workers[SHARES], share_count; /* behind the event's stand who shares it by a pool */
    enum why                 why;
    int                      target, next, before; /* facts */
    int                      decision, blame;      /* in force */
    bool                     is_aside;             /* it ended the server twice: the books don't look into it */
    bool                     is_cancelled, is_current, is_effective;
    int64_t                  place, first;
    int                      op; /* of the office's; NONE: not on the sheet */
    int                      unit_count;
    struct unit             *units;
    int64_t                  taken, forced;
    int64_t                  counted, held, fen, shares[SHARES]; /* what comes out */
};

struct wages {
    struct world *world;
    int           stop_count, badge_count, run_count, sheet_count, fact_count;
    struct stop   stops[STOPS_MOST];
    struct told   sheets[SHEETS_MOST];
    struct badge  badges[BADGES_MOST];
    struct run    runs[RUNS_MOST];
    int           bind_count;
    struct bind   binds[BINDS_MOST];
    struct fact  *facts; /* one a line of the inbox */
    int64_t       line;  /* order line in hand */
    int           here_count;
    int          *here; /* its facts that count, in inbox order */
    int           roll_count;
    int          *rolls; /* facts of people who joined or left a crew */
};

/* ---- What the books alone know */

static bool stops_read(struct wages *wages, struct db *books, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books, SQL("SELECT line, feed, lifted_feed, pieces FROM stop"), &stmt, err)) return false;
    while (db_step(stmt, &row, err)) {
        if (!row) return true;
        assert(wages->stop_count < STOPS_MOST);
        wages->stops[wages->stop_count++] =
            (struct stop){db_int(stmt, 0), db_int(stmt, 1), db_is_null(stmt, 2) ? 0 : db_int(stmt, 2), db_int(stmt, 3)};
    }
    return false;
}

static bool sheets_read(struct wages *wages, struct db *books, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books, SQL("SELECT line, feed, rev FROM sheet"), &stmt, err)) return false;
    while (db_step(stmt, &row, err)) {
        if (!row) return true;
        assert(wages->sheet_count < SHEETS_MOST);
        wages->sheets[wages->sheet_count++] = (struct told){db_int(stmt, 0), db_int(stmt, 1), (int)db_int(stmt, 2)};
    }
    return false;
}

static bool badges_read(struct wages *wages, struct db *books, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books, SQL("SELECT badge, worker, revoked_feed FROM badge"), &stmt, err)) return false;
    while (db_step(stmt, &row, err)) {
        if (!row) return true;
        assert(wages->badge_count < BADGES_MOST);
        wages->badges[wages->badge_count++] =
            (struct badge){db_int(stmt, 0), db_is_null(stmt, 2) ? 0 : db_int(stmt, 2), (int32_t)db_int(stmt, 1)};
    }
    return false;
}

static bool runs_read(struct wages *wages, struct db *books, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books, SQL("SELECT run, epoch_counter, epoch_random, first_feed FROM run ORDER BY number"), &stmt,
                               err))
        return false;
    while (db_step(stmt, &row, err)) {
        if (!row) return true;
        assert(wages->run_count < RUNS_MOST);
        wages->runs[wages->run_count++] = (struct run){
            (uint64_t)db_int(stmt, 0), {(uint32_t)db_int(stmt, 1), (uint64_t)db_int(stmt, 2)},
              db_int(stmt, 3)
        };
    }
    return false;
}

static bool aside_read(struct wages *wages, struct db *books, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books, SQL("SELECT number FROM aside"), &stmt, err)) return false;
    while (db_step(stmt, &row, err)) {
        if (!row) return true;
        if (db_int(stmt, 0) <= wages->fact_count) wages->facts[db_int(stmt, 0) - 1].is_aside = true;
    }
    return false;
}

/* ---- What each fact says by itself */

/* What the kiosk knew, in this server's numbers: -1 where it speaks of another server or a start that isn't known, or
 * of a number beyond that start. */
static int64_t seen_of(const struct wages *wages, const struct event_seen *seen)
{
    if (epoch_is_none(seen->server)) return 0;
    for (int i = 0; i < wages->run_count; i++) {
        const struct run *run = &wages->runs[i];
        int64_t           end = i + 1 < wages->run_count ? wages->runs[i + 1].first : INT64_MAX;
        if (run->run == seen->run)
            return epoch_compare(run->server, seen->server) == 0 && seen->feed < end ? seen->feed : -1;
    }
    return -1;
}

static const struct badge *badge_of(const struct wages *wages, int64_t badge)
{
    for (int i = 0; i < wages->badge_count; i++)
        if (wages->badges[i].badge == badge) return &wages->badges[i];
    return NULL;
}

static bool is_worker(const struct wages *wages, int32_t number)
{
    for (int i = 0; i < OFFICE_WORKERS; i++)
        if (wages->world->office->workers[i].number == number) return true;
    return false;
}

/* Whom a badge that nobody has meant on that day, by the last word of it. */
static int32_t bound_to(const struct wages *wages, int64_t badge, int32_t day)
{
    for (int i = wages->bind_count - 1; i >= 0; i--)
        if (wages->binds[i].badge == badge && wages->binds[i].day == day) return wages->binds[i].worker;
    return 0;
}

static void people_find(const struct wages *wages, struct fact *fact)
{
    for (int i = 0; i < fact->event->worker_count; i++) {
        const struct event_worker *said = &fact->event->workers[i];
        const struct badge        *badge = badge_of(wages, said->badge);
        int32_t                   *worker = &fact->workers[i];
        if (said->badge == 0)
            *worker = is_worker(wages, said->number) ? said->number : 0;
        else
            *worker = badge == NULL ? bound_to(wages, said->badge, fact->day) : badge->worker;
        if (said->badge != 0 && badge == NULL && *worker == 0) fact->why = WHY_BADGE;
        if (badge != NULL && badge->revoked != 0 && fact->seen >= badge->revoked) fact->why = WHY_BADGE;
    }
}

/* A supervisor gave a spare badge, or the office told of it; one that is somebody's stays his. */
static void bind_add(struct wages *wages, const struct fact *fact)
{
    const struct event        *event = fact->event;
    const struct event_worker *said = &event->workers[0];
    if (event->kind != EVENT_BIND || (event->by == 0 && event->kiosk != 0)) return;
    const struct badge *badge = badge_of(wages, said->badge);
    if (badge != NULL && badge->worker != said->number) return;
    assert(wages->bind_count < BINDS_MOST);
    wages->binds[wages->bind_count++] = (struct bind){said->badge, fact->day, said->number};
}

/* What is entered or mended afterwards is of the day that it names. */
static bool is_afterwards(const struct event *event)
{
    return event->by != 0 || event->kind == EVENT_BIND || (event->kiosk == 0 && event->kind == EVENT_CORRECT);
}

/* The day on which it counts: as written, between that of the event before it in its chain and that of taking. */
static void day_find(struct wages *wages, int at)
{
    struct fact        *fact = &wages->facts[at];
    const struct event *event = fact->event;
    int32_t             most = office_day(fact->line->taken_ms), least = INT32_MIN;
    int64_t             top = 0;
    for (int i = 0; i < at; i++) {
        const struct fact *other = &wages->facts[i];
        if (other->event->kiosk != event->kiosk || epoch_compare(other->event->epoch, event->epoch) != 0) continue;
        int64_t upto = other->event->kind == EVENT_GAP ? other->event->gap_to : other->event->seq;
        if (other->event->seq <= top) continue; /* of a parted history */
        top = upto;
        if (!is_afterwards(other->event)) least = other->day;
    }
    if (event->seq <= top || is_afterwards(event)) least = INT32_MIN;
    if (least == INT32_MIN && event->shift_day < most - 400) least = most; /* left out, or of a clock in 1970 */
    fact->day = event->shift_day > most ? most : event->shift_day;
    if (fact->day < least) fact->day = least > most ? (event->shift_day < least ? least : most) : least;
}

static bool has_pieces(const struct event *event)
{
    return event->kind == EVENT_REPORT || event->kind == EVENT_CORRECT;
}

static bool is_dock(const struct event *event)
{
    return event->kind == EVENT_PACK || event->kind == EVENT_LOAD || event->kind == EVENT_TRANSFER ||
           event->kind == EVENT_COUNT || event->kind == EVENT_RETURN;
}

static bool is_link(const struct event *event)
{
    return event->kind == EVENT_UNDO || event->kind == EVENT_CORRECT;
}

static void fact_start(struct wages *wages, int at)
{
    struct fact *fact = &wages->facts[at];
    *fact = (struct fact){.line = &wages->world->check->lines[at],
                          .target = NONE,
                          .next = NONE,
                          .before = NONE,
                          .decision = NONE,
                          .blame = NONE,
                          .op = NONE};
    fact->event = &fact->line->event;
    fact->place = fact->line->number;
    fact->seen = seen_of(wages, &fact->event->seen);
    fact->order = fact->event->has_sheet ? line_ref_key(fact->event->sheet.line) : 0;
    day_find(wages, at);
    bind_add(wages, fact);
    if (fact->event->kind == EVENT_GAP) fact->why = WHY_NEVER;
}

/* An undo of the office names no sheet: it is of the line of what it takes back. */
static void order_find(struct wages *wages, struct fact *fact)
{
    if (fact->order != 0 || !fact->event->has_refers) return;
    for (int i = 0; i < wages->fact_count; i++)
        if (hash_equal(&wages->facts[i].line->name, &fact->event->refers)) fact->order = wages->facts[i].order;
}

/* ---- Who speaks of whom */

static bool is_here(const struct wages *wages, const struct fact *fact)
{
    return !fact->is_aside && fact->order == wages->line;
}

static int find_target(const struct wages *wages, const struct event *event)
{
    for (int i = 0; i < wages->fact_count; i++)
        if (is_here(wages, &wages->facts[i]) && hash_equal(&wages->facts[i].line->name, &event->refers)) return i;
    return NONE;
}

static void decisions(struct wages *wages)
{
    for (int i = 0; i < wages->fact_count; i++) {
        struct fact        *fact = &wages->facts[i];
        const struct event *event = fact->event;
        int target = event->kind == EVENT_DECIDE && is_here(wages, fact) ? find_target(wages, event) : NONE;
        if (target == NONE) continue;
        struct fact *about = &wages->facts[target];
        int         *in_force = event->bad_count > 0 ? &about->blame : &about->decision;
        bool         is_named = *in_force == NONE
                                    ? !event->has_replaces
                                    : event->has_replaces && hash_equal(&event->replaces, &wages->facts[*in_force].line->name);
        bool         is_fitting = event->bad_count > 0 ? event_bad_total(event) <= event_bad_total(about->event)
                                                       : event->count <= (about->event->count > 0 ? about->event->count : 1);
        if (about->event->kind != EVENT_DECIDE && is_named && is_fitting) *in_force = i;
    }
}

static bool passes(const struct wages *wages, struct fact *link)
{
    if (link->why == WHY_NONE) return true;
    if (link->why == WHY_NEVER || link->decision == NONE) return false;
    const struct fact *decision = &wages->facts[link->decision];
    if (decision->event->count == 0) return false;
    if (decision->line->number > link->place) link->place = decision->line->number;
    return true;
}

static void links(struct wages *wages)
{
    for (int i = 0; i < wages->fact_count; i++) {
        struct fact *fact = &wages->facts[i];
        if (!is_link(fact->event) || !is_here(wages, fact)) continue;
        fact->target = find_target(wages, fact->event);
        if (fact->target == NONE) {
            fact->why = WHY_NEVER; /* it waits */
        } else if (passes(wages, fact)) {
            int *next = &wages->facts[fact->target].next;
            if (*next == NONE || fact->place < wages->facts[*next].place) *next = i;
        }
    }
}

/* ---- Pieces */

static void units_new(struct fact *fact, int at, int64_t place)
{
    const struct event *event = fact->event;
    fact->unit_count = event->count;
    fact->units = calloc((size_t)event->count + 1, sizeof *fact->units);
    if (fact->units == NULL) abort();
    for (int i = 0; i < event->count; i++)
        fact->units[i] = (struct unit){place, at, i < event->piece_count ? event->pieces[i] : 0};
}

/* Old pieces keep their places: by label where they have one, else as many as there were, the latest given up first. */
static void units_carry(struct fact *fact, const struct fact *before)
{
    if (fact->event->piece_count > 0) {
        for (int i = 0; i < fact->unit_count; i++)
            for (int k = 0; k < before->unit_count && fact->units[i].label != 0; k++)
                if (before->units[k].label == fact->units[i].label) {
                    fact->units[i] = before->units[k];
                    break;
                }
        return;
    }
    for (int i = 0; i < fact->unit_count && i < before->unit_count; i++) fact->units[i] = before->units[i];
}

static bool is_same_work(const struct event *a, const struct event *b)
{
    return a->sheet.rev == b->sheet.rev && a->op == b->op && a->rework == b->rework;
}

static int op_of(const struct event *event)
{
    for (int i = 0; i < OFFICE_OPS; i++)
        if (OFFICE_OP[i].number == event->op) return i;
    return NONE;
}

/* Ticked paper: a second person, who isn't paid for it, says so too. */
static bool is_vouched(const struct fact *fact)
{
    const struct event *event = fact->event;
    if (event->by == 0 || event->kind != EVENT_REPORT) return true;
    for (int i = 0; i < event->worker_count; i++)
        if (fact->workers[i] == event->second) return false;
    return event->why[0] != 0 && event->second != 0 && event->second != event->by;
}

/* The operation of what counts; why it can't count by itself. */
static void place_find(struct wages *wages, struct fact *fact)
{
    const struct revise_sheet *sheet = revise_sheet_of(wages->world, wages->line, fact->event->sheet.rev);
    fact->op = sheet != NULL && fact->event->op >= sheet->first_op ? op_of(fact->event) : NONE;
    if (fact->op == NONE)
        fact->why = WHY_NEVER;
    else if (fact->why == WHY_NONE && (fact->event->before_stop || !is_vouched(fact)))
        fact->why = WHY_BEFORE;
}

/* Where its pieces stand first. */
static void first_find(struct fact *fact)
{
    fact->first = fact->place;
    for (int i = 0; i < fact->unit_count; i++)
        if (fact->units[i].place < fact->first) fact->first = fact->units[i].place;
}

/* What the chain that begins at root says at its end: `now` counts, all others of it don't. */
static void chain(struct wages *wages, int root)
{
    struct fact *facts = wages->facts;
    bool         is_work = has_pieces(facts[root].event);
    int          now = is_work || is_dock(facts[root].event) ? root : NONE, at = root;
    if (is_work) units_new(&facts[root], root, facts[root].place);
    if (is_work) place_find(wages, &facts[root]);
    for (int link; (link = facts[at].next) != NONE; at = link) {
        struct fact *is = &facts[link];
        int          was = now;
        if (is->place < facts[at].place) is->place = facts[at].place;
        is->is_effective = true;
        is->before = now;
        facts[at].is_cancelled = true;
        if (now != NONE) facts[now].is_cancelled = true;
        if (is->event->kind == EVENT_CORRECT) {
            now = link;
            units_new(is, link, is->place);
            place_find(wages, is);
            /* What was held whole took nothing that others could miss: its correction begins anew. */
            if (was != NONE && facts[was].why == WHY_NONE && is_same_work(facts[was].event, is->event))
                units_carry(is, &facts[was]);
        } else {
            now = facts[at].event->kind == EVENT_UNDO ? facts[at].before : NONE;
            if (now != NONE) {
                facts[now].is_cancelled = false;
                facts[now].place = is->place;
                free(facts[now].units);
                units_new(&facts[now], now, is->place);
            }
        }
    }
    if (now != NONE) facts[now].is_current = true;
}

/* What it speaks of is held itself, or says something else by now: nothing lets it count. */
static void unreached_hold(const struct wages *wages, struct fact *link)
{
    if (link->target != NONE && !link->is_effective && passes(wages, link)) link->why = WHY_NEVER;
}

static bool is_standing(const struct stop *stop, int64_t line, int64_t seen)
{
    if (stop->line != line && stop->line != line - line % 100) return false;
    return seen >= stop->feed && (stop->lifted == 0 || seen < stop->lifted);
}

static bool line_is_stopped(const struct wages *wages, int64_t line, int64_t seen)
{
    for (int i = 0; i < wages->stop_count; i++)
        if (wages->stops[i].doors == 0 && is_standing(&wages->stops[i], line, seen)) return true;
    return false;
}

/* Doors of the line in hand that were stopped, while others of it go on. */
static int64_t doors_stopped(const struct wages *wages, int64_t seen)
{
    int64_t doors = 0;
    for (int i = 0; i < wages->stop_count; i++)
        if (is_standing(&wages->stops[i], wages->line, seen)) doors += wages->stops[i].doors;
    return doors;
}

/* Was it known that another sheet had come? */
static bool is_old(const struct wages *wages, int rev, int64_t seen)
{
    for (int i = 0; i < wages->sheet_count; i++)
        if (wages->sheets[i].line == wages->line && wages->sheets[i].rev == rev + 1)
            return seen >= wages->sheets[i].feed;
    return false;
}

/* What is left at one operation. */
struct left {
    int64_t count;
    bool    has_label[1000];
};

static void unit_take(const struct wages *wages, struct fact *fact, const struct unit *unit, struct left *left)
{
    int64_t seen = wages->facts[unit->origin].seen;
    if (line_is_stopped(wages, wages->line, seen) || is_old(wages, fact->event->sheet.rev, seen)) return;
    if (left->count <= doors_stopped(wages, seen) * OFFICE_OP[fact->op].per_door) return;
    if (unit->label > 0 && left->has_label[unit->label]) return;
    if (unit->label > 0) left->has_label[unit->label] = true;
    left->count--;
    fact->taken++;
}

static void decision_take(const struct wages *wages, struct fact *fact, struct left *left)
{
    const struct event *event = fact->event;
    int64_t             wanted = wages->facts[fact->decision].event->count;
    fact->forced = wanted < event->count - fact->taken ? wanted : event->count - fact->taken;
    left->count = left->count > fact->forced ? left->count - fact->forced : 0;
    for (int i = 0, some = 0; i < event->piece_count && i < event->count && some < fact->forced; i++) {
        if (!left->has_label[event->pieces[i]]) some++;
        left->has_label[event->pieces[i]] = true;
    }
}

/* Work of one kind: it has a number of pieces of its own. */
struct work {
    int  rev, op;
    bool is_rework;
};

static bool is_in(const struct fact *fact, struct work work)
{
    return fact->op == work.op && fact->event->sheet.rev == work.rev && fact->event->rework == work.is_rework;
}

static int64_t decided_at(const struct wages *wages, const struct fact *fact)
{
    if (fact->decision == NONE || fact->why == WHY_NEVER) return 0;
    int64_t number = wages->facts[fact->decision].line->number;
    return number > fact->place ? number : fact->place;
}

/* Everybody asks for what is left, one place after the other. */
static void pieces_settle(struct wages *wages, const struct revise_sheet *sheet, struct work work)
{
    struct left left = {.count = sheet->quantity * OFFICE_OP[work.op].per_door};
    if (!work.is_rework) left.count -= revise_stays(wages->world, wages->line, work.rev, OFFICE_OP[work.op].number);
    if (left.count < 0) left.count = 0;
    for (int64_t place = 1; place <= wages->fact_count; place++) {
        for (int i = 0; i < wages->here_count; i++) {
            struct fact *fact = &wages->facts[wages->here[i]];
            if (!is_in(fact, work) || fact->why != WHY_NONE) continue;
            for (int k = 0; k < fact->unit_count; k++)
                if (fact->units[k].place == place) unit_take(wages, fact, &fact->units[k], &left);
        }
        for (int i = 0; i < wages->here_count; i++) {
            struct fact *fact = &wages->facts[wages->here[i]];
            if (is_in(fact, work) && decided_at(wages, fact) == place) decision_take(wages, fact, &left);
        }
    }
}

/* ---- Money */

static bool is_own_rework(const struct wages *wages, const struct fact *fact)
{
    for (int i = 0; i < wages->here_count; i++) {
        const struct fact *made = &wages->facts[wages->here[i]];
        if (!is_in(made, (struct work){fact->event->sheet.rev, fact->op, false}) || made->taken + made->forced == 0 ||
            made->first >= fact->first)
            continue;
        for (int a = 0; a < fact->event->worker_count; a++)
            for (int b = 0; b < made->event->worker_count; b++)
                if (fact->workers[a] != 0 && fact->workers[a] == made->workers[b]) return true;
    }
    return false;
}

static int64_t others_fault(const struct wages *wages, const struct fact *fact, int64_t bad)
{
    int64_t others = 0;
    if (fact->blame == NONE) return 0;
    const struct event *blame = wages->facts[fact->blame].event;
    for (int i = 0; i < blame->bad_count; i++)
        if (blame->bad[i].op != fact->event->op) others += blame->bad[i].count;
    return others < bad ? others : bad;
}

/* ---- Crews: A shares by hours, B by hours and coefficients, all others equally */

struct person {
    int32_t worker;
    int64_t badge; /* of nobody known */
};

static int named_at(const struct fact *fact, struct person person)
{
    for (int i = 0; i < fact->event->worker_count; i++)
        if (fact->workers[i] == person.worker && (person.worker != 0 || fact->event->workers[i].badge == person.badge))
            return i;
    return NONE;
}

static bool is_same_shift(const struct fact *a, const struct fact *b)
{
    return a->day == b->day && strcmp(a->event->shift, b->event->shift) == 0;
}

/* Does it begin or end the person's time in the crew of that fact? */
static bool is_roll(const struct fact *roll, const struct fact *of, struct person person)
{
    bool is_join = roll->event->kind == EVENT_JOIN && strcmp(roll->event->crew, of->event->crew) == 0;
    return (is_join || roll->event->kind == EVENT_LEAVE) && !roll->is_aside && roll->why == WHY_NONE &&
           is_same_shift(roll, of) && named_at(roll, person) != NONE;
}

/* Of two kiosks that share an identity both may have said one number: then what was first by the clock, and a leave first
 * (server/judge/pool.h: not what came first). */
static bool is_before(const struct event *a, const struct event *b)
{
    int order = epoch_compare(a->epoch, b->epoch);
    if (order != 0) return order < 0;
    if (a->seq != b->seq) return a->seq < b->seq;
    if (a->wall_ms != b->wall_ms) return a->wall_ms < b->wall_ms;
    return a->kind == EVENT_LEAVE && b->kind == EVENT_JOIN;
}

static void shift_bounds(const struct fact *fact, int64_t *from_ms, int64_t *to_ms)
{
    bool    is_day = strcmp(fact->event->shift, "day") == 0, is_night = strcmp(fact->event->shift, "night") == 0;
    int64_t begin = (int64_t)fact->day * 1440 - 480 + OFFICE_DAY_MIN + (is_night ? 720 : 0);
    *from_ms = begin * MINUTE;
    *to_ms = (begin + (is_day || is_night ? 720 : 1440)) * MINUTE;
}

enum { SPANS_MOST = 256 };

struct spans {
    int     count;
    int64_t from[SPANS_MOST], to[SPANS_MOST];
};

static void span_add(struct spans *spans, int64_t from, int64_t to)
{
    assert(spans->count < SPANS_MOST);
    spans->from[spans->count] = from;
    spans->to[spans->count++] = to;
}

/* What is said of the person there, by kiosk and in each kiosk's own order. */
static int rolls_find(const struct wages *wages, const struct fact *of, struct person person,
                      const struct fact *found[SPANS_MOST])
{
    int count = 0;
    for (int i = 0; i < wages->roll_count; i++) {
        const struct fact *roll = &wages->facts[wages->rolls[i]];
        if (!is_roll(roll, of, person)) continue;
        assert(count < SPANS_MOST);
        int at = count++;
        for (; at > 0; at--) {
            const struct event *before = found[at - 1]->event;
            bool                is_behind = before->kiosk == roll->event->kiosk ? is_before(before, roll->event)
                                                                                : before->kiosk < roll->event->kiosk;
            if (is_behind) break;
            found[at] = found[at - 1];
        }
        found[at] = roll;
    }
    return count;
}

/* One kiosk's word: in from a join to the next leave, or to the shift's end; its time never runs back. */
static void spans_find(const struct fact *const *rolls, int count, int64_t begin, int64_t end, struct spans *spans)
{
    int64_t now = begin, since = -1;
    for (int i = 0; i < count; i++) {
        int64_t said = rolls[i]->event->wall_ms;
        if (said > now) now = said < end ? said : end;
        if (rolls[i]->event->kind == EVENT_JOIN) {
            if (since < 0) since = now;
        } else if (since >= 0) {
            span_add(spans, since, now);
            since = -1;
        }
    }
    if (since >= 0) span_add(spans, since, end);
}

/* From edge to edge, so that time at two kiosks counts once. */
static int64_t spans_sum(const struct spans *spans, int64_t begin, int64_t end)
{
    int64_t sum = 0;
    for (int64_t at = begin, until; at < end; at = until) {
        bool is_inside = false;
        until = end;
        for (int i = 0; i < spans->count; i++) {
            is_inside = is_inside || (spans->from[i] <= at && at < spans->to[i]);
            if (spans->from[i] > at && spans->from[i] < until) until = spans->from[i];
            if (spans->to[i] > at && spans->to[i] < until) until = spans->to[i];
        }
        if (is_inside) sum += until - at;
    }
    return sum;
}

/* Whole minutes in; NONE where he never joined. */
static int64_t minutes_in(const struct wages *wages, const struct fact *of, struct person person)
{
    const struct fact *rolls[SPANS_MOST];
    struct spans       spans = {0};
    int64_t            begin, end;
    int                count = rolls_find(wages, of, person, rolls);
    bool               has_joined = false;
    shift_bounds(of, &begin, &end);
    for (int i = 0; i < count; i++) has_joined = has_joined || rolls[i]->event->kind == EVENT_JOIN;
    for (int i = 0, next; i < count; i = next) {
        for (next = i; next < count && rolls[next]->event->kiosk == rolls[i]->event->kiosk;) next++;
        spans_find(rolls + i, next - i, begin, end, &spans);
    }
    return has_joined ? spans_sum(&spans, begin, end) / MINUTE : NONE;
}

static int64_t weight(const struct fact *fact, int32_t worker, int64_t minutes)
{
    if (minutes == 0) minutes = 1; /* who is named was there */
    return fact->event->crew[0] == 'A' ? minutes : minutes * (worker == 0 ? 100 : office_coefficient(worker));
}

/* Behind the event's workers those who were in besides, by number. */
static int others_find(const struct wages *wages, const struct fact *fact, int32_t others[OFFICE_WORKERS],
                       int64_t minutes[OFFICE_WORKERS])
{
    int count = 0;
    for (int32_t last = 0;;) {
        int32_t next = 0;
        for (int i = 0; i < OFFICE_WORKERS; i++) {
            int32_t number = wages->world->office->workers[i].number;
            if (number > last && (next == 0 || number < next)) next = number;
        }
        if (next == 0) return count;
        last = next;
        int64_t in =
            named_at(fact, (struct person){next, 0}) == NONE ? minutes_in(wages, fact, (struct person){next, 0}) : 0;
        if (in <= 0) continue;
        others[count] = next;
        minutes[count++] = in;
    }
}

static void pool(const struct wages *wages, struct fact *fact)
{
    int     named = fact->event->worker_count, count, all = named;
    int32_t others[OFFICE_WORKERS];
    int64_t minutes[OFFICE_WORKERS], weights[SHARES], sum = 0, rest = fact->fen;
    if (named < 2 || (fact->event->crew[0] != 'A' && fact->event->crew[0] != 'B')) return;
    for (int i = 0; i < named; i++) {
        struct person person = {fact->workers[i], fact->event->workers[i].badge};
        int64_t       in = minutes_in(wages, fact, person);
        if (in == NONE) return;
        weights[i] = weight(fact, person.worker, in);
    }
    count = others_find(wages, fact, others, minutes);
    if (named + count > SHARES) return;
    for (int i = 0; i < count; i++) {
        fact->workers[all] = others[i];
        weights[all++] = weight(fact, others[i], minutes[i]);
    }
    for (int i = 0; i < all; i++) sum += weights[i];
    for (int i = 0; i < all; i++) rest -= fact->shares[i] = fact->fen * weights[i] / sum;
    for (int i = 0; rest > 0; i++, rest--) fact->shares[i]++;
    fact->share_count = all;
}

static void money(const struct wages *wages, struct fact *fact)
{
    int64_t good = fact->event->count - event_bad_total(fact->event);
    if (good > fact->counted) good = fact->counted;
    int64_t pieces = good + others_fault(wages, fact, fact->counted - good);
    int64_t rate = fact->event->rework ? OFFICE_OP[fact->op].rework_cfen : OFFICE_OP[fact->op].rate_cfen;
    rate += revise_sheet_of(wages->world, wages->line, fact->event->sheet.rev)->more_cfen;
    if (fact->event->rework && is_own_rework(wages, fact)) rate = 0;
    fact->fen = (pieces * rate + 50) / 100;
    int     count = fact->event->worker_count;
    int64_t each = count > 0 ? fact->fen / count : 0, rest = count > 0 ? fact->fen % count : 0;
    for (int i = 0; i < count; i++) fact->shares[i] = each + (i < rest);
    fact->share_count = count;
    pool(wages, fact);
}

static void worth(const struct wages *wages, struct fact *fact)
{
    if (fact->is_cancelled || !has_pieces(fact->event)) return;
    bool is_decided = fact->decision != NONE && fact->why != WHY_NEVER;
    if (fact->is_current) {
        fact->counted = fact->taken + fact->forced;
        fact->held = is_decided ? 0 : fact->event->count - fact->counted;
        if (fact->counted > 0) money(wages, fact);
    } else if (fact->why != WHY_NONE && !is_decided) {
        fact->held = fact->event->count; /* a correction that didn't pass */
    }
}

/* ---- One order line */

static void line_reckon(struct wages *wages, int64_t line)
{
    wages->line = line;
    decisions(wages);
    links(wages);
    for (int i = 0; i < wages->fact_count; i++)
        if (is_here(wages, &wages->facts[i]) && !is_link(wages->facts[i].event)) chain(wages, i);
    for (int i = 0; i < wages->fact_count; i++)
        if (is_here(wages, &wages->facts[i])) unreached_hold(wages, &wages->facts[i]);
    wages->here_count = 0;
    for (int i = 0; i < wages->fact_count; i++) {
        if (!wages->facts[i].is_current || !is_here(wages, &wages->facts[i])) continue;
        first_find(&wages->facts[i]);
        wages->here[wages->here_count++] = i;
    }
    const struct revise_sheet *sheet;
    for (int rev = 1; (sheet = revise_sheet_of(wages->world, line, rev)) != NULL; rev++)
        for (int op = 0; op < OFFICE_OPS; op++) {
            pieces_settle(wages, sheet, (struct work){rev, op, false});
            pieces_settle(wages, sheet, (struct work){rev, op, true});
        }
    for (int i = 0; i < wages->fact_count; i++) {
        struct fact *fact = &wages->facts[i];
        if (is_here(wages, fact)) worth(wages, fact);
    }
}

/* Lines in the order in which they are first spoken of. */
static void lines_reckon(struct wages *wages)
{
    for (int i = 0; i < wages->fact_count; i++) {
        bool is_new = wages->facts[i].order != 0;
        for (int k = 0; k < i && is_new; k++) is_new = wages->facts[k].order != wages->facts[i].order;
        if (is_new) line_reckon(wages, wages->facts[i].order);
    }
}

/* ---- Comparing */

static void verdicts_compare(struct wages *wages, struct db *books)
{
    struct world   *world = wages->world;
    struct db_stmt *stmt;
    struct err      err;
    bool            row;
    if (!db_prepare(books, SQL("SELECT number, counted, held, due_fen, decided_by FROM verdict ORDER BY number"), &stmt,
                               &err)) {
        world_wrong(world, "verdicts can't be read: %s", err.say.id);
        return;
    }
    while (db_step(stmt, &row, &err) && row && world->wrong[0] == 0) {
        const struct fact *fact = &wages->facts[db_int(stmt, 0) - 1];
        if (fact->event->kind == EVENT_OBJECT && fact->order != 0 &&
            db_int(stmt, 4) != wages_say(wages, fact->line->number).decision)
            world_wrong(world, "inbox line %lld: the objection has another answer than was given",
                        (long long)fact->line->number);
        if (!has_pieces(fact->event)) continue;
        int64_t off = db_int(stmt, 3) - fact->fen;
        world->check->fen_off += off < 0 ? -off : off;
        if (db_int(stmt, 1) != fact->counted || db_int(stmt, 2) != fact->held || off != 0)
            world_wrong(world,
                        "line %lld of the inbox: the books count %lld, hold %lld, owe %lld fen; reckoned anew %lld, "
                        "%lld, %lld fen",
                        (long long)fact->line->number, (long long)db_int(stmt, 1), (long long)db_int(stmt, 2),
                        (long long)db_int(stmt, 3), (long long)fact->counted, (long long)fact->held,
                        (long long)fact->fen);
    }
    db_reset(stmt);
}

static int64_t owed(const struct wages *wages, int32_t worker, int32_t day)
{
    int64_t fen = 0;
    for (int i = 0; i < wages->fact_count; i++)
        for (int k = 0; k < wages->facts[i].share_count; k++)
            if (wages->facts[i].workers[k] == worker && wages->facts[i].day == day) fen += wages->facts[i].shares[k];
    return fen;
}

/* Every worker's day, in pay lines and in the sums that pages show. */
static void days_compare(struct wages *wages, struct db *books)
{
    struct world   *world = wages->world;
    struct db_stmt *stmt;
    struct err      err;
    bool            row;
    if (!db_prepare(books, SQL("SELECT s.worker, s.day, s.fen, CAST(coalesce((SELECT sum(d.fen) FROM due AS d"
                        " WHERE d.worker = s.worker AND d.day = s.day), 0) AS BIGINT)"
                        " FROM day_sum AS s ORDER BY s.worker, s.day"),
                               &stmt, &err)) {
        world_wrong(world, "wages can't be read: %s", err.say.id);
        return;
    }
    while (db_step(stmt, &row, &err) && row && world->wrong[0] == 0) {
        int64_t fen = owed(wages, (int32_t)db_int(stmt, 0), (int32_t)db_int(stmt, 1));
        if (db_int(stmt, 2) == fen && db_int(stmt, 3) == fen) continue;
        world->check->fen_off += llabs(db_int(stmt, 2) - fen);
        world_wrong(world, "worker %lld, day %lld: sum %lld fen, pay lines %lld, reckoned anew %lld",
                    (long long)db_int(stmt, 0), (long long)db_int(stmt, 1), (long long)db_int(stmt, 2),
                    (long long)db_int(stmt, 3), (long long)fen);
    }
    db_reset(stmt);
}

/* All pay lines together, those that wait for a name too. */
static void sum_compare(struct wages *wages, struct db *books)
{
    struct world   *world = wages->world;
    struct db_stmt *stmt;
    struct err      err;
    bool            row;
    int64_t         reckoned = 0;
    for (int i = 0; i < wages->fact_count; i++)
        for (int k = 0; k < wages->facts[i].share_count; k++) reckoned += wages->facts[i].shares[k];
    if (!db_prepare(books, SQL("SELECT CAST(coalesce(sum(fen), 0) AS BIGINT) FROM due"), &stmt, &err) ||
                    !db_step(stmt, &row, &err)) {
        world_wrong(world, "pay lines can't be read: %s", err.say.id);
        return;
    }
    int64_t all = db_int(stmt, 0);
    db_reset(stmt);
    if (all == reckoned) return;
    world->check->fen_off += llabs(all - reckoned);
    world_wrong(world, "all wages: %lld fen in the books, %lld reckoned anew", (long long)all, (long long)reckoned);
}

struct wages *wages_reckon(struct world *world, struct db *books)
{
    struct wages *wages = calloc(1, sizeof *wages);
    struct err    err;
    if (wages == NULL || (wages->facts = calloc((size_t)world->check->count + 1, sizeof *wages->facts)) == NULL)
        abort();
    wages->world = world;
    if ((wages->here = calloc((size_t)world->check->count + 1, sizeof *wages->here)) == NULL) abort();
    if ((wages->rolls = calloc((size_t)world->check->count + 1, sizeof *wages->rolls)) == NULL) abort();
    if (stops_read(wages, books, &err) && sheets_read(wages, books, &err) && badges_read(wages, books, &err) &&
        runs_read(wages, books, &err)) {
        for (; wages->fact_count < world->check->count; wages->fact_count++) fact_start(wages, wages->fact_count);
    } else {
        world_wrong(world, "the books can't be read: %s", err.say.id);
    }
    for (int i = 0; i < wages->fact_count; i++) {
        people_find(wages, &wages->facts[i]);
        order_find(wages, &wages->facts[i]);
    }
    for (int i = 0; i < wages->fact_count; i++) {
        enum event_kind kind = wages->facts[i].event->kind;
        if (kind == EVENT_JOIN || kind == EVENT_LEAVE) wages->rolls[wages->roll_count++] = i;
    }
    if (world->wrong[0] == 0 && aside_read(wages, books, &err)) lines_reckon(wages);
    return wages;
}

void wages_free(struct wages *wages)
{
    for (int i = 0; i < wages->fact_count; i++) free(wages->facts[i].units);
    free(wages->facts);
    free(wages->here);
    free(wages->rolls);
    free(wages);
}

int64_t wages_seen(const struct wages *wages, int64_t number)
{
    return wages->facts[number - 1].seen;
}

struct wages_say wages_say(const struct wages *wages, int64_t number)
{
    const struct fact *fact = &wages->facts[number - 1];
    bool               may = !fact->is_aside && fact->why != WHY_NEVER, is = may && fact->decision != NONE;
    return (struct wages_say){.is_in_force = may && fact->is_current && !fact->is_cancelled,
                              .is_free = may && fact->why == WHY_NONE,
                              .decided = is ? wages->facts[fact->decision].event->count : -1,
                              .decision = is ? wages->facts[fact->decision].line->number : 0};
}

bool wages_is_stopped(const struct wages *wages, int64_t number)
{
    const struct fact *fact = &wages->facts[number - 1];
    return line_is_stopped(wages, fact->order, fact->seen);
}

int64_t wages_owed(const struct wages *wages, int32_t worker, int32_t to_day)
{
    int64_t fen = 0;
    for (int i = 0; i < wages->fact_count; i++)
        for (int k = 0; k < wages->facts[i].share_count; k++)
            if (wages->facts[i].workers[k] == worker && wages->facts[i].day <= to_day) fen += wages->facts[i].shares[k];
    return fen;
}

void wages_compare(struct wages *wages, struct db *books)
{
    verdicts_compare(wages, books);
    days_compare(wages, books);
    sum_compare(wages, books);
}
