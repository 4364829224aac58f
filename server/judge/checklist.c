/* checklist.c - what each reviewer of a sheet ticks, and who the reviewers are: server/judge/checklist.h. */
#include "server/judge/checklist.h"

#include <string.h>

const char *const CHECKLIST[] = {"due",   "brand",  "quantity",     "material", "size",
                                 "style", "colour", "picture",      "process",  "amount",
                                 "rates", "decor",  "requirements", "remarks",  NULL};

const char *const REVIEWERS[] = {"taker", "quoter", "manager", "technical", "supervisor", NULL};

bool word_is_one(const char *const *list, const char *word)
{
    for (; *list != NULL; list++)
        if (strcmp(*list, word) == 0) return true;
    return false;
}

bool claim_holds(int64_t then_ms, int64_t now_ms, int64_t minutes)
{
    enum { MINUTE_MS = 60000 };
    return then_ms <= now_ms ? now_ms - then_ms < minutes * MINUTE_MS : true;
}
