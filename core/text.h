/* text.h - the text catalogue: words of a sentence, in the reader's language.
 *
 * assets/text/zh.po and en.po, compiled by msgfmt and embedded; ids are the msgids. Every text that a person sees
 * comes from here. {1} to {4} are the arguments; {1|door|doors} is "door" where the first of them is 1, else "doors".
 * The office's pages fill them by the same rule (assets/office/words.js). To add a language: a PO file, a row in text.c. */
#ifndef CORE_TEXT_H
#define CORE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buf.h"
#include "core/say.h"

enum lang { LANG_ZH, LANG_EN, LANG_COUNT };

/* The words of an id, with {1}.. still in them; the id itself where the catalogue lacks it (a test forbids that).
 * Lives for ever. */
const char *text_of(enum lang lang, const char *id);

/* The whole sentence, placeholders filled; returns out. Cut at a character where cap is too small. */
char *text_say(enum lang lang, const struct say *say, char *out, size_t cap);
void  text_say_buf(enum lang lang, const struct say *say, struct buf *out);

/* Adds to an object the two members by which every answer says a sentence: "say":[id, arguments...],"text":"<words>". */
void text_say_json(enum lang lang, const struct say *say, struct buf *out);

/* "zh", "en"; false for others. */
bool        lang_read(const char *text, enum lang *lang);
const char *lang_code(enum lang lang);

/* Appends every id and its words whose id starts with prefix as one JSON object, for the office's pages. */
void text_json(enum lang lang, const char *prefix, struct buf *out);

#endif
