/* dice.h - the only randomness in tests: SplitMix64, so that a seed gives the same case on every machine. */
#ifndef TESTS_DICE_H
#define TESTS_DICE_H

#include <stdint.h>

static inline uint64_t dice_next(uint64_t *dice)
{
    uint64_t z = (*dice += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

/* least..most, both included. */
static inline int64_t dice_between(uint64_t *dice, int64_t least, int64_t most)
{
    return least + (int64_t)(dice_next(dice) % ((uint64_t)(most - least) + 1));
}

#endif
