/* super_test.c - what a supervisor does at a kiosk: spare badges, ticked paper, an older entry put right.
 * links: kiosk_flow core
 *
 * A row is a script and what stands at its end. Words of a script:
 *   S the supervisor's badge (worker 9); b1 b2 b3 workers' badges; b7 a revoked one; x y badges that nobody has; o a spare
 *   one that was bound to worker 2 today; s1 16 pieces, one operation here; s2 one piece left; s3 two operations; s4
 *   stopped; s6 unknown; p1 a label of s1
 *   SUPER PICK=3 a touched button, #SAVE a card; ms=1200 time goes on; full: the disk is from here on; gone: no event is
 *   kept any more */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "kiosk/flow/flow.h"
#include "tests/unit/rows.h"

enum { TODAY = 20000, PEOPLE = 14, ENTRIES = 8 };

struct run {
    struct flow   flow;
    struct effect effect;
    int64_t       now_ms;
    bool          is_full, is_gone;
    int           made;
    struct buf    events;
};

/* ---- The world */

static struct found_worker worker_of(int n)
{
    struct found_worker worker = {.badge = 100 + n, .is_known = true, .number = n, .lang = LANG_EN};
    worker.is_revoked = n == 7;
    worker.is_supervisor = n == 9;
    snprintf(worker.name, sizeof worker.name, "W%d", n);
    return worker;
}

static struct found_op op_of(int number, int64_t done, bool is_here)
{
    return (struct found_op){
        .number = number, .planned = 16, .arrived = 16, .done = done, .left = 16 - done, .is_here = is_here};
}

static struct found_sheet sheet_of(int n)
{
    struct found_sheet sheet = {
        .ref = {{2603, n, 1}, 1, 2},
          .newest_rev = 1, .quantity = 16, .op_count = n == 6 ? 0 : 2
    };
    sheet.ops[0] = op_of(10, n == 2 ? 15 : 4, true);
    sheet.ops[1] = op_of(20, 0, n == 3);
    sheet.is_stopped = n == 4;
    if (n == 6) sheet.revision = REVISION_UNKNOWN;
    return sheet;
}

/* An entry of worker n's page, and its event: of two workers, one bad piece. Entry 3 is undone, entry 4 of a label. */
static struct found_entry entry_of(int at)
{
    struct found_entry entry = {
        .sheet = {{2603, 1, 1}, 1, 0},
          .op = 10, .count = 5 + at, .bad = 1
    };
    entry.name.bytes[0] = (uint8_t)(100 + at);
    if (at == 3) entry.state = ENTRY_UNDONE;
    return entry;
}

static struct event event_of(int at)
{
    struct event event = {
        .kind = EVENT_REPORT, .has_sheet = true, .sheet = {{2603, 1, 1}, 1, 2},
                .op = 10
    };
    event.count = 5 + at;
    event.worker_count = 2;
    event.workers[0] = (struct event_worker){101, 1, 3};
    event.workers[1] = (struct event_worker){102, 2, 1};
    event.bad_count = 1;
    event.bad[0] = (struct event_bad){1, 2, 0};
    event.shift_day = TODAY - 3;
    if (at == 4) {
        event.piece_count = 1;
        event.pieces[0] = 7;
    }
    return event;
}

/* ---- Steps */

/* (of the screens of this test) */
static const char *screen_word(enum screen screen)
{
    static const char *const WORDS[SCREENS] = {
        [SCREEN_IDLE] = "idle",         [SCREEN_WORKER] = "worker",     [SCREEN_SHEET] = "sheet",
        [SCREEN_NUMBER] = "number",     [SCREEN_COUNT] = "count",       [SCREEN_SAVED] = "saved",
        [SCREEN_QUESTION] = "question", [SCREEN_REFUSED] = "refused",   [SCREEN_SUPER] = "super",
        [SCREEN_SPARE] = "spare",       [SCREEN_PEOPLE] = "people",     [SCREEN_PAPER] = "paper",
        [SCREEN_PICK] = "pick",         [SCREEN_QUANTITY] = "quantity", [SCREEN_ENTRIES] = "entries",
        [SCREEN_MEND] = "mend"};
    return WORDS[screen] != NULL ? WORDS[screen] : "?";
}

