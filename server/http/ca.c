/* ca.c - a factory's own certificate authority, made in process: ca.h. The door to GnuTLS.
 *
 * In: a directory, names, the time. Out: PEM texts and the CA's hash. A file is written whole or not at all; a CA that
 * is there in part or damaged is never made anew in silence: every kiosk pins it.
 *
 * Both certificates are valid from 1970 on, the server's for ten years from now: a kiosk without a battery clock starts
 * in 1970 and learns the time from the server, which it could not reach if a date stood in its way. */
#include "server/http/ca.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/chain.h"

enum { SERIAL_BYTES = 16, PATH_ROOM = 4096, FILE_MAX = 64 * 1024, NAMES_MAX = 64 };
#define DAY_S INT64_C(86400)
#define CA_DAYS INT64_C(7300)
#define SERVER_DAYS INT64_C(3650)
#define RENEW_DAYS 90
#define CLOCK_FLOOR_S INT64_C(1735689600) /* 2025: a machine that says less has no clock yet */

/* A certificate and its key in memory. */
struct pair {
    gnutls_x509_crt_t     cert;
    gnutls_x509_privkey_t key;
};

static void pair_free(struct pair *pair)
{
    if (pair->cert != NULL) gnutls_x509_crt_deinit(pair->cert);
    if (pair->key != NULL) gnutls_x509_privkey_deinit(pair->key);
    *pair = (struct pair){NULL, NULL};
}

static bool fail_tls(int code, struct err *err)
{
    return err_set(err, ERR_IO, say_text(SAY("ca.tls"), gnutls_strerror(code)));
}

/* ---------------------------------------------------------------------------------------------------- files */

static bool fail_file(const char *path, struct err *err)
{
    const char *slash = strrchr(path, '/');
    bool        is_full = errno == ENOSPC || errno == EDQUOT;
    return err_set(err, is_full ? ERR_FULL : ERR_IO,
                   say_text(say_text(SAY("ca.file"), slash == NULL ? path : slash + 1), strerrordesc_np(errno)));
}

static bool fail_damaged(const char *name, const char *why, struct err *err)
{
    return err_set(err, ERR_DAMAGED, say_text(say_text(SAY("ca.damaged"), name), why));
}

static void path_of(const char *dir, const char *name, const char *end, char path[PATH_ROOM])
{
    snprintf(path, PATH_ROOM, "%s/%s%s", dir, name, end);
}

static bool exists(const char *dir, const char *name)
{
    char path[PATH_ROOM];
    path_of(dir, name, "", path);
    return access(path, F_OK) == 0;
}

static bool file_read(const char *dir, const char *name, struct buf *out, struct err *err)
{
    char path[PATH_ROOM];
    path_of(dir, name, "", path);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return fail_file(path, err);
    ssize_t got = read(fd, buf_room(out, FILE_MAX), FILE_MAX);
    bool    is_read = got >= 0 || fail_file(path, err);
    if (is_read) out->len += (size_t)got;
    close(fd);
    return is_read;
}

static bool write_all(int fd, const struct buf *bytes)
{
    for (size_t at = 0; at < bytes->len;) {
        ssize_t wrote = write(fd, bytes->bytes + at, bytes->len - at);
        if (wrote < 0) return false;
        at += (size_t)wrote;
    }
    return fsync(fd) == 0;
}

/* Whole or not at all: a new file takes the old one's place once it is on the disk. */
static bool file_write(const char *dir, const char *name, const struct buf *bytes, struct err *err)
{
    char path[PATH_ROOM], fresh[PATH_ROOM];
    path_of(dir, name, "", path);
    path_of(dir, name, ".new", fresh);
    int fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0) return fail_file(fresh, err);
    bool is_written = write_all(fd, bytes) || fail_file(fresh, err);
    close(fd);
    if (is_written && rename(fresh, path) != 0) is_written = fail_file(path, err);
    if (!is_written) {
        unlink(fresh);
        return false;
    }
    int folder = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    is_written = (folder >= 0 && fsync(folder) == 0) || fail_file(dir, err);
    if (folder >= 0) close(folder);
    return is_written;
}

