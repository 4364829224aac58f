/* review.c - signatures of reviewers: server/books/review.h. */
#include "server/books/review.h"

#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "core/utf8.h"
#include "server/books/user.h"
#include "server/judge/checklist.h"

enum { KIND_MOST = 15, WHY_MOST = 240, MINUTE_MS = 60000 };

#define KINDS_USUAL "taker quoter manager technical supervisor"

struct review {
    int64_t     line, rev, claimed_ms, signed_ms, version; /* times 0: not yet */
    char        kind[KIND_MOST + 1], claimed_by[132], signed_by[132], signed_for[132];
    struct hash hash;
};

/* ---------------------------------------------------------------------------------------------------- rows */

static void review_of_row(struct db_stmt *stmt, struct review *review)
{
    size_t len;
    review->claimed_ms = db_is_null(stmt, 1) ? 0 : db_int(stmt, 1);
    review->signed_ms = db_is_null(stmt, 4) ? 0 : db_int(stmt, 4);
    utf8_copy(review->claimed_by, sizeof review->claimed_by, db_text(stmt, 0));
    utf8_copy(review->signed_by, sizeof review->signed_by, db_text(stmt, 2));
    utf8_copy(review->signed_for, sizeof review->signed_for, db_text(stmt, 3));
    if (!db_is_null(stmt, 5)) {
        const void *hash = db_blob(stmt, 5, &len);
        if (len == sizeof review->hash.bytes) memcpy(review->hash.bytes, hash, len);
    }
    review->version = db_int(stmt, 6);
}

