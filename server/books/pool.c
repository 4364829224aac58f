/* pool.c - crew-shifts whose pay isn't split equally: server/books/pool.h. Takes what was said of crews, gives tables
 * crew_fact and pool_share, and topic pool of the feed. */
#include "server/books/pool.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/money.h"
#include "server/books/books.h"
#include "server/books/master.h"

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

static struct pool_key key_of(const char *crew, int32_t day, const char *shift)
{
    struct pool_key key = {.day = day};
    snprintf(key.crew, sizeof key.crew, "%s", crew);
    snprintf(key.shift, sizeof key.shift, "%s", shift);
    return key;
}

static void pool_touch(struct pools *pools, const struct pool_key *key)
{
    for (size_t i = 0; i < pools->count; i++)
        if (key_equal(&pools->keys[i], key)) return;
    if (pools->count == pools->cap) {
        pools->cap = pools->cap == 0 ? 8 : pools->cap * 2;
        pools->keys = reallocarray(pools->keys, pools->cap, sizeof *pools->keys);
        if (pools->keys == NULL) abort();
    }
    pools->keys[pools->count++] = *key;
}

/* Columns: crew, day, shift. */
static bool touch_all(struct books *books, struct db_stmt *stmt, struct err *err)
{
    bool row;
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        struct pool_key key = key_of(db_text(stmt, 0), (int32_t)db_int(stmt, 1), db_text(stmt, 2));
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

static bool touch_crew(struct books *books, const char *crew, int32_t from_day, struct err *err)
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

static bool is_shared(const struct event *event)
{
    bool is_work = event->kind == EVENT_REPORT || event->kind == EVENT_CORRECT;
    return is_work && event->crew[0] != 0 && event->worker_count > 1;
}

bool pool_note(struct books *books, int64_t number, const struct event *event, int32_t day, struct err *err)
{
    struct pool_key key = key_of(event->crew, day, event->shift);
    if (!is_roll(event) && !is_shared(event)) return true;
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
    struct pool_key key = key_of(db_text(stmt, 0), (int32_t)db_int(stmt, 1), db_text(stmt, 2));
    bool            is_leave = db_int(stmt, 3) == EVENT_LEAVE;
    db_reset(stmt);
    if (key.crew[0] != 0) pool_touch(&books->pools, &key);
    return !is_leave || touch_shift(books, key.day, key.shift, err);
}

/* ---------------------------------------------------------------------------------------------------- reading */

/* What is judged of a crew-shift, in memory. */
struct pool_book {
    struct pool              pool;
    size_t                   mark_cap, coefficient_cap, was_count, was_cap;
    struct pool_mark        *marks;
    struct pool_coefficient *coefficients;
    struct pool_share       *shares, *was;
    enum pool_split          was_split;
    int64_t                  newest; /* number of the newest fact */
    int64_t                  join;   /* of the newest join of this very crew */
};

static void *more(void *old, size_t count, size_t *cap, size_t size)
{
    if (count < *cap) return old;
    *cap = *cap == 0 ? 16 : *cap * 2;
    void *new = reallocarray(old, *cap, size);
    if (new == NULL) abort();
    return new;
}

static void book_free(struct pool_book *book)
{
    free(book->marks);
    free(book->coefficients);
    free(book->shares);
    free(book->was);
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
        book->coefficients = more(book->coefficients, *count, &book->coefficient_cap, sizeof *book->coefficients);
        book->coefficients[(*count)++] =
            (struct pool_coefficient){(int32_t)db_int(stmt, 0), (int32_t)db_int(stmt, 1), db_int(stmt, 2)};
    }
    book->pool.coefficients = book->coefficients;
    return true;
}

/* Columns of marks_read(): number, kind, at_ms, kiosk, epoch, seq, worker, badge. */
static void mark_add(struct db_stmt *stmt, struct pool_book *book)
{
    book->marks = more(book->marks, book->pool.mark_count, &book->mark_cap, sizeof *book->marks);
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

static bool shares_read(struct db *db, const struct pool_key *key, struct pool_book *book, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT worker, badge, minutes, coefficient, split FROM pool_share WHERE crew = $1"
                        " AND day = $2 AND shift = $3 ORDER BY worker, badge"),
                            &stmt, err))
        return false;
    db_bind_text(stmt, 1, key->crew);
    db_bind_int(stmt, 2, key->day);
    db_bind_text(stmt, 3, key->shift);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        book->was = more(book->was, book->was_count, &book->was_cap, sizeof *book->was);
        book->was[book->was_count++] =
            (struct pool_share){(int32_t)db_int(stmt, 0), db_int(stmt, 1), db_int(stmt, 2), db_int(stmt, 3)};
        book->was_split = pool_split_of(db_text(stmt, 4));
    }
}

