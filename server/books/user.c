/* user.c - who may log in: server/books/user.h. */
#include "server/books/user.h"

#include <string.h>

#include "core/seal.h"
#include "core/utf8.h"

enum { USER_BYTES = 63, FULL_BYTES = 60, ROLES_BYTES = 120, CSRF_BYTES = 64, PEER_BYTES = 63 };

/* Words of ask/role.h. */
static const char ROLES[] =
    "administrator payroll desk finance manager supervisor owner taker quoter technical shipping qc";

struct user {
    bool    is_there;
    char    full[FULL_BYTES + 1], roles[ROLES_BYTES + 1], password[SEAL_PASSWORD_MAX];
    bool    has_password;
    int64_t is_off;
};

static bool user_read(struct books *books, const char *name, struct user *user, struct err *err)
{
    struct db_stmt *stmt;
    *user = (struct user){0};
    if (!db_prepare(books->db, SQL("SELECT \"full\", roles, password, is_off FROM \"user\" WHERE name = $1"), &stmt,
                                   err))
        return false;
    db_bind_text(stmt, 1, name);
    if (!db_step(stmt, &user->is_there, err)) return false;
    if (user->is_there) {
        utf8_copy(user->full, sizeof user->full, db_text(stmt, 0));
        utf8_copy(user->roles, sizeof user->roles, db_text(stmt, 1));
        user->has_password = !db_is_null(stmt, 2);
        if (user->has_password) utf8_copy(user->password, sizeof user->password, db_text(stmt, 2));
        user->is_off = db_int(stmt, 3);
    }
    db_reset(stmt);
    return true;
}

static bool user_write(struct books *books, const char *name, const struct user *user, int64_t base, struct err *err)
{
    enum record_did    did;
    const struct value values[] = {value_text(name), value_text(user->full), value_text(user->roles),
                                   user->has_password ? value_text(user->password) : value_null(),
                                   value_int(user->is_off)};
    return record_put(&books->record, NOUN_USER, base, values, &did, err);
}

static bool user_need(struct books *books, const char *name, struct user *user, struct err *err)
{
    if (!user_read(books, name, user, err)) return false;
    return user->is_there || err_set(err, ERR_ABSENT, say_text(SAY("user.unknown"), name));
}

/* ---------------------------------------------------------------------------------------------------- sessions */

struct session {
    struct hash token;
    char        user[USER_BYTES + 1], csrf[CSRF_BYTES + 1], peer[PEER_BYTES + 1];
    int64_t     made_ms, until_ms;
};

static bool session_write(struct books *books, const struct session *session, struct err *err)
{
    enum record_did    did;
    const struct value values[] = {value_blob(session->token.bytes, sizeof session->token.bytes),
                                   value_text(session->user),
                                   value_text(session->csrf),
                                   value_int(session->made_ms),
                                   value_int(session->until_ms),
                                   value_text(session->peer)};
    return record_put(&books->record, NOUN_SESSION, RECORD_ANY, values, &did, err);
}

