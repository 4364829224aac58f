/* column.c - one object of a file read into a plain struct: column.h. */
#include "labels/column.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/money.h"
#include "core/utf8.h"

enum { PICTURE_MAX = 16 * 1024 * 1024, VALUE_SHOWN = 60 };

/* ---- Mistakes */

void place_write(const struct json *object, size_t item, const char *inside, size_t at, enum lang lang, char *text,
                 size_t cap)
{
    const struct json *row = json_get(object, "_row");
    struct say         say = row != NULL ? say_int(SAY("labels.at.row"), json_int(row, 0))
                                         : say_int(SAY("labels.at.item"), (int64_t)item + 1);
    text_say(lang, &say, text, cap);
    size_t len = strlen(text);
    if (row == NULL && inside[0] != '\0') snprintf(text + len, cap - len, ", %s[%zu]", inside, at + 1);
}

bool mistake_add(const struct place *place, const char *column, const char *value, struct say reason)
{
    struct mistakes *mistakes = place->mistakes;
    char             where[96], words[512];
    if (mistakes->count++ >= READ_MISTAKES_MAX) return false;
    place_write(place->object, place->item, place->inside, place->at, mistakes->lang, where, sizeof where);
    text_say(mistakes->lang, &reason, words, sizeof words);
    size_t shown = utf8_fit(value, strlen(value), VALUE_SHOWN);
    buf_fmt(&mistakes->lines, "%s: %s \"%.*s%s\": %s\n", where, column, (int)shown, value,
            value[shown] != '\0' ? "…" : "", words);
    return false;
}

/* Bytes that live as long as the file. */
static const struct buf *file_keep(struct file *file, struct buf *bytes)
{
    file->kept = reallocarray(file->kept, file->kept_count + 1, sizeof *file->kept);
    if (file->kept == NULL) abort(); /* as core/buf.h */
    file->kept[file->kept_count] = *bytes;
    *bytes = (struct buf){0};
    return &file->kept[file->kept_count++];
}

/* ---- Values */

/* The value as text, whatever JSON wrote; NULL where it is absent, null or empty. Texts that need no change are the
 * file's own. */
static const char *value_text(const struct place *place, const struct json *value)
{
    struct buf made = {0};
    switch (json_kind_of(value)) {
    case JSON_TEXT: {
        const char *text = json_text(value, "");
        if (strpbrk(text, "\r\t") == NULL) return text[0] == '\0' ? NULL : text;
        for (; *text != '\0'; text++)
            if (*text != '\r') buf_char(&made, *text == '\t' ? ' ' : *text);
        break;
    }
    case JSON_INT: buf_int(&made, json_int(value, 0)); break;
    case JSON_BOOL: buf_str(&made, json_bool(value, false) ? "true" : "false"); break;
    case JSON_LIST:
    case JSON_OBJECT:
    case JSON_NULL: return NULL;
    }
    return made.len == 0 ? NULL : file_keep(place->file, &made)->bytes;
}

/* A whole number in ASCII or full-width digits, at most 18 of them. */
static bool number_read(const char *text, int64_t *number)
{
    size_t  left = strlen(text);
    int64_t read = 0;
    int     count = 0;
    for (size_t step; left > 0; text += step, left -= step, count++) {
        step = utf8_len(text, left);
        int digit = step > 0 ? utf8_digit(text, step) : -1;
        if (digit < 0 || count >= 18) return false;
        read = read * 10 + digit;
    }
    *number = read;
    return count > 0;
}

static bool is_any_of(const char *text, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strcmp(text, *words) == 0) return true;
    return false;
}

static bool yes_read(const char *text, bool *is_yes)
{
    static const char *const YES[] = {"true", "1", "yes", "y", "是", "Yes", "TRUE", NULL};
    static const char *const NO[] = {"false", "0", "no", "n", "否", "No", "FALSE", NULL};
    *is_yes = is_any_of(text, YES);
    return *is_yes || is_any_of(text, NO);
}

/* Names of animals and colours, Chinese and English, in the order of core/shape.h. */
static bool name_read(const char *text, const char *const names[][2], int count, int *number)
{
    int64_t read;
    for (int i = 0; i < count; i++) {
        if (strcmp(text, names[i][0]) != 0 && strcmp(text, names[i][1]) != 0) continue;
        *number = i;
        return true;
    }
    if (!number_read(text, &read) || read >= count) return false;
    *number = (int)read;
    return true;
}