static void event_text(struct run *run, const struct event *event)
{
    static const char *const TONES[] = {"none", "green", "amber", "red", "grey"};
    buf_fmt(&run->events, " | %s", event_kind_word(event->kind));
    if (event->has_sheet) buf_fmt(&run->events, " s%d", event->sheet.line.serial);
    if (event->op != 0) buf_fmt(&run->events, " op%d", event->op);
    if (event->count != 0) buf_fmt(&run->events, " n%d", event->count);
    for (int i = 0; i < event->piece_count; i++) buf_fmt(&run->events, " p%d", event->pieces[i]);
    if (event->bad_count > 0) buf_fmt(&run->events, " bad%d", event_bad_total(event));
    for (int i = 0; i < event->worker_count; i++) {
        buf_fmt(&run->events, " w%d", event->workers[i].number);
        if (event->workers[i].badge != 0) buf_fmt(&run->events, "@%lld", (long long)event->workers[i].badge);
        if (event->workers[i].share != 1) buf_fmt(&run->events, "x%d", event->workers[i].share);
    }
    if (event->before_stop) buf_str(&run->events, " before");
    if (event->has_refers) buf_fmt(&run->events, " of%d", event->refers.bytes[0]);
    if (event->shift_day != 0) buf_fmt(&run->events, " day%d", event->shift_day - TODAY);
    buf_fmt(&run->events, " by%d", event->by);
    if (event->second != 0) buf_fmt(&run->events, " second%d", event->second);
    if (event->why[0] != '\0') buf_str(&run->events, " why");
    buf_fmt(&run->events, " codes%d %s", event->code_count, TONES[event->tone]);
}

static void step(struct run *run, struct input *input);

static void people_answer(struct run *run)
{
    struct input         input = {.kind = INPUT_PEOPLE};
    struct found_people *people = &input.people;
    people->ask = run->effect.people;
    people->total = PEOPLE;
    people->crew_count = 2;
    snprintf(people->crews[0].id, sizeof people->crews[0].id, "a");
    snprintf(people->crews[1].id, sizeof people->crews[1].id, "b");
    for (int i = people->ask.page * FOUND_PEOPLE_MAX; i < PEOPLE && people->count < FOUND_PEOPLE_MAX; i++) {
        people->rows[people->count] = worker_of(i + 1);
        people->rows[people->count++].badge = 0;
    }
    step(run, &input);
}

static void page_answer(struct run *run)
{
    struct input input = {
        .kind = INPUT_PAGE, .page = {.worker = run->effect.worker, .skip = run->effect.skip}
    };
    for (int i = run->effect.skip; i < ENTRIES && input.page.count < FOUND_ENTRIES_MAX; i++)
        input.page.entries[input.page.count++] = entry_of(i);
    step(run, &input);
}

static void event_answer(struct run *run)
{
    struct input input = {.kind = INPUT_EVENT, .name = run->effect.name, .is_good = !run->is_gone};
    if (input.is_good)
        input.event = event_of(run->effect.name.bytes[0] - 100);
    else
        input.say = SAY("kiosk.entry_gone");
    step(run, &input);
}

static void step(struct run *run, struct input *input)
{
    input->mono_ms = run->now_ms;
    flow_step(&run->flow, input, &run->effect);
    struct effect done = run->effect;
    if (done.save) {
        struct input answer = {.kind = run->is_full ? INPUT_NOT_SAVED : INPUT_SAVED, .say = SAY("flow.many")};
        if (!run->is_full) {
            event_text(run, &done.event);
            answer.seq = ++run->made;
        }
        step(run, &answer);
    }
    if (done.ask_people) people_answer(run);
    if (done.ask_page && (run->flow.super.duty == DUTY_MEND || run->flow.super.duty == DUTY_OBJECT)) {
        run->effect = done;
        page_answer(run);
    }
    if (done.ask_lines) { /* the serial is what was typed */
        struct input lines = {.kind = INPUT_LINES, .lines = {.count = 1}};
        lines.lines.rows[0].line = (struct line_ref){2603, atoi(done.number), 1};
        step(run, &lines);
    }
    if (done.open_line != 0) {
        struct input sheet = {.kind = INPUT_SCAN, .how = HOW_TYPED, .code = {.kind = CODE_SHEET}};
        sheet.found.has_sheet = true;
        sheet.found.sheet = sheet_of(line_ref_of_key(done.open_line).serial);
        sheet.found.sheet.ref.copy = 0;
        sheet.code.sheet = sheet.found.sheet.ref;
        step(run, &sheet);
    }
    if (done.ask_event) {
        run->effect = done;
        event_answer(run);
    }
}

