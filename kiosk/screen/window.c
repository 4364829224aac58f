/* window.c - the window: window.h.
 *
 * The pixels are the window's own surface, painted by paint.c; what has changed is handed to the display. */
#include "kiosk/screen/window.h"

#include <SDL.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "kiosk/screen/glyphs.h"
#include "kiosk/screen/paint.h"
#include "kiosk/screen/picture.h"

enum {
    CONSOLE_LOOK_MS = 8, /* between two looks for fingers and keys where nothing tells of them */
    NOBODY_LOOK_MS = 100 /* likewise for signals where there is nobody */
};

struct window {
    SDL_Window     *window;
    SDL_Surface    *converted; /* painted where the display's pixels aren't ours; else NULL */
    struct glyphs  *glyphs;
    struct painter *painter;
    int             width, height; /* of what was painted last */
    bool            is_full;       /* a kiosk's: nobody closes it */
    int             look_ms;       /* 0: SDL sleeps until something comes */
};

static Uint32 wake_event;   /* SDL's number of ours; set once before any thread starts, as is: */
static int    wake_fd = -1; /* readable after a wake, where SDL can't sleep */

/* ---- Opening */

static bool fail(struct err *err)
{
    return err_set(err, ERR_IO, say_text(SAY("window.failed"), SDL_GetError()));
}

/* A picture that changes a few times a minute is drawn by the processor: a graphics driver would take ten times the
 * memory. The console without a window system is only to be had through one. */
static bool needs_graphics_driver(void)
{
    return strcmp(SDL_GetCurrentVideoDriver(), "KMSDRM") == 0;
}

/* SDL has these look for events each millisecond; what other threads have to tell comes at once all the same. */
static int look_ms_of(bool is_offscreen)
{
    if (is_offscreen) return NOBODY_LOOK_MS;
    return needs_graphics_driver() ? CONSOLE_LOOK_MS : 0;
}

/* SDL quietly takes a driver that shows nothing where there is no display; a kiosk that nobody sees must not seem to
 * work. */
static bool video_start(bool is_offscreen, struct err *err)
{
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
    SDL_SetHint(SDL_HINT_QUIT_ON_LAST_WINDOW_CLOSE, "0"); /* who closes it is asked below: event_of() */
    SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");
    SDL_SetHint(SDL_HINT_GRAB_KEYBOARD, "1"); /* the keys that switch windows come here too */
    if (is_offscreen) SDL_SetHint(SDL_HINT_VIDEODRIVER, "offscreen");
    if (SDL_Init(SDL_INIT_VIDEO) != 0) return fail(err);
    const char *driver = SDL_GetCurrentVideoDriver();
    if (!is_offscreen && (strcmp(driver, "offscreen") == 0 || strcmp(driver, "dummy") == 0)) {
        SDL_Quit();
        return err_set(err, ERR_ABSENT, SAY("window.no_display"));
    }
    if (!needs_graphics_driver()) SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    wake_event = SDL_RegisterEvents(1);
    wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return true;
}

/* Under X11 a window without a border that is as large as the screen, above all others, is the full screen, and nobody
 * waits a tenth of a second for a window manager that isn't there. */
static uint32_t full_flags(void)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    bool        is_x11 = driver != NULL && strcmp(driver, "x11") == 0;
    return is_x11 ? SDL_WINDOW_BORDERLESS | SDL_WINDOW_ALWAYS_ON_TOP : SDL_WINDOW_FULLSCREEN_DESKTOP;
}

static bool window_make(struct window *window, const struct window_options *options, struct err *err)
{
    bool            is_full = options->width_px == 0;
    SDL_DisplayMode screen = {.w = options->width_px, .h = options->height_px};
    /* As large as the screen from the beginning: a kiosk's X server may have no window manager that would enlarge it. */
    if (is_full && SDL_GetDesktopDisplayMode(0, &screen) != 0) return fail(err);
    window->window =
        SDL_CreateWindow("Baogong", is_full ? 0 : SDL_WINDOWPOS_CENTERED, is_full ? 0 : SDL_WINDOWPOS_CENTERED,
                         screen.w, screen.h, is_full ? full_flags() : 0);
    if (window->window == NULL) return fail(err);
    if (SDL_GetWindowSurface(window->window) == NULL) return fail(err);
    if (is_full) {
        SDL_ShowCursor(SDL_DISABLE);
        SDL_SetWindowKeyboardGrab(window->window, SDL_TRUE);
    }
    window->is_full = is_full;
    window->look_ms = look_ms_of(options->is_offscreen);
    return true;
}

