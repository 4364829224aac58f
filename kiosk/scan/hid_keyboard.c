/* hid_keyboard.c - decodes a scanner that pretends to be a keyboard: hid_keyboard.h. */
#include "kiosk/scan/hid_keyboard.h"

#include <string.h>

enum {
    MODIFIER_CTRL = 0x11, /* either one */
    MODIFIER_SHIFT = 0x22,
    MODIFIER_OTHER = 0xCC, /* Alt, GUI: nothing that is text */
    USAGE_ERROR = 3,       /* 1 roll-over, 2 POST failed, 3 undefined */
    USAGE_A = 0x04,
    USAGE_1 = 0x1E,
    USAGE_ENTER = 0x28,
    USAGE_TAB = 0x2B,
    USAGE_SPACE = 0x2C,
    USAGE_SLASH = 0x38,
    USAGE_PAD_SLASH = 0x54,
    USAGE_PAD_ENTER = 0x58,
    USAGE_PAD_1 = 0x59,
    USAGE_PAD_POINT = 0x63
};

/* The character of a key on a US keyboard; 0: none. */
static char key_char(uint8_t usage, bool is_shift)
{
    static const char ROW_1[2][11] = {"1234567890", "!@#$%^&*()"};
    static const char SIGNS[2][14] = {" -=[]\\#;'`,./", " _+{}|~:\"~<>?"}; /* from the space bar on */
    static const char PAD[] = "/*-+\n1234567890.";
    if (usage >= USAGE_A && usage < USAGE_1) return (char)((is_shift ? 'A' : 'a') + usage - USAGE_A);
    if (usage >= USAGE_1 && usage < USAGE_ENTER) return ROW_1[is_shift][usage - USAGE_1];
    if (usage >= USAGE_SPACE && usage <= USAGE_SLASH) return SIGNS[is_shift][usage - USAGE_SPACE];
    if (usage >= USAGE_PAD_SLASH && usage <= USAGE_PAD_POINT) return PAD[usage - USAGE_PAD_SLASH];
    return 0;
}

/* Ctrl + ] is GS, the separator of GS1: scanners send control characters so. */
static char key_control(char c)
{
    if (c >= 'a' && c <= 'z') return (char)(c - 'a' + 1);
    return c >= '[' && c <= ']' ? (char)(c - '[' + 0x1B) : 0;
}

bool hid_keyboard_key(struct hid_keyboard *keyboard, uint8_t usage, uint8_t modifiers)
{
    if (usage == USAGE_ENTER || usage == USAGE_PAD_ENTER || usage == USAGE_TAB) {
        if (keyboard->is_done || keyboard->len == 0) return false;
        keyboard->is_done = true;
        return true;
    }
    char c = key_char(usage, (modifiers & MODIFIER_SHIFT) != 0);
    if ((modifiers & MODIFIER_CTRL) != 0) c = key_control(c);
    if (c == 0 || (modifiers & MODIFIER_OTHER) != 0) return false;
    if (keyboard->is_done) keyboard->len = 0;
    keyboard->is_done = false;
    if (keyboard->len < HID_LINE_MAX) keyboard->line[keyboard->len++] = c;
    return false;
}

bool hid_keyboard_report(struct hid_keyboard *keyboard, const uint8_t *report, size_t len)
{
    if (len != HID_REPORT_BYTES) return false;
    const uint8_t *keys = report + 2;
    for (int i = 0; i < HID_KEYS; i++)
        if (keys[i] != 0 && keys[i] <= USAGE_ERROR) return false;
    bool is_whole = false;
    for (int i = 0; i < HID_KEYS; i++) {
        bool is_new = keys[i] != 0 && memchr(keyboard->held, keys[i], HID_KEYS) == NULL;
        if (is_new && hid_keyboard_key(keyboard, keys[i], report[0])) is_whole = true;
    }
    memcpy(keyboard->held, keys, HID_KEYS);
    return is_whole;
}
