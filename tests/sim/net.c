/* net.c - the factory's network: net.h. What happens to a message is decided when it is posted, and once more when it
 * is answered. */
#include "tests/sim/net.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/house.h"

enum {
    NET_MESSAGES = 512,
    NET_RETURNS = 512,
    LATENCY_MS = 20,
    TIMEOUT_MS = 30 * SECOND, /* then the courier gives up */
    FEED_SHARE = 4            /* of the weather */
};

/* An answer on its way to a kiosk. */
struct reply {
    bool                 is_used;
    int                  booth;
    uint64_t             life;
    struct keeper_answer answer;
};

struct net {
    int            weather[HITS];
    int64_t        parted_ms[BOOTHS_MAX];
    bool           is_part_hit[BOOTHS_MAX];
    struct message messages[NET_MESSAGES];
    struct reply   replies[NET_RETURNS];
};

void net_open(struct world *world)
{
    world->net = calloc(1, sizeof *world->net);
    if (world->net == NULL) abort();
}

void net_close(struct world *world)
{
    for (int i = 0; i < NET_MESSAGES; i++) buf_free(&world->net->messages[i].body);
    for (int i = 0; i < NET_RETURNS; i++) buf_free(&world->net->replies[i].answer.body);
    free(world->net);
}

void net_weather(struct world *world, enum hit kind, int per_mille)
{
    world->net->weather[kind] = per_mille;
}

void net_part(struct world *world, int booth, int64_t until_ms)
{
    world->net->parted_ms[booth] = until_ms;
    world->net->is_part_hit[booth] = false;
}

bool net_is_parted(struct world *world, int booth)
{
    struct net *net = world->net;
    if (net->parted_ms[booth] <= world->now_ms) return false;
    if (!net->is_part_hit[booth]) world_hit(world, HIT_PARTITION);
    net->is_part_hit[booth] = true;
    return true;
}

const struct message *net_message(struct world *world, int id)
{
    return &world->net->messages[id];
}

/* ---- Back to the kiosk */

static void reply_task(struct world *world, int who, int64_t what)
{
    struct reply *reply = &world->net->replies[what];
    reply->is_used = false;
    booth_answer(&world->booths->rows[who], reply->life, &reply->answer);
    reply->answer = (struct keeper_answer){0};
}

static void reply_in(struct world *world, const struct message *to, struct keeper_answer *answer, int64_t ms)
{
    int i = 0;
    while (i < NET_RETURNS && world->net->replies[i].is_used) i++;
    assert(i < NET_RETURNS);
    answer->number = to->number;
    world->net->replies[i] = (struct reply){true, to->booth, to->life, *answer};
    world_in(world, ms, reply_task, to->booth, i);
}

static void reply_failed(struct world *world, const struct message *to, int64_t ms)
{
    struct keeper_answer answer = {.is_failed = true};
    reply_in(world, to, &answer, ms);
}

/* A proxy, a login page or a broken server answers in the server's place. */
static void reply_foreign(struct world *world, const struct message *to, enum hit kind)
{
    static const char *const PAGES[] = {
        "<!DOCTYPE html><html><body>Please log in to use this network</body></html>",
        "{}",
        "{\"v\":1,\"state\":\"taken\",\"mark\":[\"1-0000000000000001\",1000000,"
        "\"0000000000000000000000000000000000000000000000000000000000000000\"],"
        "\"server\":\"9-0000000000000001\",\"run\":\"0000000000000001\",\"feed\":1,\"time\":1}",
        "",
    };
    static const int     REFUSALS[] = {401, 401, 403, 404};
    struct keeper_answer answer = {.status = 200};
    int64_t              dice = world_dice(world, DICE_NET, 0, 3);
    if (kind == HIT_401) answer.status = REFUSALS[dice];
    if (kind == HIT_500) answer.status = 500 + (int)dice;
    buf_str(&answer.body, PAGES[kind == HIT_HTML ? dice : 0]);
    reply_in(world, to, &answer, world_dice(world, DICE_NET, 1, LATENCY_MS));
}

/* ---- To the server */

static void arrive_task(struct world *world, int who, int64_t what)
{
    struct message *message = &world->net->messages[what];
    (void)who;
    if (house_hears(world, (int)what)) return;
    if (!message->is_echo) reply_failed(world, message, 1);
    buf_free(&message->body);
    message->is_used = false;
}

static int message_add(struct world *world, const struct message *message, bool is_echo)
{
    int i = 0;
    while (i < NET_MESSAGES && world->net->messages[i].is_used) i++;
    assert(i < NET_MESSAGES);
    struct message *added = &world->net->messages[i];
    *added = *message;
    added->body = (struct buf){0};
    buf_add(&added->body, message->body.bytes, message->body.len);
    added->is_used = true;
    added->is_echo = is_echo;
    return i;
}

static void send_in(struct world *world, const struct message *message, bool is_echo, int64_t ms)
{
    world_in(world, ms, arrive_task, 0, message_add(world, message, is_echo));
}

static bool happens(struct world *world, const struct message *message, enum hit kind)
{
    int per_mille = world->net->weather[kind];
    if (message->is_feed) per_mille = (per_mille + FEED_SHARE - 1) / FEED_SHARE;
    if (!world_chance(world, DICE_NET, per_mille)) return false;
    world_hit(world, kind);
    return true;
}

