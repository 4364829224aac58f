/* code_test.c - barcodes read and written, and the sentence for everything that is none.
 * links: core */
#include <stdio.h>
#include <string.h>

#include "core/code.h"
#include "core/text.h"
#include "tests/unit/rows.h"

/* The digits were computed apart from this program; all hashes are of the empty text or the greatest there is. */
#define HASH_EMPTY                                                                                                  \
    {                                                                                                               \
        0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24, 0x27, 0xae, \
            0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55                      \
    }
#define HASH_MOST                                                                                                     \
    {                                                                                                                 \
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, \
            255, 255, 255, 255, 255, 255, 255, 255, 255, 255                                                          \
    }
#define ENROL_HASH "102987336249554097029535212322581322789799900648198034993379397001115665086549"
#define ENROL_MOST "115792089237316195423570985008687907853269984665640564039457584007913129639935"
#define ENROL_OVER "115792089237316195423570985008687907853269984665640564039457584007913129639936"
#define TOKEN "1234567890123456789012"

static void code_assert_equal(const struct code *a, const struct code *b)
{
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->piece, b->piece);
    switch (a->kind) {
    case CODE_SHEET:
    case CODE_PIECE: assert_memory_equal(&a->sheet, &b->sheet, sizeof a->sheet); break;
    case CODE_BADGE: assert_int_equal(a->badge, b->badge); break;
    case CODE_COMMAND:
        assert_int_equal(a->command.action, b->command.action);
        assert_int_equal(a->command.argument, b->command.argument);
        break;
    case CODE_NOTE: assert_memory_equal(&a->note, &b->note, sizeof a->note); break;
    case CODE_PLACE: assert_int_equal(a->place, b->place); break;
    case CODE_ENROL:
        assert_memory_equal(a->enrol.ip, b->enrol.ip, sizeof a->enrol.ip);
        assert_int_equal(a->enrol.port, b->enrol.port);
        assert_memory_equal(a->enrol.ca_sha256, b->enrol.ca_sha256, sizeof a->enrol.ca_sha256);
        assert_string_equal(a->enrol.token, b->enrol.token);
        break;
    }
}

static struct code must_read(const char *line, size_t len)
{
    struct code code;
    struct err  err;
    if (!code_read(line, len, &code, &err)) fail_msg("%.*s: %s", (int)len, line, err.say.id);
    return code;
}

/* ---- Codes as they are printed */

struct good_row {
    const char *name, *digits;
    struct code code;
};

static const struct good_row GOOD[] = {
    {"sheet",          "126030001020100121",     {.kind = CODE_SHEET, .sheet = {{2603, 1, 2}, 1, 1}}                                              },
    {"sheet most",     "199129999999999969",     {.kind = CODE_SHEET, .sheet = {{9912, 9999, 99}, 99, 999}}                                       },
    {"piece",          "226030142010301781",     {.kind = CODE_PIECE, .sheet = {{2603, 142, 1}, 3, 0}, .piece = 17}                               },
    {"badge",          "300000000000000178",     {.kind = CODE_BADGE, .badge = 1}                                                                 },
    {"badge most",     "399999999999999946",     {.kind = CODE_BADGE, .badge = 999999999999999}                                                   },
    {"command",        "400300000000000563",     {.kind = CODE_COMMAND, .command = {3, 5}}                                                        },
    {"command most",   "499999999999999908",     {.kind = CODE_COMMAND, .command = {999, 999999999999}}                                           },
    {"check 97",       "400300000000002697",     {.kind = CODE_COMMAND, .command = {3, 26}}                                                       },
    {"check 02",       "400300000000009002",     {.kind = CODE_COMMAND, .command = {3, 90}}                                                       },
    {"note",           "526110004201000091",     {.kind = CODE_NOTE, .note = {2611, 42, 1}}                                                       },
    {"place",          "600000000000007727",     {.kind = CODE_PLACE, .place = 77}                                                                },
    {"enrolment",
     "719216800101008443" ENROL_HASH TOKEN "37",
     {.kind = CODE_ENROL, .enrol = {{192, 168, 1, 10}, 8443, HASH_EMPTY, TOKEN}}                                                                  },
    {"enrolment most",
     "725525525525565535" ENROL_MOST "0000000000000000000000"
     "58",                                       {.kind = CODE_ENROL, .enrol = {{255, 255, 255, 255}, 65535, HASH_MOST, "0000000000000000000000"}}},
};

