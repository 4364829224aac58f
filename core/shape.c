/* shape.c - the drawings of kiosk and papers: shape.h. Words of a drawing: outline.h. */
#include "core/shape.h"

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* ---- Icons: grid 24 */

/* Marks, further down, have a grid of 100; the shape speaks before the character. */
static const char *const DRAWINGS[SHAPE_MARKS_END] = {
    [SHAPE_SHEAR] = "o 6 18 3.2 w2.2; o 18 18 3.2 w2.2; s2.2 M7.8 15.4L16.6 2.6M16.2 15.4L7.4 2.6",
    [SHAPE_PUNCH] = "f M8.6 1.5h6.8v7h-2v4.2h-2.8V8.5h-2zM2 15h7v4H2zM15 15h7v4h-7z; s1.8(1.2 1.2) M10 22.3h4",
    [SHAPE_BEND] = ("f M9.2 1h5.6v6.6L12 11.4 9.2 7.6z; s2.8 M2.6 7.2L12 16.4L21.4 7.2; "
                    "f M2 22.6V15.8L8.6 22.6zM22 22.6V15.8L15.4 22.6z"),
    [SHAPE_PACK] = "f M1.8 3.4h20.4v5H1.8z; s2.4 M4 9.5V20.8H20V9.5; f M9.4 11.6h5.2v2.8H9.4z",
    [SHAPE_WELD] =
        ("f M14.2 1.6L22.4 9.8L19.8 12.4L16.4 10.8L12.4 14.8L9.2 11.6L13.2 7.6L11.6 4.2Z; s2 M8 16.2L4 20M5.4 "
         "12.4L1.8 12.2M11.6 18.6L11.8 22.2M6.4 9.4L4.2 6.8M14.6 17.6L17.2 19.8"),
    [SHAPE_GRIND] =
        "o 14 9.6 6.8 w2.6; d 14 9.6 2.2; s3 M2.4 20H21.6; s1.9 M6.6 16.4L3 14.6M5.6 12.6L2 9.6M6.4 8.6L4.2 5",
    [SHAPE_PAINT] = ("f M9 8.5h8.5V5.5H21V14h-3.5l1 8h-5.6l-1-8H9z; d 5.6 9.2 1.25; d 5.6 13 1.25; d 1.8 7.4 1.25; "
                     "d 1.8 11.1 1.25; d 1.8 14.8 1.25; f M13.5 2h3v3h-3z"),
    [SHAPE_FIT] = ("f M20.6 5.2L16.9 8.9L14.9 6.9L18.6 3.2A5.6 5.6 0 0 0 11.4 10.2L2.6 19A1.9 1.9 0 0 0 5.3 21.7L14 "
                   "12.9A5.6 5.6 0 0 0 20.6 5.2Z"),
    [SHAPE_TOOL] =
        ("o 12 12 5 w3; s3.4 M12 1.8V4.4M12 19.6V22.2M1.8 12H4.4M19.6 12H22.2M4.8 4.8L6.6 6.6M17.4 17.4L19.2 "
         "19.2M19.2 4.8L17.4 6.6M6.6 17.4L4.8 19.2"),
    [SHAPE_SCRATCH] = "s2 M3.2 3.2h17.6v17.6H3.2z; s2.2 M16.5 6.5L11 11.4L13.8 12.6L7.6 17.8",
    [SHAPE_WARP] = "s1.6(2.4 2.2) M2 7H22; s3 M2 9.2C8 9.2 8 18.6 12.4 18.6C16.6 18.6 16.4 9.2 22 9.2",
    [SHAPE_SIZE] = "s2.2 M2.6 4v16M21.4 4v16; s2 M5.5 12h13; f M4 12l4.6-3v6zM20 12l-4.6-3v6z; s2.2 M14.6 5.4L9.4 18.6",
    [SHAPE_HOLE] = "s1.8(2.4 1.9) M10 2.6v18.8M2.6 10h14.8; o 16 16 4.8 w2.6",
    [SHAPE_MATERIAL] = "s2 M12.4 3.2H20.8V20.8H10.2M8 20.8H3.2V3.2H10; s2 M11.4 2.6L8.6 8.6L13.2 12.4L8.8 21.4",
    [SHAPE_UNWELDED] =
        "f M2 8h7v8H2zM15 8h7v8h-7z; s1.8 M10.2 6.4L13.8 10M13.8 6.4L10.2 10; s2.2 M11 13.4v.2M13.2 16v.2",
    [SHAPE_RUN] =
        ("f M3 3h18v5.2h-2.2V13a1.8 1.8 0 0 1-3.6 0V8.2h-2.4v9.2a2.2 2.2 0 0 1-4.4 0V8.2H6.8v3a1.6 1.6 0 0 1-3.2 "
         "0V8.2H3z"),
    [SHAPE_BAD] = "s2.2 M3.4 3.4h17.2v17.2H3.4z; s2.8 M8.4 8.4L15.6 15.6M15.6 8.4L8.4 15.6",
    [SHAPE_OTHER] = "d 5 12 2.4; d 12 12 2.4; d 19 12 2.4",
    [SHAPE_BACK] = "s2.8 M13 5L6 12L13 19M7 12H21",
    [SHAPE_CLOSE] = "s2.8 M6 6L18 18M18 6L6 18",
    [SHAPE_CHECK] = "s3.6 M3.5 12.5L9.5 18.5L20.5 6.5",
    [SHAPE_NEXT] = "s3 M9 5L16 12L9 19",
    [SHAPE_DOWN] = "s3 M5 8.5L12 15.5L19 8.5",
    [SHAPE_UNDO] = "s2.6 M9 4L4.5 8.5L9 13M5.5 8.5H14.5A5.2 5.2 0 0 1 14.5 19H8",
    [SHAPE_ERASE] = "s2.2 M8.6 5H21V19H8.6L2.6 12z; s2.4 M11.4 9L17.4 15M17.4 9L11.4 15",
    [SHAPE_PENDING] = "s2.4 M6 3h12M6 21h12; f M7 4.5h10v3L12 12l5 4.5v3H7v-3L12 12 7 7.5z",
    [SHAPE_PERSON] = "d 12 7.5 4.5; f M3 22V20a6 6 0 0 1 6-6h6a6 6 0 0 1 6 6v2z",
    [SHAPE_NOBODY] = "o 12 7.5 3.6 w2.2; s2.2(3.4 3.4) M4 21V20a5 5 0 0 1 5-5h6a5 5 0 0 1 5 5v1",
    [SHAPE_PEOPLE] = ("d 8 8 3.6; f M1 21v-2a5 5 0 0 1 5-5h4a5 5 0 0 1 5 5v2z; d 17 7 3; f M14 12.2h4a5 5 0 0 1 5 "
                      "5V19h-6a7 7 0 0 0-4-6.3z"),
    [SHAPE_NET] = "f M3 15h4v6H3zM10 9h4v12h-4zM17 3h4v18h-4z",
    [SHAPE_NO_NET] = "s1.5 M4 16h2.6v4H4zM11 10h2.6v10H11zM18 4h2.6v16H18z; s2.6 M3 5L20 22",
    [SHAPE_SCANNER] = "f M3 4H17L21 7V10L17 12H12.5L14 21H8.5L6.5 12H3Z",
    [SHAPE_NO_SCANNER] = "s1.8 M3 4H17L21 7V10L17 12H12.5L14 21H8.5L6.5 12H3Z; s2.4 M2 2L22 22",
    [SHAPE_KEPT] = "s2.6 M5 12.5L10 17.5L19 7",
    [SHAPE_SENT] = "s2.4 M2.5 12.5L7.5 17.5L15.5 7.5M11.5 16.5L12.5 17.5L20.8 7.5",
    [SHAPE_EYE] = "s2.2 M1.8 12C6 5.4 18 5.4 22.2 12C18 18.6 6 18.6 1.8 12Z; d 12 12 3.2",
    [SHAPE_LOCK] = "f M4 11h16v11H4z; s2.6 M7.5 10V7.5a4.5 4.5 0 0 1 9 0V10",
    [SHAPE_BADGE] =
        ("s2.2 M5.2 2.2h13.6v19.6H5.2z; f M9.6 4.4h4.8v1.5H9.6z; d 12 10 2.5; f M7.6 16.4v-.6a2.6 2.6 0 0 1 "
         "2.6-2.6h3.6a2.6 2.6 0 0 1 2.6 2.6v.6z; f M7.8 17.7h1.2v2.5H7.8zM9.8 17.7h.7v2.5h-.7zM11.4 "
         "17.7h1.5v2.5h-1.5zM13.7 17.7h.7v2.5h-.7zM15.2 17.7h1.2v2.5h-1.2z"),
    [SHAPE_NOTE] = "f M3 3h18v13H11l-5 5.5V16H3z",
    [SHAPE_AGAIN] = "s2.6 M19.5 9A8 8 0 1 0 20 13.5; f M21.8 3.2V10.6H14.6Z",
    [SHAPE_OUT] = "s2.6 M10 4H4V20H10; s2.6 M16 7L21 12L16 17M20 12H9",
    [SHAPE_MONEY] = "o 12 12 9.4 w2.2; s1.9 M8 6.5L12 11.8L16 6.5M12 12V18M8.5 12.6H15.5M8.5 15.4H15.5",
    [SHAPE_STATION] = "f M3 3h18v13H3zM10.5 16h3v3.5h-3zM6 19.5h12V22H6z",
    [SHAPE_LANGUAGE] =
        ("s1.9 M2 5H12M7 2.6V5M3.4 15C7 12.6 9.6 9 10.4 5M3.6 5C4.4 9 7 12.6 10.6 15; s2 M12.4 21.4L16.8 "
         "9.6L21.2 21.4M14 17.6H19.6"),
    [SHAPE_PAD] = ("r 4 3 4 4; r 10 3 4 4; r 16 3 4 4; r 4 9 4 4; r 10 9 4 4; r 16 9 4 4; r 4 15 4 4; r 10 15 4 4; "
                   "r 16 15 4 4; r 10 21 4 2.4"),
    [SHAPE_DISK] = "s2.4 M3.4 3.4H17.6L20.6 6.4V20.6H3.4z; f M8 3.4h7v6H8zM7 13.4h10v7H7z",
    [SHAPE_SHEET] =
        ("s1.5 M2.6 1.4H16.6L21.4 6.2V22.6H2.6z; f M16.2 1.6V6.6H21.2z; r 5 4.4 .8 4.4; r 6.6 4.4 .5 4.4; "
         "r 7.8 4.4 1.2 4.4; r 9.8 4.4 .5 4.4; r 11 4.4 1.2 4.4; r 12.9 4.4 .7 4.4; s1 M5.6 12h5.4v8.2H5.6z; "
         "d 9.6 16.4 .6; s1 M13.4 12.6H18.8M13.4 15.2H18.8M13.4 17.8H16.6M13.4 20H18.8"),
    [SHAPE_MENU] = "s2.8 M4 6H20M4 12H20M4 18H20",
    [SHAPE_SOUND] = "f M3 9h4l6-5v16l-6-5H3z; s2.2 M16.5 8.5a5 5 0 0 1 0 7M19.3 5.6a9 9 0 0 1 0 12.8",
    [SHAPE_SUN] = ("d 12 12 4.6; s2.2 M12 2v2.4M12 19.6V22M2 12h2.4M19.6 12H22M5 5l1.6 1.6M17.4 17.4L19 19M19 5l-1.6 "
                   "1.6M6.6 17.4L5 19"),
    [SHAPE_TOUCH] = ("f M9 22L4.2 15.6a1.8 1.8 0 0 1 2.8-2.2L8.6 15V5.2a1.9 1.9 0 0 1 3.8 0V11L18 12.4a3 3 0 0 1 2.3 "
                     "3.2L19.4 22Z; s2 M5.2 6.2a5.4 5.4 0 0 1 10.6 0"),
    [SHAPE_DIAGNOSIS] = "s2.4 M2.5 13H7L10 5L14 20L17 11L18 13H21.5",
    [SHAPE_CLEAN] = ("f M4 10h9v12H4zM6 6h5v3H6zM4 1.6h10v3.4H4z; s2 M16.6 3.4h.8M20.4 1.8h.8M20.4 5h.8M16.6 6.8h.8; "
                     "s2.6 M16.5 21.5L21.5 10.5"),
    [SHAPE_QUEUE] = "s2.6 M4 5.5h16M4 12h16M4 18.5h9; f M16 15.5h6l-3 5z",
    [SHAPE_END] = "s2.8 M12 2.4V11; s2.6 M7.2 5.6A8.2 8.2 0 1 0 16.8 5.6",
    [SHAPE_LESS] = "s3.2 M5 12H19",
    [SHAPE_PLUS] = "s3.2 M5 12H19M12 5V19",
    [SHAPE_BOARD] = "f M3 13h5v8H3zM9.5 8h5v13h-5zM16 3h5v18h-5z",
    [SHAPE_FIND] = "o 10 10 6.5 w2.6; s3.2 M15.5 15.5L20.5 20.5",
    [SHAPE_DOOR] = "s2.4 M5.2 21V3.2H18.8V21; s2.4 M3 21H21; d 15.2 12.6 1.5",
    [SHAPE_CALENDAR] =
        "s2.4 M3.4 5.6h17.2v15H3.4z; f M3 5h18v4.6H3zM7 1.6h2.6v4H7zM14.4 1.6H17v4h-2.6z; f M10 12h6v2.4h-6z",
    [SHAPE_TRUCK] = "f M1.4 5h12.6v11H1.4zM15.2 8.6h4L22.6 12.4V16h-7.4z; d 6.2 17.6 2.7; d 18.2 17.6 2.7",
    [SHAPE_RACK] = "s2.4 M3.6 2.5V21.5M20.4 2.5V21.5; s2.4 M3.6 10.5H20.4M3.6 19H20.4; r 7 4.4 10 4.6; r 9 13 8 4.6",
    [SHAPE_MARK_STOP] = "f M31 4H69L96 31V69L69 96H31L4 69V31Z",
    [SHAPE_MARK_STOP_LINE] = "s7 M31.5 5.5H68.5L94.5 31.5V68.5L68.5 94.5H31.5L5.5 68.5V31.5Z",
    [SHAPE_MARK_RUSH] = "f M2 10L72 10 100 50 72 90 2 90Z",
    [SHAPE_MARK_LATE] = "d 50 50 47",
    [SHAPE_MARK_HELD] = ("f M16 4H84A12 12 0 0 1 96 16V84A12 12 0 0 1 84 96H16A12 12 0 0 1 4 84V16A12 12 "
                         "0 0 1 16 4Z"),
    [SHAPE_MARK_SPECIAL] = "f M50 0L100 50 50 100 0 50Z",
    [SHAPE_MARK_QUESTION] = "d 50 50 50",
    [SHAPE_MARK_MISSING] = "s9(17 11) M8 8H92V92H8Z",
    [SHAPE_MARK_STOP_EN] = "r 24 42 52 16",
    [SHAPE_MARK_RUSH_EN] = "s11 M22 28L42 50L22 72M50 28L70 50L50 72",
    [SHAPE_MARK_LATE_EN] = "s10 M50 22V50L68 62",
    [SHAPE_MARK_HELD_EN] = "r 30 26 13 48; r 57 26 13 48",
    [SHAPE_MARK_SPECIAL_EN] = "s11 M34 66V48A16 16 0 0 1 66 48V66",
};

