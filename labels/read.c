/* read.c - plain structs from JSON or CSV: read.h. The columns of each paper; to add one, a row here and in
 * docs/labels.md. */
#include "labels/read.h"

#include <stdlib.h>
#include <string.h>

#include "core/csv.h"
#include "labels/column.h"

#define AT(type, member) offsetof(struct type, member)
#define COUNT(table) (sizeof(table) / sizeof(table)[0])
#define PIECES_MOST 1000000

static const char *const NOTHING[] = {NULL};

/* clang-format off */
static const struct column SHEET_COLUMNS[] = {
    {"line", COLUMN_LINE, true, AT(sheet, ref.line), 0, 0},
    {"rev", COLUMN_INT, true, AT(sheet, ref.rev), 1, 99},
    {"copy", COLUMN_INT, true, AT(sheet, ref.copy), 1, 999},
    {"copies", COLUMN_INT, false, AT(sheet, copies), 0, 999},
    {"replaces", COLUMN_INT, false, AT(sheet, replaces), 0, 999},
    {"archive", COLUMN_YES, false, AT(sheet, is_archive), 0, 0},
    {"factory", COLUMN_TEXT, false, AT(sheet, factory), 0, 0},
    {"customer", COLUMN_TEXT, false, AT(sheet, customer), 0, 0},
    {"volume", COLUMN_TEXT, false, AT(sheet, volume), 0, 0},
    {"maker", COLUMN_TEXT, false, AT(sheet, maker), 0, 0},
    {"printed", COLUMN_TEXT, false, AT(sheet, printed), 0, 0},
    {"part", COLUMN_TEXT, true, AT(sheet, part), 0, 0},
    {"quantity", COLUMN_INT64, true, AT(sheet, quantity), 1, PIECES_MOST},
    {"unit", COLUMN_TEXT, false, AT(sheet, unit), 0, 0},
    {"due", COLUMN_DAY, false, AT(sheet, due), 0, 0},
    {"delivery", COLUMN_TEXT, false, AT(sheet, delivery), 0, 0},
    {"rush", COLUMN_BIT, false, AT(sheet, marks), MARK_RUSH, 0},
    {"special_shape", COLUMN_BIT, false, AT(sheet, marks), MARK_SPECIAL, 0},
    {"project", COLUMN_BIT, false, AT(sheet, marks), MARK_PROJECT, 0},
    {"remake", COLUMN_BIT, false, AT(sheet, marks), MARK_REMAKE, 0},
    {"product", COLUMN_TEXT, true, AT(sheet, fields[SHEET_PRODUCT]), 0, 0},
    {"brand", COLUMN_TEXT, false, AT(sheet, fields[SHEET_BRAND]), 0, 0},
    {"material", COLUMN_TEXT, false, AT(sheet, fields[SHEET_MATERIAL]), 0, 0},
    {"style", COLUMN_TEXT, false, AT(sheet, fields[SHEET_STYLE]), 0, 0},
    {"opening_size", COLUMN_TEXT, false, AT(sheet, fields[SHEET_WALL_OPENING]), 0, 0},
    {"leaf_size", COLUMN_TEXT, false, AT(sheet, fields[SHEET_LEAF]), 0, 0},
    {"wall", COLUMN_TEXT, false, AT(sheet, fields[SHEET_WALL]), 0, 0},
    {"colour", COLUMN_TEXT, false, AT(sheet, fields[SHEET_COLOUR]), 0, 0},
    {"opening", COLUMN_TEXT, false, AT(sheet, fields[SHEET_OPENING]), 0, 0},
    {"opening", COLUMN_TEXT, false, AT(sheet, door.opening), 0, 0},
    {"lock", COLUMN_TEXT, false, AT(sheet, fields[SHEET_LOCK]), 0, 0},
    {"closer", COLUMN_TEXT, false, AT(sheet, fields[SHEET_CLOSER]), 0, 0},
    {"hardware", COLUMN_TEXT, false, AT(sheet, fields[SHEET_HARDWARE]), 0, 0},
    {"decor", COLUMN_TEXT, false, AT(sheet, fields[SHEET_DECOR]), 0, 0},
    {"frame", COLUMN_TEXT, false, AT(sheet, fields[SHEET_FRAME]), 0, 0},
    {"architrave", COLUMN_TEXT, false, AT(sheet, fields[SHEET_ARCHITRAVE]), 0, 0},
    {"process", COLUMN_TEXT, false, AT(sheet, fields[SHEET_PROCESS]), 0, 0},
    {"drawing", COLUMN_TEXT, false, AT(sheet, fields[SHEET_PICTURE]), 0, 0},
    {"technical", COLUMN_TEXT, false, AT(sheet, fields[SHEET_TECHNICAL]), 0, 0},
    {"special", COLUMN_TEXT, false, AT(sheet, special), 0, 0},
    {"remarks", COLUMN_TEXT, false, AT(sheet, remarks), 0, 0},
    {"change", COLUMN_TEXT, false, AT(sheet, change), 0, 0},
    {"stays_good", COLUMN_TEXT, false, AT(sheet, stays_good), 0, 0},
    {"changed", COLUMN_CHANGED, false, 0, 0, 0},
    {"leaves", COLUMN_INT, false, AT(sheet, door.leaves), 1, 2},
    {"arched", COLUMN_YES, false, AT(sheet, door.is_arched), 0, 0},
    {"seen_inside", COLUMN_YES, false, AT(sheet, door.is_seen_inside), 0, 0},
    {"wide_mm", COLUMN_INT, false, AT(sheet, door.wide_mm), 100, 20000},
    {"high_mm", COLUMN_INT, false, AT(sheet, door.high_mm), 100, 20000},
    {"picture", COLUMN_PICTURE, false, 0, 0, 0},
    {"content", COLUMN_TEXT, false, AT(sheet, content), 0, 0},
};
static const struct column OP_COLUMNS[] = {
    {"number", COLUMN_INT, true, AT(sheet_op, number), 1, 999},
    {"name", COLUMN_TEXT, true, AT(sheet_op, name), 0, 0},
    {"part", COLUMN_TEXT, false, AT(sheet_op, part), 0, 0},
    {"quantity", COLUMN_INT64, false, AT(sheet_op, quantity), 0, PIECES_MOST},
    {"rate", COLUMN_RATE, false, AT(sheet_op, rate_cfen), 0, 0},
    {"due", COLUMN_DAY, false, AT(sheet_op, due), 0, 0},
    {"carried", COLUMN_TEXT, false, AT(sheet_op, carried), 0, 0},
};
static const struct column SIGN_COLUMNS[] = {
    {"office", COLUMN_TEXT, true, AT(sheet_sign, office), 0, 0},
    {"name", COLUMN_TEXT, true, AT(sheet_sign, name), 0, 0},
    {"when", COLUMN_TEXT, false, AT(sheet_sign, when), 0, 0},
};
static const struct column BADGE_COLUMNS[] = {
    {"badge", COLUMN_BADGE, true, AT(badge_card, badge), 0, 0},
    {"name", COLUMN_TEXT, false, AT(badge_card, name), 0, 0},
    {"number", COLUMN_TEXT, false, AT(badge_card, number), 0, 0},
    {"crew", COLUMN_TEXT, false, AT(badge_card, section), 0, 0}, /* crew, sign, colour: as the table of workers has them */
    {"section", COLUMN_TEXT, false, AT(badge_card, section), 0, 0},
    {"factory", COLUMN_TEXT, false, AT(badge_card, factory), 0, 0},
    {"sign", COLUMN_ANIMAL, false, AT(badge_card, animal), 0, 0},
    {"animal", COLUMN_ANIMAL, false, AT(badge_card, animal), 0, 0},
    {"colour", COLUMN_COLOUR, false, AT(badge_card, colour), 0, 0},
    {"sign_colour", COLUMN_COLOUR, false, AT(badge_card, colour), 0, 0},
    {"spare", COLUMN_TEXT, false, AT(badge_card, spare), 0, 0},
};
static const struct column PIECE_COLUMNS[] = {
    {"line", COLUMN_LINE, true, AT(piece, ref.line), 0, 0},
    {"rev", COLUMN_INT, true, AT(piece, ref.rev), 1, 99},
    {"copy", COLUMN_INT, false, AT(piece, ref.copy), 0, 999},
    {"piece", COLUMN_INT, true, AT(piece, piece), 1, 999},
    {"pieces", COLUMN_INT, false, AT(piece, pieces), 0, 999},
    {"rush", COLUMN_BIT, false, AT(piece, marks), MARK_RUSH, 0},
    {"special_shape", COLUMN_BIT, false, AT(piece, marks), MARK_SPECIAL, 0},
    {"project", COLUMN_BIT, false, AT(piece, marks), MARK_PROJECT, 0},
    {"remake", COLUMN_BIT, false, AT(piece, marks), MARK_REMAKE, 0},
    {"factory", COLUMN_TEXT, false, AT(piece, factory), 0, 0},
    {"product", COLUMN_TEXT, false, AT(piece, product), 0, 0},
    {"part", COLUMN_TEXT, false, AT(piece, part), 0, 0},
    {"size", COLUMN_TEXT, false, AT(piece, size), 0, 0},
    {"colour", COLUMN_TEXT, false, AT(piece, colour), 0, 0},
    {"opening", COLUMN_TEXT, false, AT(piece, opening), 0, 0},
    {"customer", COLUMN_TEXT, false, AT(piece, customer), 0, 0},
};
static const struct column NOTE_COLUMNS[] = {
    {"section", COLUMN_TEXT, true, AT(note, section), 0, 0},
    {"day", COLUMN_DAY, true, AT(note, day), 0, 0},
    {"shift", COLUMN_TEXT, false, AT(note, shift), 0, 0},
    {"chief", COLUMN_TEXT, false, AT(note, chief), 0, 0},
    {"printed", COLUMN_TEXT, false, AT(note, printed), 0, 0},
    {"counted", COLUMN_TEXT, false, AT(note, counted), 0, 0},
    {"made", COLUMN_INT64, false, AT(note, made), 0, PIECES_MOST},
    {"planned", COLUMN_INT64, false, AT(note, planned), 0, PIECES_MOST},
    {"today", COLUMN_INT64, false, AT(note, today), 0, PIECES_MOST},
    {"late", COLUMN_INT64, false, AT(note, late), 0, PIECES_MOST},
    {"rush", COLUMN_INT64, false, AT(note, rush), 0, PIECES_MOST},
    {"bad", COLUMN_INT64, false, AT(note, bad), 0, PIECES_MOST},
    {"held", COLUMN_INT64, false, AT(note, held), 0, PIECES_MOST},
    {"unit", COLUMN_TEXT, false, AT(note, unit), 0, 0},
};
static const struct column STOP_COLUMNS[] = {
    {"number", COLUMN_TEXT, true, AT(note_stop, number), 0, 0},
    {"title", COLUMN_TEXT, true, AT(note_stop, title), 0, 0},
    {"text", COLUMN_TEXT, false, AT(note_stop, text), 0, 0},
    {"collect", COLUMN_TEXT, false, AT(note_stop, collect), 0, 0},
};
static const struct column ROW_COLUMNS[] = {
    {"number", COLUMN_TEXT, true, AT(note_row, number), 0, 0},
    {"product", COLUMN_TEXT, false, AT(note_row, product), 0, 0},
    {"watch", COLUMN_TEXT, false, AT(note_row, watch), 0, 0},
    {"where", COLUMN_TEXT, false, AT(note_row, where), 0, 0},
    {"today", COLUMN_INT64, false, AT(note_row, today), 0, PIECES_MOST},
    {"arrived", COLUMN_INT64, false, AT(note_row, arrived), 0, PIECES_MOST},
    {"due", COLUMN_DAY, false, AT(note_row, due), 0, 0},
    {"late_days", COLUMN_INT, false, AT(note_row, late_days), 0, 9999},
    {"rush", COLUMN_BIT, false, AT(note_row, marks), MARK_RUSH, 0},
    {"special_shape", COLUMN_BIT, false, AT(note_row, marks), MARK_SPECIAL, 0},
    {"project", COLUMN_BIT, false, AT(note_row, marks), MARK_PROJECT, 0},
    {"remake", COLUMN_BIT, false, AT(note_row, marks), MARK_REMAKE, 0},
};
static const struct column MESSAGE_COLUMNS[] = {
    {"who", COLUMN_TEXT, true, AT(note_message, who), 0, 0},
    {"text", COLUMN_TEXT, true, AT(note_message, text), 0, 0},
};
static const struct column PERSON_COLUMNS[] = {
    {"name", COLUMN_TEXT, true, AT(note_person, name), 0, 0},
    {"signed", COLUMN_YES, false, AT(note_person, has_sign), 0, 0},
    {"animal", COLUMN_ANIMAL, false, AT(note_person, animal), 0, 0},
    {"sign_colour", COLUMN_COLOUR, false, AT(note_person, colour), 0, 0},
};
struct worded { int number; const char *name; };
static const struct column WORDED_COLUMNS[] = {
    {"number", COLUMN_INT, true, AT(worded, number), 1, 999},
    {"name", COLUMN_TEXT, true, AT(worded, name), 0, 0},
};

