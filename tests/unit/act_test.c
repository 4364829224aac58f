/* act_test.c - acts of the office: done once, by whom they may be, with their trail; what kiosks learn of them.
 * links: server_books server_judge core */
#include "core/seal.h"
#include "server/books/record.h"
#include "tests/unit/books.h"

/* ---- Once */

static void the_same_act_twice_is_done_once(void **state)
{
    (void)state;
    factory_import();
    struct act act = act_of("stop", "console", "{\"what\":\"2603-0001-01\",\"why\":\"a\"}");
    act_step_of(&act);
    assert_int_equal(act.status, 200);
    char *first = strdup(buf_text(&act.answer));
    act_step_of(&act);
    assert_int_equal(act.status, 200);
    assert_string_equal(buf_text(&act.answer), first);
    assert_string_equal(rows("SELECT CAST(COUNT(*) AS BIGINT) FROM stop"), "1");
    /* Also after the books were opened again. */
    writer_close(writer);
    writer = writer_at("books.db", false);
    act_step_of(&act);
    assert_string_equal(buf_text(&act.answer), first);
    free(first);
    /* Another body, another user, another act under the same number: refused. */
    act.body = "{\"what\":\"2603-0001-01\",\"why\":\"b\"}";
    act.len = strlen(act.body);
    act_step_of(&act);
    assert_int_equal(act.status, 409);
    assert_non_null(strstr(buf_text(&act.answer), "act.other_body"));
    act.name = "lift";
    act_step_of(&act);
    assert_int_equal(act.status, 409);
    assert_string_equal(rows("SELECT why, lifted_feed FROM stop"), "a|-");
    buf_free(&act.answer);
}

static void a_refused_act_leaves_nothing(void **state)
{
    (void)state;
    factory_import();
    char      *audit = strdup(rows("SELECT number, hash FROM audit ORDER BY number"));
    struct act act = act_of("lift", "console", "{\"what\":\"2603-0001-01\"}");
    act_step_of(&act);
    assert_int_equal(act.status, 404);
    assert_string_equal(rows("SELECT number, hash FROM audit ORDER BY number"), audit);
    free(audit);
    act_do("stop", "{\"what\":\"2603-0001-01\",\"why\":\"\"}");
    act_step_of(&act); /* nothing had happened under this number: now it can */
    assert_int_equal(act.status, 200);
    buf_free(&act.answer);
}

struct refused {
    const char *name, *act, *user, *second, *body;
    int         status;
    const char *id;
};

/* clang-format off */
static const struct refused REFUSED[] = {
    {"unknown act",      "dance",        "console", "",        "{}", 404, "act.unknown"},
    {"nobody",           "stop",         "",        "",        "{}", 403, "act.nobody"},
    {"unknown user",     "stop",         "zhou",    "",        "{}", 403, "act.rights"},
    {"user without the role", "import",       "floor",   "",        "{}", 403, "act.rights"},
    {"user who is off",  "stop",         "gone",    "",        "{}", 403, "act.rights"},
    {"the program's own act", "session.open", "boss",    "",        "{}", 403, "act.rights"},
    {"one person",       "rate.change",  "boss",    "",        "{}", 403, "act.two"},
    {"the same person twice", "rate.change",  "boss",    "boss",    "{}", 403, "act.two"},
    {"a second without the role", "rate.change",  "boss",    "floor",   "{}", 403, "act.rights"},
    {"the console is no second", "rate.change",  "boss",    "console", "{}", 403, "act.two"},
    {"no JSON",          "stop",         "boss",    "",        "{",  400, "json.broken"},
    {"field missing",    "stop",         "boss",    "",        "{}", 400, "act.missing"},
    {"field of another kind", "stop",         "boss",    "",        "{\"what\":12,\"why\":\"\"}", 400, "act.missing"},
    {"no order number",  "stop",         "boss",    "",        "{\"what\":\"301\",\"why\":\"\"}", 400, "stop.what"},
    {"unknown order",    "stop",         "boss",    "",        "{\"what\":\"2603-0999\",\"why\":\"\"}", 404,
     "stop.unknown"},
    {"unknown setting",  "setting",      "boss",    "",        "{\"name\":\"volume\",\"value\":1}", 400,
     "master.setting"},
    {"setting of another kind", "setting",      "boss",    "",        "{\"name\":\"offset_min\",\"value\":\"x\"}", 400,
     "books.day_rule"},
    {"factory of another kind", "setting",      "boss",    "",        "{\"name\":\"factory\",\"value\":3}", 400,
     "act.missing"},
    {"unknown badge",    "badge.revoke", "boss",    "",        "{\"badge\":12345}", 404, "badge.unknown"},
    {"badge of another", "badge.add",    "boss",    "",        "{\"badge\":1,\"worker\":2}", 409, "badge.taken"},
    {"badge for nobody", "badge.add",    "boss",    "",        "{\"badge\":7,\"worker\":999}", 400, "worker.unknown"},
    {"token for nowhere", "kiosk.token",  "boss",    "",        "{\"station\":\"roof\"}", 404, "kiosk.station"},
    {"unknown kiosk",    "kiosk.revoke", "boss",    "",        "{\"kiosk\":\"00000000000000ff\"}", 404,
     "kiosk.unknown"},
    {"kiosk that is no number", "kiosk.revoke", "boss",    "",        "{\"kiosk\":\"zz\"}", 400, "act.hash"},
    {"user with a space", "user.add",     "boss",    "",        "{\"name\":\"a b\",\"full\":\"\",\"roles\":\"\"}", 400,
     "user.name"},
    {"user console",     "user.add",     "boss",    "",        "{\"name\":\"console\",\"full\":\"\",\"roles\":\"\"}",
     400, "user.name"},
    {"unknown role",     "user.add",     "boss",    "",
     "{\"name\":\"a\",\"full\":\"\",\"roles\":\"owner king\"}", 400, "user.roles"},
    {"link for nobody",  "user.link",    "boss",    "",
     "{\"user\":\"x\",\"hash\":\"0000000000000000000000000000000000000000000000000000000000000001\",\"until_ms\":1}",
     404, "user.unknown"},
    {"key that fits no lock", "worker.pin",   "boss",    "",
     "{\"worker\":1,\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"open\":\"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}", 400,
     "act.bytes"},
    {"salt that is too short", "worker.pin",   "boss",    "",
     "{\"worker\":1,\"salt\":\"AAAA\",\"open\":\"AAAA\"}", 400, "act.bytes"},
    {"decision about nothing", "decide",       "boss",    "",
     "{\"refers\":\"0000000000000000000000000000000000000000000000000000000000000001\",\"count\":1}", 404,
     "decide.target"},
    {"rate change of unknown work", "rate.change",  "boss",    "pay",
     "{\"code\":\"x\",\"family\":\"\",\"from\":\"2026-03-01\",\"to\":\"2026-03-31\",\"rate\":\"1\",\"rework\":\"0\"}",
     400, "master.operation"},
    {"rate change backwards", "rate.change",  "boss",    "pay",
     "{\"code\":\"cut\",\"family\":\"\",\"from\":\"2026-03-31\",\"to\":\"2026-03-01\",\"rate\":\"1\",\"rework\":\"0\"}",
     400, "rate.days"},
};
/* clang-format on */

