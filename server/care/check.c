/* check.c - is what is stored what was once taken and done? server/care/check.h.
 *
 * An event's bytes stand twice, in the inbox and in the books beside their hash: of three witnesses two agree, so the
 * one that was changed is named. What the books haven't applied yet has its chain alone: there the line that doesn't fit
 * the one before is named. */
#include "server/care/check.h"

#include <assert.h>
#include <string.h>

#include "core/json.h"
#include "server/books/record.h"
#include "server/care/care.h"
#include "server/care/paths.h"

struct check {
    struct walk_found    found;
    struct check_result *result;
    struct db           *books, *inbox;
    struct walk         *walk;
    struct db_stmt      *facts; /* in step with the inbox */
    bool                 has_fact;
};

static const char *finding_word(enum finding what)
{
    switch (what) {
    case FOUND_BAD: return "bad";
    case FOUND_FORK: return "fork";
    case FOUND_GAP: return "gap";
    case FOUND_ODD: return "odd";
    case FINDINGS: break;
    }
    assert(false);
    return "";
}

static void found(void *self, enum finding what, int64_t number, const struct say *say)
{
    struct check *check = self;
    check->result->counts[what]++;
    if (what == FOUND_BAD && say_is_empty(&check->result->first_bad)) check->result->first_bad = *say;
    if (check->found.say != NULL) check->found.say(check->found.self, what, number, say);
}

static void found_bad(struct check *check, int64_t number, struct say say)
{
    found(check, FOUND_BAD, number, &say);
}

/* Damage is a finding; whatever else failed ends the check. */
static bool may_go_on(struct check *check, const struct err *err)
{
    if (err->kind != ERR_DAMAGED) return false;
    found_bad(check, 0, err->say);
    return true;
}

/* ---------------------------------------------------------------------------------------------------- beside the books */

static bool fact_next(struct check *check, struct err *err)
{
    return db_step(check->facts, &check->has_fact, err);
}

static bool facts_start(struct check *check, struct err *err)
{
    return db_prepare(check->books, SQL("SELECT number, name, bytes FROM fact ORDER BY number"), &check->facts, err) &&
                      fact_next(check, err);
}

/* Facts before this number that the inbox doesn't have. */
static bool facts_alone(struct check *check, int64_t before, struct err *err)
{
    while (check->has_fact && db_int(check->facts, 0) < before) {
        found_bad(check, db_int(check->facts, 0), say_int(SAY("care.fact-alone"), db_int(check->facts, 0)));
        if (!fact_next(check, err)) return false;
    }
    return true;
}

/* What the books hold of this event: says which of the witnesses was changed; gives the line the name that the books
 * know where its own bytes are the bad ones. */
static bool fact_compare(struct check *check, struct walk_line *line, struct err *err)
{
    size_t name_len, len;
    if (!facts_alone(check, line->number, err)) return false;
    if (!check->has_fact || db_int(check->facts, 0) > line->number) {
        if (line->number <= check->result->applied_to)
            found_bad(check, line->number, say_int(SAY("care.fact-missing"), line->number));
        return true;
    }
    const void *name = db_blob(check->facts, 1, &name_len);
    const void *bytes = db_blob(check->facts, 2, &len);
    bool        is_named = name_len == HASH_BYTES && memcmp(name, line->name.bytes, HASH_BYTES) == 0;
    bool        is_same = len == line->len && memcmp(bytes, line->bytes, len) == 0;
    if (is_named && !is_same) found_bad(check, line->number, say_int(SAY("care.bad-copy"), line->number));
    if (!is_named && is_same) found_bad(check, line->number, say_int(SAY("care.bad-name"), line->number));
    if (!is_named && !is_same) {
        char kiosk[ID_TEXT];
        id_write(line->kiosk, kiosk);
        found_bad(check, line->number,
                  say_int(say_text(say_int(SAY("care.bad-bytes"), line->number), kiosk), line->seq));
        line->is_known_bad = true;
        if (name_len == HASH_BYTES) memcpy(line->name.bytes, name, HASH_BYTES);
    }
    return fact_next(check, err);
}

/* ---------------------------------------------------------------------------------------------------- the inbox */

