/* dock_test.c - the dock: what is learnt of delivery notes and finished doors, what own entries add to it, and what a scan
 * at the dock leads to [R16b], [R33], [R36].
 * links: kiosk_flow kiosk_keep core
 *
 * Words of a script: n the note (open), nshut, nvoid, nclosed, nunknown, nold (an older copy), nunpaid and ndead (shut,
 * void, nothing loaded by them); the same with an = in front: the note in hand is found again so. l1 l2 l3 the label of piece 7 of that line; line 3 isn't on the note, line 4 is
 * stopped, line 5 of another revision, line 6 of another order, l7 loaded already, l8 a piece that the note doesn't name;
 * s1 the sheet of line 1 (8 asked, 2 loaded), s2 of line 2 (1 asked); b1 b2 badges; p a place; TAP=argument a touched
 * button, #TAP=argument its card; ms=n time goes on; full: the disk is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/embed.h"
#include "kiosk/flow/flow.h"
#include "kiosk/keep/dock.h"
#include "kiosk/keep/identity.h"
#include "kiosk/keep/learn.h"
#include "kiosk/keep/outbox.h"
#include "kiosk/keep/place.h"
#include "tests/unit/folder.h"
#include "tests/unit/rows.h"

#define NOW INT64_C(1796000000000)
#define NOTE INT64_C(260300012)

/* ---------------------------------------------------------------------------------------------------- the flow */

struct run {
    struct flow   flow;
    struct effect effect;
    int64_t       now_ms;
    bool          is_full;
    int           made;
    enum sound    sound;
    struct buf    events;
};

static struct found_worker worker_of(int n)
{
    struct found_worker worker = {.badge = 100 + n, .is_known = true, .number = n, .lang = LANG_EN};
    snprintf(worker.name, sizeof worker.name, "W%d", n);
    return worker;
}

static struct found_note note_of(enum note_state state)
{
    static const int64_t ASKED[] = {8, 1, 3, 3}, LOADED[] = {2, 0, 0, 0};
    static const int     LINES[] = {1, 2, 4, 5};
    struct found_note    note = {
           .key = NOTE, .state = state, .copy = 2, .order = {2603, 1, 0},
                      .line_count = 4
    };
    for (int i = 0; i < 4; i++) {
        note.lines[i].line = (struct line_ref){2603, 1, LINES[i]};
        note.lines[i].rev = 1;
        note.lines[i].asked = ASKED[i];
        note.lines[i].loaded = LOADED[i];
        note.lines[i].is_stopped = LINES[i] == 4;
    }
    return note;
}

static void event_text(struct run *run, const struct event *event)
{
    static const char *const TONES[] = {"none", "green", "amber", "red", "grey"};
    char                     order[LINE_REF_TEXT];
    buf_fmt(&run->events, " | %s", event_kind_word(event->kind));
    if (event->has_sheet) {
        line_ref_short(event->sheet.line, order);
        buf_fmt(&run->events, " %s n%d", order, event->count);
    }
    for (int i = 0; i < event->piece_count; i++) buf_fmt(&run->events, " p%d", event->pieces[i]);
    if (event->note[0] != '\0') buf_fmt(&run->events, " '%s'", event->note);
    if (event->place != 0) buf_fmt(&run->events, " at%d", (int)event->place);
    if (event->has_refers) buf_fmt(&run->events, " of%d", event->refers.bytes[0]);
    buf_fmt(&run->events, " c%d by", event->code_count);
    for (int i = 0; i < event->worker_count; i++) buf_fmt(&run->events, "%d", event->workers[i].number);
    buf_fmt(&run->events, " %s", TONES[event->tone]);
}

static void step(struct run *run, struct input *input)
{
    input->mono_ms = run->now_ms;
    flow_step(&run->flow, input, &run->effect);
    if (run->effect.sound != SOUND_NONE) run->sound = run->effect.sound;
    if (!run->effect.save) return;
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

static void scan(struct run *run, struct code code, const struct found *found)
{
    struct input input = {.kind = INPUT_SCAN, .how = HOW_SCANNED, .code = code, .found = *found};
    code_write(&code, input.code.digits);
    step(run, &input);
}

/* The note in hand is found again after each load, as the station does. */
static bool note_word(struct run *run, const char *word)
{
    static const struct {
        const char     *word;
        enum note_state state;
        bool            is_empty; /* nothing was loaded by it */
    } WORDS[] = {
        {"n",        NOTE_OPEN,    false},
        {"nshut",    NOTE_SHUT,    false},
        {"nvoid",    NOTE_VOID,    false},
        {"nclosed",  NOTE_CLOSED,  false},
        {"nunknown", NOTE_UNKNOWN, false},
        {"nold",     NOTE_OPEN,    false},
        {"nunpaid",  NOTE_SHUT,    true },
        {"ndead",    NOTE_VOID,    true },
    };
    bool is_again = word[0] == '=';
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        if (strcmp(WORDS[i].word, word + is_again) != 0) continue;
        struct found found = {.has_note = true, .note = note_of(WORDS[i].state)};
        for (int k = 0; k < found.note.line_count && WORDS[i].is_empty; k++) found.note.lines[k].loaded = 0;
        if (is_again) {
            struct input again = {.kind = INPUT_NOTE, .found = found};
            step(run, &again);
        } else {
            scan(run,
                 (struct code){
                     .kind = CODE_NOTE, .note = {2603, 12, strcmp(word, "nold") == 0 ? 1 : 2}
            },
                 &found);
        }
        return true;
    }
    return false;
}

