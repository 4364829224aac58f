/* question.c - what somebody else has to say yes to: server/books/question.h. */
#include "server/books/question.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/code.h"
#include "core/utf8.h"
#include "server/books/form.h"
#include "server/books/order.h"

enum { TEXT_BYTES = 390, WORD_ROOM = 16 };

struct question {
    int64_t id, order, line, asked_ms, version;
    char    kind[WORD_ROOM], text[CELL_TEXT_MAX], asked[WORD_ROOM], asked_by[132];
    char    answer[WORD_ROOM], note[CELL_TEXT_MAX], answered_by[132], told_by[132];
    int64_t answered_ms, told_ms; /* 0 = not yet */
};

/* Who answers which kind. To add a kind: a row. */
static const struct {
    const char *kind, *asked;
} KINDS[] = {
    {"rush",    "desk"     },
    {"date",    "desk"     },
    {"foreign", "technical"},
    {"special", "technical"},
};

static void question_of_row(struct db_stmt *stmt, struct question *question)
{
    *question = (struct question){.id = db_int(stmt, 0), .order = db_int(stmt, 1), .line = db_int(stmt, 2)};
    utf8_copy(question->kind, sizeof question->kind, db_text(stmt, 3));
    utf8_copy(question->text, sizeof question->text, db_text(stmt, 4));
    utf8_copy(question->asked, sizeof question->asked, db_text(stmt, 5));
    utf8_copy(question->asked_by, sizeof question->asked_by, db_text(stmt, 6));
    question->asked_ms = db_int(stmt, 7);
    utf8_copy(question->answer, sizeof question->answer, db_text(stmt, 8));
    utf8_copy(question->note, sizeof question->note, db_text(stmt, 9));
    utf8_copy(question->answered_by, sizeof question->answered_by, db_text(stmt, 10));
    question->answered_ms = db_is_null(stmt, 11) ? 0 : db_int(stmt, 11);
    utf8_copy(question->told_by, sizeof question->told_by, db_text(stmt, 12));
    question->told_ms = db_is_null(stmt, 13) ? 0 : db_int(stmt, 13);
    question->version = db_int(stmt, 14);
}

#define COLUMNS                                                                                                   \
    "id, order_id, line, kind, text, asked, asked_by, asked_ms, answer, note, answered_by, answered_ms, told_by," \
    " told_ms, version"

