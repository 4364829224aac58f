/* xlsx.c - a table of text from a workbook: server/bring/xlsx.h. The door to minizip and expat; what the parts mean is
 * told in xlsx_parts.c and xlsx_sheet.c. */
#include "server/bring/xlsx.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>
#include <unzip.h>

#include "server/bring/xlsx_inside.h"

/* ---------------------------------------------------------------------------------------------------- a zip in memory */

struct memory {
    const char *bytes;
    size_t      len, at;
};

static voidpf memory_open(voidpf self, const char *name, int mode)
{
    (void)name, (void)mode;
    return self;
}

static uLong memory_read(voidpf self, voidpf stream, void *out, uLong size)
{
    struct memory *memory = self;
    size_t         left = memory->len - memory->at, len = size < left ? size : left;
    (void)stream;
    memcpy(out, memory->bytes + memory->at, len);
    memory->at += len;
    return len;
}

static uLong memory_write(voidpf self, voidpf stream, const void *bytes, uLong size)
{
    (void)self, (void)stream, (void)bytes, (void)size;
    return 0;
}

static long memory_tell(voidpf self, voidpf stream)
{
    const struct memory *memory = self;
    (void)stream;
    return (long)memory->at;
}

static long memory_seek(voidpf self, voidpf stream, uLong offset, int origin)
{
    struct memory *memory = self;
    size_t from = origin == ZLIB_FILEFUNC_SEEK_SET ? 0 : origin == ZLIB_FILEFUNC_SEEK_CUR ? memory->at : memory->len;
    (void)stream;
    if (offset > memory->len - from) return -1;
    memory->at = from + offset;
    return 0;
}

static int memory_close(voidpf self, voidpf stream)
{
    (void)self, (void)stream;
    return 0;
}

static unzFile zip_open(struct memory *memory)
{
    zlib_filefunc_def doors = {memory_open, memory_read,  memory_write, memory_tell,
                               memory_seek, memory_close, memory_close, memory};
    return unzOpen2("", &doors);
}

/* ---------------------------------------------------------------------------------------------------- a part as XML */

struct reading {
    struct xlsx            *book;
    const struct xlsx_part *part;
    const char             *name;
    XML_Parser              parser;
    int                     depth;
};

static void stop(struct reading *reading, struct say say)
{
    grid_refuse(&reading->book->grid, say);
    XML_StopParser(reading->parser, XML_FALSE);
}

static void on_start(void *self, const char *name, const char **attributes)
{
    struct reading *reading = self;
    if (reading->book->grid.is_refused) return;
    if (++reading->depth > XLSX_DEPTH_MAX) {
        stop(reading, say_text(SAY("xlsx.broken"), reading->name));
        return;
    }
    reading->part->start(reading->book, xlsx_local(name), (const char *const *)attributes);
    if (reading->book->grid.is_refused) XML_StopParser(reading->parser, XML_FALSE);
}

static void on_end(void *self, const char *name)
{
    struct reading *reading = self;
    if (reading->book->grid.is_refused) return;
    reading->depth--;
    reading->part->end(reading->book, xlsx_local(name));
    if (reading->book->grid.is_refused) XML_StopParser(reading->parser, XML_FALSE);
}

static void on_text(void *self, const char *text, int len)
{
    struct reading *reading = self;
    if (!reading->book->grid.is_refused) reading->part->text(reading->book, text, (size_t)len);
}

/* No workbook has one, and with its entities a few bytes grow to billions. */
static void on_doctype(void *self, const char *name, const char *system, const char *public, int has_inside)
{
    struct reading *reading = self;
    (void)name, (void)system, (void)public, (void)has_inside;
    stop(reading, say_text(SAY("xlsx.broken"), reading->name));
}

/* What is inflated is counted here: a zip may lie about its sizes. */
static bool part_parse(struct reading *reading, unzFile zip)
{
    size_t all = 0;
    for (;;) {
        enum { PIECE = 65536 };
        void *piece = XML_GetBuffer(reading->parser, PIECE);
        int   len = piece == NULL ? -1 : unzReadCurrentFile(zip, piece, PIECE);
        if (len < 0) return false;
        all += (size_t)len;
        if (all > XLSX_PART_MAX) {
            grid_refuse(&reading->book->grid, say_int(SAY("xlsx.large"), XLSX_PART_MAX / 1024 / 1024));
            return false;
        }
        if (XML_ParseBuffer(reading->parser, len, len == 0) != XML_STATUS_OK) return false;
        if (len == 0) return true;
    }
}

