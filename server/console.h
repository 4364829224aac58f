/* console.h - the door for commands of this machine to the running server: a socket in the data directory (0600).
 *
 * A request is one JSON object, an answer is one; then the connection ends:
 *     {"act":"kiosk.token","body":{...}}           performed as the user "console"
 *     {"take":{"path","kiosk","nonce","mac","body"}}  a signed request of a kiosk, as a stick brings it
 *     {"where":true}                               {"url":"https://192.168.1.2:8443","ca":"<hash>"}
 *     {"health":true}                              times, trouble, kiosks as they were heard: for doctor */
#ifndef SERVER_CONSOLE_H
#define SERVER_CONSOLE_H

#include "server/show/desk.h"

/* Listens; *listener is for poll() and console_serve(). */
bool console_open(const char *dir, int *listener, struct err *err) MUST_CHECK;

/* Accepts one connection and reads its request; the answer goes out from whatever thread has it. */
void console_serve(int listener, const struct desk *desk);

void console_close(const char *dir, int listener);

/* The other end. ERR_ABSENT: no server runs there. *status and *answer: what came back. */
bool console_ask(const char *dir, const struct buf *request, int *status, struct buf *answer,
                 struct err *err) MUST_CHECK;

#endif