static void scan_door(struct run *run, int line, bool is_label)
{
    struct found found = {
        .has_sheet = true, .door = {.is_named = true, .in = 3, .out = 1}
    };
    struct code code = {.kind = is_label ? CODE_PIECE : CODE_SHEET, .piece = is_label ? 7 : 0};
    code.sheet = (struct sheet_ref){
        {2603, line == 6 ? 9 : 1, line >= 7 ? 1 : line},
        line == 5 ? 2 : 1, is_label ? 0 : 1
    };
    found.sheet.ref = code.sheet;
    found.sheet.newest_rev = code.sheet.rev;
    found.sheet.quantity = 8;
    found.sheet.is_stopped = line == 4;
    if (line == 7)
        found.door = (struct found_door){.is_named = true, .last = EVENT_LOAD, .last_note = NOTE, .last_ms = 5};
    if (line == 10) found.door = (struct found_door){.is_named = true, .last = EVENT_LOAD, .last_note = NOTE};
    if (line == 8) found.door.is_named = false;
    if (line == 9) found.door = (struct found_door){.in = 8, .last = EVENT_PACK};
    scan(run, code, &found);
}

static enum action action_of(const char *word)
{
    static const struct {
        const char *word;
        enum action action;
    } WORDS[] = {
        {"SAVE",  ACTION_SAVE },
        {"UNDO",  ACTION_UNDO },
        {"BACK",  ACTION_BACK },
        {"COUNT", ACTION_COUNT},
        {"DIGIT", ACTION_DIGIT},
        {"ERASE", ACTION_ERASE},
        {"YES",   ACTION_YES  },
        {"ALL",   ACTION_ALL  },
        {"CLOSE", ACTION_CLOSE},
        {"GOODS", ACTION_GOODS},
        {"NOTE",  ACTION_NOTE },
        {"BAD",   ACTION_BAD  },
        {"LOOK",  ACTION_LOOK },
    };
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        if (strcmp(WORDS[i].word, word) == 0) return WORDS[i].action;
    fail_msg("no action %s", word);
    return ACTION_NONE;
}

static void tap(struct run *run, char *word, bool is_card)
{
    char        *value = strchr(word, '=');
    struct input input = {.kind = INPUT_TAP, .how = HOW_TOUCHED};
    if (value != NULL) *value++ = '\0';
    input.action = action_of(word);
    input.argument = value == NULL ? 0 : strtoll(value, NULL, 10);
    if (!is_card) {
        step(run, &input);
        return;
    }
    struct found none = {0};
    scan(run,
         (struct code){
             .kind = CODE_COMMAND, .command = {(int)input.action, input.argument}
    },
         &none);
}

static void word_do(struct run *run, char *word)
{
    struct found found = {0};
    if (note_word(run, word)) return;
    if (word[0] == 'b') {
        found.has_worker = true;
        found.worker = worker_of((int)strtol(word + 1, NULL, 10));
        scan(run, (struct code){.kind = CODE_BADGE, .badge = found.worker.badge}, &found);
    } else if (word[0] == 'l' || word[0] == 's') {
        scan_door(run, (int)strtol(word + 1, NULL, 10), word[0] == 'l');
    } else if (strcmp(word, "p") == 0) {
        scan(run, (struct code){.kind = CODE_PLACE, .place = 12}, &found);
    } else if (strncmp(word, "ms=", 3) == 0) {
        run->now_ms += strtoll(word + 3, NULL, 10);
        step(run, &(struct input){.kind = INPUT_TIME});
    } else if (strcmp(word, "full") == 0) {
        run->is_full = true;
    } else {
        tap(run, word[0] == '#' ? word + 1 : word, word[0] == '#');
    }
}

struct script_row {
    const char *name, *script, *end;
};

/* [R16b] kiosk/flow/dock.c: nothing is loaded without a note that this kiosk knows and that may be loaded.
 * [R36] kiosk/flow/dock.c: loading by scan, wrong doors red, what stays behind is shown before the end.
 * [R33] kiosk/flow/goods.c: finished doors come in by scan, are moved, counted; [R34] and come back. */
