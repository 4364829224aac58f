/* note.h - the morning sheet (早会单): one A4 for each section, read aloud from the top at the shift talk.
 *
 * No prices, no rates. It bears no code: what it lists may have been stopped since, and a sheet's own paper tells. */
#ifndef LABELS_NOTE_H
#define LABELS_NOTE_H

#include "labels/box.h"
#include "labels/mark.h"

struct note_stop {
    const char *number, *title, *text, *collect; /* what not to do; why; which old sheets to hand in */
};

struct note_row {
    const char *number;
    paper_marks marks;
    int         late_days;
    const char *product, *watch, *where; /* what to watch; where the rest is */
    int64_t     today, arrived;          /* -1: not said */
    int32_t     due;
};

struct note_message {
    const char *who, *text;
};

struct note_person {
    const char *name;
    bool        has_sign;
    int         animal, colour;
};

struct note {
    const char                *section, *shift, *chief, *printed, *counted;
    int32_t                    day;
    int64_t                    made, planned, today, late, rush, bad, held;
    const char                *unit;
    const struct note_stop    *stops;
    const struct note_row     *rows;
    const struct note_message *messages;
    const struct note_person  *people;
    size_t                     stop_count, row_count, message_count, person_count;
};

void note_put(struct paper *paper, const struct note *note);

#endif
