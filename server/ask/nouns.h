/* nouns.h - the tables of lists, one a noun; list.c looks through them. */
#ifndef SERVER_ASK_NOUNS_H
#define SERVER_ASK_NOUNS_H

#include "server/ask/list.h"

extern const struct list PAY_LISTS[];      /* pay.c: wages, days, facts, held */
extern const struct list PAYROLL_LISTS[];  /* payroll.c: periods, slips, adjustments, the balance */
extern const struct list ORDER_LISTS[];    /* order.c: orders, lines, progress, stops, papers */
extern const struct list MASTER_LISTS[];   /* master.c: workers, stations, operations, users */
extern const struct list TRADE_LISTS[];    /* trade.c: customers, products, prices, lead times, holidays */
extern const struct list SHOP_LISTS[];     /* shop.c: routings, rates, reasons, crews, settings */
extern const struct list REGISTER_LISTS[]; /* register.c: the order register, what orders say, questions */
extern const struct list SHEET_LISTS[];    /* sheet.c: quotes, sheets before their release, reviews, plan */
extern const struct list ENQUIRY_LISTS[];  /* enquiry.c: who asks where an order is */
extern const struct list CASE_LISTS[];     /* case.c: quality and after-sales cases */
extern const struct list SHIP_LISTS[];     /* ship.c: finished goods, delivery notes, trucks, stock */
extern const struct list MONEY_LISTS[];    /* money.c: money, prepayments, guarantors, the gates of orders */
extern const struct list CHANGE_LISTS[];   /* change.c: change orders, papers, losses */
extern const struct list TODO_LISTS[];     /* todo.c: what needs somebody now */
extern const struct list REMAKE_LISTS[];   /* remake.c: remakes, batches */
extern const struct list CREW_LISTS[];     /* crew.c: how crews share, who was in */
extern const struct list WATCH_LISTS[];    /* watch.c: kiosks, exceptions, audit */
extern const struct list FLOOR_REPORTS[];  /* report_floor.c: progress, output, bad pieces, on time */
extern const struct list PAY_REPORTS[];    /* report_pay.c: the piece-wage detail */
extern const struct list TRADE_REPORTS[];  /* report_trade.c: order table, products, dealers, month end */

/* A limit of the shop, by its name in judge/limits.h; OTHERWISE: as it stands there. */
#define LIMIT_OF(NAME, OTHERWISE) \
    "COALESCE((SELECT CAST(v.value AS BIGINT) FROM setting AS v WHERE v.name = '" NAME "'), " OTHERWISE ")"

/* Doors that a line adds to what was ordered: a remake's are those of the line that it makes anew [R14]. */
#define ORDERED(LINE)                                                                                     \
    "CASE WHEN EXISTS (SELECT 1 FROM remake AS again WHERE again.line = " LINE ".line) THEN 0 ELSE " LINE \
    ".quantity END"

/* Worth of doors of a line: by what its quote says, fractions of a fen count as one; of an imported order by its recorded amount. */
#define WORTH_FEN(LINE, DOORS)                                                                                    \
    "COALESCE((SELECT CASE WHEN p.amount_fen > 0 THEN (p.amount_fen * (" DOORS ") + q.quantity - 1) / q.quantity" \
    " ELSE (SELECT (a.fen * (" DOORS ")) / NULLIF(SUM(z.quantity), 0) FROM amount AS a JOIN line AS z"            \
    "  ON z.order_id = a.order_id WHERE a.order_id = q.order_id AND z.line % 100 < 80 GROUP BY a.fen) END"        \
    " FROM line AS q LEFT JOIN spec AS p ON p.line = q.line WHERE q.line = " LINE "), 0)"

/* What a customer agreed to pay for the changes of an order [R3], those given up left out: owed beside its goods. */
#define COMP_FEN(ORDER)                                                                                           \
    "COALESCE((SELECT CAST(SUM(h.comp_fen) AS BIGINT) FROM change AS h WHERE h.line BETWEEN " ORDER " AND " ORDER \
    " + 99 AND h.state != 2), 0)"

/* ship.c: the text of a delivery note, 2603-00001; nothing where it is 0. */
void cell_note_ref(int64_t note, struct list_reading *reading, struct list_cell *cell);

/* of_event.c: columns that are computed from the event of a row. */
void cell_wall(const struct event *event, struct buf *room, struct list_cell *cell);
void cell_doubt(const struct event *event, struct buf *room, struct list_cell *cell);
void cell_count(const struct event *event, struct buf *room, struct list_cell *cell);
void cell_kind(const struct event *event, struct buf *room, struct list_cell *cell);
void cell_how(const struct event *event, struct buf *room, struct list_cell *cell);
void cell_tone(const struct event *event, struct buf *room, struct list_cell *cell);
void cell_station(const struct event *event, struct buf *room, struct list_cell *cell);
void cell_codes(const struct event *event, struct buf *room, struct list_cell *cell);
void cell_badges(const struct event *event, struct buf *room, struct list_cell *cell);
void cell_workers(const struct event *event, struct buf *room, struct list_cell *cell);
void cell_by(const struct event *event, struct buf *room, struct list_cell *cell);
void cell_second(const struct event *event, struct buf *room, struct list_cell *cell);
void cell_bad_rows(const struct event *event, struct buf *room, struct list_cell *cell);
void cell_note(const struct event *event, struct buf *room, struct list_cell *cell);
void cell_prev(const struct event *event, struct buf *room, struct list_cell *cell);
void cell_refers(const struct event *event, struct buf *room, struct list_cell *cell);
void cell_seen(const struct event *event, struct buf *room, struct list_cell *cell);
void cell_offset(const struct event *event, struct buf *room, struct list_cell *cell);
void cell_program(const struct event *event, struct buf *room, struct list_cell *cell);
void cell_users(const struct event *event, struct buf *room, struct list_cell *cell);

#endif