/* Lists of a kind's file and of its items: the names of JSON, and in front of CSV's columns. An item ends where a row
 * names another in the columns of keys; without keys each row is one, with "" the file is. */
static const struct form {
    const char *list, *keys[3], *lists[4][2];
} FORMS[] = {
    [FILE_SHEETS] = {"sheets", {"line", "rev", "copy"}, {{"op", "operations"}, {"sign", "signs"}}},
    [FILE_BADGES] = {"badges", {NULL}, {{NULL, NULL}}},
    [FILE_CARDS] = {"cards", {""}, {{"reason", "reasons"}, {"op", "operations"}}},
    [FILE_PIECES] = {"pieces", {NULL}, {{NULL, NULL}}},
    [FILE_NOTES] = {"notes", {"section"}, {{"stop", "stops"}, {"row", "rows"}, {"message", "messages"}, {"person", "people"}}},
};
/* clang-format on */

/* ---- CSV made JSON of that form */

/* One row of the table, and where its cells are. */
struct table {
    const struct json *columns, *rows;
    const struct form *form;
};

static const char *cell_of(const struct table *table, const struct json *row, const char *column)
{
    for (size_t i = 0; i < json_count(table->columns); i++)
        if (strcmp(json_text(json_at(table->columns, i), ""), column) == 0) return json_text(json_at(row, i + 1), "");
    return "";
}

