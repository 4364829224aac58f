/* cursor_fuzz.c - any text as the cursor and the parameters of any list: refused in words, or asked of the books, which have
 * nothing. The first byte says which list; a NUL parts the texts.
 * links: server_ask server_books server_judge core */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/embed.h"
#include "server/ask/list.h"
#include "tests/unit/folder.h"

#define NOW INT64_C(1796000000000)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static struct db *db;

static void leave(void)
{
    db_close(db);
    folder_end();
}

static void start(void)
{
    struct err err;
    bool       is_good = folder_make() == 0 && db_open(folder_path("books.db"), DB_WRITE, NULL, &db, &err) &&
                   db_migrate(db, embed_books_schema, &err);
    assert(is_good);
    (void)is_good;
    atexit(leave);
}

static const struct list *list_of(uint8_t number)
{
    size_t count = 0;
    for (const struct list *const *table = LISTS; *table != NULL; table++)
        for (const struct list *one = *table; one->name != NULL; one++) count++;
    size_t at = number % count;
    for (const struct list *const *table = LISTS;; table++)
        for (const struct list *one = *table; one->name != NULL; one++)
            if (at-- == 0) return one;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    if (db == NULL) start();
    if (len == 0) return 0;
    char *texts = calloc(1, len + 1), *at = texts;
    assert(texts != NULL);
    memcpy(texts, bytes + 1, len - 1);
    struct list_ask ask = {.list = list_of(bytes[0]), .after = texts, .rule = day_rule_default(), .now_ms = NOW};
    for (int i = 0; i < LIST_PARAMS_MAX && ask.list->params[i].name != NULL; i++) {
        at += strlen(at) + (at + strlen(at) < texts + len - 1 ? 1 : 0);
        if (at[0] != 0) ask.values[i] = at;
    }
    struct list_reading reading = {0};
    struct err          err = {0};
    bool                row = false;
    if (list_open(db, &ask, LIST_ROWS_USUAL, &reading, &err)) {
        bool is_read = list_next(&reading, &row, &err);
        assert(is_read);
        (void)is_read;
    } else {
        assert((err.kind == ERR_INPUT || err.kind == ERR_ABSENT) && err.say.id[0] != 0);
    }
    list_close(&reading);
    free(texts);
    return 0;
}
