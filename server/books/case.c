/* case.c - quality and after-sales cases: server/books/case.h. Takes acts of the office, gives rows of `cases` and files of
 * theirs. */
#include "server/books/case.h"

#include <inttypes.h>
#include <string.h>

#include "core/code.h"
#include "core/utf8.h"
#include "server/books/blame.h"
#include "server/books/enquiry.h"
#include "server/books/file.h"
#include "server/books/form.h"
#include "server/books/master.h"
#include "server/books/order.h"
#include "server/books/people.h"
#include "server/books/note.h"
#include "server/books/shipment.h"
#include "server/books/user.h"

#define COST_MOST_FEN INT64_C(1000000000)
enum { WORD_ROOM = 16, USER_ROOM = 132, NOTE_BYTES = 300, HOUR_MS = 3600000, MINUTE_MS = 60000 };
#define DAY_MS INT64_C(86400000)

struct affair {
    int64_t     id, order, line, note, opened_ms, due_ms, cost_fen, worker, remake, decided_ms, closed_ms, version;
    bool        has_event;
    struct hash event;
    char        kind[WORD_ROOM], fault[WORD_ROOM], decision[WORD_ROOM], bearer[WORD_ROOM];
    char        pieces[CELL_TEXT_MAX], what[CELL_TEXT_MAX], who[CELL_TEXT_MAX], cause[CELL_TEXT_MAX];
    char        remedy[CELL_TEXT_MAX], verified[CELL_TEXT_MAX], to_note[NOTE_BYTES + 1];
    char        opened_by[USER_ROOM], owner[USER_ROOM], to_user[USER_ROOM], decided_by[USER_ROOM], closed_by[USER_ROOM];
};

/* clang-format off */
enum { WHAT, WHO, PIECES, DUE, SAYS };
static const struct import_column SAYS_OF[] = {
    [WHAT] = {"what",     "什么事",   {CELL_TEXT, true, 0, 390}},
    [WHO] = {"who",       "谁来说的", {CELL_TEXT, false, 0, 90}},
    [PIECES] = {"pieces", "哪几樘",   {CELL_TEXT, false, 0, 120}},
    [DUE] = {"due",       "期限",     {CELL_DAY, false, 0, 0}},
    [SAYS] = {.name = NULL},
};
enum { CAUSE, REMEDY, COST, DECIDES };
static const struct import_column DECIDES_OF[] = {
    [CAUSE] = {"cause",   "原因", {CELL_TEXT, true, 0, 390}},
    [REMEDY] = {"remedy", "措施", {CELL_TEXT, false, 0, 390}},
    [COST] = {"cost",     "费用", {CELL_FEN, false, 0, COST_MOST_FEN}},
    [DECIDES] = {.name = NULL},
};
static const struct import_column CLOSES_BY[] = {
    {"verified", "验证", {CELL_TEXT, true, 0, 390}},
    {.name = NULL},
};
/* clang-format on */

/* Words that a field may be; each list ends with NULL. To add one: a word here, its text office.case.* in the catalogue. */
static const char *const KINDS[] = {"quality", "damage", "short", "wrong", "complaint", "repair", "spare", NULL};
static const char *const FAULTS[] = {"", "customer", "transport", "product", NULL};
static const char *const DECISIONS[] = {"repair", "remake", "send", "money", "none", NULL};
static const char *const BEARERS[] = {"", "factory", "worker", "customer", "carrier", "supplier", NULL};

/* ---------------------------------------------------------------------------------------------------- rows */

#define COLUMNS                                                                                              \
    "id, order_id, line, pieces, note, event, kind, what, who, fault, opened_by, opened_ms, owner, to_user," \
    " to_note, due_ms, cause, decision, remedy, cost_fen, bearer, worker, remake, decided_by, decided_ms,"   \
    " verified, closed_by, closed_ms, version"

static int64_t int_or_0(struct db_stmt *stmt, int column)
{
    return db_is_null(stmt, column) ? 0 : db_int(stmt, column);
}