static const struct script_row SCRIPTS[] = {
    {"R16b unknown note",             "b1 nunknown",                         "refused red flow.note_unknown"                                       },
    {"R16b unpaid note is red",       "b1 nshut",                            "note red "                                                           },
    {"R16b unpaid, a door",           "b1 nshut l1",                         "refused red flow.note_shut"                                          },
    {"R16b void note is red",         "b1 nvoid",                            "note red "                                                           },
    {"R16b void, a door",             "b1 nvoid l1",                         "refused red flow.note_void"                                          },
    {"R16b closed note",              "b1 nclosed",                          "refused red flow.note_closed"                                        },
    {"R16b replaced paper",           "b1 nold",                             "refused red flow.note_copy"                                          },
    {"R16b the money comes in",       "b1 nshut =n",                         "note green "                                                         },
    {"green rests after a while",     "b1 nshut =n ms=20000",                "note none "                                                          },
    {"loading after the money",       "b1 nshut =n l1",                      "moved green  | load 301-1 n1 p7 '2603-00012' c2 by1 green"           },
    {"R16b void while loading",       "b1 n l1 ms=1200 =nvoid",              "note red  | load 301-1 n1 p7 '2603-00012' c2 by1 green"              },
    {"R16b void, the next door",      "b1 n =nvoid l1",                      "refused red flow.note_void"                                          },
    {"R16b void at the keypad",       "b1 n s1 DIGIT=3 =nvoid YES",          "refused red flow.note_void"                                          },
    {"R16b gone while in hand",       "b1 n =nunknown l1",                   "refused red flow.note_closed"                                        },
    {"R36 one label, one door",       "b1 n l1 ms=1200",                     "note none  | load 301-1 n1 p7 '2603-00012' c2 by1 green"             },
    {"R36 door, then badge",          "n l1 b1",                             "moved green  | load 301-1 n1 p7 '2603-00012' c2 by1 green"           },
    {"R36 nobody yet",                "n l1",                                "note none flow.door_badge"                                           },
    {"R36 a sheet asks how many",     "b1 n s1",                             "doors none "                                                         },
    {"R36 all that are left",         "b1 n s1 ALL=6",                       "moved green  | load 301-1 n6 '2603-00012' c2 by1 green"              },
    {"R36 by keypad",                 "b1 n s1 DIGIT=3 YES",                 "moved green  | load 301-1 n3 '2603-00012' c2 by1 green"              },
    {"R36 by card",                   "b1 n s1 #COUNT=2",                    "moved green  | load 301-1 n2 '2603-00012' c2 by1 green"              },
    {"R36 badge saves the number",    "b1 n s1 DIGIT=3 b1",                  "moved green  | load 301-1 n3 '2603-00012' c2 by1 green"              },
    {"R36 more than asked",           "b1 n s1 DIGIT=7 YES",                 "refused red flow.door_many"                                          },
    {"R36 one is left: no question",  "b1 n s2",                             "moved green  | load 301-2 n1 '2603-00012' c2 by1 green"              },
    {"R36 enough",                    "b1 n s2 s2",                          "refused red flow.door_over | load 301-2 n1 '2603-00012' c2 by1 green"},
    {"R36 wrong line",                "b1 n l3",                             "refused red flow.door_line"                                          },
    {"R36 wrong order",               "b1 n l6",                             "refused red flow.door_order"                                         },
    {"R36 wrong revision",            "b1 n l5",                             "refused red flow.door_rev"                                           },
    {"R36 not named",                 "b1 n l8",                             "refused red flow.door_piece"                                         },
    {"R36 the same label",            "b1 n l7",                             "refused red flow.door_twice"                                         },
    {"R36 loaded elsewhere",          "b1 n l10",                            "refused red flow.door_elsewhere"                                     },
    {"R3 stopped line at the dock",   "b1 n l4",                             "refused red flow.door_stopped_plain"                                 },
    {"the next scan after red",       "b1 n l3 l1",                          "moved green  | load 301-1 n1 p7 '2603-00012' c2 by1 green"           },
    {"red is touched away",           "b1 n l3 BACK",                        "note none "                                                          },
    {"undo",                          "b1 n s2 UNDO ms=1200 s2",
     "moved green  | load 301-2 n1 '2603-00012' c2 by1 green | undo 301-2 n0 of1 c0 by1 green"
     " | load 301-2 n1 '2603-00012' c2 by1 green"                                                                                                  },
    {"undo on the note",              "b1 n l1 ms=1200 UNDO",
     "moved green  | load 301-1 n1 p7 '2603-00012' c2 by1 green | undo 301-1 n0 of1 c0 by1 green"                                                  },
    {"what came in isn't a note's",   "b1 l1 ms=1200 n #UNDO",
     "refused red flow.undo_none | pack 301-1 n1 p7 c1 by1 green"                                                                                  },
    {"nothing to undo twice",         "b1 n l1 UNDO #UNDO",
     "refused red flow.undo_none | load 301-1 n1 p7 '2603-00012' c2 by1 green | undo 301-1 n0 of1 c0 by1 green"                                    },
    {"no undo after two minutes",     "b1 n l1 ms=1200 ms=120000 #UNDO",
     "refused red flow.undo_none | load 301-1 n1 p7 '2603-00012' c2 by1 green"                                                                     },
    {"not his load",                  "b1 n l1 ms=1200 b2 #UNDO",
     "refused red flow.undo_none | load 301-1 n1 p7 '2603-00012' c2 by1 green"                                                                     },
    {"another takes over",            "b1 n b2 l1",                          "moved green  | load 301-1 n1 p7 '2603-00012' c2 by2 green"           },
    {"he stays between doors",        "b1 n ms=600000 l1",                   "moved green  | load 301-1 n1 p7 '2603-00012' c2 by1 green"           },
    {"nobody for long",               "b1 n ms=900000",                      "idle none "                                                          },
    {"R36 left behind first",         "b1 n CLOSE",                          "left none "                                                          },
    {"R36 end by touch",              "b1 n CLOSE YES ms=1200",              "idle none  | note '2603-00012 done' c1 by1 green"                    },
    {"R36 end needs a badge",         "n CLOSE YES",                         "left none flow.left_badge"                                           },
    {"R36 end by badge",              "n CLOSE b1",                          "moved green  | note '2603-00012 done' c1 by1 green"                  },
    {"R36 end by cards",              "b1 n #CLOSE #CLOSE",                  "moved green  | note '2603-00012 done' c1 by1 green"                  },
    {"a door after all",              "b1 n CLOSE l1",                       "moved green  | load 301-1 n1 p7 '2603-00012' c2 by1 green"           },
    {"not yet",                       "b1 n CLOSE BACK",                     "note none "                                                          },
    {"R36 unpaid: not over yet",      "b1 nunpaid #CLOSE",                   "refused red flow.note_shut"                                          },
    {"R36 void: what is loaded ends", "b1 nvoid #CLOSE",                     "left none "                                                          },
    {"R36 void: nothing to end",      "b1 ndead #CLOSE",                     "refused red flow.note_void"                                          },
    {"card on green",                 "b1 n l1 #CLOSE",                      "left none  | load 301-1 n1 p7 '2603-00012' c2 by1 green"             },
    {"the disk is full",              "b1 n full l1 BACK",                   "note none "                                                          },
    {"touched in the list",           "b1 BACK NOTE=260300012 =n l1",
     "moved green  | load 301-1 n1 p7 '2603-00012' c1 by1 green"                                                                                   },
    {"R33 comes in",                  "b1 l1",                               "moved green  | pack 301-1 n1 p7 c1 by1 green"                        },
    {"R33 door, then badge",          "l1 b1",                               "moved green  | pack 301-1 n1 p7 c1 by1 green"                        },
    {"R33 with its place",            "b1 p l1",                             "moved green  | pack 301-1 n1 p7 at12 c2 by1 green"                   },
    {"R33 by sheet",                  "b1 s1 ALL=5",                         "moved green  | pack 301-1 n5 c1 by1 green"                           },
    {"R33 more than ordered",         "b1 s1 #COUNT=9",                      "moved amber flow.held_in_over | pack 301-1 n9 c1 by1 amber"          },
    {"R33 the same label",            "b1 l9",                               "refused red flow.in_twice"                                           },
    {"R3 stopped doors stay out",     "b1 l4",                               "refused red flow.in_stopped_plain"                                   },
    {"R33 nought",                    "b1 s1 YES",                           "refused red flow.zero"                                               },
    {"R33 undo at the start",         "b1 l1 ms=1200 UNDO",
     "moved green  | pack 301-1 n1 p7 c1 by1 green | undo 301-1 n0 of1 c0 by1 green"                                                               },
    {"no door is bad afterwards",     "b1 l1 ms=1200 #BAD=1",                "refused red flow.card_now | pack 301-1 n1 p7 c1 by1 green"           },
    {"R33 moved: where to?",          "b1 GOODS=1 l1",                       "goods none flow.place_new"                                           },
    {"R33 moved",                     "b1 GOODS=1 l1 p",                     "moved green  | transfer 301-1 n1 p7 at12 c2 by1 green"               },
    {"R33 moved, the next",           "b1 GOODS=1 p l1 ms=1200 l2",
     "moved green  | transfer 301-1 n1 p7 at12 c2 by1 green | transfer 301-2 n1 p7 at12 c2 by1 green"                                              },
    {"R33 counted: where?",           "b1 GOODS=2 s1",                       "goods none flow.place_counted"                                       },
    {"R33 counted",                   "b1 GOODS=2 p l1 DIGIT=1 DIGIT=2 YES", "moved green  | count 301-1 n12 at12 c2 by1 green"                    },
    {"R33 counted: none is there",    "b1 GOODS=2 p l1 DIGIT=0 YES",         "moved green  | count 301-1 n0 at12 c2 by1 green"                     },
    {"R33 counted none, by badge",    "b1 GOODS=2 p l1 DIGIT=0 b1",          "moved green  | count 301-1 n0 at12 c2 by1 green"                     },
    {"R33 none by a card",            "b1 GOODS=2 p l1 #COUNT=0",            "moved green  | count 301-1 n0 at12 c2 by1 green"                     },
    {"R33 nought five is five",       "b1 GOODS=2 p l1 DIGIT=0 DIGIT=5 YES",
     "moved green  | count 301-1 n5 at12 c2 by1 green"                                                                                             },
    {"R33 a count has to be said",    "b1 GOODS=2 p l1 YES",                 "refused red flow.zero"                                               },
    {"R33 nought comes in by none",   "b1 s1 DIGIT=0 YES",                   "refused red flow.zero"                                               },
    {"R34 comes back",                "b1 GOODS=3 l1",                       "moved green  | return 301-1 n1 p7 c1 by1 green"                      },
    {"looking is not taking in",      "b1 BACK LOOK s1",                     "sheet none "                                                         },
};

