/* err.h - why something could not be done.
 *
 * A function that can fail returns bool, is MUST_CHECK, and fills *err on false. Callers branch on the kind; people
 * read the sentence, which is made words only where it is shown (core/text.h). err may never be NULL. */
#ifndef CORE_ERR_H
#define CORE_ERR_H

#include <stdbool.h>

#include "core/say.h"

#define MUST_CHECK __attribute__((warn_unused_result))

enum err_kind {
    ERR_NONE,     /* nothing failed */
    ERR_INPUT,    /* what was given is wrong: trying again will not help */
    ERR_ABSENT,   /* what was asked for is not there */
    ERR_RIGHTS,   /* who asks may not */
    ERR_CONFLICT, /* somebody else changed it meanwhile: look again */
    ERR_BUSY,     /* try again later, nothing is wrong */
    ERR_IO,       /* disk or network failed: try again later */
    ERR_FULL,     /* the disk is full */
    ERR_DAMAGED   /* what is stored can't be true */
};

struct err {
    enum err_kind kind;
    struct say    say;
};

/* Fills *err and returns false, so that a failing line reads `return err_set(err, ERR_INPUT, SAY("code.length"))`. */
bool err_set(struct err *err, enum err_kind kind, struct say say);

/* True for kinds after which the same call may succeed later: BUSY, IO, FULL. */
bool err_is_passing(const struct err *err);

#endif