static bool part_open(struct xlsx *book, unzFile zip, const char *name)
{
    enum { ENCRYPTED = 1 };
    unz_file_info info;
    if (unzGetCurrentFileInfo(zip, &info, NULL, 0, NULL, 0, NULL, 0) != UNZ_OK) return false;
    if ((info.flag & ENCRYPTED) != 0) grid_refuse(&book->grid, SAY("xlsx.old"));
    if (info.uncompressed_size > XLSX_PART_MAX)
        grid_refuse(&book->grid, say_int(SAY("xlsx.large"), XLSX_PART_MAX / 1024 / 1024));
    (void)name;
    return !book->grid.is_refused && unzOpenCurrentFile(zip) == UNZ_OK;
}

/* Reads a part to its end. Absent ones are the caller's matter: false without a refusal only where there is none. */
static bool part_read(struct xlsx *book, unzFile zip, const char *name, const struct xlsx_part *part)
{
    enum { ANY_CASE = 2 };
    struct reading reading = {.book = book, .part = part, .name = name};
    if (book->grid.is_refused || name[0] == 0 || unzLocateFile(zip, name, ANY_CASE) != UNZ_OK) return false;
    bool is_good = part_open(book, zip, name);
    if (is_good) {
        reading.parser = XML_ParserCreate(NULL);
        if (reading.parser == NULL) abort(); /* as core/buf.h */
        XML_SetUserData(reading.parser, &reading);
        XML_SetElementHandler(reading.parser, on_start, on_end);
        XML_SetCharacterDataHandler(reading.parser, on_text);
        XML_SetStartDoctypeDeclHandler(reading.parser, on_doctype);
        is_good = part_parse(&reading, zip);
        XML_ParserFree(reading.parser);
        is_good = unzCloseCurrentFile(zip) == UNZ_OK && is_good;
    }
    if (!is_good) grid_refuse(&book->grid, say_text(SAY("xlsx.broken"), name));
    return is_good;
}

/* ---------------------------------------------------------------------------------------------------- the workbook */

/* Of the relations at hand: by id, or the first of a kind. */
static const char *relation_path(const struct xlsx *book, const char *id, const char *kind)
{
    for (int i = 0; i < book->relation_count; i++) {
        const struct xlsx_relation *one = &book->relations[i];
        if ((id == NULL || strcmp(one->id, id) == 0) && strcmp(one->kind, kind) == 0) return one->path;
    }
    return "";
}

/* xl/workbook.xml -> xl/ and xl/_rels/workbook.xml.rels. */
static void relations_of(struct xlsx *book, unzFile zip, const char *part)
{
    char        name[XLSX_PATH_MAX + 16];
    const char *slash = strrchr(part, '/');
    size_t      len = slash == NULL ? 0 : (size_t)(slash + 1 - part);
    struct buf  path = {0};
    memcpy(book->folder, part, len);
    book->folder[len] = 0;
    buf_fmt(&path, "%s_rels/%s.rels", book->folder, part + len);
    if (path.len < sizeof name) memcpy(name, path.bytes, path.len + 1);
    if (path.len >= sizeof name) name[0] = 0;
    buf_free(&path);
    book->relation_count = 0;
    (void)part_read(book, zip, name, &XLSX_RELATIONS);
}

static const char *sheet_find(const struct xlsx *book)
{
    for (int i = 0; i < book->sheet_count; i++) {
        const char *path = relation_path(book, book->sheets[i], "worksheet");
        if (path[0] != 0) return path;
    }
    return "";
}

static void book_read(struct xlsx *book, unzFile zip)
{
    char workbook[XLSX_PATH_MAX] = "xl/workbook.xml";
    relations_of(book, zip, "");
    const char *named = relation_path(book, NULL, "officeDocument");
    if (named[0] != 0) memcpy(workbook, named, strlen(named) + 1);
    if (!part_read(book, zip, workbook, &XLSX_WORKBOOK)) {
        grid_refuse(&book->grid, SAY("xlsx.none"));
        return;
    }
    relations_of(book, zip, workbook);
    (void)part_read(book, zip, relation_path(book, NULL, "styles"), &XLSX_STYLES);
    (void)part_read(book, zip, relation_path(book, NULL, "sharedStrings"), &XLSX_STRINGS);
    buf_clear(&book->text);
    if (!part_read(book, zip, sheet_find(book), &XLSX_SHEET)) grid_refuse(&book->grid, SAY("xlsx.none"));
}

bool xlsx_import(const char *kind, const char *bytes, size_t len, bool is_dry, struct buf *body, struct err *err)
{
    struct memory memory = {bytes, len, 0};
    struct xlsx  *book = calloc(1, sizeof *book);
    if (book == NULL) abort(); /* as core/buf.h */
    grid_begin(&book->grid, kind, is_dry, body, err);
    unzFile zip = zip_open(&memory);
    if (zip == NULL)
        grid_refuse(&book->grid, SAY("xlsx.zip"));
    else
        book_read(book, zip);
    if (zip != NULL) unzClose(zip);
    bool is_read = grid_end(&book->grid);
    free(book->formats);
    buf_free(&book->strings);
    buf_free(&book->ends);
    buf_free(&book->text);
    free(book);
    return is_read;
}