static void affair_of_row(struct db_stmt *stmt, struct affair *affair)
{
    *affair = (struct affair){.id = db_int(stmt, 0),
                              .order = db_int(stmt, 1),
                              .line = db_int(stmt, 2),
                              .note = db_int(stmt, 4),
                              .has_event = !db_is_null(stmt, 5),
                              .opened_ms = db_int(stmt, 11),
                              .due_ms = db_int(stmt, 15),
                              .cost_fen = db_int(stmt, 19),
                              .worker = db_int(stmt, 21),
                              .remake = db_int(stmt, 22),
                              .decided_ms = int_or_0(stmt, 24),
                              .closed_ms = int_or_0(stmt, 27),
                              .version = db_int(stmt, 28)};
    size_t len;
    if (affair->has_event) memcpy(affair->event.bytes, db_blob(stmt, 5, &len), sizeof affair->event.bytes);
    utf8_copy(affair->pieces, sizeof affair->pieces, db_text(stmt, 3));
    utf8_copy(affair->kind, sizeof affair->kind, db_text(stmt, 6));
    utf8_copy(affair->what, sizeof affair->what, db_text(stmt, 7));
    utf8_copy(affair->who, sizeof affair->who, db_text(stmt, 8));
    utf8_copy(affair->fault, sizeof affair->fault, db_text(stmt, 9));
    utf8_copy(affair->opened_by, sizeof affair->opened_by, db_text(stmt, 10));
    utf8_copy(affair->owner, sizeof affair->owner, db_text(stmt, 12));
    utf8_copy(affair->to_user, sizeof affair->to_user, db_text(stmt, 13));
    utf8_copy(affair->to_note, sizeof affair->to_note, db_text(stmt, 14));
    utf8_copy(affair->cause, sizeof affair->cause, db_text(stmt, 16));
    utf8_copy(affair->decision, sizeof affair->decision, db_text(stmt, 17));
    utf8_copy(affair->remedy, sizeof affair->remedy, db_text(stmt, 18));
    utf8_copy(affair->bearer, sizeof affair->bearer, db_text(stmt, 20));
    utf8_copy(affair->decided_by, sizeof affair->decided_by, db_text(stmt, 23));
    utf8_copy(affair->verified, sizeof affair->verified, db_text(stmt, 25));
    utf8_copy(affair->closed_by, sizeof affair->closed_by, db_text(stmt, 26));
}

static bool affair_read(struct books *books, int64_t id, bool *is, struct affair *affair, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("SELECT " COLUMNS " FROM cases WHERE id = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, id);
    if (!db_step(stmt, is, err)) return false;
    if (*is) affair_of_row(stmt, affair);
    db_reset(stmt);
    return true;
}

static bool affair_put(struct books *books, const struct affair *affair, int64_t base, struct err *err)
{
    enum record_did    did;
    const struct value values[] = {
        value_int(affair->id),
        value_int(affair->order),
        value_int(affair->line),
        value_text(affair->pieces),
        value_int(affair->note),
        affair->has_event ? value_blob(affair->event.bytes, sizeof affair->event.bytes) : value_null(),
        value_text(affair->kind),
        value_text(affair->what),
        value_text(affair->who),
        value_text(affair->fault),
        value_text(affair->opened_by),
        value_int(affair->opened_ms),
        value_text(affair->owner),
        value_text(affair->to_user),
        value_text(affair->to_note),
        value_int(affair->due_ms),
        value_text(affair->cause),
        value_text(affair->decision),
        value_text(affair->remedy),
        value_int(affair->cost_fen),
        value_text(affair->bearer),
        value_int(affair->worker),
        value_int(affair->remake),
        value_text(affair->decided_by),
        value_or_null(affair->decided_ms),
        value_text(affair->verified),
        value_text(affair->closed_by),
        value_or_null(affair->closed_ms),
    };
    return record_put(&books->record, NOUN_CASE, base, values, &did, err);
}

/* The open case that the body names. */
static bool affair_body(struct books *books, const struct act_call *call, struct affair *affair, struct err *err)
{
    int64_t id;
    bool    is;
    if (!body_int(call, "case", 1, INT64_MAX, &id, err) || !affair_read(books, id, &is, affair, err)) return false;
    if (!is) return err_set(err, ERR_ABSENT, say_int(SAY("case.absent"), id));
    return affair->closed_by[0] == 0 ||
           err_set(err, ERR_CONFLICT, say_user(books->db, say_int(SAY("case.closed"), id), affair->closed_by));
}

/* ---------------------------------------------------------------------------------------------------- reading a body */

/* A field that is one of some words; the first where it is left out and may be. */
static bool word_read(struct act_call *call, const char *field, const char *const words[], char word[WORD_ROOM],
                      struct err *err)
{
    const char *text = json_text(json_get(call->body, field), "");
    for (size_t i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], text) != 0) continue;
        utf8_copy(word, WORD_ROOM, text);
        return true;
    }
    err_set(err, ERR_INPUT, say_text(say_text(SAY("case.word"), field), words[0][0] == 0 ? words[1] : words[0]));
    return form_fault(call, field, err);
}

