/* code.c - what a barcode says: core/code.h, docs/protocol.md.
 *
 * A code is rows of fields, each a few digits at a place: reading checks each against its bounds, writing puts them
 * back. To add a field to a kind: a row, and a line in the kind's take and put. */
#include "core/code.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "core/utf8.h"

enum { CHECK_DIGITS = 2, CHECK_LEAST = 2, CHECK_MOST = 98 };
enum { HASH_DIGITS = 78, TOKEN_DIGITS = 22, EXCERPT_MAX = 40, EXCERPT_BYTES = 4 * EXCERPT_MAX + 1 };

/* Where the digits of a field stand, what they may be, and what is said otherwise. */
struct field {
    int         at, width;
    int64_t     least, most;
    const char *wrong;
};

static const struct field KIND = {0, 1, CODE_SHEET, CODE_ENROL, "code.kind"};
static const struct field YEAR = {1, 2, 0, 99, "code.month"};
static const struct field MONTH = {3, 2, 1, 12, "code.month"};
static const struct field SERIAL = {5, 4, 1, 9999, "code.serial"};
static const struct field LINE = {9, 2, 1, 99, "code.line"};
static const struct field REV = {11, 2, 1, 99, "code.rev"};
static const struct field COPY = {13, 3, 1, 999, "code.copy"};
static const struct field PIECE = {13, 3, 1, 999, "code.piece"};
static const struct field BADGE = {1, 15, 1, 999999999999999, "code.badge"};
static const struct field ACTION = {1, 3, 1, 999, "code.command"};
static const struct field ARGUMENT = {4, 12, 0, 999999999999, "code.command"};
static const struct field NOTE_SERIAL = {5, 5, 1, 99999, "code.serial"};
static const struct field NOTE_COPY = {10, 2, 1, 99, "code.copy"};
static const struct field NOTE_REST = {12, 4, 0, 0, "code.note"};
static const struct field PLACE = {1, 15, 1, 999999999999999, "code.place"};
static const struct field PORT = {13, 5, 1, UINT16_MAX, "code.enrol"};

enum { IP_AT = 1, HASH_AT = 18, TOKEN_AT = 96 };

/* ---- Digits */

/* Reads a field; the first one that can't be leaves its sentence in *wrong. */
static int64_t take(const char *digits, const struct field *field, const char **wrong)
{
    int64_t number = 0;
    for (int i = 0; i < field->width; i++) number = number * 10 + (digits[field->at + i] - '0');
    if (*wrong == NULL && (number < field->least || number > field->most)) *wrong = field->wrong;
    return number;
}

static int take_int(const char *digits, const struct field *field, const char **wrong)
{
    return (int)take(digits, field, wrong);
}

/* Out of bounds is a mistake of ours: what is printed must be readable. */
static void put(char *digits, const struct field *field, int64_t number)
{
    assert(number >= field->least && number <= field->most);
    for (int i = field->width - 1; i >= 0; i--, number /= 10) digits[field->at + i] = (char)('0' + number % 10);
}

static int mod_97(const char *digits, int count)
{
    int rest = 0;
    for (int i = 0; i < count; i++) rest = (rest * 10 + (digits[i] - '0')) % 97;
    return rest;
}

/* ISO 7064 MOD 97-10: the whole number leaves 1. Check digits are 02 to 98; 00, 01 and 99 would leave the same as 97,
 * 98 and 02, and a body has one code only. */
static bool check_is_right(const char *digits, int count)
{
    int check = (digits[count - 2] - '0') * 10 + (digits[count - 1] - '0');
    return mod_97(digits, count) == 1 && check >= CHECK_LEAST && check <= CHECK_MOST;
}

