/* card.h - cards of the size of a bank card: badges with a personal sign, and command cards that do what a button of the
 * kiosk does, so that a broken touch screen stops nobody. */
#ifndef LABELS_CARD_H
#define LABELS_CARD_H

#include "core/code.h"
#include "labels/box.h"

/* Millimetres of ISO/IEC 7810 ID-1. */
#define CARD_WIDE 85.6f
#define CARD_HIGH 54.0f

struct badge_card {
    int64_t     badge; /* 15 digits, random: they say nothing about the worker */
    const char *factory, *name, *section, *number;
    int         animal, colour; /* the personal sign, as in core/shape.h */
    const char *spare; /* number of a spare badge (临时工牌), which has no name and no sign; NULL: it isn't one */
};

/* Where a lost badge goes, on the back; either may be NULL. */
struct badge_back {
    const char *factory, *finder;
};

/* One action of the kiosk with its argument. Numbers are those of enum action in the kiosk's words, and never change. */
struct card {
    int         action;
    int64_t     argument;
    const char *words;  /* NULL: those of the catalogue */
    bool        is_bad; /* cards that take back or scrap have a doubled frame */
    enum shape  shape;  /* SHAPE_NONE: its argument, large */
};

/* How the kiosk's actions are carded: which arguments there are cards for, and what stands on them. Tested against the
 * kiosk's words. To add an action: a row. */
struct card_row {
    int         action;
    int64_t     from, to, step; /* arguments */
    const char *words;          /* id; {1} is the argument */
    enum shape  shape;
    bool        is_bad;
};
extern const struct card_row CARD_ROWS[];
extern const size_t          CARD_ROW_COUNT;

/* Each on a page of its own, as label and card printers take them. */
void badge_card_put(struct paper *paper, const struct badge_card *badge);
void badge_back_put(struct paper *paper, const struct badge_back *back);
void card_put(struct paper *paper, const struct card *card);

/* On A4 with marks for cutting: badges ten a page, and their backs; command cards twelve. */
void badges_put(struct paper *paper, const struct badge_card *badges, size_t count, const struct badge_back *back);
void cards_put(struct paper *paper, const struct card *cards, size_t count);

/* The digits on them. */
void badge_digits(const struct badge_card *badge, char text[CODE_TEXT_MAX]);
void card_digits(const struct card *card, char text[CODE_TEXT_MAX]);

#endif
