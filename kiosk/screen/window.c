/* window.c - the window: window.h.
 *
 * Everything that isn't a rectangle is a mask of coverage, made once, kept as a texture of white and coloured when it
 * is drawn: text, icons, signs, rounded corners. Textures that weren't used for longest make room. */
#include "kiosk/screen/window.h"

#include <SDL.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/screen/glyphs.h"
#include "kiosk/screen/picture.h"

enum { MASKS_MAX = 320, MASK_BYTES_MAX = 12 << 20 /* of pictures kept */, PIXEL_BYTES = 4 };

/* What a kept mask shows: a shape of some size, or a line of text. */
struct mask_key {
    enum shape shape;         /* SHAPE_NONE: text */
    int        width, height; /* text: height is the size, width 0 or 1 for bold */
    char       text[ITEM_TEXT_MAX];
};

struct mask_kept {
    uint64_t        used; /* when; 0: free */
    uint32_t        hash;
    struct mask_key key;
    int             width, height, baseline;
    SDL_Texture    *texture;
};

struct window {
    SDL_Window         *window;
    SDL_Renderer       *renderer;
    struct glyphs      *glyphs;
    uint64_t            clock;      /* of uses */
    size_t              mask_bytes; /* of all pictures kept */
    struct mask_kept    masks[MASKS_MAX];
    const struct scene *scene;
};

static Uint32 wake_event; /* SDL's number of ours; set once before any thread starts */

static void mask_drop(struct window *window, struct mask_kept *kept);

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

/* SDL quietly takes a driver that shows nothing where there is no display; a kiosk that nobody sees must not seem to
 * work. */
static bool video_start(bool is_offscreen, struct err *err)
{
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
    SDL_SetHint(SDL_HINT_RENDER_SCALE_QUALITY, "0");
    if (is_offscreen) SDL_SetHint(SDL_HINT_VIDEODRIVER, "offscreen");
    if (SDL_Init(SDL_INIT_VIDEO) != 0) return fail(err);
    const char *driver = SDL_GetCurrentVideoDriver();
    if (!is_offscreen && (strcmp(driver, "offscreen") == 0 || strcmp(driver, "dummy") == 0)) {
        SDL_Quit();
        return err_set(err, ERR_ABSENT, SAY("window.no_display"));
    }
    if (!needs_graphics_driver()) SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    wake_event = SDL_RegisterEvents(1);
    return true;
}

