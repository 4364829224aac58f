/* look_test.c - what a kiosk finds of a code: the feed's figures, its own entries behind their marks, undone ones off.
 * links: kiosk_keep core */
#include <string.h>

#include "core/embed.h"
#include "core/seal.h"
#include "kiosk/keep/learn.h"
#include "kiosk/keep/look.h"
#include "kiosk/keep/outbox.h"
#include "kiosk/keep/place.h"
#include "kiosk/keep/setting.h"
#include "tests/unit/folder.h"
#include "tests/unit/rows.h"

#define NOW INT64_C(1796000000000)
enum { TODAY = 20787, WANG = 12, LI = 13 };

static struct db     *db, *reader;
static struct outbox *outbox;
static struct learn   learn;
static struct err     err;
static struct look    look;
static struct found   found;
static int32_t        signed_in[2];

static void good(bool is_good)
{
    if (!is_good) print_error("%s\n", err.say.id);
    assert_true(is_good);
}

static void feed(const char *rows)
{
    struct buf body = {0};
    bool       is_done = false;
    buf_fmt(&body,
            "{\"v\":1,\"server\":\"3-0000000000001234\",\"run\":\"00000000000000aa\",\"feed\":99,\"upto\":50,"
            "\"more\":false,\"time\":1}\n%s",
            rows);
    good(learn_begin(&learn, &body, &err));
    while (!is_done) good(learn_step(&learn, db, NOW, &is_done, &err));
}

/* A line of 5 doors: two leaves a door are cut and planed, one frame is cut, then the door is painted. */
#define SHEET(rev, ops)                                                                                          \
    "{\"n\":1,\"t\":\"sheet\",\"k\":\"2603-0001-02\",\"o\":{\"rev\":" rev ",\"product\":\"Oak\",\"quantity\":5," \
    "\"due\":\"2026-12-01\",\"rush\":true,\"remarks\":\"slow\",\"ops\":[" ops "],\"void\":[1]}}\n"
#define OPS                                                                                                       \
    "[10,\"cut\",\"leaf\",10,12500,6000],[20,\"plane\",\"leaf\",10,20000,100],[30,\"cut\",\"frame\",5,5000,100]," \
    "[40,\"paint\",\"door\",5,100000,50000]"
#define MASTERS                                                                                               \
    "{\"n\":1,\"t\":\"station\",\"k\":\"saw\",\"o\":{\"name\":[\"锯\",\"Saw\"],\"ops\":[\"cut\"]}}\n"        \
    "{\"n\":1,\"t\":\"operation\",\"k\":\"cut\",\"o\":{\"name\":[\"切\",\"Cut\"],\"part\":\"leaf\"}}\n"      \
    "{\"n\":1,\"t\":\"reason\",\"k\":\"3\",\"o\":{\"name\":[\"划伤\",\"Scratch\"]}}\n"                      \
    "{\"n\":1,\"t\":\"worker\",\"k\":\"12\",\"o\":{\"name\":\"王\",\"sign\":3,\"colour\":5,\"crew\":\"c1\"," \
    "\"role\":\"supervisor\",\"lang\":\"en\",\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA\"}}\n"                         \
    "{\"n\":1,\"t\":\"worker\",\"k\":\"13\",\"o\":{\"name\":\"李\",\"gone\":true}}\n"                        \
    "{\"n\":1,\"t\":\"badge\",\"k\":\"000000000000120\",\"o\":{\"worker\":12}}\n"                             \
    "{\"n\":1,\"t\":\"badge\",\"k\":\"000000000000121\",\"o\":{\"worker\":12,\"revoked\":true}}\n"            \
    "{\"n\":1,\"t\":\"badge\",\"k\":\"000000000000130\",\"o\":{\"worker\":13}}\n"                             \
    "{\"n\":1,\"t\":\"badge\",\"k\":\"000000000000140\",\"o\":{\"worker\":14}}\n"

static int start(void **state)
{
    (void)state;
    err = (struct err){0};
    if (folder_make() != 0 || !chain_init(&err)) return 1;
    good(db_open(folder_path("a.db"), DB_WRITE, NULL, &db, &err));
    good(db_migrate(db, embed_kiosk_schema, &err));
    good(place_open(db, 0, &err));
    good(outbox_open(db, &outbox, &err));
    good(db_open(folder_path("a.db"), DB_READ, NULL, &reader, &err));
    learn = (struct learn){.kiosk = outbox_kiosk(outbox)};
    signed_in[0] = WANG;
    look = (struct look){.station = "saw", .now_ms = NOW, .day = TODAY, .worker_count = 1, .workers = signed_in};
    return 0;
}

static int end(void **state)
{
    (void)state;
    learn_end(&learn);
    outbox_close(outbox);
    db_close(reader);
    db_close(db);
    return folder_end();
}

static const struct line_ref LINE = {2603, 1, 2};

/* A report of Wang's, or of his crew. */
static struct event report(int32_t op, int32_t count)
{
    return (struct event){
        .kind = EVENT_REPORT,
        .has_sheet = true,
        .sheet = {LINE, 2, 1},
        .op = op,
        .count = count,
        .worker_count = 1,
        .workers = {{120, WANG, 1}},
        .wall_ms = NOW - 20000,
        .shift_day = TODAY
    };
}

static struct hash save(struct event event)
{
    struct hash name;
    good(outbox_save(outbox, &event, &name, &err));
    return name;
}

static struct hash undo(struct hash name)
{
    return save(
        (struct event){.kind = EVENT_UNDO, .has_refers = true, .refers = name, .wall_ms = NOW, .shift_day = TODAY});
}

/* Totals that include this kiosk's events up to seq. */
static void totals(const char *ops, int64_t seq)
{
    char       kiosk[ID_TEXT], epoch[EPOCH_TEXT];
    struct buf row = {0};
    id_write(outbox_kiosk(outbox), kiosk);
    epoch_write(outbox_epoch(outbox), epoch);
    buf_fmt(&row,
            "{\"n\":9,\"t\":\"totals\",\"k\":\"2603-0001-02\",\"o\":{\"ops\":[%s],\"marks\":[[\"%s\",\"%s\",%d]]}}\n",
            ops, kiosk, epoch, (int)seq);
    feed(row.bytes);
    buf_free(&row);
}

static const struct found_sheet *look_sheet(int rev)
{
    struct code code = {
        .kind = CODE_SHEET, .sheet = {LINE, rev, 1}
    };
    good(look_code(reader, &look, &code, &found, &err));
    assert_true(found.has_sheet && !found.has_worker);
    return &found.sheet;
}

static const struct found_worker *look_badge(int64_t badge)
{
    struct code code = {.kind = CODE_BADGE, .badge = badge};
    good(look_code(reader, &look, &code, &found, &err));
    assert_true(found.has_worker && !found.has_sheet);
    return &found.worker;
}

/* "done/left/arrived" of each operation. */
static const char *ops_of(const struct found_sheet *sheet)
{
    static char text[256];
    size_t      len = 0;
    text[0] = 0;
    for (int i = 0; i < sheet->op_count; i++)
        len += (size_t)snprintf(text + len, sizeof text - len, "%s%d/%d/%d", i > 0 ? " " : "", (int)sheet->ops[i].done,
                                (int)sheet->ops[i].left, (int)sheet->ops[i].arrived);
    return text;
}

/* ---- badges */