/* A hash of 256 bits as one decimal number, most significant digit first. */
static bool hash_take(const char *digits, uint8_t hash[32])
{
    memset(hash, 0, 32);
    for (int i = 0; i < HASH_DIGITS; i++) {
        int carry = digits[i] - '0';
        for (int k = 31; k >= 0; k--) {
            carry += hash[k] * 10;
            hash[k] = (uint8_t)(carry & 0xFF);
            carry >>= 8;
        }
        if (carry != 0) return false;
    }
    return true;
}

static void hash_put(char *digits, const uint8_t hash[32])
{
    uint8_t left[32];
    memcpy(left, hash, sizeof left);
    for (int i = HASH_DIGITS - 1; i >= 0; i--) {
        int rest = 0;
        for (int k = 0; k < 32; k++) {
            rest = rest * 256 + left[k];
            left[k] = (uint8_t)(rest / 10);
            rest %= 10;
        }
        digits[i] = (char)('0' + rest);
    }
}

/* ---- Kinds */

static void yymm_put(char *digits, int yymm)
{
    put(digits, &YEAR, yymm / 100);
    put(digits, &MONTH, yymm % 100);
}

static int yymm_take(const char *digits, const char **wrong)
{
    return take_int(digits, &YEAR, wrong) * 100 + take_int(digits, &MONTH, wrong);
}

static void sheet_take(const char *digits, struct sheet_ref *sheet, const char **wrong)
{
    sheet->line.yymm = yymm_take(digits, wrong);
    sheet->line.serial = take_int(digits, &SERIAL, wrong);
    sheet->line.line = take_int(digits, &LINE, wrong);
    sheet->rev = take_int(digits, &REV, wrong);
}

static void sheet_put(char *digits, const struct sheet_ref *sheet)
{
    yymm_put(digits, sheet->line.yymm);
    put(digits, &SERIAL, sheet->line.serial);
    put(digits, &LINE, sheet->line.line);
    put(digits, &REV, sheet->rev);
}

static void note_take(const char *digits, struct code_note *note, const char **wrong)
{
    note->yymm = yymm_take(digits, wrong);
    note->serial = take_int(digits, &NOTE_SERIAL, wrong);
    note->copy = take_int(digits, &NOTE_COPY, wrong);
    take(digits, &NOTE_REST, wrong);
}

static void note_put(char *digits, const struct code_note *note)
{
    yymm_put(digits, note->yymm);
    put(digits, &NOTE_SERIAL, note->serial);
    put(digits, &NOTE_COPY, note->copy);
    put(digits, &NOTE_REST, 0);
}

static struct field ip_field(int i)
{
    return (struct field){IP_AT + 3 * i, 3, 0, 255, "code.enrol"};
}

static void enrol_take(const char *digits, struct code_enrol *enrol, const char **wrong)
{
    for (int i = 0; i < 4; i++) {
        struct field field = ip_field(i);
        enrol->ip[i] = (uint8_t)take(digits, &field, wrong);
    }
    enrol->port = (uint16_t)take(digits, &PORT, wrong);
    if (!hash_take(digits + HASH_AT, enrol->ca_sha256) && *wrong == NULL) *wrong = "code.enrol";
    memcpy(enrol->token, digits + TOKEN_AT, TOKEN_DIGITS);
    enrol->token[TOKEN_DIGITS] = 0;
}

static void enrol_put(char *digits, const struct code_enrol *enrol)
{
    for (int i = 0; i < 4; i++) {
        struct field field = ip_field(i);
        put(digits, &field, enrol->ip[i]);
    }
    put(digits, &PORT, enrol->port);
    hash_put(digits + HASH_AT, enrol->ca_sha256);
    assert(strspn(enrol->token, "0123456789") == TOKEN_DIGITS && enrol->token[TOKEN_DIGITS] == 0);
    memcpy(digits + TOKEN_AT, enrol->token, TOKEN_DIGITS);
}

/* ---- Reading */

/* Blanks that people and line ends bring along; the last one is the full-width space. */
static bool is_blank(const char *text, size_t step)
{
    return (step == 1 && strchr(" \t\r\n", text[0]) != NULL && text[0] != 0) ||
           (step == 3 && memcmp(text, "　", 3) == 0);
}

