/* failing_sync.c - a disk whose syncs fail, for LD_PRELOAD: tests/tour/syncs.py.
 *
 * In: FAILING_SYNC, a folder. While it holds a file of the same name as the one that is synced, the sync fails with EIO.
 * Out: FOLDER/log, a line each: "began <pid>" where a program begins (anew, too), "failed <name>" where a sync does. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void note(const char *what, const char *of)
{
    char        path[PATH_MAX], line[PATH_MAX];
    const char *folder = getenv("FAILING_SYNC");
    if (folder == NULL) return;
    snprintf(path, sizeof path, "%s/log", folder);
    int len = snprintf(line, sizeof line, "%s %s\n", what, of);
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0 || write(fd, line, (size_t)len) != len) abort();
    close(fd);
}

__attribute__((constructor)) static void begin(void)
{
    char pid[24];
    snprintf(pid, sizeof pid, "%d", (int)getpid());
    note("began", pid);
}

static int fails(int fd)
{
    char        link[64], path[PATH_MAX], at[2 * PATH_MAX];
    const char *folder = getenv("FAILING_SYNC");
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t len = readlink(link, path, sizeof path - 1);
    if (folder == NULL || len < 0) return 0;
    path[len] = '\0';
    const char *name = strrchr(path, '/') == NULL ? path : strrchr(path, '/') + 1;
    snprintf(at, sizeof at, "%s/%s", folder, name);
    if (access(at, F_OK) != 0) return 0;
    note("failed", name);
    errno = EIO;
    return 1;
}

static int sync_or_fail(int fd, const char *name)
{
    int (*real)(int);
    void *found = dlsym(RTLD_NEXT, name);
    memcpy(&real, &found, sizeof real); /* ISO C has no cast for it */
    return fails(fd) ? -1 : real(fd);
}

int fsync(int fd)
{
    return sync_or_fail(fd, "fsync");
}

int fdatasync(int fd)
{
    return sync_or_fail(fd, "fdatasync");
}
