/* money.c - the arithmetic of wages: core/money.h. Pure. */
#include "core/money.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/utf8.h"

enum { CFEN_A_FEN = 100, FEN_DECIMALS = 2, RATE_DECIMALS = 4 };

/* Products of money and weights, which 64 bits don't hold. */
__extension__ typedef __int128 wide;

int64_t money_due_fen(int64_t rate_cfen, int64_t pieces)
{
    assert(rate_cfen >= 0 && rate_cfen <= MONEY_RATE_MAX_CFEN && pieces >= 0 && pieces <= MONEY_PIECES_MAX);
    return (rate_cfen * pieces + CFEN_A_FEN / 2) / CFEN_A_FEN; /* at most 10^17: no overflow */
}

int64_t money_room_fen(int64_t wage_fen, int64_t percent, int64_t minimum_fen)
{
    assert(percent >= 0 && percent <= 100 && minimum_fen >= 0);
    if (wage_fen <= minimum_fen) return 0;
    int64_t part = (int64_t)((wide)wage_fen * percent / 100), over = wage_fen - minimum_fen;
    return part < over ? part : over;
}

int64_t money_time_fen(int64_t hour_cfen, int64_t minutes)
{
    enum { HOUR_CFEN_A_FEN = CFEN_A_FEN * 60 };
    assert(hour_cfen >= 0 && hour_cfen <= MONEY_RATE_MAX_CFEN && minutes >= 0 && minutes <= MONEY_PIECES_MAX);
    return (hour_cfen * minutes + HOUR_CFEN_A_FEN / 2) / HOUR_CFEN_A_FEN;
}

static int64_t floor_share(wide fen, wide weight, wide sum)
{
    wide share = fen * weight / sum;
    if (share * sum > fen * weight) share--; /* C rounds a negative quotient up */
    return (int64_t)share;
}

/* Every floor loses less than one fen, so the remainder is below n: one fen each to the first ones. */
void money_split(int64_t fen, const int64_t *weights, size_t n, int64_t *shares)
{
    wide    sum = 0;
    int64_t left = fen;
    assert(n >= 1 && n <= MONEY_SHARES_MAX);
    for (size_t i = 0; i < n; i++) {
        assert(weights[i] > 0);
        sum += weights[i];
    }
    for (size_t i = 0; i < n; i++) {
        shares[i] = floor_share(fen, weights[i], sum);
        left -= shares[i];
    }
    for (size_t i = 0; left > 0; i++, left--) shares[i]++;
}

/* ---- Text */

/* What may be written: digits, a dot and at most so many decimals, between bounds. */
struct form {
    int     decimals;
    int64_t least, most;
};

static const struct form FEN = {FEN_DECIMALS, INT64_MIN, INT64_MAX};
static const struct form RATE = {RATE_DECIMALS, 0, MONEY_RATE_MAX_CFEN};

/* Passes over either of two spellings of a sign, ASCII or full-width. */
static bool sign_take(const char **at, const char *ascii, const char *wide_one)
{
    const char *sign = strncmp(*at, ascii, strlen(ascii)) == 0 ? ascii : wide_one;
    if (strncmp(*at, sign, strlen(sign)) != 0) return false;
    *at += strlen(sign);
    return true;
}

static bool digit_take(const char **at, int *digit)
{
    size_t step = utf8_len(*at, strlen(*at));
    *digit = utf8_digit(*at, step);
    if (*digit < 0) return false;
    *at += step;
    return true;
}

/* Appends a digit to a number that is kept negative, since the least int64 has no positive twin. */
static bool digit_add(int64_t *negative, int digit)
{
    return !__builtin_mul_overflow(*negative, 10, negative) && !__builtin_sub_overflow(*negative, digit, negative);
}

static bool amount_read(const char *text, const struct form *form, int64_t *amount, struct err *err)
{
    const char *at = text;
    int64_t     negative = 0;
    int         digit, whole = 0, decimals = 0;
    bool        has_minus = sign_take(&at, "-", "－"), has_dot, is_in_range = true;
    for (; digit_take(&at, &digit); whole++) is_in_range = is_in_range && digit_add(&negative, digit);
    has_dot = sign_take(&at, ".", "．");
    for (; has_dot && digit_take(&at, &digit); decimals++)
        is_in_range = is_in_range && (decimals >= form->decimals || digit_add(&negative, digit));
    if (*at != 0 || whole == 0 || (has_dot && decimals == 0))
        return err_set(err, ERR_INPUT, say_text(SAY("money.form"), text));
    if (decimals > form->decimals)
        return err_set(err, ERR_INPUT, say_int(say_text(SAY("money.decimals"), text), form->decimals));
    for (; decimals < form->decimals; decimals++) is_in_range = is_in_range && digit_add(&negative, 0);
    if (has_minus && form->least == 0) return err_set(err, ERR_INPUT, say_text(SAY("money.minus"), text));
    if (!has_minus && __builtin_sub_overflow(0, negative, &negative)) is_in_range = false;
    if (!is_in_range || negative < form->least || negative > form->most)
        return err_set(err, ERR_INPUT, say_text(SAY("money.large"), text));
    *amount = negative;
    return true;
}

bool money_read_fen(const char *text, int64_t *fen, struct err *err)
{
    return amount_read(text, &FEN, fen, err);
}

bool money_read_rate(const char *text, int64_t *rate_cfen, struct err *err)
{
    return amount_read(text, &RATE, rate_cfen, err);
}

/* Writes an amount in units of 10^-decimals; returns the length. */
static int amount_write(int64_t amount, int decimals, char text[MONEY_TEXT])
{
    uint64_t size = amount < 0 ? -(uint64_t)amount : (uint64_t)amount, unit = 1;
    for (int i = 0; i < decimals; i++) unit *= 10;
    return snprintf(text, MONEY_TEXT, "%s%" PRIu64 ".%0*" PRIu64, amount < 0 ? "-" : "", size / unit, decimals,
                    size % unit);
}

void money_write_fen(int64_t fen, char text[MONEY_TEXT])
{
    amount_write(fen, FEN_DECIMALS, text);
}

void money_write_rate(int64_t rate_cfen, char text[MONEY_TEXT])
{
    int len = amount_write(rate_cfen, RATE_DECIMALS, text);
    for (int spare = RATE_DECIMALS - FEN_DECIMALS; spare > 0 && text[len - 1] == '0'; spare--) text[--len] = 0;
}
