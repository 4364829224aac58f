/* locale.h - which of our languages somebody means who says more than its code. */
#ifndef CORE_LOCALE_H
#define CORE_LOCALE_H

#include "core/text.h"

/* Of a locale or a browser's wish, which begins with a language's code: "en_GB.UTF-8", "en-GB,en;q=0.9". NULL, or one that isn't
 * ours: otherwise. */
enum lang lang_of(const char *text, enum lang otherwise);

#endif
