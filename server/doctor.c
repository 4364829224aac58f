/* doctor.c - asks whoever knows for `baogong-server doctor`: server/doctor.h. In: the data directory, $BAOGONG_BACKUP. Out:
 * what care/doctor.c can't know by itself. */
#include "server/doctor.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "core/chain.h"
#include "core/json.h"
#include "core/utf8.h"
#include "server/console.h"
#include "server/http/ca.h"

#define BACKUPS_USUAL "/var/backups/baogong"

enum { KNOCK_WAIT_S = 3 };

/* One JSON answer of the running server; NULL: none runs there. */
static struct json *console_json(const char *data, const char *what)
{
    struct buf   request = {0}, answer = {0};
    struct err   err;
    struct json *json = NULL;
    int          status = 0;
    buf_fmt(&request, "{\"%s\":true}", what);
    if (console_ask(data, &request, &status, &answer, &err) && status == 200)
        json = json_read(buf_text(&answer), answer.len, &err);
    buf_free(&request);
    buf_free(&answer);
    return json;
}

/* Does somebody open where kiosks are told to go? */
static bool is_reachable(const char *host, uint16_t port)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct timeval     wait = {.tv_sec = KNOCK_WAIT_S};
    if (inet_pton(AF_INET, host, &at.sin_addr) != 1) return false;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return false;
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
    bool is_open = connect(fd, (struct sockaddr *)&at, sizeof at) == 0;
    close(fd);
    return is_open;
}

static void kiosks_take(const struct json *rows, struct doctor_server *server)
{
    size_t count = json_count(rows);
    server->kiosks = calloc(count + 1, sizeof *server->kiosks);
    if (server->kiosks == NULL) abort(); /* as core/buf.h */
    for (size_t i = 0; i < count; i++) {
        const struct json   *row = json_at(rows, i);
        struct doctor_kiosk *kiosk = &server->kiosks[server->kiosk_count];
        if (!id_read(json_text(json_get(row, "kiosk"), ""), &kiosk->kiosk)) continue;
        kiosk->heard_ms = json_int(json_get(row, "heard"), 0);
        kiosk->waiting = json_int(json_get(row, "waiting"), -1);
        utf8_copy(kiosk->version, sizeof kiosk->version, json_text(json_get(row, "version"), ""));
        server->kiosk_count++;
    }
}

static void server_ask(const char *data, struct doctor_server *server)
{
    struct json *where = console_json(data, "where"), *health = where == NULL ? NULL : console_json(data, "health");
    struct buf   trouble = {0};
    if (health != NULL) {
        const char *host = json_text(json_get(where, "host"), "");
        uint16_t    port = (uint16_t)json_int(json_get(where, "port"), 0);
        server->is_running = true;
        server->is_reachable = is_reachable(host, port);
        snprintf(server->place, sizeof server->place, "%.40s:%u", host, port);
        utf8_copy(server->version, sizeof server->version, json_text(json_get(health, "version"), ""));
        server->started_ms = json_int(json_get(health, "started"), 0);
        server->unbooked = json_int(json_get(health, "inbox"), 0) - json_int(json_get(health, "booked"), 0);
        json_write(json_get(health, "trouble"), &trouble);
        (void)!say_read(buf_text(&trouble), trouble.len, &server->trouble); /* none: it stays empty */
        kiosks_take(json_get(health, "kiosks"), server);
    }
    json_free(health);
    json_free(where);
    buf_free(&trouble);
}

bool doctor_run(const struct care *care, struct err *err)
{
    const char   *backups = getenv("BAOGONG_BACKUP");
    struct doctor doctor = {.care = care, .backups = backups == NULL || backups[0] == 0 ? BACKUPS_USUAL : backups};
    struct err    absent;
    server_ask(care->data, &doctor.server);
    doctor.has_cert = ca_ends(care->data, &doctor.cert_ends_s, &doctor.ca_ends_s, &absent);
    if (!doctor.has_cert && absent.kind != ERR_ABSENT) doctor.cert_trouble = absent.say;
    bool is_well = care_doctor(&doctor, err);
    free(doctor.server.kiosks);
    return is_well;
}
