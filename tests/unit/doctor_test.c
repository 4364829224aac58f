/* doctor_test.c - each finding of doctor, provoked: a well server with one thing wrong is said to have that one, and what
 * isn't wrong stays well. Real files and databases; what the running server would say is given.
 * links: server_care server_take server_books server_judge core */
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "core/json.h"
#include "server/care/doctor.h"
#include "server/take/take.h"
#include "tests/unit/books.h"

#define HOUR_MS INT64_C(3600000)
#define DAY_S INT64_C(86400)
#define KIOSK UINT64_C(17)
#define TAKEN "INSERT INTO inbox VALUES (1, 17, 1, 5, 1, 1, 1, "

static struct care         care;
static struct doctor       doctor;
static struct doctor_kiosk heard;
static char                backups[128];
static char               *said;
static size_t              said_len;

static void folder_put(const char *name)
{
    assert_int_equal(mkdir(path_of(name), 0700), 0);
}

static void alter(const char *name, const char *sql)
{
    struct db *db;
    good(db_open(path_of(name), DB_WRITE, NULL, &db, &err));
    good(db_script(db, sql, &err));
    db_close(db);
}

/* A server of which nothing bad can be said. */
static int start(void **state)
{
    struct take        *take;
    struct take_options options = {.run = 1};
    if (factory_make(state) != 0) return 1;
    writer_close(writer);
    writer = NULL;
    options.path = path_of("inbox.db");
    good(take_open(&options, NOW, &take, &err));
    take_close(take);
    alter("inbox.db", TAKEN "1772600390000, x'00')");
    alter("books.db", "INSERT INTO kiosk VALUES (17, 3, x'00', 'saw', 0, 0, 1)");
    folder_put("safe");
    folder_put("safe/20260304-122000"); /* NOW is 13:00 */
    snprintf(backups, sizeof backups, "%s", path_of("safe"));
    heard = (struct doctor_kiosk){KIOSK, NOW - 1000, 0, "0.2.0"};
    care = (struct care){.data = folder, .lang = LANG_EN, .is_json = true, .now_ms = NOW, .offset_min = 480};
    doctor = (struct doctor){
        .care = &care,
        .backups = backups,
        .server = {.is_running = true,
                   .is_reachable = true,
                   .place = "192.168.1.2:8443",
                   .version = "0.2.0",
                   .started_ms = NOW - HOUR_MS,
                   .kiosks = &heard,
                   .kiosk_count = 1},
        .has_cert = true,
        .cert_ends_s = NOW / 1000 + 400 * DAY_S,
        .ca_ends_s = NOW / 1000 + 4000 * DAY_S
    };
    return 0;
}

static int end(void **state)
{
    free(said);
    said = NULL;
    return factory_end(state);
}

static bool look(void)
{
    free(said);
    said = NULL;
    care.out = open_memstream(&said, &said_len);
    assert_non_null(care.out);
    bool is_well = care_doctor(&doctor, &err);
    assert_int_equal(fclose(care.out), 0);
    return is_well;
}

/* How many findings have this grade; of those, `id` must be among them where it isn't NULL. */
static int count_of(const char *grade, const char *id)
{
    struct json *json = json_read(said, said_len, &err);
    bool         has = id == NULL;
    int          count = 0;
    if (json == NULL) print_error("%s\n", said);
    assert_non_null(json);
    const struct json *rows = json_get(json, "findings");
    for (size_t i = 0; i < json_count(rows); i++) {
        const struct json *row = json_at(rows, i);
        if (strcmp(json_text(json_get(row, "grade"), ""), grade) != 0) continue;
        count++;
        if (id != NULL && strcmp(json_text(json_at(json_get(row, "say"), 0), ""), id) == 0) has = true;
    }
    json_free(json);
    if (!has) print_error("no %s %s in %s\n", grade, id, said);
    assert_true(has);
    return count;
}

/* ---- What may be wrong */

static void open_for_others(void)
{
    assert_int_equal(chmod(folder, 0750), 0);
}

static void no_books(void)
{
    assert_int_equal(unlink(path_of("books.db")), 0);
}

static void books_are_text(void)
{
    (void)!unlink(path_of("books.db-wal")); /* else it would be read instead */
    (void)!unlink(path_of("books.db-shm"));
    int file = open(path_of("books.db"), O_WRONLY | O_TRUNC | O_CLOEXEC);
    assert_true(file >= 0);
    assert_int_equal(write(file,
                           "This is no database, but it is long enough to be looked at as if it were one. It isn't, "
                           "whoever reads it.\n",
                           105),
                     105);
    assert_int_equal(close(file), 0);
}

/* Two tables own one page: what is written to one is lost in the other. */
static void books_share_a_page(void)
{
    alter("books.db",
          "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema"
          " WHERE name = 'fact') WHERE name = 'verdict'");
}

static void books_older(void)
{
    alter("books.db", "PRAGMA user_version = 2");
}

