/* hid_keyboard.c - decodes a scanner that pretends to be a keyboard: hid_keyboard.h. */
#include "kiosk/scan/hid_keyboard.h"

#include <string.h>

enum {
    MODIFIER_CTRL = 0x11, /* either one */
    MODIFIER_SHIFT = 0x22,
    MODIFIER_ALT = 0x04, /* the left one; the right one is AltGr */
    MODIFIER_ALTGR = 0x40,
    MODIFIER_GUI = 0x88, /* nothing that is text */
    USAGE_ERROR = 3,     /* 1 roll-over, 2 POST failed, 3 undefined */
    USAGE_ENTER = 0x28,
    USAGE_TAB = 0x2B,
    USAGE_CAPS = 0x39,
    USAGE_PAD_ENTER = 0x58,
    USAGE_PAD_1 = 0x59,
    USAGE_PAD_0 = 0x62,
    USAGE_ALT = 0xE2, /* as a stroke: Alt was let go */
    ALT_MOST = 255,
    CHAR_LAST = 0x7E,
    BYTE_BITS = 8
};

/* ---- Keys */

/* Ctrl + ] is GS, the separator of GS1: scanners send control characters so. */
static char key_control(char c)
{
    if (c >= 'a' && c <= 'z') return (char)(c - 'a' + 1);
    return c >= '[' && c <= ']' ? (char)(c - '[' + 0x1B) : 0;
}

/* What doesn't fit is cut at a character. */
static void text_put(struct hid_keyboard *keyboard, const char *text, size_t len)
{
    if (keyboard->is_done) keyboard->len = 0;
    keyboard->is_done = false;
    if (keyboard->len + len > SCAN_LINE_MAX) return;
    memcpy(keyboard->line + keyboard->len, text, len);
    keyboard->len += len;
}

void hid_keyboard_end(struct hid_keyboard *keyboard)
{
    keyboard->is_done = true;
    keyboard->is_caps = false;
    keyboard->has_alt = false;
}

static bool line_end(struct hid_keyboard *keyboard)
{
    if (keyboard->is_done || keyboard->len == 0) return false;
    hid_keyboard_end(keyboard);
    return true;
}

static void alt_digit(struct hid_keyboard *keyboard, uint8_t usage)
{
    if (usage < USAGE_PAD_1 || usage > USAGE_PAD_0) return;
    int digit = usage == USAGE_PAD_0 ? 0 : usage - USAGE_PAD_1 + 1;
    keyboard->alt = (keyboard->has_alt ? keyboard->alt * 10 : 0) + digit;
    keyboard->has_alt = true;
    if (keyboard->alt > ALT_MOST) keyboard->alt = ALT_MOST;
}

/* Which page numbers above ASCII are of is a setting of the scanner: they stay unknown. */
static bool alt_end(struct hid_keyboard *keyboard)
{
    if (!keyboard->has_alt) return false;
    keyboard->has_alt = false;
    char c = keyboard->alt > CHAR_LAST ? '?' : (char)keyboard->alt;
    if (c == '\r' || c == '\n' || c == '\t') return line_end(keyboard);
    if (c != 0) text_put(keyboard, &c, 1);
    return false;
}

bool hid_keyboard_key(struct hid_keyboard *keyboard, uint8_t usage, uint8_t modifiers)
{
    char text[HID_LAYOUT_CHAR_MAX];
    if (usage == USAGE_ALT) return alt_end(keyboard);
    if (usage == USAGE_ENTER || usage == USAGE_PAD_ENTER || usage == USAGE_TAB) return line_end(keyboard);
    if (usage == USAGE_CAPS) keyboard->is_caps = !keyboard->is_caps;
    if ((modifiers & MODIFIER_GUI) != 0) return false;
    if ((modifiers & MODIFIER_ALT) != 0) {
        alt_digit(keyboard, usage);
        return false;
    }
    size_t len = hid_layout_char(keyboard->layout, usage, (modifiers & MODIFIER_SHIFT) != 0,
                                 (modifiers & MODIFIER_ALTGR) != 0, keyboard->is_caps, text);
    if (len == 1 && (modifiers & MODIFIER_CTRL) != 0) text[0] = key_control(text[0]);
    bool is_text = len > 0 && text[0] != 0 && (len == 1 || (modifiers & MODIFIER_CTRL) == 0);
    if (is_text) text_put(keyboard, text, len);
    return false;
}

/* ---- Reports */

static const struct hid_report BOOT = {
    .bits = HID_REPORT_BYTES * BYTE_BITS,
    .modifiers = {0,             1,         BYTE_BITS           },
    .keys = {2 * BYTE_BITS, BYTE_BITS, HID_REPORT_BYTES - 2}
};

bool hid_keyboard_describe(struct hid_keyboard *keyboard, const struct hid_desc *desc)
{
    const struct hid_report *form = hid_desc_keyboard(desc);
    if (form == NULL || form->keys.count > HID_KEYS_MAX) return false;
    keyboard->form = *form;
    return true;
}

bool hid_keyboard_is_held(const struct hid_keyboard *keyboard)
{
    for (int i = 0; i < HID_KEYS_MAX; i++)
        if (keyboard->held[i] != 0) return true;
    return false;
}

void hid_keyboard_report(struct hid_keyboard *keyboard, const uint8_t *report, size_t len, struct hid_strokes *strokes)
{
    const struct hid_report *form = keyboard->form.bits > 0 ? &keyboard->form : &BOOT;
    strokes->count = 0;
    if (len != hid_report_bytes(form) || (form->id != 0 && report[0] != form->id)) return;
    const uint8_t *keys = report + form->keys.at_bit / BYTE_BITS;
    int            count = form->keys.count;
    strokes->modifiers = report[form->modifiers.at_bit / BYTE_BITS];
    for (int i = 0; i < count; i++)
        if (keys[i] != 0 && keys[i] <= USAGE_ERROR) return;
    if ((keyboard->modifiers & MODIFIER_ALT) != 0 && (strokes->modifiers & MODIFIER_ALT) == 0)
        strokes->usages[strokes->count++] = USAGE_ALT;
    for (int i = 0; i < count; i++) {
        bool is_new = keys[i] != 0 && memchr(keyboard->held, keys[i], HID_KEYS_MAX) == NULL;
        if (is_new) strokes->usages[strokes->count++] = keys[i];
    }
    keyboard->modifiers = strokes->modifiers;
    memset(keyboard->held, 0, sizeof keyboard->held);
    memcpy(keyboard->held, keys, (size_t)count);
}
