/* labels_test.c - papers as boxes: nothing outside, nothing over another, nothing in a quiet zone, nothing cut; codes,
 * label languages, and what is refused by which sentence. Where cairo draws, the bars themselves are read back by
 * tests/run.d/35-paper.
 * links: labels core */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "labels/fit.h"
#include "labels/pdf.h"
#include "labels/read.h"
#include "labels/tspl.h"
#include "labels/zpl.h"
#include "tests/unit/rows.h"

static struct type *type;

static void paper_open(struct paper *paper, enum lang lang)
{
    struct err err;
    if (type == NULL) assert_true(type_open(&type, &err));
    paper_begin(paper, type, lang);
}

/* ---- Symbols */

static void symbols_are_what_standards_say(void **state)
{
    struct symbol symbol;
    struct err    err;
    char          bars[12] = "";
    (void)state;
    assert_true(symbol_make(SYMBOL_CODE128, "126030001010300114", &symbol, &err));
    assert_int_equal(symbol.columns, SYMBOL_CODE128_COLUMNS);
    assert_int_equal(symbol.rows, 1);
    for (int i = 0; i < 11; i++) bars[i] = symbol_is_black(&symbol, 0, i) ? '1' : '0';
    assert_string_equal(bars, "11010011100"); /* start C: two digits a character */
    assert_true(symbol_make(SYMBOL_QR, "126030001010300114", &symbol, &err));
    assert_int_equal(symbol.columns, SYMBOL_QR_COLUMNS);
    assert_int_equal(symbol.rows, SYMBOL_QR_COLUMNS);
    assert_true(symbol_is_black(&symbol, 0, 0) && !symbol_is_black(&symbol, 1, 1) && symbol_is_black(&symbol, 3, 3));
    assert_false(symbol_make(SYMBOL_CODE128, "12A", &symbol, &err));
    assert_string_equal(err.say.id, "labels.symbol");
    assert_false(symbol_make(SYMBOL_QR, "", &symbol, &err));
    assert_false(symbol_make(SYMBOL_CODE128, "门", &symbol, &err));
}

/* ---- Text made lines: widths in em of 1 mm */

static const struct fit_row {
    const char *name, *text;
    float       wide, high;
    int         lines;
    const char *wanted; /* lines with | between, what found no room behind > */
} FITS[] = {
    {"fits",          "门扇",                4, 1, 1, "门扇"                 },
    {"wraps",         "左外开锁孔在右", 4, 3, 2, "左外开锁|孔在右" },
    {"no mark first", "左外开，右内开", 3, 6, 4, "左外|开，右|内开"},
    {"no mark last",  "门（左）右",       3, 6, 4, "门|（左）|右"      },
    {"words",         "left out right",        4, 6, 4, "left out|right"         },
    {"long word",     "aaaaaaaaaaaa",          3, 6, 9, "aaaaa|aaaaa|aa"         },
    {"line ends",     "门\n扇",              4, 3, 2, "门|扇"                },
    {"too much",      "一二三四五六",    2, 3, 2, "一二|三四>五六"   },
    {"no room",       "一二三",             1, 1, 1, "一>二三"             },
    {"number stays",  "厚 12.5 毫米",       3, 6, 4, "厚|12.5|毫米"        },
};

static void text_is_set(void **state)
{
    const struct fit_row *row = *state;
    struct paper          paper;
    struct fit            fit;
    struct buf            got = {0};
    paper_open(&paper, LANG_ZH);
    bool is_all = fit_text(type, area_of(0, 0, row->wide, row->high),
                           &(struct style){.em = 1, .em_least = 1, .lines = row->lines}, row->text, &fit);
    for (int i = 0; i < fit.count; i++)
        buf_fmt(&got, "%s%.*s", i > 0 ? "|" : "", (int)fit.lines[i].len, row->text + fit.lines[i].from);
    if (!is_all) buf_fmt(&got, ">%s", row->text + fit.used);
    assert_string_equal(buf_text(&got), row->wanted);
    buf_free(&got);
    paper_free(&paper);
}

/* A smaller letter saves a word from being torn, as far as the style allows. */
static void a_word_is_not_torn(void **state)
{
    struct area  area = area_of(0, 0, 3.2f, 6);
    struct style style = {.em = 1, .em_least = 0.6f, .lines = 4};
    struct paper paper;
    struct fit   fit;
    (void)state;
    paper_open(&paper, LANG_EN);
    assert_true(fit_text(type, area, &style, "left outwards", &fit));
    assert_false(fit.is_torn);
    assert_true(fit.em < 1 && fit.count == 2 && fit.lines[1].len == strlen("outwards"));
    style.em_least = 1;
    assert_true(fit_text(type, area, &style, "left outwards", &fit));
    assert_true(fit.is_torn);
    paper_free(&paper);
}

/* ---- Papers */

#define FIELDS_ZH                                                                                                                    \
    "\"product\":\"钢质子母门 拱顶\",\"brand\":\"安和·锦绣\",\"material\":\"0.8 冷轧板 门面\",\"style\":\"A-17 "    \
    "浮雕\","                                                                                                                      \
    "\"opening_size\":\"1500×2350\",\"wall\":\"240\",\"leaf_size\":\"母 905 子 520×2310\",\"colour\":\"红古铜 "               \
    "HG-03\","                                                                                                                       \
    "\"lock\":\"霸王锁孔 1\",\"closer\":\"无\",\"hardware\":\"明铰链 ×6\",\"decor\":\"不锈钢压条 "                     \
    "4\",\"frame\":\"复合框\","                                                                                                   \
    "\"architrave\":\"JX-3 高2460\",\"process\":\"转印木纹\",\"drawing\":\"ZM-07\",\"technical\":\"填充珍珠岩板\","       \
    "\"part\":\"门扇\",\"quantity\":4,\"unit\":\"樘\",\"due\":\"2026-03-20\",\"delivery\":\"客户自提\","                      \
    "\"factory\":\"安和门业\",\"customer\":\"张丽　丽居门窗（新都）\",\"maker\":\"刘洋\",\"printed\":\"2026-03-10 " \
    "16:45\","