static void inbox_newer(void)
{
    alter("inbox.db", "PRAGMA user_version = 999");
}

static void clock_set_back(void)
{
    alter("inbox.db", "UPDATE inbox SET taken_ms = 1772687000000");
}

/* A hole makes the file as large as the free room, times `part` hundredths: one event of this week took it all. */
static void grown(int64_t part)
{
    struct statvfs disk;
    alter("inbox.db", "UPDATE inbox SET taken_ms = 1772082100000"); /* six days ago: seven days are known */
    assert_int_equal(statvfs(folder, &disk), 0);
    assert_int_equal(truncate(path_of("inbox.db"), (off_t)(disk.f_bavail * disk.f_frsize) / 100 * part), 0);
}

static void grown_half(void)
{
    grown(50); /* 14 days */
}

static void grown_twice(void)
{
    grown(200); /* 3 days */
}

static void no_backup(void)
{
    assert_int_equal(rmdir(path_of("safe/20260304-122000")), 0);
}

static void old_backup(void)
{
    no_backup();
    folder_put("safe/20260303-095900"); /* 27 hours */
    folder_put("safe/20260304-122000.part");
}

static void broken_backup(void)
{
    folder_put("safe/20260304-125000.broken");
}

static void no_backup_but_here(void)
{
    no_backup();
    folder_put("backup");
    folder_put("backup/20260304-110000");
}

static void cert_damaged(void)
{
    doctor.has_cert = false;
    doctor.cert_trouble = say_text(say_text(SAY("ca.damaged"), "ca.pem"), "key");
}

static void books_ahead(void)
{
    alter("books.db", "UPDATE place SET applied_to = 12");
}

static void set_back(void)
{
    alter("inbox.db", "INSERT INTO server_epoch VALUES (7, 7, 1772427600000, 'back', 1)");
}

static void cert_ends(void)
{
    doctor.cert_ends_s = NOW / 1000 + 20 * DAY_S;
}

static void cert_ended(void)
{
    doctor.cert_ends_s = NOW / 1000 - 1;
}

static void ca_ends_soon(void)
{
    doctor.ca_ends_s = NOW / 1000 + 20 * DAY_S;
}

static void stopped(void)
{
    doctor.server = (struct doctor_server){.is_running = false};
}

static void shut(void)
{
    doctor.server.is_reachable = false;
}

static void troubled(void)
{
    doctor.server.trouble = say_text(SAY("db.full"), "books.db");
}

static void behind(void)
{
    doctor.server.unbooked = 1001;
}

static void silent(void)
{
    heard.heard_ms = NOW - HOUR_MS;
}

static void never_heard(void)
{
    doctor.server.kiosk_count = 0;
}

static void keeps_events(void)
{
    heard.waiting = 12;
}

static void older_kiosk(void)
{
    memcpy(heard.version, "0.1.9", sizeof "0.1.9");
}

static void newer_kiosk(void)
{
    memcpy(heard.version, "0.10.0", sizeof "0.10.0");
}

#define FOUR_DAYS_AGO "1772254800000"
#define TWO_DAYS_AGO "1772427600000"
#define AN_EXCEPTION(AT) "INSERT INTO exception VALUES ('books.fork', x'AB', 1, " AT ", 'told')"
#define SETTLED(BY, TOLD) \
    ";INSERT INTO settled VALUES ('books.fork', x'AB', '', '', '', 0, '', '" BY "', 1, '" TOLD "', 1)"

static void old_exception(void)
{
    alter("books.db", AN_EXCEPTION(FOUR_DAYS_AGO));
}

static void carried_exception(void)
{
    alter("books.db", AN_EXCEPTION(FOUR_DAYS_AGO) SETTLED("", "told"));
}

static void settled_otherwise(void)
{
    alter("books.db", AN_EXCEPTION(FOUR_DAYS_AGO) SETTLED("wang", "another story"));
}

static void settled_exception(void)
{
    alter("books.db", AN_EXCEPTION(FOUR_DAYS_AGO) SETTLED("wang", "told"));
}

static void young_exception(void)
{
    alter("books.db", AN_EXCEPTION(TWO_DAYS_AGO));
}

static void missing_pieces(void)
{
    alter("books.db", "INSERT INTO op_missing VALUES (1, 1, 10, 2, 1, " FOUR_DAYS_AGO ", 'told')");
}

