/* ca_test.c - the factory's own certificates: made once, kept, renewed where they must be, and believed by a client.
 * links: server_http core pkg:gnutls */
#include <arpa/inet.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include "core/chain.h"
#include "server/http/ca.h"
#include "server/http/http.h"
#include "tests/unit/rows.h"

#define NOW_S INT64_C(1767225600) /* 2026-01-01 */
#define DAY_S INT64_C(86400)

static char        folder[64];
static struct err  err;
static const char *two_names[] = {"127.0.0.1", "factory.lan", NULL};
static const char *three_names[] = {"127.0.0.1", "factory.lan", "192.168.7.8", NULL};
static const char *bad_names[] = {"127.0.0.1", "门", NULL};

static int remove_one(const char *path, const struct stat *stat, int kind, struct FTW *ftw)
{
    (void)stat, (void)kind, (void)ftw;
    return remove(path);
}

static int folder_make(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/ca_test.XXXXXX");
    return !chain_init(&err) || mkdtemp(folder) == NULL;
}

static int folder_end(void **state)
{
    (void)state;
    return nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static const char *path_of(const char *name)
{
    static char path[2][128];
    static int  turn;
    turn = 1 - turn;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

static struct ca opened(const char *const *names, int64_t now_s)
{
    struct ca ca = {0};
    if (!ca_open(folder, names, now_s, &ca, &err)) fail_msg("%s", err.say.id);
    return ca;
}

static gnutls_x509_crt_t first_of(const struct buf *pem)
{
    gnutls_x509_crt_t cert;
    gnutls_datum_t    datum = {(unsigned char *)pem->bytes, (unsigned)pem->len};
    assert_int_equal(gnutls_x509_crt_init(&cert), 0);
    assert_int_equal(gnutls_x509_crt_import(cert, &datum, GNUTLS_X509_FMT_PEM), 0);
    return cert;
}

static void made_once(void **state)
{
    struct ca   first = opened(two_names, NOW_S), again = opened(two_names, NOW_S + 30 * DAY_S);
    struct stat stat_of;
    (void)state;
    assert_string_equal(buf_text(&first.ca_pem), buf_text(&again.ca_pem));
    assert_string_equal(buf_text(&first.cert_pem), buf_text(&again.cert_pem));
    assert_string_equal(buf_text(&first.key_pem), buf_text(&again.key_pem));
    assert_memory_equal(first.ca_sha256, again.ca_sha256, 32);
    assert_int_equal(stat(path_of("ca.key"), &stat_of), 0);
    assert_int_equal(stat_of.st_mode & 0777, 0600);
    assert_int_equal(stat(path_of("server.key"), &stat_of), 0);
    assert_int_equal(stat_of.st_mode & 0777, 0600);

    gnutls_x509_crt_t ca = first_of(&first.ca_pem);
    uint8_t           sha256[32];
    size_t            len = sizeof sha256;
    assert_int_equal(gnutls_x509_crt_get_fingerprint(ca, GNUTLS_DIG_SHA256, sha256, &len), 0);
    assert_memory_equal(sha256, first.ca_sha256, 32);
    assert_int_equal(gnutls_x509_crt_get_activation_time(ca), 0);
    assert_int_equal(gnutls_x509_crt_get_ca_status(ca, NULL), 1);
    gnutls_x509_crt_deinit(ca);
    ca_free(&first);
    ca_free(&again);
}

/* name, moment of the second opening, names of it: is the server's certificate another? */
static const struct renewal {
    const char        *name;
    const char *const *names;
    int64_t            now_s;
    bool               is_new;
} renewals[] = {
    {"the same",               two_names,     NOW_S,                       false},
    {"fewer names",            two_names + 1, NOW_S,                       false},
    {"one name more",          three_names,   NOW_S,                       true },
    {"nine years on",          two_names,     NOW_S + 9 * 365 * DAY_S,     false},
    {"80 days before its end", two_names,     NOW_S + (3650 - 80) * DAY_S, true },
    {"a clock at 1970",        two_names,     5,                           false},
};

static void renewal_case(void **state)
{
    const struct renewal *row = *state;
    struct ca             first = opened(two_names, NOW_S), again = opened(row->names, row->now_s);
    assert_string_equal(buf_text(&first.ca_pem), buf_text(&again.ca_pem));
    assert_int_equal(strcmp(buf_text(&first.cert_pem), buf_text(&again.cert_pem)) != 0, row->is_new);
    ca_free(&first);
    ca_free(&again);
}

static void spoil(const char *name, const char *bytes)
{
    FILE *file = fopen(path_of(name), "w");
    assert_non_null(file);
    fputs(bytes, file);
    fclose(file);
}

/* What stands in the way of which sentence. */
static const struct harm {
    const char *name;
    const char *file;
    const char *bytes; /* NULL: taken away */
    const char *says;  /* NULL: opens */
} harms[] = {
    {"ca.pem gone",        "ca.pem",     NULL,    "ca.lost"   },
    {"ca.key gone",        "ca.key",     NULL,    "ca.lost"   },
    {"ca.pem damaged",     "ca.pem",     "hello", "ca.damaged"},
    {"ca.key damaged",     "ca.key",     "",      "ca.damaged"},
    {"server.pem gone",    "server.pem", NULL,    NULL        },
    {"server.key gone",    "server.key", NULL,    NULL        },
    {"server.pem damaged", "server.pem", "hello", NULL        },
    {"server.key damaged", "server.key", "hello", NULL        },
};

static void harm_case(void **state)
{
    const struct harm *row = *state;
    struct ca          ca = opened(two_names, NOW_S);
    ca_free(&ca);
    if (row->bytes == NULL)
        assert_int_equal(unlink(path_of(row->file)), 0);
    else
        spoil(row->file, row->bytes);
    bool is_open = ca_open(folder, two_names, NOW_S, &ca, &err);
    assert_int_equal(is_open, row->says == NULL);
    if (is_open)
        ca_free(&ca);
    else
        assert_string_equal(err.say.id, row->says);
}

/* A key alone is a first start that was cut short: all is made; the server's pair beside it tells otherwise. */
static void cut_short(void **state)
{
    static const char *const made_later[] = {"ca.pem", "server.key", "server.pem"};
    int64_t                  server_s, ca_s;
    (void)state;
    struct ca ca = opened(two_names, NOW_S);
    ca_free(&ca);
    for (size_t i = 0; i < 3; i++) assert_int_equal(unlink(path_of(made_later[i])), 0);
    assert_false(ca_ends(folder, &server_s, &ca_s, &err));
    assert_int_equal(err.kind, ERR_ABSENT);
    ca = opened(two_names, NOW_S);
    ca_free(&ca);
    assert_true(ca_ends(folder, &server_s, &ca_s, &err));
    assert_int_equal(unlink(path_of("server.pem")), 0); /* the next start makes it */
    assert_true(ca_ends(folder, &server_s, &ca_s, &err));
    spoil("ca.key", "hello");
    assert_false(ca_ends(folder, &server_s, &ca_s, &err));
    assert_string_equal(err.say.id, "ca.damaged");
}

/* The chain's second certificate, the CA's, isn't the one that stands beside it: it is made anew. */
static void damaged_chain(void **state)
{
    (void)state;
    struct ca   ca = opened(two_names, NOW_S);
    struct buf  chain = {0};
    const char *end = ca.cert_pem.bytes + ca.cert_pem.len;
    buf_add(&chain, ca.cert_pem.bytes, ca.cert_pem.len);
    chain.bytes[chain.len - 60] ^= 0x5A;
    spoil("server.pem", buf_text(&chain));
    buf_free(&chain);
    struct ca again = opened(two_names, NOW_S);
    assert_memory_equal(again.cert_pem.bytes + again.cert_pem.len - ca.ca_pem.len, end - ca.ca_pem.len, ca.ca_pem.len);
    ca_free(&again);
    ca_free(&ca);
}

/* Another factory's key beside this certificate. */
static void foreign_key(void **state)
{
    struct ca ca = opened(two_names, NOW_S);
    (void)state;
    ca_free(&ca);
    assert_int_equal(rename(path_of("server.key"), path_of("ca.key")), 0);
    assert_false(ca_open(folder, two_names, NOW_S, &ca, &err));
    assert_string_equal(err.say.id, "ca.damaged");
}

static void refusals(void **state)
{
    struct ca ca = {0};
    (void)state;
    assert_false(ca_open(folder, bad_names, NOW_S, &ca, &err));
    assert_string_equal(err.say.id, "ca.names");
    assert_false(ca_open("/proc/1/nowhere", two_names, NOW_S, &ca, &err));
    assert_string_equal(err.say.id, "ca.file");
    assert_null(ca.ca_pem.bytes);
}

/* ---- a client that trusts this CA alone */

static int64_t limit_of(void *self, const char *method, const char *path)
{
    (void)self, (void)method, (void)path;
    return 0;
}

static void handle(void *self, struct http_request *request)
{
    (void)self;
    http_answer_static(request, 200, NULL, http_is_tls(request) ? "tls" : "plain", 3);
}

static int connect_to(uint16_t port)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port)};
    inet_pton(AF_INET, "127.0.0.1", &at.sin_addr);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
    return fd;
}