static void good_case(void **state)
{
    const struct good_row *row = *state;
    char                   text[CODE_TEXT_MAX];
    struct code            read = must_read(row->digits, strlen(row->digits));
    code_assert_equal(&read, &row->code);
    assert_string_equal(read.digits, row->digits);
    code_write(&row->code, text);
    assert_string_equal(text, row->digits);
}

/* ---- The same sheet as people and scanners send it */

struct typed_row {
    const char *name, *line;
};

static const struct typed_row TYPED[] = {
    {"typed as printed",  "1 2603 0001 02 01 001 21"                              },
    {"line end",          "126030001020100121\r\n"                                },
    {"tab before",        "\t126030001020100121"                                  },
    {"full-width digits", "１２６０３０００１０２０１００１２１"},
    {"full-width space",  "12603000102　0100121　"                              },
    {"aim identifier",    "]C1126030001020100121"                                 },
    {"aim and line end",  "]Q3126030001020100121\r\n"                             },
    {"letter before",     "A126030001020100121"                                   },
    {"separator behind",  "126030001020100121\x1D"                                },
    {"around",            "*<126030001020100121>*\n"                              },
    {"foreign letters",   "条码：126030001020100121。"                        },
    {"mixed widths",      "1２6030001020１00121"                                },
};

static void typed_case(void **state)
{
    const struct typed_row *row = *state;
    assert_string_equal(must_read(row->line, strlen(row->line)).digits, "126030001020100121");
}

/* ---- What is no code of ours */

struct bad_row {
    const char *name;
    const char *line;
    size_t      len; /* 0: as long as the text */
    const char *sentence;
};

#define ASK "Ask the office for a new print."
#define WHICH "Scan the one on a sheet, a badge or a label."

/* clang-format off */
#define ALONE "Scan again; if that doesn't help, take away the prefix and suffix that it was set to."

