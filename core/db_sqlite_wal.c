/* db_sqlite_wal.c - what a writing connection finds in its WAL is made sure of: takes the frames that SQLite is going to
 * believe, writes them once more, syncs.
 *
 * A sync that failed leaves bytes which read back as written and are on no disk; the system has forgotten that they
 * are (see the failed syncs of PostgreSQL, 2018). While a program runs, SQLite writes its next frames over those of the
 * commit that failed. A program that begins anew believes them, for their sums are right, and would put commits behind
 * them which a power cut takes away together with them, or copy a half of them into the file. */
#include "core/db_sqlite.h"

#include <stdlib.h>
#include <string.h>

/* https://sqlite.org/fileformat2.html#the_write_ahead_log */
enum { HEADER_BYTES = 32, FRAME_HEADER_BYTES = 24, SALT_AT = 16, FRAME_SALT_AT = 8, SALT_BYTES = 8, PAGE_BYTES_AT = 8 };

static uint32_t big_endian(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* 0, or SQLite's code. Frames of an earlier round of the WAL have other salts and end it. */
static int frames_write(sqlite3_file *file, unsigned char *header)
{
    int            page_bytes = (int)big_endian(header + PAGE_BYTES_AT), frame_bytes = page_bytes + FRAME_HEADER_BYTES;
    unsigned char *frame = malloc((size_t)frame_bytes);
    sqlite3_int64  at = HEADER_BYTES;
    if (frame == NULL) abort();
    int code = file->pMethods->xWrite(file, header, HEADER_BYTES, 0);
    while (code == SQLITE_OK) {
        code = file->pMethods->xRead(file, frame, frame_bytes, at);
        if (code != SQLITE_OK || memcmp(frame + FRAME_SALT_AT, header + SALT_AT, SALT_BYTES) != 0) break;
        code = file->pMethods->xWrite(file, frame, frame_bytes, at);
        at += frame_bytes;
    }
    free(frame);
    return code == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : code;
}

static int wal_write(sqlite3_file *file)
{
    unsigned char header[HEADER_BYTES];
    if (file == NULL || file->pMethods == NULL) return SQLITE_OK;
    int code = file->pMethods->xRead(file, header, HEADER_BYTES, 0);
    if (code == SQLITE_IOERR_SHORT_READ) return SQLITE_OK; /* nothing was ever in it */
    uint32_t page_bytes = code == SQLITE_OK ? big_endian(header + PAGE_BYTES_AT) : 0;
    bool     is_wal = page_bytes >= 512 && page_bytes <= 65536 && (page_bytes & (page_bytes - 1)) == 0;
    if (code != SQLITE_OK || !is_wal) return code; /* SQLite won't believe it either */
    code = frames_write(file, header);
    return code == SQLITE_OK ? file->pMethods->xSync(file, SQLITE_SYNC_NORMAL) : code;
}

bool db_wal_sure(struct db *db, struct err *err)
{
    sqlite3_file *file = NULL;
    int code = sqlite3_exec(db->handle, "BEGIN IMMEDIATE", NULL, NULL, NULL); /* nobody adds frames meanwhile */
    if (code != SQLITE_OK) return db_fail(db->handle, code, err);
    code = sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file);
    if (code == SQLITE_OK) code = wal_write(file);
    bool is_sure = code == SQLITE_OK || db_fail(db->handle, code, err);
    (void)sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
    return is_sure;
}