static void users_make(void)
{
    act_do("user.add", "{\"name\":\"boss\",\"full\":\"赵总\",\"roles\":\"administrator owner\"}");
    act_do("user.add", "{\"name\":\"pay\",\"full\":\"钱会计\",\"roles\":\"payroll\"}");
    act_do("user.add", "{\"name\":\"floor\",\"full\":\"孙主管\",\"roles\":\"supervisor\"}");
    act_do("user.add", "{\"name\":\"gone\",\"full\":\"\",\"roles\":\"administrator\"}");
    act_do("user.off", "{\"name\":\"gone\",\"off\":true}");
}

static void refusals_say_why(void **state)
{
    const struct refused *row = *state;
    factory_import();
    users_make();
    char      *audit = strdup(rows("SELECT CAST(COUNT(*) AS BIGINT) FROM audit"));
    struct act act = act_of(row->act, row->user, row->body);
    snprintf(act.second, sizeof act.second, "%s", row->second);
    struct writer_out out = act_step_of(&act);
    assert_true(out.is_act_done);
    struct json *answer = json_read(act.answer.bytes, act.answer.len, &err);
    assert_non_null(answer);
    const char *id = json_text(json_at(json_get(answer, "say"), 0), "");
    assert_string_equal(id, row->id);
    assert_int_equal(act.status, row->status);
    assert_string_not_equal(text_of(LANG_ZH, id), id);
    assert_string_not_equal(json_text(json_get(answer, "text"), ""), "");
    json_free(answer);
    buf_free(&act.answer);
    assert_string_equal(rows("SELECT CAST(COUNT(*) AS BIGINT) FROM audit"), audit);
    free(audit);
}

static void numbers_of_acts_have_a_form(void **state)
{
    (void)state;
    static const char *const IDS[] = {"", "short", "with space", "quote'quote", "中文中文中文"};
    for (size_t i = 0; i < sizeof IDS / sizeof *IDS; i++) {
        struct act act = act_of("stop", "console", "{}");
        snprintf(act.id, sizeof act.id, "%s", IDS[i]);
        act_step_of(&act);
        assert_int_equal(act.status, 400);
        assert_non_null(strstr(buf_text(&act.answer), "act.id"));
        buf_free(&act.answer);
    }
}

static void another_base_is_a_conflict(void **state)
{
    (void)state;
    factory_import();
    act_do("setting", "{\"name\":\"factory\",\"value\":\"好门\",\"base\":0}");
    act_do("setting", "{\"name\":\"factory\",\"value\":\"更好\",\"base\":1}");
    const char *answer = act_do_as("setting", "console", "{\"name\":\"factory\",\"value\":\"最好\",\"base\":1}", 409);
    assert_non_null(strstr(answer, "books.conflict"));
    assert_string_equal(rows("SELECT value, version FROM setting"), "\"更好\"|2");
    act_do("setting", "{\"name\":\"factory\",\"value\":\"最好\"}"); /* without one it is meant as it is */
}

/* ---- The trail */

