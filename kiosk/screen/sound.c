/* sound.c - five sounds that can't be confused: they differ in number, direction and roughness, not in pitch alone, so
 * that a hall full of machines and an old ear can still tell them apart.
 *
 *   saved     two short, rising          question  two longer, the second higher and held
 *   refused   one long, low and rough    rush      three quick, the same
 *   stopped   low and rough, four times
 *
 * They are played by a thread of their own, which opens the loudspeaker for the first and closes it a while after the
 * last: opening takes time that the screen doesn't have, and an open one is fed silence forty times a second. */
#include "kiosk/screen/sound.h"

#include <SDL.h>
#include <math.h>
#include <pthread.h>

#include "core/clock.h"

enum { RATE = 22050, NOTES_MAX = 8, FADE = 110 /* samples: no click */, LINGER_MS = 60000 };

struct note {
    int  hz, ms, rest_ms;
    bool is_rough; /* odd harmonics */
};

static const struct note NOTES[][NOTES_MAX] = {
    [SOUND_NONE] = {{0, 0, 0, false}},
    [SOUND_SAVED] = {{1047, 70, 10, false}, {1568, 120, 0, false}},
    [SOUND_REFUSED] = {{196, 480, 0, true}},
    [SOUND_RUSH] = {{1319, 60, 50, false}, {1319, 60, 50, false}, {1319, 60, 0, false}},
    [SOUND_STOPPED] = {{262, 140, 70, true}, {208, 140, 70, true}, {262, 140, 70, true}, {208, 260, 0, true}},
    [SOUND_QUESTION] = {{784, 160, 60, false}, {988, 320, 0, false}},
};

/* ---- The loudspeaker: the thread's alone */

static SDL_AudioDeviceID device; /* 0: closed */

static void device_close(void)
{
    if (device == 0) return;
    SDL_CloseAudioDevice(device);
    SDL_QuitSubSystem(SDL_INIT_AUDIO);
    device = 0;
}

/* Where there is none the next sound tries again: somebody may have plugged one in. */
static void device_open(void)
{
    SDL_AudioSpec want = {.freq = RATE, .format = AUDIO_S16SYS, .channels = 1, .samples = 512};
    if (device != 0 || SDL_InitSubSystem(SDL_INIT_AUDIO) != 0) return;
    device = SDL_OpenAudioDevice(NULL, 0, &want, NULL, 0);
    if (device != 0)
        SDL_PauseAudioDevice(device, 0);
    else
        SDL_QuitSubSystem(SDL_INIT_AUDIO);
}

static double wave_at(const struct note *note, int i)
{
    double angle = 2 * M_PI * note->hz * i / RATE, wave = sin(angle);
    return note->is_rough ? (wave + sin(3 * angle) / 2 + sin(5 * angle) / 3) / 1.6 : wave;
}

static void note_play(const struct note *note)
{
    int16_t samples[RATE];
    int     on = note->ms * RATE / 1000, all = on + note->rest_ms * RATE / 1000;
    for (int i = 0; i < all && i < RATE; i++) {
        int    edge = i < on - i ? i : on - i;
        double loud = i >= on ? 0 : edge < FADE ? (double)edge / FADE : 1;
        samples[i] = (int16_t)(wave_at(note, i) * loud * 20000);
    }
    SDL_QueueAudio(device, samples, (Uint32)((size_t)all * sizeof samples[0]));
}

static void notes_play(enum sound sound)
{
    device_open();
    if (device == 0) return;
    SDL_ClearQueuedAudio(device); /* the newest is what matters */
    for (int i = 0; i < NOTES_MAX && NOTES[sound][i].hz != 0; i++) note_play(&NOTES[sound][i]);
}

/* ---- The thread */

static struct player {
    pthread_t       thread;
    pthread_mutex_t lock;
    pthread_cond_t  put_down;
    bool            is_running;
    bool            is_over; /* these two under the lock */
    enum sound      wanted;
} player = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* Under the lock: until there is a sound or the end. */
static void player_wait(void)
{
    while (player.wanted == SOUND_NONE && !player.is_over) {
        struct timespec until = clock_real_after(LINGER_MS);
        if (device == 0)
            pthread_cond_wait(&player.put_down, &player.lock);
        else if (pthread_cond_timedwait(&player.put_down, &player.lock, &until) != 0)
            device_close();
    }
}

static void *player_run(void *self)
{
    (void)self;
    pthread_mutex_lock(&player.lock);
    for (player_wait(); !player.is_over; player_wait()) {
        enum sound sound = player.wanted;
        player.wanted = SOUND_NONE;
        pthread_mutex_unlock(&player.lock);
        notes_play(sound);
        pthread_mutex_lock(&player.lock);
    }
    pthread_mutex_unlock(&player.lock);
    device_close();
    return NULL;
}

void sound_open(void)
{
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&player.put_down, &monotonic);
    pthread_condattr_destroy(&monotonic);
    player.is_over = false;
    player.is_running = pthread_create(&player.thread, NULL, player_run, NULL) == 0;
}

void sound_close(void)
{
    if (!player.is_running) return;
    pthread_mutex_lock(&player.lock);
    player.is_over = true;
    pthread_cond_signal(&player.put_down);
    pthread_mutex_unlock(&player.lock);
    pthread_join(player.thread, NULL);
    pthread_cond_destroy(&player.put_down);
    player.is_running = false;
}

void sound_play(enum sound sound)
{
    if (!player.is_running || sound == SOUND_NONE) return;
    pthread_mutex_lock(&player.lock);
    player.wanted = sound;
    pthread_cond_signal(&player.put_down);
    pthread_mutex_unlock(&player.lock);
}

const char *sound_word(enum sound sound)
{
    static const char *const WORDS[] = {"none", "saved", "refused", "rush", "stopped", "question"};
    return WORDS[sound];
}
