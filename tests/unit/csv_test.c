/* csv_test.c - tables as people's spreadsheets write them, and what is refused with its line.
 * links: core */
#include <string.h>

#include "core/csv.h"
#include "core/grid.h"
#include "tests/unit/rows.h"

static const struct table {
    const char *name;
    const char *file;
    const char *rows; /* behind "dry_run":false; NULL: refused */
    const char *says;
    int         line;
} tables[] = {
    {"plain",                          "a,b\n1,2\n3,4\n",                          ",\"columns\":[\"a\",\"b\"],\"rows\":[[2,\"1\",\"2\"],[3,\"3\",\"4\"]]}", NULL,          0},
    {"no line end at the end",         "a,b\n1,2",                                 ",\"columns\":[\"a\",\"b\"],\"rows\":[[2,\"1\",\"2\"]]}",                 NULL,          0},
    {"no rows",                        "a,b\n",                                    ",\"columns\":[\"a\",\"b\"],\"rows\":[]}",                                NULL,          0},
    {"windows",                        "a,b\r\n1,2\r\n",                           ",\"columns\":[\"a\",\"b\"],\"rows\":[[2,\"1\",\"2\"]]}",                 NULL,          0},
    {"old mac",                        "a,b\r1,2\r3,4",                            ",\"columns\":[\"a\",\"b\"],\"rows\":[[2,\"1\",\"2\"],[3,\"3\",\"4\"]]}", NULL,          0},
    {"a mark",
     "\xEF\xBB\xBF"
     "a\n1\n",                                                                     ",\"columns\":[\"a\"],\"rows\":[[2,\"1\"]]}",                             NULL,          0},
    {"semicolons",                     "a;b;c\n1;2,5;3\n",                         ",\"columns\":[\"a\",\"b\",\"c\"],\"rows\":[[2,\"1\",\"2,5\",\"3\"]]}",   NULL,          0},
    {"quoted marks count for nothing", "\"a;b;c\",d\n1,2\n",
     ",\"columns\":[\"a;b;c\",\"d\"],\"rows\":[[2,\"1\",\"2\"]]}",                                                                                           NULL,          0},
    {"tabs",                           "a\tb\tc\n1\t2,5\t3\n",                     ",\"columns\":[\"a\",\"b\",\"c\"],\"rows\":[[2,\"1\",\"2,5\",\"3\"]]}",   NULL,          0},
    {"quoted",                         "a,b\n\"x,\"\"y\"\"\",\"2\n3\"\n4,5\n",
     ",\"columns\":[\"a\",\"b\"],\"rows\":[[2,\"x,\\\"y\\\"\",\"2\\n3\"],[4,\"4\",\"5\"]]}",                                                                 NULL,          0},
    {"blanks around",                  "a , b\n 1 ,2  \n",                         ",\"columns\":[\"a\",\"b\"],\"rows\":[[2,\"1\",\"2\"]]}",                 NULL,          0},
    {"empty rows",                     "\n\na,b\n\n,\n1,2\n\n",                    ",\"columns\":[\"a\",\"b\"],\"rows\":[[6,\"1\",\"2\"]]}",                 NULL,          0},
    {"a short row",                    "a,b\n1\n",                                 ",\"columns\":[\"a\",\"b\"],\"rows\":[[2,\"1\"]]}",                       NULL,          0},
    {"empty cells behind",             "a,b\n1,2,,\n",                             ",\"columns\":[\"a\",\"b\"],\"rows\":[[2,\"1\",\"2\"]]}",                 NULL,          0},
    {"chinese",                        "\xE5\xB7\xA5\xE5\x8F\xB7\n\xE6\x9D\x8E\n",
     ",\"columns\":[\"\xE5\xB7\xA5\xE5\x8F\xB7\"],\"rows\":[[2,\"\xE6\x9D\x8E\"]]}",                                                                         NULL,          0},
    {"as windows writes it",           "\xB9\xA4\xBA\xC5\n\xC0\xEE\n",
     ",\"columns\":[\"\xE5\xB7\xA5\xE5\x8F\xB7\"],\"rows\":[[2,\"\xE6\x9D\x8E\"]]}",                                                                         NULL,          0},
    {"markup and formulas stay text",  "a\n=1+1\n<b>\n",                           ",\"columns\":[\"a\"],\"rows\":[[2,\"=1+1\"],[3,\"<b>\"]]}",
     NULL,                                                                                                                                                                  0},
    {"refused: empty",                 "",                                         NULL,                                                                     "csv.empty",   0},
    {"refused: blank",                 " \n\n",                                    NULL,                                                                     "csv.empty",   0},
    {"refused: a cell too many",       "a,b\n1,2\n1,2,3\n",                        NULL,                                                                     "csv.columns", 3},
    {"refused: an open quote",         "a,b\n1,\"2\n3,4\n",                        NULL,                                                                     "csv.quote",   2},
    {"refused: a quote inside",        "a,b\n1,2\"3\"\n",                          NULL,                                                                     "csv.quote",   2},
    {"refused: no writing",            "a\n\xFF\xFF\xFF\n",                        NULL,                                                                     "csv.writing", 0},
};

