/* scanner.c - lines of text from whatever scans: scanner.h. */
#include "kiosk/scan/scanner.h"

#include <string.h>

#include "core/code.h"

void scanner_text(struct scanner *scanner, const char *text, size_t len)
{
    if (scanner->count == SCANS_MAX - 1) { /* one place stays with whoever took the last */
        scanner->lost++;
        return;
    }
    struct scan *scan = &scanner->scans[(scanner->first + scanner->count++) % SCANS_MAX];
    scan->len = len < HID_LINE_MAX ? len : HID_LINE_MAX;
    memcpy(scan->text, text, scan->len);
}

static void line_end(struct scanner *scanner)
{
    scanner_text(scanner, scanner->keyboard.line, scanner->keyboard.len);
}

void scanner_report(struct scanner *scanner, const uint8_t *report, size_t len, int64_t mono_ms)
{
    scanner->key_ms = mono_ms;
    if (hid_keyboard_report(&scanner->keyboard, report, len)) line_end(scanner);
}

void scanner_key(struct scanner *scanner, uint8_t usage, uint8_t modifiers, int64_t mono_ms)
{
    scanner->key_ms = mono_ms;
    if (hid_keyboard_key(&scanner->keyboard, usage, modifiers)) line_end(scanner);
}

int64_t scanner_deadline(const struct scanner *scanner)
{
    const struct hid_keyboard *keyboard = &scanner->keyboard;
    if (keyboard->is_done || keyboard->len == 0) return INT64_MAX;
    bool is_code = keyboard->len == CODE_DIGITS || keyboard->len == CODE_ENROL_DIGITS;
    return scanner->key_ms + (is_code ? SCAN_SILENCE_MS : SCAN_TYPING_MS);
}

void scanner_time(struct scanner *scanner, int64_t mono_ms)
{
    if (mono_ms < scanner_deadline(scanner)) return;
    scanner->keyboard.is_done = true;
    line_end(scanner);
}

const struct scan *scanner_take(struct scanner *scanner)
{
    if (scanner->count == 0) return NULL;
    const struct scan *scan = &scanner->scans[scanner->first];
    scanner->first = (scanner->first + 1) % SCANS_MAX;
    scanner->count--;
    return scan;
}

int scanner_lost(struct scanner *scanner)
{
    int lost = scanner->lost;
    scanner->lost = 0;
    return lost;
}