/* ---------------------------------------------------------------------------------------------------- writing */

static bool share_write(struct db *db, const struct pool_key *key, const struct pool_book *book,
                        const struct pool_share *share, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("INSERT INTO pool_share (crew, day, shift, worker, badge, split, minutes, coefficient,"
                        " settles_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
                            &stmt, err))
        return false;
    db_bind_text(stmt, 1, key->crew);
    db_bind_int(stmt, 2, key->day);
    db_bind_text(stmt, 3, key->shift);
    db_bind_int(stmt, 4, share->worker);
    db_bind_int(stmt, 5, share->badge);
    db_bind_text(stmt, 6, pool_split_word(book->pool.split));
    db_bind_int(stmt, 7, share->minutes);
    db_bind_int(stmt, 8, share->coefficient);
    db_bind_int(stmt, 9, book->pool.to_ms + POOL_SETTLES_MS);
    return db_run(stmt, err);
}

static bool shares_write(struct db *db, const struct pool_key *key, const struct pool_book *book, size_t count,
                         struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("DELETE FROM pool_share WHERE crew = $1 AND day = $2 AND shift = $3"), &stmt, err))
        return false;
    db_bind_text(stmt, 1, key->crew);
    db_bind_int(stmt, 2, key->day);
    db_bind_text(stmt, 3, key->shift);
    if (!db_run(stmt, err)) return false;
    for (size_t i = 0; i < count; i++)
        if (!share_write(db, key, book, &book->shares[i], err)) return false;
    return true;
}

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

static bool is_same(const struct pool_book *book, size_t count)
{
    if (count != book->was_count) return false;
    if (count > 0 && book->was_split != book->pool.split) return false;
    for (size_t i = 0; i < count; i++) {
        const struct pool_share *a = &book->was[i], *b = &book->shares[i];
        if (a->worker != b->worker || a->badge != b->badge || a->minutes != b->minutes ||
            a->coefficient != b->coefficient)
            return false;
    }
    return true;
}

/* The rule in force at the newest word about it says when its shift began and ended. */
static size_t book_judge(struct books *books, const struct pool_key *key, struct pool_book *book)
{
    size_t count = book->pool.mark_count;
    book->shares = calloc(count + 1, sizeof *book->shares);
    if (book->shares == NULL) abort();
    pool_bounds(chains_rule(&books->chains, book->newest), key->day, key->shift, &book->pool.from_ms,
                &book->pool.to_ms);
    return pool_shares(&book->pool, book->shares);
}

static bool pool_judge(struct books *books, const struct pool_key *key, struct err *err)
{
    struct pool_book book = {.pool = {.day = key->day}};
    size_t           count = 0;
    bool             is_done =
        split_read(books->db, key->crew, key->day, &book.pool.split, err) && shares_read(books->db, key, &book, err);
    if (is_done && book.pool.split != POOL_EQUAL) {
        is_done = coefficients_read(books->db, key, &book, err) && marks_read(books->db, key, &book, err);
        if (is_done) count = book_judge(books, key, &book);
    }
    if (is_done && !is_same(&book, count)) {
        books->record.topics |= TOPIC_PAY;
        is_done = shares_write(books->db, key, &book, count, err) && lines_again(books, key, err);
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

/* ---------------------------------------------------------------------------------------------------- facts */

bool pool_has(struct db *db, const struct event *event, int32_t day, bool *has, struct err *err)
{
    struct db_stmt *stmt;
    *has = false;
    if (!is_shared(event)) return true;
    if (!db_prepare(db, SQL("SELECT worker FROM pool_share WHERE crew = $1 AND day = $2 AND shift = $3 LIMIT 1"), &stmt,
                            err))
        return false;
    db_bind_text(stmt, 1, event->crew);
    db_bind_int(stmt, 2, day);
    db_bind_text(stmt, 3, event->shift);
    if (!db_step(stmt, has, err)) return false;
    db_reset(stmt);
    return true;
}

bool pool_split_fact(struct db *db, struct judge_fact *fact, int32_t day, struct err *err)
{
    struct pool_book book = {0};
    if (!is_shared(fact->event)) return true;
    struct pool_key key = key_of(fact->event->crew, day, fact->event->shift);
    bool            is_done = shares_read(db, &key, &book, err);
    if (is_done && book.was_count > 0) pool_fact(book.was_split, book.was, book.was_count, fact);
    book_free(&book);
    return is_done;
}

/* ---------------------------------------------------------------------------------------------------- the office */

static bool split_last(struct db *db, const char *crew, bool *has, char last[16], struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("SELECT split FROM crew_split WHERE crew = $1 ORDER BY from_day DESC LIMIT 1"), &stmt, err))
        return false;
    db_bind_text(stmt, 1, crew);
    if (!db_step(stmt, has, err)) return false;
    snprintf(last, 16, "%s", *has ? db_text(stmt, 0) : pool_split_word(POOL_EQUAL));
    db_reset(stmt);
    return true;
}

