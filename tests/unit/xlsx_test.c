/* xlsx_test.c - workbooks as spreadsheets write them, and as nobody should: the table that comes out, or the sentence.
 * links: server_bring core pkg:zlib */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/json.h"
#include "core/text.h"
#include "server/bring/bring.h"
#include "server/bring/xlsx_inside.h"
#include "tests/unit/rows.h"
#include "tests/zip.h"

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define MAIN " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define TYPE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define RELATIONS(ROWS)                                                                                    \
    XML "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" ROWS "</" \
        "Relationships>"
#define RELATION(ID, KIND, TARGET) "<Relationship Id=\"" ID "\" Type=\"" TYPE KIND "\" Target=\"" TARGET "\"/>"
#define SHEET(ROWS) XML "<worksheet" MAIN "><sheetData>" ROWS "</sheetData></worksheet>"
#define HEAD                                                                     \
    "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c><c r=\"B1\" " \
    "t=\"inlineStr\"><is><t>b</t></is></c></row>"

static const char ROOT[] = RELATIONS(RELATION("r1", "officeDocument", "xl/workbook.xml"));
static const char BOOK_RELATIONS[] = RELATIONS(RELATION("r1", "worksheet", "worksheets/sheet1.xml") RELATION(
    "r2", "styles", "styles.xml") RELATION("r3", "sharedStrings", "/xl/sharedStrings.xml"));
static const char BOOK[] =
    XML "<workbook" MAIN " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/"
        "relationships\"><workbookPr/><sheets><sheet name=\"单\" sheetId=\"1\" r:id=\"r1\"/></sheets>"
        "</workbook>";
/* style 0 plain, 1 built-in date, 2 a Chinese one made up, 3 hours, 4 money */
static const char STYLES[] =
    XML "<styleSheet" MAIN
        "><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@\"/>"
        "<numFmt numFmtId=\"165\" formatCode=\"[h]:mm\"/><numFmt numFmtId=\"166\" "
        "formatCode=\"&quot;day&quot;#,##0.00\\d\"/>"
        "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>"
        "<xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"166\"/></cellXfs></styleSheet>";
static const char STRINGS[] =
    XML "<sst" MAIN "><si><t>工序</t></si><si><t xml:space=\"preserve\"> 名称 </t></si>"
        "<si><r><t>下</t></r><r><rPr><b/></rPr><t>料</t></r><rPh sb=\"0\" eb=\"1\"><t>xia</t></rPh></si>"
        "<si><t>a_x000A_b _x005F_x0041_</t></si><si/></sst>";

/* ---- Sheets: what comes out, or the refusal's id */

struct sheet {
    const char *name, *sheet, *wanted;
};
#define TABLE(REST) "{\"kind\":\"k\",\"dry_run\":false,\"columns\":[\"a\",\"b\"],\"rows\":[" REST "]}"

