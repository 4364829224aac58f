/* second.c - the second person of an act of two: he types name and password on the spot, at the first one's machine.
 *
 * He gets a word for it that holds a few minutes, for this act of this session alone: nobody's word is good for anything
 * that he didn't see. The word is signed with a key that this start made, so nothing of it is stored; an act that is sent
 * again after a restart asks for him once more, and gets its first answer. His password is never part of the act, which
 * pages keep until it is answered. */
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/json.h"
#include "server/books/act.h"
#include "server/show/doors.h"
#include "server/show/routes.h"

enum { SECOND_MINUTES = 10, SECOND_STATUS = 428 /* Precondition Required: the page asks for him */ };

/* Made by whoever comes first. */
static const struct key *secret(void)
{
    enum { NONE, MAKING, MADE };
    static struct key key;
    static atomic_int state;
    int               none = NONE;
    if (atomic_compare_exchange_strong(&state, &none, MAKING)) {
        chain_random(key.bytes, sizeof key.bytes);
        atomic_store(&state, MADE);
    }
    while (atomic_load(&state) != MADE) sched_yield();
    return &key;
}

/* user~until~signature; names of users hold no '~'. */
static void word_write(const struct visit *visit, const char *id, const char *user, int64_t until_ms, struct buf *out)
{
    char       hex[HASH_TEXT], until[24];
    struct buf bound = {0};
    snprintf(until, sizeof until, "%lld", (long long)until_ms);
    hash_write(&visit->session, hex);
    buf_fmt(&bound, "%s %s", hex, id);
    struct hash mac = mac_request(secret(), "second", user, until, bound.bytes, bound.len);
    hash_write(&mac, hex);
    buf_fmt(out, "%s~%s~%s", user, until, hex);
    buf_free(&bound);
}

void second_post(struct visit *visit, struct db *books)
{
    struct buf out = {0}, word = {0};
    if (!visit_body(visit)) return;
    const char *name = json_text(json_get(visit->body, "name"), "");
    const char *id = json_text(json_get(visit->body, "act"), "");
    if (name[0] == 0) {
        visit_refuse(visit, 400, say_text(SAY("act.missing"), "name"));
        return;
    }
    if (strcmp(name, visit->user) == 0) {
        visit_refuse(visit, 400, SAY("second.same"));
        return;
    }
    if (!visit_id_check(visit, id) ||
        !login_prove(visit, books, name, json_text(json_get(visit->body, "password"), "")))
        return;
    int64_t until_ms = visit->desk->now_ms(visit->desk->house) + SECOND_MINUTES * INT64_C(60000);
    word_write(visit, id, name, until_ms, &word);
    buf_str(&out, "{\"second\":");
    json_str(&out, word.bytes, word.len);
    buf_char(&out, '}');
    buf_free(&word);
    visit_json(visit, 200, &out);
}

static bool word_holds(const struct visit *visit, const char *id, const char *word, char user[VISIT_USER_MAX])
{
    struct buf  same = {0};
    size_t      len = strcspn(word, "~");
    long long   until_ms = word[len] == '~' ? strtoll(word + len + 1, NULL, 10) : 0;
    struct hash given, made;
    if (len == 0 || len >= VISIT_USER_MAX || until_ms < visit->desk->now_ms(visit->desk->house)) return false;
    memcpy(user, word, len);
    user[len] = 0;
    word_write(visit, id, user, until_ms, &same);
    given = hash_of(word, strlen(word)); /* compared by their hashes, in constant time */
    made = hash_of(same.bytes, same.len);
    buf_free(&same);
    return mac_equal(&given, &made);
}

/* The act itself knows nothing of the word: the same act again is the same act, whatever the word then is. */
static void body_copy(struct visit *visit)
{
    void              *iter = NULL;
    const char        *key;
    const struct json *part;
    buf_clear(&visit->made);
    buf_char(&visit->made, '{');
    while (json_next(visit->body, &iter, &key, &part)) {
        if (strcmp(key, "second") == 0) continue;
        json_key(&visit->made, key);
        json_write(part, &visit->made);
    }
    buf_char(&visit->made, '}');
}

bool second_read(struct visit *visit, const char *id, char user[VISIT_USER_MAX])
{
    const struct act_row *row = act_find(visit->route->act);
    const char           *word = json_text(json_get(visit->body, "second"), "");
    user[0] = 0;
    if (row == NULL || !row->needs_two) return true;
    if (!word_holds(visit, id, word, user)) {
        visit_refuse(visit, SECOND_STATUS, say_text(SAY("act.two"), row->name));
        return false;
    }
    body_copy(visit);
    return true;
}
