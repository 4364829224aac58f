/* version.h - which program is older, and which forms of the protocol it speaks. Pure.
 *
 * A kiosk and a server of different versions work together (docs/protocol.md, "Versions"); people are told who is behind,
 * so that somebody updates it. */
#ifndef CORE_VERSION_H
#define CORE_VERSION_H

enum {
    PROTOCOL_OLDEST = 1, /* forms of requests that this program understands */
    PROTOCOL_NEWEST = 1,
    VERSION_TEXT = 16
};

/* Versions as 0.10.2: below 0 where one is older than other, above 0 where it is newer; 0 where they are the same, or one of
 * them isn't a version. */
int version_order(const char *one, const char *other);

/* Of "baogong-kiosk 0.1.0" the last word. */
const char *version_of(const char *program);

#endif
