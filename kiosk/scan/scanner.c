/* scanner.c - scanners on USB: kiosk/scan/scanner.h.
 *
 * The thread waits in libusb's event loop, which device.c's transfers and the hot-plug callback are called from; the latter
 * only notes what came and went. After each round: commands, what came, what went, each device's step, lines, status. */
#include "kiosk/scan/scanner.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/clock.h"
#include "core/code.h"
#include "core/log.h"
#include "kiosk/scan/device.h"

enum {
    COMMANDS_MAX = 8,
    WAIT_MOST_MS = 60000,
    AGAIN_MS = 5000, /* libusb could not be had */
    TWICE_MS = 1000, /* the same line from two interfaces of one device is one scan */
    STOP_MOST_MS = 5000,
    SECOND_MS = 1000,
    MS_US = 1000
};

/* What main asks for. */
enum command_kind { COMMAND_TEACH, COMMAND_TEACH_END, COMMAND_CHOOSE, COMMAND_FORGET };

struct command {
    enum command_kind kind;
    int               number;
    enum hid_layout   layout;
};

/* What the hot-plug callback noted: a reference each. */
struct notes {
    size_t          count, room;
    libusb_device **list;
};

struct scanner {
    struct scanner_options options;
    pthread_t              thread;
    pthread_mutex_t        lock;
    pthread_cond_t         stop;

    /* Under the lock. */
    bool                  is_stopping, has_news;
    libusb_context       *waking; /* whose wait can be interrupted; NULL: it doesn't wait there */
    int                   command_count;
    struct command        commands[COMMANDS_MAX];
    struct lines          lines;
    struct scanner_status status;

    /* The thread's own. */
    struct clock          clock;
    libusb_context       *context;
    struct notes          came, went;
    bool                  is_ready;
    size_t                count, room;
    struct device       **devices;
    int                   number; /* of the newest device */
    int                   alone;  /* listened to while nothing is chosen; 0: none */
    struct choices        choices;
    enum scanner_teaching teaching;
    int64_t               teach_ms; /* until */
    struct scanner_status now, was;
    struct lines          inbox;
    struct scan           last; /* the newest line, and its time */
    int64_t               last_ms;
};

/* ---- What came and went */

static void note(struct notes *notes, libusb_device *usb)
{
    notes->list = array_more(notes->list, notes->count, &notes->room, sizeof(void *));
    notes->list[notes->count++] = libusb_ref_device(usb);
}

/* No other call of libusb is safe here. */
static int LIBUSB_CALL on_plug(libusb_context *context, libusb_device *usb, libusb_hotplug_event event, void *self)
{
    struct scanner *scanner = self;
    (void)context;
    note(event == LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED ? &scanner->came : &scanner->went, usb);
    return 0;
}

static void device_add(struct scanner *scanner, libusb_device *usb)
{
    struct device *device = device_new(usb, scanner->number + 1, &scanner->clock, &scanner->inbox);
    if (device == NULL) return;
    scanner->devices = array_more(scanner->devices, scanner->count, &scanner->room, sizeof(struct device *));
    scanner->number++;
    scanner->devices[scanner->count++] = device;
}

static void device_left(struct scanner *scanner, const libusb_device *usb)
{
    for (size_t i = 0; i < scanner->count; i++) {
        if (scanner->devices[i]->usb != usb) continue;
        scanner->devices[i]->is_gone = true;
        device_shut(scanner->devices[i], "scan.unplugged");
    }
}

/* One that came and went meanwhile stands in both: it came first. */
static void notes_do(struct scanner *scanner)
{
    for (size_t i = 0; i < scanner->came.count; i++) {
        device_add(scanner, scanner->came.list[i]);
        libusb_unref_device(scanner->came.list[i]);
    }
    for (size_t i = 0; i < scanner->went.count; i++) {
        device_left(scanner, scanner->went.list[i]);
        libusb_unref_device(scanner->went.list[i]);
    }
    scanner->came.count = scanner->went.count = 0;
}

static void gone_free(struct scanner *scanner)
{
    size_t kept = 0;
    for (size_t i = 0; i < scanner->count; i++) {
        struct device *device = scanner->devices[i];
        if (device->is_gone && device->stage == DEVICE_SHUT)
            device_free(device);
        else
            scanner->devices[kept++] = device;
    }
    scanner->count = kept;
}

