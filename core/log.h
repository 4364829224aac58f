/* log.h - lines for whoever runs the program: to stderr with syslog's <n> prefixes, as systemd reads them.
 *
 * Only mains and loops log; libraries return errors. Never wages, never secrets. One line each, control characters
 * replaced. */
#ifndef CORE_LOG_H
#define CORE_LOG_H

#include "core/err.h"

enum log_level { LOG_ERROR = 3, LOG_WARNING = 4, LOG_NOTICE = 5, LOG_INFO = 6 };

void log_line(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));
void log_err(enum log_level level, const char *what, const struct err *err); /* in English */

/* The newest warnings and errors of this run, newest first, each once: another just like the one before it only moves
 * its time. Returns how many. */
enum { LOG_KEPT_MAX = 6, LOG_KEPT_TEXT = 160 };
struct log_kept {
    int64_t wall_ms; /* of the machine's clock */
    char    text[LOG_KEPT_TEXT];
};
int log_kept(struct log_kept kept[LOG_KEPT_MAX]);

void log_quiet(enum log_level most); /* drops what is less grave */

#endif
