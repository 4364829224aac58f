/* enrol.c - the words of the enrolment: kiosk/send/enrol.h. */
#include "kiosk/send/enrol.h"

#include <stdio.h>
#include <string.h>

#include "core/json.h"
#include "core/seal.h"

#define BEGIN "-----BEGIN CERTIFICATE-----"
#define END "-----END CERTIFICATE-----"

enum { STATUS_OK = 200, STATUS_FORBIDDEN = 403 };

/* PEM's base64 has another alphabet, line ends and padding. */
static bool der_read(const char *text, size_t len, struct buf *der)
{
    struct buf url = {0};
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        if (c == '\r' || c == '\n' || c == ' ' || c == '=') continue;
        buf_char(&url, (char)(c == '+' ? '-' : c == '/' ? '_' : c));
    }
    bool is_read = seal_unbase64(buf_text(&url), url.len, der);
    buf_free(&url);
    return is_read;
}

static bool der_fits(const char *text, size_t len, const struct code_enrol *enrol)
{
    struct buf der = {0};
    uint8_t    sha256[sizeof enrol->ca_sha256];
    bool       is_read = der_read(text, len, &der);
    hash_sha256(buf_text(&der), der.len, sha256);
    buf_free(&der);
    return is_read && memcmp(sha256, enrol->ca_sha256, sizeof sha256) == 0;
}

/* Only the certificate whose hash fits is taken over: what else stands in the answer is nobody's word. */
bool enrol_ca(const char *answer, size_t len, const struct code_enrol *enrol, struct buf *pem, struct err *err)
{
    const char *at = answer, *end = answer + len;
    while ((at = memmem(at, (size_t)(end - at), BEGIN, strlen(BEGIN))) != NULL) {
        const char *text = at + strlen(BEGIN), *stop = memmem(text, (size_t)(end - text), END, strlen(END));
        if (stop == NULL) break;
        if (der_fits(text, (size_t)(stop - text), enrol)) {
            buf_add(pem, at, (size_t)(stop - at) + strlen(END));
            buf_char(pem, '\n');
            return true;
        }
        at = stop;
    }
    return err_set(err, ERR_RIGHTS, SAY("enrol.ca"));
}

void enrol_body(const struct enrol_ask *ask, struct buf *body)
{
    char kiosk[ID_TEXT], server[EPOCH_TEXT];
    id_write(ask->kiosk, kiosk);
    epoch_write(ask->server, server);
    buf_fmt(body, "enrol 1 %s %s ", ask->enrol.token, kiosk);
    buf_hex(body, ask->key.bytes, sizeof ask->key.bytes);
    buf_fmt(body, " %s %lld\n", server, (long long)ask->acked_seq);
}

/* The sentence of a refusal, or that the server refused without one. */
static struct say refusal(const struct json *whole, int status)
{
    struct buf text = {0};
    struct say say = say_int(SAY("enrol.refused"), status);
    json_write(json_get(whole, "say") != NULL ? json_get(whole, "say") : whole, &text);
    if (!say_read(buf_text(&text), text.len, &say) || say.id[0] == 0) say = say_int(SAY("enrol.refused"), status);
    buf_free(&text);
    return say;
}

bool enrol_hear(const struct enrol_ask *ask, int status, const char *answer, size_t len, struct keeper_server *server,
                struct err *err)
{
    const uint8_t *ip = ask->enrol.ip;
    struct err     unread;
    struct json   *whole = json_read(answer, len, &unread);
    const char    *station = json_text(json_get(whole, "station"), "");
    bool           is_station = station[0] != 0 && strlen(station) < sizeof server->station;
    bool           is_good = status == STATUS_OK && json_int(json_get(whole, "v"), 0) == 1 && is_station;
    if (is_good) {
        struct keeper_server made = {.port = ask->enrol.port, .is_tls = true, .key = ask->key};
        snprintf(made.address, sizeof made.address, "%d.%d.%d.%d", ip[0], ip[1], ip[2], ip[3]);
        snprintf(made.station, sizeof made.station, "%s", station);
        *server = made;
    } else if (whole != NULL && status != STATUS_OK) {
        err_set(err, status == STATUS_FORBIDDEN ? ERR_RIGHTS : ERR_BUSY, refusal(whole, status));
    } else {
        err_set(err, ERR_INPUT, say_int(SAY("enrol.refused"), status));
    }
    json_free(whole);
    return is_good;
}