static bool window_make(struct window *window, const struct window_options *options, struct err *err)
{
    bool            is_full = options->width_px == 0;
    SDL_DisplayMode screen = {.w = options->width_px, .h = options->height_px};
    /* As large as the screen from the beginning: a kiosk's X server may have no window manager that would enlarge it. */
    if (is_full && SDL_GetDesktopDisplayMode(0, &screen) != 0) return fail(err);
    window->window = SDL_CreateWindow("Baogong", SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, screen.w, screen.h,
                                      is_full ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
    if (window->window == NULL) return fail(err);
    window->renderer = SDL_CreateRenderer(window->window, -1, needs_graphics_driver() ? 0 : SDL_RENDERER_SOFTWARE);
    if (window->renderer == NULL) return fail(err);
    if (is_full) SDL_ShowCursor(SDL_DISABLE);
    SDL_SetRenderDrawBlendMode(window->renderer, SDL_BLENDMODE_NONE);
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
    *window = made;
    return true;
}

void window_close(struct window *window)
{
    if (window == NULL) return;
    for (int i = 0; i < MASKS_MAX; i++) mask_drop(window, &window->masks[i]);
    glyphs_close(window->glyphs);
    if (window->renderer != NULL) SDL_DestroyRenderer(window->renderer);
    if (window->window != NULL) SDL_DestroyWindow(window->window);
    free(window);
    SDL_Quit();
}

void window_size(const struct window *window, int *width_px, int *height_px)
{
    SDL_GetRendererOutputSize(window->renderer, width_px, height_px);
}

const struct measure *window_measure(const struct window *window)
{
    return glyphs_measure(window->glyphs);
}

/* ---- Masks */

static SDL_Texture *texture_of(struct window *window, const uint8_t *bytes, int width, int height)
{
    SDL_Texture *texture =
        SDL_CreateTexture(window->renderer, SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_STATIC, width, height);
    if (texture == NULL) return NULL;
    size_t    count = (size_t)width * (size_t)height;
    uint32_t *pixels = malloc(count * sizeof *pixels);
    if (pixels == NULL) abort();
    for (size_t i = 0; i < count; i++) pixels[i] = (uint32_t)bytes[i] << 24 | 0xFFFFFF;
    SDL_UpdateTexture(texture, NULL, pixels, width * (int)sizeof *pixels);
    SDL_SetTextureBlendMode(texture, SDL_BLENDMODE_BLEND);
    free(pixels);
    return texture;
}

static void mask_make(struct window *window, struct mask_kept *kept)
{
    const struct mask_key *key = &kept->key;
    kept->texture = NULL;
    if (key->shape != SHAPE_NONE) {
        struct mask mask = {key->width, key->height, calloc((size_t)key->width, (size_t)key->height)};
        if (mask.bytes == NULL) abort();
        shape_draw(key->shape, &mask);
        kept->width = key->width;
        kept->height = key->height;
        kept->texture = texture_of(window, mask.bytes, mask.width, mask.height);
        free(mask.bytes);
        return;
    }
    struct glyphs_line line;
    if (!glyphs_draw(window->glyphs, key->text, key->height, key->width == 1, &line)) return;
    kept->width = line.width;
    kept->height = line.height;
    kept->baseline = line.baseline;
    kept->texture = texture_of(window, line.bytes, line.width, line.height);
    free(line.bytes);
}

static uint32_t key_hash(const struct mask_key *key)
{
    uint32_t hash = UINT32_C(2166136261);
    for (const char *c = key->text; *c != '\0'; c++) hash = (hash ^ (unsigned char)*c) * UINT32_C(16777619);
    hash = (hash ^ (uint32_t)key->shape) * UINT32_C(16777619);
    hash = (hash ^ (uint32_t)key->width) * UINT32_C(16777619);
    return (hash ^ (uint32_t)key->height) * UINT32_C(16777619);
}

static bool key_is(const struct mask_key *a, const struct mask_key *b)
{
    return a->shape == b->shape && a->width == b->width && a->height == b->height && strcmp(a->text, b->text) == 0;
}

static void mask_drop(struct window *window, struct mask_kept *kept)
{
    if (kept->texture != NULL) {
        SDL_DestroyTexture(kept->texture);
        window->mask_bytes -= (size_t)kept->width * (size_t)kept->height * PIXEL_BYTES;
    }
    *kept = (struct mask_kept){0};
}

/* A free place; the one used longest ago where none is left, or where all together have become too large. */
static struct mask_kept *mask_place(struct window *window)
{
    for (;;) {
        struct mask_kept *oldest = NULL, *free_one = NULL;
        for (int i = 0; i < MASKS_MAX; i++) {
            struct mask_kept *kept = &window->masks[i];
            if (kept->used == 0)
                free_one = kept;
            else if (oldest == NULL || kept->used < oldest->used)
                oldest = kept;
        }
        if (free_one != NULL && (window->mask_bytes < MASK_BYTES_MAX || oldest == NULL)) return free_one;
        mask_drop(window, oldest);
    }
}

static const struct mask_kept *mask_of(struct window *window, const struct mask_key *key)
{
    uint32_t hash = key_hash(key);
    for (int i = 0; i < MASKS_MAX; i++) {
        struct mask_kept *kept = &window->masks[i];
        if (kept->used == 0 || kept->hash != hash || !key_is(&kept->key, key)) continue;
        kept->used = ++window->clock;
        return kept;
    }
    struct mask_kept *made = mask_place(window);
    *made = (struct mask_kept){.used = ++window->clock, .hash = hash, .key = *key};
    mask_make(window, made);
    if (made->texture != NULL) window->mask_bytes += (size_t)made->width * (size_t)made->height * PIXEL_BYTES;
    return made;
}

/* ---- Drawing */

static int px(const struct window *window, float units)
{
    return (int)lroundf(units * window->scene->layout.u);
}

static SDL_Rect px_rect(const struct window *window, struct rect rect)
{
    int x = px(window, rect.x), y = px(window, rect.y);
    return (SDL_Rect){x, y, px(window, rect.x + rect.w) - x, px(window, rect.y + rect.h) - y};
}

static void colour_set(struct window *window, enum colour colour)
{
    uint32_t rgb = colour_rgb(window->scene->theme, colour);
    SDL_SetRenderDrawColor(window->renderer, (Uint8)(rgb >> 16), (Uint8)(rgb >> 8), (Uint8)rgb, 255);
}

static void mask_put(struct window *window, const struct mask_kept *kept, SDL_Rect to, enum colour colour, int flip)
{
    uint32_t rgb = colour_rgb(window->scene->theme, colour);
    if (kept->texture == NULL) return;
    SDL_SetTextureColorMod(kept->texture, (Uint8)(rgb >> 16), (Uint8)(rgb >> 8), (Uint8)rgb);
    if (flip == SDL_FLIP_NONE)
        SDL_RenderCopy(window->renderer, kept->texture, NULL, &to);
    else
        SDL_RenderCopyEx(window->renderer, kept->texture, NULL, &to, 0, NULL, (SDL_RendererFlip)flip);
}

/* A rectangle with corners of radius r pixels. */
static void round_fill(struct window *window, SDL_Rect rect, int r, enum colour colour)
{
    colour_set(window, colour);
    if (r <= 0) {
        SDL_RenderFillRect(window->renderer, &rect);
        return;
    }
    SDL_Rect parts[2] = {
        {rect.x + r, rect.y,     rect.w - 2 * r, rect.h        },
        {rect.x,     rect.y + r, rect.w,         rect.h - 2 * r}
    };
    SDL_RenderFillRects(window->renderer, parts, 2);
    const struct mask_kept *corner =
        mask_of(window, &(struct mask_key){.shape = SHAPE_CORNER, .width = r, .height = r});
    int right = rect.x + rect.w - r, bottom = rect.y + rect.h - r;
    mask_put(window, corner, (SDL_Rect){rect.x, rect.y, r, r}, colour, SDL_FLIP_NONE);
    mask_put(window, corner, (SDL_Rect){right, rect.y, r, r}, colour, SDL_FLIP_HORIZONTAL);
    mask_put(window, corner, (SDL_Rect){rect.x, bottom, r, r}, colour, SDL_FLIP_VERTICAL);
    mask_put(window, corner, (SDL_Rect){right, bottom, r, r}, colour, SDL_FLIP_HORIZONTAL | SDL_FLIP_VERTICAL);
}

static void box_draw(struct window *window, const struct item *item)
{
    SDL_Rect rect = px_rect(window, item->rect);
    int      r = px(window, item->radius_u), border = item->border == COLOUR_NONE ? 0 : px(window, item->border_u);
    if (rect.w == 0 && item->rect.w > 0) rect.w = 1; /* hairlines stay */
    if (rect.h == 0 && item->rect.h > 0) rect.h = 1;
    if (border > 0) {
        round_fill(window, rect, r, item->border);
        rect = (SDL_Rect){rect.x + border, rect.y + border, rect.w - 2 * border, rect.h - 2 * border};
        r = r > border ? r - border : 0;
    }
    if (item->colour != COLOUR_NONE) round_fill(window, rect, r, item->colour);
}

static void text_draw(struct window *window, const struct item *item)
{
    struct mask_key key = {.height = px(window, item->size_u > 0 ? item->size_u : type_u(item->type)),
                           .width = item->is_bold};
    memcpy(key.text, item->text, sizeof key.text);
    const struct mask_kept *kept = mask_of(window, &key);
    float                   u = window->scene->layout.u, x = item->rect.x * u;
    float                   base = (item->rect.y + item->rect.h / 2) * u + 0.38f * (float)key.height;
    if (item->align == ALIGN_CENTRE) x += (item->rect.w * u - (float)kept->width) / 2;
    if (item->align == ALIGN_RIGHT) x += item->rect.w * u - (float)kept->width;
    SDL_Rect to = {(int)lroundf(x), (int)lroundf(base) - kept->baseline, kept->width, kept->height};
    mask_put(window, kept, to, item->colour, SDL_FLIP_NONE);
}

static void shape_put(struct window *window, const struct item *item)
{
    SDL_Rect to = px_rect(window, item->rect);
    if (to.w <= 0 || to.h <= 0) return;
    const struct mask_kept *kept =
        mask_of(window, &(struct mask_key){.shape = item->shape, .width = to.w, .height = to.h});
    mask_put(window, kept, to, item->colour, SDL_FLIP_NONE);
}

static void scene_draw(struct window *window, const struct scene *scene)
{
    window->scene = scene;
    colour_set(window, scene->ground);
    SDL_RenderClear(window->renderer);
    for (int i = 0; i < scene->item_count; i++) {
        const struct item *item = &scene->items[i];
        switch (item->kind) {
        case ITEM_BOX: box_draw(window, item); break;
        case ITEM_TEXT: text_draw(window, item); break;
        case ITEM_SHAPE: shape_put(window, item); break;
        }
    }
}

void window_draw(struct window *window, const struct scene *scene)
{
    scene_draw(window, scene);
    SDL_RenderPresent(window->renderer);
}

bool window_shot(struct window *window, const struct scene *scene, const char *path, struct err *err)
{
    int width, height;
    window_size(window, &width, &height);
    scene_draw(window, scene);
    uint8_t *rgb = malloc((size_t)width * (size_t)height * 3);
    if (rgb == NULL) abort();
    bool is_read = SDL_RenderReadPixels(window->renderer, NULL, SDL_PIXELFORMAT_RGB24, rgb, width * 3) == 0;
    SDL_RenderPresent(window->renderer);
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
        if (sdl->window.event != SDL_WINDOWEVENT_EXPOSED && sdl->window.event != SDL_WINDOWEVENT_SIZE_CHANGED)
            return false;
        event->kind = WINDOW_REDRAW;
        return true;
    case SDL_RENDER_TARGETS_RESET:
    case SDL_RENDER_DEVICE_RESET: event->kind = WINDOW_REDRAW; return true;
    default: break;
    }
    if (sdl->type != wake_event) return false;
    event->kind = WINDOW_WAKE;
    return true;
}

void window_wait(struct window *window, int wait_ms, struct window_event *event)
{
    SDL_Event sdl;
    if (wait_ms > 0 ? SDL_WaitEventTimeout(&sdl, wait_ms) == 0 : SDL_PollEvent(&sdl) == 0) {
        *event = (struct window_event){.kind = WINDOW_NOTHING};
        return;
    }
    do {
        if (event_of(window, &sdl, event)) return;
    } while (SDL_PollEvent(&sdl) != 0);
    *event = (struct window_event){.kind = WINDOW_NOTHING};
}

void window_wake(void)
{
    SDL_Event sdl;
    SDL_zero(sdl);
    sdl.type = wake_event;
    SDL_PushEvent(&sdl);
}
