/* db_sqlite_paced.c - long writes of one file don't keep the commits of another waiting: takes the VFS a connection was
 * to have, gives one above it that syncs after every PIECE bytes.
 *
 * A month's wages are a commit of some 50 MB, and as much again when the WAL is copied. Synced at the end only, all of
 * it stands in the disk's queue at once, and a kiosk's acknowledgement, a sync of another file, waits until it is
 * through. In pieces it waits for one piece. A sync that fails here comes out of the write, with its own code; SQLite
 * takes back the commit, db_checkpoint() copies no more, as at the syncs it asks for itself. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/db_sqlite.h"

enum { PIECE = 128 * 1024 };

struct db_paced {
    sqlite3_vfs  vfs; /* first: SQLite's view of it */
    sqlite3_vfs *under;
    char         name[40];
};

struct paced_file {
    sqlite3_file  base; /* first */
    sqlite3_file *under;
    bool          is_paced; /* the file itself or its WAL; what is temporary is never synced */
    int           unsynced; /* bytes */
};

/* The file of the VFS below stands behind ours. */
enum { FILE_BYTES = (sizeof(struct paced_file) + 15) / 16 * 16 };

static sqlite3_file *under(sqlite3_file *file)
{
    return ((struct paced_file *)file)->under;
}

static sqlite3_vfs *below(sqlite3_vfs *vfs)
{
    return ((struct db_paced *)vfs)->under;
}

/* ---------------------------------------------------------------------------------------------------- files */

static int file_write(sqlite3_file *base, const void *bytes, int len, sqlite3_int64 offset)
{
    struct paced_file *file = (struct paced_file *)base;
    int                code = file->under->pMethods->xWrite(file->under, bytes, len, offset);
    if (code != SQLITE_OK || !file->is_paced) return code;
    file->unsynced += len;
    if (file->unsynced < PIECE) return SQLITE_OK;
    file->unsynced = 0;
    return file->under->pMethods->xSync(file->under, SQLITE_SYNC_NORMAL);
}

static int file_sync(sqlite3_file *base, int flags)
{
    ((struct paced_file *)base)->unsynced = 0;
    return under(base)->pMethods->xSync(under(base), flags);
}

static int file_close(sqlite3_file *file)
{
    return under(file)->pMethods->xClose(under(file));
}

static int file_read(sqlite3_file *file, void *bytes, int len, sqlite3_int64 offset)
{
    return under(file)->pMethods->xRead(under(file), bytes, len, offset);
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    return under(file)->pMethods->xTruncate(under(file), size);
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return under(file)->pMethods->xFileSize(under(file), size);
}

static int file_lock(sqlite3_file *file, int level)
{
    return under(file)->pMethods->xLock(under(file), level);
}

static int file_unlock(sqlite3_file *file, int level)
{
    return under(file)->pMethods->xUnlock(under(file), level);
}

static int file_reserved(sqlite3_file *file, int *is_reserved)
{
    return under(file)->pMethods->xCheckReservedLock(under(file), is_reserved);
}

static int file_control(sqlite3_file *file, int what, void *value)
{
    return under(file)->pMethods->xFileControl(under(file), what, value);
}

static int file_sector(sqlite3_file *file)
{
    return under(file)->pMethods->xSectorSize(under(file));
}

static int file_device(sqlite3_file *file)
{
    return under(file)->pMethods->xDeviceCharacteristics(under(file));
}

static int shm_map(sqlite3_file *file, int region, int bytes, int may_extend, void volatile **at)
{
    return under(file)->pMethods->xShmMap(under(file), region, bytes, may_extend, at);
}

static int shm_lock(sqlite3_file *file, int first, int count, int flags)
{
    return under(file)->pMethods->xShmLock(under(file), first, count, flags);
}

static void shm_barrier(sqlite3_file *file)
{
    under(file)->pMethods->xShmBarrier(under(file));
}

static int shm_unmap(sqlite3_file *file, int is_deleted)
{
    return under(file)->pMethods->xShmUnmap(under(file), is_deleted);
}

/* Version 2: with shared memory, without memory mapping, which would go past xWrite. */
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
    struct paced_file *file = (struct paced_file *)base;
    *file = (struct paced_file){.under = (sqlite3_file *)((char *)base + FILE_BYTES),
                                .is_paced = (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) != 0};
    file->under->pMethods = NULL;
    int code = below(vfs)->xOpen(below(vfs), path, file->under, flags, out_flags);
    if (file->under->pMethods != NULL) base->pMethods = &methods; /* then SQLite closes it, even after an error */
    return code;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int with_folder)
{
    return below(vfs)->xDelete(below(vfs), path, with_folder);
}

static int vfs_access(sqlite3_vfs *vfs, const char *path, int flags, int *is_there)
{
    return below(vfs)->xAccess(below(vfs), path, flags, is_there);
}

static int vfs_full_path(sqlite3_vfs *vfs, const char *path, int size, char *out)
{
    return below(vfs)->xFullPathname(below(vfs), path, size, out);
}

static int vfs_randomness(sqlite3_vfs *vfs, int len, char *bytes)
{
    return below(vfs)->xRandomness(below(vfs), len, bytes);
}

static int vfs_sleep(sqlite3_vfs *vfs, int us)
{
    return below(vfs)->xSleep(below(vfs), us);
}

static int vfs_time(sqlite3_vfs *vfs, double *day)
{
    return below(vfs)->xCurrentTime(below(vfs), day);
}

static int vfs_last_error(sqlite3_vfs *vfs, int len, char *words)
{
    return below(vfs)->xGetLastError(below(vfs), len, words);
}

struct db_paced *db_paced_make(const char *vfs)
{
    sqlite3_vfs     *found = sqlite3_vfs_find(vfs);
    struct db_paced *paced = calloc(1, sizeof *paced);
    assert(found != NULL);
    if (paced == NULL) abort();
    snprintf(paced->name, sizeof paced->name, "paced-%p", (void *)paced);
    paced->under = found;
    paced->vfs = (sqlite3_vfs){
        .iVersion = 1,
        .szOsFile = FILE_BYTES + found->szOsFile,
        .mxPathname = found->mxPathname,
        .zName = paced->name,
        .xOpen = vfs_open,
        .xDelete = vfs_delete,
        .xAccess = vfs_access,
        .xFullPathname = vfs_full_path,
        .xRandomness = vfs_randomness,
        .xSleep = vfs_sleep,
        .xCurrentTime = vfs_time,
        .xGetLastError = vfs_last_error,
    };
    if (sqlite3_vfs_register(&paced->vfs, 0) != SQLITE_OK) abort();
    return paced;
}

const char *db_paced_name(const struct db_paced *paced)
{
    return paced->name;
}

void db_paced_free(struct db_paced *paced)
{
    if (paced == NULL) return;
    sqlite3_vfs_unregister(&paced->vfs);
    free(paced);
}