/* clang-format off */
static const struct sheet SHEETS[] = {
    {"shared strings", SHEET("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>"
                             "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>2</v></c><c r=\"B2\" t=\"s\"><v>4</v></c></row>"),
     "{\"kind\":\"k\",\"dry_run\":false,\"columns\":[\"工序\",\"名称\"],\"rows\":[[2,\"下料\"]]}"},
    {"escapes of XML", SHEET(HEAD "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>3</v></c></row>"), TABLE("[2,\"a\\nb _x0041_\"]")},
    {"a string beyond", SHEET(HEAD "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>5</v></c></row>"), "xlsx.string"},
    {"a string below", SHEET(HEAD "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>-1</v></c></row>"), "xlsx.string"},
    {"rich inline text", SHEET(HEAD "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><r><t>门</t></r><r><t>扇</t></r>"
                               "<rPh sb=\"0\" eb=\"1\"><t>shan</t></rPh></is></c></row>"), TABLE("[2,\"门扇\"]")},
    {"empty rows and gaps", SHEET(HEAD "<row r=\"4\"/><row r=\"5\"><c r=\"B5\"><v>7</v></c></row>"), TABLE("[5,\"\",\"7\"]")},
    {"rows without places", SHEET("<row><c t=\"inlineStr\"><is><t>a</t></is></c><c t=\"inlineStr\"><is><t>b</t></is></c></row>"
                                  "<row><c><v>1</v></c><c><v>2</v></c></row>"), TABLE("[2,\"1\",\"2\"]")},
    {"names with a prefix", XML "<x:worksheet xmlns:x=\"x\"><x:sheetData><x:row r=\"1\"><x:c r=\"A1\" t=\"str\"><x:v>a</x:v></x:c>"
     "<x:c r=\"B1\" t=\"str\"><x:v>b</x:v></x:c></x:row><x:row r=\"2\"><x:c r=\"A2\"><x:v>3</x:v></x:c></x:row></x:sheetData>"
     "</x:worksheet>", TABLE("[2,\"3\"]")},
    {"dates",          SHEET(HEAD "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>46357</v></c><c r=\"B2\" s=\"2\"><v>46357</v></c></row>"),
     TABLE("[2,\"2026-12-01\",\"2026-12-01\"]")},
    {"a date with its hour", SHEET(HEAD "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>46357.604166666664</v></c><c r=\"B2\" s=\"3\"><v>0.25</v></c></row>"),
     TABLE("[2,\"2026-12-01 14:30\",\"06:00\"]")},
    {"a date in words", SHEET(HEAD "<row r=\"2\"><c r=\"A2\" t=\"d\"><v>2026-12-01T00:00:00</v></c><c r=\"B2\" t=\"d\"><v>2026-12-01T14:30:00</v></c></row>"),
     TABLE("[2,\"2026-12-01\",\"2026-12-01 14:30\"]")},
    {"a day that never was", SHEET(HEAD "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>60</v></c><c r=\"B2\" s=\"1\"><v>-5</v></c></row>"),
     TABLE("[2,\"60\",\"-5\"]")},
    {"money is no date", SHEET(HEAD "<row r=\"2\"><c r=\"A2\" s=\"4\"><v>46357</v></c><c r=\"B2\" s=\"99\"><v>46357</v></c></row>"),
     TABLE("[2,\"46357\",\"46357\"]")},
    {"numbers",        SHEET(HEAD "<row r=\"2\"><c r=\"A2\"><v>0.10000000000000001</v></c><c r=\"B2\"><v>1.2E+1</v></c></row>"
                             "<row r=\"3\"><c r=\"A3\"><v>999999999999999</v></c><c r=\"B3\"><v>1.2345678901234568E+17</v></c></row>"),
     TABLE("[2,\"0.1\",\"12\"],[3,\"999999999999999\",\"1.23456789012346e+17\"]")},
    {"no number",      SHEET(HEAD "<row r=\"2\"><c r=\"A2\"><v>1e999</v></c><c r=\"B2\"><v>x</v></c></row>"), TABLE("[2,\"1e999\",\"x\"]")},
    {"true and false", SHEET(HEAD "<row r=\"2\"><c r=\"A2\" t=\"b\"><v>1</v></c><c r=\"B2\" t=\"b\"><v>0</v></c></row>"), TABLE("[2,\"1\",\"0\"]")},
    {"a formula's result", SHEET(HEAD "<row r=\"2\"><c r=\"A2\"><f>1+1</f><v>2</v></c><c r=\"B2\" t=\"str\"><f>\"x\"</f><v>x</v></c></row>"),
     TABLE("[2,\"2\",\"x\"]")},
    {"a formula of nothing", SHEET(HEAD "<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\" t=\"str\"><f>\"\"</f><v></v></c></row>"), TABLE("[2,\"1\"]")},
    {"a formula never computed", SHEET(HEAD "<row r=\"2\"><c r=\"B2\"><f>A1</f></c></row>"), "xlsx.formula"},
    {"a formula's mistake", SHEET(HEAD "<row r=\"2\"><c r=\"B2\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c></row>"), TABLE("[2,\"\",\"#DIV/0!\"]")},
    {"a formula as text", SHEET(HEAD "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>=1+1</t></is></c></row>"), TABLE("[2,\"=1+1\"]")},
    {"rare characters", SHEET(HEAD "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>𬭎&lt;ابجد&#x1F6AA;</t></is></c></row>"), TABLE("[2,\"𬭎<ابجد🚪\"]")},
    {"more than the head", SHEET(HEAD "<row r=\"2\"><c r=\"C2\"><v>1</v></c></row>"), "csv.columns"},
    {"empty ones beyond", SHEET(HEAD "<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"XFD2\" s=\"1\"/></row>"), TABLE("[2,\"1\"]")},
    {"far to the right", SHEET("<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>"), "csv.columns"},
    {"merged rows",    XML "<worksheet" MAIN "><sheetData>" HEAD "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row></sheetData>"
     "<mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells></worksheet>", "xlsx.merged"},
    {"merged below",   XML "<worksheet" MAIN "><sheetData>" HEAD "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row></sheetData>"
     "<mergeCells><mergeCell ref=\"A9:C9\"/><mergeCell ref=\"nonsense\"/></mergeCells></worksheet>", TABLE("[2,\"1\"]")},
    {"rows going back", SHEET(HEAD "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"), "xlsx.place"},
    {"cells going back", SHEET(HEAD "<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"A2\"><v>1</v></c></row>"), "xlsx.place"},
    {"a cell of another row", SHEET(HEAD "<row r=\"2\"><c r=\"A3\"><v>1</v></c></row>"), "xlsx.place"},
    {"no place",       SHEET(HEAD "<row r=\"2\"><c r=\"2A\"><v>1</v></c></row>"), "xlsx.place"},
    {"a row too far",  SHEET(HEAD "<row r=\"9999999\"><c><v>1</v></c></row>"), "xlsx.place"},
    {"nothing in it",  SHEET(""), "csv.empty"},
    {"a head alone",   SHEET(HEAD), TABLE("")},
    {"cut off",        XML "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", "xlsx.broken"},
    {"a document type", "<?xml version=\"1.0\"?><!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>"
     "<worksheet><sheetData><row><c t=\"str\"><v>&b;</v></c></row></sheetData></worksheet>", "xlsx.broken"},
    {"a file of the disk", "<?xml version=\"1.0\"?><!DOCTYPE w [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><worksheet>&a;</worksheet>", "xlsx.broken"},
    {"HTML",           "<html><body>no</html>", "xlsx.broken"},
};
/* clang-format on */

