/* main.c - baogong-labels: prints papers from JSON or CSV alone. In: the command line and a file. Out: PDF, PNG, ZPL or
 * TSPL; sentences on stderr; exit code 0 done, 1 failed, 2 wrong usage.
 *
 * To add a paper: a row in PAPERS, a function that puts it. To add a format: a row in FORMATS. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/text.h"
#include "labels/pdf.h"
#include "labels/raster.h"
#include "labels/read.h"
#include "labels/tspl.h"
#include "labels/zpl.h"

enum { DONE = 0, FAILED = 1, WRONG_USAGE = 2, FILE_MAX = 64 * 1024 * 1024, DPI_USUAL = 200, DPI_LABEL = 203 };

enum format { FORMAT_PDF, FORMAT_PNG, FORMAT_ZPL, FORMAT_TSPL, FORMAT_COUNT };
static const char *const FORMATS[FORMAT_COUNT] = {"pdf", "png", "zpl", "tspl"};

enum size { SIZE_USUAL, SIZE_A4, SIZE_A5, SIZE_CARD, SIZE_LABEL, SIZE_COUNT };
static const char *const SIZES[SIZE_COUNT] = {"", "a4", "a5", "card", "label"};

struct options {
    const struct paper_kind *kind;
    const char              *in, *out, *made_at;
    enum format              format;
    enum size                size;
    enum lang                lang;
    int                      dpi; /* 0: what is usual for the format */
    bool                     has_format, is_csv, has_type;
};

/* What a function that puts a paper needs; it says itself what went wrong. */
struct work {
    const struct options *options;
    struct file           file;
    struct paper          paper;
    struct mistakes       mistakes;
};

/* ---------------------------------------------------------------------------------------------------- saying it */

static bool tell(const struct options *options, const char *where, const struct say *say)
{
    struct buf words = {0};
    text_say_buf(options->lang, say, &words);
    fprintf(stderr, "baogong-labels: %s%s%s\n", where, where[0] == '\0' ? "" : ": ", buf_text(&words));
    buf_free(&words);
    return false;
}

/* An item that can't be printed as it is written names itself. */
static bool item_is_good(struct work *work, size_t i)
{
    char where[96];
    if (!work->paper.is_refused) return true;
    file_place(&work->file, i, work->options->lang, where, sizeof where);
    return tell(work->options, where, &work->paper.err.say);
}

/* ---------------------------------------------------------------------------------------------------- papers */

static bool sheets_put(struct work *work)
{
    struct sheet *sheet = malloc(sizeof *sheet);
    bool          is_good = true;
    if (sheet == NULL) abort(); /* as core/buf.h */
    for (size_t i = 0; i < file_count(&work->file) && is_good; i++) {
        enum sheet_size asked = work->options->size == SIZE_A5 ? SHEET_A5 : SHEET_A4, size = asked;
        if (!file_sheet(&work->file, i, sheet, &work->mistakes)) continue;
        if (work->mistakes.count > 0) continue; /* nothing will be printed: look for further mistakes alone */
        sheet_put(&work->paper, sheet, &size);
        is_good = item_is_good(work, i);
        char where[96];
        file_place(&work->file, i, work->options->lang, where, sizeof where);
        if (is_good && size != asked) tell(work->options, where, &(struct say){.id = "labels.got_a4"});
    }
    free(sheet);
    return is_good;
}

/* One that can't be printed is found by itself: on A4 many share a page. */
static bool badge_is_good(struct work *work, size_t i, const struct badge_card *badge)
{
    struct paper all = work->paper;
    paper_begin(&work->paper, all.type, all.lang);
    badge_card_put(&work->paper, badge);
    bool is_good = item_is_good(work, i);
    paper_free(&work->paper);
    work->paper = all;
    return is_good;
}

