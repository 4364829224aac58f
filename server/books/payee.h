/* payee.h - whose pay goes where: what the wage law wants on a slip (identity number, contact), and the bank. */
#ifndef SERVER_BOOKS_PAYEE_H
#define SERVER_BOOKS_PAYEE_H

#include "server/books/act.h"

struct payee {
    int32_t     worker;
    const char *id_number, *phone, *bank, *account;
};

/* Refuses an 18-digit identity number whose check digit is wrong (GB 11643), and what holds other signs than such numbers
 * have; each may be empty. */
bool payee_put(struct books *books, const struct payee *payee, int64_t base, enum record_did *did,
               struct err *err) MUST_CHECK;

/* Body: worker, id_number, phone, bank, account, base. */
bool payee_put_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
