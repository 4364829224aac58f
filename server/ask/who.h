/* who.h - what people of the office are called: full names of those who stand in a list by the name under which they log in.
 *
 * In: the books' users, read once for each answer. Out: his words; and, for JSON, the names that occurred in the answer. */
#ifndef SERVER_ASK_WHO_H
#define SERVER_ASK_WHO_H

#include <stddef.h>

#include "core/buf.h"
#include "core/db.h"
#include "core/text.h"

struct list_people;

/* Users who were switched off too: they stand in the trail for ever. list_people_free() takes NULL. */
bool list_people_read(struct db *db, struct list_people **people, struct err *err) MUST_CHECK;
void list_people_free(struct list_people *people);

/* "sun" -> 孙丽, "he,sun" -> 何厂长、孙丽; who has no full name, and whom nobody knows, stands as he is. */
void list_who_words(struct list_people *people, enum lang lang, const char *who, size_t len, struct buf *out);

/* Notes that these occurred; list_who_json() appends {"sun":"孙丽",...} of all that did and have a full name. */
void list_who_note(struct list_people *people, const char *who, size_t len);
void list_who_json(const struct list_people *people, struct buf *out);

#endif
