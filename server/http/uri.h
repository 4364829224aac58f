/* uri.h - is the target of a request one that can be meant. Pure. */
#ifndef SERVER_HTTP_URI_H
#define SERVER_HTTP_URI_H

#include <stdbool.h>

/* As it came: printable ASCII that begins with a slash, at most 2,048 bytes, whole escapes, no NUL; in the path no
 * control characters, no backslash and no slash in disguise. What is decoded is then what was meant, here and in a proxy before us. */
bool uri_is_good(const char *uri);

/* The path, decoded: UTF-8, no "..". */
bool uri_path_is_good(const char *path);

#endif
