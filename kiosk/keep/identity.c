/* identity.c - who this kiosk is: kiosk/keep/identity.h. Takes and gives the one row of the table identity. */
#include "kiosk/keep/identity.h"

#include <string.h>

#include "kiosk/keep/row.h"

bool identity_take(struct db *db, uint64_t kiosk, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("INSERT INTO identity (one, kiosk) VALUES (1, $1) ON CONFLICT (one) DO NOTHING"), &stmt,
                            err))
        return false;
    db_bind_int(stmt, 1, (int64_t)kiosk);
    return db_run(stmt, err);
}

static bool identity_make(struct db *db, uint64_t *kiosk, struct err *err)
{
    uint64_t made = 0;
    while (made == 0) chain_random(&made, sizeof made); /* 0 is the office */
    if (!identity_take(db, made, err)) return false;
    *kiosk = made;
    return true;
}

bool identity_kiosk(struct db *db, uint64_t *kiosk, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT kiosk FROM identity"), &stmt, err) || !db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, SAY("kiosk.not-enrolled"));
    *kiosk = (uint64_t)db_int(stmt, 0);
    db_reset(stmt);
    return true;
}

bool identity_open(struct db *db, uint64_t *kiosk, struct err *err)
{
    if (identity_kiosk(db, kiosk, err)) return true;
    return err->kind == ERR_ABSENT && identity_make(db, kiosk, err);
}

/* False in *is_kept: another token, or none yet. */
static bool key_kept(struct db *db, const char *token, struct key *key, bool *is_kept, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("SELECT token_key FROM identity WHERE token = $1"), &stmt, err)) return false;
    db_bind_text(stmt, 1, token);
    if (!db_step(stmt, is_kept, err)) return false;
    if (!*is_kept) return true;
    size_t      len;
    const void *bytes = db_blob(stmt, 0, &len);
    if (len == sizeof key->bytes) memcpy(key->bytes, bytes, len);
    *is_kept = len == sizeof key->bytes;
    db_reset(stmt);
    return true;
}

bool identity_key(struct db *db, const char *token, struct key *key, struct err *err)
{
    struct db_stmt *stmt;
    bool            is_kept;
    if (!key_kept(db, token, key, &is_kept, err)) return false;
    if (is_kept) return true;
    struct key made;
    chain_random(made.bytes, sizeof made.bytes);
    if (!db_prepare(db, SQL("UPDATE identity SET token = $1, token_key = $2"), &stmt, err)) return false;
    db_bind_text(stmt, 1, token);
    db_bind_blob(stmt, 2, made.bytes, sizeof made.bytes);
    if (!db_run(stmt, err)) return false;
    *key = made;
    return true;
}

bool identity_enrol(struct db *db, const struct keeper_server *server, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(
            db, SQL("UPDATE identity SET address = $1, port = $2, is_tls = $3, ca_pem = $4, key = $5, station = $6"),
                    &stmt, err))
        return false;
    db_bind_text(stmt, 1, server->address);
    db_bind_int(stmt, 2, server->port);
    db_bind_int(stmt, 3, server->is_tls);
    db_bind_blob(stmt, 4, buf_text(&server->ca_pem), server->ca_pem.len);
    db_bind_blob(stmt, 5, server->key.bytes, sizeof server->key.bytes);
    db_bind_text(stmt, 6, server->station);
    return db_run(stmt, err);
}

bool identity_server(struct db *db, struct keeper_server *server, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT address, port, is_tls, ca_pem, key, station FROM identity WHERE key IS NOT NULL"),
                            &stmt, err) ||
                    !db_step(stmt, &row, err))
        return false;
    if (!row) return err_set(err, ERR_ABSENT, SAY("kiosk.not-enrolled"));
    struct keeper_server read = {.port = (uint16_t)db_int(stmt, 1), .is_tls = db_int(stmt, 2) != 0};
    size_t               pem_len, key_len;
    const void          *pem = db_blob(stmt, 3, &pem_len), *key = db_blob(stmt, 4, &key_len);
    row_text(stmt, 0, read.address, sizeof read.address);
    row_text(stmt, 5, read.station, sizeof read.station);
    bool is_whole = key_len == sizeof read.key.bytes;
    if (is_whole) memcpy(read.key.bytes, key, sizeof read.key.bytes);
    if (is_whole) buf_add(&read.ca_pem, pem, pem_len);
    db_reset(stmt);
    if (!is_whole) return err_set(err, ERR_DAMAGED, SAY("outbox.damaged"));
    *server = read;
    return true;
}
