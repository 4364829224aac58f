/* file.c - the page's files, as they are embedded: never a path on the disk. */
#include <string.h>

#include "core/chain.h"
#include "core/embed.h"
#include "server/show/doors.h"

/* Only our own scripts, no inline ones but the import map, of which this is the hash (a test compares): Preact's modules
 * call each other by name. Nothing from elsewhere, in no frame, no form that leaves. */
#define IMPORT_MAP_HASH "sha256-rE1cur0L21VpZgy41Aifike9aiSXeaZGU127clNljP4="
#define POLICY                                                                                              \
    "default-src 'none'; script-src 'self' '" IMPORT_MAP_HASH "'; style-src 'self'; img-src 'self' data:; " \
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "     \
    "frame-ancestors 'none'"

/* To add a kind of file: a row. */
static const struct {
    const char *ending, *type;
} TYPES[] = {
    {".html", "text/html; charset=utf-8"      },
    {".js",   "text/javascript; charset=utf-8"},
    {".mjs",  "text/javascript; charset=utf-8"},
    {".css",  "text/css; charset=utf-8"       },
    {".json", "application/json"              },
    {".svg",  "image/svg+xml"                 },
    {".txt",  "text/plain; charset=utf-8"     },
};

static const char *type_of(const char *name)
{
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot != NULL && i < sizeof TYPES / sizeof TYPES[0]; i++)
        if (strcmp(TYPES[i].ending, dot) == 0) return TYPES[i].type;
    return "application/octet-stream";
}

static const struct embed *file_find(const char *name)
{
    for (const struct embed *file = embed_office; file->name != NULL; file++)
        if (strcmp(file->name, name) == 0) return file;
    return NULL;
}

/* Browsers ask each time whether it is still the same: a new server's page is there at once. */
static void file_answer(struct http_request *request, const struct embed *file)
{
    char        tag[HASH_TEXT + 2];
    const char *has = http_header(request, "If-None-Match");
    struct hash hash = hash_of(file->bytes, file->len);
    tag[0] = '"';
    hash_write(&hash, tag + 1);
    memcpy(tag + 33, "\"", 2); /* half of it is plenty */
    answer_headers(request);
    http_answer_header(request, "ETag", tag);
    http_answer_header(request, "Cache-Control", "no-cache");
    http_answer_header(request, "Content-Security-Policy", POLICY);
    if (has != NULL && strcmp(has, tag) == 0)
        http_answer_static(request, 304, type_of(file->name), "", 0);
    else
        http_answer_static(request, 200, type_of(file->name), file->bytes, file->len);
}

static void name_answer(struct http_request *request, const char *name)
{
    const struct embed *file = file_find(name);
    if (file == NULL)
        office_refuse(request, 404, SAY("api.absent"));
    else
        file_answer(request, file);
}

void file_index(const struct desk *desk, struct http_request *request)
{
    (void)desk;
    name_answer(request, "index.html");
}

void file_get(const struct desk *desk, struct http_request *request)
{
    (void)desk;
    name_answer(request, http_path(request) + strlen("/office/"));
}

void openapi_get(const struct desk *desk, struct http_request *request)
{
    (void)desk;
    name_answer(request, "openapi.json");
}