/* ---------------------------------------------------------------------------------------------------- making */

static bool key_make(struct pair *pair, struct err *err)
{
    int code = gnutls_x509_privkey_init(&pair->key);
    if (code == 0)
        code = gnutls_x509_privkey_generate(pair->key, GNUTLS_PK_ECDSA,
                                            GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
    return code == 0 || fail_tls(code, err);
}

static int name_add(gnutls_x509_crt_t cert, const char *name)
{
    struct in_addr address;
    bool is_plain = name[strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_")] == 0;
    if (!is_plain || name[0] == 0) return GNUTLS_E_INVALID_UTF8_STRING; /* no punycode by chance */
    if (inet_pton(AF_INET, name, &address) == 1)
        return gnutls_x509_crt_set_subject_alt_name(cert, GNUTLS_SAN_IPADDRESS, &address, sizeof address,
                                                    GNUTLS_FSAN_APPEND);
    return gnutls_x509_crt_set_subject_alt_name(cert, GNUTLS_SAN_DNSNAME, name, (unsigned)strlen(name),
                                                GNUTLS_FSAN_APPEND);
}

/* What both have: version, serial, name, times, key. */
static int cert_begin(struct pair *pair, const char *common, int64_t until_s)
{
    uint8_t serial[SERIAL_BYTES];
    chain_random(serial, sizeof serial);
    serial[0] = (uint8_t)((serial[0] & 0x7F) | 0x40); /* positive, and never with leading zeros */
    int code = gnutls_x509_crt_init(&pair->cert);
    if (code == 0) code = gnutls_x509_crt_set_version(pair->cert, 3);
    if (code == 0) code = gnutls_x509_crt_set_serial(pair->cert, serial, sizeof serial);
    if (code == 0)
        code =
            gnutls_x509_crt_set_dn_by_oid(pair->cert, GNUTLS_OID_X520_COMMON_NAME, 0, common, (unsigned)strlen(common));
    if (code == 0) code = gnutls_x509_crt_set_dn_by_oid(pair->cert, GNUTLS_OID_X520_ORGANIZATION_NAME, 0, "Baogong", 7);
    if (code == 0) code = gnutls_x509_crt_set_activation_time(pair->cert, 0);
    if (code == 0) code = gnutls_x509_crt_set_expiration_time(pair->cert, (time_t)until_s);
    if (code == 0) code = gnutls_x509_crt_set_key(pair->cert, pair->key);
    return code;
}

/* Marks by which a certificate finds its issuer. */
static int cert_ids(gnutls_x509_crt_t cert, gnutls_x509_crt_t issuer)
{
    uint8_t id[64];
    size_t  len = sizeof id;
    int     code = gnutls_x509_crt_get_key_id(cert, GNUTLS_KEYID_USE_SHA1, id, &len);
    if (code == 0) code = gnutls_x509_crt_set_subject_key_id(cert, id, len);
    len = sizeof id;
    if (code == 0) code = gnutls_x509_crt_get_key_id(issuer, GNUTLS_KEYID_USE_SHA1, id, &len);
    if (code == 0) code = gnutls_x509_crt_set_authority_key_id(cert, id, len);
    return code;
}

static bool ca_make(struct pair *ca, int64_t now_s, struct err *err)
{
    if (!key_make(ca, err)) return false;
    int code = cert_begin(ca, "Baogong factory CA", now_s + CA_DAYS * DAY_S);
    if (code == 0) code = gnutls_x509_crt_set_basic_constraints(ca->cert, 1, 0);
    if (code == 0) code = gnutls_x509_crt_set_key_usage(ca->cert, GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN);
    if (code == 0) code = cert_ids(ca->cert, ca->cert);
    if (code == 0) code = gnutls_x509_crt_sign2(ca->cert, ca->cert, ca->key, GNUTLS_DIG_SHA256, 0);
    return code == 0 || fail_tls(code, err);
}

static bool server_make(struct pair *server, const struct pair *ca, const char *const *names, int64_t now_s,
                        struct err *err)
{
    int64_t until_s = now_s + SERVER_DAYS * DAY_S, end_s = gnutls_x509_crt_get_expiration_time(ca->cert);
    if (!key_make(server, err)) return false;
    int code = cert_begin(server, "Baogong server", until_s < end_s ? until_s : end_s);
    for (int i = 0; code == 0 && names[i] != NULL; i++) {
        code = name_add(server->cert, names[i]);
        if (code != 0) return err_set(err, ERR_INPUT, say_text(SAY("ca.names"), names[i]));
    }
    if (code == 0) code = gnutls_x509_crt_set_basic_constraints(server->cert, 0, -1);
    if (code == 0) code = gnutls_x509_crt_set_key_usage(server->cert, GNUTLS_KEY_DIGITAL_SIGNATURE);
    if (code == 0) code = gnutls_x509_crt_set_key_purpose_oid(server->cert, GNUTLS_KP_TLS_WWW_SERVER, 0);
    if (code == 0) code = cert_ids(server->cert, ca->cert);
    if (code == 0) code = gnutls_x509_crt_sign2(server->cert, ca->cert, ca->key, GNUTLS_DIG_SHA256, 0);
    return code == 0 || fail_tls(code, err);
}

/* ---------------------------------------------------------------------------------------------------- PEM */

static bool cert_write(gnutls_x509_crt_t cert, struct buf *out, struct err *err)
{
    gnutls_datum_t pem = {NULL, 0};
    int            code = gnutls_x509_crt_export2(cert, GNUTLS_X509_FMT_PEM, &pem);
    if (code != 0) return fail_tls(code, err);
    buf_add(out, pem.data, pem.size);
    gnutls_free(pem.data);
    return true;
}

static bool key_write(gnutls_x509_privkey_t key, struct buf *out, struct err *err)
{
    gnutls_datum_t pem = {NULL, 0};
    int            code = gnutls_x509_privkey_export2_pkcs8(key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &pem);
    if (code != 0) return fail_tls(code, err);
    buf_add(out, pem.data, pem.size);
    gnutls_memset(pem.data, 0, pem.size);
    gnutls_free(pem.data);
    return true;
}

static gnutls_datum_t datum_of(const struct buf *buf)
{
    return (gnutls_datum_t){(unsigned char *)(uintptr_t)buf_text(buf), (unsigned)buf->len};
}

/* Reads both and proves that they belong together. */
static bool pair_read(const struct buf *cert_pem, const struct buf *key_pem, const char *name, struct pair *pair,
                      struct err *err)
{
    uint8_t        of_cert[64], of_key[64];
    size_t         cert_len = sizeof of_cert, key_len = sizeof of_key;
    gnutls_datum_t cert = datum_of(cert_pem), key = datum_of(key_pem);
    int            code = gnutls_x509_crt_init(&pair->cert);
    if (code == 0) code = gnutls_x509_privkey_init(&pair->key);
    if (code == 0) code = gnutls_x509_crt_import(pair->cert, &cert, GNUTLS_X509_FMT_PEM);
    if (code == 0) code = gnutls_x509_privkey_import2(pair->key, &key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN);
    if (code == 0) code = gnutls_x509_crt_get_key_id(pair->cert, GNUTLS_KEYID_USE_SHA256, of_cert, &cert_len);
    if (code == 0) code = gnutls_x509_privkey_get_key_id(pair->key, GNUTLS_KEYID_USE_SHA256, of_key, &key_len);
    if (code != 0) return fail_damaged(name, gnutls_strerror(code), err);
    if (cert_len != key_len || memcmp(of_cert, of_key, key_len) != 0) return fail_damaged(name, "key", err);
    return true;
}

/* ---------------------------------------------------------------------------------------------------- opening */

/* One of two files is a loss, none is a first start. */
static bool is_first(const char *dir, bool *first, struct err *err)
{
    bool has_cert = exists(dir, "ca.pem"), has_key = exists(dir, "ca.key");
    *first = !has_cert && !has_key;
    if (has_cert == has_key) return true;
    /* Written key first, the server's pair last: a key alone is a first start that was cut short. */
    *first = has_key && !exists(dir, "server.key") && !exists(dir, "server.pem");
    if (*first) return true;
    const char *has = has_key ? "ca.key" : "ca.pem", *lacks = has_key ? "ca.pem" : "ca.key";
    return err_set(err, ERR_DAMAGED, say_text(say_text(SAY("ca.lost"), has), lacks));
}

static bool ca_load(const char *dir, int64_t now_s, struct pair *pair, struct ca *ca, struct err *err)
{
    struct buf key = {0};
    bool       first, is_done = false;
    if (!is_first(dir, &first, err)) return false;
    if (first) {
        is_done = ca_make(pair, now_s, err) && cert_write(pair->cert, &ca->ca_pem, err) &&
                  key_write(pair->key, &key, err) && file_write(dir, "ca.key", &key, err) &&
                  file_write(dir, "ca.pem", &ca->ca_pem, err);
    } else {
        is_done = file_read(dir, "ca.pem", &ca->ca_pem, err) && file_read(dir, "ca.key", &key, err) &&
                  pair_read(&ca->ca_pem, &key, "ca.pem", pair, err);
    }
    if (key.bytes != NULL) gnutls_memset(key.bytes, 0, key.cap);
    buf_free(&key);
    return is_done;
}

static bool has_name(gnutls_x509_crt_t cert, const char *name)
{
    struct in_addr address;
    bool           is_address = inet_pton(AF_INET, name, &address) == 1;
    for (unsigned i = 0; i < 2 * NAMES_MAX; i++) {
        char   found[256] = "";
        size_t len = sizeof found - 1;
        int    kind = gnutls_x509_crt_get_subject_alt_name(cert, i, found, &len, NULL);
        if (kind == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE) return false;
        if (is_address && kind == GNUTLS_SAN_IPADDRESS && len == sizeof address && !memcmp(found, &address, len))
            return true;
        if (!is_address && kind == GNUTLS_SAN_DNSNAME && strcmp(found, name) == 0) return true;
    }
    return false;
}

/* The chain ends with this CA's certificate, as it was written. */
static bool chain_fits(const struct ca *ca)
{
    size_t len = ca->ca_pem.len;
    return ca->cert_pem.len > len && memcmp(ca->cert_pem.bytes + ca->cert_pem.len - len, ca->ca_pem.bytes, len) == 0;
}

/* Still good for these names, signed by this CA, for a while to come? */
static bool server_fits(const struct pair *server, const struct pair *ca, const char *const *names, int64_t now_s)
{
    if (gnutls_x509_crt_get_expiration_time(server->cert) < now_s + RENEW_DAYS * DAY_S) return false;
    if (gnutls_x509_crt_check_issuer(server->cert, ca->cert) != 1) return false;
    for (int i = 0; names[i] != NULL; i++)
        if (!has_name(server->cert, names[i])) return false;
    return true;
}

/* The server's own pair costs nothing to make again: where it is missing, damaged, old or lacks a name, it is. */
static bool server_load(const char *dir, const char *const *names, int64_t now_s, const struct pair *ca_pair,
                        struct ca *ca, struct err *err)
{
    struct pair server = {NULL, NULL};
    struct err  passed;
    bool        is_done = exists(dir, "server.pem") && exists(dir, "server.key") &&
                   file_read(dir, "server.pem", &ca->cert_pem, &passed) &&
                   file_read(dir, "server.key", &ca->key_pem, &passed) &&
                   pair_read(&ca->cert_pem, &ca->key_pem, "server.pem", &server, &passed) &&
                   server_fits(&server, ca_pair, names, now_s) && chain_fits(ca);
    if (!is_done) {
        pair_free(&server);
        buf_clear(&ca->cert_pem);
        buf_clear(&ca->key_pem);
        is_done = server_make(&server, ca_pair, names, now_s, err) && cert_write(server.cert, &ca->cert_pem, err) &&
                  cert_write(ca_pair->cert, &ca->cert_pem, err) && key_write(server.key, &ca->key_pem, err) &&
                  file_write(dir, "server.key", &ca->key_pem, err) && file_write(dir, "server.pem", &ca->cert_pem, err);
    }
    pair_free(&server);
    return is_done;
}

static bool ca_hash(const struct pair *pair, uint8_t sha256[32], struct err *err)
{
    gnutls_datum_t der = {NULL, 0};
    int            code = gnutls_x509_crt_export2(pair->cert, GNUTLS_X509_FMT_DER, &der);
    if (code == 0) code = gnutls_hash_fast(GNUTLS_DIG_SHA256, der.data, der.size, sha256);
    gnutls_free(der.data);
    return code == 0 || fail_tls(code, err);
}

bool ca_open(const char *dir, const char *const *names, int64_t now_s, struct ca *ca, struct err *err)
{
    struct pair pair = {NULL, NULL};
    struct ca   made = {0};
    if (now_s < CLOCK_FLOOR_S) now_s = CLOCK_FLOOR_S;
    bool is_open = ca_load(dir, now_s, &pair, &made, err) && server_load(dir, names, now_s, &pair, &made, err) &&
                   ca_hash(&pair, made.ca_sha256, err);
    pair_free(&pair);
    if (is_open)
        *ca = made;
    else
        ca_free(&made);
    return is_open;
}

void ca_free(struct ca *ca)
{
    if (ca->key_pem.bytes != NULL) gnutls_memset(ca->key_pem.bytes, 0, ca->key_pem.cap);
    buf_free(&ca->ca_pem);
    buf_free(&ca->cert_pem);
    buf_free(&ca->key_pem);
}

static bool cert_end(const char *dir, const char *name, int64_t *end_s, struct err *err)
{
    gnutls_x509_crt_t cert;
    struct buf        pem = {0};
    int               code;
    bool              is_done = file_read(dir, name, &pem, err);
    if (!is_done) goto end;
    code = gnutls_x509_crt_init(&cert);
    is_done = code == 0 || fail_tls(code, err);
    if (!is_done) goto end;
    gnutls_datum_t datum = datum_of(&pem);
    code = gnutls_x509_crt_import(cert, &datum, GNUTLS_X509_FMT_PEM);
    is_done = code == 0 || fail_damaged(name, gnutls_strerror(code), err);
    if (is_done) *end_s = gnutls_x509_crt_get_expiration_time(cert);
    gnutls_x509_crt_deinit(cert);
end:
    buf_free(&pem);
    return is_done;
}

bool ca_ends(const char *dir, int64_t *server_s, int64_t *ca_s, struct err *err)
{
    struct pair pair = {NULL, NULL};
    struct buf  pem = {0}, key = {0};
    struct err  ignored;
    int64_t     of_server, of_ca;
    bool        first, is_read = false;
    if (!is_first(dir, &first, err)) return false;
    if (first) return err_set(err, ERR_ABSENT, SAY("doctor.cert.none"));
    is_read = file_read(dir, "ca.pem", &pem, err) && file_read(dir, "ca.key", &key, err) &&
              pair_read(&pem, &key, "ca.pem", &pair, err) && cert_end(dir, "ca.pem", &of_ca, err);
    if (key.bytes != NULL) gnutls_memset(key.bytes, 0, key.cap);
    buf_free(&key);
    buf_free(&pem);
    pair_free(&pair);
    if (!is_read) return false;
    if (!cert_end(dir, "server.pem", &of_server, &ignored)) of_server = of_ca; /* the next start makes it anew */
    *server_s = of_server;
    *ca_s = of_ca;
    return true;
}
