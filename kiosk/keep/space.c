/* space.c - how much room the kiosk's disk has left: kiosk/keep/space.h. */
#include "kiosk/keep/space.h"

#include <sys/statvfs.h>

int64_t space_free(const char *path)
{
    struct statvfs told;
    if (statvfs(path, &told) != 0) return -1;
    return (int64_t)(told.f_bavail * told.f_frsize);
}