#define SIGNS                                                                      \
    "\"signs\":[{\"office\":\"接单员\",\"name\":\"陈晓燕\",\"when\":\"3-10 " \
    "09:12\"},{\"office\":\"厂长\",\"name\":\"赵德明\"}],"
#define OP(n) "{\"number\":" #n ",\"name\":\"焊接\"}"
#define OP_PAID(n) "{\"number\":" #n ",\"name\":\"焊接\",\"rate\":\"15.80\",\"due\":\"2026-03-14\"}"
#define OPS_4 OP_PAID(10) "," OP_PAID(20) "," OP(30) "," OP(40)
#define OPS_12 OPS_4 "," OP(50) "," OP(60) "," OP(70) "," OP(80) "," OP(90) "," OP(100) "," OP(110) "," OP(120)
#define OPS_14 OPS_12 "," OP(130) "," OP(140)
#define OPS_28                                                                                                     \
    OPS_14 "," OP(210) "," OP(220) "," OP(230) "," OP(240) "," OP(250) "," OP(260) "," OP(270) "," OP(280) "," OP( \
        290) "," OP(300) "," OP(310) "," OP(320) "," OP(330) "," OP(340)
#define SHEET(ref, more, ops) "{" ref "," FIELDS_ZH SIGNS more "\"operations\":[" ops "]}"
#define REF "\"line\":\"2603-0001-01\",\"rev\":3,\"copy\":1,\"copies\":4"
#define LONG_60                                                                                                                                                                \
    "先做样板再下料，两侧对称不要打反，母门锁孔在左，子门暗插销上下各一；包边先试装，角缝不大于零点三毫米，喷后再装密" \
    "封条。"
#define LONG_180 LONG_60 LONG_60 LONG_60
#define LONG_600 LONG_180 LONG_180 LONG_180 LONG_60

