/* enrol_fuzz.c - whatever answers an enrolling kiosk, it believes only the certificate that its code names, and ends
 * with a whole address and station or with a sentence.
 * links: kiosk_send kiosk_keep core */
#include <assert.h>
#include <string.h>

#include "core/utf8.h"
#include "kiosk/send/enrol.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void station_check(const char *station)
{
    size_t len = strlen(station);
    assert(len > 0);
    for (size_t at = 0, step; at < len; at += step) {
        step = utf8_len(station + at, len - at);
        assert(step > 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const struct enrol_ask ASK = {
        .enrol = {.ip = {192, 168, 1, 5}, .port = 8443},
          .kiosk = 0x11
    };
    struct keeper_server server = {0};
    struct buf           pem = {0};
    struct err           err = {0};
    int                  status = len % 3 == 0 ? 200 : len % 3 == 1 ? 403 : 503;
    if (enrol_hear(&ASK, status, (const char *)bytes, len, &server, &err)) {
        assert(status == 200 && strcmp(server.address, "192.168.1.5") == 0);
        station_check(server.station);
    } else {
        assert(err.kind != ERR_NONE && err.say.id[0] != 0 && server.address[0] == 0);
    }
    assert(!enrol_ca((const char *)bytes, len, &ASK.enrol, &pem, &err) && pem.len == 0); /* nothing hashes to zeros */
    buf_free(&pem);
    return 0;
}