static void badges(void **state)
{
    (void)state;
    feed(MASTERS);
    const struct found_worker *worker = look_badge(120);
    assert_true(worker->is_known && !worker->is_revoked && worker->is_supervisor && worker->has_pin);
    assert_int_equal(worker->number, WANG);
    assert_string_equal(worker->name, "王");
    assert_string_equal(worker->crew, "c1");
    assert_int_equal(worker->sign, 3);
    assert_int_equal(worker->colour, 5);
    assert_int_equal(worker->lang, LANG_EN);
    assert_true(look_badge(121)->is_revoked);
    assert_true(look_badge(130)->is_revoked); /* he left */
    assert_false(look_badge(130)->has_pin);
    assert_false(look_badge(140)->is_known); /* the badge is known, its worker isn't yet */
    assert_int_equal(look_badge(140)->number, 14);
    assert_false(look_badge(999)->is_known);
    assert_int_equal(look_badge(999)->number, 0);
    assert_true(found.worker.badge == 999);
}

/* What is longer than there is room is cut between two characters. */
static void long_names_end_at_a_character(void **state)
{
    struct buf row = {0};
    (void)state;
    buf_str(&row, "{\"n\":1,\"t\":\"badge\",\"k\":\"000000000000120\",\"o\":{\"worker\":12}}\n"
                  "{\"n\":1,\"t\":\"worker\",\"k\":\"12\",\"o\":{\"name\":\"a");
    for (int i = 0; i < NAME_MAX; i++) buf_str(&row, "王");
    buf_str(&row, "\"}}\n");
    feed(buf_text(&row));
    buf_free(&row);
    const char *name = look_badge(120)->name;
    assert_int_equal(strlen(name), 1 + 3 * ((NAME_MAX - 2) / 3));
    assert_string_equal(name + strlen(name) - 3, "王");
}

static void other_codes_find_nothing(void **state)
{
    struct code code = {.kind = CODE_PLACE, .place = 5};
    (void)state;
    good(look_code(reader, &look, &code, &found, &err));
    assert_false(found.has_sheet || found.has_worker);
    assert_int_equal(found.age.age_ms, -1);
    feed("");
    look.now_ms = NOW + 5000;
    good(look_code(reader, &look, &code, &found, &err));
    assert_int_equal(found.age.age_ms, 5000);
    assert_true(found.age.is_whole);
}

/* ---- sheets */

static void revisions(void **state)
{
    (void)state;
    assert_int_equal(look_sheet(2)->revision, REVISION_UNKNOWN);
    assert_int_equal(found.sheet.newest_rev, 0);
    feed(SHEET("2", OPS));
    assert_int_equal(look_sheet(2)->revision, REVISION_NEWEST);
    assert_int_equal(look_sheet(1)->revision, REVISION_OLD);
    assert_int_equal(look_sheet(3)->revision, REVISION_NEWER);
    assert_int_equal(found.sheet.newest_rev, 2);
    assert_string_equal(found.sheet.product, "Oak");
    assert_int_equal(found.sheet.due_day, 20788);
    feed("{\"n\":2,\"t\":\"sheet\",\"k\":\"2603-0001-02\",\"o\":{\"rev\":2,\"void\":[1,2]}}\n"); /* cancelled */
    assert_int_equal(look_sheet(2)->revision, REVISION_OLD);
}

static void stops(void **state)
{
    (void)state;
    feed(SHEET("2", OPS));
    assert_false(look_sheet(2)->is_stopped);
    feed("{\"n\":2,\"t\":\"stop\",\"k\":\"2603-0001\",\"o\":{\"at\":1,\"why\":\"all\",\"by\":\"Li\"}}\n");
    assert_true(look_sheet(2)->is_stopped);
    assert_string_equal(found.sheet.stop_why, "all");
    feed("{\"n\":2,\"t\":\"stop\",\"k\":\"2603-0001-02\",\"o\":{\"at\":1,\"why\":\"size\",\"by\":\"Li\"}}\n");
    assert_string_equal(look_sheet(2)->stop_why, "size");
    feed("{\"n\":2,\"t\":\"stop\",\"k\":\"2603-0001\",\"gone\":true}\n"
         "{\"n\":2,\"t\":\"stop\",\"k\":\"2603-0001-02\",\"gone\":true}\n"
         "{\"n\":2,\"t\":\"stop\",\"k\":\"2603-0001-03\",\"o\":{}}\n");
    assert_false(look_sheet(2)->is_stopped);
    /* [R3] kiosk/keep/look.c: of a stop of some doors the rest is left; a stop of the whole order goes before it. */
    int64_t left = look_sheet(2)->ops[0].left;
    feed("{\"n\":2,\"t\":\"stop\",\"k\":\"2603-0001-02\",\"o\":{\"at\":1,\"why\":\"two\",\"by\":\"Li\",\"pieces\":2}}"
         "\n");
    assert_false(look_sheet(2)->is_stopped);
    assert_int_equal(found.sheet.stop_doors, 2);
    assert_int_equal(found.sheet.ops[0].left, left - 2 * found.sheet.ops[0].planned / found.sheet.quantity);
    feed("{\"n\":2,\"t\":\"stop\",\"k\":\"2603-0001\",\"o\":{\"at\":1,\"why\":\"all\",\"by\":\"Li\"}}\n");
    assert_true(look_sheet(2)->is_stopped);
    feed("{\"n\":2,\"t\":\"copy\",\"k\":\"2603-0001-02/2/1\",\"o\":{\"replaced\":4}}\n");
    assert_int_equal(look_sheet(2)->replaced_by, 4);
}

static void operations(void **state)
{
    (void)state;
    feed(MASTERS SHEET("2", OPS));
    const struct found_sheet *sheet = look_sheet(2);
    assert_int_equal(sheet->op_count, 4);
    assert_string_equal(sheet->ops[0].name[LANG_EN], "Cut");
    assert_string_equal(sheet->ops[1].name[LANG_ZH], "plane"); /* not brought by the feed: its code */
    assert_true(sheet->ops[0].is_here && !sheet->ops[1].is_here && sheet->ops[2].is_here);
    assert_int_equal(sheet->ops[3].rate_cfen, 100000);
    assert_string_equal(ops_of(sheet), "0/10/10 0/10/0 0/5/5 0/5/0");
}

static void what_arrives_is_counted_in_doors(void **state)
{
    (void)state;
    feed(SHEET("2", OPS));
    totals("[10,7,1,0],[20,5,0,0],[30,4,0,1]", 0);
    /* 7 cut leaves are 3 doors: 6 leaves may be planed; 5 planed leaves are 2 doors, 4 frames 4: 2 may be painted */
    assert_string_equal(ops_of(look_sheet(2)), "8/2/10 5/5/6 5/0/5 0/5/2");
}

static void own_entries_count_until_the_totals_have_them(void **state)
{
    (void)state;
    feed(SHEET("2", OPS));
    totals("[10,1,0,0]", 0);
    struct event with_bad = report(10, 4);
    with_bad.bad_count = 1;
    with_bad.bad[0] = (struct event_bad){1, 3, 0};
    save(with_bad);
    save(report(20, 2));
    assert_string_equal(ops_of(look_sheet(2)), "5/5/10 2/8/4 0/5/5 0/5/0");
    totals("[10,4,1,0]", 1);
    assert_string_equal(ops_of(look_sheet(2)), "5/5/10 2/8/4 0/5/5 0/5/0");
    totals("[10,4,1,0],[20,2,0,0]", 2);
    assert_string_equal(ops_of(look_sheet(2)), "5/5/10 2/8/4 0/5/5 0/5/0");
}

static void undone_entries_count_no_more(void **state)
{
    (void)state;
    feed(SHEET("2", OPS));
    struct hash first = save(report(10, 4)), second = save(report(10, 3));
    undo(first);
    assert_string_equal(ops_of(look_sheet(2)), "3/7/10 0/10/2 0/5/5 0/5/0");
    totals("[10,7,0,0]", 2); /* the totals have both, and not yet the undo */
    assert_string_equal(ops_of(look_sheet(2)), "3/7/10 0/10/2 0/5/5 0/5/0");
    totals("[10,3,0,0]", 3);
    assert_string_equal(ops_of(look_sheet(2)), "3/7/10 0/10/2 0/5/5 0/5/0");
    undo(second);
    undo(second); /* a second one takes nothing more off */
    assert_string_equal(ops_of(look_sheet(2)), "0/10/10 0/10/0 0/5/5 0/5/0");
}

