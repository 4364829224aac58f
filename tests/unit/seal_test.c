/* seal_test.c - boxes open for their owner alone; keys are those that docs/protocol.md describes.
 * links: core */
#include <stdio.h>
#include <string.h>

#include "core/chain.h"
#include "core/seal.h"
#include "core/text.h"
#include "tests/unit/rows.h"

static const uint8_t SALT[SEAL_SALT_BYTES] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

static struct seal_pair pair_or_fail(int64_t badge, const char *pin)
{
    struct seal_pair pair = {0};
    struct err       err;
    if (!seal_pair_of(badge, pin, SALT, &pair, &err)) fail_msg("%s", err.say.id);
    return pair;
}

/* ---- Base64 */

struct base64_row {
    const char *name, *bytes, *text;
};

/* RFC 4648 section 10, without padding; the last for the two letters of the URL alphabet. */
static const struct base64_row BASE64[] = {
    {"nothing",             "",         ""        },
    {"f",                   "f",        "Zg"      },
    {"fo",                  "fo",       "Zm8"     },
    {"foo",                 "foo",      "Zm9v"    },
    {"foob",                "foob",     "Zm9vYg"  },
    {"fooba",               "fooba",    "Zm9vYmE" },
    {"foobar",              "foobar",   "Zm9vYmFy"},
    {"minus and underline", "\xfb\xff", "-_8"     },
};

static void base64_case(void **state)
{
    const struct base64_row *row = *state;
    struct buf               text = {0}, bytes = {0};
    seal_base64(row->bytes, strlen(row->bytes), &text);
    assert_string_equal(buf_text(&text), row->text);
    assert_true(seal_unbase64(row->text, strlen(row->text), &bytes));
    assert_string_equal(buf_text(&bytes), row->bytes);
    buf_free(&text);
    buf_free(&bytes);
}

struct text_row {
    const char *name, *text;
};

static const struct text_row NO_BASE64[] = {
    {"padding",        "Zg==" },
    {"blank",          "Zm 8" },
    {"line break",     "Zm8\n"},
    {"other alphabet", "+/8"  },
    {"one letter",     "Z"    },
    {"bits left over", "Zh"   },
    {"words",          "门"  },
};

static void no_base64_case(void **state)
{
    const struct text_row *row = *state;
    struct buf             out = {0};
    buf_str(&out, "before");
    assert_false(seal_unbase64(row->text, strlen(row->text), &out));
    assert_string_equal(buf_text(&out), "before");
    assert_int_equal(out.len, 6);
    buf_free(&out);
}

static void base64_takes_back_any_bytes(void **state)
{
    uint64_t dice = 1;
    (void)state;
    for (size_t len = 0; len < 200; len++) {
        uint8_t    bytes[200];
        struct buf text = {0}, again = {0};
        for (size_t i = 0; i < len; i++) bytes[i] = (uint8_t)dice_next(&dice);
        seal_base64(bytes, len, &text);
        assert_int_equal(text.len, (len * 4 + 2) / 3);
        assert_true(seal_unbase64(text.bytes, text.len, &again));
        assert_int_equal(again.len, len);
        assert_memory_equal(again.bytes, bytes, len);
        buf_free(&text);
        buf_free(&again);
    }
}

/* ---- Boxes */

static void open_for_its_owner_alone(void **state)
{
    struct seal_pair li = pair_or_fail(123456789012345, "4711"), other = pair_or_fail(123456789012345, "4712");
    struct buf       box = {0}, again = {0}, out = {0};
    struct err       err;
    char             words[200];
    (void)state;
    seal_shut(li.open, "{\"fen\":1250}", 12, &box);
    seal_shut(li.open, "{\"fen\":1250}", 12, &again);
    assert_string_not_equal(buf_text(&box), buf_text(&again)); /* nobody sees that two are equal */
    assert_true(seal_open(&li, box.bytes, box.len, &out, &err));
    assert_string_equal(buf_text(&out), "{\"fen\":1250}");
    assert_false(seal_open(&other, box.bytes, box.len, &out, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_string_equal(text_say(LANG_EN, &err.say, words, sizeof words),
                        "This can't be opened: badge and PIN don't fit, or it was damaged. Enter the PIN again.");
    assert_string_equal(buf_text(&out), "{\"fen\":1250}");
    for (size_t i = 0; i < box.len; i++) {
        char right = box.bytes[i];
        box.bytes[i] = (char)(right == 'A' ? 'Q' : 'A');
        assert_false(seal_open(&li, box.bytes, box.len, &out, &err));
        box.bytes[i] = right;
    }
    assert_false(seal_open(&li, "", 0, &out, &err));
    assert_false(seal_open(&li, "AAAA", 4, &out, &err));
    assert_int_equal(out.len, 12);
    buf_free(&box);
    buf_free(&again);
    buf_free(&out);
}

/* Made by an argon2id and a NaCl of other hands: the same badge, PIN and salt make the same pair everywhere. */
static void pair_is_as_described(void **state)
{
    struct seal_pair pair = pair_or_fail(42, "0007");
    struct buf       open = {0};
    (void)state;
    buf_hex(&open, pair.open, sizeof pair.open);
    assert_string_equal(buf_text(&open), "e06eb6d36fa2da630addad1dd7449a5377dbd3c92ec6b9135b53f45d4ae99740");
    buf_free(&open);
}

static const struct text_row NO_PIN[] = {
    {"no pin",       ""             },
    {"three digits", "123"          },
    {"13 digits",    "1234567890123"},
    {"letter",       "12a4"         },
    {"blank",        "1234 "        },
    {"minus",        "-1234"        },
    {"full-width",   "１２３４" },
};

static void no_pin_case(void **state)
{
    const struct text_row *row = *state;
    struct seal_pair       pair = {0}, before = {0};
    struct err             err;
    char                   words[200];
    assert_false(seal_pair_of(1, row->text, SALT, &pair, &err));
    assert_string_equal(text_say(LANG_EN, &err.say, words, sizeof words),
                        "A PIN has 4 to 12 digits and nothing else. Enter it again.");
    assert_memory_equal(&pair, &before, sizeof pair);
}

/* ---- Passwords */

static void password_fits_itself_alone(void **state)
{
    char       kept[SEAL_PASSWORD_MAX], again[SEAL_PASSWORD_MAX];
    struct err err;
    (void)state;
    assert_true(seal_password("门 correct horse", kept, &err));
    assert_true(seal_password("门 correct horse", again, &err));
    assert_string_not_equal(kept, again);
    assert_int_equal(strncmp(kept, "$argon2id$", 10), 0);
    assert_true(seal_password_fits(kept, "门 correct horse"));
    assert_false(seal_password_fits(kept, "门 correct horsf"));
    assert_false(seal_password_fits(kept, ""));
    assert_false(seal_password_fits("", ""));
    assert_false(seal_password_fits("nonsense", "nonsense"));
}

int main(int argc, char **argv)
{
    static struct rows rows;
    struct err         err;
    if (!chain_init(&err)) return 1;
    ROWS_ADD(&rows, base64_case, BASE64);
    ROWS_ADD(&rows, no_base64_case, NO_BASE64);
    rows_add(&rows, "base64 takes back any bytes", base64_takes_back_any_bytes, NULL);
    rows_add(&rows, "open for its owner alone", open_for_its_owner_alone, NULL);
    rows_add(&rows, "pair is as described", pair_is_as_described, NULL);
    ROWS_ADD(&rows, no_pin_case, NO_PIN);
    rows_add(&rows, "password fits itself alone", password_fits_itself_alone, NULL);
    return rows_run(&rows, argc, argv);
}
