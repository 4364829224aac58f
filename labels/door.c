/* door.c - the opening direction: door.h. */
#include "labels/door.h"

#include <math.h>
#include <stdio.h>

#define FRAME 1.1f /* width of the frame's line */
#define LINE 0.3f  /* of an opening line */
#define WALL 2.4f  /* thickness in the plan */
#define LEAF 1.3f
#define SWING 60.0f /* degrees that a leaf of the plan stands open */
#define VIEWER 5.8f
#define PI 3.14159265f

enum { WORDS_MAX = 512 };

/* What the drawing follows. */
struct swing {
    bool is_known, is_right, is_in, is_towards; /* towards the viewer */
};

static struct swing swing_of(const struct door *door)
{
    int          way = door->opening == NULL ? -1 : shape_door_of(door->opening);
    struct swing swing = {.is_known = way >= 0, .is_right = way >= 2, .is_in = way >= 0 && way % 2 == 1};
    swing.is_towards = swing.is_in == door->is_seen_inside;
    return swing;
}

static const char *opening_words(const struct paper *paper, const struct door *door, const struct swing *swing)
{
    static const char *const IDS[4] = {"labels.door.left_out", "labels.door.left_in", "labels.door.right_out",
                                       "labels.door.right_in"};
    if (!swing->is_known || paper->lang == LANG_ZH) return door->opening == NULL ? "" : door->opening;
    return paper_words(paper, IDS[(swing->is_right ? 2 : 0) + (swing->is_in ? 1 : 0)]);
}

static void draw(struct paper *paper, const char *words)
{
    paper_drawing(paper, 0, 0, 1, INK_BLACK, words);
}

/* ---- Elevation */

static void hinge_put(struct paper *paper, float x, float y)
{
    paper_fill(paper, area_of(x - 0.7f, y - 1.5f, 1.4f, 3), INK_WHITE);
    paper_rect(paper, area_of(x - 0.7f, y - 1.5f, 1.4f, 3), 0.25f);
}

static void frame_put(struct paper *paper, struct area a, bool is_arched)
{
    char   words[WORDS_MAX];
    double left = (double)(a.x + FRAME / 2), right = (double)(a.x + a.w - FRAME / 2), top = (double)(a.y + FRAME / 2);
    double foot = (double)(a.y + a.h), r = (right - left) / 2;
    if (is_arched)
        snprintf(words, sizeof words, "s%.2f M%.2f %.2fV%.2fA%.2f %.2f 0 0 1 %.2f %.2fV%.2f", (double)FRAME, left,
                 foot - 0.5, top + r, r, r, right, top + r, foot - 0.5);
    else
        snprintf(words, sizeof words, "s%.2f M%.2f %.2fV%.2fH%.2fV%.2f", (double)FRAME, left, foot - 0.5, top, right,
                 foot - 0.5);
    draw(paper, words);
    paper_line(paper, a.x - 2.4f, foot > 0 ? (float)foot : 0, a.w + 4.8f, 0, 0.35f);
}

/* The opening lines of a leaf, which meet at the hinges' side. */
static void leaf_lines(struct paper *paper, struct area leaf, float shoulder, bool is_right, bool is_towards)
{
    char   words[WORDS_MAX], pen[24];
    double near_x = (double)(is_right ? leaf.x : leaf.x + leaf.w),
           far_x = (double)(is_right ? leaf.x + leaf.w : leaf.x);
    if (is_towards)
        snprintf(pen, sizeof pen, "s%.2f", (double)LINE);
    else
        snprintf(pen, sizeof pen, "s%.2f(1.5 1.1)", (double)LINE);
    snprintf(words, sizeof words, "%s M%.2f %.2fL%.2f %.2fL%.2f %.2f", pen, near_x, (double)(leaf.y + shoulder), far_x,
             (double)(leaf.y + leaf.h / 2), near_x, (double)(leaf.y + leaf.h));
    draw(paper, words);
}