static void scan(struct run *run, struct code code, const struct found *found)
{
    char text[CODE_TEXT_MAX];
    code_write(&code, text);
    memcpy(code.digits, text, sizeof text);
    struct input input = {.kind = INPUT_SCAN, .code = code, .found = *found};
    step(run, &input);
}

static void scan_badge(struct run *run, char what)
{
    struct found found = {.has_worker = true};
    if (what == 'S')
        found.worker = worker_of(9);
    else if (what == 'o') {
        found.worker = worker_of(2);
        found.worker.badge = 778;
        found.worker.is_spare = true;
    } else if (what == 'x' || what == 'y')
        found.worker = (struct found_worker){.badge = what == 'x' ? 777 : 779};
    else
        found.worker = worker_of(what - '0');
    scan(run, (struct code){.kind = CODE_BADGE, .badge = found.worker.badge}, &found);
}

static void scan_sheet(struct run *run, int n, int piece)
{
    struct found found = {.has_sheet = true, .sheet = sheet_of(n)};
    struct code  code = {.kind = piece > 0 ? CODE_PIECE : CODE_SHEET, .sheet = found.sheet.ref, .piece = piece};
    if (piece > 0) code.sheet.copy = found.sheet.ref.copy = 0;
    found.sheet.ref = code.sheet;
    scan(run, code, &found);
}

static const struct {
    const char *word;
    enum action action;
} ACTIONS[] = {
    {"SUPER",    ACTION_SUPER   },
    {"SPARE",    ACTION_SPARE   },
    {"PAPER",    ACTION_PAPER   },
    {"MEND",     ACTION_MEND    },
    {"WRONG",    ACTION_WRONG   },
    {"CARRY",    ACTION_CARRY   },
    {"FIELD",    ACTION_FIELD   },
    {"PICK",     ACTION_PICK    },
    {"FILTER",   ACTION_FILTER  },
    {"MORE",     ACTION_MORE    },
    {"BACK",     ACTION_BACK    },
    {"NEWCOMER", ACTION_NEWCOMER},
    {"DIGIT",    ACTION_DIGIT   },
    {"ERASE",    ACTION_ERASE   },
    {"YES",      ACTION_YES     },
    {"SAVE",     ACTION_SAVE    },
    {"UNDO",     ACTION_UNDO    },
    {"COUNT",    ACTION_COUNT   },
    {"OUT",      ACTION_OUT     },
    {"LOOK",     ACTION_LOOK    },
    {"WORKER",   ACTION_WORKER  },
    {"BAD",      ACTION_BAD     },
    {"CHANGE",   ACTION_CHANGE  },
};

static void tap(struct run *run, const char *word)
{
    struct input input = {.kind = INPUT_TAP, .how = *word == '#' ? HOW_SCANNED : HOW_TOUCHED};
    word += *word == '#';
    size_t len = strcspn(word, "=");
    for (size_t i = 0; i < sizeof ACTIONS / sizeof ACTIONS[0]; i++)
        if (strlen(ACTIONS[i].word) == len && strncmp(ACTIONS[i].word, word, len) == 0)
            input.action = ACTIONS[i].action;
    if (input.action == ACTION_NONE) fail_msg("no word of a script: %s", word);
    if (word[len] == '=') input.argument = strtoll(word + len + 1, NULL, 10);
    step(run, &input);
}

