/* folder.h - a folder of its own for a test, gone afterwards. */
#ifndef TESTS_UNIT_FOLDER_H
#define TESTS_UNIT_FOLDER_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

static char folder[64];

static inline const char *folder_path(const char *name)
{
    static char path[4][128];
    static int  turn;
    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

static inline int folder_remove_one(const char *path, const struct stat *stat, int kind, struct FTW *ftw)
{
    (void)stat, (void)kind, (void)ftw;
    return remove(path);
}

/* 0: made, as cmocka wants it. */
static inline int folder_make(void)
{
    snprintf(folder, sizeof folder, "/tmp/unit_test.XXXXXX");
    return mkdtemp(folder) == NULL;
}

static inline int folder_end(void)
{
    return nftw(folder, folder_remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

#endif
