/* desk.c - answers that every door gives: errors in the API's form. */
#include "server/show/desk.h"

#include "core/json.h"
#include "core/text.h"

void desk_refuse(struct http_request *request, int status, struct say say)
{
    struct buf body = {0}, words = {0};
    text_say_buf(LANG_EN, &say, &words);
    buf_str(&body, "{\"say\":");
    say_write(&say, &body);
    buf_str(&body, ",\"text\":");
    json_str(&body, buf_text(&words), words.len);
    buf_str(&body, "}");
    buf_free(&words);
    http_answer(request, status, "application/json", &body);
}