/* ---- Doors: grid 100 wide and 200 high; from the house's viewing side. Plans: grid 100. */

#define DOOR_FRAME "s7 M3.5 200V3.5H96.5V200"
#define DOOR_HINGES_LEFT "f M7 28h8v22H7zM7 90h8v22H7zM7 152h8v22H7z"
#define DOOR_HINGES_RIGHT "f M85 28h8v22h-8zM85 90h8v22h-8zM85 152h8v22h-8z"
#define DOOR_HANDLE_LEFT "f M14 96h6v22h-6zM14 96h15v5H14z; d 17 124 3"
#define DOOR_HANDLE_RIGHT "f M80 96h6v22h-6zM71 96h15v5H71z; d 83 124 3"

/* Opening lines meet at the hinge side; solid = towards the viewer, dashed = away. */
static const char *const DOORS[4] = {
    DOOR_FRAME "; " DOOR_HINGES_LEFT "; " DOOR_HANDLE_RIGHT "; s1.6 M92 8L10 101L92 197",
    DOOR_FRAME "; " DOOR_HINGES_LEFT "; " DOOR_HANDLE_RIGHT "; s1.6(7 4.6) M92 8L10 101L92 197",
    DOOR_FRAME "; " DOOR_HINGES_RIGHT "; " DOOR_HANDLE_LEFT "; s1.6 M8 8L90 101L8 197",
    DOOR_FRAME "; " DOOR_HINGES_RIGHT "; " DOOR_HANDLE_LEFT "; s1.6(7 4.6) M8 8L90 101L8 197",
};

