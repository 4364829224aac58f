/* disk_vfs.c - the simulator's disk as SQLite sees it: files of disk.c, locks and shared memory as bookkeeping.
 *
 * All connections are in one process and one thread, so a lock is a number beside the handle. The shared memory of a
 * WAL is heap, kept while a handle has it mapped, zeroed for the first one after: as on Linux. Waiting costs no time. */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "tests/sim/disk_file.h"

enum { PAGE_BYTES = 4096 + 256, PAGES = 3000, LOOKASIDE_BYTES = 1200, LOOKASIDES = 100 };

struct disk_shm {
    int    refs;
    int    count;
    void **regions;
};

struct disk_handle {
    sqlite3_file        base; /* first: SQLite's view of it */
    struct disk        *disk;
    struct disk_file   *file;
    struct disk_handle *next;      /* on the same file */
    int                 level;     /* SQLITE_LOCK_NONE .. SQLITE_LOCK_EXCLUSIVE */
    unsigned            shared;    /* bits of SQLITE_SHM_NLOCK locks held */
    unsigned            exclusive; /* likewise */
    struct disk_shm    *shm;
    bool                syncs_folder; /* a journal or WAL that may be new: its first sync syncs the folder too */
    int                 keeps_wal;    /* SQLITE_FCNTL_PERSIST_WAL */
};

static struct disk_handle *handle_of(sqlite3_file *file)
{
    return (struct disk_handle *)file;
}

/* The code for errno 0 is SQLITE_OK, for a full disk SQLITE_FULL, else `io`. */
static int answer(struct disk *disk, int error, int io)
{
    if (error == 0) return SQLITE_OK;
    disk->last_error = error;
    return error == ENOSPC ? SQLITE_FULL : io;
}

/* ---------------------------------------------------------------------------------------------------- bytes */

static int file_read(sqlite3_file *base, void *bytes, int len, sqlite3_int64 offset)
{
    struct disk_handle *handle = handle_of(base);
    size_t              got = 0;
    int                 error = disk_file_read(handle->file, bytes, (size_t)len, (size_t)offset, &got);
    if (error != 0) return answer(handle->disk, error, SQLITE_IOERR_READ);
    if (got == (size_t)len) return SQLITE_OK;
    memset((char *)bytes + got, 0, (size_t)len - got);
    return SQLITE_IOERR_SHORT_READ;
}

static int file_write(sqlite3_file *base, const void *bytes, int len, sqlite3_int64 offset)
{
    struct disk_handle *handle = handle_of(base);
    int                 error = disk_file_write(handle->disk, handle->file, bytes, (size_t)len, (size_t)offset);
    return answer(handle->disk, error, SQLITE_IOERR_WRITE);
}

static int file_truncate(sqlite3_file *base, sqlite3_int64 len)
{
    struct disk_handle *handle = handle_of(base);
    return answer(handle->disk, disk_file_cut(handle->file, (size_t)len), SQLITE_IOERR_TRUNCATE);
}

static int file_sync(sqlite3_file *base, int flags)
{
    struct disk_handle *handle = handle_of(base);
    int                 error = disk_file_sync(handle->disk, handle->file, handle->syncs_folder);
    (void)flags;
    if (error == 0) handle->syncs_folder = false;
    return answer(handle->disk, error, SQLITE_IOERR_FSYNC);
}

static int file_size(sqlite3_file *base, sqlite3_int64 *len)
{
    struct disk_handle *handle = handle_of(base);
    *len = (sqlite3_int64)handle->file->now.len;
    return answer(handle->disk, disk_file_state(handle->file), SQLITE_IOERR_FSTAT);
}

/* ---------------------------------------------------------------------------------------------------- locks */

/* The highest level that another handle has on this file. */
static int others_level(const struct disk_handle *handle)
{
    int level = SQLITE_LOCK_NONE;
    for (const struct disk_handle *other = handle->file->handles; other != NULL; other = other->next)
        if (other != handle && other->level > level) level = other->level;
    return level;
}

static int file_lock(sqlite3_file *base, int level)
{
    struct disk_handle *handle = handle_of(base);
    int                 others = others_level(handle);
    int                 error = disk_file_state(handle->file);
    if (error != 0) return answer(handle->disk, error, SQLITE_IOERR_LOCK);
    if (handle->level >= level) return SQLITE_OK;
    if (level == SQLITE_LOCK_SHARED && others >= SQLITE_LOCK_PENDING) return SQLITE_BUSY;
    if (level > SQLITE_LOCK_SHARED && others >= SQLITE_LOCK_RESERVED) return SQLITE_BUSY;
    if (level == SQLITE_LOCK_EXCLUSIVE && others >= SQLITE_LOCK_SHARED) {
        handle->level = SQLITE_LOCK_PENDING; /* no new readers while it waits for the old ones */
        return SQLITE_BUSY;
    }
    handle->level = level;
    return SQLITE_OK;
}

