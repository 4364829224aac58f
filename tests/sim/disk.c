/* disk.c - files of the simulator's disk as two images and the changes between them; crashes, faults, copies: disk.h.
 *
 * How a crash chooses. Per file one of four, with equal chance: no change since the last sync survived; all did; the
 * first n did, the last of them torn; any subset did, a quarter of it torn. Torn means that each sector of 512 bytes of
 * the write is kept or not by itself; bytes beside the write in the same sector are never harmed (what SQLite calls
 * powersafe overwrite, and Linux disks do). Names: made or removed since the folder was last synced, either way. */
#include "tests/sim/disk.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tests/dice.h"
#include "tests/sim/disk_file.h"

enum { SECTOR = 512 };

/* ---------------------------------------------------------------------------------------------------- images */

static void image_resize(struct buf *image, size_t len)
{
    if (len > image->len) buf_room(image, len - image->len); /* comes zeroed */
    image->len = len;
    if (image->bytes != NULL) image->bytes[len] = 0;
}

static void image_write(struct buf *image, size_t offset, const char *bytes, size_t len)
{
    if (len == 0) return;
    if (offset + len > image->len) image_resize(image, offset + len);
    memcpy(image->bytes + offset, bytes, len);
}

static void image_copy(struct buf *to, const struct buf *from)
{
    buf_clear(to);
    buf_add(to, from->bytes, from->len);
}

static void image_change(struct buf *image, const struct disk_change *change)
{
    if (change->is_cut)
        image_resize(image, change->offset);
    else
        image_write(image, change->offset, change->bytes, change->len);
}

/* Keeps each sector of the write or doesn't. A cut can't be torn. */
static void image_change_torn(struct buf *image, const struct disk_change *change, uint64_t *dice)
{
    if (change->is_cut) {
        image_change(image, change);
        return;
    }
    for (size_t at = 0; at < change->len;) {
        size_t part = SECTOR - (change->offset + at) % SECTOR;
        if (part > change->len - at) part = change->len - at;
        if (dice_next(dice) % 2 == 0) image_write(image, change->offset + at, change->bytes + at, part);
        at += part;
    }
}

/* ---------------------------------------------------------------------------------------------------- files */

static void changes_free(struct disk_file *file)
{
    for (size_t i = 0; i < file->count; i++) free(file->changes[i].bytes);
    file->count = 0;
}

static void change_add(struct disk_file *file, struct disk_change change)
{
    if (file->count == file->cap) {
        file->cap = file->cap == 0 ? 16 : file->cap * 2;
        file->changes = realloc(file->changes, file->cap * sizeof *file->changes);
        assert(file->changes != NULL);
    }
    file->changes[file->count++] = change;
}

static void file_free(struct disk_file *file)
{
    changes_free(file);
    free(file->changes);
    buf_free(&file->now);
    buf_free(&file->synced);
    free(file);
}

static struct disk_machine *machine_of(struct disk *disk, const char *path)
{
    size_t len = strcspn(path, "/");
    for (struct disk_machine *m = disk->machines; m != NULL; m = m->next)
        if (strlen(m->name) == len && memcmp(m->name, path, len) == 0) return m;
    struct disk_machine *new = calloc(1, sizeof *new);
    assert(new != NULL &&len < sizeof new->name);
    memcpy(new->name, path, len);
    new->cut_after = -1;
    new->capacity = -1;
    new->next = disk->machines;
    disk->machines = new;
    return new;
}

static struct disk_file *file_find(struct disk *disk, const char *path)
{
    struct disk_file *file = disk->files;
    while (file != NULL && strcmp(file->path, path) != 0) file = file->next;
    return file;
}

static struct disk_file *file_make(struct disk *disk, const char *path)
{
    struct disk_file *file = calloc(1, sizeof *file);
    assert(file != NULL);
    file->is_there = true;
    if (path == NULL) return file;
    assert(strlen(path) < sizeof file->path);
    memcpy(file->path, path, strlen(path));
    file->machine = machine_of(disk, path);
    file->next = disk->files;
    disk->files = file;
    return file;
}