/* The cells whose columns begin with prefix and a dot ("" : those without one) as an object's members. */
static bool members_write(const struct table *table, const struct json *row, const char *prefix, struct buf *out)
{
    bool   has_any = false;
    size_t len = strlen(prefix);
    for (size_t i = 0; i < json_count(table->columns); i++) {
        const char *name = json_text(json_at(table->columns, i), ""), *dot = strchr(name, '.');
        const char *text = json_text(json_at(row, i + 1), "");
        bool        is_ours =
            len == 0 ? dot == NULL : dot != NULL && (size_t)(dot - name) == len && strncmp(name, prefix, len) == 0;
        if (!is_ours || text[0] == '\0') continue;
        json_key(out, len == 0 ? name : dot + 1);
        json_cstr(out, text);
        has_any = true;
    }
    return has_any;
}

static void row_number(const struct json *row, struct buf *out)
{
    buf_str(out, "{\"_row\":");
    buf_int(out, json_int(json_at(row, 0), 0));
}

/* Does the row begin another item than the one that row named named? Empty keys go on. */
static bool row_begins(const struct table *table, size_t at, size_t named)
{
    if (table->form->keys[0] == NULL) return true;
    for (size_t i = 0; i < COUNT(table->form->keys) && table->form->keys[i] != NULL; i++) {
        const char *text = cell_of(table, json_at(table->rows, at), table->form->keys[i]);
        if (text[0] != '\0' && strcmp(text, cell_of(table, json_at(table->rows, named), table->form->keys[i])) != 0)
            return true;
    }
    return false;
}