static bool badges_all(struct work *work)
{
    size_t             count = file_count(&work->file);
    struct badge_card *badges = calloc(count + 1, sizeof *badges);
    struct badge_back  back;
    bool               is_good = true, has_back = file_badge_back(&work->file, &back);
    if (badges == NULL) abort();
    for (size_t i = 0; i < count; i++)
        if (!file_badge(&work->file, i, &badges[i], &work->mistakes)) is_good = false;
    for (size_t i = 0; i < count && is_good; i++) is_good = badge_is_good(work, i, &badges[i]);
    if (is_good && work->options->size != SIZE_CARD) badges_put(&work->paper, badges, count, has_back ? &back : NULL);
    for (size_t i = 0; i < count && is_good && work->options->size == SIZE_CARD; i++) {
        badge_card_put(&work->paper, &badges[i]);
        if (has_back) badge_back_put(&work->paper, &back);
    }
    if (work->paper.is_refused) is_good = tell(work->options, "", &work->paper.err.say);
    free(badges);
    return is_good;
}

static bool cards_all(struct work *work)
{
    struct card *cards;
    size_t       count;
    bool         is_good = file_cards(&work->file, &cards, &count, &work->mistakes);
    for (size_t i = 0; i < count && is_good && work->options->size == SIZE_CARD; i++) card_put(&work->paper, &cards[i]);
    if (is_good && work->options->size != SIZE_CARD) cards_put(&work->paper, cards, count);
    if (work->paper.is_refused) is_good = tell(work->options, "", &work->paper.err.say);
    free(cards);
    return is_good;
}

static bool pieces_all(struct work *work)
{
    bool is_good = true;
    for (size_t i = 0; i < file_count(&work->file) && is_good; i++) {
        struct piece piece;
        if (!file_piece(&work->file, i, &piece, &work->mistakes)) continue;
        piece_put(&work->paper, &piece);
        is_good = item_is_good(work, i);
    }
    return is_good;
}

static bool notes_all(struct work *work)
{
    bool is_good = true;
    for (size_t i = 0; i < file_count(&work->file) && is_good; i++) {
        struct note note;
        if (file_note(&work->file, i, &note, &work->mistakes)) {
            note_put(&work->paper, &note);
            is_good = item_is_good(work, i);
        }
        note_free(&note);
    }
    return is_good;
}

static const struct paper_kind {
    const char    *name, *title;
    enum file_kind file;
    bool           needs_file;
    enum size      sizes[3]; /* the first is usual; SIZE_USUAL ends them */
    bool (*put)(struct work *work);
} PAPERS[] = {
    {"sheet", "production sheets", FILE_SHEETS, true,  {SIZE_A4, SIZE_A5, SIZE_USUAL},       sheets_put},
    {"badge", "badges",            FILE_BADGES, true,  {SIZE_A4, SIZE_CARD, SIZE_USUAL},     badges_all},
    {"card",  "command cards",     FILE_CARDS,  false, {SIZE_A4, SIZE_CARD, SIZE_USUAL},     cards_all },
    {"piece", "piece labels",      FILE_PIECES, true,  {SIZE_LABEL, SIZE_USUAL, SIZE_USUAL}, pieces_all},
    {"note",  "morning sheets",    FILE_NOTES,  true,  {SIZE_A4, SIZE_USUAL, SIZE_USUAL},    notes_all },
};

/* ---------------------------------------------------------------------------------------------------- files */

static bool bytes_read(const char *path, struct buf *bytes, struct err *err)
{
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (file == NULL)
        return err_set(err, ERR_ABSENT, say_text(say_text(SAY("main.file"), path), strerrordesc_np(errno)));
    for (size_t got = 1; got > 0 && bytes->len <= FILE_MAX; bytes->len += got)
        got = fread(buf_room(bytes, 65536), 1, 65536, file);
    bool is_read = ferror(file) == 0;
    if (file != stdin) fclose(file);
    if (!is_read) return err_set(err, ERR_IO, say_text(say_text(SAY("main.file"), path), strerrordesc_np(EIO)));
    return bytes->len <= FILE_MAX || err_set(err, ERR_INPUT, say_int(say_text(SAY("main.large"), path), FILE_MAX));
}

