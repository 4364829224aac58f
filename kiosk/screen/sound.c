/* sound.c - five sounds that can't be confused: they differ in number, direction and roughness, not in pitch alone, so
 * that a hall full of machines and an old ear can still tell them apart.
 *
 *   saved     two short, rising          question  two longer, the second higher and held
 *   refused   one long, low and rough    rush      three quick, the same
 *   stopped   low and rough, four times */
#include "kiosk/screen/sound.h"

#include <SDL.h>
#include <math.h>

enum { RATE = 22050, NOTES_MAX = 8, FADE = 110 /* samples: no click */ };

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

static SDL_AudioDeviceID device;

void sound_open(void)
{
    SDL_AudioSpec want = {.freq = RATE, .format = AUDIO_S16SYS, .channels = 1, .samples = 512};
    if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0) return;
    device = SDL_OpenAudioDevice(NULL, 0, &want, NULL, 0);
    if (device != 0) SDL_PauseAudioDevice(device, 0);
}

void sound_close(void)
{
    if (device != 0) SDL_CloseAudioDevice(device);
    device = 0;
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

void sound_play(enum sound sound)
{
    if (device == 0 || sound == SOUND_NONE) return;
    SDL_ClearQueuedAudio(device); /* the newest is what matters */
    for (int i = 0; i < NOTES_MAX && NOTES[sound][i].hz != 0; i++) note_play(&NOTES[sound][i]);
}

const char *sound_word(enum sound sound)
{
    static const char *const WORDS[] = {"none", "saved", "refused", "rush", "stopped", "question"};
    return WORDS[sound];
}
