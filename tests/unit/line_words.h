/* line_words.h - order lines and their facts in few words, for the tests of server/judge.
 *
 * The world of every case: line 2603-0001-01, family "steel", revision 1 signed with operations 10 (10 pieces, 1 yuan,
 * rework 0.50) and 20 (10 pieces, 0.0333 yuan, rework 0.01). Words that add to it:
 *     rev2            revision 2 is signed too: operation 10 (10 pieces, 2 yuan, rework 1) and 20 as before
 *     void1@7         revision 1 is void since feed 7
 *     stop5  stop5-9  stopped at feed 5, lifted at 9; stop5*2: two doors of it
 *     stays4          4 pieces of operation 10 stay good from revision 1 to 2
 *     doors8          the line's quantity, default 10
 *     note1:5@3-9     delivery note 2603-00001 asks for 5 doors, open since feed 3 (0: not yet), void since 9
 *     note1:2@3#4,5   ... for the doors 4 and 5
 *     rate20000@3-6   operation 10 has that rate (1/100 fen) for shift days 3 to 6, rework the half; +wood: family wood
 * A fact is its kind and words; facts are separated by ';' and numbered 1, 2 ... in inbox order:
 *     A  A3B  ?       workers 1, 2 ... with shares (A three parts), ? = nobody known
 *     8               count                   op20  rev2      default 10 and 1
 *     bad2  bad2@20   bad pieces, fault at    #3,4            piece numbers
 *     >2  =3          refers to, replaces     k2  office      kiosk, default 1
 *     seen5           default 0; seen-1       revoked         a badge is unknown or revoked
 *     by7             with a reason: "why"    day4            shift day, default 1
 *     rework  before  unknown  line2  nosheet                 name1: bytes equal to fact 1's
 *     n1  p7  from6   note 2603-00001; at place 7; the code of place 6 was scanned
 *     badge7          the first worker's; default 1001 for A, 1002 for B ...
 *     second6         who vouches with by             taken           a badge is somebody's own
 * What came out, one a fact: (part|held|undone) counted, bad N, open N (undecided bad), held N, reason, by N
 * (cancelled), decided N, fault N (decision about bad), then dues A:800. */
#ifndef TESTS_UNIT_LINE_WORDS_H
#define TESTS_UNIT_LINE_WORDS_H

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/code.h"
#include "server/judge/line.h"
#include "tests/unit/rows.h"

enum { WORLD_FACTS = 32, WORLD_WORKERS = 27 };

struct world {
    struct judge_line  line;
    struct judge_rev   revs[2];
    struct judge_op    ops[4];
    struct judge_stop  stops[4];
    struct judge_stays stays[2];
    struct judge_rate  rates[4];
    struct judge_note  notes[3];
    struct judge_fact  facts[WORLD_FACTS];
    struct event       events[WORLD_FACTS];
};

static inline struct hash world_name(int64_t number)
{
    struct hash name = {{0}};
    memcpy(name.bytes, &number, sizeof number);
    name.bytes[31] = 0xee; /* no name is zero */
    return name;
}

/* Ties the arrays to the line again, after a copy. */
static inline void world_tie(struct world *world)
{
    world->line.revs = world->revs;
    world->line.ops = world->ops;
    world->line.stops = world->stops;
    world->line.stays = world->stays;
    world->line.rates = world->rates;
    world->line.notes = world->notes;
    world->line.facts = world->facts;
    for (int i = 0; i < WORLD_FACTS; i++) world->facts[i].event = &world->events[i];
}

static inline void world_rev(struct world *world, int rev, int64_t rate_cfen)
{
    world->revs[world->line.rev_count++] = (struct judge_rev){.rev = rev};
    /* Not in their order: the judge sorts for itself. */
    world->ops[world->line.op_count++] = (struct judge_op){rev, 20, "paint", "leaf", 10, 1, 333, 100};
    world->ops[world->line.op_count++] = (struct judge_op){rev, 10, "weld", "leaf", 10, 1, rate_cfen, rate_cfen / 2};
}

static inline void world_note(struct world *world, const char *word)
{
    struct judge_note *note = &world->notes[world->line.note_count++];
    long long          serial = 0, doors = 0, open = 0, end = 0;
    assert_true(sscanf(word, "note%lld:%lld@%lld-%lld", &serial, &doors, &open, &end) >= 3);
    *note = (struct judge_note){.id = 260300000 + serial, .doors = doors, .open_feed = open, .void_feed = end};
    for (const char *at = strchr(word, '#'); at != NULL && *at != 0;) {
        note->is_named = true;
        note->pieces[strtol(at + 1, (char **)&at, 10)] = 1;
    }
}