static void book_make(struct zip *zip, const char *sheet)
{
    zip_text(zip, "[Content_Types].xml", "<Types/>");
    zip_text(zip, "_rels/.rels", ROOT);
    zip_text(zip, "xl/workbook.xml", BOOK);
    zip_text(zip, "xl/_rels/workbook.xml.rels", BOOK_RELATIONS);
    zip_text(zip, "xl/styles.xml", STYLES);
    zip_text(zip, "xl/sharedStrings.xml", STRINGS);
    if (sheet != NULL) zip_text(zip, "xl/worksheets/sheet1.xml", sheet);
}

/* What comes of the file: its JSON, or the refusal's id, which has words in both languages. */
static void comes(const char *bytes, size_t len, struct buf *out)
{
    struct err err = {0};
    if (bring_import("k", bytes, len, false, out, &err)) {
        struct json *json = json_read(out->bytes, out->len, &err);
        assert_non_null(json);
        json_free(json);
        return;
    }
    assert_int_equal(err.kind, ERR_INPUT);
    assert_string_not_equal(text_of(LANG_ZH, err.say.id), err.say.id);
    buf_clear(out);
    buf_str(out, err.say.id);
}

static void sheets_are_read(void **state)
{
    const struct sheet *row = *state;
    struct zip          zip = {0};
    struct buf          out = {0};
    book_make(&zip, row->sheet);
    zip_end(&zip);
    comes(zip.bytes.bytes, zip.bytes.len, &out);
    assert_string_equal(buf_text(&out), row->wanted);
    buf_free(&out);
    buf_free(&zip.bytes);
}

/* ---- Files */

static void wanted_of(struct zip *zip, const char *wanted)
{
    struct buf out = {0};
    zip_end(zip);
    comes(zip->bytes.bytes, zip->bytes.len, &out);
    assert_string_equal(buf_text(&out), wanted);
    buf_free(&out);
    buf_free(&zip->bytes);
    *zip = (struct zip){.count = 0};
}

