/* station_look.c - what the flow asks for, looked up on the disk: kiosk/station_inside.h. To extend, add a function. */
#include "kiosk/station_inside.h"

#include <stdio.h>
#include <string.h>

#include "core/log.h"
#include "kiosk/keep/diagnosis.h"
#include "kiosk/keep/look.h"
#include "kiosk/keep/salvage.h"
#include "kiosk/screen/sound.h"

enum {
    LEARNT_PAUSE_MS = 250,
    LEARNT_PARTS = 10 /* a slow machine with many sheets spends a tenth of its time on that at most */
};

/* ---- Looking */

static struct look look_of(const struct station *station, int32_t workers[CREW_MAX])
{
    const struct flow *flow = &station->flow;
    for (int i = 0; i < flow->crew_count; i++) workers[i] = flow->crew[i].number;
    return (struct look){.station = flow->state.station,
                         .now_ms = station_wall_ms(station),
                         .mono_ms = station_screen_ms(station),
                         .day = flow->state.day,
                         .shift = flow->state.shift,
                         .worker_count = flow->crew_count,
                         .workers = workers,
                         .is_dock = flow->state.is_dock,
                         .note = flow->dock.has_note ? flow->dock.note.key : 0};
}

static void look_failed(struct station *station, const char *what, const struct err *err)
{
    log_err(LOG_WARNING, what, err);
    if (err->kind != ERR_DAMAGED) return;
    salvage_mark(station->path);
    station_damaged(station);
}

/* What was looked up goes to the flow; what couldn't be, into the log, and the screen stays as it is. */
static void look_feed(struct station *station, bool is_good, const char *what, struct input *input,
                      const struct err *err)
{
    if (is_good)
        station_feed(station, input);
    else
        look_failed(station, what, err);
}

/* What the disk can't tell is unknown: saved and held. */
static void found_nothing(const struct code *code, struct found *found)
{
    memset(found, 0, sizeof *found);
    found->has_worker = code->kind == CODE_BADGE;
    found->has_sheet = code->kind == CODE_SHEET || code->kind == CODE_PIECE;
    found->has_note = code->kind == CODE_NOTE;
    if (found->has_worker) found->worker.badge = code->badge;
    if (found->has_note) found->note.key = note_ref_key(&code->note);
    if (found->has_sheet) found->sheet = (struct found_sheet){.ref = code->sheet, .revision = REVISION_UNKNOWN};
}

void station_found(struct station *station, const struct code *code, struct found *found)
{
    int32_t     workers[CREW_MAX];
    struct look look = look_of(station, workers);
    struct err  err;
    if (!look_code(station->look, &look, code, found, &err)) {
        look_failed(station, "look", &err);
        found_nothing(code, found);
    }
    bool has_sheet = station->flow.has_sheet && !station->flow.is_correcting;
    if (!found->has_worker || !has_sheet || station->flow.crew_count > 0) return;
    /* A badge after the sheet: what he reported of it moments ago is asked for as well. */
    struct found again;
    look.worker_count = 1;
    workers[0] = found->worker.number;
    if (!look_code(station->look, &look, &station->flow.sheet_code, &again, &err)) {
        look_failed(station, "look", &err);
        return;
    }
    found->has_sheet = true;
    found->sheet = again.sheet;
}

static void look_stopped(struct station *station, const struct look *look)
{
    struct err          err;
    static struct input input;
    memset(&input, 0, sizeof input);
    input.kind = INPUT_STOPS;
    bool is_good = look_stops(station->look, look, &input.stops, &err);
    look_feed(station, is_good, "stops", &input, &err);
}

static void look_questions(struct station *station, const struct look *look)
{
    struct err          err;
    static struct input input;
    memset(&input, 0, sizeof input);
    input.kind = INPUT_ASKED;
    bool is_good = look_asked(station->look, look, &input.asked, &err);
    look_feed(station, is_good, "questions", &input, &err);
}

/* The delivery notes that wait, where they are loaded. */
static void look_docked(struct station *station)
{
    struct err          err;
    static struct input input;
    memset(&input, 0, sizeof input);
    input.kind = INPUT_NOTES;
    if (!station->flow.state.is_dock) return;
    bool is_good = look_notes(station->look, &input.notes, &err);
    look_feed(station, is_good, "notes", &input, &err);
}

void station_look_idle(struct station *station)
{
    int32_t             workers[CREW_MAX];
    struct look         look = look_of(station, workers);
    struct err          err;
    static struct input input;
    memset(&input, 0, sizeof input);
    input.kind = INPUT_IDLE;
    bool is_good = look_idle(station->look, &look, &input.idle, &err);
    look_feed(station, is_good, "queue", &input, &err);
    look_docked(station);
    look_stopped(station, &look);
    look_questions(station, &look);
}