static const struct paper_row {
    const char     *name, *json;
    enum file_kind  kind;
    enum sheet_size size;
    enum lang       lang;
    size_t          pages;
    int             symbols;
    enum sheet_size got;
} PAPERS[] = {
    {"sheet a4", SHEET(REF, "\"opening\":\"右外开\",\"rush\":1,", OPS_12), FILE_SHEETS, SHEET_A4, LANG_ZH, 1, 2,
     SHEET_A4},
    {"sheet a4 en", SHEET(REF, "\"opening\":\"右外开\",\"rush\":1,", OPS_12), FILE_SHEETS, SHEET_A4, LANG_EN, 1, 2,
     SHEET_A4},
    {"sheet a5", SHEET(REF, "\"opening\":\"左内开\",", OPS_4), FILE_SHEETS, SHEET_A5, LANG_ZH, 1, 2, SHEET_A5},
    {"sheet a5 en", SHEET(REF, "\"opening\":\"左内开\",", OPS_4), FILE_SHEETS, SHEET_A5, LANG_EN, 1, 2, SHEET_A5},
    {"four marks",
     SHEET(REF, "\"opening\":\"左外开\",\"rush\":1,\"special_shape\":1,\"project\":1,\"remake\":1,", OPS_12),
     FILE_SHEETS, SHEET_A4, LANG_ZH, 1, 2, SHEET_A4},
    {"four marks a5",
     SHEET(REF, "\"opening\":\"左外开\",\"rush\":1,\"special_shape\":1,\"project\":1,\"remake\":1,", OPS_12),
     FILE_SHEETS, SHEET_A5, LANG_EN, 1, 2, SHEET_A5},
    {"dense", SHEET(REF, "\"opening\":\"右内开\",", OPS_14), FILE_SHEETS, SHEET_A4, LANG_ZH, 1, 2, SHEET_A4},
    {"a5 too full", SHEET(REF, "\"opening\":\"右内开\",", OPS_14), FILE_SHEETS, SHEET_A5, LANG_ZH, 1, 2, SHEET_A4},
    {"two pages", SHEET(REF, "\"opening\":\"右内开\",", OPS_28), FILE_SHEETS, SHEET_A4, LANG_ZH, 2, 3, SHEET_A4},
    {"two pages en", SHEET(REF, "\"opening\":\"右内开\",", OPS_28), FILE_SHEETS, SHEET_A4, LANG_EN, 2, 3, SHEET_A4},
    {"long special", SHEET(REF, "\"opening\":\"右内开\",\"special\":\"" LONG_600 "\",", OPS_12), FILE_SHEETS, SHEET_A4,
     LANG_ZH, 2, 3, SHEET_A4},
    {"all long",
     SHEET(REF,
     "\"opening\":\"右内开\",\"special\":\"" LONG_180 LONG_180 "\",\"remarks\":\"" LONG_180
           "\",\"change\":\"" LONG_60 LONG_60 "\",\"stays_good\":\"" LONG_60 "\",\"content\":\"7F3A-C921\",",
     OPS_28),
     FILE_SHEETS, SHEET_A4, LANG_EN, 2, 3, SHEET_A4},
    {"bare",
     "{\"line\":\"2612-9999-99\",\"rev\":99,\"copy\":999,\"replaces\":998,\"product\":\"门\",\"part\":\"门扇\","
     "\"quantity\":1000000}", FILE_SHEETS, SHEET_A4, LANG_ZH, 1, 2, SHEET_A4},
    {"bare a5",
     "{\"line\":\"2612-9999-99\",\"rev\":99,\"copy\":999,\"replaces\":998,\"product\":\"门\",\"part\":\"门扇\","
     "\"quantity\":1000000}", FILE_SHEETS, SHEET_A5, LANG_EN, 1, 2, SHEET_A5},
    {"double door",
     SHEET(REF,
     "\"opening\":\"右外开\",\"leaves\":2,\"arched\":1,\"wide_mm\":1500,\"high_mm\":2350,\"changed\":\"high_mm "
           "leaf_size opening_size\",\"remarks\":\"防撞角加厚。\",\"change\":\"门高 "
           "2300→2350\",\"stays_good\":\"已剪板可用 3\",", OPS_12),
     FILE_SHEETS, SHEET_A4, LANG_ZH, 1, 2, SHEET_A4},
    {"sliding door", SHEET(REF, "\"opening\":\"推拉\",\"seen_inside\":1,\"wide_mm\":3000,\"high_mm\":2350,", OPS_4),
     FILE_SHEETS, SHEET_A5, LANG_ZH, 1, 2, SHEET_A5},
    {"badge",
     "{\"badge\":\"481906227315540\",\"name\":\"王建军\",\"section\":\"焊接\",\"number\":\"017\",\"factory\":"
     "\"安和门业\"}", FILE_BADGES, SHEET_A4, LANG_ZH, 1, 1, SHEET_A4},
    {"badge long",
     "{\"badge\":\"481906227315540\",\"name\":\"阿卜杜热合曼·买买提\",\"section\":\"Assembly and "
     "packing\",\"number\":\"1017\",\"factory\":\"安和门业\",\"backs\":1}", FILE_BADGES, SHEET_A4, LANG_EN, 1, 1, SHEET_A4},
    {"badge spare", "{\"badge\":\"481906227315540\",\"spare\":\"07\",\"section\":\"喷涂\"}", FILE_BADGES, SHEET_A4,
     LANG_EN, 1, 1, SHEET_A4},
    {"cards", "{}", FILE_CARDS, SHEET_A4, LANG_ZH, 15, 174, SHEET_A4},
    {"cards en", "{}", FILE_CARDS, SHEET_A4, LANG_EN, 15, 174, SHEET_A4},
    {"cards own", "{\"reasons\":[{\"number\":3,\"name\":\"划伤\"}],\"operations\":[{\"number\":10,\"name\":\"下料\"}]}",
     FILE_CARDS, SHEET_A4, LANG_ZH, 13, 145, SHEET_A4},
    {"piece",
     "{\"line\":\"2603-0001-02\",\"rev\":3,\"piece\":7,\"pieces\":12,\"rush\":1,\"special_shape\":1,\"part\":\"门扇\","
     "\"size\":\"905×2310\",\"product\":\"钢质子母门\"}", FILE_PIECES, SHEET_A4, LANG_ZH, 1, 2, SHEET_A4},
    {"piece full",
     "{\"line\":\"2612-1234-98\",\"rev\":12,\"copy\":101,\"piece\":107,\"pieces\":112,\"rush\":1,\"special_shape\":1,"
     "\"project\":1,\"remake\":1,\"part\":\"architrave\",\"size\":\"905×2310\",\"product\":\"钢质子母门\",\"customer\":"
     "\"华润置地（项目）\",\"factory\":\"好门门业\"}", FILE_PIECES, SHEET_A4, LANG_EN, 1, 2, SHEET_A4},
    {"note",
     "{\"section\":\"焊接\",\"day\":\"2026-03-19\",\"shift\":\"白班\",\"made\":39,\"planned\":46,\"today\":46,\"unit\":"
     "\"樘件\",\"stops\":[{\"number\":\"344-1\",\"title\":\"不许再焊\",\"text\":\"客户改尺寸。\",\"collect\":"
     "\"旧单交罗志刚。\"}],\"rows\":[{\"number\":\"3-352-1\",\"rush\":1,\"late_days\":3,\"product\":\"防火门 甲级 "
     "×48\",\"watch\":\"昨天 6 件没扫，补报\",\"today\":16,\"arrived\":24,\"where\":\"冲孔 "
     "26/"
     "48\",\"due\":\"2026-03-18\"},{\"number\":\"364-1\",\"late_days\":1}],\"messages\":[{\"who\":\"吴开明（夜班）\","
     "\"text\":\"" LONG_60 "\"}],\"people\":[{\"name\":\"王建军\",\"animal\":\"虎\"}]}",
     FILE_NOTES, SHEET_A4, LANG_ZH, 1, 0, SHEET_A4},
    {"note en",
     "{\"section\":\"Welding\",\"day\":\"2026-03-19\",\"shift\":\"day "
     "shift\",\"made\":39,\"planned\":46,\"today\":46,\"unit\":\"doors\",\"chief\":\"Luo "
     "Zhigang\",\"printed\":\"07:30\",\"counted\":\"07:28\",\"rows\":[{\"number\":\"364-1\",\"late_days\":12,"
     "\"product\":\"Steel fire door\",\"watch\":\"Frame first, then the "
     "leaf\",\"today\":6,\"arrived\":2,\"where\":\"Punching "
     "26/48\",\"due\":\"2026-03-18\"}],\"people\":[{\"name\":\"Abdurehim Memet\"}]}", FILE_NOTES, SHEET_A4, LANG_EN, 1, 0, SHEET_A4},
};

