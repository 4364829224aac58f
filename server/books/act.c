/* act.c - acts of the office: server/books/act.h. */
#include "server/books/act.h"

#include <string.h>

#include "core/text.h"
#include "server/books/adjust.h"
#include "server/books/aside.h"
#include "server/books/batch.h"
#include "server/books/bind.h"
#include "server/books/case.h"
#include "server/books/change.h"
#include "server/books/copy.h"
#include "server/books/correct.h"
#include "server/books/crew_split.h"
#include "server/books/customer.h"
#include "server/books/draft.h"
#include "server/books/enquiry.h"
#include "server/books/exception.h"
#include "server/books/file.h"
#include "server/books/follow.h"
#include "server/books/guarantor.h"
#include "server/books/import.h"
#include "server/books/kiosk.h"
#include "server/books/loss.h"
#include "server/books/master.h"
#include "server/books/payee.h"
#include "server/books/period.h"
#include "server/books/pickup.h"
#include "server/books/product.h"
#include "server/books/question.h"
#include "server/books/quote.h"
#include "server/books/rate.h"
#include "server/books/rebate.h"
#include "server/books/register.h"
#include "server/books/release.h"
#include "server/books/remake.h"
#include "server/books/review.h"
#include "server/books/settle.h"
#include "server/books/ship.h"
#include "server/books/ship_gate.h"
#include "server/books/shipment.h"
#include "server/books/shop.h"
#include "server/books/stays.h"
#include "server/books/stop.h"
#include "server/books/time.h"
#include "server/books/transfer.h"
#include "server/books/user.h"
#include "server/books/worker.h"

/* clang-format off */
#define ACT(NAME, ROLES, RUN) {.name = (NAME), .roles = (ROLES), .run = (RUN)}
#define ACT_OF_TWO(NAME, ROLES, RUN) \
    {.name = (NAME), .roles = (ROLES), .after_inbox = true, .needs_two = true, .run = (RUN)}
#define ACT_AFTER(NAME, ROLES, RUN) {.name = (NAME), .roles = (ROLES), .after_inbox = true, .run = (RUN)}
#define EVENT(NAME, ROLES, LINE) {.name = (NAME), .roles = (ROLES), .line = (LINE)}

#define ADMIN "administrator"
#define PAYROLL "administrator payroll"
#define OFFICE "administrator payroll manager"
#define FLOOR "administrator payroll manager supervisor"
#define CLOSES "administrator payroll manager finance"
#define EVERYBODY "administrator payroll manager supervisor desk finance taker quoter technical"
#define SALES "administrator desk taker quoter manager"
#define CATALOGUE "administrator quoter manager"
#define CALENDAR "administrator payroll manager"
#define APPROVES "administrator manager finance"
#define TAKES "administrator desk taker quoter"
#define ANSWERS "desk manager supervisor technical"
#define QUOTES "administrator manager quoter"
#define CONFIRMS "administrator desk taker quoter"
#define FOLLOWS "administrator desk manager"
#define ENQUIRES "administrator payroll manager supervisor desk finance taker quoter technical shipping"
#define JUDGES "administrator payroll manager supervisor qc"
#define QUALITY "administrator manager supervisor technical qc"
#define ANNOUNCES "administrator desk finance taker quoter"
#define FINANCE "finance"
#define REBATES "desk finance manager"
#define FINANCE_OF_TWO "finance manager"
#define WORTH_OF_TWO "finance manager quoter"
#define SETTLES "administrator payroll manager supervisor qc"
#define CARES "administrator payroll manager supervisor desk technical shipping qc"
#define CLERKS "administrator payroll manager supervisor desk finance taker quoter technical shipping qc"
#define JUDGES_WORK "administrator payroll manager technical supervisor"
#define PAPERS "administrator payroll manager desk"
#define FINDS "administrator payroll manager supervisor desk"
#define AGREES "administrator desk manager finance"
#define LOSSES "administrator payroll desk finance manager"
#define SHIPS "administrator desk manager shipping"
#define APPROVES_FREIGHT "administrator manager finance"
#define LEFT_BEHIND "administrator desk manager"
#define TRUCKS "administrator desk finance manager shipping"
#define PROGRAM ""

