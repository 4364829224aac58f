/* kiosk.h - kiosks and their keys: made known by a one-time token, confirmed where in doubt, revoked. */
#ifndef SERVER_BOOKS_KIOSK_H
#define SERVER_BOOKS_KIOSK_H

#include "server/books/act.h"

/* Body: station. Answer: token (22 digits, good for a day), until_ms. */
bool kiosk_token_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: token, kiosk (16 hex), key (64 hex), epoch (the server epoch it dealt with, "-" none), acked. Answer: station,
 * name, number, state. The same kiosk may come again with its token and key. A kiosk that dealt with a server whose epoch isn't
 * known here waits until the office confirms it. */
bool kiosk_enrol_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: kiosk, base. */
bool kiosk_confirm_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool kiosk_revoke_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
