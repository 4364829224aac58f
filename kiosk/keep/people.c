/* people.c - the workers from whom a supervisor chooses: the list of kiosk/keep/look.h. Takes what is asked, gives a page. */
#include <stdlib.h>

#include "core/initial.h"
#include "kiosk/keep/look.h"
#include "kiosk/keep/row.h"

enum { PEOPLE_MOST = 4096, HERE_ENTRIES = 20000 /* newest ones that tell who works here */ };

/* A worker of the list, before his row is read. */
struct person {
    int32_t number;
    char    letter;
    bool    is_here;
};

/* Who works here stands first, the others by their letter; names without one last. */
static int person_order(const void *left, const void *right)
{
    const struct person *a = left, *b = right;
    int                  x = a->letter != 0 ? a->letter : 'Z' + 1, y = b->letter != 0 ? b->letter : 'Z' + 1;
    if (a->is_here != b->is_here) return a->is_here ? -1 : 1;
    if (x != y) return x < y ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

static bool persons_read(struct db *db, const struct people_ask *ask, struct person *persons, int *count,
                         struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT number, name, CASE WHEN number IN (SELECT DISTINCT worker FROM entry_worker"
                        " WHERE n > (SELECT coalesce(max(n), 0) FROM entry) - $1) THEN 1 ELSE 0 END"
                        " FROM worker WHERE has_left = 0 AND ($2 = '' OR crew = $2)"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, HERE_ENTRIES);
    db_bind_text(stmt, 2, ask->crew);
    for (*count = 0;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        struct person person = {(int32_t)db_int(stmt, 0), initial_of(db_text(stmt, 1)), db_int(stmt, 2) != 0};
        if (ask->group != 0 && initial_group_of(person.letter) != ask->group) continue;
        if (*count == PEOPLE_MOST) break;
        persons[(*count)++] = person;
    }
    db_reset(stmt);
    return true;
}

static bool person_read(struct db *db, int32_t number, struct found_worker *worker, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    *worker = (struct found_worker){.number = number};
    if (!db_prepare(db, SQL("SELECT name, sign, colour, crew, is_supervisor FROM worker WHERE number = $1"), &stmt,
                            err))
        return false;
    db_bind_int(stmt, 1, number);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    worker->is_known = true;
    row_text(stmt, 0, worker->name, sizeof worker->name);
    worker->sign = (int)db_int(stmt, 1);
    worker->colour = (int)db_int(stmt, 2);
    row_text(stmt, 3, worker->crew, sizeof worker->crew);
    worker->is_supervisor = db_int(stmt, 4) != 0;
    db_reset(stmt);
    return true;
}

static bool crews_read(struct db *db, struct found_people *people, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT id, name FROM crew WHERE id IN (SELECT crew FROM worker WHERE has_left = 0)"
                        " ORDER BY id LIMIT $1"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, FOUND_CREWS_MAX);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        int at = people->crew_count++;
        row_text(stmt, 0, people->crews[at].id, sizeof people->crews[at].id);
        row_text(stmt, 1, people->crews[at].name, sizeof people->crews[at].name);
    }
}

static bool people_find(struct db *db, struct person *persons, struct found_people *people, struct err *err)
{
    int first = people->ask.page * FOUND_PEOPLE_MAX;
    if (!persons_read(db, &people->ask, persons, &people->total, err) || !crews_read(db, people, err)) return false;
    qsort(persons, (size_t)people->total, sizeof *persons, person_order);
    for (int i = first; i < people->total && people->count < FOUND_PEOPLE_MAX; i++)
        if (!person_read(db, persons[i].number, &people->rows[people->count++], err)) return false;
    return true;
}

bool look_workers(struct db *db, const struct people_ask *ask, struct found_people *people, struct err *err)
{
    struct found_people made = {.ask = *ask};
    struct person      *persons = malloc(PEOPLE_MOST * sizeof *persons);
    if (persons == NULL) abort();
    bool is_found = db_begin(db, err);
    if (is_found) {
        is_found = people_find(db, persons, &made, err);
        db_rollback(db);
    }
    free(persons);
    if (is_found) *people = made;
    return is_found;
}

bool look_event(struct db *db, const struct hash *name, struct event *event, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    size_t          len;
    if (!db_prepare(db, SQL("SELECT line FROM event WHERE name = $1"), &stmt, err)) return false;
    db_bind_blob(stmt, 1, name->bytes, sizeof name->bytes);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, SAY("kiosk.entry_gone"));
    const char *line = db_blob(stmt, 0, &len);
    bool        is_read = event_read(line, len, event, err);
    db_reset(stmt);
    return is_read;
}
