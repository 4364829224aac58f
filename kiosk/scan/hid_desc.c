/* hid_desc.c - a HID report descriptor: kiosk/scan/hid_desc.h.
 *
 * One walk over the items: globals stay until they are set again, locals (usages) until the next main item, and each
 * Input item adds fields to the report whose id stands. */
#include "kiosk/scan/hid_desc.h"

#include <string.h>

enum { STACK_MAX = 8, NESTING_MAX = 16, RANGES_MAX = 64, BYTE_BITS = 8, FIELD_BITS_MAX = 32 };

/* Items: tag and type of the first byte, without its size. */
enum item {
    ITEM_INPUT = 0x80,
    ITEM_OUTPUT = 0x90,
    ITEM_COLLECTION = 0xA0,
    ITEM_FEATURE = 0xB0,
    ITEM_END = 0xC0,
    ITEM_PAGE = 0x04,
    ITEM_LOGICAL_LEAST = 0x14,
    ITEM_SIZE = 0x74,
    ITEM_ID = 0x84,
    ITEM_COUNT = 0x94,
    ITEM_PUSH = 0xA4,
    ITEM_POP = 0xB4,
    ITEM_USAGE = 0x08,
    ITEM_USAGE_LEAST = 0x18,
    ITEM_USAGE_MOST = 0x28,
    ITEM_LONG = 0xFE
};

enum { INPUT_CONSTANT = 1, INPUT_VARIABLE = 2 };

/* Usages with their page in the upper half. */
enum {
    PAGE_KEYS = 0x07,
    PAGE_DIGITIZERS = 0x0D,
    USAGE_MODIFIER = 0x000700E0,
    USAGE_MODIFIER_LAST = 0x000700E7,
    USAGE_BYTE_COUNT = 0x0001003B,
    USAGE_AIM = 0x008C00FB,
    USAGE_DATA = 0x008C00FE,
    USAGE_MORE = 0x008C00FF
};

struct globals {
    uint32_t page, size, count, id, logical_least;
};

struct range {
    uint32_t least, most;
    bool     has_page;
};

struct walk {
    struct globals  now, stack[STACK_MAX];
    int             depth, nesting;
    struct range    ranges[RANGES_MAX];
    int             range_count;
    struct hid_desc desc;
};

/* ---- Fields */

/* Goes through an item's usages, one a field; with fewer usages than fields the last one goes for the rest. */
struct cursor {
    int      range;
    uint32_t n; /* within it */
};

static uint32_t usage_next(const struct walk *walk, struct cursor *cursor)
{
    if (walk->range_count == 0) return 0;
    const struct range *range = &walk->ranges[cursor->range];
    uint32_t            usage = range->least + cursor->n + (range->has_page ? 0 : walk->now.page << 16);
    if (cursor->n < range->most - range->least)
        cursor->n++;
    else if (cursor->range < walk->range_count - 1)
        *cursor = (struct cursor){cursor->range + 1, 0};
    return usage;
}

/* Adds one more to a run of equal fields; one that stands apart doesn't belong to it. */
static void field_add(struct hid_field *field, uint32_t at_bit, uint32_t size_bits)
{
    if (field->count == 0) {
        *field = (struct hid_field){(uint16_t)at_bit, (uint16_t)size_bits, 1};
    } else if (field->size_bits == size_bits && at_bit == (uint32_t)field->at_bit + field->count * size_bits) {
        field->count++;
    }
}

static void variable_add(struct hid_report *report, uint32_t usage, uint32_t at_bit, uint32_t size_bits)
{
    if (usage >= USAGE_MODIFIER && usage <= USAGE_MODIFIER_LAST)
        field_add(&report->modifiers, at_bit, size_bits);
    else if (usage == USAGE_BYTE_COUNT)
        field_add(&report->length, at_bit, size_bits);
    else if (usage >= USAGE_AIM && usage < USAGE_AIM + HID_AIM)
        field_add(&report->aim[usage - USAGE_AIM], at_bit, size_bits);
    else if (usage == USAGE_DATA)
        field_add(&report->data, at_bit, size_bits);
    else if (usage == USAGE_MORE)
        field_add(&report->more, at_bit, size_bits);
}

