/* kind.c - knows a file by its first bytes, and a workbook by what a ZIP must hold to be one. Nothing here opens, unpacks or runs it. */
#include "server/bring/kind.h"

#include <stdbool.h>
#include <string.h>

static bool begins(const char *bytes, size_t len, const char *with, size_t with_len)
{
    return len >= with_len && memcmp(bytes, with, with_len) == 0;
}

static bool holds(const char *bytes, size_t len, const char *word)
{
    return memmem(bytes, len, word, strlen(word)) != NULL;
}

/* A workbook: a ZIP that says so; one with macros isn't taken. */
static bool is_workbook(const char *bytes, size_t len)
{
    return begins(bytes, len, "PK\x03\x04", 4) && holds(bytes, len, "[Content_Types].xml") &&
           holds(bytes, len, "xl/workbook") && !holds(bytes, len, "vbaProject") && !holds(bytes, len, "xl/macrosheets");
}

/* To add a kind: a line, and its type below. */
const char *kind_of(const char *bytes, size_t len)
{
    if (begins(bytes, len, "%PDF-1.", 7) || begins(bytes, len, "%PDF-2.", 7)) return "pdf";
    if (begins(bytes, len, "\x89PNG\r\n\x1a\n", 8)) return "png";
    if (begins(bytes, len, "\xFF\xD8\xFF", 3)) return "jpeg";
    if (begins(bytes, len, "RIFF", 4) && len > 12 && memcmp(bytes + 8, "WEBP", 4) == 0) return "webp";
    if (is_workbook(bytes, len)) return "xlsx";
    return NULL;
}

static const struct {
    const char *kind, *type;
} TYPES[] = {
    {"pdf",  "application/pdf"                                                  },
    {"png",  "image/png"                                                        },
    {"jpeg", "image/jpeg"                                                       },
    {"webp", "image/webp"                                                       },
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
};

const char *kind_type(const char *kind)
{
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++)
        if (strcmp(TYPES[i].kind, kind) == 0) return TYPES[i].type;
    return "application/octet-stream";
}