/* [R1] [R38] Who, what, old and new; a forged row is named. */
static void the_trail_is_whole(void **state)
{
    (void)state;
    int64_t count = 0, bad = 0;
    factory_import();
    users_make();
    struct act act = act_of("stop", "floor", "{\"what\":\"2603-0001\",\"why\":\"尺寸不对\"}");
    act_step_of(&act);
    assert_int_equal(act.status, 200);
    buf_free(&act.answer);
    assert_string_equal(rows("SELECT \"user\", noun, old FROM audit ORDER BY number DESC LIMIT 1"), "floor|stop|");
    assert_non_null(strstr(rows("SELECT new FROM audit ORDER BY number DESC LIMIT 1"), "\"why\":\"尺寸不对\""));
    struct db *db = books_look("books.db");
    good(record_audit_check(db, &count, &bad, &err));
    assert_int_equal(bad, 0);
    assert_true(count > 20);
    db_close(db);
    /* Each way of forging it is named by its first row. */
    static const char *const FORGED[][2] = {
        {"UPDATE audit SET \"user\" = 'nobody' WHERE number = 7", "7"},
        {"UPDATE audit SET new = old WHERE number = 3",           "3"},
        {"DELETE FROM audit WHERE number = 5",                    "5"},
        {"UPDATE audit SET at_ms = at_ms + 1 WHERE number = 1",   "1"},
        {"UPDATE audit SET hash = x'00' WHERE number = 9",        "9"},
    };
    writer_close(writer);
    writer = NULL;
    for (size_t i = 0; i < sizeof FORGED / sizeof *FORGED; i++) {
        good(db_open(path_of("books.db"), DB_WRITE, NULL, &db, &err));
        good(db_begin(db, &err));
        good(db_script(db, FORGED[i][0], &err));
        good(record_audit_check(db, &count, &bad, &err));
        assert_int_equal(bad, atoi(FORGED[i][1]));
        db_rollback(db);
        db_close(db);
    }
}

/* Secrets are on the trail as hashes. */
static void secrets_are_not_on_the_trail(void **state)
{
    (void)state;
    factory_import();
    users_make();
    act_do("user.link",
           "{\"user\":\"boss\",\"hash\":\"00000000000000000000000000000000000000000000000000000000000000aa\","
           "\"until_ms\":1999999999999}");
    act_do("user.password", "{\"link\":\"00000000000000000000000000000000000000000000000000000000000000aa\","
                            "\"password\":\"$argon2id$secret\"}");
    assert_string_equal(rows("SELECT password FROM \"user\" WHERE name = 'boss'"), "$argon2id$secret");
    const char  *token = act_do("kiosk.token", "{\"station\":\"cut\"}");
    struct json *answer = json_read(token, strlen(token), &err);
    char         digits[64];
    snprintf(digits, sizeof digits, "%s", json_text(json_get(answer, "token"), ""));
    json_free(answer);
    assert_int_equal(strlen(digits), 22);
    assert_int_equal(strspn(digits, "0123456789"), 22);
    const char *trail = rows("SELECT key, old, new FROM audit");
    assert_null(strstr(trail, "argon2id"));
    assert_null(strstr(trail, digits));
    assert_null(strstr(trail, "00000000000000aa"));
}

/* ---- Users, links, sessions */

static void a_link_is_used_once(void **state)
{
    (void)state;
    users_make();
#define LINK "00000000000000000000000000000000000000000000000000000000000000aa"
#define OLD "00000000000000000000000000000000000000000000000000000000000000bb"
#define LOST "00000000000000000000000000000000000000000000000000000000000000dd"
#define SESSION "00000000000000000000000000000000000000000000000000000000000000cc"
    act_do("user.link", "{\"user\":\"boss\",\"hash\":\"" LINK "\",\"until_ms\":1999999999999}");
    act_do("user.link", "{\"user\":\"boss\",\"hash\":\"" OLD "\",\"until_ms\":1000}");
    act_do("user.link", "{\"user\":\"boss\",\"hash\":\"" LOST "\",\"until_ms\":1999999999999}");
    act_do("session.open", "{\"user\":\"boss\",\"hash\":\"" SESSION "\",\"csrf\":\"x\",\"until_ms\":1999999999999}");
    act_do_as("user.password", "console", "{\"link\":\"" OLD "\",\"password\":\"p\"}", 403);
    assert_string_equal(act_do("user.password", "{\"link\":\"" LINK "\",\"password\":\"p\"}"), "{\"user\":\"boss\"}");
    act_do_as("user.password", "console", "{\"link\":\"" LINK "\",\"password\":\"q\"}", 403);
    act_do_as("user.password", "console", "{\"link\":\"" LOST "\",\"password\":\"q\"}", 403); /* he has one by now */
    act_do_as("user.password", "console", "{\"link\":\"" SESSION "\",\"password\":\"q\"}", 403);
    assert_string_equal(rows("SELECT password FROM \"user\" WHERE name = 'boss'"), "p");
    char expected[32];
    snprintf(expected, sizeof expected, "%lld", (long long)NOW); /* a new password ends what was open */
    assert_string_equal(rows("SELECT until_ms FROM session"), expected);
}

static void sessions_end(void **state)
{
    (void)state;
    users_make();
    act_do("session.open", "{\"user\":\"boss\",\"hash\":\"" LINK "\",\"csrf\":\"x\",\"until_ms\":1999999999999}");
    act_do("session.open", "{\"user\":\"boss\",\"hash\":\"" OLD "\",\"csrf\":\"y\",\"until_ms\":1999999999999}");
    act_do("session.open", "{\"user\":\"pay\",\"hash\":\"" SESSION "\",\"csrf\":\"z\",\"until_ms\":1999999999999}");
    act_do("session.close", "{\"hash\":\"" LINK "\"}");
    char expected[64];
    snprintf(expected, sizeof expected, "x|%lld\ny|1999999999999\nz|1999999999999", (long long)NOW);
    assert_string_equal(rows("SELECT csrf, until_ms FROM session ORDER BY csrf"), expected);
    act_do("user.off", "{\"name\":\"boss\",\"off\":true}");
    snprintf(expected, sizeof expected, "x|%lld\ny|%lld\nz|1999999999999", (long long)NOW, (long long)NOW);
    assert_string_equal(rows("SELECT csrf, until_ms FROM session ORDER BY csrf"), expected);
    act_do_as("session.open", "console",
              "{\"user\":\"boss\",\"hash\":\"" LINK "\",\"csrf\":\"x\",\"until_ms\":1999999999999}", 403);
}

