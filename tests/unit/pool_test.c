/* pool_test.c - crews that split by hours and coefficients: server/judge/pool.h and what the books make of it.
 * links: server_books server_judge core
 *
 * EVENTS.md "Money": weights of (crew, shift) = minutes x dated coefficient from join and leave; they split each fact of
 * that crew and shift; sums exact to the fen, the remainder in share order. */
#include "core/money.h"
#include "server/judge/pool.h"
#include "tests/unit/books.h"

/* ---- The rule alone. Words: j1@8:00 worker 1 joins, l1@9:30 he leaves; k2 in front: at kiosk 2; c1=1.2 his coefficient,
 * c1=1.2@-1 since yesterday, c1=1.2@1 from tomorrow on. Shift 8:00 to 17:00. Out: worker:minutes x coefficient. */
struct rule_row {
    const char *name, *words, *shares;
};
static const struct rule_row RULES[] = {
    {"whole shift",             "j1@8:00 j2@8:00",                       "1:540x100 2:540x100"        },
    {"late join",               "j1@8:00 j2@12:30",                      "1:540x100 2:270x100"        },
    {"early leave",             "j1@8:00 j2@8:00 l2@10:00",              "1:540x100 2:120x100"        },
    {"leave and join again",    "j1@8:00 j2@8:00 l2@10:00 j2@16:00",     "1:540x100 2:180x100"        },
    {"before the shift",        "j1@7:40 j2@8:00",                       "1:540x100 2:540x100"        },
    {"nobody left in time",     "j1@8:00 j2@8:00 l1@19:00 l2@23:59",     "1:540x100 2:540x100"        },
    {"taken back at once",      "j1@8:00 j2@8:00 j3@9:00 l3@9:00",       "1:540x100 2:540x100 3:0x100"},
    {"joined twice",            "j1@8:00 j1@10:00 j2@8:00",              "1:540x100 2:540x100"        },
    {"left twice",              "j1@8:00 j2@8:00 l2@10:00 l2@11:00",     "1:540x100 2:120x100"        },
    {"two kiosks, once",        "j1@8:00 k2j1@9:00 l1@10:00 k2l1@11:00", "1:180x100"                  },
    {"two kiosks, apart",       "j1@8:00 l1@9:00 k2j1@10:00 k2l1@11:00", "1:120x100"                  },
    {"a leave alone",           "j1@8:00 l2@9:00",                       "1:540x100"                  },
    {"clock set back",          "j1@12:00 l1@10:00",                     "1:0x100"                    },
    {"a clock without battery", "j1@-500000:00 j2@8:00",                 "1:540x100 2:540x100"        },
    {"a clock ahead",           "j1@900000:00 j2@8:00",                  "1:0x100 2:540x100"          },
    {"coefficients",            "j1@8:00 j2@8:00 c1=120 c2=80",          "1:540x120 2:540x80"         },
    {"dated coefficients",      "j1@8:00 c1=120@-9 c1=150@-1 c1=200@1",  "1:540x150"                  },
    {"of that very day",        "j1@8:00 c1=120@-9 c1=150@0",            "1:540x150"                  },
    {"nobody",                  "",                                      ""                           },
};

enum { MARKS_MOST = 64 };

struct rule_world {
    struct pool             pool;
    struct pool_mark        marks[MARKS_MOST];
    struct pool_coefficient coefficients[MARKS_MOST];
};

static int64_t time_of(int64_t hour, int64_t minute)
{
    return ((int64_t)TODAY * 1440 - 480 + hour * 60 + minute) * 60000;
}

static void world_start(struct rule_world *world)
{
    *world = (struct rule_world){
        .pool = {.split = POOL_BOTH, .day = TODAY}
    };
    const struct day_rule rule = {.offset_min = 480, .day_start_min = 360, .count = 1, .shifts = {{"day", 480, 1020}}};
    world->pool.marks = world->marks;
    world->pool.coefficients = world->coefficients;
    pool_bounds(&rule, TODAY, "day", &world->pool.from_ms, &world->pool.to_ms);
}