static struct device *device_of(struct scanner *scanner, int number)
{
    for (size_t i = 0; i < scanner->count; i++)
        if (scanner->devices[i]->number == number) return scanner->devices[i];
    return NULL;
}

/* ---- Which are listened to */

/* It says by itself that it is a scanner. */
static bool is_plain(const struct device *device)
{
    return !device->is_gone && (device->mode == SCAN_MODE_POS || device->mode == SCAN_MODE_SERIAL);
}

/* While nothing is chosen: the only one there is, and that one still when another comes. */
static void alone_update(struct scanner *scanner)
{
    int count = 0, number = 0;
    for (size_t i = 0; i < scanner->count; i++) {
        const struct device *device = scanner->devices[i];
        if (!is_plain(device)) continue;
        if (device->number == scanner->alone) return;
        number = device->number;
        count++;
    }
    scanner->alone = count == 1 ? number : 0;
}

static bool is_wanted(const struct scanner *scanner, const struct device *device)
{
    if (scanner->options.only_looks || device->is_gone || device->face_count == 0) return false;
    if (scanner->teaching == TEACHING_NOW) return true;
    if (scanner->choices.count == 0) return device->number == scanner->alone;
    return choices_find(&scanner->choices, &device->id) >= 0;
}

static enum hid_layout layout_for(const struct scanner *scanner, const struct device *device)
{
    int at = choices_find(&scanner->choices, &device->id);
    return at < 0 ? LAYOUT_US : scanner->choices.list[at].layout;
}

static void device_policy(struct scanner *scanner, struct device *device)
{
    bool is_wanted_now = is_wanted(scanner, device);
    if (!is_wanted_now) device_shut(device, NULL);
    if (is_wanted_now && device->stage == DEVICE_SHUT && clock_mono_ms(&scanner->clock) >= device->retry_ms)
        device_open(device, layout_for(scanner, device), scanner->teaching == TEACHING_NOW);
}

/* Opened as it should be read now: with one layout, or with each. */
static void all_again(struct scanner *scanner)
{
    for (size_t i = 0; i < scanner->count; i++) device_shut(scanner->devices[i], NULL);
}

/* ---- Commands */

static void choose(struct scanner *scanner, const struct device *device, int interface, enum scan_mode mode,
                   enum hid_layout layout)
{
    struct choice choice;
    memset(&choice, 0, sizeof choice);
    choice.id = device->id;
    choice.interface = interface;
    choice.mode = mode;
    choice.layout = layout;
    choices_put(&scanner->choices, &choice);
}

static void teach_end(struct scanner *scanner, enum scanner_teaching how)
{
    if (scanner->teaching != TEACHING_NOW) return;
    scanner->teaching = how;
    all_again(scanner);
}

static void forget(struct scanner *scanner, int number)
{
    const struct device *device = device_of(scanner, number);
    int at = device != NULL ? choices_find(&scanner->choices, &device->id) : number < 0 ? -number - 1 : -1;
    if (at >= 0 && at < scanner->choices.count) choices_drop(&scanner->choices, at);
}

static void command_do(struct scanner *scanner, const struct command *command)
{
    const struct device *device = device_of(scanner, command->number);
    switch (command->kind) {
    case COMMAND_TEACH:
        scanner->teach_ms = clock_mono_ms(&scanner->clock) + SCANNER_TEACH_MS;
        if (scanner->teaching != TEACHING_NOW) all_again(scanner);
        scanner->teaching = TEACHING_NOW;
        break;
    case COMMAND_TEACH_END: teach_end(scanner, TEACHING_NOTHING); break;
    case COMMAND_CHOOSE:
        if (device == NULL || device->face_count == 0) return;
        choose(scanner, device, device->faces[0].interface, device->mode, command->layout);
        all_again(scanner);
        break;
    case COMMAND_FORGET: forget(scanner, command->number); break;
    }
}