static bool has_text(const struct act_call *call, const char *field)
{
    return json_text(json_get(call->body, field), "")[0] != 0;
}

/* One case a receipt: what else is wrong with these goods belongs into it. */
static bool note_is_free(struct books *books, int64_t note, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT id FROM cases WHERE note = $1 AND note != 0 ORDER BY id DESC LIMIT 1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, note);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    err_set(err, ERR_CONFLICT, say_int(SAY("case.again"), db_int(stmt, 0)));
    db_reset(stmt);
    return false;
}

/* What the receipt says is the case's, unless the body says it itself. */
static bool receipt_read(struct books *books, struct affair *affair, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT is_model, is_quantity, is_intact, remarks, person FROM arrival"
                                   " WHERE note = $1 AND (is_model = 0 OR is_quantity = 0 OR is_intact = 0)"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, affair->note);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_CONFLICT, SAY("case.right"));
    utf8_copy(affair->kind, sizeof affair->kind,
              db_int(stmt, 0) == 0   ? "wrong"
              : db_int(stmt, 1) == 0 ? "short"
                                     : "damage");
    utf8_copy(affair->what, sizeof affair->what, db_text(stmt, 3));
    utf8_copy(affair->who, sizeof affair->who, db_text(stmt, 4));
    db_reset(stmt);
    return true;
}

static bool event_read_of(struct books *books, const struct act_call *call, struct affair *affair, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!body_hash(call, "event", &affair->event, err)) return false;
    if (!db_prepare(books->db, SQL("SELECT line FROM fact WHERE name = $1 AND line != 0"), &stmt, err)) return false;
    db_bind_blob(stmt, 1, affair->event.bytes, sizeof affair->event.bytes);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, SAY("decide.target"));
    affair->has_event = true;
    affair->line = db_int(stmt, 0);
    affair->order = affair->line - affair->line % 100;
    db_reset(stmt);
    return true;
}

/* Of what it is: a receipt, a report, a line, an order. */
static bool place_read(struct books *books, struct act_call *call, struct affair *affair, struct err *err)
{
    struct note     note;
    struct line_ref ref;
    if (has_text(call, "note")) {
        if (!note_of_body(books, call, &note, err) || !note_is_free(books, note.id, err)) return false;
        affair->note = note.id;
        affair->order = note.order;
        return receipt_read(books, affair, err);
    }
    if (has_text(call, "event")) return event_read_of(books, call, affair, err);
    bool is_line = has_text(call, "line");
    if (!body_ref(call, is_line ? "line" : "order", is_line, &ref, err)) return form_fault(call, "order", err);
    affair->line = is_line ? line_ref_key(ref) : 0;
    affair->order = line_ref_key(ref) - ref.line;
    return order_must(books, affair->order, affair->line, err) || form_fault(call, "order", err);
}

static bool is_complaint(const char *kind)
{
    return strcmp(kind, "complaint") == 0;
}

/* [R37] Complaints are closed in 48 hours; [R36] about the rest the customer is called back within 5 days. A time that nobody
 * chose follows the kind, and a case that turns out to be a complaint has no longer than one; was: the kind before. */
static bool due_reckon(struct books *books, const struct cell *due, const char *was, struct affair *affair,
                       struct err *err)
{
    const struct day_rule *rule = chains_rule(&books->chains, books->applied_to + 1);
    int64_t                hours, days, due_ms = affair->due_ms;
    bool                   is = is_complaint(affair->kind), is_same = is == is_complaint(was);
    if (due->is_set) { /* till the end of that day */
        affair->due_ms = (due->number + 1) * DAY_MS - rule->offset_min * INT64_C(60000);
        return true;
    }
    if (due_ms != 0 && is_same) return true;
    if (!setting_limit(books, LIMIT_CASE_HOURS, &hours, err) || !setting_limit(books, LIMIT_CASE_DAYS, &days, err))
        return false;
    int64_t soon_ms = affair->opened_ms + hours * HOUR_MS, later_ms = affair->opened_ms + days * DAY_MS;
    if (is && (due_ms == 0 || due_ms > soon_ms)) affair->due_ms = soon_ms;
    if (!is && (due_ms == 0 || due_ms == soon_ms)) affair->due_ms = later_ms;
    return true;
}

