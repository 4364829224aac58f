/* xlsx_number.c - numbers of a workbook as a person reads them: its dates are numbers that only their format tells apart
 * from others. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "server/bring/xlsx_inside.h"

/* Days from 1970 back to day 0 of either way of counting; below FIRST_DAY the older one has a 29 February 1900 that
 * never was, so nobody can say which day is meant. */
enum { DAY_0_OF_1900 = -25569, DAY_0_OF_1904 = -24107, FIRST_DAY = 61, LAST_DAY = 2958465 /* 9999-12-31 */ };

/* ECMA-376 part 1, 18.8.30, with the Chinese ones. */
enum xlsx_format xlsx_format_built_in(int64_t id)
{
    if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58))
        return XLSX_DATE;
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)) return XLSX_CLOCK;
    return XLSX_PLAIN;
}

/* What stands in quotes, in brackets or behind \ _ * is no part of it: the last byte of that, or at itself. */
static const char *code_skip(const char *at)
{
    const char *end;
    switch (*at) {
    case '"': end = strchr(at + 1, '"'); break;
    case '[': end = strchr(at, ']'); break;
    case '\\':
    case '_':
    case '*': end = at[1] == 0 ? NULL : at + 1; break;
    default: return at;
    }
    return end == NULL ? at + strlen(at) - 1 : end;
}

/* A second section is for other numbers. */
enum xlsx_format xlsx_format_read(const char *code)
{
    bool has_day = false, has_month = false, has_clock = false;
    for (const char *at = code, *end; *at != 0 && *at != ';'; at = end + 1) {
        end = code_skip(at);
        /* [h]: hours beyond a day; [Magenta] is a colour */
        has_clock |= *at == '[' && strspn(at + 1, "hHmMsS") > 0 && at[1 + strspn(at + 1, "hHmMsS")] == ']';
        if (end > at) continue;
        has_day |= strchr("yYdD", *at) != NULL;
        has_month |= strchr("mM", *at) != NULL; /* beside hours: minutes */
        has_clock |= strchr("hHsS", *at) != NULL;
    }
    if (has_day || (has_month && !has_clock)) return XLSX_DATE;
    return has_clock ? XLSX_CLOCK : XLSX_PLAIN;
}

static void clock_write(double fraction, struct buf *out)
{
    int minutes = (int)lround(fraction * 1440);
    buf_fmt(out, "%02d:%02d", minutes / 60 % 24, minutes % 60);
}

static void date_write(double serial, bool is_1904, struct buf *out)
{
    char   day[DAY_TEXT];
    double whole = floor(serial + 0.5 / 1440), fraction = serial - whole;
    day_write((int32_t)whole + (is_1904 ? DAY_0_OF_1904 : DAY_0_OF_1900), day);
    buf_str(out, day);
    if (fraction * 1440 < 0.5) return;
    buf_char(out, ' ');
    clock_write(fraction, out);
}

void xlsx_number_write(const char *number, enum xlsx_format format, bool is_1904, struct buf *out)
{
    char  *end;
    double value = strtod(number, &end);
    bool   is_day = value >= FIRST_DAY && value < LAST_DAY + 1;
    if (end == number || *end != 0 || !isfinite(value))
        buf_str(out, number); /* whoever wants a number says that this is none */
    else if (format == XLSX_DATE && is_day)
        date_write(value, is_1904, out);
    else if (format == XLSX_CLOCK && value >= 0 && value < 1)
        clock_write(value, out);
    else
        buf_fmt(out, "%.15g", value); /* 0.1 is kept there as 0.10000000000000001 */
}