/* The lines of a row; *next: the number that follows. */
static bool row_check(struct check *check, struct db_stmt *rows, int64_t *next, struct err *err)
{
    size_t           len;
    const char      *at = db_blob(rows, 6, &len), *end = at + len;
    int64_t          number = db_int(rows, 0), count = db_int(rows, 5), seen = 0;
    struct walk_line line = {
        .kiosk = (uint64_t)db_int(rows, 1), .epoch = {(uint32_t)db_int(rows, 2), (uint64_t)db_int(rows, 3)}
    };
    if (number != *next) found_bad(check, number, say_int(say_int(SAY("care.bad-number"), number), *next));
    for (const char *lf; at < end && (lf = memchr(at, '\n', (size_t)(end - at))) != NULL; at = lf + 1, seen++) {
        line.number = number + seen;
        line.seq = db_int(rows, 4) + seen;
        line.bytes = at;
        line.len = (size_t)(lf - at);
        line.name = hash_of(line.bytes, line.len);
        line.is_known_bad = false;
        if (!fact_compare(check, &line, err) || !walk_line(check->walk, &line, err)) return false;
    }
    if (seen != count || at != end)
        found_bad(check, number, say_int(say_int(say_int(SAY("care.bad-count"), number), count), seen));
    *next = number + count;
    return true;
}

static bool rows_check(struct check *check, struct err *err)
{
    struct db_stmt *rows;
    bool            row;
    int64_t         next = 1;
    if (!db_prepare(check->inbox,
                    SQL("SELECT number, kiosk, epoch_counter, epoch_random, first_seq, count, bytes FROM inbox"
                        " ORDER BY number"),
                        &rows, err))
        return false;
    for (;;) {
        if (!db_step(rows, &row, err)) return false;
        if (!row) break;
        if (!row_check(check, rows, &next, err)) return false;
    }
    check->result->events = next - 1;
    return facts_alone(check, INT64_MAX, err);
}

/* The index by place has each row up to where it goes, and no other. */
static bool index_check(struct check *check, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(check->inbox,
                    SQL("SELECT i.number FROM inbox AS i LEFT JOIN place AS p ON p.kiosk = i.kiosk"
                        " AND p.epoch_counter = i.epoch_counter AND p.epoch_random = i.epoch_random"
                        " AND p.first_seq = i.first_seq AND p.number = i.number AND p.last_seq = i.last_seq"
                        " WHERE i.number <= (SELECT up_to FROM placed WHERE only_row = 1) AND p.number IS NULL"
                        " UNION ALL SELECT p.number FROM place AS p LEFT JOIN inbox AS i ON i.number = p.number"
                        " WHERE i.number IS NULL OR i.number > (SELECT up_to FROM placed WHERE only_row = 1)"),
                        &stmt, err) ||
                    !db_step(stmt, &row, err))
        return false;
    if (row) found_bad(check, db_int(stmt, 0), say_int(SAY("care.bad-index"), db_int(stmt, 0)));
    db_reset(stmt);
    return true;
}

/* ---------------------------------------------------------------------------------------------------- the books */

static bool applied_read(struct check *check, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(check->books, SQL("SELECT applied_to FROM place WHERE only_row = 1"), &stmt, err) ||
                    !db_step(stmt, &row, err))
        return false;
    if (row)
        check->result->applied_to = db_int(stmt, 0);
    else
        found_bad(check, 0, SAY("books.place"));
    db_reset(stmt);
    return true;
}

static bool audit_check(struct check *check, struct err *err)
{
    int64_t bad = 0;
    if (!record_audit_check(check->books, &check->result->audit_rows, &bad, err)) return false;
    if (bad != 0) found_bad(check, 0, say_int(SAY("care.bad-audit"), bad));
    return true;
}

bool care_place(int64_t applied_to, int64_t inbox_end, struct err *err)
{
    return applied_to <= inbox_end ||
           err_set(err, ERR_DAMAGED, say_int(say_int(SAY("care.ahead"), applied_to), inbox_end));
}

static bool walk_all(struct check *check, struct err *err)
{
    check->walk = walk_start(check->inbox, (struct walk_found){found, check});
    bool is_done = facts_start(check, err) && rows_check(check, err);
    check->result->chains = (int64_t)walk_chains(check->walk);
    walk_end(check->walk);
    return is_done;
}

/* ---------------------------------------------------------------------------------------------------- all of it */

enum { FILES = 2 };