static void test_script(void **state)
{
    static const char *const SCREENS_SAID[SCREENS] = {
        [SCREEN_IDLE] = "idle",   [SCREEN_SHEET] = "sheet", [SCREEN_REFUSED] = "refused",
        [SCREEN_NOTE] = "note",   [SCREEN_LEFT] = "left",   [SCREEN_GOODS] = "goods",
        [SCREEN_DOORS] = "doors", [SCREEN_MOVED] = "moved", [SCREEN_WORKER] = "worker"};
    static const char *const TONES[] = {"none", "green", "amber", "red", "grey"};
    const struct script_row *row = *state;
    static struct run        run;
    struct buf               end = {0};
    char                     script[200], *rest = script;
    run = (struct run){.now_ms = 1000};
    flow_start(&run.flow, run.now_ms);
    flow_speak(&run.flow, LANG_EN);
    struct input at = {
        .kind = INPUT_STATE, .state = {.is_dock = true, .day = 20000, .is_online = true}
    };
    step(&run, &at);
    snprintf(script, sizeof script, "%s", row->script);
    for (char *word; (word = strtok_r(rest, " ", &rest)) != NULL;) word_do(&run, word);
    const char *screen = SCREENS_SAID[run.flow.screen];
    buf_fmt(&end, "%s %s %s%s", screen != NULL ? screen : "?", TONES[run.flow.tone], run.flow.say.id,
            buf_text(&run.events));
    assert_string_equal(buf_text(&end), row->end);
    if (run.flow.screen == SCREEN_REFUSED) assert_true(run.sound == SOUND_REFUSED || run.sound == SOUND_STOPPED);
    if (run.flow.screen == SCREEN_MOVED) assert_int_equal(run.sound, SOUND_SAVED);
    buf_free(&end);
    buf_free(&run.events);
}

