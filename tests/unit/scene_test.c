/* scene_test.c - every screen in every size, language and theme: nothing cut off or outside, text in no other text,
 * targets for gloves, contrast for bad light. With PICTURES=folder it also writes what each looks like.
 * links: kiosk_screen kiosk_flow core */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/embed.h"
#include "kiosk/screen/glyphs.h"
#include "kiosk/screen/path.h"
#include "kiosk/screen/scene.h"
#include "kiosk/screen/window.h"
#include "tests/unit/rows.h"

/* ---- A shop at 14:32 on 17 March 2026 */

enum { DAY = 20529 };
static struct glyphs *glyphs;

static void text_set(char *to, size_t size, const char *from)
{
    snprintf(to, size, "%s", from);
}

static struct found_worker worker_of(int number, enum lang lang)
{
    static const char *const NAMES[8][2] = {
        {"王建国",    "Wang Jianguo"   },
        {"李秀英",    "Li Xiuying"     },
        {"陈刚",       "Chen Gang"      },
        {"赵敏",       "Zhao Min"       },
        {"刘洋",       "Liu Yang"       },
        {"孙磊",       "Sun Lei"        },
        {"欧阳婷婷", "Ouyang Tingting"},
        {"周国强",    "Zhou Guoqiang"  }
    };
    struct found_worker worker = {
        .badge = 500 + number, .is_known = true, .number = number, .lang = lang, .has_pin = true};
    worker.sign = (number * 5 + 2) % 12;
    worker.colour = (number + 1) % 8;
    text_set(worker.name, sizeof worker.name, NAMES[number % 8][lang != LANG_ZH]);
    return worker;
}

static struct found_op op_of(int number, const char *code, const char *zh, const char *en, int64_t done, bool is_here)
{
    struct found_op op = {
        .number = number, .planned = 16, .arrived = 16, .done = done, .left = 16 - done, .is_here = is_here};
    text_set(op.code, sizeof op.code, code);
    text_set(op.name[0], NAME_MAX, zh);
    text_set(op.name[1], NAME_MAX, en);
    return op;
}

static struct found_sheet sheet_of(enum lang lang)
{
    bool               en = lang == LANG_EN;
    struct found_sheet sheet = {
        .ref = {{2603, 1, 2}, 1, 1},
          .newest_rev = 1, .quantity = 16, .due_day = DAY + 1, .op_count = 8
    };
    sheet.is_rush = sheet.is_special = true;
    text_set(sheet.product, sizeof sheet.product, en ? "Arched single, steel 1.5 mm" : "圆弧顶单开门 钢质 1.5 mm");
    text_set(sheet.size, sizeof sheet.size, en ? "2150 × 980 leaf" : "2150 × 980 门扇");
    text_set(sheet.colour, sizeof sheet.colour, en ? "Dark brown" : "深咖锤纹");
    text_set(sheet.opening, sizeof sheet.opening, en ? "right outward" : "右外开");
    text_set(sheet.remarks, sizeof sheet.remarks,
             en ? "Arch template on rack 2. Make 1 lock hole first; go on after Mr Zhou has seen it."
                : "弧顶样板在 2 号架。锁孔先做 1 樘，周主管看过再做其余。");
    sheet.ops[0] = op_of(10, "shear", "剪板", "Shear", 16, false);
    sheet.ops[1] = op_of(20, "punch", "冲孔", "Punch", 16, false);
    sheet.ops[2] = op_of(30, "bend", "折弯", "Bend", 6, true);
    sheet.ops[3] = op_of(40, "weld", "焊接", "Weld", 0, false);
    sheet.ops[4] = op_of(50, "grind", "打磨", "Grind", 0, false);
    sheet.ops[5] = op_of(60, "paint", "喷涂", "Paint", 0, false);
    sheet.ops[6] = op_of(70, "fit", "组装", "Fit", 0, false);
    sheet.ops[7] = op_of(80, "pack", "包装", "Pack", 0, false);
    return sheet;
}

static void idle_set(struct found_idle *idle, enum lang lang)
{
    static const struct {
        int         serial, line, due;
        const char *product[2];
        int         left;
        bool        rush, stopped, late;
    } ROWS[] = {
        {299, 1, 0,  {"钢质单开门", "Steel single"},                 4,   false, true,  false},
        {301, 2, 1,  {"圆弧顶单开门", "Arched single"},             12,  true,  false, false},
        {305, 1, 2,  {"钢质子母门", "Steel double, unequal leaves"}, 2,   true,  false, false},
        {296, 3, -1, {"钢质单开门", "Steel single"},                 6,   false, false, true },
        {187, 1, 0,  {"防火双开门", "Fire double"},                  8,   false, false, false},
        {188, 1, 11, {"防火双开门", "Fire double"},                  128, false, false, false}
    };
    static const char *const REASONS[][2] = {
        {"划伤",    "Scratch"   },
        {"变形",    "Warped"    },
        {"尺寸错", "Wrong size"},
        {"孔位错", "Wrong hole"},
        {"其他",    "Other"     }
    };
    idle->queue_count = 6;
    for (int i = 0; i < 6; i++) {
        struct found_row *row = &idle->queue[i];
        row->line = (struct line_ref){i < 4 ? 2603 : 2602, ROWS[i].serial, ROWS[i].line};
        row->left = ROWS[i].left;
        row->due_day = DAY + ROWS[i].due;
        row->is_rush = ROWS[i].rush;
        row->is_stopped = ROWS[i].stopped;
        row->is_late = ROWS[i].late;
        text_set(row->product, NAME_MAX, ROWS[i].product[lang != LANG_ZH]);
    }
    idle->today_done = 42;
    idle->today_due = 60;
    idle->reason_count = 5;
    for (int i = 0; i < 5; i++) {
        idle->reasons[i].number = i + 1;
        text_set(idle->reasons[i].name[0], NAME_MAX, REASONS[i][0]);
        text_set(idle->reasons[i].name[1], NAME_MAX, REASONS[i][1]);
    }
}

static void page_set(struct found_page *page)
{
    page->worker = 1;
    page->own_pieces = 49;
    page->count = 8;
    for (int i = 0; i < 8; i++) {
        struct found_entry *entry = &page->entries[i];
        entry->sheet = (struct sheet_ref){
            {i == 3 ? 2612 : 2603, 301 + i, i == 3 ? 12 : 2},
            1, 1
        };
        entry->count = i == 3 ? 122 : 11 + i;
        entry->bad = i == 0 ? 1 : i == 3 ? 14 : 0;
        entry->wall_ms = INT64_C(1773729120000) - i * 1800000;
        entry->state = (enum entry_state)(i % 4);
        text_set(entry->op_name[0], NAME_MAX, "折弯");
        text_set(entry->op_name[1], NAME_MAX, i == 1 ? "Punching" : "Bend");
    }
}

/* ---- Screens */

static struct flow flow;
static enum lang   lang;
static int64_t     now_ms;

static void flow_feed(struct input *input)
{
    struct effect effect;
    input->mono_ms = now_ms;
    flow_step(&flow, input, &effect);
    while (effect.save) {
        struct input saved = {.kind = INPUT_SAVED, .mono_ms = now_ms, .seq = 1};
        flow_step(&flow, &saved, &effect);
    }
}

static void shop_open(void)
{
    struct input state = {.kind = INPUT_STATE}, idle = {.kind = INPUT_IDLE};
    now_ms = 100000;
    flow_start(&flow, now_ms);
    flow_speak(&flow, lang);
    text_set(state.state.station, WORD_MAX, "bend-2");
    text_set(state.state.station_name[0], NAME_MAX, "折弯 2 号机");
    text_set(state.state.station_name[1], NAME_MAX, "Bending 2");
    text_set(state.state.shift, 16, "day");
    state.state.day = DAY;
    state.state.wall_ms = INT64_C(1773729120000);
    state.state.offset_min = 480;
    state.state.is_online = state.state.has_scanner = true;
    flow_feed(&state);
    idle_set(&idle.idle, lang);
    flow_feed(&idle);
}

static void badge(int number)
{
    struct input input = {
        .kind = INPUT_SCAN, .code = {.kind = CODE_BADGE, .badge = 500 + number}
    };
    input.found.has_worker = true;
    input.found.worker = worker_of(number, lang);
    if (number == 99) input.found.worker = (struct found_worker){.badge = 599};
    flow_feed(&input);
}

static void sheet(struct found_sheet found)
{
    struct input input = {
        .kind = INPUT_SCAN, .code = {.kind = CODE_SHEET, .sheet = found.ref}
    };
    input.found.has_sheet = true;
    input.found.sheet = found;
    flow_feed(&input);
}

static void tap(enum action action, int64_t argument)
{
    struct input input = {.kind = INPUT_TAP, .how = HOW_TOUCHED, .action = action, .argument = argument};
    flow_feed(&input);
}

static void page(void)
{
    struct input input = {.kind = INPUT_PAGE};
    page_set(&input.page);
    flow_feed(&input);
}

static void state_change(void (*change)(struct found_state *state))
{
    struct input input = {.kind = INPUT_STATE, .state = flow.state};
    change(&input.state);
    flow_feed(&input);
}

static void to_offline(struct found_state *state)
{
    state->is_online = false;
    state->waiting = 128;
    state->waiting_since = state->wall_ms - 3600000;
    state->has_scanner = false;
    state->is_doubtful = true;
}

static void to_new(struct found_state *state)
{
    to_offline(state);
    state->is_disk_full = true;
    state->station[0] = state->station_name[0][0] = state->station_name[1][0] = '\0';
}

