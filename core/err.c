/* err.c - errors as data: core/err.h. */
#include "core/err.h"

#include <assert.h>

bool err_set(struct err *err, enum err_kind kind, struct say say)
{
    assert(kind != ERR_NONE);
    err->kind = kind;
    err->say = say;
    return false;
}

bool err_is_passing(const struct err *err)
{
    return err->kind == ERR_BUSY || err->kind == ERR_IO || err->kind == ERR_FULL;
}
