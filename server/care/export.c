/* export.c - everything that is stored, as CSV: for auditors, for other programs, for leaving.
 *
 * One row of TABLES a table; a test holds that against the schema, so that no table is forgotten and no secret gets
 * out. To add a table: a row here; columns that are keys, passwords, tokens or salts are not named in it. Rows come in
 * the order of their keys. events.csv holds the lines as kiosks sent them. */
#include "server/care/export.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/chain.h"
#include "core/db.h"
#include "server/care/care.h"
#include "server/care/paths.h"
#include "server/take/take.h"

/* clang-format off */
const struct export_table EXPORT_TABLES[] = {
    {"place",        SQL("SELECT applied_to, trying, tries, boot FROM place")},
    {"aside",        SQL("SELECT number, at_ms, times, lifted FROM aside ORDER BY number")},
    {"again",        SQL("SELECT number, times, by_user, at_ms, version FROM again ORDER BY number")},
    {"run",
     SQL("SELECT number, run, started_ms, epoch_counter, epoch_random, first_feed FROM run ORDER BY number")},
    /* What is told of a worker has the salt of his PIN in it; the table worker has all the rest. */
    {"feed",
     SQL("SELECT number, topic, key, CASE WHEN topic = 'worker' THEN '' ELSE value END AS value, audience,"
         " only_for FROM feed ORDER BY number")},
    {"period",       SQL("SELECT to_day, from_day, state, upto, pay_day, employer, checked_by, checked_ms, closed_by,"
                         " closed_ms, version FROM period ORDER BY to_day")},
    {"pay_line",     SQL("SELECT period, worker, number, share, name, day, is_time, line, rev, op, pieces, rate_cfen,"
                         " fen, paid FROM pay_line ORDER BY period, worker, number, share")},
    {"slip",
     SQL("SELECT period, worker, name, crew, id_number, phone, bank, account, days, minutes, pieces, lines,"
         " piece_fen, time_fen, late_fen, bonus_fen, fine_fen, loss_fen, advance_fen, brought_fen, net_fen, owed_fen,"
         " carried_fen, held FROM slip ORDER BY period, worker")},
    {"pay_item",     SQL("SELECT period, worker, adjustment, kind, why, rule, approver, whole_fen, fen FROM pay_item"
                         " ORDER BY period, worker, adjustment")},
    {"pay_open",     SQL("SELECT period, place, what, name, worker, line, rev, op, pieces, fen FROM pay_open"
                         " ORDER BY period, place")},
    {"late",         SQL("SELECT worker, name, share, fen FROM late ORDER BY worker, name, share")},
    {"late_place",   SQL("SELECT is_whole FROM late_place")},
    {"payee",        SQL("SELECT worker, id_number, phone, bank, account, version FROM payee ORDER BY worker")},
    {"time_rate",    SQL("SELECT worker, from_day, hour_cfen, version FROM time_rate ORDER BY worker, from_day")},
    {"adjustment",   SQL("SELECT id, worker, day, kind, fen, why, rule, state, by_user, at_ms, approver, version"
                         " FROM adjustment ORDER BY id")},
    {"telling",      SQL("SELECT what, a, b, is_anew FROM telling ORDER BY what, a, b")},
    {"setting",      SQL("SELECT name, value, version FROM setting ORDER BY name")},
    {"day_rule",     SQL("SELECT from_number, rule FROM day_rule ORDER BY from_number")},
    {"station",      SQL("SELECT id, name_zh, name_en, ops, is_off, kind, version FROM station ORDER BY id")},
    {"operation",    SQL("SELECT code, name_zh, name_en, part, is_off, version FROM operation ORDER BY code")},
    {"reason",       SQL("SELECT number, name_zh, name_en, is_off, version FROM reason ORDER BY number")},
    {"crew",         SQL("SELECT id, name, is_off, version FROM crew ORDER BY id")},
    {"worker",
     SQL("SELECT number, name, sign, colour, crew, role, lang, left_day, version FROM worker ORDER BY number")},
    {"badge",        SQL("SELECT badge, worker, revoked_feed, version FROM badge ORDER BY badge")},
    {"routing",      SQL("SELECT family, op, code, per_door, is_off, version FROM routing ORDER BY family, op")},
    {"rate",         SQL("SELECT code, family, from_day, rate_cfen, rework_rate_cfen, version FROM rate"
                         " ORDER BY code, family, from_day")},
    {"rate_change",  SQL("SELECT id, code, family, from_day, to_day, rate_cfen, rework_rate_cfen, at_ms, by_users"
                         " FROM rate_change ORDER BY id")},
    {"orders",       SQL("SELECT id, customer, received_ms, version FROM orders ORDER BY id")},
    {"line",
     SQL("SELECT line, order_id, product, family, quantity, size, colour, opening, due_day, rush, special,"
         " remarks, rev, version FROM line ORDER BY line")},
    {"sheet",
     SQL("SELECT line, rev, quantity, family, signed_ms, signed_by, feed FROM sheet ORDER BY line, rev")},
    {"sheet_op",
     SQL("SELECT line, rev, op, code, part, per_door, planned, rate_cfen, rework_rate_cfen FROM sheet_op"
         " ORDER BY line, rev, op")},
    {"stop",         SQL("SELECT id, line, why, by_user, at_ms, feed, lifted_feed, pieces, version FROM stop ORDER BY id")},
    {"customer",
     SQL("SELECT id, name, phone, address, region, class, is_dealer, is_new, is_sample, price_list, "
         "price_list_day, remarks, is_off, version FROM customer ORDER BY id")},
    {"product",
     SQL("SELECT code, name, family, brand, leaf, frame, architrave, architrave_mm, matching, materials, "
         "styles, colours, is_off, version FROM product ORDER BY code")},
    {"price",
     SQL("SELECT product, item, from_day, fen, version FROM price ORDER BY product, item, from_day")},
    {"lead",
     SQL("SELECT family, least_days, most_days, rush_days, version FROM lead ORDER BY family")},
    {"holiday",
     SQL("SELECT day, name, is_work, version FROM holiday ORDER BY day")},
    {"routing_due",
     SQL("SELECT family, op, days, version FROM routing_due ORDER BY family, op")},
    {"find",
     SQL("SELECT suffix, kind, text, id FROM find ORDER BY suffix, kind, text, id")},
    {"receipt",
     SQL("SELECT id, customer, who, received_ms, source, signed, note, taken_by, until_ms, order_id, version "
         "FROM receipt ORDER BY id")},
    {"head",
     SQL("SELECT order_id, customer, receipt, salesperson, desk, placed_ms, placed_by, is_project, rush_owner,"
         " rush_reason, doubt, remarks, version FROM head ORDER BY order_id")},
    {"spec",
     SQL("SELECT line, fields, price_fen, extra_fen, extra_why, amount_fen, version FROM spec ORDER BY line")},
    {"file",
     SQL("SELECT hash, kind, bytes, at_ms, by_user FROM file ORDER BY hash")},
    {"attached",
     SQL("SELECT id, receipt, order_id, kind, hash, name, at_ms, by_user, is_off, of_case, version FROM attached "
         "ORDER BY id")},
    {"question",
     SQL("SELECT id, order_id, line, kind, text, asked, asked_by, asked_ms, answer, note, answered_by, "
         "answered_ms, told_by, told_ms, version FROM question ORDER BY id")},
    {"quote",
     SQL("SELECT order_id, n, at_ms, by_user, total_fen FROM quote ORDER BY order_id, n")},
    {"quote_line",
     SQL("SELECT order_id, n, line, fields, price_fen, extra_fen, extra_why, amount_fen FROM quote_line ORDER "
         "BY order_id, n, line")},
    {"quoted",
     SQL("SELECT order_id, n, sent_ms, confirmed_n, confirmed_day, how, person, note, by_user, confirmed_ms, "
         "chased_by, chased_ms, version FROM quoted ORDER BY order_id")},
    {"draft",
     SQL("SELECT line, rev, quote_n, maker, editor, made_ms, fields, ops, returned_by, returned_why, "
         "released_ms, quoted, version FROM draft ORDER BY line")},
    {"difference",
     SQL("SELECT line, rev, field, quoted, sheet, why, by_user, at_ms, version FROM difference ORDER BY line, "
         "rev, field")},
    {"review",
     SQL("SELECT line, rev, kind, claimed_by, claimed_ms, signed_by, signed_for, signed_ms, hash, version FROM"
         " review ORDER BY line, rev, kind")},
    {"deputy",
     SQL("SELECT \"user\", deputy, from_day, to_day, version FROM deputy ORDER BY \"user\", deputy, from_day")},
    {"plan",
     SQL("SELECT line, rev, day, sequence, version FROM plan ORDER BY line, rev")},
    {"sheet_due",
     SQL("SELECT line, rev, op, due_day FROM sheet_due ORDER BY line, rev, op")},
    {"follow",
     SQL("SELECT id, order_id, kind, day, told, responsible, cause, by_user, at_ms, version FROM follow ORDER "
         "BY id")},
    {"crew_split",   SQL("SELECT crew, from_day, split, version FROM crew_split ORDER BY crew, from_day")},
    {"crew_coefficient", SQL("SELECT crew, worker, from_day, hundredths, version FROM crew_coefficient"
                             " ORDER BY crew, worker, from_day")},
    {"remake",       SQL("SELECT line, of_line, event, pieces, start_op, reason, cause, approver, at_ms, seen_by, seen_ms,"
                         " version FROM remake ORDER BY line")},
    {"batch",        SQL("SELECT line, of_line, place, of_all, at_ms, by_user, version FROM batch ORDER BY line")},
    {"op_missing",   SQL("SELECT line, rev, op, pieces, number, at_ms, say FROM op_missing ORDER BY line, op")},
    {"clock_doubt",  SQL("SELECT kiosk, day, number FROM clock_doubt ORDER BY kiosk, day")},
    {"speed_flag",   SQL("SELECT what, name, number, worker, day, at_ms, say FROM speed_flag ORDER BY what, name")},
    {"settled",
     SQL("SELECT reason, name, owner, to_user, to_note, carried, why, settled_by, settled_ms, told, version FROM settled "
         "ORDER BY reason, name")},
    {"day_close",    SQL("SELECT \"user\", day, closed_ms, open_n, to_user, note, version FROM day_close ORDER BY \"user\", day")},
    {"enquiry",
     SQL("SELECT id, order_id, line, who, text, first_owner, owner, to_user, to_note, asked_ms, until_ms, station, "
         "station_line, station_ms, station_feed, told, closed_by, closed_ms, version FROM enquiry ORDER BY id")},
    {"enquiry_answer",
     SQL("SELECT number, enquiry, word, seen_feed FROM enquiry_answer ORDER BY number")},
    {"transfer",
     SQL("SELECT id, day, fen, method, payer, slip, customer, who, note, hash, file_name, by_user, at_ms, "
         "state, in_day, in_fen, differs, confirmed_by, confirmed_ms, ended_why, ended_by, ended_ms, version "
         "FROM transfer ORDER BY id")},
    {"spread",
     SQL("SELECT id, transfer, order_id, fen, state, by_user, at_ms, off_why, off_by, off_ms, version FROM "
         "spread ORDER BY id")},
    {"note_way",     SQL("SELECT note FROM note_way ORDER BY note")},
    {"prepaid",
     SQL("SELECT transfer, customer, who, fen FROM prepaid ORDER BY transfer")},
    {"amount",
     SQL("SELECT order_id, fen, why, by_user, at_ms, version FROM amount ORDER BY order_id")},
    {"guarantor",
     SQL("SELECT id, name, phone, limit_fen, signed_day, until_day, hash, file_name, note, is_off, by_user, "
         "version FROM guarantor ORDER BY id")},
    {"cover",
     SQL("SELECT id, guarantor, order_id, fen, by_user, at_ms, is_off, off_why, off_by, off_ms, version FROM "
         "cover ORDER BY id")},
    {"unpaid",
     SQL("SELECT id, order_id, fen, why, answers, by_user, at_ms, is_off, off_why, off_by, off_ms, version "
         "FROM unpaid ORDER BY id")},
    {"rebate",
     SQL("SELECT id, customer, from_day, to_day, rate, fen, why, state, by_user, at_ms, done_by, done_ms, done_why, version"
         " FROM rebate ORDER BY id")},
    {"change",
     SQL("SELECT id, line, old_rev, wants, source, source_name, opened_by, opened_ms, confirmed_day, confirmed_by, due_day,"
         " comp_fen, comp_who, comp_day, comp_by, state, closed_by, closed_ms, new_rev, of_change, version FROM change ORDER BY id")},
    {"stays",
     SQL("SELECT line, new_rev, old_op, old_rev, new_op, good, redo, by_user, at_ms, version FROM stays"
         " ORDER BY line, new_rev, old_op")},
    {"copy",
     SQL("SELECT line, rev, copy, part, replaces, why, by_user, at_ms FROM copy ORDER BY line, rev, copy")},
    {"copy_lost",
     SQL("SELECT line, rev, copy, who, why, by_user, at_ms, version FROM copy_lost ORDER BY line, rev, copy")},
    {"printed",
     SQL("SELECT line, rev, copy, hash, bytes, archive, archive_bytes, by_user, at_ms FROM printed"
         " ORDER BY line, rev, copy")},
    {"sheet_said",
     SQL("SELECT line, rev, serial, fields, maker FROM sheet_said ORDER BY line, rev")},
    {"loss",
     SQL("SELECT id, order_id, line, change, kind, wages_fen, material_fen, cause, state, by_user, at_ms, approver,"
         " approved_ms, version FROM loss ORDER BY id")},
    {"loss_share",
     SQL("SELECT loss, n, worker, who, percent, rule, fen, version FROM loss_share ORDER BY loss, n")},
    {"loss_rule",
     SQL("SELECT id, name, fen, percent, is_off, version FROM loss_rule ORDER BY id")},
    {"user",         SQL("SELECT name, \"full\", roles, is_off, version FROM \"user\" ORDER BY name")},
    {"kiosk",        SQL("SELECT kiosk, number, station, state, enrolled_ms, version FROM kiosk ORDER BY kiosk")},
    {"note",
     SQL("SELECT id, order_id, copy, copy_ms, made_by, made_ms, open_by, open_ms, open_feed, void_by, "
         "void_ms, void_feed, void_why, remarks, version FROM note ORDER BY id")},
    {"note_line",
     SQL("SELECT note, line, doors, pieces, rev, product, size, colour, opening, version FROM note_line "
         "ORDER BY note, line")},
    {"shipment",
     SQL("SELECT note, carrier, waybill, driver, phone, plate, packages, sizes, volume_l, freight_fen, "
         "freight_by, approved_by, approved_ms, checked_by, checked_ms, told, told_by, told_ms, arrive_day, "
         "unloading, version FROM shipment ORDER BY note")},
    {"arrival",
     SQL("SELECT note, day, person, is_model, is_quantity, is_intact, remarks, settled_by, settled_ms, "
         "settled, by_user, at_ms, version FROM arrival ORDER BY note")},
    {"cases",
     SQL("SELECT id, order_id, line, pieces, note, event, kind, what, who, fault, opened_by, opened_ms, owner, to_user, "
         "to_note, due_ms, cause, decision, remedy, cost_fen, bearer, worker, remake, decided_by, decided_ms, verified, "
         "closed_by, closed_ms, version FROM cases ORDER BY id")},
    {"leftover",
     SQL("SELECT note, what, text, by_user, at_ms, version FROM leftover ORDER BY note")},
    {"truck",
     SQL("SELECT id, plate, driver, phone, order_id, note, arrived_ms, gone_ms, remarks, by_user, version "
         "FROM truck ORDER BY id")},
    {"spot",
     SQL("SELECT number, name, version FROM spot ORDER BY number")},
    {"loaded",
     SQL("SELECT note, line, day, doors, pieces FROM loaded ORDER BY note, line, day")},
    {"stock",
     SQL("SELECT line, place, doors FROM stock ORDER BY line, place")},
    {"stock_sum",
     SQL("SELECT line, packed, returned, found, went, shorted FROM stock_sum ORDER BY line")},
    {"stock_count",
     SQL("SELECT line, number, place, expected, counted FROM stock_count ORDER BY line, number")},
    {"note_done",
     SQL("SELECT note, number, day, at_ms, name FROM note_done ORDER BY note")},
    /* An answer may hold a one-time link or an enrolment code. */
    {"act",          SQL("SELECT id, at_ms, \"user\", second, name, body, number, status FROM act ORDER BY at_ms, id")},
    {"audit",        SQL("SELECT number, at_ms, act, \"user\", noun, key, old, new, hash FROM audit ORDER BY number")},
    {"fact",
     SQL("SELECT number, name, kiosk, epoch_counter, epoch_random, seq, taken_ms, kind, line, rev, op, day,"
         " day_moved, seen_feed, bytes FROM fact ORDER BY number")},
    {"bind",         SQL("SELECT badge, day, worker, number FROM bind ORDER BY badge, day")},
    {"fact_worker",  SQL("SELECT number, share, worker, day, badge FROM fact_worker ORDER BY number, share")},
    {"waiting",      SQL("SELECT refers, number FROM waiting ORDER BY number, refers")},
    {"verdict",      SQL("SELECT number, kind, counted, held, good, bad, rate_cfen, due_fen, reason, cancelled_by,"
                         " decided_by, bad_open, bad_decided_by, due_pieces FROM verdict ORDER BY number")},
    {"due",          SQL("SELECT worker, day, number, share, fen FROM due ORDER BY worker, day, number, share")},
    {"paper",        SQL("SELECT line, rev, copy, number FROM paper ORDER BY line, rev, copy")},
    {"op_sum",       SQL("SELECT line, rev, op, good, bad, held FROM op_sum ORDER BY line, rev, op")},
    {"day_sum",      SQL("SELECT worker, day, fen, facts, pieces, held, time_fen FROM day_sum ORDER BY worker, day")},
    {"week_sum",     SQL("SELECT week, worker, days, fen, facts, pieces, held, time_fen FROM week_sum ORDER BY week, worker")},
    {"week_place",   SQL("SELECT week FROM week_place")},
    {"op_day",       SQL("SELECT day, code, shift, facts, good, bad, reworked, doors FROM op_day"
                         " ORDER BY day, code, shift")},
    {"hand_day",     SQL("SELECT day, worker, code, facts, good, bad, reworked, fen FROM hand_day"
                         " ORDER BY day, worker, code")},
    {"flaw",         SQL("SELECT day, number, place, line, rev, code, reason, fault, pieces, is_open FROM flaw"
                         " ORDER BY day, number, place")},
    {"finished",     SQL("SELECT line, doors, is_whole, day FROM finished ORDER BY line")},
    {"on_floor",     SQL("SELECT line FROM on_floor ORDER BY line")},
    {"month",        SQL("SELECT yymm, from_day, to_day FROM month ORDER BY from_day")},
    {"kiosk_mark",   SQL("SELECT kiosk, epoch_counter, epoch_random, seq, day, taken_ms FROM kiosk_mark"
                         " ORDER BY kiosk, epoch_counter, epoch_random")},
    {"worker_kiosk", SQL("SELECT worker, kiosk, day FROM worker_kiosk ORDER BY worker, kiosk")},
    {"crew_fact",    SQL("SELECT crew, day, shift, number, kind, at_ms FROM crew_fact ORDER BY crew, day, shift, number")},
    {"pool_share",   SQL("SELECT crew, day, shift, worker, badge, split, minutes, coefficient, settles_ms FROM pool_share"
                         " ORDER BY crew, day, shift, worker, badge")},
    {"exception",    SQL("SELECT reason, name, number, at_ms, say FROM exception ORDER BY number, reason")},
    {NULL,           NULL}
};
/* clang-format on */

