/* enquiry.h - "where is my order?": who took the question first, its clock, what the station said, what the customer was
 * told [R9].
 *
 * Takes acts of the office and notes of kiosks (docs/protocol.md "asked"); gives rows of `enquiry` and `enquiry_answer`, and
 * the feed's topic `asked`. Whoever takes a question owns it until another has accepted it [R6]. */
#ifndef SERVER_BOOKS_ENQUIRY_H
#define SERVER_BOOKS_ENQUIRY_H

#include "server/books/act.h"

/* Body: order, line ("": the whole order), who, text; ask 1: the station that saw it last is asked at once. */
bool enquiry_open_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: enquiry, base; station "": the one that saw it last. */
bool enquiry_ask_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: enquiry, base, told: what the customer was told. */
bool enquiry_close_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: enquiry, base, to (a user), note. He owns it once he has accepted it. */
bool enquiry_hand_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: enquiry, base. Accepts what was handed over; a manager takes any. */
bool enquiry_take_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* A note of a kiosk was taken: where it answers an enquiry, that is kept, and the other kiosks needn't ask any more. */
bool enquiry_note(struct books *books, const struct event *event, int64_t number, int64_t seen_feed,
                  struct err *err) MUST_CHECK;

/* Hands all open ones of a user over, as one of a day's close; returns how many. */
bool enquiry_hand_all(struct books *books, const char *user, const char *to, const char *note, int64_t *count,
                      struct err *err) MUST_CHECK;

/* Is he a user who may log in? */
bool enquiry_is_user(struct books *books, const char *name, bool *is, struct err *err) MUST_CHECK;

#endif
