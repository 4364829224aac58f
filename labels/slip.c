/* slip.c - what a worker is paid for a period: slip.h. */
#include "labels/slip.h"

#include <stdio.h>

#include "core/clock.h"
#include "core/money.h"
#include "labels/words.h"

#define WIDE 148.0f
#define HIGH 210.0f
#define LEFT 10.0f
#define RIGHT 138.0f
#define FIRST 41.0f /* the first line */
#define FOOT 183.0f
#define ROW 6.0f
#define ROW_LEAST 5.0f /* before a second page */
#define DAY_ROW 4.3f
#define DAYS_HEAD 8.0f
#define DAYS_WIDE 61.0f /* of one of the two columns */

enum { EVERY_DAY_MOST = 62 /* in a longer period those with work alone */ };

/* ---- A sum in words */

static const char *const DIGITS[] = {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};

/* Four digits of a number, with 拾佰仟; has_more: something larger stands before it. */
static void four_write(int64_t number, bool has_more, struct buf *out)
{
    static const char *const PLACES[] = {"仟", "佰", "拾", ""};
    static const int         PARTS[] = {1000, 100, 10, 1};
    bool                     is_gap = false;
    for (int i = 0; i < 4; i++) {
        int64_t digit = number / PARTS[i] % 10;
        if (digit == 0) {
            is_gap = true;
            continue;
        }
        if (is_gap && (has_more || out->len > 0)) buf_str(out, DIGITS[0]);
        is_gap = false;
        has_more = true;
        buf_fmt(out, "%s%s", DIGITS[digit], PLACES[i]);
    }
}

void words_yuan(int64_t fen, char text[YUAN_TEXT])
{
    struct buf out = {0};
    int64_t    whole = fen < 0 ? -fen : fen, yuan = whole / 100, jiao = whole / 10 % 10, rest = whole % 10;
    if (yuan >= 100000000) four_write(yuan / 100000000 % 10000, false, &out), buf_str(&out, "亿");
    if (yuan / 10000 % 10000 > 0) four_write(yuan / 10000 % 10000, out.len > 0, &out), buf_str(&out, "万");
    four_write(yuan % 10000, out.len > 0, &out);
    if (out.len == 0) buf_str(&out, DIGITS[0]);
    buf_str(&out, "元");
    if (jiao > 0) buf_fmt(&out, "%s角", DIGITS[jiao]);
    if (jiao == 0 && rest > 0) buf_str(&out, DIGITS[0]);
    if (rest > 0)
        buf_fmt(&out, "%s分", DIGITS[rest]);
    else
        buf_str(&out, "整");
    snprintf(text, YUAN_TEXT, "%s%s", fen < 0 ? "负" : "", buf_text(&out));
    buf_free(&out);
}

void slip_chain(struct paper *paper, struct area area, float em, int64_t row, const char *hash)
{
    struct buf line = {0};
    char       words[160];
    if (row == 0) return;
    words_fill(paper, say_int(SAY("labels.paylist.chain"), row), words, sizeof words);
    buf_fmt(&line, "%s  %s", words, hash);
    paper_text(paper, area, &(struct style){.em = em, .em_least = em * 0.62f}, buf_text(&line));
    buf_free(&line);
}

/* ---- The slip */

struct work {
    struct paper      *paper;
    const struct slip *slip;
    float              y;
    float              row; /* height of a line */
    int                page, pages;
    bool               has_mark; /* a sum isn't pieces x rate */
};

static void text_put(struct work *work, float x, float wide, float em, bool is_bold, enum side side, const char *text)
{
    paper_text(work->paper, area_of(x, work->y, wide, work->row),
               &(struct style){.em = em, .em_least = em * 0.6f, .is_bold = is_bold, .side = side}, text);
}

static void money_put(struct work *work, float x, float wide, float em, bool is_bold, int64_t fen)
{
    char text[WORDS_MONEY];
    words_money(fen, text);
    text_put(work, x, wide, em, is_bold, SIDE_RIGHT, text);
}

/* With its year: slips are kept. */
static void days_write(const struct paper *paper, int32_t from_day, int32_t to_day, struct buf *out)
{
    char from[DAY_TEXT], to[WORDS_DAY];
    day_write(from_day, from);
    words_day(paper, to_day, false, to);
    buf_fmt(out, "%s – %s", from, to);
}

