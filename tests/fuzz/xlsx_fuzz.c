/* xlsx_fuzz.c - any bytes are a table or are refused in words. The first byte says what the rest is: a whole file, or a part
 * of a good workbook, which raw bytes would hardly ever become.
 * links: server_bring core pkg:zlib */
#include <assert.h>
#include <stdbool.h>
#include <stdio.h>

#include "core/json.h"
#include "server/bring/xlsx.h"
#include "tests/zip.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static const struct part {
    const char *name, *text;
} PARTS[] = {
    {"xl/worksheets/sheet1.xml",
     "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"2\"><c s=\"1\"><v>46357</v></c>"
     "</row></sheetData></worksheet>"                                                                   },
    {"xl/sharedStrings.xml",       "<sst><si><t>a</t></si></sst>"                                       },
    {"xl/styles.xml",              "<s><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></s>"},
    {"xl/workbook.xml",            "<workbook><sheets><sheet r:id=\"r1\"/></sheets></workbook>"         },
    {"xl/_rels/workbook.xml.rels",
     "<r><Relationship Id=\"r1\" Type=\"/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" "
     "Type=\"/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"r3\" Type=\"/styles\" "
     "Target=\"styles.xml\"/></r>"                                                                      },
};
enum { COUNT = sizeof PARTS / sizeof *PARTS };

static void book_write(size_t which, const uint8_t *bytes, size_t len, struct zip *zip)
{
    for (size_t i = 0; i < COUNT; i++) {
        const void *part = i == which ? (const void *)bytes : PARTS[i].text;
        size_t      size = i == which ? len : strlen(PARTS[i].text);
        zip_part(zip, PARTS[i].name, part, size, false, size, 0);
    }
    zip_end(zip);
}

static void table_check(const struct buf *body)
{
    struct err         err;
    struct json       *json = json_read(body->bytes, body->len, &err);
    const struct json *rows = json_get(json, "rows");
    size_t             columns = json_count(json_get(json, "columns"));
    int64_t            line = 1;
    assert(json != NULL && columns >= 1);
    for (size_t i = 0; i < json_count(rows); i++) {
        const struct json *row = json_at(rows, i);
        assert(json_count(row) >= 2 && json_count(row) <= columns + 1 && json_int(json_at(row, 0), 0) > line);
        line = json_int(json_at(row, 0), 0);
    }
    json_free(json);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct buf body = {0};
    struct err err = {0};
    struct zip zip = {0};
    size_t     which = len == 0 ? 0 : bytes[0] % (COUNT + 1);
    if (len == 0) return 0;
    if (which < COUNT) book_write(which, bytes + 1, len - 1, &zip);
    bool is_table = which < COUNT ? xlsx_import("k", zip.bytes.bytes, zip.bytes.len, true, &body, &err)
                                  : xlsx_import("k", (const char *)bytes + 1, len - 1, true, &body, &err);
    if (is_table)
        table_check(&body);
    else
        assert(err.kind == ERR_INPUT && err.say.id[0] != 0);
    buf_free(&body);
    buf_free(&zip.bytes);
    return 0;
}
