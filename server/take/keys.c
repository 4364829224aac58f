/* keys.c - who may speak: the table of kiosk keys, and the mac of a request: take.h. Pure. */
#include "server/take/take.h"

#include <string.h>

#include "server/take/answer.h"
#include "server/take/ready.h"

const struct kiosk_key *kiosk_keys_find(const struct kiosk_keys *keys, uint64_t kiosk)
{
    size_t low = 0, high = keys == NULL ? 0 : keys->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (keys->rows[middle].kiosk == kiosk) return &keys->rows[middle];
        if (keys->rows[middle].kiosk < kiosk)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static bool nonce_is_good(const char *nonce)
{
    return strlen(nonce) == NONCE_TEXT - 1 && strspn(nonce, "0123456789abcdef") == NONCE_TEXT - 1;
}

bool request_is_signed(const struct kiosk_keys *keys, const struct take_request *request, const struct kiosk_key **key,
                       struct hash *mac, struct err *err)
{
    uint64_t    kiosk;
    struct hash said;
    if (request->kiosk == NULL || request->nonce == NULL || request->mac == NULL || !id_read(request->kiosk, &kiosk) ||
        !nonce_is_good(request->nonce) || !hash_read(request->mac, &said))
        return err_set(err, ERR_RIGHTS, SAY("take.unsigned"));
    const struct kiosk_key *found = kiosk_keys_find(keys, kiosk);
    if (found == NULL) return err_set(err, ERR_RIGHTS, say_text(SAY("take.unknown"), request->kiosk));
    struct hash own =
        mac_request(&found->key, request->method, request->path, request->nonce, request->body, request->len);
    if (!mac_equal(&own, &said)) return err_set(err, ERR_RIGHTS, say_text(SAY("take.mac"), request->kiosk));
    if (found->state == KIOSK_REVOKED) return err_set(err, ERR_RIGHTS, say_text(SAY("take.revoked"), request->kiosk));
    *key = found;
    *mac = said;
    return true;
}

bool take_signed(const struct kiosk_keys *keys, const struct take_request *request, const struct kiosk_key **key,
                 struct hash *mac, struct take_answer *answer)
{
    struct err err;
    if (request_is_signed(keys, request, key, mac, &err)) return true;
    answer_refuse(answer, 401, err.say);
    return false;
}