static void item_write(const struct table *table, size_t from, size_t end, struct buf *out)
{
    row_number(json_at(table->rows, from), out);
    members_write(table, json_at(table->rows, from), "", out);
    for (size_t i = 0; i < COUNT(table->form->lists) && table->form->lists[i][0] != NULL; i++) {
        json_key(out, table->form->lists[i][1]);
        buf_char(out, '[');
        for (size_t at = from; at < end; at++) {
            struct buf members = {0};
            row_number(json_at(table->rows, at), &members);
            if (members_write(table, json_at(table->rows, at), table->form->lists[i][0], &members)) {
                json_sep(out);
                buf_add(out, members.bytes, members.len);
                buf_char(out, '}');
            }
            buf_free(&members);
        }
        buf_char(out, ']');
    }
    buf_char(out, '}');
}

static struct json *table_items(const struct json *csv, const struct form *form, struct err *err)
{
    struct table table = {.columns = json_get(csv, "columns"), .rows = json_get(csv, "rows"), .form = form};
    struct buf   out = {0};
    size_t       count = json_count(table.rows);
    buf_char(&out, '[');
    for (size_t from = 0, end; from < count; from = end) {
        for (end = from + 1; end < count && !row_begins(&table, end, from);) end++;
        json_sep(&out);
        item_write(&table, from, end, &out);
    }
    buf_char(&out, ']');
    struct json *items = json_read(out.bytes, out.len, err);
    buf_free(&out);
    return items;
}