static void leaf_put(struct paper *paper, struct area leaf, float shoulder, float hinge_x, bool is_right,
                     const struct swing *swing)
{
    float from = leaf.y + fmaxf(shoulder, leaf.h * 0.13f), to = leaf.y + leaf.h * 0.88f;
    leaf_lines(paper, leaf, shoulder * 0.3f, is_right, swing->is_towards);
    for (int i = 0; i < 3; i++) hinge_put(paper, hinge_x, from + (to - from) * (float)i / 2);
}

static void handle_put(struct paper *paper, float x, float y, bool is_at_left)
{
    paper_fill(paper, area_of(x, y - 2.2f, 1, 4.4f), INK_BLACK);
    paper_fill(paper, area_of(is_at_left ? x : x - 1.8f, y - 1, 2.8f, 0.8f), INK_BLACK);
}

static void leaves_put(struct paper *paper, struct area a, const struct door *door, const struct swing *swing)
{
    struct area in = {a.x + FRAME, a.y + FRAME, a.w - 2 * FRAME, a.h - FRAME};
    float       shoulder = door->is_arched ? in.w / 2 : 0, half = in.w / 2;
    bool        is_right = swing->is_right;
    if (door->leaves < 2) {
        leaf_put(paper, in, shoulder, is_right ? a.x + a.w - FRAME / 2 : a.x + FRAME / 2, is_right, swing);
        handle_put(paper, is_right ? in.x + 1 : in.x + in.w - 2, in.y + in.h * 0.53f, is_right);
        return;
    }
    paper_line(paper, in.x + half, in.y, 0, in.h, 0.6f);
    leaf_put(paper, area_of(in.x, in.y, half, in.h), shoulder, a.x + FRAME / 2, false, swing);
    leaf_put(paper, area_of(in.x + half, in.y, half, in.h), shoulder, a.x + a.w - FRAME / 2, true, swing);
    handle_put(paper, is_right ? in.x + half + 1 : in.x + half - 2, in.y + in.h * 0.53f, is_right);
}

/* A measure: its line with ends, and the number in a gap of it. */
static void measure_wide(struct paper *paper, const struct area *a, int mm, bool is_changed)
{
    char  words[32];
    float y = a->y + a->h + 2.4f;
    snprintf(words, sizeof words, "%s%d", is_changed ? "▲" : "", mm);
    paper_line(paper, a->x, y, a->w, 0, 0.2f);
    paper_line(paper, a->x, y - 1, 0, 2, 0.2f);
    paper_line(paper, a->x + a->w, y - 1, 0, 2, 0.2f);
    paper_text(paper, area_of(a->x - 8, y + 0.5f, a->w + 16, 4.2f),
               &(struct style){.em = 3.5f, .is_bold = true, .side = SIDE_MIDDLE}, words);
}

static void measure_high(struct paper *paper, const struct area *a, int mm, bool is_changed)
{
    char  words[32];
    float x = a->x + a->w + 3.2f, middle = a->y + a->h / 2;
    snprintf(words, sizeof words, "%s%d", is_changed ? "▲" : "", mm);
    paper_line(paper, x, a->y, 0, a->h / 2 - 3, 0.2f);
    paper_line(paper, x, middle + 3, 0, a->h / 2 - 3, 0.2f);
    paper_line(paper, x - 1, a->y, 2, 0, 0.2f);
    paper_line(paper, x - 1, a->y + a->h, 2, 0, 0.2f);
    paper_text(paper, area_of(x - 1.6f, middle - 2.2f, 14, 4.4f), &(struct style){.em = 3.5f, .is_bold = true}, words);
}

