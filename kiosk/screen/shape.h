/* shape.h - the drawings of the kiosk: icons, marks, personal signs, corners.
 *
 * To add an icon: a row in enum shape, its drawing in shape.c; a thing of the shop (an operation, a reason) finds its
 * icon by the words in shape_of_operation() and shape_of_reason(). */
#ifndef KIOSK_SCREEN_SHAPE_H
#define KIOSK_SCREEN_SHAPE_H

#include "kiosk/screen/path.h"

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
    SHAPE_ICONS_END,
    /* marks, grid 100: the shape, and the drawing in place of the character where the reader's language is English */
    SHAPE_MARK_STOP = SHAPE_ICONS_END,
    SHAPE_MARK_STOP_LINE,
    SHAPE_MARK_RUSH,
    SHAPE_MARK_LATE,
    SHAPE_MARK_HELD,
    SHAPE_MARK_SPECIAL,
    SHAPE_MARK_QUESTION,
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

/* A personal sign in three layers: contour, body, details; the outline says the animal, the body's form and its light
 * or dark the colour. colour 0..7: circle dark, light; square dark, light; hexagon ...; shield ... */
enum shape  sign_layer(int animal, int colour, int layer);
const char *sign_word(int animal);   /* the character inside */
float       sign_word_y(int animal); /* its centre, of a box of 100 */

/* Draws the shape into the whole mask, which the caller has cleared. */
void shape_draw(enum shape shape, struct mask *mask);

enum shape shape_of_operation(const char *code, const char *name_zh);
enum shape shape_of_reason(const char *name_zh);

#endif
