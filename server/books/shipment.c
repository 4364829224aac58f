/* shipment.c - what goes with a delivery note: server/books/shipment.h. */
#include "server/books/shipment.h"

#include <inttypes.h>
#include <string.h>

#include "core/utf8.h"
#include "server/books/form.h"
#include "server/books/master.h"
#include "server/books/note.h"
#include "server/books/order.h"
#include "server/books/ship_tell.h"
#include "server/books/user.h"

#define FREIGHT_MOST_FEN INT64_C(100000000)
#define PLACE_MOST INT64_C(999999999999999)

/* clang-format off */
static const struct import_column LIST[] = {
    {"carrier",  "承运", {CELL_TEXT, false, 0, 60}},
    {"waybill",  "运单号", {CELL_TEXT, false, 0, 60}},
    {"driver",   "司机", {CELL_TEXT, false, 0, 60}},
    {"phone",    "电话", {CELL_PHONE, false, 0, 0}},
    {"plate",    "车牌", {CELL_TEXT, false, 0, 40}},
    {"packages", "件数", {CELL_INT, false, 0, 99999}},
    {"sizes",    "包装尺寸", {CELL_TEXT, false, 0, 300}},
    {"volume",   "体积（立方米）", {CELL_FEN, false, 0, 100000}},
    {"freight",  "运费", {CELL_FEN, false, 0, FREIGHT_MOST_FEN}},
    {.name = NULL},
};
static const struct import_column TOLD[] = {
    {"person",    "告知谁", {CELL_TEXT, true, 0, 60}},
    {"day",       "到货日期", {CELL_DAY, true, 0, 0}},
    {"unloading", "卸货", {CELL_TEXT, true, 0, 200}},
    {.name = NULL},
};
static const struct import_column ARRIVAL[] = {
    {"day",      "到货日期", {CELL_DAY, true, 0, 0}},
    {"person",   "签收人", {CELL_TEXT, true, 0, 60}},
    {"model",    "型号对", {CELL_BOOL, false, 0, 0}},
    {"quantity", "数量对", {CELL_BOOL, false, 0, 0}},
    {"intact",   "包装好", {CELL_BOOL, false, 0, 0}},
    {"remarks",  "说明", {CELL_TEXT, false, 0, 390}},
    {.name = NULL},
};
static const struct import_column TEXT[] = {
    {"text", "说明", {CELL_TEXT, true, 0, 390}},
    {.name = NULL},
};
static const struct import_column TRUCK[] = {
    {"plate",   "车牌", {CELL_TEXT, true, 0, 40}},
    {"driver",  "司机", {CELL_TEXT, false, 0, 60}},
    {"phone",   "电话", {CELL_PHONE, false, 0, 0}},
    {"order",   "订单号", {CELL_ORDER, true, 0, 0}},
    {"remarks", "说明", {CELL_TEXT, false, 0, 200}},
    {.name = NULL},
};
static const struct import_column SPOT[] = {
    {"number", "库位号", {CELL_INT, true, 1, PLACE_MOST}},
    {"name",   "名称", {CELL_TEXT, true, 0, 40}},
    {.name = NULL},
};
/* clang-format on */
enum { CARRIER, WAYBILL, DRIVER, PHONE, PLATE, PACKAGES, SIZES, VOLUME, FREIGHT, LIST_COLUMNS };

struct shipment {
    char    carrier[CELL_TEXT_MAX], waybill[CELL_TEXT_MAX], driver[CELL_TEXT_MAX], phone[CELL_TEXT_MAX];
    char    plate[CELL_TEXT_MAX], sizes[CELL_TEXT_MAX], told[CELL_TEXT_MAX], unloading[CELL_TEXT_MAX];
    char    freight_by[132], approved_by[132], checked_by[132], told_by[132];
    int64_t note, packages, volume_l, freight_fen, approved_ms, checked_ms, told_ms, version;
    int64_t arrive_day;
};

static int64_t int_or_0(struct db_stmt *stmt, int column)
{
    return db_is_null(stmt, column) ? 0 : db_int(stmt, column);
}

