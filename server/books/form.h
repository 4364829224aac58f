/* form.h - what a form of the office sends: fields by a table, as an import's columns are, each bad one named.
 *
 * A body holds the fields by the names of their columns, as text, number or true/false; what is left out is empty. Refused:
 * say and text, and "fields": [{"field":"phone","say":[...],"text":"..."},...], so that the page shows each sentence
 * beside its field and keeps what was typed. */
#ifndef SERVER_BOOKS_FORM_H
#define SERVER_BOOKS_FORM_H

#include "core/code.h"
#include "server/books/act.h"
#include "server/books/import.h"

/* columns ends with one that has no name; cells has room for each. body: call->body, or an object in it. at: what stands
 * before a field's name in the answer, "" or as "lines.2.". Several calls add up; form_end() refuses where any was bad. */
struct form {
    struct act_call *call;
    int              bad;
    struct buf       told;
};
bool form_read(struct form *form, const struct json *body, const char *at, const struct import_column *columns,
               struct cell *cells);
void form_bad(struct form *form, const char *at, const char *field, const struct say *say);

/* False with the answer made where anything was bad; frees. */
bool form_end(struct form *form, struct err *err) MUST_CHECK;

/* The same for one table: false where a field is bad. */
bool form_take(struct act_call *call, const struct import_column *columns, struct cell *cells,
               struct err *err) MUST_CHECK;

/* An order (2603-0001) or a line (2603-0001-01) that a field of the body names. */
bool body_ref(const struct act_call *call, const char *field, bool is_line, struct line_ref *ref,
              struct err *err) MUST_CHECK;

/* A day, 2026-03-04. */
bool body_day(const struct act_call *call, const char *field, int32_t *day, struct err *err) MUST_CHECK;

/* A refusal that a noun made of one field: names it in the answer, and returns false. */
bool form_fault(struct act_call *call, const char *field, const struct err *err);

#endif