static void set_idle(void)
{
}
static void set_idle_offline(void)
{
    state_change(to_offline);
}
static void to_disk_low(struct found_state *state)
{
    to_offline(state);
    state->is_disk_low = true;
    state->disk_days = 6;
}
static void set_idle_disk(void)
{
    state_change(to_disk_low);
}
static void to_old(struct found_state *state)
{
    state->against_server = -1;
}
static void set_idle_old(void)
{
    state_change(to_old);
}
static void to_newer(struct found_state *state)
{
    state->against_server = 1;
}
static void set_idle_newer(void)
{
    state_change(to_newer);
}
static void set_idle_new(void)
{
    state_change(to_new);
    memset(&flow.idle, 0, sizeof flow.idle);
    flow.idle.today_done = -1;
}
static void set_idle_strip(void)
{
    badge(1);
    sheet(sheet_of(lang));
    tap(ACTION_COUNT, 10);
    tap(ACTION_SAVE, 0);
    now_ms += 2000;
    flow_feed(&(struct input){.kind = INPUT_TIME});
}
static void set_idle_signed(void)
{
    badge(1);
    tap(ACTION_BACK, 0);
}
static void set_worker(void)
{
    badge(1);
    page();
}
static void set_worker_pay(void)
{
    set_worker();
    tap(ACTION_MONEY, 0);
    for (int i = 0; i < 4; i++) tap(ACTION_DIGIT, i);
    tap(ACTION_YES, 0);
    struct input pay = {
        .kind = INPUT_PAY, .pay = {.is_open = true, .today_fen = 18743, .total_fen = 423817, .held = 12, .count = 9}
    };
    for (int i = 0; i < 9; i++) {
        pay.pay.days[i].day = DAY - i;
        pay.pay.days[i].fen = 18743 + i * 917;
    }
    flow_feed(&pay);
}
static void set_pin(void)
{
    badge(1);
    tap(ACTION_MONEY, 0);
    for (int i = 0; i < 4; i++) tap(ACTION_DIGIT, i);
}
static void set_pin_short(void)
{
    set_pin();
    tap(ACTION_ERASE, 0);
    tap(ACTION_YES, 0);
}
static void set_pin_nothing(void)
{
    struct input pay = {.kind = INPUT_PAY, .pay = {.say = SAY("pay.nothing")}};
    set_pin();
    tap(ACTION_YES, 0);
    flow_feed(&pay);
}
static void set_sheet(void)
{
    sheet(sheet_of(lang));
}
static void set_sheet_rich(void)
{
    struct found_sheet found = sheet_of(lang);
    text_set(found.lock_hole, NAME_MAX, lang == LANG_EN ? "Bar lock, centre 60" : "双活双快 锁心距 60");
    text_set(found.closer, NAME_MAX, lang == LANG_EN ? "hidden, hold-open" : "暗装 带停门");
    sheet(found);
}
static void set_sheet_lock(void)
{
    struct found_sheet found = sheet_of(lang);
    text_set(found.lock_hole, NAME_MAX, lang == LANG_EN ? "Bar lock, centre 60" : "双活双快 锁心距 60");
    badge(1);
    tap(ACTION_LOOK, 0);
    sheet(found);
}
static void set_sheet_look(void)
{
    struct found_sheet found = sheet_of(lang);
    found.opening[0] = '\0';
    found.is_stopped = true;
    found.due_day = DAY - 12;
    badge(1);
    tap(ACTION_LOOK, 0);
    sheet(found);
}
static void set_sheet_report(void)
{
    badge(1);
    sheet(sheet_of(lang));
    tap(ACTION_LOOK, 0);
}
static void set_operation(void)
{
    struct found_sheet found = sheet_of(lang);
    found.ops[1] = op_of(20, "punch", "冲孔", "Punch", 0, true);
    found.ops[0] = op_of(10, "shear", "剪板", "Shear", 14, true);
    found.ops[3] = op_of(40, "weld", "焊接", "Weld", 4, true);
    badge(1);
    sheet(found);
    tap(ACTION_OP, 20);
}
static void set_operation_none(void)
{
    struct found_sheet found = sheet_of(lang);
    found.ops[2].is_here = false;
    badge(1);
    sheet(found);
}
static void set_count(void)
{
    badge(1);
    sheet(sheet_of(lang));
    tap(ACTION_COUNT, 9);
    tap(ACTION_BAD, 1);
    tap(ACTION_COUNT, 1);
}
static void set_count_pad(void)
{
    struct found_sheet found = sheet_of(lang);
    found.is_rush = found.is_special = false;
    found.ref.line = (struct line_ref){2612, 1187, 12};
    found.ops[2].planned = 1048;
    found.ops[2].left = 1000;
    badge(1);
    sheet(found);
    tap(ACTION_DIGIT, 1);
    tap(ACTION_DIGIT, 2);
    tap(ACTION_DIGIT, 3);
    tap(ACTION_DIGIT, 6);
}
static void set_count_bad(void)
{
    set_count();
    tap(ACTION_BAD, 3);
}
static void set_count_crew(void)
{
    for (int i = 0; i < 4; i++) {
        badge(i);
        tap(ACTION_JOIN, 0);
    }
    sheet(sheet_of(lang));
    tap(ACTION_COUNT, 4);
}
static void set_count_crew8(void)
{
    for (int i = 0; i < 8; i++) {
        badge(i);
        tap(ACTION_JOIN, 0);
    }
    sheet(sheet_of(lang));
    tap(ACTION_REWORK, 0);
    tap(ACTION_COUNT, 4);
}
static void set_count_unknown(void)
{
    struct found_sheet found = {
        .ref = {{2603, 777, 1}, 1, 1},
          .revision = REVISION_UNKNOWN
    };
    badge(99);
    sheet(found);
}
static void set_saving(void)
{
    struct effect effect;
    set_count();
    struct input save = {.kind = INPUT_TAP, .how = HOW_TOUCHED, .action = ACTION_SAVE, .mono_ms = now_ms};
    flow_step(&flow, &save, &effect);
    struct input slow = {.kind = INPUT_SLOW, .mono_ms = now_ms};
    flow_step(&flow, &slow, &effect);
}
static void set_saved(void)
{
    set_count();
    tap(ACTION_SAVE, 0);
    page();
}
static void set_saved_yuan(void)
{
    struct input input = {.kind = INPUT_PAGE};
    set_worker_pay();
    tap(ACTION_YUAN, 0);
    tap(ACTION_BACK, 0);
    sheet(sheet_of(lang));
    tap(ACTION_COUNT, 9);
    tap(ACTION_SAVE, 0);
    page_set(&input.page);
    input.page.own_fen = 1234567;
    flow_feed(&input);
}
static void set_saved_crew(void)
{
    set_count_crew8();
    tap(ACTION_SAVE, 0);
}
static void set_saved_held(void)
{
    set_count_pad();
    tap(ACTION_SAVE, 0);
    page();
}
static void set_undone(void)
{
    set_saved();
    tap(ACTION_UNDO, 0);
}
/* ---- A supervisor's */

static void supervisor(void)
{
    badge(4);
    flow.crew[0].is_supervisor = true;
    page();
}
static void people_page(int page_no)
{
    struct input input = {.kind = INPUT_PEOPLE};
    input.people.ask = flow.super.people.ask;
    input.people.ask.page = page_no;
    input.people.total = 31;
    input.people.count = FOUND_PEOPLE_MAX;
    for (int i = 0; i < FOUND_PEOPLE_MAX; i++) input.people.rows[i] = worker_of(i, lang);
    input.people.crew_count = 3;
    for (int i = 0; i < 3; i++) {
        text_set(input.people.crews[i].id, WORD_MAX, (const char *[]){"a", "b", "c"}[i]);
        text_set(input.people.crews[i].name, NAME_MAX,
                 lang == LANG_EN ? (const char *[]){"Frames", "Leaves", "Paint shop"}[i]
                                 : (const char *[]){"门框班", "门扇班", "喷涂班"}[i]);
    }
    flow_feed(&input);
}
static void spare_scan(void)
{
    badge(99);
    people_page(0);
}
static void set_worker_super(void)
{
    supervisor();
}
static void set_super(void)
{
    supervisor();
    tap(ACTION_SUPER, 0);
}
static void set_super_carried(void)
{
    set_super();
    tap(ACTION_CARRY, 0);
    flow_feed(
        &(struct input){.kind = INPUT_CARRIED,
                        .is_good = true,
                        .say = say_text(say_int(SAY("kiosk.carried"), 12345), "baogong-9f3a0c22-0317-1432.jsonl")});
}
static void set_spare(void)
{
    set_super();
    tap(ACTION_SPARE, 0);
}
static void set_people(void)
{
    set_spare();
    spare_scan();
}
static void set_people_letters(void)
{
    set_people();
    tap(ACTION_FILTER, PEOPLE_LETTERS);
}
static void set_people_crews(void)
{
    set_people();
    tap(ACTION_FILTER, PEOPLE_CREWS);
}
static void set_people_no_crews(void)
{
    set_people_crews();
    flow.super.people.crew_count = 0;
}

static void set_people_nobody(void)
{
    set_people();
    flow.super.people.count = flow.super.people.total = 0;
}

static void set_people_advice(void)
{
    set_people();
    badge(4);
}
static void set_bound(void)
{
    set_people();
    tap(ACTION_PICK, 6);
}
static void set_bound_new(void)
{
    set_people();
    tap(ACTION_NEWCOMER, 0);
}
static void set_paper(void)
{
    set_super();
    tap(ACTION_PAPER, 0);
}
static void set_paper_full(void)
{
    set_paper();
    badge(6);
    sheet(sheet_of(lang));
    tap(ACTION_COUNT, 12);
    tap(ACTION_FIELD, PAPER_WHY);
    tap(ACTION_PICK, 5);
    badge(7);
}
static void set_paper_second(void)
{
    set_paper();
    badge(6);
    badge(6);
}
static void set_paper_saved(void)
{
    set_paper_full();
    tap(ACTION_SAVE, 0);
}
static void set_pick_op(void)
{
    set_paper_full();
    tap(ACTION_FIELD, PAPER_OP);
}
static void set_pick_day(void)
{
    set_paper();
    tap(ACTION_FIELD, PAPER_DAY);
}
static void set_pick_why(void)
{
    set_paper();
    tap(ACTION_FIELD, PAPER_WHY);
}
static void set_quantity(void)
{
    set_paper();
    tap(ACTION_FIELD, PAPER_COUNT);
    for (int i = 0; i < 6; i++) tap(ACTION_DIGIT, 9 - i);
}
static void set_entries(void)
{
    set_super();
    tap(ACTION_MEND, 0);
    people_page(1);
    tap(ACTION_PICK, 1);
    page();
}
/* [R14] "This is wrong": which entry, what is wrong, and the office's answer on his page. */
static void set_object(void)
{
    set_worker();
    tap(ACTION_WRONG, 0);
    page();
}
static void set_object_why(void)
{
    set_object();
    tap(ACTION_PICK, 0);
}
static void set_blamed(void)
{
    struct input input = {.kind = INPUT_PAGE};
    set_worker();
    page_set(&input.page);
    input.page.blame_count = 2;
    for (int i = 0; i < 2; i++) {
        input.page.blames[i] = input.page.entries[i + 1];
        input.page.blames[i].count = 2 + i;
    }
    flow_feed(&input);
}
static void set_object_blamed(void)
{
    struct found_page page;
    set_blamed();
    page = flow.page;
    tap(ACTION_WRONG, 0);
    flow_feed(&(struct input){.kind = INPUT_PAGE, .page = page});
}
static void set_objected(void)
{
    set_object_why();
    tap(ACTION_PICK, 1);
}
static void set_worker_answered(void)
{
    struct input input = {.kind = INPUT_PAGE};
    set_worker();
    page_set(&input.page);
    input.page.answer =
        say_text(SAY("verdict.object_no"), lang == LANG_ZH ? "数过了，是四件，没有少记" : "counted again, four it was");
    flow_feed(&input);
}
static void set_mend(void)
{
    set_entries();
    tap(ACTION_PICK, 0);
    struct input event = {.kind = INPUT_EVENT, .name = flow.super.entry.name, .is_good = true};
    event.event.kind = EVENT_REPORT;
    event.event.has_sheet = true;
    event.event.sheet = flow.super.entry.sheet;
    event.event.count = flow.super.entry.count;
    event.event.shift_day = DAY - 1;
    flow_feed(&event);
}
static void set_mend_count(void)
{
    set_mend();
    tap(ACTION_PICK, 0);
    tap(ACTION_PICK, 2);
    tap(ACTION_FIELD, PAPER_COUNT);
    tap(ACTION_DIGIT, 9);
    tap(ACTION_YES, 0);
}
static void set_mend_undo(void)
{
    set_mend();
    tap(ACTION_PICK, 0);
    tap(ACTION_PICK, 5);
}
static void set_mend_undone(void)
{
    set_mend_undo();
    tap(ACTION_UNDO, 0);
}
static void set_again(void)
{
    set_saved();
    now_ms += 20000;
    badge(1);
    sheet(sheet_of(lang));
}
static void set_join(void)
{
    badge(1);
    badge(7);
}
static void set_replaced(void)
{
    struct found_sheet found = sheet_of(lang);
    found.replaced_by = 12;
    badge(1);
    sheet(found);
}
static void set_sheet_some(void)
{
    struct found_sheet found = sheet_of(lang);
    found.stop_doors = 2;
    sheet(found);
}
static void set_refused(void)
{
    flow_feed(&(struct input){.kind = INPUT_BAD_CODE,
                              .say = say_text(SAY("code.digit"), "ABC-8871-Zzzzzzzzz 中文 0123456789 abcdef")});
}
static void set_stopped(void)
{
    struct found_sheet found = sheet_of(lang);
    found.is_stopped = true;
    found.stop_ms = INT64_C(1773715320000);
    text_set(found.stop_why, NAME_MAX, lang == LANG_EN ? "the customer changes the size" : "客户改尺寸");
    text_set(found.stop_by, NAME_MAX, lang == LANG_EN ? "Zhou Guoqiang" : "周国强");
    badge(1);
    sheet(found);
}
static void set_void(void)
{
    struct found_sheet found = sheet_of(lang);
    found.revision = REVISION_OLD;
    found.newest_rev = 3;
    sheet(found);
}
static void set_void_days(void)
{
    set_void();
    flow.age.age_ms = INT64_C(29) * 24 * 3600000;
}
static void set_stopped_hours(void)
{
    set_stopped();
    flow.age.age_ms = 5 * 3600000;
}

