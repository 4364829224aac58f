/* flow_test.c - what a worker does, and what the kiosk makes of it: the screen, its tone, the events that were kept.
 * links: kiosk_flow core
 *
 * A row is a script and what stands at its end. Words of a script:
 *   b1 b2 b3 badges (b1 and b2 of one crew), b7 a revoked one, b8 an unknown one
 *   s1 16 pieces, one operation here; s2 one piece left; s3 two operations here; s4 stopped; s5 void; s6 unknown;
 *   s7 newer than known; d1 s1 as a special sheet that opens right outward, lines=N the answer to a typed number; s8 nothing here; s9 all done; p1 p2 labels of s1; note: a delivery note; bad: no code of ours
 *   COUNT=5 a touched button, #COUNT=5 the same as a card; ms=1200 time goes on; full: the disk is, from here on; free */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "kiosk/flow/flow.h"
#include "tests/unit/rows.h"

struct run {
    struct flow        flow;
    struct effect      effect;
    int64_t            now_ms;
    bool               is_full;
    enum sound         sound;
    int                made;
    struct buf         events;
    struct code        sheet; /* newest scanned: a badge finds it again */
    bool               is_typed;
    struct found_state state;
};

/* ---- The world */

static struct found_worker worker_of(int n)
{
    struct found_worker worker = {
        .badge = 100 + n, .is_known = n != 8, .is_revoked = n == 7, .number = n, .lang = LANG_EN};
    if (n == 8) worker.number = 0;
    snprintf(worker.name, sizeof worker.name, "W%d", n);
    snprintf(worker.crew, sizeof worker.crew, "%s", n <= 2 ? "A" : "B");
    worker.has_pin = n == 1;
    if (n == 9) snprintf(worker.usual, sizeof worker.usual, "op30");
    if (n == 6) worker.is_supervisor = true;
    return worker;
}

static struct found_op op_of(int number, int64_t planned, int64_t done, bool is_here)
{
    struct found_op op = {.number = number, .planned = planned, .arrived = planned, .done = done, .is_here = is_here};
    op.left = planned > done ? planned - done : 0;
    snprintf(op.code, sizeof op.code, "op%d", number);
    return op;
}

static struct found_sheet sheet_of(int n)
{
    struct found_sheet sheet = {
        .ref = {{2603, n, 1}, 1, 1},
          .newest_rev = 1, .quantity = 16, .op_count = 3
    };
    int64_t done = n == 2 ? 15 : n == 9 ? 16 : 4;
    sheet.ops[0] = op_of(10, 16, 16, false);
    sheet.ops[1] = op_of(20, 16, done, n != 8);
    sheet.ops[2] = op_of(30, 16, 0, n == 3);
    sheet.is_stopped = n == 4;
    if (n == 4) snprintf(sheet.stop_why, sizeof sheet.stop_why, "size");
    if (n == 5) {
        sheet.revision = REVISION_OLD;
        sheet.newest_rev = 2;
    }
    if (n == 6) {
        sheet.revision = REVISION_UNKNOWN;
        sheet.op_count = 0;
        sheet.newest_rev = 0;
    }
    if (n == 7) sheet.revision = REVISION_NEWER;
    if (n == 11) sheet.replaced_by = 5;
    if (n == 12) { /* two of 16 doors are stopped */
        sheet.stop_doors = 2;
        for (int i = 0; i < sheet.op_count; i++) sheet.ops[i].left -= 2;
    }
    return sheet;
}

/* ---- Steps */

static const char *const SCREEN_WORDS[SCREENS] = {"idle",
                                                  "worker",
                                                  "pin",
                                                  "sheet",
                                                  "operation",
                                                  "count",
                                                  "saving",
                                                  "saved",
                                                  "question",
                                                  "refused",
                                                  "setup",
                                                  "clean",
                                                  "crew",
                                                  "check",
                                                  "number",
                                                  [SCREEN_STOPPED] = "stopped",
                                                  [SCREEN_KEPT] = "kept",
                                                  [SCREEN_ORDER] = "order",
                                                  [SCREEN_BOARD] = "board",
                                                  [SCREEN_ASKED] = "asked"};
static const char *const TONE_WORDS[] = {"none", "green", "amber", "red", "grey"};

static void event_text(struct run *run, const struct event *event)
{
    static const char *const HOWS[] = {"scanned", "typed", "touched", "act"};
    char                     order[LINE_REF_TEXT];
    line_ref_short(event->sheet.line, order);
    if (event->has_sheet)
        buf_fmt(&run->events, " | %s %s op%d n%d", event_kind_word(event->kind), order, event->op, event->count);
    else
        buf_fmt(&run->events, " | %s", event_kind_word(event->kind));
    for (int i = 0; i < event->piece_count; i++) buf_fmt(&run->events, " p%d", event->pieces[i]);
    for (int i = 0; i < event->bad_count; i++) {
        buf_fmt(&run->events, " bad%dx%d", event->bad[i].reason, event->bad[i].count);
        if (event->bad[i].op != 0) buf_fmt(&run->events, "@%d", event->bad[i].op);
    }
    buf_str(&run->events, " by");
    for (int i = 0; i < event->worker_count; i++) {
        buf_fmt(&run->events, "%s%d", i > 0 ? "," : "", event->workers[i].number);
        assert_int_equal(event->workers[i].share, 1);
    }
    if (event->crew[0] != '\0') buf_fmt(&run->events, " crew%s", event->crew);
    if (event->rework) buf_str(&run->events, " rework");
    if (event->before_stop) buf_str(&run->events, " before");
    if (event->has_refers) buf_fmt(&run->events, " of%d", event->refers.bytes[0]);
    buf_fmt(&run->events, " %s %s", HOWS[event->how], TONE_WORDS[event->tone]);
    if (event->note[0] != '\0') buf_fmt(&run->events, " '%s'", event->note);
}

static void open_line(struct run *run, int64_t line, enum event_how how);

static void step(struct run *run, struct input *input)
{
    input->mono_ms = run->now_ms;
    flow_step(&run->flow, input, &run->effect);
    if (run->effect.sound != SOUND_NONE) run->sound = run->effect.sound;
    if (run->effect.open_line != 0) {
        open_line(run, run->effect.open_line, run->effect.open_how);
        return;
    }
    if (!run->effect.save) return;
    assert_int_equal(run->flow.screen, SCREEN_SAVING);
    assert_false(flow_takes(&run->flow));
    struct input answer = {.kind = run->is_full ? INPUT_NOT_SAVED : INPUT_SAVED};
    if (run->is_full) {
        answer.say = SAY("flow.many");
    } else {
        event_text(run, &run->effect.event);
        answer.seq = ++run->made;
        answer.name.bytes[0] = (uint8_t)run->made;
    }
    step(run, &answer);
}

static void state_step(struct run *run)
{
    step(run, &(struct input){.kind = INPUT_STATE, .state = run->state});
}

static void scan_code(struct run *run, struct code code, const struct found *found)
{
    char text[CODE_TEXT_MAX];
    code_write(&code, text);
    memcpy(code.digits, text, sizeof text);
    struct input input = {.kind = INPUT_SCAN, .how = run->is_typed ? HOW_TYPED : HOW_SCANNED, .code = code};
    if (found != NULL) input.found = *found;
    step(run, &input);
}

/* What the station answers: the line's newest sheet, as if it had been scanned. */
static void open_line(struct run *run, int64_t line, enum event_how how)
{
    struct input input = {.kind = INPUT_SCAN, .how = how, .code = {.kind = CODE_SHEET}};
    input.found.has_sheet = true;
    input.found.sheet = sheet_of(line_ref_of_key(line).serial);
    input.code.sheet = input.found.sheet.ref;
    step(run, &input);
}

static void scan_badge(struct run *run, int n)
{
    struct found found = {.has_worker = true, .worker = worker_of(n)};
    if (run->flow.has_sheet) {
        found.has_sheet = true;
        found.sheet = run->flow.sheet.is_special ? run->flow.sheet : sheet_of(run->flow.sheet.ref.line.serial);
    }
    scan_code(run, (struct code){.kind = CODE_BADGE, .badge = 100 + n}, &found);
}

static void scan_sheet(struct run *run, int n, int piece)
{
    struct found found = {.has_sheet = true, .sheet = sheet_of(n)};
    struct code  code = {.kind = piece > 0 ? CODE_PIECE : CODE_SHEET, .sheet = found.sheet.ref, .piece = piece};
    if (piece > 0) code.sheet.copy = found.sheet.ref.copy = 0;
    scan_code(run, code, piece > 0 ? &(struct found){.has_sheet = true, .sheet = found.sheet} : &found);
}

static enum action action_of(const char *word)
{
    static const struct {
        const char *word;
        enum action action;
    } WORDS[] = {
        {"SAVE",      ACTION_SAVE       },
        {"UNDO",      ACTION_UNDO       },
        {"LOOK",      ACTION_LOOK       },
        {"BACK",      ACTION_BACK       },
        {"COUNT",     ACTION_COUNT      },
        {"DIGIT",     ACTION_DIGIT      },
        {"ERASE",     ACTION_ERASE      },
        {"OP",        ACTION_OP         },
        {"BAD",       ACTION_BAD        },
        {"WORKER",    ACTION_WORKER     },
        {"SETUP",     ACTION_SETUP      },
        {"OUT",       ACTION_OUT        },
        {"JOIN",      ACTION_JOIN       },
        {"CHANGE",    ACTION_CHANGE     },
        {"YES",       ACTION_YES        },
        {"NO",        ACTION_NO         },
        {"BEFORE",    ACTION_MADE_BEFORE},
        {"LANGUAGE",  ACTION_LANGUAGE   },
        {"MONEY",     ACTION_MONEY      },
        {"OTHER",     ACTION_OTHER      },
        {"REWORK",    ACTION_REWORK     },
        {"DIFFERENT", ACTION_DIFFERENT  },
        {"LEAVE",     ACTION_LEAVE      },
        {"FAULT",     ACTION_FAULT      },
        {"OPENING",   ACTION_OPENING    },
        {"NUMBER",    ACTION_NUMBER     },
        {"OPEN",      ACTION_OPEN       },
        {"ALL",       ACTION_ALL        },
        {"COLLECT",   ACTION_COLLECT    },
        {"ORDER",     ACTION_ORDER      },
        {"BOARD",     ACTION_BOARD      },
        {"DAY",       ACTION_DAY        },
        {"ANSWER",    ACTION_ANSWER     },
        {"STRANGE",   (enum action)777  },
    };
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        if (strcmp(WORDS[i].word, word) == 0) return WORDS[i].action;
    fail_msg("no action %s", word);
    return ACTION_NONE;
}