static bool crew_check(struct books *books, const char *crew, struct err *err)
{
    bool is;
    return crew_is(books, crew, &is, err) && (is || err_set(err, ERR_INPUT, say_text(SAY("master.crew"), crew)));
}

bool crew_split_put(struct books *books, const char *crew, const char *split, int32_t from_day, enum record_did *did,
                    struct err *err)
{
    char last[16];
    bool has;
    *did = RECORD_SAME;
    if (!crew_check(books, crew, err)) return false;
    if (pool_split_of(split) == POOL_SPLITS) return err_set(err, ERR_INPUT, say_text(SAY("pool.split"), split));
    if (from_day == INT32_MIN) {
        if (!split_last(books->db, crew, &has, last, err)) return false;
        if (strcmp(last, split) == 0) return true;
        if (has) return err_set(err, ERR_INPUT, say_text(SAY("pool.from"), crew));
        from_day = 0;
    }
    const struct value values[] = {value_text(crew), value_int(from_day), value_text(split)};
    return record_put(&books->record, NOUN_CREW_SPLIT, RECORD_ANY, values, did, err) &&
           (*did == RECORD_SAME || touch_crew(books, crew, from_day, err));
}

bool crew_coefficient_put(struct books *books, const char *crew, int32_t worker, int32_t from_day, int64_t hundredths,
                          enum record_did *did, struct err *err)
{
    if (!crew_check(books, crew, err)) return false;
    if (people_person(&books->people, worker) == NULL)
        return err_set(err, ERR_INPUT, say_int(SAY("worker.unknown"), worker));
    if (hundredths < 1 || hundredths > POOL_COEFFICIENT_MOST) return err_set(err, ERR_INPUT, SAY("pool.coefficient"));
    const struct value values[] = {value_text(crew), value_int(worker), value_int(from_day), value_int(hundredths)};
    return record_put(&books->record, NOUN_CREW_COEFFICIENT, RECORD_ANY, values, did, err) &&
           (*did == RECORD_SAME || touch_crew(books, crew, from_day, err));
}

static bool body_from(const struct act_call *call, int32_t *day, struct err *err)
{
    const char *text;
    if (!body_text(call, "from", false, DAY_TEXT - 1, &text, err)) return false;
    return day_read(text, day) || err_set(err, ERR_INPUT, say_text(SAY("import.day"), text));
}

bool crew_split_act(struct books *books, struct act_call *call, struct err *err)
{
    const char     *crew, *split;
    int32_t         from_day;
    enum record_did did;
    if (!body_text(call, "crew", false, EVENT_STATION_MAX - 1, &crew, err) ||
        !body_text(call, "split", false, 15, &split, err) || !body_from(call, &from_day, err))
        return false;
    const struct value keys[] = {value_text(crew), value_int(from_day)};
    return record_base(&books->record, NOUN_CREW_SPLIT, body_base(call), keys, err) &&
           crew_split_put(books, crew, split, from_day, &did, err);
}

bool crew_coefficient_act(struct books *books, struct act_call *call, struct err *err)
{
    const char     *crew, *text;
    int64_t         worker, hundredths;
    int32_t         from_day;
    enum record_did did;
    if (!body_text(call, "crew", false, EVENT_STATION_MAX - 1, &crew, err) ||
        !body_int(call, "worker", 1, INT32_MAX, &worker, err) || !body_from(call, &from_day, err) ||
        !body_text(call, "coefficient", false, MONEY_TEXT, &text, err) || !money_read_fen(text, &hundredths, err))
        return false;
    const struct value keys[] = {value_text(crew), value_int(worker), value_int(from_day)};
    return record_base(&books->record, NOUN_CREW_COEFFICIENT, body_base(call), keys, err) &&
           crew_coefficient_put(books, crew, (int32_t)worker, from_day, hundredths, &did, err);
}

/* ---------------------------------------------------------------------------------------------------- telling */