static void item_put(struct paper *paper, struct file *file, const struct paper_row *row, enum sheet_size *size)
{
    static struct sheet sheet;
    struct mistakes     mistakes = {.lang = LANG_EN};
    struct badge_card   badge;
    struct badge_back   back;
    struct piece        piece;
    struct note         note;
    struct card        *cards = NULL;
    size_t              count;
    bool                is_read = false;
    *size = row->size;
    switch (row->kind) {
    case FILE_SHEETS:
        is_read = file_sheet(file, 0, &sheet, &mistakes);
        if (is_read) sheet_put(paper, &sheet, size);
        break;
    case FILE_BADGES:
        is_read = file_badge(file, 0, &badge, &mistakes);
        file_badge_back(file, &back);
        if (is_read) badge_card_put(paper, &badge);
        break;
    case FILE_CARDS:
        is_read = file_cards(file, &cards, &count, &mistakes);
        if (is_read) cards_put(paper, cards, count);
        break;
    case FILE_PIECES:
        is_read = file_piece(file, 0, &piece, &mistakes);
        if (is_read) piece_put(paper, &piece);
        break;
    case FILE_NOTES:
        is_read = file_note(file, 0, &note, &mistakes);
        if (is_read) note_put(paper, &note);
        note_free(&note);
        break;
    }
    free(cards);
    if (!is_read) fail_msg("%s", buf_text(&mistakes.lines));
    buf_free(&mistakes.lines);
}

/* What a box covers: letters from their top to their foot, not the whole em. */
static struct area covered(const struct box *box)
{
    struct area a = box->area;
    if (box->kind == BOX_TEXT) return area_of(a.x, a.y - 0.72f * a.h, a.w, 0.72f * a.h);
    if (box->kind == BOX_LINE) {
        if (a.w < 0) {
            a.x += a.w;
            a.w = -a.w;
        }
        if (a.h < 0) {
            a.y += a.h;
            a.h = -a.h;
        }
    }
    return a;
}

static bool meets(struct area a, struct area b)
{
    const float hair = 0.05f;
    return a.x + hair < b.x + b.w && b.x + hair < a.x + a.w && a.y + hair < b.y + b.h && b.y + hair < a.y + a.h;
}

static bool surrounds(struct area a, struct area b)
{
    return a.x < b.x && a.y < b.y && a.x + a.w > b.x + b.w && a.y + a.h > b.y + b.h;
}

static bool is_inside(struct area a, float wide, float high)
{
    return a.x >= 0.4f && a.y >= 0.4f && a.x + a.w <= wide - 0.4f && a.y + a.h <= high - 0.4f;
}

static void box_check(const struct paper *paper, const struct page *page, const struct box *boxes, size_t count,
                      size_t i)
{
    const struct box *box = &boxes[i];
    struct area       area = covered(box);
    if (box->kind == BOX_DRAWING) return; /* its words tell its size */
    if (!is_inside(area, page->width, page->height)) fail_msg("outside: %s", paper_box_text(paper, box));
    for (size_t k = 0; k < count; k++) {
        const struct box *other = &boxes[k];
        bool              is_frame = other->kind == BOX_RECT && other->line > 0 && surrounds(other->area, area);
        bool              is_symbol = box->kind == BOX_SYMBOL && k != i && other->kind != BOX_DRAWING && !is_frame;
        bool              are_texts = box->kind == BOX_TEXT && other->kind == BOX_TEXT && k > i;
        if ((is_symbol || are_texts) && meets(area, covered(other)))
            fail_msg("\"%s\" and \"%s\" meet at %.1f, %.1f (kind %d)", paper_box_text(paper, box),
                     paper_box_text(paper, other), (double)other->area.x, (double)other->area.y, (int)other->kind);
    }
}

static void pages_check(const struct paper *paper, int symbols)
{
    int found = 0;
    for (size_t page = 0; page < paper->page_count; page++) {
        size_t            count;
        const struct box *boxes = paper_boxes(paper, page, &count);
        for (size_t i = 0; i < count; i++) {
            if (boxes[i].kind == BOX_TEXT && boxes[i].area.h < 1.6f)
                fail_msg("too small: %s", paper_box_text(paper, &boxes[i]));
            found += boxes[i].kind == BOX_SYMBOL;
            box_check(paper, &paper->pages[page], boxes, count, i);
        }
    }
    assert_int_equal(found, symbols);
}

static void paper_is_sound(void **state)
{
    const struct paper_row *row = *state;
    struct paper            paper;
    struct file             file = {0};
    struct err              err;
    enum sheet_size         got;
    paper_open(&paper, row->lang);
    if (!file_open(&file, row->kind, false, row->json, strlen(row->json), &err)) fail_msg("%s", err.say.id);
    item_put(&paper, &file, row, &got);
    if (!paper_end(&paper, &err)) fail_msg("refused: %s %s", err.say.id, err.say.count > 0 ? err.say.args[0].text : "");
    assert_int_equal(paper.page_count, row->pages);
    assert_int_equal(got, row->got);
    pages_check(&paper, row->symbols);
    paper_free(&paper);
    file_close(&file);
}

/* Every character of a long text stands somewhere on the pages. */
static void long_texts_are_whole(void **state)
{
    const struct paper_row row = {.json = SHEET(REF, "\"opening\":\"右内开\",\"special\":\"" LONG_600 "\",", OPS_4),
                                  .kind = FILE_SHEETS};
    struct paper           paper;
    struct file            file = {0};
    struct err             err;
    enum sheet_size        got;
    struct buf             all = {0};
    size_t                 count;
    (void)state;
    paper_open(&paper, LANG_ZH);
    assert_true(file_open(&file, row.kind, false, row.json, strlen(row.json), &err));
    item_put(&paper, &file, &row, &got);
    assert_true(paper.page_count == 2);
    const struct box *boxes = paper_boxes(&paper, 1, &count);
    for (size_t i = 0; i < count; i++)
        if (boxes[i].kind == BOX_TEXT) buf_str(&all, paper_box_text(&paper, &boxes[i]));
    assert_non_null(strstr(buf_text(&all), LONG_600));
    buf_free(&all);
    paper_free(&paper);
    file_close(&file);
}

/* ---- Every text at once, long and nasty: it stands somewhere, whole, or is refused in words */