static void headings_put(struct work *work)
{
    static const struct {
        float       x, wide;
        const char *id;
        enum side   side;
    } HEADINGS[] = {
        {0,   40, "labels.slip.product",   SIDE_LEFT },
        {41,  42, "labels.slip.operation", SIDE_LEFT },
        {83,  13, "labels.slip.pieces",    SIDE_RIGHT},
        {96,  13, "labels.slip.rate",      SIDE_RIGHT},
        {109, 19, "labels.slip.fen",       SIDE_RIGHT},
    };
    for (size_t i = 0; i < sizeof HEADINGS / sizeof *HEADINGS; i++)
        text_put(work, LEFT + HEADINGS[i].x, HEADINGS[i].wide, 3, false, HEADINGS[i].side,
                 paper_words(work->paper, HEADINGS[i].id));
    work->y += ROW;
    paper_line(work->paper, LEFT, work->y - 0.4f, RIGHT - LEFT, 0, 0.12f);
}

/* Which page it is, where there are several. */
static void page_put(struct work *work)
{
    char of[64];
    if (work->pages < 2) return;
    words_fill(work->paper, say_int(say_int(SAY("labels.page"), work->page), work->pages), of, sizeof of);
    paper_text(work->paper, area_of(RIGHT - 24, FOOT + 14, 24, 5),
               &(struct style){.em = 2.8f, .em_least = 2, .side = SIDE_RIGHT}, of);
}

static void head_put(struct work *work)
{
    const struct slip *slip = work->slip;
    float              row = work->row;
    struct buf         left = {0}, right = {0};
    char               pay[WORDS_DAY], yuan[YUAN_TEXT], number[16];
    paper_page(work->paper, WIDE, HIGH);
    work->row = ROW;
    work->page++;
    page_put(work);
    work->y = 8;
    buf_fmt(&left, "%s  %s%s", slip->employer, paper_words(work->paper, "labels.slip.title"),
            slip->is_draft ? paper_words(work->paper, "labels.slip.draft") : "");
    days_write(work->paper, slip->from_day, slip->to_day, &right);
    text_put(work, LEFT, 70, 3.6f, false, SIDE_LEFT, buf_text(&left));
    text_put(work, LEFT + 70, RIGHT - LEFT - 70, 4.2f, true, SIDE_RIGHT, buf_text(&right));
    paper_text(work->paper, area_of(LEFT, 15, 70, 12), &(struct style){.em = 10, .em_least = 5, .is_bold = true},
               slip->name);
    work->y = 27.6f;
    snprintf(number, sizeof number, "%03d", slip->worker);
    buf_clear(&left);
    buf_fmt(&left, "%s  %s", number, slip->crew);
    text_put(work, LEFT, 60, 4, false, SIDE_LEFT, buf_text(&left));
    words_day(work->paper, slip->pay_day, false, pay);
    buf_clear(&right);
    buf_fmt(&right, "%s %s   %s %lld", paper_words(work->paper, "labels.slip.pay_day"), pay,
            paper_words(work->paper, "labels.slip.days"), (long long)slip->days);
    text_put(work, LEFT + 60, RIGHT - LEFT - 60, 3.4f, false, SIDE_RIGHT, buf_text(&right));
    words_money(slip->net_fen, yuan);
    paper_text(work->paper, area_of(LEFT + 60, 13.4f, RIGHT - LEFT - 60, 10),
               &(struct style){.em = 10, .em_least = 6, .is_bold = true, .side = SIDE_RIGHT}, yuan);
    words_yuan(slip->net_fen, yuan);
    if (work->paper->lang == LANG_ZH)
        paper_text(work->paper, area_of(LEFT + 50, 24.2f, RIGHT - LEFT - 50, 4),
                   &(struct style){.em = 3.4f, .em_least = 2.2f, .side = SIDE_RIGHT}, yuan);
    buf_free(&left);
    buf_free(&right);
    work->y = FIRST - ROW;
    paper_line(work->paper, LEFT, work->y - 0.6f, RIGHT - LEFT, 0, 0.4f);
    work->row = row;
}

static void lines_begin(struct work *work)
{
    float row = work->row;
    head_put(work);
    work->row = ROW;
    headings_put(work);
    work->row = row;
}

/* At least a piece of it is paid otherwise than by its rate. */
static bool is_otherwise(const struct slip_line *line)
{
    if (line->is_time || line->pieces <= 0 || line->rate_cfen <= 0) return false;
    int64_t away_fen = money_due_fen(line->rate_cfen, line->pieces) - line->fen;
    return (away_fen < 0 ? -away_fen : away_fen) * 2 > money_due_fen(line->rate_cfen, 1);
}

