/* pen.c - the hands of an emulated scanner: tests/usb/pen.h. Written after the keyboards' drawings, not after our decoder. */
#include "tests/usb/pen.h"

#include <glib.h>
#include <string.h>

enum { SHIFT = 0x02, ALTGR = 0x40, ENTER = 0x28, CAPS = 0x39, PART = 56 };

struct key {
    uint8_t usage, modifiers;
};

static struct key digit_key(const struct pen *pen, char c)
{
    int digit = c - '0';
    if (pen->is_keypad) return (struct key){(uint8_t)(digit == 0 ? 0x62 : 0x58 + digit), 0};
    bool has_shift = pen->country == PEN_FRENCH && !pen->is_caps;
    return (struct key){(uint8_t)(digit == 0 ? 0x27 : 0x1D + digit), has_shift ? SHIFT : 0};
}

/* The few that stand around a code. */
static struct key sign_key(const struct pen *pen, char c)
{
    switch (c) {
    case '\n': return (struct key){ENTER, 0};
    case 'A': return (struct key){pen->country == PEN_FRENCH ? 0x14 : 0x04, SHIFT};
    case 'C': return (struct key){0x06, SHIFT};
    case ']':
        if (pen->country == PEN_GERMAN) return (struct key){0x26, ALTGR};
        if (pen->country == PEN_FRENCH) return (struct key){0x2D, ALTGR};
        return (struct key){0x30, 0};
    default: g_error("no key for %c", c);
    }
}

static void send(const struct pen *pen, struct usb *usb, const uint8_t *bytes, size_t len)
{
    usb_report(usb, pen->interface, bytes, len, 0);
    if (pen->is_slow) g_usleep(PEN_SLOW_US);
    if (pen->between != NULL) pen->between(pen->self);
}

void pen_keys(const struct pen *pen, struct usb *usb, uint8_t modifiers, const uint8_t *keys, int count)
{
    uint8_t bytes[9] = {pen->id};
    int     head = pen->id != 0;
    bytes[head] = modifiers;
    if (count > 0) memcpy(bytes + head + 2, keys, (size_t)count);
    send(pen, usb, bytes, (size_t)head + 8);
}

/* Keys with the same modifiers go down together, as many as the pen takes; a key is never twice in one report. */
static void keys_text(const struct pen *pen, struct usb *usb, const char *text)
{
    if (pen->is_caps) {
        pen_keys(pen, usb, 0, (uint8_t[]){CAPS}, 1);
        pen_keys(pen, usb, 0, NULL, 0);
    }
    while (*text != '\0') {
        uint8_t keys[6], modifiers = 0;
        int     count = 0, most = pen->keys_each > 1 ? pen->keys_each : 1;
        for (; *text != '\0' && count < most; text++) {
            struct key key = *text >= '0' && *text <= '9' ? digit_key(pen, *text) : sign_key(pen, *text);
            if (count > 0 && (key.modifiers != modifiers || memchr(keys, key.usage, (size_t)count) != NULL)) break;
            modifiers = key.modifiers;
            keys[count++] = key.usage;
        }
        pen_keys(pen, usb, modifiers, keys, count);
        if (!pen->is_unreleased) pen_keys(pen, usb, 0, NULL, 0);
    }
    pen_keys(pen, usb, 0, NULL, 0);
}

void pen_part(const struct pen *pen, struct usb *usb, const char *text, size_t len, const char *aim, bool is_more)
{
    uint8_t bytes[USB_PACKET_MAX] = {2, (uint8_t)len};
    if (pen->aim_at > 0) memcpy(bytes + pen->aim_at, aim, 3);
    memcpy(bytes + pen->data_at, text, len < PART ? len : PART);
    bytes[USB_PACKET_MAX - 1] = is_more;
    send(pen, usb, bytes, sizeof bytes);
}

static void pos_text(const struct pen *pen, struct usb *usb, const char *text, size_t len)
{
    do {
        size_t part = len < PART ? len : PART;
        pen_part(pen, usb, text, part, "]C0", part < len);
        text += part;
        len -= part;
    } while (len > 0);
}

static void serial_text(const struct pen *pen, struct usb *usb, const char *text, size_t len)
{
    size_t most = pen->is_slow ? 3 : USB_PACKET_MAX;
    for (size_t at = 0; at < len; at += most)
        send(pen, usb, (const uint8_t *)text + at, len - at < most ? len - at : most);
}

/* One line a scan: HID POS has no Enter. */
void pen_text(const struct pen *pen, struct usb *usb, const char *text)
{
    if (pen->kind == PEN_KEYS) {
        keys_text(pen, usb, text);
        return;
    }
    while (*text != '\0') {
        size_t len = strcspn(text, "\n"), with_end = text[len] == '\n' ? len + 1 : len;
        if (pen->kind == PEN_SERIAL) serial_text(pen, usb, text, with_end);
        if (pen->kind == PEN_POS) pos_text(pen, usb, text, with_end);
        text += with_end;
    }
}