static const char *const TEXTS[] = {
    "product", "brand",   "material", "style",      "opening_size", "leaf_size",  "wall",    "colour",  "opening",
    "lock",    "closer",  "hardware", "decor",      "frame",        "architrave", "process", "drawing", "technical",
    "special", "remarks", "change",   "stays_good", "customer",     "part",       "delivery"};

static const struct nasty {
    const char *name, *text;
    int         times;
    const char *refused; /* NULL: printed */
} NASTY[] = {
    {"long",          LONG_60,           3,   NULL             },
    {"ten thousand",  LONG_60,           56,  NULL             },
    {"one word",      "W",               500, NULL             },
    {"formula",       "=1+1",            1,   NULL             },
    {"markup",        "<b>&amp;\\\"'",   1,   NULL             },
    {"lines",         "\\n\\n一\\n\\n", 1,   NULL             },
    {"spaces",        "   　  ",        9,   NULL             },
    {"marks",         "，。）（",    200, NULL             },
    {"combining",     "e\xCC\x81",       2,   NULL             },
    {"right to left",
     "\xE2\x80\xAE"
     "123",                              1,   "labels.no_glyph"},
    {"arabic",        "باب",          1,   "labels.no_glyph"},
    {"private",       "\xEE\x80\x80",    1,   "labels.no_glyph"},
};

static void texts_are_whole_or_refused(void **state)
{
    const struct nasty *nasty = *state;
    struct paper        paper;
    struct file         file = {0};
    struct err          err;
    struct buf          json = {0}, text = {0};
    enum sheet_size     got;
    for (int i = 0; i < nasty->times; i++) buf_str(&text, nasty->text);
    buf_str(&json, "{" REF ",\"quantity\":1");
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++)
        buf_fmt(&json, ",\"%s\":\"%s\"", TEXTS[i], buf_text(&text));
    buf_fmt(&json, ",\"operations\":[{\"number\":10,\"name\":\"%s\",\"carried\":\"%s\"}]}", buf_text(&text),
            buf_text(&text));
    struct paper_row row = {.kind = FILE_SHEETS, .size = SHEET_A5};
    paper_open(&paper, LANG_ZH);
    if (!file_open(&file, row.kind, false, json.bytes, json.len, &err)) fail_msg("%s", err.say.id);
    item_put(&paper, &file, &row, &got);
    bool is_put = paper_end(&paper, &err);
    if (nasty->refused == NULL && !is_put) fail_msg("refused: %s", err.say.id);
    if (nasty->refused != NULL) assert_true(!is_put && strcmp(err.say.id, nasty->refused) == 0);
    if (is_put) pages_check(&paper, 1 + (int)paper.page_count);
    paper_free(&paper);
    file_close(&file);
    buf_free(&json);
    buf_free(&text);
}

/* ---- Characters */

static void rare_characters(void **state)
{
    struct paper paper;
    struct err   err;
    struct style style = {.em = 4, .lines = 1};
    (void)state;
    paper_open(&paper, LANG_ZH);
    paper_page(&paper, 100, 100);
    paper_text(&paper, area_of(1, 1, 80, 5), &style, "刘䶮 張𬭎 𬀩山");
    assert_true(paper_end(&paper, &err));
    if (type_face(type, 2) == NULL && type_glyph(type, 0x4E03, false).index != 0) type_glyph(type, 0x10FFFF, false);
    if (type_face(type, 2) != NULL) { /* the system's whole font: a character that ours was cut of */
        assert_int_equal(type_glyph(type, 0x3B57, false).face, 2);
        paper_text(&paper, area_of(1, 8, 80, 5), &style, "㭗");
        assert_true(paper_end(&paper, &err));
    }
    paper_text(&paper, area_of(1, 15, 80, 5), &style, "门\xF0\x9F\x9A\xAA");
    assert_false(paper_end(&paper, &err));
    assert_string_equal(err.say.id, "labels.no_glyph");
    assert_string_equal(err.say.args[0].text, "\xF0\x9F\x9A\xAA");
    assert_string_equal(err.say.args[1].text, "U+1F6AA");
    paper_text(&paper, area_of(1, 15, 80, 5), &style, "بابل"); /* the first reason stays */
    assert_false(paper_end(&paper, &err));
    assert_string_equal(err.say.args[1].text, "U+1F6AA");
    paper_free(&paper);
}

static void too_long_is_refused(void **state)
{
    struct paper paper;
    struct err   err;
    struct piece piece = {
        .ref = {.line = {2603, 1, 2}, .rev = 1},
          .piece = 1, .product = LONG_600
    };
    (void)state;
    paper_open(&paper, LANG_ZH);
    piece_put(&paper, &piece);
    assert_false(paper_end(&paper, &err));
    assert_string_equal(err.say.id, "labels.too_long");
    paper_free(&paper);
}

/* ---- Label languages: what a printer would make of them is the dots they were made of */

static struct dots dots_some(void)
{
    struct dots dots = {.width = 100, .height = 40, .row_bytes = 13};
    dots.bytes = calloc(13, 40);
    assert_non_null(dots.bytes);
    for (int y = 0; y < 40; y++)
        for (int x = 0; x < 13; x++) {
            int kind = y / 8;
            dots.bytes[y * 13 + x] = (uint8_t)(kind == 0   ? 0
                                               : kind == 1 ? 0xFF
                                               : kind == 2 ? (x * 37 + y)
                                               : kind == 3 ? (x < 6 ? 0xF0 : 0x0F)
                                                           : (x > 9 ? 0xFF : 0));
        }
    return dots;
}

