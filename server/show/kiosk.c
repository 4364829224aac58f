/* kiosk.c - the doors of kiosks over HTTP: kiosk.h. In: a request as it came. Out: what the taker or the feed answers,
 * with its mac in the header. Nothing is checked here: the mac covers method, path and body, and the taker knows it. */
#include "server/show/kiosk.h"

#include <stdlib.h>

struct door {
    struct desk_take     take; /* first: the job is the door */
    struct http_request *request;
};

static void door_answer(struct desk_take *take)
{
    struct door *door = (struct door *)take;
    if (take->answer.has_mac) {
        char mac[HASH_TEXT];
        hash_write(&take->answer.mac, mac);
        http_answer_header(door->request, "Baogong-Mac", mac);
    }
    http_answer(door->request, take->answer.status, "application/json", &take->answer.body);
    free(door);
}

static void door_post(const struct desk *desk, struct http_request *request,
                      void (*post)(void *house, struct desk_take *job))
{
    struct door *door = calloc(1, sizeof *door);
    if (door == NULL) abort();
    door->request = request;
    door->take.done = door_answer;
    door->take.request = (struct take_request){.method = http_method(request),
                                               .path = http_path(request),
                                               .kiosk = http_header(request, "Baogong-Kiosk"),
                                               .nonce = http_header(request, "Baogong-Nonce"),
                                               .mac = http_header(request, "Baogong-Mac")};
    door->take.request.body = http_body(request, &door->take.request.len);
    post(desk->house, &door->take);
}

void kiosk_events(const struct desk *desk, struct http_request *request)
{
    door_post(desk, request, desk->take);
}

void kiosk_feed(const struct desk *desk, struct http_request *request)
{
    door_post(desk, request, desk->feed);
}

void kiosk_ca(const struct desk *desk, struct http_request *request)
{
    if (desk->ca == NULL)
        http_refuse(request, 404, SAY("kiosk.no_tls"));
    else
        http_answer_static(request, 200, "application/x-pem-file", desk->ca->ca_pem.bytes, desk->ca->ca_pem.len);
}