static void world_word(struct rule_world *world, const char *word)
{
    struct pool_mark mark = {
        .kiosk = 1, .epoch = {1, 1}
    };
    long long kiosk, worker, hour, minute, hundredths, day = -100;
    char      what;
    if (word[0] == 'c') {
        assert_true(sscanf(word, "c%lld=%lld@%lld", &worker, &hundredths, &day) >= 2);
        world->coefficients[world->pool.coefficient_count++] =
            (struct pool_coefficient){(int32_t)worker, TODAY + (int32_t)day, hundredths};
        return;
    }
    if (sscanf(word, "k%lld%c%lld@%lld:%lld", &kiosk, &what, &worker, &hour, &minute) == 5)
        mark.kiosk = (uint64_t)kiosk;
    else
        assert_int_equal(sscanf(word, "%c%lld@%lld:%lld", &what, &worker, &hour, &minute), 4);
    mark.worker = (int32_t)worker;
    mark.is_join = what == 'j';
    mark.at_ms = time_of(hour, minute);
    mark.seq = (int64_t)world->pool.mark_count + 1;
    world->marks[world->pool.mark_count++] = mark;
}

static void shares_text(struct pool *pool, char *text, size_t cap)
{
    struct pool_share shares[MARKS_MOST];
    size_t            count = pool_shares(pool, shares), len = 0;
    text[0] = 0;
    for (size_t i = 0; i < count; i++)
        len += (size_t)snprintf(text + len, cap - len, "%s%d:%lldx%lld", i == 0 ? "" : " ", shares[i].worker,
                                (long long)shares[i].minutes, (long long)shares[i].coefficient);
}

static void test_rule(void **state)
{
    const struct rule_row *row = *state;
    struct rule_world      world;
    char                   words[256], text[256];
    world_start(&world);
    snprintf(words, sizeof words, "%s", row->words);
    for (char *word = strtok(words, " "); word != NULL; word = strtok(NULL, " ")) world_word(&world, word);
    shares_text(&world.pool, text, sizeof text);
    assert_string_equal(text, row->shares);
}

/* Whatever order they come in, each kiosk's own order kept by its numbers, the same minutes come out; nobody has more
 * than the shift, and what is split adds up. */
static void test_any_order(void **state)
{
    uint64_t dice = 77;
    (void)state;
    for (int round = 0; round < 3000; round++) {
        struct rule_world world;
        char              first[512], again[512];
        world_start(&world);
        int count = 2 + (int)(uint64_t)dice_between(&dice, 0, (int64_t)(20) - 1);
        for (int i = 0; i < count; i++)
            world.marks[i] = (struct pool_mark){
                .worker = 1 + (int32_t)(uint64_t)dice_between(&dice, 0, (int64_t)(5) - 1),
                .kiosk = 1 + (uint64_t)dice_between(&dice, 0, (int64_t)(3) - 1),
                .epoch = {1 + (uint32_t)(uint64_t)dice_between(&dice, 0, (int64_t)(2) - 1), 1},
                .seq = i + 1,
                .at_ms = time_of(7, 0) + (int64_t)(uint64_t)dice_between(&dice, 0, (int64_t)(11 * 3600000) - 1),
                .is_join = (uint64_t)dice_between(&dice, 0, (int64_t)(3) - 1) > 0
            };
        world.pool.mark_count = (size_t)count;
        shares_text(&world.pool, first, sizeof first);
        for (int i = count - 1; i > 0; i--) {
            int              other = (int)(uint64_t)dice_between(&dice, 0, (int64_t)((uint64_t)i + 1) - 1);
            struct pool_mark swap = world.marks[i];
            world.marks[i] = world.marks[other];
            world.marks[other] = swap;
        }
        shares_text(&world.pool, again, sizeof again);
        assert_string_equal(again, first);
        struct pool_share shares[MARKS_MOST];
        size_t            people = pool_shares(&world.pool, shares);
        for (size_t i = 0; i < people; i++) assert_in_range(shares[i].minutes, 0, 540);
    }
}

