/* review.h - signatures of reviewers [R17]: by kind, against a checklist, with name and time; claims that are freed after
 * a quarter of an hour [R35]; deputies with dates. */
#ifndef SERVER_BOOKS_REVIEW_H
#define SERVER_BOOKS_REVIEW_H

#include "server/books/draft.h"

/* Removes all signatures of a sheet. */
bool review_clear(struct books *books, int64_t line, int64_t rev, struct err *err) MUST_CHECK;

/* Has each required kind signed exactly this content? Refused with the first that hasn't. */
bool review_complete(struct books *books, const struct draft *draft, struct err *err) MUST_CHECK;

/* Bodies: line, kind; line, kind, version (of the draft that was looked at), ticks: [items of the checklist]; line, kind,
 * why; deputy, from, to. */
bool review_claim_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool review_sign_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool review_return_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool deputy_save_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
