/* outline.c - drawings in words, made closed outlines: outline.h.
 *
 * Two steps a part: words to lines (curves flattened), lines to closed outlines (a stroke becomes its hull, piece by
 * piece, all turning the same way). */
#include "core/outline.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#define PI 3.14159265f

enum { LINES_MAX = 600, SUBS_MAX = 32 };

/* Lines in units of the grid, in pieces. */
struct lines {
    int          count, sub_count;
    struct point points[LINES_MAX];
    int          starts[SUBS_MAX + 1];
    bool         is_closed[SUBS_MAX];
};

struct draw {
    const struct path_place *place;
    outline_taker           *take;
    void                    *taker;
    bool                     is_mirrored;
    struct outline           outline;
    struct lines             lines;
};

/* ---- Outlines */

static void outline_point(struct draw *draw, float x, float y)
{
    const struct path_place *place = draw->place;
    struct outline          *outline = &draw->outline;
    assert(outline->point_count < OUTLINE_POINTS_MAX);
    if (draw->is_mirrored) x = place->grid - x;
    outline->points[outline->point_count++] =
        (struct point){(x - place->left) * place->scale_x, (y - place->top) * place->scale_y};
}

/* Ends an outline; one that turns the other way is turned round, so that pieces that overlap add up. */
static void outline_end(struct draw *draw, bool turns)
{
    struct outline *outline = &draw->outline;
    int             from = outline->end_count > 0 ? outline->ends[outline->end_count - 1] : 0;
    float           area = 0;
    for (int i = from; i < outline->point_count; i++) {
        struct point a = outline->points[i], b = outline->points[i + 1 < outline->point_count ? i + 1 : from];
        area += a.x * b.y - b.x * a.y;
    }
    for (int i = from, k = outline->point_count - 1; turns && area < 0 && i < k; i++, k--) {
        struct point swap = outline->points[i];
        outline->points[i] = outline->points[k];
        outline->points[k] = swap;
    }
    assert(outline->end_count < OUTLINE_ENDS_MAX);
    outline->ends[outline->end_count++] = outline->point_count;
}

static void outline_ellipse(struct draw *draw, float x, float y, float rx, float ry, bool is_hole)
{
    enum { CORNERS = 72 };
    for (int i = 0; i < CORNERS; i++) {
        float angle = 2 * PI * (float)(is_hole ? CORNERS - i : i) / CORNERS;
        outline_point(draw, x + rx * cosf(angle), y + ry * sinf(angle));
    }
    outline_end(draw, false);
}

/* ---- Words to lines */

static float number_next(const char **text)
{
    char *end;
    while (**text == ' ' || **text == ',') (*text)++;
    float number = strtof(*text, &end);
    assert(end != *text);
    *text = end;
    return number;
}

static bool number_follows(const char *text)
{
    while (*text == ' ' || *text == ',') text++;
    return (*text >= '0' && *text <= '9') || *text == '.' || *text == '-';
}

static void line_to(struct lines *lines, struct point to)
{
    assert(lines->count < LINES_MAX);
    lines->points[lines->count++] = to;
}

static void line_begin(struct lines *lines, struct point at)
{
    assert(lines->sub_count < SUBS_MAX);
    lines->starts[lines->sub_count] = lines->count;
    lines->is_closed[lines->sub_count++] = false;
    line_to(lines, at);
}

static void line_cubic(struct lines *lines, struct point a, const struct point c[3])
{
    enum { STEPS = 14 };
    for (int i = 1; i <= STEPS; i++) {
        float t = (float)i / STEPS, s = 1 - t;
        float k0 = s * s * s, k1 = 3 * s * s * t, k2 = 3 * s * t * t, k3 = t * t * t;
        line_to(lines, (struct point){k0 * a.x + k1 * c[0].x + k2 * c[1].x + k3 * c[2].x,
                                      k0 * a.y + k1 * c[0].y + k2 * c[1].y + k3 * c[2].y});
    }
}