static inline void world_word(struct world *world, const char *word)
{
    struct judge_line *line = &world->line;
    long long          a = 0, b = 0, c = 0;
    int                used = 0;
    if (strcmp(word, "rev2") == 0) {
        world_rev(world, 2, 20000);
    } else if (sscanf(word, "void1@%lld%n", &a, &used) == 1 && word[used] == 0) {
        world->revs[0].is_void = true;
        world->revs[0].void_feed = a;
    } else if (strncmp(word, "stop", 4) == 0 && sscanf(word, "stop%lld", &a) == 1) {
        const char *lifted = strchr(word, '-'), *doors = strchr(word, '*');
        world->stops[line->stop_count++] =
            (struct judge_stop){a, lifted == NULL ? 0 : atoll(lifted + 1), doors == NULL ? 0 : atoll(doors + 1)};
    } else if (sscanf(word, "doors%lld", &a) == 1) {
        line->doors = a;
    } else if (strncmp(word, "note", 4) == 0) {
        world_note(world, word);
    } else if (sscanf(word, "stays%lld", &a) == 1) {
        world->stays[line->stays_count++] = (struct judge_stays){1, 2, 10, 10, a};
    } else if (sscanf(word, "rate%lld@%lld-%lld", &a, &b, &c) == 3) {
        struct judge_rate *rate = &world->rates[line->rate_count++];
        *rate = (struct judge_rate){"weld", "", (int32_t)b, (int32_t)c, a, a / 2};
        if (strchr(word, '+') != NULL) snprintf(rate->family, sizeof rate->family, "%s", strchr(word, '+') + 1);
    } else {
        fail_msg("no word of a world: %s", word);
    }
}

/* "A3B": true where the word names workers and nothing else. */
static inline bool world_workers(struct judge_fact *fact, struct event *event, const char *word)
{
    if (!isupper((unsigned char)*word) && *word != '?') return false;
    while (*word != 0) {
        int n = fact->worker_count++, worker = *word == '?' ? 0 : *word - 'A' + 1;
        fact->workers[n] = worker;
        if (worker == 0) fact->has_unnamed = true;
        word++;
        event->workers[n] =
            (struct event_worker){worker == 0 ? 0 : 1000 + worker, worker, (int32_t)strtol(word, (char **)&word, 10)};
        if (event->workers[n].share == 0) event->workers[n].share = 1;
        event->worker_count = fact->worker_count;
    }
    return true;
}

static inline void world_pieces(struct event *event, const char *word)
{
    while (*word == '#' || *word == ',')
        event->pieces[event->piece_count++] = (int32_t)strtol(word + 1, (char **)&word, 10);
    event->count = event->piece_count;
}

static inline void world_fact_word(struct judge_fact *fact, struct event *event, const char *word)
{
    long long a = 0, b = 0;
    int       used = 0;
    if (world_workers(fact, event, word)) return;
    if (isdigit((unsigned char)*word))
        event->count = (int32_t)strtol(word, NULL, 10);
    else if (*word == '#')
        world_pieces(event, word);
    else if (sscanf(word, "op%lld", &a) == 1)
        event->op = (int32_t)a;
    else if (sscanf(word, "rev%lld", &a) == 1)
        event->sheet.rev = (int)a;
    else if (sscanf(word, "bad%lld@%lld", &a, &b) >= 1)
        event->bad[event->bad_count++] = (struct event_bad){(int32_t)a, 1, (int32_t)b};
    else if (sscanf(word, ">%lld", &a) == 1)
        event->has_refers = true, event->refers = world_name(a);
    else if (sscanf(word, "=%lld", &a) == 1)
        event->has_replaces = true, event->replaces = world_name(a);
    else if (sscanf(word, "seen%lld", &a) == 1)
        fact->seen_feed = a;
    else if (sscanf(word, "k%lld%n", &a, &used) == 1 && word[used] == 0)
        event->kiosk = (uint64_t)a;
    else if (sscanf(word, "by%lld", &a) == 1)
        event->by = (int32_t)a;
    else if (sscanf(word, "second%lld", &a) == 1)
        event->second = (int32_t)a;
    else if (sscanf(word, "n%lld%n", &a, &used) == 1 && word[used] == 0)
        snprintf(event->note, sizeof event->note, "2603-%05lld", a);
    else if (sscanf(word, "p%lld", &a) == 1)
        event->place = a;
    else if (sscanf(word, "from%lld", &a) == 1)
        snprintf(event->codes[event->code_count++], sizeof event->codes[0], "6%015lld00", a);
    else if (strcmp(word, "taken") == 0)
        fact->badge_taken = true;
    else if (sscanf(word, "day%lld", &a) == 1)
        event->shift_day = (int32_t)a;
    else if (sscanf(word, "name%lld", &a) == 1)
        fact->name = world_name(a);
    else if (sscanf(word, "line%lld", &a) == 1)
        event->sheet.line.line = (int)a;
    else if (sscanf(word, "badge%lld", &a) == 1)
        event->workers[0].badge = a;
    else if (strcmp(word, "office") == 0)
        event->kiosk = 0;
    else if (strcmp(word, "why") == 0)
        snprintf(event->why, sizeof event->why, "%s", word);
    else if (strcmp(word, "revoked") == 0)
        fact->badge_revoked = true;
    else if (strcmp(word, "rework") == 0)
        event->rework = true;
    else if (strcmp(word, "before") == 0)
        event->before_stop = true;
    else if (strcmp(word, "unknown") == 0)
        event->has_unknown = true;
    else if (strcmp(word, "nosheet") == 0)
        event->has_sheet = false, event->sheet = (struct sheet_ref){0};
    else
        fail_msg("no word of a fact: %s", word);
}