static void commands_do(struct scanner *scanner)
{
    struct command commands[COMMANDS_MAX];
    pthread_mutex_lock(&scanner->lock);
    int count = scanner->command_count;
    memcpy(commands, scanner->commands, sizeof commands);
    scanner->command_count = 0;
    pthread_mutex_unlock(&scanner->lock);
    for (int i = 0; i < count; i++) command_do(scanner, &commands[i]);
    if (scanner->teaching == TEACHING_NOW && clock_mono_ms(&scanner->clock) >= scanner->teach_ms)
        teach_end(scanner, TEACHING_NOTHING);
}

/* ---- Lines */

/* The first whole code tells which device is the scanner, and under which layout its keys are digits. */
static void teach_hear(struct scanner *scanner, const struct scan *scan)
{
    int             number, face;
    enum hid_layout layout;
    struct code     code;
    struct err      err;
    device_untag(scan->device, &number, &face, &layout);
    const struct device *device = device_of(scanner, number);
    if (device == NULL || scan->wrong != NULL || !code_read(scan->text, scan->len, &code, &err)) return;
    choose(scanner, device, device->faces[face].interface, device->faces[face].mode, layout);
    teach_end(scanner, TEACHING_DONE);
}

/* Without the ends that a scanner adds. */
static size_t bare_len(const struct scan *scan)
{
    size_t len = scan->len;
    while (len > 0 && (scan->text[len - 1] == '\r' || scan->text[len - 1] == '\n' || scan->text[len - 1] == '\t'))
        len--;
    return len;
}

/* A device that is keyboard and HID POS at once may send both ways. */
static bool is_twice(const struct scanner *scanner, const struct scan *scan, int64_t now_ms)
{
    int             number, face, last_number, last_face;
    enum hid_layout layout;
    size_t          len = bare_len(scan);
    device_untag(scan->device, &number, &face, &layout);
    device_untag(scanner->last.device, &last_number, &last_face, &layout);
    return scan->wrong == NULL && number == last_number && face != last_face && now_ms - scanner->last_ms < TWICE_MS &&
           len == bare_len(&scanner->last) && memcmp(scan->text, scanner->last.text, len) == 0;
}

/* Puts a line down for whoever takes it. */
static void line_give(struct scanner *scanner, const struct scan *scan)
{
    int             number, face;
    enum hid_layout layout;
    int64_t         now_ms = clock_mono_ms(&scanner->clock);
    device_untag(scan->device, &number, &face, &layout);
    struct device *device = device_of(scanner, number);
    if (device != NULL) device->seen_ms = now_ms;
    if (is_twice(scanner, scan, now_ms)) return;
    pthread_mutex_lock(&scanner->lock);
    if (scan->wrong != NULL)
        lines_wrong(&scanner->lines, number, scan->wrong);
    else
        lines_put(&scanner->lines, number, scan->text, scan->len, false);
    pthread_mutex_unlock(&scanner->lock);
    scanner->last = *scan;
    scanner->last_ms = now_ms;
}

/* True: there were some. */
static bool lines_move(struct scanner *scanner)
{
    const struct scan *scan;
    bool               has_moved = scanner->inbox.count > 0 || scanner->inbox.lost > 0;
    bool               is_taught = scanner->teaching == TEACHING_NOW; /* then each line stands there once a layout */
    while ((scan = lines_take(&scanner->inbox)) != NULL) {
        if (!is_taught)
            line_give(scanner, scan);
        else if (scanner->teaching == TEACHING_NOW)
            teach_hear(scanner, scan);
    }
    int lost = lines_lost(&scanner->inbox);
    pthread_mutex_lock(&scanner->lock);
    scanner->lines.lost += lost;
    pthread_mutex_unlock(&scanner->lock);
    return has_moved;
}

/* ---- Status */

static enum scanner_state state_of(const struct scanner *scanner, struct device *device)
{
    if (!scan_mode_is_read(device->mode)) return SCANNER_WRONG_MODE;
    if (device->stage == DEVICE_OPEN) return device_is_stuck(device) ? SCANNER_STUCK : SCANNER_WORKING;
    switch (device->error) {
    case 0: return device_is_denied(device) ? SCANNER_DENIED : SCANNER_FOUND;
    case LIBUSB_ERROR_ACCESS: return SCANNER_DENIED;
    case LIBUSB_ERROR_BUSY: return SCANNER_BUSY;
    default: return is_wanted(scanner, device) ? SCANNER_FAILING : SCANNER_FOUND;
    }
}

