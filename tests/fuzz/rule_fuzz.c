/* rule_fuzz.c - any bytes as a factory's day rule: refused in words, or shifts within a day, by which each moment has a date
 * that goes on with the time.
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
    int32_t before = day_of(&rule, NOON, &shift);
    for (int hour = 1; hour <= 72; hour++) {
        int32_t day = day_of(&rule, NOON + hour * HOUR, &shift);
        assert(day >= before && day <= before + 1);
        before = day;
    }
    return 0;
}