/* From a moment to an hour, short ones more often. */
static int64_t delay_ms(struct world *world)
{
    static const int64_t MOST_MS[] = {2, 2 * SECOND, MINUTE, HOUR};
    return world_dice(world, DICE_NET, 0, MOST_MS[world_dice(world, DICE_NET, 0, 3)]);
}

/* Of what is sent twice: a proxy may hold it for more than a day. */
static int64_t echo_ms(struct world *world)
{
    return world_chance(world, DICE_NET, 100) ? world_dice(world, DICE_NET, HOUR, 30 * (int64_t)HOUR) : delay_ms(world);
}

/* True where something else became of it than that it simply arrives. */
static bool goes_astray(struct world *world, const struct message *message)
{
    if (net_is_parted(world, message->booth) || happens(world, message, HIT_REQUEST_LOST)) {
        reply_failed(world, message, world_dice(world, DICE_NET, 1, TIMEOUT_MS));
    } else if (happens(world, message, HIT_CERTIFICATE)) {
        reply_failed(world, message, world_dice(world, DICE_NET, 1, LATENCY_MS));
    } else if (happens(world, message, HIT_REORDERED)) { /* the kiosk gives up; it arrives behind later ones */
        reply_failed(world, message, world_dice(world, DICE_NET, SECOND, TIMEOUT_MS));
        send_in(world, message, true, 2 * SECOND + delay_ms(world));
    } else {
        for (enum hit kind = HIT_401; kind <= HIT_HTML; kind++) {
            if (!happens(world, message, kind)) continue;
            reply_foreign(world, message, kind);
            return true;
        }
        return false;
    }
    return true;
}

void net_post(struct booth *booth, struct keeper_request *request)
{
    struct world  *world = booth->world;
    struct message message = {.booth = booth->index,
                              .life = booth->life,
                              .number = request->number,
                              .is_feed = strcmp(request->path, "/kiosk/1/feed") == 0,
                              .path = request->path,
                              .body = request->body,
                              .wait_ms = request->wait_ms};
    id_write(keeper_kiosk(booth->keeper), message.kiosk);
    memcpy(message.nonce, request->nonce, sizeof message.nonce);
    hash_write(&request->mac, message.mac);
    if (!message.is_feed)
        world_say(world, booth->folder, "sends %.*s", (int)strcspn(buf_text(&message.body), "\n"),
                  buf_text(&message.body));
    if (!goes_astray(world, &message)) {
        int64_t ms = world_dice(world, DICE_NET, 1, LATENCY_MS);
        send_in(world, &message, false, ms);
        if (happens(world, &message, HIT_SENT_TWICE)) send_in(world, &message, true, ms + echo_ms(world));
    }
    buf_free(&request->body);
}

/* ---- From the server */

static void answer_cut(struct world *world, struct keeper_answer *answer)
{
    if (answer->body.len > 0) answer->body.len = (size_t)world_dice(world, DICE_NET, 0, (int64_t)answer->body.len - 1);
    if (answer->body.bytes != NULL) answer->body.bytes[answer->body.len] = 0;
    if (world_chance(world, DICE_NET, 500)) return; /* closed: looks whole to a careless reader */
    buf_free(&answer->body);
    *answer = (struct keeper_answer){.is_failed = true};
}

static void answer_back(struct world *world, const struct message *to, struct keeper_answer *answer)
{
    int64_t ms = world_dice(world, DICE_NET, 1, LATENCY_MS);
    if (net_is_parted(world, to->booth) || happens(world, to, HIT_ANSWER_LOST)) {
        buf_free(&answer->body);
        *answer = (struct keeper_answer){.is_failed = true};
        ms = world_dice(world, DICE_NET, 1, TIMEOUT_MS);
    } else if (happens(world, to, HIT_ANSWER_CUT)) {
        answer_cut(world, answer);
    } else if (happens(world, to, HIT_ANSWER_LATE)) {
        ms = SECOND + delay_ms(world);
    }
    reply_in(world, to, answer, ms);
}

void net_answer(struct world *world, int id, struct take_answer *answer)
{
    struct message      *message = &world->net->messages[id];
    struct booth        *booth = &world->booths->rows[message->booth];
    struct keeper_answer back = {
        .status = answer->status, .has_mac = answer->has_mac, .mac = answer->mac, .body = answer->body};
    if (!message->is_feed)
        world_say(world, "server", "answers %s%d: %d %s", message->is_echo ? "nobody at kiosk" : "kiosk",
                  message->booth + 1, answer->status, buf_text(&answer->body));
    answer->body = (struct buf){0};
    if (answer->status == 200 || booth->refused_ms == 0) booth->refused_ms = answer->status == 401 ? world->now_ms : 0;
    if (message->is_echo)
        buf_free(&back.body);
    else
        answer_back(world, message, &back);
    buf_free(&message->body);
    message->is_used = false;
}

void net_break(struct world *world, int id)
{
    struct message *message = &world->net->messages[id];
    if (!message->is_echo) reply_failed(world, message, 1);
    buf_free(&message->body);
    message->is_used = false;
}

bool net_carries(struct world *world, int booth)
{
    struct message message = {.booth = booth};
    return !net_is_parted(world, booth) && !happens(world, &message, HIT_REQUEST_LOST);
}
