/* reader.c - one device's decoder with its time: kiosk/scan/reader.h. */
#include "kiosk/scan/reader.h"

#include <string.h>

#include "core/code.h"

enum { PERSON_MS = 75 /* between two keys: no person is as fast, no scanner as slow */, SCANNED_LEAST = 4 };

bool reader_describe(struct reader *reader, const struct hid_desc *desc)
{
    if (hid_desc_pos(desc) != NULL) {
        reader->kind = READER_POS;
        reader->desc = *desc;
        return true;
    }
    reader->kind = READER_KEYS;
    return hid_keyboard_describe(&reader->keyboard, desc);
}

/* ---- Lines of keys and bytes */

/* Nothing of a line has come, or all of it. */
static bool is_between(const struct reader *reader)
{
    switch (reader->kind) {
    case READER_KEYS: return reader->keyboard.is_done || (reader->keyboard.len == 0 && !reader->keyboard.is_caps);
    case READER_POS: return !reader->pos.is_open;
    case READER_SERIAL: return reader->serial.is_done || reader->serial.len == 0;
    }
    return true;
}

static size_t line_len(const struct reader *reader)
{
    return reader->kind == READER_KEYS ? reader->keyboard.len : reader->serial.len;
}

/* Too few keys tell nothing. */
static bool is_scanned(const struct reader *reader)
{
    size_t len = line_len(reader);
    if (reader->is_scanner || reader->kind != READER_KEYS) return true;
    return len >= SCANNED_LEAST && reader->key_ms - reader->first_ms < (int64_t)len * PERSON_MS;
}

static void line_end(struct reader *reader, struct lines *lines)
{
    const char *line = reader->kind == READER_KEYS ? reader->keyboard.line : reader->serial.line;
    lines_put(lines, reader->device, line, line_len(reader), !is_scanned(reader));
}

static void key_time(struct reader *reader, int64_t mono_ms)
{
    if (is_between(reader)) reader->first_ms = mono_ms;
    reader->key_ms = mono_ms;
}

void reader_key(struct reader *reader, uint8_t usage, uint8_t modifiers, int64_t mono_ms, struct lines *lines)
{
    key_time(reader, mono_ms);
    if (hid_keyboard_key(&reader->keyboard, usage, modifiers)) line_end(reader, lines);
}

/* ---- Reports */

/* A device that says the same again, holds the same keys still: idle reports, a key that hangs. If it was silent and says
 * something else, a release was lost, and what was held before isn't any more. */
static void held_forget(struct reader *reader, const uint8_t *report, size_t len, int64_t mono_ms)
{
    struct hid_keyboard *keyboard = &reader->keyboard;
    if (reader->held_ms == 0 || mono_ms - reader->report_ms < SCAN_HALF_MS) return;
    struct hid_keyboard again = {.form = keyboard->form, .modifiers = keyboard->modifiers};
    struct hid_strokes  strokes;
    hid_keyboard_report(&again, report, len, &strokes);
    bool is_other = strokes.count > 0 && memcmp(again.held, keyboard->held, sizeof again.held) != 0;
    if (is_other) memset(keyboard->held, 0, sizeof keyboard->held);
}

static void keys_report(struct reader *reader, const uint8_t *report, size_t len, int64_t mono_ms, struct lines *lines)
{
    struct hid_strokes strokes;
    held_forget(reader, report, len, mono_ms);
    hid_keyboard_report(&reader->keyboard, report, len, &strokes);
    for (int i = 0; i < strokes.count; i++) reader_key(reader, strokes.usages[i], strokes.modifiers, mono_ms, lines);
    if (!hid_keyboard_is_held(&reader->keyboard))
        reader->held_ms = 0;
    else if (reader->held_ms == 0 || strokes.count > 0)
        reader->held_ms = mono_ms;
}

/* An end without a line, as a scanner sends it that puts Enter first. */
static bool is_blank(const struct hid_pos *pos)
{
    for (size_t i = 0; i < pos->len; i++)
        if (pos->line[i] != '\r' && pos->line[i] != '\n' && pos->line[i] != '\t') return false;
    return true;
}

static void pos_report(struct reader *reader, const uint8_t *report, size_t len, int64_t mono_ms, struct lines *lines)
{
    reader->key_ms = mono_ms;
    switch (hid_pos_report(&reader->pos, &reader->desc, report, len)) {
    case HID_POS_LINE:
        if (!is_blank(&reader->pos)) lines_put(lines, reader->device, reader->pos.line, reader->pos.len, false);
        break;
    case HID_POS_BROKEN: lines_wrong(lines, reader->device, "scan.broken"); break;
    case HID_POS_NOTHING: break;
    }
}

void reader_report(struct reader *reader, const uint8_t *report, size_t len, int64_t mono_ms, struct lines *lines)
{
    if (len == 0) return; /* devices send empty packets between */
    switch (reader->kind) {
    case READER_KEYS: keys_report(reader, report, len, mono_ms, lines); break;
    case READER_POS: pos_report(reader, report, len, mono_ms, lines); break;
    case READER_SERIAL:
        key_time(reader, mono_ms);
        for (size_t i = 0; i < len; i++)
            if (serial_byte(&reader->serial, report[i])) line_end(reader, lines);
        break;
    }
    reader->report_ms = mono_ms;
}

/* ---- Time */

int64_t reader_deadline(const struct reader *reader)
{
    size_t len = line_len(reader);
    if (is_between(reader)) return INT64_MAX;
    if (reader->kind == READER_POS) return reader->key_ms + SCAN_PART_MS;
    bool is_code = len == CODE_DIGITS || len == CODE_ENROL_DIGITS;
    return reader->key_ms + (is_code ? SCAN_SILENCE_MS : is_scanned(reader) ? SCAN_HALF_MS : SCAN_TYPING_MS);
}

void reader_time(struct reader *reader, int64_t mono_ms, struct lines *lines)
{
    if (mono_ms < reader_deadline(reader)) return;
    if (reader->kind == READER_POS) {
        reader_drop(reader, "scan.broken", lines);
        return;
    }
    bool is_empty = line_len(reader) == 0; /* caps lock alone */
    if (reader->kind == READER_KEYS)
        hid_keyboard_end(&reader->keyboard);
    else
        reader->serial.is_done = true;
    if (!is_empty) line_end(reader, lines);
}

void reader_drop(struct reader *reader, const char *wrong, struct lines *lines)
{
    bool is_half = !is_between(reader);
    switch (reader->kind) {
    case READER_KEYS:
        hid_keyboard_end(&reader->keyboard);
        memset(reader->keyboard.held, 0, sizeof reader->keyboard.held);
        reader->keyboard.modifiers = 0;
        reader->keyboard.len = 0;
        reader->held_ms = 0;
        break;
    case READER_POS: hid_pos_drop(&reader->pos); break;
    case READER_SERIAL: reader->serial.len = 0; break;
    }
    if (is_half && wrong != NULL) lines_wrong(lines, reader->device, wrong);
}

bool reader_is_stuck(const struct reader *reader, int64_t mono_ms)
{
    return reader->kind == READER_KEYS && reader->held_ms != 0 && mono_ms - reader->held_ms >= SCAN_STUCK_MS;
}
