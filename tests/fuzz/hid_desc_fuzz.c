/* hid_desc_fuzz.c - any bytes as a report descriptor: read or refused, and what was read lies within its reports.
 * links: kiosk_scan core */
#include <stdlib.h>

#include "kiosk/scan/hid_desc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void field_check(const struct hid_field *field, const struct hid_report *report)
{
    if (field->count > 0 && field->at_bit + field->size_bits * field->count > report->bits) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct hid_desc desc;
    if (!hid_desc_read(data, size, &desc)) return 0;
    if (desc.count > HID_REPORTS_MAX || hid_desc_longest_bytes(&desc) > HID_REPORT_BITS_MAX / 8) abort();
    for (int i = 0; i < desc.count; i++) {
        const struct hid_report *report = &desc.reports[i];
        const struct hid_field  *fields[] = {&report->modifiers, &report->keys,   &report->length, &report->aim[0],
                                             &report->aim[1],    &report->aim[2], &report->data,   &report->more};
        for (size_t k = 0; k < sizeof fields / sizeof fields[0]; k++) field_check(fields[k], report);
    }
    return 0;
}