/* The report whose id stands, made at its first field; NULL: there are too many. */
static struct hid_report *report_of(struct walk *walk)
{
    struct hid_desc *desc = &walk->desc;
    for (int i = 0; i < desc->count; i++)
        if (desc->reports[i].id == walk->now.id) return &desc->reports[i];
    if (desc->count == HID_REPORTS_MAX) return NULL;
    struct hid_report *report = &desc->reports[desc->count++];
    report->id = (uint8_t)walk->now.id;
    report->bits = walk->now.id != 0 ? BYTE_BITS : 0;
    return report;
}

/* Usages of a key array are only known where its values are usages. */
static bool is_key_array(const struct walk *walk, uint32_t flags)
{
    return (flags & INPUT_VARIABLE) == 0 && walk->now.page == PAGE_KEYS && walk->now.size == BYTE_BITS &&
           walk->range_count > 0 && (walk->ranges[0].least & UINT16_MAX) == walk->now.logical_least;
}

static bool input_add(struct walk *walk, uint32_t flags)
{
    struct hid_report    *report = report_of(walk);
    const struct globals *now = &walk->now;
    if (report == NULL || now->size == 0 || now->size > HID_REPORT_BITS_MAX || now->count > HID_REPORT_BITS_MAX ||
        report->bits + now->size * now->count > HID_REPORT_BITS_MAX)
        return false;
    bool          is_array = is_key_array(walk, flags);
    struct cursor cursor = {0, 0};
    for (uint32_t i = 0; i < now->count; i++) {
        uint32_t at_bit = report->bits + i * now->size;
        if ((flags & INPUT_CONSTANT) != 0 || now->size > FIELD_BITS_MAX) break;
        if (is_array) field_add(&report->keys, at_bit, now->size);
        /* "Buffered bytes" may be declared as an array too; the usage says what they are. */
        if (!is_array) variable_add(report, usage_next(walk, &cursor), at_bit, now->size);
    }
    report->bits = (uint16_t)(report->bits + now->size * now->count);
    return true;
}

/* ---- Items */

/* Of a collection that stands by itself. */
static void application_see(struct walk *walk)
{
    if (walk->nesting != 1 || walk->range_count == 0) return;
    const struct range *range = &walk->ranges[0];
    uint32_t            page = range->has_page ? range->least >> 16 : walk->now.page;
    if (page == PAGE_DIGITIZERS) walk->desc.has_touch = true;
}

static bool main_item(struct walk *walk, int item, uint32_t value)
{
    bool is_good = true;
    if (item == ITEM_INPUT) is_good = input_add(walk, value);
    if (item == ITEM_COLLECTION) {
        is_good = ++walk->nesting <= NESTING_MAX;
        application_see(walk);
    }
    if (item == ITEM_END) is_good = --walk->nesting >= 0;
    walk->range_count = 0;
    return is_good;
}

static bool global_item(struct walk *walk, int item, uint32_t value)
{
    struct globals *now = &walk->now;
    switch (item) {
    case ITEM_PAGE: now->page = value; return value <= UINT16_MAX;
    case ITEM_LOGICAL_LEAST: now->logical_least = value; return true;
    case ITEM_SIZE: now->size = value; return true;
    case ITEM_COUNT: now->count = value; return true;
    case ITEM_ID:
        now->id = value;
        walk->desc.has_ids = true;
        return value > 0 && value <= UINT8_MAX;
    case ITEM_PUSH:
        if (walk->depth == STACK_MAX) return false;
        walk->stack[walk->depth++] = *now;
        return true;
    case ITEM_POP:
        if (walk->depth == 0) return false;
        *now = walk->stack[--walk->depth];
        return true;
    default: return true;
    }
}