bool window_open(const struct window_options *options, struct window **window, struct err *err)
{
    if (!video_start(options->is_offscreen, err)) return false;
    struct window *made = calloc(1, sizeof *made);
    if (made == NULL) abort();
    if (!window_make(made, options, err) || !glyphs_open(&made->glyphs, err)) {
        window_close(made);
        return false;
    }
    made->painter = painter_new(made->glyphs);
    *window = made;
    return true;
}

void window_close(struct window *window)
{
    if (window == NULL) return;
    painter_free(window->painter);
    glyphs_close(window->glyphs);
    SDL_FreeSurface(window->converted);
    if (window->window != NULL) SDL_DestroyWindow(window->window);
    free(window);
    if (wake_fd >= 0) close(wake_fd);
    wake_fd = -1;
    SDL_Quit();
}

void window_size(const struct window *window, int *width_px, int *height_px)
{
    SDL_GetWindowSize(window->window, width_px, height_px);
}

const struct measure *window_measure(const struct window *window)
{
    return glyphs_measure(window->glyphs);
}

/* ---- Drawing */

/* The surface to paint: the window's, or one beside it that SDL converts. NULL: there is none at the moment. */
static SDL_Surface *surface_of(struct window *window)
{
    SDL_Surface *shown = SDL_GetWindowSurface(window->window);
    if (shown == NULL) return NULL;
    if (shown->w != window->width || shown->h != window->height) {
        painter_forget(window->painter);
        SDL_FreeSurface(window->converted);
        window->converted = NULL;
        window->width = shown->w;
        window->height = shown->h;
    }
    if (shown->format->format == SDL_PIXELFORMAT_RGB888) return shown;
    if (window->converted == NULL)
        window->converted = SDL_CreateRGBSurfaceWithFormat(0, shown->w, shown->h, 32, SDL_PIXELFORMAT_RGB888);
    return window->converted;
}

static SDL_Surface *surface_paint(struct window *window, const struct scene *scene)
{
    SDL_Surface *surface = surface_of(window);
    if (surface == NULL) {
        painter_forget(window->painter);
        return NULL;
    }
    struct canvas canvas = {.width = surface->w,
                            .height = surface->h,
                            .stride = surface->pitch / (int)sizeof(uint32_t),
                            .pixels = surface->pixels};
    painter_paint(window->painter, &canvas, scene);
    return surface;
}

static void surface_show(struct window *window, SDL_Surface *surface)
{
    struct area areas[PAINTED_MAX];
    SDL_Rect    rects[PAINTED_MAX];
    int         count = painter_painted(window->painter, areas);
    for (int i = 0; i < count; i++) {
        rects[i] = (SDL_Rect){areas[i].x, areas[i].y, areas[i].w, areas[i].h};
        if (surface != window->converted) continue;
        SDL_Rect to = rects[i]; /* SDL cuts it where it reaches outside */
        SDL_BlitSurface(surface, &rects[i], SDL_GetWindowSurface(window->window), &to);
    }
    if (count > 0) SDL_UpdateWindowSurfaceRects(window->window, rects, count);
}

void window_prepare(struct window *window, const struct scene *scene)
{
    surface_paint(window, scene);
}

void window_draw(struct window *window, const struct scene *scene)
{
    SDL_Surface *surface = surface_paint(window, scene);
    if (surface != NULL) surface_show(window, surface);
}

bool window_shot(struct window *window, const struct scene *scene, const char *path, struct err *err)
{
    SDL_Surface *surface = surface_paint(window, scene);
    if (surface == NULL) return fail(err);
    surface_show(window, surface);
    int      width = surface->w, height = surface->h;
    uint8_t *rgb = malloc((size_t)width * (size_t)height * 3);
    if (rgb == NULL) abort();
    bool is_read = SDL_ConvertPixels(width, height, SDL_PIXELFORMAT_RGB888, surface->pixels, surface->pitch,
                                     SDL_PIXELFORMAT_RGB24, rgb, width * 3) == 0;
    bool is_done = is_read ? picture_write(path, rgb, width, height, err) : fail(err);
    free(rgb);
    return is_done;
}