/* What stands elsewhere means what it always did: a dock is a matter of the station. */
static void test_elsewhere(void **state)
{
    (void)state;
    static struct run run;
    char              badge[] = "b1", note[] = "n", place[] = "p";
    run = (struct run){.now_ms = 1000};
    flow_start(&run.flow, run.now_ms);
    word_do(&run, badge);
    word_do(&run, note);
    assert_int_equal(run.flow.screen, SCREEN_REFUSED);
    assert_string_equal(run.flow.say.id, "flow.not_here");
    word_do(&run, place);
    assert_string_equal(run.flow.say.id, "flow.not_here");
    assert_int_equal(run.made, 0);
}

/* ---------------------------------------------------------------------------------------------------- the disk */

static struct db     *db;
static struct outbox *outbox;
static struct learn   learner;
static struct err     err;

static void good(bool is_good)
{
    if (!is_good) print_error("%s\n", err.say.id);
    assert_true(is_good);
}

static int disk_start(void **state)
{
    (void)state;
    err = (struct err){0};
    if (folder_make() != 0 || !chain_init(&err)) return 1;
    good(db_open(folder_path("a.db"), DB_WRITE, NULL, &db, &err));
    good(db_migrate(db, embed_kiosk_schema, &err));
    good(place_open(db, 0, &err));
    good(outbox_open(db, &outbox, &err));
    learner = (struct learn){.kiosk = outbox_kiosk(outbox)};
    return 0;
}

static int disk_end(void **state)
{
    (void)state;
    outbox_close(outbox);
    db_close(db);
    return folder_end();
}

static void feed(const char *rows)
{
    struct buf body = {0};
    bool       is_done = false;
    buf_fmt(&body,
            "{\"v\":1,\"server\":\"3-0000000000001234\",\"run\":\"00000000000000aa\",\"feed\":99,\"upto\":50,"
            "\"more\":false,\"time\":1}\n%s",
            rows);
    good(learn_begin(&learner, &body, &err));
    while (!is_done) good(learn_step(&learner, db, NOW, &is_done, &err));
}

/* {"marks"} up to the event of that number: of this kiosk, in its first epoch. 0: nothing of it. */
static void note_row(const char *state, int loaded, int64_t mark)
{
    char       epoch[EPOCH_TEXT], kiosk[ID_TEXT];
    struct buf row = {0};
    epoch_write(outbox_epoch(outbox), epoch);
    id_write(outbox_kiosk(outbox), kiosk);
    buf_fmt(&row,
            "{\"n\":1,\"t\":\"note\",\"k\":\"2603-00012\",\"o\":{\"state\":\"%s\",\"copy\":2,\"order\":\"2603-0001\","
            "\"customer\":\"Golden Shield\",\"truck\":\"A-8D217\",\"why\":[\"flow.zero\"],\"lines\":["
            "[\"2603-0001-01\",1,\"Arched\",\"2150\",\"brown\",8,%d,[],[3]],"
            "[\"2603-0001-02\",1,\"Plain\",\"2150\",\"white\",2,0,[7,8],[]]],"
            "\"marks\":[[\"%s\",\"%s\",%d]]}}",
            state, loaded, kiosk, epoch, (int)mark);
    feed(buf_text(&row));
    buf_free(&row);
}

