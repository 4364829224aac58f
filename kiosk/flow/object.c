/* object.c - "this is wrong": a worker objects to one of his own entries here, before pay changes [R14]. The office decides;
 * its answer stands on his page. He chooses the entry, then what is wrong: two touches, and nothing is signed out. */
#include <string.h>

#include "core/utf8.h"
#include "kiosk/flow/step.h"

void object_begin(struct flow *flow, struct effect *effect)
{
    struct found_worker worker = *flow_person(flow);
    super_begin(flow, DUTY_OBJECT);
    flow->super.worker = worker;
    flow->super.has_worker = true;
    entries_show(flow, 0, effect);
}

void object_choose(struct flow *flow, const struct found_entry *entry)
{
    flow->super.entry = *entry;
    flow->super.pick = PICK_WHY;
    flow_go(flow, SCREEN_PICK);
}

void object_save(struct flow *flow, struct effect *effect)
{
    struct event event = entry_begin(flow, EVENT_OBJECT, &flow->super.worker, 1);
    event.code_count = 0; /* what was scanned meanwhile isn't about this */
    event.crew[0] = '\0';
    event.has_refers = true;
    event.refers = flow->super.entry.name;
    utf8_copy(event.note, sizeof event.note, text_of(flow->lang, flow_why(flow, flow->super.why)));
    entry_send(flow, &event, effect);
}

/* He stays signed in, on his page. */
void object_saved(struct flow *flow, struct effect *effect)
{
    flow->super.duty = DUTY_NONE;
    worker_show(flow, flow->member, effect);
    flow->say = SAY("flow.objected");
    effect->sound = SOUND_SAVED;
}

void object_back(struct flow *flow, struct effect *effect)
{
    flow->super.duty = DUTY_NONE;
    worker_show(flow, flow->member, effect);
}
