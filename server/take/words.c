/* words.c - a line of words with one blank between, as requests of kiosks begin: words.h. */
#include "server/take/words.h"

#include <string.h>

#include "core/version.h"

enum { DIGITS_MAX = 18 };

bool words_number(const char *word, int64_t *number)
{
    size_t  len = strlen(word);
    int64_t read = 0;
    if (len == 0 || len > DIGITS_MAX || (word[0] == '0' && len > 1)) return false;
    for (size_t i = 0; i < len; i++) {
        if (word[i] < '0' || word[i] > '9') return false;
        read = read * 10 + (word[i] - '0');
    }
    *number = read;
    return true;
}

bool words_first(const char *line, size_t len, int n, char words[][WORDS_EACH_MAX], size_t *used)
{
    size_t at = 0;
    for (int i = 0; i < n; i++) {
        const char *blank = at >= len ? NULL : memchr(line + at, ' ', len - at);
        size_t      end = blank == NULL ? len : (size_t)(blank - line);
        if ((blank == NULL && i < n - 1) || end - at >= WORDS_EACH_MAX || end == at) return false;
        if (memchr(line + at, 0, end - at) != NULL) return false;
        memcpy(words[i], line + at, end - at);
        words[i][end - at] = 0;
        at = end + 1;
    }
    *used = at < len ? at : len;
    return true;
}

bool words_form(const char *line, size_t len, const char *name, struct say *why)
{
    char    words[2][WORDS_EACH_MAX];
    int64_t form;
    size_t  used;
    if (!words_first(line, len, 2, words, &used) || strcmp(words[0], name) != 0 || !words_number(words[1], &form))
        return true; /* not of any form: whoever reads the rest says so */
    if (form >= PROTOCOL_OLDEST && form <= PROTOCOL_NEWEST) return true;
    *why = say_int(say_int(say_int(SAY("take.form"), form), PROTOCOL_OLDEST), PROTOCOL_NEWEST);
    return false;
}
