/* print.h - what a released sheet's papers say, as the file that `baogong-labels sheet` takes (docs/labels.md): one item a
 * copy. Everything in it was signed or issued, so the same copy always says the same; the printing alone has its time. */
#ifndef SERVER_ASK_PRINT_H
#define SERVER_ASK_PRINT_H

#include "core/buf.h"
#include "core/db.h"
#include "core/err.h"
#include "core/text.h"

struct print_want {
    int64_t   line;
    int64_t   copy; /* 0: all of the newest revision that haven't been printed */
    int64_t   now_ms;
    int32_t   offset_min;
    enum lang lang;
};

enum { PRINT_COPIES_MOST = 24 };
struct print_made {
    int64_t    rev;
    int        count;
    int64_t    copies[PRINT_COPIES_MOST];
    struct buf sheets; /* JSON: the inside of a list of items */
};

/* Of the line's newest revision. ERR_ABSENT: no such sheet or copy; ERR_CONFLICT: it was printed, or nothing is left to
 * print; stopped lines aren't printed. buf_free(&made->sheets) in any case. */
bool print_read(struct db *db, const struct print_want *want, struct print_made *made, struct err *err) MUST_CHECK;

/* A copy's bytes as they were printed, by their hash; is_archive: with crossed codes. */
struct print_kept {
    char    hash[65];
    int64_t bytes, at_ms;
};
bool print_kept(struct db *db, int64_t line, int64_t rev, int64_t copy, bool is_archive, struct print_kept *kept,
                struct err *err) MUST_CHECK;

/* A volume of a hundred sheets [R27]. */
struct print_volume {
    int64_t number, sheets, first_line, first_rev, last_line, last_rev;
    int64_t first_ms, last_ms;
    char    factory[96];
};
bool print_volume(struct db *db, int64_t number, struct print_volume *volume, struct err *err) MUST_CHECK;

#endif
