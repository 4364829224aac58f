/* utf8.h - where a character of UTF-8 ends: for all who cut, escape or count text.
 *
 * Valid is what RFC 3629 says: nothing overlong, no surrogates, nothing above U+10FFFF. Pure. */
#ifndef CORE_UTF8_H
#define CORE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* What stands in the place of a byte that is no character: U+FFFD, three bytes. */
#define UTF8_INSTEAD "\xEF\xBF\xBD"

/* Bytes of the valid character at the start of text, 1..4 (a NUL is one of 1); 0 where there is none: len is 0, the
 * character is cut off, or the byte begins none. */
size_t utf8_len(const char *text, size_t len);

/* Is all of it valid characters? */
bool utf8_is_valid(const char *text, size_t len);

/* The longest start of valid text, at most room bytes, that cuts no character. */
size_t utf8_fit(const char *text, size_t len, size_t room);

/* Copies valid text, cut at a character where it is longer than cap - 1 bytes. */
void utf8_copy(char *to, size_t cap, const char *text);

/* The digit that a character of step bytes is, ASCII or full-width as an input method types it; -1 where it is none. */
int utf8_digit(const char *text, size_t step);

#endif
