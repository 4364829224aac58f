/* chain_test.c - hashes, marks and macs as docs/protocol.md describes them; the expected ones were made by Python's
 * hashlib.
 * links: core */
#include <stdio.h>
#include <string.h>

#include "core/chain.h"
#include "tests/unit/rows.h"

static const char *hex(const struct hash *hash)
{
    static char text[HASH_TEXT];
    hash_write(hash, text);
    return text;
}

/* ---- Hashes */

struct hash_row {
    const char *name, *bytes, *hash;
};

static const struct hash_row HASHES[] = {
    {"nothing", "",    "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"},
    {"abc",     "abc", "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"},
};

static void hash_case(void **state)
{
    const struct hash_row *row = *state;
    struct hash            hash = hash_of(row->bytes, strlen(row->bytes)), again = {{0}};
    assert_string_equal(hex(&hash), row->hash);
    assert_true(hash_read(row->hash, &again));
    assert_true(hash_equal(&hash, &again));
    assert_true(mac_equal(&hash, &again));
    assert_false(hash_is_zero(&hash));
    again.bytes[HASH_BYTES - 1] ^= 1;
    assert_false(hash_equal(&hash, &again));
    assert_false(mac_equal(&hash, &again));
}

#define HEX_62 "00000000000000000000000000000000000000000000000000000000000000"

static void hash_text_has_one_spelling(void **state)
{
    static const char *const bad[] = {"",          HEX_62,      HEX_62 "0",   HEX_62 "000", HEX_62 "0A",
                                      HEX_62 "0g", HEX_62 " 0", HEX_62 "0\n", ("0x" HEX_62)};
    struct hash              hash;
    (void)state;
    memset(&hash, 0x5A, sizeof hash);
    struct hash before = hash;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) assert_false(hash_read(bad[i], &hash));
    assert_true(hash_equal(&hash, &before));
    assert_true(hash_read(HEX_62 "00", &hash));
    assert_true(hash_is_zero(&hash));
}

/* ---- Epochs and ids */

struct epoch_row {
    const char  *name, *text;
    struct epoch epoch;
};

static const struct epoch_row EPOCHS[] = {
    {"none",           "-",                           {0, 0}                           },
    {"first",          "1-0000000000000001",          {1, 1}                           },
    {"counter 0",      "0-0000000000000001",          {0, 1}                           },
    {"number 0",       "1-0000000000000000",          {1, 0}                           },
    {"as in the page", "3-9f3a2b4c5d6e7f80",          {3, UINT64_C(0x9f3a2b4c5d6e7f80)}},
    {"last",           "4294967295-ffffffffffffffff", {UINT32_MAX, UINT64_MAX}         },
};

static void epoch_case(void **state)
{
    const struct epoch_row *row = *state;
    struct epoch            epoch = {7, 7};
    char                    text[EPOCH_TEXT];
    epoch_write(row->epoch, text);
    assert_string_equal(text, row->text);
    assert_true(epoch_read(row->text, &epoch));
    assert_int_equal(epoch_compare(epoch, row->epoch), 0);
    assert_int_equal(epoch_is_none(epoch), strcmp(row->text, "-") == 0);
}

struct text_row {
    const char *name, *text;
};

static const struct text_row NO_EPOCH[] = {
    {"nothing",               ""                                           },
    {"no dash",               "3"                                          },
    {"no number",             "3-"                                         },
    {"no counter",            "-9f3a2b4c5d6e7f80"                          },
    {"leading zero",          "03-9f3a2b4c5d6e7f80"                        },
    {"plus",                  "+3-9f3a2b4c5d6e7f80"                        },
    {"blank",                 " 3-9f3a2b4c5d6e7f80"                        },
    {"capitals",              "3-9F3A2B4C5D6E7F80"                         },
    {"15 digits",             "3-9f3a2b4c5d6e7f8"                          },
    {"17 digits",             "3-9f3a2b4c5d6e7f800"                        },
    {"counter too large",     "4294967296-9f3a2b4c5d6e7f80"                },
    {"counter far too large", "99999999999999999999999999-9f3a2b4c5d6e7f80"},
    {"none, spelt out",       "0-0000000000000000"                         },
    {"two dashes",            "--"                                         },
};

static void no_epoch_case(void **state)
{
    const struct text_row *row = *state;
    struct epoch           epoch = {7, 8};
    assert_false(epoch_read(row->text, &epoch));
    assert_int_equal(epoch_compare(epoch, (struct epoch){7, 8}), 0);
}

static void epochs_order_by_counter_then_number(void **state)
{
    static const struct epoch order[] = {
        {0,          0         },
        {0,          5         },
        {1,          0         },
        {1,          UINT64_MAX},
        {2,          1         },
        {UINT32_MAX, 0         }
    };
    (void)state;
    for (int i = 0; i < 6; i++)
        for (int k = 0; k < 6; k++) {
            int compared = epoch_compare(order[i], order[k]);
            assert_true(i < k ? compared < 0 : i > k ? compared > 0 : compared == 0);
        }
}

