/* note.h - a delivery note as the books have it: its row, the lines that it asks for, the numbers under which docks were told
 * that it is open or void [R36].
 *
 * A note begins as a pick-up order (提货单, pickup.h). While its money isn't in it is shut; the dispatch order (发货指令)
 * opens it; it ends loaded or void. Docks hear of each step under a feed number, which tells what a kiosk can have known. */
#ifndef SERVER_BOOKS_NOTE_H
#define SERVER_BOOKS_NOTE_H

#include "server/books/act.h"
#include "server/books/cell.h"

struct note {
    int64_t id, order, copy, copy_ms, made_ms, open_ms, open_feed, void_ms, void_feed, version; /* 0: not yet */
    char    made_by[132], open_by[132], void_by[132], void_why[512], remarks[CELL_TEXT_MAX];
};

/* ERR_ABSENT where there is none. */
bool note_read(struct books *books, int64_t id, struct note *note, struct err *err) MUST_CHECK;

/* The note that the body's field "note" names. */
bool note_of_body(struct books *books, const struct act_call *call, struct note *note, struct err *err) MUST_CHECK;

/* Has its loading ended? */
bool note_is_done(struct books *books, int64_t note, bool *is, struct err *err) MUST_CHECK;

/* Refused where it is void or its loading has ended. */
bool note_stands(struct books *books, const struct note *note, struct err *err) MUST_CHECK;

/* Writes it; the version is the one it was read with, 0 for a new one. */
bool note_put(struct books *books, const struct note *note, struct err *err) MUST_CHECK;

/* A line that it asks for, with what the order says of it today; pieces: numbers on labels, "" = any. */
bool note_line_put(struct books *books, int64_t note, int64_t line, int64_t doors, const char *pieces,
                   struct err *err) MUST_CHECK;

/* Notes on their way: not void, nothing signed for. After each change of the note or its arrival. */
bool note_way(struct books *books, int64_t id, struct err *err) MUST_CHECK;

/* Has docks told of it, and its exceptions settled. */
void note_renew(struct books *books, int64_t note);

/* Tells it as it was written just now, under that feed number: the next one. */
bool note_told(struct books *books, const struct note *note, int64_t feed, struct err *err) MUST_CHECK;

/* Open, void: written and told. */
bool note_open(struct books *books, struct note *note, struct err *err) MUST_CHECK;
bool note_void(struct books *books, struct note *note, struct say why, struct err *err) MUST_CHECK;

/* The answer of acts that make or open one: note, state, missing_fen, why. */
struct gate;
void note_answer(const struct note *note, const struct gate *gate, struct act_call *call);

#endif