static const char *const ANIMALS[SIGN_ANIMALS][2] = {
    {"鼠", "rat"    },
    {"牛", "ox"     },
    {"虎", "tiger"  },
    {"兔", "rabbit" },
    {"龙", "dragon" },
    {"蛇", "snake"  },
    {"马", "horse"  },
    {"羊", "goat"   },
    {"猴", "monkey" },
    {"鸡", "rooster"},
    {"狗", "dog"    },
    {"猪", "pig"    }
};
static const char *const COLOURS[SIGN_COLOURS][2] = {
    {"黑",    "black" },
    {"白",    "white" },
    {"紫",    "purple"},
    {"粉",    "pink"  },
    {"棕",    "brown" },
    {"黄",    "yellow"},
    {"军绿", "olive" },
    {"青",    "cyan"  }
};

static bool badge_read(const char *text, int64_t *badge, struct err *err)
{
    struct code code;
    if (strlen(text) == CODE_DIGITS) {
        if (!code_read(text, strlen(text), &code, err)) return false;
        if (code.kind != CODE_BADGE) return err_set(err, ERR_INPUT, SAY("labels.read.badge"));
        *badge = code.badge;
        return true;
    }
    return (strlen(text) <= 15 && number_read(text, badge) && *badge > 0) ||
           err_set(err, ERR_INPUT, SAY("labels.read.badge"));
}

static bool rate_read(const char *text, int64_t *rate_cfen, struct err *err)
{
    static const char *const DAYWORK[] = {"daywork", "点工", NULL};
    if (is_any_of(text, DAYWORK))
        *rate_cfen = SHEET_RATE_DAYWORK;
    else if (strcmp(text, "—") == 0 || strcmp(text, "-") == 0)
        *rate_cfen = SHEET_RATE_NONE;
    else
        return money_read_rate(text, rate_cfen, err);
    return true;
}

/* ---- Pictures */

static bool picture_read(const struct place *place, const char *name, struct sheet *sheet, struct err *err)
{
    struct buf path = {0}, bytes = {0};
    if (name[0] != '/') buf_fmt(&path, "%s/", place->file->folder == NULL ? "." : place->file->folder);
    buf_str(&path, name);
    FILE *file = fopen(buf_text(&path), "rb");
    buf_free(&path);
    if (file == NULL) return err_set(err, ERR_ABSENT, say_text(SAY("labels.read.file"), strerrordesc_np(errno)));
    for (size_t got = 1; got > 0 && bytes.len <= PICTURE_MAX; bytes.len += got)
        got = fread(buf_room(&bytes, 65536), 1, 65536, file);
    bool is_read = ferror(file) == 0 && bytes.len <= PICTURE_MAX;
    fclose(file);
    if (!is_read || bytes.len < 8 || memcmp(bytes.bytes, "\x89PNG\r\n\x1a\n", 8) != 0) {
        buf_free(&bytes);
        return err_set(err, ERR_INPUT, SAY("labels.picture"));
    }
    for (size_t i = 0; i < place->file->kept_count; i++) { /* the same for many sheets: kept, and printed, once */
        const struct buf *kept = &place->file->kept[i];
        if (kept->len != bytes.len || memcmp(kept->bytes, bytes.bytes, bytes.len) != 0) continue;
        buf_free(&bytes);
        sheet->picture = kept->bytes;
        sheet->picture_size = kept->len;
        return true;
    }
    const struct buf *kept = file_keep(place->file, &bytes);
    sheet->picture = kept->bytes;
    sheet->picture_size = kept->len;
    return true;
}

/* ---- Columns */

static bool number_put(const struct column *column, const char *text, void *field, struct err *err)
{
    int64_t number;
    if (!number_read(text, &number)) return err_set(err, ERR_INPUT, SAY("labels.read.number"));
    if (number < column->least || number > column->most)
        return err_set(err, ERR_INPUT, say_int(say_int(SAY("labels.read.range"), column->least), column->most));
    if (column->kind == COLUMN_INT)
        *(int *)field = (int)number;
    else
        *(int64_t *)field = number;
    return true;
}

/* Names of columns, separated by spaces, commas or semicolons. */
static bool changed_read(const char *text, struct sheet *sheet, struct err *err);