/* ---- Kiosks */

static const char *token_make(void)
{
    static char  text[32];
    const char  *answer = act_do("kiosk.token", "{\"station\":\"cut\"}");
    struct json *json = json_read(answer, strlen(answer), &err);
    snprintf(text, sizeof text, "%s", json_text(json_get(json, "token"), ""));
    json_free(json);
    return text;
}

static const char *enrol(const char *token, const char *kiosk, const char *key, const char *epoch, int status)
{
    char body[512];
    snprintf(body, sizeof body, "{\"token\":\"%s\",\"kiosk\":\"%s\",\"key\":\"%s\",\"epoch\":\"%s\",\"acked\":0}",
             token, kiosk, key, epoch);
    return act_do_as("kiosk.enrol", "kiosk", body, status);
}

static void key_note(void *self, uint64_t kiosk, const struct key *key, int kiosk_state)
{
    char *text = self;
    snprintf(text + strlen(text), 64, "%d:%02x:%d ", (int)kiosk, key->bytes[31], kiosk_state);
}

static void a_kiosk_is_enrolled(void **state)
{
    (void)state;
    char epoch[EPOCH_TEXT], token[32], other[32], keys[256] = "";
    factory_import();
    epoch_write(server_epoch, epoch);
    snprintf(token, sizeof token, "%s", token_make());
    const char *first = enrol(token, "0000000000000011", LINK, "-", 200);
    assert_string_equal(first, "{\"station\":\"cut\",\"number\":1,\"name\":\"kiosk 1\",\"state\":0}");
    assert_string_equal(enrol(token, "0000000000000011", LINK, "-", 200),
                        "{\"station\":\"cut\",\"number\":1,\"name\":\"kiosk 1\",\"state\":0}"); /* a lost answer */
    assert_non_null(strstr(enrol(token, "0000000000000012", OLD, "-", 403), "kiosk.token_used"));
    assert_non_null(strstr(enrol("1111111111111111111111", "0000000000000012", OLD, "-", 403), "kiosk.token_unknown"));
    /* One that dealt with this server, and one that dealt with another: that waits. */
    snprintf(other, sizeof other, "%s", token_make());
    assert_non_null(strstr(enrol(other, "0000000000000012", OLD, epoch, 200), "\"state\":0"));
    snprintf(other, sizeof other, "%s", token_make());
    assert_non_null(strstr(enrol(other, "0000000000000013", SESSION, "9-00000000000000ff", 200), "\"state\":1"));
    good(writer_keys(writer, key_note, keys, &err));
    assert_string_equal(keys, "17:aa:0 18:bb:0 19:cc:1 ");
    act_do("kiosk.confirm", "{\"kiosk\":\"0000000000000013\"}");
    act_do("kiosk.revoke", "{\"kiosk\":\"0000000000000012\"}");
    assert_string_equal(rows("SELECT number, state FROM kiosk ORDER BY number"), "1|0\n2|2\n3|0");
    act_do_as("kiosk.confirm", "console", "{\"kiosk\":\"0000000000000012\"}", 409);
    snprintf(other, sizeof other, "%s", token_make());
    assert_non_null(strstr(enrol(other, "0000000000000012", OLD, epoch, 403), "kiosk.revoked"));
    /* With a new code and a new key it speaks again, and what it holds comes; with the old key nobody does. */
    assert_non_null(strstr(enrol(other, "0000000000000012", LINK, epoch, 200), "\"number\":2"));
    keys[0] = 0;
    good(writer_keys(writer, key_note, keys, &err));
    assert_string_equal(keys, "17:aa:0 18:aa:0 19:cc:0 ");
    act_do("kiosk.revoke", "{\"kiosk\":\"0000000000000012\"}");
    enrol(other, "0000000000000012", LINK, "-", 403); /* the used code doesn't help any more */
}

static void keys_are_handed_on(void **state)
{
    (void)state;
    factory_import();
    struct act        act = act_of("kiosk.token", "console", "{\"station\":\"cut\"}");
    struct writer_out out = act_step_of(&act);
    assert_true(out.keys_changed);
    assert_int_equal(out.topics, TOPIC_KIOSK);
    buf_free(&act.answer);
    act = act_of("stop", "console", "{\"what\":\"2603-0001\",\"why\":\"\"}");
    out = act_step_of(&act);
    assert_false(out.keys_changed);
    assert_int_equal(out.topics, TOPIC_STOP | TOPIC_ORDER);
    buf_free(&act.answer);
}

