/* notes.h - the samples of the five sounds. Pure: what they are made of is a table in notes.c.
 *
 * They are told apart by how long they are, how often they begin, where their pitch goes and how rough they are: any
 * one of these may drown in a hall or in a bad loudspeaker, the others remain (tests/unit/notes_test.c). */
#ifndef KIOSK_SCREEN_NOTES_H
#define KIOSK_SCREEN_NOTES_H

#include <stddef.h>
#include <stdint.h>

#include "kiosk/words.h"

enum { NOTES_RATE = 22050 /* samples of a second */, NOTES_SAMPLES_MAX = NOTES_RATE * 2 };

/* Writes the sound as loud as volume, 0 to 100, says (each 10 are 4 dB; 0 is silence); returns how many samples. */
size_t notes_make(enum sound sound, int volume, int16_t samples[NOTES_SAMPLES_MAX]);

#endif