/* ---- In the books. What comes: J1 workers join (a letter and their numbers), L1 leave, R12=3 they report 3 pieces of
 * operation 10 (0.50 yuan each); @H:MM the time from here on; k2 at another kiosk from here on; S= the split by the office,
 * C1=1.50 a coefficient; U: the last report is undone; +5 the last is corrected to 5; crew=x: of another crew;
 * B9=3 badge 98 is bound to worker 3; 9 is who has that badge. */
struct books_row {
    const char *name, *script;
    const char *fen; /* worker fen */
};
static const struct books_row BOOKS[] = {
    {"no split said: equal",             "@8:00 J12 R12=4 @12:30 L2",                            "1 100, 2 100"     },
    {"hours: half a shift",              "S=hours @8:00 J12 R12=4 @12:30 L2",                    "1 134, 2 66"      },
    {"who came later shares it too",     "S=hours @8:00 J12 R12=3 @12:30 J3",                    "1 60, 2 60, 3 30" },
    {"alone, he is no crew",             "S=hours @8:00 J12 R12=4 R1=2",                         "1 200, 2 100"     },
    {"coefficients",                     "S=coefficient C1=150 @8:00 J12 @16:59 R12=4 L2",       "1 120, 2 80"      },
    {"hours and coefficients",           "S=both C1=200 @8:00 J12 R12=3 @12:30 L1",              "1 75, 2 75"       },
    {"said afterwards",                  "@8:00 J12 R12=4 @12:30 L2 S=hours",                    "1 134, 2 66"      },
    {"said, then put back",              "S=hours @8:00 J12 R12=4 @12:30 L2 S=equal",            "1 100, 2 100"     },
    {"a coefficient afterwards",         "S=coefficient @8:00 J12 R12=4 C2=300",                 "1 50, 2 150"      },
    {"the report came before the join",  "S=hours @9:00 R12=4 @8:00 J12 @12:30 L2",              "1 134, 2 66"      },
    {"joins that nobody sent",           "S=hours @9:00 R12=4",                                  "1 100, 2 100"     },
    {"one whose join is missing",        "S=hours @8:00 J12 R13=2 R12=2",                        "1 100, 2 50, 3 50"},
    {"undone",                           "S=hours @8:00 J12 R12=4 U @12:30 L2",                  ""                 },
    {"corrected",                        "S=hours @8:00 J12 R12=4 +2 @12:30 L2",                 "1 67, 2 33"       },
    {"remainder in share order",         "S=hours @8:00 J123 R321=1",                            "1 16, 2 17, 3 17" },
    {"of another crew",                  "S=hours @8:00 J12 crew=paint R12=4 @12:30 L2",         "1 100, 2 100"     },
    {"a guest stands by when he leaves", "S=hours @8:00 J12 R12=4 @12:30 crew= L2",              "1 134, 2 66"      },
    {"two kiosks",                       "S=hours @8:00 J12 R12=4 k2 J13 R13=2 @12:30 L3 k1 L2", "1 150, 2 75, 3 75"},
    {"named for a minute",               "S=hours @8:00 J123 L3 @17:00 R123=1",                  "1 25, 2 25, 3 0"  },
    {"a badge that nobody has",          "S=hours @8:00 J19 R19=4 @12:30 L9",                    ""                 },
    {"a badge that is bound later",      "S=hours @8:00 J19 R19=4 @12:30 L9 B9=3",               "1 134, 3 66"      },
};

struct day {
    struct kiosk kiosks[2];
    int          at; /* kiosk */
    int64_t      now_ms;
    char         crew[24];
    struct hash  last;
    struct event last_event;
};

static void event_send(struct day *day, struct event *event, struct hash *name)
{
    event->wall_ms = day->now_ms;
    snprintf(event->shift, sizeof event->shift, "day");
    snprintf(event->crew, sizeof event->crew, "%s", day->crew);
    inbox_event(event, name);
}

static void workers_say(struct event *event, const char *numbers)
{
    event->worker_count = 0;
    for (; *numbers >= '1' && *numbers <= '9'; numbers++) {
        int  worker = *numbers - '0';
        bool is_spare = worker == 9;
        event->workers[event->worker_count++] =
            (struct event_worker){is_spare ? BADGE_SPARE : worker, is_spare ? 0 : worker, 1};
    }
}