static void a_correction_stands_for_its_target(void **state)
{
    (void)state;
    feed(SHEET("2", OPS));
    struct event correct = report(10, 6);
    correct.kind = EVENT_CORRECT;
    correct.has_refers = true;
    correct.refers = save(report(10, 4));
    struct hash corrected = save(correct);
    assert_string_equal(ops_of(look_sheet(2)), "6/4/10 0/10/6 0/5/5 0/5/0");
    totals("[10,4,0,0]", 1);
    assert_string_equal(ops_of(look_sheet(2)), "6/4/10 0/10/6 0/5/5 0/5/0");
    undo(corrected);
    assert_string_equal(ops_of(look_sheet(2)), "0/10/10 0/10/0 0/5/5 0/5/0");
}

static void an_undo_undone_brings_back(void **state)
{
    (void)state;
    feed(SHEET("2", OPS));
    struct hash first = undo(save(report(10, 4)));
    assert_int_equal(look_sheet(2)->ops[0].done, 0);
    totals("", 2); /* has the report and its undo */
    struct hash second = undo(first);
    assert_int_equal(look_sheet(2)->ops[0].done, 4);
    undo(second);
    assert_int_equal(look_sheet(2)->ops[0].done, 0);
    totals("[10,4,0,0]", 3); /* all but the last */
    assert_int_equal(look_sheet(2)->ops[0].done, 0);
}

static void older_epochs_are_before_the_mark(void **state)
{
    (void)state;
    feed(SHEET("2", OPS));
    save(report(10, 2));
    good(outbox_new_epoch(outbox, &err));
    save(report(10, 3));
    assert_int_equal(look_sheet(2)->ops[0].done, 5);
    totals("[10,5,0,0]", 1);
    assert_int_equal(look_sheet(2)->ops[0].done, 5);
}

static void rework_makes_no_new_pieces(void **state)
{
    struct event rework = report(10, 2);
    (void)state;
    feed(SHEET("2", OPS));
    rework.rework = true;
    save(rework);
    assert_int_equal(look_sheet(2)->ops[0].done, 0);
}

static void the_same_again(void **state)
{
    (void)state;
    feed(SHEET("2", OPS));
    assert_false(look_sheet(2)->again.is_set);
    struct hash name = save(report(10, 4));
    assert_true(look_sheet(2)->again.is_set);
    assert_int_equal(found.sheet.again.op, 10);
    assert_int_equal(found.sheet.again.count, 4);
    assert_int_equal(found.sheet.again.ago_ms, 20000);
    assert_true(hash_equal(&found.sheet.again.name, &name));
    signed_in[0] = LI;
    assert_false(look_sheet(2)->again.is_set);
    signed_in[0] = WANG, signed_in[1] = LI, look.worker_count = 2;
    assert_false(look_sheet(2)->again.is_set); /* not the same persons */
    look.worker_count = 0;
    assert_false(look_sheet(2)->again.is_set);
    look.worker_count = 1;
    struct event unknown = report(10, 1);
    unknown.workers[0] = (struct event_worker){.badge = 777, .share = 1};
    save(unknown);
    signed_in[0] = 0; /* another unknown badge */
    assert_false(look_sheet(2)->again.is_set);
    signed_in[0] = WANG;
    look.now_ms = NOW + 3600000;
    assert_false(look_sheet(2)->again.is_set);
    look.now_ms = NOW;
    undo(name);
    assert_false(look_sheet(2)->again.is_set);
}

/* ---- lists */

#define ROW(line, due, rush)                                                                                           \
    "{\"n\":1,\"t\":\"sheet\",\"k\":\"2603-0001-" line "\",\"o\":{\"rev\":1,\"product\":\"P" line "\",\"quantity\":5," \
    "\"due\":\"" due "\",\"rush\":" rush ",\"ops\":[[10,\"cut\",\"door\",5,1,1],[20,\"paint\",\"door\",5,1,1]]}}\n"

static void the_queue(void **state)
{
    struct found_idle idle;
    char              order[64] = "";
    (void)state;
    feed(MASTERS ROW("03", "2026-12-05", "false") ROW("04", "", "false") ROW("05", "2026-11-20", "false")
             ROW("06", "2026-12-09", "true") ROW("07", "2026-11-20", "true")
                 ROW("08", "2026-12-20",
                     "false") "{\"n\":1,\"t\":\"stop\",\"k\":\"2603-0001-08\",\"o\":{}}\n"
                              "{\"n\":1,\"t\":\"totals\",\"k\":\"2603-0001-03\",\"o\":{\"ops\":[[10,2,0,1]]}}\n"
                              "{\"n\":1,\"t\":\"totals\",\"k\":\"2603-0001-07\",\"o\":{\"ops\":[[10,5,0,0]]}}\n");
    save(report(10, 3));
    good(look_idle(reader, &look, &idle, &err));
    for (int i = 0; i < idle.queue_count; i++)
        snprintf(order + strlen(order), sizeof order - strlen(order), "%d:%d%s ", idle.queue[i].line.line,
                 (int)idle.queue[i].left, idle.queue[i].is_late ? "!" : "");
    assert_string_equal(order, "8:5 6:5 5:5! 3:2 4:5 ");
    assert_true(idle.queue[0].is_stopped && idle.queue[1].is_rush);
    assert_string_equal(idle.queue[1].product, "P06");
    assert_int_equal(idle.today_done, 3);
    assert_int_equal(idle.today_due, 8); /* and 5 of line 5 are late */
    assert_int_equal(idle.reason_count, 1);
    assert_int_equal(idle.reasons[0].number, 3);
    assert_string_equal(idle.reasons[0].name[LANG_EN], "Scratch");
}

static void queue_is(const char *rows, int64_t done, int64_t due)
{
    struct found_idle idle;
    char              text[64] = "";
    good(look_idle(reader, &look, &idle, &err));
    for (int i = 0; i < idle.queue_count; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%d:%d ", idle.queue[i].line.line,
                 (int)idle.queue[i].left);
    assert_string_equal(text, rows);
    assert_int_equal(idle.today_done, done);
    assert_int_equal(idle.today_due, due);
}

/* Offline too a station's queue gets shorter by what is made there, once each, and longer by what is undone. */
static void the_queue_knows_own_entries(void **state)
{
    (void)state;
    feed(MASTERS ROW("02", "2026-11-20", "false") ROW("03", "2026-11-21", "false"));
    queue_is("2:5 3:5 ", 0, 10);
    struct hash first = save(report(10, 2));
    queue_is("2:3 3:5 ", 2, 10);
    totals("[10,2,0,0]", 1); /* they have it now */
    queue_is("2:3 3:5 ", 2, 10);
    undo(first);
    queue_is("2:5 3:5 ", 0, 10);
    totals("[10,0,0,0]", 2);
    queue_is("2:5 3:5 ", 0, 10);
    save(report(10, 6)); /* one over is held, and makes no other work less */
    queue_is("3:5 ", 6, 11);
}

