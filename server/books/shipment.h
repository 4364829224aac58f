/* shipment.h - what goes with a delivery note [R36]: the shipping list, freight and its approval, the consignee's notice, the
 * arrival receipt, what was left behind; trucks at the gate, and the names of places. */
#ifndef SERVER_BOOKS_SHIPMENT_H
#define SERVER_BOOKS_SHIPMENT_H

#include "server/books/act.h"

/* note, base, carrier, waybill, driver, phone, plate, packages, sizes, volume (m3), freight: a changed freight is approved
 * anew. */
bool shipment_list_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* note: the freight, by somebody who didn't enter it. */
bool shipment_approve_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* note: pick-up order and delivery note were held against each other. */
bool shipment_check_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* note, person, day, unloading: the consignee was told what comes and when, a day ahead. */
bool shipment_told_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* note, day, person, model, quantity, intact, remarks: the receipt came back; what isn't right stays open until: note, text. */
bool arrival_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool arrival_settle_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* The case about it ended so; one that is settled stays as it is. */
bool arrival_end(struct books *books, int64_t note, const char *text, struct err *err) MUST_CHECK;

/* note, what (next, refund, keep), text: what becomes of what was left behind; the order desk says so. */
bool leftover_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* plate, driver, phone, order, remarks: a truck stands at the gate. truck: it left. */
bool truck_arrive_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool truck_leave_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* number, name, base: what people call a place. */
bool spot_save_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
