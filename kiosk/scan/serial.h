/* serial.h - decodes a scanner that is a serial port (USB CDC-ACM): bytes in, a line out.
 *
 * Bytes come split anywhere. CR, LF, Tab, NUL and ETX end a line, STX begins one; an end without a line is nothing. Pure. */
#ifndef KIOSK_SCAN_SERIAL_H
#define KIOSK_SCAN_SERIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/scan/lines.h"

struct serial {
    bool   is_done; /* the line is whole; the next byte begins another one */
    size_t len;     /* at most SCAN_LINE_MAX; what is longer is cut, and is no code of ours */
    char   line[SCAN_LINE_MAX];
};

/* True when a line is whole: line and len hold it until the next byte. */
bool serial_byte(struct serial *serial, uint8_t byte);

#endif
