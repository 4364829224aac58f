/* serial.c - decodes a scanner that is a serial port: kiosk/scan/serial.h. */
#include "kiosk/scan/serial.h"

enum { BYTE_STX = 2, BYTE_ETX = 3 };

bool serial_byte(struct serial *serial, uint8_t byte)
{
    if (byte == '\r' || byte == '\n' || byte == '\t' || byte == 0 || byte == BYTE_ETX) {
        if (serial->is_done || serial->len == 0) return false;
        serial->is_done = true;
        return true;
    }
    if (serial->is_done || byte == BYTE_STX) serial->len = 0;
    serial->is_done = false;
    if (byte != BYTE_STX && serial->len < SCAN_LINE_MAX) serial->line[serial->len++] = (char)byte;
    return false;
}
