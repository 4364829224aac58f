/* sound.c - plays the five sounds: sound.h.
 *
 * They are played by a thread of their own, which opens the loudspeaker for the first and closes it a while after the
 * last: opening takes time that the screen doesn't have, and an open one is fed silence forty times a second. */
#include "kiosk/screen/sound.h"

#include <SDL.h>
#include <pthread.h>

#include "core/clock.h"
#include "kiosk/screen/notes.h"

enum { LINGER_MS = 60000 };

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
    SDL_AudioSpec want = {.freq = NOTES_RATE, .format = AUDIO_S16SYS, .channels = 1, .samples = 512};
    if (device != 0 || SDL_InitSubSystem(SDL_INIT_AUDIO) != 0) return;
    device = SDL_OpenAudioDevice(NULL, 0, &want, NULL, 0);
    if (device != 0)
        SDL_PauseAudioDevice(device, 0);
    else
        SDL_QuitSubSystem(SDL_INIT_AUDIO);
}

static bool notes_play(enum sound sound, int volume)
{
    static int16_t samples[NOTES_SAMPLES_MAX];
    device_open();
    if (device == 0) return false;
    size_t count = notes_make(sound, volume, samples);
    SDL_ClearQueuedAudio(device); /* the newest is what matters */
    return SDL_QueueAudio(device, samples, (Uint32)(count * sizeof samples[0])) == 0;
}

/* ---- The thread */

static struct player {
    pthread_t       thread;
    pthread_mutex_t lock;
    pthread_cond_t  put_down;
    bool            is_running;
    bool            is_over; /* these under the lock */
    enum sound      wanted;
    int             volume;
    enum sound_ear  ear;
} player = {.lock = PTHREAD_MUTEX_INITIALIZER, .volume = SOUND_VOLUME};

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
        int        volume = player.volume;
        player.wanted = SOUND_NONE;
        pthread_mutex_unlock(&player.lock);
        bool is_heard = notes_play(sound, volume);
        pthread_mutex_lock(&player.lock);
        player.ear = is_heard ? SOUND_HEARD : SOUND_NO_DEVICE;
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

void sound_volume(int volume)
{
    pthread_mutex_lock(&player.lock);
    player.volume = volume;
    pthread_mutex_unlock(&player.lock);
}

enum sound_ear sound_ear(void)
{
    pthread_mutex_lock(&player.lock);
    enum sound_ear ear = player.is_running ? player.ear : SOUND_NO_DEVICE;
    pthread_mutex_unlock(&player.lock);
    return ear;
}

const char *sound_word(enum sound sound)
{
    static const char *const WORDS[] = {"none", "saved", "refused", "rush", "stopped", "question"};
    return WORDS[sound];
}
