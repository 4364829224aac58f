/* knob_test.c - are the kiosk's own settings kept, read, and never another's?
 * links: kiosk_top kiosk_keep kiosk_flow core */
#include <stdio.h>
#include <string.h>

#include "core/embed.h"
#include "kiosk/flow/knob.h"
#include "kiosk/keep/knob.h"
#include "kiosk/keep/look.h"
#include "kiosk/keeper.h"
#include "tests/unit/folder.h"
#include "tests/unit/rows.h"

static char path[128];

static void good(bool is_done, const struct err *err)
{
    if (!is_done) fail_msg("%s", err->say.id);
}

static struct keeper *keeper_new(void)
{
    struct keeper_options options = {.path = path, .program = "knob_test"};
    struct keeper        *keeper;
    struct err            err;
    good(keeper_open(&options, 1000, &keeper, &err), &err);
    return keeper;
}

static void set(struct keeper *keeper, int32_t worker, const char *name, int64_t value)
{
    struct found_knob knob = {.worker = worker, .value = value};
    struct keeper_in  in = {.wall_ms = 1000, .mono_ms = 1000, .knob = &knob};
    struct keeper_out out;
    snprintf(knob.name, sizeof knob.name, "%s", name);
    keeper_step(keeper, &in, &out);
    assert_true(out.has_set);
    assert_true(out.is_set);
    assert_false(out.has_saved);
}

static void kept_over_a_restart(void **state)
{
    (void)state;
    struct found_knobs knobs;
    struct err         err;
    struct keeper     *keeper = keeper_new();
    good(keeper_knobs(keeper, &knobs, &err), &err);
    assert_int_equal(knobs.count, 0);
    set(keeper, 0, "volume", 30);
    set(keeper, 0, "theme", 1);
    set(keeper, 0, "volume", 40);
    set(keeper, 12, "lang", LANG_EN); /* a worker's is none of the kiosk's */
    keeper_close(keeper);
    keeper = keeper_new();
    good(keeper_knobs(keeper, &knobs, &err), &err);
    assert_int_equal(knobs.count, 2);
    assert_string_equal(knobs.rows[1].name, "volume");
    assert_int_equal(knobs.rows[1].value, 40);
    keeper_close(keeper);
}

/* What a worker chose here goes before what the office says, and is nobody else's. */
static void worker_keeps_his_language(void **state)
{
    (void)state;
    struct err     err;
    struct db     *db, *look;
    struct keeper *keeper = keeper_new();
    good(db_open(path, DB_READ, NULL, &look, &err), &err);
    set(keeper, 1, "lang", LANG_EN);
    keeper_close(keeper);
    good(db_open(path, DB_WRITE, NULL, &db, &err), &err);
    good(db_script(db,
                   "INSERT INTO worker (number, name, sign, colour, crew, is_supervisor, lang, salt, has_left)"
                   " VALUES (1, 'a', 0, 0, '', 0, 0, NULL, 0), (2, 'b', 0, 0, '', 0, 0, NULL, 0);"
                   "INSERT INTO badge (badge, worker, is_revoked) VALUES (11, 1, 0), (12, 2, 0)",
                   &err),
         &err);
    for (int worker = 1; worker <= 2; worker++) {
        struct code  code = {.kind = CODE_BADGE, .badge = 10 + worker};
        struct look  where = {.station = "", .now_ms = 1000};
        struct found found;
        good(look_code(look, &where, &code, &found, &err), &err);
        assert_true(found.worker.is_known);
        assert_int_equal(found.worker.lang, worker == 1 ? LANG_EN : LANG_ZH);
    }
    db_close(look);
    db_close(db);
}

/* A kiosk of the first version is brought forward, its events stay. */
static void old_database_gets_the_table(void **state)
{
    (void)state;
    struct err         err;
    struct db         *db;
    struct found_knobs knobs;
    struct embed       first[] = {
        embed_kiosk_schema[0], {NULL, NULL, 0}
    };
    good(db_open(path, DB_WRITE, NULL, &db, &err), &err);
    good(db_migrate(db, first, &err), &err);
    assert_false(knobs_read(db, &knobs, &err));
    good(db_migrate(db, embed_kiosk_schema, &err), &err);
    good(knobs_read(db, &knobs, &err), &err);
    assert_int_equal(knobs.count, 0);
    db_close(db);
}

/* ---- The table */

static void names_and_ranges_hold(void **state)
{
    (void)state;
    for (int i = 0; i < KNOBS; i++) {
        const struct knob_row *row = knob_row((enum knob)i);
        assert_int_equal(knob_of(row->name), i);
        assert_true(strlen(row->name) < WORD_MAX);
        assert_true(knob_allows((enum knob)i, row->otherwise));
        assert_true(knob_allows((enum knob)i, row->least) && knob_allows((enum knob)i, row->most));
        assert_false(knob_allows((enum knob)i, (int64_t)row->least - 1) ||
                     knob_allows((enum knob)i, (int64_t)row->most + 1));
        assert_int_equal((row->most - row->least) % row->step, 0); /* each end is reached by steps */
        assert_int_equal((row->otherwise - row->least) % row->step, 0);
        assert_true(row->most < ACTION_SET_KNOB);
    }
    assert_int_equal(knob_of("nothing"), -1);
    assert_int_equal(knob_of(""), -1);
}

static int start(void **state)
{
    struct err err;
    (void)state;
    if (folder_make() != 0 || !chain_init(&err)) return 1;
    snprintf(path, sizeof path, "%s", folder_path("k.db"));
    return 0;
}

static int end(void **state)
{
    (void)state;
    return folder_end();
}

int main(int argc, char **argv)
{
    static struct rows rows;
    rows_add(&rows, "kept over a restart", kept_over_a_restart, NULL);
    rows_add(&rows, "a worker keeps his language", worker_keeps_his_language, NULL);
    rows_add(&rows, "an old database gets the table", old_database_gets_the_table, NULL);
    rows_around(&rows, 0, start, end);
    rows_add(&rows, "names and ranges hold", names_and_ranges_hold, NULL);
    return rows_run(&rows, argc, argv);
}