/* need: what has to stand below it on the same page. */
static void line_put(struct work *work, const struct slip_line *line, float need)
{
    char text[MONEY_TEXT] = "";
    if (work->y + work->row + need > FOOT + 0.01f) lines_begin(work);
    text_put(work, LEFT, 40, 3.6f, false, SIDE_LEFT, line->what);
    text_put(work, LEFT + 41, 42, 3.4f, false, SIDE_LEFT, line->detail);
    if (line->is_time && line->pieces >= 0)
        snprintf(text, sizeof text, "%lld:%02lld", (long long)(line->pieces / 60), (long long)(line->pieces % 60));
    else if (line->pieces >= 0)
        snprintf(text, sizeof text, "%lld", (long long)line->pieces);
    text_put(work, LEFT + 83, 13, 3.6f, false, SIDE_RIGHT, text);
    if (line->rate_cfen >= 0) {
        money_write_rate(line->rate_cfen, text);
        text_put(work, LEFT + 96, 13, 3.6f, false, SIDE_RIGHT, text);
    }
    if (is_otherwise(line)) {
        text_put(work, LEFT + 109.2f, 3, 3.6f, false, SIDE_LEFT, "*");
        work->has_mark = true;
    }
    money_put(work, LEFT + 109, RIGHT - LEFT - 109, 3.8f, true, line->fen);
    work->y += work->row;
    paper_line(work->paper, LEFT, work->y - 0.2f, RIGHT - LEFT, 0, 0.12f);
}

/* What stands below the last line: the sum, why it isn't what the lines say, what is held. */
static float end_high(const struct slip *slip)
{
    bool has_mark = false;
    for (size_t i = 0; i < slip->count && !has_mark; i++) has_mark = is_otherwise(&slip->lines[i]);
    return ROW + 1 + (has_mark ? 5 : 0) + (slip->held > 0 ? 13 : 0);
}

static void end_put(struct work *work)
{
    const struct slip *slip = work->slip;
    struct paper      *paper = work->paper;
    char               text[200];
    int64_t            pieces = 0;
    for (size_t i = 0; i < slip->count; i++)
        if (slip->lines[i].pieces > 0 && !slip->lines[i].is_time) pieces += slip->lines[i].pieces;
    paper_line(paper, LEFT, work->y, RIGHT - LEFT, 0, 0.4f);
    text_put(work, LEFT, 60, 4.2f, true, SIDE_LEFT, paper_words(paper, "labels.slip.net"));
    snprintf(text, sizeof text, "%lld", (long long)pieces);
    text_put(work, LEFT + 76, 20, 3.8f, true, SIDE_RIGHT, text);
    money_put(work, LEFT + 97, RIGHT - LEFT - 97, 4.6f, true, slip->net_fen);
    work->y += ROW + 1;
    if (work->has_mark) {
        paper_text(paper, area_of(LEFT, work->y, RIGHT - LEFT, 4), &(struct style){.em = 2.8f, .em_least = 2},
                   paper_words(paper, "labels.slip.otherwise"));
        work->y += 5;
    }
    if (slip->held == 0) return;
    words_fill(paper, say_int(SAY("labels.slip.held"), slip->held), text, sizeof text);
    paper_rect(paper, area_of(LEFT, work->y + 1, RIGHT - LEFT, 9), 0.25f);
    paper_text(paper, area_of(LEFT + 2, work->y + 2.6f, RIGHT - LEFT - 4, 6),
               &(struct style){.em = 3.6f, .em_least = 2.4f}, text);
    work->y += 13;
}

/* ---- Each day */

static bool shows_every_day(const struct slip *slip)
{
    return slip->to_day - slip->from_day < EVERY_DAY_MOST;
}

/* The one that stands in that place; without work it has neither pieces nor a sum. */
static struct slip_day day_at(const struct slip *slip, size_t place)
{
    if (!shows_every_day(slip)) return slip->worked[place];
    struct slip_day day = {.day = slip->from_day + (int32_t)place};
    for (size_t i = 0; i < slip->worked_count; i++)
        if (slip->worked[i].day == day.day) day = slip->worked[i];
    return day;
}

