/* words.c - how papers write days, numbers and codes: words.h. */
#include "labels/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/money.h"

void words_day(const struct paper *paper, int32_t day, bool has_weekday, char text[WORDS_DAY])
{
    static const char *const WEEKDAYS[7] = {"office.weekday.0", "office.weekday.1", "office.weekday.2",
                                            "office.weekday.3", "office.weekday.4", "office.weekday.5",
                                            "office.weekday.6"};
    char                     whole[DAY_TEXT];
    text[0] = '\0';
    if (day == INT32_MIN) return;
    day_write(day, whole);
    long month = strtol(whole + strlen(whole) - 5, NULL, 10), of_month = strtol(whole + strlen(whole) - 2, NULL, 10);
    int  weekday = ((day % 7) + 7 + 4) % 7; /* 1970 began on a Thursday */
    if (has_weekday)
        snprintf(text, WORDS_DAY, "%ld-%ld %s", month, of_month, paper_words(paper, WEEKDAYS[weekday]));
    else
        snprintf(text, WORDS_DAY, "%ld-%ld", month, of_month);
}

void words_digits(const char *digits, char text[WORDS_DIGITS])
{
    /* Lengths of the groups by kind; to add a kind, a row. */
    static const char *const GROUPS[10] = {
        [CODE_SHEET] = "1442232", [CODE_PIECE] = "1442232", [CODE_BADGE] = "1333332", [CODE_COMMAND] = "134442"};
    bool        is_known = digits[0] >= '0' && digits[0] <= '9' && GROUPS[digits[0] - '0'] != NULL;
    const char *groups = is_known ? GROUPS[digits[0] - '0'] : "15552";
    size_t      at = 0, out = 0;
    for (; *groups != '\0' && digits[at] != '\0'; groups++) {
        if (at > 0) text[out++] = ' ';
        for (int i = *groups - '0'; i > 0 && digits[at] != '\0'; i--) text[out++] = digits[at++];
    }
    text[out] = '\0';
}

void words_fill(const struct paper *paper, struct say say, char *out, size_t cap)
{
    text_say(paper->lang, &say, out, cap);
}

void words_money(int64_t fen, char text[WORDS_MONEY])
{
    char   digits[MONEY_TEXT];
    size_t out = 0;
    money_write_fen(fen, digits);
    const char *at = digits;
    if (*at == '-') at++, out = (size_t)snprintf(text, WORDS_MONEY, "−");
    for (size_t whole = strcspn(at, "."), i = 0; at[i] != '\0'; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0) text[out++] = ',';
        text[out++] = at[i];
    }
    text[out] = '\0';
}

void words_line(struct line_ref line, char order[WORDS_NUMBER], char behind[WORDS_NUMBER])
{
    char text[LINE_REF_TEXT];
    line_ref_short(line, text);
    char *mark = strrchr(text, '-');
    snprintf(behind, WORDS_NUMBER, "%s", mark == NULL ? "" : mark);
    if (mark != NULL) *mark = '\0';
    snprintf(order, WORDS_NUMBER, "%s", text);
}