static inline void world_fact(struct world *world, const char *text)
{
    char               copy[200], *rest = copy;
    size_t             n = world->line.fact_count++;
    struct judge_fact *fact = &world->facts[n];
    struct event      *event = &world->events[n];
    snprintf(copy, sizeof copy, "%s", text);
    *fact = (struct judge_fact){.number = (int64_t)n + 1, .name = world_name((int64_t)n + 1), .event = event};
    *event = (struct event){.v = 1, .kiosk = 1, .seq = (int64_t)n + 1, .op = 10, .shift_day = 1};
    event->sheet.line = world->line.line;
    event->sheet.rev = 1;
    event->has_sheet = true;
    event->kind = event_kind_of(strtok_r(rest, " ", &rest));
    event->has_unknown = event->kind == EVENT_UNKNOWN;
    for (char *word; (word = strtok_r(rest, " ", &rest)) != NULL;) world_fact_word(fact, event, word);
}

static inline struct world *world_make(const char *words, const char *facts)
{
    struct world *world = calloc(1, sizeof *world);
    char          copy[2000], *rest = copy;
    assert_non_null(world);
    world_tie(world);
    world->line.line = (struct line_ref){2603, 1, 1};
    world->line.doors = 10;
    snprintf(world->line.family, sizeof world->line.family, "steel");
    world_rev(world, 1, 10000);
    snprintf(copy, sizeof copy, "%s", words);
    for (char *word; (word = strtok_r(rest, " ", &rest)) != NULL;) world_word(world, word);
    assert_true(strlen(facts) < sizeof copy);
    snprintf(copy, sizeof copy, "%s", facts);
    rest = copy;
    for (char *fact; (fact = strtok_r(rest, ";", &rest)) != NULL;) world_fact(world, fact);
    return world;
}

/* ---- What came out, in words */

static inline void words_number(struct buf *out, const char *word, int64_t number)
{
    if (number != 0) buf_fmt(out, " %s%lld", word, (long long)number);
}

static inline void words_verdict(const struct judgement *judged, size_t fact, struct buf *out)
{
    static const char *const kinds[] = {"", "part ", "held ", "undone "};
    const struct verdict    *verdict = &judged->verdicts[fact];
    buf_fmt(out, "%s%lld", kinds[verdict->kind], (long long)verdict->counted);
    words_number(out, "bad", verdict->bad);
    words_number(out, "open", verdict->bad_undecided);
    words_number(out, "held", verdict->held);
    if (!say_is_empty(&verdict->reason)) buf_fmt(out, " %s", strchr(verdict->reason.id, '.') + 1);
    words_number(out, "by", verdict->cancelled_by);
    words_number(out, "decided", verdict->decided_by);
    words_number(out, "fault", verdict->bad_decided_by);
    for (size_t i = 0; i < judged->due_count; i++)
        if (judged->dues[i].fact == fact)
            buf_fmt(out, " %c:%lld", judged->dues[i].worker == 0 ? '?' : 'A' + judged->dues[i].worker - 1,
                    (long long)judged->dues[i].fen);
}

static inline void words_judgement(const struct judge_line *line, const struct judgement *judged, struct buf *out)
{
    buf_clear(out);
    for (size_t i = 0; i < line->fact_count; i++) {
        if (i > 0) buf_str(out, "; ");
        words_verdict(judged, i, out);
    }
}

static inline void words_sums(const struct judgement *judged, struct buf *out)
{
    buf_clear(out);
    for (size_t i = 0; i < judged->sum_count; i++) {
        const struct op_sum *sum = &judged->sums[i];
        buf_fmt(out, "%s%d/%d", i > 0 ? "; " : "", sum->rev, sum->op);
        words_number(out, "good", sum->good);
        words_number(out, "bad", sum->bad);
        words_number(out, "held", sum->held);
    }
}

#endif
