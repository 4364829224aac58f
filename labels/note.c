/* note.c - the morning sheet: note.h. */
#include "labels/note.h"

#include <stdio.h>
#include <string.h>

#include "labels/words.h"

#define WIDE 210.0f
#define HIGH 297.0f
#define LEFT 12.0f
#define RIGHT 198.0f
#define FOOT 284.0f
#define TOP 25.0f /* below the head */

#define ROW 9.2f
#define PERSON 10.4f
#define EMPHASIS 27.0f

enum { EMPTY_ROWS = 2, PEOPLE_ACROSS = 4 };

struct talk {
    struct paper      *paper;
    const struct note *note;
    int                page, pages;
    float              y;
    int                empty_rows;   /* at the end of the list, for what comes in between */
    bool               keeps_people; /* on one page with the lines for the emphasis */
    int                people_page;  /* on which they begin; 0: nobody */
    bool               is_torn;      /* people and those lines aren't on one page */
};

static const char *text_or(const char *text)
{
    return text == NULL ? "" : text;
}

static void foot_put(struct talk *talk)
{
    char        page[64];
    struct buf  right = {0};
    const char *rule = paper_words(talk->paper, "labels.note.only_today");
    paper_line(talk->paper, LEFT, FOOT, RIGHT - LEFT, 0, 0.4f);
    words_fill(talk->paper, say_int(say_int(SAY("labels.page"), talk->page), talk->pages), page, sizeof page);
    buf_fmt(&right, "%s  %s", text_or(talk->note->section), page);
    paper_text(talk->paper, area_of(LEFT, FOOT + 1.4f, 120, 4.4f), &(struct style){.em = 3.4f, .em_least = 2.4f}, rule);
    paper_text(talk->paper, area_of(RIGHT - 64, FOOT + 1.4f, 64, 4.4f),
               &(struct style){.em = 3.4f, .em_least = 2, .side = SIDE_RIGHT}, buf_text(&right));
    buf_free(&right);
}