static void day_put(struct work *work, float x, struct slip_day day)
{
    char text[64];
    words_day(work->paper, day.day, true, text);
    text_put(work, x, 24, 3.2f, false, SIDE_LEFT, text);
    if (day.pieces != 0) {
        words_fill(work->paper, say_int(SAY("labels.slip.day"), day.pieces), text, sizeof text);
        text_put(work, x + 24, 15, 3.2f, false, SIDE_RIGHT, text);
    }
    if (day.fen == 0 && day.pieces == 0)
        text_put(work, x + 40, DAYS_WIDE - 40, 3.2f, false, SIDE_RIGHT, "—");
    else
        money_put(work, x + 40, DAYS_WIDE - 40, 3.2f, false, day.fen);
}

/* So many rows of two days each, from a place on. */
static void days_rows(struct work *work, size_t from, size_t rows, size_t total)
{
    float top = work->y + DAYS_HEAD;
    text_put(work, LEFT, 20, 4, true, SIDE_LEFT, paper_words(work->paper, "labels.slip.each_day"));
    paper_text(work->paper, area_of(LEFT + 22, work->y, RIGHT - LEFT - 22, ROW),
               &(struct style){.em = 2.8f, .em_least = 2}, paper_words(work->paper, "labels.slip.scans"));
    work->row = DAY_ROW;
    for (int column = 0; column < 2; column++) {
        float x = column == 0 ? LEFT : RIGHT - DAYS_WIDE;
        paper_line(work->paper, x, top - 1.2f, DAYS_WIDE, 0, 0.25f);
        for (size_t i = 0, at = from + (size_t)column * rows; i < rows && at < total; i++, at++) {
            work->y = top + DAY_ROW * (float)i;
            day_put(work, x, day_at(work->slip, at));
        }
    }
    work->y = top + DAY_ROW * (float)rows;
    work->row = ROW;
}

/* Below the sum, or on a page of their own: a month isn't torn in two. */
static void days_put(struct work *work)
{
    const struct slip *slip = work->slip;
    size_t             total = shows_every_day(slip) ? (size_t)(slip->to_day - slip->from_day) + 1 : slip->worked_count;
    bool               is_fresh = false;
    if (slip->worked_count == 0) return;
    for (size_t at = 0; at < total;) {
        float  room = FOOT - work->y - DAYS_HEAD;
        size_t rows = (total - at + 1) / 2, most = room > 0 ? (size_t)(room / DAY_ROW) : 0;
        if (rows > most && !is_fresh) {
            head_put(work);
            is_fresh = true;
            continue;
        }
        if (rows > most) rows = most;
        days_rows(work, at, rows, total);
        at += 2 * rows;
        is_fresh = false;
    }
}

static void sign_put(struct work *work)
{
    struct paper *paper = work->paper;
    float         wide = work->pages < 2 ? RIGHT - LEFT : RIGHT - LEFT - 26;
    work->y = FOOT + 4;
    text_put(work, LEFT, 50, 4, false, SIDE_LEFT, paper_words(paper, "labels.slip.sign"));
    paper_line(paper, LEFT + 52, work->y + ROW, 36, 0, 0.2f);
    text_put(work, LEFT + 92, 11, 4, false, SIDE_LEFT, paper_words(paper, "labels.slip.date"));
    paper_line(paper, LEFT + 104, work->y + ROW, RIGHT - LEFT - 104, 0, 0.2f);
    paper_text(paper, area_of(LEFT, FOOT + 12, wide, 7.2f),
               &(struct style){.em = 2.8f, .em_least = 2.2f, .lines = 2, .level = LEVEL_TOP},
               paper_words(paper, "labels.slip.wrong"));
    slip_chain(paper, area_of(LEFT, FOOT + 19.5f, RIGHT - LEFT, 3.4f), 2.4f, work->slip->audit_row,
               work->slip->audit_hash);
}

static void pages_put(struct work *work)
{
    const struct slip *slip = work->slip;
    float              end = end_high(slip), room = FOOT - FIRST - end;
    work->page = 0;
    work->row = ROW;
    lines_begin(work);
    if (slip->count > 0 && room / (float)slip->count < ROW && room / (float)slip->count > ROW_LEAST)
        work->row = room / (float)slip->count;
    for (size_t i = 0; i < slip->count; i++)
        line_put(work, &slip->lines[i], i + 1 == slip->count ? end : 0); /* the sum isn't alone on a page */
    work->row = ROW;
    end_put(work);
    days_put(work);
    sign_put(work);
}

static void whole_put(struct paper *paper, int pages, const void *slip)
{
    struct work work = {.paper = paper, .slip = slip, .pages = pages};
    pages_put(&work);
}

void slip_put(struct paper *paper, const struct slip *slip)
{
    paper_counted(paper, whole_put, slip);
}