#define PLAN_VIEWER "d 50 84 8; f M32 100V99a10 10 0 0 1 10-10h16a10 10 0 0 1 10 10v1z"
#define PLAN_WALL "r 0 26 22 8; r 78 26 22 8"

static const char *const PLANS[4] = {
    PLAN_VIEWER "; " PLAN_WALL "; d 22 30 5; s6 M22 30L40 60; s2(4 5) M40 62A44 44 0 0 0 74 34",
    PLAN_VIEWER "; " PLAN_WALL "; d 22 30 5; s6 M22 30L40 2; s2(4 5) M40 0A44 44 0 0 1 74 26",
    PLAN_VIEWER "; " PLAN_WALL "; d 78 30 5; s6 M78 30L60 60; s2(4 5) M60 62A44 44 0 0 1 26 34",
    PLAN_VIEWER "; " PLAN_WALL "; d 78 30 5; s6 M78 30L60 2; s2(4 5) M60 0A44 44 0 0 0 26 26",
};

/* ---- Personal signs: grid 100 */

static const char *const BODIES[SIGN_COLOURS / 2] = {
    "d 50 56 33",
    "f M28 26H72A9 9 0 0 1 81 35V78A9 9 0 0 1 72 87H28A9 9 0 0 1 19 78V35A9 9 0 0 1 28 26Z",
    "f M12 56L31 25L69 25L88 56L69 87L31 87Z",
    "f M17 26H83V55A33 33 0 0 1 17 55Z",
};

