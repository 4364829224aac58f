/* routes.h - every door of the server as a table: method, path, who may, how large a body, and the function behind it.
 *
 * Line 11/11: what ask/ found, and acts -> what people see
 *
 * server/main.c gives the first two to http_start() with the desk as their self. Deny by default: what has no row is
 * 404, what the role may not is 403. */
#ifndef SERVER_SHOW_ROUTES_H
#define SERVER_SHOW_ROUTES_H

#include "server/show/desk.h"

int64_t routes_body_limit(void *desk, const char *method, const char *path);
void    routes_handle(void *desk, struct http_request *request);

/* Tells open pages that these live topics changed (bits of writer_out.topics). */
void routes_changed(struct http *http, unsigned topics, int64_t feed);

#endif
