/* role.h - who may see and do what: roles as bits, their words in the books.
 *
 * A user has any number of roles. Lists and routes name the roles that may use them; what names none is refused to all
 * (deny by default). To add a role: a bit here, its row in role.c, its words office.role.* in the catalogue. */
#ifndef SERVER_ASK_ROLE_H
#define SERVER_ASK_ROLE_H

#include "core/buf.h"

enum role {
    ROLE_ADMIN = 1 << 0,      /* administrator: users, kiosks, settings; sees everything */
    ROLE_PAYROLL = 1 << 1,    /* production statistician: sheets, rates, wages, held pieces */
    ROLE_DESK = 1 << 2,       /* order desk (跟单): orders and where they are, rush and dates */
    ROLE_FINANCE = 1 << 3,    /* finance: money, wages as they are paid out */
    ROLE_MANAGER = 1 << 4,    /* plant manager: everything about production */
    ROLE_SUPERVISOR = 1 << 5, /* of a section: progress and held pieces, no wages */
    ROLE_OWNER = 1 << 6,      /* sees everything, changes nothing */
    ROLE_TAKER = 1 << 7,      /* order takers and sales: the order register, confirmations */
    ROLE_QUOTER = 1 << 8,     /* quoters: catalogue, price list, quotes */
    ROLE_TECHNICAL = 1 << 9,  /* technical lead: what is foreign or special, reviews */
    ROLE_SHIPPING = 1 << 10,  /* warehouse and shipping: finished goods, delivery notes, loading */
    ROLE_QC = 1 << 11,        /* quality: whose fault bad pieces are, remakes */
    ROLE_ANYBODY = (1 << 12) - 1
};

/* Who sees what, where lists of several rooms hold the same. */
enum {
    SEES_PAY = ROLE_ADMIN | ROLE_PAYROLL | ROLE_FINANCE | ROLE_OWNER, /* what people earn */
    SEES_RATES = SEES_PAY | ROLE_MANAGER,                             /* what work costs */
    SEES_AMOUNTS =
        ROLE_ADMIN | ROLE_DESK | ROLE_FINANCE | ROLE_MANAGER | ROLE_OWNER | ROLE_TAKER | ROLE_QUOTER, /* prices */
    SEES_GOODS = ROLE_ADMIN | ROLE_DESK | ROLE_FINANCE | ROLE_MANAGER | ROLE_OWNER |
                 ROLE_SHIPPING, /* worth of goods that leave */
    SEES_CUSTOMERS =
        ROLE_ANYBODY & ~(ROLE_SUPERVISOR | ROLE_QC), /* phones and addresses are not the floor's business */
    SEES_SALES = SEES_CUSTOMERS & ~ROLE_SHIPPING     /* what comes in, and what is offered for it */
};

/* Bits of role words separated by spaces; words that nobody knows give nothing. */
unsigned roles_read(const char *words);

/* Appends the words of the bits as a JSON list. */
void roles_json(unsigned roles, struct buf *out);

#endif