static void to_long_offline(struct found_state *state)
{
    to_offline(state);
    state->has_scanner = true;
    state->waiting = 12345;
    state->waiting_since -= INT64_C(29) * 24 * 3600000;
}
static void to_offline_empty(struct found_state *state)
{
    state->is_online = false;
}
static void set_idle_long_offline(void)
{
    state_change(to_long_offline);
}
static void set_idle_asked(void)
{
    set_idle_strip();
    state_change(to_offline_empty);
    tap(ACTION_UNDO, 0);
}
static void set_idle_strip_bad(void)
{
    set_count();
    tap(ACTION_SAVE, 0);
    now_ms += 2000;
    flow_feed(&(struct input){.kind = INPUT_TIME});
    tap(ACTION_BAD, 0);
    tap(ACTION_BACK, 0);
}
static void set_worker_locked(void)
{
    set_pin();
    tap(ACTION_YES, 0);
    flow.misses[0] = (struct flow_miss){flow.crew[0].badge, 2, now_ms};
    flow_feed(&(struct input){
        .kind = INPUT_PAY, .pay = {.is_wrong = true, .say = SAY("pay.pin")}
    });
}
static void set_pin_wrong(void)
{
    set_pin();
    tap(ACTION_YES, 0);
    flow_feed(&(struct input){
        .kind = INPUT_PAY, .pay = {.is_wrong = true, .say = SAY("pay.pin")}
    });
}
static struct found_sheet sheet_long(void)
{
    struct found_sheet found = sheet_of(lang);
    for (int i = 0; i < found.op_count; i++) {
        found.ops[i] = op_of(10 + 10 * i, "bend", "折弯", "Bend", 0, true);
        found.ops[i].planned = found.ops[i].left = 120;
    }
    text_set(
        found.remarks, sizeof found.remarks,
        lang == LANG_EN
            ? "The lock hole is 60 mm from the edge; glue all round the leaf; the customer wants the carving "
              "outside. Spot-weld the plate behind the hinges before it is welded in full; grind, then "
              "coat; the colour is that of the sample, and each door is packed in two layers of foam with "
              "a label that says it breaks. Ask Mr Zhou before the first one."
            : "锁孔距边 60 mm，门扇四周打胶，客户要求雕花朝外；铰链侧加固板必须先点焊再满焊，打磨后方可喷塑，"
              "颜色以样板为准，包装用双层珍珠棉并贴易碎标，装车前由质检逐樘复核开向和锁孔，第一樘做好先请周主管看，"
              "同意后再做其余的，有问题当天提出。");
    return found;
}
static void set_sheet_long(void)
{
    sheet(sheet_long());
}
static void set_sheet_long_report(void)
{
    badge(1);
    sheet(sheet_long());
    tap(ACTION_LOOK, 0);
}
static void set_sheet_remarks(void)
{
    sheet(sheet_long());
    tap(ACTION_MORE, 0);
}
static void set_saved_unknown(void)
{
    set_count_unknown();
    tap(ACTION_DIGIT, 2);
    tap(ACTION_SAVE, 0);
}
static void set_saved_newer(void)
{
    struct found_sheet found = sheet_of(lang);
    found.revision = REVISION_NEWER;
    found.ref.rev = 12;
    badge(1);
    sheet(found);
    tap(ACTION_COUNT, 2);
    tap(ACTION_SAVE, 0);
}
static void set_saved_over(void)
{
    badge(1);
    sheet(sheet_of(lang));
    tap(ACTION_DIFFERENT, 0);
    for (int i = 0; i < 4; i++) tap(ACTION_DIGIT, 9);
    tap(ACTION_SAVE, 0);
}

/* ---- Setup */

static void diagnosis_feed(void)
{
    static struct input     input;
    struct found_diagnosis *diagnosis = &input.diagnosis;
    memset(&input, 0, sizeof input);
    input.kind = INPUT_DIAGNOSIS;
    *diagnosis = (struct found_diagnosis){.kiosk = 0x9F3A11C2D04B77E1,
                                          .is_tls = true,
                                          .heard_ms = flow.state.wall_ms - 60000,
                                          .offset_ms = -1234000,
                                          .free_bytes = INT64_C(23117) << 20,
                                          .database_bytes = INT64_C(412) << 20,
                                          .days_left = 9999,
                                          .log_count = FOUND_LOG_MAX,
                                          .waiting_count = FOUND_WAITING_MAX};
    text_set(diagnosis->version, sizeof diagnosis->version, "0.1.0");
    text_set(diagnosis->server, sizeof diagnosis->server, "192.168.110.210:58443");
    for (int i = 0; i < FOUND_LOG_MAX; i++) {
        diagnosis->log[i].wall_ms = flow.state.wall_ms - i * INT64_C(7200000);
        text_set(diagnosis->log[i].text, LOG_TEXT_MAX,
                 i % 2 == 0 ? "sending: the server at 192.168.110.210:58443 can't be reached"
                            : "database: the disk answered with an error that nobody has seen before, twice in a row");
    }
    for (int i = 0; i < FOUND_WAITING_MAX; i++)
        diagnosis->waiting[i] = (struct found_waiting){
            .seq = 10230 + i,
            .kind = i % 3 == 0 ? EVENT_CORRECT : EVENT_REPORT,
            .sheet = {{2612, 1187, 12}, 1, 1},
            .count = 122,
            .wall_ms = flow.state.wall_ms - (FOUND_WAITING_MAX - i) * INT64_C(5400000)
        };
    flow_feed(&input);
}

static void setup_badge(void)
{
    struct input input = {
        .kind = INPUT_SCAN, .code = {.kind = CODE_BADGE, .badge = 507}
    };
    input.found.has_worker = true;
    input.found.worker = worker_of(7, lang);
    input.found.worker.is_supervisor = true;
    flow_feed(&input);
}

static void setup_page(enum setup_page page_wanted)
{
    tap(ACTION_SETUP, 0);
    setup_badge();
    tap(ACTION_SETUP, page_wanted);
    diagnosis_feed();
}