/* Takes it out of the folder; freed with its last handle. */
static void file_drop(struct disk *disk, struct disk_file *file)
{
    struct disk_file **link = &disk->files;
    while (*link != file) link = &(*link)->next;
    *link = file->next;
    file->is_gone = true;
    if (file->refs == 0) file_free(file);
}

/* Names are now as a crash would leave them. */
static void folder_settle(struct disk *disk, const struct disk_machine *machine)
{
    for (struct disk_file *file = disk->files, *next; file != NULL; file = next) {
        next = file->next;
        if (file->machine != machine) continue;
        file->was_there = file->is_there;
        if (!file->is_there) file_drop(disk, file);
    }
}

void disk_files_free(struct disk *disk)
{
    for (struct disk_file *file = disk->files, *next; file != NULL; file = next) {
        next = file->next;
        assert(file->refs == 0);
        file_free(file);
    }
    for (struct disk_machine *m = disk->machines, *next; m != NULL; m = next) {
        next = m->next;
        free(m);
    }
}

/* ---------------------------------------------------------------------------------------------------- faults */

static bool fault_now(struct disk_machine *machine, enum disk_op op)
{
    struct disk_fault *fault = &machine->faults[op];
    if (fault->times == 0) return false;
    if (fault->after > 0) {
        fault->after--;
        return false;
    }
    if (fault->times > 0) fault->times--;
    machine->failures[op]++;
    return true;
}

/* Counts a step that changes the disk, and switches off at the chosen one. */
static int step(struct disk_machine *machine)
{
    if (machine == NULL) return 0;
    if (machine->is_off) return EIO;
    if (machine->cut_after == 0) {
        machine->is_off = true;
        return EIO;
    }
    if (machine->cut_after > 0) machine->cut_after--;
    machine->steps++;
    return 0;
}

static int64_t used(const struct disk *disk, const struct disk_machine *machine)
{
    int64_t bytes = 0;
    for (const struct disk_file *file = disk->files; file != NULL; file = file->next)
        if (file->machine == machine && file->is_there) bytes += (int64_t)file->now.len;
    return bytes;
}

/* How much of a write fits. */
static size_t fitting(const struct disk *disk, const struct disk_file *file, size_t len, size_t offset)
{
    if (file->machine == NULL || file->machine->capacity < 0 || offset + len <= file->now.len) return len;
    int64_t left = file->machine->capacity - used(disk, file->machine);
    size_t  end = file->now.len + (left > 0 ? (size_t)left : 0); /* the file may reach to here */
    if (offset + len <= end) return len;
    return end > offset ? end - offset : 0;
}

/* ---------------------------------------------------------------------------------------------------- the seam */

int disk_file_state(const struct disk_file *file)
{
    return file->is_gone || (file->machine != NULL && file->machine->is_off) ? EIO : 0;
}

int disk_file_open(struct disk *disk, const char *path, bool may_create, struct disk_file **file)
{
    struct disk_file *found = path == NULL ? NULL : file_find(disk, path);
    if (path != NULL && machine_of(disk, path)->is_off) return EIO;
    if (found == NULL || !found->is_there) {
        if (!may_create) return ENOENT;
        if (found != NULL) file_drop(disk, found);
        found = file_make(disk, path);
    }
    found->refs++;
    *file = found;
    return 0;
}

void disk_file_close(struct disk *disk, struct disk_file *file)
{
    (void)disk;
    if (--file->refs == 0 && (file->is_gone || file->machine == NULL)) file_free(file);
}

int disk_file_read(struct disk_file *file, void *bytes, size_t len, size_t offset, size_t *got)
{
    if (disk_file_state(file) != 0) return EIO;
    if (file->machine != NULL && fault_now(file->machine, DISK_READ)) return EIO;
    *got = offset >= file->now.len ? 0 : file->now.len - offset < len ? file->now.len - offset : len;
    if (*got > 0) memcpy(bytes, file->now.bytes + offset, *got);
    return 0;
}

