/* rule_fuzz.c - any bytes as a factory's day rule: refused in words, or shifts by which each moment has the date of its day
 * or of the one before.
 * links: server_books server_judge core */
#include <assert.h>

#include "server/books/chains.h"

#define NOON INT64_C(1796011200000)
#define HOUR INT64_C(3600000)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct day_rule     rule;
    struct err          err = {0};
    const struct shift *shift;
    if (!chains_rule_read((const char *)bytes, len, &rule, &err)) {
        assert(err.say.id[0] != 0);
        return 0;
    }
    assert(rule.count >= 0 && rule.count <= CLOCK_SHIFTS_MAX);
    for (int hour = 0; hour <= 72; hour++) {
        int64_t at_ms = NOON + hour * HOUR;
        int32_t day = day_of(&rule, at_ms, &shift),
                today = (int32_t)((at_ms + rule.offset_min * (HOUR / 60)) / (24 * HOUR));
        assert(day == today || day == today - 1);
    }
    return 0;
}
