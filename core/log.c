/* log.c - lines for whoever runs the program: core/log.h. */
#include "core/log.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "core/text.h"
#include "core/utf8.h"

enum { LINE_MAX_BYTES = 1024 };

static atomic_int gravest_dropped = LOG_INFO + 1; /* set by main, read by every thread */

void log_quiet(enum log_level most)
{
    atomic_store(&gravest_dropped, (int)most + 1);
}

/* What is no printable character becomes a question mark: a line stays one line, and a name typed by somebody can't
 * speak to the terminal (C1 controls, U+0080 to U+009F, count too). */
static void line_clean(char *line, size_t len)
{
    for (size_t i = 0; i < len;) {
        size_t        step = utf8_len(line + i, len - i);
        unsigned char c = (unsigned char)line[i];
        bool is_control = c < ' ' || c == 0x7F || (c == 0xC2 && step == 2 && (unsigned char)line[i + 1] < 0xA0);
        if (step == 0) {
            is_control = true;
            step = 1;
        }
        if (is_control) memset(line + i, '?', step);
        i += step;
    }
}

/* ---- The newest, for setup */

static pthread_mutex_t kept_lock = PTHREAD_MUTEX_INITIALIZER;
static struct log_kept kept_lines[LOG_KEPT_MAX]; /* newest first; under the lock, as is: */
static int             kept_count;

static void line_keep(const char *text)
{
    struct clock real;
    clock_start_real(&real);
    pthread_mutex_lock(&kept_lock);
    size_t len = utf8_fit(text, strlen(text), LOG_KEPT_TEXT - 1);
    bool   is_same = kept_count > 0 && strlen(kept_lines[0].text) == len && memcmp(kept_lines[0].text, text, len) == 0;
    if (!is_same) {
        memmove(kept_lines + 1, kept_lines, sizeof kept_lines - sizeof kept_lines[0]);
        if (kept_count < LOG_KEPT_MAX) kept_count++;
        memcpy(kept_lines[0].text, text, len);
        kept_lines[0].text[len] = '\0';
    }
    kept_lines[0].wall_ms = clock_now_ms(&real);
    pthread_mutex_unlock(&kept_lock);
}

int log_kept(struct log_kept kept[LOG_KEPT_MAX])
{
    pthread_mutex_lock(&kept_lock);
    int count = kept_count;
    memcpy(kept, kept_lines, sizeof kept_lines);
    pthread_mutex_unlock(&kept_lock);
    return count;
}

void log_line(enum log_level level, const char *format, ...)
{
    char    line[LINE_MAX_BYTES + 2];
    va_list args;
    if ((int)level >= atomic_load(&gravest_dropped)) return;
    int head = snprintf(line, sizeof line, "<%d>", (int)level);
    va_start(args, format);
    int body = vsnprintf(line + head, LINE_MAX_BYTES - (size_t)head, format, args);
    va_end(args);
    if (body < 0) return;
    size_t len = strlen(line);
    line_clean(line, len);
    if (level <= LOG_WARNING) line_keep(line + head);
    line[len++] = '\n';
    fwrite(line, 1, len, stderr); /* unbuffered: one write, so that lines of threads don't mix */
}

void log_err(enum log_level level, const char *what, const struct err *err)
{
    char words[LINE_MAX_BYTES];
    log_line(level, "%s: %s", what, text_say(LANG_EN, &err->say, words, sizeof words));
}