/* The start of what was read, for the sentence: at most 40 characters, none that could upset a line. */
static struct say excerpt(struct say say, const char *line, size_t len)
{
    char   text[EXCERPT_BYTES];
    size_t used = 0, i = 0;
    for (int n = 0; n < EXCERPT_MAX && i < len; n++) {
        size_t step = utf8_len(line + i, len - i);
        bool   is_shown = step > 1 || (step == 1 && line[i] >= ' ' && line[i] != 0x7F);
        if (step == 0) step = 1;
        if (n == EXCERPT_MAX - 1 && i + step < len) {
            memcpy(text + used, "…", sizeof "…" - 1);
            used += sizeof "…" - 1;
            break;
        }
        if (is_shown) memcpy(text + used, line + i, step);
        if (!is_shown) text[used] = '?';
        used += is_shown ? step : 1;
        i += step;
    }
    text[used] = 0;
    return say_text(say, text);
}

/* Gathers the digits; false at the first character that is neither digit nor blank. *count goes on beyond what digits
 * holds, so that a far too long line can be told its length. */
static bool gather(const char *line, size_t len, char digits[CODE_TEXT_MAX], size_t *count)
{
    *count = 0;
    for (size_t i = 0; i < len;) {
        size_t step = utf8_len(line + i, len - i);
        int    digit = utf8_digit(line + i, step);
        if (digit >= 0) {
            if (*count < CODE_ENROL_DIGITS) digits[*count] = (char)('0' + digit);
            ++*count;
        } else if (!is_blank(line + i, step)) {
            return false;
        }
        i += step;
    }
    digits[*count < CODE_ENROL_DIGITS ? *count : CODE_ENROL_DIGITS] = 0;
    return true;
}

/* Takes the digits apart by their kind; the id of what is wrong, or NULL. */
static const char *fields_take(struct code *code, int count)
{
    const char *digits = code->digits, *wrong = NULL;
    int         kind = take_int(digits, &KIND, &wrong);
    if (wrong == NULL && (kind == CODE_ENROL) != (count == CODE_ENROL_DIGITS)) wrong = KIND.wrong;
    if (wrong != NULL) return wrong;
    code->kind = (enum code_kind)kind;
    switch (code->kind) {
    case CODE_SHEET:
        sheet_take(digits, &code->sheet, &wrong);
        code->sheet.copy = take_int(digits, &COPY, &wrong);
        break;
    case CODE_PIECE:
        sheet_take(digits, &code->sheet, &wrong);
        code->piece = take_int(digits, &PIECE, &wrong);
        break;
    case CODE_BADGE: code->badge = take(digits, &BADGE, &wrong); break;
    case CODE_COMMAND:
        code->command.action = take_int(digits, &ACTION, &wrong);
        code->command.argument = take(digits, &ARGUMENT, &wrong);
        break;
    case CODE_NOTE: note_take(digits, &code->note, &wrong); break;
    case CODE_PLACE: code->place = take(digits, &PLACE, &wrong); break;
    case CODE_ENROL: enrol_take(digits, &code->enrol, &wrong); break;
    }
    return wrong;
}

/* A scanner that was set so, or set back, sends more than the barcode: an AIM identifier ("]C1"), a letter before, a
 * separator behind. Passed over where what is left is one run of digits that is a code: no digit is ever dropped. */
static bool is_surrounded(const char *line, size_t len, const char **run, size_t *run_len)
{
    enum { AIM_BYTES = 3 };
    bool   has_aim = len > AIM_BYTES && line[0] == ']' && (line[1] | 0x20) >= 'a' && (line[1] | 0x20) <= 'z';
    size_t step;
    *run_len = 0;
    for (size_t i = has_aim ? AIM_BYTES : 0; i < len; i += step) {
        step = utf8_len(line + i, len - i);
        if (step == 0) step = 1;
        if (utf8_digit(line + i, step) < 0) continue;
        if (step > 1) return false; /* nothing that a scanner sends */
        if (*run_len == 0) *run = line + i;
        if (*run + *run_len != line + i) return false; /* a second one */
        ++*run_len;
    }
    return (*run_len == CODE_DIGITS || *run_len == CODE_ENROL_DIGITS) && check_is_right(*run, (int)*run_len);
}