/* Tables of secrets alone. */
const char *const EXPORT_SECRET[] = {"login_link", "session", "kiosk_token", NULL};

/* ---------------------------------------------------------------------------------------------------- files */

/* A new file for its owner alone, and the folder that it goes into. */
static FILE *file_new(const char *folder, const char *name, struct err *err)
{
    char path[PATH_ROOM];
    if (!path_join(path, folder, name, err)) return NULL;
    int   number = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    FILE *file = number < 0 ? NULL : fdopen(number, "w");
    if (file == NULL) {
        file_fail(path, errno, err);
        if (number >= 0) close(number);
    }
    return file;
}

/* What was written is in the file, or it is said why not. */
static bool file_end(FILE *file, const char *name, bool is_done, struct err *err)
{
    bool is_written = ferror(file) == 0;
    if (fclose(file) != 0) is_written = false;
    return is_done && (is_written || file_fail(name, errno == 0 ? EIO : errno, err));
}

/* RFC 4180; a value that needs no quotes has none. */
static void csv_bytes(FILE *file, const char *bytes, size_t len)
{
    bool is_plain = true;
    for (size_t i = 0; i < len && is_plain; i++) is_plain = strchr("\",\r\n", bytes[i]) == NULL;
    if (is_plain) {
        fwrite(bytes, 1, len, file);
        return;
    }
    fputc('"', file);
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] == '"') fputc('"', file);
        fputc(bytes[i], file);
    }
    fputc('"', file);
}