/* Two that must see everything taken before them, by turns, while as much comes as is applied: each has its own end. */
static void acts_that_wait_dont_hold_each_other_up(void **state)
{
    (void)state;
    struct kiosk kiosk = {
        .id = 0x11, .epoch = {1, 5}
    };
    struct act  acts[2];
    bool        is_done[2] = {false, false};
    const char *body = "{\"code\":\"weld\",\"family\":\"\",\"from\":\"2026-03-03\",\"to\":\"2026-03-03\","
                       "\"rate\":\"2.5\",\"rework\":\"0\"}";
    factory_import();
    act_do("user.add", "{\"name\":\"boss\",\"full\":\"\",\"roles\":\"administrator\"}");
    for (int i = 0; i < 2; i++) {
        acts[i] = act_of("rate.change", "console", body);
        snprintf(acts[i].second, sizeof acts[i].second, "boss");
    }
    for (int i = 0; i < 40; i++) {
        struct event event = report_of(&kiosk, "2603-0001-01", 10, 1, BADGE_LI, 1);
        inbox_event(&event, NULL);
        if (i < 5 || is_done[i % 2]) continue;
        struct writer_in  in = step_in();
        struct writer_out out;
        in.act = &acts[i % 2];
        in.most = 1;
        writer_step(writer, &in, &out);
        is_done[i % 2] = out.is_act_done;
    }
    for (int i = 0; i < 2; i++) {
        assert_true(is_done[i]);
        assert_int_equal(acts[i].status, 200);
        buf_free(&acts[i].answer);
    }
}

/* ---- Workers: badges, leaving, pay boxes */

static void a_badge_names_what_was_held(void **state)
{
    (void)state;
    struct kiosk kiosk = {
        .id = 0x11, .epoch = {1, 5}
    };
    factory_import();
    struct event event = report_of(&kiosk, "2603-0001-01", 10, 4, BADGE_NOBODY, 0);
    inbox_event(&event, NULL);
    event = event_of(&kiosk, EVENT_NOTE);
    event.worker_count = 1;
    event.workers[0] = (struct event_worker){.badge = BADGE_NOBODY, .share = 1};
    memcpy(event.note, "x", 2);
    inbox_event(&event, NULL);
    apply_all(1000);
    assert_string_equal(rows("SELECT number, kind, held FROM verdict ORDER BY number"), "1|2|4\n2|2|0");
    assert_string_equal(rows("SELECT number, worker, badge FROM fact_worker ORDER BY number"), "1|0|99\n2|0|99");
    act_do("badge.add", "{\"badge\":99,\"worker\":2}");
    assert_string_equal(rows("SELECT number, kind, held FROM verdict ORDER BY number"), "1|0|0\n2|0|0");
    assert_string_equal(rows("SELECT worker, fen FROM due"), "2|200");
    assert_string_equal(rows("SELECT number, worker FROM fact_worker ORDER BY number"), "1|2\n2|2");
    assert_string_equal(rows("SELECT CAST(COUNT(*) AS BIGINT) FROM exception"), "0");
    assert_string_equal(rows("SELECT value FROM feed WHERE topic = 'badge' AND key = '000000000000099'"),
                        "{\"worker\":2}");
}

/* What a kiosk reports with a badge before it can know of the revocation counts; afterwards it is held. */
static void a_revoked_badge_is_held_once_known(void **state)
{
    (void)state;
    struct kiosk kiosk = {
        .id = 0x11, .epoch = {1, 5}
    };
    factory_import();
    int64_t before = writer_feed(writer);
    act_do("badge.revoke", "{\"badge\":1}");
    act_do("badge.revoke", "{\"badge\":1}");
    act_do_as("badge.add", "console", "{\"badge\":1,\"worker\":1}", 409);
    for (int i = 0; i < 2; i++) {
        struct event event = report_of(&kiosk, "2603-0001-01", 10, 1, BADGE_LI, 1);
        event.seen = (struct event_seen){server_epoch, writer_run(writer), before + i};
        inbox_event(&event, NULL);
    }
    apply_all(1000);
    assert_string_equal(rows("SELECT number, kind FROM verdict ORDER BY number"), "1|0\n2|2");
    assert_string_equal(rows("SELECT value FROM feed WHERE topic = 'badge' AND key = '000000000000001'"),
                        "{\"worker\":1,\"revoked\":true}");
}

static void who_left_is_held_from_then_on(void **state)
{
    (void)state;
    struct kiosk kiosk = {
        .id = 0x11, .epoch = {1, 5}
    };
    factory_import();
    for (int i = 0; i < 2; i++) {
        struct event event = report_of(&kiosk, "2603-0001-01", 10, 1, BADGE_LI, 1);
        event.shift_day = TODAY - 1 + i;
        inbox_event(&event, NULL);
    }
    apply_all(1000);
    act_do("worker.left", "{\"worker\":1,\"day\":\"2026-03-03\"}");
    assert_string_equal(rows("SELECT number, kind FROM verdict ORDER BY number"), "1|0\n2|2");
    assert_non_null(strstr(rows("SELECT value FROM feed WHERE topic = 'worker' AND key = '1'"), "\"gone\":true"));
    act_do("worker.left", "{\"worker\":1,\"day\":\"\"}");
    assert_string_equal(rows("SELECT number, kind FROM verdict ORDER BY number"), "1|0\n2|0");
    act_do_as("worker.left", "console", "{\"worker\":1,\"day\":\"2026-02-30\"}", 400);
}

