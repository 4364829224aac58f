/* visit.h - one request of the office on its way: who asks, in which language, and how he is answered.
 *
 * Made by routes.c, handed to the route's function on an asker's thread, ended by exactly one of the answers below,
 * from whatever thread. */
#ifndef SERVER_SHOW_VISIT_H
#define SERVER_SHOW_VISIT_H

#include "core/text.h"
#include "server/show/desk.h"

enum { VISIT_USER_MAX = 64, VISIT_CSRF_MAX = 64, VISIT_TOKEN_MAX = 64 };

struct route;

struct visit {
    struct desk_ask      ask; /* first, so that a job is its visit */
    struct desk_act      act; /* of those that hand one to the writer */
    const struct desk   *desk;
    struct http_request *request;
    const struct route  *route;
    const char          *rest; /* of the path, behind the route's *; "" without one */
    enum lang            lang; /* http_lang(), Chinese where nothing is said */

    /* Who it is, once visit_session() found him. */
    char        user[VISIT_USER_MAX], full[128], csrf[VISIT_CSRF_MAX];
    unsigned    roles;
    struct hash session; /* hash of the cookie: the session's key in the books */

    struct json *body; /* read JSON, freed with the visit; NULL: none */
    struct buf   made; /* what act.body points to, where it was made here */
    void (*then)(struct visit *visit);
    char cookie[VISIT_TOKEN_MAX]; /* of the session to open, in login.c */
};

typedef void visit_fn(struct visit *visit, struct db *books);

/* Fills who it is from the session cookie; false with ERR_RIGHTS where there is none that holds. */
bool visit_session(struct visit *visit, struct db *books, struct err *err) MUST_CHECK;

/* A whole number of a query or path, `absent` where text is NULL. False: it is none. */
bool visit_number(const char *text, int64_t absent, int64_t *number) MUST_CHECK;

/* Reads the body as one JSON object into visit->body; false: it was refused, the visit is over. */
bool visit_body(struct visit *visit) MUST_CHECK;

/* An act's id: the caller's own, 8 to 39 of 0-9 A-Z a-z -; false: it isn't one, the visit is over. Or a fresh one. */
bool visit_id_check(struct visit *visit, const char *id) MUST_CHECK;
void visit_id_make(char id[VISIT_TOKEN_MAX]);

/* Hands an act to the writer; then is called with the answer in visit->act.act, on the writer's thread. body: NULL for the
 * request's own, else bytes that the visit keeps (visit->made). user: "console" where the program itself acts. */
void visit_act(struct visit *visit, const char *name, const char *id, const char *user, const struct buf *body,
               void (*then)(struct visit *visit));

/* The answers; each ends the visit. Sentences are worded in the visitor's language. */
void visit_json(struct visit *visit, int status, struct buf *json); /* takes the bytes over */
void visit_refuse(struct visit *visit, int status, struct say say);
void visit_fail(struct visit *visit, const struct err *err);                /* by its kind: 400, 403, 404, 409, 503 */
void visit_act_answer(struct visit *visit);                                 /* what the writer said */
void visit_bytes(struct visit *visit, const char *type, struct buf *bytes); /* 200, the bytes taken over */
void visit_live(struct visit *visit);                                       /* a stream that stays open */

/* {"say":[...],"text":"..."} */
void say_answer(enum lang lang, const struct say *say, struct buf *out);

/* Headers that every answer to a browser has. */
void answer_headers(struct http_request *request);

/* The same before there is a visit, on the loop thread. */
void office_refuse(struct http_request *request, int status, struct say say);

#endif
