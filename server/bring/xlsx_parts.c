/* xlsx_parts.c - what a workbook says beside its sheet: which parts there are, which sheet comes first, which styles are
 * dates, and the strings that sheets share. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "server/bring/xlsx_inside.h"

const char *xlsx_local(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon == NULL ? name : colon + 1;
}

const char *xlsx_attribute(const char *const *attributes, const char *name)
{
    for (; attributes[0] != NULL; attributes += 2)
        if (strcmp(xlsx_local(attributes[0]), name) == 0) return attributes[1];
    return NULL;
}

int64_t xlsx_attribute_int(const char *const *attributes, const char *name, int64_t otherwise)
{
    const char *text = xlsx_attribute(attributes, name);
    char       *end;
    long long   number = text == NULL ? 0 : strtoll(text, &end, 10);
    return text == NULL || end == text || *end != 0 ? otherwise : number;
}

static bool text_copy(char *out, size_t cap, const char *text)
{
    size_t len = text == NULL ? cap : strlen(text);
    if (len >= cap) return false;
    memcpy(out, text, len + 1);
    return true;
}

/* ---- Relations: where a part is that another names */

/* path is relative to folder ("" or "xl/"), or absolute; .. goes up. */
static bool path_join(const char *folder, const char *path, char out[XLSX_PATH_MAX])
{
    if (path[0] == '/') return text_copy(out, XLSX_PATH_MAX, path + 1);
    size_t len = strlen(folder);
    for (; strncmp(path, "../", 3) == 0; path += 3) {
        if (len > 0) len--;
        while (len > 0 && folder[len - 1] != '/') len--;
    }
    if (len >= XLSX_PATH_MAX) return false;
    snprintf(out, XLSX_PATH_MAX, "%.*s", (int)len, folder);
    return text_copy(out + len, XLSX_PATH_MAX - len, path);
}

static void relations_start(struct xlsx *book, const char *name, const char *const *attributes)
{
    const char *type = xlsx_attribute(attributes, "Type"), *target = xlsx_attribute(attributes, "Target");
    const char *slash = type == NULL ? NULL : strrchr(type, '/');
    if (strcmp(name, "Relationship") != 0 || slash == NULL || target == NULL ||
        book->relation_count == XLSX_SHEETS_MAX || xlsx_attribute(attributes, "TargetMode") != NULL)
        return;
    struct xlsx_relation *relation = &book->relations[book->relation_count];
    book->relation_count += text_copy(relation->id, sizeof relation->id, xlsx_attribute(attributes, "Id")) &&
                            text_copy(relation->kind, sizeof relation->kind, slash + 1) &&
                            path_join(book->folder, target, relation->path);
}

static void nothing_ends(struct xlsx *book, const char *name)
{
    (void)book, (void)name;
}

static void nothing_said(struct xlsx *book, const char *text, size_t len)
{
    (void)book, (void)text, (void)len;
}

const struct xlsx_part XLSX_RELATIONS = {relations_start, nothing_ends, nothing_said};

/* ---- The workbook */

static void workbook_start(struct xlsx *book, const char *name, const char *const *attributes)
{
    const char *state = xlsx_attribute(attributes, "state"), *is_1904 = xlsx_attribute(attributes, "date1904");
    if (strcmp(name, "workbookPr") == 0 && is_1904 != NULL)
        book->is_1904 = strcmp(is_1904, "1") == 0 || strcmp(is_1904, "true") == 0;
    if (strcmp(name, "sheet") != 0 || book->sheet_count == XLSX_SHEETS_MAX) return;
    if (state != NULL && strcmp(state, "visible") != 0) return;
    book->sheet_count += text_copy(book->sheets[book->sheet_count], XLSX_ID_MAX, xlsx_attribute(attributes, "id"));
}

const struct xlsx_part XLSX_WORKBOOK = {workbook_start, nothing_ends, nothing_said};

/* ---- Styles */

static enum xlsx_format format_of(const struct xlsx *book, int64_t id)
{
    for (int i = 0; i < book->made_count; i++)
        if (book->made[i].id == id) return book->made[i].format;
    return xlsx_format_built_in(id);
}

