/* main.c - baogong-kiosk: options, signals, and the loop that waits for a finger, a scan or news. */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>
#ifdef HAVE_SYSTEMD
#include <systemd/sd-daemon.h>
#endif

#include "core/chain.h"
#include "core/locale.h"
#include "core/log.h"
#include "core/text.h"
#include "kiosk/carrier.h"
#include "kiosk/drive.h"
#include "kiosk/keep/setting.h"
#include "kiosk/station.h"
#include "kiosk/watch.h"

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2, SIZE_LEAST = 320, SIZE_MOST = 8192 };

struct options {
    struct station_options station;
    const char            *enrol;
    bool                   is_help, is_version, is_usb;
    bool                   is_list; /* scanners */
    const char            *out;     /* carry: folder; NULL: the stick that is found */
};

static volatile sig_atomic_t is_over;
static int                   wake_fd = -1;

/* ---- Waking */

static void wake_drive(void *self)
{
    uint64_t one = 1;
    (void)self;
    if (write(wake_fd, &one, sizeof one) < 0) return; /* it is full: awake already */
}

static void wake_window(void *self)
{
    (void)self;
    window_wake();
}

static void on_signal(int number)
{
    (void)number;
    is_over = 1;
    wake_drive(NULL);
}

/* The window has SDL's handlers, which come as WINDOW_QUIT: SDL leaves alone what is handled already, and then nobody
 * would wake its wait. */
static bool signals_start(bool is_driven)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    signal(SIGPIPE, SIG_IGN);
    if (!is_driven) return true;
    wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return wake_fd >= 0 && sigaction(SIGTERM, &action, NULL) == 0 && sigaction(SIGINT, &action, NULL) == 0;
}

/* ---- Options */

enum {
    OPTION_DATA = 1,
    OPTION_CLOCK,
    OPTION_SIZE,
    OPTION_DRIVE,
    OPTION_OFFSCREEN,
    OPTION_ENROL,
    OPTION_STICK,
    OPTION_OUT,
    OPTION_THEME,
    OPTION_LANG,
    OPTION_USB,
    OPTION_HELP,
    OPTION_VERSION
};

static const struct option OPTIONS[] = {
    {"data",      required_argument, NULL, OPTION_DATA     },
    {"clock",     required_argument, NULL, OPTION_CLOCK    },
    {"size",      required_argument, NULL, OPTION_SIZE     },
    {"drive",     no_argument,       NULL, OPTION_DRIVE    },
    {"offscreen", no_argument,       NULL, OPTION_OFFSCREEN},
    {"enrol",     required_argument, NULL, OPTION_ENROL    },
    {"stick",     required_argument, NULL, OPTION_STICK    },
    {"out",       required_argument, NULL, OPTION_OUT      },
    {"theme",     required_argument, NULL, OPTION_THEME    },
    {"lang",      required_argument, NULL, OPTION_LANG     },
    {"usb",       no_argument,       NULL, OPTION_USB      },
    {"help",      no_argument,       NULL, OPTION_HELP     },
    {"version",   no_argument,       NULL, OPTION_VERSION  },
    {NULL,        0,                 NULL, 0               },
};

/* 1024x600 */
static bool size_read(const char *text, int *width, int *height)
{
    char *end;
    long  w = strtol(text, &end, 10), h = *end == 'x' ? strtol(end + 1, &end, 10) : 0;
    if (*end != '\0' || w < SIZE_LEAST || w > SIZE_MOST || h < SIZE_LEAST || h > SIZE_MOST) return false;
    *width = (int)w;
    *height = (int)h;
    return true;
}

static bool theme_read(const char *text, enum theme *theme)
{
    *theme = strcmp(text, "dark") == 0 ? THEME_DARK : THEME_LIGHT;
    return strcmp(text, "dark") == 0 || strcmp(text, "light") == 0;
}