static int file_unlock(sqlite3_file *base, int level)
{
    if (handle_of(base)->level > level) handle_of(base)->level = level;
    return SQLITE_OK;
}

static int file_reserved(sqlite3_file *base, int *is_reserved)
{
    struct disk_handle *handle = handle_of(base);
    *is_reserved = handle->level >= SQLITE_LOCK_RESERVED || others_level(handle) >= SQLITE_LOCK_RESERVED;
    return answer(handle->disk, disk_file_state(handle->file), SQLITE_IOERR_CHECKRESERVEDLOCK);
}

/* ---------------------------------------------------------------------------------------------------- shared memory */

static int shm_map(sqlite3_file *base, int region, int bytes, int may_extend, void volatile **memory)
{
    struct disk_handle *handle = handle_of(base);
    int                 error = disk_file_state(handle->file);
    *memory = NULL;
    if (error != 0) return answer(handle->disk, error, SQLITE_IOERR_SHMMAP);
    if (handle->shm == NULL) {
        if (handle->file->shm == NULL) handle->file->shm = calloc(1, sizeof *handle->shm);
        handle->shm = handle->file->shm;
        assert(handle->shm != NULL);
        handle->shm->refs++;
    }
    struct disk_shm *shm = handle->shm;
    while (shm->count <= region && may_extend) {
        shm->regions = realloc(shm->regions, (size_t)(shm->count + 1) * sizeof *shm->regions);
        assert(shm->regions != NULL);
        shm->regions[shm->count] = calloc(1, (size_t)bytes);
        assert(shm->regions[shm->count] != NULL);
        shm->count++;
    }
    if (region < shm->count) *memory = shm->regions[region];
    return SQLITE_OK;
}

static int shm_lock(sqlite3_file *base, int first, int count, int flags)
{
    struct disk_handle *handle = handle_of(base);
    unsigned            bits = ((1U << count) - 1) << first;
    unsigned            others_shared = 0, others_exclusive = 0;
    if ((flags & SQLITE_SHM_UNLOCK) != 0) {
        handle->shared &= ~bits;
        handle->exclusive &= ~bits;
        return SQLITE_OK;
    }
    int error = disk_file_state(handle->file);
    if (error != 0) return answer(handle->disk, error, SQLITE_IOERR_SHMLOCK);
    for (const struct disk_handle *other = handle->file->handles; other != NULL; other = other->next)
        if (other != handle) {
            others_shared |= other->shared;
            others_exclusive |= other->exclusive;
        }
    if ((others_exclusive & bits) != 0) return SQLITE_BUSY;
    if ((flags & SQLITE_SHM_SHARED) != 0) {
        handle->shared |= bits;
        return SQLITE_OK;
    }
    if ((others_shared & bits) != 0) return SQLITE_BUSY;
    handle->exclusive |= bits;
    return SQLITE_OK;
}

static void shm_barrier(sqlite3_file *base)
{
    (void)base;
}

static int shm_unmap(sqlite3_file *base, int is_delete)
{
    struct disk_handle *handle = handle_of(base);
    struct disk_shm    *shm = handle->shm;
    (void)is_delete; /* it is memory: the last one out frees it */
    handle->shared = handle->exclusive = 0;
    handle->shm = NULL;
    if (shm == NULL || --shm->refs > 0) return SQLITE_OK;
    handle->file->shm = NULL;
    for (int i = 0; i < shm->count; i++) free(shm->regions[i]);
    free(shm->regions);
    free(shm);
    return SQLITE_OK;
}

/* ---------------------------------------------------------------------------------------------------- handles */

static int file_close(sqlite3_file *base)
{
    struct disk_handle  *handle = handle_of(base);
    struct disk_handle **link = &handle->file->handles;
    shm_unmap(base, 0);
    while (*link != handle) link = &(*link)->next;
    *link = handle->next;
    disk_file_close(handle->disk, handle->file);
    return SQLITE_OK;
}

static int file_control(sqlite3_file *base, int op, void *value)
{
    int *flag = value;
    if (op != SQLITE_FCNTL_PERSIST_WAL) return SQLITE_NOTFOUND;
    if (*flag < 0)
        *flag = handle_of(base)->keeps_wal;
    else
        handle_of(base)->keeps_wal = *flag;
    return SQLITE_OK;
}