static void a_worker_s_page(void **state)
{
    struct found_page page;
    char              name[HASH_TEXT];
    struct buf        verdict = {0};
    (void)state;
    feed(MASTERS SHEET("2", OPS));
    struct event crew = report(10, 3);
    crew.worker_count = 2;
    crew.workers[0] = (struct event_worker){130, LI, 1};
    crew.workers[1] = (struct event_worker){120, WANG, 2};
    struct hash undone = save(report(20, 1)), held = save(report(10, 5));
    save(crew);
    struct event yesterday = report(10, 1);
    yesterday.shift_day = TODAY - 1;
    save(yesterday);
    undo(undone);
    struct mark sent = {outbox_epoch(outbox), 2, held};
    bool        is_shared;
    good(outbox_acknowledge(outbox, &sent, &is_shared, &err));
    hash_write(&held, name);
    buf_fmt(&verdict,
            "{\"n\":1,\"t\":\"verdict\",\"k\":\"%s\",\"o\":{\"counted\":3,\"held\":2,\"say\":[\"judge.over\",2]}}\n",
            name);
    feed(verdict.bytes);
    buf_free(&verdict);
    good(look_page(reader, &look, WANG, &page, &err));
    assert_int_equal(page.count, 4);
    enum entry_state states[] = {ENTRY_SAVED, ENTRY_SAVED, ENTRY_HELD, ENTRY_UNDONE};
    int64_t          fens[] = {125, 250, 375, 200}; /* 3 pieces in shares of 1 and 2; 5 less the 2 held */
    for (int i = 0; i < 4; i++) {
        assert_int_equal(page.entries[i].state, states[i]);
        assert_int_equal(page.entries[i].fen, fens[i]);
    }
    assert_string_equal(page.entries[0].op_name[LANG_EN], "Cut");
    assert_int_equal(page.entries[0].sheet.rev, 2);
    assert_string_equal(page.entries[2].held_say.id, "judge.over");
    assert_int_equal(page.own_fen, 625);
    assert_int_equal(page.own_pieces, 6);
    good(look_page(reader, &look, LI, &page, &err));
    assert_int_equal(page.own_fen, 125);
    good(look_page(reader, &look, 77, &page, &err));
    assert_int_equal(page.count, 0);
}

/* Good ones count first, as the server says; what was turned down isn't waited for any more. */
static void verdicts_count_as_the_servers(void **state)
{
    static const struct {
        int         counted, held;
        const char *say;
        int64_t     fen, pieces;
    } ROWS[] = {
        {8, 0, "[]",                       625, 5}, /* all: five good ones */
        {4, 4, "[\"judge.over\",4]",       500, 4},
        {0, 8, "[\"judge.over\",8]",       0,   0},
        {0, 0, "[\"verdict.rejected\",8]", 0,   0},
        {3, 0, "[\"verdict.rejected\",5]", 375, 3},
    };
    (void)state;
    feed(MASTERS SHEET("2", OPS));
    struct event bad = report(10, 8);
    bad.bad_count = 1;
    bad.bad[0] = (struct event_bad){3, 1, 0};
    struct hash made = save(bad);
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        struct found_page page;
        struct buf        verdict = {0};
        char              name[HASH_TEXT];
        hash_write(&made, name);
        buf_fmt(&verdict, "{\"n\":1,\"t\":\"verdict\",\"k\":\"%s\",\"o\":{\"counted\":%d,\"held\":%d,\"say\":%s}}\n",
                name, ROWS[i].counted, ROWS[i].held, ROWS[i].say);
        feed(verdict.bytes);
        buf_free(&verdict);
        good(look_page(reader, &look, WANG, &page, &err));
        assert_int_equal(page.own_fen, ROWS[i].fen);
        assert_int_equal(page.own_pieces, ROWS[i].pieces);
    }
}

/* ---- spare badges, and who can be chosen */

static struct event bind_of(int64_t badge, int32_t worker, int32_t day)
{
    struct event event = {.kind = EVENT_BIND, .by = LI, .shift_day = day, .worker_count = 1};
    event.workers[0] = (struct event_worker){badge, worker, 1};
    return event;
}

static void spare_badge_means(int64_t badge, int32_t day, int32_t number, bool is_spare)
{
    struct found seen;
    struct look  then = look;
    struct code  code = {.kind = CODE_BADGE, .badge = badge};
    then.day = day;
    good(look_code(reader, &then, &code, &seen, &err));
    assert_int_equal(seen.worker.number, number);
    assert_int_equal(seen.worker.is_spare, is_spare);
    assert_int_equal(seen.worker.is_known, number != 0);
}

static void a_spare_badge_is_for_its_day(void **state)
{
    struct found_page page;
    (void)state;
    feed(MASTERS SHEET("2", OPS));
    spare_badge_means(777, TODAY, 0, false);
    struct event before = report(10, 2);
    before.workers[0] = (struct event_worker){777, 0, 1};
    save(before);
    save(bind_of(777, WANG, TODAY));
    spare_badge_means(777, TODAY, WANG, true);
    spare_badge_means(777, TODAY - 1, 0, false);
    good(look_page(reader, &look, WANG, &page, &err)); /* what came before it is his as well */
    assert_int_equal(page.own_fen, 250);
    assert_int_equal(page.count, 1);
    save(bind_of(777, LI, TODAY)); /* the newest holds */
    spare_badge_means(777, TODAY, LI, true);
    good(look_page(reader, &look, WANG, &page, &err));
    assert_int_equal(page.count, 0);
    save(bind_of(778, 0, TODAY));
    spare_badge_means(778, TODAY, 0, true); /* somebody new */
    feed("{\"n\":1,\"t\":\"bind\",\"k\":\"000000000000779\",\"o\":{\"worker\":12,\"day\":\"2026-11-24\"}}\n"
         "{\"n\":2,\"t\":\"bind\",\"k\":\"nonsense\",\"o\":{\"worker\":12,\"day\":\"2026-11-24\"}}\n"
         "{\"n\":3,\"t\":\"bind\",\"k\":\"000000000000780\",\"o\":{\"worker\":12,\"day\":\"never\"}}\n"
         "{\"n\":4,\"t\":\"bind\",\"k\":\"000000000000781\"}\n");
    int32_t day;
    assert_true(day_read("2026-11-24", &day));
    spare_badge_means(779, day, WANG, true); /* bound at another kiosk */
    spare_badge_means(780, day, 0, false);
    spare_badge_means(130, TODAY, LI, false); /* a badge of one's own */
}

static void people_are_found(void **state)
{
    struct found_people people;
    (void)state;
    feed(MASTERS SHEET("2", OPS));
    good(look_workers(reader, &(struct people_ask){0}, &people, &err));
    int all = people.total;
    assert_int_equal(all, 1); /* Li has left */
    feed("{\"n\":2,\"t\":\"worker\",\"k\":\"14\",\"o\":{\"name\":\"阿明\"}}\n");
    good(look_workers(reader, &(struct people_ask){0}, &people, &err));
    all = people.total;
    assert_true(all == 2 && people.count == 2 && people.rows[0].number == 14); /* A before W */
    save(report(10, 1));                                                       /* Wang works here: he stands first */
    good(look_workers(reader, &(struct people_ask){0}, &people, &err));
    assert_int_equal(people.rows[0].number, WANG);
    assert_true(people.rows[0].is_known && people.rows[0].badge == 0);
    good(look_workers(reader, &(struct people_ask){.page = 1}, &people, &err));
    assert_int_equal(people.count, 0);
    assert_int_equal(people.total, all);
    good(look_workers(reader, &(struct people_ask){.crew = "nobody's"}, &people, &err));
    assert_int_equal(people.total, 0);
    int lettered = 0;
    for (int group = 1; group <= 12; group++) {
        good(look_workers(reader, &(struct people_ask){.group = group}, &people, &err));
        lettered += people.total;
    }
    assert_true(lettered <= all && lettered > 0);
}

static void an_event_is_found_by_its_name(void **state)
{
    struct event event;
    struct hash  name = save(report(10, 7)), other = name;
    (void)state;
    good(look_event(reader, &name, &event, &err));
    assert_int_equal(event.count, 7);
    other.bytes[0] ^= 1;
    assert_false(look_event(reader, &other, &event, &err));
    assert_int_equal(err.kind, ERR_ABSENT);
}