static struct hash keep(struct event event)
{
    struct hash name;
    event.v = EVENT_VERSION;
    event.wall_ms = NOW - 60000;
    event.tone = TONE_GREEN;
    good(outbox_save(outbox, &event, &name, &err));
    return name;
}

static struct event door(enum event_kind kind, int line, int count, int piece)
{
    struct event event = {
        .kind = kind, .has_sheet = true, .sheet = {{2603, 1, line}, 1, 0},
                .count = count
    };
    if (piece > 0) {
        event.piece_count = 1;
        event.pieces[0] = piece;
    }
    if (kind == EVENT_LOAD) snprintf(event.note, sizeof event.note, "2603-00012");
    return event;
}

static struct event undo_of(struct hash name)
{
    return (struct event){
        .kind = EVENT_UNDO, .has_sheet = true, .sheet = {{2603, 1, 1}, 1, 0},
                .has_refers = true, .refers = name
    };
}

static int64_t loaded_now(void)
{
    static struct found found;
    struct look         look = {.station = "dock", .now_ms = NOW, .is_dock = true};
    good(look_note(db, &look, NOTE, &found, &err));
    return found.note.lines[0].loaded;
}

static void test_note(void **state)
{
    (void)state;
    static struct found found;
    struct look         look = {.station = "dock", .now_ms = NOW, .is_dock = true};
    good(look_note(db, &look, NOTE, &found, &err));
    assert_int_equal(found.note.state, NOTE_UNKNOWN);
    assert_int_equal(found.note.key, NOTE);
    note_row("shut", 3, 0);
    good(look_note(db, &look, NOTE, &found, &err));
    assert_int_equal(found.note.state, NOTE_SHUT);
    assert_int_equal(found.note.copy, 2);
    assert_string_equal(found.note.customer, "Golden Shield");
    assert_string_equal(found.note.truck, "A-8D217");
    assert_string_equal(found.note.why.id, "flow.zero");
    assert_int_equal(found.note.line_count, 2);
    assert_int_equal(found.note.lines[0].asked, 8);
    assert_int_equal(found.note.lines[0].loaded, 3);
    assert_string_equal(found.note.lines[1].product, "Plain");
    assert_false(found.note.lines[0].is_stopped);
    feed("{\"n\":2,\"t\":\"stop\",\"k\":\"2603-0001\",\"o\":{\"at\":5,\"why\":\"size\",\"by\":\"Z\"}}");
    good(look_note(db, &look, NOTE, &found, &err));
    assert_true(found.note.lines[0].is_stopped);
    /* [R3] kiosk/keep/dock.c: where only some doors of a line are stopped, the others are loaded. */
    feed("{\"n\":2,\"t\":\"stop\",\"k\":\"2603-0001\",\"gone\":true}\n"
         "{\"n\":2,\"t\":\"stop\",\"k\":\"2603-0001-01\",\"o\":{\"at\":5,\"why\":\"size\",\"by\":\"Z\",\"pieces\":2}}");
    good(look_note(db, &look, NOTE, &found, &err));
    assert_false(found.note.lines[0].is_stopped);
    note_row("a newer word", 3, 0);
    good(look_note(db, &look, NOTE, &found, &err));
    assert_int_equal(found.note.state, NOTE_VOID); /* nothing is loaded by what isn't understood */
    feed("{\"n\":3,\"t\":\"note\",\"k\":\"2603-00012\",\"gone\":true}\n{\"n\":4,\"t\":\"note\",\"k\":\"nonsense\"}");
    good(look_note(db, &look, NOTE, &found, &err));
    assert_int_equal(found.note.state, NOTE_UNKNOWN);
}

/* Each own load counts once: before the server has heard of it, and after. */
static void test_loads(void **state)
{
    (void)state;
    note_row("open", 0, 0);
    keep(door(EVENT_LOAD, 1, 1, 7));                      /* 1 */
    struct hash second = keep(door(EVENT_LOAD, 1, 2, 0)); /* 2 */
    assert_int_equal(loaded_now(), 3);
    keep(undo_of(second)); /* 3 */
    assert_int_equal(loaded_now(), 1);
    note_row("open", 1, 1); /* the server has the first */
    assert_int_equal(loaded_now(), 1);
    note_row("open", 3, 2); /* and the second, not yet its undo */
    assert_int_equal(loaded_now(), 1);
    note_row("open", 1, 3);
    assert_int_equal(loaded_now(), 1);
    note_row("open", 4, 3); /* another dock loads too */
    assert_int_equal(loaded_now(), 4);
    keep(door(EVENT_LOAD, 1, 1, 9)); /* 4 */
    assert_int_equal(loaded_now(), 5);
}

