/* kiosk.c - kiosks and their keys: server/books/kiosk.h. */
#include "server/books/kiosk.h"

#include <inttypes.h>
#include <string.h>

#include "core/code.h"
#include "core/utf8.h"
#include "server/books/master.h"

enum { TOKEN_DIGITS = 22, TOKEN_HOURS = 24 };

enum { STATE_TAKEN, STATE_WAITING, STATE_REVOKED }; /* enum kiosk_state of take/take.h */

/* ---------------------------------------------------------------------------------------------------- tokens */

struct token {
    bool     is_there;
    char     station[WORD_BYTES + 1];
    int64_t  until_ms;
    bool     is_used;
    uint64_t kiosk;
};

static bool token_read(struct books *books, const char *text, struct token *token, struct err *err)
{
    struct db_stmt *stmt;
    *token = (struct token){0};
    if (!db_prepare(books->db, SQL("SELECT station, until_ms, kiosk FROM kiosk_token WHERE token = $1"), &stmt, err))
        return false;
    db_bind_text(stmt, 1, text);
    if (!db_step(stmt, &token->is_there, err)) return false;
    if (token->is_there) {
        utf8_copy(token->station, sizeof token->station, db_text(stmt, 0));
        token->until_ms = db_int(stmt, 1);
        token->is_used = !db_is_null(stmt, 2);
        if (token->is_used) token->kiosk = (uint64_t)db_int(stmt, 2);
    }
    db_reset(stmt);
    return true;
}

static bool token_write(struct books *books, const char *text, const struct token *token, struct err *err)
{
    enum record_did    did;
    const struct value values[] = {value_text(text), value_text(token->station), value_int(token->until_ms),
                                   token->is_used ? value_int((int64_t)token->kiosk) : value_null()};
    return record_put(&books->record, NOUN_TOKEN, RECORD_ANY, values, &did, err);
}

bool kiosk_token_act(struct books *books, struct act_call *call, struct err *err)
{
    struct token token = {.until_ms = books->record.now_ms + INT64_C(3600000) * TOKEN_HOURS};
    const char  *station;
    char         text[TOKEN_DIGITS + 1];
    uint8_t      random[TOKEN_DIGITS];
    bool         is;
    if (!body_text(call, "station", false, WORD_BYTES, &station, err) || !station_is(books, station, &is, err))
        return false;
    if (!is) return err_set(err, ERR_ABSENT, say_text(SAY("kiosk.station"), station));
    for (int i = 0; i < TOKEN_DIGITS; i++) { /* 250 = 25 x 10: each digit as likely as any other */
        do chain_random(&random[i], 1);
        while (random[i] >= 250);
        text[i] = (char)('0' + random[i] % 10);
    }
    text[TOKEN_DIGITS] = 0;
    utf8_copy(token.station, sizeof token.station, station);
    buf_fmt(&call->answer, "{\"token\":\"%s\",\"until_ms\":%" PRId64 "}", text, token.until_ms);
    return token_write(books, text, &token, err);
}

/* ---------------------------------------------------------------------------------------------------- kiosks */

struct kiosk {
    bool       is_there;
    uint64_t   kiosk;
    int64_t    number, state, enrolled_ms;
    struct key key;
    char       station[WORD_BYTES + 1];
};