/* One that is still open: of this token, or the user's first. */
static bool session_find(struct books *books, const struct hash *token, const char *user, bool *has,
                         struct session *session, struct err *err)
{
    struct db_stmt *stmt;
    size_t          len;
    if (!db_prepare(books->db, SQL("SELECT token, \"user\", csrf, made_ms, until_ms, peer FROM session"
                        " WHERE until_ms > $1 AND (token = $2 OR \"user\" = $3) LIMIT 1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, books->record.now_ms);
    db_bind_blob(stmt, 2, token->bytes, sizeof token->bytes);
    db_bind_text(stmt, 3, user);
    if (!db_step(stmt, has, err)) return false;
    if (*has) {
        memcpy(session->token.bytes, db_blob(stmt, 0, &len), sizeof session->token.bytes);
        utf8_copy(session->user, sizeof session->user, db_text(stmt, 1));
        utf8_copy(session->csrf, sizeof session->csrf, db_text(stmt, 2));
        session->made_ms = db_int(stmt, 3);
        session->until_ms = db_int(stmt, 4);
        utf8_copy(session->peer, sizeof session->peer, db_text(stmt, 5));
    }
    db_reset(stmt);
    return true;
}

static bool sessions_end(struct books *books, const struct hash *token, const char *user, struct err *err)
{
    struct session session;
    bool           has;
    for (;;) {
        if (!session_find(books, token, user, &has, &session, err)) return false;
        if (!has) return true;
        session.until_ms = books->record.now_ms;
        if (!session_write(books, &session, err)) return false;
    }
}

bool session_open_act(struct books *books, struct act_call *call, struct err *err)
{
    struct session session = {.made_ms = books->record.now_ms};
    struct user    user;
    const char    *name, *csrf;
    if (!body_text(call, "user", false, USER_BYTES, &name, err) || !body_hash(call, "hash", &session.token, err) ||
        !body_text(call, "csrf", false, CSRF_BYTES, &csrf, err) ||
        !body_int(call, "until_ms", 1, INT64_MAX, &session.until_ms, err) || !user_need(books, name, &user, err))
        return false;
    if (user.is_off != 0) return err_set(err, ERR_RIGHTS, say_text(SAY("user.off"), name));
    utf8_copy(session.user, sizeof session.user, name);
    utf8_copy(session.csrf, sizeof session.csrf, csrf);
    utf8_copy(session.peer, sizeof session.peer, json_text(json_get(call->body, "peer"), ""));
    return session_write(books, &session, err);
}

bool session_close_act(struct books *books, struct act_call *call, struct err *err)
{
    struct hash token = {{0}};
    const char *user = json_text(json_get(call->body, "user"), "");
    if (json_get(call->body, "hash") != NULL && !body_hash(call, "hash", &token, err)) return false;
    return sessions_end(books, &token, user, err);
}

/* Of somebody else, or one's own: whose machine was lost, say. */
bool session_revoke_act(struct books *books, struct act_call *call, struct err *err)
{
    struct session session;
    struct hash    token;
    bool           has;
    if (!body_hash(call, "session", &token, err) || !session_find(books, &token, "", &has, &session, err)) return false;
    if (!has) return err_set(err, ERR_ABSENT, SAY("session.over"));
    session.until_ms = books->record.now_ms;
    return session_write(books, &session, err);
}

/* ---------------------------------------------------------------------------------------------------- users */

static bool name_is_good(const char *name)
{
    if (strcmp(name, "console") == 0 || strcmp(name, "kiosk") == 0) return false;
    for (const char *c = name; *c != 0; c++)
        if ((unsigned char)*c <= ' ' || *c == ',' || *c == 0x7F) return false;
    return true;
}

static bool roles_are_known(const char *roles)
{
    while (*roles != 0) {
        size_t      len = strcspn(roles, " "), own;
        const char *known = ROLES;
        for (; *known != 0; known += own + strspn(known + own, " ")) {
            own = strcspn(known, " ");
            if (own == len && memcmp(known, roles, len) == 0) break;
        }
        if (*known == 0) return false;
        roles += len + strspn(roles + len, " ");
    }
    return true;
}

static bool has_role(const char *roles, const char *role)
{
    for (const char *at = roles; *at != 0; at += strspn(at, " ")) {
        size_t len = strcspn(at, " ");
        if (len == strlen(role) && memcmp(at, role, len) == 0) return true;
        at += len;
    }
    return false;
}

/* Somebody else can still let people in: an administrator with a password. Else nobody could, but from the console. */
static bool administrator_stays(struct books *books, const char *except, struct err *err)
{
    struct db_stmt *stmt;
    bool            row, has = false;
    if (!db_prepare(books->db,
                    SQL("SELECT roles FROM \"user\" WHERE is_off = 0 AND password IS NOT NULL AND name != $1"), &stmt,
                        err))
        return false;
    db_bind_text(stmt, 1, except);
    while (!has) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        has = has_role(db_text(stmt, 0), "administrator");
    }
    if (has) db_reset(stmt);
    return has || err_set(err, ERR_CONFLICT, say_text(SAY("user.last"), except));
}

/* before: as the books have him. */
static bool last_check(struct books *books, const char *name, const struct user *before, bool stays, struct err *err)
{
    bool was =
        before->is_there && before->is_off == 0 && before->has_password && has_role(before->roles, "administrator");
    return !was || stays || administrator_stays(books, name, err);
}

bool user_add_act(struct books *books, struct act_call *call, struct err *err)
{
    struct user user;
    const char *name, *full, *roles;
    if (!body_text(call, "name", false, USER_BYTES, &name, err) ||
        !body_text(call, "full", true, FULL_BYTES, &full, err) ||
        !body_text(call, "roles", true, ROLES_BYTES, &roles, err) || !user_read(books, name, &user, err))
        return false;
    if (!name_is_good(name)) return err_set(err, ERR_INPUT, say_text(SAY("user.name"), name));
    if (!roles_are_known(roles)) return err_set(err, ERR_INPUT, say_text(say_text(SAY("user.roles"), roles), ROLES));
    if (!last_check(books, name, &user, has_role(roles, "administrator"), err)) return false;
    utf8_copy(user.full, sizeof user.full, full);
    utf8_copy(user.roles, sizeof user.roles, roles);
    return user_write(books, name, &user, body_base(call), err);
}

bool user_off_act(struct books *books, struct act_call *call, struct err *err)
{
    const struct hash none = {{0}};
    struct user       user;
    const char       *name;
    if (!body_text(call, "name", false, USER_BYTES, &name, err) || !user_need(books, name, &user, err)) return false;
    bool is_off = json_bool(json_get(call->body, "off"), true);
    if (!last_check(books, name, &user, !is_off, err)) return false;
    user.is_off = is_off;
    return user_write(books, name, &user, body_base(call), err) && sessions_end(books, &none, name, err);
}

/* ---------------------------------------------------------------------------------------------------- links */

struct link {
    bool    is_there;
    char    user[USER_BYTES + 1];
    int64_t until_ms;
    bool    is_used;
};

static bool link_read(struct books *books, const struct hash *token, struct link *link, struct err *err)
{
    struct db_stmt *stmt;
    *link = (struct link){0};
    if (!db_prepare(books->db, SQL("SELECT \"user\", until_ms, used_ms FROM login_link WHERE token = $1"), &stmt, err))
        return false;
    db_bind_blob(stmt, 1, token->bytes, sizeof token->bytes);
    if (!db_step(stmt, &link->is_there, err)) return false;
    if (link->is_there) {
        utf8_copy(link->user, sizeof link->user, db_text(stmt, 0));
        link->until_ms = db_int(stmt, 1);
        link->is_used = !db_is_null(stmt, 2);
    }
    db_reset(stmt);
    return true;
}

static bool link_write(struct books *books, const struct hash *token, const struct link *link, struct err *err)
{
    enum record_did    did;
    const struct value values[] = {value_blob(token->bytes, sizeof token->bytes), value_text(link->user),
                                   value_int(link->until_ms),
                                   link->is_used ? value_int(books->record.now_ms) : value_null()};
    return record_put(&books->record, NOUN_LINK, RECORD_ANY, values, &did, err);
}

/* All of his that nobody has used: one that was lost on its way must not open later what he has taken. */
static bool links_end(struct books *books, const char *user, struct err *err)
{
    struct db_stmt *stmt;
    struct hash     token;
    struct link     link = {.is_there = true, .is_used = true};
    bool            row;
    size_t          len;
    for (;;) {
        if (!db_prepare(books->db, SQL("SELECT token, until_ms FROM login_link WHERE \"user\" = $1 AND used_ms IS NULL"
                                       " AND until_ms > $2 LIMIT 1"),
                                       &stmt, err))
            return false;
        db_bind_text(stmt, 1, user);
        db_bind_int(stmt, 2, books->record.now_ms);
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        memcpy(token.bytes, db_blob(stmt, 0, &len), sizeof token.bytes);
        link.until_ms = db_int(stmt, 1);
        db_reset(stmt);
        utf8_copy(link.user, sizeof link.user, user);
        if (!link_write(books, &token, &link, err)) return false;
    }
}

bool user_link_act(struct books *books, struct act_call *call, struct err *err)
{
    struct link link = {0};
    struct user user;
    struct hash token;
    const char *name;
    if (!body_text(call, "user", false, USER_BYTES, &name, err) || !body_hash(call, "hash", &token, err) ||
        !body_int(call, "until_ms", 1, INT64_MAX, &link.until_ms, err) || !user_need(books, name, &user, err))
        return false;
    utf8_copy(link.user, sizeof link.user, name);
    return link_write(books, &token, &link, err);
}

bool user_password_act(struct books *books, struct act_call *call, struct err *err)
{
    struct link link;
    struct user user;
    struct hash token;
    const char *password;
    if (!body_hash(call, "link", &token, err) ||
        !body_text(call, "password", false, SEAL_PASSWORD_MAX - 1, &password, err) ||
        !link_read(books, &token, &link, err))
        return false;
    if (!link.is_there || link.is_used || link.until_ms < books->record.now_ms)
        return err_set(err, ERR_RIGHTS, SAY("user.link"));
    if (!user_need(books, link.user, &user, err)) return false;
    link.is_used = user.has_password = true;
    utf8_copy(user.password, sizeof user.password, password);
    buf_str(&call->answer, "{\"user\":");
    json_cstr(&call->answer, link.user);
    buf_char(&call->answer, '}');
    return link_write(books, &token, &link, err) && links_end(books, link.user, err) &&
           user_write(books, link.user, &user, RECORD_ANY, err) && sessions_end(books, &token, link.user, err);
}

struct say say_user(struct db *db, struct say say, const char *name)
{
    struct db_stmt *stmt;
    struct err      ignored; /* a sentence about something else that went wrong is not lost for want of a name */
    bool            row = false;
    if (!db_prepare(db, SQL("SELECT \"full\" FROM \"user\" WHERE name = $1 AND \"full\" != ''"), &stmt, &ignored))
        return say_text(say, name);
    db_bind_text(stmt, 1, name);
    bool is_read = db_step(stmt, &row, &ignored);
    say = say_text(say, is_read && row ? db_text(stmt, 0) : name);
    db_reset(stmt);
    return say;
}