static void roll_come(struct day *day, enum event_kind kind, const char *numbers)
{
    struct event event = event_of(&day->kiosks[day->at], kind);
    workers_say(&event, numbers);
    event_send(day, &event, NULL);
}

static void report_come(struct day *day, const char *word)
{
    struct event event = report_of(&day->kiosks[day->at], "2603-0001-01", 10, atoi(strchr(word, '=') + 1), 0, 0);
    workers_say(&event, word);
    day->last_event = event;
    event_send(day, &event, &day->last);
}

static void change_come(struct day *day, int32_t count)
{
    struct event event = day->last_event;
    event.kind = count > 0 ? EVENT_CORRECT : EVENT_UNDO;
    event.seq = ++day->kiosks[day->at].seq;
    event.count = count;
    event.has_refers = true;
    event.refers = day->last;
    if (count == 0) event.has_sheet = false, event.op = 0;
    event_send(day, &event, &day->last);
}

static void bind_come(struct day *day, int32_t worker)
{
    struct event event = event_of(&day->kiosks[day->at], EVENT_BIND);
    event.by = 1;
    event.worker_count = 1;
    event.workers[0] = (struct event_worker){BADGE_SPARE, worker, 1};
    event_send(day, &event, NULL);
}

static void office_says(const char *word, int64_t most)
{
    char body[128];
    apply_all(most);
    if (word[0] == 'S') {
        snprintf(body, sizeof body, "{\"crew\":\"weld\",\"split\":\"%s\",\"from\":\"2026-03-01\"}", word + 2);
        act_do("crew.split", body);
    } else {
        snprintf(body, sizeof body,
                 "{\"crew\":\"weld\",\"worker\":%c,\"from\":\"2026-03-01\",\"coefficient\":\"%c.%s\"}", word[1],
                 word[3], word + 4);
        act_do("crew.coefficient", body);
    }
}

static void word_come(struct day *day, const char *word, int64_t most)
{
    int hour, minute;
    if (sscanf(word, "@%d:%d", &hour, &minute) == 2)
        day->now_ms = time_of(hour, minute);
    else if (strncmp(word, "crew=", 5) == 0)
        snprintf(day->crew, sizeof day->crew, "%s", word + 5);
    else if (word[0] == 'k')
        day->at = word[1] - '1';
    else if (word[0] == 'J' || word[0] == 'L')
        roll_come(day, word[0] == 'J' ? EVENT_JOIN : EVENT_LEAVE, word + 1);
    else if (word[0] == 'R')
        report_come(day, word + 1);
    else if (word[0] == 'U' || word[0] == '+')
        change_come(day, word[0] == 'U' ? 0 : atoi(word + 1));
    else if (word[0] == 'B')
        bind_come(day, word[3] - '0');
    else
        office_says(word, most);
}

static void script_run(const char *script, int64_t most)
{
    struct day day = {
        .kiosks = {{.id = 0x21, .epoch = {1, 7}}, {.id = 0x22, .epoch = {1, 8}}},
          .crew = "weld"
    };
    char words[256];
    snprintf(words, sizeof words, "%s", script);
    for (char *word = strtok(words, " "); word != NULL; word = strtok(NULL, " ")) word_come(&day, word, most);
    apply_all(most);
}

static void shop_open(void)
{
    factory_import();
    act_do("setting", "{\"name\":\"shifts\",\"value\":[[\"day\",480,1020]]}");
    act_do("import", "{\"kind\":\"crews\",\"columns\":[\"id\",\"name\"],\"rows\":[[2,\"weld\",\"焊接班\"],"
                     "[3,\"paint\",\"喷涂班\"]]}");
}

