/* drive.h - a kiosk without hands: commands on stdin, one JSON line of answer each on stdout, after all has settled.
 *
 *   scan TEXT      a line as if a scanner had read it      hid HEX     reports of a boot keyboard, 16 digits each
 *   tap ID         a button by its name                    touch X,Y   a finger, in pixels; what comes twice counts once
 *   pass MS        screen timers go on by so much, and by that alone
 *   shot FILE.png  a picture of the screen                 state       nothing but the answer
 *   sync MS        waits until nothing waits to be sent and all the server has is learnt; "reached" tells whether
 *   quit           ends
 *
 * The answer: screen, question, page (of setup), resting, lang, tone, sound, say (the sentence's id), carriers (who carries the next entry), texts,
 * buttons (id, rect in pixels, enabled), station, online, current, waiting, sent (since the start), last (the newest
 * event: epoch, seq, kind, name), and money after the PIN. What can't be done answers {"error":sentence} and goes on. */
#ifndef KIOSK_DRIVE_H
#define KIOSK_DRIVE_H

#include <signal.h>

#include "kiosk/station.h"

/* Until quit, the end of stdin, or *is_over; wake_fd becomes readable when there is news. */
void drive_run(struct station *station, int wake_fd, volatile sig_atomic_t *is_over);

#endif