static void run_word(struct run *run, const char *word)
{
    run->now_ms += 10;
    if (strchr("Sxyo", *word) != NULL && word[1] == '\0') {
        scan_badge(run, *word);
    } else if (*word == 'b' && word[2] == '\0') {
        scan_badge(run, word[1]);
    } else if (*word == 's' && word[2] == '\0') {
        scan_sheet(run, word[1] - '0', 0);
    } else if (*word == 'p' && word[2] == '\0') {
        scan_sheet(run, 1, word[1] - '0');
    } else if (strncmp(word, "ms=", 3) == 0) {
        run->now_ms += strtoll(word + 3, NULL, 10);
        step(run, &(struct input){.kind = INPUT_TIME});
    } else if (strcmp(word, "full") == 0) {
        run->is_full = true;
    } else if (strcmp(word, "gone") == 0) {
        run->is_gone = true;
    } else {
        tap(run, word);
    }
}

static void run_start(struct run *run)
{
    struct input state = {.kind = INPUT_STATE};
    memset(run, 0, sizeof *run);
    run->now_ms = 1000;
    flow_start(&run->flow, run->now_ms);
    state.state.day = TODAY;
    snprintf(state.state.station, sizeof state.state.station, "cut");
    step(run, &state);
}

static void run_script(struct run *run, const char *script)
{
    char words[400], *rest = words;
    snprintf(words, sizeof words, "%s", script);
    for (char *word; (word = strtok_r(rest, " ", &rest)) != NULL;) run_word(run, word);
}

/* ---- Rows */

struct row {
    const char *name, *script, *ends;
};