/* stop: 304 is stopped, and this station works on it; stops: the line and its order; far: elsewhere; lift: none. */
static bool run_stops(struct run *run, const char *word)
{
    struct input input = {.kind = INPUT_STOPS};
    int          count = strcmp(word, "stop") == 0 || strcmp(word, "far") == 0 ? 1 : strcmp(word, "stops") == 0 ? 2 : 0;
    if (count == 0 && strcmp(word, "lift") != 0) return false;
    for (int i = 0; i < count; i++) {
        struct found_stop *stop = &input.stops.stops[input.stops.count++];
        *stop = (struct found_stop){
            .what = {2603, 4, i == 0},
              .at = {2603, 4, 1     },
              .at_ms = 1000 + i, .is_here = strcmp(word, "far") != 0
        };
    }
    step(run, &input);
    return true;
}

/* ask: the office asks about 301-1; asks: and about 302-1; told: not any more. */
static bool run_asks(struct run *run, const char *word)
{
    struct input input = {.kind = INPUT_ASKED};
    int          count = strcmp(word, "ask") == 0 ? 1 : strcmp(word, "asks") == 0 ? 2 : 0;
    if (count == 0 && strcmp(word, "told") != 0) return false;
    for (int i = 0; i < count; i++)
        input.asked.rows[i] = (struct found_question){
            .id = 7 + i, .line = {2603, 1 + i, 1},
                   .at_ms = 1000 + i
        };
    input.asked.all = input.asked.count = count;
    step(run, &input);
    return true;
}

static void run_word(struct run *run, char *word)
{
    if (run_stops(run, word) || run_asks(run, word)) return;
    char *value = strchr(word, '=');
    if (value != NULL) *value++ = '\0';
    int64_t number = value != NULL ? strtoll(value, NULL, 10) : 0;
    if (strcmp(word, "ms") == 0) {
        run->now_ms += number;
        step(run, &(struct input){.kind = INPUT_TIME});
    } else if (strcmp(word, "full") == 0 || strcmp(word, "free") == 0) {
        run->is_full = word[1] == 'u';
    } else if (strcmp(word, "typed") == 0) {
        run->is_typed = true;
    } else if (strcmp(word, "stay") == 0 || strcmp(word, "shift") == 0) {
        run->state.sign_out_s = word[1] == 't' ? 60 : SIGN_OUT_SHIFT_S;
        state_step(run);
    } else if (strcmp(word, "night") == 0 || strcmp(word, "day") == 0) {
        snprintf(run->state.shift, sizeof run->state.shift, "%s", word);
        state_step(run);
    } else if (strcmp(word, "rows") == 0) {
        run->state.can_touch_rows = true;
        state_step(run);
    } else if (strcmp(word, "note") == 0) {
        scan_code(run,
                  (struct code){
                      .kind = CODE_NOTE, .note = {2603, 1, 1}
        },
                  NULL);
    } else if (strcmp(word, "bad") == 0) {
        step(run, &(struct input){.kind = INPUT_BAD_CODE, .say = SAY("code.check")});
    } else if (word[0] == '#') {
        struct code_command command = {.action = (int)action_of(word + 1), .argument = number};
        scan_code(run, (struct code){.kind = CODE_COMMAND, .command = command}, NULL);
    } else if (word[0] == 'b') {
        scan_badge(run, word[1] - '0');
    } else if (strcmp(word, "lines") == 0) {
        struct input lines = {.kind = INPUT_LINES, .lines = {.count = (int)number}};
        assert_true(run->effect.ask_lines);
        for (int i = 0; i < number; i++) lines.lines.rows[i].line = (struct line_ref){2603, 2, 1 + i};
        step(run, &lines);
    } else if (word[0] == 'd') {
        struct found found = {.has_sheet = true, .sheet = sheet_of(word[1] - '0')};
        found.sheet.is_special = found.sheet.ops[1].is_opening_asked = true;
        snprintf(found.sheet.opening, sizeof found.sheet.opening, "右外开");
        scan_code(run, (struct code){.kind = CODE_SHEET, .sheet = found.sheet.ref}, &found);
    } else if (word[0] == 's') {
        scan_sheet(run, (int)strtol(word + 1, NULL, 10), 0);
    } else if (word[0] == 'p') {
        scan_sheet(run, 1, word[1] - '0');
    } else {
        step(run,
             &(struct input){.kind = INPUT_TAP, .how = HOW_TOUCHED, .action = action_of(word), .argument = number});
    }
}

static void run_script(struct run *run, const char *script)
{
    memset(run, 0, sizeof *run);
    run->now_ms = 1000;
    flow_start(&run->flow, run->now_ms);
    run->state = (struct found_state){.station = "S1", .day = 20000, .shift = "day", .wall_ms = 1000};
    state_step(run);
    char copy[512], *rest = NULL;
    snprintf(copy, sizeof copy, "%s", script);
    for (char *word = strtok_r(copy, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest)) run_word(run, word);
}

/* ---- Rows */

struct flow_row {
    const char *name, *script, *end; /* "screen tone say-id | event | event" */
};

