/* books.c - what the writer holds in memory of books.db: server/books/books.h. */
#include "server/books/books.h"

#include <stdlib.h>

#include "server/books/exception.h"
#include "server/books/pool.h"
#include "server/books/stock.h"

bool books_ready(struct books *books, struct err *err)
{
    return people_read(&books->people, books->db, err) && chains_read(&books->chains, books->db, err) &&
           paid_read(&books->paid, books->db, err);
}

void books_forget(struct books *books)
{
    people_forget(&books->people);
    chains_forget(&books->chains);
    lines_forget(&books->lines);
    sums_clear(&books->sums);
    counts_clear(&books->counts);
    telling_clear(&books->telling);
    pools_clear(&books->pools);
    books->paid.is_read = false;
    books->telling.waiting = books->waiting = -1;
    books->office_count = 0;
}

void books_free(struct books *books)
{
    people_free(&books->people);
    chains_free(&books->chains);
    lines_free(&books->lines);
    sums_free(&books->sums);
    counts_free(&books->counts);
    telling_free(&books->telling);
    pools_free(&books->pools);
    free(books->office);
}

struct worth_out books_worth_out(struct books *books)
{
    return (struct worth_out){.db = books->db,
                              .people = &books->people,
                              .paid = &books->paid,
                              .sums = &books->sums,
                              .counts = &books->counts,
                              .telling = &books->telling,
                              .signed_in = &books->chains.signed_in,
                              .topics = &books->record.topics};
}

bool books_settle(struct books *books, bool is_caught_up, struct err *err)
{
    struct worth_out out = books_worth_out(books);
    if (!books_ready(books, err) || !lines_judge_loose(&books->lines, &out, err) || !pools_judge(books, err) ||
        !lines_judge(&books->lines, &out, err))
        return false;
    for (size_t i = 0; i < books->office_count; i++)
        if (!exception_answer(books, &books->office[i], err)) return false;
    books->office_count = 0;
    if (!sums_write(&books->sums, books->chains.newest_day, books->db, err) ||
        !counts_write(&books->counts, books->db, err))
        return false;
    sums_clear(&books->sums);
    counts_clear(&books->counts);
    for (size_t i = 0; i < books->telling.count; i++)
        if (books->telling.rows[i].what == TELL_NOTE && !stock_left(&out, books->telling.rows[i].a, err)) return false;
    if (is_caught_up && !books->paid.is_whole && !paid_make(&books->paid, books->db, err)) return false;
    return chains_write(&books->chains, books->db, err) &&
           telling_end(&books->telling, &books->record, is_caught_up, err);
}

bool books_renew_fact(struct books *books, int64_t line, int64_t number, struct err *err)
{
    if (line != 0) {
        lines_renew(&books->lines, line);
        return true;
    }
    lines_renew_loose(&books->lines, number);
    return pool_renew(books, number, err);
}

/* Columns: line, number. */
static bool renew_all(struct books *books, struct db_stmt *stmt, struct err *err)
{
    bool row;
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        if (!books_renew_fact(books, db_int(stmt, 0), db_int(stmt, 1), err)) return false;
    }
}

bool books_renew_badge(struct books *books, int64_t badge, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("SELECT f.line, f.number FROM fact_worker AS w JOIN fact AS f ON f.number = w.number"
                        " WHERE w.worker = 0 AND w.badge = $1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, badge);
    return renew_all(books, stmt, err);
}

bool books_renew_worker(struct books *books, int32_t worker, int32_t from_day, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("SELECT f.line, f.number FROM fact_worker AS w JOIN fact AS f ON f.number = w.number"
                        " WHERE w.worker = $1 AND w.day >= $2"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, worker);
    db_bind_int(stmt, 2, from_day);
    return renew_all(books, stmt, err);
}

bool books_renew_order(struct books *books, int64_t line, struct err *err)
{
    struct db_stmt *stmt;
    enum { LINES = 99 };
    if (!db_prepare(books->db, SQL("SELECT DISTINCT line, 0 FROM fact WHERE line BETWEEN $1 AND $2 AND line != 0"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, line % 100 == 0 ? line + LINES : line);
    return renew_all(books, stmt, err);
}
