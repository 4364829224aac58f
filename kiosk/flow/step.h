/* step.h - what the screens' steps share; nobody outside flow/ needs it. Every function takes the flow it changes. */
#ifndef KIOSK_FLOW_STEP_H
#define KIOSK_FLOW_STEP_H

#include "kiosk/flow/flow.h"

/* flow.c: the one place that changes flow->screen. */
void flow_go(struct flow *flow, enum screen screen);
/* The keypad's digits: one more, where there is room; the last one less, or all. */
void digits_put(struct flow *flow, char digit);
void digits_erase(struct flow *flow, bool all);

void flow_home(struct flow *flow); /* IDLE; what was in hand is put away, who is signed in stays */
void flow_put_away(struct flow *flow);
void flow_hold(struct flow *flow); /* SAVING, and after it the same screen as if nothing had been */
void flow_resume(struct flow *flow);

/* Each screen's own buttons: true where the action means something there. */
bool idle_tap(struct flow *flow, const struct input *input, struct effect *effect);
bool worker_tap(struct flow *flow, const struct input *input, struct effect *effect);
bool pin_tap(struct flow *flow, const struct input *input, struct effect *effect);
bool sheet_tap(struct flow *flow, const struct input *input, struct effect *effect);
bool operation_tap(struct flow *flow, const struct input *input, struct effect *effect);
bool count_tap(struct flow *flow, const struct input *input, struct effect *effect);
bool saved_tap(struct flow *flow, const struct input *input, struct effect *effect);
bool question_tap(struct flow *flow, const struct input *input, struct effect *effect);
bool refused_tap(struct flow *flow, const struct input *input, struct effect *effect);
bool crew_tap(struct flow *flow, const struct input *input, struct effect *effect);
bool check_tap(struct flow *flow, const struct input *input, struct effect *effect);
bool number_tap(struct flow *flow, const struct input *input, struct effect *effect);

/* The supervisor's: super.c (menu, spare badges, lists of workers), paper.c, mend.c. */
bool super_tap(struct flow *flow, const struct input *input, struct effect *effect);
bool spare_tap(struct flow *flow, const struct input *input, struct effect *effect);
bool people_tap(struct flow *flow, const struct input *input, struct effect *effect);
bool paper_tap(struct flow *flow, const struct input *input, struct effect *effect);
bool pick_tap(struct flow *flow, const struct input *input, struct effect *effect);
bool quantity_tap(struct flow *flow, const struct input *input, struct effect *effect);
bool entries_tap(struct flow *flow, const struct input *input, struct effect *effect);
bool mend_tap(struct flow *flow, const struct input *input, struct effect *effect);
bool super_is_on(const struct flow *flow); /* one of these screens */
bool super_scan(struct flow *flow, const struct input *input,
                struct effect *effect);              /* a badge or sheet; false: not his */
void super_begin(struct flow *flow, enum duty duty); /* with nothing of what was in hand before */
void super_show(struct flow *flow);
void super_people(struct flow *flow, struct effect *effect); /* the list, for the duty in hand */
void super_send(struct flow *flow, struct event *event,
                struct effect *effect);                     /* with his badge in front of the codes */
bool super_saved(struct flow *flow, struct effect *effect); /* false: it wasn't his */
bool super_not_saved(struct flow *flow, struct effect *effect, struct say say);
bool super_goes_on(struct flow *flow); /* the green screen is over; false: home */
void super_carry(struct flow *flow, struct effect *effect);
void super_carried(struct flow *flow, const struct input *input);
void paper_show(struct flow *flow);
void paper_worker(struct flow *flow, const struct found_worker *worker);
bool paper_scan(struct flow *flow, const struct input *input);
void paper_saved(struct flow *flow);
void entries_show(struct flow *flow, int skip, struct effect *effect);
void mend_event(struct flow *flow, const struct input *input);

/* worker.c: badges and who is signed in. */
void worker_badge(struct flow *flow, const struct input *input, struct effect *effect);
void worker_show(struct flow *flow, int member, struct effect *effect);
bool worker_asked(struct flow *flow, int64_t place, struct effect *effect); /* from 1 on; 0: his own, or the crew's */
void worker_out(struct flow *flow);
int  worker_at(const struct flow *flow, const struct found_worker *worker); /* in the crew; -1: isn't */
void worker_again(struct flow *flow, const struct found_worker *worker);    /* found again */