static bool kiosk_read(struct books *books, uint64_t id, struct kiosk *kiosk, struct err *err)
{
    struct db_stmt *stmt;
    size_t          len;
    *kiosk = (struct kiosk){.kiosk = id};
    if (!db_prepare(books->db, SQL("SELECT number, key, station, state, enrolled_ms FROM kiosk WHERE kiosk = $1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, (int64_t)id);
    if (!db_step(stmt, &kiosk->is_there, err)) return false;
    if (kiosk->is_there) {
        kiosk->number = db_int(stmt, 0);
        const void *key = db_blob(stmt, 1, &len);
        if (len == sizeof kiosk->key.bytes) memcpy(kiosk->key.bytes, key, len);
        utf8_copy(kiosk->station, sizeof kiosk->station, db_text(stmt, 2));
        kiosk->state = db_int(stmt, 3);
        kiosk->enrolled_ms = db_int(stmt, 4);
    }
    db_reset(stmt);
    return true;
}

static bool kiosk_write(struct books *books, const struct kiosk *kiosk, int64_t base, struct err *err)
{
    enum record_did    did;
    const struct value values[] = {value_int((int64_t)kiosk->kiosk),
                                   value_int(kiosk->number),
                                   value_blob(kiosk->key.bytes, sizeof kiosk->key.bytes),
                                   value_text(kiosk->station),
                                   value_int(kiosk->state),
                                   value_int(kiosk->enrolled_ms)};
    return record_put(&books->record, NOUN_KIOSK, base, values, &did, err);
}

static bool epoch_is_known(struct books *books, struct epoch epoch, bool *is, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("SELECT number FROM run WHERE epoch_counter = $1 AND epoch_random = $2 LIMIT 1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, epoch.counter);
    db_bind_int(stmt, 2, (int64_t)epoch.random);
    if (!db_step(stmt, is, err)) return false;
    db_reset(stmt);
    return true;
}

/* ---------------------------------------------------------------------------------------------------- enrolment */

struct enrolment {
    const char  *token_text;
    struct token token;
    struct kiosk kiosk;
    struct key   key;
    struct epoch epoch;
};

static bool enrolment_read(struct books *books, const struct act_call *call, struct enrolment *enrolment,
                           struct err *err)
{
    const char *kiosk, *epoch;
    struct hash key;
    uint64_t    id;
    if (!body_text(call, "token", false, TOKEN_DIGITS, &enrolment->token_text, err) ||
        !body_text(call, "kiosk", false, ID_TEXT - 1, &kiosk, err) || !body_hash(call, "key", &key, err) ||
        !body_text(call, "epoch", false, EPOCH_TEXT - 1, &epoch, err))
        return false;
    if (!id_read(kiosk, &id) || id == 0) return err_set(err, ERR_INPUT, say_text(SAY("act.hash"), "kiosk"));
    if (!epoch_read(epoch, &enrolment->epoch)) return err_set(err, ERR_INPUT, say_text(SAY("act.hash"), "epoch"));
    memcpy(enrolment->key.bytes, key.bytes, sizeof enrolment->key.bytes);
    return token_read(books, enrolment->token_text, &enrolment->token, err) &&
           kiosk_read(books, id, &enrolment->kiosk, err);
}

static bool enrolment_check(struct books *books, const struct enrolment *enrolment, struct err *err)
{
    const struct token *token = &enrolment->token;
    if (!token->is_there) return err_set(err, ERR_RIGHTS, SAY("kiosk.token_unknown"));
    /* Whoever sees a used code and the kiosk's number on the wire has not its key. */
    bool is_same_key = memcmp(&enrolment->key, &enrolment->kiosk.key, sizeof enrolment->key) == 0;
    bool is_own = token->kiosk == enrolment->kiosk.kiosk && is_same_key;
    if (token->is_used && !is_own) return err_set(err, ERR_RIGHTS, SAY("kiosk.token_used"));
    if (!token->is_used && token->until_ms < books->record.now_ms)
        return err_set(err, ERR_RIGHTS, SAY("kiosk.token_old"));
    /* What a revoked kiosk holds isn't lost: a new code and a new key let it speak again. */
    if (enrolment->kiosk.is_there && enrolment->kiosk.state == STATE_REVOKED && (token->is_used || is_same_key))
        return err_set(err, ERR_RIGHTS, say_int(SAY("kiosk.revoked"), enrolment->kiosk.number));
    return true;
}

/* A kiosk that is known keeps its number; one that comes again from a server that nobody here knows waits. */
static bool enrolment_fill(struct books *books, struct enrolment *enrolment, struct err *err)
{
    struct kiosk *kiosk = &enrolment->kiosk;
    bool          is_known = true;
    if (!epoch_is_none(enrolment->epoch) && !epoch_is_known(books, enrolment->epoch, &is_known, err)) return false;
    if (!kiosk->is_there &&
        !record_next(&books->record, SQL("SELECT number FROM kiosk ORDER BY number DESC LIMIT 1"), &kiosk->number, err))
        return false;
    if (!kiosk->is_there || kiosk->state == STATE_REVOKED) {
        kiosk->state = is_known ? STATE_TAKEN : STATE_WAITING;
        kiosk->enrolled_ms = books->record.now_ms;
    }
    kiosk->key = enrolment->key;
    memcpy(kiosk->station, enrolment->token.station, sizeof kiosk->station);
    return true;
}

bool kiosk_enrol_act(struct books *books, struct act_call *call, struct err *err)
{
    struct enrolment enrolment = {0};
    if (!enrolment_read(books, call, &enrolment, err) || !enrolment_check(books, &enrolment, err) ||
        !enrolment_fill(books, &enrolment, err) || !kiosk_write(books, &enrolment.kiosk, RECORD_ANY, err))
        return false;
    enrolment.token.is_used = true;
    enrolment.token.kiosk = enrolment.kiosk.kiosk;
    buf_str(&call->answer, "{\"station\":");
    json_cstr(&call->answer, enrolment.kiosk.station);
    buf_fmt(&call->answer, ",\"number\":%" PRId64 ",\"name\":\"kiosk %" PRId64 "\",\"state\":%" PRId64 "}",
            enrolment.kiosk.number, enrolment.kiosk.number, enrolment.kiosk.state);
    return token_write(books, enrolment.token_text, &enrolment.token, err);
}

static bool kiosk_state_set(struct books *books, struct act_call *call, int64_t state, struct err *err)
{
    struct kiosk kiosk;
    const char  *text;
    uint64_t     id;
    if (!body_text(call, "kiosk", false, ID_TEXT - 1, &text, err)) return false;
    if (!id_read(text, &id)) return err_set(err, ERR_INPUT, say_text(SAY("act.hash"), "kiosk"));
    if (!kiosk_read(books, id, &kiosk, err)) return false;
    if (!kiosk.is_there) return err_set(err, ERR_ABSENT, say_text(SAY("kiosk.unknown"), text));
    if (kiosk.state == STATE_REVOKED && state != STATE_REVOKED)
        return err_set(err, ERR_CONFLICT, say_int(SAY("kiosk.revoked"), kiosk.number));
    kiosk.state = state;
    return kiosk_write(books, &kiosk, body_base(call), err);
}

bool kiosk_confirm_act(struct books *books, struct act_call *call, struct err *err)
{
    return kiosk_state_set(books, call, STATE_TAKEN, err);
}

bool kiosk_revoke_act(struct books *books, struct act_call *call, struct err *err)
{
    return kiosk_state_set(books, call, STATE_REVOKED, err);
}