/* The box opens for him alone, and says what the books say. */
static void pay_is_sealed_to_its_worker(void **state)
{
    (void)state;
    struct kiosk kiosk = {
        .id = 0x11, .epoch = {1, 5}
    };
    struct seal_pair pair;
    struct buf       body = {0}, plain = {0};
    const uint8_t    salt[SEAL_SALT_BYTES] = {1, 2, 3};
    factory_import();
    struct event event = report_of(&kiosk, "2603-0001-01", 10, 4, BADGE_LI, 1);
    inbox_event(&event, NULL);
    apply_all(1000);
    assert_string_equal(rows("SELECT CAST(COUNT(*) AS BIGINT) FROM feed WHERE topic = 'pay'"), "0");
    good(seal_pair_of(BADGE_LI, "4711", salt, &pair, &err));
    buf_str(&body, "{\"worker\":1,\"salt\":\"");
    seal_base64(salt, sizeof salt, &body);
    buf_str(&body, "\",\"open\":\"");
    seal_base64(pair.open, sizeof pair.open, &body);
    buf_str(&body, "\"}");
    act_do("worker.pin", buf_text(&body));
    assert_string_equal(rows("SELECT key, audience, only_for FROM feed WHERE topic = 'pay'"), "1/2026-03-04|2|1");
    char        value[4096];
    struct hash name = event_name(inbox.lines[0].bytes, inbox.lines[0].line.len);
    char        hex[HASH_TEXT], expected[512];
    snprintf(value, sizeof value, "%s", rows("SELECT value FROM feed WHERE topic = 'pay'"));
    struct json *json = json_read(value, strlen(value), &err);
    const char  *box = json_text(json_get(json, "box"), "");
    good(seal_open(&pair, box, strlen(box), &plain, &err));
    hash_write(&name, hex);
    snprintf(expected, sizeof expected,
             "{\"fen\":200,\"marks\":[[\"0000000000000011\",\"1-0000000000000005\",1]],\"lines\":[[\"%s\","
             "\"2603-0001-01\",10,4,0,5000,200]]}",
             hex);
    assert_string_equal(buf_text(&plain), expected);
    json_free(json);
    buf_free(&body);
    buf_free(&plain);
    /* The same once more is told to nobody; a kiosk at which he is new gets it. */
    char number[32];
    snprintf(number, sizeof number, "%s", rows("SELECT number FROM feed WHERE topic = 'pay'"));
    event = report_of(&kiosk, "2603-0001-02", 20, 1, BADGE_WANG, 2);
    inbox_event(&event, NULL);
    apply_all(1000);
    assert_string_equal(rows("SELECT number FROM feed WHERE topic = 'pay'"), number);
    struct kiosk new_kiosk = {
        .id = 0x12, .epoch = {1, 6}
    };
    event = event_of(&new_kiosk, EVENT_NOTE);
    event.worker_count = 1;
    event.workers[0] = (struct event_worker){.badge = BADGE_LI, .number = 1, .share = 1};
    memcpy(event.note, "x", 2);
    inbox_event(&event, NULL);
    apply_all(1000);
    assert_string_not_equal(rows("SELECT number FROM feed WHERE topic = 'pay'"), number);
}

static void a_rate_change_takes_two(void **state)
{
    (void)state;
    struct kiosk kiosk = {
        .id = 0x11, .epoch = {1, 5}
    };
    factory_import();
    users_make();
    for (int i = 0; i < 2; i++) {
        struct event event = report_of(&kiosk, "2603-0001-01", 10, 2, BADGE_LI, 1);
        event.shift_day = TODAY - 1 + i;
        inbox_event(&event, NULL);
    }
    apply_all(1000);
    assert_string_equal(rows("SELECT day, fen FROM due ORDER BY day"), "20515|100\n20516|100");
    struct act act = act_of("rate.change", "boss",
                            "{\"code\":\"cut\",\"family\":\"\",\"from\":\"2026-03-04\",\"to\":\"2026-03-31\","
                            "\"rate\":\"0.8\",\"rework\":\"0\"}");
    snprintf(act.second, sizeof act.second, "pay");
    /* It waits for what was taken before it. */
    struct event event = report_of(&kiosk, "2603-0001-02", 10, 1, BADGE_LI, 1);
    inbox_event(&event, NULL);
    event = report_of(&kiosk, "2603-0001-02", 20, 1, BADGE_LI, 1);
    inbox_event(&event, NULL);
    struct writer_in  in = step_in();
    struct writer_out out;
    in.act = &act;
    in.most = 1;
    writer_step(writer, &in, &out);
    assert_false(out.is_act_done);
    assert_int_equal(out.want, WRITER_ACT_LATER);
    event = report_of(&kiosk, "2603-0001-02", 20, 1, BADGE_LI, 1); /* what comes after it doesn't hold it up */
    inbox_event(&event, NULL);
    in.inbox_end++;
    writer_step(writer, &in, &out);
    assert_true(out.is_act_done);
    assert_int_equal(act.status, 200);
    assert_string_equal(buf_text(&act.answer), "{\"lines\":2,\"workers\":[[1,90]],\"fen\":90}");
    buf_free(&act.answer);
    assert_string_equal(rows("SELECT day, fen FROM due WHERE number < 3 ORDER BY day"), "20515|100\n20516|160");
    assert_string_equal(rows("SELECT by_users FROM rate_change"), "boss,pay");
    assert_string_equal(rows("SELECT rate_cfen FROM sheet_op WHERE op = 10 AND line = 2603000101"), "5000");
}

/* ---- Decisions: events of the office */

/* Hands the line to an inbox as the taker would. */
static int64_t office_take(struct event *line)
{
    static struct kiosk office = {
        .epoch = {1, 1}
    };
    if (inbox.count == 0) office.seq = 0;
    line->epoch = office.epoch;
    line->seq = ++office.seq;
    return inbox_event(line, NULL);
}