static void styles_start(struct xlsx *book, const char *name, const char *const *attributes)
{
    const char *code = xlsx_attribute(attributes, "formatCode");
    if (strcmp(name, "cellXfs") == 0) book->in_styles = true;
    if (strcmp(name, "numFmt") == 0 && code != NULL &&
        book->made_count < (int)(sizeof book->made / sizeof *book->made)) {
        book->made[book->made_count].id = xlsx_attribute_int(attributes, "numFmtId", -1);
        book->made[book->made_count++].format = xlsx_format_read(code);
    }
    if (strcmp(name, "xf") != 0 || !book->in_styles || book->format_count == XLSX_STYLES_MAX) return;
    if (book->formats == NULL) book->formats = calloc(XLSX_STYLES_MAX, sizeof *book->formats);
    if (book->formats == NULL) abort(); /* as core/buf.h */
    book->formats[book->format_count++] = format_of(book, xlsx_attribute_int(attributes, "numFmtId", 0));
}

static void styles_end(struct xlsx *book, const char *name)
{
    if (strcmp(name, "cellXfs") == 0) book->in_styles = false;
}

const struct xlsx_part XLSX_STYLES = {styles_start, styles_end, nothing_said};

/* ---- Shared strings */

/* The character of _xHHHH_ at text, 0 where none stands there. */
static unsigned escape_read(const char *text, size_t len)
{
    unsigned code = 0;
    if (len < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_') return 0;
    for (int i = 2; i < 6; i++) {
        static const char HEX[] = "0123456789ABCDEFabcdef";
        const char       *digit = text[i] == 0 ? NULL : strchr(HEX, text[i]);
        if (digit == NULL) return 0;
        unsigned value = (unsigned)(digit - HEX);
        code = code * 16 + (value > 15 ? value - 6 : value);
    }
    return code >= 0xD800 && code < 0xE000 ? 0 : code;
}

static size_t character_write(unsigned code, char *out)
{
    size_t len = code < 0x80 ? 1 : code < 0x800 ? 2 : 3;
    if (len == 1) out[0] = (char)code;
    if (len == 2) out[0] = (char)(0xC0 | code >> 6);
    if (len == 3) {
        out[0] = (char)(0xE0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3F));
    }
    if (len > 1) out[len - 1] = (char)(0x80 | (code & 0x3F));
    return len;
}

void xlsx_unescape(struct buf *text)
{
    size_t to = 0;
    for (size_t at = 0; at < text->len;) {
        unsigned code = escape_read(text->bytes + at, text->len - at);
        if (code == 0) {
            text->bytes[to++] = text->bytes[at++];
        } else {
            to += character_write(code, text->bytes + to);
            at += 7;
        }
    }
    text->len = to;
    if (text->bytes != NULL) text->bytes[to] = 0;
}

static void strings_start(struct xlsx *book, const char *name, const char *const *attributes)
{
    (void)attributes;
    if (strcmp(name, "si") == 0) buf_clear(&book->text);
    if (strcmp(name, "rPh") == 0) book->in_phonetic++;
    if (strcmp(name, "t") == 0) book->in_text = book->in_phonetic == 0;
}

static void strings_end(struct xlsx *book, const char *name)
{
    if (strcmp(name, "t") == 0) book->in_text = false;
    if (strcmp(name, "rPh") == 0) book->in_phonetic--;
    if (strcmp(name, "si") != 0) return;
    xlsx_unescape(&book->text);
    buf_add(&book->strings, buf_text(&book->text), book->text.len);
    buf_add(&book->ends, &book->strings.len, sizeof book->strings.len);
    book->string_count++;
    if (book->strings.len > XLSX_STRINGS_MAX)
        grid_refuse(&book->grid, say_int(SAY("xlsx.large"), XLSX_STRINGS_MAX / 1024 / 1024));
}

static void strings_text(struct xlsx *book, const char *text, size_t len)
{
    if (book->in_text) buf_add(&book->text, text, len);
}

const struct xlsx_part XLSX_STRINGS = {strings_start, strings_end, strings_text};
