/* lists.h - one walker a format: any list of server/ask as JSON, CSV, XLSX or PDF.
 *
 * All read the same rows by the same reader, so page and export can't differ. */
#ifndef SERVER_SHOW_LISTS_H
#define SERVER_SHOW_LISTS_H

#include "server/ask/list.h"

enum { EXPORT_ROWS_MAX = 200000 };

/* Appends {"list":..., "lang":..., "params":{...}, "columns":[{key, heading, type, sum, link}...], "rows":[{...}...],
 * "total":{"rows":n, ...}, "next":<cursor or null>}. Money is fen, rates are 1/100 fen, days are 2026-11-24, times are
 * ms since 1970, sentences {"say":[...],"text":...}. At most `most` rows; total, where the list has sums, is over all
 * rows behind `after`; out may hold half a list after false. */
bool list_json(struct db *db, const struct list_ask *ask, int64_t most, struct buf *out, struct err *err) MUST_CHECK;

/* Appends the same rows as CSV for spreadsheets: UTF-8 with BOM, headings in the reader's language, CRLF, money with
 * two decimals, times in factory time. A text that a spreadsheet would take for a formula (= + - @, their full-width
 * forms, tab, CR in front) gets an apostrophe in front and quotes around; numbers never do. Imports let no such text in,
 * so what came in as CSV goes out and in again unchanged. Beyond EXPORT_ROWS_MAX rows the last line says that there are
 * more. */
bool list_csv(struct db *db, const struct list_ask *ask, struct buf *out, struct err *err) MUST_CHECK;

/* The same rows as a workbook, bytes of an .xlsx file. Beyond 100,000 rows the last line says that there are more. */
bool list_xlsx(struct db *db, const struct list_ask *ask, struct buf *out, struct err *err) MUST_CHECK;

/* The same rows as a paper, bytes of a PDF: title, factory, period and filters, headings on every page, the sums of its
 * numbers at the end, page n of m; A4 upright, lying where the columns need it, A3 beyond. A character that no font has
 * prints as an empty square, and the paper says how many there are. Beyond 5,000 rows the last line says that there are
 * more. Only one paper is made at a time: show/printing.h. */
struct list_paper {
    const char *factory;   /* "" = not known */
    const char *maker;     /* who asked for it */
    bool        has_signs; /* a line to sign on at the end */
};
bool list_pdf(struct db *db, const struct list_ask *ask, const struct list_paper *paper, struct buf *out,
              struct err *err) MUST_CHECK;

/* The words of a foot's cell: its sum, "sum" in the first column without one; nothing elsewhere. */
void list_foot_words(const struct list_ask *ask, const struct list_totals *totals, size_t column, struct buf *out);

/* A cell's words for people: what CSV shows (without quotes) and JSON gives as "text". */
void list_words(const struct list_ask *ask, const struct list_column *column, const struct list_cell *cell,
                struct buf *out);

/* The name of a type in JSON and openapi.json. */
const char *list_type_word(enum list_type type);

#endif