static void csv_cell(FILE *file, struct db_stmt *stmt, int column)
{
    struct buf  hex = {0};
    size_t      len;
    const void *bytes;
    switch (db_type_of(stmt, column)) {
    case DB_NULL: break;
    case DB_INT: fprintf(file, "%lld", (long long)db_int(stmt, column)); break;
    case DB_TEXT: csv_bytes(file, db_text(stmt, column), strlen(db_text(stmt, column))); break;
    case DB_BLOB:
        bytes = db_blob(stmt, column, &len);
        buf_hex(&hex, bytes, len);
        fwrite(buf_text(&hex), 1, hex.len, file);
        buf_free(&hex);
        break;
    }
}

/* ---------------------------------------------------------------------------------------------------- tables */

static bool rows_write(FILE *file, struct db *books, const char *sql, int64_t *count, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books, sql, &stmt, err)) return false;
    for (int i = 0; i < db_columns(stmt); i++) fprintf(file, "%s%s", i == 0 ? "" : ",", db_column_name(stmt, i));
    fputs("\r\n", file);
    for (*count = 0;; ++*count) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        for (int i = 0; i < db_columns(stmt); i++) {
            if (i > 0) fputc(',', file);
            csv_cell(file, stmt, i);
        }
        fputs("\r\n", file);
    }
}