static const struct bad_row BAD[] = {
    {"nothing",          "",              0,  "No barcode was read. Scan it again."},
    {"blanks",           " \t\r\n　",     0,  "No barcode was read. Scan it again."},
    {"word",             "DOOR-42",       0,  "This is no barcode of ours: DOOR-42. " WHICH},
    {"two barcodes",     "126030001020100121+300000000000000178", 0, "The scanner sends more than one barcode at a time: 126030001020100121+300000000000000178. " ALONE},
    {"digits behind",    "A126030001020100121-5", 0, "The scanner sends more than one barcode at a time: A126030001020100121-5. " ALONE},
    {"digits joined",    "A1126030001020100121", 0, "This is no barcode of ours: A1126030001020100121. " WHICH},
    {"wrong, surrounded", "]C1126030001020100122", 0, "This is no barcode of ours: ]C1126030001020100122. " WHICH},
    {"minus",            "-26030001020100121", 0,  "This is no barcode of ours: -26030001020100121. " WHICH},
    {"web address",      "https://example.com/a/very/long/path/that/goes/on/and/on", 0,
     "This is no barcode of ours: https://example.com/a/very/long/path/th…. " WHICH},
    {"Chinese",          "流程单",        0,  "This is no barcode of ours: 流程单. " WHICH},
    {"four bytes",       "12🚪",          0,  "This is no barcode of ours: 12🚪. " WHICH},
    {"right to left",    "باب",           0,  "This is no barcode of ours: باب. " WHICH},
    {"NUL within",       "1260300010\0" "0100121", 18, "This is no barcode of ours: 1260300010?0100121. " WHICH},
    {"NUL alone",        "\0",            1,  "This is no barcode of ours: ?. " WHICH},
    {"no UTF-8",         "1\xFF\xFE",     0,  "This is no barcode of ours: 1??. " WHICH},
    {"half a character", "1\xEF\xBC",     0,  "This is no barcode of ours: 1??. " WHICH},
    {"neighbours of full-width digits", "／：",          0,  "This is no barcode of ours: ／：. " WHICH},
    {"Arabic digits",    "١٢",            0,  "This is no barcode of ours: ١٢. " WHICH},
    {"escape",           "\x1B[31m",      0,  "This is no barcode of ours: ?[31m. " WHICH},
    {"markup",           "<b>&\"'",       0,  "This is no barcode of ours: <b>&\"'. " WHICH},
    {"placeholder",      "{1}{2}",        0,  "This is no barcode of ours: {1}{2}. " WHICH},
    {"seventeen digits", "12603000102010012", 0,
     "Digits read: 17, ours have 18. It was cut off or is a foreign barcode: scan again."},
    {"nineteen digits",  "1260300010201001211", 0,
     "Digits read: 19, ours have 18. It was cut off or is a foreign barcode: scan again."},
    {"foreign product",  "6901234567892", 0,
     "Digits read: 13, ours have 18. It was cut off or is a foreign barcode: scan again."},
    {"one digit",        "7",             0,
     "Digits read: 1, ours have 18. It was cut off or is a foreign barcode: scan again."},
    {"two scans in one", "126030001020100121126030001020100121", 0,
     "Digits read: 36, ours have 18. It was cut off or is a foreign barcode: scan again."},
    {"check digits",     "126030001020100122", 0,  "The barcode was read wrongly (check digits). Scan it again."},
    {"check digits 00",  "126030001020100100", 0,  "The barcode was read wrongly (check digits). Scan it again."},
    {"check digits 00 instead of 97", "400300000000002600", 0,
     "The barcode was read wrongly (check digits). Scan it again."},
    {"check digits 01 instead of 98", "400300000000005801", 0,
     "The barcode was read wrongly (check digits). Scan it again."},
    {"check digits 99 instead of 02", "400300000000009099", 0,
     "The barcode was read wrongly (check digits). Scan it again."},
    {"enrolment's check digits", "719216800101008443" ENROL_HASH TOKEN "38", 0,
     "The barcode was read wrongly (check digits). Scan it again."},
    {"kind 0",           "000000000000000098", 0,  "Unknown kind of barcode: 000000000000000098. " WHICH},
    {"kind 8",           "811111111111111138", 0,  "Unknown kind of barcode: 811111111111111138. " WHICH},
    {"enrolment too short", "711111111111111176", 0,  "Unknown kind of barcode: 711111111111111176. " WHICH},
    {"sheet too long",
     "1111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111"
     "11111190", 0, "Unknown kind of barcode: 111111111111111111111111111111111111111…. " WHICH},
    {"month 13",         "126130001020100165", 0,  "The month in this barcode can't be: 126130001020100165. " ASK},
    {"month 0",          "126000001020100166", 0,  "The month in this barcode can't be: 126000001020100166. " ASK},
    {"serial 0",         "126030000020100155", 0,
     "The order number in this barcode can't be: 126030000020100155. " ASK},
    {"line 0",           "126030001000100176", 0,
     "The line number in this barcode can't be: 126030001000100176. " ASK},
    {"revision 0",       "126030001020000114", 0,  "The revision in this barcode can't be: 126030001020000114. " ASK},
    {"copy 0",           "126030001020100024", 0,
     "The copy number in this barcode can't be: 126030001020100024. " ASK},
    {"piece 0",          "226030001020100083", 0,  "The piece number on this label can't be: 226030001020100083. " ASK},
    {"badge 0",          "300000000000000081", 0,
     "This badge number can't be: 300000000000000081. Ask the office for a new badge."},
    {"action 0",         "400000000000000043", 0,  "This command card can't be: 400000000000000043. " ASK},
    {"note's serial 0",  "526110000001000098", 0,
     "The order number in this barcode can't be: 526110000001000098. " ASK},
    {"note's copy 0",    "526110004200000021", 0,
     "The copy number in this barcode can't be: 526110004200000021. " ASK},
    {"note's rest",      "526110004201000188", 0,
     "The barcode of this delivery note can't be: 526110004201000188. " ASK},
    {"place 0",          "600000000000000064", 0,  "The barcode of this place can't be: 600000000000000064. " ASK},
    {"address 256",      "719216800125608443" ENROL_HASH TOKEN "68", 0,
     "This enrolment code holds an address or number that can't be. Make a new one in the office."},
    {"port 0",           "719216800101000000" ENROL_HASH TOKEN "48", 0,
     "This enrolment code holds an address or number that can't be. Make a new one in the office."},
    {"port 65536",       "719216800101065536" ENROL_HASH TOKEN "50", 0,
     "This enrolment code holds an address or number that can't be. Make a new one in the office."},
    {"hash of 257 bits", "719216800101008443" ENROL_OVER TOKEN "65", 0,
     "This enrolment code holds an address or number that can't be. Make a new one in the office."},
};
/* clang-format on */

