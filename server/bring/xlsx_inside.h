/* xlsx_inside.h - what the files of xlsx_*.c share: a workbook as it is put together from its parts. */
#ifndef SERVER_BRING_XLSX_INSIDE_H
#define SERVER_BRING_XLSX_INSIDE_H

#include <stdint.h>

#include "core/grid.h"
#include "server/bring/xlsx.h"

enum { XLSX_PATH_MAX = 256, XLSX_ID_MAX = 64, XLSX_SHEETS_MAX = 256 };

enum xlsx_format { XLSX_PLAIN, XLSX_DATE, XLSX_CLOCK };

struct xlsx_relation {
    char id[XLSX_ID_MAX];
    char kind[XLSX_ID_MAX]; /* the last word of its type: worksheet, styles, sharedStrings, officeDocument */
    char path[XLSX_PATH_MAX];
};

struct xlsx {
    struct grid grid; /* where everything is refused */

    /* relations of the part that was read last; folder: what their paths are relative to */
    struct xlsx_relation relations[XLSX_SHEETS_MAX];
    int                  relation_count;
    char                 folder[XLSX_PATH_MAX];

    /* workbook */
    char sheets[XLSX_SHEETS_MAX][XLSX_ID_MAX]; /* relation of each that isn't hidden, in their order */
    int  sheet_count;
    bool is_1904;

    /* styles: format of each kind of number that the workbook made up, then of each cell style */
    struct xlsx_made {
        int64_t          id;
        enum xlsx_format format;
    } made[1024];
    int               made_count;
    bool              in_styles;
    enum xlsx_format *formats; /* XLSX_STYLES_MAX of them, NULL before the first */
    int               format_count;

    /* shared strings: text i ends at ends[i] of strings */
    struct buf strings;
    struct buf ends; /* size_t each */
    size_t     string_count;
    int        in_phonetic; /* depth of what is read aloud, which is no part of the text */
    bool       in_text;

    /* sheet */
    struct buf text;        /* of the cell so far */
    int64_t    row, column; /* of the cell, from 1 */
    int        filled;      /* cells of this row that the grid has */
    char       kind;        /* of the cell: n number, s shared, i inline, t text, b bool, e error, d date */
    int64_t    style;
    bool       in_value, has_value, is_formula;
};

/* A part's handlers: local names, attributes as expat gives them; text comes in pieces. */
struct xlsx_part {
    void (*start)(struct xlsx *book, const char *name, const char *const *attributes);
    void (*end)(struct xlsx *book, const char *name);
    void (*text)(struct xlsx *book, const char *text, size_t len);
};
extern const struct xlsx_part XLSX_RELATIONS, XLSX_WORKBOOK, XLSX_STYLES, XLSX_STRINGS, XLSX_SHEET;

/* x:row -> row. */
const char *xlsx_local(const char *name);

/* An attribute by its local name, NULL where it isn't there; as a number, `otherwise` where it is none. */
const char *xlsx_attribute(const char *const *attributes, const char *name);
int64_t     xlsx_attribute_int(const char *const *attributes, const char *name, int64_t otherwise);

/* xlsx_number.c, pure: the format that a code as yyyy\-mm\-dd is; that of a built-in one; a number as a person reads it,
 * appended. */
enum xlsx_format xlsx_format_read(const char *code);
enum xlsx_format xlsx_format_built_in(int64_t id);
void             xlsx_number_write(const char *number, enum xlsx_format format, bool is_1904, struct buf *out);

/* Undoes _x000D_, with which workbooks write what XML can't hold. */
void xlsx_unescape(struct buf *text);

#endif