/* clang-format off */
static const struct flow_row FLOWS[] = {
    {"nothing",          "",                 "idle none -"},
    {"badge",            "b1",               "worker none -"},
    {"sheet is looked at", "s1",               "sheet none -"},
    {"badge, sheet",     "b1 s1",            "count none -"},
    {"sheet, badge",     "s1 b1",            "count none -"},
    {"number, save",     "b1 s1 COUNT=3 SAVE", "saved green - | report 301-1 op20 n3 by1 touched green"},
    {"number, own badge", "b1 s1 COUNT=3 b1", "saved green - | report 301-1 op20 n3 by1 touched green"},
    {"one left: no touch", "b1 s2",            "saved green - | report 302-1 op20 n1 by1 scanned green"},
    {"one left, sheet first", "s2 b1",            "saved green - | report 302-1 op20 n1 by1 scanned green"},
    {"typed",            "typed b1 s2",      "saved green - | report 302-1 op20 n1 by1 typed green"},
    {"label: no touch",  "b1 p1",            "saved green - | report 301-1 op20 n1 p1 by1 scanned green"},
    {"label after label", "stay b1 p1 p2",
     "saved green - | report 301-1 op20 n1 p1 by1 scanned green | report 301-1 op20 n1 p2 by1 scanned green"},
    {"same label again asks", "stay b1 p1 p1",    "question none - | report 301-1 op20 n1 p1 by1 scanned green"},
    {"keypad",           "b1 s1 DIFFERENT DIGIT=1 DIGIT=2 SAVE",
     "saved green - | report 301-1 op20 n12 by1 touched green"},
    {"keypad, erased",   "b1 s1 DIGIT=1 DIGIT=2 ERASE SAVE", "saved green - | report 301-1 op20 n1 by1 touched green"},
    {"keypad, cleared",  "b1 s1 DIGIT=1 DIGIT=2 ERASE=1 DIGIT=4 SAVE",
     "saved green - | report 301-1 op20 n4 by1 touched green"},
    {"bad by reason",    "b1 s1 BAD=3 COUNT=1 COUNT=4 SAVE",
     "saved green - | report 301-1 op20 n4 bad3x1 by1 touched green"},
    {"bad, two reasons", "b1 s1 COUNT=4 BAD=3 COUNT=1 BAD=5 COUNT=2 SAVE",
     "saved green - | report 301-1 op20 n4 bad3x1 bad5x2 by1 touched green"},
    {"reason again is none", "b1 s1 COUNT=4 BAD=3 COUNT=1 BAD=3 SAVE",
     "saved green - | report 301-1 op20 n4 by1 touched green"},
    {"reason, keypad, done", "b1 s1 COUNT=12 BAD=3 DIGIT=1 DIGIT=0 SAVE SAVE",
     "saved green - | report 301-1 op20 n12 bad3x10 by1 touched green"},
    {"more bad than all", "b1 s1 COUNT=2 BAD=3 COUNT=3 SAVE", "refused red flow.bad_over"},
    {"then it is mended", "b1 s1 COUNT=2 BAD=3 COUNT=3 SAVE BACK COUNT=3 SAVE",
     "saved green - | report 301-1 op20 n3 bad3x3 by1 touched green"},
    {"rework",           "b1 s1 REWORK COUNT=14 SAVE",
     "saved green - | report 301-1 op20 n14 by1 rework touched green"},

    {"zero",             "b1 s1 SAVE",       "refused red flow.zero"},
    {"zero by own badge", "b1 s1 b1",         "refused red flow.zero"},
    {"zero by card",     "b1 s1 #COUNT=0",   "refused red flow.zero"},
    {"zero, then good",  "b1 s1 #COUNT=0 #COUNT=2", "saved green - | report 301-1 op20 n2 by1 scanned green"},
    {"a million and one", "b1 s1 #COUNT=1000001", "refused red flow.many"},
    {"over: said before", "b1 s1 COUNT=13",   "count none flow.over"},
    {"over: held",       "b1 s1 COUNT=13 SAVE", "saved amber flow.held_over | report 301-1 op20 n13 by1 touched amber"},
    {"all done: asks",   "b1 s9",            "count none -"},
    {"unknown sheet",    "b1 s6 COUNT=2 SAVE", "saved amber flow.held_sheet | report 306-1 op0 n2 by1 touched amber"},
    {"newer revision",   "b1 s7 COUNT=2 SAVE", "saved amber flow.held_newer | report 307-1 op20 n2 by1 touched amber"},
    {"unknown badge",    "b8 s1 COUNT=2 SAVE", "saved amber flow.held_badge | report 301-1 op20 n2 by0 touched amber"},
    {"revoked badge",    "b7 s1 COUNT=2 SAVE",
     "saved amber flow.held_revoked | report 301-1 op20 n2 by7 touched amber"},
    {"stopped",          "b1 s4",            "refused red flow.stopped"},
    {"stopped, nobody",  "s4",               "refused red flow.stopped"},
    {"stopped, touched", "b1 s4 BACK",       "idle none -"},
    {"stopped, next scan", "b1 s4 s1 COUNT=1 SAVE", "saved green - | report 301-1 op20 n1 by1 touched green"},
    {"made before",      "b1 s4 BEFORE COUNT=2 SAVE",
     "saved amber flow.held_before | report 304-1 op20 n2 by1 before touched amber"},
    {"made before, by cards", "b1 s4 #BEFORE #COUNT=2",
     "saved amber flow.held_before | report 304-1 op20 n2 by1 before scanned amber"},
    {"made before, nobody", "s4 BEFORE COUNT=2 b1",
     "saved amber flow.held_before | report 304-1 op20 n2 by1 before touched amber"},
    {"made before, no badge", "s4 BEFORE COUNT=2 SAVE", "refused red flow.nobody"},
    {"void revision",    "b1 s5",            "refused red flow.void"},
    {"void, made before", "b1 s5 BEFORE COUNT=1 b1",
     "saved amber flow.held_before | report 305-1 op20 n1 by1 before touched amber"},
    {"no code of ours",  "bad",              "refused red code.check"},
    {"misread, then save", "b1 s1 COUNT=3 bad b1", "saved green - | report 301-1 op20 n3 by1 touched green"},
    {"misread, touched away", "b1 s1 COUNT=3 bad BACK", "count none -"},
    {"red, a card leads back", "b1 s1 COUNT=3 bad #BACK", "count none -"},
    {"red waits",        "bad ms=3600000",   "refused red code.check"},
    {"a delivery note",  "b1 note",          "refused red flow.not_here"},
    {"a card out of place", "#OP=20",           "refused red flow.card_now"},
    {"green holds no card up", "b1 s2 #SETUP", "setup none - | report 302-1 op20 n1 by1 scanned green"},
    {"nor does it mend one", "b1 s2 #OP=20", "refused red flow.card_now | report 302-1 op20 n1 by1 scanned green"},
    {"a strange card",   "b1 s1 COUNT=2 #STRANGE b1", "saved green - | report 301-1 op20 n2 by1 touched green"},
    {"a late finger",    "OP=20",            "idle none -"},

    {"several here",     "b1 s3",            "operation none -"},
    {"the proposed one", "b1 s3 SAVE COUNT=2 SAVE", "saved green - | report 303-1 op20 n2 by1 touched green"},
    {"his usual one",    "b9 s3 SAVE COUNT=2 SAVE", "saved green - | report 303-1 op30 n2 by9 touched green"},
    {"another one",      "b1 s3 OP=20 OP=30 SAVE COUNT=2 SAVE",
     "saved green - | report 303-1 op30 n2 by1 touched green"},
    {"both",             "b1 s3 OP=30 SAVE COUNT=2 SAVE",
     "saved green - | report 303-1 op20 n2 by1 touched green | report 303-1 op30 n2 by1 touched green"},
    {"both, one over",   "b1 s3 OP=30 SAVE COUNT=13 SAVE",
     "saved amber flow.held_over | report 303-1 op20 n13 by1 touched amber | report 303-1 op30 n13 by1 touched "
     "green"},
    {"both undone",      "b1 s3 OP=30 SAVE COUNT=2 SAVE UNDO",
     "saved green - | report 303-1 op20 n2 by1 touched green | report 303-1 op30 n2 by1 touched green"
     " | undo 303-1 op30 n0 by1 of2 touched green | undo 303-1 op20 n0 by1 of1 touched green"},
    {"by card",          "b1 s3 #OP=30 #COUNT=2", "saved green - | report 303-1 op30 n2 by1 scanned green"},
    {"own badge goes on", "b1 s3 b1 COUNT=2 b1", "saved green - | report 303-1 op20 n2 by1 touched green"},
    {"nothing here",     "b1 s8",            "operation none flow.none_here"},
    {"dead neighbour",   "b1 s8 OP=20 SAVE COUNT=2 SAVE", "saved green - | report 308-1 op20 n2 by1 touched green"},
    {"other station",    "b1 s1 BACK s3 OTHER OP=10 SAVE COUNT=1 SAVE",
     "saved amber flow.held_over | report 303-1 op10 n1 by1 touched amber"},

    {"look",             "b1 LOOK s1",       "sheet none -"},
    {"look, then report", "b1 LOOK s1 SAVE COUNT=1 SAVE", "saved green - | report 301-1 op20 n1 by1 touched green"},
    {"look, own badge",  "b1 LOOK s2 b1",    "saved green - | report 302-1 op20 n1 by1 scanned green"},
    {"look before the badge", "#LOOK s1",         "sheet none -"},
    {"look from count",  "b1 s1 LOOK",       "sheet none -"},
    {"look at a stopped one", "b1 LOOK s4",       "sheet none -"},
    {"looking isn't kept", "b1 LOOK s1 BACK s2", "saved green - | report 302-1 op20 n1 by1 scanned green"},

    {"second badge asks", "b1 b2",            "question none -"},
    {"join",             "b1 b2 JOIN s1 COUNT=3 SAVE",
     "saved green - | join by1,2 crewA scanned none | report 301-1 op20 n3 by1,2 crewA touched green"},
    {"join by badge",    "b1 b2 b2 s1 #COUNT=3", "saved green - | join by1,2 crewA scanned none | report 301-1 op20 n3 by1,2 crewA scanned green"},
    {"two crews",        "b1 b3 JOIN s1 COUNT=3 SAVE",
     "saved green - | join by1,3 scanned none | report 301-1 op20 n3 by1,3 touched green"},
    {"join at the count", "b1 s1 COUNT=3 b2 JOIN SAVE",
     "saved green - | join by1,2 crewA scanned none | report 301-1 op20 n3 by1,2 crewA touched green"},
    {"change",           "b1 b2 CHANGE s1 COUNT=3 SAVE", "saved green - | report 301-1 op20 n3 by2 touched green"},
    {"change at the count", "b1 s1 COUNT=3 b3 CHANGE b3", "saved green - | report 301-1 op20 n3 by3 touched green"},
    {"neither",          "b1 s1 COUNT=3 b2 BACK b1", "saved green - | report 301-1 op20 n3 by1 touched green"},
    {"sheet before answer", "b1 b2 s2 JOIN",
     "saved green - | report 302-1 op20 n1 by1,2 crewA touched green | join by1,2 crewA scanned none"},
    {"a crew stays",     "b1 b2 JOIN s2 ms=1200 ms=90000 s1 COUNT=1 SAVE",
     "saved green - | join by1,2 crewA scanned none | report 302-1 op20 n1 by1,2 crewA scanned green"
     " | report 301-1 op20 n1 by1,2 crewA touched green"},
    {"a crew is seen",   "b1 b2 JOIN",       "crew none flow.joined | join by1,2 crewA scanned none"},
    {"a crew's shift ends", "b1 b2 JOIN night s2", "sheet none - | join by1,2 crewA scanned none | leave by1,2 crewA scanned none"},
    {"a shift ends in hand", "b1 b2 JOIN s1 night COUNT=3 SAVE ms=1200 s1",
     "sheet none - | join by1,2 crewA scanned none | report 301-1 op20 n3 by1,2 crewA touched green | leave by1,2 crewA scanned none"},
    {"a shift ends, left", "b1 b2 JOIN s1 night BACK s1", "sheet none - | join by1,2 crewA scanned none | leave by1,2 crewA scanned none"},
    {"one stays for a shift", "shift b1 ms=3600000 s1 COUNT=3 night SAVE ms=1200 s1",
     "sheet none - | report 301-1 op20 n3 by1 touched green"},
    {"one badge: chosen", "b1 b2 JOIN ms=10 b1", "crew none - | join by1,2 crewA scanned none"},
    {"a nervous badge",  "b1 b2 JOIN ms=10 b1 ms=100 b1", "crew none - | join by1,2 crewA scanned none"},
    {"one leaves the crew", "b1 b2 JOIN ms=10 b1 ms=1500 b1 s2",
     "saved green - | join by1,2 crewA scanned none | leave by1,2 crewA scanned none | report 302-1 op20 n1 by2 scanned green"},
    {"one leaves by touch", "b1 b2 JOIN LEAVE=2 LEAVE s2",
     "saved green - | join by1,2 crewA scanned none | leave by1,2 crewA scanned none | report 302-1 op20 n1 by1 scanned green"},
    {"chosen, not chosen", "b1 b2 JOIN LEAVE=2 LEAVE=2 LEAVE", "crew none - | join by1,2 crewA scanned none"},
    {"one leaves by card", "b1 b2 JOIN #LEAVE=1", "crew none flow.left_crew | join by1,2 crewA scanned none | leave by1,2 crewA scanned none"},
    {"nobody of that number", "b1 b2 JOIN #LEAVE=3", "refused red flow.card_now | join by1,2 crewA scanned none"},
    {"a third joins and goes", "b1 b2 JOIN b3 JOIN b3 ms=1500 b3",
     "crew none flow.left_crew | join by1,2 crewA scanned none | join by3 scanned none | leave by3 scanned none"},
    {"a join taken back", "b1 b2 JOIN UNDO s2",
     "saved green - | join by1,2 crewA scanned none | leave by1,2 crewA scanned none | report 302-1 op20 n1 by1 scanned green"},
    {"a leave taken back", "b1 b2 JOIN #LEAVE=1 UNDO s2",
     "saved green - | join by1,2 crewA scanned none | leave by1,2 crewA scanned none | join by1,2 crewA scanned none | report 302-1 op20 n1 by1,2 crewA scanned green"},
    {"not after 2 minutes", "stay b1 b2 JOIN ms=50000 s1 BACK ms=50000 s1 BACK ms=30000 WORKER UNDO",
     "refused red flow.undo_none | join by1,2 crewA scanned none"},
    {"a crew changes",   "b1 b2 JOIN BACK b3 CHANGE s2",
     "saved green - | join by1,2 crewA scanned none | leave by1,2 crewA scanned none | report 302-1 op20 n1 by3 scanned green"},
    {"a crew signs out", "b1 b2 JOIN OUT s2", "sheet none - | join by1,2 crewA scanned none | leave by1,2 crewA scanned none"},
    {"a crew goes home", "b1 b2 JOIN ms=60000 ms=43200000 s2", "sheet none - | join by1,2 crewA scanned none | leave by1,2 crewA scanned none"},
    {"crew, disk full",  "b1 full b2 JOIN",  "refused red flow.many"},
    {"crew, disk full, then free", "b1 full b2 JOIN free BACK s2",
     "saved green - | report 302-1 op20 n1 by1 scanned green"},
    {"leaves, disk full", "b1 b2 JOIN full OUT free b1 s2",
     "saved green - | join by1,2 crewA scanned none | report 302-1 op20 n1 by1 scanned green"},
    {"a member's own page", "b1 b2 JOIN LEAVE=2 WORKER=2", "worker none - | join by1,2 crewA scanned none"},
    {"his PIN, not another's", "b1 b2 JOIN WORKER=2 MONEY", "worker none flow.no_pin | join by1,2 crewA scanned none"},
    {"crew of 3, one scan", "b1 b2 JOIN b3 JOIN s2 ms=1200 s2",
     "question none - | join by1,2 crewA scanned none | join by3 scanned none | report 302-1 op20 n1 by1,2,3 scanned green"},

    {"all of it",        "b1 s1 ALL",        "saved green - | report 301-1 op20 n12 by1 touched green"},
    {"12 with 1 bad: 4 in all", "b1 s1 BAD=3 ALL", "saved green - | report 301-1 op20 n12 bad3x1 by1 touched green"},
    {"the same by cards", "b1 s1 #BAD=3 #ALL", "saved green - | report 301-1 op20 n12 bad3x1 by1 scanned green"},
    {"all, as the key said", "b1 s1 ALL=11",     "saved green - | report 301-1 op20 n11 by1 touched green"},
    {"all of nothing",   "b1 s9 ALL",        "count none -"},
    {"a reason is one",  "b1 s1 COUNT=4 BAD=3 SAVE", "saved green - | report 301-1 op20 n4 bad3x1 by1 touched green"},
    {"own fault",        "b1 s1 COUNT=4 BAD=3 FAULT=20 COUNT=2 SAVE",
     "saved green - | report 301-1 op20 n4 bad3x2@20 by1 touched green"},
    {"an operation before", "b1 s1 COUNT=4 BAD=3 FAULT=10 SAVE",
     "saved green - | report 301-1 op20 n4 bad3x1@10 by1 touched green"},
    {"the material",     "b1 s1 BAD=3 FAULT=9999 ALL",
     "saved green - | report 301-1 op20 n12 bad3x1@9999 by1 touched green"},
    {"a fault taken back", "b1 s1 COUNT=4 BAD=3 FAULT=10 FAULT=10 SAVE",
     "saved green - | report 301-1 op20 n4 bad3x1 by1 touched green"},
    {"a fault by card",  "b1 s1 #BAD=3 #FAULT=10 #ALL",
     "saved green - | report 301-1 op20 n12 bad3x1@10 by1 scanned green"},
    {"one after it isn't to blame", "b1 s1 COUNT=4 BAD=3 FAULT=30 SAVE",
     "saved green - | report 301-1 op20 n4 bad3x1 by1 touched green"},
    {"done, then counted", "b1 s1 BAD=3 DIGIT=2 YES DIGIT=9 SAVE",
     "saved green - | report 301-1 op20 n9 bad3x2 by1 touched green"},
    {"nobody's fault yet", "b1 s1 #FAULT=10",  "refused red flow.card_now"},

    {"opening: asked",   "b1 d1",            "check none -"},
    {"opening: right",   "b1 d1 OPENING=3 COUNT=3 SAVE", "saved green - | report 301-1 op20 n3 by1 touched green"},
    {"opening: by card", "b1 d1 #OPENING=3 #COUNT=3", "saved green - | report 301-1 op20 n3 by1 scanned green"},
    {"opening: count first", "b1 #COUNT=3 d1 #OPENING=3", "saved green - | report 301-1 op20 n3 by1 scanned green"},
    {"opening: wrong",   "b1 d1 OPENING=1",  "refused red flow.opening_wrong"},
    {"opening: then right", "b1 d1 OPENING=1 BACK OPENING=3", "count none -"},
    {"opening: no card", "b1 d1 #OPENING=5", "refused red flow.card_now"},
    {"opening: own badge isn't an answer", "b1 d1 b1",         "check none -"},
    {"opening: once",    "stay b1 d1 OPENING=3 COUNT=3 SAVE ms=40000 d1",
     "count none - | report 301-1 op20 n3 by1 touched green"},
    {"opening: another asks again", "b1 d1 OPENING=3 COUNT=3 SAVE ms=1200 b3 d1",
     "check none - | report 301-1 op20 n3 by1 touched green"},
    {"opening: looked at", "d1",               "sheet none -"},
    {"opening: of a second badge", "b1 d1 b2 JOIN",    "check none - | join by1,2 crewA scanned none"},

    {"typed: a pad",     "NUMBER",           "number none -"},
    {"typed: nothing",   "NUMBER YES",       "number none flow.number_empty"},
    {"typed: not here",  "NUMBER DIGIT=9 DIGIT=0 DIGIT=1 YES lines=0", "number none flow.number_none"},
    {"typed: one",       "b1 NUMBER DIGIT=3 DIGIT=0 DIGIT=2 YES lines=1", "saved green - | report 302-1 op20 n1 by1 typed green"},
    {"typed: several",   "b1 NUMBER DIGIT=3 DIGIT=0 DIGIT=2 YES lines=3", "number none -"},
    {"typed: chosen",    "b1 NUMBER DIGIT=3 DIGIT=0 DIGIT=2 YES lines=3 OPEN=2603000201",
     "saved green - | report 302-1 op20 n1 by1 typed green"},
    {"typed: back to the pad", "b1 NUMBER DIGIT=3 YES lines=3 BACK DIGIT=1", "number none -"},
    {"typed: nobody",    "NUMBER DIGIT=3 DIGIT=0 DIGIT=2 YES lines=1 b1",
     "saved green - | report 302-1 op20 n1 by1 typed green"},
    {"typed: badge between", "NUMBER DIGIT=3 b1 YES lines=1", "saved green - | report 302-1 op20 n1 by1 typed green"},
    {"typed: by cards",  "b1 #NUMBER #DIGIT=3 #DIGIT=0 #DIGIT=2 #YES lines=1",
     "saved green - | report 302-1 op20 n1 by1 typed green"},
    {"typed: left",      "NUMBER DIGIT=3 ms=60000 s1", "sheet none -"},
    {"a row isn't touched here", "b1 BACK OPEN=2603000201", "idle none -"},
    {"a row is touched", "rows b1 BACK OPEN=2603000201", "saved green - | report 302-1 op20 n1 by1 touched green"},

    /* [R26] kiosk/flow/question.c: the paper in place of which another was printed asks. */
    {"replaced asks",    "b1 s11",     "question none -"},
    {"replaced: whoever only looks isn't asked", "s11", "sheet none -"},
    {"replaced: handed in", "b1 s11 YES", "kept green - | collect 311-1 op0 n0 by1 touched green"},
    {"replaced: go on",  "b1 s11 NO COUNT=3 SAVE", "saved green - | report 311-1 op20 n3 by1 touched green"},
    {"replaced: back",   "b1 s11 BACK", "idle none -"},
    {"replaced: collected by its own way", "COLLECT s11 b1", "kept green - | collect 311-1 op0 n0 by1 scanned green"},
    /* [R3] kiosk/flow/count.c: some doors are stopped, the rest goes on, what exceeds it is said and held. */
    {"two doors stopped: the rest", "b1 s12 COUNT=10 SAVE", "saved green - | report 312-1 op20 n10 by1 touched green"},
    {"two doors stopped: more is held", "b1 s12 COUNT=11", "count none flow.over_stopped"},
    {"two doors stopped: more is saved", "b1 s12 COUNT=11 SAVE", "saved amber flow.held_over | report 312-1 op20 n11 by1 touched amber"},

    {"again asks",       "b1 s1 COUNT=1 SAVE ms=20000 b1 s1",
     "question none - | report 301-1 op20 n1 by1 touched green"},
    {"again, sheet first", "b1 s1 COUNT=1 SAVE ms=20000 s1 b1",
     "question none - | report 301-1 op20 n1 by1 touched green"},
    {"again: yes",       "b1 s1 COUNT=1 SAVE b1 s1 YES COUNT=2 SAVE",
     "saved green - | report 301-1 op20 n1 by1 touched green | report 301-1 op20 n2 by1 touched green"},
    {"again: mistake",   "b1 s1 COUNT=1 SAVE b1 s1 NO",
     "idle none flow.again_no | report 301-1 op20 n1 by1 touched green"},
    {"later: no question", "b1 s1 COUNT=1 SAVE ms=31000 b1 s1",
     "count none - | report 301-1 op20 n1 by1 touched green"},
    {"another one: none", "b1 s1 COUNT=1 SAVE b3 s1", "count none - | report 301-1 op20 n1 by1 touched green"},

    {"two at once: asked who", "b1 b3 s1",         "question none -"},
    {"two at once: his badge, their sheet", "b1 s1 b3 s2 CHANGE", "saved green - | report 302-1 op20 n1 by3 touched green"},
    {"two at once: three badges", "b1 b2 b3 CHANGE s2", "saved green - | report 302-1 op20 n1 by3 scanned green"},
    {"two at once: both report", "b1 s2 b3 s9 #COUNT=1",
     "saved amber flow.held_over | report 302-1 op20 n1 by1 scanned green | report 309-1 op20 n1 by3 scanned amber"},
    {"12 sheets in a row", "stay b1 p1 p2 p3 p4 p5 p6 p7 p8 p9",
     "saved green - | report 301-1 op20 n1 p1 by1 scanned green | report 301-1 op20 n1 p2 by1 scanned green"
     " | report 301-1 op20 n1 p3 by1 scanned green | report 301-1 op20 n1 p4 by1 scanned green"
     " | report 301-1 op20 n1 p5 by1 scanned green | report 301-1 op20 n1 p6 by1 scanned green"
     " | report 301-1 op20 n1 p7 by1 scanned green | report 301-1 op20 n1 p8 by1 scanned green"
     " | report 301-1 op20 n1 p9 by1 scanned green"},
    {"sheets shot past the count", "b1 s1 s3 s7 s8 COUNT=2", "operation none flow.none_here"},
    {"another factory's sheet", "b1 s6 #COUNT=3",
     "saved amber flow.held_sheet | report 306-1 op0 n3 by1 scanned amber"},
    {"a badge of somebody who left", "b7 s2",
     "saved amber flow.held_revoked | report 302-1 op20 n1 by7 scanned amber"},
    {"he joins others",  "b1 b7 JOIN s2",
     "saved amber flow.held_revoked | join by1,7 scanned none | report 302-1 op20 n1 by1,7 scanned amber"},
    {"a torn code, then whole", "b1 bad s2",      "saved green - | report 302-1 op20 n1 by1 scanned green"},
    {"a torn badge",     "bad b1 s2",        "saved green - | report 302-1 op20 n1 by1 scanned green"},
    {"a torn code at the check", "b1 d1 bad OPENING=3 BACK OPENING=3", "count none -"},
    {"a torn code at the number", "NUMBER DIGIT=3 DIGIT=0 bad BACK DIGIT=1", "number none -"},
    {"a finger comes down twice", "b1 s1 COUNT=3 SAVE SAVE SAVE", "saved green - | report 301-1 op20 n3 by1 touched green"},
    {"a finger on a key that went", "b1 s1 BACK COUNT=3 SAVE OP=20 FAULT=10 OPENING=2 LEAVE=1 NO", "idle none flow.count_kept"},
    {"touches of nobody", "SAVE YES NO JOIN CHANGE OP=1 BAD=1 FAULT=1 LEAVE=1 ALL BEFORE OTHER REWORK", "idle none -"},
    {"a shift ends while the label is scanned", "b1 b2 JOIN night p1",
     "sheet none - | join by1,2 crewA scanned none | leave by1,2 crewA scanned none"},

    {"undo on green",    "b1 s2 UNDO",
     "saved green - | report 302-1 op20 n1 by1 scanned green | undo 302-1 op20 n0 by1 of1 touched green"},
    {"undo on the strip asks", "b1 s2 ms=1200 UNDO",
     "idle none flow.undo_badge | report 302-1 op20 n1 by1 scanned green"},
    {"undo card asks as well", "b1 s2 ms=1200 #UNDO",
     "idle none flow.undo_badge | report 302-1 op20 n1 by1 scanned green"},
    {"a stranger's badge", "b1 s2 ms=1200 UNDO b3", "worker none - | report 302-1 op20 n1 by1 scanned green"},
    {"asked, then folded", "b1 s2 ms=1200 UNDO BACK b1", "worker none - | report 302-1 op20 n1 by1 scanned green"},
    {"asked, then misread", "b1 s2 ms=1200 UNDO bad BACK b1", "worker none - | report 302-1 op20 n1 by1 scanned green"},
    {"asked in his language", "b1 s2 ms=1200 UNDO LANGUAGE b1",
     "saved green - | report 302-1 op20 n1 by1 scanned green | undo 302-1 op20 n0 by1 of1 touched green"},
    {"bad ones, a stranger", "b1 s2 ms=1200 BAD b3", "worker none - | report 302-1 op20 n1 by1 scanned green"},
    {"asked, then forgotten", "b1 s2 ms=1200 UNDO ms=15000 b1",
     "worker none - | report 302-1 op20 n1 by1 scanned green"},
    {"asked, then a sheet", "b1 s2 ms=1200 UNDO s1 b1", "count none - | report 302-1 op20 n1 by1 scanned green"},
    {"asked, then too late", "b1 s2 ms=1200 ms=118000 UNDO ms=2000 b1",
     "worker none - | report 302-1 op20 n1 by1 scanned green"},
    {"bad ones on the strip", "b1 s1 COUNT=3 SAVE ms=1200 BAD b1 BAD=2 COUNT=1 b1",
     "saved green - | report 301-1 op20 n3 by1 touched green | correct 301-1 op20 n3 bad2x1 by1 of1 touched green"},
    {"a reason's card there", "b1 s1 COUNT=3 SAVE ms=1200 #BAD=2 b1 COUNT=1 SAVE",
     "saved green - | report 301-1 op20 n3 by1 touched green | correct 301-1 op20 n3 bad2x1 by1 of1 touched green"},
    {"undo, badge",      "b1 s2 ms=1200 UNDO b1",
     "saved green - | report 302-1 op20 n1 by1 scanned green | undo 302-1 op20 n0 by1 of1 touched green"},
    {"undo by card",     "b1 s2 #UNDO",
     "saved green - | report 302-1 op20 n1 by1 scanned green | undo 302-1 op20 n0 by1 of1 scanned green"},
    {"undo, signed in again", "b1 s2 ms=1200 b1 UNDO",
     "saved green - | report 302-1 op20 n1 by1 scanned green | undo 302-1 op20 n0 by1 of1 touched green"},
    {"undo by another",  "b1 s2 b3 UNDO",    "refused red flow.undo_none | report 302-1 op20 n1 by1 scanned green"},
    {"undo after 2 minutes", "b1 s2 ms=1200 ms=120000 UNDO",
     "refused red flow.undo_none | report 302-1 op20 n1 by1 scanned green"},
    {"undo twice",       "b1 s2 UNDO UNDO",
     "refused red flow.undo_none | report 302-1 op20 n1 by1 scanned green | undo 302-1 op20 n0 by1 of1 touched "
     "green"},
    {"undone isn't signed in", "b1 s2 ms=1200 UNDO b1 ms=1200 s1",
     "sheet none - | report 302-1 op20 n1 by1 scanned green | undo 302-1 op20 n0 by1 of1 touched green"},
    {"it was bad",       "b1 s1 COUNT=3 SAVE BAD BAD=2 COUNT=1 SAVE",
     "saved green - | report 301-1 op20 n3 by1 touched green | correct 301-1 op20 n3 bad2x1 by1 of1 touched green"},
    {"corrected, undone", "b1 s1 COUNT=3 SAVE BAD BAD=2 COUNT=1 SAVE UNDO",
     "saved green - | report 301-1 op20 n3 by1 touched green | correct 301-1 op20 n3 bad2x1 by1 of1 touched green"
     " | undo 301-1 op20 n0 by1 of2 touched green"},
    {"correction left",  "b1 s1 COUNT=3 SAVE BAD BACK s2", "sheet none - | report 301-1 op20 n3 by1 touched green"},
    {"folded away",      "b1 s2 BACK BACK",  "idle none - | report 302-1 op20 n1 by1 scanned green"},

    {"disk full",        "b1 full s1 COUNT=3 SAVE", "refused red flow.many"},
    {"disk full, then free", "b1 full s1 COUNT=3 SAVE free BACK SAVE",
     "saved green - | report 301-1 op20 n3 by1 touched green"},
    {"disk full, one piece", "b1 full s2 free BACK SAVE", "saved green - | report 302-1 op20 n1 by1 touched green"},
    {"disk full at undo", "b1 s2 full UNDO BACK s1", "sheet none - | report 302-1 op20 n1 by1 scanned green"},

    {"signed out after", "b1 s2 s1",         "sheet none - | report 302-1 op20 n1 by1 scanned green"},
    {"stays where it is set", "stay b1 s2 s1",    "count none - | report 302-1 op20 n1 by1 scanned green"},
    {"times out",        "b1 s1 COUNT=3 ms=60000", "idle none -"},
    {"a stop interrupts", "stop",            "stopped red -"},
    {"not in mid-entry", "b1 s1 stop",       "count none -"},
    {"nor a sheet that is read", "s1 stop",  "sheet none -"},
    {"nor a card that waits", "#COUNT=3 stop", "idle none flow.count_kept"},
    {"but after it",     "b1 s2 stop ms=1200", "stopped red - | report 302-1 op20 n1 by1 scanned green"},
    {"a badge answers",  "stop b1",          "kept green - | ack 304-1 op0 n0 by1 scanned green"},
    {"any badge",        "stop b8",          "kept green - | ack 304-1 op0 n0 by0 scanned green"},
    {"and is signed in for nothing", "stop b1 ms=1200 s1", "sheet none - | ack 304-1 op0 n0 by1 scanned green"},
    {"one badge for line and order", "stops b1 ms=1200", "idle none - | ack 304-1 op0 n0 by1 scanned green"},
    {"touches don't",    "stop YES BACK #YES", "refused red flow.card_now"},
    {"nor time",         "stay b1 BACK stop ms=90000", "stopped red -"},
    {"a sheet is taken as usual", "stop s1", "sheet none -"},
    {"and it comes back", "stop s1 BACK",    "stopped red -"},
    {"not on the disk",  "full stop b1",     "refused red flow.many"},
    {"it waits on",      "full stop b1 free BACK b1", "kept green - | ack 304-1 op0 n0 by1 scanned green"},
    {"lifted",           "stop lift",        "idle none -"},
    {"a stop elsewhere", "far",              "idle none -"},
    {"handed in",        "b1 s4 COLLECT",    "kept green - | collect 304-1 op0 n0 by1 touched green"},
    {"handed in by card", "b1 s4 #COLLECT",  "kept green - | collect 304-1 op0 n0 by1 scanned green"},
    {"handed in, nobody", "s4 COLLECT",      "idle none flow.collect_badge"},
    {"then his badge",   "s4 COLLECT b2",    "kept green - | collect 304-1 op0 n0 by2 scanned green"},
    {"card, sheet, badge", "#COLLECT s5 b1", "kept green - | collect 305-1 op0 n0 by1 scanned green"},
    {"card, badge, sheet", "#COLLECT b1 s5", "kept green - | collect 305-1 op0 n0 by1 scanned green"},
    {"badge, card, sheet", "b1 #COLLECT s5", "kept green - | collect 305-1 op0 n0 by1 scanned green"},
    {"a valid one stays", "b1 #COLLECT s1",  "refused red flow.collect_valid"},
    {"a label stays",    "b1 #COLLECT p1",   "refused red flow.collect_valid"},
    {"no card in mid-entry", "b1 s1 COUNT=3 #COLLECT", "refused red flow.card_now"},
    {"collecting ends",  "#COLLECT ms=60000 b1 s1", "count none -"},
    {"an order, of the sheet", "s1 ORDER",   "order none -"},
    {"an order, then a sheet", "ORDER s1",   "order none -"},
    {"an old sheet's too", "ORDER s5",       "order none -"},
    {"a label's too",    "ORDER p1",         "order none -"},
    {"by card, signed in", "b1 #ORDER s1",   "order none -"},
    {"order after order", "s1 ORDER s4",     "order none -"},
    {"it reports nothing", "ORDER s2 b1",    "worker none -"},
    {"not in mid-entry (order)", "b1 s1 COUNT=3 #ORDER", "refused red flow.card_now"},
    {"back from it",     "ORDER s1 BACK s1", "sheet none -"},
    {"given up",         "ORDER ms=60000 s1", "sheet none -"},
    {"a board",          "BOARD",            "board none -"},
    {"the board's card", "#BOARD=3",         "board none -"},
    {"a page that isn't there", "BOARD=99",  "board none -"},
    {"back to its first page", "BOARD=3 BACK", "board none -"},
    {"and out",          "BOARD=3 BACK BACK", "idle none -"},
    {"who made how many", "BOARD=2 b1",      "board none flow.board_supervisor"},
    {"the supervisor's badge", "BOARD=2 b6", "board none -"},
    {"elsewhere a badge signs in", "BOARD b1", "worker none -"},
    {"a board is put away", "BOARD ms=60000", "idle none -"},
    {"a stop interrupts a board", "BOARD stop", "stopped red -"},
    /* [R9] kiosk/flow/asked.c: not in mid-entry, one touch, or a card. */
    {"the office asks",  "ask",              "asked none -"},
    {"one touch",        "ask ANSWER=1",     "kept green - | note 301-1 op0 n0 by touched green 'asked 7 working'"},
    {"today",            "ask ANSWER=2 ms=1200", "idle none - | note 301-1 op0 n0 by touched green 'asked 7 today'"},
    {"by card",          "ask #ANSWER=3",    "kept green - | note 301-1 op0 n0 by scanned green 'asked 7 material'"},
    {"not here",         "ask ANSWER=4",     "kept green - | note 301-1 op0 n0 by touched green 'asked 7 absent'"},
    {"no such answer",   "ask ANSWER=5 ANSWER=0", "asked none -"},
    {"two questions",    "asks ANSWER=2 ms=1200 ANSWER=4",
     "kept green - | note 301-1 op0 n0 by touched green 'asked 7 today' | note 302-1 op0 n0 by touched green 'asked 8 absent'"},
    {"nobody asks",      "#ANSWER=2",        "refused red flow.card_now"},
    {"told meanwhile",   "ask told",         "idle none -"},
    {"not in mid-entry (asked)", "b1 s1 ask", "count none -"},
    {"nor a card then",  "b1 s1 ask #ANSWER=2", "refused red flow.card_now"},
    {"the strip is seen first", "b1 s2 ask ms=7999", "idle none - | report 302-1 op20 n1 by1 scanned green"},
    {"then it asks",     "b1 s2 ask ms=1200 ms=6800", "asked none - | report 302-1 op20 n1 by1 scanned green"},
    {"by whoever is signed in", "stay b1 BACK ask ANSWER=1",
     "kept green - | note 301-1 op0 n0 by1 touched green 'asked 7 working'"},
    {"a badge comes first", "ask b1",        "worker none -"},
    {"so does a sheet",  "ask s1",           "sheet none -"},
    {"and it comes back (asked)", "ask s1 BACK", "asked none -"},
    {"later",            "ask BACK",         "idle none -"},
    {"is five minutes",  "ask BACK ms=299999 ms=1", "asked none -"},
    {"time doesn't answer", "ask ms=3600000", "asked none -"},
    {"a stop goes first", "ask stop",        "stopped red -"},
    {"the disk is full (asked)", "full ask ANSWER=1", "refused red flow.many"},
    {"and it asks again", "full ask ANSWER=1 free BACK", "asked none -"},
    {"timed out, nobody", "b1 ms=60000 s2",   "sheet none -"},
    {"green goes",       "b1 s2 ms=1199",    "saved green - | report 302-1 op20 n1 by1 scanned green"},
    {"green has gone",   "b1 s2 ms=1200",    "idle none - | report 302-1 op20 n1 by1 scanned green"},
    {"another sheet instead", "b1 s1 COUNT=3 s3", "operation none flow.unsaved"},
    {"the same sheet again", "b1 s1 COUNT=3 s1 b1", "saved green - | report 301-1 op20 n3 by1 touched green"},
    {"my page",          "stay b1 s2 ms=1200 WORKER", "worker none - | report 302-1 op20 n1 by1 scanned green"},
    {"own badge: my page", "stay b1 BACK b1",  "worker none -"},
    {"PIN",              "b1 MONEY",         "pin none -"},
    {"no PIN set",       "b2 MONEY",         "worker none flow.no_pin"},
    {"short PIN",        "b1 MONEY DIGIT=1 DIGIT=2 YES", "pin none flow.pin_short"},
    {"a card keeps",     "#COUNT=3",         "idle none flow.count_kept"},
    {"and is forgotten", "#COUNT=3 ms=60000 b1 s1", "count none -"},
};
/* clang-format on */