static void elevation_put(struct paper *paper, struct area area, const struct door *door, const struct swing *swing)
{
    float form = door->wide_mm > 0 && door->high_mm > 0 ? (float)door->wide_mm / (float)door->high_mm
                                                        : (door->leaves < 2 ? 0.45f : 0.75f);
    form = fmaxf(0.3f, fminf(form, 1.5f));
    /* The height's measure stands at the right; the left needs room for the ground line alone. */
    float left = 3, right = door->high_mm > 0 ? 13 : 3, foot = door->wide_mm > 0 ? 7.2f : 1;
    float high = area.h - foot, wide = high * form;
    if (wide > area.w - left - right) {
        wide = area.w - left - right;
        high = wide / form;
    }
    float       free_x = area.w - left - right - wide, free_y = area.h - foot - high;
    struct area at = {area.x + left + free_x / 2, area.y + free_y / 2, wide, high};
    frame_put(paper, at, door->is_arched && form < 1.2f);
    if (swing->is_known) leaves_put(paper, at, door, swing);
    if (door->wide_mm > 0) measure_wide(paper, &at, door->wide_mm, (door->changed & DOOR_WIDE_CHANGED) != 0);
    if (door->high_mm > 0) measure_high(paper, &at, door->high_mm, (door->changed & DOOR_HIGH_CHANGED) != 0);
}

/* ---- Plan: seen from above, the viewer at the foot */

static void plan_leaf(struct paper *paper, float x, float y, float length, bool is_right, bool is_towards)
{
    char   words[WORDS_MAX];
    float  turn = SWING * PI / 180, way = is_right ? -1 : 1, down = is_towards ? 1 : -1;
    double tip_x = (double)(x + way * length * cosf(turn)), tip_y = (double)(y + down * length * sinf(turn));
    double shut_x = (double)(x + way * length), hinge_x = (double)x, hinge_y = (double)y;
    bool   is_clockwise = (way > 0) != (down > 0);
    snprintf(words, sizeof words,
             "d %.2f %.2f 1.7; s%.2f M%.2f %.2fL%.2f %.2f; s0.3(0.9 0.9) M%.2f %.2fA%.2f %.2f 0 0 %d %.2f %.2f",
             hinge_x, hinge_y, (double)LEAF, hinge_x, hinge_y, tip_x, tip_y, tip_x, tip_y, (double)length,
             (double)length, is_clockwise ? 1 : 0, shut_x, hinge_y);
    draw(paper, words);
}

static void viewer_put(struct paper *paper, float x, float y)
{
    char words[WORDS_MAX];
    snprintf(words, sizeof words, "d %.2f %.2f 1.5; f M%.2f %.2fA2.6 2.6 0 0 1 %.2f %.2fH%.2fA2.6 2.6 0 0 1 %.2f %.2fZ",
             (double)x, (double)(y + 1.5f), (double)(x - 3.4f), (double)(y + 5.8f), (double)(x - 0.8f),
             (double)(y + 3.2f), (double)(x + 0.8f), (double)(x + 3.4f), (double)(y + 5.8f));
    draw(paper, words);
}

/* The plan in area: the wall with its gap, leaves that reach no further than there is room, the viewer's own side below.
 * Names of the sides stand at the left, and under them from where all this is seen. */
