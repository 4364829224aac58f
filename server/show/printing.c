/* printing.c - what papers of the office share: server/show/printing.h. */
#include "server/show/printing.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"

static atomic_flag is_printing = ATOMIC_FLAG_INIT;

bool printing_begin(struct visit *visit)
{
    if (!atomic_flag_test_and_set(&is_printing)) return true;
    visit_refuse(visit, 503, SAY("paper.busy"));
    return false;
}

void printing_end(void)
{
    atomic_flag_clear(&is_printing);
}

void texts_free(struct texts *texts)
{
    for (size_t i = 0; i < texts->count; i++) free(texts->all[i]);
    free(texts->all);
}

const char *text_keep(struct texts *texts, const char *text, size_t len)
{
    char *copy = strndup(text, len);
    if (copy == NULL) abort(); /* as core/buf.h */
    texts->all = array_more(texts->all, texts->count, &texts->room, sizeof *texts->all);
    texts->all[texts->count++] = copy;
    return copy;
}

static struct list_cell cell_at(struct list_reading *reading, const char *key)
{
    struct list_cell cell;
    size_t           i = 0;
    while (strcmp(reading->list->columns[i].key, key) != 0) {
        i++;
        assert(reading->list->columns[i].key != NULL);
    }
    list_cell(reading, i, &cell);
    return cell;
}

int64_t row_number(struct list_reading *reading, const char *key)
{
    struct list_cell cell = cell_at(reading, key);
    return cell.kind == DB_INT ? cell.number : 0;
}

const char *row_text(struct list_reading *reading, const char *key, struct texts *texts)
{
    struct list_cell cell = cell_at(reading, key);
    if (cell.kind != DB_TEXT) return "";
    return text_keep(texts, cell.text, cell.len);
}

void printing_answer(struct visit *visit, bool is_made, struct buf *pdf, const struct err *err)
{
    if (!is_made) {
        buf_free(pdf);
        visit_fail(visit, err);
        return;
    }
    http_answer_header(visit->request, "Content-Disposition", "inline");
    visit_bytes(visit, "application/pdf", pdf);
}
