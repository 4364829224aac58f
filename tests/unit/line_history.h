/* line_history.h - histories of an order line made by dice, in the words of line_words.h. */
#ifndef TESTS_UNIT_LINE_HISTORY_H
#define TESTS_UNIT_LINE_HISTORY_H

#include <stdarg.h>

#include "tests/unit/line_words.h"

enum { FACTS_MOST = 14, FACT_TEXT = 80 };

struct history {
    char world[80];
    char facts[FACTS_MOST + 2][FACT_TEXT];
    int  count;
};

static inline bool dice_chance(uint64_t *dice, int percent)
{
    return dice_between(dice, 1, 100) <= percent;
}

__attribute__((format(printf, 2, 3))) static inline void text_add(char text[FACT_TEXT], const char *format, ...)
{
    va_list args;
    size_t  len = strlen(text);
    va_start(args, format);
    vsnprintf(text + len, FACT_TEXT - len, format, args);
    va_end(args);
}

static inline void fact_who(uint64_t *dice, char text[FACT_TEXT])
{
    static const char *const whos[] = {"A", "A", "A", "B", "B", "C", "AB", "B2AC", "?", "C?"};
    text_add(text, " %s", whos[dice_between(dice, 0, 9)]);
    if (dice_chance(dice, 5)) text_add(text, " revoked");
    if (dice_chance(dice, 20)) text_add(text, " k2");
    if (dice_chance(dice, 20)) text_add(text, " seen%d", (int)dice_between(dice, -1, 12));
    if (dice_chance(dice, 10)) text_add(text, " day%d", (int)dice_between(dice, 1, 6));
    if (dice_chance(dice, 4)) text_add(text, " unknown");
}

static inline void fact_pieces(uint64_t *dice, char text[FACT_TEXT])
{
    int count = (int)dice_between(dice, 0, 7);
    if (dice_chance(dice, 30)) {
        text_add(text, " #%d", (int)dice_between(dice, 1, 9));
        for (int i = 1; i < count; i++) text_add(text, ",%d", (int)dice_between(dice, 1, 9));
    } else {
        text_add(text, " %d", count);
    }
    if (count > 1 && dice_chance(dice, 25)) text_add(text, " bad%d", (int)dice_between(dice, 1, count - 1));
    if (dice_chance(dice, 15)) text_add(text, " op20");
    if (dice_chance(dice, 15)) text_add(text, " rev2");
    if (dice_chance(dice, 3)) text_add(text, " op30");
    if (dice_chance(dice, 12)) text_add(text, " rework");
    if (dice_chance(dice, 4)) text_add(text, " before");
}

/* Any fact, mostly one that there is, now and then one to come. */
static inline void fact_target(uint64_t *dice, char text[FACT_TEXT], int count)
{
    text_add(text, " >%d", (int)dice_between(dice, 1, dice_chance(dice, 10) ? count + 4 : count));
}

static inline void fact_make(uint64_t *dice, char text[FACT_TEXT], int count)
{
    int kind = (int)dice_between(dice, 1, 100);
    text[0] = 0;
    if (kind <= 55 || count == 0) {
        text_add(text, "report");
        fact_who(dice, text);
        fact_pieces(dice, text);
    } else if (kind <= 70) {
        text_add(text, "correct%s", dice_chance(dice, 30) ? " office" : "");
        fact_who(dice, text);
        fact_pieces(dice, text);
        fact_target(dice, text, count);
    } else if (kind <= 83) {
        text_add(text, "undo%s", dice_chance(dice, 30) ? " office" : "");
        fact_who(dice, text);
        fact_target(dice, text, count);
    } else if (kind <= 97) {
        int bad = dice_chance(dice, 30) ? (int)dice_between(dice, 1, 2) : 0;
        int count_said = bad > 0 ? bad : (int)dice_between(dice, 0, 6);
        text_add(text, "decide%s %d", dice_chance(dice, 95) ? " office" : "", count_said);
        fact_target(dice, text, count);
        if (bad > 0) text_add(text, " bad%d@%d", bad, dice_chance(dice, 50) ? 10 : 0);
        if (dice_chance(dice, 30)) text_add(text, " =%d", (int)dice_between(dice, 1, count));
    } else {
        text_add(text, "note A");
    }
}

static inline struct history history_make(uint64_t *dice)
{
    static const char *const worlds[] = {"",
                                         "rev2",
                                         "rev2 stays4",
                                         "rev2 void1@6 stays3",
                                         "stop5",
                                         "stop4-8 stop10",
                                         "rate20000@2-4",
                                         "rev2 void1@3 stop9",
                                         "stop3*4",
                                         "stop2-6*7 stop8*1"};
    struct history           history = {.count = (int)dice_between(dice, 1, FACTS_MOST)};
    snprintf(history.world, sizeof history.world, "%s", worlds[dice_between(dice, 0, 9)]);
    for (int i = 0; i < history.count; i++) fact_make(dice, history.facts[i], i);
    return history;
}

#endif