static void seen_write(const struct scanner *scanner, struct device *device, struct scanner_seen *seen)
{
    int at = choices_find(&scanner->choices, &device->id);
    seen->number = device->number;
    memcpy(seen->name, device->name, sizeof seen->name);
    seen->id = device->id;
    seen->mode = device->mode;
    seen->is_chosen = at >= 0;
    seen->layout = layout_for(scanner, device);
    seen->state = state_of(scanner, device);
}

static void absent_write(const struct scanner *scanner, int at, struct scanner_seen *seen)
{
    const struct choice *choice = &scanner->choices.list[at];
    const struct known  *known = known_find(choice->id.vendor, choice->id.product);
    seen->number = -at - 1;
    if (known != NULL) memcpy(seen->name, known->name, strlen(known->name));
    seen->id = choice->id;
    seen->mode = choice->mode;
    seen->is_chosen = true;
    seen->layout = choice->layout;
    seen->state = SCANNER_ABSENT;
}

static bool is_there(const struct scanner *scanner, const struct choice *choice)
{
    struct choices one = {.count = 1, .list = {*choice}};
    for (size_t i = 0; i < scanner->count; i++)
        if (!scanner->devices[i]->is_gone && choices_find(&one, &scanner->devices[i]->id) == 0) return true;
    return false;
}

/* Chosen ones first, so that they stand in the list whatever else is plugged in. */
static void status_write(const struct scanner *scanner, struct scanner_status *status)
{
    memset(status, 0, sizeof *status);
    status->is_ready = scanner->is_ready;
    status->teaching = scanner->teaching;
    status->choices = scanner->choices;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < scanner->count && status->count < SCANNERS_MAX; i++) {
            struct device *device = scanner->devices[i];
            bool           is_chosen = choices_find(&scanner->choices, &device->id) >= 0;
            if (!device->is_gone && is_chosen == (pass == 0))
                seen_write(scanner, device, &status->list[status->count++]);
        }
        for (int i = 0; i < scanner->choices.count && pass == 0 && status->count < SCANNERS_MAX; i++)
            if (!is_there(scanner, &scanner->choices.list[i])) absent_write(scanner, i, &status->list[status->count++]);
    }
    for (int i = 0; i < status->count; i++) {
        enum scanner_state state = status->list[i].state;
        status->has_working |= state == SCANNER_WORKING || state == SCANNER_STUCK;
        status->has_keys |= scanner->choices.count == 0 && status->list[i].mode == SCAN_MODE_KEYS;
    }
}

static bool is_same_seen(const struct scanner_seen *a, const struct scanner_seen *b)
{
    return a->number == b->number && a->mode == b->mode && a->layout == b->layout && a->state == b->state &&
           a->is_chosen == b->is_chosen && strcmp(a->name, b->name) == 0 && strcmp(a->id.port, b->id.port) == 0;
}

static bool is_same(const struct scanner_status *a, const struct scanner_status *b)
{
    char chosen[CHOICES_TEXT_MAX], chosen_before[CHOICES_TEXT_MAX];
    choices_write(&a->choices, chosen);
    choices_write(&b->choices, chosen_before);
    bool is_equal = a->is_ready == b->is_ready && a->has_working == b->has_working && a->has_keys == b->has_keys &&
                    a->teaching == b->teaching && a->count == b->count && strcmp(chosen, chosen_before) == 0;
    for (int i = 0; i < a->count && is_equal; i++) is_equal = is_same_seen(&a->list[i], &b->list[i]);
    return is_equal;
}

/* When a line came last is told along, but is no news: else each scan would be. */
static bool status_publish(struct scanner *scanner)
{
    struct scanner_status *now = &scanner->now, *was = &scanner->was;
    status_write(scanner, now);
    pthread_mutex_lock(&scanner->lock);
    bool is_news = !is_same(was, now);
    *was = *now;
    for (int i = 0; i < now->count; i++) {
        const struct device *device = device_of(scanner, now->list[i].number);
        if (device != NULL) now->list[i].seen_ms = device->seen_ms;
    }
    scanner->status = *now;
    scanner->has_news |= is_news;
    pthread_mutex_unlock(&scanner->lock);
    return is_news;
}

