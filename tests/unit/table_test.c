/* table_test.c - tables on paper: pages, widths, sums, texts that are too long or that no font has.
 * links: labels core */
#include "labels/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/rows.h"

static struct err   err;
static struct type *type;

struct table_shape {
    const char *name;
    size_t      rows, columns;
    const char *text; /* of every third column; else numbers */
    bool        has_signs;
    float       width; /* of the page expected */
    size_t      pages_least, pages_most;
};
static const struct table_shape SHAPES[] = {
    {"nothing",                 0,    3,  "门",                                                                                                         true,  210, 1,   1  },
    {"one",                     1,    3,  "门",                                                                                                         true,  210, 1,   1  },
    {"a page less one",         43,   3,  "门",                                                                                                         false, 210, 1,   2  },
    {"some pages",              200,  4,  "钢质防火门",                                                                                             true,  210, 4,   6  },
    {"wide",                    60,   14, "东风门业经销部",                                                                                       true,  297, 2,   4  },
    {"wider",                   60,   30, "东风门业经销部",                                                                                       false, 420, 2,   9  },
    {"as many as there may be", 20,   40, "x",                                                                                                           false, 420, 1,   2  },
    {"five thousand",           5000, 3,  "门",                                                                                                         false, 210, 100, 140},
    {"long texts",              30,   3,
     "备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注"
     "备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注"
     "备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注备注",
     true,                                                                                                                                                      210, 3,   4  },
};

struct made {
    struct paper        paper;
    struct table        table;
    struct buf          texts;
    const char        **cells, *sums[TABLE_COLUMNS_MAX];
    struct table_column columns[TABLE_COLUMNS_MAX];
    char                heads[TABLE_COLUMNS_MAX][24];
};

static struct made *made_of(const struct table_shape *shape)
{
    struct made *made = calloc(1, sizeof *made);
    assert_non_null(made);
    made->cells = calloc(shape->rows * shape->columns + 1, sizeof *made->cells);
    for (size_t i = 0; i < shape->columns; i++) {
        bool is_text = i % 3 == 1;
        snprintf(made->heads[i], sizeof made->heads[i], "H%zu", i);
        made->columns[i] = (struct table_column){made->heads[i], is_text ? SIDE_LEFT : SIDE_RIGHT, !is_text};
        made->sums[i] = i == 0 ? "合计" : "";
        for (size_t row = 0; row < shape->rows; row++)
            made->cells[row * shape->columns + i] = is_text ? shape->text : "1,234.56";
    }
    made->table = (struct table){.title = "月计件工资明细表",
                                 .factory = "好门门业",
                                 .about = "2027-01-01 – 2027-01-31",
                                 .made = "刘洋 2027-02-03 10:00",
                                 .column_count = shape->columns,
                                 .row_count = shape->rows,
                                 .columns = made->columns,
                                 .cells = made->cells,
                                 .sums = shape->rows > 0 ? made->sums : NULL,
                                 .has_signs = shape->has_signs};
    paper_begin(&made->paper, type, LANG_ZH);
    table_put(&made->paper, &made->table);
    return made;
}

static void made_free(struct made *made)
{
    paper_free(&made->paper);
    free(made->cells);
    free(made);
}

static size_t count_of(const struct made *made, size_t page, const char *text)
{
    size_t            count, found = 0;
    const struct box *boxes = paper_boxes(&made->paper, page, &count);
    for (size_t i = 0; i < count; i++)
        found += boxes[i].kind == BOX_TEXT && strcmp(paper_box_text(&made->paper, &boxes[i]), text) == 0;
    return found;
}

/* Every figure is there, on pages that hold them; headings and page number on each, sums once, not alone. */
static void every_row_is_on_a_page(void **state)
{
    const struct table_shape *shape = *state;
    struct made              *made = made_of(shape);
    size_t                    figures = 0, pages = made->paper.page_count, numbers = 0;
    for (size_t i = 0; i < shape->columns; i++) numbers += i % 3 != 1;
    assert_true(paper_end(&made->paper, &err));
    assert_in_range(pages, shape->pages_least, shape->pages_most);
    for (size_t page = 0; page < pages; page++) {
        size_t            count, here = count_of(made, page, "1,234.56");
        const struct box *boxes = paper_boxes(&made->paper, page, &count);
        char              of[64];
        snprintf(of, sizeof of, "第 %zu/%zu 页", page + 1, pages);
        assert_int_equal(count_of(made, page, of), 1);
        assert_int_equal(count_of(made, page, "H0"), 1);
        assert_int_equal((int)made->paper.pages[page].width, (int)shape->width);
        assert_int_equal(count_of(made, page, "合计"), shape->rows > 0 && page + 1 == pages);
        assert_true(here > 0 || shape->rows == 0);
        figures += here;
        for (size_t i = 0; i < count; i++) {
            assert_true(boxes[i].area.x > 4 && boxes[i].area.x + boxes[i].area.w < made->paper.pages[page].width - 4);
            assert_true(boxes[i].area.y > 4 && boxes[i].area.y < made->paper.pages[page].height - 4);
        }
    }
    assert_int_equal(figures, shape->rows * numbers);
    made_free(made);
}

