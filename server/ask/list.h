/* list.h - lists as data, and the one reader of them. Every read that people see goes through here.
 *
 * Line 10/11: a question with dates -> rows of a list
 *
 * A list is a row of a table: who may see it, its SQL, its parameters, its columns; server/show has one walker for
 * each format (JSON, CSV, XLSX, PDF). To add a list: a row in the table of its noun (nouns.h names them), its headings
 * office.col.* in the catalogue; it then has its JSON, its files, its line in openapi.json and its row in the
 * tests of rights.
 *
 * The SQL: $1 (and $2 where two columns order it) is the cursor, then comes the limit, then the parameters in their
 * order. Result columns are found by name: each list column that isn't computed, each cursor column and,
 * where a column is computed from the event, `bytes`. Sums are made of the same rows that are shown, so a total is a sum
 * of lines by construction. */
#ifndef SERVER_ASK_LIST_H
#define SERVER_ASK_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/clock.h"
#include "core/db.h"
#include "core/err.h"
#include "core/event.h"
#include "core/text.h"
#include "server/judge/period.h"

enum { LIST_PARAMS_MAX = 8, LIST_COLUMNS_MAX = 40, LIST_ROWS_MAX = 2000, LIST_ROWS_USUAL = 500, LIST_KNOWN_MAX = 24 };

enum list_type {
    LIST_TEXT,
    LIST_INT,
    LIST_FEN,  /* money */
    LIST_RATE, /* 1/100 fen a piece */
    LIST_DAY,  /* days since 1970 */
    LIST_TIME, /* ms since 1970 UTC */
    LIST_BOOL,
    LIST_ID,   /* 64 bits, 16 hex digits */
    LIST_HASH, /* 32 bytes, 64 hex digits */
    LIST_LINE, /* an order line's key, or an order's */
    LIST_WORD, /* a word or small number of ours, worded by the catalogue under the column's `words` */
    LIST_SAY,  /* a stored sentence */
    LIST_WHO,  /* who did it: the name under which he logs in, or two with a comma; people read his full name */
    LIST_PERMILLE, /* a share of 1000, computed from two other columns, in the foot from their sums over rows that have a whole */
    /* Parameters only, the last two bound by themselves: */
    LIST_FIND, /* a text as the search's index has it: small letters, narrow digits */
    LIST_LANG, /* the reader's language */
    LIST_ZONE  /* by how many ms the factory's clock is ahead of UTC: what falls on which of its dates */
};

struct list_reading;
struct list_people; /* who.h */

struct list_cell {
    enum db_type        kind; /* DB_NULL, DB_INT, DB_TEXT, DB_BLOB */
    int64_t             number;
    const char         *text; /* of text and blobs; valid until the next cell or row */
    size_t              len;
    struct list_people *people; /* LIST_WHO: by which he is called; lives as long as the reading */
};

struct list_column {
    const char    *key;     /* in JSON, and the name of the result column */
    const char    *heading; /* id of the catalogue */
    enum list_type type;
    bool           is_sum;       /* summed over all rows */
    const char    *words;        /* LIST_WORD: "office.how." */
    const char    *part, *whole; /* LIST_PERMILLE: the result columns it is computed from, which are summed too */
    const char    *link; /* where the figure leads: a list with {column} and {parameter} filled in; NULL: nowhere */
    /* Computed from the event of this row (result column `bytes`); room is empty and may be written to. */
    void (*of_event)(const struct event *event, struct buf *room, struct list_cell *cell);
    /* Computed from other columns of the result, by list_row_int(). */
    void (*of_row)(struct list_reading *reading, struct list_cell *cell);
};

struct list_param {
    const char *name;
    enum list_type
        type; /* TEXT, FIND, INT, DAY, LINE, HASH, LANG, ZONE; TIME: a day again, bound as the ms at which its date begins */
    const char
        *otherwise; /* NULL: must be given. Days: "today", "month" (its first day), "-90" (90 days ago), "period" and
                               * "period-end" (of the open pay period) too; times: "now" */
};