/* To add an act: a row here, its function in its noun's file, its route in show/. */
static const struct act_row ACTS[] = {
    ACT("import",             OFFICE,    import_act),
    ACT("stop",               EVERYBODY, stop_act),
    ACT("lift",               OFFICE,    lift_act),
    EVENT("decide",           JUDGES,    decide_line),
    EVENT("correct",          OFFICE,    correct_line),
    ACT("change.open",        SALES,     change_open_act),
    ACT("change.save",        SALES,     change_save_act),
    ACT("change.agree",       AGREES,    change_agree_act),
    ACT("change.drop",        SALES,     change_drop_act),
    ACT_AFTER("stays.put",    JUDGES_WORK, stays_act),
    EVENT("copy.collect",     EVERYBODY, copy_collect_line),
    ACT_AFTER("copy.lost",    FINDS,     copy_lost_act),
    ACT("copy.replace",       PAPERS,    copy_replace_act),
    ACT("copy.print",         PAPERS,    copy_print_act),
    ACT_AFTER("loss.add",     LOSSES,    loss_add_act),
    ACT("loss.approve",       APPROVES,  loss_approve_act),
    ACT("loss.strike",        APPROVES,  loss_strike_act),
    ACT("loss.rule",          OFFICE,    loss_rule_act),
    EVENT("bind",             FLOOR,     bind_line),
    EVENT("daywork",          FLOOR,     daywork_line),
    ACT_OF_TWO("rate.change", OFFICE,    rate_change_act),
    ACT("rate.try",           OFFICE,    rate_try_act),
    ACT("adjust.add",         CLOSES,    adjust_add_act),
    ACT("adjust.approve",     APPROVES,  adjust_approve_act),
    ACT("adjust.strike",      APPROVES,  adjust_strike_act),
    ACT("payee.put",          PAYROLL,   payee_put_act),
    ACT("time.rate",          OFFICE,    time_rate_act),
    ACT("crew.split",         OFFICE,    crew_split_act),
    ACT("crew.coefficient",   OFFICE,    crew_coefficient_act),
    ACT_AFTER("period.check",  PAYROLL,   period_check_act),
    ACT_AFTER("period.reopen", PAYROLL,   period_reopen_act),
    ACT_OF_TWO("period.close", CLOSES,    period_close_act),
    ACT("setting",            ADMIN,     setting_act),
    ACT("worker.pin",         PAYROLL,   worker_pin_act),
    ACT("worker.left",        PAYROLL,   worker_left_act),
    ACT("badge.add",          PAYROLL,   badge_add_act),
    ACT("badge.revoke",       FLOOR,     badge_revoke_act),
    ACT("operation.save",     OFFICE,    operation_save_act),
    ACT("station.save",       OFFICE,    station_save_act),
    ACT("reason.save",        OFFICE,    reason_save_act),
    ACT("crew.save",          OFFICE,    crew_save_act),
    ACT("worker.save",        PAYROLL,   worker_save_act),
    ACT("routing.save",       OFFICE,    routing_save_act),
    ACT("rate.save",          OFFICE,    rate_save_act),
    ACT("customer.save",      SALES,     customer_save_act),
    ACT("product.save",       CATALOGUE, product_save_act),
    ACT("price.save",         CATALOGUE, price_save_act),
    ACT("lead.save",          CALENDAR,  lead_save_act),
    ACT("holiday.save",       CALENDAR,  holiday_save_act),
    ACT("order.receive",      TAKES,     register_receive_act),
    ACT("order.place",        TAKES,     register_place_act),
    ACT("order.change",       TAKES,     register_change_act),
    ACT("line.change",        TAKES,     register_line_act),
    ACT("line.add",           TAKES,     register_add_act),
    ACT("question.ask",       EVERYBODY, question_ask_act),
    ACT("question.answer",    ANSWERS,   question_answer_act),
    ACT("question.told",      EVERYBODY, question_told_act),
    ACT("file.keep",          EVERYBODY, file_keep_act),
    ACT("file.attach",        EVERYBODY, file_attach_act),
    ACT("file.strike",        TAKES,     file_strike_act),
    ACT("quote.make",         QUOTES,    quote_make_act),
    ACT("quote.confirm",      CONFIRMS,  quote_confirm_act),
    ACT("quote.chase",        CONFIRMS,  quote_chase_act),
    ACT("sheet.make",         OFFICE,    draft_make_act),
    ACT("sheet.edit",         OFFICE,    draft_edit_act),
    ACT("sheet.rates",        OFFICE,    draft_rates_act),
    ACT("sheet.explain",      OFFICE,    draft_explain_act),
    ACT("sheet.claim",        EVERYBODY, review_claim_act),
    ACT("sheet.sign",         EVERYBODY, review_sign_act),
    ACT("sheet.return",       EVERYBODY, review_return_act),
    ACT("sheet.split",        OFFICE,    batch_split_act),
    ACT("remake.open",        QUALITY,   remake_open_act),
    ACT("remake.seen",        FOLLOWS,   remake_seen_act),
    ACT_AFTER("sheet.release", OFFICE,    release_act),
    ACT("plan.move",          OFFICE,    plan_move_act),
    ACT("deputy.save",        EVERYBODY, deputy_save_act),
    ACT("order.follow",       FOLLOWS,   follow_act),
    ACT("enquiry.open",       ENQUIRES,  enquiry_open_act),
    ACT("enquiry.ask",        ENQUIRES,  enquiry_ask_act),
    ACT("enquiry.close",      ENQUIRES,  enquiry_close_act),
    ACT("enquiry.hand",       ENQUIRES,  enquiry_hand_act),
    ACT("enquiry.take",       ENQUIRES,  enquiry_take_act),
    ACT("money.announce",     ANNOUNCES, transfer_announce_act),
    ACT("money.confirm",      FINANCE,   transfer_confirm_act),
    ACT("money.refuse",       FINANCE,   transfer_refuse_act),
    ACT("money.spread",       FINANCE,   transfer_spread_act),
    ACT_OF_TWO("money.reverse", FINANCE_OF_TWO, transfer_reverse_act),
    ACT_OF_TWO("order.amount", WORTH_OF_TWO, amount_act),
    ACT("guarantor.save",     FINANCE_OF_TWO, guarantor_save_act),
    ACT("guarantor.cover",    FINANCE_OF_TWO, guarantor_cover_act),
    ACT("guarantor.free",     FINANCE_OF_TWO, guarantor_free_act),
    ACT_OF_TWO("unpaid.allow", FINANCE_OF_TWO, unpaid_act),
    ACT("unpaid.end",         FINANCE_OF_TWO, unpaid_end_act),
    ACT("rebate.agree",       REBATES, rebate_agree_act),
    ACT("rebate.confirm",     FINANCE, rebate_confirm_act),
    ACT("rebate.drop",        FINANCE_OF_TWO, rebate_drop_act),
    ACT("exception.settle",   SETTLES,   exception_settle_act),
    ACT("exception.take",     CARES,     exception_take_act),
    ACT("exception.hand",     CARES,     exception_hand_act),
    ACT("exception.again",    OFFICE,    aside_again_act),
    ACT("day.close",          CLERKS,    day_close_act),
    ACT("case.open",          CLERKS,    case_open_act),
    ACT("case.save",          CLERKS,    case_save_act),
    ACT("case.decide",        QUALITY,   case_decide_act),
    ACT("case.close",         CLERKS,    case_close_act),
    ACT("case.hand",          CLERKS,    case_hand_act),
    ACT("case.take",          CLERKS,    case_take_act),
    ACT_AFTER("ship.order",   SHIPS,     pickup_act),
    ACT_AFTER("ship.open",    SHIPS,     ship_open_act),
    ACT_AFTER("ship.void",    SHIPS,     ship_void_act),
    ACT_AFTER("ship.copy",    SHIPS,     ship_copy_act),
    EVENT("note",             SHIPS,     ship_done_line),
    ACT("ship.list",          SHIPS,     shipment_list_act),
    ACT("ship.approve",       APPROVES_FREIGHT, shipment_approve_act),
    ACT("ship.check",         SHIPS,     shipment_check_act),
    ACT("ship.told",          SHIPS,     shipment_told_act),
    ACT_AFTER("ship.arrived", SHIPS,     arrival_act),
    ACT("ship.settle",        SHIPS,     arrival_settle_act),
    ACT_AFTER("ship.left",    LEFT_BEHIND, leftover_act),
    ACT("truck.arrive",       TRUCKS,    truck_arrive_act),
    ACT("truck.leave",        TRUCKS,    truck_leave_act),
    ACT("place.save",         SHIPS,     spot_save_act),
    ACT("kiosk.token",        ADMIN,     kiosk_token_act),
    ACT("kiosk.enrol",        PROGRAM,   kiosk_enrol_act),
    ACT("kiosk.confirm",      ADMIN,     kiosk_confirm_act),
    ACT("kiosk.revoke",       ADMIN,     kiosk_revoke_act),
    ACT("user.add",           ADMIN,     user_add_act),
    ACT("user.off",           ADMIN,     user_off_act),
    ACT("user.link",          ADMIN,     user_link_act),
    ACT("session.revoke",     ADMIN,     session_revoke_act),
    ACT("user.password",      PROGRAM,   user_password_act),
    ACT("session.open",       PROGRAM,   session_open_act),
    ACT("session.close",      PROGRAM,   session_close_act),
};
/* clang-format on */

