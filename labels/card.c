/* card.c - badges and command cards: card.h. */
#include "labels/card.h"

#include <stdio.h>

#include "labels/words.h"

#define A4_WIDE 210.0f
#define A4_HIGH 297.0f

enum { BADGE_ACROSS = 2, BADGE_DOWN = 5, CARD_ACROSS = 2, CARD_DOWN = 6, CARD_DIGIT = 6, CARD_OP = 8 };

/* clang-format off */
const struct card_row CARD_ROWS[] = {
    {1, 0, 0, 1, "labels.card.save", SHAPE_CHECK, false},
    {2, 0, 0, 1, "labels.card.undo", SHAPE_UNDO, true},
    {3, 0, 0, 1, "labels.card.look", SHAPE_EYE, false},
    {4, 0, 0, 1, "labels.card.back", SHAPE_BACK, false},
    {14, 0, 0, 1, "labels.card.yes", SHAPE_CHECK, false},
    {15, 0, 0, 1, "labels.card.no", SHAPE_CLOSE, false},
    {12, 0, 0, 1, "labels.card.join", SHAPE_PEOPLE, false},
    {13, 0, 0, 1, "labels.card.change", SHAPE_AGAIN, false},
    {10, 0, 0, 1, "labels.card.worker", SHAPE_PERSON, false},
    {11, 0, 0, 1, "labels.card.out", SHAPE_OUT, false},
    {21, 0, 0, 1, "labels.card.more", SHAPE_DOWN, false},
    {19, 0, 0, 1, "labels.card.other", SHAPE_STATION, false},
    {5, 1, 12, 1, "labels.card.count", SHAPE_NONE, false},
    {6, 0, 9, 1, "labels.card.digit", SHAPE_NONE, false},
    {6, 10, 10, 1, "labels.card.dash", SHAPE_OTHER, false},
    {7, 0, 0, 1, "labels.card.erase", SHAPE_ERASE, false},
    {7, 1, 1, 1, "labels.card.clear", SHAPE_CLOSE, false},
    {8, 10, 120, 10, "labels.card.op", SHAPE_NONE, false},
    {9, 0, 0, 1, "labels.card.bad", SHAPE_BAD, true},
    {9, 1, 8, 1, "labels.card.reason", SHAPE_NONE, true},
    {20, 0, 0, 1, "labels.card.rework", SHAPE_TOOL, false},
    {22, 0, 0, 1, "labels.card.different", SHAPE_PAD, false},
    {16, 0, 0, 1, "labels.card.made_before", SHAPE_SHEET, false},
    {30, 0, 0, 1, "labels.card.collect", SHAPE_SHEET, false},
    {31, 0, 0, 1, "labels.card.order", SHAPE_FIND, false},
    {32, 0, 0, 1, "labels.card.board", SHAPE_BOARD, false},
    {32, 1, 7, 1, "labels.card.board_view", SHAPE_NONE, false},
    {34, 0, 0, 1, "labels.card.today", SHAPE_CALENDAR, false},
    {34, 1, 1, 1, "labels.card.yesterday", SHAPE_CALENDAR, false},
    {18, 0, 0, 1, "labels.card.money", SHAPE_MONEY, false},
    {17, 0, 0, 1, "labels.card.language", SHAPE_LANGUAGE, false},
    {23, 0, 0, 1, "labels.card.leave", SHAPE_OUT, false},
    {23, 1, 8, 1, "labels.card.leave_place", SHAPE_NONE, false},
    {24, 0, 0, 1, "labels.card.fault_none", SHAPE_CLOSE, false},
    {24, 10, 120, 10, "labels.card.fault", SHAPE_NONE, false},
    {24, 9999, 9999, 1, "labels.card.fault_material", SHAPE_MATERIAL, false},
    {25, 1, 1, 1, "labels.door.left_out", SHAPE_DOOR_LEFT_OUT, false},
    {25, 2, 2, 1, "labels.door.left_in", SHAPE_DOOR_LEFT_IN, false},
    {25, 3, 3, 1, "labels.door.right_out", SHAPE_DOOR_RIGHT_OUT, false},
    {25, 4, 4, 1, "labels.door.right_in", SHAPE_DOOR_RIGHT_IN, false},
    {26, 0, 0, 1, "labels.card.number", SHAPE_PAD, false},
    {28, 0, 0, 1, "labels.card.all", SHAPE_CHECK, false},
    {29, 0, 0, 1, "labels.card.yuan", SHAPE_MONEY, false},
    {47, 1, 1, 1, "screen.asked_working", SHAPE_TOOL, false},
    {47, 2, 2, 1, "screen.asked_today", SHAPE_CALENDAR, false},
    {47, 3, 3, 1, "screen.asked_material", SHAPE_PENDING, false},
    {47, 4, 4, 1, "screen.asked_absent", SHAPE_CLOSE, false},
    {40, 0, 0, 1, "labels.card.setup", SHAPE_MENU, false},
    {40, 1, 1, 1, "setup.station", SHAPE_STATION, false},
    {40, 2, 2, 1, "setup.scanners", SHAPE_SCANNER, false},
    {40, 3, 3, 1, "setup.waiting", SHAPE_QUEUE, false},
    {40, 4, 4, 1, "setup.diagnosis", SHAPE_DIAGNOSIS, false},
    {40, 5, 5, 1, "setup.sound", SHAPE_SOUND, false},
    {40, 6, 6, 1, "setup.screen", SHAPE_SUN, false},
    {40, 7, 7, 1, "setup.sign_out", SHAPE_OUT, false},
    {40, 8, 8, 1, "setup.touch", SHAPE_TOUCH, false},
    {40, 9, 9, 1, "setup.end", SHAPE_END, false},
    {41, 0, 100, 20, "labels.card.volume", SHAPE_SOUND, false},
    {41, 10000, 10000, 1, "labels.card.light", SHAPE_SUN, false},
    {41, 10001, 10001, 1, "labels.card.dark", SHAPE_SUN, false},
    {41, 20000, 20000, 1, "labels.card.chinese", SHAPE_LANGUAGE, false},
    {41, 20001, 20001, 1, "labels.card.english", SHAPE_LANGUAGE, false},
    {41, 30000, 30000, 1, "labels.card.out_entry", SHAPE_OUT, false},
    {41, 30001, 30001, 1, "labels.card.out_time", SHAPE_OUT, false},
    {41, 30002, 30002, 1, "labels.card.out_shift", SHAPE_OUT, false},
    {41, 50000, 50000, 1, "labels.card.dim_never", SHAPE_SUN, false},
    {41, 50015, 50015, 1, "labels.card.dim", SHAPE_SUN, false},
    {42, 1, 1, 1, "labels.card.sound_saved", SHAPE_SOUND, false},
    {42, 2, 2, 1, "labels.card.sound_refused", SHAPE_SOUND, false},
    {42, 3, 3, 1, "labels.card.sound_rush", SHAPE_SOUND, false},
    {42, 4, 4, 1, "labels.card.sound_stopped", SHAPE_SOUND, false},
    {42, 5, 5, 1, "labels.card.sound_question", SHAPE_SOUND, false},
    {43, 0, 0, 1, "labels.card.clean", SHAPE_CLEAN, false},
    {46, 100, 100, 1, "setup.teach", SHAPE_SCANNER, false},
    {45, 1, 1, 1, "setup.stop", SHAPE_END, false},
    {45, 2, 2, 1, "setup.restart", SHAPE_AGAIN, false},
    {60, 0, 0, 1, "labels.card.super", SHAPE_PEOPLE, false},
    {61, 0, 0, 1, "labels.card.spare", SHAPE_BADGE, false},
    {62, 0, 0, 1, "labels.card.paper", SHAPE_SHEET, false},
    {63, 0, 0, 1, "labels.card.mend", SHAPE_UNDO, false},
    {64, 0, 0, 1, "labels.card.carry", SHAPE_DISK, false},
    {65, 0, 6, 1, "labels.card.field", SHAPE_NONE, false},
    {66, 0, 12, 1, "labels.card.pick", SHAPE_NONE, false},
    {68, 0, 0, 1, "labels.card.newcomer", SHAPE_NOBODY, false},
    {71, 0, 0, 1, "labels.card.close_note", SHAPE_TRUCK, false},
    {72, 0, 0, 1, "labels.card.goods_in", SHAPE_PACK, false},
    {72, 1, 1, 1, "labels.card.goods_transfer", SHAPE_RACK, false},
    {72, 2, 2, 1, "labels.card.goods_count", SHAPE_PAD, false},
    {72, 3, 3, 1, "labels.card.goods_return", SHAPE_AGAIN, false},
};
/* clang-format on */
const size_t CARD_ROW_COUNT = sizeof CARD_ROWS / sizeof CARD_ROWS[0];