struct list {
    const char        *name;
    unsigned           roles;    /* server/ask/role.h */
    const char        *what;     /* one English sentence, for openapi.json */
    const char        *title;    /* of its papers and page, id of the catalogue; NULL: its name stands there */
    bool               has_foot; /* its files end with a row of sums (a workbook always does) */
    const char        *sql;
    const char        *cursor[2]; /* columns that order it, unique together; the second may be NULL */
    enum db_type       cursor_kind[2];
    bool               is_descending;
    struct list_param  params[LIST_PARAMS_MAX];   /* ended by a NULL name */
    struct list_column columns[LIST_COLUMNS_MAX]; /* ended by a NULL key */
};

/* The tables, each ended by a NULL name; LISTS ends with NULL. */
extern const struct list *const LISTS[];
const struct list              *list_find(const char *name); /* NULL: there is none */
size_t                          list_column_count(const struct list *list);
bool list_param_is_shown(const struct list *list, size_t i); /* people give it, answers and papers repeat it */

struct list_ask {
    const struct list *list;
    const char        *values[LIST_PARAMS_MAX]; /* as given, in the order of the parameters; NULL: not given */
    const char        *after;                   /* cursor of the last row seen; NULL: from the start */
    enum lang          lang;
    struct day_rule    rule;
    int64_t            now_ms;
    struct period_span open; /* the open pay period */
};

struct list_reading {
    const struct list  *list;
    struct db_stmt     *stmt;
    struct list_cell    params[LIST_PARAMS_MAX]; /* as they were understood */
    size_t              columns;                 /* of the list */
    int                 column_at[LIST_COLUMNS_MAX];
    int                 cursor_at[2];
    int                 bytes_at;
    size_t              known; /* columns that list_row_int() was asked for */
    const char         *known_names[LIST_KNOWN_MAX];
    int                 known_at[LIST_KNOWN_MAX];
    struct event       *event; /* of this row, once a column asked for it */
    bool                is_event_read, has_event;
    struct buf          room;
    struct list_people *people; /* of a list with LIST_WHO; else NULL */
};

/* Reads a question's parameters into reading->params alone: for those who ask another engine the same. */
bool list_params(const struct list_ask *ask, struct list_reading *reading, struct err *err) MUST_CHECK;

/* Binds the question; false with ERR_INPUT and a sentence where a parameter or the cursor can't be. list_close() ends
 * the reading in any case. most: rows at most, INT64_MAX for all. */
bool    list_open(struct db *db, const struct list_ask *ask, int64_t most, struct list_reading *reading,
                  struct err *err) MUST_CHECK;
bool    list_next(struct list_reading *reading, bool *row, struct err *err) MUST_CHECK;
void    list_cell(struct list_reading *reading, size_t column, struct list_cell *cell);
int64_t list_row_int(struct list_reading *reading, const char *name,
                     int64_t otherwise);                            /* otherwise: where it is NULL */
void    list_cursor(struct list_reading *reading, struct buf *out); /* of the current row, as `after` takes it */
void    list_close(struct list_reading *reading);

/* What stands in the foot: sums of the rows read so far. */
struct list_totals {
    int64_t rows;
    int64_t sums[LIST_COLUMNS_MAX];
    int64_t parts[LIST_COLUMNS_MAX], wholes[LIST_COLUMNS_MAX]; /* LIST_PERMILLE */
};
bool list_has_sums(const struct list *list);
void list_totals_add(struct list_totals *totals, struct list_reading *reading);
/* DB_NULL where the column has no sum. */
void list_totals_cell(const struct list *list, const struct list_totals *totals, size_t column, struct list_cell *cell);

/* What the books say about themselves, for readers of lists. */
struct ask_place {
    struct day_rule    rule;        /* factory time and shifts, from the settings */
    char               factory[96]; /* its name, "" = not set */
    char               guide[96];   /* of a demo: where its kiosks are to be seen; "" = no demo */
    struct period_span open;        /* the open pay period */
    int64_t            applied_to;  /* inbox number up to which the books go */
};
bool ask_place(struct db *db, int64_t now_ms, struct ask_place *place, struct err *err) MUST_CHECK;

#endif