static bool option_read(int option, struct options *options)
{
    struct station_options *station = &options->station;
    switch (option) {
    case OPTION_DATA: station->data = optarg; return optarg[0] != '\0';
    case OPTION_CLOCK: station->clock = optarg; return true;
    case OPTION_SIZE: return size_read(optarg, &station->width_px, &station->height_px);
    case OPTION_DRIVE: station->is_driven = true; return true;
    case OPTION_OFFSCREEN: station->is_offscreen = true; return true;
    case OPTION_ENROL:
        options->enrol = optarg;
        station->may_enrol = true;
        return true;
    case OPTION_STICK: station->stick = optarg; return optarg[0] != '\0';
    case OPTION_OUT: options->out = optarg; return optarg[0] != '\0';
    case OPTION_THEME: station->has_theme = true; return theme_read(optarg, &station->theme);
    case OPTION_LANG: station->has_lang = true; return lang_read(optarg, &station->lang);
    case OPTION_USB: options->is_usb = true; return true;
    case OPTION_HELP: options->is_help = true; return true;
    case OPTION_VERSION: options->is_version = true; return true;
    default: return false;
    }
}

/* *wrong: the word that is no option, no command, or no value of its option. */
static bool options_read(int argc, char **argv, struct options *options, struct say *wrong)
{
    int option;
    opterr = 0; /* the sentence is ours */
    while ((option = getopt_long(argc, argv, "", OPTIONS, NULL)) != -1)
        if (!option_read(option, options)) {
            *wrong = say_text(SAY("kiosk.word"), argv[optind - 1]);
            return false;
        }
    options->is_list = optind == argc - 1 && strcmp(argv[optind], "scanners") == 0;
    *wrong = optind < argc ? say_text(SAY("kiosk.word"), argv[optind]) : SAY("kiosk.no_data");
    if (optind < argc && !options->is_list) return false;
    options->station.has_usb = options->is_usb || !options->station.is_driven;
    return options->is_help || options->is_version || options->is_list || options->station.data != NULL;
}

/* ---- The other command: what waits, as a file for a stick. The kiosk may go on running meanwhile. */

static bool carry(const struct options *options, struct carried *carried, struct err *err)
{
    char            path[1200];
    struct clock    clock;
    struct db      *db = NULL;
    struct day_rule rule;
    snprintf(path, sizeof path, "%.1000s/kiosk.db", options->station.data);
    if (options->station.clock == NULL)
        clock_start_real(&clock);
    else if (!clock_start_at(&clock, options->station.clock, err))
        return false;
    if (access(path, R_OK) != 0) return err_set(err, ERR_ABSENT, say_text(SAY("kiosk.folder"), options->station.data));
    if (!db_open(path, DB_READ, NULL, &db, err)) return false;
    bool is_good = setting_day_rule(db, &rule, err);
    db_close(db);
    struct carrier_ask ask = {
        .database = path, .folder = options->out, .wall_ms = clock_now_ms(&clock), .offset_min = rule.offset_min};
    return is_good && carrier_write(&ask, carried, err);
}

static int carry_run(const struct options *options)
{
    struct carried carried = {0};
    struct err     err;
    char           text[512];
    bool           is_good = chain_init(&err) && carry(options, &carried, &err);
    struct say     say = is_good ? carry_say(&carried) : err.say;
    text_say(options->station.lang, &say, text, sizeof text);
    if (is_good)
        puts(text);
    else
        fprintf(stderr, "baogong-kiosk: %s\n", text);
    return is_good ? EXIT_DONE : EXIT_FAILED;
}

/* ---- The loop */

/* The silence, in ms, after which the service manager kills; 0: it doesn't watch. */
static int64_t watchdog_ms(void)
{
#ifdef HAVE_SYSTEMD
    uint64_t us;
    if (sd_watchdog_enabled(0, &us) > 0) return (int64_t)(us / 1000);
#endif
    return 0;
}

static void notify(const char *what)
{
#ifdef HAVE_SYSTEMD
    sd_notify(0, what);
#else
    (void)what;
#endif
}

static bool event_do(struct station *station, const struct window_event *event)
{
    switch (event->kind) {
    case WINDOW_QUIT: return false;
    case WINDOW_DOWN: station_touch(station, event->x_px, event->y_px); break;
    case WINDOW_UP: station_release(station, event->x_px, event->y_px); break;
    case WINDOW_KEY: station_key(station, event->usage, event->modifiers); break;
    case WINDOW_REDRAW: station_redraw(station); break;
    case WINDOW_WAKE:
    case WINDOW_NOTHING: break;
    }
    return true;
}