/* Half bytes of a row of ^GFA as ZPL's manual unpacks them. */
static const char *zpl_row(const char *at, uint8_t *row, int row_bytes, const uint8_t *before)
{
    int filled = 0, count = 0;
    while (*at == '\n') at++;
    if (*at == ':') {
        memcpy(row, before, (size_t)row_bytes);
        return at + 1;
    }
    memset(row, 0, (size_t)row_bytes);
    while (filled < 2 * row_bytes) {
        char c = *at++;
        if (c >= 'G' && c <= 'Y')
            count += c - 'F';
        else if (c >= 'g' && c <= 'z')
            count += 20 * (c - 'f');
        else {
            int value = c == ',' ? 0 : c == '!' ? 15 : c <= '9' ? c - '0' : c - 'A' + 10;
            if (c == ',' || c == '!') count = 2 * row_bytes - filled;
            for (int i = 0; i < (count == 0 ? 1 : count); i++, filled++) {
                assert_true(filled < 2 * row_bytes);
                row[filled / 2] |= (uint8_t)(filled % 2 == 0 ? value << 4 : value);
            }
            count = 0;
        }
    }
    return at;
}

static void zpl_says_the_dots(void **state)
{
    struct dots dots = dots_some();
    struct buf  out = {0};
    uint8_t     rows[2][13] = {{0}};
    (void)state;
    zpl_write(&dots, &out);
    assert_non_null(strstr(buf_text(&out), "^XA^PW100^LL40^LH0,0^FO0,0^GFA,520,520,13,\n"));
    const char *at = strstr(buf_text(&out), "13,\n") + 4;
    for (int y = 0; y < dots.height; y++) {
        at = zpl_row(at, rows[y % 2], 13, rows[(y + 1) % 2]);
        assert_memory_equal(rows[y % 2], dots.bytes + y * 13, 13);
    }
    while (*at == '\n') at++;
    assert_string_equal(at, "^FS^PQ1^XZ\n");
    buf_free(&out);
    dots_free(&dots);
}

static void tspl_says_the_dots(void **state)
{
    struct dots dots = dots_some();
    struct buf  out = {0};
    (void)state;
    tspl_write(&dots, 12.5f, 5, &out);
    const char head[] =
        "SIZE 12.5 mm,5.0 mm\r\nGAP 2 mm,0 mm\r\nDIRECTION 1\r\nREFERENCE 0,0\r\nCLS\r\nBITMAP 0,0,13,40,0,";
    const char foot[] = "\r\nPRINT 1,1\r\n";
    assert_int_equal(out.len, sizeof head - 1 + 520 + sizeof foot - 1);
    assert_memory_equal(out.bytes, head, sizeof head - 1);
    for (int i = 0; i < 520; i++)
        assert_int_equal((uint8_t)out.bytes[sizeof head - 1 + (size_t)i], (uint8_t)~dots.bytes[i]);
    assert_memory_equal(out.bytes + sizeof head - 1 + 520, foot, sizeof foot - 1);
    buf_free(&out);
    dots_free(&dots);
}

/* ---- Drawn */

static void drawn(const char *json, enum file_kind kind, struct paper *paper, struct press **press)
{
    const struct paper_row row = {.json = json, .kind = kind, .size = SHEET_A5};
    struct file            file = {0};
    struct err             err;
    enum sheet_size        got;
    paper_open(paper, LANG_ZH);
    assert_true(file_open(&file, kind, false, json, strlen(json), &err));
    item_put(paper, &file, &row, &got);
    assert_true(press_open(press, type, &err));
    file_close(&file);
}

static void the_same_paper_gives_the_same_bytes(void **state)
{
    struct paper  paper;
    struct press *press;
    struct buf    first = {0}, second = {0};
    struct err    err;
    (void)state;
    drawn(SHEET(REF, "\"opening\":\"右外开\",", OPS_4), FILE_SHEETS, &paper, &press);
    assert_true(pdf_write(press, &paper, "sheet", "2026-03-10T16:45:00+08:00", &first, &err));
    press_close(press);
    assert_true(press_open(&press, type, &err));
    assert_true(pdf_write(press, &paper, "sheet", "2026-03-10T16:45:00+08:00", &second, &err));
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.bytes, second.bytes, first.len);
    assert_memory_equal(first.bytes, "%PDF-", 5);
    press_close(press);
    paper_free(&paper);
    buf_free(&first);
    buf_free(&second);
}

/* Bars are whole dots: each run of black or white in a row of them is a multiple of the module. */
static void bars_are_whole_dots(void **state)
{
    struct paper  paper;
    struct press *press;
    struct dots   dots;
    struct err    err;
    (void)state;
    drawn("{\"badge\":\"481906227315540\",\"name\":\"王建军\"}", FILE_BADGES, &paper, &press);
    assert_true(raster_dots(press, &paper, 0, 203, &dots, &err));
    assert_int_equal(dots.width, 685);
    int row = 42 * 8, run = 0, runs = 0, was = 0, first = -1, last = -1;
    for (int x = 0; x < dots.width; x++) {
        int is_black = dots.bytes[row * dots.row_bytes + x / 8] >> (7 - x % 8) & 1;
        if (is_black && first < 0) first = x;
        if (is_black) last = x;
        if (is_black == was) {
            run++;
            continue;
        }
        if (runs++ > 0) assert_int_equal(run % 4, 0);
        run = 1;
        was = is_black;
    }
    assert_int_equal(last - first + 1, 134 * 4);
    assert_true(first >= 40 && dots.width - last > 40);
    dots_free(&dots);
    press_close(press);
    paper_free(&paper);
}

static void too_fine_for_scanners_is_refused(void **state)
{
    struct paper  paper;
    struct press *press;
    struct dots   dots;
    struct err    err;
    (void)state;
    drawn(SHEET(REF, "\"opening\":\"右外开\",", OPS_4), FILE_SHEETS, &paper, &press);
    assert_false(raster_dots(press, &paper, 0, 203, &dots, &err));
    assert_string_equal(err.say.id, "labels.thin");
    assert_true(raster_dots(press, &paper, 0, 300, &dots, &err));
    dots_free(&dots);
    press_close(press);
    paper_free(&paper);
}

