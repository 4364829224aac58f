/* check.c - before the holes for lock and hinges: which way does this door open? On sheets that were changed or are
 * special the picture is touched that the worker has in mind; another than the sheet's is stopped before it is cut. */

#include "core/shape.h"
#include "kiosk/flow/step.h"

enum opening flow_opening(const struct found_sheet *sheet)
{
    int door = shape_door_of(sheet->opening);
    return door < 0 ? OPENING_UNKNOWN : (enum opening)(OPENING_LEFT_OUT + door);
}

/* Asked once by the same people of the same revision: the second half of the order is made as the first. */
static bool was_checked(const struct flow *flow)
{
    return flow->checked_badge == flow->crew[0].badge && flow->checked_rev == flow->sheet.ref.rev &&
           flow->checked_line == line_ref_key(flow->sheet.ref.line);
}

bool check_is_due(const struct flow *flow)
{
    bool is_odd = flow->sheet.is_special || flow->sheet.ref.rev > 1;
    bool is_past = flow->is_correcting || flow->is_made_before || flow->is_rework;
    if (!is_odd || is_past || flow->is_checked || flow->crew_count == 0 || was_checked(flow)) return false;
    if (flow_opening(&flow->sheet) == OPENING_UNKNOWN) return false;
    for (int i = 0; i < flow->op_count; i++) {
        const struct found_op *op = flow_op(flow, i);
        if (op != NULL && op->is_opening_asked) return true;
    }
    return false;
}

static const char *opening_word(enum lang lang, enum opening opening)
{
    switch (opening) {
    case OPENING_LEFT_OUT: return text_of(lang, "flow.left_out");
    case OPENING_LEFT_IN: return text_of(lang, "flow.left_in");
    case OPENING_RIGHT_OUT: return text_of(lang, "flow.right_out");
    case OPENING_RIGHT_IN: return text_of(lang, "flow.right_in");
    case OPENING_UNKNOWN:
    case OPENINGS: break;
    }
    return "";
}

bool check_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    switch ((int)input->action) {
    case ACTION_BACK: flow_home(flow); return true;
    case ACTION_OPENING:
        if (input->argument <= OPENING_UNKNOWN || input->argument >= OPENINGS) return false;
        if ((enum opening)input->argument != flow_opening(&flow->sheet)) {
            const char *said = opening_word(flow->lang, (enum opening)input->argument);
            refused_show(flow, say_text(say_text(SAY("flow.opening_wrong"), flow->sheet.opening), said),
                         SAY("flow.opening_next"), SCREEN_CHECK, effect);
            return true;
        }
        flow->is_checked = true;
        flow->checked_line = line_ref_key(flow->sheet.ref.line);
        flow->checked_rev = flow->sheet.ref.rev;
        flow->checked_badge = flow->crew[0].badge;
        sheet_report(flow, effect);
        return true;
    case ACTION_LOOK:
        flow->is_looking = true;
        flow_go(flow, SCREEN_SHEET);
        return true;
    case ACTION_COUNT: count_add(flow, input, effect); return true;
    case ACTION_BAD: return count_tap(flow, input, effect);
    default: return false;
    }
}
