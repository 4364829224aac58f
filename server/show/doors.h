/* doors.h - the functions behind the rows of the route table. */
#ifndef SERVER_SHOW_DOORS_H
#define SERVER_SHOW_DOORS_H

#include "core/buf.h"
#include "server/show/desk.h"
#include "server/show/visit.h"

/* file.c: what is embedded */
desk_door file_index, file_get;

/* api.c: what everybody needs */
desk_door texts_get, alive_get;
visit_fn  me_get, health_get, heard_get, list_get, csv_get, xlsx_get, pdf_get, act_post;

/* The id of the body in hand; false: it was refused, the visit is over. */
bool act_id(struct visit *visit, const char **id) MUST_CHECK;

/* metrics.c: the server's figures for a collector on this machine */
desk_door metrics_get;
void      metrics_write(const struct desk *desk, struct buf *out);
bool      metrics_may(const char *peer, bool is_forwarded); /* may that address ask? */

/* login.c */
visit_fn login_post, login_link, login_password, login_close, link_post;

/* One argon2id at a time. begin is false: somebody else's is being hashed, it was refused, the visit is over. */
bool hashing_begin(struct visit *visit) MUST_CHECK;
void hashing_end(void);

/* Is it his password? False: it isn't, or nobody can say now; it was refused, the visit is over. */
bool login_prove(struct visit *visit, struct db *books, const char *user, const char *password) MUST_CHECK;

/* paper.c: of pay; goods.c: that go with goods */
visit_fn paper_get, goods_get;

/* qr.c: the modules of a QR as a list of rows, "0110..."; the quiet zone of 4 is the drawer's. */
bool qr_write(const char *digits, struct buf *out, struct err *err) MUST_CHECK;

/* print.c: sheets, and the covers of their volumes */
visit_fn print_post, print_get, cover_get;

/* second.c: the other person of an act of two */
visit_fn second_post;

/* Whom the word `second` of the body in hand stands for, "" where the act needs nobody; the body without it stands in
 * visit->made. False: there is none or it doesn't hold; it was refused, the visit is over. */
bool second_read(struct visit *visit, const char *id, char user[VISIT_USER_MAX]) MUST_CHECK;

/* pin.c */
visit_fn pin_post;

/* token.c */
visit_fn token_post;

/* audit.c */
visit_fn audit_verify;

/* live.c */
visit_fn live_get;

/* search.c */
visit_fn search_get;

/* upload.c */
visit_fn upload_post, upload_get;

/* DATA/files/HASH: written whole and synced; read again. */
bool upload_store(const char *data, const char *hash, const char *bytes, size_t len, struct err *err) MUST_CHECK;
bool upload_load(const char *data, const char *hash, int64_t bytes, struct buf *out, struct err *err) MUST_CHECK;

/* Before the first door opens: what an earlier start left half written, and nobody names, goes. */
void upload_sweep(const char *data);

/* import.c */
visit_fn import_post, kinds_get;

/* openapi.c */
desk_door openapi_get;
void      openapi_write(struct buf *out); /* printed from the tables of routes and lists */

#endif
