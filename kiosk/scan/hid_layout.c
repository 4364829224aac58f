/* hid_layout.c - which character stands on a key: kiosk/scan/hid_layout.h. */
#include "kiosk/scan/hid_layout.h"

#include <assert.h>
#include <string.h>

#include "core/utf8.h"

enum {
    USAGE_A = 0x04,
    USAGE_1 = 0x1E,
    USAGE_ENTER = 0x28,
    USAGE_SPACE = 0x2C,
    USAGE_MINUS = 0x2D,
    USAGE_SLASH = 0x38,
    USAGE_PAD_SLASH = 0x54,
    USAGE_PAD_POINT = 0x63,
    USAGE_ISO = 0x64, /* left of Z, on keyboards that have it */
    ISO_AT = USAGE_SLASH - USAGE_MINUS + 1
};

/* One string a block of keys, one character a key: A to Z, 1 to 0, and - = [ ] \ # ; ' ` , . / with the ISO key. */
struct keys {
    const char *letters, *digits, *signs;
};

/* NONE stands where a key has no character. */
#define NONE "·"
#define NONE_10 NONE NONE NONE NONE NONE NONE NONE NONE NONE NONE
#define NONE_13 NONE_10 NONE NONE NONE
#define NONE_26 NONE_13 NONE_13
#define ABC "abcdefghijklmnopqrstuvwxyz"
#define ABC_SHIFT "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
/* A to D, then the euro on E, and so on. */
#define EURO_ON_E NONE NONE NONE NONE "€" NONE_13 NONE NONE NONE NONE NONE NONE NONE NONE

/* US, German, French, UK. */
static const struct row {
    bool        is_caps_shift; /* caps lock is a shift lock for digits too */
    struct keys plain, shift, altgr;
} ROWS[LAYOUTS] = {
    {false,
     {ABC, "1234567890", "-=[]\\#;'`,./\\"},
     {ABC_SHIFT, "!@#$%^&*()", "_+{}|~:\"~<>?|"},
     {NONE_26, NONE_10, NONE_13}                                                                        },
    {false,
     {"abcdefghijklmnopqrstuvwxzy", "1234567890", "ß´ü+##öä^,.-<"},
     {"ABCDEFGHIJKLMNOPQRSTUVWXZY", "!\"§$%&/()=", "?`Ü*''ÖÄ°;:_>"},
     {NONE NONE NONE NONE "€" NONE NONE NONE NONE NONE NONE NONE "µ" NONE NONE NONE
                          "@" NONE NONE NONE NONE NONE NONE NONE NONE          NONE,
      NONE "²³" NONE NONE NONE "{[]}", "\\" NONE NONE "~" NONE NONE NONE NONE NONE NONE NONE NONE "|"}},
    {true,
     {"qbcdefghijkl,noparstuvzxyw", "&é\"'(-è_çà", ")=^$**mù²;:!<"},
     {"QBCDEFGHIJKL?NOPARSTUVZXYW", "1234567890", "°+¨£µµM%" NONE "./§>"},
     {EURO_ON_E, NONE "~#{[|`\\^@", "]}" NONE "¤" NONE NONE NONE NONE NONE NONE NONE NONE NONE}        },
    {false,
     {ABC, "1234567890", "-=[]##;'`,./\\"},
     {ABC_SHIFT, "!\"£$%^&*()", "_+{}~~:@¬<>?|"},
     {EURO_ON_E, NONE NONE NONE "€" NONE NONE NONE NONE NONE NONE,
      NONE NONE NONE NONE NONE NONE NONE NONE "¦" NONE NONE NONE NONE}                                 },
};

/* The n-th character of a row's string. */
static size_t char_at(const char *text, int n, char out[HID_LAYOUT_CHAR_MAX])
{
    size_t step = utf8_len(text, strlen(text));
    while (n-- > 0) {
        text += step;
        step = utf8_len(text, strlen(text));
    }
    assert(step > 0);
    if (strncmp(text, NONE, step) == 0) return 0;
    for (size_t i = 0; i < step; i++) out[i] = text[i];
    return step;
}

/* Caps lock works on letters; where digits stand on the shifted side, on those as well. */
static bool is_capital_key(const struct row *row, uint8_t usage)
{
    char   text[HID_LAYOUT_CHAR_MAX];
    size_t len;
    if (usage >= USAGE_1 && usage < USAGE_ENTER) return row->is_caps_shift;
    if (usage < USAGE_1)
        len = char_at(row->plain.letters, usage - USAGE_A, text);
    else if (usage <= USAGE_SLASH)
        len = char_at(row->plain.signs, usage - USAGE_MINUS, text);
    else
        return false;
    return (len == 1 && text[0] >= 'a' && text[0] <= 'z') ||
           (len == 2 && (memcmp(text, "ä", 2) == 0 || memcmp(text, "ö", 2) == 0 || memcmp(text, "ü", 2) == 0));
}

static size_t pad_char(uint8_t usage, char text[HID_LAYOUT_CHAR_MAX])
{
    static const char PAD[] = "/*-+\n1234567890.";
    text[0] = PAD[usage - USAGE_PAD_SLASH];
    return 1;
}

size_t hid_layout_char(enum hid_layout layout, uint8_t usage, bool is_shift, bool is_altgr, bool is_caps,
                       char text[HID_LAYOUT_CHAR_MAX])
{
    const struct row *row = &ROWS[layout];
    if (usage >= USAGE_PAD_SLASH && usage <= USAGE_PAD_POINT) return pad_char(usage, text);
    if (usage == USAGE_SPACE) {
        text[0] = ' ';
        return 1;
    }
    bool is_block = (usage >= USAGE_A && usage < USAGE_ENTER) || (usage >= USAGE_MINUS && usage <= USAGE_SLASH);
    if (!is_block && usage != USAGE_ISO) return 0;
    if (is_caps && is_capital_key(row, usage)) is_shift = !is_shift;
    const struct keys *keys = is_altgr ? &row->altgr : is_shift ? &row->shift : &row->plain;
    if (usage == USAGE_ISO) return char_at(keys->signs, ISO_AT, text);
    if (usage < USAGE_1) return char_at(keys->letters, usage - USAGE_A, text);
    if (usage < USAGE_ENTER) return char_at(keys->digits, usage - USAGE_1, text);
    return char_at(keys->signs, usage - USAGE_MINUS, text);
}
