/* ear.c - the scanner thread under test, and what is heard of it: tests/usb/ear.h. */
#include "tests/usb/ear.h"

#include <stdio.h>
#include <string.h>

enum { PATIENCE_MS = 5000 };

char one[CODE_TEXT_MAX], eights[CODE_TEXT_MAX], other[CODE_TEXT_MAX], enrol[CODE_TEXT_MAX];

struct scanner       *scanner;
struct scanner_status status;
static GMutex         wake_lock;
static GCond          wake_cond;
GString              *heard, *heard_other;
int                   device_number;

char why[WHY_MAX];

static void on_wake(void *self)
{
    (void)self;
    g_mutex_lock(&wake_lock);
    g_cond_signal(&wake_cond);
    g_mutex_unlock(&wake_lock);
}

static void line_hear(const struct scan *scan)
{
    GString    *to = device_number == 0 || scan->device == device_number ? heard : heard_other;
    struct code code;
    struct err  err;
    if (scan->wrong != NULL)
        g_string_append_printf(to, "!%s|", scan->wrong);
    else if (code_read(scan->text, scan->len, &code, &err))
        g_string_append_printf(to, "%s|", code.digits);
    else
        g_string_append_printf(to, "!%s|", err.say.id);
}

void ear_listen(void)
{
    static struct scan scan;
    if (scanner == NULL) return;
    while (scanner_take(scanner, &scan)) line_hear(&scan);
    int lost = scanner_lost(scanner);
    if (lost > 0) g_string_append_printf(heard, "!lost %d|", lost);
    scanner_look(scanner, &status);
}

/* Until it is so; false: it never is. The thread's word wakes, and the emulator's side is looked at every millisecond. */
bool is_soon(bool (*is_so)(const void *self), const void *self)
{
    gint64 until = g_get_monotonic_time() + PATIENCE_MS * 1000;
    for (;;) {
        ear_listen();
        if (is_so(self)) return true;
        if (g_get_monotonic_time() >= until) return false;
        g_mutex_lock(&wake_lock);
        g_cond_wait_until(&wake_cond, &wake_lock, g_get_monotonic_time() + 1000);
        g_mutex_unlock(&wake_lock);
    }
}

static bool is_heard(const void *expected)
{
    return strlen(heard->str) >= strlen(expected);
}

bool is_drained(const void *usb)
{
    return usb_is_drained((struct usb *)(uintptr_t)usb);
}

struct wanted {
    const struct usb_profile *profile;
    enum scanner_state        state;
};

const struct scanner_seen *seen_of(const struct usb_profile *profile)
{
    for (int i = 0; i < status.count; i++)
        if (status.list[i].id.vendor == profile->vendor && status.list[i].id.product == profile->product)
            return &status.list[i];
    return NULL;
}

static bool is_in_state(const void *self)
{
    const struct wanted       *wanted = self;
    const struct scanner_seen *seen = seen_of(wanted->profile);
    return seen != NULL && seen->state == wanted->state;
}

static bool is_ready(const void *self)
{
    (void)self;
    return status.is_ready;
}

bool is_state_soon(const struct usb_profile *profile, enum scanner_state state)
{
    struct wanted              wanted = {profile, state};
    bool                       is_so = is_soon(is_in_state, &wanted);
    const struct scanner_seen *seen = seen_of(profile);
    if (!is_so)
        snprintf(why, sizeof why, "%s is in state %d, not %d", profile->name, seen == NULL ? -1 : (int)seen->state,
                 (int)state);
    return is_so;
}

bool is_heard_soon(const char *expected)
{
    is_soon(is_heard, expected);
    bool is_so = strcmp(heard->str, expected) == 0;
    if (!is_so) snprintf(why, sizeof why, "%.200s instead of %.200s", heard->str, expected);
    return is_so;
}

void choose_put(struct choices *choices, const struct usb_profile *profile, int socket, enum hid_layout layout)
{
    struct choice choice = {.layout = layout, .mode = SCAN_MODE_KEYS};
    choice.id.vendor = profile->vendor;
    choice.id.product = profile->product;
    snprintf(choice.id.port, sizeof choice.id.port, "1-%d", socket);
    if (profile->serial != NULL) snprintf(choice.id.serial, sizeof choice.id.serial, "%s", profile->serial);
    choices_put(choices, &choice);
}

void ear_start(const struct choices *choices, bool only_looks)
{
    struct scanner_options options = {.only_looks = only_looks, .wake = on_wake};
    struct err             err;
    heard = g_string_new(NULL);
    heard_other = g_string_new(NULL);
    memset(&status, 0, sizeof status);
    device_number = 0;
    if (!scanner_start(&options, choices, &scanner, &err)) g_error("no thread");
    is_soon(is_ready, NULL);
}

void ear_stop(void)
{
    scanner_stop(scanner);
    scanner = NULL;
    g_string_free(heard, TRUE);
    g_string_free(heard_other, TRUE);
}