static bool review_read(struct books *books, int64_t line, int64_t rev, const char *kind, struct review *review,
                        struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    *review = (struct review){.line = line, .rev = rev};
    utf8_copy(review->kind, sizeof review->kind, kind);
    if (!db_prepare(books->db, SQL("SELECT claimed_by, claimed_ms, signed_by, signed_for, signed_ms, hash, version"
                        " FROM review WHERE line = $1 AND rev = $2 AND kind = $3"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, rev);
    db_bind_text(stmt, 3, kind);
    if (!db_step(stmt, &row, err)) return false;
    if (row) review_of_row(stmt, review);
    db_reset(stmt);
    return true;
}

static bool review_put(struct books *books, const struct review *review, struct err *err)
{
    enum record_did    did;
    bool               is_signed = review->signed_by[0] != 0;
    const struct value values[] = {
        value_int(review->line),
        value_int(review->rev),
        value_text(review->kind),
        value_text(review->claimed_by),
        value_or_null(review->claimed_ms),
        value_text(review->signed_by),
        value_text(review->signed_for),
        is_signed ? value_int(review->signed_ms) : value_null(),
        is_signed ? value_blob(review->hash.bytes, sizeof review->hash.bytes) : value_null(),
    };
    return record_put(&books->record, NOUN_REVIEW, review->version, values, &did, err);
}

bool review_clear(struct books *books, int64_t line, int64_t rev, struct err *err)
{
    for (const char *const *kind = REVIEWERS; *kind != NULL; kind++) {
        struct review review;
        if (!review_read(books, line, rev, *kind, &review, err)) return false;
        if (review.signed_by[0] == 0) continue;
        review.signed_by[0] = review.signed_for[0] = 0;
        review.signed_ms = 0;
        if (!review_put(books, &review, err)) return false;
    }
    return true;
}

/* Who has to sign: a setting. */
static bool is_required(const char *kinds, const char *kind)
{
    size_t len = strlen(kind);
    for (const char *at = kinds; (at = strstr(at, kind)) != NULL; at += len)
        if ((at == kinds || at[-1] == ' ') && (at[len] == 0 || at[len] == ' ')) return true;
    return false;
}

bool review_complete(struct books *books, const struct draft *draft, struct err *err)
{
    char        kinds[NAME_BYTES + 1];
    struct hash hash = draft_hash(draft);
    if (!setting_text(books, "review_kinds", KINDS_USUAL, kinds, err)) return false;
    for (const char *const *kind = REVIEWERS; *kind != NULL; kind++) {
        struct review review;
        if (!is_required(kinds, *kind)) continue;
        if (!review_read(books, draft->line, draft->rev, *kind, &review, err)) return false;
        if (review.signed_by[0] == 0 || !hash_equal(&review.hash, &hash))
            return err_set(err, ERR_INPUT, say_text(SAY("review.missing"), *kind));
    }
    return true;
}

/* ---------------------------------------------------------------------------------------------------- who may */

/* Somebody with the role for whom this user signs today. */
static bool deputy_find(struct books *books, const char *user, const char *kind, char whom[132], struct err *err)
{
    struct db_stmt *stmt;
    bool            row, has;
    whom[0] = 0;
    if (!db_prepare(books->db, SQL("SELECT \"user\" FROM deputy WHERE deputy = $1 AND from_day <= $2 AND to_day >= $2"
                        " ORDER BY \"user\""),
                                   &stmt, err))
        return false;
    db_bind_text(stmt, 1, user);
    db_bind_int(stmt, 2, books_today(books));
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        if (!act_user_has(books, db_text(stmt, 0), kind, &has, err)) return false;
        if (!has) continue;
        utf8_copy(whom, 132, db_text(stmt, 0));
        db_reset(stmt);
        return true;
    }
}

static bool may_review(struct books *books, const struct act_call *call, const char *kind, char whom[132],
                       struct err *err)
{
    bool has;
    whom[0] = 0;
    if (!word_is_one(REVIEWERS, kind)) return err_set(err, ERR_INPUT, say_text(SAY("review.kind"), kind));
    if (!act_user_has(books, call->act->user, kind, &has, err)) return false;
    if (has) return true;
    if (!deputy_find(books, call->act->user, kind, whom, err)) return false;
    return whom[0] != 0 || err_set(err, ERR_RIGHTS, say_text(SAY("review.rights"), kind));
}

/* Another's claim that still holds: refused with his name and until when. */
static bool claim_check(struct books *books, const struct review *review, struct err *err)
{
    int64_t minutes;
    if (review->claimed_by[0] == 0 || strcmp(review->claimed_by, books->record.user) == 0) return true;
    if (!setting_limit(books, LIMIT_CLAIM_MINUTES, &minutes, err)) return false;
    if (!claim_holds(review->claimed_ms, books->record.now_ms, minutes)) return true;
    int64_t left = (review->claimed_ms + minutes * MINUTE_MS - books->record.now_ms + MINUTE_MS - 1) / MINUTE_MS;
    return err_set(err, ERR_CONFLICT, say_int(say_user(books->db, SAY("review.claimed"), review->claimed_by), left));
}

struct reviewing {
    struct draft  draft;
    struct review review;
    char          whom[132];
};

/* draft_free() in any case. */
static bool review_body(struct books *books, struct act_call *call, struct reviewing *now, struct err *err)
{
    struct line_ref ref;
    const char     *kind;
    *now = (struct reviewing){.whom = ""};
    return body_ref(call, "line", true, &ref, err) && body_text(call, "kind", false, KIND_MOST, &kind, err) &&
           may_review(books, call, kind, now->whom, err) && draft_open(books, line_ref_key(ref), &now->draft, err) &&
           review_read(books, now->draft.line, now->draft.rev, kind, &now->review, err) &&
           claim_check(books, &now->review, err);
}

/* ---------------------------------------------------------------------------------------------------- acts */

bool review_claim_act(struct books *books, struct act_call *call, struct err *err)
{
    struct reviewing now;
    bool             is_done = review_body(books, call, &now, err);
    if (is_done) {
        utf8_copy(now.review.claimed_by, sizeof now.review.claimed_by, books->record.user);
        now.review.claimed_ms = books->record.now_ms;
        is_done = review_put(books, &now.review, err);
    }
    draft_free(&now.draft);
    return is_done;
}

/* Every item of the list, each by the reviewer's own hand. */
static bool ticks_check(const struct act_call *call, struct err *err)
{
    const struct json *ticks = json_get(call->body, "ticks");
    for (const char *const *item = CHECKLIST; *item != NULL; item++) {
        bool has = false;
        for (size_t i = 0; i < json_count(ticks); i++)
            has = has || strcmp(json_text(json_at(ticks, i), ""), *item) == 0;
        if (!has) return err_set(err, ERR_INPUT, say_text(SAY("review.tick"), *item));
    }
    return true;
}

static bool sign_check(struct books *books, const struct act_call *call, const struct reviewing *now, struct err *err)
{
    int64_t     version;
    const char *user = books->record.user;
    if (!body_int(call, "version", 1, INT64_MAX, &version, err) || !ticks_check(call, err)) return false;
    if (version != now->draft.version)
        return err_set(err, ERR_CONFLICT, say_user(books->db, SAY("review.changed"), now->draft.editor));
    if (strcmp(user, now->draft.maker) == 0 || strcmp(user, now->draft.editor) == 0)
        return err_set(err, ERR_RIGHTS, SAY("review.own"));
    if (now->draft.returned_by[0] != 0)
        return err_set(err, ERR_CONFLICT, say_user(books->db, SAY("review.returned"), now->draft.returned_by));
    return draft_explained(books, &now->draft, err);
}

bool review_sign_act(struct books *books, struct act_call *call, struct err *err)
{
    struct reviewing now;
    bool             is_done = review_body(books, call, &now, err) && sign_check(books, call, &now, err);
    if (is_done) {
        utf8_copy(now.review.signed_by, sizeof now.review.signed_by, books->record.user);
        utf8_copy(now.review.signed_for, sizeof now.review.signed_for, now.whom);
        now.review.signed_ms = books->record.now_ms;
        now.review.hash = draft_hash(&now.draft);
        is_done = review_put(books, &now.review, err);
    }
    draft_free(&now.draft);
    return is_done;
}

bool review_return_act(struct books *books, struct act_call *call, struct err *err)
{
    struct reviewing now;
    const char      *why;
    bool is_done = review_body(books, call, &now, err) && body_text(call, "why", false, WHY_MOST, &why, err);
    if (is_done) {
        utf8_copy(now.draft.returned_by, sizeof now.draft.returned_by, books->record.user);
        utf8_copy(now.draft.returned_why, sizeof now.draft.returned_why, why);
        is_done = draft_put(books, &now.draft, now.draft.version, err) &&
                  review_clear(books, now.draft.line, now.draft.rev, err);
    }
    draft_free(&now.draft);
    return is_done;
}

static const struct import_column DEPUTY_COLUMNS[] = {
    {"deputy", "代签人", {CELL_TEXT, true, 0, 60}},
    {"from", "从", {CELL_DAY, true, 0, 0}},
    {"to", "到", {CELL_DAY, true, 0, 0}},
    {.name = NULL},
};

/* Each names his own deputy. */
bool deputy_save_act(struct books *books, struct act_call *call, struct err *err)
{
    struct cell     cells[3];
    enum record_did did;
    bool            has;
    if (!form_take(call, DEPUTY_COLUMNS, cells, err)) return false;
    if (cells[2].number < cells[1].number) {
        err_set(err, ERR_INPUT, SAY("rate.days"));
        return form_fault(call, "to", err);
    }
    if (!act_user_has(books, cells[0].text, KINDS_USUAL " administrator payroll desk finance owner", &has, err))
        return false;
    if (!has || strcmp(cells[0].text, call->act->user) == 0) {
        err_set(err, ERR_INPUT, say_text(SAY("deputy.whom"), cells[0].text));
        return form_fault(call, "deputy", err);
    }
    const struct value values[] = {value_text(call->act->user), value_text(cells[0].text), value_int(cells[1].number),
                                   value_int(cells[2].number)};
    return record_put(&books->record, NOUN_DEPUTY, body_base(call), values, &did, err);
}