/* ---- Events */

/* False: nothing of ours. */
static bool event_of(struct window *window, const SDL_Event *sdl, struct window_event *event)
{
    int width, height;
    memset(event, 0, sizeof *event);
    switch (sdl->type) {
    case SDL_QUIT: event->kind = WINDOW_QUIT; return true;
    case SDL_KEYDOWN: /* SDL's scancodes are HID usages; a held key repeats here, never on the wire */
        if (sdl->key.repeat != 0 || sdl->key.keysym.scancode > 0xFF) return false;
        event->kind = WINDOW_KEY;
        event->usage = (uint8_t)sdl->key.keysym.scancode;
        if ((sdl->key.keysym.mod & KMOD_CTRL) != 0) event->modifiers |= 0x01;
        if ((sdl->key.keysym.mod & KMOD_SHIFT) != 0) event->modifiers |= 0x02;
        if ((sdl->key.keysym.mod & KMOD_ALT) != 0) event->modifiers |= 0x04;
        return true;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        if (sdl->button.button != SDL_BUTTON_LEFT || sdl->button.which == SDL_TOUCH_MOUSEID) return false;
        event->kind = sdl->type == SDL_MOUSEBUTTONDOWN ? WINDOW_DOWN : WINDOW_UP;
        event->x_px = (float)sdl->button.x;
        event->y_px = (float)sdl->button.y;
        return true;
    case SDL_FINGERDOWN:
    case SDL_FINGERUP:
        window_size(window, &width, &height);
        event->kind = sdl->type == SDL_FINGERDOWN ? WINDOW_DOWN : WINDOW_UP;
        event->x_px = sdl->tfinger.x * (float)width;
        event->y_px = sdl->tfinger.y * (float)height;
        return true;
    case SDL_WINDOWEVENT:
        if (sdl->window.event == SDL_WINDOWEVENT_CLOSE && !window->is_full) {
            event->kind = WINDOW_QUIT;
            return true;
        }
        if (sdl->window.event != SDL_WINDOWEVENT_EXPOSED && sdl->window.event != SDL_WINDOWEVENT_SIZE_CHANGED)
            return false;
        painter_forget(window->painter);
        event->kind = WINDOW_REDRAW;
        return true;
    default: break;
    }
    if (sdl->type != wake_event) return false;
    event->kind = WINDOW_WAKE;
    return true;
}

static void wake_wait(int wait_ms)
{
    struct pollfd fd = {.fd = wake_fd, .events = POLLIN};
    uint64_t      count;
    if (poll(&fd, 1, wait_ms) > 0 && read(wake_fd, &count, sizeof count) < 0) return; /* somebody was faster */
}

static bool sdl_wait(const struct window *window, int wait_ms, SDL_Event *sdl)
{
    if (wait_ms > 0 && window->look_ms == 0) return SDL_WaitEventTimeout(sdl, wait_ms) != 0;
    Uint64 now_ms = SDL_GetTicks64(), end_ms = now_ms + (Uint64)(wait_ms > 0 ? wait_ms : 0);
    while (SDL_PollEvent(sdl) == 0) {
        if (now_ms >= end_ms) return false;
        int left_ms = (int)(end_ms - now_ms);
        wake_wait(left_ms < window->look_ms ? left_ms : window->look_ms);
        now_ms = SDL_GetTicks64();
    }
    return true;
}

void window_wait(struct window *window, int wait_ms, struct window_event *event)
{
    SDL_Event sdl;
    if (sdl_wait(window, wait_ms, &sdl)) {
        do {
            if (event_of(window, &sdl, event)) return;
        } while (SDL_PollEvent(&sdl) != 0);
    }
    *event = (struct window_event){.kind = WINDOW_NOTHING};
}

void window_wake(void)
{
    SDL_Event sdl;
    uint64_t  one = 1;
    SDL_zero(sdl);
    sdl.type = wake_event;
    SDL_PushEvent(&sdl);
    if (write(wake_fd, &one, sizeof one) < 0) return; /* it is full: awake already */
}
