/* sheet.h - the production sheet (生产流程单): one for each travelling part and copy of an order line [R2].
 *
 * Read from the top: number, marks, part, quantity, due day, the opening direction, then each worker's own operation.
 * Whatever a dead kiosk would have asked has a place to be written by hand. A text too long for its place says "page 2"
 * there and stands on page 2 in full. Texts may be NULL or empty; days are those of core/clock.h. */
#ifndef LABELS_SHEET_H
#define LABELS_SHEET_H

#include "core/code.h"
#include "labels/box.h"
#include "labels/door.h"
#include "labels/mark.h"

enum { SHEET_OPS_MAX = 60, SHEET_SIGNS_MAX = 8, SHEET_NO_DAY = INT32_MIN };

/* The fields of an order line, in the order in which they are printed: two columns, left and right in turn. To extend,
 * add a row here, its words in FIELDS of sheet_body.c, its column in read.c and CHANGED in column.c. */
enum sheet_field {
    SHEET_PRODUCT,
    SHEET_BRAND,
    SHEET_MATERIAL,
    SHEET_STYLE,
    SHEET_WALL_OPENING, /* [R21]: never one size only */
    SHEET_WALL,
    SHEET_LEAF,
    SHEET_COLOUR,
    SHEET_OPENING,
    SHEET_LOCK,
    SHEET_CLOSER,
    SHEET_HARDWARE,
    SHEET_DECOR,
    SHEET_FRAME,
    SHEET_ARCHITRAVE, /* style and height */
    SHEET_PROCESS,
    SHEET_PICTURE, /* its number */
    SHEET_TECHNICAL,
    SHEET_FIELDS
};

/* rate_cfen: what a piece is worth, or one of these. */
enum { SHEET_RATE_NONE = -1, SHEET_RATE_DAYWORK = -2 };

struct sheet_op {
    int         number; /* 10, 20 ... */
    const char *name, *part;
    int64_t     quantity, rate_cfen;
    int32_t     due;
    const char *carried; /* work of an older revision that stays good */
};

struct sheet_sign {
    const char *office, *name, *when; /* who reviewed, when [R17] */
};

struct sheet {
    struct sheet_ref  ref;
    int               copies;     /* of this line; 0: not said */
    int               replaces;   /* the copy in place of which this one was printed; 0: none */
    bool              is_archive; /* a reprint for the files: its codes are crossed out [R26] */
    const char       *factory, *customer;
    const char       *volume, *maker, *printed;
    const char       *part;
    int64_t           quantity;
    const char       *unit; /* 樘 */
    int32_t           due;
    const char       *delivery; /* instruction */
    paper_marks       marks;
    const char       *fields[SHEET_FIELDS];
    uint32_t          changed; /* in this revision: 1 << enum sheet_field */
    const char       *special, *remarks;
    const char       *change, *stays_good; /* what this revision changed; what may be used of the older one's work */
    struct door       door;
    const void       *picture; /* a PNG; the caller's */
    size_t            picture_size;
    const char       *content; /* short code of what was signed */
    int               op_count, sign_count;
    struct sheet_op   ops[SHEET_OPS_MAX];
    struct sheet_sign signs[SHEET_SIGNS_MAX];
};

enum sheet_size { SHEET_A4, SHEET_A5 };

/* Adds the pages of a sheet. A5 holds 13 operations and short texts; a sheet with more gets A4 whatever was asked for,
 * and *size says so. */
void sheet_put(struct paper *paper, const struct sheet *sheet, enum sheet_size *size);

#endif
