/* first.h - the first login of a new server: no default password, a one-time link. */
#ifndef SERVER_FIRST_H
#define SERVER_FIRST_H

#include "server/store.h"

enum { LINK_TOKEN_ROOM = 64 };

/* A fresh token of a one-time link, good for a week, and the body of the act user.link for it. */
void link_token_make(const char *user, int64_t now_ms, char token[LINK_TOKEN_ROOM], struct buf *body);

/* Where nobody has a password yet: makes the user "admin" and a link for him. token "": somebody has one. */
bool first_link(struct store *store, int64_t now_ms, char token[LINK_TOKEN_ROOM], struct err *err) MUST_CHECK;

#endif
