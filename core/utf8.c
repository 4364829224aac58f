/* utf8.c - where a character of UTF-8 ends: core/utf8.h. */
#include "core/utf8.h"

#include <stdint.h>
#include <string.h>

/* Bytes that a first byte announces; 0 where it can't be one. C0, C1 and F5.. would be overlong or too high. */
static size_t announced(uint8_t first)
{
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return 2;
    if (first >= 0xE0 && first <= 0xEF) return 3;
    if (first >= 0xF0 && first <= 0xF4) return 4;
    return 0;
}

/* The second byte decides whether the rest is overlong (E0, F0), a surrogate (ED) or above U+10FFFF (F4). */
static int second_fits(uint8_t first, uint8_t second)
{
    switch (first) {
    case 0xE0: return second >= 0xA0;
    case 0xED: return second < 0xA0;
    case 0xF0: return second >= 0x90;
    case 0xF4: return second < 0x90;
    default: return 1;
    }
}

size_t utf8_len(const char *text, size_t len)
{
    if (len == 0) return 0;
    uint8_t first = (uint8_t)text[0];
    size_t  n = announced(first);
    if (n > len) return 0;
    for (size_t i = 1; i < n; i++)
        if (((uint8_t)text[i] & 0xC0) != 0x80) return 0;
    return n > 1 && !second_fits(first, (uint8_t)text[1]) ? 0 : n;
}

bool utf8_is_valid(const char *text, size_t len)
{
    for (size_t at = 0, step; at < len; at += step) {
        step = utf8_len(text + at, len - at);
        if (step == 0) return false;
    }
    return true;
}

size_t utf8_fit(const char *text, size_t len, size_t room)
{
    if (len <= room) return len;
    while (room > 0 && ((uint8_t)text[room] & 0xC0) == 0x80) room--;
    return room;
}

void utf8_copy(char *to, size_t cap, const char *text)
{
    size_t len = utf8_fit(text, strlen(text), cap - 1);
    memcpy(to, text, len);
    to[len] = 0;
}

int utf8_digit(const char *text, size_t step)
{
    if (step == 1 && text[0] >= '0' && text[0] <= '9') return text[0] - '0';
    if (step != 3 || memcmp(text, "\xEF\xBC", 2) != 0) return -1;
    int digit = (uint8_t)text[2] - 0x90;
    return digit >= 0 && digit <= 9 ? digit : -1;
}