static void head_put(struct talk *talk)
{
    const struct note *note = talk->note;
    char               day[WORDS_DAY];
    struct buf         title = {0}, when = {0}, small = {0};
    paper_page(talk->paper, WIDE, HIGH);
    talk->page++;
    buf_fmt(&title, "%s  %s", text_or(note->section), paper_words(talk->paper, "labels.note.title"));
    words_day(talk->paper, note->day, true, day);
    buf_fmt(&when, "%s  %s", day, text_or(note->shift));
    const struct {
        const char *id, *text;
    } parts[] = {
        {"labels.note.chief",   note->chief  },
        {"labels.note.printed", note->printed},
        {"labels.note.counted", note->counted}
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (parts[i].text != NULL && parts[i].text[0] != '\0')
            buf_fmt(&small, "%s%s %s", small.len > 0 ? "   " : "", paper_words(talk->paper, parts[i].id),
                    parts[i].text);
    paper_text(talk->paper, area_of(LEFT, 8, 104, 15),
               &(struct style){.em = 13, .em_least = 7, .is_bold = true, .lines = 2}, buf_text(&title));
    paper_text(talk->paper, area_of(LEFT + 106, 9, RIGHT - LEFT - 106, 8),
               &(struct style){.em = 7, .em_least = 4, .is_bold = true, .side = SIDE_RIGHT}, buf_text(&when));
    paper_text(talk->paper, area_of(LEFT + 106, 18.4f, RIGHT - LEFT - 106, 4),
               &(struct style){.em = 3.2f, .em_least = 2, .side = SIDE_RIGHT}, buf_text(&small));
    foot_put(talk);
    buf_free(&title);
    buf_free(&when);
    buf_free(&small);
    talk->y = TOP;
}

/* Room for so much more, on a new page if need be. */
static void room_for(struct talk *talk, float high)
{
    if (talk->y + high > FOOT - 2) head_put(talk);
}

/* ---- Four figures */

static void figures_put(struct talk *talk)
{
    const struct note *note = talk->note;
    const struct {
        const char *id;
        int64_t     first, second;
        bool        is_of; /* the second is what was planned */
        const char *unit;
    } cells[4] = {
        {"labels.note.yesterday", note->made,  note->planned, true,  NULL      },
        {"labels.note.today",     note->today, -1,            false, note->unit},
        {"labels.note.late_rush", note->late,  note->rush,    false, NULL      },
        {"labels.note.bad_held",  note->bad,   note->held,    false, NULL      },
    };
    float wide = (RIGHT - LEFT) / 4;
    paper_rect(talk->paper, area_of(LEFT, talk->y, RIGHT - LEFT, 18), 0.4f);
    for (int i = 0; i < 4; i++) {
        float x = LEFT + wide * (float)i, baseline = talk->y + 15.4f;
        char  number[24];
        if (i > 0) paper_line(talk->paper, x, talk->y, 0, 18, 0.23f);
        paper_text(talk->paper, area_of(x + 2, talk->y + 1.2f, wide - 3, 4),
                   &(struct style){.em = 3.2f, .em_least = 2.2f}, paper_words(talk->paper, cells[i].id));
        snprintf(number, sizeof number, "%lld", (long long)cells[i].first);
        float at = x + 2 + paper_run(talk->paper, x + 2, baseline, 10, true, INK_BLACK, number);
        if (cells[i].is_of)
            snprintf(number, sizeof number, " / %lld", (long long)cells[i].second);
        else
            snprintf(number, sizeof number, "%lld", (long long)cells[i].second);
        if (cells[i].is_of)
            paper_run(talk->paper, at, baseline, 6, false, INK_BLACK, number);
        else if (cells[i].second >= 0)
            paper_run(talk->paper, x + wide * 0.5f, baseline, 10, true, INK_BLACK, number);
        if (cells[i].unit != NULL) paper_run(talk->paper, at + 1.6f, baseline, 5, false, INK_BLACK, cells[i].unit);
    }
    talk->y += 21;
}

/* ---- Stopped */

static void stop_put(struct talk *talk, const struct note_stop *stop)
{
    struct buf title = {0};
    float      high = 26;
    room_for(talk, high + 2);
    struct area frame = {LEFT + 0.6f, talk->y + 0.6f, RIGHT - LEFT - 1.2f, high - 1.2f};
    float       x = LEFT + 31, wide = RIGHT - x - 3;
    paper_rect(talk->paper, frame, 1.2f);
    paper_fill(talk->paper, area_of(LEFT, talk->y, 27.4f, high), INK_BLACK);
    paper_text(talk->paper, area_of(LEFT + 1, talk->y, 25.4f, high),
               &(struct style){.em = 15, .em_least = 6, .is_bold = true, .side = SIDE_MIDDLE, .ink = INK_WHITE},
               paper_words(talk->paper, "labels.note.stop"));
    buf_fmt(&title, "%s   %s", text_or(stop->number), text_or(stop->title));
    paper_text(talk->paper, area_of(x, talk->y + 2.4f, wide, 9),
               &(struct style){.em = 8, .em_least = 4.6f, .is_bold = true}, buf_text(&title));
    paper_text(talk->paper, area_of(x, talk->y + 12, wide, 6.2f),
               &(struct style){.em = 4, .em_least = 2.9f, .lines = 2}, stop->text);
    paper_text(talk->paper, area_of(x, talk->y + 18.2f, wide, 6.2f),
               &(struct style){.em = 4, .em_least = 2.9f, .is_bold = true, .lines = 2}, stop->collect);
    buf_free(&title);
    talk->y += high + 2.4f;
}

/* ---- Today's list */

/* Left edges of the columns, and the right edge of the last. */
enum { MARK, NUMBER, PRODUCT, WATCH, TODAY, ARRIVED, WHERE, DUE, WHO, BOX, COLUMNS };
static const float EDGES[COLUMNS + 1] = {12, 28.4f, 53, 85, 121, 131, 141.4f, 165, 177, 190, 198};

static struct area cell_of(const struct talk *talk, int column, float high)
{
    float gap = column == ARRIVED || column == TODAY ? 1.8f : 0.6f; /* numbers stand away from what follows them */
    return area_of(EDGES[column] + 0.6f, talk->y, EDGES[column + 1] - EDGES[column] - 0.6f - gap, high);
}

static void heading(struct talk *talk, const char *id, const char *small_id)
{
    const char *words = paper_words(talk->paper, id);
    float       x = LEFT + paper_run(talk->paper, LEFT, talk->y + 4.8f, 5, true, INK_BLACK, words);
    if (small_id != NULL)
        paper_run(talk->paper, x + 2.4f, talk->y + 4.8f, 3.2f, false, INK_BLACK, paper_words(talk->paper, small_id));
    talk->y += 6.4f;
    paper_line(talk->paper, LEFT, talk->y, RIGHT - LEFT, 0, 0.4f);
}

static void list_head(struct talk *talk)
{
    static const char *const NAMES[COLUMNS] = {NULL,
                                               "labels.note.number",
                                               "labels.note.product",
                                               "labels.note.watch",
                                               "labels.note.amount",
                                               "labels.note.arrived",
                                               "labels.note.where",
                                               "labels.note.due",
                                               "labels.note.who",
                                               NULL};
    heading(talk, "labels.note.list", "labels.note.order");
    for (int i = 0; i < COLUMNS; i++)
        if (NAMES[i] != NULL)
            paper_text(
                talk->paper, cell_of(talk, i, 5.4f),
                &(struct style){.em = 3, .em_least = 1.9f, .side = i == TODAY || i == ARRIVED ? SIDE_RIGHT : SIDE_LEFT},
                paper_words(talk->paper, NAMES[i]));
    talk->y += 5.4f;
    paper_line(talk->paper, LEFT, talk->y, RIGHT - LEFT, 0, 0.23f);
}

/* The one that matters most: rush, late, then the others. */
static void row_mark(struct talk *talk, const struct note_row *row)
{
    struct area area = {EDGES[MARK] + 0.6f, talk->y + 1.4f, 14.6f, ROW - 2.8f};
    char        words[32];
    if ((row->marks & 1u << MARK_RUSH) != 0) {
        mark_put(talk->paper, area, MARK_RUSH, false);
    } else if (row->late_days > 0) {
        words_fill(talk->paper, say_int(SAY("labels.note.late"), row->late_days), words, sizeof words);
        paper_rect(talk->paper, area_inset(area, 0.2f, 0.2f), 0.4f);
        paper_text(talk->paper, area_inset(area, 0.6f, 0.2f),
                   &(struct style){.em = 4.2f, .em_least = 2.2f, .is_bold = true, .side = SIDE_MIDDLE}, words);
    } else {
        for (int mark = MARK_SPECIAL; mark < MARK_COUNT; mark++) {
            if ((row->marks >> mark & 1) == 0) continue;
            mark_put(talk->paper, area, (enum paper_mark)mark, false);
            return;
        }
    }
}

static void amount(char text[24], int64_t number)
{
    if (number < 0)
        snprintf(text, 24, "—");
    else
        snprintf(text, 24, "%lld", (long long)number);
}

static void row_put(struct talk *talk, const struct note_row *row)
{
    char today[24], arrived[24], due[WORDS_DAY];
    row_mark(talk, row);
    amount(today, row->today);
    amount(arrived, row->arrived);
    words_day(talk->paper, row->due, false, due);
    size_t len = strlen(due);
    if (row->late_days > 0 && (row->marks & 1u << MARK_RUSH) != 0) { /* the mark's place is taken */
        words_fill(talk->paper, say_int(SAY("labels.note.late"), row->late_days), due + len + 1, sizeof due - len - 1);
        due[len] = '\n';
    }
    const struct {
        int         column;
        const char *text;
        float       em;
        bool        is_bold;
        enum side   side;
    } cells[] = {
        {NUMBER,  row->number,  6.6f, true,  SIDE_LEFT },
        {PRODUCT, row->product, 4,    false, SIDE_LEFT },
        {WATCH,   row->watch,   4,    true,  SIDE_LEFT },
        {TODAY,   today,        6,    true,  SIDE_RIGHT},
        {ARRIVED, arrived,      4,    false, SIDE_RIGHT},
        {WHERE,   row->where,   4,    false, SIDE_LEFT },
        {DUE,     due,          4,    true,  SIDE_LEFT },
    };
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
        paper_text(
            talk->paper, area_inset(cell_of(talk, cells[i].column, ROW), 0, 0.5f), /* two lines keep off the rules */
            &(struct style){
                .em = cells[i].em, .em_least = 2.7f, .is_bold = cells[i].is_bold, .side = cells[i].side, .lines = 2},
            cells[i].text);
}

static void list_put(struct talk *talk)
{
    size_t count = talk->note->row_count + (size_t)talk->empty_rows;
    room_for(talk, 12 + 3 * ROW);
    list_head(talk);
    for (size_t i = 0; i < count; i++) {
        if (talk->y + ROW > FOOT - 3) {
            head_put(talk);
            list_head(talk);
        }
        if (i < talk->note->row_count) row_put(talk, &talk->note->rows[i]);
        paper_rect(talk->paper, area_of(EDGES[BOX] + 1.6f, talk->y + (ROW - 4.8f) / 2, 4.8f, 4.8f), 0.4f);
        talk->y += ROW;
        paper_line(talk->paper, LEFT, talk->y, RIGHT - LEFT, 0, 0.23f);
    }
    talk->y += 4;
}

/* ---- Notes, people, emphasis */

/* On a new page the heading stands again. */
static void message_room(struct talk *talk, float high)
{
    int page = talk->page;
    room_for(talk, high);
    if (talk->page == page) return;
    heading(talk, "labels.note.messages", NULL);
    talk->y += 1.6f;
}

static void messages_put(struct talk *talk)
{
    if (talk->note->message_count == 0) return;
    room_for(talk, 16);
    heading(talk, "labels.note.messages", NULL);
    talk->y += 1.6f;
    for (size_t i = 0; i < talk->note->message_count; i++) {
        const struct note_message *message = &talk->note->messages[i];
        struct style               style = {.em = 4.2f, .em_least = 3.4f, .lines = 8, .level = LEVEL_TOP};
        float                      wide = paper_width(talk->paper, 4.2f, true, text_or(message->who)) + 3;
        if (wide > 60) wide = 60;
        message_room(talk, 6);
        paper_text(talk->paper, area_of(LEFT, talk->y, wide - 2, 5),
                   &(struct style){.em = 4.2f, .em_least = 2.2f, .is_bold = true, .level = LEVEL_TOP}, message->who);
        if (paper_fits(talk->paper, area_of(0, 0, RIGHT - LEFT - wide, FOOT - 2 - talk->y), &style, message->text) <
            strlen(text_or(message->text)))
            message_room(talk, 44);
        float end = paper_text(talk->paper, area_of(LEFT + wide, talk->y, RIGHT - LEFT - wide, FOOT - 2 - talk->y),
                               &style, message->text);
        talk->y = end > talk->y + 4.2f ? end + 1.8f : talk->y + 6;
    }
    talk->y += 4;
}

static float people_high(const struct note *note)
{
    size_t rows = (note->person_count + PEOPLE_ACROSS - 1) / PEOPLE_ACROSS;
    return 7 + (float)rows * 2 * PERSON + 4;
}

static void people_put(struct talk *talk)
{
    const struct note *note = talk->note;
    float              wide = (RIGHT - LEFT) / PEOPLE_ACROSS, high = PERSON, both = people_high(note) + EMPHASIS;
    if (note->person_count == 0) return;
    room_for(talk, talk->keeps_people && both <= FOOT - 2 - TOP ? both : 7 + 2 * high);
    talk->people_page = talk->page;
    heading(talk, "labels.note.here", "labels.note.sign_yourself");
    for (size_t from = 0; from < note->person_count; from += PEOPLE_ACROSS) {
        room_for(talk, 2 * high);
        for (size_t i = 0; i < PEOPLE_ACROSS; i++) {
            float x = LEFT + wide * (float)i, name = x + 2;
            paper_rect(talk->paper, area_of(x, talk->y, wide, high), 0.23f);
            paper_rect(talk->paper, area_of(x, talk->y + high, wide, high), 0.23f);
            if (from + i >= note->person_count) continue;
            const struct note_person *person = &note->people[from + i];
            if (person->has_sign)
                paper_sign(talk->paper, area_of(x + 1.4f, talk->y + 0.5f, 9.4f, 9.4f), person->animal, person->colour);
            if (person->has_sign) name += 10.4f;
            paper_text(talk->paper, area_of(name, talk->y, x + wide - name - 1, high),
                       &(struct style){.em = 4.4f, .em_least = 2.6f, .lines = 2}, person->name);
        }
        talk->y += 2 * high;
    }
    talk->y += 4;
}

static void emphasis_put(struct talk *talk)
{
    room_for(talk, EMPHASIS);
    talk->is_torn = talk->people_page > 0 && talk->page > talk->people_page;
    const char *words = paper_words(talk->paper, "labels.note.emphasis");
    paper_run(talk->paper, LEFT, talk->y + 4.8f, 5, true, INK_BLACK, words);
    for (int i = 1; i <= 2; i++) paper_line(talk->paper, LEFT, talk->y + 7 + 9.4f * (float)i, RIGHT - LEFT, 0, 0.23f);
    talk->y += 28;
}

static void pages_put(struct talk *talk)
{
    talk->page = talk->people_page = 0;
    head_put(talk);
    figures_put(talk);
    for (size_t i = 0; i < talk->note->stop_count; i++) stop_put(talk, &talk->note->stops[i]);
    talk->y += 1;
    list_put(talk);
    messages_put(talk);
    people_put(talk);
    emphasis_put(talk);
}

/* How many pages it has so; what the trial found out of its people stays in talk. */
static int pages_count(struct talk *talk, const struct paper *paper)
{
    struct paper trial;
    struct talk  tried = *talk;
    paper_begin(&trial, paper->type, paper->lang);
    tried.paper = &trial;
    pages_put(&tried);
    int pages = (int)trial.page_count;
    paper_free(&trial);
    talk->is_torn = tried.is_torn;
    return pages;
}

/* Each page says how many there are. Rows that are empty aren't worth another one; people and the lines for the
 * emphasis stay together where they fit on one, so that the last page isn't these lines alone. */
void note_put(struct paper *paper, const struct note *note)
{
    struct talk talk = {.note = note, .pages = 1};
    int         fewest = pages_count(&talk, paper);
    talk.empty_rows = EMPTY_ROWS;
    while (pages_count(&talk, paper) > fewest) talk.empty_rows--;
    talk.keeps_people = talk.is_torn;
    talk.pages = pages_count(&talk, paper);
    talk.paper = paper;
    pages_put(&talk);
}