void station_look_note(struct station *station, int64_t note)
{
    int32_t             workers[CREW_MAX];
    struct look         look = look_of(station, workers);
    struct err          err;
    static struct input input;
    memset(&input, 0, sizeof input);
    input.kind = INPUT_NOTE;
    bool is_good = look_note(station->look, &look, note, &input.found, &err);
    look_feed(station, is_good, "note", &input, &err);
}

void station_look_order(struct station *station, int64_t line)
{
    int32_t             workers[CREW_MAX];
    struct look         look = look_of(station, workers);
    struct err          err;
    static struct input input;
    memset(&input, 0, sizeof input);
    input.kind = INPUT_ORDER;
    bool is_good = look_order(station->look, &look, line_ref_of_key(line), &input.order, &err);
    look_feed(station, is_good, "order", &input, &err);
}

void station_look_board(struct station *station)
{
    const struct flow  *flow = &station->flow;
    int32_t             workers[CREW_MAX];
    struct look         look = look_of(station, workers);
    struct err          err;
    static struct input input;
    if (flow->screen != SCREEN_BOARD) return;
    memset(&input, 0, sizeof input);
    input.kind = INPUT_BOARD;
    bool is_good = look_board(station->look, &look, flow->board.view, look.day - flow->board_back, &input.board, &err);
    look_feed(station, is_good, "board", &input, &err);
}

void station_look_crew(struct station *station)
{
    int32_t             workers[CREW_MAX];
    struct look         look = look_of(station, workers);
    struct err          err;
    static struct input input;
    memset(&input, 0, sizeof input);
    input.kind = INPUT_CREW;
    bool is_good = look_crew(station->look, &look, &input.crew, &err);
    look_feed(station, is_good, "crew", &input, &err);
}

void station_look_roll(struct station *station)
{
    int32_t             workers[CREW_MAX];
    struct look         look = look_of(station, workers);
    struct err          err;
    static struct input input;
    memset(&input, 0, sizeof input);
    input.kind = INPUT_ROLL;
    bool is_good = look_roll(station->look, &look, &input.roll, &err);
    look_feed(station, is_good, "roll", &input, &err);
}

void station_look_lines(struct station *station, const char *number)
{
    int32_t             workers[CREW_MAX];
    struct look         look = look_of(station, workers);
    struct err          err;
    static struct input input;
    memset(&input, 0, sizeof input);
    input.kind = INPUT_LINES;
    bool is_good = look_lines(station->look, &look, number, &input.lines, &err);
    look_feed(station, is_good, "number", &input, &err);
}

/* A line that was typed or touched: its newest sheet, as if it had been scanned. */
void station_open_line(struct station *station, int64_t line, enum event_how how)
{
    struct err          err;
    static struct input input;
    memset(&input, 0, sizeof input);
    input.kind = INPUT_SCAN;
    input.how = how;
    input.code.kind = CODE_SHEET;
    bool is_there = false;
    if (!look_newest(station->look, line, &input.code.sheet, &is_there, &err)) {
        look_failed(station, "line", &err);
        input.kind = INPUT_BAD_CODE;
        input.say = err.say;
    } else if (is_there) {
        station_found(station, &input.code, &input.found);
    } else {
        char order[LINE_REF_TEXT];
        line_ref_short(line_ref_of_key(line), order);
        input.kind = INPUT_BAD_CODE;
        input.say = say_text(SAY("flow.number_none"), order);
    }
    station_feed(station, &input);
}

void station_look_page(struct station *station, int32_t worker, int skip)
{
    int32_t             workers[CREW_MAX];
    struct look         look = look_of(station, workers);
    struct err          err;
    static struct input input;
    memset(&input, 0, sizeof input);
    input.kind = INPUT_PAGE;
    look.skip = skip;
    bool is_good = look_page(station->look, &look, worker, &input.page, &err);
    look_feed(station, is_good, "page", &input, &err);
}

static void log_take(struct found_diagnosis *diagnosis)
{
    struct log_kept kept[LOG_KEPT_MAX];
    int             count = log_kept(kept);
    for (int i = 0; i < count && i < FOUND_LOG_MAX; i++) {
        diagnosis->log[i].wall_ms = kept[i].wall_ms;
        snprintf(diagnosis->log[i].text, sizeof diagnosis->log[i].text, "%s", kept[i].text);
        diagnosis->log_count = i + 1;
    }
}