/* Whole or not at all: a printer's folder never sees half a file. */
static bool bytes_write(const char *path, const struct buf *bytes, struct err *err)
{
    bool       is_out = strcmp(path, "-") == 0, is_written;
    struct buf part = {0};
    buf_fmt(&part, "%s.part", path);
    FILE *file = is_out ? stdout : fopen(buf_text(&part), "wb");
    is_written = file != NULL && fwrite(bytes->bytes, 1, bytes->len, file) == bytes->len && fflush(file) == 0;
    if (file != NULL && !is_out) is_written = fclose(file) == 0 && is_written;
    if (is_written && !is_out) is_written = rename(buf_text(&part), path) == 0;
    if (!is_written) {
        err_set(err, ERR_IO, say_text(say_text(SAY("labels.write"), path), strerrordesc_np(errno)));
        if (file != NULL && !is_out) unlink(buf_text(&part));
    }
    buf_free(&part);
    return is_written;
}

/* Several pages of PNG are several files: sheet.png, or sheet-1.png, sheet-2.png ... */
static void page_path(const char *path, size_t page, size_t count, struct buf *out)
{
    const char *dot = strrchr(path, '.'), *slash = strrchr(path, '/');
    size_t      stem = dot != NULL && (slash == NULL || dot > slash) ? (size_t)(dot - path) : strlen(path);
    buf_add(out, path, stem);
    if (count > 1) buf_fmt(out, "-%zu", page + 1);
    buf_str(out, path + stem);
}

static bool pngs_write(struct press *press, const struct work *work, struct err *err)
{
    const struct options *options = work->options;
    bool                  is_done = true;
    for (size_t page = 0; page < work->paper.page_count && is_done; page++) {
        struct buf bytes = {0}, path = {0};
        page_path(options->out, page, work->paper.page_count, &path);
        is_done = raster_png(press, &work->paper, page, options->dpi > 0 ? options->dpi : DPI_USUAL, &bytes, err) &&
                  bytes_write(strcmp(options->out, "-") == 0 ? "-" : buf_text(&path), &bytes, err);
        buf_free(&bytes);
        buf_free(&path);
    }
    return is_done;
}

static bool labels_write(struct press *press, const struct work *work, struct err *err)
{
    const struct options *options = work->options;
    struct buf            bytes = {0};
    bool                  is_done = true;
    for (size_t page = 0; page < work->paper.page_count && is_done; page++) {
        struct dots dots;
        is_done = raster_dots(press, &work->paper, page, options->dpi > 0 ? options->dpi : DPI_LABEL, &dots, err);
        if (!is_done) break;
        if (options->format == FORMAT_ZPL)
            zpl_write(&dots, &bytes);
        else
            tspl_write(&dots, work->paper.pages[page].width, work->paper.pages[page].height, &bytes);
        dots_free(&dots);
    }
    is_done = is_done && bytes_write(options->out, &bytes, err);
    buf_free(&bytes);
    return is_done;
}

static bool paper_write(struct press *press, const struct work *work, struct err *err)
{
    const struct options *options = work->options;
    struct buf            bytes = {0};
    bool                  is_done;
    switch (options->format) {
    case FORMAT_PNG: return pngs_write(press, work, err);
    case FORMAT_ZPL:
    case FORMAT_TSPL: return labels_write(press, work, err);
    case FORMAT_PDF:
    case FORMAT_COUNT: break;
    }
    is_done = pdf_write(press, &work->paper, options->kind->title, options->made_at, &bytes, err) &&
              bytes_write(options->out, &bytes, err);
    buf_free(&bytes);
    return is_done;
}

/* ---------------------------------------------------------------------------------------------------- doing it */

