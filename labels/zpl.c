/* zpl.c - a label in ZPL II: zpl.h. */
#include "labels/zpl.h"

#include <string.h>

/* count times the half byte: g to z are 20 to 400, G to Y 1 to 19. */
static void run_write(char digit, int count, struct buf *out)
{
    for (; count > 400; count -= 400) {
        buf_char(out, 'z');
        buf_char(out, digit);
    }
    if (count >= 20) buf_char(out, (char)('f' + count / 20));
    if (count % 20 > 1 || (count >= 20 && count % 20 > 0)) buf_char(out, (char)('F' + count % 20));
    buf_char(out, digit);
}

static int half_byte(const uint8_t *row, int at)
{
    return at % 2 == 0 ? row[at / 2] >> 4 : row[at / 2] & 0xF;
}

static void row_write(const uint8_t *row, int row_bytes, struct buf *out)
{
    int end = 2 * row_bytes;
    for (int from = 0, to; from < end; from = to) {
        int value = half_byte(row, from);
        for (to = from + 1; to < end && half_byte(row, to) == value;) to++;
        if (to == end && (value == 0 || value == 0xF)) {
            if (value == 0xF && from % 2 != 0)
                run_write('F', to - from, out); /* the sign fills whole bytes */
            else
                buf_char(out, value == 0 ? ',' : '!');
            return;
        }
        run_write("0123456789ABCDEF"[value], to - from, out);
    }
}

void zpl_write(const struct dots *dots, struct buf *out)
{
    long total = (long)dots->row_bytes * dots->height;
    buf_fmt(out, "^XA^PW%d^LL%d^LH0,0^FO0,0^GFA,%ld,%ld,%d,\n", dots->width, dots->height, total, total,
            dots->row_bytes);
    for (int y = 0; y < dots->height; y++) {
        const uint8_t *row = dots->bytes + (ptrdiff_t)y * dots->row_bytes;
        if (y > 0 && memcmp(row, row - dots->row_bytes, (size_t)dots->row_bytes) == 0)
            buf_char(out, ':');
        else
            row_write(row, dots->row_bytes, out);
        if (y % 16 == 15) buf_char(out, '\n'); /* for people who look at it; printers pass over it */
    }
    buf_str(out, "^FS^PQ1^XZ\n");
}
