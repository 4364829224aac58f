/* uri.c - is the target of a request one that can be meant: uri.h. */
#include "server/http/uri.h"

#include <string.h>

#include "core/utf8.h"

enum { URI_MAX = 2048 };

static int hex_of(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool uri_is_good(const char *uri)
{
    bool is_path = true;
    if (uri[0] != '/' || strlen(uri) > URI_MAX) return false;
    for (const char *at = uri; *at != 0; at++) {
        if (*at <= ' ' || *at > '~') return false;
        if (*at == '?') is_path = false;
        if (is_path && *at == '\\') return false; /* browsers send it as a slash, others as it is */
        if (*at != '%') continue;
        int high = hex_of(at[1]), low = high < 0 ? -1 : hex_of(at[2]);
        if (low < 0) return false;
        int c = high << 4 | low;
        if (c == 0 || (is_path && (c < ' ' || c == '/' || c == '\\' || c == 0x7F))) return false;
    }
    return true;
}

bool uri_path_is_good(const char *path)
{
    return utf8_is_valid(path, strlen(path)) && strstr(path, "..") == NULL;
}