static void fen_is(const char *want)
{
    char text[256] = "";
    snprintf(text, sizeof text, "%s",
             rows("SELECT worker || ' ' || SUM(fen) FROM due GROUP BY worker ORDER BY worker"));
    for (char *at = text; (at = strchr(at, '\n')) != NULL;) { /* one line, for the table */
        memmove(at + 2, at + 1, strlen(at));
        memcpy(at, ", ", 2);
    }
    assert_string_equal(text, want);
    /* each fact's lines add up to what it is due; a day's sum is that of its lines */
    assert_string_equal(
        rows("SELECT v.number FROM verdict AS v WHERE v.due_fen != COALESCE((SELECT SUM(d.fen) FROM due AS d"
             " WHERE d.number = v.number), 0)"),
        "");
    assert_string_equal(
        rows("SELECT s.worker FROM day_sum AS s WHERE s.fen != COALESCE((SELECT SUM(d.fen) FROM due AS d"
             " WHERE d.worker = s.worker AND d.day = s.day), 0)"),
        "");
}

/* Slices of one event and of all make equal books; so does building them anew. */
static void test_books(void **state)
{
    const struct books_row *row = *state;
    for (int64_t most = 1; most <= 1000; most += 999) {
        assert_int_equal(factory_make(NULL), 0);
        shop_open();
        script_run(row->script, most);
        fen_is(row->fen);
        rebuilt_is_equal("books.db");
        assert_int_equal(factory_end(NULL), 0);
    }
}

/* ---- Weights: beyond what a fact can be shared by, it stays as its event says. */
static void test_too_many(void **state)
{
    struct event      event = {.kind = EVENT_REPORT, .worker_count = 2};
    struct judge_fact fact = {
        .event = &event, .worker_count = 2, .workers = {1, 2}
    };
    struct pool_share shares[MONEY_SHARES_MAX + 1];
    (void)state;
    for (int i = 0; i <= MONEY_SHARES_MAX; i++) shares[i] = (struct pool_share){i + 1, 0, 60, 100};
    pool_fact(POOL_HOURS, shares, MONEY_SHARES_MAX + 1, &fact);
    assert_false(fact.is_pooled);
    assert_int_equal(fact.worker_count, 2);
    pool_fact(POOL_HOURS, shares, MONEY_SHARES_MAX, &fact);
    assert_true(fact.is_pooled);
    assert_int_equal(fact.worker_count, MONEY_SHARES_MAX);
}

static void test_words(void **state)
{
    (void)state;
    for (int split = 0; split < POOL_SPLITS; split++)
        assert_int_equal(pool_split_of(pool_split_word((enum pool_split)split)), split);
    assert_int_equal(pool_split_of("halves"), POOL_SPLITS);
}