void station_look_diagnosis(struct station *station)
{
    static const enum hearing HEARINGS[] = {
        [SOUND_UNTRIED] = HEARING_UNTRIED, [SOUND_HEARD] = HEARING_GOOD, [SOUND_NO_DEVICE] = HEARING_NONE};
    struct err              err;
    static struct input     input;
    struct found_diagnosis *diagnosis = &input.diagnosis;
    memset(&input, 0, sizeof input);
    input.kind = INPUT_DIAGNOSIS;
    diagnosis->heard_ms = diagnosis->free_bytes = diagnosis->database_bytes = -1;
    diagnosis->days_left = -1;
    if (!diagnosis_look(station->look, station->path, station_wall_ms(station), diagnosis, &err))
        look_failed(station, "diagnosis", &err);
    snprintf(diagnosis->version, sizeof diagnosis->version, "%s", BAOGONG_VERSION);
    diagnosis->offset_ms = station->wall_offset_ms;
    diagnosis->hearing = HEARINGS[sound_ear()];
    log_take(diagnosis);
    station_feed(station, &input);
}

void station_look_people(struct station *station, const struct people_ask *ask)
{
    static struct input input;
    struct err          err;
    memset(&input, 0, sizeof input);
    input.kind = INPUT_PEOPLE;
    bool is_good = look_workers(station->look, ask, &input.people, &err);
    look_feed(station, is_good, "people", &input, &err);
}

void station_look_event(struct station *station, const struct hash *name)
{
    static struct input input;
    struct err          err;
    memset(&input, 0, sizeof input);
    input.kind = INPUT_EVENT;
    input.name = *name;
    input.is_good = look_event(station->look, name, &input.event, &err);
    if (!input.is_good) {
        look_failed(station, "entry", &err);
        input.say = err.say;
    }
    station_feed(station, &input);
}

void station_look_pay(struct station *station)
{
    static struct input input;
    struct seal_pair    pair;
    struct err          err;
    bool                is_made;
    int32_t             worker, workers[CREW_MAX];
    if (!opener_take(station->opener, &worker, &is_made, &pair)) return;
    struct look look = look_of(station, workers);
    memset(&input, 0, sizeof input);
    input.kind = INPUT_PAY;
    if (!is_made)
        input.pay.say = SAY("kiosk.busy");
    else if (!look_pay(station->look, &look, worker, &pair, &input.pay, &err)) {
        look_failed(station, "pay", &err);
        input.pay.say = err.say;
    }
    explicit_bzero(&pair, sizeof pair);
    station_feed(station, &input);
}

/* Whoever is signed in, or was last: his name, his crew, his badge may have changed. */
static void look_people(struct station *station)
{
    const struct flow  *flow = &station->flow;
    int64_t             badges[2 * CREW_MAX];
    int                 count = 0;
    static struct input input;
    for (int i = 0; i < flow->crew_count; i++) badges[count++] = flow->crew[i].badge;
    for (int i = 0; i < flow->last_crew_count && flow->last_count > 0; i++) badges[count++] = flow->last_crew[i].badge;
    for (int i = 0; i < count; i++) {
        int32_t     workers[CREW_MAX];
        struct look look = look_of(station, workers);
        struct code code = {.kind = CODE_BADGE, .badge = badges[i]};
        struct err  err;
        memset(&input, 0, sizeof input);
        input.kind = INPUT_WORKER;
        if (!look_code(station->look, &look, &code, &input.found, &err)) {
            look_failed(station, "worker", &err);
            return;
        }
        station_feed(station, &input);
    }
}

/* What is on the screen is looked up again; not for each piece of a long feed. */
void station_look_again(struct station *station)
{
    const struct flow  *flow = &station->flow;
    static struct input input;
    int64_t             begun_ms = station_world_ms(station);
    station->is_stale = false;
    station_look_idle(station);
    int64_t pause_ms = (station_world_ms(station) - begun_ms) * LEARNT_PARTS;
    station->learnt_ms = begun_ms + (pause_ms > LEARNT_PAUSE_MS ? pause_ms : LEARNT_PAUSE_MS);
    if (flow->screen == SCREEN_WORKER) station_look_page(station, flow_person(flow)->number, 0);
    if (flow->screen == SCREEN_SETUP) station_look_diagnosis(station);
    if (flow->screen == SCREEN_CREW) station_look_crew(station);
    if (flow->screen == SCREEN_ORDER) station_look_order(station, line_ref_key(flow->order.sheet.ref.line));
    if (flow->screen == SCREEN_BOARD && (flow->board.view != BOARD_WORKERS || flow->is_board_open))
        station->wants_board = true;
    if (flow->dock.has_note) station_look_note(station, flow->dock.note.key);
    look_people(station);
    if (flow->screen == SCREEN_ENTRIES) station_look_page(station, flow->super.worker.number, flow->super.skip);
    if (!flow->has_sheet || flow->is_correcting) return;
    memset(&input, 0, sizeof input);
    input.kind = INPUT_SHEET;
    station_found(station, &flow->sheet_code, &input.found);
    if (input.found.has_sheet) station_feed(station, &input);
}
