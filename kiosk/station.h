/* station.h - the rooms of a kiosk joined: scans and touches go to the flow, its effects to disk, loudspeaker, window.
 *
 * Belongs to main and drive, which only wait for something to happen and call in here. Everything runs on their one
 * thread; the keeper, the courier, the opener and the carrier have their own and call wake. Nothing here waits. */
#ifndef KIOSK_STATION_H
#define KIOSK_STATION_H

#include "core/clock.h"
#include "core/err.h"
#include "kiosk/flow/flow.h"
#include "kiosk/screen/window.h"

struct station;

struct station_options {
    const char *data;  /* folder; made where it isn't there */
    const char *clock; /* "BASE,RATE"; NULL: the machine's */
    const char *stick; /* folder in which a supervisor's file is put; NULL: the stick that is found */
    int         width_px, height_px;
    bool        is_offscreen;
    bool        is_driven;           /* screen timers run by station_pass() alone */
    bool        has_usb;             /* scanners on USB are looked for */
    enum lang   lang;                /* until somebody has set one here */
    bool        has_lang, has_theme; /* asked for: go before what was set here */
    enum theme  theme;
    bool may_enrol; /* the first enrolment is taken without a supervisor: whoever starts the program asks for it */
    void (*wake)(void *self); /* from any thread: there is news */
    void *self;
};

bool station_open(const struct station_options *options, struct station **station, struct err *err) MUST_CHECK;
void station_close(struct station *station); /* an entry on its way is saved first; takes NULL */

/* Prints the scanners that are plugged in, in words; opens none. False: it takes too long. */
bool station_list_scanners(enum lang lang, struct err *err) MUST_CHECK;

/* ---- What happens */

void station_scan(struct station *station, const char *text, size_t len);        /* a line as if decoded */
void station_report(struct station *station, const uint8_t *report, size_t len); /* of a boot keyboard */
void station_key(struct station *station, uint8_t usage, uint8_t modifiers);
void station_touch(struct station *station, float x_px, float y_px);
void station_release(struct station *station, float x_px, float y_px);
bool station_tap(struct station *station, const char *id); /* a button by its name; false: not there */
void station_redraw(struct station *station);

/* Takes what the other threads have put down, scans that wait, and what time brings. All keys are handed in before. */
void station_step(struct station *station);

/* The world's ms until station_step() is wanted next; at most 60,000. */
int station_wait_ms(const struct station *station);

/* The database is damaged, and nobody has anything in hand any more: the program must end. Its next start sets the
 * file aside and goes on with what can be read. */
bool station_is_over(const struct station *station);

/* A supervisor has said how the program ends; ENDING_NONE: it goes on. */
enum ending station_ending(const struct station *station);

/* The keeper has answered since this was asked last; it is asked again (keeper_thread.h). */
bool station_is_alive(struct station *station);

/* What a worker needs has been drawn. */
bool station_is_ready(const struct station *station);

/* Draws what is new. */
void station_draw(struct station *station);

/* Looks up what nobody waits for, once all that is new was drawn: the queue, and the sum after an entry. Draws it. */
void station_catch_up(struct station *station);

/* ---- For who drives it */

/* Nothing is on its way: no save, no enrolment, no PIN, no scan that waits or is half read. */
bool station_is_settled(const struct station *station);

void station_pass(struct station *station, int64_t ms); /* screen timers only */
bool station_shot(struct station *station, const char *path, struct err *err) MUST_CHECK;

struct station_last {
    bool            has_event;
    struct epoch    epoch;
    int64_t         seq;
    enum event_kind kind;
    struct hash     name;
};

const struct flow         *station_flow(const struct station *station);
const struct scene        *station_scene(struct station *station); /* as it stands now */
const struct station_last *station_last(const struct station *station);
struct window             *station_window(const struct station *station);

/* The newest sound since the last call. */
enum sound station_sound(struct station *station);

/* Events that were acknowledged since the start. */
int64_t station_sent(const struct station *station);

/* When something was learnt last, in the world's mono ms. */
int64_t station_learnt_ms(const struct station *station);

#endif
