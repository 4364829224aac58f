/* station_inside.h - what the files of the station share: its state, and what they call of each other. Nobody else's. */
#ifndef KIOSK_STATION_INSIDE_H
#define KIOSK_STATION_INSIDE_H

#include "core/db.h"
#include "kiosk/carrier.h"
#include "kiosk/keeper_thread.h"
#include "kiosk/opener.h"
#include "kiosk/scan/reader.h"
#include "kiosk/scan/scanner.h"
#include "kiosk/station.h"

enum { STATION_PATH_BYTES = 1024 };

struct station {
    struct station_options options;
    char                   path[STATION_PATH_BYTES]; /* of the database */
    int                    lock;
    struct clock           clock; /* shown and kept */
    struct clock           world; /* how long things take, whatever the clock's rate */
    struct keeper         *keeper;
    struct keeper_thread  *thread;
    struct db             *look;
    struct opener         *opener;
    struct carrier        *carrier;
    struct window         *window;
    struct reader          keys; /* of the window, and what a driver sends as reports */
    struct lines           lines;
    struct scanner        *usb;           /* NULL: none are looked for */
    struct scanner_status  usb_status;    /* as told last */
    bool                   has_key_scans; /* the window's keyboard is a scanner */
    struct flow            flow;
    struct scene           scene;

    int64_t start_ms, passed_ms; /* screen time where it is driven */
    int64_t wall_offset_ms;      /* the keeper's time minus the clock's */
    bool    is_saving, is_enrolling, is_stale;
    int64_t slow_ms;   /* world: when the save on its way is slow */
    int64_t learnt_ms; /* world: look again, not before */
    int64_t heard_ms;  /* world: of the newest learning */

    bool    is_damaged; /* the database is, since: */
    int64_t damaged_ms; /* world */

    int                 knobs_under_way; /* settings that the keeper hasn't dealt with */
    enum ending         ending;
    bool                must_reopen; /* at the next idle moment: core/db.h */
    bool                is_drawn;    /* at least once */
    bool                has_state;   /* the keeper has spoken */
    bool                is_dirty, is_built;
    bool                wants_board; /* the board is to be looked up, likewise */
    bool                wants_idle;  /* the queue is to be looked up, once what is new was drawn */
    int64_t             open_line; /* a line that was typed or touched, to be opened once the flow takes it; 0: none */
    enum event_how      open_how;
    int32_t             wants_page;  /* likewise the page of this worker; 0: of none */
    bool                is_prepared; /* what comes after the save was painted */
    int64_t             scene_ms;    /* screen time of the scene that stands */
    char                pressed[BUTTON_ID_MAX];
    enum sound          sound;
    struct station_last last;
    int64_t             made, waiting_at_start; /* -1: not known yet */
};

/* station.c: an input goes through the flow, and its effect is carried out. */
void station_feed(struct station *station, struct input *input);

/* The screen's time (frozen where it is driven, so that a slow machine changes nothing), the kiosk's, and the world's. */
int64_t station_screen_ms(const struct station *station);
int64_t station_wall_ms(const struct station *station);
int64_t station_world_ms(const struct station *station);

/* A damaged database doesn't mend while it is in use: the next start sets it aside. */
void station_damaged(struct station *station);

/* station_look.c: what the flow wants to know is looked up and fed to it. */
void station_found(struct station *station, const struct code *code, struct found *found);
void station_look_idle(struct station *station);
void station_look_diagnosis(struct station *station);
void station_look_crew(struct station *station);
void station_look_roll(struct station *station);
void station_look_order(struct station *station, int64_t line); /* line_ref_key() */
void station_look_board(struct station *station);
void station_look_note(struct station *station, int64_t note); /* note_ref_key() */
void station_look_lines(struct station *station, const char *number);
void station_open_line(struct station *station, int64_t line, enum event_how how);
void station_look_page(struct station *station, int32_t worker, int skip);
void station_look_people(struct station *station, const struct people_ask *ask);
void station_look_event(struct station *station, const struct hash *name);
void station_look_pay(struct station *station);   /* a PIN was tried */
void station_look_again(struct station *station); /* something was learnt: all that is on the screen */

/* station_scan.c: scanners on USB. */
bool station_usb_open(struct station *station, struct err *err) MUST_CHECK;
void station_usb_step(struct station *station); /* its lines, and what is new of it */
void station_usb_wish(struct station *station, const struct effect *effect);
bool station_has_scanner(const struct station *station);

#endif
