/* period.h - pay periods: open -> checked -> closed.
 *
 *   open     its lines are what is due now less what was paid; they move with every fact
 *   checked  the lines stand still at an inbox number; whatever comes later is the next period's. It can be taken back
 *   closed   by two persons, who close exactly what was checked; never touched again
 *
 * Nothing blocks a check but that the period isn't over: what is held, disputed or missing is listed with it [R41], and
 * is paid by the next one once it is decided. */
#ifndef SERVER_BOOKS_PERIOD_H
#define SERVER_BOOKS_PERIOD_H

#include "server/books/act.h"
#include "server/judge/period.h"

struct period {
    struct period_span span;
    int32_t            lower; /* the first day that no period has paid: INT32_MIN for the first period */
    int                state; /* 0 open, 1 checked, 2 closed */
    int32_t            pay_day;
    int64_t            upto;
    char               employer[96];
};

/* Body: to (last day of the open period), pay (day of paying, left out: the setting's days later). */
bool period_check_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: to, why. */
bool period_reopen_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: to. Answer: the proof. */
bool period_close_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