/* clang-format off */
static const struct row ROWS[] = {
    {"the menu is a supervisor's", "b1 SUPER", "worker"},
    {"the menu", "S SUPER", "super"},
    {"his badge shows his page", "S SUPER S", "worker"},
    {"a card opens it", "S #SUPER", "super"},
    {"back from the menu", "S SUPER BACK", "worker"},
    {"whoever goes on working leaves it", "S SUPER s1", "count"},

    {"SCREENS: badge + spare + list", "S x PICK=3", "saved | bind w3@777 day0 by9 codes2 green"},
    {"by the menu", "S SUPER SPARE x PICK=3", "saved | bind w3@777 day0 by9 codes2 green"},
    {"a new worker: held", "S x NEWCOMER", "saved | bind w0@777 day0 by9 codes2 amber"},
    {"bound to another one", "S o PICK=3", "saved | bind w3@778 day0 by9 codes2 green"},
    {"somebody's own badge isn't one", "S SUPER SPARE b1", "refused"},
    {"then a spare one is taken", "S SUPER SPARE b1 x", "people"},
    {"another spare badge instead", "S x y PICK=3", "saved | bind w3@779 day0 by9 codes2 green"},
    {"chosen by his own badge", "S x b2", "saved | bind w2@777 day0 by9 codes2 green"},
    {"the supervisor's badge chooses nobody", "S x S", "people"},
    {"the second page", "S x MORE PICK=14", "saved | bind w14@777 day0 by9 codes2 green"},
    {"who isn't on this page isn't chosen", "S x PICK=14", "people"},
    {"pages go round", "S x MORE MORE PICK=3", "saved | bind w3@777 day0 by9 codes2 green"},
    {"by letter", "S x FILTER=1 FILTER=13 PICK=3", "saved | bind w3@777 day0 by9 codes2 green"},
    {"by crew", "S x FILTER=2 FILTER=11 PICK=3", "saved | bind w3@777 day0 by9 codes2 green"},
    {"out of the letters", "S x FILTER=1 BACK BACK BACK", "super"},
    {"nobody is signed in after it", "S x PICK=3 ms=1300 s1", "sheet | bind w3@777 day0 by9 codes2 green"},
    {"a worker gives nobody a badge", "b1 x", "question"},
    {"a revoked badge is no spare one", "S b7", "question"},
    {"not saved: the list stands again", "S x full PICK=3 BACK", "people"},
    {"left alone it ends", "S x ms=181000", "idle"},

    {"SCREENS: ticked paper", "S SUPER PAPER b1 s1 FIELD=3 DIGIT=1 DIGIT=2 YES FIELD=4 PICK=1 FIELD=5 PICK=2 b2 SAVE",
     "saved | report s1 op10 n12 w1@101 day-1 by9 second2 why codes4 green"},
    {"in another order", "S SUPER PAPER s1 b1 b2 FIELD=5 PICK=2 FIELD=3 DIGIT=4 YES SAVE",
     "saved | report s1 op10 n4 w1@101 day0 by9 second2 why codes4 green"},
    {"the worker from the list", "S SUPER PAPER FIELD=0 PICK=3 s2 FIELD=5 PICK=1 b2 SAVE",
     "saved | report s2 op10 n1 w3 day0 by9 second2 why codes3 green"},
    {"several operations here", "S SUPER PAPER b1 s3 FIELD=2 PICK=20 FIELD=3 DIGIT=2 YES FIELD=5 PICK=1 b2 SAVE",
     "saved | report s3 op20 n2 w1@101 day0 by9 second2 why codes4 green"},
    {"more than is left: held", "S SUPER PAPER b1 s1 COUNT=13 FIELD=5 PICK=1 b2 SAVE",
     "saved | report s1 op10 n13 w1@101 day0 by9 second2 why codes4 amber"},
    {"a stopped sheet: made before", "S SUPER PAPER b1 s4 COUNT=2 FIELD=5 PICK=1 b2 SAVE",
     "saved | report s4 op10 n2 w1@101 before day0 by9 second2 why codes4 amber"},
    {"an unknown sheet: held", "S SUPER PAPER b1 s6 COUNT=2 FIELD=5 PICK=1 b2 SAVE",
     "saved | report s6 n2 w1@101 day0 by9 second2 why codes4 amber"},
    {"a label is one piece", "S SUPER PAPER b1 p5 FIELD=5 PICK=1 b2 SAVE",
     "saved | report s1 op10 n1 p5 w1@101 day0 by9 second2 why codes4 green"},
    {"without a second name", "S SUPER PAPER b1 s1 COUNT=2 FIELD=5 PICK=1 SAVE", "paper"},
    {"without a reason it asks", "S SUPER PAPER b1 s1 COUNT=2 b2 SAVE", "pick"},
    {"without a number it asks", "S SUPER PAPER b1 s1 FIELD=5 PICK=1 b2 SAVE", "quantity"},
    {"the supervisor is no second", "S SUPER PAPER b1 s1 COUNT=2 FIELD=5 PICK=1 S SAVE", "paper"},
    {"the worker is no second", "S SUPER PAPER b1 s1 COUNT=2 FIELD=5 PICK=1 b1 SAVE", "paper"},
    {"a revoked badge is no second", "S SUPER PAPER b1 s1 COUNT=2 FIELD=5 PICK=1 b7 SAVE", "paper"},
    {"who becomes the worker no longer vouches", "S SUPER PAPER b1 b2 s1 COUNT=2 FIELD=5 PICK=1 FIELD=0 PICK=2 SAVE", "paper"},
    {"his own work, another vouches", "S SUPER PAPER S s2 FIELD=5 PICK=1 b2 SAVE",
     "saved | report s2 op10 n1 w9@109 day0 by9 second2 why codes4 green"},
    {"the next row of the same paper", "S SUPER PAPER b1 s2 FIELD=4 PICK=2 FIELD=5 PICK=1 b2 SAVE ms=1300 b3 s2 SAVE",
     "saved | report s2 op10 n1 w1@101 day-2 by9 second2 why codes4 green"
     " | report s2 op10 n1 w3@103 day-2 by9 second2 why codes3 green"},
    {"no day beyond a week", "S SUPER PAPER FIELD=4 PICK=8", "pick"},
    {"no other operation than the sheet's", "S SUPER PAPER b1 s3 FIELD=2 PICK=30", "pick"},
    {"not saved: nothing keyed in is lost", "S SUPER PAPER b1 s2 FIELD=5 PICK=1 b2 full SAVE BACK", "paper"},
    {"zero pieces can't be said", "S SUPER PAPER b1 s1 FIELD=3 DIGIT=0 YES", "quantity"},
    {"a lost sheet: its number is typed", "S SUPER PAPER b1 FIELD=1 DIGIT=2 YES FIELD=5 PICK=1 b2 SAVE",
     "saved | report s2 op10 n1 w1@101 day0 by9 second2 why codes3 green"},
    {"back from the number", "S SUPER PAPER b1 FIELD=1 DIGIT=2 BACK", "paper"},
    {"a badge while the number is typed", "S SUPER PAPER FIELD=1 b1", "paper"},
    {"the paper after all", "S SUPER PAPER b1 FIELD=1 s2 FIELD=5 PICK=1 b2 SAVE",
     "saved | report s2 op10 n1 w1@101 day0 by9 second2 why codes4 green"},
    {"erased", "S SUPER PAPER b1 s1 FIELD=3 DIGIT=1 DIGIT=2 ERASE DIGIT=3 YES FIELD=5 PICK=1 b2 SAVE",
     "saved | report s1 op10 n13 w1@101 day0 by9 second2 why codes4 amber"},

    {"[R14] a worker objects to an entry of his", "b1 WRONG PICK=1 PICK=2", "worker | object w1@101 of101 day0 by0 codes0 none"},
    {"and goes on", "b1 WRONG PICK=0 PICK=5 s2", "saved | object w1@101 of100 day0 by0 codes0 none | report s2 op10 n1 w1@101 day0 by0 codes1 green"},
    {"to an older one", "b1 WRONG MORE PICK=0 PICK=1", "worker | object w1@101 of106 day0 by0 codes0 none"},
    {"he thinks better of it", "b1 WRONG PICK=0 BACK BACK", "worker"},
    {"what is undone stays so, objected", "b1 WRONG PICK=3", "entries"},
    {"no such reason", "b1 WRONG PICK=0 PICK=9", "pick"},
    {"a sheet while he chooses", "b1 WRONG s2", "saved | report s2 op10 n1 w1@101 day0 by0 codes1 green"},
    {"his own badge while he chooses", "b1 WRONG ms=1200 b1", "worker"},
    {"another's badge while he chooses", "b1 WRONG b2", "question"},
    {"the disk is full", "b1 WRONG PICK=0 full PICK=1 BACK", "entries"},
    {"a badge that nobody has objects to nothing", "x WRONG", "worker"},

    {"EVENTS: later by a supervisor with a reason", "S SUPER MEND PICK=1 PICK=0 PICK PICK=5 UNDO",
     "saved | undo s1 op10 of100 by9 why codes1 green"},
    {"by the worker's badge", "S SUPER MEND b1 PICK=1 PICK PICK=5 UNDO",
     "saved | undo s1 op10 of101 by9 why codes1 green"},
    {"another number says all of it anew", "S SUPER MEND b1 PICK=0 PICK PICK=1 FIELD=3 DIGIT=8 YES SAVE",
     "saved | correct s1 op10 n8 bad1 w1@101x3 w2@102 of100 day-3 by9 why codes1 green"},
    {"the reason afterwards", "S SUPER MEND b1 PICK=0 FIELD=3 DIGIT=8 YES SAVE PICK=1 SAVE",
     "saved | correct s1 op10 n8 bad1 w1@101x3 w2@102 of100 day-3 by9 why codes1 green"},
    {"nothing without a reason", "S SUPER MEND b1 PICK=0 UNDO", "pick"},
    {"no number below the bad ones", "S SUPER MEND b1 PICK=0 PICK PICK=1 COUNT=1 FIELD=3 DIGIT=0 BACK SAVE", "quantity"},
    {"older ones", "S SUPER MEND b1 MORE PICK=0 PICK PICK=5 UNDO", "saved | undo s1 op10 of106 by9 why codes1 green"},
    {"and round again", "S SUPER MEND b1 MORE MORE PICK=0 PICK PICK=5 UNDO",
     "saved | undo s1 op10 of100 by9 why codes1 green"},
    {"what is undone stays so", "S SUPER MEND b1 PICK=3", "entries"},
    {"a label's number stays", "S SUPER MEND b1 PICK=4 FIELD=3", "mend"},
    {"a label is undone", "S SUPER MEND b1 PICK=4 PICK PICK=2 UNDO", "saved | undo s1 op10 of104 by9 why codes1 green"},
    {"what isn't kept any more", "S SUPER MEND b1 gone PICK=0 UNDO SAVE", "mend"},
    {"somebody else's entries", "S SUPER MEND b1 b2", "entries"},
    {"a badge that nobody has", "S SUPER MEND x", "people"},
    {"not saved", "S SUPER MEND b1 PICK=0 PICK PICK=5 full UNDO BACK", "mend"},
    {"the last entry isn't undone in passing", "S SUPER MEND b1 PICK=0 PICK PICK=5 UNDO UNDO",
     "refused | undo s1 op10 of100 by9 why codes1 green"},
    {"back, step by step", "S SUPER MEND b1 PICK=0 PICK BACK BACK BACK BACK BACK", "worker"},
};
/* clang-format on */

