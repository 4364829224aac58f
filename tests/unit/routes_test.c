/* routes_test.c - the table of doors: what it finds and refuses, that its rights are the books', and that openapi.json says
 * what it is. After a change of routes or lists run it with BAOGONG_WRITE=1: it writes assets/office/openapi.json.
 * links: server_show server_bring server_books server_take server_http server_ask core */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/json.h"
#include "server/ask/list.h"
#include "server/ask/role.h"
#include "server/books/act.h"
#include "server/show/doors.h"
#include "server/show/routes.h"
#include "server/show/slow.h"
#include "tests/unit/folder.h"
#include "tests/unit/rows.h"

struct find_row {
    const char *name, *method, *path, *found; /* NULL: nothing */
    int64_t     body_max;
};
static const struct find_row FINDS[] = {
    {"the page",               "GET",    "/",                      "/",               0     },
    {"the page's head",        "HEAD",   "/",                      "/",               0     },
    {"a one-time link",        "GET",    "/login/abc",             "/login/*",        0     },
    {"a link without a token", "GET",    "/login/",                NULL,              4096  },
    {"a list",                 "GET",    "/api/list/wages",        "/api/list/*",     0     },
    {"no list",                "GET",    "/api/list/",             NULL,              4096  },
    {"lists are not posted",   "POST",   "/api/list/wages",        NULL,              4096  },
    {"an act",                 "POST",   "/api/act/decide",        "/api/act/decide", 262144},
    {"acts are not read",      "GET",    "/api/act/decide",        NULL,              4096  },
    {"an act that has no row", "POST",   "/api/act/session.open",  NULL,              4096  },
    {"another one",            "POST",   "/api/act/user.password", NULL,              4096  },
    {"a longer name",          "POST",   "/api/act/decided",       NULL,              4096  },
    {"another case",           "POST",   "/API/act/decide",        NULL,              4096  },
    {"kiosk's events",         "POST",   "/kiosk/1/events",        "/kiosk/1/events", 262656},
    {"another method",         "DELETE", "/api/list/wages",        NULL,              4096  },
    {"nothing at all",         "GET",    "/etc/passwd",            NULL,              4096  },
};

static void finds_or_refuses(void **state)
{
    const struct find_row *row = *state;
    const struct route    *route = route_find(row->method, row->path);
    assert_int_equal(routes_body_limit(NULL, row->method, row->path), row->body_max);
    if (row->found == NULL) {
        assert_null(route);
        return;
    }
    assert_non_null(route);
    assert_string_equal(route->path, row->found);
}

/* A row says everything: who may, and exactly one function. */
static void rows_are_whole(void **state)
{
    (void)state;
    for (const struct route *route = ROUTES; route->method != NULL; route++) {
        assert_true((route->door != NULL) != (route->run != NULL));
        assert_true((route->kind == ROUTE_OPEN) == (route->roles == 0));
        assert_true((route->kind == ROUTE_ACT) == (strcmp(route->method, "POST") == 0 && route->roles != 0));
        assert_true(route->kind != ROUTE_ACT || route->type != NULL); /* no plain form of another site gets through */
        assert_true(strcmp(route->method, "GET") != 0 || route->body_max == 0);
        assert_non_null(route->what);
        assert_ptr_equal(route_find(route->method, route->path), route); /* no row hides another */
    }
}

/* No route opens what the books don't allow, and what they allow has no narrower door. */
static void rights_are_the_books(void **state)
{
    (void)state;
    for (const struct route *route = ROUTES; route->method != NULL; route++) {
        if (route->act == NULL) continue;
        const struct act_row *row = act_find(route->act);
        assert_non_null(row);
        if (route->roles != roles_read(row->roles)) print_error("%s: %s\n", route->act, row->roles);
        assert_int_equal(route->roles, roles_read(row->roles));
    }
}

/* What decides about pieces or goods sees every one that was taken before it. */
static void acts_about_pieces_see_all_that_was_taken(void **state)
{
    static const char *const ACTS[] = {"sheet.release", "stays.put",  "period.check", "period.close",
                                       "money.reverse", "ship.order", "ship.open",    "ship.void"};
    (void)state;
    for (size_t i = 0; i < sizeof ACTS / sizeof *ACTS; i++) {
        const struct act_row *row = act_find(ACTS[i]);
        assert_non_null(row);
        if (!row->after_inbox) print_error("%s\n", ACTS[i]);
        assert_true(row->after_inbox);
    }
    assert_false(act_find("stop")->after_inbox); /* it waits for nothing */
}

static void openapi_is_committed(void **state)
{
    char        path[512];
    const char *root = getenv("ROOT");
    struct buf  made = {0}, kept = {0};
    struct err  err;
    (void)state;
    snprintf(path, sizeof path, "%s/assets/office/openapi.json", root != NULL ? root : ".");
    openapi_write(&made);
    struct json *json = json_read(made.bytes, made.len, &err);
    assert_non_null(json);
    json_free(json);
    if (getenv("BAOGONG_WRITE") != NULL) {
        FILE *out = fopen(path, "w");
        assert_non_null(out);
        assert_int_equal(fwrite(made.bytes, 1, made.len, out), made.len);
        assert_int_equal(fclose(out), 0);
    }
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    for (size_t got = 1; got > 0; kept.len += got) got = fread(buf_room(&kept, 65536), 1, 65536, file);
    fclose(file);
    if (kept.len != made.len || memcmp(kept.bytes, made.bytes, made.len) != 0)
        print_error("assets/office/openapi.json is old: BAOGONG_WRITE=1 %s\n", "routes_test");
    assert_int_equal(kept.len, made.len);
    assert_memory_equal(kept.bytes, made.bytes, made.len);
    buf_free(&made);
    buf_free(&kept);
}