static bool local_item(struct walk *walk, int item, uint32_t value, size_t size)
{
    struct range range = {value, value, size == sizeof value};
    if (item == ITEM_USAGE || item == ITEM_USAGE_LEAST) {
        if (walk->range_count < RANGES_MAX) walk->ranges[walk->range_count++] = range; /* no scanner has more */
    } else if (item == ITEM_USAGE_MOST && walk->range_count > 0) {
        if (value < walk->ranges[walk->range_count - 1].least) return false;
        walk->ranges[walk->range_count - 1].most = value;
    }
    return true;
}

static bool item_do(struct walk *walk, int item, uint32_t value, size_t size)
{
    enum { TYPE_MASK = 0x0C, TYPE_MAIN = 0x00, TYPE_GLOBAL = 0x04, TYPE_LOCAL = 0x08 };
    switch (item & TYPE_MASK) {
    case TYPE_MAIN: return main_item(walk, item, value);
    case TYPE_GLOBAL: return global_item(walk, item, value);
    case TYPE_LOCAL: return local_item(walk, item, value, size);
    default: return false; /* reserved */
    }
}

/* Bytes of the item that begins here, its data included; 0: it is cut off. */
static size_t item_bytes(const uint8_t *bytes, size_t len)
{
    enum { SIZE_MASK = 3, LONG_HEAD = 3 };
    size_t size = bytes[0] & SIZE_MASK;
    if (size == SIZE_MASK) size = 4;
    if (bytes[0] == ITEM_LONG) size = len >= LONG_HEAD ? (size_t)bytes[1] + LONG_HEAD - 1 : len;
    return size < len ? size + 1 : 0;
}

bool hid_desc_read(const uint8_t *bytes, size_t len, struct hid_desc *desc)
{
    struct walk walk;
    memset(&walk, 0, sizeof walk);
    if (len == 0 || len > HID_DESC_MAX) return false;
    for (size_t at = 0; at < len;) {
        size_t   used = item_bytes(bytes + at, len - at);
        uint32_t value = 0;
        if (used == 0) return false;
        bool is_long = bytes[at] == ITEM_LONG;
        for (size_t i = used - 1; i > 0 && !is_long; i--) value = value << BYTE_BITS | bytes[at + i];
        if (!is_long && !item_do(&walk, bytes[at] & 0xFC, value, used - 1)) return false;
        at += used;
    }
    if (walk.nesting != 0) return false;
    *desc = walk.desc;
    return true;
}

/* ---- Reports */

static bool is_bytes(const struct hid_field *field)
{
    return field->count > 0 && field->size_bits == BYTE_BITS && field->at_bit % BYTE_BITS == 0;
}

const struct hid_report *hid_desc_keyboard(const struct hid_desc *desc)
{
    for (int i = 0; i < desc->count; i++) {
        const struct hid_field *modifiers = &desc->reports[i].modifiers;
        bool                    has_modifiers =
            modifiers->count == BYTE_BITS && modifiers->size_bits == 1 && modifiers->at_bit % BYTE_BITS == 0;
        if (has_modifiers && is_bytes(&desc->reports[i].keys)) return &desc->reports[i];
    }
    return NULL;
}

const struct hid_report *hid_desc_pos(const struct hid_desc *desc)
{
    for (int i = 0; i < desc->count; i++)
        if (is_bytes(&desc->reports[i].data)) return &desc->reports[i];
    return NULL;
}

const struct hid_report *hid_desc_report(const struct hid_desc *desc, const uint8_t *report, size_t len)
{
    for (int i = 0; i < desc->count && len > 0; i++)
        if (!desc->has_ids || desc->reports[i].id == report[0]) return &desc->reports[i];
    return NULL;
}

size_t hid_report_bytes(const struct hid_report *report)
{
    return ((size_t)report->bits + BYTE_BITS - 1) / BYTE_BITS;
}

size_t hid_desc_longest_bytes(const struct hid_desc *desc)
{
    size_t longest = 0;
    for (int i = 0; i < desc->count; i++)
        if (hid_report_bytes(&desc->reports[i]) > longest) longest = hid_report_bytes(&desc->reports[i]);
    return longest;
}
