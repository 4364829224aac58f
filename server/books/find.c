/* find.c - what the search knows: server/books/find.h. */
#include "server/books/find.h"

#include <string.h>

#include "core/utf8.h"
#include "server/books/initials.h"

enum { SUFFIX_BYTES = 40 };

static bool suffix_add(struct books *books, enum find_kind kind, const char *suffix, const char *text, int64_t id,
                       struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("INSERT INTO find (suffix, kind, text, id) VALUES ($1, $2, $3, $4)"
                        " ON CONFLICT (suffix, kind, text, id) DO NOTHING"),
                                   &stmt, err))
        return false;
    db_bind_textn(stmt, 1, suffix, utf8_fit(suffix, strlen(suffix), SUFFIX_BYTES));
    db_bind_int(stmt, 2, (int64_t)kind);
    db_bind_text(stmt, 3, text);
    db_bind_int(stmt, 4, id);
    return db_run(stmt, err);
}

/* Every end of a text that begins with a character. */
static bool suffixes_add(struct books *books, enum find_kind kind, const char *of, const char *text, int64_t id,
                         struct err *err)
{
    struct buf small = {0};
    bool       is_done = true;
    for (const char *c = of; *c != 0; c++) buf_char(&small, *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c);
    for (size_t at = 0; is_done && at < small.len;) {
        size_t step = utf8_len(small.bytes + at, small.len - at);
        if (small.bytes[at] != ' ') is_done = suffix_add(books, kind, small.bytes + at, text, id, err);
        at += step == 0 ? 1 : step;
    }
    buf_free(&small);
    return is_done;
}

static bool name_add(struct books *books, enum find_kind kind, const char *text, int64_t id, struct err *err)
{
    struct buf usual = {0}, other = {0};
    initials_write(text, &usual, &other);
    bool is_done = suffixes_add(books, kind, text, text, id, err) &&
                   suffixes_add(books, kind, buf_text(&usual), text, id, err) &&
                   suffixes_add(books, kind, buf_text(&other), text, id, err);
    buf_free(&usual);
    buf_free(&other);
    return is_done;
}

static bool is_known(struct books *books, enum find_kind kind, const char *text, int64_t id, bool *is, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("SELECT suffix FROM find WHERE kind = $1 AND id = $2 AND text = $3 LIMIT 1"), &stmt,
                                   err))
        return false;
    db_bind_int(stmt, 1, (int64_t)kind);
    db_bind_int(stmt, 2, id);
    db_bind_text(stmt, 3, text);
    if (!db_step(stmt, is, err)) return false;
    db_reset(stmt);
    return true;
}

bool find_learn(struct books *books, enum find_kind kind, const char *text, int64_t id, struct err *err)
{
    bool is;
    return is_known(books, kind, text, id, &is, err) && (is || name_add(books, kind, text, id, err));
}

static bool customer_forget(struct books *books, int64_t id, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("DELETE FROM find WHERE kind IN (1, 2) AND id = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, id);
    return db_run(stmt, err);
}

bool find_customer(struct books *books, int64_t id, const char *name, const char *phone, struct err *err)
{
    struct buf digits = {0};
    for (const char *c = phone; *c != 0; c++)
        if (*c >= '0' && *c <= '9') buf_char(&digits, *c);
    bool is_done = customer_forget(books, id, err) && name_add(books, FIND_CUSTOMER, name, id, err) &&
                   suffixes_add(books, FIND_PHONE, buf_text(&digits), name, id, err);
    buf_free(&digits);
    return is_done;
}