/* What the service manager hears: once that the kiosk can be used, then that it and its keeper are alive. */
static void manager_tell(struct station *station, struct watch *watch, bool *is_told)
{
    int64_t now_ms = clock_real_us() / 1000;
    if (!*is_told && station_is_ready(station)) {
        *is_told = true;
        notify("READY=1");
    }
    if (!*is_told) return; /* it is starting: that has a time of its own */
    if (watch_is_due(watch, now_ms) && watch_tells(watch, now_ms, station_is_alive(station))) notify("WATCHDOG=1");
}

static void window_run(struct station *station)
{
    struct watch watch = watch_of(watchdog_ms(), clock_real_us() / 1000);
    bool         goes_on = true, is_told = false;
    while (goes_on && !station_is_over(station) && station_ending(station) == ENDING_NONE) {
        struct window_event event;
        station_draw(station);
        station_catch_up(station);
        manager_tell(station, &watch, &is_told);
        int wait_ms = watch_wait_ms(&watch, clock_real_us() / 1000, station_wait_ms(station));
        window_wait(station_window(station), wait_ms, &event);
        for (; event.kind != WINDOW_NOTHING && goes_on; window_wait(station_window(station), 0, &event))
            goes_on = event_do(station, &event);
        station_step(station);
    }
}

static int run(const struct options *options, enum ending *ending)
{
    struct station *station;
    struct err      err;
    if (!station_open(&options->station, &station, &err)) {
        char text[512];
        fprintf(stderr, "baogong-kiosk: %s\n", text_say(options->station.lang, &err.say, text, sizeof text));
        return EXIT_FAILED;
    }
    if (options->enrol != NULL) station_scan(station, options->enrol, strlen(options->enrol));
    if (options->station.is_driven)
        drive_run(station, wake_fd, &is_over);
    else
        window_run(station);
    bool is_damaged = station_is_over(station);
    *ending = station_ending(station);
    if (*ending != ENDING_RESTART) notify("STOPPING=1");
    station_close(station);
    if (is_damaged) fprintf(stderr, "baogong-kiosk: %s\n", text_of(options->station.lang, "kiosk.damaged"));
    return is_damaged ? EXIT_FAILED : EXIT_DONE;
}

static int list(const struct options *options)
{
    struct err err;
    char       text[512];
    if (station_list_scanners(options->station.lang, &err)) return EXIT_DONE;
    fprintf(stderr, "baogong-kiosk: %s\n", text_say(options->station.lang, &err.say, text, sizeof text));
    return EXIT_FAILED;
}

int main(int argc, char **argv)
{
    struct options options = {0};
    struct say     wrong;
    options.station.lang = lang_of(getenv("LANG"), LANG_ZH);
    bool carries = argc > 1 && strcmp(argv[1], "carry") == 0;
    if (carries) {
        argc--;
        argv++;
    }
    if (!options_read(argc, argv, &options, &wrong)) {
        char text[512];
        text_say(options.station.lang, &wrong, text, sizeof text);
        fprintf(stderr, "baogong-kiosk: %s\n", text);
        return EXIT_USAGE;
    }
    if (options.is_help) puts(text_of(options.station.lang, "kiosk.help"));
    if (options.is_version) puts("baogong-kiosk " BAOGONG_VERSION);
    if (options.is_help || options.is_version) return EXIT_DONE;
    if (options.is_list) return list(&options);
    if (carries) return carry_run(&options);
    if (!signals_start(options.station.is_driven)) {
        perror("baogong-kiosk");
        return EXIT_FAILED;
    }
    options.station.wake = options.station.is_driven ? wake_drive : wake_window;
    if (options.station.is_driven) options.station.is_offscreen = true;
    if (options.station.is_offscreen && options.station.width_px == 0) {
        options.station.width_px = 1024; /* no display tells */
        options.station.height_px = 600;
    }
    enum ending ending = ENDING_NONE;
    int         result = run(&options, &ending);
    if (ending == ENDING_RESTART) {
        execv("/proc/self/exe", argv);
        perror("baogong-kiosk");
        return EXIT_FAILED;
    }
    return result;
}