const struct act_row *act_find(const char *name)
{
    for (size_t i = 0; i < sizeof ACTS / sizeof *ACTS; i++)
        if (strcmp(ACTS[i].name, name) == 0) return &ACTS[i];
    return NULL;
}

/* ---------------------------------------------------------------------------------------------------- rights */

static bool has_word(const char *words, const char *word, size_t len)
{
    while (*words != 0) {
        size_t own = strcspn(words, " ");
        if (own == len && memcmp(words, word, len) == 0) return true;
        words += own + strspn(words + own, " ");
    }
    return false;
}

static bool share_word(const char *a, const char *b)
{
    while (*a != 0) {
        size_t len = strcspn(a, " ");
        if (has_word(b, a, len)) return true;
        a += len + strspn(a + len, " ");
    }
    return false;
}

static bool is_program(const char *user)
{
    return strcmp(user, "console") == 0 || strcmp(user, "kiosk") == 0;
}

static bool user_may(struct books *books, const struct act_row *row, const char *user, struct err *err)
{
    struct db_stmt *stmt;
    bool            has, may = false;
    if (is_program(user)) return true;
    if (!db_prepare(books->db, SQL("SELECT roles FROM \"user\" WHERE name = $1 AND is_off = 0"), &stmt, err))
        return false;
    db_bind_text(stmt, 1, user);
    if (!db_step(stmt, &has, err)) return false;
    if (has) may = strcmp(row->roles, "*") == 0 || share_word(row->roles, db_text(stmt, 0));
    db_reset(stmt);
    return may || err_set(err, ERR_RIGHTS, say_text(say_text(SAY("act.rights"), user), row->name));
}

