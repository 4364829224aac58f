/* column.h - one object of a file read into a plain struct, column by column. read.c has the tables. */
#ifndef LABELS_COLUMN_H
#define LABELS_COLUMN_H

#include "labels/read.h"

enum column_kind {
    COLUMN_TEXT,    /* const char * */
    COLUMN_INT,     /* int, least to most */
    COLUMN_INT64,   /* int64_t, least to most */
    COLUMN_RATE,    /* int64_t: yuan, "daywork" or nothing */
    COLUMN_DAY,     /* int32_t: 2026-03-20 */
    COLUMN_YES,     /* bool */
    COLUMN_BIT,     /* unsigned: least is the bit */
    COLUMN_LINE,    /* struct line_ref: 2603-0001-01 */
    COLUMN_BADGE,   /* int64_t: 15 digits, or the 18 of its code */
    COLUMN_ANIMAL,  /* int: its name, or 0 to 11 */
    COLUMN_COLOUR,  /* int: its name, or 0 to 7 */
    COLUMN_CHANGED, /* uint32_t and door.changed: names of columns */
    COLUMN_PICTURE  /* struct sheet's picture: a file */
};

struct column {
    const char      *name;
    enum column_kind kind;
    bool             is_needed;
    size_t           offset;
    int64_t          least, most;
};

/* In which object, and where it stands. */
struct place {
    struct file       *file;
    const struct json *object, *outer; /* what object lacks is looked for in outer; NULL: nowhere */
    const char        *inside;         /* "op": a list in the object; "" */
    size_t             item, at;       /* counted from 0 */
    struct mistakes   *mistakes;
};

/* Names in also are no mistake, though no column: lists, say. */
bool columns_read(const struct place *place, const struct column *columns, size_t count, const char *const *also,
                  void *into) MUST_CHECK;

/* One more line; false always. */
bool mistake_add(const struct place *place, const char *column, const char *value, struct say reason);

/* "row 5" or "item 2, op 3". */
void place_write(const struct json *object, size_t item, const char *inside, size_t at, enum lang lang, char *text,
                 size_t cap);

#endif