/* The end of loading holds here at once, and the server's word once it has heard of it. */
static void test_end(void **state)
{
    (void)state;
    static struct found found;
    struct look         look = {.station = "dock", .now_ms = NOW, .is_dock = true};
    struct event        end = {.kind = EVENT_NOTE, .note = "2603-00012 done"}, other = {.kind = EVENT_NOTE};
    snprintf(other.note, sizeof other.note, "2603-00012 is late");
    note_row("open", 0, 0);
    keep(other);
    good(look_note(db, &look, NOTE, &found, &err));
    assert_int_equal(found.note.state, NOTE_OPEN);
    keep(end);
    good(look_note(db, &look, NOTE, &found, &err));
    assert_int_equal(found.note.state, NOTE_CLOSED);
    note_row("open", 0, 2);
    good(look_note(db, &look, NOTE, &found, &err));
    assert_int_equal(found.note.state, NOTE_OPEN);
}

static struct found_door door_now(int line, int piece, int64_t note)
{
    static struct found found;
    struct look         look = {.station = "dock", .now_ms = NOW, .is_dock = true, .note = note};
    struct code         code = {.kind = piece > 0 ? CODE_PIECE : CODE_SHEET, .piece = piece};
    code.sheet = (struct sheet_ref){
        {2603, 1, line},
        1, piece > 0 ? 0 : 1
    };
    good(look_code(db, &look, &code, &found, &err));
    return found.door;
}

static void test_doors(void **state)
{
    (void)state;
    char epoch[EPOCH_TEXT], kiosk[ID_TEXT], row[400];
    note_row("open", 0, 0);
    assert_true(door_now(1, 7, NOTE).is_named);  /* any of the line */
    assert_true(door_now(2, 7, NOTE).is_named);  /* that piece */
    assert_false(door_now(2, 9, NOTE).is_named); /* another */
    assert_true(door_now(2, 0, NOTE).is_named);  /* a sheet can't tell */
    assert_false(door_now(3, 7, NOTE).is_named);
    assert_int_equal(door_now(1, 3, NOTE).last, EVENT_LOAD); /* at another dock */
    assert_int_equal(door_now(1, 4, NOTE).last, EVENT_UNKNOWN);
    keep(door(EVENT_PACK, 1, 1, 7)); /* 1 */
    assert_int_equal(door_now(1, 7, 0).last, EVENT_PACK);
    assert_int_equal(door_now(1, 8, 0).last, EVENT_UNKNOWN);
    keep(door(EVENT_PACK, 1, 3, 0));                      /* 2 */
    struct hash loaded = keep(door(EVENT_LOAD, 1, 1, 7)); /* 3 */
    assert_int_equal(door_now(1, 7, 0).last, EVENT_LOAD);
    assert_int_equal(door_now(1, 7, 0).last_note, NOTE);
    assert_int_equal(door_now(1, 0, 0).in, 4);
    assert_int_equal(door_now(1, 0, 0).out, 1);
    keep(undo_of(loaded)); /* 4 */
    assert_int_equal(door_now(1, 7, 0).last, EVENT_PACK);
    assert_int_equal(door_now(1, 0, 0).out, 0);
    epoch_write(outbox_epoch(outbox), epoch);
    id_write(outbox_kiosk(outbox), kiosk);
    snprintf(
        row, sizeof row,
        "{\"n\":1,\"t\":\"stock\",\"k\":\"2603-0001-01\",\"o\":{\"in\":5,\"out\":2,\"marks\":[[\"%s\",\"%s\",2]]}}",
        kiosk, epoch);
    feed(row);
    assert_int_equal(door_now(1, 0, 0).in, 5);
    assert_int_equal(door_now(1, 0, 0).out, 2);
    keep(door(EVENT_RETURN, 1, 1, 0));
    assert_int_equal(door_now(1, 0, 0).in, 6);
}

static void test_list(void **state)
{
    (void)state;
    static struct found_notes notes;
    note_row("open", 2, 0);
    feed("{\"n\":2,\"t\":\"note\",\"k\":\"2603-00003\",\"o\":{\"state\":\"shut\",\"order\":\"2603-0002\",\"lines\":[]}}"
         "\n"
         "{\"n\":3,\"t\":\"note\",\"k\":\"2603-00002\",\"o\":{\"state\":\"loaded\",\"order\":\"2603-0002\",\"lines\":[]"
         "}}\n"
         "{\"n\":4,\"t\":\"note\",\"k\":\"2603-00001\",\"o\":{\"state\":\"void\",\"order\":\"2603-0002\",\"lines\":[]}}"
         "\n"
         "{\"n\":5,\"t\":\"note\",\"k\":\"2602-00009\",\"o\":{\"state\":\"void\",\"order\":\"2603-0002\",\"lines\":["
         "[\"2603-0002-01\",1,\"P\",\"\",\"\",4,1,[]]]}}");
    keep(door(EVENT_LOAD, 1, 1, 7));
    good(look_notes(db, &notes, &err));
    assert_int_equal(notes.count, 3);
    assert_int_equal(notes.rows[0].key, NOTE);
    assert_int_equal(notes.rows[0].asked, 10);
    assert_int_equal(notes.rows[0].loaded, 3);
    assert_int_equal(notes.rows[1].key, 260300003);
    assert_int_equal(notes.rows[2].key, 260200009); /* void, and a door of it stands on a truck */
    struct event end = {.kind = EVENT_NOTE, .note = "2603-00012 done"};
    keep(end);
    good(look_notes(db, &notes, &err));
    assert_int_equal(notes.count, 2);
}