static bool question_newest(struct books *books, int64_t order, int64_t line, const char *kind, bool *is,
                            struct question *question, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("SELECT " COLUMNS " FROM question WHERE order_id = $1 AND line = $2 AND kind = $3"
                                   " AND answer != 'over' ORDER BY id DESC LIMIT 1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, order);
    db_bind_int(stmt, 2, line);
    db_bind_text(stmt, 3, kind);
    if (!db_step(stmt, is, err)) return false;
    if (*is) question_of_row(stmt, question);
    db_reset(stmt);
    return true;
}

static bool question_read(struct books *books, int64_t id, struct question *question, struct err *err)
{
    struct db_stmt *stmt;
    bool            is;
    if (!db_prepare(books->db, SQL("SELECT " COLUMNS " FROM question WHERE id = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, id);
    if (!db_step(stmt, &is, err)) return false;
    if (!is) return err_set(err, ERR_ABSENT, say_int(SAY("question.absent"), id));
    question_of_row(stmt, question);
    db_reset(stmt);
    return true;
}

static bool question_put(struct books *books, const struct question *question, int64_t base, struct err *err)
{
    enum record_did    did;
    const struct value values[] = {
        value_int(question->id),        value_int(question->order),        value_int(question->line),
        value_text(question->kind),     value_text(question->text),        value_text(question->asked),
        value_text(question->asked_by), value_int(question->asked_ms),     value_text(question->answer),
        value_text(question->note),     value_text(question->answered_by), value_or_null(question->answered_ms),
        value_text(question->told_by),  value_or_null(question->told_ms),
    };
    return record_put(&books->record, NOUN_QUESTION, base, values, &did, err);
}

static bool question_new(struct books *books, struct question *question, struct err *err)
{
    question->asked_ms = books->record.now_ms;
    utf8_copy(question->asked_by, sizeof question->asked_by, books->record.user);
    return record_next(&books->record, SQL("SELECT id FROM question ORDER BY id DESC LIMIT 1"), &question->id, err) &&
                       question_put(books, question, RECORD_NEW, err);
}

bool question_want(struct books *books, int64_t order, int64_t line, const char *kind, const char *text,
                   struct err *err)
{
    struct question newest;
    bool            is;
    if (!question_newest(books, order, line, kind, &is, &newest, err)) return false;
    if (is && strcmp(newest.text, text) == 0) return true;
    if (is) {
        utf8_copy(newest.answer, sizeof newest.answer, "over");
        if (!question_put(books, &newest, newest.version, err)) return false;
    }
    if (text[0] == 0) return true;
    struct question question = {.order = order, .line = line};
    utf8_copy(question.kind, sizeof question.kind, kind);
    utf8_copy(question.text, sizeof question.text, text);
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (strcmp(KINDS[i].kind, kind) == 0) utf8_copy(question.asked, sizeof question.asked, KINDS[i].asked);
    return question_new(books, &question, err);
}

bool question_check(struct books *books, int64_t order, bool all, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT kind, text, answer, asked FROM question WHERE order_id = $1"
                                   " AND answer IN ('', 'no') AND ($2 = 1 OR kind IN ('foreign', 'special'))"
                                   " ORDER BY id LIMIT 1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, order);
    db_bind_int(stmt, 2, all);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    bool       is_no = db_text(stmt, 2)[0] != 0, is_desk = strcmp(db_text(stmt, 3), "desk") == 0;
    struct say say = is_no ? SAY("question.no") : is_desk ? SAY("question.desk") : SAY("question.technical");
    err_set(err, ERR_INPUT, say_text(say, db_text(stmt, 1)));
    db_reset(stmt);
    return false;
}

/* ---------------------------------------------------------------------------------------------------- acts */

static bool line_body(struct books *books, const struct act_call *call, struct question *question, struct err *err)
{
    bool            has_line = json_text(json_get(call->body, "line"), "")[0] != 0;
    struct line_ref order, line = {0};
    if (!body_ref(call, "order", false, &order, err) || (has_line && !body_ref(call, "line", true, &line, err)))
        return false;
    question->order = line_ref_key(order);
    question->line = has_line ? line_ref_key(line) : 0;
    return order_must(books, question->order, question->line, err);
}

bool question_ask_act(struct books *books, struct act_call *call, struct err *err)
{
    static const char *const ASKED[] = {"desk", "technical", "manager", "supervisor"};
    struct question          question = {.kind = "special"};
    const char              *text, *asked;
    bool                     is_known = false;
    if (!line_body(books, call, &question, err) || !body_text(call, "text", false, TEXT_BYTES, &text, err) ||
        !body_text(call, "asked", false, WORD_ROOM - 1, &asked, err))
        return false;
    for (size_t i = 0; i < sizeof ASKED / sizeof *ASKED; i++) is_known = is_known || strcmp(ASKED[i], asked) == 0;
    if (!is_known) return err_set(err, ERR_INPUT, say_text(SAY("question.asked"), asked));
    utf8_copy(question.text, sizeof question.text, text);
    utf8_copy(question.asked, sizeof question.asked, asked);
    if (!question_new(books, &question, err)) return false;
    buf_fmt(&call->answer, "{\"question\":%" PRId64 "}", question.id);
    return true;
}

/* The plant manager may answer for everybody. */
static bool may_answer(struct books *books, const struct act_call *call, const struct question *question,
                       struct err *err)
{
    char roles[WORD_ROOM + 16];
    bool has;
    snprintf(roles, sizeof roles, "%s manager", question->asked);
    if (!act_user_has(books, call->act->user, roles, &has, err)) return false;
    return has || err_set(err, ERR_RIGHTS, say_text(SAY("question.rights"), question->asked));
}

bool question_answer_act(struct books *books, struct act_call *call, struct err *err)
{
    struct question question = {.id = 0};
    const char     *answer = "", *note = "";
    int64_t         id;
    if (!body_int(call, "question", 1, INT64_MAX, &id, err) || !question_read(books, id, &question, err) ||
        !body_text(call, "answer", false, 3, &answer, err) || !body_text(call, "note", true, TEXT_BYTES, &note, err))
        return false;
    if (strcmp(answer, "yes") != 0 && strcmp(answer, "no") != 0)
        return err_set(err, ERR_INPUT, say_text(SAY("question.answer"), answer));
    if (strcmp(answer, "no") == 0 && note[0] == 0) return err_set(err, ERR_INPUT, SAY("question.why"));
    if (strcmp(question.answer, "over") == 0) return err_set(err, ERR_CONFLICT, SAY("question.over"));
    if (!may_answer(books, call, &question, err)) return false;
    utf8_copy(question.answer, sizeof question.answer, answer);
    utf8_copy(question.note, sizeof question.note, note);
    utf8_copy(question.answered_by, sizeof question.answered_by, books->record.user);
    question.answered_ms = books->record.now_ms;
    return question_put(books, &question, body_base(call), err);
}

bool question_told_act(struct books *books, struct act_call *call, struct err *err)
{
    struct question question = {.id = 0};
    int64_t         id;
    if (!body_int(call, "question", 1, INT64_MAX, &id, err) || !question_read(books, id, &question, err)) return false;
    if (question.answer[0] == 0) return err_set(err, ERR_INPUT, SAY("question.unanswered"));
    utf8_copy(question.told_by, sizeof question.told_by, books->record.user);
    question.told_ms = books->record.now_ms;
    return question_put(books, &question, body_base(call), err);
}