/* Shakes hands, believing `ca` for `name` only; then asks. The answer's bytes, "" where it was refused. */
static void ask(uint16_t port, const struct buf *ca, const char *name, const char *priority, char *answer, size_t room)
{
    gnutls_certificate_credentials_t trust;
    gnutls_session_t                 session;
    gnutls_datum_t                   pem = {(unsigned char *)ca->bytes, (unsigned)ca->len};
    const char                      *request = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    int                              fd = connect_to(port), code;
    size_t                           len = 0;
    answer[0] = 0;
    assert_int_equal(gnutls_certificate_allocate_credentials(&trust), 0);
    assert_int_equal(gnutls_certificate_set_x509_trust_mem(trust, &pem, GNUTLS_X509_FMT_PEM), 1);
    assert_int_equal(gnutls_init(&session, GNUTLS_CLIENT), 0);
    assert_int_equal(gnutls_priority_set_direct(session, priority, NULL), 0);
    gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, trust);
    gnutls_session_set_verify_cert(session, name, 0);
    gnutls_transport_set_int(session, fd);
    gnutls_handshake_set_timeout(session, 5000);
    do code = gnutls_handshake(session);
    while (code < 0 && !gnutls_error_is_fatal(code));
    if (code == 0 && gnutls_record_send(session, request, strlen(request)) > 0) {
        ssize_t got;
        while (len < room - 1 && (got = gnutls_record_recv(session, answer + len, room - 1 - len)) > 0)
            len += (size_t)got;
        answer[len] = 0;
    }
    gnutls_deinit(session);
    gnutls_certificate_free_credentials(trust);
    close(fd);
}

