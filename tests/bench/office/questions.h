/* questions.h - what the office asks all day, by running number: the lists of an order's page, texts typed letter by letter
 * into the search, months. The server is asked over HTTP, its rooms in process, the peer over its socket: the same ones. */
#ifndef TESTS_BENCH_OFFICE_QUESTIONS_H
#define TESTS_BENCH_OFFICE_QUESTIONS_H

#include "server/ask/list.h"

/* A list with at most two parameters; value "" : none. In values and in the answer of question_path(), ids are of the order. */
struct page_list {
    const char *name;
    enum { OF_NOTHING, OF_ORDER, OF_SPAN /* lines from -01 to -99 */, OF_ORDERS /* from it to it */ } of;
    int most;
};
extern const struct page_list PAGE_LISTS[]; /* all that the page of an order asks; ends with name NULL */

enum { QUESTION_ROOM = 400, SEARCH_TEXTS = 25 };

/* Order n of `orders`, as people write it. */
void question_order(int64_t n, int64_t orders, char id[LINE_REF_TEXT]);

/* The ask of a page's list; its values live in room. */
struct list_ask question_ask(const struct page_list *page, const char *id, int64_t now_ms,
                             char room[2][LINE_REF_TEXT + 4]);

/* The same as a path of the server. */
void question_path(const struct page_list *page, const char *id, char path[QUESTION_ROOM]);

/* Text n of SEARCH_TEXTS as it stands whole: numbers, customers, phones, products, initials in turn. */
void question_text(int64_t n, int64_t orders, char text[80]);

/* The next letter is typed: bytes of text up to which it stands then; 0 = it stood whole. */
size_t question_typed(const char *text, size_t typed);

#endif
