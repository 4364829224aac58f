/* initial.c - the letter by which a name is looked for: core/initial.h. */
#include "core/initial.h"

#include <iconv.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "core/utf8.h"

/* Where each letter begins in the first level of GB 2312 (3,755 characters); behind the last one they stand by strokes. */
static const struct {
    uint16_t from;
    char     letter;
} PLACES[] = {
    {0xB0A1, 'A'},
    {0xB0C5, 'B'},
    {0xB2C1, 'C'},
    {0xB4EE, 'D'},
    {0xB6EA, 'E'},
    {0xB7A2, 'F'},
    {0xB8C1, 'G'},
    {0xB9FE, 'H'},
    {0xBBF7, 'J'},
    {0xBFA6, 'K'},
    {0xC0AC, 'L'},
    {0xC2E8, 'M'},
    {0xC4C3, 'N'},
    {0xC5B6, 'O'},
    {0xC5BE, 'P'},
    {0xC6DA, 'Q'},
    {0xC8BB, 'R'},
    {0xC8F6, 'S'},
    {0xCBFA, 'T'},
    {0xCDDA, 'W'},
    {0xCEF4, 'X'},
    {0xD1B9, 'Y'},
    {0xD4D1, 'Z'},
    {0xD7FA, 0  },
};

/* Surnames that stand elsewhere. To add one: the character, then its letter. */
static const char SURNAMES[] =
    "单S曾Z解X查Z仇Q区O朴P盖G尉Y种C翟Z覃Q闫Y佟T邬W岑C臧Z栾L冼X褚C郗X晏Y闵M亓Q亢K佘S仝T邝K邸D邰T郜G郦L鄢Y阙Q隗W荀X莘S蔺L"
    "蒯K嵇J庾Y宓M"
    "滕T漆Q瞿Q笪D綦Q缪M胥X芮R訾Z谌C贲B逄P郏J郅Z郇X钭T雒L麴Q蹇J嬴Y扈H昝Z谯Q鄞Y郫P邳P邵S俞Y喻Y祁Q靳J郝H裴P庞P";

static char letter_of_surname(const char *name, size_t len)
{
    for (const char *at = SURNAMES; *at != '\0';) {
        size_t step = utf8_len(at, strlen(at));
        if (step == len && memcmp(at, name, len) == 0) return at[step];
        at += step + 1;
    }
    return 0;
}

static char letter_of_place(uint16_t place)
{
    char letter = 0;
    for (size_t i = 0; i < sizeof PLACES / sizeof PLACES[0] && PLACES[i].from <= place; i++) letter = PLACES[i].letter;
    return letter;
}

static char letter_of_character(const char *name, size_t len)
{
    iconv_t turn = iconv_open("GB2312", "UTF-8");
    char    bytes[4], *to = bytes, *from = (char *)(uintptr_t)name;
    size_t  room = sizeof bytes;
    if (turn == (iconv_t)-1) return 0;
    bool is_turned = iconv(turn, &from, &len, &to, &room) != (size_t)-1 && to - bytes == 2;
    iconv_close(turn);
    return is_turned ? letter_of_place((uint16_t)((uint8_t)bytes[0] << 8 | (uint8_t)bytes[1])) : 0;
}

char initial_of(const char *name)
{
    size_t len = utf8_len(name, strlen(name));
    if (*name >= 'a' && *name <= 'z') return (char)(*name - 'a' + 'A');
    if (*name >= 'A' && *name <= 'Z') return *name;
    if (len < 2) return 0;
    char letter = letter_of_surname(name, len);
    return letter != 0 ? letter : letter_of_character(name, len);
}

static const char *const GROUPS[INITIAL_GROUPS] = {"AB", "CD", "EF", "GH",   "IJK", "LM",
                                                   "NO", "PQ", "RS", "TUVW", "XY",  "Z"};

const char *initial_group(int group)
{
    return group >= 1 && group <= INITIAL_GROUPS ? GROUPS[group - 1] : "";
}

int initial_group_of(char letter)
{
    for (int i = 0; i < INITIAL_GROUPS && letter != 0; i++)
        if (strchr(GROUPS[i], letter) != NULL) return i + 1;
    return 0;
}
