/* file.h - files that people sent: known here by their hash, kept beside the books by show/upload.c [R4]. */
#ifndef SERVER_BOOKS_FILE_H
#define SERVER_BOOKS_FILE_H

#include "server/books/act.h"

/* Body: hash, kind, bytes: the file stands in its place already. */
bool file_keep_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Hangs files on a receipt or an order (the other 0): a list of {"hash":..,"name":..}. *count: how many. */
bool file_attach(struct books *books, const struct json *files, int64_t receipt, int64_t order, const char *kind,
                 int *count, struct err *err) MUST_CHECK;

/* The same on a case, in the order's files too. */
bool file_attach_case(struct books *books, const struct json *files, int64_t order, int64_t of_case, int *count,
                      struct err *err) MUST_CHECK;

/* Bodies: order, kind, files; attached, base: it was hung on by mistake, and is struck out. */
bool file_attach_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool file_strike_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
