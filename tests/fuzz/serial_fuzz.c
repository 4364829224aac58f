/* serial_fuzz.c - any bytes from a scanner that is a serial port, split anywhere: lines stay within their bounds and hold no
 * end of a line, and a good scan is read afterwards whatever came before it.
 * links: kiosk_scan core */
#include <stdlib.h>
#include <string.h>

#include "kiosk/scan/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void lines_check(struct lines *lines)
{
    const struct scan *scan;
    while ((scan = lines_take(lines)) != NULL) {
        if (scan->len > SCAN_LINE_MAX || scan->device != 4) abort();
        if (scan->wrong == NULL && scan->len == 0) abort();
        for (size_t i = 0; i < scan->len; i++)
            if (strchr("\r\n\t\x02\x03", scan->text[i]) != NULL) abort(); /* NUL too */
    }
    lines_lost(lines);
}

/* The first byte says how long the transfers are. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct lines lines;
    struct reader       reader = {.kind = READER_SERIAL, .is_scanner = true, .device = 4};
    const struct scan  *scan;
    bool                is_read = false;
    int64_t             mono_ms = 1000;
    if (size == 0) return 0;
    memset(&lines, 0, sizeof lines);
    size_t step = (size_t)data[0] % 65 + 1;
    for (size_t at = 1; at < size; at += step, mono_ms += data[0]) {
        reader_report(&reader, data + at, size - at < step ? size - at : step, mono_ms, &lines);
        if (reader_deadline(&reader) <= mono_ms) reader_time(&reader, mono_ms, &lines);
        lines_check(&lines);
    }
    mono_ms += 10000;
    reader_time(&reader, mono_ms, &lines);
    lines_check(&lines);
    reader_report(&reader, (const uint8_t *)"\r300000000000010182\r", 20, mono_ms + 10000, &lines);
    while ((scan = lines_take(&lines)) != NULL)
        is_read = is_read || (scan->len == 18 && memcmp(scan->text, "300000000000010182", 18) == 0);
    if (!is_read) abort();
    return 0;
}
