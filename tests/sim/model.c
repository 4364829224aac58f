/* model.c - what was made, and what workers saw as saved: model.h. */
#include "tests/sim/model.h"

#include <stdlib.h>
#include <string.h>

void model_open(struct world *world)
{
    world->model = calloc(1, sizeof *world->model);
    if (world->model == NULL) abort();
}

void model_close(struct world *world)
{
    free(world->model->entries);
    free(world->model);
}

static void describe(const struct event *event, char text[96])
{
    char line[LINE_REF_TEXT];
    line_ref_write(event->sheet.line, line);
    snprintf(text, 96, "%s %s rev %d op %d count %d bad %d worker %d%s", event_kind_word(event->kind), line,
             event->sheet.rev, event->op, event->count, event_bad_total(event), event->workers[0].number,
             event->worker_count > 1 ? " and crew" : "");
}

int model_made(struct booth *booth, const struct event *event, int64_t mono_ms)
{
    struct model *model = booth->world->model;
    char          text[96];
    if (model->count == model->cap) {
        model->cap = model->cap == 0 ? 256 : model->cap * 2;
        model->entries = realloc(model->entries, (size_t)model->cap * sizeof *model->entries);
        if (model->entries == NULL) abort();
    }
    model->entries[model->count] = (struct entry){.event = *event,
                                                  .booth = booth->index,
                                                  .boot = booth->boot,
                                                  .mono_ms = mono_ms,
                                                  .disks = UINT32_C(1) << booth->index};
    describe(event, text);
    world_say(booth->world, booth->folder, "saves entry %d: %s", model->count, text);
    return model->count++;
}

void model_seen(struct world *world, int entry, const struct hash *name, int64_t seq)
{
    struct entry *seen = &world->model->entries[entry];
    seen->fate = FATE_SEEN;
    seen->name = *name;
    world->model->seen++;
    world_say(world, world->booths->rows[seen->booth].folder, "shows entry %d as saved, number %lld", entry,
              (long long)seq);
}

void model_red(struct world *world, int entry, const char *why)
{
    struct entry *red = &world->model->entries[entry];
    red->fate = FATE_RED;
    world->model->red++;
    world_say(world, world->booths->rows[red->booth].folder, "shows entry %d as not saved: %s", entry, why);
}

struct entry *model_find(struct world *world, const struct event *event)
{
    struct model *model = world->model;
    for (int i = model->count - 1; i >= 0; i--)
        if (model->entries[i].boot == event->boot && model->entries[i].mono_ms == event->mono_ms)
            return &model->entries[i];
    return NULL;
}

static bool is_same_sheet(const struct event *a, const struct event *b)
{
    return a->has_sheet == b->has_sheet &&
           (!a->has_sheet || (line_ref_key(a->sheet.line) == line_ref_key(b->sheet.line) &&
                              a->sheet.rev == b->sheet.rev && a->sheet.copy == b->sheet.copy));
}

static bool is_same_people(const struct event *a, const struct event *b)
{
    bool is_same = a->worker_count == b->worker_count;
    for (int i = 0; is_same && i < a->worker_count; i++)
        is_same = a->workers[i].badge == b->workers[i].badge && a->workers[i].number == b->workers[i].number &&
                  a->workers[i].share == b->workers[i].share;
    return is_same;
}

static bool is_same_bad(const struct event *a, const struct event *b)
{
    bool is_same = a->bad_count == b->bad_count;
    for (int i = 0; is_same && i < a->bad_count; i++)
        is_same =
            a->bad[i].count == b->bad[i].count && a->bad[i].reason == b->bad[i].reason && a->bad[i].op == b->bad[i].op;
    return is_same;
}

bool model_is_same(const struct entry *entry, const struct event *event)
{
    const struct event *made = &entry->event;
    return made->kind == event->kind && is_same_sheet(made, event) && made->op == event->op &&
           made->count == event->count && is_same_people(made, event) && is_same_bad(made, event) &&
           made->rework == event->rework && made->before_stop == event->before_stop && made->tone == event->tone &&
           made->how == event->how && made->piece_count == event->piece_count &&
           memcmp(made->pieces, event->pieces, sizeof made->pieces[0] * (size_t)made->piece_count) == 0 &&
           made->has_refers == event->has_refers && (!made->has_refers || hash_equal(&made->refers, &event->refers));
}

bool model_survives(const struct world *world, int booth, const bool *kept, int kept_count, int64_t inbox_end)
{
    const struct model *model = world->model;
    for (int i = 0; i < model->count; i++) {
        const struct entry *entry = &model->entries[i];
        uint32_t            disks = entry->disks;
        if (booth >= 0 && (i >= kept_count || !kept[i])) disks &= ~(UINT32_C(1) << booth);
        bool is_taken = entry->number > 0 && entry->number <= inbox_end;
        if (entry->fate == FATE_SEEN && disks == 0 && !is_taken) return false;
    }
    return true;
}

void model_cloned(struct world *world, int from, int to)
{
    struct model *model = world->model;
    for (int i = 0; i < model->count; i++)
        if ((model->entries[i].disks >> from & 1) != 0) model->entries[i].disks |= UINT32_C(1) << to;
}

void model_set_back(struct world *world, int booth, const bool *kept, int kept_count)
{
    struct model *model = world->model;
    for (int i = 0; i < model->count; i++)
        if (i >= kept_count || !kept[i]) model->entries[i].disks &= ~(UINT32_C(1) << booth);
}