int disk_file_write(struct disk *disk, struct disk_file *file, const void *bytes, size_t len, size_t offset)
{
    if (disk_file_state(file) != 0 || step(file->machine) != 0) return EIO;
    bool   is_failing = file->machine != NULL && fault_now(file->machine, DISK_WRITE);
    size_t part = fitting(disk, file, is_failing ? len / 2 : len, offset);
    if (part > 0) {
        struct disk_change change = {.offset = offset, .len = part, .bytes = malloc(part)};
        assert(change.bytes != NULL);
        memcpy(change.bytes, bytes, part);
        change_add(file, change);
        image_write(&file->now, offset, change.bytes, part);
    }
    if (is_failing) return EIO;
    if (part == len) return 0;
    file->machine->fulls++; /* only a machine's disk has an end */
    return ENOSPC;
}

int disk_file_cut(struct disk_file *file, size_t len)
{
    if (disk_file_state(file) != 0 || step(file->machine) != 0) return EIO;
    change_add(file, (struct disk_change){.is_cut = true, .offset = len});
    image_resize(&file->now, len);
    return 0;
}

/* Half of the pages are lost, and nothing remembers that they were dirty. */
static void sync_lose(struct disk *disk, struct disk_file *file)
{
    size_t kept = 0;
    for (size_t i = 0; i < file->count; i++) {
        if (file->changes[i].is_cut || dice_next(&disk->dice) % 2 == 0)
            file->changes[kept++] = file->changes[i];
        else
            free(file->changes[i].bytes);
    }
    file->count = kept;
}

int disk_file_sync(struct disk *disk, struct disk_file *file, bool with_folder)
{
    if (disk_file_state(file) != 0 || step(file->machine) != 0) return EIO;
    if (file->machine != NULL && fault_now(file->machine, DISK_SYNC)) {
        sync_lose(disk, file);
        return EIO;
    }
    for (size_t i = 0; i < file->count; i++) image_change(&file->synced, &file->changes[i]);
    changes_free(file);
    if (with_folder && file->machine != NULL) folder_settle(disk, file->machine);
    return 0;
}

int disk_file_remove(struct disk *disk, const char *path, bool with_folder)
{
    struct disk_machine *machine = machine_of(disk, path);
    struct disk_file    *file = file_find(disk, path);
    if (machine->is_off) return EIO;
    if (file == NULL || !file->is_there) return ENOENT;
    assert(file->refs == 0); /* SQLite closes before it removes */
    if (step(machine) != 0) return EIO;
    file->is_there = false;
    if (with_folder) folder_settle(disk, machine);
    return 0;
}

int disk_file_is_there(struct disk *disk, const char *path, bool *is_there)
{
    if (machine_of(disk, path)->is_off) return EIO;
    *is_there = disk_has(disk, path);
    return 0;
}

/* ---------------------------------------------------------------------------------------------------- power */

/* Brings the synced image to what of the changes survived. */
static void survive(struct disk_file *file, uint64_t *dice)
{
    enum { NONE, ALL, FIRST, ANY, WAYS };
    uint64_t    way = dice_next(dice) % WAYS;
    size_t      first = way == FIRST && file->count > 0 ? dice_next(dice) % file->count : file->count;
    struct buf *image = &file->synced;
    if (way == NONE) return;
    for (size_t i = 0; i < file->count; i++) {
        const struct disk_change *change = &file->changes[i];
        if (way == ALL || i < first) {
            if (way == ANY && dice_next(dice) % 2 == 0) continue;
            if (way == ANY && dice_next(dice) % 4 == 0)
                image_change_torn(image, change, dice);
            else
                image_change(image, change);
        } else if (i == first) {
            image_change_torn(image, change, dice);
        }
    }
}

static void file_crash(struct disk *disk, struct disk_file *file, uint64_t *dice)
{
    bool is_there = file->is_there == file->was_there ? file->is_there : dice_next(dice) % 2 == 0;
    if (is_there) {
        struct disk_file *new = file_make(disk, file->path); /* before the old one in the list */
        survive(file, dice);
        new->synced = file->synced; /* handed on: large files crash often */
        new->now = file->now;
        image_copy(&new->now, &new->synced);
        file->synced = file->now = (struct buf){0};
        new->was_there = true;
    }
    file_drop(disk, file);
}