static void id_text_has_one_spelling(void **state)
{
    static const uint64_t    ids[] = {0, 1, UINT64_C(0x0123456789abcdef), UINT64_MAX};
    static const char *const bad[] = {
        "", "-", "000000000000000", "00000000000000000", "000000000000000G", "00000000000000AB"};
    (void)state;
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        char     text[ID_TEXT];
        uint64_t again = 5;
        id_write(ids[i], text);
        assert_int_equal(strlen(text), 16);
        assert_true(id_read(text, &again));
        assert_true(again == ids[i]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        uint64_t id = 5;
        assert_false(id_read(bad[i], &id));
        assert_int_equal(id, 5);
    }
}

static void first_prev_is_as_described(void **state)
{
    struct epoch epoch = {3, UINT64_C(0x0123456789abcdef)};
    struct hash  hash = chain_first(UINT64_C(0x9f3a2b4c5d6e7f80), epoch);
    (void)state;
    assert_string_equal(hex(&hash), "6ef6a293852152455cf7dc8babd707e6dfbd03a2353269079ea2b8163edb0793");
}

/* ---- MACs */

#define BODY "body\0x\n"

static struct key key_counting(void)
{
    struct key key;
    for (int i = 0; i < KEY_BYTES; i++) key.bytes[i] = (uint8_t)i;
    return key;
}

static void macs_are_as_described(void **state)
{
    struct key  key = key_counting();
    struct hash mac = mac_request(&key, "POST", "/kiosk/1/events", "00112233445566778899aabbccddeeff", BODY, 7);
    (void)state;
    assert_string_equal(hex(&mac), "aca6f75d2140806f71b2a209967cf2c0209fa839b687c811409c3fdf7060658e");
    mac = mac_answer(&key, &mac, "{\"v\":1}", 7);
    assert_string_equal(hex(&mac), "d44ef274939c9d00e109384cb60a8cdc4ed055d4f3b5e305b437878dc8700faa");
}

/* Whatever of a request is changed, its mac changes. */
static void mac_covers_everything(void **state)
{
    struct key  key = key_counting(), other = key_counting();
    struct hash macs[6];
    (void)state;
    other.bytes[31] ^= 1;
    macs[0] = mac_request(&key, "POST", "/a", "n", "b", 1);
    macs[1] = mac_request(&other, "POST", "/a", "n", "b", 1);
    macs[2] = mac_request(&key, "GET", "/a", "n", "b", 1);
    macs[3] = mac_request(&key, "POST", "/b", "n", "b", 1);
    macs[4] = mac_request(&key, "POST", "/a", "m", "b", 1);
    macs[5] = mac_request(&key, "POST", "/a", "n", "", 0);
    for (int i = 0; i < 6; i++)
        for (int k = 0; k < i; k++) assert_false(mac_equal(&macs[i], &macs[k]));
}

/* ---- Randomness */

static void random_of_test(void *self, void *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) ((uint8_t *)bytes)[i] = (uint8_t)dice_next(self);
}

static void random_differs_each_time(void **state)
{
    uint8_t first[16] = {0}, second[16] = {0}, zero[16] = {0};
    (void)state;
    chain_random(first, sizeof first);
    chain_random(second, sizeof second);
    assert_memory_not_equal(first, second, sizeof first);
    assert_memory_not_equal(first, zero, sizeof first);
}

/* The last test: the source stays replaced. */
static void random_comes_from_its_source(void **state)
{
    uint64_t dice = 9, same = 9;
    uint8_t  bytes[20], expected[20];
    (void)state;
    chain_random_source(random_of_test, &dice);
    chain_random(bytes, sizeof bytes);
    random_of_test(&same, expected, sizeof expected);
    assert_memory_equal(bytes, expected, sizeof bytes);
}

int main(int argc, char **argv)
{
    static struct rows rows;
    struct err         err;
    if (!chain_init(&err)) return 1;
    ROWS_ADD(&rows, hash_case, HASHES);
    rows_add(&rows, "hash text has one spelling", hash_text_has_one_spelling, NULL);
    ROWS_ADD(&rows, epoch_case, EPOCHS);
    ROWS_ADD(&rows, no_epoch_case, NO_EPOCH);
    rows_add(&rows, "epochs order by counter, then number", epochs_order_by_counter_then_number, NULL);
    rows_add(&rows, "id text has one spelling", id_text_has_one_spelling, NULL);
    rows_add(&rows, "first prev is as described", first_prev_is_as_described, NULL);
    rows_add(&rows, "macs are as described", macs_are_as_described, NULL);
    rows_add(&rows, "mac covers everything", mac_covers_everything, NULL);
    rows_add(&rows, "random differs each time", random_differs_each_time, NULL);
    rows_add(&rows, "random comes from its source", random_comes_from_its_source, NULL);
    return rows_run(&rows, argc, argv);
}