static bool table_write(const struct care *care, const char *folder, struct db *books, const struct export_table *table,
                        struct err *err)
{
    char    name[64];
    int64_t count = 0;
    snprintf(name, sizeof name, "%s.csv", table->name);
    FILE *file = file_new(folder, name, err);
    if (file == NULL || !file_end(file, name, rows_write(file, books, table->sql, &count, err), err)) return false;
    fprintf(care->out, "%s %lld\n", table->name, (long long)count);
    return true;
}

static bool tables_write(const struct care *care, const char *folder, struct err *err)
{
    char       path[PATH_ROOM];
    struct db *books = NULL;
    bool is_done = path_join(path, care->data, BOOKS_FILE, err) && db_open(path, DB_READ, care->vfs, &books, err) &&
                   db_begin(books, err);
    for (const struct export_table *table = EXPORT_TABLES; is_done && table->name != NULL; table++)
        is_done = table_write(care, folder, books, table, err);
    db_close(books);
    return is_done;
}

/* ---------------------------------------------------------------------------------------------------- events */

static void event_line(FILE *file, const struct take_line *line)
{
    char kiosk[ID_TEXT], epoch[EPOCH_TEXT];
    id_write(line->kiosk, kiosk);
    epoch_write(line->epoch, epoch);
    fprintf(file, "%lld,%lld,%s,%s,%lld,", (long long)line->number, (long long)line->taken_ms, kiosk, epoch,
            (long long)line->seq);
    csv_bytes(file, line->bytes, line->len);
    fputs("\r\n", file);
}

