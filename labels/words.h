/* words.h - how papers write days, numbers and codes. */
#ifndef LABELS_WORDS_H
#define LABELS_WORDS_H

#include "core/code.h"
#include "labels/box.h"

enum { WORDS_DAY = 32, WORDS_DIGITS = 40, WORDS_NUMBER = 24, WORDS_MONEY = 48 };

/* 3-20, and 3-20 周五 with its weekday; "" for INT32_MIN. */
void words_day(const struct paper *paper, int32_t day, bool has_weekday, char text[WORDS_DAY]);

/* The digits of a code in groups, as its kind is read aloud: 1 2603 0001 01 03 001 14; 3 481 906 227 315 540 77. */
void words_digits(const char *digits, char text[WORDS_DIGITS]);

/* Fills a sentence of the catalogue with up to two numbers or texts; out is cut at a character. */
void words_fill(const struct paper *paper, struct say say, char *out, size_t cap);

/* 12,345.60, −30.00: commas at thousands, and a minus that is seen. */
void words_money(int64_t fen, char text[WORDS_MONEY]);

/* The order's number as people say it [R25], apart: 301 and -2. */
void words_line(struct line_ref line, char order[WORDS_NUMBER], char behind[WORDS_NUMBER]);

#endif
