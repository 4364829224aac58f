/* crew_split.c - how a crew shares its pay: server/books/crew_split.h. */
#include "server/books/crew_split.h"

#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "core/money.h"
#include "core/utf8.h"
#include "server/books/books.h"
#include "server/books/master.h"
#include "server/books/pool.h"

static bool split_last(struct db *db, const char *crew, bool *has, char last[16], struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("SELECT split FROM crew_split WHERE crew = $1 ORDER BY from_day DESC LIMIT 1"), &stmt, err))
        return false;
    db_bind_text(stmt, 1, crew);
    if (!db_step(stmt, has, err)) return false;
    utf8_copy(last, 16, *has ? db_text(stmt, 0) : pool_split_word(POOL_EQUAL));
    db_reset(stmt);
    return true;
}

static bool crew_check(struct books *books, const char *crew, struct err *err)
{
    bool is;
    return crew_is(books, crew, &is, err) && (is || err_set(err, ERR_INPUT, say_text(SAY("master.crew"), crew)));
}

bool crew_split_put(struct books *books, const char *crew, const char *split, int32_t from_day, enum record_did *did,
                    struct err *err)
{
    char last[16];
    bool has;
    *did = RECORD_SAME;
    if (!crew_check(books, crew, err)) return false;
    if (pool_split_of(split) == POOL_SPLITS) return err_set(err, ERR_INPUT, say_text(SAY("pool.split"), split));
    if (from_day == INT32_MIN) {
        if (!split_last(books->db, crew, &has, last, err)) return false;
        if (strcmp(last, split) == 0) return true;
        if (has) return err_set(err, ERR_INPUT, say_text(SAY("pool.from"), crew));
        from_day = 0;
    }
    const struct value values[] = {value_text(crew), value_int(from_day), value_text(split)};
    return record_put(&books->record, NOUN_CREW_SPLIT, RECORD_ANY, values, did, err) &&
           (*did == RECORD_SAME || pool_touch_crew(books, crew, from_day, err));
}

bool crew_coefficient_put(struct books *books, const char *crew, int32_t worker, int32_t from_day, int64_t hundredths,
                          enum record_did *did, struct err *err)
{
    if (!crew_check(books, crew, err)) return false;
    if (people_person(&books->people, worker) == NULL)
        return err_set(err, ERR_INPUT, say_int(SAY("worker.unknown"), worker));
    if (hundredths < 1 || hundredths > POOL_COEFFICIENT_MOST) return err_set(err, ERR_INPUT, SAY("pool.coefficient"));
    const struct value values[] = {value_text(crew), value_int(worker), value_int(from_day), value_int(hundredths)};
    return record_put(&books->record, NOUN_CREW_COEFFICIENT, RECORD_ANY, values, did, err) &&
           (*did == RECORD_SAME || pool_touch_crew(books, crew, from_day, err));
}

static bool body_from(const struct act_call *call, int32_t *day, struct err *err)
{
    const char *text;
    if (!body_text(call, "from", false, DAY_TEXT - 1, &text, err)) return false;
    return day_read(text, day) || err_set(err, ERR_INPUT, say_text(SAY("import.day"), text));
}

bool crew_split_act(struct books *books, struct act_call *call, struct err *err)
{
    const char     *crew, *split;
    int32_t         from_day;
    enum record_did did;
    if (!body_text(call, "crew", false, EVENT_STATION_MAX - 1, &crew, err) ||
        !body_text(call, "split", false, 15, &split, err) || !body_from(call, &from_day, err))
        return false;
    const struct value keys[] = {value_text(crew), value_int(from_day)};
    return record_base(&books->record, NOUN_CREW_SPLIT, body_base(call), keys, err) &&
           crew_split_put(books, crew, split, from_day, &did, err);
}

bool crew_coefficient_act(struct books *books, struct act_call *call, struct err *err)
{
    const char     *crew, *text;
    int64_t         worker, hundredths;
    int32_t         from_day;
    enum record_did did;
    if (!body_text(call, "crew", false, EVENT_STATION_MAX - 1, &crew, err) ||
        !body_int(call, "worker", 1, INT32_MAX, &worker, err) || !body_from(call, &from_day, err) ||
        !body_text(call, "coefficient", false, MONEY_TEXT, &text, err) || !money_read_fen(text, &hundredths, err))
        return false;
    const struct value keys[] = {value_text(crew), value_int(worker), value_int(from_day)};
    return record_base(&books->record, NOUN_CREW_COEFFICIENT, body_base(call), keys, err) &&
           crew_coefficient_put(books, crew, (int32_t)worker, from_day, hundredths, &did, err);
}
