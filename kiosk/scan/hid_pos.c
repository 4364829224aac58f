/* hid_pos.c - decodes a scanner in HID POS mode: kiosk/scan/hid_pos.h. */
#include "kiosk/scan/hid_pos.h"

#include <string.h>

enum { BYTE_BITS = 8 };

/* A field of at most 32 bits; it lies within the report. */
static uint32_t field_read(const struct hid_field *field, const uint8_t *report)
{
    uint32_t value = 0;
    for (unsigned i = field->size_bits; i-- > 0;) {
        unsigned at = field->at_bit + i;
        value = value << 1 | ((uint32_t)report[at / BYTE_BITS] >> at % BYTE_BITS & 1U);
    }
    return value;
}

/* Zero bytes where the device has no such fields. Makers declare three usages, or one for all three. */
static void aim_read(const struct hid_report *form, const uint8_t *report, uint8_t aim[HID_AIM])
{
    memset(aim, 0, HID_AIM);
    for (int i = 0; i < HID_AIM; i++)
        if (form->aim[i].count > 0) aim[i] = (uint8_t)field_read(&form->aim[i], report);
}

/* Without a field of its own, up to the last byte that isn't padding. */
static size_t length_read(const struct hid_report *form, const uint8_t *report)
{
    if (form->length.count > 0) return field_read(&form->length, report);
    size_t         len = form->data.count;
    const uint8_t *data = report + form->data.at_bit / BYTE_BITS;
    while (len > 0 && data[len - 1] == 0) len--;
    return len;
}

static bool is_more(const struct hid_report *form, const uint8_t *report)
{
    return form->more.count > 0 && field_read(&form->more, report) != 0;
}

static enum hid_pos_got broken(struct hid_pos *pos, bool goes_on)
{
    bool is_said = pos->is_skipping;
    pos->is_open = false;
    pos->is_skipping = goes_on;
    return is_said ? HID_POS_NOTHING : HID_POS_BROKEN;
}

static void part_put(struct hid_pos *pos, const uint8_t *data, size_t len)
{
    if (len > SCAN_LINE_MAX - pos->len) len = SCAN_LINE_MAX - pos->len;
    memcpy(pos->line + pos->len, data, len);
    pos->len += len;
}

enum hid_pos_got hid_pos_report(struct hid_pos *pos, const struct hid_desc *desc, const uint8_t *report, size_t len)
{
    const struct hid_report *form = hid_desc_report(desc, report, len);
    uint8_t                  aim[HID_AIM];
    if (form == NULL || form->data.count == 0 || form->data.size_bits != BYTE_BITS) return HID_POS_NOTHING;
    if (len < hid_report_bytes(form)) return broken(pos, false);
    size_t length = length_read(form, report);
    bool   goes_on = is_more(form, report);
    aim_read(form, report, aim);
    if (length > form->data.count) return broken(pos, goes_on);
    if (pos->is_skipping) return broken(pos, goes_on);
    if (pos->is_open && memcmp(aim, pos->aim, HID_AIM) != 0) return broken(pos, goes_on);
    if (!pos->is_open) pos->len = 0;
    memcpy(pos->aim, aim, HID_AIM);
    part_put(pos, report + form->data.at_bit / BYTE_BITS, length);
    pos->is_open = goes_on;
    bool is_answer = aim[0] == ']' && aim[1] == 'Z';
    return goes_on || is_answer || pos->len == 0 ? HID_POS_NOTHING : HID_POS_LINE;
}

bool hid_pos_drop(struct hid_pos *pos)
{
    bool was_open = pos->is_open;
    pos->is_open = pos->is_skipping = false;
    return was_open;
}