/* ---- The thread */

static bool is_stopping(struct scanner *scanner)
{
    pthread_mutex_lock(&scanner->lock);
    bool is_over = scanner->is_stopping;
    pthread_mutex_unlock(&scanner->lock);
    return is_over;
}

static bool context_open(struct scanner *scanner)
{
    enum { EVENTS = LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT };
    int error = libusb_init(&scanner->context);
    if (error == 0) {
        error = libusb_hotplug_register_callback(scanner->context, EVENTS, LIBUSB_HOTPLUG_ENUMERATE,
                                                 LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY,
                                                 LIBUSB_HOTPLUG_MATCH_ANY, on_plug, scanner, NULL);
        if (error == 0) return true;
        libusb_exit(scanner->context);
    }
    scanner->context = NULL;
    log_line(LOG_WARNING, "usb: %s; tried again", libusb_error_name(error));
    return false;
}

/* Until it can be had, or the end. */
static void context_wait(struct scanner *scanner)
{
    while (!is_stopping(scanner) && !context_open(scanner)) {
        struct timespec until = clock_real_after(AGAIN_MS);
        pthread_mutex_lock(&scanner->lock);
        if (!scanner->is_stopping) pthread_cond_timedwait(&scanner->stop, &scanner->lock, &until);
        pthread_mutex_unlock(&scanner->lock);
    }
    pthread_mutex_lock(&scanner->lock);
    scanner->waking = scanner->context;
    pthread_mutex_unlock(&scanner->lock);
}

static int64_t wait_ms(const struct scanner *scanner)
{
    int64_t now_ms = clock_mono_ms(&scanner->clock), due_ms = now_ms + WAIT_MOST_MS;
    if (scanner->teaching == TEACHING_NOW && scanner->teach_ms < due_ms) due_ms = scanner->teach_ms;
    for (size_t i = 0; i < scanner->count; i++) {
        const struct device *device = scanner->devices[i];
        int64_t              device_ms = device_deadline(device, is_wanted(scanner, device));
        if (device_ms < due_ms) due_ms = device_ms;
    }
    return due_ms > now_ms ? due_ms - now_ms : 0;
}

static void events_wait(struct scanner *scanner)
{
    int64_t        ms = scanner->is_ready ? wait_ms(scanner) : 0;
    struct timeval wait = {.tv_sec = (time_t)(ms / SECOND_MS), .tv_usec = (suseconds_t)(ms % SECOND_MS * MS_US)};
    libusb_handle_events_timeout_completed(scanner->context, &wait, NULL);
}

static void round_do(struct scanner *scanner)
{
    events_wait(scanner);
    commands_do(scanner);
    notes_do(scanner);
    alone_update(scanner);
    for (size_t i = 0; i < scanner->count; i++) {
        device_policy(scanner, scanner->devices[i]);
        device_step(scanner->devices[i]);
    }
    gone_free(scanner);
    scanner->is_ready = true;
    bool has_lines = lines_move(scanner);
    if (status_publish(scanner) || has_lines) scanner->options.wake(scanner->options.self);
}

/* Everything is given back, as long as the kernel gives back what is under way. */
static bool all_close(struct scanner *scanner)
{
    int64_t until_ms = clock_mono_ms(&scanner->clock) + STOP_MOST_MS;
    bool    is_open = true;
    all_again(scanner);
    while (is_open && clock_mono_ms(&scanner->clock) < until_ms) {
        struct timeval wait = {.tv_usec = SECOND_MS};
        is_open = false;
        for (size_t i = 0; i < scanner->count; i++) {
            device_step(scanner->devices[i]);
            is_open |= scanner->devices[i]->stage != DEVICE_SHUT;
        }
        if (is_open) libusb_handle_events_timeout_completed(scanner->context, &wait, NULL);
    }
    return !is_open;
}