/* What the office may not say, and the sentence that says why. */
static void test_refusals(void **state)
{
    (void)state;
    shop_open();
    static const struct {
        const char *act, *body, *why;
    } ROWS[] = {
        {"crew.split",       "{\"crew\":\"none\",\"split\":\"hours\",\"from\":\"2026-03-01\"}",                    "master.crew"},
        {"crew.split",       "{\"crew\":\"weld\",\"split\":\"halves\",\"from\":\"2026-03-01\"}",                   "pool.split" },
        {"crew.split",       "{\"crew\":\"weld\",\"split\":\"hours\",\"from\":\"2026-02-30\"}",                    "import.day" },
        {"crew.coefficient", "{\"crew\":\"weld\",\"worker\":7,\"from\":\"2026-03-01\",\"coefficient\":\"1.2\"}",
         "worker.unknown"                                                                                                       },
        {"crew.coefficient", "{\"crew\":\"weld\",\"worker\":1,\"from\":\"2026-03-01\",\"coefficient\":\"0\"}",
         "pool.coefficient"                                                                                                     },
        {"crew.coefficient", "{\"crew\":\"weld\",\"worker\":1,\"from\":\"2026-03-01\",\"coefficient\":\"1.234\"}",
         "money."                                                                                                               },
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        assert_non_null(strstr(act_do_as(ROWS[i].act, "console", ROWS[i].body, 400), ROWS[i].why));
}

/* Who saves upon what another changed meanwhile is told, and writes nothing; forms send the version that they showed. */
static void test_two_editors(void **state)
{
    (void)state;
    shop_open();
#define SPLIT(HOW, BASE) "{\"crew\":\"weld\",\"split\":\"" HOW "\",\"from\":\"2026-03-01\",\"base\":" BASE "}"
#define WORTH(SUM, BASE) \
    "{\"crew\":\"weld\",\"worker\":1,\"from\":\"2026-03-01\",\"coefficient\":\"" SUM "\",\"base\":" BASE "}"
    act_do("crew.split", SPLIT("hours", "0"));
    act_do("crew.split", SPLIT("both", "1"));
    assert_non_null(strstr(act_do_as("crew.split", "console", SPLIT("equal", "1"), 409), "books.conflict"));
    assert_non_null(strstr(act_do_as("crew.split", "console", SPLIT("equal", "0"), 409), "books.conflict"));
    assert_string_equal(rows("SELECT split, version FROM crew_split"), "both|2");
    act_do("crew.coefficient", WORTH("1.2", "0"));
    assert_non_null(strstr(act_do_as("crew.coefficient", "console", WORTH("1.3", "0"), 409), "books.conflict"));
    act_do("crew.coefficient", WORTH("1.4", "1"));
    assert_string_equal(rows("SELECT hundredths, version FROM crew_coefficient"), "140|2");
}

/* Imported again, a table says the same; a second split has to say from when. */
static void test_import(void **state)
{
    (void)state;
    shop_open();
    const char *crews =
        "{\"kind\":\"crews\",\"columns\":[\"id\",\"name\",\"split\"],\"rows\":[[2,\"weld\",\"焊接班\",\"hours\"]]}";
    const char *both = "{\"kind\":\"crews\",\"columns\":[\"id\",\"name\",\"split\",\"from\"],\"rows\":[[2,\"weld\","
                       "\"焊接班\",\"both\","
                       "\"2026-03-02\"]]}";
    act_do("import", crews);
    act_do("import", crews);
    act_do("import", both);
    assert_string_equal(rows("SELECT from_day, split FROM crew_split ORDER BY from_day"), "0|hours\n20514|both");
    assert_non_null(strstr(act_do_as("import", "console", crews, 400), "pool.from"));
    act_do("import", "{\"kind\":\"coefficients\",\"columns\":[\"crew\",\"worker\",\"from\",\"coefficient\"],\"rows\":["
                     "[2,\"weld\",\"1\",\"2026-03-01\",\"1.2\"]]}");
    assert_string_equal(rows("SELECT worker, from_day, hundredths FROM crew_coefficient"), "1|20513|120");
}

/* Kiosks learn how a crew shares, and who was in how long with which part of 10,000. */
static void test_told(void **state)
{
    (void)state;
    shop_open();
    script_run("S=hours @8:00 J12 R12=4 @12:30 L2", 1000);
    assert_string_equal(
        rows("SELECT value FROM feed WHERE topic = 'pool' AND key = 'weld'"),
        "{\"splits\":[[\"2026-03-01\",\"hours\"]],\"shifts\":[{\"day\":\"2026-03-04\",\"shift\":\"day\","
        "\"settles\":1772658000000,\"who\":[[1,540,100,6667],[2,270,100,3333]]}]}");
}

int main(int argc, char **argv)
{
    static struct rows rows;
    ROWS_ADD(&rows, test_rule, RULES);
    ROWS_ADD(&rows, test_books, BOOKS);
    rows_add(&rows, "any order of arrival", test_any_order, NULL);
    rows_add(&rows, "too many for a fact", test_too_many, NULL);
    rows_add(&rows, "words", test_words, NULL);
    rows.tests[rows.count++] =
        (struct CMUnitTest)cmocka_unit_test_setup_teardown(test_refusals, factory_make, factory_end);
    rows.tests[rows.count++] =
        (struct CMUnitTest)cmocka_unit_test_setup_teardown(test_import, factory_make, factory_end);
    rows.tests[rows.count++] =
        (struct CMUnitTest)cmocka_unit_test_setup_teardown(test_two_editors, factory_make, factory_end);
    rows.tests[rows.count++] = (struct CMUnitTest)cmocka_unit_test_setup_teardown(test_told, factory_make, factory_end);
    return rows_run(&rows, argc, argv);
}