/* Reads the file and puts its papers; false: said why. */
static bool work_put(struct work *work, const struct buf *bytes)
{
    const struct options *options = work->options;
    struct err            err;
    if (options->in != NULL &&
        !file_open(&work->file, options->kind->file, options->is_csv, buf_text(bytes), bytes->len, &err))
        return tell(options, options->in, &err.say);
    bool is_put = options->kind->put(work);
    fputs(buf_text(&work->mistakes.lines), stderr);
    if (work->mistakes.count > READ_MISTAKES_MAX) {
        struct say more = say_int(SAY("labels.read.more"), work->mistakes.count - READ_MISTAKES_MAX);
        tell(options, "", &more);
    }
    if (work->mistakes.count > 0) return false;
    if (is_put && work->paper.page_count == 0) return tell(options, "", &(struct say){.id = "labels.nothing"});
    return is_put;
}

static bool work_write(struct work *work, struct type *type)
{
    struct err    err;
    struct press *press;
    if (!press_open(&press, type, &err)) return tell(work->options, "", &err.say);
    bool is_done = paper_write(press, work, &err) || tell(work->options, "", &err.say);
    press_close(press);
    return is_done;
}

static int run(const struct options *options)
{
    struct err   err;
    struct type *type = NULL;
    struct buf   bytes = {0}, folder = {0};
    struct work  work = {.options = options, .mistakes = {.lang = options->lang}};
    bool         is_done = (options->in == NULL || bytes_read(options->in, &bytes, &err)) && type_open(&type, &err);
    if (is_done) {
        const char *slash = options->in == NULL ? NULL : strrchr(options->in, '/');
        buf_add(&folder, slash == NULL ? "." : options->in, slash == NULL ? 1 : (size_t)(slash - options->in) + 1);
        work.file.folder = buf_text(&folder);
        paper_begin(&work.paper, type, options->lang);
        is_done = work_put(&work, &bytes) && work_write(&work, type);
        paper_free(&work.paper);
        file_close(&work.file);
        buf_free(&work.mistakes.lines);
    } else {
        tell(options, "", &err.say);
    }
    type_close(type);
    buf_free(&bytes);
    buf_free(&folder);
    return is_done ? DONE : FAILED;
}

/* ---------------------------------------------------------------------------------------------------- options */

static void help(FILE *out)
{
    fputs("usage: baogong-labels PAPER [OPTIONS]\n\n", out);
    for (size_t i = 0; i < sizeof PAPERS / sizeof PAPERS[0]; i++)
        fprintf(out, "  %-8s%s\n", PAPERS[i].name, PAPERS[i].title);
    fputs(
        "\n  --in FILE        JSON or CSV (docs/labels.md); - is stdin; command cards need none\n"
        "  --type json|csv  of the file, where its name doesn't tell\n"
        "  --out FILE       - is stdout, and usual; several pages of PNG become FILE-1.png, FILE-2.png ...\n"
        "  --format F       pdf, png, zpl or tspl, where FILE doesn't tell\n"
        "  --paper P        a4 or a5 (sheet), a4 or card (badge, card), label (piece)\n"
        "  --lang zh|en     of the paper's own words and of these messages\n"
        "  --dpi N          of png (200) and of label printers (203; 300, 600)\n"
        "  --made-at TIME   the PDF's date, 2026-03-10T16:45:00+08:00; without it the same input gives the same bytes\n"
        "  --help, --version\n\nExit code: 0 done, 1 failed, 2 wrong usage.\n",
        out);
}

static int usage(const char *word, const char *why)
{
    fprintf(stderr, "baogong-labels: %s %s; see baogong-labels --help\n", word, why);
    return WRONG_USAGE;
}

static int name_find(const char *const *names, int count, const char *name)
{
    int i = 0;
    while (i < count && strcmp(names[i], name) != 0) i++;
    return i;
}

