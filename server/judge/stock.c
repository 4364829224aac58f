/* stock.c - finished doors of a line: where they are, how many came and went, what counts found [R33].
 *
 * In: what counts of each fact, in inbox order. Out: doors by place, counts with what the books had there, sums. The
 * books never have less than none: what goes although nothing was there is `shorted`, and made good by what comes later,
 * since a kiosk may be offline for days. A count is believed: counted = on the books from then on, the difference is
 * shown. */
#include <stdlib.h>
#include <string.h>

#include "server/judge/work.h"

void stock_begin(struct judgement *out)
{
    out->place_count = out->count_count = 0;
    out->stock = (struct stock_sum){0};
}

static struct stock_place *place_row(struct judgement *out, int64_t place)
{
    for (size_t i = 0; i < out->place_count; i++)
        if (out->places[i].place == place) return &out->places[i];
    out->places = work_room(out->places, &out->place_cap, out->place_count + 1, sizeof *out->places);
    struct stock_place *row = &out->places[out->place_count++];
    *row = (struct stock_place){.place = place};
    return row;
}

int64_t stock_there(const struct judgement *out, int64_t but)
{
    int64_t doors = 0;
    for (size_t i = 0; i < out->place_count; i++) doors += out->places[i].place == but ? 0 : out->places[i].doors;
    return doors;
}

static void come(struct judgement *out, int64_t place, int64_t doors)
{
    int64_t gone = doors < out->stock.shorted ? doors : out->stock.shorted;
    out->stock.shorted -= gone;
    place_row(out, place)->doors += doors - gone;
}

/* From `first`, where it is named, then from where nobody said a place, then from the lowest number up. Returns what is
 * missing. */
static int64_t go_from(struct judgement *out, int64_t first, int64_t not_from, int64_t doors)
{
    int64_t order = first;
    for (bool has_more = true; doors > 0 && has_more;) {
        struct stock_place *from = NULL;
        for (size_t i = 0; i < out->place_count; i++) {
            struct stock_place *row = &out->places[i];
            if (row->doors == 0 || row->place == not_from) continue;
            if (row->place == order && order >= 0) {
                from = row;
                break;
            }
            if (from == NULL || row->place < from->place) from = row;
        }
        order = -1;
        has_more = from != NULL;
        if (!has_more) break;
        int64_t less = doors < from->doors ? doors : from->doors;
        from->doors -= less;
        doors -= less;
    }
    return doors;
}

/* The place a transfer names first, where it names two: the codes stand in the order in which they were scanned. */
static int64_t place_from(const struct event *event)
{
    for (int i = 0; i < event->code_count; i++) {
        int64_t place = 0;
        if (event->codes[i][0] != '0' + CODE_PLACE || strlen(event->codes[i]) != CODE_DIGITS) continue;
        for (int k = 1; k <= 15; k++) place = place * 10 + (event->codes[i][k] - '0');
        if (place != event->place) return place;
    }
    return -1;
}

static void count_take(struct judge_work *work, int32_t fact, int64_t doors, struct judgement *out)
{
    struct stock_place *row = place_row(out, work_event(work, fact)->place);
    out->counts = work_room(out->counts, &out->count_cap, out->count_count + 1, sizeof *out->counts);
    out->counts[out->count_count++] = (struct stock_count){(size_t)fact, row->place, row->doors, doors};
#ifdef PLANT_COUNT_ADDED /* what is counted comes to what the books have */
    doors += row->doors;
#endif
    out->stock.found += doors - row->doors;
    row->doors = doors;
}

void stock_fact(struct judge_work *work, int32_t fact, int64_t doors, struct judgement *out)
{
    const struct event *event = work_event(work, fact);
    if (event->kind == EVENT_PACK) {
        out->stock.packed += doors;
        come(out, event->place, doors);
    } else if (event->kind == EVENT_RETURN) {
        out->stock.returned += doors;
        come(out, event->place, doors);
    } else if (event->kind == EVENT_LOAD) {
        out->stock.went += doors;
        out->stock.shorted += go_from(out, event->place == 0 ? 0 : event->place, -1, doors);
    } else if (event->kind == EVENT_TRANSFER) {
        int64_t missing = go_from(out, place_from(event), event->place, doors);
        place_row(out, event->place)->doors += doors - missing;
    } else if (event->kind == EVENT_COUNT) {
        count_take(work, fact, doors, out);
    }
}

static int place_order(const void *left, const void *right)
{
    const struct stock_place *a = left, *b = right;
    return (a->place > b->place) - (a->place < b->place);
}

void stock_end(struct judgement *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < out->place_count; i++)
        if (out->places[i].doors > 0) out->places[kept++] = out->places[i];
    out->place_count = kept;
    if (kept > 0) qsort(out->places, kept, sizeof *out->places, place_order);
}