static void table_case(void **state)
{
    const struct table *row = *state;
    struct buf          body = {0};
    struct err          err = {0};
    bool                is_read = csv_import("k", row->file, strlen(row->file), false, &body, &err);
    assert_int_equal(is_read, row->rows != NULL);
    if (is_read) {
        static const char head[] = "{\"kind\":\"k\",\"dry_run\":false";
        assert_memory_equal(buf_text(&body), head, sizeof head - 1);
        assert_string_equal(body.bytes + sizeof head - 1, row->rows);
    } else {
        assert_string_equal(err.say.id, row->says);
        if (row->line != 0) assert_int_equal(err.say.args[0].number, row->line);
    }
    buf_free(&body);
}

static void refused(const char *file, size_t len, const char *says, int line)
{
    struct buf body = {0};
    struct err err = {0};
    assert_false(csv_import("k", file, len, true, &body, &err));
    assert_string_equal(err.say.id, says);
    if (line != 0) assert_int_equal(err.say.args[0].number, line);
    buf_free(&body);
}

static void limits(void **state)
{
    struct buf file = {0};
    (void)state;
    refused("a\n1\0\n", 5, "csv.nul", 2);
    for (int i = 0; i < GRID_COLUMNS_MAX + 1; i++) buf_str(&file, "c,");
    buf_str(&file, "c\n");
    refused(file.bytes, file.len, "csv.columns", 1);
    buf_clear(&file);
    buf_str(&file, "a\n");
    for (int i = 0; i < GRID_CELL_MAX + 1; i++) buf_char(&file, 'x');
    refused(file.bytes, file.len, "csv.cell", 2);
    buf_clear(&file);
    buf_str(&file, "a\n");
    for (int i = 0; i < GRID_ROWS_MAX + 1; i++) buf_str(&file, "1\n");
    refused(file.bytes, file.len, "csv.rows", 0);
    buf_free(&file);
}

static void utf_16(void **state)
{
    static const char file[] = "\xFF\xFE"
                               "a\0\n\0N\x67\n";
    struct buf        body = {0};
    struct err        err = {0};
    (void)state;
    assert_true(csv_import("k", file, sizeof file, true, &body, &err));
    assert_string_equal(buf_text(&body),
                        "{\"kind\":\"k\",\"dry_run\":true,\"columns\":[\"a\"],\"rows\":[[2,\"\xE6\x9D\x8E\"]]}");
    buf_free(&body);
}

int main(int argc, char **argv)
{
    static struct rows rows;
    ROWS_ADD(&rows, table_case, tables);
    rows_add(&rows, "limits", limits, NULL);
    rows_add(&rows, "utf_16", utf_16, NULL);
    return rows_run(&rows, argc, argv);
}
