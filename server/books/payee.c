/* payee.c - whose pay goes where: server/books/payee.h. */
#include "server/books/payee.h"

#include <string.h>

#include "server/books/master.h"

enum { PAPER_BYTES = 40, ID_DIGITS = 18 };

/* GB 11643: weights 2^(17-i) mod 11 over the first 17 digits, the check digit among them. */
static bool identity_fits(const char *id)
{
    static const int WEIGHTS[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int              sum = 0;
    for (int i = 0; i < ID_DIGITS - 1; i++) {
        if (id[i] < '0' || id[i] > '9') return false;
        sum += (id[i] - '0') * WEIGHTS[i];
    }
    return "10X98765432"[sum % 11] == id[ID_DIGITS - 1];
}

static bool sign_check(const char *field, const char *text, const char *signs, struct err *err)
{
    return text[strspn(text, signs)] == 0 ||
           err_set(err, ERR_INPUT, say_text(say_text(SAY("payee.signs"), field), text));
}

bool payee_put(struct books *books, const struct payee *payee, int64_t base, enum record_did *did, struct err *err)
{
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    const struct value values[] = {value_int(payee->worker), value_text(payee->id_number), value_text(payee->phone),
                                   value_text(payee->bank), value_text(payee->account)};
    if (people_person(&books->people, payee->worker) == NULL)
        return err_set(err, ERR_INPUT, say_int(SAY("worker.unknown"), payee->worker));
    if (!sign_check("id_number", payee->id_number, "0123456789-" LETTERS, err) ||
        !sign_check("phone", payee->phone, "0123456789- +", err) ||
        !sign_check("account", payee->account, "0123456789- " LETTERS, err))
        return false;
    if (strlen(payee->id_number) == ID_DIGITS && !identity_fits(payee->id_number))
        return err_set(err, ERR_INPUT, say_text(SAY("payee.identity"), payee->id_number));
    return record_put(&books->record, NOUN_PAYEE, base, values, did, err);
}

bool payee_put_act(struct books *books, struct act_call *call, struct err *err)
{
    struct payee    payee;
    int64_t         worker;
    enum record_did did;
    if (!body_int(call, "worker", 1, INT32_MAX, &worker, err) ||
        !body_text(call, "id_number", true, PAPER_BYTES, &payee.id_number, err) ||
        !body_text(call, "phone", true, PAPER_BYTES, &payee.phone, err) ||
        !body_text(call, "bank", true, NAME_BYTES, &payee.bank, err) ||
        !body_text(call, "account", true, PAPER_BYTES, &payee.account, err))
        return false;
    payee.worker = (int32_t)worker;
    return payee_put(books, &payee, body_base(call), &did, err);
}