static void what_is_no_workbook(void **state)
{
    (void)state;
    struct zip  zip = {0};
    struct buf  out = {0};
    const char *old = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on";
    comes(old, strlen(old), &out);
    assert_string_equal(buf_text(&out), "xlsx.old");
    buf_clear(&out);
    comes("PK\x03\x04 no directory", 17, &out);
    assert_string_equal(buf_text(&out), "xlsx.zip");
    buf_free(&out);
    zip_text(&zip, "mimetype", "application/vnd.oasis.opendocument.spreadsheet");
    wanted_of(&zip, "xlsx.none");
    wanted_of(&zip, "xlsx.zip"); /* without any part */
    book_make(&zip, NULL);
    wanted_of(&zip, "xlsx.none");
    zip_text(&zip, "_rels/.rels", ROOT);
    zip_part(&zip, "xl/workbook.xml", BOOK, strlen(BOOK), false, strlen(BOOK), 1);
    wanted_of(&zip, "xlsx.old"); /* encrypted */
}

static void hidden_sheets_are_passed_over(void **state)
{
    static const char TWO[] = XML "<workbook" MAIN " xmlns:r=\"r\"><workbookPr date1904=\"1\"/><sheets>"
                                  "<sheet name=\"x\" sheetId=\"1\" state=\"hidden\" r:id=\"r9\"/>"
                                  "<sheet name=\"单\" sheetId=\"2\" r:id=\"r1\"/></sheets></workbook>";
    struct zip        zip = {0};
    (void)state;
    zip_text(&zip, "xl/workbook.xml", TWO);
    zip_text(&zip, "xl/_rels/workbook.xml.rels",
             RELATIONS(RELATION("r9", "worksheet", "worksheets/none.xml") RELATION(
                 "r1", "worksheet", "../xl/worksheets/sheet1.xml") RELATION("r2", "styles", "styles.xml")));
    zip_text(&zip, "xl/styles.xml", STYLES);
    zip_text(&zip, "XL/Worksheets/Sheet1.xml", /* names of parts know no case */
             SHEET(HEAD "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>44895</v></c></row>"));
    wanted_of(&zip, TABLE("[2,\"2026-12-01\"]"));
}

/* A damaged byte is found by the part's checksum, wherever it is. */
static void damage_is_seen(void **state)
{
    struct zip zip = {0};
    struct buf out = {0};
    (void)state;
    book_make(&zip, NULL);
    zip_part(&zip, "xl/worksheets/sheet1.xml", SHEET(HEAD), strlen(SHEET(HEAD)), false, strlen(SHEET(HEAD)), 0);
    zip_end(&zip);
    char *at = memmem(zip.bytes.bytes, zip.bytes.len, "<t>a</t>", 8);
    assert_non_null(at);
    at[3] = 'c';
    comes(zip.bytes.bytes, zip.bytes.len, &out);
    assert_string_equal(buf_text(&out), "xlsx.broken");
    buf_free(&out);
    buf_free(&zip.bytes);
}

/* ---- Bounds */

/* A part that inflates beyond the bound, honest about it or not; and one that is large only as a number. */
static void bombs_are_bounded(void **state)
{
    size_t     len = (size_t)XLSX_PART_MAX + 1000;
    char      *blanks = malloc(len);
    struct zip zip = {0};
    (void)state;
    assert_non_null(blanks);
    memset(blanks, ' ', len);
    memcpy(blanks, "<worksheet>", 11);
    for (int lies = 0; lies < 2; lies++) {
        book_make(&zip, NULL);
        zip_part(&zip, "xl/worksheets/sheet1.xml", blanks, len, true, lies ? 100 : len, 0);
        assert_true(zip.bytes.len < 200000);
        zip_end(&zip);
        struct buf out = {0};
        comes(zip.bytes.bytes, zip.bytes.len, &out);
        assert_string_equal(buf_text(&out), lies ? "xlsx.broken" : "xlsx.large");
        buf_free(&out);
        buf_free(&zip.bytes);
        zip = (struct zip){.count = 0};
    }
    free(blanks);
}

