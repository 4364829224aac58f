/* question.h - what somebody else has to say yes to before an order goes on: rush and doubtful dates the follow-up clerk
 * [R22], foreign colours and materials the technical lead [R7]; and technical questions about special shapes [R5]. */
#ifndef SERVER_BOOKS_QUESTION_H
#define SERVER_BOOKS_QUESTION_H

#include "server/books/act.h"

/* One question of this kind stands for an order (line 0) or line: with this text. Another text asks anew, "" asks nothing
 * any more. kind: rush, date, foreign, special. */
bool question_want(struct books *books, int64_t order, int64_t line, const char *kind, const char *text,
                   struct err *err) MUST_CHECK;

/* The first question of an order that has no yes, as a sentence in *err; true where there is none. all: of every kind, else
 * those that a quote waits for. */
bool question_check(struct books *books, int64_t order, bool all, struct err *err) MUST_CHECK;

/* Bodies: order, line ("": the order), text, asked (desk, technical, manager, supervisor); question, base, answer (yes, no),
 * note; question, base: the customer was told. */
bool question_ask_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool question_answer_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool question_told_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
