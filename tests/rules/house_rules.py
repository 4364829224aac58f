"""house_rules.py - the rules of the house as a table: what each says, and how one would be broken.

A guard is (file, text, other text, test): the text stands in that file exactly once; with the other in its place the rule is
kept no more, and that test has to notice: the name of a unit test, or of a step of tests/run.d. To extend, add a row: house.py prints
docs/rules.md from here and from what tests cite as [R..], guards.py tries each guard.
"""
RULES = {
    "R1": ("Without a record it didn't happen: one audit trail, nothing deleted.", [
        ("server/books/record.c", "if (!record_audit(record, noun->name, buf_text(&found->key), buf_text(&found->old), buf_text(&found->new), err))",
         "if (noun == NULL)", "act")]),
    "R2": ("A line carries all its fields; special, project and rush stand out in black and white.", [
        ("server/books/spec.h", '{"measured",      "报的是",   {CELL_ID, true, 0, 0}}', '{"measured",      "报的是",   {CELL_ID, false, 0, 0}}', "register")]),
    "R3": ("A stop needs one touch; what was known before it counts, the rest is held; a change begins with a stop.", [
        ("server/judge/place.c", "if (stop->doors == 0) return INT64_MAX;", "if (stop->doors == 0) continue;", "line"),
        ("server/judge/place.c", "return line->revs[i].is_void && seen >= line->revs[i].void_feed;",
         "return line->revs[i].is_void && seen < 0 && seen > 0;", "line"),
        ("server/books/draft.c", 'return change != 0 || err_set(err, ERR_CONFLICT, say_int(SAY("draft.signed"), rev));',
         'return change != 0 || rev > 0;', "sheet"),
        ("server/books/change.c", " && set_do(books, &change, saved_like, err);", " && (true || set_do(books, &change, saved_like, err));", "change"),
        ("server/books/twin.c", "if (source->quantity == 0) return true;", "if (source->quantity >= 0) return true;", "sheet"),
        ("server/judge/gate.c", "return money->goods_fen + money->comp_fen;", "return money->goods_fen;", "gate"),
        ("server/books/money.c", 'AND c.state != 2), 0) FROM orders AS o', 'AND c.state != 9), 0) FROM orders AS o', "ship")]),
    "R4": ("No order without a written source; quotes are confirmed on record, unconfirmed ones chased.", [
        ("server/books/receipt.c", 'if (is_file && json_count(json_get(body, "files")) == 0) {', "if (is_file && body == NULL) {", "register"),
        ("server/books/receipt.c", "if (!is_file && !cells[SIGNED].is_set) {", "if (!is_file && cells == NULL) {", "register")]),
    "R5": ("A technical question about a special shape is a record: who was asked, the decision, who told the customer.", [
        ("server/books/line_form.c", 'question_want(books, order, line, "special",', 'question_want(books, order, line, "date",', "register")]),
    "R6": ("What is open passes to another with a note, and is his once he has accepted.", [
        ("server/books/enquiry.c", "if (strcmp(enquiry.to_user, books->record.user) != 0) {", "if (books == NULL) {", "enquiry")]),
    "R7": ("What isn't the house's own needs the technical lead's yes before the quote goes out.", [
        ("server/books/question.c", "($2 = 1 OR kind IN ('foreign', 'special'))", "($2 = 1 OR kind IN ('special'))", "sheet")]),
    "R8": ("Money counts once finance confirmed that it arrived, not by who announced it; spread over orders, the rest prepaid; only reversed.", [
        ("server/books/transfer.c", 'if (strcmp(transfer.by_user, call->act->user) == 0) return err_set(err, ERR_RIGHTS, SAY("money.own"));', "", "gate"),
        ("server/books/money.c", "p.state = 1), 0), COALESCE", "p.state IN (0, 1)), 0), COALESCE", "gate"),
        ("server/books/spread.c", "if (sum > purse->rest_fen)", "if (sum > purse->rest_fen && sum < 0)", "gate"),
        ("server/books/spread.c", "if (!spread_end(books, &spread, TAKEN_BACK, why, err)) return false;", "(void)why;", "gate"),
        ("server/books/ship_gate.c", 'return !wants_open || note_void(books, &note, SAY("ship.void_money"), err);', "return true;", "ship"),
        ("server/books/transfer.c", 'if (!first && !second) return err_set(err, ERR_RIGHTS, SAY("money.finance"));', "", "gate")]),
    "R9": ("An enquiry has a first owner and half an hour; the station that saw the sheet last is asked and answers by one touch.", [
        ("server/books/enquiry.c", "enquiry.until_ms = enquiry.asked_ms + minutes * MINUTE_MS;", "enquiry.until_ms = enquiry.asked_ms + minutes;", "enquiry"),
        ("server/books/enquiry.c", "WHERE id = $1 AND station_feed <= $2", "WHERE id = $1 AND station_feed <= $2 + 1000000", "enquiry"),
        ("kiosk/flow/asked.c", "|| flow->screen != SCREEN_IDLE ||", "||", "flow")]),
    "R10": ("A sheet is made from the confirmed quote; a difference is shown and explained.", [
        ("server/books/draft.c", 'if (is_done && n != draft->quote_n) is_done = err_set(err, ERR_INPUT, say_int(SAY("draft.newer_quote"), n));',
         "", "sheet"),
        ("server/books/draft.c", "is_done = is_done && quoted != NULL && sheet != NULL && all_explained(books, draft, quoted, sheet, err);",
         "is_done = is_done && quoted != NULL && sheet != NULL && (n > 0 || all_explained(books, draft, quoted, sheet, err));", "sheet")]),
    "R11": ("Work is recorded once and paid by the rate on the signed sheet; no more than is planned.", [
        ("server/judge/place.c", "int64_t most = claim->count < left->count ? claim->count : left->count;", "int64_t most = claim->count;", "line"),
        ("server/judge/due.c", "int64_t rate = is_rework ? op->rework_rate_cfen : op->rate_cfen;", "int64_t rate = op->rate_cfen + (is_rework ? 1 : 0);", "line")]),
    "R12": ("Released by day and sequence; each operation has its due day, backwards from delivery.", [
        ("server/books/release.c", "sheet_due(books, &sheet, (int32_t)cells[SPEC_DUE].number, err);",
         "(cells[SPEC_DUE].number > 0 || sheet_due(books, &sheet, (int32_t)cells[SPEC_DUE].number, err));", "sheet")]),
    "R13": ("Figures of production and quality come from the scans, never typed twice.", [
        ("server/books/worth.c", "    counts_move(out, fact, old, -1);", "", "writer")]),
    "R14": ("Bad pieces by fault: his own aren't paid, others' are, once decided; the blamed is heard first; scrap is made anew.", [
        ("server/books/exception.c", 'return may || err_set(err, ERR_RIGHTS, SAY("decide.office"));', "return may || line != NULL;", "fault"),
        ("server/books/blame.c", 'if (is) return err_set(err, ERR_CONFLICT, SAY("blame.objected"));', "(void)is;", "fault"),
        ("server/books/remake.c", 'return times == 0 || err_set(err, ERR_CONFLICT, SAY("remake.twice"));', "return times >= 0;", "fault"),
        ("server/books/remake.c", "next = db_int(stmt, 0) - 1;", "next = db_int(stmt, 0) + 1;", "fault"),
        ("server/books/twin.c", "sequence = db_int(stmt, 0) - 1;", "sequence = db_int(stmt, 0) + 1;", "fault"),
        ("server/judge/due.c", "*(event->bad[i].op == work_event(work, fact)->op ? &his : &others) += event->bad[i].count;",
         "*(event->bad[i].op < 0 ? &his : &others) += event->bad[i].count;", "line"),
        ("server/judge/due.c", "if (!is_own_rework(work, fact))", "if (!is_own_rework(work, fact) || fact >= 0)", "line")]),
    "R16a": ("No sheet goes out before the deposit has arrived or a guarantor stands in: signature, limit, last day.", [
        ("server/books/release.c", "money_check_production(books, draft->line - draft->line % 100, err)", "draft->line > 0", "sheet"),
        ("server/judge/gate.c", "return part_up(gate_owed_fen(money), money->deposit_percent, 100);", "return gate_owed_fen(money) * money->deposit_percent / 100;", "gate"),
        ("server/books/money.c", "AND g.until_day >= $2), 0)", "AND g.until_day >= $2 - 9), 0)", "gate"),
        ("server/books/guarantor.c", "return fen <= room ||", "return fen <= room + guarantor->limit_fen ||", "gate"),
        ("server/books/guarantor.c", 'if (!is_same) return fault(call, "files", SAY("guarantor.signature"), err);', "(void)is_same;", "gate")]),
    "R16b": ("No goods leave before their money is in; parts where the owner allows; overrides by two, one a manager.", [
        ("server/judge/gate.c", "int64_t needs = dispatch_needs_fen(money, load_fen), missing = needs - money->in_fen;",
         "int64_t needs = dispatch_needs_fen(money, load_fen), missing = needs - money->in_fen - 1;", "gate"),
        ("server/judge/gate.c", "return !money->may_part || load_fen == 0", "return load_fen == 0", "gate"),
        ("server/judge/gate.c", "int64_t needs = money->shipped_fen + load_fen + money->comp_fen,", "int64_t needs = load_fen + money->comp_fen,", "gate"),
        ("server/books/money.c", 'return first || second || err_set(err, ERR_RIGHTS, SAY("money.manager"));', "return true;", "gate"),
        ("server/books/money.c", 'if (is_on == 0) return err_set(err, ERR_CONFLICT, SAY("money.override_off"));', "", "gate"),
        ("kiosk/flow/dock.c", "if (note_forbids(flow, why, next) || wrong_door(flow, line, why, next)) return true;",
         "if ((note_forbids(flow, why, next) && flow->now_ms < 0) || wrong_door(flow, line, why, next)) return true;", "dock"),
        ("server/judge/dock.c", "if (note->open_feed == 0 || seen < note->open_feed) return HOLD_LOAD_SHUT;", "", "goods"),
        ("server/judge/dock.c", "if (note->void_feed != 0 && seen >= note->void_feed) return HOLD_LOAD_VOID;", "", "goods"),
        ("server/books/ship.c", "if (!gate.is_open) return err_set(err, ERR_CONFLICT, gate.why);", "", "ship")]),
    "R15": ("Quality problems, complaints and after-sales cases are followed until closed: cause, decision, verified.", [
        ("server/books/case.c", 'if (affair.decision[0] == 0) return err_set(err, ERR_CONFLICT, SAY("case.undecided"));', "", "case"),
        ("server/books/case.c", "if (!money_check(books, &affair, err) || !photo_check(books, &affair, err) ||", "if ((false && !money_check(books, &affair, err)) || !photo_check(books, &affair, err) ||", "case")]),
    "R17": ("Every required reviewer signs the exact content, against the whole list; not his own sheet.", [
        ("server/books/review.c", "if (review.signed_by[0] == 0 || !hash_equal(&review.hash, &hash))", "if (!hash_equal(&hash, &hash))", "sheet"),
        ("server/books/review.c", "if (strcmp(user, now->draft.maker) == 0 || strcmp(user, now->draft.editor) == 0)", "if (user == NULL)", "sheet"),
        ("server/books/review.c", 'if (!has) return err_set(err, ERR_INPUT, say_text(SAY("review.tick"), *item));', "if (!has && err == NULL) return false;", "sheet")]),
    "R18": ("Exceptions are listed, aged and owned; each is decided or settled; a day closes with the rest carried over.", [
        ("server/books/settle.c", 'if (state->is_decided) return err_set(err, ERR_INPUT, SAY("settle.decide"));', "if (state->is_decided && err == NULL) return false;", "settle"),
        ("server/books/settle.c", "return state->settled_by[0] != 0 && strcmp(state->told, state->settled_told) == 0;", "return state->settled_by[0] != 0;", "settle"),
        ("server/books/settle.c", "state.carried++;", "", "settle")]),
    "R19": ("The papers of the house are there, each figure the sum of the rows below it, the same in every format.", [
        ("server/ask/report_pay.c", "CAST(SUM(fen) AS BIGINT) AS fen FROM hand_day", "CAST(SUM(fen) AS BIGINT) + 1 AS fen FROM hand_day", "48-reports"),
        ("server/books/rebate.c", 'if (strcmp(row.by_user, books->record.user) == 0) return err_set(err, ERR_RIGHTS, SAY("rebate.own"));', "", "gate"),
        ("server/books/rebate.c", "return !is || fault(call, \"from\", say_int(SAY(\"rebate.twice\"), other), err);", "return other >= 0;", "gate")]),
    "R20": ("Catalogue and dated price list; what has no price isn't quoted.", [
        ("server/books/quote.c", "OR s.fields = '' OR s.price_fen = 0)", "OR s.fields = '')", "sheet")]),
    "R21": ("A size says whether it is the wall opening or the leaf.", [
        ("server/books/line_form.c", 'if (strcmp(of, "opening") != 0 && strcmp(of, "leaf") != 0) form_bad(form, at, "measured", &measured);',
         "(void)of, (void)measured;", "register")]),
    "R22": ("Rush has an owner, a reason and a cap; rush and doubtful dates wait for the follow-up clerk.", [
        ("server/books/head.c", 'if (!head[HEAD_RUSH_OWNER].is_set) form_bad(form, "", "rush_owner", &owner);', "(void)owner;", "register"),
        ("server/books/head.c", 'return open < cap || err_set(err, ERR_INPUT, say_int(say_int(SAY("register.rush_cap"), open), cap));',
         "return open <= INT64_MAX - cap;", "register"),
        ("server/books/question.c", "AND answer IN ('', 'no') AND ($2 = 1", "AND answer IN ('no') AND ($2 = 1", "sheet")]),
    "R23": ("Two kinds of door are two lines with two sheets.", [
        ("server/books/register.c", "int64_t line = order + (int64_t)i + 1;", "int64_t line = order + (int64_t)i * 0 + 1;", "register")]),
    "R24": ("Received before 16:00: placed the same day; later: by ten the next.", [
        ("server/judge/calendar.c", "of_day < cut_min ? (day + 1) * DAY_MIN", "of_day < 0 * cut_min ? (day + 1) * DAY_MIN", "register")]),
    "R25": ("Numbers read as month + serial; an ambiguous one lists all.", [
        ("core/code.c", "int len = line.serial < 100 ? snprintf", "int len = line.serial < 1000 ? snprintf", "code")]),
    "R26": ("An archive reprint's barcode is crossed out.", [
        ("labels/sheet_head.c", "paper_line(job->paper, area.x, area.y + area.h, area.w, -area.h, 1.2f);", "(void)area;", "44-change")]),
    "R27": ("Each hundred sheets make a volume with its cover.", [
        ("server/ask/print.c", "VOLUME_SHEETS = 100,", "VOLUME_SHEETS = 2,", "44-change")]),
    "R28": ("Month end: orders, amounts, doors, on-time and collection rate, by operation and person.", [
        ("server/ask/report_floor.c", "f.day <= l.due_day THEN 1 ELSE 0 END) AS BIGINT) AS on_time",
         "f.day <= l.due_day + 30 THEN 1 ELSE 0 END) AS BIGINT) AS on_time", "48-reports")]),
    "R29": ("Lead times by family, holidays counted out.", [
        ("server/judge/calendar.c", "return calendar->days[low].is_work;", "return true;", "register")]),
    "R30": ("A rush order due in two days alerts its follow-up clerk until he acknowledges.", [
        ("server/ask/todo.c", "WHERE w.rush = 1 AND w.due BETWEEN", "WHERE w.rush = 2 AND w.due BETWEEN", "search")]),
    "R31": ("An order that will be late shows before it is; long late ones ask for person and cause.", [
        ("server/ask/todo.c", "AND +u.due_day < $4", "AND +u.due_day < 0", "search")]),
    "R32": ("A customer is never without name, phone and address.", [
        ("server/books/customer.c", '{"phone",          "电话",       {CELL_PHONE, true, 0, 0}}',
         '{"phone",          "电话",       {CELL_PHONE, false, 0, 0}}', "trade")]),
    "R33": ("Finished goods come in by scan and leave by note; counted = on the books, differences shown.", [
        ("server/judge/stock.c", "out->stock.found += doors - row->doors;", "", "goods"),
        ("server/judge/dock.c", "own->taken = count < there ? count : there;", "own->taken = count < there ? count : count;", "goods")]),
    "R34": ("Returned goods are inspected before they go into stock.", [
        ("server/judge/dock.c", "own->hold = HOLD_RETURNED;", "own->taken = event->count;", "goods")]),
    "R35": ("A claim is per kind, visible, freed after a quarter of an hour.", [
        ("server/judge/checklist.c", "now_ms - then_ms < minutes * MINUTE_MS", "now_ms - then_ms < 1000 * minutes * MINUTE_MS", "sheet"),
        ("server/books/review.c", "if (!claim_holds(review->claimed_ms, books->record.now_ms, minutes)) return true;", "return true;", "sheet")]),
    "R36": ("A note asks for what is there; a superior approves freight; what is left behind and arrives wrong is answered.", [
        ("server/books/shipment.c", 'if (strcmp(now.freight_by, books->record.user) == 0) return err_set(err, ERR_RIGHTS, SAY("ship.own_freight"));', "", "ship"),
        ("server/books/pickup.c", "if (want->doors > there)", "if (want->doors > there + 1000)", "ship"),
        ("server/judge/dock.c", "own->taken = free < *most ? free : *most;", "own->taken = free;", "goods"),
        ("server/books/stock.c", "left > 0 && is_open, &behind, err)", "left > 0 && is_open && note == 0, &behind, err)", "ship"),
        ("server/books/stock.c", "is_wrong, &wrong, err)", "is_wrong && note == 0, &wrong, err)", "ship"),
        ("kiosk/flow/dock.c", "if (note->state == NOTE_UNKNOWN) {", "if (note->state == NOTE_UNKNOWN && note->line_count < 0) {", "dock"),
        ("kiosk/flow/dock.c", "paper->note.copy < note->copy) {", "paper->note.copy + 100 < note->copy) {", "dock"),
        ("kiosk/flow/dock.c", "} else if (line->rev != dock->sheet.ref.rev) {", "} else if (line->rev > dock->sheet.ref.rev + 100) {", "dock"),
        ("kiosk/flow/dock.c", "} else if (!dock->door.is_named) {", "} else if (!dock->door.is_named && line->asked < 0) {", "dock"),
        ("kiosk/flow/dock.c", "if (dock->door.last == EVENT_LOAD) {", "if (dock->door.last == EVENT_LOAD && line->asked < 0) {", "dock"),
        ("kiosk/flow/dock.c", "if (flow_note_left(line) > 0) return false;", "if (flow_note_left(line) >= 0) return false;", "dock"),
        ("kiosk/flow/dock.c", "if (count > flow_note_left(line)) {", "if (count > flow_note_left(line) + 1000) {", "dock"),
        ("kiosk/flow/dock.c", "if (flow->crew_count == 0) {", "if (flow->crew_count < 0) {", "dock"),
        ("server/books/case.c", 'return is || err_set(err, ERR_INPUT, SAY("case.photo"));', "return is || affair != NULL;", "case")]),
    "R37": ("A complaint is closed in 48 hours.", [
        ("server/books/case.c", "due_ms > soon_ms)) affair->due_ms = soon_ms;", "due_ms > soon_ms)) affair->due_ms = later_ms;", "case")]),
    "R38": ("Whoever changes a recorded datum leaves who, when, old and new.", [
        ("server/books/record.c", "buf_text(&found->old), buf_text(&found->new), err))", 'buf_text(&found->new), buf_text(&found->new), err))', "trade")]),
    "R39": ("Each loss has cause, shares, rule; proposed, approved by another.", [
        ("server/books/loss.c", 'if (strcmp(loss.by, books->record.user) == 0) return err_set(err, ERR_RIGHTS, SAY("loss.own"));', "", "change")]),
    "R40": ("Deductions at most a fifth of a month's wage, never below the least wage; the rest is carried.", [
        ("core/money.c", "over = wage_fen - minimum_fen;", "over = wage_fen + 0 * minimum_fen;", "period")]),
    "R41": ("A month closes with every difference listed.", [
        ("server/judge/missing.c", "if (proven * op->per_door > done)", "if (proven * op->per_door > done + 1000)", "settle"),
        ("server/books/unsettled.c", '" WHERE m.missing > 0"),', '" WHERE m.missing > 1000000"),', "period"),
        ("server/judge/due.c", "if (verdict->due_fen != 0 && !who->event->rework) verdict->due_pieces = pieces;",
         "if (verdict->due_fen != 0) verdict->due_pieces = pieces;", "period"),
        ("server/books/slip.c", "THEN v.due_pieces ELSE 0 END\"", "THEN v.due_pieces ELSE v.due_pieces END\"", "period")]),
}
