/* questions.c - what the office asks all day: tests/bench/office/questions.h. */
#include "tests/bench/office/questions.h"

#include <stdio.h>
#include <string.h>

#include "core/utf8.h"
#include "server/books/initials.h"
#include "tests/bench/bench.h"
#include "tests/bench/fill/names.h"

/* As assets/office/order.js and the parts that it shows ask them. */
const struct page_list PAGE_LISTS[] = {
    {"lines",     OF_ORDER,   300 },
    {"orders",    OF_ORDERS,  300 },
    {"progress",  OF_SPAN,    2000},
    {"sheet-due", OF_ORDER,   2000},
    {"op-last",   OF_ORDER,   2000},
    {"head",      OF_ORDER,   300 },
    {"specs",     OF_ORDER,   200 },
    {"questions", OF_ORDER,   300 },
    {"quotes",    OF_ORDER,   300 },
    {"drafts",    OF_ORDER,   300 },
    {"reviews",   OF_ORDER,   500 },
    {"enquiries", OF_ORDER,   200 },
    {"remakes",   OF_ORDER,   200 },
    {"batches",   OF_ORDER,   200 },
    {"lights",    OF_ORDERS,  1   },
    {"people",    OF_NOTHING, 500 },
    {"workers",   OF_NOTHING, 2000},
    {"products",  OF_NOTHING, 2000},
    {"attached",  OF_ORDER,   200 },
    {"gates",     OF_ORDERS,  1   },
    {"spreads",   OF_ORDER,   500 },
    {"covers",    OF_ORDER,   100 },
    {"unpaid",    OF_ORDER,   100 },
    {NULL,        OF_NOTHING, 0   }
};

void question_order(int64_t n, int64_t orders, char id[LINE_REF_TEXT])
{
    struct line_ref ref = bench_line(n * 7919 % orders * BENCH_LINES_AN_ORDER);
    ref.line = 0;
    line_ref_write(ref, id);
}

static int value_at(const struct list *list, const char *name)
{
    for (int i = 0; i < LIST_PARAMS_MAX && list->params[i].name != NULL; i++)
        if (strcmp(list->params[i].name, name) == 0) return i;
    return 0;
}

struct list_ask question_ask(const struct page_list *page, const char *id, int64_t now_ms,
                             char room[2][LINE_REF_TEXT + 4])
{
    struct list_ask ask = {.list = list_find(page->name), .rule = day_rule_default(), .now_ms = now_ms};
    snprintf(room[0], sizeof room[0], page->of == OF_SPAN ? "%s-01" : "%s", id);
    snprintf(room[1], sizeof room[1], page->of == OF_SPAN ? "%s-99" : "%s", id);
    if (page->of == OF_ORDER) ask.values[value_at(ask.list, "order")] = room[0];
    if (page->of == OF_SPAN || page->of == OF_ORDERS) {
        ask.values[value_at(ask.list, "from")] = room[0];
        ask.values[value_at(ask.list, "to")] = room[1];
    }
    return ask;
}

void question_path(const struct page_list *page, const char *id, char path[QUESTION_ROOM])
{
    int len = snprintf(path, QUESTION_ROOM, "/api/list/%s?limit=%d", page->name, page->most);
    if (page->of == OF_ORDER) snprintf(path + len, QUESTION_ROOM - (size_t)len, "&order=%s", id);
    if (page->of == OF_ORDERS) snprintf(path + len, QUESTION_ROOM - (size_t)len, "&from=%s&to=%s", id, id);
    if (page->of == OF_SPAN) snprintf(path + len, QUESTION_ROOM - (size_t)len, "&from=%s-01&to=%s-99", id, id);
}

void question_text(int64_t n, int64_t orders, char text[80])
{
    struct buf usual = {0}, other = {0};
    char       name[80];
    switch (n % 5) {
    case 0: question_order(n * 31, orders, text); break;
    case 1: bench_customer_name(n * 37 % BENCH_CUSTOMERS, text); break;
    case 2:
        bench_customer_phone(n * 41 % BENCH_CUSTOMERS, name);
        snprintf(text, 80, "%s", name + 3);
        break;
    case 3: bench_product_name(n % BENCH_PRODUCTS, text); break;
    default:
        bench_customer_name(n * 43 % BENCH_CUSTOMERS, name);
        initials_write(name, &usual, &other);
        snprintf(text, 80, "%s", buf_text(&usual));
    }
    buf_free(&usual);
    buf_free(&other);
}

size_t question_typed(const char *text, size_t typed)
{
    size_t len = strlen(text);
    return typed == len ? 0 : typed + utf8_len(text + typed, len - typed);
}