static void broken_pictures_are_refused(void **state)
{
    static const char PNG[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x02\0\0\0\x90\x91\x68\x36";
    struct paper      paper;
    struct press     *press;
    struct buf        out = {0};
    struct err        err;
    (void)state;
    const struct {
        const char *bytes;
        size_t      size;
    } broken[] = {
        {"",       0             },
        {"GIF89a", 6             },
        {PNG,      sizeof PNG - 1},
        {PNG,      20            }
    };
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        paper_open(&paper, LANG_ZH);
        assert_true(press_open(&press, type, &err));
        paper_page(&paper, 100, 100);
        paper_picture(&paper, area_of(1, 1, 10, 10), broken[i].bytes, broken[i].size);
        assert_false(pdf_write(press, &paper, "", NULL, &out, &err));
        assert_string_equal(err.say.id, "labels.picture");
        assert_int_equal(out.len, 0);
        press_close(press);
        paper_free(&paper);
    }
    buf_free(&out);
}

/* ---- Files: each row is a whole file; wanted: the lines that it is answered with */

static const struct bad {
    const char    *name;
    enum file_kind kind;
    bool           is_csv;
    const char    *text, *wanted;
} BAD[] = {
    {"needed",      FILE_BADGES, false, "{\"name\":\"a\"}",                                                            "item 1: badge \"\": this must be filled in.\n"                   },
    {"unknown",     FILE_PIECES, false, "[{\"line\":\"2603-0001-02\",\"rev\":1,\"piece\":1,\"colou\":\"x\"}]",
     "item 1: colou \"\": there is no such column.\n"                                                                                                                                    },
    {"range",       FILE_PIECES, false, "{\"line\":\"2603-0001-02\",\"rev\":0,\"piece\":1000}",
     "item 1: rev \"0\": only 1 to 99 is possible.\nitem 1: piece \"1000\": only 1 to 999 is possible.\n"                                                                                },
    {"number",      FILE_PIECES, false, "{\"line\":\"2603-0001-02\",\"rev\":\"3.5\",\"piece\":\"-1\"}",
     "item 1: rev \"3.5\": a whole number belongs here.\nitem 1: piece \"-1\": a whole number belongs here.\n"                                                                           },
    {"line",        FILE_PIECES, false, "{\"line\":\"2603-0001\",\"rev\":1,\"piece\":1}",
     "item 1: line \"2603-0001\": a line is written 2603-0001-01.\n"                                                                                                                     },
    {"month",       FILE_PIECES, false, "{\"line\":\"2613-0001-01\",\"rev\":1,\"piece\":1}",
     "item 1: line \"2613-0001-01\": a line is written 2603-0001-01.\n"                                                                                                                  },
    {"day",         FILE_NOTES,  false, "{\"section\":\"x\",\"day\":\"2026-02-30\"}",
     "item 1: day \"2026-02-30\": a day is written 2026-03-20.\n"                                                                                                                        },
    {"inside",      FILE_NOTES,  false,
     "{\"section\":\"x\",\"day\":\"2026-02-03\",\"rows\":[{\"number\":\"1\"},{\"number\":\"2\",\"rush\":\"maybe\"}]}", "item 1, rows[2]: rush \"maybe\": write yes or no.\n"             },
    {"animal",      FILE_BADGES, false, "{\"badge\":\"1\",\"name\":\"a\",\"animal\":\"cat\"}",
     "item 1: animal \"cat\": no such sign: rat, ox ... pig, or 0 to 11.\n"                                                                                                              },
    {"badge check", FILE_BADGES, false, "{\"badge\":\"348190622731554078\",\"name\":\"a\"}",
     "item 1: badge \"348190622731554078\": "                                                                                                                                            },
    {"list",        FILE_NOTES,  false, "{\"section\":\"x\",\"day\":\"2026-02-03\",\"rows\":5}",
     "item 1: rows \"\": a list belongs here.\n"                                                                                                                                         },
    {"plain",       FILE_BADGES, false, "{\"badge\":[1],\"name\":\"a\"}",
     "item 1: badge \"[...]\": one plain value belongs here.\n"                                                                                                                          },
    {"no object",   FILE_BADGES, false, "[5]",                                                                         "item 1:  \"\": a JSON object, or a list of them, belongs here.\n"},
    {"csv row",     FILE_PIECES, true,  "line,rev,piece\n2603-0001-02,1,1\n2603-0001-02,x,2\n",
     "row 3: rev \"x\": a whole number belongs here.\n"                                                                                                                                  },
    {"csv inside",  FILE_SHEETS, true,
     "line,rev,copy,part,quantity,product,op.number,op.name,op.rate\n2603-0001-01,1,1,门扇,4,门,10,焊接,3.20\n,,,,,,20,"
     "打磨,free\n",                                                                                                  "row 3: rate \"free\": "                                          },
    {"csv column",  FILE_BADGES, true,  "badge,nam\n481906227315540,x\n",                                              "row 2: nam \"\": there is no such column.\n"                     },
};

