/* printing.h - what papers of the office share: one is made at a time; the rows of lists that they are made of; the answer. */
#ifndef SERVER_SHOW_PRINTING_H
#define SERVER_SHOW_PRINTING_H

#include "server/ask/list.h"
#include "server/show/visit.h"

/* One paper at a time: fonts are no small thing. begin is false: somebody else's is being made, it was refused, the visit
 * is over. */
bool printing_begin(struct visit *visit) MUST_CHECK;
void printing_end(void);

/* Texts of rows, which live as long as the paper is put together. */
struct texts {
    size_t count, room;
    char **all;
};
void texts_free(struct texts *texts);

/* Of the row that list_next() gave, by the key of one of the list's columns; 0 and "" where it has none. */
int64_t     row_number(struct list_reading *reading, const char *key);
const char *row_text(struct list_reading *reading, const char *key, struct texts *texts);

/* A text of one's own among them. */
const char *text_keep(struct texts *texts, const char *text, size_t len);

/* The paper, or why there is none. Frees it. */
void printing_answer(struct visit *visit, bool is_made, struct buf *pdf, const struct err *err);

#endif