void disk_crash(struct disk *disk, const char *machine, uint64_t *dice)
{
    struct disk_machine *m = machine_of(disk, machine);
    for (struct disk_file *file = disk->files, *next; file != NULL; file = next) {
        next = file->next;
        if (file->machine == m) file_crash(disk, file, dice);
    }
    m->is_off = false;
    m->cut_after = -1;
}

void disk_cut_after(struct disk *disk, const char *machine, int64_t steps)
{
    machine_of(disk, machine)->cut_after = steps;
}

bool disk_is_off(struct disk *disk, const char *machine)
{
    return machine_of(disk, machine)->is_off;
}

int64_t disk_steps(struct disk *disk, const char *machine)
{
    return machine_of(disk, machine)->steps;
}

void disk_room(struct disk *disk, const char *machine, int64_t bytes)
{
    struct disk_machine *m = machine_of(disk, machine);
    m->capacity = bytes < 0 ? -1 : used(disk, m) + bytes;
}

void disk_fail(struct disk *disk, const char *machine, enum disk_op op, int64_t after, int64_t times)
{
    machine_of(disk, machine)->faults[op] = (struct disk_fault){after, times};
}

int64_t disk_fulls(struct disk *disk, const char *machine)
{
    return machine_of(disk, machine)->fulls;
}

int64_t disk_failures(struct disk *disk, const char *machine, enum disk_op op)
{
    return machine_of(disk, machine)->failures[op];
}

void disk_heal(struct disk *disk, const char *machine)
{
    struct disk_machine *m = machine_of(disk, machine);
    m->capacity = m->cut_after = -1;
    memset(m->faults, 0, sizeof m->faults);
}

/* ---------------------------------------------------------------------------------------------------- copies */

/* The rest of path behind folder ("" for the file itself), NULL where it lies elsewhere. */
static const char *below(const char *path, const char *folder)
{
    size_t len = strlen(folder);
    if (strncmp(path, folder, len) != 0 || (path[len] != '/' && path[len] != 0)) return NULL;
    return path + len;
}

void disk_remove(struct disk *disk, const char *path)
{
    for (struct disk_file *file = disk->files, *next; file != NULL; file = next) {
        next = file->next;
        if (below(file->path, path) == NULL) continue;
        assert(file->refs == 0);
        file_drop(disk, file);
    }
}

int disk_copy(struct disk *disk, const char *from, const char *to)
{
    int count = 0;
    assert(below(from, to) == NULL && below(to, from) == NULL);
    disk_remove(disk, to);
    /* New files go to the front of the list, so that the walk doesn't meet them. */
    for (struct disk_file *file = disk->files; file != NULL; file = file->next) {
        const char *rest = below(file->path, from);
        if (rest == NULL || !file->is_there) continue;
        struct buf path = {0};
        buf_fmt(&path, "%s%s", to, rest);
        struct disk_file *copy = file_make(disk, buf_text(&path));
        buf_free(&path);
        image_copy(&copy->now, &file->now);
        image_copy(&copy->synced, &file->now);
        copy->was_there = true;
        count++;
    }
    return count;
}

bool disk_has(struct disk *disk, const char *path)
{
    const struct disk_file *file = file_find(disk, path);
    return file != NULL && file->is_there;
}

size_t disk_size(struct disk *disk, const char *path)
{
    const struct disk_file *file = file_find(disk, path);
    return file != NULL && file->is_there ? file->now.len : 0;
}

/* FNV-1a. */
uint64_t disk_sum(struct disk *disk, const char *path)
{
    const struct disk_file *file = file_find(disk, path);
    uint64_t                sum = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < disk_size(disk, path); i++)
        sum = (sum ^ (unsigned char)file->now.bytes[i]) * UINT64_C(1099511628211);
    return sum;
}

void disk_damage(struct disk *disk, const char *path, size_t offset, size_t len, uint64_t *dice)
{
    struct disk_file *file = file_find(disk, path);
    assert(file != NULL && file->is_there && offset + len <= file->now.len);
    for (size_t i = offset; i < offset + len; i++) {
        char rot = (char)dice_next(dice);
        image_write(&file->now, i, &rot, 1);
        image_write(&file->synced, i, &rot, 1);
    }
}
