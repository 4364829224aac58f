/* shape.h - the drawings that kiosk and papers share: icons, marks, personal signs, doors; as words of core/outline.h.
 *
 * To add an icon: a row in enum shape, its drawing in shape.c; a thing of the shop (an operation, a reason) finds its
 * icon by the words in shape_of_operation() and shape_of_reason(). */
#ifndef CORE_SHAPE_H
#define CORE_SHAPE_H

enum shape {
    SHAPE_NONE,
    /* operations */
    SHAPE_SHEAR,
    SHAPE_PUNCH,
    SHAPE_BEND,
    SHAPE_PACK,
    SHAPE_WELD,
    SHAPE_GRIND,
    SHAPE_PAINT,
    SHAPE_FIT,
    SHAPE_TOOL,
    /* reasons */
    SHAPE_SCRATCH,
    SHAPE_WARP,
    SHAPE_SIZE,
    SHAPE_HOLE,
    SHAPE_MATERIAL,
    SHAPE_UNWELDED,
    SHAPE_RUN,
    SHAPE_BAD,
    SHAPE_OTHER,
    /* keys and states */
    SHAPE_BACK,
    SHAPE_CLOSE,
    SHAPE_CHECK,
    SHAPE_NEXT,
    SHAPE_DOWN,
    SHAPE_UNDO,
    SHAPE_ERASE,
    SHAPE_PENDING,
    SHAPE_PERSON,
    SHAPE_NOBODY,
    SHAPE_PEOPLE,
    SHAPE_NET,
    SHAPE_NO_NET,
    SHAPE_SCANNER,
    SHAPE_NO_SCANNER,
    SHAPE_KEPT,
    SHAPE_SENT,
    SHAPE_EYE,
    SHAPE_LOCK,
    SHAPE_BADGE,
    SHAPE_NOTE,
    SHAPE_AGAIN,
    SHAPE_OUT,
    SHAPE_MONEY,
    SHAPE_STATION,
    SHAPE_LANGUAGE,
    SHAPE_PAD,
    SHAPE_DISK,
    SHAPE_SHEET,
    SHAPE_MENU,
    SHAPE_SOUND,
    SHAPE_SUN,
    SHAPE_TOUCH,
    SHAPE_DIAGNOSIS,
    SHAPE_CLEAN,
    SHAPE_QUEUE,
    SHAPE_END,
    SHAPE_LESS,
    SHAPE_PLUS,
    SHAPE_BOARD,
    SHAPE_FIND,
    SHAPE_DOOR,
    SHAPE_CALENDAR,
    SHAPE_TRUCK,
    SHAPE_RACK,
    SHAPE_ICONS_END,
    /* marks, grid 100: the shape, and the drawing in place of the character where the reader's language is English */
    SHAPE_MARK_STOP = SHAPE_ICONS_END,
    SHAPE_MARK_STOP_LINE,
    SHAPE_MARK_RUSH,
    SHAPE_MARK_LATE,
    SHAPE_MARK_HELD,
    SHAPE_MARK_SPECIAL,
    SHAPE_MARK_QUESTION,
    SHAPE_MARK_MISSING,
    SHAPE_MARK_STOP_EN,
    SHAPE_MARK_RUSH_EN,
    SHAPE_MARK_LATE_EN,
    SHAPE_MARK_HELD_EN,
    SHAPE_MARK_SPECIAL_EN,
    SHAPE_MARKS_END,
    SHAPE_CORNER = SHAPE_MARKS_END, /* a quarter of a disc, round towards the top left */
    SHAPE_DOOR_LEFT_OUT,            /* elevations: hinges left, towards the viewer; and so on */
    SHAPE_DOOR_LEFT_IN,
    SHAPE_DOOR_RIGHT_OUT,
    SHAPE_DOOR_RIGHT_IN,
    SHAPE_PLAN_LEFT_OUT,
    SHAPE_PLAN_LEFT_IN,
    SHAPE_PLAN_RIGHT_OUT,
    SHAPE_PLAN_RIGHT_IN,
    SHAPE_SIGNS /* + (animal * 4 + body) * 3 + layer */
};

enum { SIGN_ANIMALS = 12, SIGN_COLOURS = 8, SIGN_LAYERS = 3 };

/* Red, green, blue of the personal colours 0 to 7; dark ones are even, and have a white contour. */
enum sign_rgb {
    SIGN_RGB_BLACK = 0x12171B,
    SIGN_RGB_WHITE = 0xFFFFFF,
    SIGN_RGB_PURPLE = 0x6A2C9C,
    SIGN_RGB_PINK = 0xFFA3C8,
    SIGN_RGB_BROWN = 0x74431C,
    SIGN_RGB_YELLOW = 0xFFF04A,
    SIGN_RGB_OLIVE = 0x4A5A12,
    SIGN_RGB_CYAN = 0x6FE3E1
};

/* A personal sign in three layers: contour, body, details; the outline says the animal, the body's form and its light
 * or dark the colour. colour 0..7: circle dark, light; square dark, light; hexagon ...; shield ... */
enum shape  sign_layer(int animal, int colour, int layer);
const char *sign_word(int animal);   /* the character inside */
float       sign_word_y(int animal); /* its centre, of a box of 100 */

/* The words of a shape: one or two drawings on one grid of width x height units, with a margin all around that belongs
 * to the picture. */
enum { SHAPE_WORDS_MAX = 2 };
struct shape_words {
    const char *drawings[SHAPE_WORDS_MAX]; /* NULL behind the last */
    float       width, height, margin, grow;
};
struct shape_words shape_words(enum shape shape);

enum shape shape_of_operation(const char *code, const char *name_zh);
enum shape shape_of_reason(const char *name_zh);

/* -1: the words of the opening direction don't tell; else 0 left out, 1 left in, 2 right out, 3 right in. */
int shape_door_of(const char *opening);

#endif