static int option_read(struct options *options, const char *name, const char *value)
{
    char *end;
    if (value == NULL) return usage(name, "wants a value");
    if (strcmp(name, "--in") == 0)
        options->in = value;
    else if (strcmp(name, "--out") == 0)
        options->out = value;
    else if (strcmp(name, "--made-at") == 0)
        options->made_at = value;
    else if (strcmp(name, "--format") == 0) {
        options->format = (enum format)name_find(FORMATS, FORMAT_COUNT, value);
        options->has_format = true;
        if (options->format == FORMAT_COUNT) return usage(name, "wants pdf, png, zpl or tspl");
    } else if (strcmp(name, "--paper") == 0) {
        options->size = (enum size)name_find(SIZES, SIZE_COUNT, value);
        if (options->size == SIZE_COUNT) return usage(name, "wants a4, a5, card or label");
    } else if (strcmp(name, "--lang") == 0) {
        if (!lang_read(value, &options->lang)) return usage(name, "wants zh or en");
    } else if (strcmp(name, "--type") == 0) {
        options->has_type = true;
        options->is_csv = strcmp(value, "csv") == 0;
        if (!options->is_csv && strcmp(value, "json") != 0) return usage(name, "wants json or csv");
    } else if (strcmp(name, "--dpi") == 0) {
        long dpi = strtol(value, &end, 10);
        if (*end != '\0' || dpi < 50 || dpi > 1200) return usage(name, "wants a number from 50 to 1200");
        options->dpi = (int)dpi;
    } else {
        return usage(name, "is no option");
    }
    return DONE;
}

static bool ends_with(const char *text, const char *end)
{
    size_t len = strlen(text), end_len = strlen(end);
    return len > end_len && strcasecmp(text + len - end_len, end) == 0 && text[len - end_len - 1] == '.';
}

/* What the names of the files tell, and what doesn't go together. */
static int options_settle(struct options *options)
{
    const struct paper_kind *kind = options->kind;
    bool                     fits = options->size == SIZE_USUAL;
    if (options->in == NULL && kind->needs_file) return usage("--in", "is needed: a JSON or CSV file, or - for stdin");
    if (!options->has_type && options->in != NULL) options->is_csv = ends_with(options->in, "csv");
    for (int i = 0; i < FORMAT_COUNT && !options->has_format; i++)
        if (ends_with(options->out, FORMATS[i])) options->format = (enum format)i;
    for (size_t i = 0; i < sizeof kind->sizes / sizeof kind->sizes[0]; i++)
        fits = fits || (kind->sizes[i] == options->size);
    if (!fits) return usage(SIZES[options->size], "is no size of this paper");
    bool is_label = options->format == FORMAT_ZPL || options->format == FORMAT_TSPL;
    if (options->size == SIZE_USUAL)
        options->size = is_label && kind->sizes[1] == SIZE_CARD ? SIZE_CARD : kind->sizes[0];
    return DONE;
}

int main(int argc, char **argv)
{
    struct options options = {.out = "-", .lang = LANG_ZH};
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0) {
            help(stdout);
            return DONE;
        }
        if (strcmp(argv[i], "--version") == 0) {
            puts("baogong-labels " BAOGONG_VERSION);
            return DONE;
        }
    }
    for (int i = 1; i < argc; i++) {
        if (argv[i][0] == '-') {
            int result = option_read(&options, argv[i], i + 1 < argc ? argv[i + 1] : NULL);
            if (result != DONE) return result;
            i++;
            continue;
        }
        if (options.kind != NULL) return usage(argv[i], "is one paper too many");
        for (size_t k = 0; k < sizeof PAPERS / sizeof PAPERS[0]; k++)
            if (strcmp(PAPERS[k].name, argv[i]) == 0) options.kind = &PAPERS[k];
        if (options.kind == NULL) return usage(argv[i], "is no paper");
    }
    if (options.kind == NULL) {
        help(stderr);
        return WRONG_USAGE;
    }
    int result = options_settle(&options);
    return result != DONE ? result : run(&options);
}