static void held_pieces_make(char hex[HASH_TEXT])
{
    struct kiosk kiosk = {
        .id = 0x11, .epoch = {1, 5}
    };
    struct hash name;
    factory_import();
    struct event event = report_of(&kiosk, "2603-0001-01", 10, 15, BADGE_LI, 1);
    inbox_event(&event, &name);
    apply_all(1000);
    assert_string_equal(rows("SELECT counted, held FROM verdict"), "10|5");
    hash_write(&name, hex);
}

static struct act decide_act(const char *refers, int count, const char *replaces)
{
    static char body[4][512];
    static int  turn;
    turn = (turn + 1) % 4;
    int len =
        snprintf(body[turn], sizeof body[turn], "{\"refers\":\"%s\",\"count\":%d,\"why\":\"多做\"", refers, count);
    if (replaces != NULL)
        len += snprintf(body[turn] + len, sizeof body[turn] - (size_t)len, ",\"replaces\":\"%s\"", replaces);
    snprintf(body[turn] + len, sizeof body[turn] - (size_t)len, "}");
    return act_of("decide", "console", body[turn]);
}

/* The whole way: made here, taken, applied, answered. */
static struct writer_out decide_through(struct act *act)
{
    struct writer_out out = act_step_of(act);
    assert_false(out.is_act_done);
    assert_int_equal(out.want, WRITER_OFFICE_LINE);
    struct writer_in in = step_in();
    in.act = act;
    in.office_number = office_take(&out.line);
    in.inbox_end = (int64_t)inbox.count;
    writer_step(writer, &in, &out);
    return out;
}

static void a_decision_goes_through_the_inbox(void **state)
{
    (void)state;
    char hex[HASH_TEXT];
    held_pieces_make(hex);
    struct act        act = decide_act(hex, 3, NULL);
    struct writer_out out = decide_through(&act);
    assert_true(out.is_act_done);
    assert_int_equal(act.status, 200);
    assert_string_equal(rows("SELECT counted, held, due_fen FROM verdict WHERE number = 1"), "13|0|650");
    assert_string_equal(rows("SELECT id, name, number, status FROM act WHERE number IS NOT NULL"),
                        "act-0007|decide|2|200");
    assert_string_equal(rows("SELECT \"user\", noun FROM audit ORDER BY number DESC LIMIT 1"), "console|decide");
    /* A retry gets the first answer, another body none. */
    char *first = strdup(buf_text(&act.answer));
    out = act_step_of(&act);
    assert_true(out.is_act_done);
    assert_string_equal(buf_text(&act.answer), first);
    free(first);
    struct act other = decide_act(hex, 5, NULL);
    memcpy(other.id, act.id, sizeof other.id);
    out = act_step_of(&other);
    assert_true(out.is_act_done);
    assert_int_equal(other.status, 409);
    buf_free(&other.answer);
    buf_free(&act.answer);
}

/* What belongs to no line has no pieces that a decision could let count: said at once, and no event is made. */
static void what_has_no_line_isnt_decided(void **state)
{
    (void)state;
    struct kiosk kiosk = {
        .id = 0x11, .epoch = {1, 5}
    };
    struct hash name;
    char        hex[HASH_TEXT];
    factory_import();
    struct event gap = event_of(&kiosk, EVENT_GAP);
    gap.gap_to = 9;
    inbox_event(&gap, &name);
    apply_all(1000);
    hash_write(&name, hex);
    struct act act = decide_act(hex, 1, NULL);
    assert_true(act_step_of(&act).is_act_done);
    assert_int_equal(act.status, 409);
    assert_non_null(strstr(buf_text(&act.answer), "decide.loose"));
    buf_free(&act.answer);
}

static void an_overtaken_decision_says_who(void **state)
{
    (void)state;
    char hex[HASH_TEXT], decided[HASH_TEXT];
    held_pieces_make(hex);
    struct act first = decide_act(hex, 3, NULL), second = decide_act(hex, 5, NULL);
    assert_true(decide_through(&first).is_act_done);
    struct hash name = event_name(inbox.lines[1].bytes, inbox.lines[1].line.len);
    hash_write(&name, decided);
    assert_true(decide_through(&second).is_act_done);
    assert_int_equal(second.status, 409);
    assert_non_null(strstr(buf_text(&second.answer), "verdict.overtaken"));
    assert_non_null(strstr(buf_text(&second.answer), "\"in_force\":{\"event\":\""));
    assert_non_null(strstr(buf_text(&second.answer), decided));
    assert_string_equal(rows("SELECT counted, held FROM verdict WHERE number = 1"), "13|0");
    struct act third = decide_act(hex, 5, decided);
    assert_true(decide_through(&third).is_act_done);
    assert_int_equal(third.status, 200);
    assert_string_equal(rows("SELECT counted, held FROM verdict WHERE number = 1"), "15|0");
    buf_free(&first.answer);
    buf_free(&second.answer);
    buf_free(&third.answer);
}