/* As SQLite's own VFS for Linux says. */
static int file_sector(sqlite3_file *base)
{
    (void)base;
    return 4096;
}

static int file_device(sqlite3_file *base)
{
    (void)base;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_device,
    .xShmMap = shm_map,
    .xShmLock = shm_lock,
    .xShmBarrier = shm_barrier,
    .xShmUnmap = shm_unmap,
};

/* ---------------------------------------------------------------------------------------------------- the VFS */

static int vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *out_flags)
{
    struct disk        *disk = vfs->pAppData;
    struct disk_handle *handle = handle_of(base);
    memset(handle, 0, sizeof *handle);
    int error = disk_file_open(disk, path, (flags & SQLITE_OPEN_CREATE) != 0, &handle->file);
    if (error != 0) return answer(disk, error, SQLITE_CANTOPEN);
    handle->base.pMethods = &methods;
    handle->disk = disk;
    handle->next = handle->file->handles;
    handle->file->handles = handle;
    handle->syncs_folder = (flags & SQLITE_OPEN_CREATE) != 0 &&
                           (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL)) != 0;
    if (out_flags != NULL) *out_flags = flags;
    return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int with_folder)
{
    int error = disk_file_remove(vfs->pAppData, path, with_folder != 0);
    if (error == ENOENT) return SQLITE_IOERR_DELETE_NOENT;
    return answer(vfs->pAppData, error, SQLITE_IOERR_DELETE);
}

static int vfs_access(sqlite3_vfs *vfs, const char *path, int flags, int *is_there)
{
    bool found = false;
    int  error = disk_file_is_there(vfs->pAppData, path, &found);
    (void)flags;
    *is_there = found;
    return answer(vfs->pAppData, error, SQLITE_IOERR_ACCESS);
}

static int vfs_full_path(sqlite3_vfs *vfs, const char *path, int size, char *out)
{
    (void)vfs;
    if (strlen(path) >= (size_t)size) return SQLITE_CANTOPEN;
    memcpy(out, path, strlen(path) + 1);
    return SQLITE_OK;
}

static int vfs_randomness(sqlite3_vfs *vfs, int len, char *bytes)
{
    (void)vfs;
    memset(bytes, 0, (size_t)len); /* the seed is given to SQLite in disk_new() */
    return len;
}

static int vfs_sleep(sqlite3_vfs *vfs, int us)
{
    (void)vfs;
    return us;
}

static int vfs_time(sqlite3_vfs *vfs, double *day)
{
    (void)vfs;
    *day = 2440587.5; /* 1970; nothing of ours asks SQLite for the time */
    return SQLITE_OK;
}

static int vfs_last_error(sqlite3_vfs *vfs, int len, char *words)
{
    (void)len, (void)words;
    return ((struct disk *)vfs->pAppData)->last_error;
}

void disk_alone(void)
{
    static char pages[PAGE_BYTES * PAGES];
    (void)sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    (void)sqlite3_config(SQLITE_CONFIG_PAGECACHE, pages, (int)PAGE_BYTES, PAGES);
    (void)sqlite3_config(SQLITE_CONFIG_LOOKASIDE, LOOKASIDE_BYTES, LOOKASIDES);
}

struct disk *disk_new(const char *vfs_name, uint32_t seed)
{
    struct disk *disk = calloc(1, sizeof *disk);
    sqlite3_vfs *vfs = calloc(1, sizeof *vfs);
    assert(disk != NULL && vfs != NULL);
    disk->vfs = vfs;
    disk->dice = seed;
    *vfs = (sqlite3_vfs){
        .iVersion = 1,
        .szOsFile = sizeof(struct disk_handle),
        .mxPathname = DISK_PATH_MAX - 16,
        .zName = vfs_name,
        .pAppData = disk,
        .xOpen = vfs_open,
        .xDelete = vfs_delete,
        .xAccess = vfs_access,
        .xFullPathname = vfs_full_path,
        .xRandomness = vfs_randomness,
        .xSleep = vfs_sleep,
        .xCurrentTime = vfs_time,
        .xGetLastError = vfs_last_error,
    };
    int code = sqlite3_vfs_register(vfs, 0);
    assert(code == SQLITE_OK);
    (void)code;
    /* Salts of WAL headers come from SQLite's own generator; 0 would ask the system. */
    sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, (int)(seed | 1U), (sqlite3 *)NULL);
    return disk;
}

void disk_free(struct disk *disk)
{
    if (disk == NULL) return;
    sqlite3_vfs_unregister(disk->vfs);
    disk_files_free(disk);
    free(disk->vfs);
    free(disk);
}
