/* initials.c - the first letters of a name's pinyin: server/books/initials.h. */
#include "server/books/initials.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "core/utf8.h"
#include "server/books/initials_table.h"

enum { FIRST = 0x4E00 };

/* Readings as surnames that aren't the customary ones. To add one: a row. */
static const struct {
    uint32_t character;
    char     letter;
} SECOND[] = {
    {0x66FE, 'z'}, /* 曾 */
    {0x5355, 's'}, /* 单 */
    {0x89E3, 'x'}, /* 解 */
    {0x4EC7, 'q'}, /* 仇 */
    {0x533A, 'o'}, /* 区 */
    {0x67E5, 'z'}, /* 查 */
    {0x76D6, 'g'}, /* 盖 */
    {0x4E50, 'y'}, /* 乐 */
    {0x6734, 'p'}, /* 朴 */
    {0x7FDF, 'z'}, /* 翟 */
    {0x8983, 'q'}, /* 覃 */
    {0x79CD, 'c'}, /* 种 */
    {0x957F, 'c'}, /* 长 */
    {0x91CD, 'c'}, /* 重 */
};

static uint32_t character_of(const unsigned char *text, size_t len)
{
    if (len == 2) return (text[0] & 0x1FU) << 6 | (text[1] & 0x3FU);
    if (len == 3) return (text[0] & 0x0FU) << 12 | (text[1] & 0x3FU) << 6 | (text[2] & 0x3FU);
    return text[0];
}

static char second_of(uint32_t character, char usual)
{
    for (size_t i = 0; i < sizeof SECOND / sizeof *SECOND; i++)
        if (SECOND[i].character == character) return SECOND[i].letter;
    return usual;
}

void initials_write(const char *name, struct buf *usual, struct buf *other)
{
    size_t left = strlen(name), len;
    bool   differs = false;
    for (; left > 0; name += len, left -= len) {
        len = utf8_len(name, left);
        if (len == 0) return;
        uint32_t character = character_of((const unsigned char *)name, len);
        char     letter = '.';
        if (len == 1 && ((name[0] >= '0' && name[0] <= '9') || (name[0] >= 'a' && name[0] <= 'z')))
            letter = name[0];
        else if (len == 1 && name[0] >= 'A' && name[0] <= 'Z')
            letter = (char)(name[0] - 'A' + 'a');
        else if (len == 3 && character >= FIRST &&
                 character < FIRST + sizeof INITIALS / sizeof *INITIALS * INITIALS_ROW)
            letter = INITIALS[(character - FIRST) / INITIALS_ROW][(character - FIRST) % INITIALS_ROW];
        if (letter == '.') continue;
        char second = second_of(character, letter);
        differs = differs || second != letter;
        buf_char(usual, letter);
        buf_char(other, second);
    }
    if (!differs) buf_clear(other);
}
