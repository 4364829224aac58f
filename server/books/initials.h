/* initials.h - the first letters of a name's pinyin, as people type them into a search: 张丽 -> zl. Pure.
 *
 * One letter a character, small; letters and digits of other scripts as they are, ASCII ones small; what has none is left
 * out. A character with two readings that are both usual in names (曾, 单, 解) has both: the second in `other`. */
#ifndef SERVER_BOOKS_INITIALS_H
#define SERVER_BOOKS_INITIALS_H

#include "core/buf.h"

/* Appends the initials; other: the same with second readings, left empty where there are none. */
void initials_write(const char *name, struct buf *usual, struct buf *other);

#endif
