/* act.h - acts of the office: what can be done to the books, by whom.
 *
 * An act runs in one transaction with its id, its audit and its answer; a refused one leaves nothing behind. The same
 * id again gets the first answer, with another body it is refused. Who asks is known to show/, which checks its routes;
 * the roles stand here once more, so that no route can open what the books don't allow. */
#ifndef SERVER_BOOKS_ACT_H
#define SERVER_BOOKS_ACT_H

#include "core/json.h"
#include "server/books/books.h"
#include "server/books/writer.h"

/* One run of an act. */
struct act_call {
    const struct act  *act;
    const struct json *body;
    struct buf         answer; /* JSON object; empty: {} */
    bool               is_dry; /* out: nothing of it is to be kept, the answer tells what would be */
};

/* roles: words of ask/role.h separated by spaces, one of which the user must have; "*": any user who may log in; "":
 * only the program itself, which acts as "console" or "kiosk". */
struct act_row {
    const char *name;
    const char *roles;
    bool        after_inbox; /* sees everything that was taken before it */
    bool        needs_two;   /* persons, both with a role */
    bool (*run)(struct books *books, struct act_call *call, struct err *err);
    bool (*line)(struct books *books, struct act_call *call, struct event *line, struct err *err); /* an event of the
                                                                                                   * office */
};
const struct act_row *act_find(const char *name); /* NULL: no such act */

/* May they? Fills *err with what is missing. */
bool act_may(struct books *books, const struct act_row *row, const struct act *act, struct err *err) MUST_CHECK;

/* Has the user one of these roles? For what a noun asks beyond the act's row. */
bool act_user_has(struct books *books, const char *user, const char *roles, bool *has, struct err *err) MUST_CHECK;

/* The first answer to this id, where there is one; *has false otherwise. */
bool act_again(struct books *books, const struct hash *hash, struct act *act, bool *has, struct err *err) MUST_CHECK;

/* What an act is, but for its id: hash of name, users, body. */
struct hash act_hash(const char *name, const char *user, const char *second, const void *body, size_t len);

/* Performs it within the caller's transaction; fills status and answer. *keep false: the caller rolls back, since it
 * was refused or dry. False: a passing failure. */
bool act_perform(struct books *books, const struct act_row *row, struct act *act, bool *keep,
                 struct err *err) MUST_CHECK;

/* Keeps an act's first answer; number: its inbox number, 0 = no event. */
struct act_kept {
    const char *id, *user, *second, *name;
    struct hash hash;
    int64_t     number;
    int         status;
    const char *answer;
};
bool act_keep(struct books *books, const struct act_kept *kept, struct err *err) MUST_CHECK;

/* Fills a refusal. */
void act_refuse(struct act *act, const struct err *why);

/* ---- for the nouns' acts: reading a body. Refusals name the field. */

/* A text of 1..most bytes, or of 0..most. */
bool body_text(const struct act_call *call, const char *field, bool may_be_empty, size_t most, const char **text,
               struct err *err) MUST_CHECK;
bool body_int(const struct act_call *call, const char *field, int64_t least, int64_t most, int64_t *number,
              struct err *err) MUST_CHECK;
bool body_hash(const struct act_call *call, const char *field, struct hash *hash, struct err *err) MUST_CHECK;

/* The version that the change was made upon: "base", RECORD_ANY where it is left out. */
int64_t body_base(const struct act_call *call);

#endif