/* Fields that say what it is about; may_lack: what a receipt has said already. */
static bool says_read(struct books *books, struct act_call *call, bool may_lack, struct affair *affair, struct err *err)
{
    struct cell cells[SAYS + 1];
    char        was[WORD_ROOM];
    utf8_copy(was, sizeof was, affair->kind);
    if (!may_lack || has_text(call, "what")) {
        if (!form_take(call, SAYS_OF, cells, err)) return false;
        utf8_copy(affair->what, sizeof affair->what, cells[WHAT].text);
        if (cells[WHO].is_set || !may_lack) utf8_copy(affair->who, sizeof affair->who, cells[WHO].text);
        utf8_copy(affair->pieces, sizeof affair->pieces, cells[PIECES].text);
    } else {
        cells[DUE] = (struct cell){.is_set = false};
    }
    if (cells[DUE].is_set && cells[DUE].number < books_today(books)) {
        err_set(err, ERR_INPUT, SAY("register.past"));
        return form_fault(call, "due", err);
    }
    if (!may_lack || has_text(call, "kind")) {
        if (!word_read(call, "kind", KINDS, affair->kind, err)) return false;
    }
    return due_reckon(books, &cells[DUE], was, affair, err);
}

static bool files_add(struct books *books, const struct act_call *call, const struct affair *affair, struct err *err)
{
    int count;
    return file_attach_case(books, json_get(call->body, "files"), affair->order, affair->id, &count, err);
}

/* ---------------------------------------------------------------------------------------------------- acts */

bool case_open_act(struct books *books, struct act_call *call, struct err *err)
{
    struct affair affair = {.opened_ms = books->record.now_ms};
    if (!place_read(books, call, &affair, err) || !says_read(books, call, affair.note != 0, &affair, err) ||
        !record_next(&books->record, SQL("SELECT id FROM cases ORDER BY id DESC LIMIT 1"), &affair.id, err))
        return false;
    utf8_copy(affair.opened_by, sizeof affair.opened_by, books->record.user);
    utf8_copy(affair.owner, sizeof affair.owner, books->record.user);
    if (!affair_put(books, &affair, RECORD_NEW, err) || !files_add(books, call, &affair, err)) return false;
    if (affair.note != 0) note_renew(books, affair.note); /* the case stands in for the receipt's exception */
    buf_fmt(&call->answer, "{\"case\":%" PRId64 ",\"due\":%" PRId64 "}", affair.id, affair.due_ms);
    return true;
}

bool case_save_act(struct books *books, struct act_call *call, struct err *err)
{
    struct affair affair = {.id = 0};
    return affair_body(books, call, &affair, err) && says_read(books, call, false, &affair, err) &&
           word_read(call, "fault", FAULTS, affair.fault, err) && affair_put(books, &affair, body_base(call), err) &&
           files_add(books, call, &affair, err);
}

/* [R36] Spare parts and repairs: no photo, no approval. */
static bool photo_check(struct books *books, const struct affair *affair, struct err *err)
{
    struct db_stmt *stmt;
    bool            is;
    bool            wants = strcmp(affair->kind, "repair") == 0 || strcmp(affair->kind, "spare") == 0;
    if (!wants || strcmp(affair->decision, "none") == 0) return true;
    if (!db_prepare(books->db,
                    SQL("SELECT id FROM attached WHERE of_case = $1 AND of_case != 0 AND is_off = 0 LIMIT 1"), &stmt,
                        err))
        return false;
    db_bind_int(stmt, 1, affair->id);
    if (!db_step(stmt, &is, err)) return false;
    db_reset(stmt);
    return is || err_set(err, ERR_INPUT, SAY("case.photo"));
}