/* A file whose structure is damaged is said to be so, and not read any further: nothing in it can be believed. */
static bool parts_run(struct check *check, struct err *err)
{
    typedef bool       part(struct check *, struct err *);
    static part *const PARTS[] = {applied_read, audit_check, walk_all, index_check};
    struct db *const   files[FILES] = {check->books, check->inbox};
    bool              *is_sound = &check->result->is_sound;
    *is_sound = true;
    for (size_t i = 0; i < FILES; i++) {
        if (db_check(files[i], err)) continue;
        if (!may_go_on(check, err)) return false;
        *is_sound = false;
    }
    for (size_t i = 0; *is_sound && i < sizeof PARTS / sizeof *PARTS; i++)
        if (!PARTS[i](check, err)) return may_go_on(check, err);
    return !*is_sound || care_place(check->result->applied_to, check->result->events, err) || may_go_on(check, err);
}

bool check_run(const struct check_options *options, struct check_result *result, struct err *err)
{
    struct check check = {.found = options->found, .result = result};
    bool         is_done = false;
    *result = (struct check_result){0};
    if (!db_open(options->books_path, DB_READ, options->vfs, &check.books, err)) goto end;
    if (!db_open(options->inbox_path, DB_READ, options->vfs, &check.inbox, err)) goto end;
    if (!db_begin(check.books, err)) goto end;
    if (!db_begin(check.inbox, err)) goto end;
    is_done = parts_run(&check, err);
end:
    db_close(check.inbox);
    db_close(check.books);
    return is_done;
}

/* ---------------------------------------------------------------------------------------------------- the command */

enum { SHOWN_MOST = 20 /* findings of a kind: whoever has more needs no longer list */ };

struct report {
    const struct care *care;
    int64_t            shown[FINDINGS];
    struct buf         json; /* findings */
};

static void report_say(void *self, enum finding what, int64_t number, const struct say *say)
{
    struct report *report = self;
    struct buf     text = {0}, *json = &report->json;
    if (report->shown[what]++ >= SHOWN_MOST) return;
    if (report->care->is_json) {
        buf_fmt(json, "%s{\"what\":\"%s\",\"number\":%lld", json->len == 0 ? "" : ",", finding_word(what),
                (long long)number);
        text_say_json(report->care->lang, say, json);
        buf_char(json, '}');
    } else {
        text_say_buf(report->care->lang, say, &text);
        fprintf(report->care->out, "%s %lld: %s\n", finding_word(what), (long long)number, buf_text(&text));
    }
    buf_free(&text);
}

static void report_end(const struct report *report, const struct check_result *result)
{
    FILE *out = report->care->out;
    bool  is_json = report->care->is_json;
    const struct {
        const char *word;
        int64_t     number;
    } rows[] = {
        {"events",                 result->events            },
        {"chains",                 result->chains            },
        {"applied",                result->applied_to        },
        {"audit",                  result->audit_rows        },
        {finding_word(FOUND_GAP),  result->counts[FOUND_GAP] },
        {finding_word(FOUND_FORK), result->counts[FOUND_FORK]},
        {finding_word(FOUND_ODD),  result->counts[FOUND_ODD] },
        {finding_word(FOUND_BAD),  result->counts[FOUND_BAD] }
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (is_json)
            fprintf(out, "%s\"%s\":%lld", i == 0 ? "{" : ",", rows[i].word, (long long)rows[i].number);
        else
            fprintf(out, "%s %lld\n", rows[i].word, (long long)rows[i].number);
    if (is_json)
        fprintf(out, ",\"findings\":[%s]}\n", buf_text(&report->json));
    else
        fprintf(out, "result %s\n", result->counts[FOUND_BAD] == 0 ? "good" : "bad");
}

bool care_check(const struct care *care, struct err *err)
{
    char                 books[PATH_ROOM], inbox[PATH_ROOM];
    struct report        report = {.care = care};
    struct check_result  result;
    struct check_options options = {
        books, inbox, care->vfs, {report_say, &report}
    };
    if (!path_join(books, care->data, BOOKS_FILE, err) || !path_join(inbox, care->data, INBOX_FILE, err)) return false;
    bool is_done = check_run(&options, &result, err);
    if (is_done) report_end(&report, &result);
    buf_free(&report.json);
    if (is_done && result.counts[FOUND_BAD] > 0) return err_set(err, ERR_DAMAGED, result.first_bad);
    return is_done;
}