/* Part of a circle from a to b; SVG's flags choose which of the four. */
static void line_arc(struct lines *lines, struct point a, struct point b, float r, bool is_large, bool is_sweep)
{
    enum { STEPS = 36 };
    float dx = b.x - a.x, dy = b.y - a.y, d = sqrtf(dx * dx + dy * dy);
    if (d < 1e-4f) return;
    if (r < d / 2) r = d / 2;
    float h = sqrtf(r * r - d * d / 4) * (is_large != is_sweep ? 1.0f : -1.0f);
    float cx = (a.x + b.x) / 2 - h * dy / d, cy = (a.y + b.y) / 2 + h * dx / d;
    float from = atan2f(a.y - cy, a.x - cx), to = atan2f(b.y - cy, b.x - cx);
    if (is_sweep && to < from) to += 2 * PI;
    if (!is_sweep && to > from) to -= 2 * PI;
    for (int i = 1; i <= STEPS; i++) {
        float angle = from + (to - from) * (float)i / STEPS;
        line_to(lines, (struct point){cx + r * cosf(angle), cy + r * sinf(angle)});
    }
}

static struct point point_next(const char **text, bool is_relative, struct point at)
{
    float x = number_next(text), y = number_next(text);
    return is_relative ? (struct point){at.x + x, at.y + y} : (struct point){x, y};
}

/* One command with its numbers; returns where the pen is then. */
static struct point path_command(struct lines *lines, char command, const char **text, struct point at)
{
    bool         is_relative = command >= 'a';
    struct point to = at, c[3];
    switch (is_relative ? command - 'a' + 'A' : command) {
    case 'M':
        to = point_next(text, is_relative, at);
        line_begin(lines, to);
        return to;
    case 'L': to = point_next(text, is_relative, at); break;
    case 'H': to.x = number_next(text) + (is_relative ? at.x : 0); break;
    case 'V': to.y = number_next(text) + (is_relative ? at.y : 0); break;
    case 'C':
        for (int i = 0; i < 3; i++) c[i] = point_next(text, is_relative, at);
        line_cubic(lines, at, c);
        return c[2];
    case 'A': {
        float r = number_next(text);
        number_next(text); /* equal radii: no turn of the axes */
        number_next(text);
        bool is_large = number_next(text) != 0, is_sweep = number_next(text) != 0;
        to = point_next(text, is_relative, at);
        line_arc(lines, at, to, r, is_large, is_sweep);
        return to;
    }
    default: abort(); /* no command of a path: a drawing of ours is wrong */
    }
    line_to(lines, to);
    return to;
}

static void path_read(struct lines *lines, const char **text)
{
    struct point at = {0, 0};
    lines->count = lines->sub_count = 0;
    for (;;) {
        while (**text == ' ') (*text)++;
        char command = **text;
        if (command == '\0' || command == ';') break;
        (*text)++;
        if (command == 'Z' || command == 'z') {
            assert(lines->sub_count > 0);
            lines->is_closed[lines->sub_count - 1] = true;
            at = lines->points[lines->starts[lines->sub_count - 1]];
            continue;
        }
        at = path_command(lines, command, text, at);
        char again = command == 'M' ? 'L' : command == 'm' ? 'l' : command;
        while (number_follows(*text)) at = path_command(lines, again, text, at);
    }
    lines->starts[lines->sub_count] = lines->count;
}

/* ---- Lines to outlines */

struct pen {
    float half;
    bool  is_round;
    float on, off; /* dashes; 0: none */
};

static void stroke_piece(struct draw *draw, struct point a, struct point b, float half, float before, float after)
{
    float dx = b.x - a.x, dy = b.y - a.y, d = sqrtf(dx * dx + dy * dy);
    if (d < 1e-5f) {
        dx = 1; /* a dot */
        dy = 0;
        d = 1;
    }
    dx /= d;
    dy /= d;
    struct point from = {a.x - dx * before, a.y - dy * before}, to = {b.x + dx * after, b.y + dy * after};
    outline_point(draw, from.x - dy * half, from.y + dx * half);
    outline_point(draw, to.x - dy * half, to.y + dx * half);
    outline_point(draw, to.x + dy * half, to.y - dx * half);
    outline_point(draw, from.x + dy * half, from.y - dx * half);
    outline_end(draw, true);
}