static const struct {
    const char *word;
    float       word_y;
    const char *parts, *details;
} SIGNS[SIGN_ANIMALS] = {
  /* clang-format off */
    {"鼠", 56, "m d 20 24 17",                                   "m d 19 23 8"},
    {"牛", 56, "m f M44 32C30 34 6 30 5 3C13 14 26 18 40 18Z; m f M22 42L3 34L9 52L22 54Z", ""},
    {"虎", 56, "m d 26 28 12",                                   "m k5 M19 47L28 50M17 58H26M20 70L28 67"},
    {"兔", 56, "m k17 M34.1 8.6L36.9 35.4",                      "m k4 M35 10L36 24"},
    {"龙", 56, "m k8 M38 32L28 5; m k7 M32 18L16 11; m k6 M20 66C10 68 4 62 2 52", ""},
    {"蛇", 56, "k6 M50 84V93; k5 M44 99L50 93L56 99; k8 M76 74C98 80 100 58 90 50C86 46 84 40 90 34", ""},
    {"马", 56,
     "m f M24 40L27 2L46 28Z; f M43 30L47 12L52 20L56 10L59 30Z; f M78 34L97 42L86 49L99 60L86 65L95 79L74 80Z", ""},
    {"羊", 56, "m k10 M40 28C22 10 0 22 6 42C10 54 24 50 19 40; f M40 82H60L50 101Z", ""},
    {"猴", 56, "m d 12 56 14; f M40 28L43 12L49 20L55 8L60 28Z", "m d 11 56 6"},
    {"鸡", 56, "d 34 23 11; d 51 15 13; d 67 24 10; d 72 84 9; f M80 46L100 57L80 67Z", ""},
    {"狗", 56, "m f M40 26C20 10 2 26 1 66C12 72 24 60 26 40Z",  ""},
    {"猪", 54, "m f M18 46L8 6L46 27Z; e 50 89 17 11",           "d 44 90 3; d 56 90 3"},
  /* clang-format on */
};

