/* answer.h - how answers to kiosks are put together: bodies, macs, refusals in the API's form. */
#ifndef SERVER_TAKE_ANSWER_H
#define SERVER_TAKE_ANSWER_H

#include "server/take/take.h"

/* {"say":[...],"text":"<English>"}, not signed yet. */
void answer_refuse(struct take_answer *answer, int status, struct say say);

/* Over the request's mac and the body as it stands. */
void answer_sign(struct take_answer *answer, const struct key *key, const struct hash *request_mac);

/* ,"server":...,"run":...,"feed":...,"time":... */
void answer_place(struct buf *body, struct epoch server, uint64_t run, int64_t feed, int64_t now_ms);

/* ["<epoch>",<seq>,"<hash>"] */
void answer_mark(struct buf *body, const struct mark *mark);

#endif