static void set_setup_shut(void)
{
    tap(ACTION_SETUP, 0);
}
static void set_setup_refused(void)
{
    tap(ACTION_SETUP, 0);
    badge(1);
}
static void set_setup(void)
{
    setup_page(SETUP_MENU);
}
static void set_setup_offline(void)
{
    state_change(to_offline_empty);
    setup_page(SETUP_MENU);
}
static void set_setup_new(void)
{
    set_idle_new();
    tap(ACTION_SETUP, 0);
}
static void set_setup_station(void)
{
    setup_page(SETUP_STATION);
}
static void set_setup_station_new(void)
{
    set_setup_new();
    tap(ACTION_SETUP, SETUP_STATION);
    flow_feed(&(struct input){.kind = INPUT_TELL, .say = SAY("kiosk.enrolling")});
}
static void set_setup_scanners(void)
{
    setup_page(SETUP_SCANNERS);
}
static struct found_scanner scanner_of(const char *name, const char *mode, const char *state, const char *advice)
{
    struct found_scanner scanner = {.number = 1, .ids = "0c2e:0b61", .port = "1-5"};
    text_set(scanner.name, sizeof scanner.name, name);
    text_set(scanner.mode, sizeof scanner.mode, mode);
    text_set(scanner.state, sizeof scanner.state, state);
    text_set(scanner.advice, sizeof scanner.advice, advice);
    return scanner;
}
static void scanners_feed(enum found_teaching teaching, bool is_bad)
{
    struct input input = {
        .kind = INPUT_SCANNERS, .scanners = {.teaching = teaching, .count = 3}
    };
    input.scanners.rows[0] = is_bad ? scanner_of("Honeywell Vuquest 3310g area-imaging scanner", "scan.mode.keys",
                                                 "scan.state.denied", "scan.advice.denied")
                                    : scanner_of("Honeywell Voyager 1602g", "scan.mode.keys", "scan.state.working", "");
    input.scanners.rows[0].is_chosen = input.scanners.rows[0].has_layout = true;
    input.scanners.rows[1] =
        scanner_of("Zebra/Symbol", "scan.mode.vendor", "scan.state.wrong_mode", "scan.advice.vendor");
    input.scanners.rows[2] =
        scanner_of("Logitech Keyboard K120", "scan.mode.keys", "scan.state.found", "scan.advice.found");
    flow_feed(&input);
}
static void set_setup_three(void)
{
    set_setup_scanners();
    scanners_feed(FOUND_NOT_TEACHING, true);
}
static void set_setup_teaching(void)
{
    set_setup_scanners();
    scanners_feed(FOUND_NOT_TEACHING, false);
    tap(ACTION_SCANNER, WISH_TEACH * ACTION_SCANNER_ROW);
    scanners_feed(FOUND_TEACHING, false);
}
static void set_setup_taught(void)
{
    set_setup_teaching();
    scanners_feed(FOUND_TAUGHT, false);
}
static void set_setup_untaught(void)
{
    set_setup_teaching();
    scanners_feed(FOUND_NOT_TAUGHT, false);
}
static void set_setup_scanned(void)
{
    set_setup_scanners();
    struct input input = {
        .kind = INPUT_SCAN, .code = {.kind = CODE_BADGE, .badge = 1}
    };
    text_set(input.code.digits, sizeof input.code.digits, "300000000000000123");
    flow_feed(&input);
}
static void set_setup_scanned_bad(void)
{
    set_setup_scanners();
    set_refused();
}
static void set_setup_queue(void)
{
    state_change(to_offline);
    setup_page(SETUP_QUEUE);
}
static void set_setup_carry(void)
{
    set_setup_queue();
    tap(ACTION_CARRY, 0);
}
static void set_setup_queue_none(void)
{
    setup_page(SETUP_QUEUE);
    flow.diagnosis.waiting_count = 0;
}
static void set_setup_diagnosis(void)
{
    state_change(to_offline);
    setup_page(SETUP_DIAGNOSIS);
}
static void set_setup_sound(void)
{
    setup_page(SETUP_SOUND);
}
static void set_setup_sound_none(void)
{
    set_setup_sound();
    flow.diagnosis.hearing = HEARING_NONE;
    tap(ACTION_SET, KNOB_VOLUME * ACTION_SET_KNOB);
}
static void set_setup_screen(void)
{
    setup_page(SETUP_SCREEN);
}
static void set_setup_not_kept(void)
{
    set_setup_screen();
    flow_feed(&(struct input){.kind = INPUT_NOT_SET, .say = say_text(SAY("db.full"), "kiosk.db")});
}
static void set_setup_sign_out(void)
{
    setup_page(SETUP_SIGN_OUT);
}
static void set_setup_end(void)
{
    setup_page(SETUP_END);
}
static void touch_at(int x, int y, enum action action, int64_t argument)
{
    flow_feed(&(struct input){.kind = INPUT_TOUCH, .x = x, .y = y, .action = action, .argument = argument});
}
static void set_setup_touch(void)
{
    setup_page(SETUP_TOUCH);
    touch_at(40, 60, ACTION_TARGET, 0);
    touch_at(500, 950, ACTION_TARGET, 6);
    touch_at(300, 330, ACTION_NONE, 0);
}
static void set_setup_touch_all(void)
{
    setup_page(SETUP_TOUCH);
    for (int i = 0; i < SETUP_TARGETS; i++) touch_at(100 * i, 900, ACTION_TARGET, i);
}
static void set_clean(void)
{
    tap(ACTION_CLEAN, 0);
}
static void set_rest(void)
{
    now_ms += (int64_t)flow.knobs[KNOB_DIM_MIN] * 60000;
    flow_feed(&(struct input){.kind = INPUT_TIME});
}
static void set_rest_offline(void)
{
    state_change(to_long_offline);
    set_rest();
}
static void crew_in(int count)
{
    for (int i = 0; i < count; i++) {
        badge(i);
        tap(ACTION_JOIN, 0);
    }
}
static void crew_saved(int count)
{
    struct found_sheet found = sheet_of(lang);
    struct input       sums = {.kind = INPUT_CREW, .crew = {.count = count}};
    found.ops[2].rate_cfen = 41000;
    crew_in(count);
    sheet(found);
    tap(ACTION_COUNT, 7);
    tap(ACTION_SAVE, 0);
    tap(ACTION_WORKER, 0);
    for (int i = 0; i < count; i++) {
        sums.crew.sums[i].number = i;
        sums.crew.sums[i].fen = 9641 + 12345 * i;
    }
    flow_feed(&sums);
}
static void set_crew(void)
{
    crew_in(3);
}
static void pool_told(int count)
{
    struct input sums = {
        .kind = INPUT_CREW, .crew = {.count = count, .is_pool = true}
    };
    for (int i = 0; i < count; i++) flow.crew[i].is_pooled = flow.last_crew[i].is_pooled = true;
    for (int i = 0; i < count; i++)
        snprintf(flow.crew[i].crew, WORD_MAX, "a"), snprintf(flow.last_crew[i].crew, WORD_MAX, "a");
    sums.crew.pool_day = flow.state.day - 1;
    sums.crew.settles_ms = flow.state.wall_ms + 3600000;
    for (int i = 0; i < count; i++) {
        sums.crew.sums[i].number = i;
        sums.crew.sums[i].minutes = i == 0 ? 510 : 540 - 37 * i;
        sums.crew.sums[i].hundredths = 100 + 10 * i;
        sums.crew.sums[i].parts = 10000 / count;
    }
    flow_feed(&sums);
}
/* [EVENTS: crews] Hours of the shift before, and no yuan of this one. */
static void set_crew_pool(void)
{
    crew_saved(3);
    pool_told(3);
}
static void set_crew_pool_eight(void)
{
    crew_saved(8);
    pool_told(8);
}
static void set_saved_pool(void)
{
    crew_saved(3);
    pool_told(3);
    tap(ACTION_BACK, 0);
    now_ms += 40000;
    sheet(sheet_of(lang));
    tap(ACTION_COUNT, 5);
    tap(ACTION_SAVE, 0);
}
static void set_crew_one(void)
{
    crew_in(2);
    tap(ACTION_LEAVE, 1);
    tap(ACTION_LEAVE, 0);
}
static void set_crew_shares(void)
{
    crew_saved(4);
}
static void set_crew_eight(void)
{
    crew_saved(8);
}
static void set_crew_chosen(void)
{
    crew_saved(7);
    tap(ACTION_LEAVE, 7);
}
static void set_saved_shares(void)
{
    crew_saved(3);
    tap(ACTION_BACK, 0);
    now_ms += 40000;
    sheet(sheet_of(lang));
    tap(ACTION_COUNT, 5);
    flow.sheet.ops[2].rate_cfen = 41000;
    tap(ACTION_SAVE, 0);
}
static void set_check(void)
{
    struct found_sheet found = sheet_of(lang);
    found.ops[2].is_opening_asked = true;
    badge(1);
    sheet(found);
}
static void set_check_wrong(void)
{
    set_check();
    tap(ACTION_OPENING, OPENING_LEFT_IN);
}
static void set_number(void)
{
    badge(1);
    tap(ACTION_NUMBER, 0);
}
static void set_number_typed(void)
{
    tap(ACTION_NUMBER, 0);
    for (int i = 0; i < 12; i++) tap(ACTION_DIGIT, i == 4 || i == 9 ? 10 : i % 10);
}
static void number_find(int count)
{
    struct input lines = {
        .kind = INPUT_LINES, .lines = {.count = count, .has_more = count > 8}
    };
    tap(ACTION_NUMBER, 0);
    tap(ACTION_DIGIT, 3);
    tap(ACTION_DIGIT, 0);
    tap(ACTION_DIGIT, 1);
    tap(ACTION_YES, 0);
    for (int i = 0; i < count; i++) {
        lines.lines.rows[i] = flow.idle.queue[i % flow.idle.queue_count];
        lines.lines.rows[i].line = (struct line_ref){2603, 1, 1 + i};
    }
    flow_feed(&lines);
}
static void set_number_none(void)
{
    number_find(0);
}
static void set_number_list(void)
{
    number_find(3);
}
static void set_number_many(void)
{
    number_find(FOUND_LINES_MAX);
}
static void to_rows(struct found_state *state)
{
    state->can_touch_rows = true;
}
static void set_idle_rows(void)
{
    state_change(to_rows);
}
static void set_idle_rows_strip(void)
{
    set_idle_strip();
    state_change(to_rows);
}
static void to_hours(struct found_state *state)
{
    state->sign_out_s = 86400;
}
static void to_minutes(struct found_state *state)
{
    state->sign_out_s = 3600;
}
static void set_count_minutes(void)
{
    state_change(to_minutes);
    badge(1);
    sheet(sheet_of(lang));
}
static void set_count_hours(void)
{
    state_change(to_hours);
    badge(1);
    sheet(sheet_of(lang));
}
static void set_count_all(void)
{
    badge(1);
    sheet(sheet_of(lang));
    tap(ACTION_BAD, 4);
    tap(ACTION_YES, 0);
}
static void set_count_fault(void)
{
    set_count();
    tap(ACTION_BAD, 4);
    tap(ACTION_FAULT, 30);
    tap(ACTION_MORE, 0);
}
static void set_count_made(void)
{
    struct found_sheet found = sheet_of(lang);
    text_set(found.ops[2].by, NAME_MAX, worker_of(6, lang).name);
    found.ops[2].by_ms = flow.state.wall_ms - 3600000;
    found.ops[2].by_count = 6;
    badge(1);
    sheet(found);
}
static void set_count_rework(void)
{
    struct found_sheet found = sheet_of(lang);
    found.ops[2].rework_rate_cfen = 31750;
    badge(1);
    sheet(found);
    tap(ACTION_REWORK, 0);
    tap(ACTION_COUNT, 2);
}

/* ---- Stops */

static struct found_paper paper_of(int line, int copy, bool is_here, bool is_in)
{
    static const char *const STATIONS[2][2] = {
        {"焊接 1 号",    "Welding 1"},
        {"折弯 2 号机", "Bending 2"}
    };
    struct found_paper paper = {
        .sheet = {{2602, 99, line}, 1, copy},
        .wall_ms = INT64_C(1773714660000) - copy * 2460000,
        .is_here = is_here,
        .is_in = is_in
    };
    text_set(paper.station[0], NAME_MAX, STATIONS[is_here][0]);
    text_set(paper.station[1], NAME_MAX, STATIONS[is_here][1]);
    text_set(paper.worker, NAME_MAX, worker_of(copy, lang).name);
    return paper;
}

static struct found_stops stops_of(void)
{
    struct found_stops stops = {.heard_ms = INT64_C(1773729060000), .all = 2, .count = 2};
    for (int i = 0; i < 2; i++) {
        stops.stops[i].what = stops.stops[i].at = (struct line_ref){2602, 99, i};
        stops.stops[i].at.line = 1;
        stops.stops[i].at_ms = INT64_C(1773715320000);
        stops.stops[i].is_here = i == 0;
        text_set(stops.stops[i].why, WHY_MAX, lang == LANG_EN ? "the customer changes the size" : "客户改尺寸");
        text_set(stops.stops[i].who, NAME_MAX, lang == LANG_EN ? "Lin Xiaoyan" : "林小燕");
    }
    text_set(stops.supervisor, NAME_MAX, lang == LANG_EN ? "Zhou Guoqiang" : "周国强");
    return stops;
}

static void stops(struct found_stops found)
{
    struct input input = {.kind = INPUT_STOPS, .stops = found};
    flow_feed(&input);
}

static void set_stop(void)
{
    struct found_stops found = stops_of();
    found.paper_count = 3;
    found.papers[0] = paper_of(1, 1, true, false);
    found.papers[1] = paper_of(1, 2, false, false);
    found.papers[2] = paper_of(2, 3, false, true);
    stops(found);
}
/* The longest of everything, and without the server for days. */
static void set_stop_long(void)
{
    struct found_stops found = stops_of();
    badge(1);
    tap(ACTION_BACK, 0);
    state_change(to_long_offline);
    found.heard_ms -= INT64_C(29) * 24 * 3600000;
    found.stops[1].is_here = true;
    found.stops[0].what = (struct line_ref){2612, 1187, 12};
    for (int i = 0; i < 9; i++) found.papers[found.paper_count++] = paper_of(12, i + 1, i % 2 == 0, i == 4);
    found.papers[0].sheet.line = found.stops[0].what;
    text_set(found.stops[0].why, WHY_MAX,
             lang == LANG_EN
                 ? "the customer changes size and colour of two doors and will say tomorrow by noon"
                 : "客户要改两樘的尺寸和颜色，明天中午前给最后答复，已经开料的先放一边不要再往下做，等通知");
    stops(found);
}
static void set_stop_some(void)
{
    struct found_stops found = stops_of();
    found.stops[0].what.line = 1;
    found.stops[0].doors = 2;
    stops(found);
}
static void set_stop_plain(void)
{
    struct found_stops found = stops_of();
    found.count = found.all = 1;
    found.stops[0].why[0] = found.supervisor[0] = '\0';
    found.heard_ms = -1;
    stops(found);
}
static void set_kept_ack(void)
{
    set_stop();
    badge(3);
}
static void set_kept_collect(void)
{
    set_stopped();
    tap(ACTION_COLLECT, 0);
}

/* ---- What the office asks */

static void asks(bool is_long)
{
    struct input           input = {.kind = INPUT_ASKED};
    struct found_question *one = &input.asked.rows[0];
    bool                   is_en = lang == LANG_EN;
    one->id = 7;
    one->line = is_long ? (struct line_ref){2612, 1187, 12} : (struct line_ref){2603, 1, 1};
    one->at_ms = INT64_C(1773715320000);
    text_set(one->who, NAME_MAX, is_en ? "Li Min" : "李敏");
    text_set(one->product, NAME_MAX, is_en ? "steel security door" : "钢质防盗门");
    if (is_long) {
        input.asked.all = 4;
        text_set(one->who, NAME_MAX, is_en ? "Wolfeschlegelsteinhausen" : "阿卜杜热合曼·买买提江");
        text_set(one->product, NAME_MAX, is_en ? "solid wood double door with side light" : "实木复合子母门带亮窗");
        text_set(one->text, REMARKS_MAX,
                 is_en ? "when will the two doors with the other colour be packed, the truck comes at three"
                       : "改了颜色的那两樘什么时候能包好，车三点到，客户让先发那两樘，其余下周发");
    } else {
        input.asked.all = 1;
    }
    input.asked.count = 1;
    flow_feed(&input);
}
static void set_asked(void)
{
    asks(false);
}
static void set_asked_long(void)
{
    badge(1);
    tap(ACTION_BACK, 0);
    state_change(to_long_offline);
    asks(true);
}
static void set_kept_answer(void)
{
    asks(false);
    tap(ACTION_ANSWER, ANSWER_TODAY);
}