enum { SIGN_MARGIN = 6, SIGN_CONTOUR = 4 };

static int sign_clamp(int number, int count)
{
    return number < 0 || number >= count ? 0 : number;
}

enum shape sign_layer(int animal, int colour, int layer)
{
    int body = sign_clamp(colour, SIGN_COLOURS) / 2;
    return (enum shape)(SHAPE_SIGNS + (sign_clamp(animal, SIGN_ANIMALS) * 4 + body) * SIGN_LAYERS + layer);
}

const char *sign_word(int animal)
{
    return SIGNS[sign_clamp(animal, SIGN_ANIMALS)].word;
}

float sign_word_y(int animal)
{
    return SIGNS[sign_clamp(animal, SIGN_ANIMALS)].word_y;
}

static struct shape_words sign_words(int number)
{
    int                layer = number % SIGN_LAYERS, body = number / SIGN_LAYERS % 4, animal = number / SIGN_LAYERS / 4;
    struct shape_words words = {.width = 100, .height = 100, .margin = SIGN_MARGIN};
    if (layer == 0) words.grow = SIGN_CONTOUR;
    words.drawings[0] = layer == 2 ? SIGNS[animal].details : SIGNS[animal].parts;
    if (layer != 2) words.drawings[1] = BODIES[body];
    return words;
}