static void file_is_refused(void **state)
{
    const struct bad *bad = *state;
    struct file       file = {0};
    struct err        err;
    struct mistakes   mistakes = {.lang = LANG_EN};
    bool              is_good = true;
    assert_true(file_open(&file, bad->kind, bad->is_csv, bad->text, strlen(bad->text), &err));
    for (size_t i = 0; i < file_count(&file); i++) {
        static struct sheet sheet;
        struct badge_card   badge;
        struct piece        piece;
        struct note         note;
        if (bad->kind == FILE_SHEETS) is_good &= file_sheet(&file, i, &sheet, &mistakes);
        if (bad->kind == FILE_BADGES) is_good &= file_badge(&file, i, &badge, &mistakes);
        if (bad->kind == FILE_PIECES) is_good &= file_piece(&file, i, &piece, &mistakes);
        if (bad->kind == FILE_NOTES) {
            is_good &= file_note(&file, i, &note, &mistakes);
            note_free(&note);
        }
    }
    assert_false(is_good);
    if (strncmp(buf_text(&mistakes.lines), bad->wanted, strlen(bad->wanted)) != 0)
        fail_msg("%s", buf_text(&mistakes.lines));
    buf_free(&mistakes.lines);
    file_close(&file);
}

/* However much it has to say: the lines for the emphasis stand below the people, each page says how many there are, and
 * nothing is over anything. */
static void morning_sheets_have_no_orphan(void **state)
{
    static struct note_row    rows[24];
    static struct note_person people[24];
    (void)state;
    for (size_t i = 0; i < 24; i++) {
        rows[i] =
            (struct note_row){.number = "301-2", .product = "门", .watch = "", .where = "", .today = 4, .arrived = 2};
        people[i] = (struct note_person){.name = "李秀英"};
    }
    for (size_t n = 0; n <= 24; n++)
        for (size_t crew = 1; crew <= 24; crew += 5) {
            struct note  note = {.section = "折弯",
                                 .unit = "樘",
                                 .rows = rows,
                                 .people = people,
                                 .row_count = n,
                                 .person_count = crew,
                                 .made = 1,
                                 .day = 20529};
            struct paper paper;
            size_t       count;
            struct err   err;
            char         last[32];
            paper_open(&paper, LANG_ZH);
            note_put(&paper, &note);
            assert_true(paper_end(&paper, &err));
            pages_check(&paper, 0);
            snprintf(last, sizeof last, "%d", (int)paper.page_count);
            const struct box *boxes = paper_boxes(&paper, paper.page_count - 1, &count);
            bool              is_told = false, has_people = false;
            for (size_t i = 0; i < count; i++) {
                if (boxes[i].kind != BOX_TEXT) continue;
                is_told |= boxes[i].area.y > 280 && strstr(paper_box_text(&paper, &boxes[i]), last) != NULL;
                has_people |= strcmp(paper_box_text(&paper, &boxes[i]), paper_words(&paper, "labels.note.here")) == 0;
            }
            assert_true(is_told);
            if (!has_people) fail_msg("%d orders, %d people: alone on page %s", (int)n, (int)crew, last);
            paper_free(&paper);
        }
}

/* CSV and JSON say the same. */
static void csv_is_json(void **state)
{
    static struct sheet sheet;
    const char  text[] = "line;rev;copy;part;quantity;product;rush;op.number;op.name;op.rate;sign.office;sign.name\n"
                         "2603-0001-01;1;1;门扇;４;门;是;10;焊接;3.20;厂长;赵德明\n;;;;;;;20;打磨;点工;;\n"
                         "2603-0001-01;1;2;门框;4;门;;10;焊接;;;\n2603-0001-01;1;2;;;;;20;组装;1;;\n";
    struct file file = {0};
    struct err  err;
    struct mistakes mistakes = {.lang = LANG_EN};
    (void)state;
    assert_true(file_open(&file, FILE_SHEETS, true, text, sizeof text - 1, &err));
    assert_int_equal(file_count(&file), 2);
    if (!file_sheet(&file, 0, &sheet, &mistakes)) fail_msg("%s", buf_text(&mistakes.lines));
    assert_int_equal(sheet.op_count, 2);
    assert_int_equal(sheet.sign_count, 1);
    assert_int_equal(sheet.quantity, 4);
    assert_int_equal(sheet.marks, 1u << MARK_RUSH);
    assert_int_equal(sheet.ops[0].rate_cfen, 32000);
    assert_int_equal(sheet.ops[1].rate_cfen, SHEET_RATE_DAYWORK);
    assert_string_equal(sheet.ops[1].part, "门扇");
    assert_true(file_sheet(&file, 1, &sheet, &mistakes));
    assert_int_equal(sheet.op_count, 2);
    assert_int_equal(sheet.ref.copy, 2);
    assert_int_equal(sheet.ops[0].rate_cfen, SHEET_RATE_NONE);
    file_close(&file);
}

int main(int argc, char **argv)
{
    static struct rows rows;
    rows_add(&rows, "symbols", symbols_are_what_standards_say, NULL);
    ROWS_ADD(&rows, text_is_set, FITS);
    rows_add(&rows, "a word is not torn", a_word_is_not_torn, NULL);
    ROWS_ADD(&rows, paper_is_sound, PAPERS);
    rows_add(&rows, "long texts", long_texts_are_whole, NULL);
    ROWS_ADD(&rows, texts_are_whole_or_refused, NASTY);
    rows_add(&rows, "rare characters", rare_characters, NULL);
    rows_add(&rows, "too long", too_long_is_refused, NULL);
    rows_add(&rows, "zpl", zpl_says_the_dots, NULL);
    rows_add(&rows, "tspl", tspl_says_the_dots, NULL);
    rows_add(&rows, "same bytes", the_same_paper_gives_the_same_bytes, NULL);
    rows_add(&rows, "whole dots", bars_are_whole_dots, NULL);
    rows_add(&rows, "too fine", too_fine_for_scanners_is_refused, NULL);
    rows_add(&rows, "broken pictures", broken_pictures_are_refused, NULL);
    ROWS_ADD(&rows, file_is_refused, BAD);
    rows_add(&rows, "no orphan", morning_sheets_have_no_orphan, NULL);
    rows_add(&rows, "csv is json", csv_is_json, NULL);
    int result = rows_run(&rows, argc, argv);
    type_close(type);
    return result;
}
