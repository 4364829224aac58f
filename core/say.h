/* say.h - a sentence as data: an id of the text catalogue and up to four arguments.
 *
 * Errors, verdicts, screen texts and audit lines are kept and sent in this form, so that each reader gets his own
 * language, and a sentence stored today can be worded better tomorrow. Words: core/text.h. */
#ifndef CORE_SAY_H
#define CORE_SAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SAY_ID_MAX = 40, SAY_TEXT_MAX = 64, SAY_ARGS_MAX = 4 };

enum say_arg_kind { SAY_ARG_INT, SAY_ARG_FEN, SAY_ARG_TEXT };

struct say_arg {
    enum say_arg_kind kind;
    int64_t           number;             /* INT: as it is; FEN: money in 1/100 yuan, shown with two decimals */
    char              text[SAY_TEXT_MAX]; /* TEXT: UTF-8 with its NUL; longer text is cut at a character with … */
};

struct say {
    char           id[SAY_ID_MAX]; /* "" says nothing */
    int            count;          /* arguments used, {1} to {count} in the catalogue */
    struct say_arg args[SAY_ARGS_MAX];
};

/* The one way to begin a sentence; the test of the catalogue finds ids by this word: SAY("code.length"). */
#define SAY(id) say_make("" id)

struct say say_make(const char *id);

/* Each returns the sentence with one more argument: say_int(SAY("count.over"), 12). More than four is a mistake of
 * ours and asserts. */
struct say say_int(struct say say, int64_t number);
struct say say_fen(struct say say, int64_t fen);
struct say say_text(struct say say, const char *text);

bool say_is_empty(const struct say *say);
bool say_equal(const struct say *a, const struct say *b);

struct buf;

/* Stored form, one JSON array: ["count.over",12,{"fen":1250},"301"]. */
void say_write(const struct say *say, struct buf *out);

/* Reads the stored form. False leaves *say alone: text that is no sentence is our mistake or damage. */
bool say_read(const char *text, size_t len, struct say *say);

#endif
