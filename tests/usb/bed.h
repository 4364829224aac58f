/* bed.h - the emulated devices on a line, for a real program in another process. */
#ifndef TESTS_USB_BED_H
#define TESTS_USB_BED_H

/* Prints UMOCKDEV_DIR, then does what stdin says until its end, and answers "ok" or what is wrong:
 *   plug SOCKET NAME    unplug SOCKET    type SOCKET TEXT (and Enter)    half SOCKET TEXT    taken SOCKET (is it whole?) */
void bed_run(void);

#endif
