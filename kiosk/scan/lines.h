/* lines.h - lines of text in the order in which they were scanned, until somebody takes them.
 *
 * A line knows its device, and whether a person typed it. What a device lost on the way takes a place in the order too,
 * as a sentence: nothing that was scanned goes without a word. Pure. */
#ifndef KIOSK_SCAN_LINES_H
#define KIOSK_SCAN_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SCANS_MAX = 16, SCAN_LINE_MAX = 4200 };

/* Devices count from 1; these aren't devices of USB. */
enum { DEVICE_WINDOW = 0, DEVICE_DRIVE = -1 };

struct scan {
    int         device;
    bool        is_typed; /* as slowly as a person types */
    const char *wrong;    /* id of a sentence: what was lost, and what to do; text is empty then. NULL: a line */
    size_t      len;
    char        text[SCAN_LINE_MAX];
};

/* Zero-initialised is empty. */
struct lines {
    int         first, count;
    int         lost; /* scans for which there was no room, since the last lines_lost() */
    struct scan scans[SCANS_MAX];
};

void lines_put(struct lines *lines, int device, const char *text, size_t len, bool is_typed);
void lines_wrong(struct lines *lines, int device, const char *wrong);

/* The oldest line; NULL: none. It stays valid until the next one is put in. */
const struct scan *lines_take(struct lines *lines);

/* How many were lost; they are told, never dropped in silence. */
int lines_lost(struct lines *lines);

#endif
