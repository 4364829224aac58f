/* words.h - a line of words with one blank between, as requests of kiosks begin. Pure. */
#ifndef SERVER_TAKE_WORDS_H
#define SERVER_TAKE_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WORDS_EACH_MAX = 80 }; /* bytes of a word, with its NUL */

/* Exactly n words, none of them empty, no NUL in them. */
bool words_split(const char *line, size_t len, int n, char words[][WORDS_EACH_MAX]);

/* Up to 18 digits, no sign, no leading zero but 0 itself. */
bool words_number(const char *word, int64_t *number);

#endif