/* [R3] kiosk/keep/stops.c: a stop concerns a dock where the line's doors stand in the house, or wait on a note. */
static void test_stops(void **state)
{
    (void)state;
    static struct found_stops stops;
    struct look               look = {.station = "dock", .now_ms = NOW, .shift = "", .is_dock = true};
    feed("{\"n\":1,\"t\":\"stop\",\"k\":\"2603-0001-02\",\"o\":{\"at\":5,\"why\":\"size\",\"by\":\"Z\"}}\n"
         "{\"n\":2,\"t\":\"stop\",\"k\":\"2603-0007-01\",\"o\":{\"at\":6,\"why\":\"size\",\"by\":\"Z\"}}");
    good(look_stops(db, &look, &stops, &err));
    assert_int_equal(stops.count, 2);
    assert_false(stops.stops[0].is_here || stops.stops[1].is_here);
    note_row("open", 0, 0);
    feed("{\"n\":3,\"t\":\"stock\",\"k\":\"2603-0007-01\",\"o\":{\"in\":5,\"out\":4,\"marks\":[]}}");
    good(look_stops(db, &look, &stops, &err));
    assert_true(stops.stops[0].is_here && stops.stops[1].is_here);
    feed("{\"n\":3,\"t\":\"stock\",\"k\":\"2603-0007-01\",\"o\":{\"in\":5,\"out\":5,\"marks\":[]}}");
    look.is_dock = false;
    good(look_stops(db, &look, &stops, &err));
    assert_false(stops.stops[0].is_here || stops.stops[1].is_here);
}

/* What another server brought is forgotten; what was recorded here stays. */
static void test_forget(void **state)
{
    (void)state;
    static struct found found;
    struct look         look = {.station = "dock", .now_ms = NOW, .is_dock = true};
    note_row("open", 2, 0);
    keep(door(EVENT_PACK, 1, 4, 0));
    struct buf body = {0};
    bool       is_done = false;
    buf_str(&body, "{\"v\":1,\"server\":\"4-0000000000005678\",\"run\":\"00000000000000ab\",\"feed\":1,\"upto\":1,"
                   "\"more\":false,\"time\":1}\n");
    good(learn_begin(&learner, &body, &err));
    while (!is_done) good(learn_step(&learner, db, NOW, &is_done, &err));
    good(look_note(db, &look, NOTE, &found, &err));
    assert_int_equal(found.note.state, NOTE_UNKNOWN);
    assert_int_equal(door_now(1, 0, 0).in, 4);
}

static void test_refs(void **state)
{
    (void)state;
    static const char *const WRONG[] = {"", "2603-0001", "2603-00000", "2613-00001", "2603-0000a", "2603-000012"};
    char                     text[NOTE_REF_TEXT];
    int64_t                  note = 5;
    assert_true(note_ref_read("2603-00012", &note));
    assert_int_equal(note, NOTE);
    note_ref_write(note, text);
    assert_string_equal(text, "2603-00012");
    assert_int_equal(note_ref_key(&(struct code_note){2603, 12, 1}), NOTE);
    for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++)
        if (note_ref_read(WRONG[i], &note)) fail_msg("\"%s\" was read", WRONG[i]);
    assert_int_equal(note, NOTE);
}

/* Tests of the disk, each on a new one. */
static const struct disk_row {
    const char *name;
    void (*run)(void **state);
} DISK[] = {
    {"notes",             test_note  },
    {"own loads",         test_loads },
    {"the end of one",    test_end   },
    {"doors",             test_doors },
    {"the list",          test_list  },
    {"R3 stops at docks", test_stops },
    {"another server",    test_forget},
};

static void test_disk(void **state)
{
    const struct disk_row *row = *state;
    assert_int_equal(disk_start(NULL), 0);
    row->run(NULL);
    assert_int_equal(disk_end(NULL), 0);
}

int main(int argc, char **argv)
{
    static struct rows rows;
    ROWS_ADD(&rows, test_script, SCRIPTS);
    ROWS_ADD(&rows, test_disk, DISK);
    rows_add(&rows, "elsewhere", test_elsewhere, NULL);
    rows_add(&rows, "numbers of notes", test_refs, NULL);
    return rows_run(&rows, argc, argv);
}