/* ---- An order, a board */

static void order_feed(int lines, bool is_long)
{
    static struct input      input;
    static const char *const WHO[2] = {"欧阳婷婷", "Ouyang Tingting"};
    memset(&input, 0, sizeof input);
    input.kind = INPUT_ORDER;
    input.order.heard_ms = flow.stops.heard_ms != 0 ? flow.stops.heard_ms : INT64_C(1773729060000);
    input.order.sheet = is_long ? sheet_long() : sheet_of(lang);
    input.order.sheet.ref.copy = 0;
    input.order.line_count = lines;
    input.order.at = lines / 2;
    for (int i = 0; i < lines; i++) {
        input.order.lines[i].line = is_long ? (struct line_ref){2612, 1187, i + 1} : (struct line_ref){2603, 1, i + 1};
        input.order.lines[i].left = i % 3 * 4;
    }
    input.order.sheet.ref.line = input.order.lines[input.order.at].line;
    for (int i = 0; i < input.order.sheet.op_count; i++) {
        struct found_op *op = &input.order.sheet.ops[i];
        if (is_long) op->planned = 12480, op->done = 9876, op->left = 2604;
        if (op->done == 0) continue;
        op->when_ms = INT64_C(1773729000000) - i * INT64_C(3600000) * (is_long ? 24 : 1);
        text_set(op->who, NAME_MAX, is_long ? WHO[lang != LANG_ZH] : worker_of(i, lang).name);
    }
    if (is_long) {
        input.order.sheet.op_count = 24;
        for (int i = 8; i < 24; i++) input.order.sheet.ops[i] = input.order.sheet.ops[i % 8];
    }
    flow_feed(&input);
}
static void set_order(void)
{
    set_sheet();
    tap(ACTION_ORDER, 0);
    order_feed(2, false);
}
static void set_order_long(void)
{
    set_sheet();
    state_change(to_long_offline);
    tap(ACTION_ORDER, 0);
    order_feed(24, true);
}
static void set_order_ask(void)
{
    tap(ACTION_ORDER, 0);
}
static void board_feed(enum board_view view, int scale)
{
    static struct input input;
    static const int    DONE[8] = {64, 58, 53, 31, 28, 22, 18, 15}, PLANNED[8] = {72, 72, 60, 56, 50, 48, 40, 38};
    struct found_sheet  found = sheet_of(lang);
    memset(&input, 0, sizeof input);
    input.kind = INPUT_BOARD;
    struct found_board *board = &input.board;
    board->view = view;
    board->heard_ms = INT64_C(1773729060000);
    board->now_permille = flow.board_back == 0 ? 680 : -1;
    board->op_count = scale > 1 ? FOUND_BOARD_OPS_MAX : 8;
    for (int i = 0; i < board->op_count; i++) {
        struct board_op *op = &board->ops[i];
        memcpy(op->code, found.ops[i % 8].code, sizeof op->code);
        memcpy(op->name, found.ops[i % 8].name, sizeof op->name);
        op->done = DONE[i % 8] * scale;
        op->planned = flow.board_back == 0 ? PLANNED[i % 8] * scale : 0;
        for (int k = 0; k < BOARD_COUNTS; k++) op->counts[k] = scale > 1 ? 12 + k : (i + k) % 5 == 0 ? 1 + k : 0;
        board->done += op->done;
        board->planned += op->planned;
    }
    for (int k = 0; k < BOARD_COUNTS; k++) board->counts[k] = (5 - k) * (scale > 1 ? 199 : 1);
    if (view == BOARD_OPS) {
        flow_feed(&input);
        return;
    }
    board->all = board->row_count = scale > 1 ? FOUND_BOARD_ROWS_MAX : 5;
    for (int i = 0; i < board->row_count; i++) {
        struct board_row *row = &board->rows[i];
        row->line = scale > 1 ? (struct line_ref){2612, 1187, 12} : (struct line_ref){2603, 1 + i, 2};
        text_set(row->product, NAME_MAX, found.product);
        if (i % 2 == 1) text_set(row->product, NAME_MAX, lang == LANG_EN ? "Steel single" : "钢质单开门");
        memcpy(row->op, found.ops[i % 8].name, sizeof row->op);
        row->left = 12 * scale;
        row->due_day = DAY - 1 + i * scale;
        row->is_stopped = i == 0;
        row->is_rush = i == 1;
        row->is_late = i == 2;
        row->worker = worker_of(i, lang);
        row->good = 49 * scale;
        row->bad = i % 3;
        row->held = i % 4 * scale;
        row->when_ms = INT64_C(1773729000000) - i * INT64_C(1800000);
    }
    flow_feed(&input);
}
static void set_board(void)
{
    tap(ACTION_BOARD, 0);
    board_feed(BOARD_OPS, 1);
}
static void set_board_long(void)
{
    state_change(to_long_offline);
    tap(ACTION_BOARD, 0);
    board_feed(BOARD_OPS, 100);
}
static void set_board_yesterday(void)
{
    tap(ACTION_BOARD, 0);
    tap(ACTION_DAY, 1);
    board_feed(BOARD_OPS, 1);
}
static void set_board_orders(void)
{
    tap(ACTION_BOARD, BOARD_ORDERS);
    board_feed(BOARD_ORDERS, 1);
}
static void set_board_late(void)
{
    tap(ACTION_BOARD, BOARD_LATE);
    board_feed(BOARD_LATE, 10);
}
static void set_board_held(void)
{
    tap(ACTION_BOARD, BOARD_HELD);
    board_feed(BOARD_HELD, 10);
}
static void set_board_none(void)
{
    tap(ACTION_BOARD, BOARD_MISSING);
}
static void set_board_shut(void)
{
    tap(ACTION_BOARD, BOARD_WORKERS);
    badge(3);
}
static void set_board_workers(void)
{
    tap(ACTION_BOARD, BOARD_WORKERS);
    struct input input = {
        .kind = INPUT_SCAN, .code = {.kind = CODE_BADGE, .badge = 507}
    };
    input.found.has_worker = true;
    input.found.worker = worker_of(7, lang);
    input.found.worker.is_supervisor = true;
    flow_feed(&input);
    board_feed(BOARD_WORKERS, 10);
}

/* A ribbon on whatever stands there, as wide as it gets. */
static void stops_out(void)
{
    struct found_stops found = stops_of();
    found.stops[0].is_answered = true;
    found.out_count = 9;
    found.outs[0] = paper_of(1, 1, true, false);
    found.outs[0].sheet.line = (struct line_ref){2612, 1187, 12};
    stops(found);
}

/* ---- The dock */