static void test_flow(void **state)
{
    const struct flow_row *row = *state;
    struct run             run;
    struct buf             end = {0};
    run_script(&run, row->script);
    const struct flow *flow = &run.flow;
    buf_fmt(&end, "%s %s %s%s", SCREEN_WORDS[flow->screen], TONE_WORDS[flow->tone],
            say_is_empty(&flow->say) ? "-" : flow->say.id, buf_text(&run.events));
    assert_string_equal(buf_text(&end), row->end);
    assert_true(flow_deadline(flow) > run.now_ms);
    buf_free(&end);
    buf_free(&run.events);
}

/* ---- Properties */

/* Badge, sheet and cards in any order: the same event. */
static void test_any_order(void **state)
{
    (void)state;
    static const char *const SETS[][3] = {
        {"b1", "s1", "#COUNT=5" },
        {"b7", "s1", "#COUNT=5" },
        {"b1", "s6", "#COUNT=2" },
        {"b1", "s7", "#COUNT=12"},
        {"b8", "s1", "#COUNT=40"},
    };
    static const int ORDERS[6][3] = {
        {0, 1, 2},
        {0, 2, 1},
        {1, 0, 2},
        {1, 2, 0},
        {2, 0, 1},
        {2, 1, 0}
    };
    for (size_t set = 0; set < sizeof SETS / sizeof SETS[0]; set++) {
        char first[256] = "";
        for (int order = 0; order < 6; order++) {
            struct run run;
            char       script[128];
            const int *o = ORDERS[order];
            snprintf(script, sizeof script, "%s %s %s", SETS[set][o[0]], SETS[set][o[1]], SETS[set][o[2]]);
            run_script(&run, script);
            assert_int_equal(run.flow.screen, SCREEN_SAVED);
            assert_int_equal(run.made, 1);
            assert_int_equal(run.flow.saving.code_count, 3);
            if (order == 0) snprintf(first, sizeof first, "%s", buf_text(&run.events));
            assert_string_equal(buf_text(&run.events), first);
            buf_free(&run.events);
        }
    }
}