/* The wedge between two pieces: pointed where it doesn't get too long, else cut off. */
static void stroke_corner(struct draw *draw, struct point a, struct point p, struct point b, const struct pen *pen)
{
    float ax = p.x - a.x, ay = p.y - a.y, bx = b.x - p.x, by = b.y - p.y;
    float la = sqrtf(ax * ax + ay * ay), lb = sqrtf(bx * bx + by * by);
    if (pen->is_round) {
        outline_ellipse(draw, p.x, p.y, pen->half, pen->half, draw->is_mirrored);
        return;
    }
    if (la < 1e-5f || lb < 1e-5f) return;
    ax /= la;
    ay /= la;
    bx /= lb;
    by /= lb;
    float side = ax * by - ay * bx > 0 ? -1.0f : 1.0f, half = pen->half * side;
    float mx = -ay - by, my = ax + bx, m = mx * mx + my * my;
    outline_point(draw, p.x, p.y);
    outline_point(draw, p.x - ay * half, p.y + ax * half);
    if (m > 0.25f) outline_point(draw, p.x + mx * half * 2 / m, p.y + my * half * 2 / m);
    outline_point(draw, p.x - by * half, p.y + bx * half);
    outline_end(draw, true);
}

static void stroke_line(struct draw *draw, const struct point *points, int count, bool is_closed, const struct pen *pen)
{
    float cap = is_closed || pen->is_round || pen->on > 0 ? 0 : pen->half;
    int   pieces = is_closed ? count : count - 1;
    if (count == 1) pieces = 1;
    for (int i = 0; i < pieces; i++) {
        struct point a = points[i], b = points[(i + 1) % count];
        stroke_piece(draw, a, b, pen->half, i == 0 ? cap : 0, i == pieces - 1 ? cap : 0);
        if (i + 1 < pieces || is_closed) stroke_corner(draw, a, b, points[(i + 2) % count], pen);
    }
    if (!pen->is_round || is_closed) return;
    outline_ellipse(draw, points[0].x, points[0].y, pen->half, pen->half, draw->is_mirrored);
    outline_ellipse(draw, points[count - 1].x, points[count - 1].y, pen->half, pen->half, draw->is_mirrored);
}