static void believed(void **state)
{
    char                answer[4096];
    struct ca           ca = opened(two_names, NOW_S);
    struct http        *http = NULL;
    struct http_options options = {.address = "127.0.0.1",
                                   .cert_pem = buf_text(&ca.cert_pem),
                                   .key_pem = buf_text(&ca.key_pem),
                                   .body_limit = limit_of,
                                   .handle = handle};
    (void)state;
    assert_true(http_start(&options, &http, &err));
    uint16_t port = http_port(http);
    ask(port, &ca.ca_pem, "127.0.0.1", "NORMAL", answer, sizeof answer);
    assert_non_null(strstr(answer, "\r\n\r\ntls"));
    ask(port, &ca.ca_pem, "factory.lan", "NORMAL:-VERS-TLS1.3", answer, sizeof answer);
    assert_non_null(strstr(answer, "\r\n\r\ntls"));
    ask(port, &ca.ca_pem, "other.lan", "NORMAL", answer, sizeof answer);
    assert_string_equal(answer, "");
    ask(port, &ca.ca_pem, "127.0.0.1", "NORMAL:-VERS-ALL:+VERS-TLS1.1:+VERS-TLS1.0:%COMPAT", answer, sizeof answer);
    assert_string_equal(answer, "");

    assert_int_equal(unlink(path_of("ca.pem")), 0); /* another factory's CA, of the same name */
    assert_int_equal(unlink(path_of("ca.key")), 0);
    struct ca other = opened(two_names, NOW_S);
    ask(port, &other.ca_pem, "127.0.0.1", "NORMAL", answer, sizeof answer);
    assert_string_equal(answer, "");
    http_stop(http);
    ca_free(&ca);
    ca_free(&other);
}

int main(int argc, char **argv)
{
    static struct rows rows;
    rows_add(&rows, "made_once", made_once, NULL);
    ROWS_ADD(&rows, renewal_case, renewals);
    ROWS_ADD(&rows, harm_case, harms);
    rows_add(&rows, "foreign_key", foreign_key, NULL);
    rows_add(&rows, "a first start cut short", cut_short, NULL);
    rows_add(&rows, "a damaged chain", damaged_chain, NULL);
    rows_add(&rows, "refusals", refusals, NULL);
    rows_add(&rows, "believed", believed, NULL);
    rows_around(&rows, 0, folder_make, folder_end);
    return rows_run(&rows, argc, argv);
}
