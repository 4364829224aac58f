/* of_event.c - list columns computed from the event of a row: what the kiosk wrote, not what was made of it. */
#include <string.h>

#include "server/ask/nouns.h"

static void cell_int(int64_t number, struct list_cell *cell)
{
    *cell = (struct list_cell){.kind = DB_INT, .number = number};
}

/* Text that holds nothing is nothing. */
static void cell_text(const char *text, struct list_cell *cell)
{
    if (text[0] != 0) *cell = (struct list_cell){.kind = DB_TEXT, .text = text, .len = strlen(text)};
}

static void cell_hash(const struct hash *hash, struct list_cell *cell)
{
    *cell = (struct list_cell){.kind = DB_BLOB, .text = (const char *)hash->bytes, .len = sizeof hash->bytes};
}

void cell_wall(const struct event *event, struct buf *room, struct list_cell *cell)
{
    (void)room;
    cell_int(event->wall_ms, cell);
}

void cell_doubt(const struct event *event, struct buf *room, struct list_cell *cell)
{
    (void)room;
    cell_int(event->doubtful, cell);
}

void cell_count(const struct event *event, struct buf *room, struct list_cell *cell)
{
    (void)room;
    cell_int(event->count, cell);
}

void cell_kind(const struct event *event, struct buf *room, struct list_cell *cell)
{
    (void)room;
    if (event->kind != EVENT_UNKNOWN) cell_text(event_kind_word(event->kind), cell);
}

void cell_how(const struct event *event, struct buf *room, struct list_cell *cell)
{
    (void)room;
    cell_int(event->how, cell);
}

void cell_tone(const struct event *event, struct buf *room, struct list_cell *cell)
{
    (void)room;
    cell_int(event->tone, cell);
}

void cell_station(const struct event *event, struct buf *room, struct list_cell *cell)
{
    (void)room;
    cell_text(event->station, cell);
}

void cell_codes(const struct event *event, struct buf *room, struct list_cell *cell)
{
    for (int i = 0; i < event->code_count; i++) buf_fmt(room, "%s%s", i > 0 ? " " : "", event->codes[i]);
    cell_text(buf_text(room), cell);
}

void cell_badges(const struct event *event, struct buf *room, struct list_cell *cell)
{
    for (int i = 0; i < event->worker_count; i++)
        buf_fmt(room, "%s%015lld", i > 0 ? " " : "", (long long)event->workers[i].badge);
    cell_text(buf_text(room), cell);
}

/* Numbers as the kiosk believed them, in share order; a weight other than 1 behind a colon. */
void cell_workers(const struct event *event, struct buf *room, struct list_cell *cell)
{
    for (int i = 0; i < event->worker_count; i++) {
        buf_fmt(room, "%s%d", i > 0 ? " " : "", event->workers[i].number);
        if (event->workers[i].share != 1) buf_fmt(room, ":%d", event->workers[i].share);
    }
    cell_text(buf_text(room), cell);
}

/* 2:1:20 1:3:0: how many, the reason's number, the operation proposed to be at fault (0: none). */
void cell_bad_rows(const struct event *event, struct buf *room, struct list_cell *cell)
{
    for (int i = 0; i < event->bad_count; i++)
        buf_fmt(room, "%s%d:%d:%d", i > 0 ? " " : "", event->bad[i].count, event->bad[i].reason, event->bad[i].op);
    cell_text(buf_text(room), cell);
}

void cell_note(const struct event *event, struct buf *room, struct list_cell *cell)
{
    buf_str(room, event->why);
    if (event->why[0] != 0 && event->note[0] != 0) buf_str(room, " · ");
    buf_str(room, event->note);
    cell_text(buf_text(room), cell);
}

/* Who entered it for the worker, and who vouches with him. */
void cell_by(const struct event *event, struct buf *room, struct list_cell *cell)
{
    (void)room;
    if (event->by != 0) cell_int(event->by, cell);
}

void cell_second(const struct event *event, struct buf *room, struct list_cell *cell)
{
    (void)room;
    if (event->second != 0) cell_int(event->second, cell);
}

void cell_prev(const struct event *event, struct buf *room, struct list_cell *cell)
{
    (void)room;
    cell_hash(&event->prev, cell);
}

void cell_refers(const struct event *event, struct buf *room, struct list_cell *cell)
{
    (void)room;
    if (event->has_refers) cell_hash(&event->refers, cell);
}

void cell_seen(const struct event *event, struct buf *room, struct list_cell *cell)
{
    (void)room;
    cell_int(event->seen.feed, cell);
}

void cell_offset(const struct event *event, struct buf *room, struct list_cell *cell)
{
    (void)room;
    cell_int(event->offset_ms, cell);
}

void cell_program(const struct event *event, struct buf *room, struct list_cell *cell)
{
    (void)room;
    cell_text(event->program, cell);
}

void cell_users(const struct event *event, struct buf *room, struct list_cell *cell)
{
    (void)room;
    cell_text(event->users, cell);
}