/* The codes of an event are those scanned for it, in that order. */
static void test_codes(void **state)
{
    (void)state;
    struct run run;
    char       sheet[CODE_TEXT_MAX], badge[CODE_TEXT_MAX];
    run_script(&run, "b1 BACK s1 b1 bad s1 #COUNT=2");
    code_write_sheet(sheet_of(1).ref, sheet);
    code_write_badge(101, badge);
    assert_int_equal(run.flow.saving.code_count, 2);
    buf_free(&run.events);
    run_script(&run, "s1 b1 #COUNT=2");
    assert_string_equal(run.flow.saving.codes[0], sheet);
    assert_string_equal(run.flow.saving.codes[1], badge);
    assert_string_equal(run.flow.saving.station, "S1");
    buf_free(&run.events);
}

/* A worker reads his own language; who comes next the kiosk's. */
static void test_language(void **state)
{
    (void)state;
    static const struct {
        const char *script;
        enum lang   lang;
    } LANGS[] = {
        {"",                LANG_ZH},
        {"b1",              LANG_EN},
        {"b1 s2",           LANG_EN},
        {"b1 s2 ms=1200",   LANG_ZH},
        {"b1 OUT",          LANG_ZH},
        {"b1 LANGUAGE",     LANG_ZH},
        {"b1 LANGUAGE OUT", LANG_ZH},
        {"LANGUAGE",        LANG_EN},
        {"LANGUAGE b1 OUT", LANG_EN},
        {"b1 ms=60000",     LANG_ZH},
        {"b8",              LANG_ZH},
    };
    for (size_t i = 0; i < sizeof LANGS / sizeof LANGS[0]; i++) {
        struct run run;
        run_script(&run, LANGS[i].script);
        assert_int_equal(run.flow.lang, LANGS[i].lang);
        buf_free(&run.events);
    }
}