/* ---- Badges */

void badge_digits(const struct badge_card *badge, char text[CODE_TEXT_MAX])
{
    code_write_badge(badge->badge, text);
}

static void code_below(struct paper *paper, float x, float y, const char *digits)
{
    char groups[WORDS_DIGITS];
    words_digits(digits, groups);
    paper_symbol(paper, area_of(x + 4.2f, y + 35, 77.2f, 12.6f), SYMBOL_CODE128, 0.45f, digits);
    paper_text(paper, area_of(x + 8.1f, y + 48.6f, 69.3f, 3.2f), &(struct style){.em = 2.9f, .side = SIDE_MIDDLE},
               groups);
}

static void spare_frame(struct paper *paper, float x, float y, const char *number)
{
    struct area frame = {x + 5.2f, y + 5.2f, 27.6f, 26.4f};
    paper_dashed(paper, frame.x, frame.y, frame.w, 0, 0.8f, 2);
    paper_dashed(paper, frame.x, frame.y + frame.h, frame.w, 0, 0.8f, 2);
    paper_dashed(paper, frame.x, frame.y, 0, frame.h, 0.8f, 2);
    paper_dashed(paper, frame.x + frame.w, frame.y, 0, frame.h, 0.8f, 2);
    paper_text(paper, area_inset(frame, 2, 2),
               &(struct style){.em = 17, .em_least = 6, .is_bold = true, .side = SIDE_MIDDLE}, number);
}

