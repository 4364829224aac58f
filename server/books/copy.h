/* copy.h - the papers of a sheet: one of each travelling part, printed once, replaced by the next number [R26], collected
 * after a stop or declared lost by name [R3]. */
#ifndef SERVER_BOOKS_COPY_H
#define SERVER_BOOKS_COPY_H

#include "server/books/act.h"
#include "server/books/sheet.h"

/* Of a revision that was just issued: a paper of each part, in the order in which the sheet comes to it; and what the sheet
 * says, with its place in the volumes [R27]. fields: '' = imported. */
bool copy_issue(struct books *books, const struct sheet_issue *sheet, const char *fields, const char *maker,
                struct err *err) MUST_CHECK;

/* What the newest signed sheet of a line says, '' where it was imported: for another that is the same door. */
bool copy_said(struct books *books, int64_t line, struct buf *fields, struct err *err) MUST_CHECK;

/* How many papers of a revision are still out: neither handed in nor lost. */
bool copy_out(struct books *books, int64_t line, int64_t rev, int64_t *out, struct err *err) MUST_CHECK;

/* An event of the office: handed in there. Body: line, rev, copy. */
bool copy_collect_line(struct books *books, struct act_call *call, struct event *line, struct err *err) MUST_CHECK;

/* Bodies: line, rev, copy, who, why; line, rev, copy, why, lost. */
bool copy_lost_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool copy_replace_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Papers were printed: line, rev, papers: [[copy, hash, bytes, archive hash, archive bytes], ...]. A copy is printed once. */
bool copy_print_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