static bool lines_write(FILE *file, struct take_reader *reader, int64_t *count, struct err *err)
{
    struct take_line line;
    bool             has_line;
    fputs("number,taken_ms,kiosk,epoch,seq,line\r\n", file);
    for (*count = 0;; *count = line.number) {
        if (!take_reader_next(reader, *count, &line, &has_line, err)) return false;
        if (!has_line) return true;
        event_line(file, &line);
    }
}

static bool events_write(const struct care *care, const char *folder, struct err *err)
{
    char                path[PATH_ROOM];
    struct take_reader *reader = NULL;
    FILE               *file = NULL;
    int64_t             count = 0;
    bool is_done = path_join(path, care->data, INBOX_FILE, err) && take_reader_open(path, care->vfs, &reader, err) &&
                   (file = file_new(folder, "events.csv", err)) != NULL;
    if (is_done) is_done = file_end(file, "events.csv", lines_write(file, reader, &count, err), err);
    take_reader_close(reader);
    if (is_done) fprintf(care->out, "events %lld\n", (long long)count);
    return is_done;
}

/* Books first: each event that they speak of is in events.csv then. */
bool care_export(const struct care *care, const char *folder, struct err *err)
{
    return dir_make(folder, true, err) && tables_write(care, folder, err) && events_write(care, folder, err);
}
