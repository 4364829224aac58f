/* bind_test.c - spare badges in the books: whatever comes first, a binding makes the same wages.
 * links: server_books server_judge core */
#include "tests/unit/books.h"

/* What comes, in this order. R: 4 pieces with the spare badge; L: Li's own 2; Y: 1 piece with it, of yesterday; 1..3: the
 * spare badge is bound to that worker today; y: to worker 2 yesterday; 0: to somebody new; 9: to a worker who comes later;
 * T, W: at another kiosk, 4 pieces with the spare badge, 1 of worker 2's own; N: that worker comes; O: Li's own badge is bound to worker 2; X: an undo of the first R; A: the office binds it to 3;
 * G: the office gives the spare badge to worker 2 for good. */
struct row {
    const char *name, *script;
    const char *fen;  /* of workers, today: "worker fen" */
    const char *held; /* pieces */
};

static const struct row ROWS[] = {
    {"nobody named it",                    "RL",   "1 100",        "4"},
    {"bound first",                        "2RL",  "1 100, 2 200", "0"},
    {"bound afterwards",                   "RL2",  "1 100, 2 200", "0"},
    {"bound in between",                   "R2RL", "1 100, 2 400", "0"},
    {"the newest binding holds",           "2R3L", "1 100, 3 200", "0"},
    {"the newest holds before it as well", "R23L", "1 100, 3 200", "0"},
    {"never was at the other kiosk",       "2T3",  "3 200",        "0"},
    {"was at the other kiosk by himself",  "W2T3", "2 50, 3 200",  "0"},
    {"another day is another's",           "RY2",  "2 200",        "1"},
    {"yesterday's binding is yesterday's", "RYy",  "2 50",         "4"},
    {"each day its own",                   "yY3R", "2 50, 3 200",  "0"},
    {"somebody new, not named yet",        "0R",   "",             "4"},
    {"somebody new, then named",           "0R2",  "2 200",        "0"},
    {"a worker who comes later",           "R9N",  "9 200",        "0"},
    {"a worker who came before",           "NR9",  "9 200",        "0"},
    {"a badge of somebody's own",          "OL",   "1 100",        "0"},
    {"an undo of what was bound",          "2RX",  "",             "0"},
    {"an undo, then bound",                "RX2",  "",             "0"},
    {"the office binds",                   "RLA",  "1 100, 3 200", "0"},
    {"the office puts it right",           "2RA",  "3 200",        "0"},
    {"it becomes his for good",            "2RG",  "2 200",        "0"},
    {"for good, before it was ever bound", "RG2",  "2 200",        "0"},
};

static struct kiosk here = {
    .id = 0x21, .epoch = {1, 7}
};

static struct kiosk there = {
    .id = 0x22, .epoch = {1, 8}
};

static void bind_come(int64_t badge, int32_t worker, int32_t day)
{
    struct event event = event_of(&here, EVENT_BIND);
    event.by = 1;
    event.shift_day = day;
    event.worker_count = 1;
    event.workers[0] = (struct event_worker){.badge = badge, .number = worker, .share = 1};
    inbox_event(&event, NULL);
}

static void undo_come(const struct hash *name)
{
    struct event event = event_of(&here, EVENT_UNDO);
    event.has_refers = true;
    event.refers = *name;
    inbox_event(&event, NULL);
}

static void office_binds(void)
{
    struct act act = act_of("bind", "console", "{\"badge\":98,\"worker\":3,\"day\":\"2026-03-04\",\"why\":\"forgot\"}");
    struct writer_out out = act_step_of(&act);
    good(out.err.kind == ERR_NONE);
    assert_int_equal(out.want, WRITER_OFFICE_LINE);
    out.line.epoch = (struct epoch){1, 1};
    out.line.seq = ++here.seq;
    inbox_event(&out.line, NULL);
    buf_free(&act.answer);
}

/* Acts see what was applied before them, as in the server. */
static void script_run(const char *script, int64_t most)
{
    struct hash first = {{0}};
    for (const char *at = script; *at != 0; at++) {
        if (strchr("NAG", *at) != NULL) apply_all(most);
        struct event event = report_of(&here, "2603-0001-01", 10, 4, BADGE_SPARE, 0);
        here.seq--;
        switch (*at) {
        case 'R':
            here.seq++;
            inbox_event(&event, hash_is_zero(&first) ? &first : NULL);
            break;
        case 'Y':
            here.seq++;
            event.count = 1;
            event.shift_day = TODAY - 1;
            event.by = 1; /* a later event of an earlier day is one from paper */
            event.second = 3;
            memcpy(event.why, "paper", sizeof "paper");
            inbox_event(&event, NULL);
            break;
        case 'L':
            event = report_of(&here, "2603-0001-01", 10, 2, BADGE_LI, 1);
            inbox_event(&event, NULL);
            break;
        case 'T':
        case 'W':
            event = report_of(&there, "2603-0001-01", 10, *at == 'T' ? 4 : 1, *at == 'T' ? BADGE_SPARE : BADGE_WANG, 0);
            inbox_event(&event, NULL);
            break;
        case 'y': bind_come(BADGE_SPARE, 2, TODAY - 1); break;
        case 'O': bind_come(BADGE_LI, 2, TODAY); break;
        case 'X': undo_come(&first); break;
        case 'N':
            act_do("import", "{\"kind\":\"workers\",\"columns\":[\"number\",\"name\"],\"rows\":[[2,\"9\",\"赵九\"]]}");
            break;
        case 'A': office_binds(); break;
        case 'G': act_do("badge.add", "{\"badge\":98,\"worker\":2}"); break;
        default: bind_come(BADGE_SPARE, *at - '0', TODAY); break;
        }
    }
    apply_all(most);
}

static void comes_out(void **state)
{
    const struct row    *row = *state;
    static const int64_t MOST[] = {1, 2, 1000};
    for (size_t i = 0; i < sizeof MOST / sizeof *MOST; i++) {
        char fen[256], text[256] = "";
        assert_int_equal(factory_make(NULL), 0);
        here.seq = there.seq = 0;
        factory_import();
        script_run(row->script, MOST[i]);
        snprintf(fen, sizeof fen, "%s", rows("SELECT worker, fen FROM day_sum WHERE fen != 0 ORDER BY worker"));
        for (char *at = fen; *at != 0; at++) {
            size_t len = strlen(text);
            snprintf(text + len, sizeof text - len, *at == '|' ? " " : *at == '\n' ? ", " : "%c", *at);
        }
        assert_string_equal(text, row->fen);
        assert_string_equal(rows("SELECT coalesce(sum(held), 0) FROM verdict"), row->held);
        rebuilt_is_equal("books.db");
        assert_int_equal(factory_end(NULL), 0);
    }
}

/* What kiosks learn: the newest day of a badge. */
static void kiosks_are_told(void **state)
{
    (void)state;
    assert_int_equal(factory_make(NULL), 0);
    here.seq = 0;
    factory_import();
    script_run("3y2", 1);
    assert_string_equal(rows("SELECT key, value FROM feed WHERE topic = 'bind'"),
                        "000000000000098|{\"worker\":2,\"day\":\"2026-03-04\"}");
    /* A spare badge that was bound to others stays one. */
    act_do_as("badge.add", "console", "{\"badge\":98,\"worker\":1}", 409);
    assert_int_equal(factory_end(NULL), 0);
}

int main(int argc, char **argv)
{
    static struct rows tests;
    ROWS_ADD(&tests, comes_out, ROWS);
    tests.tests[tests.count++] = (struct CMUnitTest)cmocka_unit_test(kiosks_are_told);
    return rows_run(&tests, argc, argv);
}