static bool remake_check(struct books *books, struct act_call *call, struct affair *affair, struct err *err)
{
    struct db_stmt *stmt;
    struct line_ref ref;
    bool            is;
    affair->remake = 0;
    if (strcmp(affair->decision, "remake") != 0) return true;
    if (!has_text(call, "remake")) {
        err_set(err, ERR_INPUT, SAY("case.remake"));
        return form_fault(call, "remake", err);
    }
    if (!body_ref(call, "remake", true, &ref, err)) return false;
    affair->remake = line_ref_key(ref);
    if (!db_prepare(books->db, SQL("SELECT line FROM remake WHERE line = $1 AND line BETWEEN $2 AND $2 + 99"), &stmt,
                                   err))
        return false;
    db_bind_int(stmt, 1, affair->remake);
    db_bind_int(stmt, 2, affair->order);
    if (!db_step(stmt, &is, err)) return false;
    db_reset(stmt);
    if (is) return true;
    err_set(err, ERR_INPUT, SAY("case.remake"));
    return form_fault(call, "remake", err);
}

/* [R14] A worker bears what bad pieces cost only where they were decided to be his fault, and after he was heard. */
static bool bearer_check(struct books *books, struct act_call *call, struct affair *affair, struct err *err)
{
    affair->worker = 0;
    if ((affair->cost_fen > 0) != (affair->bearer[0] != 0)) {
        err_set(err, ERR_INPUT, affair->cost_fen > 0 ? SAY("case.bearer") : SAY("case.free"));
        return form_fault(call, affair->cost_fen > 0 ? "bearer" : "cost", err);
    }
    if (strcmp(affair->bearer, "worker") != 0) return true;
    if (!body_int(call, "worker", 1, INT32_MAX, &affair->worker, err)) return form_fault(call, "worker", err);
    if (people_person(&books->people, (int32_t)affair->worker) == NULL) {
        err_set(err, ERR_INPUT, say_int(SAY("worker.unknown"), affair->worker));
        return form_fault(call, "worker", err);
    }
    if (!affair->has_event) {
        err_set(err, ERR_CONFLICT, SAY("case.unblamed"));
        return form_fault(call, "worker", err);
    }
    return blame_check(books, &affair->event, (int32_t)affair->worker, err);
}

static bool money_check(struct books *books, const struct affair *affair, struct err *err)
{
    bool may = false;
    if (strcmp(affair->decision, "money") != 0) return true;
    if (!act_user_has(books, books->record.user, "manager", &may, err)) return false;
    return may || err_set(err, ERR_RIGHTS, SAY("case.money"));
}

bool case_decide_act(struct books *books, struct act_call *call, struct err *err)
{
    struct affair affair = {.id = 0};
    struct cell   cells[DECIDES + 1];
    if (!affair_body(books, call, &affair, err) || !word_read(call, "decision", DECISIONS, affair.decision, err) ||
        !form_take(call, DECIDES_OF, cells, err) || !word_read(call, "bearer", BEARERS, affair.bearer, err))
        return false;
    utf8_copy(affair.cause, sizeof affair.cause, cells[CAUSE].text);
    utf8_copy(affair.remedy, sizeof affair.remedy, cells[REMEDY].text);
    affair.cost_fen = cells[COST].number;
    if (!money_check(books, &affair, err) || !photo_check(books, &affair, err) ||
        !remake_check(books, call, &affair, err) || !bearer_check(books, call, &affair, err))
        return false;
    utf8_copy(affair.decided_by, sizeof affair.decided_by, books->record.user);
    affair.decided_ms = books->record.now_ms;
    return affair_put(books, &affair, body_base(call), err);
}

/* Its owner answers for it, or a manager for him; refused in the words of an id otherwise. */
static bool owner_check(struct books *books, const struct affair *affair, struct say why, struct err *err)
{
    bool may = strcmp(affair->owner, books->record.user) == 0;
    if (!may && !act_user_has(books, books->record.user, "manager", &may, err)) return false;
    return may || err_set(err, ERR_RIGHTS, say_user(books->db, why, affair->owner));
}