static void rates_come_with_the_revision(void **state)
{
    struct found_page page;
    (void)state;
    save(report(10, 2)); /* the sheet isn't known yet */
    good(look_page(reader, &look, WANG, &page, &err));
    assert_int_equal(page.own_fen, 0);
    feed(SHEET("2", OPS));
    good(look_page(reader, &look, WANG, &page, &err));
    assert_int_equal(page.own_fen, 250);
    feed(SHEET("3", "[10,\"cut\",\"leaf\",10,99900,1]")); /* another revision, another rate: not for this entry */
    good(look_page(reader, &look, WANG, &page, &err));
    assert_int_equal(page.own_fen, 250);
}

static void own_rework_is_not_paid(void **state)
{
    struct found_page page;
    struct event      rework = report(10, 2);
    (void)state;
    feed(SHEET("2", OPS));
    rework.rework = true;
    save(rework);
    good(look_page(reader, &look, WANG, &page, &err));
    assert_int_equal(page.own_fen, 120); /* somebody else's pieces */
    save(report(10, 4));
    save(rework);
    good(look_page(reader, &look, WANG, &page, &err));
    assert_int_equal(page.own_fen, 620);
}

/* ---- pay */

static void box_put(struct buf *rows, const struct seal_pair *pair, const char *day, const char *text)
{
    buf_fmt(rows, "{\"n\":1,\"t\":\"pay\",\"k\":\"12/%s\",\"o\":{\"box\":\"", day);
    seal_shut(pair->open, text, strlen(text), rows);
    buf_str(rows, "\"}}\n");
}

static void pay_boxes(void **state)
{
    static const uint8_t salt[SEAL_SALT_BYTES] = {1};
    struct seal_pair     pair, other;
    struct found_pay     pay;
    struct buf           rows = {0}, box = {0};
    char                 kiosk[ID_TEXT], epoch[EPOCH_TEXT];
    (void)state;
    good(seal_pair_of(120, "1234", salt, &pair, &err));
    good(seal_pair_of(120, "4321", salt, &other, &err));
    feed(SHEET("2", OPS));
    good(look_pay(reader, &look, WANG, &pair, &pay, &err));
    assert_false(pay.is_open);
    assert_string_equal(pay.say.id, "pay.nothing");
    assert_false(pay.is_wrong);
    struct hash booked = save(report(10, 4)); /* 500 fen, in the box */
    save(report(10, 1));                      /* 125 fen, not yet */
    id_write(outbox_kiosk(outbox), kiosk);
    epoch_write(outbox_epoch(outbox), epoch);
    buf_fmt(&box, "{\"fen\":800,\"marks\":[[\"%s\",\"%s\",1]],\"lines\":[[\"x\",\"2603-0001-02\",10,4,2,12500,500]]}",
            kiosk, epoch);
    box_put(&rows, &pair, "2026-11-30", box.bytes); /* TODAY */
    box_put(&rows, &pair, "2026-11-28", "{\"fen\":1000,\"marks\":[],\"lines\":[]}");
    feed(rows.bytes);
    good(look_pay(reader, &look, WANG, &other, &pay, &err));
    assert_false(pay.is_open);
    assert_string_equal(pay.say.id, "pay.pin");
    assert_true(pay.is_wrong);
    assert_int_equal(pay.total_fen, 0);
    good(look_pay(reader, &look, WANG, &pair, &pay, &err));
    assert_true(pay.is_open);
    assert_int_equal(pay.today_fen, 925);
    assert_int_equal(pay.total_fen, 1925);
    assert_int_equal(pay.held, 2);
    assert_int_equal(pay.count, 2);
    assert_int_equal(pay.days[0].day, TODAY);
    assert_int_equal(pay.days[1].fen, 1000);
    undo(booked); /* the box has it, its undoing it hasn't */
    good(look_pay(reader, &look, WANG, &pair, &pay, &err));
    assert_int_equal(pay.today_fen, 425);
    buf_free(&rows);
    buf_free(&box);
}

/* The books put an entry on another day than this kiosk, whose clock was wrong: it is paid once. */
static void pay_of_a_moved_day(void **state)
{
    static const uint8_t salt[SEAL_SALT_BYTES] = {1};
    struct seal_pair     pair;
    struct found_pay     pay;
    struct buf           rows = {0}, box = {0};
    char                 name[HASH_TEXT];
    (void)state;
    good(seal_pair_of(120, "1234", salt, &pair, &err));
    feed(SHEET("2", OPS));
    struct hash moved = save(report(10, 4)); /* 500 fen */
    save(report(10, 1));                     /* 125 fen, nowhere yet */
    hash_write(&moved, name);
    buf_fmt(&box, "{\"fen\":500,\"marks\":[],\"lines\":[[\"%s\",\"2603-0001-02\",10,4,0,12500,500]]}", name);
    box_put(&rows, &pair, "2026-11-29", box.bytes);
    box_put(&rows, &pair, "2026-11-30", "{\"fen\":0,\"marks\":[],\"lines\":[]}"); /* TODAY, where this kiosk has both */
    feed(rows.bytes);
    good(look_pay(reader, &look, WANG, &pair, &pay, &err));
    assert_int_equal(pay.total_fen, 625);
    assert_int_equal(pay.today_fen, 125);
    buf_free(&rows);
    buf_free(&box);
}

/* Who did the rest, and when: the newest entry that still counts. */
static void who_made_the_rest(void **state)
{
    (void)state;
    feed(MASTERS SHEET("2", OPS));
    assert_string_equal(look_sheet(2)->ops[0].by, "");
    save(report(10, 4));
    struct event by_two = report(10, 2);
    by_two.worker_count = 2;
    by_two.workers[1] = by_two.workers[0];
    by_two.workers[0] = (struct event_worker){130, LI, 1};
    by_two.wall_ms = NOW - 1000;
    struct hash newest = save(by_two);
    assert_string_equal(look_sheet(2)->ops[0].by, "李");
    assert_int_equal(found.sheet.ops[0].by_count, 2);
    assert_int_equal(found.sheet.ops[0].by_ms, NOW - 1000);
    undo(newest);
    assert_string_equal(look_badge(120)->usual, "cut");
    save(report(20, 1));
    assert_string_equal(look_badge(120)->usual, "plane");
    assert_string_equal(look_sheet(2)->ops[0].by, "王");
    assert_int_equal(found.sheet.ops[0].by_count, 4);
}

/* What each has from entries of several people, today alone; the remainder goes to the first. */
static void shares_of_a_crew(void **state)
{
    (void)state;
    struct found_crew crew;
    int32_t           both[] = {LI, WANG};
    feed(MASTERS SHEET("2", OPS));
    save(report(10, 4)); /* his alone */
    struct event by_two = report(10, 1);
    by_two.worker_count = 2;
    by_two.workers[1] = by_two.workers[0];
    by_two.workers[0] = (struct event_worker){130, LI, 1};
    save(by_two);
    by_two.shift_day--;
    save(by_two);
    look.worker_count = 2;
    look.workers = both;
    good(look_crew(reader, &look, &crew, &err));
    assert_int_equal(crew.count, 2);
    assert_int_equal(crew.sums[0].number, LI);
    assert_int_equal(crew.sums[0].fen, 63); /* of 125 */
    assert_int_equal(crew.sums[1].fen, 62);
    assert_int_equal(crew.sums[1].pieces, 1);
}