/* Bad pieces are unpaid until somebody says whose fault they are: until then somebody is asked. */
static void bad_pieces_wait_for_a_person(void **state)
{
    (void)state;
    struct kiosk kiosk = {
        .id = 0x11, .epoch = {1, 5}
    };
    struct hash name;
    char        hex[HASH_TEXT], body[256];
    factory_import();
    struct event event = report_of(&kiosk, "2603-0001-01", 10, 8, BADGE_LI, 1);
    event.bad_count = 1;
    event.bad[0] = (struct event_bad){3, 1, 0};
    inbox_event(&event, &name);
    apply_all(1000);
    hash_write(&name, hex);
    assert_string_equal(rows("SELECT kind, bad, bad_open, bad_decided_by, due_fen FROM verdict"), "0|3|3|0|250");
    assert_string_equal(rows("SELECT number, say FROM exception"), "1|[\"verdict.bad_open\",3]");
    writer_close(writer); /* what is read from the books is what was written */
    writer = writer_at("books.db", false);
    good(writer_epoch(writer, server_epoch, NOW, &err));
    snprintf(body, sizeof body, "{\"refers\":\"%s\",\"bad\":[[2,1,0]]}", hex);
    struct act act = act_of("decide", "console", body);
    assert_true(decide_through(&act).is_act_done);
    assert_int_equal(act.status, 200);
    buf_free(&act.answer);
    assert_string_equal(rows("SELECT bad_open, bad_decided_by, due_fen FROM verdict WHERE number = 1"), "1|2|350");
    assert_string_equal(rows("SELECT number, say FROM exception"), "1|[\"verdict.bad_open\",1]");
    event = event_of(&kiosk, EVENT_UNDO);
    event.has_refers = true;
    event.refers = name;
    inbox_event(&event, NULL);
    apply_all(1000);
    assert_string_equal(rows("SELECT say FROM exception"), "");
    assert_string_equal(rows("SELECT bad_open, due_fen FROM verdict WHERE number = 1"), "0|0");
}

/* The taker had committed it when the program ended: the next start applies it, a retry makes no second event. */
static void a_decision_survives_the_end(void **state)
{
    (void)state;
    char hex[HASH_TEXT];
    held_pieces_make(hex);
    struct act        act = decide_act(hex, 3, NULL);
    struct writer_out out = act_step_of(&act);
    assert_int_equal(out.want, WRITER_OFFICE_LINE);
    office_take(&out.line);
    writer_close(writer);
    writer = writer_at("books.db", false);
    good(writer_epoch(writer, server_epoch, NOW, &err));
    struct writer_in in = {.now_ms = NOW, .inbox_end = 1, .most = 1000, .act = &act};
    writer_step(writer, &in, &out); /* it isn't applied yet: waits, and is not made again */
    assert_false(out.is_act_done);
    assert_int_equal(out.want, WRITER_ACT_LATER);
    in.inbox_end = (int64_t)inbox.count;
    writer_step(writer, &in, &out);
    assert_true(out.is_act_done);
    assert_int_equal(act.status, 200);
    assert_string_equal(rows("SELECT counted, held FROM verdict WHERE number = 1"), "13|0");
    buf_free(&act.answer);
}

/* Of a whole order: it reaches all its lines. */
static void a_stop_is_told_and_lifted(void **state)
{
    (void)state;
    struct kiosk kiosk = {
        .id = 0x11, .epoch = {1, 5}
    };
    factory_import();
    act_do("stop", "{\"what\":\"2603-0001\",\"why\":\"\"}");
    struct event event = report_of(&kiosk, "2603-0001-02", 10, 1, BADGE_LI, 1);
    event.seen = (struct event_seen){server_epoch, writer_run(writer), writer_feed(writer)};
    inbox_event(&event, NULL);
    apply_all(1000);
    assert_string_equal(rows("SELECT kind, held FROM verdict"), "2|1");
    const char *answer = act_do_as("stop", "console", "{\"what\":\"2603-0001\",\"why\":\"\"}", 409);
    assert_non_null(strstr(answer, "stop.stands"));
    act_do("stop", "{\"what\":\"2603-0001-01\",\"why\":\"\"}"); /* a line of a stopped order may be stopped by itself */
    assert_non_null(
        strstr(rows("SELECT value FROM feed WHERE topic = 'stop' AND key = '2603-0001-01'"), "\"by\":\"console\""));
    act_do("lift", "{\"what\":\"2603-0001\"}");
    act_do_as("lift", "console", "{\"what\":\"2603-0001\"}", 404);
    assert_string_equal(rows("SELECT key, value = '' FROM feed WHERE topic = 'stop' ORDER BY key"),
                        "2603-0001|1\n2603-0001-01|0");
}

int main(int argc, char **argv)
{
    static struct rows      tests;
    const struct CMUnitTest all[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, factory_make, factory_end)
        TEST(the_same_act_twice_is_done_once),
        TEST(a_refused_act_leaves_nothing),
        TEST(numbers_of_acts_have_a_form),
        TEST(another_base_is_a_conflict),
        TEST(the_trail_is_whole),
        TEST(secrets_are_not_on_the_trail),
        TEST(a_link_is_used_once),
        TEST(sessions_end),
        TEST(a_kiosk_is_enrolled),
        TEST(keys_are_handed_on),
        TEST(acts_that_wait_dont_hold_each_other_up),
        TEST(a_badge_names_what_was_held),
        TEST(a_revoked_badge_is_held_once_known),
        TEST(who_left_is_held_from_then_on),
        TEST(pay_is_sealed_to_its_worker),
        TEST(a_rate_change_takes_two),
        TEST(a_decision_goes_through_the_inbox),
        TEST(an_overtaken_decision_says_who),
        TEST(what_has_no_line_isnt_decided),
        TEST(bad_pieces_wait_for_a_person),
        TEST(a_decision_survives_the_end),
        TEST(a_stop_is_told_and_lifted),
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) tests.tests[tests.count++] = all[i];
    ROWS_ADD(&tests, refusals_say_why, REFUSED);
    rows_around(&tests, sizeof all / sizeof *all, factory_make, factory_end);
    return rows_run(&tests, argc, argv);
}
