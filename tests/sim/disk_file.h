/* disk_file.h - the seam between the files of the simulator's disk (disk.c) and SQLite (disk_vfs.c). Functions return
 * 0 or an errno. */
#ifndef TESTS_SIM_DISK_FILE_H
#define TESTS_SIM_DISK_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "tests/sim/disk.h"

enum { DISK_PATH_MAX = 128 };

/* A write or a cut that no sync has made sure of yet. */
struct disk_change {
    bool   is_cut;
    size_t offset; /* of a cut: the new length */
    size_t len;
    char  *bytes;
};

struct disk_fault {
    int64_t after;
    int64_t times;
};

struct disk_machine {
    struct disk_machine *next;
    char                 name[DISK_PATH_MAX];
    bool                 is_off;
    int64_t              cut_after; /* -1: no cut to come */
    int64_t              capacity;  /* bytes of all files together; -1: no bound */
    int64_t              steps;
    struct disk_fault    faults[DISK_OPS];
    int64_t              failures[DISK_OPS];
    int64_t              fulls;
};

struct disk_handle; /* disk_vfs.c: an open file */
struct disk_shm;    /* disk_vfs.c: the shared memory of a WAL */

/* A path and its bytes. A crash puts a new one in its place; the old one is_gone, and lives until its last handle. */
struct disk_file {
    struct disk_file    *next;
    struct disk_machine *machine; /* NULL: a temporary file, which no fault meets */
    char                 path[DISK_PATH_MAX];
    int                  refs;
    bool                 is_gone;
    bool                 is_there;  /* the name, as programs see it */
    bool                 was_there; /* the name after a crash, for sure */
    struct buf           now;
    struct buf           synced;
    struct disk_change  *changes; /* synced + changes = now, but for what failed syncs lost */
    size_t               count, cap;
    struct disk_handle  *handles;
    struct disk_shm     *shm;
};

struct disk {
    struct disk_machine *machines;
    struct disk_file    *files;
    uint64_t             dice; /* for what a failed sync loses */
    int                  last_error;
    void                *vfs;
};

void disk_files_free(struct disk *disk);

int  disk_file_open(struct disk *disk, const char *path, bool may_create, struct disk_file **file);
void disk_file_close(struct disk *disk, struct disk_file *file);

/* 0 while it can be used: not after a crash, not without power. */
int disk_file_state(const struct disk_file *file);

int disk_file_read(struct disk_file *file, void *bytes, size_t len, size_t offset, size_t *got);
int disk_file_write(struct disk *disk, struct disk_file *file, const void *bytes, size_t len, size_t offset);
int disk_file_cut(struct disk_file *file, size_t len);

/* with_folder: makes sure of names made and removed on this machine too. */
int disk_file_sync(struct disk *disk, struct disk_file *file, bool with_folder);
int disk_file_remove(struct disk *disk, const char *path, bool with_folder);
int disk_file_is_there(struct disk *disk, const char *path, bool *is_there);

#endif