/* ---- All */

struct shape_words shape_words(enum shape shape)
{
    struct shape_words words = {.width = 100, .height = 100};
    int                number = (int)shape;
    if (number >= SHAPE_SIGNS) return sign_words(number - SHAPE_SIGNS);
    if (number < SHAPE_ICONS_END) {
        words.drawings[0] = DRAWINGS[number];
        words.width = words.height = 24;
    } else if (number < SHAPE_MARKS_END) {
        words.drawings[0] = DRAWINGS[number];
    } else if (number == SHAPE_CORNER) {
        words.drawings[0] = "d 100 100 100";
    } else if (number < SHAPE_PLAN_LEFT_OUT) {
        words.drawings[0] = DOORS[number - SHAPE_DOOR_LEFT_OUT];
        words.height = 200;
    } else {
        words.drawings[0] = PLANS[number - SHAPE_PLAN_LEFT_OUT];
    }
    assert(words.drawings[0] != NULL);
    return words;
}

/* ---- By the words of the shop */

struct word_shape {
    const char *zh, *code;
    enum shape  shape;
};

static enum shape shape_find(const struct word_shape *words, size_t count, const char *zh, const char *code)
{
    for (size_t i = 0; i < count; i++) {
        if (strstr(zh, words[i].zh) != NULL) return words[i].shape;
        if (code[0] != '\0' && words[i].code != NULL && strstr(code, words[i].code) != NULL) return words[i].shape;
    }
    return SHAPE_NONE;
}

enum shape shape_of_operation(const char *code, const char *name_zh)
{
    static const struct word_shape WORDS[] = {
        {"剪",    "shear", SHAPE_SHEAR},
        {"下料", "cut",   SHAPE_SHEAR},
        {"冲",    "punch", SHAPE_PUNCH},
        {"折",    "bend",  SHAPE_BEND },
        {"焊",    "weld",  SHAPE_WELD },
        {"磨",    "grind", SHAPE_GRIND},
        {"砂",    "sand",  SHAPE_GRIND},
        {"喷",    "paint", SHAPE_PAINT},
        {"漆",    "coat",  SHAPE_PAINT},
        {"装",    "fit",   SHAPE_FIT  },
        {"包",    "pack",  SHAPE_PACK },
        {"配",    "assem", SHAPE_FIT  },
    };
    if (strstr(name_zh, "包装") != NULL) return SHAPE_PACK;
    enum shape shape = shape_find(WORDS, sizeof WORDS / sizeof WORDS[0], name_zh, code);
    return shape == SHAPE_NONE ? SHAPE_TOOL : shape;
}

enum shape shape_of_reason(const char *name_zh)
{
    static const struct word_shape WORDS[] = {
        {"划",    NULL, SHAPE_SCRATCH },
        {"碰",    NULL, SHAPE_SCRATCH },
        {"变形", NULL, SHAPE_WARP    },
        {"尺寸", NULL, SHAPE_SIZE    },
        {"孔",    NULL, SHAPE_HOLE    },
        {"料",    NULL, SHAPE_MATERIAL},
        {"焊",    NULL, SHAPE_UNWELDED},
        {"流",    NULL, SHAPE_RUN     },
        {"漆",    NULL, SHAPE_RUN     },
        {"其他", NULL, SHAPE_OTHER   },
    };
    enum shape shape = shape_find(WORDS, sizeof WORDS / sizeof WORDS[0], name_zh, "");
    return shape == SHAPE_NONE ? SHAPE_BAD : shape;
}

int shape_door_of(const char *opening)
{
    bool left = strstr(opening, "左") != NULL || strstr(opening, "left") != NULL || strstr(opening, "Left") != NULL;
    bool right = strstr(opening, "右") != NULL || strstr(opening, "right") != NULL || strstr(opening, "Right") != NULL;
    bool in = strstr(opening, "内") != NULL || strstr(opening, "inw") != NULL;
    bool out = strstr(opening, "外") != NULL || strstr(opening, "outw") != NULL;
    return left == right || in == out ? -1 : (right ? 2 : 0) + (in ? 1 : 0);
}