/* object.c */
void object_begin(struct flow *flow, struct effect *effect); /* "this is wrong" */
void object_choose(struct flow *flow, const struct found_entry *entry);
void object_save(struct flow *flow, struct effect *effect);
void object_saved(struct flow *flow, struct effect *effect);
void object_back(struct flow *flow, struct effect *effect);

/* crew.c */
bool crew_is_last(const struct flow *flow); /* those who are signed in made the last entry */
void crew_add(struct flow *flow, const struct found_worker *worker);
void crew_show(struct flow *flow, struct effect *effect);
void crew_prior(struct flow *flow); /* before somebody joins or leaves by hand */
void crew_own(struct flow *flow, int at, struct effect *effect);
void crew_settle(struct flow *flow, struct effect *effect);        /* records who joined or left, if anybody did */
void crew_again(struct flow *flow, const struct found_roll *roll); /* after the power was cut */
void crew_saved(struct flow *flow);
void crew_not_saved(struct flow *flow, const struct input *input, struct effect *effect);

/* pin.c */
int  pin_locked_min(const struct flow *flow, int64_t badge); /* minutes; 0: he may try */
void pin_pay(struct flow *flow, const struct found_pay *pay);

void worker_page(struct flow *flow, const struct found_page *page);

/* sheet.c: a sheet in hand, and how far it gets by itself. */
void sheet_scan(struct flow *flow, const struct input *input, struct effect *effect);
void sheet_report(struct flow *flow, struct effect *effect);
void sheet_again(struct flow *flow, const struct found_sheet *sheet); /* found again */
bool sheet_is_refused(const struct flow *flow);

/* operation.c: chooses where there is only one choice; false: ask. */
bool operation_choose(struct flow *flow);

/* check.c: whether the opening direction is asked first. */
bool check_is_due(const struct flow *flow);

/* number.c */
void number_begin(struct flow *flow);
void number_lines(struct flow *flow, const struct found_lines *lines, struct effect *effect);

/* count.c */
int  count_keys(const struct flow *flow);
void count_in_hand(struct flow *flow, int32_t reason); /* 0: none */
void count_add(struct flow *flow, const struct input *input, struct effect *effect);

/* entry.c: the event, and its way to the disk. */
void         entry_crew(struct event *event, const struct found_worker *crew, int count); /* where all are of one */
struct event entry_begin(const struct flow *flow, enum event_kind kind, const struct found_worker *crew, int count);
void         entry_code(struct flow *flow, const struct code *code);
void         entry_send(struct flow *flow, const struct event *event, struct effect *effect);
void         entry_save(struct flow *flow, struct effect *effect);
void         entry_undo(struct flow *flow, struct effect *effect);
void         entry_correct(struct flow *flow);
void         entry_saved(struct flow *flow, const struct input *input, struct effect *effect);
void         entry_not_saved(struct flow *flow, const struct input *input, struct effect *effect);

/* setup.c */
void    setup_start(struct flow *flow);
void    setup_sign_out(struct flow *flow, int32_t seconds);
void    setup_scanners(struct flow *flow, const struct found_scanners *scanners, struct effect *effect);
void    setup_knobs(struct flow *flow, const struct found_knobs *knobs);
void    setup_speak(const struct flow *flow, struct effect *effect);
bool    setup_show(struct flow *flow, int64_t page, struct effect *effect);
bool    setup_scan(struct flow *flow, const struct input *input, struct effect *effect);
bool    setup_bad_code(struct flow *flow, const struct input *input, struct effect *effect);
bool    setup_tap(struct flow *flow, const struct input *input, struct effect *effect);
void    setup_touch(struct flow *flow, const struct input *input, struct effect *effect);
void    setup_clean(struct flow *flow);
void    setup_clean_end(struct flow *flow);
int64_t setup_rests_at(const struct flow *flow);

/* saved.c */
void saved_show(struct flow *flow, struct effect *effect);
bool saved_asks_badge(struct flow *flow, enum action action, int32_t reason);
bool saved_badge(struct flow *flow, const struct input *input, struct effect *effect);

/* question.c */
bool question_is_again(const struct flow *flow);
bool question_is_replaced(const struct flow *flow);
void question_show(struct flow *flow, enum question question, struct effect *effect);

