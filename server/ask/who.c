/* who.c - full names of those who log in: server/ask/who.h. */
#include "server/ask/who.h"

#include <stdlib.h>
#include <string.h>

#include "core/json.h"

struct user {
    char *name, *full;
    bool  has_occurred;
};

struct list_people {
    size_t       count, cap;
    struct user *users; /* by name */
};

static char *text_copy(const char *text)
{
    char *copy = strdup(text);
    if (copy == NULL) abort(); /* as core/buf.h */
    return copy;
}

static void user_add(struct list_people *people, const char *name, const char *full)
{
    if (people->count == people->cap) {
        people->cap = people->cap == 0 ? 32 : people->cap * 2;
        people->users = reallocarray(people->users, people->cap, sizeof *people->users);
        if (people->users == NULL) abort();
    }
    people->users[people->count++] = (struct user){text_copy(name), text_copy(full), false};
}

bool list_people_read(struct db *db, struct list_people **people, struct err *err)
{
    struct list_people *read = calloc(1, sizeof *read);
    struct db_stmt     *stmt;
    bool                row = true;
    if (read == NULL) abort();
    bool is_good =
        db_prepare(db, SQL("SELECT name, \"full\" FROM \"user\" WHERE \"full\" != '' ORDER BY name"), &stmt, err);
    while (is_good && row) {
        is_good = db_step(stmt, &row, err);
        if (is_good && row) user_add(read, db_text(stmt, 0), db_text(stmt, 1));
    }
    if (is_good)
        *people = read;
    else
        list_people_free(read);
    return is_good;
}

void list_people_free(struct list_people *people)
{
    if (people == NULL) return;
    for (size_t i = 0; i < people->count; i++) {
        free(people->users[i].name);
        free(people->users[i].full);
    }
    free(people->users);
    free(people);
}

static struct user *user_find(struct list_people *people, const char *name, size_t len)
{
    size_t low = 0, high = people->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int    way = strncmp(people->users[middle].name, name, len);
        if (way == 0 && people->users[middle].name[len] != 0) way = 1;
        if (way == 0) return &people->users[middle];
        if (way < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* The next of "he,sun"; false at the end. */
static bool name_next(const char **at, const char *end, const char **name, size_t *len)
{
    if (*at >= end) return false;
    const char *comma = memchr(*at, ',', (size_t)(end - *at)), *stop = comma == NULL ? end : comma;
    *name = *at;
    *len = (size_t)(stop - *at);
    *at = comma == NULL ? end : comma + 1;
    return true;
}

void list_who_words(struct list_people *people, enum lang lang, const char *who, size_t len, struct buf *out)
{
    const char *at = who, *end = who + len, *name;
    size_t      size;
    while (name_next(&at, end, &name, &size)) {
        const struct user *user = user_find(people, name, size);
        if (name != who) buf_str(out, text_of(lang, "office.and"));
        if (user != NULL)
            buf_str(out, user->full);
        else if (size == 7 && memcmp(name, "console", 7) == 0)
            buf_str(out, text_of(lang, "office.audit.console"));
        else
            buf_add(out, name, size);
    }
}

void list_who_note(struct list_people *people, const char *who, size_t len)
{
    const char *at = who, *end = who + len, *name;
    size_t      size;
    while (name_next(&at, end, &name, &size)) {
        struct user *user = user_find(people, name, size);
        if (user != NULL) user->has_occurred = true;
    }
}

void list_who_json(const struct list_people *people, struct buf *out)
{
    buf_char(out, '{');
    for (size_t i = 0; i < people->count; i++) {
        if (!people->users[i].has_occurred) continue;
        json_key(out, people->users[i].name);
        json_cstr(out, people->users[i].full);
    }
    buf_char(out, '}');
}