static void test_row(void **state)
{
    const struct row *row = *state;
    struct run        run;
    char              text[400];
    run_start(&run);
    run_script(&run, row->script);
    snprintf(text, sizeof text, "%s%s", screen_word(run.flow.screen), buf_text(&run.events));
    assert_string_equal(text, row->ends);
    buf_free(&run.events);
}

static void test_carry(void **state)
{
    struct run   run;
    struct input done = {.kind = INPUT_CARRIED, .is_good = true, .say = SAY("flow.many")};
    (void)state;
    run_start(&run);
    run_script(&run, "S SUPER CARRY");
    assert_true(run.effect.carry);
    run_word(&run, "CARRY"); /* once is enough */
    assert_false(run.effect.carry);
    step(&run, &done);
    assert_string_equal(run.flow.say.id, "flow.many");
    run_word(&run, "CARRY");
    assert_true(run.effect.carry);
    run_script(&run, "PAPER BACK"); /* something else meanwhile: it is still being written */
    run_word(&run, "CARRY");
    assert_false(run.effect.carry);
    buf_free(&run.events);
}

/* Anything in any order: what a supervisor kept says who and why, and there is always a way out. */
static void test_anything(void **state)
{
    static const char *const WORDS[] = {
        "S",       "b1",      "b2",      "b7",       "x",       "o",        "s1",       "s3",        "s4",
        "s6",      "p1",      "SUPER",   "SPARE",    "PAPER",   "MEND",     "CARRY",    "BACK",      "SAVE",
        "UNDO",    "YES",     "FIELD=0", "FIELD=1",  "FIELD=2", "FIELD=3",  "FIELD=4",  "FIELD=5",   "FIELD=6",
        "PICK=1",  "PICK=2",  "PICK=10", "PICK=0",   "PICK",    "FILTER=1", "FILTER=2", "FILTER=11", "MORE",
        "DIGIT=3", "DIGIT=0", "ERASE",   "NEWCOMER", "ms=900",  "ms=70000", "#SAVE",    "#SUPER",    "COUNT=3",
        "OUT",     "LOOK",    "WORKER",  "BAD=1",    "CHANGE",
    };
    (void)state;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        uint64_t   dice = seed;
        struct run run;
        run_start(&run);
        for (int i = 0; i < 200; i++) {
            int made = run.made;
            run_word(&run, WORDS[dice_between(&dice, 0, (int64_t)(sizeof WORDS / sizeof WORDS[0]) - 1)]);
            const struct flow  *flow = &run.flow;
            const struct event *kept = &flow->saving;
            assert_int_not_equal(flow->screen, SCREEN_SAVING);
            assert_true(flow_deadline(flow) > run.now_ms);
            bool is_his = flow->screen >= SCREEN_SUPER && flow->screen <= SCREEN_MEND;
            assert_true(!is_his || (flow->crew_count == 1 && flow->crew[0].is_supervisor));
            if (run.made == made || kept->by == 0) continue;
            assert_int_equal(kept->by, 9);
            assert_true(kept->kind == EVENT_BIND || kept->why[0] != '\0');
            if (kept->kind == EVENT_REPORT) assert_true(kept->second != 0 && kept->second != 9 && kept->count > 0);
            if (kept->kind == EVENT_REPORT) assert_int_not_equal(kept->second, kept->workers[0].number);
        }
        run_word(&run, "ms=400000");
        run_word(&run, "BACK");
        run_word(&run, "ms=400000");
        assert_int_equal(run.flow.screen, SCREEN_IDLE);
        buf_free(&run.events);
    }
}

int main(int argc, char **argv)
{
    static struct rows rows;
    ROWS_ADD(&rows, test_row, ROWS);
    rows_add(&rows, "carry", test_carry, NULL);
    rows_add(&rows, "anything", test_anything, NULL);
    return rows_run(&rows, argc, argv);
}
