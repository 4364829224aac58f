/* hid_keyboard_fuzz.c - any bytes as reports of a keyboard: lines stay within their bounds, and a good scan is read
 * afterwards whatever came before it.
 * links: kiosk_scan core */
#include <stdlib.h>
#include <string.h>

#include "kiosk/scan/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct reader reader;
    static struct lines  lines;
    static const uint8_t RELEASE[HID_REPORT_BYTES], ENTER[HID_REPORT_BYTES] = {0, 0, 0x28},
                                                    ONE[HID_REPORT_BYTES] = {0, 0, 0x1E};
    memset(&reader, 0, sizeof reader);
    memset(&lines, 0, sizeof lines);
    for (size_t at = 0; at < size;) {
        size_t len = data[at] % 4 == 0 ? data[at] % 16 : HID_REPORT_BYTES; /* some of a wrong length */
        at++;
        if (len > size - at) len = size - at;
        reader_report(&reader, data + at, len, (int64_t)at, &lines);
        at += len;
        const struct scan *scan = lines_take(&lines);
        if (scan != NULL && (scan->len == 0 || scan->len > SCAN_LINE_MAX)) abort();
    }
    const uint8_t *const good[] = {RELEASE, ENTER, RELEASE, ONE, RELEASE, ENTER};
    const struct scan   *last = NULL, *scan;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        reader_report(&reader, good[i], HID_REPORT_BYTES, (int64_t)size + 1, &lines);
        while ((scan = lines_take(&lines)) != NULL) last = scan;
    }
    if (last == NULL || last->len != 1 || last->text[0] != '1') abort();
    return 0;
}