struct wrong {
    const char *name;
    void (*make)(void);
    const char *grade, *id;
};
static const struct wrong WRONGS[] = {
    {"others may look in",        open_for_others,    "bad",  "doctor.folder.open"  },
    {"no books",                  no_books,           "bad",  "db.absent"           },
    {"books are text",            books_are_text,     "bad",  "db.damaged"          },
    {"two tables own one page",   books_share_a_page, "bad",  "doctor.file.damaged" },
    {"an older schema",           books_older,        "look", "doctor.schema.older" },
    {"a newer schema",            inbox_newer,        "bad",  "doctor.schema.newer" },
    {"the clock was set back",    clock_set_back,     "bad",  "doctor.clock.back"   },
    {"room for two weeks",        grown_half,         "look", "doctor.space"        },
    {"room for three days",       grown_twice,        "bad",  "doctor.space.none"   },
    {"no backup",                 no_backup,          "look", "doctor.backup.none"  },
    {"an old backup",             old_backup,         "look", "doctor.backup.old"   },
    {"a broken backup",           broken_backup,      "bad",  "doctor.backup.bad"   },
    {"the CA is damaged",         cert_damaged,       "bad",  "ca.damaged"          },
    {"the inbox lost its end",    books_ahead,        "bad",  "care.ahead"          },
    {"the books lost their end",  set_back,           "look", "doctor.set_back"     },
    {"the certificate ends soon", cert_ends,          "look", "doctor.cert.old"     },
    {"the certificate ended",     cert_ended,         "bad",  "doctor.cert.old"     },
    {"the CA ends soon",          ca_ends_soon,       "look", "doctor.cert.ca"      },
    {"no server runs",            stopped,            "look", "doctor.server.absent"},
    {"its port is shut",          shut,               "bad",  "doctor.server.shut"  },
    {"the writer's trouble",      troubled,           "bad",  "db.full"             },
    {"much isn't booked",         behind,             "look", "doctor.server.behind"},
    {"a silent kiosk",            silent,             "look", "doctor.kiosk.silent" },
    {"a kiosk never heard",       never_heard,        "look", "doctor.kiosk.silent" },
    {"a kiosk keeps events",      keeps_events,       "look", "doctor.kiosk.waiting"},
    {"an older kiosk",            older_kiosk,        "look", "doctor.kiosk.older"  },
    {"a newer kiosk",             newer_kiosk,        "look", "doctor.kiosk.newer"  },
    {"an old exception",          old_exception,      "look", "doctor.exceptions"   },
    {"one that has an owner",     carried_exception,  "look", "doctor.exceptions"   },
    {"one that changed since",    settled_otherwise,  "look", "doctor.exceptions"   },
    {"missing pieces",            missing_pieces,     "look", "doctor.exceptions"   },
};

/* One thing is wrong: one finding says so, by its grade. */
static void wrong_is_said(void **state)
{
    const struct wrong *wrong = *state;
    bool                is_bad = strcmp(wrong->grade, "bad") == 0;
    start(state);
    wrong->make();
    assert_int_equal(look(), !is_bad);
    if (is_bad) assert_string_equal(err.say.id, wrong->id);
    assert_int_equal(count_of(wrong->grade, wrong->id), 1);
    assert_int_equal(count_of(is_bad ? "look" : "bad", NULL), 0);
    end(state);
}

struct right {
    const char *name;
    void (*make)(void);
};
static void nothing(void)
{
}
static const struct right RIGHTS[] = {
    {"a well server",            nothing           },
    {"its backup is its own",    no_backup_but_here},
    {"a settled exception",      settled_exception },
    {"an exception of two days", young_exception   },
};

static void well_is_said(void **state)
{
    const struct right *right = *state;
    start(state);
    right->make();
    assert_true(look());
    assert_int_equal(count_of("look", NULL) + count_of("bad", NULL), 0);
    assert_int_equal(count_of("ok", "doctor.kiosk.ok"), 12);
    end(state);
}

/* In lines, each with its grade first, in both languages. */
static void lines_are_words(void **state)
{
    static const char *const GRADES[LANG_COUNT][3] = {
        [LANG_ZH] = {"正常 ", "\n留意 ", "\n严重 "},
        [LANG_EN] = {"ok   ",   "\nlook ",   "\nbad  "  },
    };
    start(state);
    care.is_json = false;
    no_backup();
    shut();
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        care.lang = (enum lang)lang;
        assert_false(look());
        assert_memory_equal(said, GRADES[lang][0], strlen(GRADES[lang][0]));
        assert_non_null(strstr(said, GRADES[lang][1]));
        assert_non_null(strstr(said, GRADES[lang][2]));
        assert_non_null(strstr(said, "\nresult bad\n"));
        assert_null(strstr(said, "doctor."));
    }
    end(state);
}

static void absent_folder_is_the_only_finding(void **state)
{
    start(state);
    care.data = "/nowhere/at/all";
    assert_false(look());
    assert_int_equal(count_of("bad", "care.file"), 1);
    assert_int_equal(count_of("ok", NULL) + count_of("look", NULL), 0);
    end(state);
}

int main(int argc, char **argv)
{
    static struct rows rows;
    ROWS_ADD(&rows, wrong_is_said, WRONGS);
    ROWS_ADD(&rows, well_is_said, RIGHTS);
    rows_add(&rows, "lines are words", lines_are_words, NULL);
    rows_add(&rows, "an absent folder is the only finding", absent_folder_is_the_only_finding, NULL);
    return rows_run(&rows, argc, argv);
}
