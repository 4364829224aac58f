/* board.c - what supervisors ask at one glance: by operation, by order, what is late, stopped, missing or held. Anybody
 * may look; who made how many is shown to a supervisor's badge alone, and until he leaves the board. */
#include "kiosk/flow/step.h"

/* Another view: until it has been looked up nothing of the one before it stands under the new name. */
static void board_show(struct flow *flow, enum board_view view, struct effect *effect)
{
    if (flow->screen != SCREEN_BOARD) {
        flow_put_away(flow);
        flow->board = (struct found_board){.now_permille = -1};
        flow->board_back = 0;
        flow->is_board_open = flow->crew_count == 1 && flow->crew[0].is_supervisor && !flow->crew[0].is_revoked;
    }
    flow->say = (struct say){0};
    flow_go(flow, SCREEN_BOARD);
    if (flow->board.view != view) {
        flow->board.view = view;
        flow->board.all = flow->board.row_count = 0;
    }
    if (view == BOARD_WORKERS && !flow->is_board_open) return; /* a supervisor's badge is wanted first */
    effect->ask_board = true;
}

void board_begin(struct flow *flow, int64_t view, struct effect *effect)
{
    board_show(flow, view > 0 && view < BOARD_VIEWS ? (enum board_view)view : BOARD_OPS, effect);
}

/* The badge that the workers' view waits for. */
bool board_badge(struct flow *flow, const struct input *input, struct effect *effect)
{
    if (flow->screen != SCREEN_BOARD || flow->board.view != BOARD_WORKERS || flow->is_board_open) return false;
    if (!input->found.worker.is_supervisor || input->found.worker.is_revoked) {
        flow->say = SAY("flow.board_supervisor");
        return true;
    }
    flow->is_board_open = true;
    flow->say = (struct say){0};
    effect->ask_board = true;
    return true;
}

void board_take(struct flow *flow, const struct found_board *board)
{
    if (flow->screen == SCREEN_BOARD && board->view == flow->board.view) flow->board = *board;
}

bool board_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    switch ((int)input->action) {
    case ACTION_BACK:
        if (flow->board.view == BOARD_OPS)
            flow_home(flow);
        else
            board_show(flow, BOARD_OPS, effect);
        return true;
    case ACTION_MORE: flow->page_no++; return true;
    case ACTION_DAY:
        if (input->argument < 0 || input->argument > 1) return false;
        flow->board_back = (int)input->argument;
        board_show(flow, flow->board.view, effect);
        return true;
    default: return false;
    }
}