/* order.c, board.c */
void order_begin(struct flow *flow, struct effect *effect);
bool order_scan(struct flow *flow, const struct input *input, struct effect *effect);
void order_take(struct flow *flow, const struct found_order *order);
bool order_tap(struct flow *flow, const struct input *input, struct effect *effect);
void board_begin(struct flow *flow, int64_t view, struct effect *effect);
bool board_badge(struct flow *flow, const struct input *input, struct effect *effect);
void board_take(struct flow *flow, const struct found_board *board);
bool board_tap(struct flow *flow, const struct input *input, struct effect *effect);

/* stopped.c: stops, and the old sheets that they leave. */
void stopped_rise(struct flow *flow, struct effect *effect); /* the last of each step: interrupts where it may */
void stopped_take(struct flow *flow, const struct found_stops *stops, struct effect *effect);
bool stopped_badge(struct flow *flow, const struct input *input, struct effect *effect);
bool stopped_collect(struct flow *flow, const struct input *input, struct effect *effect);
void stopped_collect_scan(struct flow *flow, const struct input *input, struct effect *effect);
void stopped_collect_badge(struct flow *flow, const struct input *input, struct effect *effect);
void stopped_hand_in(struct flow *flow, enum event_how how, struct effect *effect); /* the sheet in hand */
bool stopped_is_about(const struct event *event);
void stopped_saved(struct flow *flow, struct effect *effect);

bool stopped_is_at_rest(const struct flow *flow); /* nothing is in anybody's hand */

/* asked.c: what the office asks. */
void            asked_rise(struct flow *flow, struct effect *effect); /* behind stopped_rise() */
int64_t         asked_rises_at(const struct flow *flow);
void            asked_take(struct flow *flow, const struct found_asked *asked, struct effect *effect);
void            asked_leave(struct flow *flow); /* something was scanned: it comes first */
bool            asked_tap(struct flow *flow, const struct input *input, struct effect *effect);
void            asked_saved(struct flow *flow);
/* dock.c, goods.c: delivery notes and finished doors. Scans: false where they aren't the dock's. */
bool            dock_note_scan(struct flow *flow, const struct input *input, struct effect *effect);
bool            dock_place_scan(struct flow *flow, const struct input *input, struct effect *effect);
bool            dock_scan(struct flow *flow, const struct input *input, struct effect *effect);
bool            dock_badge(struct flow *flow, const struct input *input, struct effect *effect);
bool            dock_note_tap(struct flow *flow, const struct input *input, struct effect *effect);
void            dock_note_take(struct flow *flow, const struct found *found, struct effect *effect);
void            dock_go_on(struct flow *flow, struct effect *effect);
void            dock_load(struct flow *flow, int32_t count, struct effect *effect);
bool            dock_is_about(const struct flow *flow); /* what is on its way, or was kept, is the dock's */
void            dock_saved(struct flow *flow, const struct input *input, struct effect *effect);
void            dock_not_saved(struct flow *flow, const struct input *input, struct effect *effect);
void            dock_goes_on(struct flow *flow); /* after the green screen */
bool            dock_rests(struct flow *flow);
void            dock_put_away(struct flow *flow);
void            dock_leave(struct flow *flow);
enum event_tone dock_tone(const struct flow *flow);
bool            dock_waits_for_badge(struct flow *flow, enum screen screen, struct effect *effect);
void            dock_send(struct flow *flow, enum event_kind kind, int32_t count, struct effect *effect);
void            dock_ask(struct flow *flow);
void            goods_go(struct flow *flow, struct effect *effect);
bool            goods_begin(struct flow *flow, int64_t goods);
void            doors_badge(struct flow *flow, bool is_his, struct effect *effect);
bool            note_tap(struct flow *flow, const struct input *input, struct effect *effect);
bool            left_tap(struct flow *flow, const struct input *input, struct effect *effect);
bool            goods_tap(struct flow *flow, const struct input *input, struct effect *effect);
bool            doors_tap(struct flow *flow, const struct input *input, struct effect *effect);
bool            moved_tap(struct flow *flow, const struct input *input, struct effect *effect);

/* refused.c: from is where a touch leads back to. */
void refused_show(struct flow *flow, struct say why, struct say next, enum screen from, struct effect *effect);
void refused_sheet(struct flow *flow, struct effect *effect);
void refused_leave(struct flow *flow);

#endif