static struct json *csv_items(const struct form *form, const char *bytes, size_t len, struct err *err)
{
    struct buf   body = {0};
    struct json *csv = NULL, *items = NULL;
    if (csv_import("", bytes, len, true, &body, err)) csv = json_read(body.bytes, body.len, err);
    if (csv != NULL) items = table_items(csv, form, err);
    json_free(csv);
    buf_free(&body);
    return items;
}

/* ---- Files */

bool file_open(struct file *file, enum file_kind kind, bool is_csv, const char *bytes, size_t len, struct err *err)
{
    const struct form *form = &FORMS[kind];
    struct json       *whole = is_csv ? csv_items(form, bytes, len, err) : json_read(bytes, len, err);
    if (whole == NULL) return false;
    const struct json *list = json_kind_of(whole) == JSON_LIST ? whole : json_get(whole, form->list);
    if (json_kind_of(whole) != JSON_LIST && json_kind_of(whole) != JSON_OBJECT) {
        json_free(whole);
        return err_set(err, ERR_INPUT, SAY("labels.read.object"));
    }
    file->whole = whole;
    file->list = json_kind_of(list) == JSON_LIST ? list : NULL;
    return true;
}

void file_close(struct file *file)
{
    for (size_t i = 0; i < file->kept_count; i++) buf_free(&file->kept[i]);
    free(file->kept);
    json_free(file->whole);
    file->kept = NULL;
    file->whole = NULL;
    file->kept_count = 0;
}

size_t file_count(const struct file *file)
{
    return file->list == NULL ? 1 : json_count(file->list);
}

static struct place place_of(struct file *file, size_t i, struct mistakes *mistakes)
{
    const struct json *object = file->list == NULL ? file->whole : json_at(file->list, i);
    const struct json *outer = json_kind_of(file->whole) == JSON_OBJECT && file->list != NULL ? file->whole : NULL;
    return (struct place){
        .file = file, .object = object, .outer = outer, .inside = "", .item = i, .mistakes = mistakes};
}

void file_place(const struct file *file, size_t i, enum lang lang, char *text, size_t cap)
{
    const struct json *object = file->list == NULL ? file->whole : json_at(file->list, i);
    place_write(object, i, "", 0, lang, text, cap);
}

/* A list of the object, each element by its columns into an array of count_max structs of size. */
static bool list_read(const struct place *place, const char *name, const struct column *columns, size_t column_count,
                      void *into, size_t size, size_t most, size_t *count)
{
    const struct json *list = json_get(place->object, name);
    bool               is_good = true;
    *count = 0;
    if (list == NULL) return true;
    if (json_kind_of(list) != JSON_LIST) return mistake_add(place, name, "", SAY("labels.read.list"));
    if (json_count(list) > most) return mistake_add(place, name, "", say_int(SAY("labels.read.most"), (int64_t)most));
    for (size_t i = 0; i < json_count(list); i++) {
        struct place inside = *place;
        inside.object = json_at(list, i);
        inside.outer = NULL;
        inside.inside = name;
        inside.at = i;
        if (!columns_read(&inside, columns, column_count, NOTHING, (char *)into + size * i)) is_good = false;
    }
    *count = json_count(list);
    return is_good;
}