static void test_sounds(void **state)
{
    (void)state;
    static const struct {
        const char *script;
        enum sound  sound;
    } SOUNDS[] = {
        {"b1 s2",              SOUND_SAVED   },
        {"b1 s6 COUNT=1 SAVE", SOUND_SAVED   },
        {"bad",                SOUND_REFUSED },
        {"s4",                 SOUND_STOPPED },
        {"s5",                 SOUND_REFUSED },
        {"b1 b2",              SOUND_QUESTION},
        {"stop",               SOUND_STOPPED },
        {"stop b1",            SOUND_SAVED   },
        {"far",                SOUND_NONE    },
    };
    for (size_t i = 0; i < sizeof SOUNDS / sizeof SOUNDS[0]; i++) {
        struct run run;
        run_script(&run, SOUNDS[i].script);
        assert_int_equal(run.sound, SOUNDS[i].sound);
        buf_free(&run.events);
    }
}

/* What stands below the header, from the gravest down; never on a field of one colour. */
static void test_ribbons(void **state)
{
    (void)state;
    static const struct {
        const char *script;
        enum ribbon ribbon;
    } RIBBONS[] = {
        {"",           RIBBON_NONE     },
        {"stop",       RIBBON_NONE     },
        {"b1 s1 stop", RIBBON_WAITS    },
        {"far",        RIBBON_ELSEWHERE},
        {"b1 s1 far",  RIBBON_ELSEWHERE},
        {"far s4",     RIBBON_NONE     },
        {"far b1 s2",  RIBBON_NONE     },
    };
    const struct found_stop *stop;
    struct run               run;
    for (size_t i = 0; i < sizeof RIBBONS / sizeof RIBBONS[0]; i++) {
        run_script(&run, RIBBONS[i].script);
        assert_int_equal(flow_ribbon(&run.flow, &stop), RIBBONS[i].ribbon);
        buf_free(&run.events);
    }
    run_script(&run, "far");
    run.flow.stops.out_count = 1; /* old sheets are out: said before what happens elsewhere */
    assert_int_equal(flow_ribbon(&run.flow, &stop), RIBBON_OUT);
    run.flow.stops.out_count = 0;
    run.flow.state.wall_ms = 1000 + FLOW_STOP_NEWS_MS; /* no news any more */
    assert_int_equal(flow_ribbon(&run.flow, &stop), RIBBON_NONE);
    buf_free(&run.events);
}