static bool value_put(const struct place *place, const struct column *column, const char *text, void *into,
                      struct err *err)
{
    void *field = (char *)into + column->offset;
    bool  is_yes;
    switch (column->kind) {
    case COLUMN_TEXT:
        if (strlen(text) > READ_TEXT_MAX)
            return err_set(err, ERR_INPUT, say_int(SAY("labels.read.long"), READ_TEXT_MAX));
        *(const char **)field = text;
        return true;
    case COLUMN_INT:
    case COLUMN_INT64: return number_put(column, text, field, err);
    case COLUMN_RATE: return rate_read(text, field, err);
    case COLUMN_DAY: return day_read(text, field) || err_set(err, ERR_INPUT, SAY("labels.read.day"));
    case COLUMN_YES: return yes_read(text, field) || err_set(err, ERR_INPUT, SAY("labels.read.yes"));
    case COLUMN_BIT:
        if (!yes_read(text, &is_yes)) return err_set(err, ERR_INPUT, SAY("labels.read.yes"));
        if (is_yes) *(unsigned *)field |= 1u << column->least;
        return true;
    case COLUMN_LINE:
        return (line_ref_read(text, field) && ((struct line_ref *)field)->line > 0) ||
               err_set(err, ERR_INPUT, SAY("labels.read.line"));
    case COLUMN_BADGE: return badge_read(text, field, err);
    case COLUMN_ANIMAL:
        return name_read(text, ANIMALS, SIGN_ANIMALS, field) || err_set(err, ERR_INPUT, SAY("labels.read.animal"));
    case COLUMN_COLOUR:
        return name_read(text, COLOURS, SIGN_COLOURS, field) || err_set(err, ERR_INPUT, SAY("labels.read.colour"));
    case COLUMN_CHANGED: return changed_read(text, into, err);
    case COLUMN_PICTURE: return picture_read(place, text, into, err);
    }
    return false;
}

/* Columns of a sheet whose change is marked, by their names in files. */
static const char *const CHANGED[SHEET_FIELDS] = {
    [SHEET_PRODUCT] = "product",
    [SHEET_BRAND] = "brand",
    [SHEET_MATERIAL] = "material",
    [SHEET_STYLE] = "style",
    [SHEET_WALL_OPENING] = "opening_size",
    [SHEET_WALL] = "wall",
    [SHEET_LEAF] = "leaf_size",
    [SHEET_COLOUR] = "colour",
    [SHEET_OPENING] = "opening",
    [SHEET_LOCK] = "lock",
    [SHEET_CLOSER] = "closer",
    [SHEET_HARDWARE] = "hardware",
    [SHEET_DECOR] = "decor",
    [SHEET_FRAME] = "frame",
    [SHEET_ARCHITRAVE] = "architrave",
    [SHEET_PROCESS] = "process",
    [SHEET_PICTURE] = "drawing",
    [SHEET_TECHNICAL] = "technical",
};

static bool changed_read(const char *text, struct sheet *sheet, struct err *err)
{
    while (*text != '\0') {
        size_t len = strcspn(text, " ,;");
        int    field = 0;
        while (field < SHEET_FIELDS && (strlen(CHANGED[field]) != len || strncmp(CHANGED[field], text, len) != 0))
            field++;
        if (field < SHEET_FIELDS)
            sheet->changed |= 1u << field;
        else if (len == 7 && strncmp(text, "wide_mm", 7) == 0)
            sheet->door.changed |= DOOR_WIDE_CHANGED;
        else if (len == 7 && strncmp(text, "high_mm", 7) == 0)
            sheet->door.changed |= DOOR_HIGH_CHANGED;
        else if (len > 0)
            return err_set(err, ERR_INPUT, SAY("labels.read.changed"));
        text += len + strspn(text + len, " ,;");
    }
    return true;
}

static bool column_read(const struct place *place, const struct column *column, void *into)
{
    struct err         err;
    const struct json *value = json_get(place->object, column->name);
    if (value == NULL && place->outer != NULL) value = json_get(place->outer, column->name);
    if (json_kind_of(value) == JSON_LIST || json_kind_of(value) == JSON_OBJECT)
        return mistake_add(place, column->name, "[...]", SAY("labels.read.plain"));
    const char *text = value_text(place, value);
    if (text == NULL) return !column->is_needed || mistake_add(place, column->name, "", SAY("labels.read.needed"));
    return value_put(place, column, text, into, &err) || mistake_add(place, column->name, text, err.say);
}

static bool is_column(const char *name, const struct column *columns, size_t count, const char *const *also)
{
    if (name[0] == '_' || is_any_of(name, also)) return true;
    for (size_t i = 0; i < count; i++)
        if (strcmp(columns[i].name, name) == 0) return true;
    return false;
}

bool columns_read(const struct place *place, const struct column *columns, size_t count, const char *const *also,
                  void *into)
{
    bool               is_good = true;
    void              *iter = NULL;
    const char        *name;
    const struct json *value;
    if (json_kind_of(place->object) != JSON_OBJECT) return mistake_add(place, "", "", SAY("labels.read.object"));
    while (json_next(place->object, &iter, &name, &value))
        if (!is_column(name, columns, count, also)) is_good = mistake_add(place, name, "", SAY("labels.read.unknown"));
    for (size_t i = 0; i < count; i++)
        if (!column_read(place, &columns[i], into)) is_good = false;
    return is_good;
}
