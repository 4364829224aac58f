/* people.c - who did it: server/books/people.h. */
#include "server/books/people.h"

#include <stdlib.h>

#include "core/array.h"

static bool persons_read(struct people *people, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    bool            row, is_new;
    if (!db_prepare(db, SQL("SELECT number, left_day, open_key IS NOT NULL FROM worker"), &stmt, err)) return false;
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        people->persons =
            array_more(people->persons, people->person_count, &people->person_cap, sizeof *people->persons);
        people->persons[people->person_count] = (struct person){
            .number = (int32_t)db_int(stmt, 0),
            .left_day = db_is_null(stmt, 1) ? INT32_MAX : (int32_t)db_int(stmt, 1),
            .has_key = db_int(stmt, 2) != 0,
        };
        *map_put(&people->by_number, (uint64_t)db_int(stmt, 0), 0, &is_new) = (int64_t)people->person_count++;
    }
}

static bool badges_read(struct people *people, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    bool            row, is_new;
    if (!db_prepare(db, SQL("SELECT badge, worker, revoked_feed FROM badge"), &stmt, err)) return false;
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        people->badges = array_more(people->badges, people->badge_count, &people->badge_cap, sizeof *people->badges);
        people->badges[people->badge_count] = (struct badge){
            .worker = (int32_t)db_int(stmt, 1),
            .revoked_feed = db_is_null(stmt, 2) ? INT64_MAX : db_int(stmt, 2),
        };
        *map_put(&people->by_badge, (uint64_t)db_int(stmt, 0), 0, &is_new) = (int64_t)people->badge_count++;
    }
}

static bool binds_read(struct people *people, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT badge, day, worker FROM bind"), &stmt, err)) return false;
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        people_bind(people, db_int(stmt, 0), (int32_t)db_int(stmt, 1), (int32_t)db_int(stmt, 2));
    }
}

void people_bind(struct people *people, int64_t badge, int32_t day, int32_t worker)
{
    bool is_new;
    *map_put(&people->binds, (uint64_t)badge, (uint64_t)(int64_t)day, &is_new) = worker;
}

bool people_read(struct people *people, struct db *db, struct err *err)
{
    if (people->is_read) return true;
    people_forget(people);
    if (!persons_read(people, db, err) || !badges_read(people, db, err) || !binds_read(people, db, err)) return false;
    people->is_read = true;
    return true;
}

void people_forget(struct people *people)
{
    people->is_read = false;
    people->person_count = people->badge_count = 0;
    map_clear(&people->by_number);
    map_clear(&people->by_badge);
    map_clear(&people->binds);
}

void people_free(struct people *people)
{
    free(people->persons);
    free(people->badges);
    map_free(&people->by_number);
    map_free(&people->by_badge);
    map_free(&people->binds);
}

const struct person *people_person(const struct people *people, int32_t number)
{
    const int64_t *place = map_find(&people->by_number, (uint64_t)number, 0);
    return place == NULL ? NULL : &people->persons[*place];
}

static const struct badge *badge_of(const struct people *people, int64_t badge)
{
    const int64_t *place = map_find(&people->by_badge, (uint64_t)badge, 0);
    return place == NULL ? NULL : &people->badges[*place];
}

/* Whom a badge means: its own worker; of one that nobody has, whom a supervisor bound to it for that day. NULL: nobody
 * known. */
static const struct person *person_of(const struct people *people, const struct event_worker *said,
                                      const struct badge *badge, int32_t day)
{
    if (said->badge == 0) return people_person(people, said->number);
    if (badge != NULL) return people_person(people, badge->worker);
    const int64_t *bound = map_find(&people->binds, (uint64_t)said->badge, (uint64_t)(int64_t)day);
    return bound == NULL ? NULL : people_person(people, (int32_t)*bound);
}

struct doers people_doers(const struct people *people, const struct event *event, int64_t seen_feed, int32_t day)
{
    struct doers doers = {.count = event->worker_count};
    for (int i = 0; i < event->worker_count; i++) {
        const struct event_worker *said = &event->workers[i];
        const struct badge        *badge = said->badge == 0 ? NULL : badge_of(people, said->badge);
        const struct person       *person = person_of(people, said, badge, day);
        if (said->badge != 0 && badge == NULL && person == NULL) doers.is_revoked = true;
        if (badge != NULL && seen_feed >= badge->revoked_feed) doers.is_revoked = true;
        if (person != NULL && day > person->left_day) doers.is_revoked = true;
        if (event->kind == EVENT_BIND && badge != NULL && said->number != 0 && badge->worker != said->number)
            doers.is_taken = true;
        if (person == NULL)
            doers.has_unnamed = true;
        else
            doers.workers[i] = person->number;
    }
    return doers;
}