static struct event rolled(enum event_kind kind, int64_t badge, int64_t ago_ms)
{
    struct event event = {.kind = kind, .worker_count = 1, .workers = {{badge, 0, 1}}, .shift_day = TODAY};
    snprintf(event.station, sizeof event.station, "saw");
    snprintf(event.shift, sizeof event.shift, "day");
    event.wall_ms = NOW - ago_ms;
    return event;
}

/* After a power cut the crew of this shift and station is in again: who joined and didn't leave, in that order. */
static void the_crew_again(void **state)
{
    (void)state;
    struct found_roll roll;
    look.shift = "day";
    feed(MASTERS);
    save(rolled(EVENT_JOIN, 120, 9000));
    good(look_roll(reader, &look, &roll, &err));
    assert_int_equal(roll.count, 0); /* alone */
    save(rolled(EVENT_JOIN, 130, 8000));
    save(rolled(EVENT_JOIN, 140, 7000));
    save(rolled(EVENT_LEAVE, 120, 6000));
    good(look_roll(reader, &look, &roll, &err));
    assert_int_equal(roll.count, 2);
    assert_string_equal(roll.people[0].name, "李");
    assert_true(roll.people[0].is_revoked);
    assert_int_equal(roll.people[1].badge, 140);
    assert_int_equal(roll.since_ms[1], NOW - 7000);
    save(rolled(EVENT_JOIN, 120, 5000));
    good(look_roll(reader, &look, &roll, &err));
    assert_int_equal(roll.count, 3);
    assert_int_equal(roll.people[2].number, WANG);
    look.shift = "night";
    good(look_roll(reader, &look, &roll, &err));
    assert_int_equal(roll.count, 0);
    look.shift = "day";
    look.station = "weld";
    good(look_roll(reader, &look, &roll, &err));
    assert_int_equal(roll.count, 0);
}

/* A number as people say it: what it finds among these lines. */
static void typed_numbers(void **state)
{
    (void)state;
    static const char *const KEYS[] = {"2503-0001-01", "2603-0001-01", "2603-0001-02", "2601-0101-01",
                                       "2612-0001-01", "2612-1187-12", "2603-0010-01"};
    static const struct {
        const char *number, *found;
    } NUMBERS[] = {
        {"301",          "2603-0001-02 2603-0001-01 2503-0001-01"},
        {"0301",         "2603-0001-02 2603-0001-01 2503-0001-01"},
        {"301-1",        "2603-0001-01 2503-0001-01"             },
        {"301-2",        "2603-0001-02"                          },
        {"301-2-07",     "2603-0001-02"                          },
        {"310",          "2603-0010-01"                          },
        {"1-101",        "2601-0101-01"                          },
        {"1-101-1",      "2601-0101-01"                          },
        {"1-101-2",      ""                                      },
        {"1201",         "2612-0001-01"                          },
        {"12-1187",      "2612-1187-12"                          },
        {"12-1187-12",   "2612-1187-12"                          },
        {"2603-0001",    "2603-0001-02 2603-0001-01"             },
        {"2503-0001-01", "2503-0001-01"                          },
        {"",             ""                                      },
        {"3",            ""                                      },
        {"30",           ""                                      },
        {"300",          ""                                      },
        {"1301",         ""                                      },
        {"-",            ""                                      },
        {"301-",         ""                                      },
        {"-301",         ""                                      },
        {"301--1",       ""                                      },
        {"301-0",        ""                                      },
        {"99999",        ""                                      },
        {"1-2-3-4",      ""                                      },
        {"' OR 1=1",     ""                                      },
        {"3０1",        ""                                      },
    };
    struct buf rows = {0};
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++)
        buf_fmt(&rows, "{\"n\":1,\"t\":\"sheet\",\"k\":\"%s\",\"o\":{\"rev\":3,\"quantity\":5,\"ops\":[]}}\n", KEYS[i]);
    feed(buf_text(&rows));
    buf_free(&rows);
    for (size_t i = 0; i < sizeof NUMBERS / sizeof NUMBERS[0]; i++) {
        struct found_lines lines;
        struct buf         text = {0};
        good(look_lines(reader, &look, NUMBERS[i].number, &lines, &err));
        for (int k = 0; k < lines.count; k++) {
            char key[LINE_REF_TEXT];
            line_ref_write(lines.rows[k].line, key);
            buf_fmt(&text, "%s%s", k > 0 ? " " : "", key);
        }
        assert_string_equal(buf_text(&text), NUMBERS[i].found);
        buf_free(&text);
    }
    struct sheet_ref sheet;
    bool             is_there;
    good(look_newest(reader, line_ref_key((struct line_ref){2603, 1, 2}), &sheet, &is_there, &err));
    assert_true(is_there && sheet.rev == 3 && sheet.copy == 0);
    good(look_newest(reader, 1, &sheet, &is_there, &err));
    assert_false(is_there);
}

/* More lines of one number than a list holds: it says so. */
static void more_lines_than_fit(void **state)
{
    (void)state;
    struct buf         rows = {0};
    struct found_lines lines;
    for (int i = 1; i <= FOUND_LINES_MAX + 1; i++)
        buf_fmt(&rows, "{\"n\":1,\"t\":\"sheet\",\"k\":\"2603-0001-%02d\",\"o\":{\"rev\":1,\"ops\":[]}}\n", i);
    feed(buf_text(&rows));
    buf_free(&rows);
    good(look_lines(reader, &look, "301", &lines, &err));
    assert_int_equal(lines.count, FOUND_LINES_MAX);
    assert_true(lines.has_more);
}

/* The opening direction is asked before the operations that the office names, of changed and special sheets alone. */
static void openings_are_asked(void **state)
{
    (void)state;
    feed(MASTERS SHEET("2", OPS));
    assert_false(look_sheet(2)->ops[0].is_opening_asked);
    feed("{\"n\":1,\"t\":\"setting\",\"k\":\"opening_ops\",\"o\":{\"value\":[\"plane\",\"cut\"]}}\n");
    assert_true(look_sheet(2)->ops[0].is_opening_asked);
    assert_false(look_sheet(2)->ops[1].is_opening_asked); /* isn't done here */
    assert_false(look_sheet(1)->ops[0].is_opening_asked); /* neither changed nor special */
    feed("{\"n\":1,\"t\":\"setting\",\"k\":\"opening_ops\",\"o\":{\"value\":\"cut\"}}\n");
    assert_false(look_sheet(2)->ops[0].is_opening_asked); /* no list */
}

/* What the office says of a station, or of all; what can't be is as if nothing were set. */
static void settings_by_station(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        int32_t     seconds;
    } SIGN_OUTS[] = {
        {"\"entry\"",                     SIGN_OUT_ENTRY_S},
        {"\"shift\"",                     SIGN_OUT_SHIFT_S},
        {"90",                            90              },
        {"{\"saw\":\"shift\",\"*\":30}",  SIGN_OUT_SHIFT_S},
        {"{\"weld\":\"shift\",\"*\":30}", 30              },
        {"{\"weld\":\"shift\"}",          SIGN_OUT_ENTRY_S},
        {"-5",                            SIGN_OUT_ENTRY_S},
        {"86401",                         SIGN_OUT_ENTRY_S},
        {"[1]",                           SIGN_OUT_ENTRY_S},
        {"true",                          SIGN_OUT_ENTRY_S},
    };
    static const struct {
        const char *value;
        bool        can;
    } TOUCHES[] = {
        {"true",                       true },
        {"false",                      false},
        {"{\"saw\":true}",             true },
        {"{\"weld\":true}",            false},
        {"{\"saw\":false,\"*\":true}", false},
        {"1",                          false},
    };
    struct buf row = {0};
    int32_t    seconds;
    bool       can;
    for (size_t i = 0; i < sizeof SIGN_OUTS / sizeof SIGN_OUTS[0]; i++) {
        buf_clear(&row);
        buf_fmt(&row, "{\"n\":1,\"t\":\"setting\",\"k\":\"sign_out\",\"o\":{\"value\":%s}}\n", SIGN_OUTS[i].value);
        feed(row.bytes);
        good(setting_sign_out(reader, "saw", &seconds, &err));
        assert_int_equal(seconds, SIGN_OUTS[i].seconds);
    }
    for (size_t i = 0; i < sizeof TOUCHES / sizeof TOUCHES[0]; i++) {
        buf_clear(&row);
        buf_fmt(&row, "{\"n\":1,\"t\":\"setting\",\"k\":\"touch_rows\",\"o\":{\"value\":%s}}\n", TOUCHES[i].value);
        feed(row.bytes);
        good(setting_touch_rows(reader, "saw", &can, &err));
        assert_int_equal(can, TOUCHES[i].can);
    }
    buf_free(&row);
}

