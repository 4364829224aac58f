/* number.c - an order number as people say it: kiosk/keep/look.h. Takes the typed text, gives the open lines that it
 * means. March's first order is 301, its second line 301-2; from serial 100 on 3-101 and 3-101-2 [R25]. */
#include <stdlib.h>
#include <string.h>

#include "kiosk/keep/look.h"
#include "kiosk/keep/row.h"

enum { PARTS_MAX = 3, PART_DIGITS = 4, MONTHS = 12, SERIAL_SHORT = 100, YEARS_FROM = 20 };

/* 0: any. */
struct number {
    int64_t yymm, month, serial, line;
};

static bool parts_read(const char *text, int64_t parts[PARTS_MAX], size_t lens[PARTS_MAX], int *count)
{
    *count = 0;
    for (;;) {
        size_t len = strspn(text, "0123456789");
        if (len == 0 || len > PART_DIGITS || *count == PARTS_MAX) return false;
        lens[*count] = len;
        parts[(*count)++] = strtoll(text, NULL, 10);
        text += len;
        if (*text == '\0') return true;
        if (*text++ != '-') return false;
    }
}

static bool is_month(int64_t month)
{
    return month >= 1 && month <= MONTHS;
}

/* 301: month and serial in one. */
static bool short_read(int64_t part, size_t len, struct number *number)
{
    number->month = part / SERIAL_SHORT;
    number->serial = part % SERIAL_SHORT;
    return len >= 3 && is_month(number->month) && number->serial > 0;
}

static bool number_read(const char *text, struct number *number)
{
    int64_t parts[PARTS_MAX];
    size_t  lens[PARTS_MAX];
    int     count;
    *number = (struct number){0};
    if (!parts_read(text, parts, lens, &count)) return false;
    if (count == 1) return short_read(parts[0], lens[0], number);
    bool is_full = lens[0] == 4 && lens[1] == 4 && is_month(parts[0] % 100) && parts[0] / 100 >= YEARS_FROM;
    bool is_long = lens[0] <= 2 && is_month(parts[0]) && parts[1] >= SERIAL_SHORT;
    if (is_full || is_long) {
        number->yymm = is_full ? parts[0] : 0;
        number->month = is_full ? 0 : parts[0];
        number->serial = parts[1];
        number->line = count == 3 ? parts[2] : 0;
        return number->serial > 0;
    }
    number->line = parts[1]; /* a third part is a piece's number: its line is what is opened */
    return short_read(parts[0], lens[0], number) && number->line > 0;
}

static bool lines_read(struct db *db, const struct look *look, const struct number *number, struct found_lines *lines,
                       struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT s.line, s.product, s.quantity, s.due_day, s.is_rush,"
                        " CASE WHEN EXISTS (SELECT 1 FROM stop x WHERE x.pieces = 0 AND x.line IN (s.line, s.line - s.line % 100))"
                        "  THEN 1 ELSE 0 END FROM sheet s WHERE (s.line / 100) % 10000 = $1"
                        " AND ($2 = 0 OR s.line % 100 = $2) AND ($3 = 0 OR s.line / 1000000 = $3)"
                        " AND ($4 = 0 OR (s.line / 1000000) % 100 = $4) ORDER BY s.line DESC LIMIT $5"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, number->serial);
    db_bind_int(stmt, 2, number->line);
    db_bind_int(stmt, 3, number->yymm);
    db_bind_int(stmt, 4, number->month);
    db_bind_int(stmt, 5, FOUND_LINES_MAX + 1);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        if (lines->count == FOUND_LINES_MAX) {
            lines->has_more = true;
            db_reset(stmt);
            return true;
        }
        struct found_row *found = &lines->rows[lines->count++];
        *found = (struct found_row){.line = line_ref_of_key(db_int(stmt, 0)),
                                    .left = db_int(stmt, 2),
                                    .due_day = (int32_t)db_int(stmt, 3),
                                    .is_rush = db_int(stmt, 4) != 0,
                                    .is_stopped = db_int(stmt, 5) != 0};
        row_text(stmt, 1, found->product, sizeof found->product);
        found->is_late = found->due_day > 0 && found->due_day < look->day;
    }
}

bool look_lines(struct db *db, const struct look *look, const char *number, struct found_lines *lines, struct err *err)
{
    struct found_lines made = {0};
    struct number      read;
    if (number_read(number, &read) && !lines_read(db, look, &read, &made, err)) return false;
    *lines = made;
    return true;
}

bool look_newest(struct db *db, int64_t line, struct sheet_ref *sheet, bool *is_there, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("SELECT rev FROM sheet WHERE line = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, line);
    if (!db_step(stmt, is_there, err)) return false;
    if (!*is_there) return true;
    *sheet = (struct sheet_ref){.line = line_ref_of_key(line), .rev = (int)db_int(stmt, 0)};
    db_reset(stmt);
    return true;
}
