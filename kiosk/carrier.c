/* carrier.c - writes what waits onto a USB stick: kiosk/carrier.h. */
#include "kiosk/carrier.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MOUNTS "/proc/self/mounts"

enum carrier_state { CARRIER_FREE, CARRIER_BUSY, CARRIER_DONE };
enum { FOLDER_BYTES = 512, LINE_BYTES = 1024 };

/* The thread writes the results before it sets state to DONE; nobody else touches them while it is BUSY. */
struct carrier {
    pthread_t          thread;
    atomic_int         state;
    struct carrier_ask ask;
    char               database[LINE_BYTES], folder[FOLDER_BYTES];
    bool               is_good;
    struct carried     carried;
    struct err         err;
    void (*wake)(void *self);
    void *self;
};

struct carrier *carrier_new(void (*wake)(void *self), void *self)
{
    struct carrier *carrier = calloc(1, sizeof *carrier);
    if (carrier == NULL) abort();
    carrier->wake = wake;
    carrier->self = self;
    return carrier;
}

void carrier_free(struct carrier *carrier)
{
    if (carrier == NULL) return;
    if (atomic_load(&carrier->state) != CARRIER_FREE) pthread_join(carrier->thread, NULL);
    free(carrier);
}

/* ---- Where the stick is */

/* Blanks and the like stand as \040 there. */
static void mount_unescape(char *text)
{
    char *to = text;
    for (const char *at = text; *at != '\0'; to++) {
        bool is_code = at[0] == '\\' && strspn(at + 1, "01234567") >= 3;
        *to = is_code ? (char)((at[1] - '0') * 64 + (at[2] - '0') * 8 + at[3] - '0') : *at;
        at += is_code ? 4 : 1;
    }
    *to = '\0';
}

static bool is_stick(const char *folder)
{
    static const char *const PLACES[] = {"/media/", "/run/media/", "/mnt/"};
    for (size_t i = 0; i < sizeof PLACES / sizeof PLACES[0]; i++)
        if (strncmp(folder, PLACES[i], strlen(PLACES[i])) == 0 && folder[strlen(PLACES[i])] != '\0') return true;
    return false;
}

bool carrier_folder(const char *mounts, char *folder, size_t size, struct err *err)
{
    char  line[LINE_BYTES], place[FOLDER_BYTES];
    FILE *file = fopen(mounts, "re");
    bool  is_found = false;
    while (file != NULL && !is_found && fgets(line, sizeof line, file) != NULL) {
        if (sscanf(line, "%*s %511s", place) != 1) continue;
        mount_unescape(place);
        is_found = is_stick(place) && strlen(place) < size && access(place, W_OK) == 0;
    }
    if (file != NULL) fclose(file);
    if (!is_found) return err_set(err, ERR_ABSENT, SAY("carry.no_stick"));
    memcpy(folder, place, strlen(place) + 1);
    return true;
}

/* ---- Writing */

bool carrier_write(const struct carrier_ask *ask, struct carried *carried, struct err *err)
{
    struct db *db = NULL;
    char       folder[FOLDER_BYTES];
    if (ask->folder != NULL)
        snprintf(folder, sizeof folder, "%s", ask->folder);
    else if (!carrier_folder(MOUNTS, folder, sizeof folder, err))
        return false;
    if (access(folder, W_OK | X_OK) != 0) return err_set(err, ERR_INPUT, say_text(SAY("carry.no_folder"), folder));
    if (!db_open(ask->database, DB_READ, NULL, &db, err)) return false;
    bool is_good = carry_write(db, folder, ask->wall_ms, ask->offset_min, carried, err);
    db_close(db);
    return is_good;
}

static void *carry_run(void *self)
{
    struct carrier *carrier = self;
    carrier->is_good = carrier_write(&carrier->ask, &carrier->carried, &carrier->err);
    atomic_store(&carrier->state, CARRIER_DONE);
    carrier->wake(carrier->self);
    return NULL;
}

bool carrier_start(struct carrier *carrier, const struct carrier_ask *ask)
{
    if (atomic_load(&carrier->state) != CARRIER_FREE) return false;
    carrier->ask = *ask;
    snprintf(carrier->database, sizeof carrier->database, "%s", ask->database);
    carrier->ask.database = carrier->database;
    if (ask->folder != NULL) {
        snprintf(carrier->folder, sizeof carrier->folder, "%s", ask->folder);
        carrier->ask.folder = carrier->folder;
    }
    atomic_store(&carrier->state, CARRIER_BUSY);
    if (pthread_create(&carrier->thread, NULL, carry_run, carrier) == 0) return true;
    atomic_store(&carrier->state, CARRIER_FREE);
    return false;
}

bool carrier_is_busy(struct carrier *carrier)
{
    return atomic_load(&carrier->state) != CARRIER_FREE;
}

bool carrier_take(struct carrier *carrier, bool *is_good, struct carried *carried, struct err *err)
{
    if (atomic_load(&carrier->state) != CARRIER_DONE) return false;
    pthread_join(carrier->thread, NULL);
    *is_good = carrier->is_good;
    *carried = carrier->carried;
    *err = carrier->err;
    atomic_store(&carrier->state, CARRIER_FREE);
    return true;
}
