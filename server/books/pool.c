/* pool.c - crew-shifts whose pay isn't split equally: server/books/pool.h. Takes what was said of crews, gives tables
 * crew_fact and pool_share. */
#include "server/books/pool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "server/books/pool_share.h"

/* ---------------------------------------------------------------------------------------------------- touching */

void pools_clear(struct pools *pools)
{
    pools->count = 0;
}

void pools_free(struct pools *pools)
{
    free(pools->keys);
    *pools = (struct pools){0};
}

static bool key_equal(const struct pool_key *a, const struct pool_key *b)
{
    return a->day == b->day && strcmp(a->crew, b->crew) == 0 && strcmp(a->shift, b->shift) == 0;
}

static void pool_touch(struct pools *pools, const struct pool_key *key)
{
    for (size_t i = 0; i < pools->count; i++)
        if (key_equal(&pools->keys[i], key)) return;
    pools->keys = array_more(pools->keys, pools->count, &pools->cap, sizeof *pools->keys);
    pools->keys[pools->count++] = *key;
}

/* Columns: crew, day, shift. */
static bool touch_all(struct books *books, struct db_stmt *stmt, struct err *err)
{
    bool row;
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        struct pool_key key = pool_key_of(db_text(stmt, 0), (int32_t)db_int(stmt, 1), db_text(stmt, 2));
        pool_touch(&books->pools, &key);
    }
}

/* A leave ends a person's time in whatever crew he is in: it may be said when somebody of another crew stands by. */
static bool touch_shift(struct books *books, int32_t day, const char *shift, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("SELECT DISTINCT p.crew, p.day, p.shift FROM crew_split AS s JOIN crew_fact AS p"
                        " ON p.crew = s.crew WHERE p.day = $1 AND p.shift = $2"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, day);
    db_bind_text(stmt, 2, shift);
    return touch_all(books, stmt, err);
}

bool pool_touch_crew(struct books *books, const char *crew, int32_t from_day, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("SELECT DISTINCT crew, day, shift FROM crew_fact WHERE crew = $1 AND day >= $2"),
                                   &stmt, err))
        return false;
    db_bind_text(stmt, 1, crew);
    db_bind_int(stmt, 2, from_day);
    return touch_all(books, stmt, err);
}

static bool fact_write(struct db *db, int64_t number, const struct event *event, int32_t day, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("INSERT INTO crew_fact (crew, day, shift, number, kind, at_ms)"
                        " VALUES ($1, $2, $3, $4, $5, $6)"),
                            &stmt, err))
        return false;
    db_bind_text(stmt, 1, event->crew);
    db_bind_int(stmt, 2, day);
    db_bind_text(stmt, 3, event->shift);
    db_bind_int(stmt, 4, number);
    db_bind_int(stmt, 5, (int64_t)event->kind);
    db_bind_int(stmt, 6, event->wall_ms);
    return db_run(stmt, err);
}

static bool is_roll(const struct event *event)
{
    return event->kind == EVENT_JOIN || event->kind == EVENT_LEAVE;
}

bool pool_note(struct books *books, int64_t number, const struct event *event, int32_t day, struct err *err)
{
    struct pool_key key = pool_key_of(event->crew, day, event->shift);
    if (!is_roll(event) && !pool_is_shared(event)) return true;
    if (!fact_write(books->db, number, event, day, err)) return false;
    if (!is_roll(event)) return true;
    if (event->crew[0] != 0) pool_touch(&books->pools, &key);
    return event->kind != EVENT_LEAVE || touch_shift(books, day, event->shift, err);
}

bool pool_renew(struct books *books, int64_t number, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT crew, day, shift, kind FROM crew_fact WHERE number = $1"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, number);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    struct pool_key key = pool_key_of(db_text(stmt, 0), (int32_t)db_int(stmt, 1), db_text(stmt, 2));
    bool            is_leave = db_int(stmt, 3) == EVENT_LEAVE;
    db_reset(stmt);
    if (key.crew[0] != 0) pool_touch(&books->pools, &key);
    return !is_leave || touch_shift(books, key.day, key.shift, err);
}

/* ---------------------------------------------------------------------------------------------------- reading */

/* What is judged of a crew-shift, in memory. */
struct pool_book {
    struct pool              pool;
    size_t                   mark_cap, coefficient_cap;
    struct pool_mark        *marks;
    struct pool_coefficient *coefficients;
    struct pool_shares       is, was; /* the books' */
    int64_t                  newest;  /* number of the newest fact */
    int64_t                  join;    /* of the newest join of this very crew */
};

static void book_free(struct pool_book *book)
{
    free(book->marks);
    free(book->coefficients);
    pool_shares_free(&book->is);
    pool_shares_free(&book->was);
}

static bool split_read(struct db *db, const char *crew, int32_t day, enum pool_split *split, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT split FROM crew_split WHERE crew = $1 AND from_day <= $2"
                        " ORDER BY from_day DESC LIMIT 1"),
                            &stmt, err))
        return false;
    db_bind_text(stmt, 1, crew);
    db_bind_int(stmt, 2, day);
    if (!db_step(stmt, &row, err)) return false;
    *split = row ? pool_split_of(db_text(stmt, 0)) : POOL_EQUAL;
    if (*split == POOL_SPLITS) *split = POOL_EQUAL;
    db_reset(stmt);
    return true;
}

