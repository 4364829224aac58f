/* sound.h - five sounds that can't be confused. Without a loudspeaker all goes on in silence. */
#ifndef KIOSK_SCREEN_SOUND_H
#define KIOSK_SCREEN_SOUND_H

#include "kiosk/words.h"

void sound_open(void);
void sound_close(void);
void sound_play(enum sound sound);

/* "none", "saved", "refused", "rush", "stopped", "question". */
const char *sound_word(enum sound sound);

#endif
