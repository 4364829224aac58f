/* feed_fuzz.c - any answer of a server is learnt to its end or refused in words; what can't be is passed over, and the
 * rows beside it are learnt.
 * links: kiosk_keep core */
#include <assert.h>
#include <string.h>

#include "core/embed.h"
#include "kiosk/keep/learn.h"
#include "kiosk/keep/outbox.h"
#include "kiosk/keep/place.h"
#include "tests/unit/folder.h"

#define NOW INT64_C(1796000000000)
#define HEAD                                                                                                          \
    "{\"v\":1,\"server\":\"3-0000000000001234\",\"run\":\"00000000000000aa\",\"feed\":99,\"upto\":50,\"more\":false," \
    "\"time\":1}\n"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static struct db     *db;
static struct outbox *outbox;
static struct learn   learn;

static void leave(void)
{
    outbox_close(outbox);
    db_close(db);
    folder_end();
}

static void start(void)
{
    struct err err;
    bool is_good = folder_make() == 0 && chain_init(&err) && db_open(folder_path("a.db"), DB_WRITE, NULL, &db, &err) &&
                   db_migrate(db, embed_kiosk_schema, &err) && place_open(db, 0, &err) &&
                   outbox_open(db, &outbox, &err);
    assert(is_good);
    (void)is_good;
    learn.kiosk = outbox_kiosk(outbox);
    atexit(leave);
}

static void answer_learn(struct buf *answer)
{
    struct err err;
    size_t     most = answer->len + 2; /* at least one row a step */
    bool       is_done = false;
    if (!learn_begin(&learn, answer, &err)) {
        assert(err.kind == ERR_INPUT && err.say.id[0] != 0 && answer->bytes == NULL);
        return;
    }
    for (size_t i = 0; !is_done; i++) {
        bool is_good = learn_step(&learn, db, NOW, &is_done, &err);
        assert(is_good && i < most);
        (void)is_good;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct buf whole = {0}, rows = {0};
    if (db == NULL) start();
    buf_add(&whole, bytes, len);
    answer_learn(&whole);
    buf_str(&rows, HEAD);
    buf_add(&rows, bytes, len);
    answer_learn(&rows);
    return 0;
}