static int64_t wrong_tries(const char *user, const char *peer, int times, int64_t now_ms)
{
    for (int i = 0; i < times; i++) slow_tell(user, peer, false, now_ms);
    return slow_wait_ms(user, peer, now_ms);
}

static void guessing_is_slowed(void **state)
{
    (void)state;
    slow_forget();
    assert_int_equal(wrong_tries("wang", "10.0.0.1", 4, 1000), 0);
    assert_int_equal(wrong_tries("wang", "10.0.0.1", 1, 1000), 1000);
    assert_int_equal(wrong_tries("wang", "10.0.0.1", 1, 1000), 2000);
    assert_int_equal(wrong_tries("wang", "10.0.0.1", 20, 1000), 60000);
    assert_int_equal(slow_wait_ms("wang", "10.0.0.1", 61000), 0);
}

/* Who fails for a name elsewhere locks nobody out; who fails here for others waits seconds, not more. */
static void nobody_is_locked_out(void **state)
{
    (void)state;
    slow_forget();
    wrong_tries("liu", "10.0.0.66", 500, 1000);
    assert_int_equal(slow_wait_ms("liu", "10.0.0.1", 1000), 0);
    assert_int_equal(slow_wait_ms("li", "10.0.0.66", 1000), 5000);
    assert_int_equal(slow_wait_ms("li", "10.0.0.66", 6000), 0);
    slow_tell("liu", "10.0.0.66", true, 7000); /* the right password ends it */
    assert_int_equal(slow_wait_ms("liu", "10.0.0.66", 7000), 0);
    wrong_tries("liu", "10.0.0.66", 5, 8000);
    assert_int_equal(wrong_tries("liu", "10.0.0.66", 1, 8000 + 3600001), 0); /* so does an hour */
    for (int i = 0; i < 2000; i++) { /* memory is fixed: the oldest gives way, whoever is newest is slowed */
        char peer[32];
        snprintf(peer, sizeof peer, "10.1.%d.%d", i / 256, i % 256);
        wrong_tries("x", peer, 1, 10000000 + i);
    }
    assert_int_equal(wrong_tries("x", "10.2.0.1", 5, 20000000), 1000);
}

static bool is_file(const char *name)
{
    return access(folder_path(name), F_OK) == 0;
}

static int files_count(void)
{
    int  count = 0;
    DIR *dir = opendir(folder_path("files"));
    assert_non_null(dir);
    for (const struct dirent *one; (one = readdir(dir)) != NULL;) count += one->d_name[0] != '.';
    closedir(dir);
    return count;
}

/* A file that can't get its name leaves nothing behind, nor does one that a power cut left half written. */
static void uploads_leave_no_parts(void **state)
{
    struct err err;
    struct buf back = {0};
    (void)state;
    assert_int_equal(folder_make(), 0);
    assert_true(upload_store(folder, "aa", "门", 3, &err) && upload_store(folder, "aa", "门", 3, &err));
    assert_true(upload_load(folder, "aa", 3, &back, &err));
    assert_string_equal(buf_text(&back), "门");
    buf_free(&back);
    assert_int_equal(mkdir(folder_path("files/bb"), 0700), 0);
    assert_false(upload_store(folder, "bb", "x", 1, &err)); /* a folder has its name */
    assert_int_equal(err.kind, ERR_IO);
    assert_string_equal(err.say.id, "upload.disk");
    assert_int_equal(files_count(), 2);
    FILE *half = fopen(folder_path("files/cc.00ff.part"), "wb");
    assert_non_null(half);
    fclose(half);
    upload_sweep(folder);
    assert_false(is_file("files/cc.00ff.part"));
    assert_true(is_file("files/aa"));
    assert_int_equal(files_count(), 2);
    assert_int_equal(folder_end(), 0);
    upload_sweep(folder); /* there is none any more */
}

int main(int argc, char **argv)
{
    static struct rows rows;
    struct err         err;
    if (!chain_init(&err)) return 1;
    ROWS_ADD(&rows, finds_or_refuses, FINDS);
    rows_add(&rows, "rows are whole", rows_are_whole, NULL);
    rows_add(&rows, "rights are the books'", rights_are_the_books, NULL);
    rows_add(&rows, "acts about pieces see all that was taken", acts_about_pieces_see_all_that_was_taken, NULL);
    rows_add(&rows, "openapi is committed", openapi_is_committed, NULL);
    rows_add(&rows, "uploads leave no parts", uploads_leave_no_parts, NULL);
    rows_add(&rows, "guessing is slowed", guessing_is_slowed, NULL);
    rows_add(&rows, "nobody is locked out", nobody_is_locked_out, NULL);
    return rows_run(&rows, argc, argv);
}