bool act_user_has(struct books *books, const char *user, const char *roles, bool *has, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    *has = is_program(user);
    if (*has) return true;
    if (!db_prepare(books->db, SQL("SELECT roles FROM \"user\" WHERE name = $1 AND is_off = 0"), &stmt, err))
        return false;
    db_bind_text(stmt, 1, user);
    if (!db_step(stmt, &row, err)) return false;
    *has = row && share_word(roles, db_text(stmt, 0));
    db_reset(stmt);
    return true;
}

bool act_may(struct books *books, const struct act_row *row, const struct act *act, struct err *err)
{
    if (act->user[0] == 0) return err_set(err, ERR_RIGHTS, say_text(SAY("act.nobody"), row->name));
    if (row->roles[0] == 0 && !is_program(act->user))
        return err_set(err, ERR_RIGHTS, say_text(say_text(SAY("act.rights"), act->user), row->name));
    if (!user_may(books, row, act->user, err)) return false;
    if (!row->needs_two && act->second[0] == 0) return true;
    if (act->second[0] == 0 || strcmp(act->second, act->user) == 0 || is_program(act->second))
        return err_set(err, ERR_RIGHTS, say_text(SAY("act.two"), row->name));
    return user_may(books, row, act->second, err);
}

/* ---------------------------------------------------------------------------------------------------- answers */

void act_refuse(struct act *act, const struct err *why)
{
    static const int STATUS[] = {
        [ERR_NONE] = 500, [ERR_INPUT] = 400, [ERR_ABSENT] = 404, [ERR_RIGHTS] = 403,  [ERR_CONFLICT] = 409,
        [ERR_BUSY] = 503, [ERR_IO] = 503,    [ERR_FULL] = 503,   [ERR_DAMAGED] = 503,
    };
    act->status = STATUS[why->kind];
    buf_clear(&act->answer);
    buf_char(&act->answer, '{');
    text_say_json(LANG_EN, &why->say, &act->answer);
    buf_char(&act->answer, '}');
}

struct hash act_hash(const char *name, const char *user, const char *second, const void *body, size_t len)
{
    struct buf  text = {0};
    struct hash hash;
    buf_fmt(&text, "%s\n%s\n%s\n", name, user, second);
    buf_add(&text, body, len);
    hash = hash_of(text.bytes, text.len);
    buf_free(&text);
    return hash;
}

bool act_again(struct books *books, const struct hash *hash, struct act *act, bool *has, struct err *err)
{
    struct db_stmt *stmt;
    size_t          len;
    struct err      why;
    if (!db_prepare(books->db, SQL("SELECT body, status, answer FROM act WHERE id = $1"), &stmt, err)) return false;
    db_bind_text(stmt, 1, act->id);
    if (!db_step(stmt, has, err)) return false;
    if (!*has) return true;
    const void *kept = db_blob(stmt, 0, &len);
    if (len == sizeof hash->bytes && memcmp(kept, hash->bytes, len) == 0) {
        act->status = (int)db_int(stmt, 1);
        buf_clear(&act->answer);
        buf_str(&act->answer, db_text(stmt, 2));
    } else {
        err_set(&why, ERR_CONFLICT, say_text(SAY("act.other_body"), act->id));
        act_refuse(act, &why);
    }
    db_reset(stmt);
    return true;
}

