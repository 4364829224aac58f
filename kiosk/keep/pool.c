/* pool.c - crews that don't share equally: kiosk/keep/pool.h. Takes rows of topic pool, gives who was in how long. */
#include "kiosk/keep/pool.h"

#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "kiosk/keep/setting.h"

enum { NAME_ROOM = 40 };

/* No setting of the office has a name with a slash. */
static void name_of(const char *crew, char name[NAME_ROOM])
{
    snprintf(name, NAME_ROOM, "pool/%s", crew);
}

bool pool_learn(struct db *db, const char *crew, const struct json *told, struct err *err)
{
    char name[NAME_ROOM];
    name_of(crew, name);
    return setting_keep(db, name, told, err);
}

/* NULL in *told where nothing is known of it. The caller frees. */
static bool told_read(struct db *db, const char *crew, struct json **told, struct err *err)
{
    char name[NAME_ROOM];
    *told = NULL;
    name_of(crew, name);
    return crew[0] == 0 || setting_read(db, name, told, err);
}

/* Rows stand in the order of their days; of those that hold already the last one counts. */
static bool is_pool(const struct json *told, int32_t day)
{
    const struct json *splits = json_get(told, "splits");
    bool               is = false;
    for (size_t i = 0; i < json_count(splits); i++) {
        const struct json *row = json_at(splits, i);
        int32_t            from_day;
        if (!day_read(json_text(json_at(row, 0), ""), &from_day) || from_day > day) continue;
        is = strcmp(json_text(json_at(row, 1), "equal"), "equal") != 0;
    }
    return is;
}

bool pool_is(struct db *db, const char *crew, int32_t day, bool *is, struct err *err)
{
    struct json *told;
    if (!told_read(db, crew, &told, err)) return false;
    *is = is_pool(told, day);
    json_free(told);
    return true;
}

static void people_take(const struct json *who, struct found_crew *found)
{
    for (size_t i = 0; i < json_count(who); i++) {
        const struct json *row = json_at(who, i);
        for (int k = 0; k < found->count; k++) {
            if (found->sums[k].number == 0 || found->sums[k].number != json_int(json_at(row, 0), 0)) continue;
            found->sums[k].minutes = json_int(json_at(row, 1), 0);
            found->sums[k].hundredths = json_int(json_at(row, 2), 0);
            found->sums[k].parts = json_int(json_at(row, 3), 0);
        }
    }
}

bool pool_last(struct db *db, const char *crew, int32_t day, const char *shift, struct found_crew *found,
               struct err *err)
{
    struct json *told;
    if (!told_read(db, crew, &told, err)) return false;
    const struct json *shifts = json_get(told, "shifts");
    found->is_pool = is_pool(told, day);
    for (size_t i = 0; i < json_count(shifts) && found->is_pool; i++) {
        const struct json *one = json_at(shifts, i);
        int32_t            its_day;
        if (!day_read(json_text(json_get(one, "day"), ""), &its_day)) continue;
        bool is_on = its_day == day && strcmp(json_text(json_get(one, "shift"), ""), shift) == 0;
        if (is_on || its_day > day) continue; /* not over yet: the minutes go on */
        found->pool_day = its_day;
        found->settles_ms = json_int(json_get(one, "settles"), 0);
        people_take(json_get(one, "who"), found);
        break;
    }
    json_free(told);
    return true;
}
