/* lines.c - lines of text in the order in which they were scanned: kiosk/scan/lines.h. */
#include "kiosk/scan/lines.h"

#include <string.h>

/* NULL: no room. */
static struct scan *lines_room(struct lines *lines, int device)
{
    if (lines->count == SCANS_MAX - 1) { /* one place stays with whoever took the last */
        lines->lost++;
        return NULL;
    }
    struct scan *scan = &lines->scans[(lines->first + lines->count++) % SCANS_MAX];
    scan->device = device;
    scan->is_typed = false;
    scan->wrong = NULL;
    scan->len = 0;
    return scan;
}

void lines_put(struct lines *lines, int device, const char *text, size_t len, bool is_typed)
{
    struct scan *scan = lines_room(lines, device);
    if (scan == NULL) return;
    scan->len = len < SCAN_LINE_MAX ? len : SCAN_LINE_MAX;
    scan->is_typed = is_typed;
    memcpy(scan->text, text, scan->len);
}

void lines_wrong(struct lines *lines, int device, const char *wrong)
{
    struct scan *scan = lines_room(lines, device);
    if (scan != NULL) scan->wrong = wrong;
}

const struct scan *lines_take(struct lines *lines)
{
    if (lines->count == 0) return NULL;
    const struct scan *scan = &lines->scans[lines->first];
    lines->first = (lines->first + 1) % SCANS_MAX;
    lines->count--;
    return scan;
}

int lines_lost(struct lines *lines)
{
    int lost = lines->lost;
    lines->lost = 0;
    return lost;
}
