/* disk.h - the simulator's disk: an SQLite VFS whose files live in memory, and what can go wrong with them.
 *
 * Each file has two images: what a program reads, and what is sure to be there after a power cut. Between them stand
 * the writes since the last sync; a crash keeps a random part of those, torn at sectors of 512 bytes. No clock, no
 * threads, no randomness but the seed and the dice that are given: the same calls give the same disk.
 *
 * One disk serves many machines. The first folder of a path names the machine: "kiosk1/outbox.db" belongs to kiosk1.
 * Power, room and faults are a machine's; crashes of one leave the others alone.
 *
 *     struct disk *disk = disk_new("sim", 7);
 *     db_open("kiosk1/outbox.db", DB_WRITE, "sim", &db, &err);
 *     disk_cut_after(disk, "kiosk1", 12);          12 writes and syncs still work, then all fails
 *     ...                                          work, until something fails and disk_is_off() says why
 *     disk_crash(disk, "kiosk1", &dice);           what survived is chosen, the power is back
 *     db_close(db);                                connections of before only fail; close them, then open again
 *
 * What a program does between the cut and the crash happens without a machine: its screens and messages don't count. */
#ifndef TESTS_SIM_DISK_H
#define TESTS_SIM_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct disk;

enum disk_op { DISK_READ, DISK_WRITE, DISK_SYNC, DISK_OPS };

/* Registers the VFS under this name, which must outlive the disk. SQLite's own random numbers start from seed too. */
/* Before all else, where one thread alone asks SQLite for anything: no locks, no counting, memory kept ready. */
void disk_alone(void);

struct disk *disk_new(const char *vfs_name, uint32_t seed);
void         disk_free(struct disk *disk); /* every connection is closed by then; takes NULL */

/* ---- power */

/* The machine loses its power now (or has lost it by disk_cut_after) and gets it back: its files are what survived.
 * Connections opened before fail from here on, and touch nothing. Room and faults stay as they were set. */
void disk_crash(struct disk *disk, const char *machine, uint64_t *dice);

/* After so many more steps (writes, syncs, cuts, removals) the power goes: that step and all after it, readings too,
 * fail until disk_crash(). -1: never. */
void disk_cut_after(struct disk *disk, const char *machine, int64_t steps);
bool disk_is_off(struct disk *disk, const char *machine);

/* Steps done since disk_new(), to try a cut at each one of a known run. */
int64_t disk_steps(struct disk *disk, const char *machine);

/* ---- faults, until changed or healed */

/* Files of the machine may grow by so many bytes together, then ENOSPC, after the part that fits. What is removed
 * makes room. -1: no bound. */
void disk_room(struct disk *disk, const char *machine, int64_t bytes);

/* EIO: `after` more operations of that kind work, then `times` fail (-1: for ever, 0: none). Half of a failing write is
 * done. A failed sync loses about half of the unsynced writes for good, though they read back as written until the
 * crash and the next sync succeeds (as Linux does). */
void disk_fail(struct disk *disk, const char *machine, enum disk_op op, int64_t after, int64_t times);

/* Operations that failed so since disk_new(): for want of room (writes), or by disk_fail(). */
int64_t disk_fulls(struct disk *disk, const char *machine);
int64_t disk_failures(struct disk *disk, const char *machine, enum disk_op op);

/* No faults, no bound, no cut to come; power that is off stays off. */
void disk_heal(struct disk *disk, const char *machine);

/* ---- whole files and folders; paths without a slash at the end */

/* Copies a file, or every file below a folder, as they read now: a backup, a clone, a machine set back to an old copy.
 * What stood at `to` is gone first; nothing may have it open. The copy is on the disk. Returns the files copied. */
int disk_copy(struct disk *disk, const char *from, const char *to);

/* Removes likewise: the new empty server. */
void disk_remove(struct disk *disk, const char *path);

bool   disk_has(struct disk *disk, const char *path);
size_t disk_size(struct disk *disk, const char *path); /* bytes as read now; 0 where it isn't there */

/* A number for the bytes as read now, to compare two runs or a copy; a file that isn't there has that of an empty one. */
uint64_t disk_sum(struct disk *disk, const char *path);

/* Bytes rot: overwrites that part of a file, within its length, with dice; on the disk at once. */
void disk_damage(struct disk *disk, const char *path, size_t offset, size_t len, uint64_t *dice);

#endif
