/* stick.h - a kiosk's requests from a file that a USB stick brought: through the running server, or without one. */
#ifndef SERVER_STICK_H
#define SERVER_STICK_H

#include <stddef.h>
#include <stdint.h>

#include "core/clock.h"
#include "core/err.h"
#include "core/text.h"

struct stick_file {
    const char *bytes;
    size_t      len;
};

struct stick_counts {
    int64_t taken, waiting, refused; /* requests */
};

/* Is the file as the kiosk wrote it: each line whole, and the last one says how many stand before it and their hash?
 * False: it was cut short, or altered; the sentence tells. */
bool stick_check(const struct stick_file *file, struct err *err) MUST_CHECK;

/* Takes each request; prints a sentence for each that wasn't taken. data: the server's directory. False: the whole can't
 * go on. */
bool stick_take(const struct stick_file *file, const char *data, const struct clock *clock, enum lang lang,
                struct stick_counts *counts, struct err *err) MUST_CHECK;

#endif