bool file_sheet(struct file *file, size_t i, struct sheet *sheet, struct mistakes *mistakes)
{
    static const char *const ALSO[] = {"operations", "signs", NULL};
    struct place             place = place_of(file, i, mistakes);
    size_t                   ops, signs;
    memset(sheet, 0, sizeof *sheet);
    sheet->due = SHEET_NO_DAY;
    bool is_good = columns_read(&place, SHEET_COLUMNS, COUNT(SHEET_COLUMNS), ALSO, sheet);
    for (int op = 0; op < SHEET_OPS_MAX; op++) {
        sheet->ops[op] = (struct sheet_op){
            .quantity = sheet->quantity, .rate_cfen = SHEET_RATE_NONE, .due = SHEET_NO_DAY, .part = sheet->part};
    }
    is_good &= list_read(&place, "operations", OP_COLUMNS, COUNT(OP_COLUMNS), sheet->ops, sizeof sheet->ops[0],
                         SHEET_OPS_MAX, &ops);
    is_good &= list_read(&place, "signs", SIGN_COLUMNS, COUNT(SIGN_COLUMNS), sheet->signs, sizeof sheet->signs[0],
                         SHEET_SIGNS_MAX, &signs);
    sheet->op_count = (int)ops;
    sheet->sign_count = (int)signs;
    return is_good;
}

bool file_badge(struct file *file, size_t i, struct badge_card *badge, struct mistakes *mistakes)
{
    static const char *const ALSO[] = {"backs", "finder", "role", "lang", NULL};
    struct place             place = place_of(file, i, mistakes);
    memset(badge, 0, sizeof *badge);
    badge->animal = badge->colour = -1;
    if (!columns_read(&place, BADGE_COLUMNS, COUNT(BADGE_COLUMNS), ALSO, badge)) return false;
    /* As the office gives signs to workers of whom it isn't told one. */
    long number = badge->number == NULL ? 0 : strtol(badge->number, NULL, 10);
    if (number < 0) number = 0;
    if (badge->animal < 0) badge->animal = (int)(number % SIGN_ANIMALS);
    if (badge->colour < 0) badge->colour = (int)(number / SIGN_ANIMALS % SIGN_COLOURS);
    if (badge->spare == NULL && badge->name == NULL) return mistake_add(&place, "name", "", SAY("labels.read.needed"));
    return true;
}

bool file_badge_back(struct file *file, struct badge_back *back)
{
    const struct json *first =
        file->list == NULL || json_kind_of(file->whole) == JSON_OBJECT ? file->whole : json_at(file->list, 0);
    const struct json *asked = json_get(first, "backs");
    const char        *finder = json_text(json_get(first, "finder"), NULL),
               *factory = json_text(json_get(first, "factory"), NULL);
    *back = (struct badge_back){.factory = factory, .finder = finder};
    return json_bool(asked, false) || strcmp(json_text(asked, ""), "是") == 0 ||
           strcmp(json_text(asked, ""), "yes") == 0;
}

bool file_piece(struct file *file, size_t i, struct piece *piece, struct mistakes *mistakes)
{
    struct place place = place_of(file, i, mistakes);
    memset(piece, 0, sizeof *piece);
    return columns_read(&place, PIECE_COLUMNS, COUNT(PIECE_COLUMNS), NOTHING, piece);
}

/* ---- Morning sheets */

static void *list_room(const struct place *place, const char *name, size_t size)
{
    void *room = calloc(json_count(json_get(place->object, name)) + 1, size);
    if (room == NULL) abort(); /* as core/buf.h */
    return room;
}

