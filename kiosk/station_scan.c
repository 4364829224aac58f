/* station_scan.c - scanners on USB: their lines join the station's, their states become words, wishes go to their thread.
 *
 * (texts: scan.mode.*, scan.state.*, scan.advice.*) */
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "core/text.h"
#include "kiosk/station_inside.h"

enum { LIST_MOST_MS = 5000 };

/* ---- In words */

static const char *state_word(enum scanner_state state)
{
    static const char *const WORDS[] = {"found", "working", "stuck",      "denied",
                                        "busy",  "failing", "wrong_mode", "absent"};
    return WORDS[state];
}

/* What is to be done; "": nothing. A mode that isn't read has its own words. */
static void advice_write(const struct scanner_seen *seen, char id[SAY_ID_MAX])
{
    id[0] = '\0';
    if (seen->state == SCANNER_WRONG_MODE)
        snprintf(id, SAY_ID_MAX, "scan.advice.%s", scan_mode_word(seen->mode));
    else if (seen->state != SCANNER_WORKING)
        snprintf(id, SAY_ID_MAX, "scan.advice.%s", state_word(seen->state));
}

static void row_write(const struct scanner_seen *seen, struct found_scanner *row)
{
    row->number = seen->number;
    snprintf(row->name, sizeof row->name, "%s", seen->name[0] != '\0' ? seen->name : "USB");
    snprintf(row->ids, sizeof row->ids, "%04x:%04x", seen->id.vendor, seen->id.product);
    snprintf(row->port, sizeof row->port, "%s", seen->id.port);
    snprintf(row->mode, sizeof row->mode, "scan.mode.%s", scan_mode_word(seen->mode));
    snprintf(row->state, sizeof row->state, "scan.state.%s", state_word(seen->state));
    advice_write(seen, row->advice);
    row->is_chosen = seen->is_chosen;
    row->is_working = seen->state == SCANNER_WORKING || seen->state == SCANNER_STUCK;
    _Static_assert((int)FOUND_LAYOUTS == (int)LAYOUTS,
                   "each layout has a number in kiosk/words.h, and a text on its key");
    row->has_layout = seen->mode == SCAN_MODE_KEYS && seen->is_chosen;
    row->layout = (int)seen->layout;
}

static enum found_teaching teaching_of(enum scanner_teaching teaching)
{
    switch (teaching) {
    case TEACHING_NOW: return FOUND_TEACHING;
    case TEACHING_DONE: return FOUND_TAUGHT;
    case TEACHING_NOTHING: return FOUND_NOT_TAUGHT;
    case TEACHING_NEVER: break;
    }
    return FOUND_NOT_TEACHING;
}

static void rows_write(const struct scanner_status *status, struct found_scanners *scanners)
{
    memset(scanners, 0, sizeof *scanners);
    scanners->teaching = teaching_of(status->teaching);
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < status->count && scanners->count < FOUND_SCANNERS_MAX; i++) {
            bool is_first = status->list[i].is_chosen || status->list[i].state == SCANNER_WORKING;
            if (is_first == (pass == 0)) row_write(&status->list[i], &scanners->rows[scanners->count++]);
        }
}

/* ---- The station's */

bool station_usb_open(struct station *station, struct err *err)
{
    struct scanner_options options = {.wake = station->options.wake, .self = station->options.self};
    struct choices         choices;
    char                   chosen[CHOSEN_TEXT_MAX];
    if (!station->options.has_usb) return true;
    if (!keeper_chosen(station->keeper, chosen, err)) return false;
    choices_read(chosen, &choices);
    station->usb_status.choices = choices;
    return scanner_start(&options, &choices, &station->usb, err);
}

/* A keyboard that nobody chose reaches the window, and may be a scanner; so may one that isn't on USB. Where none are looked
 * for, whoever drives the kiosk scans. */
bool station_has_scanner(const struct station *station)
{
    const struct scanner_status *status = &station->usb_status;
    if (station->usb == NULL || !status->is_ready) return true;
    return status->has_working || status->has_keys || (status->choices.count == 0 && station->has_key_scans);
}

static void seen_write(const struct station *station, const struct scanner_status *status,
                       struct found_scanners *scanners)
{
    for (int i = 0; i < scanners->count; i++)
        for (int k = 0; k < status->count; k++)
            if (status->list[k].number == scanners->rows[i].number && status->list[k].seen_ms > 0)
                scanners->rows[i].seen_ms =
                    station_wall_ms(station) - (station_world_ms(station) - status->list[k].seen_ms);
}