static void bad_case(void **state)
{
    const struct bad_row *row = *state;
    struct code           code, before;
    struct err            err = {0};
    char                  words[256];
    memset(&code, 0x5A, sizeof code);
    memcpy(&before, &code, sizeof code);
    assert_false(code_read(row->line, row->len > 0 ? row->len : strlen(row->line), &code, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_string_equal(text_say(LANG_EN, &err.say, words, sizeof words), row->sentence);
    assert_string_not_equal(text_of(LANG_ZH, err.say.id), err.say.id);
    assert_memory_equal(&code, &before, sizeof code);
}

/* ---- Long lines */

static void says_after(const char *line, size_t len, const char *start)
{
    struct code code;
    struct err  err;
    char        words[256];
    assert_false(code_read(line, len, &code, &err));
    text_say(LANG_EN, &err.say, words, sizeof words);
    assert_memory_equal(words, start, strlen(start));
}

static void long_lines(void **state)
{
    static char line[4000];
    (void)state;
    memset(line, '7', sizeof line);
    says_after(line, sizeof line, "Digits read: 4000, ours have 18.");
    memset(line, 'x', sizeof line);
    says_after(line, sizeof line, "This is no barcode of ours: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…. Scan");
    memset(line, 0, sizeof line);
    says_after(line, sizeof line, "This is no barcode of ours: ???????????????????????????????????????…. Scan");
    memset(line, ' ', sizeof line);
    says_after(line, sizeof line, "No barcode was read.");
    memcpy(line + 3900, "126030001020100121", 18);
    assert_int_equal(must_read(line, sizeof line).kind, CODE_SHEET);
}

/* ---- Properties */

static void dice_sheet(uint64_t *dice, struct sheet_ref *sheet)
{
    sheet->line.yymm = (int)(dice_between(dice, 0, 99) * 100 + dice_between(dice, 1, 12));
    sheet->line.serial = (int)dice_between(dice, 1, 9999);
    sheet->line.line = (int)dice_between(dice, 1, 99);
    sheet->rev = (int)dice_between(dice, 1, 99);
}

static struct code dice_code(uint64_t *dice)
{
    struct code code = {.kind = (enum code_kind)dice_between(dice, CODE_SHEET, CODE_ENROL)};
    switch (code.kind) {
    case CODE_SHEET:
        dice_sheet(dice, &code.sheet);
        code.sheet.copy = (int)dice_between(dice, 1, 999);
        break;
    case CODE_PIECE:
        dice_sheet(dice, &code.sheet);
        code.piece = (int)dice_between(dice, 1, 999);
        break;
    case CODE_BADGE: code.badge = dice_between(dice, 1, 999999999999999); break;
    case CODE_COMMAND:
        code.command.action = (int)dice_between(dice, 1, 999);
        code.command.argument = dice_between(dice, 0, 999999999999);
        break;
    case CODE_NOTE:
        code.note.yymm = (int)(dice_between(dice, 0, 99) * 100 + dice_between(dice, 1, 12));
        code.note.serial = (int)dice_between(dice, 1, 99999);
        code.note.copy = (int)dice_between(dice, 1, 99);
        break;
    case CODE_PLACE: code.place = dice_between(dice, 1, 999999999999999); break;
    case CODE_ENROL:
        for (int i = 0; i < 4; i++) code.enrol.ip[i] = (uint8_t)dice_next(dice);
        code.enrol.port = (uint16_t)dice_between(dice, 1, 65535);
        for (int i = 0; i < 32; i++) code.enrol.ca_sha256[i] = (uint8_t)dice_next(dice);
        for (int i = 0; i < 22; i++) code.enrol.token[i] = (char)('0' + dice_between(dice, 0, 9));
        break;
    }
    return code;
}

static void reads_what_it_wrote(void **state)
{
    uint64_t dice = 1;
    (void)state;
    for (int i = 0; i < 20000; i++) {
        char        text[CODE_TEXT_MAX];
        struct code code = dice_code(&dice);
        code_write(&code, text);
        struct code read = must_read(text, strlen(text));
        code_assert_equal(&read, &code);
        assert_string_equal(read.digits, text);
    }
}

static void refused(const char *text, const char *of)
{
    struct code code;
    struct err  err;
    if (code_read(text, strlen(text), &code, &err)) fail_msg("%s was read, made of %s by one mistake", text, of);
    assert_string_equal(err.say.id, "code.check");
}

/* What a worn label or a typing hand does: one digit wrong, two neighbours swapped. */
static void finds_each_single_mistake(void **state)
{
    uint64_t dice = 2;
    (void)state;
    for (int i = 0; i < 300; i++) {
        char        text[CODE_TEXT_MAX];
        char        wrong[CODE_TEXT_MAX];
        struct code code = dice_code(&dice);
        code_write(&code, text);
        for (size_t k = 0; text[k] != 0; k++) {
            for (char c = '0'; c <= '9'; c++) {
                memcpy(wrong, text, sizeof wrong);
                wrong[k] = c;
                if (c != text[k]) refused(wrong, text);
            }
            memcpy(wrong, text, sizeof wrong);
            wrong[k] = text[k + 1];
            wrong[k + 1] = text[k];
            if (text[k + 1] != 0 && text[k + 1] != text[k]) refused(wrong, text);
        }
    }
}

static void short_forms_of_writing(void **state)
{
    char text[CODE_TEXT_MAX];
    (void)state;
    code_write_sheet(
        (struct sheet_ref){
            {2603, 1, 2},
            1, 1
    },
        text);
    assert_string_equal(text, "126030001020100121");
    code_write_badge(1, text);
    assert_string_equal(text, "300000000000000178");
}

/* ---- Lines in words */

struct line_row {
    const char     *name;
    struct line_ref line;
    const char     *text, *shorter; /* NULL: text isn't read */
};

static const struct line_row LINES[] = {
    {"first of March", {2603, 1, 2},     "2603-0001-02", "301-2"     },
    {"order alone",    {2603, 1, 0},     "2603-0001",    "301"       },
    {"serial 99",      {2603, 99, 10},   "2603-0099-10", "399-10"    },
    {"serial 100",     {2603, 100, 2},   "2603-0100-02", "3-100-2"   },
    {"January 101",    {2601, 101, 0},   "2601-0101",    "1-101"     },
    {"December",       {2612, 1, 0},     "2612-0001",    "1201"      },
    {"most",           {9912, 9999, 99}, "9912-9999-99", "12-9999-99"},
};

static void line_case(void **state)
{
    const struct line_row *row = *state;
    char                   text[LINE_REF_TEXT];
    struct line_ref        read, of_key = line_ref_of_key(line_ref_key(row->line));
    line_ref_write(row->line, text);
    assert_string_equal(text, row->text);
    line_ref_short(row->line, text);
    assert_string_equal(text, row->shorter);
    assert_true(line_ref_read(row->text, &read));
    assert_memory_equal(&read, &row->line, sizeof read);
    assert_memory_equal(&of_key, &row->line, sizeof of_key);
}

static void no_lines(void **state)
{
    static const char *const texts[] = {
        "",          "2603",      "2603-0001-",    "2603-0001-2",  "2603-0001-00", "2603-0000-01",
        "2613-0001", "2600-0001", "2603-0001-02 ", " 2603-0001",   "2603-0001-0x", "26030001",
        "2603_0001", "+603-0001", "2603-0001-021", "2603-0001--2", "２603-01-02"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct line_ref line = {1, 2, 3};
        if (line_ref_read(texts[i], &line)) fail_msg("\"%s\" was read", texts[i]);
        assert_int_equal(line.serial, 2);
    }
}

/* The key orders as people do: by month, order, line. */
static void keys_keep_order(void **state)
{
    uint64_t         dice = 3;
    struct sheet_ref a = {0}, b = {0};
    (void)state;
    for (int i = 0; i < 5000; i++) {
        char left[LINE_REF_TEXT], right[LINE_REF_TEXT];
        dice_sheet(&dice, &a);
        dice_sheet(&dice, &b);
        line_ref_write(a.line, left);
        line_ref_write(b.line, right);
        int by_text = strcmp(left, right);
        assert_int_equal(line_ref_key(a.line) < line_ref_key(b.line), by_text < 0);
        assert_int_equal(line_ref_key(a.line) == line_ref_key(b.line), by_text == 0);
    }
}

int main(int argc, char **argv)
{
    static struct rows rows;
    ROWS_ADD(&rows, good_case, GOOD);
    ROWS_ADD(&rows, typed_case, TYPED);
    ROWS_ADD(&rows, bad_case, BAD);
    ROWS_ADD(&rows, line_case, LINES);
    rows_add(&rows, "long lines", long_lines, NULL);
    rows_add(&rows, "reads what it wrote", reads_what_it_wrote, NULL);
    rows_add(&rows, "finds each single mistake", finds_each_single_mistake, NULL);
    rows_add(&rows, "short forms of writing", short_forms_of_writing, NULL);
    rows_add(&rows, "no lines", no_lines, NULL);
    rows_add(&rows, "keys keep order", keys_keep_order, NULL);
    return rows_run(&rows, argc, argv);
}