/* ---- Stops: where they interrupt, which papers they leave out */

static struct found_stops stopped;

static const struct found_stops *look_stopped(void)
{
    good(look_stops(reader, &look, &stopped, &err));
    return &stopped;
}

#define STOP_OF(key, at) \
    "{\"n\":9,\"t\":\"stop\",\"k\":\"" key "\",\"o\":{\"at\":" at ",\"why\":\"size\",\"by\":\"Lin\"}}\n"
#define LIFTED(key) "{\"n\":9,\"t\":\"stop\",\"k\":\"" key "\",\"gone\":true}\n"

static void where_a_stop_interrupts(void **state)
{
    (void)state;
    assert_int_equal(look_stopped()->count, 0);
    feed(MASTERS SHEET("2", OPS) STOP_OF("2603-0001-02", "5"));
    assert_true(look_stopped()->stops[0].is_here); /* it lies before the first operation, which is done at the saw */
    assert_string_equal(stopped.stops[0].why, "size");
    assert_string_equal(stopped.stops[0].who, "Lin");
    look.station = "paint"; /* nothing comes from there, or goes there next: the planing is still to do */
    feed("{\"n\":1,\"t\":\"station\",\"k\":\"paint\",\"o\":{\"name\":[\"漆\",\"Paint\"],\"ops\":[\"paint\"]}}\n");
    assert_false(look_stopped()->stops[0].is_here);
    look.station = "plane";
    feed("{\"n\":1,\"t\":\"station\",\"k\":\"plane\",\"o\":{\"name\":[\"刨\",\"Plane\"],\"ops\":[\"plane\"]}}\n");
    assert_true(look_stopped()->stops[0].is_here); /* it comes next from the saw */
    look.station = "paint";
    totals("[10,10,0,0],[20,10,0,0],[30,5,0,0]", 0); /* all of it lies before the painting */
    assert_true(look_stopped()->stops[0].is_here);
    look.station = "saw";
    assert_true(look_stopped()->stops[0].is_here); /* it was here */
}

/* Of an order: each of its lines; the station's own line is the one that is acknowledged. */
static void a_stop_of_an_order(void **state)
{
    (void)state;
    feed(MASTERS SHEET("2", OPS) STOP_OF("2603-0001", "5"));
    assert_true(look_stopped()->stops[0].is_here);
    assert_int_equal(stopped.stops[0].what.line, 0);
    assert_int_equal(stopped.stops[0].at.line, 2);
    struct event ack = report(0, 0);
    ack.kind = EVENT_ACK;
    ack.sheet.rev = ack.sheet.copy = 0;
    feed(STOP_OF("2603-0001-02", "6"));
    assert_int_equal(look_stopped()->count, 2);
    assert_false(stopped.stops[0].is_answered);
    save(ack); /* answers both */
    assert_true(look_stopped()->stops[0].is_answered && stopped.stops[1].is_answered);
    feed(LIFTED("2603-0001") STOP_OF("2603-0001", "7")); /* stopped anew: asks anew */
    assert_int_equal(look_stopped()->count, 2);
    assert_false(stopped.stops[0].is_answered);
    assert_int_equal(stopped.stops[0].at_ms, 7);
    assert_true(stopped.stops[1].is_answered);
}

static void papers_to_hand_in(void **state)
{
    (void)state;
    struct event in = report(0, 0);
    in.kind = EVENT_COLLECT;
    feed(MASTERS SHEET("2", OPS) STOP_OF("2603-0001-02", "5"));
    save(report(10, 1));
    assert_int_equal(look_stopped()->paper_count, 1);
    assert_true(stopped.papers[0].is_here && !stopped.papers[0].is_in);
    assert_string_equal(stopped.papers[0].station[1], "Saw");
    assert_string_equal(stopped.papers[0].worker, "王");
    assert_int_equal(stopped.out_count, 1);
    save(in);
    assert_int_equal(look_stopped()->out_count, 0);
    assert_true(stopped.papers[0].is_in);
    struct event again = report(10, 1);
    again.sheet.copy = 2;
    save(again);
    assert_int_equal(look_stopped()->out_count, 1);
    feed(LIFTED("2603-0001-02")); /* it goes on: nobody must hand in anything */
    assert_int_equal(look_stopped()->out_count, 0);
    assert_int_equal(stopped.count, 0);
}

/* An old revision is handed in too; what another station saw later than this one is theirs. */
static void old_papers_to_hand_in(void **state)
{
    (void)state;
    struct event old = report(10, 1);
    old.sheet.rev = 1;
    feed(MASTERS SHEET("2", OPS));
    save(report(10, 1));
    assert_int_equal(look_stopped()->out_count, 0);
    save(old);
    assert_int_equal(look_stopped()->out_count, 1);
    assert_int_equal(stopped.outs[0].sheet.rev, 1);
    char       kiosk[ID_TEXT], epoch[EPOCH_TEXT];
    struct buf row = {0};
    id_write(outbox_kiosk(outbox), kiosk);
    epoch_write(outbox_epoch(outbox), epoch);
    buf_fmt(
        &row,
        "{\"n\":9,\"t\":\"totals\",\"k\":\"2603-0001-02\",\"o\":{\"ops\":[[10,2,0,0]],\"marks\":[[\"%s\",\"%s\",2]],"
        "\"last\":[[10,\"mill\",13,900]],\"papers\":[[1,1,\"mill\",13,1796000000000,false]]}}\n",
        kiosk, epoch);
    feed(row.bytes);
    buf_free(&row);
    assert_int_equal(look_stopped()->out_count, 0);
    assert_string_equal(look_sheet(2)->ops[0].who, "李"); /* who did the rest, and when */
    assert_int_equal(found.sheet.ops[0].when_ms, 900);
    save(report(10, 1)); /* newer than the feed's word */
    assert_string_equal(look_sheet(2)->ops[0].who, "王");
    assert_int_equal(found.sheet.ops[0].when_ms, NOW - 20000);
    assert_string_equal(found.sheet.ops[1].who, "");
}

/* ---- Orders and the board */

static struct found_order order;
static struct found_board board;

static void an_order_by_its_lines(void **state)
{
    (void)state;
    feed(MASTERS SHEET("2", OPS));
    feed("{\"n\":1,\"t\":\"sheet\",\"k\":\"2603-0001-03\",\"o\":{\"rev\":1,\"product\":\"Ash\",\"quantity\":2,"
         "\"ops\":[[10,\"cut\",\"leaf\",4,1,1]],\"void\":[]}}\n");
    save(report(10, 4));
    good(look_order(reader, &look, LINE, &order, &err));
    assert_int_equal(order.line_count, 2);
    assert_int_equal(order.at, 0);
    assert_int_equal(order.lines[0].left, 6 + 10 + 5 + 5);
    assert_int_equal(order.lines[1].left, 4);
    assert_int_equal(order.sheet.ref.rev, 2);
    assert_int_equal(order.sheet.ops[0].done, 4);
    assert_string_equal(order.sheet.ops[0].who, "王");
    good(look_order(reader, &look, (struct line_ref){2603, 1, 3}, &order, &err));
    assert_int_equal(order.at, 1);
    assert_string_equal(order.sheet.product, "Ash");
    good(look_order(reader, &look, (struct line_ref){2603, 77, 1}, &order, &err)); /* nothing is known of it */
    assert_int_equal(order.line_count, 1);
    assert_int_equal(order.sheet.op_count, 0);
}

