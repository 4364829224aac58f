/* cell.c - one field of an imported table: server/books/cell.h. */
#include "server/books/cell.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "core/code.h"
#include "core/money.h"
#include "core/utf8.h"

enum { SHOWN_BYTES = 40 /* of a wrong value, in its sentence */ };

static struct say say_value(struct say say, const char *text)
{
    char shown[SHOWN_BYTES + 1] = "";
    snprintf(shown, sizeof shown, "%.*s", (int)utf8_fit(text, strlen(text), SHOWN_BYTES), text);
    return say_text(say, shown);
}

/* ---------------------------------------------------------------------------------------------------- reading text */

/* Spaces of both widths around it are no part of a value. */
static void trim(const char **text, size_t *len)
{
    for (;;) {
        if (*len > 0 && (**text == ' ' || **text == '\t'))
            (*text)++, (*len)--;
        else if (*len >= 3 && memcmp(*text, "\xE3\x80\x80", 3) == 0)
            *text += 3, *len -= 3;
        else
            break;
    }
    for (;;) {
        if (*len > 0 && strchr(" \t\r\n", (*text)[*len - 1]) != NULL)
            (*len)--;
        else if (*len >= 3 && memcmp(*text + *len - 3, "\xE3\x80\x80", 3) == 0)
            *len -= 3;
        else
            break;
    }
}

/* U+FF01..FF5E are the full-width forms of ASCII. */
static void narrow(char *text)
{
    char *to = text;
    for (const unsigned char *from = (const unsigned char *)text; *from != 0;) {
        unsigned wide = from[0] == 0xEF && from[1] != 0 && from[2] != 0
                            ? (from[0] & 0x0FU) << 12 | (from[1] & 0x3FU) << 6 | (from[2] & 0x3FU)
                            : 0;
        if (wide >= 0xFF01 && wide <= 0xFF5E) {
            *to++ = (char)(wide - 0xFF01 + '!');
            from += 3;
        } else {
            *to++ = (char)*from++;
        }
    }
    *to = 0;
}

static bool is_formula(const char *text)
{
    return strchr("=+-@", text[0]) != NULL && text[1] != 0;
}

/* What spreadsheets write where a formula failed. */
static bool is_error(const char *text)
{
    static const char *const ERRORS[] = {"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"};
    for (size_t i = 0; i < sizeof ERRORS / sizeof *ERRORS; i++)
        if (strcmp(ERRORS[i], text) == 0) return true;
    return false;
}

static bool text_check(const char *text, struct err *err)
{
    for (const char *c = text; *c != 0; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7F) return err_set(err, ERR_INPUT, SAY("import.control"));
    if (is_error(text)) return err_set(err, ERR_INPUT, say_value(SAY("import.error"), text));
    return !is_formula(text) || err_set(err, ERR_INPUT, say_value(SAY("import.formula"), text));
}

