/* checklist.h - what each reviewer of a sheet ticks [R17], and who the reviewers are. Pure. */
#ifndef SERVER_JUDGE_CHECKLIST_H
#define SERVER_JUDGE_CHECKLIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* due, brand, quantity, material, size, style, colour, picture, process, amount, rates, decor, requirements, remarks;
 * ended by NULL. A field of a line belongs to one of them: books/spec.h. */
extern const char *const CHECKLIST[];

/* taker, quoter, manager, technical, supervisor: words of roles; ended by NULL. */
extern const char *const REVIEWERS[];

/* Is word one of a list ended by NULL? */
bool word_is_one(const char *const *list, const char *word);

/* Is a claim of then_ms still good? [R35] */
bool claim_holds(int64_t then_ms, int64_t now_ms, int64_t minutes);

#endif