static void to_dock(struct found_state *state)
{
    state->is_dock = true;
    text_set(state->station_name[0], NAME_MAX, "一号发货台");
    text_set(state->station_name[1], NAME_MAX, "Dock 1");
}
static struct found_note note_of(enum note_state state, int lines)
{
    bool              en = lang == LANG_EN;
    struct found_note note = {
        .key = 260300012, .state = state, .copy = 1, .order = {2603, 1, 0},
                   .line_count = lines
    };
    text_set(note.customer, sizeof note.customer, en ? "Zhengzhou Golden Shield Doors" : "郑州金盾门业有限公司");
    text_set(note.truck, sizeof note.truck, "豫A·8D217");
    if (state == NOTE_VOID) note.why = SAY("flow.note_closed_next");
    for (int i = 0; i < lines; i++) {
        struct found_note_line *line = &note.lines[i];
        line->line = (struct line_ref){2603, lines > 4 ? 1187 : 1, i + 1};
        line->rev = 1;
        line->asked = i == 1 ? 128 : 8;
        line->loaded = i == 0 ? 8 : i == 1 ? 126 : 0;
        line->is_stopped = i == 2;
        text_set(line->product, NAME_MAX, en ? "Arched single, steel 1.5 mm" : "圆弧顶单开门 钢质 1.5 mm");
        text_set(line->size, NAME_MAX, "2150 × 980");
        text_set(line->colour, NAME_MAX, en ? "Dark brown" : "深咖锤纹");
    }
    if (lines > 4) note.order = (struct line_ref){2612, 1187, 0};
    return note;
}
static void dock_open(void)
{
    state_change(to_dock);
}
static void notes_feed(int count)
{
    struct input input = {.kind = INPUT_NOTES};
    input.notes.count = count;
    for (int i = 0; i < count; i++) {
        struct found_note note = note_of(i == 1 ? NOTE_SHUT : i == 3 ? NOTE_VOID : NOTE_OPEN, 3);
        input.notes.rows[i].key = note.key + i;
        input.notes.rows[i].state = note.state;
        input.notes.rows[i].order = (struct line_ref){i == 2 ? 2612 : 2603, i == 2 ? 1187 : 301 + i, 0};
        input.notes.rows[i].asked = i == 2 ? 128 : 8;
        input.notes.rows[i].loaded = i == 2 ? 126 : i;
        text_set(input.notes.rows[i].truck, WORD_MAX, note.truck);
        text_set(input.notes.rows[i].customer, NAME_MAX,
                 i % 2 == 0        ? note.customer
                 : lang == LANG_EN ? "Mr Chen"
                                   : "陈刚");
    }
    flow_feed(&input);
}
static void note_scan(struct found_note note)
{
    struct input input = {
        .kind = INPUT_SCAN, .code = {.kind = CODE_NOTE, .note = {2603, 12, 1}}
    };
    text_set(input.code.digits, sizeof input.code.digits, "526030001201000027");
    input.found.has_note = true;
    input.found.note = note;
    flow_feed(&input);
}
static void door_scan(int line, int piece)
{
    struct input input = {
        .kind = INPUT_SCAN, .code = {.kind = piece > 0 ? CODE_PIECE : CODE_SHEET, .piece = piece}
    };
    input.found.has_sheet = true;
    input.found.sheet = sheet_of(lang);
    input.found.sheet.ref.line.line = line;
    input.code.sheet = input.found.sheet.ref;
    input.found.door = (struct found_door){.in = 5, .is_named = true};
    flow_feed(&input);
}
static void place_scan(void)
{
    struct input input = {
        .kind = INPUT_SCAN, .code = {.kind = CODE_PLACE, .place = 12}
    };
    text_set(input.code.digits, sizeof input.code.digits, "600000000000001234");
    flow_feed(&input);
}
static void set_dock(void)
{
    dock_open();
    notes_feed(3);
}
static void set_dock_none(void)
{
    dock_open();
}
static void set_dock_many(void)
{
    dock_open();
    notes_feed(9);
    badge(1);
    tap(ACTION_BACK, 0);
}
static void set_dock_strip(void)
{
    dock_open();
    notes_feed(5);
    badge(1);
    door_scan(2, 7);
    now_ms += 2000;
    flow_feed(&(struct input){.kind = INPUT_TIME});
}
static void set_dock_offline(void)
{
    set_dock();
    state_change(to_offline);
}
static void set_note(void)
{
    dock_open();
    badge(1);
    note_scan(note_of(NOTE_OPEN, 3));
}
static void set_note_long(void)
{
    dock_open();
    note_scan(note_of(NOTE_OPEN, 17));
    flow.dock.age.age_ms = 5 * 3600000;
    tap(ACTION_MORE, 0);
}
static void set_note_badge(void)
{
    dock_open();
    note_scan(note_of(NOTE_OPEN, 4));
    door_scan(2, 7);
}
static void set_note_undo(void)
{
    set_note();
    door_scan(2, 7);
    now_ms += 2000;
    flow_feed(&(struct input){.kind = INPUT_TIME});
}
static void set_note_shut(void)
{
    dock_open();
    note_scan(note_of(NOTE_SHUT, 3));
}
static void set_note_void(void)
{
    dock_open();
    note_scan(note_of(NOTE_VOID, 3));
}
static void set_note_paid(void)
{
    struct input input = {.kind = INPUT_NOTE};
    set_note_shut();
    input.found.note = note_of(NOTE_OPEN, 3);
    flow_feed(&input);
}
static void set_note_wrong(void)
{
    set_note();
    door_scan(9, 7);
}
static void set_note_twice(void)
{
    set_note();
    struct found_door twice = {.in = 5, .is_named = true, .last = EVENT_LOAD, .last_note = 260300012};
    twice.last_ms = flow.state.wall_ms - 3600000;
    struct input input = {
        .kind = INPUT_SCAN, .code = {.kind = CODE_PIECE, .piece = 112}
    };
    input.found.has_sheet = true;
    input.found.sheet = sheet_of(lang);
    input.found.door = twice;
    flow_feed(&input);
}
static void set_note_unknown(void)
{
    dock_open();
    state_change(to_offline);
    struct found_note note = {.key = 260300012};
    note_scan(note);
}
static void set_left(void)
{
    dock_open();
    note_scan(note_of(NOTE_OPEN, 4));
    tap(ACTION_CLOSE, 0);
}
static void set_left_badge(void)
{
    dock_open();
    note_scan(note_of(NOTE_OPEN, 9));
    tap(ACTION_CLOSE, 0);
    tap(ACTION_YES, 0);
}
static void set_left_none(void)
{
    dock_open();
    badge(1);
    note_scan(note_of(NOTE_OPEN, 1));
    tap(ACTION_CLOSE, 0);
}
static void set_goods(void)
{
    dock_open();
    tap(ACTION_GOODS, GOODS_IN);
}
static void set_goods_transfer(void)
{
    dock_open();
    tap(ACTION_GOODS, GOODS_TRANSFER);
    place_scan();
    door_scan(2, 7);
}
static void set_goods_count(void)
{
    dock_open();
    badge(1);
    tap(ACTION_GOODS, GOODS_COUNT);
    door_scan(2, 0);
}
static void set_goods_return(void)
{
    dock_open();
    badge(1);
    tap(ACTION_GOODS, GOODS_RETURN);
    door_scan(2, 7);
    now_ms += 2000;
    flow_feed(&(struct input){.kind = INPUT_TIME});
}
static void set_doors_load(void)
{
    dock_open();
    badge(1);
    note_scan(note_of(NOTE_OPEN, 4));
    door_scan(4, 0);
    tap(ACTION_DIGIT, 4);
}
static void set_doors_in(void)
{
    dock_open();
    badge(1);
    door_scan(2, 0);
}
static void set_doors_count(void)
{
    dock_open();
    badge(1);
    tap(ACTION_GOODS, GOODS_COUNT);
    place_scan();
    door_scan(2, 0);
    for (int i = 0; i < 6; i++) tap(ACTION_DIGIT, 9);
}
static void set_moved(void)
{
    set_note();
    door_scan(2, 7);
}
static void set_moved_in(void)
{
    dock_open();
    badge(1);
    place_scan();
    door_scan(2, 7);
}
static void set_moved_held(void)
{
    dock_open();
    badge(1);
    door_scan(2, 0);
    tap(ACTION_DIGIT, 9);
    tap(ACTION_DIGIT, 9);
    tap(ACTION_YES, 0);
}
static void set_moved_counted(void)
{
    set_doors_count();
    tap(ACTION_ERASE, 1);
    tap(ACTION_COUNT, 4);
}
static void set_moved_undone(void)
{
    set_moved();
    tap(ACTION_UNDO, 0);
}
static void set_moved_end(void)
{
    set_left_none();
    tap(ACTION_YES, 0);
}

static const struct screen_row {
    const char *name;
    void (*set)(void);
    enum screen screen;
} SCREENS_ROWS[] = {
    {"idle",            set_idle,              SCREEN_IDLE     },
    {"idle-offline",    set_idle_offline,      SCREEN_IDLE     },
    {"idle-new",        set_idle_new,          SCREEN_IDLE     },
    {"idle-disk",       set_idle_disk,         SCREEN_IDLE     },
    {"idle-old",        set_idle_old,          SCREEN_IDLE     },
    {"idle-newer",      set_idle_newer,        SCREEN_IDLE     },
    {"idle-strip",      set_idle_strip,        SCREEN_IDLE     },
    {"idle-signed",     set_idle_signed,       SCREEN_IDLE     },
    {"idle-days",       set_idle_long_offline, SCREEN_IDLE     },
    {"idle-asked",      set_idle_asked,        SCREEN_IDLE     },
    {"idle-strip-bad",  set_idle_strip_bad,    SCREEN_IDLE     },
    {"worker-locked",   set_worker_locked,     SCREEN_WORKER   },
    {"pin-wrong",       set_pin_wrong,         SCREEN_PIN      },
    {"sheet-long",      set_sheet_long,        SCREEN_SHEET    },
    {"sheet-long-me",   set_sheet_long_report, SCREEN_SHEET    },
    {"sheet-remarks",   set_sheet_remarks,     SCREEN_SHEET    },
    {"saved-unknown",   set_saved_unknown,     SCREEN_SAVED    },
    {"saved-newer",     set_saved_newer,       SCREEN_SAVED    },
    {"saved-over",      set_saved_over,        SCREEN_SAVED    },
    {"worker",          set_worker,            SCREEN_WORKER   },
    {"worker-pay",      set_worker_pay,        SCREEN_WORKER   },
    {"pin",             set_pin,               SCREEN_PIN      },
    {"pin-short",       set_pin_short,         SCREEN_PIN      },
    {"pin-nothing",     set_pin_nothing,       SCREEN_PIN      },
    {"sheet",           set_sheet,             SCREEN_SHEET    },
    {"sheet-look",      set_sheet_look,        SCREEN_SHEET    },
    {"sheet-report",    set_sheet_report,      SCREEN_SHEET    },
    {"operation",       set_operation,         SCREEN_OPERATION},
    {"operation-none",  set_operation_none,    SCREEN_OPERATION},
    {"count",           set_count,             SCREEN_COUNT    },
    {"count-pad",       set_count_pad,         SCREEN_COUNT    },
    {"count-bad",       set_count_bad,         SCREEN_COUNT    },
    {"count-crew",      set_count_crew,        SCREEN_COUNT    },
    {"count-crew8",     set_count_crew8,       SCREEN_COUNT    },
    {"count-unknown",   set_count_unknown,     SCREEN_COUNT    },
    {"count-hours",     set_count_hours,       SCREEN_COUNT    },
    {"count-minutes",   set_count_minutes,     SCREEN_COUNT    },
    {"count-all",       set_count_all,         SCREEN_COUNT    },
    {"count-fault",     set_count_fault,       SCREEN_COUNT    },
    {"count-made",      set_count_made,        SCREEN_COUNT    },
    {"count-rework",    set_count_rework,      SCREEN_COUNT    },
    {"crew",            set_crew,              SCREEN_CREW     },
    {"crew-one",        set_crew_one,          SCREEN_CREW     },
    {"crew-shares",     set_crew_shares,       SCREEN_CREW     },
    {"crew-eight",      set_crew_eight,        SCREEN_CREW     },
    {"crew-pool",       set_crew_pool,         SCREEN_CREW     },
    {"crew-pool-eight", set_crew_pool_eight,   SCREEN_CREW     },
    {"saved-pool",      set_saved_pool,        SCREEN_SAVED    },
    {"crew-chosen",     set_crew_chosen,       SCREEN_CREW     },
    {"saved-yuan",      set_saved_yuan,        SCREEN_SAVED    },
    {"saved-shares",    set_saved_shares,      SCREEN_SAVED    },
    {"check",           set_check,             SCREEN_CHECK    },
    {"check-wrong",     set_check_wrong,       SCREEN_REFUSED  },
    {"number",          set_number,            SCREEN_NUMBER   },
    {"number-typed",    set_number_typed,      SCREEN_NUMBER   },
    {"number-none",     set_number_none,       SCREEN_NUMBER   },
    {"number-list",     set_number_list,       SCREEN_NUMBER   },
    {"number-many",     set_number_many,       SCREEN_NUMBER   },
    {"idle-rows",       set_idle_rows,         SCREEN_IDLE     },
    {"idle-rows-strip", set_idle_rows_strip,   SCREEN_IDLE     },
    {"saving",          set_saving,            SCREEN_SAVING   },
    {"saved",           set_saved,             SCREEN_SAVED    },
    {"saved-crew",      set_saved_crew,        SCREEN_SAVED    },
    {"saved-held",      set_saved_held,        SCREEN_SAVED    },
    {"undone",          set_undone,            SCREEN_SAVED    },
    {"again",           set_again,             SCREEN_QUESTION },
    {"replaced",        set_replaced,          SCREEN_QUESTION },
    {"sheet-some",      set_sheet_some,        SCREEN_SHEET    },
    {"join",            set_join,              SCREEN_QUESTION },
    {"refused",         set_refused,           SCREEN_REFUSED  },
    {"stopped",         set_stopped,           SCREEN_REFUSED  },
    {"void",            set_void,              SCREEN_REFUSED  },
    {"void-days",       set_void_days,         SCREEN_REFUSED  },
    {"stopped-hours",   set_stopped_hours,     SCREEN_REFUSED  },
    {"worker-super",    set_worker_super,      SCREEN_WORKER   },
    {"super",           set_super,             SCREEN_SUPER    },
    {"super-carried",   set_super_carried,     SCREEN_SUPER    },
    {"spare",           set_spare,             SCREEN_SPARE    },
    {"people",          set_people,            SCREEN_PEOPLE   },
    {"people-letters",  set_people_letters,    SCREEN_PEOPLE   },
    {"people-crews",    set_people_crews,      SCREEN_PEOPLE   },
    {"people-no-crews", set_people_no_crews,   SCREEN_PEOPLE   },
    {"people-nobody",   set_people_nobody,     SCREEN_PEOPLE   },
    {"people-advice",   set_people_advice,     SCREEN_PEOPLE   },
    {"bound",           set_bound,             SCREEN_SAVED    },
    {"bound-new",       set_bound_new,         SCREEN_SAVED    },
    {"paper",           set_paper,             SCREEN_PAPER    },
    {"paper-full",      set_paper_full,        SCREEN_PAPER    },
    {"paper-second",    set_paper_second,      SCREEN_PAPER    },
    {"paper-saved",     set_paper_saved,       SCREEN_SAVED    },
    {"pick-op",         set_pick_op,           SCREEN_PICK     },
    {"pick-day",        set_pick_day,          SCREEN_PICK     },
    {"pick-why",        set_pick_why,          SCREEN_PICK     },
    {"quantity",        set_quantity,          SCREEN_QUANTITY },
    {"entries",         set_entries,           SCREEN_ENTRIES  },
    {"mend",            set_mend,              SCREEN_MEND     },
    {"object",          set_object,            SCREEN_ENTRIES  },
    {"object-why",      set_object_why,        SCREEN_PICK     },
    {"blamed",          set_blamed,            SCREEN_WORKER   },
    {"object-blamed",   set_object_blamed,     SCREEN_ENTRIES  },
    {"objected",        set_objected,          SCREEN_WORKER   },
    {"worker-answered", set_worker_answered,   SCREEN_WORKER   },
    {"mend-count",      set_mend_count,        SCREEN_MEND     },
    {"mend-undo",       set_mend_undo,         SCREEN_MEND     },
    {"mend-undone",     set_mend_undone,       SCREEN_SAVED    },
    {"setup",           set_setup,             SCREEN_SETUP    },
    {"setup-shut",      set_setup_shut,        SCREEN_SETUP    },
    {"setup-refused",   set_setup_refused,     SCREEN_REFUSED  },
    {"setup-offline",   set_setup_offline,     SCREEN_SETUP    },
    {"setup-new",       set_setup_new,         SCREEN_SETUP    },
    {"setup-station",   set_setup_station,     SCREEN_SETUP    },
    {"setup-enrol",     set_setup_station_new, SCREEN_SETUP    },
    {"setup-scanners",  set_setup_scanners,    SCREEN_SETUP    },
    {"setup-scanned",   set_setup_scanned,     SCREEN_SETUP    },
    {"setup-scan-bad",  set_setup_scanned_bad, SCREEN_SETUP    },
    {"setup-scanners3", set_setup_three,       SCREEN_SETUP    },
    {"setup-teaching",  set_setup_teaching,    SCREEN_SETUP    },
    {"setup-taught",    set_setup_taught,      SCREEN_SETUP    },
    {"setup-untaught",  set_setup_untaught,    SCREEN_SETUP    },
    {"setup-queue",     set_setup_queue,       SCREEN_SETUP    },
    {"setup-carry",     set_setup_carry,       SCREEN_SETUP    },
    {"setup-queue-0",   set_setup_queue_none,  SCREEN_SETUP    },
    {"setup-diagnosis", set_setup_diagnosis,   SCREEN_SETUP    },
    {"setup-sound",     set_setup_sound,       SCREEN_SETUP    },
    {"setup-silent",    set_setup_sound_none,  SCREEN_SETUP    },
    {"setup-screen",    set_setup_screen,      SCREEN_SETUP    },
    {"setup-not-kept",  set_setup_not_kept,    SCREEN_SETUP    },
    {"setup-sign-out",  set_setup_sign_out,    SCREEN_SETUP    },
    {"setup-end",       set_setup_end,         SCREEN_SETUP    },
    {"setup-touch",     set_setup_touch,       SCREEN_SETUP    },
    {"setup-touch-8",   set_setup_touch_all,   SCREEN_SETUP    },
    {"clean",           set_clean,             SCREEN_CLEAN    },
    {"rest",            set_rest,              SCREEN_IDLE     },
    {"rest-offline",    set_rest_offline,      SCREEN_IDLE     },
    {"stop",            set_stop,              SCREEN_STOPPED  },
    {"stop-long",       set_stop_long,         SCREEN_STOPPED  },
    {"stop-plain",      set_stop_plain,        SCREEN_STOPPED  },
    {"stop-some",       set_stop_some,         SCREEN_STOPPED  },
    {"kept-ack",        set_kept_ack,          SCREEN_KEPT     },
    {"kept-collect",    set_kept_collect,      SCREEN_KEPT     },
    {"asked",           set_asked,             SCREEN_ASKED    },
    {"asked-long",      set_asked_long,        SCREEN_ASKED    },
    {"kept-answer",     set_kept_answer,       SCREEN_KEPT     },
    {"order",           set_order,             SCREEN_ORDER    },
    {"order-long",      set_order_long,        SCREEN_ORDER    },
    {"order-ask",       set_order_ask,         SCREEN_NUMBER   },
    {"board",           set_board,             SCREEN_BOARD    },
    {"board-long",      set_board_long,        SCREEN_BOARD    },
    {"board-yesterday", set_board_yesterday,   SCREEN_BOARD    },
    {"board-orders",    set_board_orders,      SCREEN_BOARD    },
    {"board-late",      set_board_late,        SCREEN_BOARD    },
    {"board-held",      set_board_held,        SCREEN_BOARD    },
    {"board-none",      set_board_none,        SCREEN_BOARD    },
    {"board-shut",      set_board_shut,        SCREEN_BOARD    },
    {"board-workers",   set_board_workers,     SCREEN_BOARD    },
    {"sheet-rich",      set_sheet_rich,        SCREEN_SHEET    },
    {"sheet-lock",      set_sheet_lock,        SCREEN_SHEET    },
    {"dock",            set_dock,              SCREEN_IDLE     },
    {"dock-none",       set_dock_none,         SCREEN_IDLE     },
    {"dock-many",       set_dock_many,         SCREEN_IDLE     },
    {"dock-strip",      set_dock_strip,        SCREEN_IDLE     },
    {"dock-offline",    set_dock_offline,      SCREEN_IDLE     },
    {"note",            set_note,              SCREEN_NOTE     },
    {"note-long",       set_note_long,         SCREEN_NOTE     },
    {"note-badge",      set_note_badge,        SCREEN_NOTE     },
    {"note-undo",       set_note_undo,         SCREEN_NOTE     },
    {"note-shut",       set_note_shut,         SCREEN_NOTE     },
    {"note-void",       set_note_void,         SCREEN_NOTE     },
    {"note-paid",       set_note_paid,         SCREEN_NOTE     },
    {"note-wrong",      set_note_wrong,        SCREEN_REFUSED  },
    {"note-twice",      set_note_twice,        SCREEN_REFUSED  },
    {"note-unknown",    set_note_unknown,      SCREEN_REFUSED  },
    {"left",            set_left,              SCREEN_LEFT     },
    {"left-badge",      set_left_badge,        SCREEN_LEFT     },
    {"left-none",       set_left_none,         SCREEN_LEFT     },
    {"goods",           set_goods,             SCREEN_GOODS    },
    {"goods-transfer",  set_goods_transfer,    SCREEN_GOODS    },
    {"goods-count",     set_goods_count,       SCREEN_GOODS    },
    {"goods-return",    set_goods_return,      SCREEN_GOODS    },
    {"doors-load",      set_doors_load,        SCREEN_DOORS    },
    {"doors-in",        set_doors_in,          SCREEN_DOORS    },
    {"doors-count",     set_doors_count,       SCREEN_DOORS    },
    {"moved",           set_moved,             SCREEN_MOVED    },
    {"moved-in",        set_moved_in,          SCREEN_MOVED    },
    {"moved-held",      set_moved_held,        SCREEN_MOVED    },
    {"moved-counted",   set_moved_counted,     SCREEN_MOVED    },
    {"moved-undone",    set_moved_undone,      SCREEN_MOVED    },
    {"moved-end",       set_moved_end,         SCREEN_MOVED    },
};

