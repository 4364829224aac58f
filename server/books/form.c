/* form.c - what a form of the office sends: server/books/form.h. */
#include "server/books/form.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"

enum { BAD_TOLD = 60 };

static void told_write(struct buf *out, const char *at, const char *field, const struct say *say)
{
    struct buf name = {0};
    buf_str(&name, at);
    buf_str(&name, field);
    json_sep(out);
    buf_str(out, "{\"field\":");
    json_str(out, buf_text(&name), name.len);
    text_say_json(LANG_EN, say, out);
    buf_char(out, '}');
    buf_free(&name);
}

void form_bad(struct form *form, const char *at, const char *field, const struct say *say)
{
    if (++form->bad <= BAD_TOLD) told_write(&form->told, at, field, say);
}

static void answer_write(struct act_call *call, const struct say *say, const char *fields)
{
    buf_clear(&call->answer);
    buf_char(&call->answer, '{');
    text_say_json(LANG_EN, say, &call->answer);
    buf_fmt(&call->answer, ",\"fields\":[%s]}", fields);
}

/* A field's value as text: forms send texts, programs perhaps numbers. */
static const char *field_text(const struct json *value, char number[24])
{
    if (value == NULL || json_kind_of(value) == JSON_NULL) return "";
    if (json_kind_of(value) == JSON_TEXT) return json_text(value, "");
    if (json_kind_of(value) == JSON_BOOL) return json_bool(value, false) ? "1" : "0";
    if (json_kind_of(value) != JSON_INT) return NULL;
    snprintf(number, 24, "%" PRId64, json_int(value, 0));
    return number;
}

bool form_read(struct form *form, const struct json *body, const char *at, const struct import_column *columns,
               struct cell *cells)
{
    int before = form->bad;
    for (int i = 0; columns[i].name != NULL; i++) {
        char        number[24];
        struct err  why;
        const char *text = field_text(json_get(body, columns[i].name), number);
        cells[i] = (struct cell){.is_set = false};
        if (text == NULL) err_set(&why, ERR_INPUT, SAY("form.kind"));
        if (text == NULL || !cell_read(&columns[i].want, text, strlen(text), &cells[i], &why))
            form_bad(form, at, columns[i].name, &why.say);
    }
    return form->bad == before;
}

bool form_end(struct form *form, struct err *err)
{
    bool is_good = form->bad == 0;
    if (!is_good) {
        err_set(err, ERR_INPUT, say_int(SAY("form.bad"), form->bad));
        answer_write(form->call, &err->say, buf_text(&form->told));
    }
    buf_free(&form->told);
    return is_good;
}

bool form_take(struct act_call *call, const struct import_column *columns, struct cell *cells, struct err *err)
{
    struct form form = {.call = call};
    (void)form_read(&form, call->body, "", columns, cells);
    return form_end(&form, err);
}

bool form_fault(struct act_call *call, const char *field, const struct err *err)
{
    struct buf told = {0};
    if (err->kind != ERR_INPUT && err->kind != ERR_CONFLICT && err->kind != ERR_ABSENT) return false;
    told_write(&told, "", field, &err->say);
    answer_write(call, &err->say, buf_text(&told));
    buf_free(&told);
    return false;
}

bool body_day(const struct act_call *call, const char *field, int32_t *day, struct err *err)
{
    const char *text;
    if (!body_text(call, field, false, DAY_TEXT - 1, &text, err)) return false;
    return day_read(text, day) || err_set(err, ERR_INPUT, say_text(SAY("import.day"), text));
}

bool body_ref(const struct act_call *call, const char *field, bool is_line, struct line_ref *ref, struct err *err)
{
    const char *text;
    if (!body_text(call, field, false, LINE_REF_TEXT - 1, &text, err)) return false;
    return (line_ref_read(text, ref) && (ref->line != 0) == is_line) ||
           err_set(err, ERR_INPUT, say_text(SAY("stop.what"), text));
}
