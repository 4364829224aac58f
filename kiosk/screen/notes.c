/* notes.c - the samples of the five sounds: notes.h.
 *
 *   saved     two short tones, the second higher             short, done
 *   question  two short low tones, then one that climbs      as a voice asks
 *   rush      six quick ticks of one pitch                   as a bell rings
 *   refused   one long rough tone that sinks                 no
 *   stopped   rough, high and low in turn, eight times       as a siren
 *
 * All keep most of their power between 500 and 3000 Hz, which the small loudspeaker of a display can give. */
#include "kiosk/screen/notes.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

enum { NOTES_MAX = 8, FADE = 110 /* samples: no click */, LOUDEST = 28000, FULL = 100 };

struct note {
    int  hz, end_hz; /* it glides from one to the other */
    int  ms, rest_ms;
    bool is_rough; /* odd harmonics, and it beats 30 times a second */
};

static const struct note NOTES[][NOTES_MAX] = {
    [SOUND_NONE] = {{0, 0, 0, 0, false}},
    [SOUND_SAVED] = {{1047, 1047, 70, 30, false}, {1568, 1568, 130, 0, false}},
    [SOUND_REFUSED] = {{330, 175, 850, 0, true}},
    [SOUND_RUSH] = {{1976, 1976, 50, 45, false},
                    {1976, 1976, 50, 45, false},
                    {1976, 1976, 50, 45, false},
                    {1976, 1976, 50, 45, false},
                    {1976, 1976, 50, 45, false},
                    {1976, 1976, 50, 0, false}},
    [SOUND_STOPPED] = {{660, 660, 130, 70, true},
                    {440, 440, 130, 70, true},
                    {660, 660, 130, 70, true},
                    {440, 440, 130, 70, true},
                    {660, 660, 130, 70, true},
                    {440, 440, 130, 70, true},
                    {660, 660, 130, 70, true},
                    {440, 440, 130, 0, true}},
    [SOUND_QUESTION] = {{587, 587, 80, 60, false},
                    {587, 587, 80, 60, false},
                    {587, 1175, 180, 0, false},
                    {1175, 1175, 140, 0, false}},
};

/* Of a turn of the wave; between -1 and 1. */
static double wave_of(double turn, bool is_rough, double at_s)
{
    double angle = 2 * M_PI * turn;
    if (!is_rough) return sin(angle);
    double beat = 0.7 + 0.3 * cos(2 * M_PI * 30 * at_s);
    return (sin(angle) + sin(3 * angle) * 0.8 + sin(5 * angle) * 0.8 + sin(7 * angle) * 0.5) / 2.5 * beat;
}

/* 40 dB between the softest and the loudest: an ear hears each step as the same. */
static double loudness(int volume)
{
    return volume <= 0 ? 0 : LOUDEST * pow(10, (double)(volume - FULL) / 50);
}

static size_t note_make(const struct note *note, double loud, int16_t *samples)
{
    size_t on = (size_t)(note->ms * NOTES_RATE / 1000), all = on + (size_t)(note->rest_ms * NOTES_RATE / 1000);
    double turn = 0;
    for (size_t i = 0; i < all; i++) {
        size_t edge = i < on && on - i < i ? on - i : i;
        double fade = i >= on ? 0 : edge < FADE ? (double)edge / FADE : 1;
        samples[i] = (int16_t)lround(wave_of(turn, note->is_rough, (double)i / NOTES_RATE) * loud * fade);
        turn += (note->hz + (double)(note->end_hz - note->hz) * (double)i / (double)on) / NOTES_RATE;
    }
    return all;
}

size_t notes_make(enum sound sound, int volume, int16_t samples[NOTES_SAMPLES_MAX])
{
    const struct note *notes = NOTES[sound];
    size_t             count = 0;
    for (int i = 0; i < NOTES_MAX && notes[i].hz != 0; i++) {
        assert(count + (size_t)((notes[i].ms + notes[i].rest_ms) * NOTES_RATE / 1000) <= NOTES_SAMPLES_MAX);
        count += note_make(&notes[i], loudness(volume), samples + count);
    }
    return count;
}
