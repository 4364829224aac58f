/* exception.h - what needs a person, and what he decides.
 *
 * A decision is an event of the office: it goes to the inbox first, and takes effect when the writer applies it, like
 * everything that is about pieces. It names its event and the decision it replaces; an overtaken one has no effect and
 * answers who decided what. */
#ifndef SERVER_BOOKS_EXCEPTION_H
#define SERVER_BOOKS_EXCEPTION_H

#include "server/books/act.h"

/* Body: refers (name of the event), count (held pieces that count, 0: none), replaces (name of the decision in force,
 * left out: none), bad (list of [count, reason, operation at fault] where it is about bad pieces), why. */
bool decide_line(struct books *books, struct act_call *call, struct event *line, struct err *err) MUST_CHECK;

/* Who, when, and up to where the office had seen: everything. */
void exception_sign(struct books *books, const struct act_call *call, struct event *line);

/* What an event of the office is, but for its act's id; the request's draft and the applied event give the same. */
struct hash decide_hash(const struct event *line);

/* Once its event is judged: the act's audit and answer. */
bool exception_answer(struct books *books, const struct office_fact *fact, struct err *err) MUST_CHECK;

#endif