static void plan_put(struct paper *paper, struct area area, const struct door *door, const struct swing *swing)
{
    const char  *far_id = door->is_seen_inside ? "labels.door.outside" : "labels.door.inside";
    const char  *near_id = door->is_seen_inside ? "labels.door.inside" : "labels.door.outside";
    const char  *seen_id = door->is_seen_inside ? "labels.door.seen_inside" : "labels.door.seen_outside";
    struct style small = {.em = 2.7f, .em_least = 1.9f};
    float        names = 11, wide = fminf(area.w - names - 1, 36), leaves = door->leaves < 2 ? 1 : 2;
    float        high = sinf(SWING * PI / 180), most = area.h - VIEWER - WALL - 2,
          gap = fminf(wide * 0.5f, leaves * most / high);
    float length = gap / leaves, reach = length * high, stub = fminf((wide - gap) / 2, 9);
    float x = area.x + names + (area.w - names - 2 * stub - gap) / 2;
    float y = area.y + (swing->is_towards ? WALL / 2 + 0.6f : fmaxf(reach + 0.8f, area.h - VIEWER - WALL - 1.4f));
    float hinge =
        y + (swing->is_towards ? 1 : -1) * (WALL - LEAF) / 2; /* the leaf is flush on the side to which it opens */
    paper_fill(paper, area_of(x, y - WALL / 2, stub, WALL), INK_BLACK);
    paper_fill(paper, area_of(x + stub + gap, y - WALL / 2, stub, WALL), INK_BLACK);
    if (swing->is_known && (leaves > 1 || !swing->is_right))
        plan_leaf(paper, x + stub, hinge, length, false, swing->is_towards);
    if (swing->is_known && (leaves > 1 || swing->is_right))
        plan_leaf(paper, x + stub + gap, hinge, length, true, swing->is_towards);
    viewer_put(paper, x + stub + gap / 2, area.y + area.h - VIEWER);
    paper_text(paper, area_of(area.x, y - 3.6f, names - 1, 3.4f), &small, paper_words(paper, far_id));
    paper_text(paper, area_of(area.x, y + 0.3f, names - 1, 3.4f), &small, paper_words(paper, near_id));
    float seen_y = fmaxf(y + 4, area.y + area.h - 8);
    paper_text(paper, area_of(area.x, seen_y, x + stub + gap / 2 - 4.4f - area.x, area.y + area.h - seen_y),
               &(struct style){.em = 3.6f, .em_least = 1.9f, .is_bold = true, .lines = 2, .level = LEVEL_BOTTOM},
               paper_words(paper, seen_id));
}

/* ---- All */

/* The word large. A whole sentence instead of one stands among the order line's fields; here its start says so. */
static void word_put(struct paper *paper, struct area area, float em, const char *words)
{
    struct style style = {.em = em, .em_least = em * 0.45f, .is_bold = true, .lines = 2};
    struct buf   start = {0};
    size_t       len = paper_fits(paper, area, &style, words);
    buf_str(&start, words);
    while (words[len] != '\0' || paper_fits(paper, area, &style, buf_text(&start)) < start.len) {
        if (len == 0) break;
        do len--;
        while (len > 0 && ((unsigned char)words[len] & 0xC0) == 0x80);
        buf_clear(&start);
        buf_add(&start, words, len);
        buf_str(&start, "…");
        if (paper_fits(paper, area, &style, buf_text(&start)) == start.len) break;
    }
    paper_text(paper, area, &style, buf_text(&start));
    buf_free(&start);
}

void door_put(struct paper *paper, struct area area, const struct door *door, const void *picture, size_t size)
{
    struct swing swing = swing_of(door);
    bool         is_large = area.h > 70;
    float        word = is_large ? 9 : 6.4f, label = is_large ? 2.9f : 2.4f, plan = is_large ? 25 : 18.4f;
    struct area  in = area_inset(area, 1.4f, 1);
    paper_rect(paper, area, 0.5f);
    paper_text(paper, area_of(in.x, in.y, in.w * 0.7f, label), &(struct style){.em = label},
               paper_words(paper, "labels.door.title"));
    paper_text(paper, area_of(in.x + in.w * 0.7f, in.y, in.w * 0.3f, label),
               &(struct style){.em = label, .side = SIDE_RIGHT}, paper_words(paper, "labels.door.unit"));
    word_put(paper, area_of(in.x, in.y + label + 0.2f, in.w, word + 0.2f), word, opening_words(paper, door, &swing));
    float       top = in.y + label + word + 1.2f, bottom = in.y + in.h;
    struct area upper = {in.x, top, in.w, bottom - top - plan - 0.8f}, lower = {in.x, bottom - plan, in.w, plan};
    if (picture != NULL && size > 0) {
        float share = upper.w * 0.42f;
        paper_picture(paper, area_of(in.x + in.w - share, upper.y, share, upper.h), picture, size);
        upper.w -= share + 2;
    }
    elevation_put(paper, upper, door, &swing);
    plan_put(paper, lower, door, &swing);
}