/* Dashes run on over the corners; each has square ends of its own. */
static void stroke_dashed(struct draw *draw, const struct point *points, int count, const struct pen *pen)
{
    float left = pen->on;
    bool  is_on = true, is_new = true;
    for (int i = 0; i + 1 < count; i++) {
        struct point a = points[i], b = points[i + 1];
        float        length = sqrtf((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)), at = 0;
        while (at < length) {
            float        step = left < length - at ? left : length - at;
            float        t = at / length, u = (at + step) / length;
            bool         is_end = left - step <= 1e-5f || (i + 2 == count && at + step >= length);
            struct point from = {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
            struct point to = {a.x + (b.x - a.x) * u, a.y + (b.y - a.y) * u};
            if (is_on) stroke_piece(draw, from, to, pen->half, is_new ? pen->half : 0, is_end ? pen->half : 0);
            is_new = false;
            at += step;
            left -= step;
            if (left > 1e-5f) continue;
            is_on = !is_on;
            is_new = true;
            left = is_on ? pen->on : pen->off;
        }
    }
}

static void lines_stroke(struct draw *draw, const struct pen *pen)
{
    const struct lines *lines = &draw->lines;
    for (int s = 0; s < lines->sub_count; s++) {
        const struct point *points = &lines->points[lines->starts[s]];
        int                 count = lines->starts[s + 1] - lines->starts[s];
        struct point        first = points[0], last = points[count - 1];
        bool                is_closed = lines->is_closed[s];
        if (is_closed && count > 1 && fabsf(first.x - last.x) + fabsf(first.y - last.y) < 1e-4f) count--;
        if (pen->on > 0)
            stroke_dashed(draw, points, count, pen);
        else
            stroke_line(draw, points, count, is_closed, pen);
    }
}

static void lines_fill(struct draw *draw)
{
    const struct lines *lines = &draw->lines;
    for (int s = 0; s < lines->sub_count; s++) {
        for (int i = lines->starts[s]; i < lines->starts[s + 1]; i++)
            outline_point(draw, lines->points[i].x, lines->points[i].y);
        outline_end(draw, false);
    }
    float grow = draw->place->grow;
    if (grow <= 0) return;
    for (int s = 0; s < lines->sub_count; s++) draw->lines.is_closed[s] = true;
    lines_stroke(draw, &(struct pen){.half = grow, .is_round = true});
}

/* ---- Parts */

static void part_stroke(struct draw *draw, char kind, const char **text)
{
    struct pen pen = {.is_round = kind == 'k'};
    pen.half = number_next(text) / 2 + draw->place->grow;
    if (**text == '(') {
        (*text)++;
        pen.on = number_next(text);
        pen.off = number_next(text);
        assert(**text == ')');
        (*text)++;
    }
    path_read(&draw->lines, text);
    lines_stroke(draw, &pen);
}

static void part_round(struct draw *draw, char kind, const char **text)
{
    float x = number_next(text), y = number_next(text), rx = number_next(text), ry = rx, grow = draw->place->grow;
    if (kind == 'e') ry = number_next(text);
    if (kind != 'o') {
        outline_ellipse(draw, x, y, rx + grow, ry + grow, false);
        return;
    }
    while (**text == ' ' || **text == 'w') (*text)++;
    float half = number_next(text) / 2 + grow;
    outline_ellipse(draw, x, y, rx + half, rx + half, false);
    outline_ellipse(draw, x, y, rx - half, rx - half, true);
}

static void part_rectangle(struct draw *draw, const char **text)
{
    float grow = draw->place->grow;
    float x = number_next(text) - grow, y = number_next(text) - grow;
    float w = number_next(text) + 2 * grow, h = number_next(text) + 2 * grow;
    outline_point(draw, x, y);
    outline_point(draw, x + w, y);
    outline_point(draw, x + w, y + h);
    outline_point(draw, x, y + h);
    outline_end(draw, true);
}

static void part_draw(struct draw *draw, const char **text)
{
    while (**text == ' ') (*text)++;
    char kind = *(*text)++;
    switch (kind) {
    case 's':
    case 'k': part_stroke(draw, kind, text); break;
    case 'd':
    case 'o':
    case 'e': part_round(draw, kind, text); break;
    case 'r': part_rectangle(draw, text); break;
    case 'f':
        path_read(&draw->lines, text);
        lines_fill(draw);
        break;
    default: abort(); /* no part of a drawing: likewise */
    }
    draw->take(&draw->outline, draw->taker);
    draw->outline.point_count = draw->outline.end_count = 0;
}

void outline_draw(const char *drawing, const struct path_place *place, outline_taker *take, void *taker)
{
    struct draw *draw = calloc(1, sizeof *draw);
    if (draw == NULL) abort(); /* as core/buf.h */
    draw->place = place;
    draw->take = take;
    draw->taker = taker;
    for (const char *text = drawing; *text != '\0';) {
        while (*text == ' ' || *text == ';') text++;
        if (*text == '\0') break;
        bool is_both = text[0] == 'm' && text[1] == ' ';
        if (is_both) text += 2;
        const char *again = text;
        part_draw(draw, &text);
        if (!is_both) continue;
        draw->is_mirrored = true;
        part_draw(draw, &again);
        draw->is_mirrored = false;
    }
    free(draw);
}