static bool tell_splits(struct db *db, const char *crew, struct buf *out, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    char            day[DAY_TEXT];
    if (!db_prepare(db, SQL("SELECT from_day, split FROM crew_split WHERE crew = $1 ORDER BY from_day"), &stmt, err))
        return false;
    db_bind_text(stmt, 1, crew);
    buf_str(out, "{\"splits\":[");
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        day_write((int32_t)db_int(stmt, 0), day);
        json_sep(out);
        buf_fmt(out, "[\"%s\",\"%s\"]", day, db_text(stmt, 1));
    }
    buf_char(out, ']');
    return true;
}

/* Of 10,000, by the pool's own arithmetic: what a fact of 100 yuan that all had made would give each. */
static bool tell_shift(struct db *db, const struct pool_key *key, int64_t settles_ms, struct buf *out, struct err *err)
{
    enum { WHOLE = 10000 };
    struct pool_book  book = {0};
    struct event      event = {.kind = EVENT_REPORT};
    struct judge_fact fact = {.event = &event};
    int64_t           parts[MONEY_SHARES_MAX] = {0};
    char              day[DAY_TEXT];
    bool              is_done = shares_read(db, key, &book, err);
    size_t            count = book.was_count < MONEY_SHARES_MAX ? book.was_count : MONEY_SHARES_MAX;
    for (size_t i = 0; i < count; i++) {
        fact.workers[i] = book.was[i].worker;
        event.workers[i].badge = book.was[i].badge;
    }
    event.worker_count = (int)count;
    if (is_done) pool_fact(book.was_split, book.was, book.was_count, &fact);
    if (fact.is_pooled) money_split(WHOLE, fact.weights, count, parts);
    day_write(key->day, day);
    json_sep(out);
    buf_fmt(out, "{\"day\":\"%s\",\"shift\":", day);
    json_cstr(out, key->shift);
    buf_fmt(out, ",\"settles\":%" PRId64 ",\"who\":[", settles_ms);
    for (size_t i = 0; i < count; i++)
        buf_fmt(out, "%s[%" PRId32 ",%" PRId64 ",%" PRId64 ",%" PRId64 "]", i == 0 ? "" : ",", book.was[i].worker,
                book.was[i].minutes, book.was[i].coefficient, parts[i]);
    buf_str(out, "]}");
    book_free(&book);
    return is_done;
}

enum { SHIFTS_TOLD = 2 }; /* the one that is on, and the one before, whose shares stand */

static bool tell_shifts(struct db *db, const char *crew, struct buf *out, struct err *err)
{
    struct db_stmt *stmt;
    struct pool_key keys[SHIFTS_TOLD];
    int64_t         settles[SHIFTS_TOLD];
    int             count = 0;
    bool            row;
    if (!db_prepare(db, SQL("SELECT DISTINCT day, shift, settles_ms FROM pool_share WHERE crew = $1"
                        " ORDER BY day DESC, settles_ms DESC LIMIT $2"),
                            &stmt, err))
        return false;
    db_bind_text(stmt, 1, crew);
    db_bind_int(stmt, 2, SHIFTS_TOLD);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        keys[count] = key_of(crew, (int32_t)db_int(stmt, 0), db_text(stmt, 1));
        settles[count++] = db_int(stmt, 2);
    }
    json_key(out, "shifts");
    buf_char(out, '[');
    for (int i = 0; i < count; i++)
        if (!tell_shift(db, &keys[i], settles[i], out, err)) return false;
    buf_str(out, "]}");
    return true;
}

bool pool_tell(struct record *record, const char *crew, struct err *err)
{
    struct buf value = {0};
    bool       is_done =
        tell_splits(record->db, crew, &value, err) && tell_shifts(record->db, crew, &value, err) &&
        record_feed(record, &(struct feed_row){.topic = "pool", .key = crew, .value = buf_text(&value)}, err);
    buf_free(&value);
    return is_done;
}

bool pool_tell_number(struct record *record, int64_t number, struct err *err)
{
    struct db_stmt *stmt;
    struct pool_key key;
    bool            row;
    if (!db_prepare(record->db, SQL("SELECT crew FROM crew_fact WHERE number = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, number);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    key = key_of(db_text(stmt, 0), 0, "");
    db_reset(stmt);
    return key.crew[0] == 0 || pool_tell(record, key.crew, err);
}

/* Columns: crew, from_day, split. */
bool tell_crew_split(struct record *record, const struct value *values, struct err *err)
{
    return pool_tell(record, values[0].bytes, err);
}
