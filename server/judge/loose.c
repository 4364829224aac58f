/* loose.c - facts without an order line, and kinds that report no pieces: judged one by one. */
#include "server/judge/work.h"

/* A bind speaks of a badge that nobody knows yet; a gap is the kiosk's own word. */
static bool needs_badge(enum event_kind kind)
{
    return kind != EVENT_BIND && kind != EVENT_GAP;
}

/* A supervisor binds, or the office; a badge that has a worker of its own stays his. */
static enum hold hold_bind(const struct judge_fact *fact)
{
    const struct event *event = fact->event;
    bool                is_said = event->by != 0 || event->kiosk == 0;
    if (!is_said || event->worker_count != 1 || event->workers[0].badge == 0) return HOLD_BIND_BY;
    return fact->badge_taken ? HOLD_BIND_TAKEN : HOLD_NONE;
}

/* What holds a fact whatever line it belongs to. */
enum hold hold_own(const struct judge_fact *fact)
{
    const struct event *event = fact->event;
    if (event->has_unknown) return HOLD_WORDS;
    if (event->kind == EVENT_GAP) return HOLD_GAP;
    if (fact->badge_revoked && needs_badge(event->kind)) return HOLD_BADGE;
    if (event->kind == EVENT_BIND) return hold_bind(fact);
    return HOLD_NONE;
}

static enum hold hold_loose(const struct judge_fact *fact)
{
    enum hold own = hold_own(fact);
    switch (fact->event->kind) {
    case EVENT_REPORT:
    case EVENT_CORRECT:
    case EVENT_PACK:
    case EVENT_LOAD:
    case EVENT_TRANSFER:
    case EVENT_COUNT: return own == HOLD_NONE ? HOLD_NO_SHEET : own;
    case EVENT_UNDO:
    case EVENT_OBJECT:
    case EVENT_DECIDE:
        if (own != HOLD_NONE) return own;
        return fact->event->has_refers ? HOLD_WAITS : HOLD_REFERS_NONE;
    case EVENT_UNKNOWN:
    case EVENT_START:
    case EVENT_FINISH:
    case EVENT_JOIN:
    case EVENT_LEAVE:
    case EVENT_RECEIVE:
    case EVENT_REFUSE:
    case EVENT_RETURN:
    case EVENT_COLLECT:
    case EVENT_CALL:
    case EVENT_ACK:
    case EVENT_ASSIGN:
    case EVENT_MOVE:
    case EVENT_BIND:
    case EVENT_DAYWORK:
    case EVENT_NOTE:
    case EVENT_GAP:
    case EVENT_KINDS: break;
    }
    return own;
}

struct verdict judge_loose(const struct judge_fact *fact)
{
    struct verdict verdict = {.kind = VERDICT_COUNTED};
    enum hold      hold = hold_loose(fact);
    if (hold == HOLD_NONE) return verdict;
    verdict.kind = VERDICT_HELD;
    verdict.held = work_has_pieces(fact->event) || work_is_dock(fact->event) ? fact->event->count : 0;
    verdict.reason = hold_say(hold, fact->event);
    return verdict;
}