/* Eight are a crew, a ninth is refused; nobody is lost. */
static void test_crew(void **state)
{
    (void)state;
    struct run run;
    run_script(&run, "b1");
    for (int n = 11; n < 19; n++) {
        struct found found = {.has_worker = true, .worker = worker_of(n)};
        scan_code(&run, (struct code){.kind = CODE_BADGE, .badge = 100 + n}, &found);
        run_word(&run, (char[]){"JOIN"});
    }
    assert_int_equal(run.flow.crew_count, CREW_MAX);
    assert_int_equal(run.flow.screen, SCREEN_REFUSED);
    assert_string_equal(run.flow.say.id, "flow.crew_full");
    run_word(&run, (char[]){"s2"});
    assert_int_equal(run.flow.saving.worker_count, CREW_MAX);
    assert_int_equal(run.flow.screen, SCREEN_SAVED);
    buf_free(&run.events);
}

static void pin_try(struct run *run, bool is_wrong)
{
    struct input answer = {
        .kind = INPUT_PAY, .pay = {.is_wrong = is_wrong, .say = SAY("flow.pin_short")}
    };
    if (run->flow.screen == SCREEN_WORKER) run_word(run, (char[]){"MONEY"});
    for (int i = 0; i < 4; i++) run_word(run, (char[]){"DIGIT=7"});
    run_word(run, (char[]){"YES"});
    if (run->effect.open_pay) step(run, &answer);
}

/* Three wrong PINs shut a badge's wages for a while, whoever signs in and out meanwhile; nobody else's. */
static void test_pin_guessed(void **state)
{
    (void)state;
    struct run run;
    run_script(&run, "b1");
    for (int i = 0; i < 5; i++) pin_try(&run, false); /* nothing to be opened yet: no guess */
    assert_int_equal(run.flow.screen, SCREEN_PIN);
    pin_try(&run, true);
    pin_try(&run, true);
    run_word(&run, (char[]){"OUT"});
    run_word(&run, (char[]){"b1"});
    pin_try(&run, true);
    assert_string_equal(run.flow.say.id, "flow.pin_tries");
    run_word(&run, (char[]){"OUT"});
    run_word(&run, (char[]){"ms=600000"});
    run_word(&run, (char[]){"b1"});
    run_word(&run, (char[]){"MONEY"});
    assert_int_equal(run.flow.screen, SCREEN_WORKER);
    assert_string_equal(run.flow.say.id, "flow.pin_tries");
    run.flow.crew[0].badge++; /* another one */
    run_word(&run, (char[]){"MONEY"});
    assert_int_equal(run.flow.screen, SCREEN_PIN);
    run_word(&run, (char[]){"OUT"});
    run_word(&run, (char[]){"ms=300000"});
    run_word(&run, (char[]){"b1"});
    pin_try(&run, true); /* its time is over, and it counts anew */
    assert_int_equal(run.flow.screen, SCREEN_PIN);
    buf_free(&run.events);
}

/* The pay boxes: opened once, shown for a while; three wrong PINs end it. */
static void test_pay(void **state)
{
    (void)state;
    struct run run;
    run_script(&run, "b1 MONEY DIGIT=1 DIGIT=2 DIGIT=3 DIGIT=4 YES");
    assert_true(run.effect.open_pay);
    assert_string_equal(run.effect.pin, "1234");
    assert_int_equal(run.effect.payee.number, 1);
    struct input wrong = {
        .kind = INPUT_PAY, .pay = {.is_wrong = true, .say = SAY("flow.pin_short")}
    };
    step(&run, &wrong);
    assert_int_equal(run.flow.screen, SCREEN_PIN);
    assert_string_equal(run.flow.digits, "");
    run_word(&run, (char[]){"DIGIT=9"});
    run_word(&run, (char[]){"DIGIT=9"});
    run_word(&run, (char[]){"DIGIT=9"});
    run_word(&run, (char[]){"DIGIT=9"});
    run_word(&run, (char[]){"SAVE"});
    struct input right = {
        .kind = INPUT_PAY, .pay = {.is_open = true, .today_fen = 1234}
    };
    step(&run, &right);
    assert_int_equal(run.flow.screen, SCREEN_WORKER);
    assert_true(run.flow.has_pay);
    run_word(&run, (char[]){"ms=15000"});
    assert_false(run.flow.has_pay);
    for (int i = 0; i < FLOW_PIN_TRIES; i++) {
        run.flow.is_opening = true;
        if (run.flow.screen == SCREEN_WORKER) run_word(&run, (char[]){"MONEY"});
        run.flow.is_opening = true;
        step(&run, &wrong);
    }
    assert_string_equal(run.flow.say.id, "flow.pin_tries");
    run_word(&run, (char[]){"MONEY"});
    assert_int_equal(run.flow.screen, SCREEN_WORKER);
    buf_free(&run.events);
}

/* Digits of a PIN are nowhere once its screen has gone, whichever way it went. */
static void test_pin_gone(void **state)
{
    (void)state;
    static const char *const WAYS[] = {"BACK", "OUT", "ms=60000", "b3", "s1", "bad", "#WORKER", "#LOOK", "night", "b1"};
    for (size_t i = 0; i < sizeof WAYS / sizeof WAYS[0]; i++) {
        struct run run;
        char       word[16];
        snprintf(word, sizeof word, "%s", WAYS[i]);
        run_script(&run, "shift b1 MONEY DIGIT=7 DIGIT=3 DIGIT=8 DIGIT=1");
        assert_string_equal(run.flow.digits, "7381");
        run_word(&run, word);
        if (strcmp(WAYS[i], "ms=60000") == 0) assert_int_equal(run.flow.screen, SCREEN_IDLE);
        assert_int_not_equal(run.flow.screen, SCREEN_PIN);
        for (size_t k = 0; k < sizeof run.flow.digits; k++) assert_int_equal(run.flow.digits[k], '\0');
        buf_free(&run.events);
    }
}

