/* words.h - a line of words with one blank between, as requests of kiosks begin. Pure. */
#ifndef SERVER_TAKE_WORDS_H
#define SERVER_TAKE_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/say.h"

enum { WORDS_EACH_MAX = 80 }; /* bytes of a word, with its NUL */

/* The first n words, none of them empty, no NUL in them; *used: bytes up to what stands behind them, which newer programs may
 * have more to say in. */
bool words_first(const char *line, size_t len, int n, char words[][WORDS_EACH_MAX], size_t *used);

/* A request begins with `name` and the form that it is written in (docs/protocol.md, "Versions"): false where this program
 * doesn't speak that form; *why: the sentence of it. */
bool words_form(const char *line, size_t len, const char *name, struct say *why);

/* Up to 18 digits, no sign, no leading zero but 0 itself. */
bool words_number(const char *word, int64_t *number);

#endif
