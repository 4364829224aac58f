/* user.h - who may log in: users, one-time links, sessions. Secrets never come here: show/ hashes them, the books keep
 * the hashes. */
#ifndef SERVER_BOOKS_USER_H
#define SERVER_BOOKS_USER_H

#include "server/books/act.h"

/* Body: name, full, roles (words of ask/role.h separated by spaces), base. Of the last administrator who can log in the role
 * is not taken, nor is he switched off. */
bool user_add_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: name, off (bool), base. His sessions end. */
bool user_off_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: user, hash (64 hex, of the link's token), until_ms. */
bool user_link_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: link (hash of its token), password (as seal_password() keeps it). The link is used up, his others too, his sessions end.
 * Answer: user. */
bool user_password_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: user, hash (of the session's token), csrf, until_ms, peer (the address, may be left out). */
bool session_open_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: session (hash of its token). */
bool session_revoke_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: hash; or user: all of his. */
bool session_close_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* The sentence with that user's full name, as people call him; by the name under which he logs in where he has no other. */
struct say say_user(struct db *db, struct say say, const char *name);

#endif