bool act_keep(struct books *books, const struct act_kept *kept, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("INSERT INTO act (id, at_ms, \"user\", second, name, body, number, status, answer)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING"),
                                   &stmt, err))
        return false;
    db_bind_text(stmt, 1, kept->id);
    db_bind_int(stmt, 2, books->record.now_ms);
    db_bind_text(stmt, 3, kept->user);
    db_bind_text(stmt, 4, kept->second);
    db_bind_text(stmt, 5, kept->name);
    db_bind_blob(stmt, 6, kept->hash.bytes, sizeof kept->hash.bytes);
    if (kept->number == 0)
        db_bind_null(stmt, 7);
    else
        db_bind_int(stmt, 7, kept->number);
    db_bind_int(stmt, 8, kept->status);
    db_bind_text(stmt, 9, kept->answer);
    return db_run(stmt, err);
}

/* ---------------------------------------------------------------------------------------------------- performing */

static bool act_keep_done(struct books *books, const struct act *act, struct err *err)
{
    const struct act_kept kept = {.id = act->id,
                                  .user = act->user,
                                  .second = act->second,
                                  .name = act->name,
                                  .hash = act_hash(act->name, act->user, act->second, act->body, act->len),
                                  .status = act->status,
                                  .answer = buf_text(&act->answer)};
    return act_keep(books, &kept, err);
}

/* Refused: its answer is what the act wrote, or the sentence. */
static void act_refused(struct act *act, const struct act_call *call, const struct err *why)
{
    act_refuse(act, why);
    if (call->answer.len == 0) return;
    buf_clear(&act->answer);
    buf_add(&act->answer, call->answer.bytes, call->answer.len);
}

bool act_perform(struct books *books, const struct act_row *row, struct act *act, bool *keep, struct err *err)
{
    struct act_call call = {.act = act};
    struct json    *body = json_read(act->body, act->len, err);
    bool            is_done = body != NULL;
    call.body = body;
    *keep = false;
    if (is_done)
        is_done = row->run(books, &call, err) && ship_gates_follow(books, err) && books_settle(books, true, err);
    if (is_done) {
        act->status = 200;
        buf_clear(&act->answer);
        buf_str(&act->answer, call.answer.len == 0 ? "{}" : buf_text(&call.answer));
        *keep = !call.is_dry;
        is_done = call.is_dry || act_keep_done(books, act, err);
    }
    bool is_passing = !is_done && (err_is_passing(err) || err->kind == ERR_DAMAGED);
    if (!is_done) {
        *keep = false;
        act_refused(act, &call, err);
    }
    buf_free(&call.answer);
    json_free(body);
    return !is_passing;
}

/* ---------------------------------------------------------------------------------------------------- bodies */

bool body_text(const struct act_call *call, const char *field, bool may_be_empty, size_t most, const char **text,
               struct err *err)
{
    const char *found = json_text(json_get(call->body, field), NULL);
    if (found == NULL || (found[0] == 0 && !may_be_empty))
        return err_set(err, ERR_INPUT, say_text(SAY("act.missing"), field));
    if (strlen(found) > most) return err_set(err, ERR_INPUT, say_int(say_text(SAY("act.long"), field), (int64_t)most));
    *text = found;
    return true;
}

bool body_int(const struct act_call *call, const char *field, int64_t least, int64_t most, int64_t *number,
              struct err *err)
{
    const struct json *value = json_get(call->body, field);
    if (value == NULL) return err_set(err, ERR_INPUT, say_text(SAY("act.missing"), field));
    if (json_kind_of(value) != JSON_INT || json_int(value, 0) < least || json_int(value, 0) > most)
        return err_set(err, ERR_INPUT, say_int(say_int(say_text(SAY("act.number"), field), least), most));
    *number = json_int(value, 0);
    return true;
}

bool body_hash(const struct act_call *call, const char *field, struct hash *hash, struct err *err)
{
    const char *text = "";
    if (!body_text(call, field, false, HASH_TEXT - 1, &text, err)) return false;
    return hash_read(text, hash) || err_set(err, ERR_INPUT, say_text(SAY("act.hash"), field));
}

int64_t body_base(const struct act_call *call)
{
    return json_int(json_get(call->body, "base"), RECORD_ANY);
}
