/* scanner.c - lines of text from whatever scans: scanner.h. */
#include "kiosk/scan/scanner.h"

#include <string.h>

#include "core/code.h"

enum { PERSON_MS = 75 /* between two keys: no person is as fast, no scanner as slow */, SCANNED_LEAST = 4 };

/* Too few keys tell nothing. */
static bool is_scanned(const struct scanner *scanner)
{
    size_t len = scanner->keyboard.len;
    return len >= SCANNED_LEAST && scanner->key_ms - scanner->first_ms < (int64_t)len * PERSON_MS;
}

static void line_put(struct scanner *scanner, const char *text, size_t len, bool is_typed)
{
    if (scanner->count == SCANS_MAX - 1) { /* one place stays with whoever took the last */
        scanner->lost++;
        return;
    }
    struct scan *scan = &scanner->scans[(scanner->first + scanner->count++) % SCANS_MAX];
    scan->len = len < HID_LINE_MAX ? len : HID_LINE_MAX;
    scan->is_typed = is_typed;
    memcpy(scan->text, text, scan->len);
}

void scanner_text(struct scanner *scanner, const char *text, size_t len)
{
    line_put(scanner, text, len, false);
}

static void line_end(struct scanner *scanner)
{
    line_put(scanner, scanner->keyboard.line, scanner->keyboard.len, !is_scanned(scanner));
}

static void key_time(struct scanner *scanner, int64_t mono_ms)
{
    if (scanner->keyboard.is_done || scanner->keyboard.len == 0) scanner->first_ms = mono_ms;
    scanner->key_ms = mono_ms;
}

void scanner_report(struct scanner *scanner, const uint8_t *report, size_t len, int64_t mono_ms)
{
    key_time(scanner, mono_ms);
    if (hid_keyboard_report(&scanner->keyboard, report, len)) line_end(scanner);
}

void scanner_key(struct scanner *scanner, uint8_t usage, uint8_t modifiers, int64_t mono_ms)
{
    key_time(scanner, mono_ms);
    if (hid_keyboard_key(&scanner->keyboard, usage, modifiers)) line_end(scanner);
}

int64_t scanner_deadline(const struct scanner *scanner)
{
    const struct hid_keyboard *keyboard = &scanner->keyboard;
    if (keyboard->is_done || keyboard->len == 0) return INT64_MAX;
    bool is_code = keyboard->len == CODE_DIGITS || keyboard->len == CODE_ENROL_DIGITS;
    return scanner->key_ms + (is_code ? SCAN_SILENCE_MS : is_scanned(scanner) ? SCAN_HALF_MS : SCAN_TYPING_MS);
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
