/* window.h - the window: draws scenes, and tells what fingers and keys do. The door to SDL.
 *
 * Draws only when it is told to. Without a display it refuses, unless it was asked for a picture that nobody sees. */
#ifndef KIOSK_SCREEN_WINDOW_H
#define KIOSK_SCREEN_WINDOW_H

#include "core/err.h"
#include "kiosk/screen/scene.h"

struct window;

struct window_options {
    int  width_px, height_px; /* 0: the whole display */
    bool is_offscreen;
};

bool window_open(const struct window_options *options, struct window **window, struct err *err) MUST_CHECK;
void window_close(struct window *window); /* takes NULL */

void                  window_size(const struct window *window, int *width_px, int *height_px);
const struct measure *window_measure(const struct window *window);

/* Shows the scene; what is shown already isn't painted again. */
void window_draw(struct window *window, const struct scene *scene);

/* Paints the scene unseen, because it is likely the next to be drawn. */
void window_prepare(struct window *window, const struct scene *scene);

/* Draws, and writes what was drawn to a PNG file. */
bool window_shot(struct window *window, const struct scene *scene, const char *path, struct err *err) MUST_CHECK;

enum window_event_kind {
    WINDOW_NOTHING, /* time is up */
    WINDOW_WAKE,
    WINDOW_DOWN, /* a finger, or the mouse's first button */
    WINDOW_UP,
    WINDOW_KEY,    /* pressed; usage and modifiers as a keyboard sends them (HID page 7) */
    WINDOW_REDRAW, /* the size changed, or the window was covered */
    WINDOW_QUIT    /* closed, SIGINT, SIGTERM */
};

struct window_event {
    enum window_event_kind kind;
    float                  x_px, y_px;
    uint8_t                usage, modifiers;
};

/* Waits at most wait_ms for the next event; 0 doesn't wait. */
void window_wait(struct window *window, int wait_ms, struct window_event *event);

/* Ends a wait; from any thread. */
void window_wake(void);

#endif
