/* http.h - the door to libmicrohttpd: requests in, answers out, from any thread.
 *
 * Two loop threads parse and hand over; nobody here waits for a disk. A handler keeps the request and answers it later,
 * exactly once, from whatever thread. Limits are set here: header 8 kB, body by the handler's word (413 beyond), idle
 * and body time-outs, bodies in all, connections in all and per address; both Content-Length and chunked, or no Host: 400. Slow or
 * half-open clients cost a descriptor, never a thread. */
#ifndef SERVER_HTTP_HTTP_H
#define SERVER_HTTP_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/text.h"

struct http;
struct http_request;

struct http_options {
    const char *address;            /* "0.0.0.0" */
    uint16_t    port;               /* 0: any free one, see http_port() */
    const char *cert_pem, *key_pem; /* NULL: no TLS */
    /* Before the body is read: how many bytes may come, 0 = none expected, -1 = refuse with 404. */
    int64_t (*body_limit)(void *self, const char *method, const char *path);
    void (*handle)(void *self, struct http_request *request);
    void   *self;
    int64_t patience_ms; /* how long a client may take for its header, then for its body; 0: 10 s */
    size_t  bodies_max; /* bytes of all bodies that wait for their end or their answer: 429 beyond; uploads of more than
                          * 512 kB and everything else have as much each; 0: 64 MB */
};
bool     http_start(const struct http_options *options, struct http **http, struct err *err) MUST_CHECK;
uint16_t http_port(const struct http *http);
/* Answers what is still open with 503, then waits for its threads; whoever else would answer has ended by now. */
void     http_stop(struct http *http);

const char *http_method(const struct http_request *request);
const char *http_path(const struct http_request *request); /* without the query, decoded, no NUL, no "..": else 400 */
const char *http_query(const struct http_request *request, const char *key);   /* decoded, UTF-8, NULL: absent */
const char *http_header(const struct http_request *request, const char *name); /* NULL: absent */
const char *http_cookie(const struct http_request *request, const char *name); /* NULL: absent */
const char *http_body(const struct http_request *request, size_t *len);
const char *http_peer(const struct http_request *request); /* address as text */
bool        http_is_tls(const struct http_request *request);

/* Adds a header to the answer to come. Name and value without control characters (asserts). */
void      http_answer_header(struct http_request *request, const char *name, const char *value);
/* Answers and lets go of the request: it may not be touched afterwards. The body is taken over and left empty. */
void      http_answer(struct http_request *request, int status, const char *type, struct buf *body);
/* The language that whoever asks wants: ?lang=, else the first of Accept-Language, else otherwise. */
enum lang http_lang(const struct http_request *request, enum lang otherwise);
/* An error in the API's form, {"say":[...],"text":...}: worded in his language, in English where he names none. */
void      http_refuse(struct http_request *request, int status, struct say say);
/* Static bytes that live for ever. */
void      http_answer_static(struct http_request *request, int status, const char *type, const void *bytes, size_t len);

/* Server-sent events: the answer stays open; every http_live() reaches all open streams; a comment line every 20 s. A
 * stream whose client doesn't read is ended: its page asks again. */
void http_answer_live(struct http_request *request);
void http_live(struct http *http, const char *event_lines, size_t len);

#endif
