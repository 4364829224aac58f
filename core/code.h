/* code.h - what a barcode says.
 *
 * Line 3/11: a line of text -> struct code
 *
 * Digits only: they survive every keyboard layout, input method and shift key, and make the narrowest Code 128.
 * 18 digits: kind(1) body(15) check(2); the whole number mod 97 is 1 (ISO 7064 MOD 97-10). Enrolment, a QR: 120
 * digits. The revision is in the code, so an old sheet betrays itself even offline [R3].
 *
 * labels/ prints these texts and the kiosk reads them; the grammar is known here and nowhere else. Pure. */
#ifndef CORE_CODE_H
#define CORE_CODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

enum code_kind { CODE_SHEET = 1, CODE_PIECE, CODE_BADGE, CODE_COMMAND, CODE_NOTE, CODE_PLACE, CODE_ENROL };

enum { CODE_DIGITS = 18, CODE_ENROL_DIGITS = 120, CODE_TEXT_MAX = CODE_ENROL_DIGITS + 1 };

/* An order line: all that is judged and counted hangs on it. Prints as 2603-0001-02; a line of 0 means the order. */
struct line_ref {
    int yymm;   /* 2603: March 2026; month 1..12 */
    int serial; /* 1..9999 within the month */
    int line;   /* 1..99; remakes count down from 99 */
};

struct sheet_ref {
    struct line_ref line;
    int             rev;  /* 1..99 */
    int             copy; /* 1..999; one paper for each travelling part; 0 where no copy is meant (piece labels) */
};

struct code_command {
    int     action;   /* 1..999, enum code_action in kiosk words */
    int64_t argument; /* 0..999999999999 */
};

struct code_note {
    int yymm, serial, copy;
};

struct code_enrol {
    uint8_t  ip[4];
    uint16_t port;
    uint8_t  ca_sha256[32]; /* of the CA certificate's DER bytes */
    char     token[23];     /* 22 digits and a NUL */
};

struct code {
    enum code_kind kind;
    char           digits[CODE_TEXT_MAX]; /* as read, without spaces */
    union {
        struct sheet_ref    sheet;   /* CODE_SHEET; CODE_PIECE too, with piece below */
        int64_t             badge;   /* CODE_BADGE: 15 random digits, 1..999999999999999 */
        struct code_command command; /* CODE_COMMAND */
        struct code_note    note;    /* CODE_NOTE */
        int64_t             place;   /* CODE_PLACE */
        struct code_enrol   enrol;   /* CODE_ENROL */
    };
    int piece; /* CODE_PIECE: 1..999 */
};

/* Reads one scanned or typed line of len bytes, not NUL-terminated. Spaces between digits are passed over (people
 * type them as they are printed), and so is what a scanner puts around them, an AIM identifier or characters that are
 * no digits, where exactly one code is left. On failure *code is left alone and err says what is wrong: too short or too long,
 * not a digit, wrong check digits, a kind or field that can't be; never more than 40 characters of the input are
 * repeated. */
bool code_read(const char *line, size_t len, struct code *code, struct err *err) MUST_CHECK;

/* Writes the digits of code->kind and its fields, check digits included; code->digits isn't looked at.
 * code_read() reads the text back to an equal struct. */
void code_write(const struct code *code, char text[CODE_TEXT_MAX]);

/* Convenience for the two that everybody prints. */
void code_write_sheet(struct sheet_ref sheet, char text[CODE_TEXT_MAX]);
void code_write_badge(int64_t badge, char text[CODE_TEXT_MAX]);

/* 2603-0001-02, and back; order only (line 0): 2603-0001. */
enum { LINE_REF_TEXT = 16 };
void line_ref_write(struct line_ref line, char text[LINE_REF_TEXT]);
bool line_ref_read(const char *text, struct line_ref *line) MUST_CHECK;

/* As people say it [R25]: 301-2, from serial 100 on 3-101-2 ... month without zero, serial of two digits below 100. */
void line_ref_short(struct line_ref line, char text[LINE_REF_TEXT]);

/* The line as one ordered number, yymm * 1000000 + serial * 100 + line: the key of a line in every database. */
int64_t         line_ref_key(struct line_ref line);
struct line_ref line_ref_of_key(int64_t key);

/* A delivery note as one ordered number, yymm * 100000 + serial, whatever its copy; and as people read it, 2603-00001. */
enum { NOTE_REF_TEXT = 16 };
int64_t note_ref_key(const struct code_note *note);
void    note_ref_write(int64_t note, char text[NOTE_REF_TEXT]);
bool    note_ref_read(const char *text, int64_t *note) MUST_CHECK;

#endif