/* One long string in each cell: a small file, a huge table. */
static void shared_strings_do_not_multiply(void **state)
{
    struct buf strings = {0}, sheet = {0};
    struct zip zip = {0};
    (void)state;
    buf_str(&strings, "<sst><si><t>");
    for (int i = 0; i < 16000; i++) buf_char(&strings, 'x');
    buf_str(&strings, "</t></si></sst>");
    buf_str(&sheet, "<worksheet><sheetData>");
    for (int i = 0; i < 4000; i++) buf_str(&sheet, "<row><c t=\"s\"><v>0</v></c></row>");
    buf_str(&sheet, "</sheetData></worksheet>");
    zip_text(&zip, "xl/workbook.xml", BOOK);
    zip_text(&zip, "xl/_rels/workbook.xml.rels", BOOK_RELATIONS);
    zip_text(&zip, "xl/sharedStrings.xml", buf_text(&strings));
    zip_text(&zip, "xl/worksheets/sheet1.xml", buf_text(&sheet));
    wanted_of(&zip, "csv.large");
    buf_free(&strings);
    buf_free(&sheet);
}

/* Each merged range is looked at, however many there are: the last of them hides whose the value is. */
static void no_merged_range_is_passed_over(void **state)
{
    struct buf sheet = {0};
    struct zip zip = {0};
    (void)state;
    buf_str(&sheet,
            "<worksheet><sheetData>" HEAD "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row></sheetData><mergeCells>");
    for (int i = 0; i < 2000; i++) buf_fmt(&sheet, "<mergeCell ref=\"A%d:C%d\"/>", i + 10, i + 10);
    buf_str(&sheet, "<mergeCell ref=\"A2:A3\"/></mergeCells></worksheet>");
    book_make(&zip, buf_text(&sheet));
    wanted_of(&zip, "xlsx.merged");
    buf_free(&sheet);
}

static void depth_is_bounded(void **state)
{
    struct buf sheet = {0};
    struct zip zip = {0};
    (void)state;
    for (int i = 0; i <= XLSX_DEPTH_MAX; i++) buf_str(&sheet, "<a>");
    for (int i = 0; i <= XLSX_DEPTH_MAX; i++) buf_str(&sheet, "</a>");
    book_make(&zip, buf_text(&sheet));
    wanted_of(&zip, "xlsx.broken");
    buf_free(&sheet);
}

/* ---- Formats of numbers */

struct format {
    const char      *name;
    enum xlsx_format format;
};
static const struct format FORMATS[] = {
    {"General",                            XLSX_PLAIN},
    {"G/通用格式",                     XLSX_PLAIN},
    {"0.00",                               XLSX_PLAIN},
    {"#,##0.00\"d\"",                      XLSX_PLAIN},
    {"[Magenta]0",                         XLSX_PLAIN},
    {"[Red]0.00",                          XLSX_PLAIN},
    {"_-* #,##0_-;\\-* #,##0_-",           XLSX_PLAIN},
    {"0;yyyy",                             XLSX_PLAIN},
    {"\"unclosed y",                       XLSX_PLAIN},
    {"",                                   XLSX_PLAIN},
    {"yyyy-mm-dd",                         XLSX_DATE },
    {"m/d/yy h:mm",                        XLSX_DATE },
    {"[$-804]yyyy\"年\"m\"月\"d\"日\"", XLSX_DATE },
    {"mmm",                                XLSX_DATE },
    {"[h]:mm",                             XLSX_CLOCK},
    {"h:mm AM/PM",                         XLSX_CLOCK},
    {"mm:ss",                              XLSX_CLOCK},
    {"上午/下午h\"时\"mm\"分\"",     XLSX_CLOCK},
};

static void formats_are_told_apart(void **state)
{
    const struct format *row = *state;
    assert_int_equal(xlsx_format_read(row->name), row->format);
}

#define TEST(rows, function) rows_add(rows, #function, function, NULL)

int main(int argc, char **argv)
{
    static struct rows all;
    ROWS_ADD(&all, sheets_are_read, SHEETS);
    ROWS_ADD(&all, formats_are_told_apart, FORMATS);
    TEST(&all, what_is_no_workbook);
    TEST(&all, hidden_sheets_are_passed_over);
    TEST(&all, damage_is_seen);
    TEST(&all, bombs_are_bounded);
    TEST(&all, shared_strings_do_not_multiply);
    TEST(&all, depth_is_bounded);
    TEST(&all, no_merged_range_is_passed_over);
    return rows_run(&all, argc, argv);
}