/* An id stands in events, file names and addresses. */
static bool id_check(const char *text, bool may_have_spaces, struct err *err)
{
    static const char ALLOWED[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_.";
    size_t            word = 0;
    for (const char *c = text; *c != 0; c++) {
        word = *c == ' ' ? 0 : word + 1;
        bool is_good = (unsigned char)*c >= 0x80 || strchr(ALLOWED, *c) != NULL || (may_have_spaces && *c == ' ');
        if (!is_good || word > CELL_ID_BYTES) return err_set(err, ERR_INPUT, say_value(SAY("import.id"), text));
    }
    return true;
}

/* ---------------------------------------------------------------------------------------------------- numbers */

/* Whole, with an optional sign; false also beyond 18 digits. */
static bool digits_read(const char *text, int64_t *number)
{
    bool    is_minus = text[0] == '-';
    int64_t n = 0;
    size_t  len = strlen(text + is_minus);
    if (len == 0 || len > 18 || strspn(text + is_minus, "0123456789") != len) return false;
    for (const char *c = text + is_minus; *c != 0; c++) n = n * 10 + (*c - '0');
    *number = is_minus ? -n : n;
    return true;
}

static bool int_read(const struct cell_want *want, struct cell *cell, struct err *err)
{
    if (digits_read(cell->text, &cell->number) && cell->number >= want->least && cell->number <= want->most)
        return true;
    return err_set(err, ERR_INPUT,
                   say_int(say_int(say_value(SAY("import.number"), cell->text), want->least), want->most));
}

static bool bool_read(struct cell *cell, struct err *err)
{
    static const char *const YES[] = {"1", "yes", "true", "是"};
    static const char *const NO[] = {"0", "no", "false", "否"};
    for (size_t i = 0; i < sizeof YES / sizeof *YES; i++) {
        if (strcmp(cell->text, NO[i]) == 0) return true;
        if (strcmp(cell->text, YES[i]) != 0) continue;
        cell->number = 1;
        return true;
    }
    return err_set(err, ERR_INPUT, say_value(SAY("import.bool"), cell->text));
}

/* The digits at *text, at most `most`; *text then stands behind them. -1: there are none, or more. */
static int digits_take(const char **text, size_t most)
{
    size_t len = strspn(*text, "0123456789");
    int    number = 0;
    if (len == 0 || len > most) return -1;
    for (size_t i = 0; i < len; i++) number = number * 10 + (*(*text)++ - '0');
    return number;
}

/* Year first, the same sign twice. */
static bool day_cell_read(struct cell *cell, struct err *err)
{
    const char *text = cell->text;
    char        canonical[48], separator;
    int32_t     number;
    int         year = digits_take(&text, 4), month, day;
    separator = *text;
    if (year >= 2000 && separator != 0 && strchr("-/.", separator) != NULL) {
        text++;
        month = digits_take(&text, 2);
        day = *text == separator ? (text++, digits_take(&text, 2)) : -1;
        snprintf(canonical, sizeof canonical, "%04d-%02d-%02d", year, month, day);
        if (*text == 0 && month > 0 && day > 0 && day_read(canonical, &number)) {
            cell->number = number;
            return true;
        }
    }
    return err_set(err, ERR_INPUT, say_value(SAY("import.day"), cell->text));
}

static bool rate_cell_read(struct cell *cell, struct err *err)
{
    return money_read_rate(cell->text, &cell->number, err);
}

static bool fen_cell_read(const struct cell_want *want, struct cell *cell, struct err *err)
{
    if (!money_read_fen(cell->text, &cell->number, err)) return false;
    return (cell->number >= want->least && cell->number <= want->most) ||
           err_set(err, ERR_INPUT, say_fen(say_fen(SAY("import.fen"), want->least), want->most));
}

/* Spaces and dashes stay as people group the digits; the search looks at the digits alone. */
static bool phone_cell_read(struct cell *cell, struct err *err)
{
    int digits = 0;
    for (const char *c = cell->text; *c != 0; c++) {
        bool is_digit = *c >= '0' && *c <= '9';
        if (!is_digit && strchr(" -()", *c) == NULL)
            return err_set(err, ERR_INPUT, say_value(SAY("import.phone"), cell->text));
        digits += is_digit;
    }
    return (digits >= 5 && strchr("-", cell->text[0]) == NULL) ||
           err_set(err, ERR_INPUT, say_value(SAY("import.phone"), cell->text));
}

static bool order_cell_read(struct cell *cell, struct err *err)
{
    struct line_ref ref;
    if (!line_ref_read(cell->text, &ref) || ref.line != 0)
        return err_set(err, ERR_INPUT, say_value(SAY("import.order"), cell->text));
    cell->number = line_ref_key(ref);
    return true;
}

static bool badge_cell_read(struct cell *cell, struct err *err)
{
    struct code code;
    size_t      len = strlen(cell->text);
    if (strpbrk(cell->text, "eE") != NULL)
        return err_set(err, ERR_INPUT, say_value(SAY("import.shortened"), cell->text));
    if (len == CODE_DIGITS) {
        if (!code_read(cell->text, len, &code, err)) return false;
        if (code.kind == CODE_BADGE) cell->number = code.badge;
    } else if (len == 15 && !digits_read(cell->text, &cell->number)) {
        cell->number = 0;
    }
    return cell->number > 0 || err_set(err, ERR_INPUT, say_value(SAY("import.badge"), cell->text));
}

/* ---------------------------------------------------------------------------------------------------- a cell */

static bool value_read(const struct cell_want *want, struct cell *cell, struct err *err)
{
    switch (want->kind) {
    case CELL_TEXT: return text_check(cell->text, err);
    case CELL_ID: return text_check(cell->text, err) && id_check(cell->text, false, err);
    case CELL_IDS: return text_check(cell->text, err) && id_check(cell->text, true, err);
    case CELL_INT: return int_read(want, cell, err);
    case CELL_BOOL: return bool_read(cell, err);
    case CELL_DAY: return day_cell_read(cell, err);
    case CELL_RATE: return rate_cell_read(cell, err);
    case CELL_ORDER: return order_cell_read(cell, err);
    case CELL_BADGE: return badge_cell_read(cell, err);
    case CELL_FEN: return fen_cell_read(want, cell, err);
    case CELL_PHONE: return phone_cell_read(cell, err);
    }
    return false;
}

static size_t bytes_most(const struct cell_want *want)
{
    switch (want->kind) {
    case CELL_TEXT:
    case CELL_IDS: return (size_t)want->most;
    case CELL_ID: return CELL_ID_BYTES;
    case CELL_INT:
    case CELL_BOOL:
    case CELL_DAY:
    case CELL_RATE:
    case CELL_ORDER:
    case CELL_BADGE:
    case CELL_FEN: break;
    case CELL_PHONE: return 30;
    }
    return 60;
}

bool cell_read(const struct cell_want *want, const char *text, size_t len, struct cell *cell, struct err *err)
{
    struct cell new = {0};
    trim(&text, &len);
    if (memchr(text, 0, len) != NULL) return err_set(err, ERR_INPUT, SAY("import.nul"));
    if (len > bytes_most(want))
        return err_set(err, ERR_INPUT, say_int(say_int(SAY("import.long"), (int64_t)len), (int64_t)bytes_most(want)));
    memcpy(new.text, text, len);
    new.is_set = len > 0;
    if (want->kind != CELL_TEXT) narrow(new.text);
    if (!new.is_set && want->is_needed) return err_set(err, ERR_INPUT, SAY("import.empty"));
    if (new.is_set && !value_read(want, &new, err)) return false;
    *cell = new;
    return true;
}