static void choices_keep(struct station *station, const struct scanner_status *status)
{
    char now[CHOICES_TEXT_MAX], before[CHOICES_TEXT_MAX];
    choices_write(&status->choices, now);
    choices_write(&station->usb_status.choices, before);
    if (strcmp(now, before) == 0) return;
    station->knobs_under_way++;
    keeper_post_chosen(station->thread, now);
}

/* The header tells at once when the last scanner was pulled out. */
static void state_feed(struct station *station)
{
    static struct input input;
    bool                has = station_has_scanner(station);
    if (!station->has_state || has == station->flow.state.has_scanner) return;
    memset(&input, 0, sizeof input);
    input.kind = INPUT_STATE;
    input.state = station->flow.state;
    input.state.has_scanner = has;
    keeper_post_scanner(station->thread, has);
    station_feed(station, &input);
}

static void status_take(struct station *station, const struct scanner_status *status)
{
    static struct input input;
    memset(&input, 0, sizeof input);
    input.kind = INPUT_SCANNERS;
    rows_write(status, &input.scanners);
    seen_write(station, status, &input.scanners);
    choices_keep(station, status);
    station->usb_status = *status;
    station_feed(station, &input);
}

/* As many as there is room for; the others wait in their thread's queue. */
static void lines_take_over(struct station *station)
{
    static struct scan scan;
    while (station->lines.count < SCANS_MAX - 1 && scanner_take(station->usb, &scan)) {
        if (scan.wrong != NULL)
            lines_wrong(&station->lines, scan.device, scan.wrong);
        else
            lines_put(&station->lines, scan.device, scan.text, scan.len, scan.is_typed);
    }
    station->lines.lost += scanner_lost(station->usb);
}

void station_usb_step(struct station *station)
{
    static struct scanner_status status;
    if (station->usb == NULL) return;
    lines_take_over(station);
    if (scanner_look(station->usb, &status)) status_take(station, &status);
    state_feed(station);
}

void station_usb_wish(struct station *station, const struct effect *effect)
{
    int layout = effect->layout % LAYOUTS;
    if (station->usb == NULL) return;
    switch (effect->wish) {
    case WISH_TEACH: scanner_teach(station->usb, true); break;
    case WISH_TEACH_END: scanner_teach(station->usb, false); break;
    case WISH_CHOOSE: scanner_choose(station->usb, effect->scanner, (enum hid_layout)layout); break;
    case WISH_LAYOUT: scanner_choose(station->usb, effect->scanner, (enum hid_layout)((layout + 1) % LAYOUTS)); break;
    case WISH_FORGET: scanner_forget(station->usb, effect->scanner); break;
    case WISH_NONE: break;
    }
}

/* ---- For whoever sets a kiosk up by hand */

static void wake_list(void *self)
{
    uint64_t one = 1;
    if (write(*(int *)self, &one, sizeof one) < 0) return; /* it is full: awake already */
}

static void list_print(enum lang lang, const struct scanner_status *status)
{
    static struct found_scanners scanners;
    rows_write(status, &scanners);
    if (scanners.count == 0) puts(text_of(lang, "scan.none"));
    for (int i = 0; i < scanners.count; i++) {
        const struct found_scanner *row = &scanners.rows[i];
        printf("%s  %-8s  %s: %s, %s. %s\n", row->ids, row->port, row->name, text_of(lang, row->mode),
               text_of(lang, row->state), row->advice[0] == '\0' ? "" : text_of(lang, row->advice));
    }
}

bool station_list_scanners(enum lang lang, struct err *err)
{
    static struct scanner_status status;
    int                          fd = eventfd(0, EFD_CLOEXEC);
    struct scanner_options       options = {.only_looks = true, .wake = wake_list, .self = &fd};
    struct scanner              *usb = NULL;
    struct pollfd                news = {.fd = fd, .events = POLLIN};
    if (fd < 0) return err_set(err, ERR_BUSY, SAY("kiosk.thread"));
    bool is_told = scanner_start(&options, NULL, &usb, err);
    if (is_told) {
        is_told = poll(&news, 1, LIST_MOST_MS) > 0 && scanner_look(usb, &status) && status.is_ready;
        if (!is_told) err_set(err, ERR_BUSY, SAY("scan.no_usb"));
    }
    if (is_told) list_print(lang, &status);
    scanner_stop(usb);
    close(fd);
    return is_told;
}
