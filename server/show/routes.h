/* routes.h - every door of the server as a table: method, path, who may, how large a body, and the function behind it.
 *
 * Line 11/11: what ask/ found, and acts -> what people see
 *
 * server/main.c gives the first two to http_start() with the desk as their self. Deny by default: what has no row is
 * 404, who has no session 401, what the role may not 403. */
#ifndef SERVER_SHOW_ROUTES_H
#define SERVER_SHOW_ROUTES_H

#include "server/show/desk.h"
#include "server/show/visit.h"

int64_t routes_body_limit(void *desk, const char *method, const char *path);
void    routes_handle(void *desk, struct http_request *request);

/* Tells open pages that these live topics changed (bits of writer_out.topics). In live.c. */
void routes_changed(struct http *http, unsigned topics, int64_t feed);

enum route_kind {
    ROUTE_OPEN, /* nobody needs to be logged in: the page's files, logging in, kiosks (who sign by themselves) */
    ROUTE_READ, /* a session, and one of the roles */
    ROUTE_ACT   /* the same, and the session's CSRF token in a header: it changes something */
};

struct route {
    const char     *method;
    const char     *path; /* a trailing * takes anything that is left, at least one character */
    enum route_kind kind;
    unsigned        roles;    /* server/ask/role.h; of READ and ACT */
    int64_t         body_max; /* bytes, 0: no body */
    const char     *type;     /* content types of which the body must have one, separated by spaces; NULL: any */
    desk_door      *door;     /* answers on the loop thread; or */
    visit_fn       *run;      /* answers on an asker, with a connection to the books */
    const char     *act;      /* of the rows that hand an act to the writer */
    const char     *what;     /* one English sentence, for openapi.json */
    const char     *takes;    /* fields of the JSON body, for openapi.json: "name! password!" (! = needed) */
};

extern const struct route ROUTES[]; /* ended by a NULL method */
const struct route       *route_find(const char *method, const char *path);

#endif
