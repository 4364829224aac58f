/* event.h - one thing that happened on the floor: struct <-> bytes.
 *
 * Made once, on the kiosk, when the worker sees green or amber; serialised once by event_write() before its row is
 * committed. From there only the bytes travel: what is stored anywhere is what the kiosk wrote. Nothing is ever
 * updated; a correction is a new event. The bytes are described in docs/protocol.md; this file and that page change
 * together. */
#ifndef CORE_EVENT_H
#define CORE_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/chain.h"
#include "core/code.h"
#include "core/err.h"

enum {
    EVENT_VERSION = 1,
    EVENT_LINE_MAX = 4096, /* bytes of a line, without its LF */
    EVENT_CODES_MAX = 8,
    EVENT_WORKERS_MAX = 16,
    EVENT_PIECES_MAX = 64,
    EVENT_BAD_MAX = 8,
    EVENT_STATION_MAX = 24,
    EVENT_NOTE_MAX = 400, /* bytes of UTF-8 with the NUL, like the others */
    EVENT_WHY_MAX = 200,
    EVENT_ACT_MAX = 40,
    EVENT_PROGRAM_MAX = 24
};

/* To add a kind: a row here, its word in event.c, its paragraph in docs/protocol.md, its case in judge/line.c. */
enum event_kind {
    EVENT_UNKNOWN, /* a word this program doesn't know: taken, held until known */
    EVENT_REPORT,
    EVENT_UNDO,
    EVENT_CORRECT,
    EVENT_START,
    EVENT_FINISH,
    EVENT_JOIN,
    EVENT_LEAVE,
    EVENT_RECEIVE,
    EVENT_REFUSE,
    EVENT_RETURN,
    EVENT_COLLECT,
    EVENT_PACK,
    EVENT_LOAD,
    EVENT_TRANSFER,
    EVENT_COUNT,
    EVENT_OBJECT,
    EVENT_CALL,
    EVENT_ACK,
    EVENT_ASSIGN,
    EVENT_MOVE,
    EVENT_BIND,
    EVENT_DAYWORK,
    EVENT_NOTE,
    EVENT_DECIDE,
    EVENT_GAP,
    EVENT_KINDS
};

enum event_how { HOW_SCANNED, HOW_TYPED, HOW_TOUCHED, HOW_ACT /* of the office */ };

/* What the worker saw: tone is what the kiosk knew; the verdict is the server's. */
enum event_tone { TONE_NONE, TONE_GREEN, TONE_AMBER, TONE_RED, TONE_GREY };

struct event_worker {
    int64_t badge;  /* 15 digits as scanned; 0 where none was scanned (crew, office) */
    int32_t number; /* the worker whom the kiosk believed it to be; 0 = not known to it */
    int32_t share;  /* weight, 1..1000; equal split: all 1 */
};

struct event_bad {
    int32_t count;
    int32_t reason; /* number of the reason list */
    int32_t op;     /* proposed operation at fault; 0 = none proposed, EVENT_FAULT_MATERIAL */
};

enum { EVENT_FAULT_MATERIAL = 9999 }; /* no operation of any sheet has that number */

/* "Everything up to here was known": server epoch, run and last feed number of which the kiosk had everything. */
struct event_seen {
    struct epoch server;
    uint64_t     run;
    int64_t      feed;
};

struct event {
    int32_t           v;
    uint64_t          kiosk; /* 64 random bits; 0 = the office */
    struct epoch      epoch;
    int64_t           seq; /* 1, 2, 3 ... no holes */
    struct hash       prev;
    struct event_seen seen;
    enum event_kind   kind;
    char              station[EVENT_STATION_MAX];

    int            code_count; /* as scanned, in that order */
    char           codes[EVENT_CODES_MAX][CODE_DIGITS + 1];
    enum event_how how;

    int                 worker_count; /* in share order */
    struct event_worker workers[EVENT_WORKERS_MAX];
    char                crew[EVENT_STATION_MAX]; /* "" = none */

    bool             has_sheet;
    struct sheet_ref sheet;
    int32_t          op;    /* number on the sheet, 10, 20 ...; 0 = none */
    int32_t          count; /* pieces incl. bad ones; decide: pieces that count; 0 where the kind has none */
    int              piece_count;
    int32_t          pieces[EVENT_PIECES_MAX];
    int              bad_count; /* rows; good = count - sum of their counts */
    struct event_bad bad[EVENT_BAD_MAX];
    bool             rework;
    bool             before_stop; /* "already made before the stop": recorded, held */

    enum event_tone tone;
    int32_t         shift_day; /* days since 1970 */
    char            shift[16]; /* name in the shift table, "" without */
    int64_t         wall_ms;   /* the kiosk's time, UTC */
    int64_t         offset_ms; /* server minus machine clock, as known */
    bool            doubtful;  /* no server heard since boot: the time may be wrong */
    int64_t         mono_ms;   /* monotonic, within boot */
    uint64_t        boot;      /* boot id, 64 bits of it */
    char            program[EVENT_PROGRAM_MAX];

    bool        has_refers; /* undo, correct, object, ack, decide: the event spoken of */
    struct hash refers;
    bool        has_replaces; /* decide: the decision it replaces */
    struct hash replaces;

    int32_t by;     /* worker number of the supervisor who entered it; 0 = the worker himself */
    int32_t second; /* back-entry: number of the person who vouches for it with him */
    char    why[EVENT_WHY_MAX];
    char    note[EVENT_NOTE_MAX];
    int64_t place; /* code of a place, 0 = none */

    char act[EVENT_ACT_MAX];   /* office: id of the act */
    char users[EVENT_WHY_MAX]; /* office: who did it, names separated by commas */

    int64_t     gap_to;   /* gap: last number lost; seq is the first */
    struct hash gap_next; /* gap: hash of the next kept event, zero where none is kept */

    bool has_unknown; /* read only: an unknown version, kind or field was in it: held until known */
};

/* Appends the canonical line, without LF. False with ERR_INPUT where it would exceed EVENT_LINE_MAX (note too long is
 * cut by the caller, so this is our mistake). Fields that hold nothing are left out. */
bool event_write(const struct event *event, struct buf *out, struct err *err) MUST_CHECK;

/* Reads a line of any program: any field order but the first five (v, kiosk, epoch, seq, prev), unknown fields and
 * kinds set has_unknown. False: not an event at all (no JSON object, a field of another type or out of range): the
 * server still keeps the bytes, held. */
bool event_read(const char *line, size_t len, struct event *event, struct err *err) MUST_CHECK;

/* An event's name: the hash of its bytes. */
struct hash event_name(const char *line, size_t len);

const char     *event_kind_word(enum event_kind kind); /* "report", ... */
enum event_kind event_kind_of(const char *word);

int32_t event_bad_total(const struct event *event);

#endif