static void context_close(struct scanner *scanner)
{
    pthread_mutex_lock(&scanner->lock);
    scanner->waking = NULL;
    pthread_mutex_unlock(&scanner->lock);
    if (scanner->context == NULL || !all_close(scanner)) return; /* what is still under way can't be freed */
    notes_do(scanner);
    for (size_t i = 0; i < scanner->count; i++) device_free(scanner->devices[i]);
    scanner->count = 0;
    libusb_exit(scanner->context);
}

static void *run(void *self)
{
    struct scanner *scanner = self;
    sigset_t        all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, NULL); /* they are the main thread's */
    context_wait(scanner);
    while (!is_stopping(scanner)) round_do(scanner);
    context_close(scanner);
    return NULL;
}

/* ---- Whoever starts it */

bool scanner_start(const struct scanner_options *options, const struct choices *choices, struct scanner **scanner,
                   struct err *err)
{
    struct scanner    *made = calloc(1, sizeof *made);
    pthread_condattr_t monotonic;
    if (made == NULL) abort();
    made->options = *options;
    if (choices != NULL) made->choices = *choices;
    clock_start_real(&made->clock);
    pthread_mutex_init(&made->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&made->stop, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&made->thread, NULL, run, made) == 0) {
        *scanner = made;
        return true;
    }
    pthread_cond_destroy(&made->stop);
    pthread_mutex_destroy(&made->lock);
    free(made);
    return err_set(err, ERR_BUSY, SAY("kiosk.thread"));
}

/* Under the lock. */
static void wait_interrupt(struct scanner *scanner)
{
    if (scanner->waking != NULL) libusb_interrupt_event_handler(scanner->waking);
}

void scanner_stop(struct scanner *scanner)
{
    if (scanner == NULL) return;
    pthread_mutex_lock(&scanner->lock);
    scanner->is_stopping = true;
    wait_interrupt(scanner);
    pthread_cond_signal(&scanner->stop);
    pthread_mutex_unlock(&scanner->lock);
    pthread_join(scanner->thread, NULL);
    bool is_clean = scanner->count == 0;
    free(scanner->came.list);
    free(scanner->went.list);
    pthread_cond_destroy(&scanner->stop);
    pthread_mutex_destroy(&scanner->lock);
    if (!is_clean) return; /* a transfer of a broken driver still knows it */
    free(scanner->devices);
    free(scanner);
}

bool scanner_take(struct scanner *scanner, struct scan *scan)
{
    pthread_mutex_lock(&scanner->lock);
    const struct scan *oldest = lines_take(&scanner->lines);
    if (oldest != NULL) {
        scan->device = oldest->device;
        scan->is_typed = oldest->is_typed;
        scan->wrong = oldest->wrong;
        scan->len = oldest->len;
        memcpy(scan->text, oldest->text, oldest->len);
    }
    pthread_mutex_unlock(&scanner->lock);
    return oldest != NULL;
}

int scanner_lost(struct scanner *scanner)
{
    pthread_mutex_lock(&scanner->lock);
    int lost = lines_lost(&scanner->lines);
    pthread_mutex_unlock(&scanner->lock);
    return lost;
}

bool scanner_look(struct scanner *scanner, struct scanner_status *status)
{
    pthread_mutex_lock(&scanner->lock);
    bool is_news = scanner->has_news;
    scanner->has_news = false;
    *status = scanner->status;
    pthread_mutex_unlock(&scanner->lock);
    return is_news;
}

/* More at once than a finger can touch are left out. */
static void command_post(struct scanner *scanner, enum command_kind kind, int number, enum hid_layout layout)
{
    pthread_mutex_lock(&scanner->lock);
    if (scanner->command_count < COMMANDS_MAX)
        scanner->commands[scanner->command_count++] = (struct command){kind, number, layout};
    wait_interrupt(scanner);
    pthread_mutex_unlock(&scanner->lock);
}

void scanner_teach(struct scanner *scanner, bool is_on)
{
    command_post(scanner, is_on ? COMMAND_TEACH : COMMAND_TEACH_END, 0, LAYOUT_US);
}

void scanner_choose(struct scanner *scanner, int number, enum hid_layout layout)
{
    command_post(scanner, COMMAND_CHOOSE, number, layout);
}

void scanner_forget(struct scanner *scanner, int number)
{
    command_post(scanner, COMMAND_FORGET, number, LAYOUT_US);
}