static const struct table_shape LONG = {"", 2, 3, "", false, 210, 1, 1};

/* What fits into no five lines ends in the sign for it; what no font has is a square, and counted. */
static void nothing_is_lost_in_silence(void **state)
{
    (void)state;
    struct table_shape shape = LONG;
    char               text[4000] = "";
    size_t             count, cut = 0, squares = 0;
    for (int i = 0; i < 300; i++) strcat(text, "长");
    shape.text = text;
    struct made      *made = made_of(&shape);
    const struct box *boxes = paper_boxes(&made->paper, 0, &count);
    assert_true(paper_end(&made->paper, &err));
    for (size_t i = 0; i < count; i++)
        cut += boxes[i].kind == BOX_TEXT && strstr(paper_box_text(&made->paper, &boxes[i]), "…") != NULL;
    assert_int_equal(cut, 2);
    made_free(made);
    shape.text = "a\nb\t\x01"
                 "c 𠮷 ابج";
    made = made_of(&shape);
    boxes = paper_boxes(&made->paper, 0, &count);
    assert_true(paper_end(&made->paper, &err));
    for (size_t i = 0; i < count; i++) {
        if (boxes[i].kind != BOX_TEXT) continue;
        const char *words = paper_box_text(&made->paper, &boxes[i]);
        squares += strstr(words, "a b  c 𠮷 □□□") != NULL;
        if (strstr(words, "6") != NULL && strstr(words, "□") != NULL) squares += 100;
    }
    assert_int_equal(squares, 102);
    made_free(made);
}

/* A heading takes two lines, but no word of it is broken, and a paper without rows says that there are none. */
static void headings_keep_their_words(void **state)
{
    static const char *const HEADS[] = {"Undecided", "Worth shipped (yuan)", "Operation at fault"};
    static const char *const WORDS[] = {"Undecided", "(yuan)", "Operation"};
    (void)state;
    struct table_column columns[3];
    const char         *cells[3] = {"0", "1", "x"};
    for (size_t i = 0; i < 3; i++) columns[i] = (struct table_column){HEADS[i], SIDE_RIGHT, i < 2};
    for (size_t rows = 0; rows < 2; rows++) {
        struct table table = {.title = "质量",
                              .factory = "",
                              .about = "",
                              .made = "",
                              .column_count = 3,
                              .row_count = rows,
                              .columns = columns,
                              .cells = cells};
        struct paper paper;
        size_t       count, found = 0, none = 0;
        paper_begin(&paper, type, LANG_EN);
        table_put(&paper, &table);
        assert_true(paper_end(&paper, &err));
        const struct box *boxes = paper_boxes(&paper, 0, &count);
        for (size_t i = 0; i < count; i++) {
            if (boxes[i].kind != BOX_TEXT) continue;
            const char *text = paper_box_text(&paper, &boxes[i]);
            for (size_t k = 0; k < 3; k++) found += strstr(text, WORDS[k]) != NULL;
            none += strcmp(text, text_of(LANG_EN, "labels.table.none")) == 0;
        }
        assert_int_equal(found, 3);
        assert_int_equal(none, rows == 0);
        paper_free(&paper);
    }
}

int main(int argc, char **argv)
{
    static struct rows tests;
    ROWS_ADD(&tests, every_row_is_on_a_page, SHAPES);
    rows_add(&tests, "nothing is lost in silence", nothing_is_lost_in_silence, NULL);
    rows_add(&tests, "headings keep their words", headings_keep_their_words, NULL);
    if (!type_open(&type, &err)) return 1;
    int failed = rows_run(&tests, argc, argv);
    type_close(type);
    return failed;
}
