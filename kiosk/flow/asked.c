/* asked.c - the order desk asks where an order is: once nobody has anything in hand the question stands on the screen, and one
 * touch, or a card, answers it [R9]. A scan is taken as usual, and the question comes back afterwards. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/flow/step.h"

static bool is_pending(const struct flow *flow)
{
    return flow->asks.count > 0;
}

/* After an entry its strip stands a while: who made it may undo it. */
static int64_t quiet_ends_at(const struct flow *flow)
{
    int64_t at = flow->asks_later_ms;
    if (flow->last_count > 0 && flow->last_ms + FLOW_ASKED_QUIET_MS > at) at = flow->last_ms + FLOW_ASKED_QUIET_MS;
    return at;
}

int64_t asked_rises_at(const struct flow *flow)
{
    if (!is_pending(flow) || flow->screen != SCREEN_IDLE || !stopped_is_at_rest(flow)) return INT64_MAX;
    return quiet_ends_at(flow);
}

void asked_rise(struct flow *flow, struct effect *effect)
{
    if (flow->screen == SCREEN_ASKED && !is_pending(flow)) flow_home(flow);
    if (asked_rises_at(flow) > flow->now_ms) return;
    flow->is_resting = false;
    flow_go(flow, SCREEN_ASKED);
    effect->sound = SOUND_QUESTION;
}

void asked_take(struct flow *flow, const struct found_asked *asked, struct effect *effect)
{
    int64_t was = is_pending(flow) ? flow->asks.rows[0].id : 0;
    flow->asks = *asked;
    if (!is_pending(flow)) flow->asks_later_ms = 0;
    if (flow->screen != SCREEN_ASKED || !is_pending(flow) || flow->asks.rows[0].id == was) return;
    flow_go(flow, SCREEN_ASKED); /* another one came */
    effect->sound = SOUND_QUESTION;
}

void asked_leave(struct flow *flow)
{
    if (flow->screen == SCREEN_ASKED) flow_home(flow);
}

/* Words of the answers, as the protocol has them; numbers stand on cards. */
const char *flow_answer_word(int64_t answer)
{
    static const char *const WORDS[ANSWER_WORDS] = {[ANSWER_WORKING] = "working",
                                                    [ANSWER_TODAY] = "today",
                                                    [ANSWER_MATERIAL] = "material",
                                                    [ANSWER_ABSENT] = "absent"};
    return answer > 0 && answer < ANSWER_WORDS ? WORDS[answer] : NULL;
}

bool asked_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    if (input->action == ACTION_BACK && flow->screen == SCREEN_ASKED) {
        flow->asks_later_ms = flow->now_ms + FLOW_ASKED_LATER_MS;
        flow_home(flow);
        return true;
    }
    const char *word = flow_answer_word(input->argument);
    if (input->action != ACTION_ANSWER || word == NULL || !is_pending(flow)) return false;
    const struct found_question *question = &flow->asks.rows[0];
    struct event                 event = entry_begin(flow, EVENT_NOTE, flow->crew, flow->crew_count);
    flow_put_away(flow);
    event.how = input->how;
    event.tone = TONE_GREEN;
    event.has_sheet = true;
    event.sheet.line = question->line;
    snprintf(event.note, sizeof event.note, "asked %" PRId64 " %s", question->id, word);
    flow->kept_by = flow->crew_count > 0 ? flow->crew[0] : (struct found_worker){.badge = 0};
    entry_send(flow, &event, effect);
    return true;
}

/* It is on the disk: the next question, if there is one, waits behind it. */
void asked_saved(struct flow *flow)
{
    struct found_asked *asks = &flow->asks;
    if (asks->count == 0) return;
    memmove(&asks->rows[0], &asks->rows[1], (size_t)(asks->count - 1) * sizeof asks->rows[0]);
    asks->count--;
    asks->all--;
}