/* A code is in it, but not alone: another barcode, or digits that a scanner adds. */
static bool has_code(const char *line, size_t len)
{
    for (size_t begin = 0, end; begin < len; begin = end + 1) {
        for (end = begin; end < len && utf8_digit(line + end, 1) >= 0;) end++;
        if (end - begin == CODE_DIGITS && check_is_right(line + begin, CODE_DIGITS)) return true;
    }
    return false;
}

/* Finds the digits of a line; err says why there are none. */
static bool digits_find(const char *line, size_t len, char digits[CODE_TEXT_MAX], size_t *count, struct err *err)
{
    const char *run = NULL;
    size_t      run_len;
    if (gather(line, len, digits, count)) return true;
    if (is_surrounded(line, len, &run, &run_len)) return gather(run, run_len, digits, count);
    return err_set(err, ERR_INPUT, excerpt(has_code(line, len) ? SAY("code.extra") : SAY("code.digit"), line, len));
}

bool code_read(const char *line, size_t len, struct code *code, struct err *err)
{
    struct code read;
    size_t      count;
    memset(&read, 0, sizeof read);
    if (!digits_find(line, len, read.digits, &count, err)) return false;
    if (count == 0) return err_set(err, ERR_INPUT, SAY("code.empty"));
    if (count != CODE_DIGITS && count != CODE_ENROL_DIGITS)
        return err_set(err, ERR_INPUT, say_int(say_int(SAY("code.length"), (int64_t)count), CODE_DIGITS));
    if (!check_is_right(read.digits, (int)count)) return err_set(err, ERR_INPUT, SAY("code.check"));
    const char *wrong = fields_take(&read, (int)count);
    if (wrong != NULL) return err_set(err, ERR_INPUT, excerpt(say_make(wrong), read.digits, count));
    *code = read;
    return true;
}

/* ---- Writing */

void code_write(const struct code *code, char text[CODE_TEXT_MAX])
{
    char digits[CODE_TEXT_MAX] = {0};
    int  count = code->kind == CODE_ENROL ? CODE_ENROL_DIGITS : CODE_DIGITS;
    put(digits, &KIND, code->kind);
    switch (code->kind) {
    case CODE_SHEET:
        sheet_put(digits, &code->sheet);
        put(digits, &COPY, code->sheet.copy);
        break;
    case CODE_PIECE:
        sheet_put(digits, &code->sheet);
        put(digits, &PIECE, code->piece);
        break;
    case CODE_BADGE: put(digits, &BADGE, code->badge); break;
    case CODE_COMMAND:
        put(digits, &ACTION, code->command.action);
        put(digits, &ARGUMENT, code->command.argument);
        break;
    case CODE_NOTE: note_put(digits, &code->note); break;
    case CODE_PLACE: put(digits, &PLACE, code->place); break;
    case CODE_ENROL: enrol_put(digits, &code->enrol); break;
    }
    struct field check = {count - CHECK_DIGITS, CHECK_DIGITS, CHECK_LEAST, CHECK_MOST, ""};
    memset(digits + check.at, '0', CHECK_DIGITS);
    put(digits, &check, 98 - mod_97(digits, count));
    memcpy(text, digits, (size_t)count + 1);
}

void code_write_sheet(struct sheet_ref sheet, char text[CODE_TEXT_MAX])
{
    struct code code = {.kind = CODE_SHEET, .sheet = sheet};
    code_write(&code, text);
}