/* Who is signed in changes under the kiosk's hand: a new name at once, and who left is held from then on. */
static void test_worker_again(void **state)
{
    (void)state;
    struct run   run;
    struct input again = {
        .kind = INPUT_WORKER, .found = {.has_worker = true, .worker = worker_of(2)}
    };
    run_script(&run, "b1 b2 JOIN");
    snprintf(again.found.worker.name, sizeof again.found.worker.name, "W2 new");
    step(&run, &again);
    assert_string_equal(run.flow.crew[1].name, "W2 new");
    again.found.worker.is_revoked = true;
    step(&run, &again);
    assert_int_equal(run.made, 1); /* nobody joined or left by that */
    run_word(&run, (char[]){"s2"});
    assert_int_equal(run.flow.tone, TONE_AMBER);
    assert_string_equal(run.flow.say.id, "flow.held_revoked");
    buf_free(&run.events);
}

/* An entry that was begun before the shift ended is that shift's, and so is what mends it. */
static void test_shift_kept(void **state)
{
    (void)state;
    struct run run;
    run_script(&run, "b1 s1 COUNT=3");
    run.state.day++;
    run_word(&run, (char[]){"day"});
    run_word(&run, (char[]){"SAVE"});
    assert_int_equal(run.flow.saving.shift_day, 20000);
    assert_string_equal(run.flow.saving.shift, "day");
    run_word(&run, (char[]){"BAD"});
    run_word(&run, (char[]){"BAD=1"});
    run_word(&run, (char[]){"SAVE"});
    assert_int_equal(run.flow.saving.kind, EVENT_CORRECT);
    assert_int_equal(run.flow.saving.shift_day, 20000);
    run_word(&run, (char[]){"b1"});
    run_word(&run, (char[]){"s2"});
    assert_int_equal(run.flow.saving.shift_day, 20001);
    buf_free(&run.events);
}

/* A clock that was wrong until the server was heard: what was begun is of the day that it really was. */
static void test_day_mended(void **state)
{
    (void)state;
    struct run run;
    run_script(&run, "");
    run.state.day = 0;
    run.state.is_doubtful = true;
    run_word(&run, (char[]){"day"});
    run_word(&run, (char[]){"b1"});
    run_word(&run, (char[]){"s1"});
    run.state.day = 20000;
    run.state.is_doubtful = false;
    run_word(&run, (char[]){"day"});
    run_word(&run, (char[]){"#COUNT=2"});
    assert_int_equal(run.flow.saving.shift_day, 20000);
    buf_free(&run.events);
}

/* A stop that arrives while somebody counts is heeded at the save; the entry isn't kept. */
static void test_stop_comes(void **state)
{
    (void)state;
    struct run   run;
    struct input again = {
        .kind = INPUT_SHEET, .found = {.has_sheet = true, .sheet = sheet_of(1)}
    };
    run_script(&run, "b1 s1 COUNT=3");
    again.found.sheet.is_stopped = true;
    step(&run, &again);
    assert_int_equal(run.flow.screen, SCREEN_COUNT);
    run_word(&run, (char[]){"SAVE"});
    assert_int_equal(run.flow.screen, SCREEN_REFUSED);
    assert_int_equal(run.made, 0);
    buf_free(&run.events);
}

/* What others report while somebody counts changes what is left, and no key. */
static void test_keys_stay(void **state)
{
    (void)state;
    struct run   run;
    struct input again = {
        .kind = INPUT_SHEET, .found = {.has_sheet = true, .sheet = sheet_of(1)}
    };
    run_script(&run, "b1 s1"); /* 12 are left: the keypad */
    assert_int_equal(run.flow.screen, SCREEN_COUNT);
    assert_int_equal(run.flow.keys, 0);
    again.found.sheet.ops[1].left = 3;
    step(&run, &again);
    assert_int_equal(flow_left(&run.flow), 3);
    assert_int_equal(run.flow.keys, 0);
    run_word(&run, (char[]){"LOOK"}); /* another look, another screen */
    run_word(&run, (char[]){"SAVE"});
    assert_int_equal(run.flow.screen, SCREEN_COUNT);
    assert_int_equal(run.flow.keys, 3);
    again.found.sheet.ops[1].left = 100;
    step(&run, &again);
    assert_int_equal(run.flow.keys, 3);
    buf_free(&run.events);
}

/* A clock that stands in 1970, west of Greenwich: no hour before time began. */
static void test_when(void **state)
{
    static struct flow flow;
    static const struct {
        int64_t     wall_ms, now_ms;
        int32_t     offset_min;
        const char *when;
    } WHENS[] = {
        {0,                      0,                      480,  "08:00"      },
        {0,                      0,                      -300, "00:00"      },
        {INT64_C(1773729120000), INT64_C(1773729120000), 480,  "14:32"      },
        {INT64_C(1773729120000), INT64_C(1773829120000), 480,  "03-17 14:32"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof WHENS / sizeof WHENS[0]; i++) {
        char when[FLOW_WHEN_MAX];
        flow.state.wall_ms = WHENS[i].now_ms;
        flow.state.offset_min = WHENS[i].offset_min;
        flow_when(&flow, WHENS[i].wall_ms, when);
        assert_string_equal(when, WHENS[i].when);
    }
}

/* Anything at all in any order: what was saved has a worker, a sheet and a number, and there is always a way out. */
static void test_anything(void **state)
{
    (void)state;
    static const char *const WORDS[] = {
        "b1",         "b2",        "b3",          "b7",
        "b8",         "s1",        "s2",          "s3",
        "s4",         "s5",        "s6",          "s7",
        "s8",         "s9",        "p1",          "note",
        "bad",        "SAVE",      "UNDO",        "LOOK",
        "BACK",       "COUNT=2",   "COUNT=90",    "DIGIT=7",
        "DIGIT=0",    "ERASE",     "OP=20",       "OP=30",
        "BAD=1",      "BAD=2",     "WORKER",      "OUT",
        "JOIN",       "CHANGE",    "YES",         "NO",
        "BEFORE",     "LANGUAGE",  "MONEY",       "OTHER",
        "REWORK",     "DIFFERENT", "#COUNT=3",    "#OP=30",
        "#SAVE",      "#UNDO",     "#BEFORE",     "#BAD=4",
        "#STRANGE",   "ms=900",    "ms=70000",    "full",
        "free",       "BAD",       "night",       "#LOOK",
        "ERASE=1",    "COUNT=0",   "LEAVE=1",     "LEAVE",
        "#LEAVE=2",   "FAULT=10",  "#FAULT=9999", "OPENING=1",
        "#OPENING=3", "d1",        "NUMBER",      "OPEN=2603000201",
        "rows",       "ALL",       "#ALL",        "day",
        "WORKER=2",   "shift",     "stay",        "stop",
        "stops",      "lift",      "far",         "COLLECT",
        "#COLLECT",   "ORDER",     "#ORDER",      "BOARD",
        "BOARD=2",    "#BOARD=4",  "DAY=1",       "b6",
    };
    for (uint64_t seed = 1; seed <= 200; seed++) {
        uint64_t   dice = seed;
        struct run run;
        run_script(&run, "");
        for (int i = 0; i < 150; i++) {
            char   word[24];
            size_t pick = (size_t)dice_between(&dice, 0, (int64_t)(sizeof WORDS / sizeof WORDS[0]) - 1);
            int    made = run.made;
            snprintf(word, sizeof word, "%s", WORDS[pick]);
            run_word(&run, word);
            const struct flow *flow = &run.flow;
            assert_int_not_equal(flow->screen, SCREEN_SAVING);
            bool is_entry = run.made > made && flow->screen == SCREEN_SAVED;
            if (is_entry) assert_true(flow->saving.worker_count > 0 && flow->saving.has_sheet);
            if (is_entry && flow->saving.kind == EVENT_REPORT) {
                assert_true(flow->saving.count > 0 && event_bad_total(&flow->saving) <= flow->saving.count);
                assert_true(flow->saving.tone == TONE_GREEN || flow->saving.tone == TONE_AMBER);
            }
            assert_true(flow->screen != SCREEN_COUNT || (flow->has_sheet && flow->op_count > 0));
            assert_true(flow->screen != SCREEN_OPERATION || flow->has_sheet);
            assert_true(flow->screen != SCREEN_WORKER || flow->crew_count > 0);
            assert_true(flow->screen != SCREEN_CREW || flow->crew_count > 0);
            assert_true(flow->screen != SCREEN_CHECK || (flow->has_sheet && flow->op_count > 0));
            assert_int_equal(flow->roll_count, flow->is_lent || flow->crew_count < 2 ? 0 : flow->crew_count);
            assert_true(flow_deadline(flow) > run.now_ms);
        }
        run_word(&run, (char[]){"lift"});
        run_word(&run, (char[]){"BACK"});
        run_word(&run, (char[]){"BACK"});
        run_word(&run, (char[]){"BACK"});
        run_word(&run, (char[]){"ms=70000"});
        assert_int_equal(run.flow.screen, SCREEN_IDLE);
        buf_free(&run.events);
    }
}

int main(int argc, char **argv)
{
    static struct rows rows;
    ROWS_ADD(&rows, test_flow, FLOWS);
    rows_add(&rows, "any order", test_any_order, NULL);
    rows_add(&rows, "codes", test_codes, NULL);
    rows_add(&rows, "language", test_language, NULL);
    rows_add(&rows, "sounds", test_sounds, NULL);
    rows_add(&rows, "ribbons", test_ribbons, NULL);
    rows_add(&rows, "crew of eight", test_crew, NULL);
    rows_add(&rows, "pay", test_pay, NULL);
    rows_add(&rows, "PIN guessed", test_pin_guessed, NULL);
    rows_add(&rows, "PIN gone", test_pin_gone, NULL);
    rows_add(&rows, "worker again", test_worker_again, NULL);
    rows_add(&rows, "shift kept", test_shift_kept, NULL);
    rows_add(&rows, "day mended", test_day_mended, NULL);
    rows_add(&rows, "stop comes", test_stop_comes, NULL);
    rows_add(&rows, "keys stay", test_keys_stay, NULL);
    rows_add(&rows, "when", test_when, NULL);
    rows_add(&rows, "anything", test_anything, NULL);
    return rows_run(&rows, argc, argv);
}
