/* lock.c - one program at a time works on a data directory: core/lock.h. */
#include "core/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { PATH_ROOM = 4096, NUMBER_ROOM = 24 };

static bool fail(const char *path, struct err *err)
{
    const char *why = strerrordesc_np(errno);
    if (errno == ENOSPC || errno == EDQUOT) return err_set(err, ERR_FULL, say_text(SAY("db.full"), path));
    return err_set(err, errno == ENOENT ? ERR_ABSENT : ERR_IO,
                   say_text(say_text(SAY("lock.file"), path), why == NULL ? "" : why));
}

/* Who has it wrote his process number into it. */
static bool refuse(int file, const char *dir, struct err *err)
{
    char    holder[NUMBER_ROOM] = "";
    ssize_t got = pread(file, holder, sizeof holder - 1, 0);
    holder[got < 0 ? 0 : strcspn(holder, "\n")] = 0;
    return err_set(err, ERR_BUSY, say_text(say_text(SAY("lock.held"), dir), holder));
}

bool lock_take(const char *dir, int *lock, struct err *err)
{
    char path[PATH_ROOM], holder[NUMBER_ROOM];
    if (snprintf(path, sizeof path, "%s/lock", dir) >= (int)sizeof path) {
        errno = ENAMETOOLONG;
        return fail(dir, err);
    }
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return fail(path, err);
    if (flock(file, LOCK_EX | LOCK_NB) != 0) {
        bool is_held = errno == EWOULDBLOCK;
        if (is_held)
            refuse(file, dir, err);
        else
            fail(path, err);
        close(file);
        return false;
    }
    /* Only a hint for whoever is refused: without it the lock holds all the same. */
    int len = snprintf(holder, sizeof holder, "%d\n", (int)getpid());
    if (ftruncate(file, 0) != 0 || pwrite(file, holder, (size_t)len, 0) != len) errno = 0;
    *lock = file;
    return true;
}

void lock_free(int lock)
{
    if (lock >= 0) close(lock);
}