void code_write_badge(int64_t badge, char text[CODE_TEXT_MAX])
{
    struct code code = {.kind = CODE_BADGE, .badge = badge};
    code_write(&code, text);
}

/* ---- Lines in words */

/* The last digits of a number, by hand: a list of thousands of rows writes a line in each. */
static char *digits_write(char *at, int number, int count)
{
    for (int i = count - 1; i >= 0; i--, number /= 10) at[i] = (char)('0' + number % 10);
    return at + count;
}

void line_ref_write(struct line_ref line, char text[LINE_REF_TEXT])
{
    char *at = digits_write(text, line.yymm, 4);
    *at++ = '-';
    at = digits_write(at, line.serial, 4);
    if (line.line != 0) {
        *at++ = '-';
        at = digits_write(at, line.line, 2);
    }
    *at = 0;
}

bool line_ref_read(const char *text, struct line_ref *line)
{
    static const struct field year = {0, 2, 0, 99, ""}, month = {2, 2, 1, 12, ""}, serial = {5, 4, 1, 9999, ""},
                              number = {10, 2, 1, 99, ""};
    static const char shape[] = "dddd-dddd-dd";
    size_t            len = strlen(text);
    const char       *wrong = NULL;
    if (len != 9 && len != sizeof shape - 1) return false;
    for (size_t i = 0; i < len; i++)
        if (shape[i] == 'd' ? utf8_digit(text + i, 1) < 0 : text[i] != shape[i]) return false;
    struct line_ref read = {take_int(text, &year, &wrong) * 100 + take_int(text, &month, &wrong),
                            take_int(text, &serial, &wrong), len > 9 ? take_int(text, &number, &wrong) : 0};
    if (wrong != NULL) return false;
    *line = read;
    return true;
}

enum { NOTE_SERIALS = 100000 };

int64_t note_ref_key(const struct code_note *note)
{
    return (int64_t)note->yymm * NOTE_SERIALS + note->serial;
}

void note_ref_write(int64_t note, char text[NOTE_REF_TEXT])
{
    snprintf(text, NOTE_REF_TEXT, "%04d-%05d", (int)(note / NOTE_SERIALS % 10000), (int)(note % NOTE_SERIALS));
}

bool note_ref_read(const char *text, int64_t *note)
{
    static const struct field year = {0, 2, 0, 99, ""}, month = {2, 2, 1, 12, ""}, serial = {5, 5, 1, 99999, ""};
    static const char         shape[] = "dddd-ddddd";
    const char               *wrong = NULL;
    if (strlen(text) != sizeof shape - 1) return false;
    for (size_t i = 0; i < sizeof shape - 1; i++)
        if (shape[i] == 'd' ? utf8_digit(text + i, 1) < 0 : text[i] != shape[i]) return false;
    struct code_note read = {take_int(text, &year, &wrong) * 100 + take_int(text, &month, &wrong),
                             take_int(text, &serial, &wrong), 0};
    if (wrong != NULL) return false;
    *note = note_ref_key(&read);
    return true;
}

/* [R25] 301 is March's first order; its second line is 301-2; from serial 100 on a dash keeps 3-101 apart from 310-1. */
void line_ref_short(struct line_ref line, char text[LINE_REF_TEXT])
{
    int month = line.yymm % 100;
    int len = line.serial < 100 ? snprintf(text, LINE_REF_TEXT, "%d%02d", month, line.serial)
                                : snprintf(text, LINE_REF_TEXT, "%d-%d", month, line.serial);
    if (line.line != 0) snprintf(text + len, (size_t)(LINE_REF_TEXT - len), "-%d", line.line);
}

int64_t line_ref_key(struct line_ref line)
{
    return (int64_t)line.yymm * 1000000 + (int64_t)line.serial * 100 + line.line;
}

struct line_ref line_ref_of_key(int64_t key)
{
    return (struct line_ref){(int)(key / 1000000), (int)(key / 100 % 10000), (int)(key % 100)};
}