static const struct found_board *look_at(enum board_view view, int32_t day)
{
    good(look_board(reader, &look, view, day, &board, &err));
    return &board;
}

/* "done/planned" of each operation. */
static const char *board_text(void)
{
    static char text[256];
    size_t      len = 0;
    text[0] = 0;
    for (int i = 0; i < board.op_count; i++)
        len += (size_t)snprintf(text + len, sizeof text - len, "%s%s %d/%d", i > 0 ? " " : "", board.ops[i].code,
                                (int)board.ops[i].done, (int)board.ops[i].planned);
    return text;
}

#define DAYS_OF(days)                                                                                       \
    "{\"n\":9,\"t\":\"totals\",\"k\":\"2603-0001-02\",\"o\":{\"ops\":[[10,6,0,1],[20,7,0,0]],\"marks\":[]," \
    "\"days\":[" days "]}}\n"

/* TODAY is 2026-11-30; the sheet is due the day after. */
static void a_board_of_today(void **state)
{
    (void)state;
    feed(MASTERS SHEET("2", OPS) DAYS_OF("[10,\"2026-11-30\",3],[10,\"2026-11-29\",4],[20,\"2026-11-30\",7]"));
    look_at(BOARD_OPS, TODAY);
    assert_string_equal(board_text(), "cut 3/3 plane 7/7 paint 0/0"); /* not due yet */
    assert_int_equal(board.counts[BOARD_RUSH - BOARD_LATE], 1);
    assert_int_equal(board.counts[BOARD_HELD - BOARD_LATE], 1);
    assert_int_equal(board.counts[BOARD_LATE - BOARD_LATE], 0);
    assert_int_equal(board.counts[BOARD_MISSING - BOARD_LATE], 0); /* 7 passed the cutting, 1 of them held */
    look.day = TODAY + 2;
    save(report(10, 1)); /* of TODAY */
    look_at(BOARD_OPS, TODAY + 2);
    assert_string_equal(board_text(), "cut 0/7 plane 0/3 paint 0/5"); /* what is left, and late */
    assert_int_equal(board.counts[BOARD_LATE - BOARD_LATE], 1);
    assert_int_equal(board.ops[0].counts[BOARD_LATE - BOARD_LATE], 1); /* where it lies */
    look_at(BOARD_OPS, TODAY);
    assert_string_equal(board_text(), "cut 4/0 plane 7/0 paint 0/0"); /* another day: only what was done */
    assert_int_equal(board.done, 11);
}

static void lists_of_a_board(void **state)
{
    (void)state;
    feed(MASTERS SHEET("2", OPS));
    look_at(BOARD_MISSING, TODAY);
    assert_int_equal(board.row_count, 0);
    save(report(20, 5)); /* planed, and nobody has cut it */
    look_at(BOARD_MISSING, TODAY);
    assert_int_equal(board.row_count, 1);
    assert_string_equal(board.rows[0].op[1], "Cut");
    assert_int_equal(board.counts[BOARD_MISSING - BOARD_LATE], 1);
    look_at(BOARD_STOPPED, TODAY);
    assert_int_equal(board.all, 0);
    feed(STOP_OF("2603-0001", "5"));
    look_at(BOARD_STOPPED, TODAY);
    assert_int_equal(board.all, 1);
    assert_true(board.rows[0].is_stopped);
    look_at(BOARD_ORDERS, TODAY);
    assert_int_equal(board.all, 1);
    assert_int_equal(board.rows[0].left, 10);
    assert_string_equal(board.rows[0].product, "Oak");
    look_at(BOARD_WORKERS, TODAY);
    assert_int_equal(board.row_count, 1);
    assert_string_equal(board.rows[0].worker.name, "王");
    assert_int_equal(board.rows[0].good, 5);
    look_at(BOARD_WORKERS, TODAY - 1);
    assert_int_equal(board.row_count, 0);
}

int main(int argc, char **argv)
{
    static struct rows rows;
    rows_add(&rows, "badges", badges, NULL);
    rows_add(&rows, "long names end at a character", long_names_end_at_a_character, NULL);
    rows_add(&rows, "other codes find nothing", other_codes_find_nothing, NULL);
    rows_add(&rows, "revisions", revisions, NULL);
    rows_add(&rows, "stops", stops, NULL);
    rows_add(&rows, "where a stop interrupts", where_a_stop_interrupts, NULL);
    rows_add(&rows, "a stop of an order", a_stop_of_an_order, NULL);
    rows_add(&rows, "papers to hand in", papers_to_hand_in, NULL);
    rows_add(&rows, "old papers to hand in", old_papers_to_hand_in, NULL);
    rows_add(&rows, "an order by its lines", an_order_by_its_lines, NULL);
    rows_add(&rows, "a board of today", a_board_of_today, NULL);
    rows_add(&rows, "lists of a board", lists_of_a_board, NULL);
    rows_add(&rows, "operations", operations, NULL);
    rows_add(&rows, "what arrives is counted in doors", what_arrives_is_counted_in_doors, NULL);
    rows_add(&rows, "own entries count until the totals have them", own_entries_count_until_the_totals_have_them, NULL);
    rows_add(&rows, "undone entries count no more", undone_entries_count_no_more, NULL);
    rows_add(&rows, "a correction stands for its target", a_correction_stands_for_its_target, NULL);
    rows_add(&rows, "an undo undone brings back", an_undo_undone_brings_back, NULL);
    rows_add(&rows, "older epochs are before the mark", older_epochs_are_before_the_mark, NULL);
    rows_add(&rows, "rework makes no new pieces", rework_makes_no_new_pieces, NULL);
    rows_add(&rows, "the same again", the_same_again, NULL);
    rows_add(&rows, "the queue", the_queue, NULL);
    rows_add(&rows, "the queue knows own entries", the_queue_knows_own_entries, NULL);
    rows_add(&rows, "a worker's page", a_worker_s_page, NULL);
    rows_add(&rows, "verdicts count as the server's", verdicts_count_as_the_servers, NULL);
    rows_add(&rows, "a spare badge is for its day", a_spare_badge_is_for_its_day, NULL);
    rows_add(&rows, "people are found", people_are_found, NULL);
    rows_add(&rows, "an event is found by its name", an_event_is_found_by_its_name, NULL);
    rows_add(&rows, "rates come with the revision", rates_come_with_the_revision, NULL);
    rows_add(&rows, "own rework is not paid", own_rework_is_not_paid, NULL);
    rows_add(&rows, "pay boxes", pay_boxes, NULL);
    rows_add(&rows, "pay of a moved day", pay_of_a_moved_day, NULL);
    rows_add(&rows, "who made the rest", who_made_the_rest, NULL);
    rows_add(&rows, "shares of a crew", shares_of_a_crew, NULL);
    rows_add(&rows, "typed numbers", typed_numbers, NULL);
    rows_add(&rows, "the crew again", the_crew_again, NULL);
    rows_add(&rows, "more lines than fit", more_lines_than_fit, NULL);
    rows_add(&rows, "openings are asked", openings_are_asked, NULL);
    rows_add(&rows, "settings by station", settings_by_station, NULL);
    rows_around(&rows, 0, start, end);
    return rows_run(&rows, argc, argv);
}