static const int SIZES[][2] = {
    {1024, 600 },
    {1280, 800 },
    {1920, 1080},
    {800,  1280}
};

/* ---- What is asked of each */

static int complaints;

static void complain(const struct scene *scene, const char *name, const char *what, const char *text)
{
    complaints++;
    printf("%s %s %dx%d: %s: %s\n", name, lang_code(lang), (int)(scene->layout.w * scene->layout.u),
           (int)(scene->layout.h * scene->layout.u), what, text);
}

static double light_of(uint32_t rgb)
{
    double parts[3];
    for (int i = 0; i < 3; i++) {
        double c = (double)(rgb >> (16 - 8 * i) & 0xFF) / 255;
        parts[i] = c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
}

static double contrast_of(enum theme theme, enum colour a, enum colour b)
{
    double x = light_of(colour_rgb(theme, a)), y = light_of(colour_rgb(theme, b));
    return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

/* Where the letters really are. */
static struct rect ink_of(const struct item *item)
{
    const struct measure *measure = glyphs_measure(glyphs);
    float                 size = item->size_u > 0 ? item->size_u : type_u(item->type);
    float                 w = size * measure->width(measure->self, item->text, strlen(item->text), item->is_bold);
    float                 x = item->rect.x, high = size * 0.9f;
    if (item->align == ALIGN_CENTRE) x += (item->rect.w - w) / 2;
    if (item->align == ALIGN_RIGHT) x += item->rect.w - w;
    return RECT(x, item->rect.y + item->rect.h / 2 - high / 2, w, high);
}

static bool overlap(struct rect a, struct rect b)
{
    float slack = 0.25f;
    return a.x + slack < b.x + b.w && b.x + slack < a.x + a.w && a.y + slack < b.y + b.h && b.y + slack < a.y + a.h;
}

static bool is_product(
    const struct item *item) /* the only texts that may be cut: names in rows, of the queue and of scanners */
{
    size_t len = strlen(item->text) - strlen("…");
    for (int i = 0; i < flow.idle.queue_count; i++)
        if (strncmp(item->text, flow.idle.queue[i].product, len) == 0 &&
            (flow.screen == SCREEN_IDLE || flow.screen == SCREEN_NUMBER))
            return true;
    for (int i = 0; i < flow.board.row_count && flow.screen == SCREEN_BOARD; i++)
        if (strncmp(item->text, flow.board.rows[i].product, len) == 0) return true;
    for (int i = 0; i < flow.notes.count && flow.screen == SCREEN_IDLE; i++)
        if (strncmp(item->text, flow.notes.rows[i].customer, len) == 0) return true;
    for (int i = 0; i < flow.dock.note.line_count && (flow.screen == SCREEN_NOTE || flow.screen == SCREEN_LEFT); i++)
        if (strncmp(item->text, flow.dock.note.lines[i].product, len < 12 ? len : 12) == 0) return true;
    for (int i = 0; i < flow.scanners.count; i++)
        if (strncmp(item->text, flow.scanners.rows[i].name, len) == 0) return flow.screen == SCREEN_SETUP;
    return false;
}

/* The beginning of remarks that a key beside it shows in full. */
static bool is_excerpt(const struct scene *scene, const struct item *item)
{
    const struct found_sheet *sheet = &flow.sheet;
    char                      part[ITEM_TEXT_MAX], lock[ITEM_TEXT_MAX], closer[ITEM_TEXT_MAX], whole[REMARKS_MAX + 400];
    struct say                say = say_text(SAY("screen.lock_hole"), sheet->lock_hole);
    text_say(lang, &say, lock, sizeof lock);
    say = say_text(SAY("screen.closer"), sheet->closer);
    text_say(lang, &say, closer, sizeof closer);
    snprintf(whole, sizeof whole, "%s%s%s%s%s", sheet->lock_hole[0] != '\0' ? lock : "",
             sheet->lock_hole[0] != '\0' ? " " : "", sheet->closer[0] != '\0' ? closer : "",
             sheet->closer[0] != '\0' ? " " : "", sheet->remarks);
    text_set(part, sizeof part, item->text);
    part[strlen(part) - strlen("…")] = '\0';
    return flow.screen == SCREEN_SHEET && scene_button(scene, "more") != NULL && strstr(whole, part) != NULL;
}

static void check_text(const struct scene *scene, const char *name, int at)
{
    const struct item *item = &scene->items[at];
    struct rect        ink = ink_of(item);
    float              size = item->size_u > 0 ? item->size_u : type_u(item->type);
    bool               is_sign = item->size_u > 0;
    if (item->is_cut && !is_product(item) && !is_excerpt(scene, item)) complain(scene, name, "cut off", item->text);
    if (item->is_torn) complain(scene, name, "a word in two", item->text);
    if (ink.x < -0.05f || ink.y < -0.2f || ink.x + ink.w > scene->layout.w + 0.05f ||
        ink.y + ink.h > scene->layout.h + 0.05f)
        complain(scene, name, "outside the screen", item->text);
    if (!is_sign && (ink.x < item->rect.x - 0.1f || ink.x + ink.w > item->rect.x + item->rect.w + 0.25f))
        complain(scene, name, "wider than its place", item->text);
    if (!is_sign && size < 60.0f / 36) complain(scene, name, "too small", item->text);
    if (contrast_of(scene->theme, item->colour, item->ground) < 7) {
        char text[ITEM_TEXT_MAX + 40];
        snprintf(text, sizeof text, "%s (%.1f)", item->text, contrast_of(scene->theme, item->colour, item->ground));
        if (!is_sign) complain(scene, name, "contrast", text);
    }
    for (int i = 0; i < at; i++)
        if (scene->items[i].kind == ITEM_TEXT && overlap(ink, ink_of(&scene->items[i]))) {
            char both[2 * ITEM_TEXT_MAX + 8];
            snprintf(both, sizeof both, "%s | %s", scene->items[i].text, item->text);
            complain(scene, name, "text over text", both);
        }
    for (int i = 0; i < scene->button_count; i++) {
        struct rect rect = scene->buttons[i].rect;
        bool        in =
            ink.x >= rect.x && ink.x + ink.w <= rect.x + rect.w && ink.y >= rect.y && ink.y + ink.h <= rect.y + rect.h;
        if (!in && overlap(ink, rect)) complain(scene, name, "text over the edge of a button", item->text);
    }
}

static void check_buttons(const struct scene *scene, const char *name)
{
    for (int i = 0; i < scene->button_count; i++) {
        const struct button *a = &scene->buttons[i];
        if (a->rect.w < 9.99f || a->rect.h < 9.99f /* units */)
            complain(scene, name, "a target smaller than 1/6", a->id);
        if (a->rect.x < 0 || a->rect.x + a->rect.w > scene->layout.w || a->rect.y + a->rect.h > scene->layout.h)
            complain(scene, name, "a target outside", a->id);
        for (int k = 0; k < i; k++) {
            const struct button *b = &scene->buttons[k];
            struct rect wide = RECT(b->rect.x - 2.99f, b->rect.y - 2.99f, b->rect.w + 5.98f, b->rect.h + 5.98f);
            if (strcmp(a->id, b->id) == 0) complain(scene, name, "two of one name", a->id);
            if (overlap(a->rect, wide)) complain(scene, name, "targets nearer than 1/20", a->id);
        }
    }
    bool needs_way_out = flow.screen != SCREEN_SAVING && flow.screen != SCREEN_CLEAN && flow.screen != SCREEN_KEPT &&
                         flow.screen != SCREEN_STOPPED /* a badge is */ && !flow.is_resting;
    if (needs_way_out && scene->button_count == 0) complain(scene, name, "no way out", "");
}

/* A broken touch screen stops nobody: each key's card, scanned in its place, is taken. */
static void check_cards(const struct scene *scene, const char *name)
{
    static struct flow  copy;
    static struct input card;
    struct effect       effect;
    for (int i = 0; i < scene->button_count; i++) {
        const struct button *button = &scene->buttons[i];
        char                 digits[CODE_TEXT_MAX];
        struct err           err;
        card = (struct input){.kind = INPUT_SCAN, .how = HOW_SCANNED, .mono_ms = now_ms};
        card.code.kind = CODE_COMMAND;
        card.code.command = (struct code_command){(int)button->action, button->argument};
        code_write(&card.code, digits);
        if (!code_read(digits, strlen(digits), &card.code, &err)) {
            complain(scene, name, "no card can say it", button->id);
            continue;
        }
        copy = flow;
        flow_step(&copy, &card, &effect);
        if (copy.screen == SCREEN_REFUSED && strcmp(copy.say.id, "flow.card_now") == 0)
            complain(scene, name, "its card isn't taken", button->id);
    }
}

static void check_scene(const struct scene *scene, const char *name)
{
    assert_true(scene->item_count > 3);
    for (int i = 0; i < scene->item_count; i++)
        if (scene->items[i].kind == ITEM_TEXT) check_text(scene, name, i);
    check_buttons(scene, name);
    check_cards(scene, name);
}

static bool has_no_ribbon(void)
{
    return flow.tone != TONE_NONE || flow.screen == SCREEN_SETUP || flow.screen == SCREEN_CLEAN || flow.is_resting;
}

/* has_ribbon: below it stands a ribbon, where the screen isn't a field of one colour. */
static void screen_check(const struct screen_row *row, bool has_ribbon)
{
    const char         *folder = getenv("PICTURES");
    static struct scene scene;
    complaints = 0;
    for (size_t s = 0; s < sizeof SIZES / sizeof SIZES[0]; s++) {
        struct window        *window = NULL;
        struct window_options options = {SIZES[s][0], SIZES[s][1], true};
        struct err            err;
        if (folder != NULL) assert_true(window_open(&options, &window, &err));
        for (lang = LANG_ZH; lang < LANG_COUNT; lang++) {
            for (enum theme theme = THEME_LIGHT; theme <= THEME_DARK; theme++) {
                struct scene_look look = {SIZES[s][0], SIZES[s][1], theme, 0, NULL, glyphs_measure(glyphs)};
                shop_open();
                row->set();
                look.now_ms = now_ms + 42000;
                assert_int_equal(flow.screen, row->screen);
                if (has_ribbon) stops_out();
                if (has_ribbon) assert_int_equal(flow.screen, row->screen);
                scene_build(&scene, &flow, &look);
                if (has_ribbon && !has_no_ribbon()) assert_true(scene.layout.ribbon > 0);
                check_scene(&scene, row->name);
                if (folder == NULL || (theme == THEME_DARK && s > 0)) continue;
                char path[512];
                snprintf(path, sizeof path, "%s/%s%s-%s-%d%s.png", folder, has_ribbon ? "ribbon-" : "", row->name,
                         lang_code(lang), SIZES[s][0], theme == THEME_DARK ? "-dark" : "");
                assert_true(window_shot(window, &scene, path, &err));
            }
        }
        window_close(window);
    }
    assert_int_equal(complaints, 0);
}

static void test_screen(void **state)
{
    screen_check(*state, false);
}

static void test_ribbon(void **state)
{
    const struct screen_row *row = *state;
    bool is_field = row->screen == SCREEN_SAVING || row->screen == SCREEN_SAVED || row->screen == SCREEN_KEPT ||
                    row->screen == SCREEN_REFUSED || row->screen == SCREEN_STOPPED || row->screen == SCREEN_SETUP ||
                    row->screen == SCREEN_MOVED;
    if (!is_field) screen_check(row, true);
}

/* None is forgotten: a new screen has a state here. */
static void test_all_screens(void **state)
{
    bool is_seen[SCREENS] = {false};
    (void)state;
    for (size_t i = 0; i < sizeof SCREENS_ROWS / sizeof *SCREENS_ROWS; i++) is_seen[SCREENS_ROWS[i].screen] = true;
    for (int screen = 0; screen < SCREENS; screen++) {
        if (!is_seen[screen]) print_error("screen %d has no state\n", screen);
        assert_true(is_seen[screen]);
    }
}

/* ---- Fingers */

/* Each key of the operations, tiles among them, shows the finger that lies on it. */
static void test_pressed(void **state)
{
    static struct scene untouched, touched;
    struct scene_look   look = {SIZES[0][0], SIZES[0][1], THEME_LIGHT, 0, NULL, glyphs_measure(glyphs)};
    (void)state;
    lang = LANG_EN;
    shop_open();
    set_operation();
    look.now_ms = now_ms;
    scene_build(&untouched, &flow, &look);
    assert_non_null(scene_button(&untouched, "op-10"));
    for (int i = 0; i < untouched.button_count; i++) {
        look.pressed = untouched.buttons[i].id;
        scene_build(&touched, &flow, &look);
        assert_int_equal(touched.item_count, untouched.item_count);
        assert_memory_not_equal(touched.items, untouched.items, (size_t)touched.item_count * sizeof touched.items[0]);
    }
}

/* ---- Shapes */

/* Each of them covers something, keeps clear of nothing it needs, and is drawn alike at every size. */
static void test_shapes(void **state)
{
    (void)state;
    for (int shape = SHAPE_NONE + 1; shape < SHAPE_SIGNS + SIGN_ANIMALS * 4 * SIGN_LAYERS; shape++) {
        double parts[2];
        for (int size = 0; size < 2; size++) {
            int         side = size == 0 ? 27 : 108;
            struct mask mask = {side, side, calloc((size_t)side, (size_t)side)};
            assert_non_null(mask.bytes);
            double sum = 0;
            shape_draw((enum shape)shape, &mask);
            for (int i = 0; i < side * side; i++) sum += mask.bytes[i];
            parts[size] = sum / 255 / (side * side);
            free(mask.bytes);
        }
        bool is_empty = shape >= SHAPE_SIGNS && (shape - SHAPE_SIGNS) % SIGN_LAYERS == 2; /* signs without details */
        assert_true(is_empty || parts[0] > 0.02);
        assert_true(fabs(parts[0] - parts[1]) < 0.02);
    }
}

/* A square of the grid is a square of pixels, a disc has a disc's area, a stroke its length times its width. */
static void test_areas(void **state)
{
    (void)state;
    static const struct {
        const char *drawing;
        double      area; /* of a grid of 24 x 24 */
    } AREAS[] = {
        {"r 4 4 16 8",               128   },
        {"d 12 12 8",                201.06},
        {"o 12 12 8 w2",             100.53},
        {"s2 M4 12H20",              36    },
        {"k2 M4 12H20",              35.14 },
        {"s2 M4 4H20V20H4Z",         128   },
        {"f M4 4h16v16h-16z",        256   },
        {"m r 2 4 4 4",              32    },
        {"s2(2 2) M4 12H20",         32    },
        {"f M4 12A8 8 0 0 1 20 12Z", 100.53},
    };
    for (size_t i = 0; i < sizeof AREAS / sizeof AREAS[0]; i++) {
        enum { SIDE = 240 };
        static uint8_t    bytes[SIDE * SIDE];
        struct mask       mask = {SIDE, SIDE, bytes};
        struct path_place place = {.grid = 24, .scale_x = 10, .scale_y = 10};
        double            sum = 0;
        memset(bytes, 0, sizeof bytes);
        path_draw(AREAS[i].drawing, &place, &mask);
        for (int k = 0; k < SIDE * SIDE; k++) sum += bytes[k];
        assert_true(fabs(sum / 255 / 100 - AREAS[i].area) < AREAS[i].area * 0.01);
    }
}

int main(int argc, char **argv)
{
    static struct rows rows;
    struct err         err;
    if (!glyphs_open(&glyphs, &err)) return 1;
    ROWS_ADD(&rows, test_screen, SCREENS_ROWS);
    ROWS_ADD(&rows, test_ribbon, SCREENS_ROWS);
    rows_add(&rows, "all screens", test_all_screens, NULL);
    rows_add(&rows, "pressed", test_pressed, NULL);
    rows_add(&rows, "shapes", test_shapes, NULL);
    rows_add(&rows, "areas", test_areas, NULL);
    int result = rows_run(&rows, argc, argv);
    glyphs_close(glyphs);
    return result;
}