bool file_note(struct file *file, size_t i, struct note *note, struct mistakes *mistakes)
{
    enum { MOST = 1000 };
    static const char *const ALSO[] = {"stops", "rows", "messages", "people", NULL};
    struct place             place = place_of(file, i, mistakes);
    memset(note, 0, sizeof *note);
    note->day = INT32_MIN;
    bool                 is_good = columns_read(&place, NOTE_COLUMNS, COUNT(NOTE_COLUMNS), ALSO, note);
    struct note_stop    *stops = list_room(&place, "stops", sizeof *stops);
    struct note_row     *rows = list_room(&place, "rows", sizeof *rows);
    struct note_message *messages = list_room(&place, "messages", sizeof *messages);
    struct note_person  *people = list_room(&place, "people", sizeof *people);
    for (size_t at = 0; at < json_count(json_get(place.object, "rows")); at++)
        rows[at] = (struct note_row){.today = -1, .arrived = -1, .due = INT32_MIN};
    for (size_t at = 0; at < json_count(json_get(place.object, "people")); at++) people[at].has_sign = true;
    is_good &=
        list_read(&place, "stops", STOP_COLUMNS, COUNT(STOP_COLUMNS), stops, sizeof *stops, MOST, &note->stop_count);
    is_good &= list_read(&place, "rows", ROW_COLUMNS, COUNT(ROW_COLUMNS), rows, sizeof *rows, MOST, &note->row_count);
    is_good &= list_read(&place, "messages", MESSAGE_COLUMNS, COUNT(MESSAGE_COLUMNS), messages, sizeof *messages, MOST,
                         &note->message_count);
    is_good &= list_read(&place, "people", PERSON_COLUMNS, COUNT(PERSON_COLUMNS), people, sizeof *people, MOST,
                         &note->person_count);
    note->stops = stops;
    note->rows = rows;
    note->messages = messages;
    note->people = people;
    return is_good;
}

void note_free(struct note *note)
{
    free((void *)(uintptr_t)note->stops);
    free((void *)(uintptr_t)note->rows);
    free((void *)(uintptr_t)note->messages);
    free((void *)(uintptr_t)note->people);
    memset(note, 0, sizeof *note);
}

/* ---- Command cards */

enum { CARD_OP = 8, CARD_BAD = 9, CARD_FAULT = 24, WORDED_MAX = 400 };

static const char *worded_find(const struct worded *all, size_t count, int64_t number)
{
    for (size_t i = 0; i < count; i++)
        if (all[i].number == number) return all[i].name;
    return NULL;
}

static void row_cards(const struct card_row *row, const struct worded *own, size_t own_count, struct card *cards,
                      size_t *count)
{
    if (own_count > 0 && row->from != row->to) { /* the shop's own: those, and no others */
        for (size_t i = 0; i < own_count; i++)
            cards[(*count)++] = (struct card){
                .action = row->action, .argument = own[i].number, .words = own[i].name, .is_bad = row->is_bad};
        return;
    }
    for (int64_t argument = row->from; argument <= row->to; argument += row->step)
        cards[(*count)++] = (struct card){.action = row->action,
                                          .argument = argument,
                                          .words = worded_find(own, own_count, argument),
                                          .is_bad = row->is_bad,
                                          .shape = row->shape};
}

bool file_cards(struct file *file, struct card **cards, size_t *count, struct mistakes *mistakes)
{
    static const char *const ALSO[] = {"reasons", "operations", NULL};
    struct worded           *reasons = calloc(WORDED_MAX, sizeof *reasons), *ops = calloc(WORDED_MAX, sizeof *ops);
    struct card             *made = calloc(2 * WORDED_MAX + 1000, sizeof *made);
    size_t                   reason_count = 0, op_count = 0;
    bool                     is_good = true;
    if (reasons == NULL || ops == NULL || made == NULL) abort(); /* as core/buf.h */
    *count = 0;
    if (file->whole != NULL) {
        struct place place = place_of(file, 0, mistakes);
        is_good = columns_read(&place, NULL, 0, ALSO, NULL);
        is_good &= list_read(&place, "reasons", WORDED_COLUMNS, COUNT(WORDED_COLUMNS), reasons, sizeof *reasons,
                             WORDED_MAX, &reason_count);
        is_good &= list_read(&place, "operations", WORDED_COLUMNS, COUNT(WORDED_COLUMNS), ops, sizeof *ops, WORDED_MAX,
                             &op_count);
    }
    for (size_t i = 0; i < CARD_ROW_COUNT; i++) {
        int  action = CARD_ROWS[i].action;
        bool is_op = action == CARD_OP || action == CARD_FAULT;
        row_cards(&CARD_ROWS[i], is_op ? ops : reasons,
                  is_op                ? op_count
                  : action == CARD_BAD ? reason_count
                                       : 0,
                  made, count);
    }
    free(reasons);
    free(ops);
    *cards = made;
    return is_good;
}
