/* scan.c - from the bytes of a scan to green on the glass: how long a worker waits, beside what the disk alone costs.
 *
 * links: kiosk_top kiosk_scan kiosk_send kiosk_screen kiosk_flow kiosk_keep core
 * with: kiosk/station.c kiosk/station_look.c kiosk/station_draw.c kiosk/station_scan.c kiosk/opener.c
 *
 * usage: scan --data DIR [--entries 1000] [--size 1024x600] [--x11]
 *
 * A real kiosk (station.h: its keeper thread, its look-ups, its window) that has learnt as many sheets as it shall scan;
 * each entry is a badge and a sheet of one piece. Measured: from the sheet's digits to the frame that shows green after
 * the commit. Between entries a bare fdatasync of 4 kB in a file of its own on the same disk. Prints one JSON line. */
#include <fcntl.h>
#include <getopt.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kiosk/keep/learn.h"
#include "kiosk/keeper.h"
#include "kiosk/station.h"
#include "tests/bench/bench.h"

enum { WORKERS = 12 /* at one station */, DISK_BLOCK = 4096 };

static struct {
    const char *data;
    int         entries, width, height;
    bool        is_x11;
} options = {.entries = 1000, .width = 1024, .height = 600};

static int64_t *scans, *syncs;

static void die(const char *what, const struct err *err)
{
    fprintf(stderr, "scan: %s: %s\n", what, err == NULL ? "" : err->say.id);
    exit(1);
}

/* ---- What the kiosk knows */

static void feed_write(struct buf *feed)
{
    int64_t n = 0;
    buf_fmt(feed,
            "{\"v\":1,\"server\":\"1-00000000000000aa\",\"run\":\"00000000000000bb\",\"feed\":%d,\"upto\":%d,"
            "\"more\":false,\"time\":1767225600000}\n",
            options.entries + 2 * WORKERS + 2, options.entries + 2 * WORKERS + 2);
    buf_fmt(
        feed,
        "{\"n\":%lld,\"t\":\"station\",\"k\":\"weld\",\"o\":{\"name\":[\"焊接\",\"Welding\"],\"ops\":[\"weld\"]}}\n",
        (long long)++n);
    buf_fmt(
        feed,
        "{\"n\":%lld,\"t\":\"operation\",\"k\":\"weld\",\"o\":{\"name\":[\"焊接\",\"Welding\"],\"part\":\"door\"}}\n",
        (long long)++n);
    for (int w = 1; w <= WORKERS; w++) {
        buf_fmt(feed,
                "{\"n\":%lld,\"t\":\"worker\",\"k\":\"%d\",\"o\":{\"name\":\"张伟\",\"sign\":%d,\"colour\":%d,\"crew\":"
                "\"\","
                "\"role\":\"worker\",\"lang\":\"zh\"}}\n",
                (long long)++n, w, w % 12, w % 8);
        buf_fmt(feed, "{\"n\":%lld,\"t\":\"badge\",\"k\":\"%015lld\",\"o\":{\"worker\":%d}}\n", (long long)++n,
                (long long)bench_badge(w), w);
    }
    for (int i = 0; i < options.entries; i++) {
        char key[LINE_REF_TEXT];
        line_ref_write(bench_line(i), key);
        buf_fmt(
            feed,
            "{\"n\":%lld,\"t\":\"sheet\",\"k\":\"%s\",\"o\":{\"rev\":1,\"product\":\"防火门\",\"size\":\"960 x 2050\","
            "\"colour\":\"红橡木\",\"opening\":\"右外开\",\"quantity\":1,\"due\":\"2026-01-20\",\"rush\":false,"
            "\"special\":false,\"remarks\":\"\",\"ops\":[[10,\"weld\",\"door\",1,5013,2500]],\"void\":[]}}\n",
            (long long)++n, key);
    }
}

static void kiosk_prepare(const char *path)
{
    struct err            err;
    struct keeper        *keeper;
    struct keeper_options start = {.path = path, .program = "bench", .boot = 1};
    struct keeper_server  server = {.address = "127.0.0.1", .port = 1, .station = "weld"};
    struct learn          learn = {0};
    struct buf            feed = {0};
    struct db            *db;
    bool                  is_done = false;
    if (!keeper_open(&start, 1767225600000, &keeper, &err)) die("open", &err);
    if (!keeper_enrol(keeper, &server, &err)) die("enrol", &err);
    keeper_close(keeper);
    if (!db_open(path, DB_WRITE, NULL, &db, &err)) die("open", &err);
    feed_write(&feed);
    if (!learn_begin(&learn, &feed, &err)) die("learn", &err);
    while (!is_done)
        if (!learn_step(&learn, db, 1767225600000, &is_done, &err)) die("learn", &err);
    db_close(db);
}

