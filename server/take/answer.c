/* answer.c - how answers to kiosks are put together: answer.h. */
#include "server/take/answer.h"

#include "core/json.h"
#include "core/text.h"
#include "core/version.h"

void answer_refuse(struct take_answer *answer, int status, struct say say)
{
    answer->status = status;
    answer->has_mac = false;
    buf_clear(&answer->body);
    buf_char(&answer->body, '{');
    text_say_json(LANG_EN, &say, &answer->body);
    buf_char(&answer->body, '}');
}

void answer_sign(struct take_answer *answer, const struct key *key, const struct hash *request_mac)
{
    answer->mac = mac_answer(key, request_mac, buf_text(&answer->body), answer->body.len);
    answer->has_mac = true;
}

void answer_place(struct buf *body, struct epoch server, uint64_t run, int64_t feed, int64_t now_ms)
{
    char epoch[EPOCH_TEXT], id[ID_TEXT];
    epoch_write(server, epoch);
    id_write(run, id);
    buf_str(body, ",\"server\":\"");
    buf_str(body, epoch);
    buf_str(body, "\",\"run\":\"");
    buf_str(body, id);
    buf_str(body, "\",\"feed\":");
    buf_int(body, feed);
    buf_str(body, ",\"time\":");
    buf_int(body, now_ms);
    buf_str(body, ",\"program\":\"" BAOGONG_VERSION "\",\"speaks\":[");
    buf_int(body, PROTOCOL_OLDEST);
    buf_char(body, ',');
    buf_int(body, PROTOCOL_NEWEST);
    buf_char(body, ']');
}

void answer_mark(struct buf *body, const struct mark *mark)
{
    char epoch[EPOCH_TEXT];
    epoch_write(mark->epoch, epoch);
    buf_str(body, "[\"");
    buf_str(body, epoch);
    buf_str(body, "\",");
    buf_int(body, mark->seq);
    buf_str(body, ",\"");
    buf_hex(body, mark->hash.bytes, sizeof mark->hash.bytes);
    buf_str(body, "\"]");
}
