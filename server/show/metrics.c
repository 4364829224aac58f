/* metrics.c - the server's figures as Prometheus reads them (text format 0.0.4): what the desk counts, how large its files
 * are. In: the desk. Out: HELP, TYPE and a value a metric; no name, no wage, nothing that is secret.
 *
 * Asked without a login, so only by a collector on this machine: another is told so, also one that a proxy here speaks for. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "server/show/doors.h"

#define TEXT_TYPE "text/plain; version=0.0.4; charset=utf-8"

enum { LOST_MS = 3 * 60 * 1000 /* a kiosk asks at least every half a minute */, PATH_ROOM = 4096 };

static void metric_head(struct buf *out, const char *name, const char *type, const char *help)
{
    buf_fmt(out, "# HELP baogong_%s %s\n# TYPE baogong_%s %s\n", name, help, name, type);
}

/* Milliseconds as the seconds that Prometheus wants. */
static void metric_seconds(struct buf *out, const char *name, const char *help, int64_t ms)
{
    metric_head(out, name, "gauge", help);
    buf_fmt(out, "baogong_%s %lld.%03lld\n", name, (long long)(ms / 1000), (long long)(ms % 1000));
}

struct metric {
    const char *name, *type, *help;
    int64_t     value;
};

static void metrics_add(struct buf *out, const struct metric *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        metric_head(out, rows[i].name, rows[i].type, rows[i].help);
        buf_fmt(out, "baogong_%s %lld\n", rows[i].name, (long long)rows[i].value);
    }
}

/* To add a figure: a row. */
static void health_write(const struct desk_health *health, struct buf *out)
{
    const struct take_counts *counts = &health->counts;
    const struct metric       rows[] = {
        {"http_requests_total", "counter", "Requests since the start.",                           health->requests                      },
        {"inbox_events",        "gauge",   "Number of the last event in the inbox.",              health->inbox_end                     },
        {"booked_events",       "gauge",   "Number of the last event in the books.",              health->applied_to                    },
        {"unbooked_events",     "gauge",   "Events that wait to be booked.",                      health->inbox_end - health->applied_to},
        {"feed_number",         "gauge",   "Number of the last change that kiosks are told.",     health->place.newest                  },
        {"feed_waiting",        "gauge",   "Kiosks that wait for a change.",                      health->feed_waiting                  },
        {"batches_total",       "counter", "Batches taken since the start.",                      counts->batches                       },
        {"events_total",        "counter", "Events taken since the start.",                       counts->events                        },
        {"repeats_total",       "counter", "Events that came again and counted once.",            counts->repeats                       },
        {"forks_total",         "counter", "Events that contradict one with the same number.",    counts->forks                         },
        {"gaps_total",          "counter", "Numbers that kiosks said are lost.",                  counts->gaps                          },
        {"refused_total",       "counter", "Requests of kiosks that were refused.",               counts->refused                       },
        {"trouble",             "gauge",   "1: taker or writer can't work; the office says why.", health->trouble.kind != ERR_NONE      },
    };
    metrics_add(out, rows, sizeof rows / sizeof *rows);
}

static void kiosks_write(const struct desk *desk, int64_t now_ms, struct buf *out)
{
    struct desk_kiosk *kiosks;
    size_t             count = desk->kiosks(desk->house, &kiosks);
    int64_t            silent = 0, waiting = 0;
    for (size_t i = 0; i < count; i++) {
        if (now_ms - kiosks[i].heard_ms > LOST_MS) silent++;
        if (kiosks[i].state.has_state && kiosks[i].state.waiting > 0) waiting += kiosks[i].state.waiting;
    }
    free(kiosks);
    const struct metric rows[] = {
        {"kiosks_heard",         "gauge", "Kiosks that were heard since the start.",           (int64_t)count},
        {"kiosks_silent",        "gauge", "Of those, heard last more than three minutes ago.", silent        },
        {"kiosk_waiting_events", "gauge", "Events that kiosks said they couldn't send yet.",   waiting       },
    };
    metrics_add(out, rows, sizeof rows / sizeof *rows);
}

/* A file that isn't there has no row: an alarm on it is an alarm on `absent`. */
static void files_write(const char *data, struct buf *out)
{
    static const char *const FILES[] = {"books.db", "inbox.db"};
    char                     path[PATH_ROOM];
    struct stat              stat_of;
    struct statvfs           disk;
    metric_head(out, "database_bytes", "gauge", "Size of a database.");
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++)
        if (snprintf(path, sizeof path, "%s/%s", data, FILES[i]) < PATH_ROOM && stat(path, &stat_of) == 0)
            buf_fmt(out, "baogong_database_bytes{file=\"%s\"} %lld\n", FILES[i], (long long)stat_of.st_size);
    if (statvfs(data, &disk) != 0) return;
    const struct metric free_bytes = {"disk_free_bytes", "gauge", "Free room on the disk of the data directory.",
                                      (int64_t)(disk.f_bavail * disk.f_frsize)};
    metrics_add(out, &free_bytes, 1);
}

void metrics_write(const struct desk *desk, struct buf *out)
{
    struct desk_health health = {0};
    desk->health(desk->house, &health);
    metric_head(out, "info", "gauge", "The program that runs.");
    buf_str(out, "baogong_info{version=\"" BAOGONG_VERSION "\"} 1\n");
    metric_seconds(out, "start_time_seconds", "When it started, since 1970.", health.started_ms);
    metric_seconds(out, "uptime_seconds", "For how long it runs.", health.now_ms - health.started_ms);
    health_write(&health, out);
    kiosks_write(desk, health.now_ms, out);
    files_write(desk->data, out);
}

bool metrics_may(const char *peer, bool is_forwarded)
{
    struct in_addr at;
    if (strncmp(peer, "::ffff:", 7) == 0) peer += 7;
    if (is_forwarded) return false;
    return strcmp(peer, "::1") == 0 || (inet_pton(AF_INET, peer, &at) == 1 && ntohl(at.s_addr) >> 24 == 127);
}

void metrics_get(const struct desk *desk, struct http_request *request)
{
    struct buf out = {0};
    bool is_forwarded = http_header(request, "X-Forwarded-For") != NULL || http_header(request, "Forwarded") != NULL;
    if (!metrics_may(http_peer(request), is_forwarded)) {
        office_refuse(request, 403, SAY("api.metrics"));
        return;
    }
    metrics_write(desk, &out);
    answer_headers(request);
    http_answer_header(request, "Cache-Control", "no-store");
    http_answer(request, 200, TEXT_TYPE, &out);
}
