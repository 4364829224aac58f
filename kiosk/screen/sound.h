/* sound.h - plays the five sounds (notes.h). Without a loudspeaker all goes on in silence. */
#ifndef KIOSK_SCREEN_SOUND_H
#define KIOSK_SCREEN_SOUND_H

#include "kiosk/words.h"

void sound_open(void);
void sound_close(void);
void sound_play(enum sound sound);

enum { SOUND_VOLUME = 80 };    /* until another is set */
void sound_volume(int volume); /* 0 to 100 */

/* What became of the newest sound. */
enum sound_ear { SOUND_UNTRIED, SOUND_HEARD, SOUND_NO_DEVICE };
enum sound_ear sound_ear(void);

/* "none", "saved", "refused", "rush", "stopped", "question". */
const char *sound_word(enum sound sound);

#endif