static size_t characters(const char *text)
{
    size_t count = 0;
    for (; *text != '\0'; text++) count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

static void badge_at(struct paper *paper, float x, float y, const struct badge_card *badge)
{
    char        digits[CODE_TEXT_MAX];
    bool        is_spare = badge->spare != NULL && badge->spare[0] != '\0';
    const char *name = is_spare ? paper_words(paper, "labels.badge.spare") : badge->name == NULL ? "" : badge->name;
    size_t      length = characters(name);
    struct buf  head = {0};
    float       em = length <= 3   ? 12.5f
                     : length == 4 ? 10.6f
                     : length <= 6 ? 8.6f
                                   : 6.8f,
          at = x + 37.2f, wide = CARD_WIDE - 37.2f - 3.4f;
    buf_fmt(&head, "%s  %s", badge->factory == NULL ? "" : badge->factory, paper_words(paper, "labels.badge.title"));
    paper_text(paper, area_of(at, y + 3.4f, wide, 3.4f),
               &(struct style){.em = 2.9f, .em_least = 1.8f, .side = SIDE_RIGHT}, buf_text(&head));
    buf_free(&head);
    if (is_spare)
        spare_frame(paper, x, y, badge->spare);
    else
        paper_sign(paper, area_of(x + 2.6f, y + 0.6f, 33, 33), badge->animal, badge->colour);
    paper_text(paper, area_of(at, y + 8, wide, 16),
               &(struct style){.em = em, .em_least = em * 0.42f, .is_bold = true, .lines = 2}, name);
    float number_wide = badge->number == NULL ? 0 : paper_width(paper, 5.4f, true, badge->number) + 0.1f;
    if (is_spare) number_wide = 0;
    paper_text(paper, area_of(at, y + 25, wide - number_wide - 2, 6),
               &(struct style){.em = 5.4f, .em_least = 2.8f, .lines = 2},
               is_spare ? paper_words(paper, "labels.badge.give_back") : badge->section);
    if (number_wide > 0)
        paper_text(paper, area_of(x + CARD_WIDE - 3.4f - number_wide, y + 25, number_wide, 6),
                   &(struct style){.em = 5.4f, .is_bold = true}, badge->number);
    badge_digits(badge, digits);
    code_below(paper, x, y, digits);
}

static void back_at(struct paper *paper, float x, float y, const struct badge_back *back)
{
    static const char *const STEPS[3] = {"labels.badge.step1", "labels.badge.step2", "labels.badge.step3"};
    static const char *const RULES[2] = {"labels.badge.colours", "labels.badge.yours"};
    char                     number[2] = "1", words[64];
    struct buf               found = {0};
    float                    left = x + 6, at = y + 5, wide = CARD_WIDE - 12;
    for (int i = 0; i < 3; i++) {
        number[0] = (char)('1' + i);
        snprintf(words, sizeof words, "d %.2f %.2f 3.2", (double)(left + 3.2f), (double)(at + 3.6f));
        paper_drawing(paper, 0, 0, 1, INK_BLACK, words);
        paper_text(paper, area_of(left, at + 0.4f, 6.4f, 6.4f),
                   &(struct style){.em = 4.6f, .is_bold = true, .side = SIDE_MIDDLE, .ink = INK_WHITE}, number);
        paper_text(paper, area_of(left + 8.6f, at + 0.4f, wide - 8.6f, 6.4f),
                   &(struct style){.em = 4.8f, .em_least = 3, .is_bold = true}, paper_words(paper, STEPS[i]));
        at += 8.8f;
    }
    paper_line(paper, left, at + 1, wide, 0, 0.25f);
    at += 2.4f;
    for (int i = 0; i < 2; i++) {
        paper_text(paper, area_of(left, at, wide, 4.4f), &(struct style){.em = 3.3f, .em_least = 2},
                   paper_words(paper, RULES[i]));
        at += 4.6f;
    }
    buf_fmt(&found, "%s%s%s", paper_words(paper, "labels.badge.found"), back->finder == NULL ? "" : back->finder,
            back->finder == NULL && back->factory != NULL ? back->factory : "");
    paper_text(paper, area_of(left, at, wide, 4.4f), &(struct style){.em = 3.3f, .em_least = 2}, buf_text(&found));
    buf_free(&found);
}

/* ---- Command cards */

void card_digits(const struct card *card, char text[CODE_TEXT_MAX])
{
    struct code code = {
        .kind = CODE_COMMAND, .command = {.action = card->action, .argument = card->argument}
    };
    code_write(&code, text);
}

static const struct card_row *row_of(const struct card *card)
{
    for (size_t i = 0; i < CARD_ROW_COUNT; i++)
        if (CARD_ROWS[i].action == card->action && card->argument >= CARD_ROWS[i].from &&
            card->argument <= CARD_ROWS[i].to)
            return &CARD_ROWS[i];
    for (size_t i = CARD_ROW_COUNT; i-- > 0;) /* beyond the rows: as the last of its action */
        if (CARD_ROWS[i].action == card->action) return &CARD_ROWS[i];
    return &CARD_ROWS[0];
}

/* A number as a thing of its kind: a digit is a key, an operation a disc on the route, a quantity itself. */
static void number_put(struct paper *paper, struct area icon, const struct card *card)
{
    char words[64], argument[24];
    snprintf(argument, sizeof argument, "%lld", (long long)card->argument);
    if (card->action == CARD_DIGIT) paper_rect(paper, area_inset(icon, 1.4f, 1.4f), 0.9f);
    if (card->action == CARD_OP) {
        snprintf(words, sizeof words, "o %.2f %.2f 8.4 w0.9", (double)(icon.x + icon.w / 2),
                 (double)(icon.y + icon.h / 2));
        paper_drawing(paper, 0, 0, 1, INK_BLACK, words);
    }
    float most = card->action == CARD_OP ? 9 : card->action == CARD_DIGIT ? 12 : 17;
    paper_text(paper, area_inset(icon, card->action == CARD_OP ? 2.4f : 0, 0),
               &(struct style){.em = most, .em_least = 3, .is_bold = true, .side = SIDE_MIDDLE}, argument);
}

static void card_at(struct paper *paper, struct area cell, const struct card *card)
{
    char                   digits[CODE_TEXT_MAX], groups[WORDS_DIGITS], words[128];
    const struct card_row *row = row_of(card);
    struct area            icon = {cell.x + 5, cell.y + 3.4f, 18, 18};
    float                  middle = cell.x + cell.w / 2, foot = cell.y + cell.h;
    struct say             say = say_make(row->words);
    words_fill(paper, row->from == row->to ? say : say_int(say, card->argument), words, sizeof words);
    if (card->is_bad) {
        paper_rect(paper, area_inset(cell, 1.6f, 1.6f), 0.6f);
        paper_rect(paper, area_inset(cell, 2.8f, 2.8f), 0.6f);
    }
    if (card->shape != SHAPE_NONE)
        paper_shape(paper, icon, card->shape, INK_BLACK);
    else
        number_put(paper, icon, card);
    paper_text(paper, area_of(icon.x + 22, icon.y, cell.w - 31, 18),
               &(struct style){.em = 7, .em_least = 3.4f, .is_bold = true, .lines = 3},
               card->words == NULL ? words : card->words);
    card_digits(card, digits);
    words_digits(digits, groups);
    paper_symbol(paper, area_of(middle - 30.8f, foot - 22, 61.6f, 13.6f), SYMBOL_CODE128, 0.40f, digits);
    paper_text(paper, area_of(middle - 30.8f, foot - 8, 61.6f, 3.2f), &(struct style){.em = 2.9f, .side = SIDE_MIDDLE},
               groups);
}

/* ---- One a page, or many on A4 */

void badge_card_put(struct paper *paper, const struct badge_card *badge)
{
    paper_page(paper, CARD_WIDE, CARD_HIGH);
    badge_at(paper, 0, 0, badge);
}

void badge_back_put(struct paper *paper, const struct badge_back *back)
{
    paper_page(paper, CARD_WIDE, CARD_HIGH);
    back_at(paper, 0, 0, back);
}

void card_put(struct paper *paper, const struct card *card)
{
    paper_page(paper, CARD_WIDE, CARD_HIGH);
    card_at(paper, area_of(0, 0, CARD_WIDE, CARD_HIGH), card);
}

/* Where cells stand on A4: marks outside at each cut, hair lines between. */
static struct area grid_put(struct paper *paper, int across, int down, float wide, float high)
{
    struct area grid = {(A4_WIDE - wide * (float)across) / 2, (A4_HIGH - high * (float)down) / 2, wide * (float)across,
                        high * (float)down};
    paper_page(paper, A4_WIDE, A4_HIGH);
    for (int i = 0; i <= across; i++) {
        float x = grid.x + wide * (float)i;
        paper_line(paper, x, grid.y - 6, 0, 4.5f, 0.2f);
        paper_line(paper, x, grid.y + grid.h + 1.5f, 0, 4.5f, 0.2f);
        paper_line(paper, x, grid.y, 0, grid.h, 0.08f);
    }
    for (int i = 0; i <= down; i++) {
        float y = grid.y + high * (float)i;
        paper_line(paper, grid.x - 6, y, 4.5f, 0, 0.2f);
        paper_line(paper, grid.x + grid.w + 1.5f, y, 4.5f, 0, 0.2f);
        paper_line(paper, grid.x, y, grid.w, 0, 0.08f);
    }
    return grid;
}

static struct area cell_of(struct area grid, size_t across, float high, size_t at)
{
    size_t row = at / across, column = at % across;
    return area_of(grid.x + CARD_WIDE * (float)column, grid.y + high * (float)row, CARD_WIDE, high);
}

void badges_put(struct paper *paper, const struct badge_card *badges, size_t count, const struct badge_back *back)
{
    const size_t each = (size_t)BADGE_ACROSS * BADGE_DOWN;
    for (size_t from = 0; from < count; from += each) {
        struct area grid = grid_put(paper, BADGE_ACROSS, BADGE_DOWN, CARD_WIDE, CARD_HIGH);
        for (size_t i = 0; i < each && from + i < count; i++) {
            struct area cell = cell_of(grid, BADGE_ACROSS, CARD_HIGH, i);
            badge_at(paper, cell.x, cell.y, &badges[from + i]);
        }
        if (back == NULL) continue;
        grid = grid_put(paper, BADGE_ACROSS, BADGE_DOWN, CARD_WIDE, CARD_HIGH);
        for (size_t i = 0; i < each; i++) /* all alike, so any way of turning the paper does */
        {
            struct area cell = cell_of(grid, BADGE_ACROSS, CARD_HIGH, i);
            back_at(paper, cell.x, cell.y, back);
        }
    }
}

void cards_put(struct paper *paper, const struct card *cards, size_t count)
{
    const size_t each = (size_t)CARD_ACROSS * CARD_DOWN;
    float        high = 45.5f;
    for (size_t from = 0; from < count; from += each) {
        struct area grid = grid_put(paper, CARD_ACROSS, CARD_DOWN, CARD_WIDE, high);
        for (size_t i = 0; i < each && from + i < count; i++)
            card_at(paper, cell_of(grid, CARD_ACROSS, high, i), &cards[from + i]);
    }
}
