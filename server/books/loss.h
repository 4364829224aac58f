/* loss.h - what went wrong and what it cost [R39]: a change, scrap, delay, a wrong sheet, a complaint. Wages come from scans,
 * material is entered; who answers for it, with which share, is proposed by a rule of the house and approved by another
 * person. Nothing is taken from anybody's pay here: that is an adjustment of its own [R40]. */
#ifndef SERVER_BOOKS_LOSS_H
#define SERVER_BOOKS_LOSS_H

#include "server/books/act.h"

/* Body: what (an order or a line), kind, change (its number, 0 or left out: none), wages (yuan; of a change they are reckoned
 * from its scans), material (yuan), cause, shares: [{worker, who, percent, rule}, ...]. */
bool loss_add_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Bodies: loss, base. Nobody approves his own. */
bool loss_approve_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool loss_strike_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: rule (0: a new one), base, name, sum (yuan) or percent, off. */
bool loss_rule_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
