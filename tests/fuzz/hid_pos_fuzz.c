/* hid_pos_fuzz.c - any bytes as a report descriptor, then as its reports: lines stay within their bounds; and a scanner of a
 * known kind is read afterwards, whatever came before.
 * links: kiosk_scan core */
#include <stdlib.h>
#include <string.h>

#include "kiosk/scan/reader.h"
#include "tests/usb/descs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void reports_send(struct reader *reader, struct lines *lines, const uint8_t *data, size_t size)
{
    for (size_t at = 0; at < size;) {
        size_t len = data[at] % 4 == 0 ? data[at] % 80 : 64; /* some of a wrong length */
        at++;
        if (len > size - at) len = size - at;
        reader_report(reader, data + at, len, (int64_t)at, lines);
        at += len;
        const struct scan *scan = lines_take(lines);
        if (scan != NULL && (scan->len > SCAN_LINE_MAX || (scan->len == 0) != (scan->wrong != NULL))) abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct reader reader;
    static struct lines  lines;
    static const uint8_t GOOD[64] = {2, 3, ']', 'C', '0', '1', '2', '3'};
    struct hid_desc      desc;
    size_t               desc_len = size > 0 ? data[0] : 0;
    memset(&reader, 0, sizeof reader);
    memset(&lines, 0, sizeof lines);
    if (desc_len < size && hid_desc_read(data + 1, desc_len, &desc) && reader_describe(&reader, &desc))
        reports_send(&reader, &lines, data + 1 + desc_len, size - 1 - desc_len);
    memset(&reader, 0, sizeof reader);
    if (!hid_desc_read(DESC_POS_HONEYWELL, sizeof DESC_POS_HONEYWELL, &desc) || !reader_describe(&reader, &desc))
        abort();
    reports_send(&reader, &lines, data, size);
    reader_drop(&reader, NULL, &lines);
    while (lines_take(&lines) != NULL) continue;
    reader_report(&reader, GOOD, sizeof GOOD, (int64_t)size + 1, &lines);
    const struct scan *scan = lines_take(&lines);
    if (scan == NULL || scan->len != 3 || memcmp(scan->text, "123", 3) != 0) abort();
    return 0;
}