static bool shipment_read(struct books *books, int64_t note, struct shipment *shipment, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    *shipment = (struct shipment){.note = note};
    if (!db_prepare(books->db,
                    SQL("SELECT carrier, waybill, driver, phone, plate, packages, sizes, volume_l, freight_fen,"
                        " freight_by, approved_by, approved_ms, checked_by, checked_ms, told, told_by, told_ms,"
                        " arrive_day, unloading, version FROM shipment WHERE note = $1"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, note);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    utf8_copy(shipment->carrier, CELL_TEXT_MAX, db_text(stmt, 0));
    utf8_copy(shipment->waybill, CELL_TEXT_MAX, db_text(stmt, 1));
    utf8_copy(shipment->driver, CELL_TEXT_MAX, db_text(stmt, 2));
    utf8_copy(shipment->phone, CELL_TEXT_MAX, db_text(stmt, 3));
    utf8_copy(shipment->plate, CELL_TEXT_MAX, db_text(stmt, 4));
    shipment->packages = db_int(stmt, 5);
    utf8_copy(shipment->sizes, CELL_TEXT_MAX, db_text(stmt, 6));
    shipment->volume_l = db_int(stmt, 7);
    shipment->freight_fen = db_int(stmt, 8);
    utf8_copy(shipment->freight_by, sizeof shipment->freight_by, db_text(stmt, 9));
    utf8_copy(shipment->approved_by, sizeof shipment->approved_by, db_text(stmt, 10));
    shipment->approved_ms = int_or_0(stmt, 11);
    utf8_copy(shipment->checked_by, sizeof shipment->checked_by, db_text(stmt, 12));
    shipment->checked_ms = int_or_0(stmt, 13);
    utf8_copy(shipment->told, CELL_TEXT_MAX, db_text(stmt, 14));
    utf8_copy(shipment->told_by, sizeof shipment->told_by, db_text(stmt, 15));
    shipment->told_ms = int_or_0(stmt, 16);
    shipment->arrive_day = int_or_0(stmt, 17);
    utf8_copy(shipment->unloading, CELL_TEXT_MAX, db_text(stmt, 18));
    shipment->version = db_int(stmt, 19);
    db_reset(stmt);
    return true;
}

static bool shipment_put(struct books *books, const struct shipment *shipment, int64_t base, struct err *err)
{
    enum record_did    did;
    const struct value values[] = {
        value_int(shipment->note),
        value_text(shipment->carrier),
        value_text(shipment->waybill),
        value_text(shipment->driver),
        value_text(shipment->phone),
        value_text(shipment->plate),
        value_int(shipment->packages),
        value_text(shipment->sizes),
        value_int(shipment->volume_l),
        value_int(shipment->freight_fen),
        value_text(shipment->freight_by),
        value_text(shipment->approved_by),
        value_or_null(shipment->approved_ms),
        value_text(shipment->checked_by),
        value_or_null(shipment->checked_ms),
        value_text(shipment->told),
        value_text(shipment->told_by),
        value_or_null(shipment->told_ms),
        value_or_null(shipment->arrive_day),
        value_text(shipment->unloading),
    };
    if (!record_put(&books->record, NOUN_SHIPMENT, base, values, &did, err)) return false;
    note_renew(books, shipment->note);
    return true;
}

/* The note that the body names, and what goes with it. */
static bool shipment_of(struct books *books, const struct act_call *call, struct note *note, struct shipment *shipment,
                        struct err *err)
{
    char text[NOTE_REF_TEXT];
    if (!note_of_body(books, call, note, err) || !shipment_read(books, note->id, shipment, err)) return false;
    note_ref_write(note->id, text);
    return note->void_feed == 0 || err_set(err, ERR_CONFLICT, say_text(SAY("ship.is_void"), text));
}

bool shipment_list_act(struct books *books, struct act_call *call, struct err *err)
{
    struct note     note;
    struct shipment now;
    struct cell     cells[LIST_COLUMNS];
    if (!shipment_of(books, call, &note, &now, err) || !form_take(call, LIST, cells, err)) return false;
    utf8_copy(now.carrier, CELL_TEXT_MAX, cells[CARRIER].text);
    utf8_copy(now.waybill, CELL_TEXT_MAX, cells[WAYBILL].text);
    utf8_copy(now.driver, CELL_TEXT_MAX, cells[DRIVER].text);
    utf8_copy(now.phone, CELL_TEXT_MAX, cells[PHONE].text);
    utf8_copy(now.plate, CELL_TEXT_MAX, cells[PLATE].text);
    utf8_copy(now.sizes, CELL_TEXT_MAX, cells[SIZES].text);
    now.packages = cells[PACKAGES].number;
    now.volume_l = cells[VOLUME].number * 10; /* two decimals of a cubic metre */
    if (cells[FREIGHT].number != now.freight_fen) {
        now.freight_fen = cells[FREIGHT].number;
        utf8_copy(now.freight_by, sizeof now.freight_by, now.freight_fen == 0 ? "" : books->record.user);
        now.approved_by[0] = 0;
        now.approved_ms = 0;
    }
    return shipment_put(books, &now, body_base(call), err);
}

bool shipment_approve_act(struct books *books, struct act_call *call, struct err *err)
{
    struct note     note;
    struct shipment now;
    if (!shipment_of(books, call, &note, &now, err)) return false;
    if (now.freight_fen == 0) return err_set(err, ERR_CONFLICT, SAY("ship.no_freight"));
    if (now.approved_ms != 0)
        return err_set(err, ERR_CONFLICT, say_user(books->db, SAY("ship.approved"), now.approved_by));
    if (strcmp(now.freight_by, books->record.user) == 0) return err_set(err, ERR_RIGHTS, SAY("ship.own_freight"));
    utf8_copy(now.approved_by, sizeof now.approved_by, books->record.user);
    now.approved_ms = books->record.now_ms;
    return shipment_put(books, &now, body_base(call), err);
}

bool shipment_check_act(struct books *books, struct act_call *call, struct err *err)
{
    struct note     note;
    struct shipment now;
    char            text[NOTE_REF_TEXT];
    if (!shipment_of(books, call, &note, &now, err)) return false;
    note_ref_write(note.id, text);
    if (note.open_feed == 0) return err_set(err, ERR_CONFLICT, say_text(SAY("ship.is_shut"), text));
    utf8_copy(now.checked_by, sizeof now.checked_by, books->record.user);
    now.checked_ms = books->record.now_ms;
    return shipment_put(books, &now, body_base(call), err);
}

bool shipment_told_act(struct books *books, struct act_call *call, struct err *err)
{
    struct note     note;
    struct shipment now;
    struct cell     cells[3];
    if (!shipment_of(books, call, &note, &now, err) || !form_take(call, TOLD, cells, err)) return false;
    if (cells[1].number < books_today(books)) {
        err_set(err, ERR_INPUT, SAY("register.past"));
        return form_fault(call, "day", err);
    }
    utf8_copy(now.told, CELL_TEXT_MAX, cells[0].text);
    utf8_copy(now.unloading, CELL_TEXT_MAX, cells[2].text);
    utf8_copy(now.told_by, sizeof now.told_by, books->record.user);
    now.told_ms = books->record.now_ms;
    now.arrive_day = cells[1].number;
    return shipment_put(books, &now, body_base(call), err);
}

/* ---------------------------------------------------------------------------------------------------- receipts */

/* The note, whose loading has ended. */
static bool gone_of(struct books *books, const struct act_call *call, struct note *note, struct err *err)
{
    char text[NOTE_REF_TEXT];
    bool is_done;
    if (!note_of_body(books, call, note, err) || !note_is_done(books, note->id, &is_done, err)) return false;
    note_ref_write(note->id, text);
    return is_done || err_set(err, ERR_CONFLICT, say_text(SAY("ship.not_done"), text));
}

bool arrival_act(struct books *books, struct act_call *call, struct err *err)
{
    struct note     note;
    struct cell     cells[6];
    enum record_did did;
    if (!gone_of(books, call, &note, err) || !form_take(call, ARRIVAL, cells, err)) return false;
    bool is_right = cells[2].number != 0 && cells[3].number != 0 && cells[4].number != 0;
    if (cells[0].number > books_newest_day(books)) {
        err_set(err, ERR_INPUT, SAY("ship.future"));
        return form_fault(call, "day", err);
    }
    if (!is_right && cells[5].text[0] == 0) {
        err_set(err, ERR_INPUT, SAY("ship.wrong"));
        return form_fault(call, "remarks", err);
    }
    const struct value values[] = {
        value_int(note.id),
        value_int(cells[0].number),
        value_text(cells[1].text),
        value_int(cells[2].number),
        value_int(cells[3].number),
        value_int(cells[4].number),
        value_text(cells[5].text),
        value_text(""),
        value_null(),
        value_text(""),
        value_text(books->record.user),
        value_int(books->record.now_ms),
    };
    if (!record_put(&books->record, NOUN_ARRIVAL, RECORD_NEW, values, &did, err) || !note_way(books, note.id, err))
        return false;
    note_renew(books, note.id);
    buf_fmt(&call->answer, "{\"right\":%s}", is_right ? "true" : "false");
    return true;
}

/* What was wrong with it is settled so; is_open false: nothing was, or it is settled already. */
static bool arrival_put(struct books *books, int64_t note, const char *text, int64_t base, bool *is_open,
                        struct err *err)
{
    struct db_stmt *stmt;
    enum record_did did;
    bool            row;
    if (!db_prepare(books->db,
                    SQL("SELECT day, person, is_model, is_quantity, is_intact, remarks, settled_by, by_user, at_ms"
                        " FROM arrival WHERE note = $1"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, note);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, SAY("ship.no_receipt"));
    *is_open = db_text(stmt, 6)[0] == 0 && (db_int(stmt, 2) == 0 || db_int(stmt, 3) == 0 || db_int(stmt, 4) == 0);
    const struct value values[] = {
        value_int(note),
        value_int(db_int(stmt, 0)),
        value_text(db_text(stmt, 1)),
        value_int(db_int(stmt, 2)),
        value_int(db_int(stmt, 3)),
        value_int(db_int(stmt, 4)),
        value_text(db_text(stmt, 5)),
        value_text(books->record.user),
        value_int(books->record.now_ms),
        value_text(text),
        value_text(db_text(stmt, 7)),
        value_int(db_int(stmt, 8)),
    };
    bool is_done = !*is_open || record_put(&books->record, NOUN_ARRIVAL, base, values, &did, err);
    db_reset(stmt);
    note_renew(books, note);
    return is_done;
}

bool arrival_settle_act(struct books *books, struct act_call *call, struct err *err)
{
    struct note note;
    struct cell cells[1];
    bool        is_open = false;
    return gone_of(books, call, &note, err) && form_take(call, TEXT, cells, err) &&
           arrival_put(books, note.id, cells[0].text, body_base(call), &is_open, err) &&
           (is_open || err_set(err, ERR_CONFLICT, SAY("ship.settled")));
}

bool arrival_end(struct books *books, int64_t note, const char *text, struct err *err)
{
    bool is_open;
    return arrival_put(books, note, text, RECORD_ANY, &is_open, err);
}

bool leftover_act(struct books *books, struct act_call *call, struct err *err)
{
    static const char *const WHATS[] = {"next", "refund", "keep"};
    struct note              note;
    struct cell              cells[1];
    enum record_did          did;
    const char              *what;
    bool                     is = false;
    if (!gone_of(books, call, &note, err) || !body_text(call, "what", false, 15, &what, err) ||
        !form_take(call, TEXT, cells, err))
        return false;
    for (size_t i = 0; i < sizeof WHATS / sizeof *WHATS; i++) is = is || strcmp(WHATS[i], what) == 0;
    if (!is) return err_set(err, ERR_INPUT, say_text(SAY("ship.what"), what));
    const struct value values[] = {value_int(note.id), value_text(what), value_text(cells[0].text),
                                   value_text(books->record.user), value_int(books->record.now_ms)};
    if (!record_put(&books->record, NOUN_LEFTOVER, body_base(call), values, &did, err)) return false;
    note_renew(books, note.id);
    return true;
}

/* ---------------------------------------------------------------------------------------------------- trucks, places */

bool truck_arrive_act(struct books *books, struct act_call *call, struct err *err)
{
    struct cell     cells[5];
    enum record_did did;
    int64_t         id;
    bool            is;
    if (!form_take(call, TRUCK, cells, err)) return false;
    if (!order_is(books, line_ref_of_key(cells[3].number), &is, err)) return false;
    if (!is) {
        err_set(err, ERR_INPUT, SAY("register.absent"));
        return form_fault(call, "order", err);
    }
    if (!record_next(&books->record, SQL("SELECT id FROM truck ORDER BY id DESC LIMIT 1"), &id, err)) return false;
    const struct value values[] = {value_int(id),
                                   value_text(cells[0].text),
                                   value_text(cells[1].text),
                                   value_text(cells[2].text),
                                   value_int(cells[3].number),
                                   value_int(0),
                                   value_int(books->record.now_ms),
                                   value_null(),
                                   value_text(cells[4].text),
                                   value_text(books->record.user)};
    buf_fmt(&call->answer, "{\"truck\":%" PRId64 "}", id);
    return record_put(&books->record, NOUN_TRUCK, RECORD_NEW, values, &did, err);
}

bool truck_leave_act(struct books *books, struct act_call *call, struct err *err)
{
    struct db_stmt *stmt;
    enum record_did did;
    int64_t         id;
    bool            row;
    if (!body_int(call, "truck", 1, INT32_MAX, &id, err)) return false;
    if (!db_prepare(books->db,
                    SQL("SELECT plate, driver, phone, order_id, note, arrived_ms, remarks, by_user FROM truck"
                        " WHERE id = $1 AND gone_ms IS NULL"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, id);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, SAY("ship.no_truck"));
    const struct value values[] = {value_int(id),
                                   value_text(db_text(stmt, 0)),
                                   value_text(db_text(stmt, 1)),
                                   value_text(db_text(stmt, 2)),
                                   value_int(db_int(stmt, 3)),
                                   value_int(db_int(stmt, 4)),
                                   value_int(db_int(stmt, 5)),
                                   value_int(books->record.now_ms),
                                   value_text(db_text(stmt, 6)),
                                   value_text(db_text(stmt, 7))};
    bool               is_done = record_put(&books->record, NOUN_TRUCK, body_base(call), values, &did, err);
    db_reset(stmt);
    return is_done;
}

bool spot_save_act(struct books *books, struct act_call *call, struct err *err)
{
    struct cell     cells[2];
    enum record_did did;
    if (!form_take(call, SPOT, cells, err)) return false;
    const struct value values[] = {value_int(cells[0].number), value_text(cells[1].text)};
    return record_put(&books->record, NOUN_SPOT, body_base(call), values, &did, err) &&
           tell_spot(&books->record, cells[0].number, cells[1].text, err);
}