/* ---- The measured part */

/* Until the flow shows a screen; the frame is drawn when this returns. */
static void settle(struct station *station, enum screen screen)
{
    struct window_event event;
    int64_t             until = bench_now_us() + 5000000;
    for (;;) {
        station_step(station);
        station_draw(station);
        if (station_flow(station)->screen == screen) return;
        if (bench_now_us() > until) die("the screen doesn't come", &(struct err){.say = station_flow(station)->say});
        window_wait(station_window(station), 100, &event);
    }
}

static void entry(struct station *station, int i, int disk)
{
    char           text[CODE_TEXT_MAX];
    static uint8_t block[DISK_BLOCK];
    code_write_badge(bench_badge(i % WORKERS + 1), text);
    station_scan(station, text, strlen(text));
    settle(station, SCREEN_WORKER);
    code_write_sheet((struct sheet_ref){.line = bench_line(i), .rev = 1, .copy = 1}, text);
    int64_t began = bench_now_us();
    station_scan(station, text, strlen(text));
    settle(station, SCREEN_SAVED);
    scans[i] = bench_now_us() - began;
    station_catch_up(station);
    block[i % DISK_BLOCK]++;
    began = bench_now_us();
    if (pwrite(disk, block, sizeof block, 0) != DISK_BLOCK || fdatasync(disk) != 0) die("disk", NULL);
    syncs[i] = bench_now_us() - began;
}

static double at(int64_t *times, double part)
{
    return (double)bench_part(times, (size_t)options.entries, part) / 1000.0;
}

static void options_read(int argc, char **argv)
{
    static const struct option known[] = {
        {"data",    1, 0, 'd'},
        {"entries", 1, 0, 'e'},
        {"size",    1, 0, 's'},
        {"x11",     0, 0, 'x'},
        {0,         0, 0, 0  }
    };
    int c;
    while ((c = getopt_long(argc, argv, "", known, NULL)) != -1) {
        if (c == 'd') options.data = optarg;
        if (c == 'e') options.entries = atoi(optarg);
        if (c == 's' && sscanf(optarg, "%dx%d", &options.width, &options.height) != 2) exit(2);
        if (c == 'x') options.is_x11 = true;
        if (c == '?') exit(2);
    }
    if (options.data == NULL || options.entries < 1 || options.entries > 8000) exit(2);
}

static void wake(void *nothing)
{
    (void)nothing;
    window_wake();
}

int main(int argc, char **argv)
{
    char            path[512];
    struct err      err;
    struct station *station;
    options_read(argc, argv);
    if (!chain_init(&err)) die("random numbers", &err);
    mkdir(options.data, 0700);
    snprintf(path, sizeof path, "%s/kiosk.db", options.data);
    kiosk_prepare(path);
    scans = calloc((size_t)options.entries, sizeof *scans);
    syncs = calloc((size_t)options.entries, sizeof *syncs);
    struct station_options start = {.data = options.data,
                                    .clock = "1767225600,1",
                                    .width_px = options.width,
                                    .height_px = options.height,
                                    .is_offscreen = !options.is_x11,
                                    .wake = wake};
    if (!station_open(&start, &station, &err)) die("start", &err);
    snprintf(path, sizeof path, "%s/yardstick", options.data);
    int disk = open(path, O_RDWR | O_CREAT, 0600);
    if (disk < 0 || fallocate(disk, 0, 0, DISK_BLOCK) != 0) die("disk", NULL);
    for (int i = 0; i < options.entries; i++) entry(station, i, disk);
    station_close(station);
    printf("{\"entries\":%d,\"scan_p50_ms\":%.3f,\"scan_p99_ms\":%.3f,\"fdatasync_p50_ms\":%.3f,\"fdatasync_p99_ms\":%."
           "3f}\n",
           options.entries, at(scans, 0.5), at(scans, 0.99), at(syncs, 0.5), at(syncs, 0.99));
    return 0;
}