static bool coefficients_read(struct db *db, const struct pool_key *key, struct pool_book *book, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT worker, from_day, hundredths FROM crew_coefficient WHERE crew = $1"
                        " ORDER BY worker, from_day"),
                            &stmt, err))
        return false;
    db_bind_text(stmt, 1, key->crew);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        size_t *count = &book->pool.coefficient_count;
        book->coefficients = array_more(book->coefficients, *count, &book->coefficient_cap, sizeof *book->coefficients);
        book->coefficients[(*count)++] =
            (struct pool_coefficient){(int32_t)db_int(stmt, 0), (int32_t)db_int(stmt, 1), db_int(stmt, 2)};
    }
    book->pool.coefficients = book->coefficients;
    return true;
}

/* Columns of marks_read(): number, kind, at_ms, kiosk, epoch, seq, worker, badge. */
static void mark_add(struct db_stmt *stmt, struct pool_book *book)
{
    book->marks = array_more(book->marks, book->pool.mark_count, &book->mark_cap, sizeof *book->marks);
    struct pool_mark *mark = &book->marks[book->pool.mark_count++];
    *mark = (struct pool_mark){
        .worker = (int32_t)db_int(stmt, 7),
        .kiosk = (uint64_t)db_int(stmt, 3),
        .epoch = {(uint32_t)db_int(stmt, 4), (uint64_t)db_int(stmt, 5)},
        .seq = db_int(stmt, 6),
        .at_ms = db_int(stmt, 2),
        .is_join = db_int(stmt, 1) == EVENT_JOIN
    };
    if (mark->worker == 0) mark->badge = db_int(stmt, 8);
    if (db_int(stmt, 0) > book->newest) book->newest = db_int(stmt, 0);
    if (mark->is_join && db_int(stmt, 0) > book->join) book->join = db_int(stmt, 0);
}

/* What counts of the joins of this crew, and the leaves of anybody. */
static bool marks_read(struct db *db, const struct pool_key *key, struct pool_book *book, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db,
                    SQL("SELECT c.number, c.kind, c.at_ms, f.kiosk, f.epoch_counter, f.epoch_random, f.seq, w.worker,"
                        " w.badge FROM (SELECT number, kind, at_ms FROM crew_fact WHERE crew = $1 AND day = $2"
                        "   AND shift = $3 AND kind = 6"
                        "  UNION ALL SELECT number, kind, at_ms FROM crew_fact WHERE day = $2 AND shift = $3"
                        "   AND kind = 7) AS c JOIN fact AS f ON f.number = c.number"
                        " JOIN verdict AS v ON v.number = c.number JOIN fact_worker AS w ON w.number = c.number"
                        " WHERE v.kind = 0"),
                        &stmt, err))
        return false;
    db_bind_text(stmt, 1, key->crew);
    db_bind_int(stmt, 2, key->day);
    db_bind_text(stmt, 3, key->shift);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        mark_add(stmt, book);
    }
    book->pool.marks = book->marks;
    return true;
}

/* ---------------------------------------------------------------------------------------------------- judging */

static bool lines_again(struct books *books, const struct pool_key *key, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT DISTINCT f.line FROM crew_fact AS c JOIN fact AS f ON f.number = c.number"
                        " WHERE c.crew = $1 AND c.day = $2 AND c.shift = $3 AND f.line > 0"),
                                   &stmt, err))
        return false;
    db_bind_text(stmt, 1, key->crew);
    db_bind_int(stmt, 2, key->day);
    db_bind_text(stmt, 3, key->shift);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        lines_renew(&books->lines, db_int(stmt, 0));
    }
}

static bool is_same(const struct pool_shares *was, const struct pool_shares *is)
{
    if (is->count != was->count || (is->count > 0 && was->split != is->split)) return false;
    for (size_t i = 0; i < is->count; i++) {
        const struct pool_share *a = &was->rows[i], *b = &is->rows[i];
        if (a->worker != b->worker || a->badge != b->badge || a->minutes != b->minutes ||
            a->coefficient != b->coefficient)
            return false;
    }
    return true;
}

/* The rule in force at the newest word about it says when its shift began and ended. */
static void book_judge(struct books *books, const struct pool_key *key, struct pool_book *book)
{
    book->is.split = book->pool.split;
    book->is.rows = calloc(book->pool.mark_count + 1, sizeof *book->is.rows);
    if (book->is.rows == NULL) abort();
    pool_bounds(chains_rule(&books->chains, book->newest), key->day, key->shift, &book->pool.from_ms,
                &book->pool.to_ms);
    book->is.count = pool_shares(&book->pool, book->is.rows);
}

static bool book_read(struct books *books, const struct pool_key *key, struct pool_book *book, struct err *err)
{
    if (!split_read(books->db, key->crew, key->day, &book->pool.split, err) ||
        !pool_shares_read(books->db, key, &book->was, err))
        return false;
    if (book->pool.split == POOL_EQUAL) return true;
    if (!coefficients_read(books->db, key, book, err) || !marks_read(books->db, key, book, err)) return false;
    book_judge(books, key, book);
    return true;
}

static bool pool_judge(struct books *books, const struct pool_key *key, struct err *err)
{
    struct pool_book book = {.pool = {.day = key->day}};
    bool             is_done = book_read(books, key, &book, err);
    if (is_done && !is_same(&book.was, &book.is)) {
        books->record.topics |= TOPIC_PAY;
        is_done = pool_shares_write(books->db, key, &book.is, book.pool.to_ms + POOL_SETTLES_MS, err) &&
                  lines_again(books, key, err);
        if (book.join != 0) telling_note(&books->telling, TELL_POOL, book.join, 0, false);
    }
    book_free(&book);
    return is_done;
}

bool pools_judge(struct books *books, struct err *err)
{
    for (size_t i = 0; i < books->pools.count; i++)
        if (!pool_judge(books, &books->pools.keys[i], err)) return false;
    pools_clear(&books->pools);
    return true;
}