bool case_close_act(struct books *books, struct act_call *call, struct err *err)
{
    struct affair affair = {.id = 0};
    struct cell   cells[1];
    if (!affair_body(books, call, &affair, err) || !owner_check(books, &affair, SAY("case.owner"), err) ||
        !form_take(call, CLOSES_BY, cells, err))
        return false;
    if (affair.decision[0] == 0) return err_set(err, ERR_CONFLICT, SAY("case.undecided"));
    utf8_copy(affair.verified, sizeof affair.verified, cells[0].text);
    utf8_copy(affair.closed_by, sizeof affair.closed_by, books->record.user);
    affair.closed_ms = books->record.now_ms;
    affair.to_user[0] = affair.to_note[0] = 0;
    return affair_put(books, &affair, body_base(call), err) &&
           (affair.note == 0 || arrival_end(books, affair.note, affair.verified, err));
}

/* [R6] Its owner hands it over; so does who decided what is to be done, to him who does it. */
static bool hand_put(struct books *books, struct affair *affair, const char *to, const char *note, int64_t base,
                     struct err *err)
{
    if (strcmp(affair->decided_by, books->record.user) != 0 && !owner_check(books, affair, SAY("enquiry.owner"), err))
        return false;
    if (strcmp(to, affair->owner) == 0) return err_set(err, ERR_INPUT, say_text(SAY("enquiry.own"), to));
    utf8_copy(affair->to_user, sizeof affair->to_user, to);
    utf8_copy(affair->to_note, sizeof affair->to_note, note);
    return affair_put(books, affair, base, err);
}

/* [R6] Whom it was handed to takes it, and a manager any: nobody else takes it from its owner. */
static bool take_put(struct books *books, struct affair *affair, int64_t base, struct err *err)
{
    if (strcmp(affair->to_user, books->record.user) != 0 && !owner_check(books, affair, SAY("enquiry.not_handed"), err))
        return false;
    utf8_copy(affair->owner, sizeof affair->owner, books->record.user);
    affair->to_user[0] = affair->to_note[0] = 0;
    return affair_put(books, affair, base, err);
}

bool case_hand_act(struct books *books, struct act_call *call, struct err *err)
{
    struct affair affair = {.id = 0};
    const char   *to = "", *note = "";
    bool          is;
    if (!affair_body(books, call, &affair, err) || !body_text(call, "to", false, USER_ROOM - 1, &to, err) ||
        !body_text(call, "note", true, NOTE_BYTES, &note, err) || !enquiry_is_user(books, to, &is, err))
        return false;
    if (!is) return err_set(err, ERR_ABSENT, say_text(SAY("enquiry.user"), to));
    return hand_put(books, &affair, to, note, body_base(call), err);
}

bool case_take_act(struct books *books, struct act_call *call, struct err *err)
{
    struct affair affair = {.id = 0};
    return affair_body(books, call, &affair, err) && take_put(books, &affair, body_base(call), err);
}

bool case_take(struct books *books, int64_t id, bool *done, struct err *err)
{
    struct affair affair = {.id = 0};
    if (!affair_read(books, id, done, &affair, err)) return false;
    *done = *done && affair.closed_by[0] == 0;
    return !*done || take_put(books, &affair, RECORD_ANY, err);
}

bool case_hand(struct books *books, int64_t id, const char *to, const char *note, bool *done, struct err *err)
{
    struct affair affair = {.id = 0};
    if (!affair_read(books, id, done, &affair, err)) return false;
    *done = *done && affair.closed_by[0] == 0;
    return !*done || hand_put(books, &affair, to, note, RECORD_ANY, err);
}

static bool own_after(struct books *books, const char *user, int64_t after, int64_t *id, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db,
                    SQL("SELECT id FROM cases WHERE closed_by = '' AND owner = $1 AND id > $2 ORDER BY id LIMIT 1"),
                        &stmt, err))
        return false;
    db_bind_text(stmt, 1, user);
    db_bind_int(stmt, 2, after);
    if (!db_step(stmt, &row, err)) return false;
    *id = row ? db_int(stmt, 0) : 0;
    db_reset(stmt);
    return true;
}

bool case_hand_all(struct books *books, const char *user, const char *to, const char *note, int64_t *count,
                   struct err *err)
{
    int64_t id = 0;
    bool    done;
    for (*count = 0;; ++*count) {
        if (!own_after(books, user, id, &id, err)) return false;
        if (id == 0) return true;
        if (to[0] != 0 && !case_hand(books, id, to, note, &done, err)) return false;
    }
}
