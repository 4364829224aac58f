/* metrics_test.c - the figures for Prometheus: each line is one that its text format allows, each value is the desk's, none
 * stands twice; and who may ask for them.
 * links: server_show server_bring server_books server_take server_http server_ask core */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "server/show/doors.h"
#include "tests/unit/folder.h"
#include "tests/unit/rows.h"

#define NOW_MS INT64_C(1772600400250)

static void health_of(void *house, struct desk_health *health)
{
    (void)house;
    *health = (struct desk_health){
        .started_ms = NOW_MS - 90001,
        .now_ms = NOW_MS,
        .place.newest = 77,
        .counts = {.batches = 3, .events = 12, .repeats = 4, .forks = 1, .gaps = 2, .refused = 5},
        .inbox_end = 40,
        .applied_to = 33,
        .feed_waiting = 6,
        .requests = 123,
        .trouble = {ERR_FULL, SAY("db.full")}
    };
}

static size_t kiosks_of(void *house, struct desk_kiosk **rows)
{
    static const struct desk_kiosk KIOSKS[] = {
        {.kiosk = 0xABCDEF, .heard_ms = NOW_MS - 1000,   .state = {.waiting = 5, .has_state = true} },
        {.kiosk = 2,        .heard_ms = NOW_MS - 200000, .state = {.waiting = -1, .has_state = true}},
    };
    (void)house;
    *rows = malloc(sizeof KIOSKS);
    assert_non_null(*rows);
    memcpy(*rows, KIOSKS, sizeof KIOSKS);
    return 2;
}

static char *written;

static int start(void)
{
    if (folder_make() != 0) return 1;
    FILE *file = fopen(folder_path("books.db"), "w");
    if (file == NULL || fputs("12345678", file) < 0 || fclose(file) != 0) return 1;
    struct desk desk = {.data = folder, .health = health_of, .kiosks = kiosks_of};
    struct buf  out = {0};
    metrics_write(&desk, &out);
    written = strdup(buf_text(&out));
    buf_free(&out);
    return written == NULL;
}

static void end(void)
{
    free(written);
    folder_end();
}

struct figure {
    const char *name, *line;
};
static const struct figure FIGURES[] = {
    {"version",    "baogong_info{version=\"" BAOGONG_VERSION "\"} 1"},
    {"start",      "baogong_start_time_seconds 1772600310.249"      },
    {"uptime",     "baogong_uptime_seconds 90.001"                  },
    {"requests",   "baogong_http_requests_total 123"                },
    {"inbox",      "baogong_inbox_events 40"                        },
    {"booked",     "baogong_booked_events 33"                       },
    {"unbooked",   "baogong_unbooked_events 7"                      },
    {"feed",       "baogong_feed_number 77"                         },
    {"waiting",    "baogong_feed_waiting 6"                         },
    {"batches",    "baogong_batches_total 3"                        },
    {"events",     "baogong_events_total 12"                        },
    {"repeats",    "baogong_repeats_total 4"                        },
    {"forks",      "baogong_forks_total 1"                          },
    {"gaps",       "baogong_gaps_total 2"                           },
    {"refused",    "baogong_refused_total 5"                        },
    {"trouble",    "baogong_trouble 1"                              },
    {"heard",      "baogong_kiosks_heard 2"                         },
    {"silent",     "baogong_kiosks_silent 1"                        },
    {"unsent",     "baogong_kiosk_waiting_events 5"                 },
    {"a database", "baogong_database_bytes{file=\"books.db\"} 8"    },
};

static void figure_is_the_desk_s(void **state)
{
    const struct figure *figure = *state;
    char                 line[160];
    snprintf(line, sizeof line, "\n%s\n", figure->line);
    assert_non_null(strstr(written, line));
}

static void absent_file_has_no_row(void **state)
{
    (void)state;
    assert_null(strstr(written, "inbox.db"));
}

/* Each value stands under its own HELP and TYPE, each of which stands once. */
static void each_line_is_the_format_s(void **state)
{
    char name[64] = "", type[16];
    int  lines = 0, heads = 0;
    (void)state;
    for (const char *at = written, *next; *at != 0; at = next + 1, lines++) {
        next = strchr(at, '\n');
        assert_non_null(next);
        if (strncmp(at, "# HELP ", 7) == 0) {
            assert_int_equal(sscanf(at, "# HELP %63s", name), 1);
            char again[80];
            snprintf(again, sizeof again, "# HELP %s ", name);
            assert_null(strstr(next, again));
            heads++;
        } else if (at[0] == '#') {
            char of[64];
            assert_int_equal(sscanf(at, "# TYPE %63s %15s", of, type), 2);
            assert_string_equal(of, name);
            assert_true(strcmp(type, "gauge") == 0 || strcmp(type, "counter") == 0);
        } else {
            char  *stop;
            size_t len = strlen(name);
            assert_memory_equal(at, name, len);
            const char *value = at + len;
            if (*value == '{') value = strchr(value, '}') + 1;
            assert_int_equal(*value, ' ');
            strtod(value + 1, &stop);
            assert_ptr_equal(stop, next);
            assert_int_equal(strcmp(type, "counter") == 0, strncmp(name + len - 6, "_total", 6) == 0);
        }
    }
    assert_true(heads > 15 && lines > 2 * heads);
    assert_null(strstr(written, "abcdef")); /* no kiosk by its identity */
}

struct peer_row {
    const char *name, *peer;
    bool        is_forwarded, may;
};
static const struct peer_row PEERS[] = {
    {"this machine",                  "127.0.0.1",        false, true },
    {"another of its addresses",      "127.8.0.1",        false, true },
    {"this machine, IPv6",            "::1",              false, true },
    {"this machine, mapped",          "::ffff:127.0.0.1", false, true },
    {"a proxy of this machine",       "127.0.0.1",        true,  false},
    {"another machine",               "192.168.1.20",     false, false},
    {"another machine, mapped",       "::ffff:10.0.0.1",  false, false},
    {"an address that looks like it", "128.127.0.1",      false, false},
    {"no address",                    "",                 false, false},
};

static void peer_may_or_not(void **state)
{
    const struct peer_row *row = *state;
    assert_int_equal(metrics_may(row->peer, row->is_forwarded), row->may);
}

int main(int argc, char **argv)
{
    static struct rows rows;
    ROWS_ADD(&rows, figure_is_the_desk_s, FIGURES);
    ROWS_ADD(&rows, peer_may_or_not, PEERS);
    rows_add(&rows, "absent file has no row", absent_file_has_no_row, NULL);
    rows_add(&rows, "each line is the format's", each_line_is_the_format_s, NULL);
    if (start() != 0) return 1;
    int failed = rows_run(&rows, argc, argv);
    end();
    return failed;
}
