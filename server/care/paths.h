/* paths.h - files of a data directory, and the few things that are done with whole files. */
#ifndef SERVER_CARE_PATHS_H
#define SERVER_CARE_PATHS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"

enum { PATH_ROOM = 4096 };

#define BOOKS_FILE "books.db"
#define INBOX_FILE "inbox.db"
#define FILES_FOLDER "files" /* what people sent, each under its hash: show/upload.c */

/* DIR/NAME; false where that is too long for any file. */
bool path_join(char path[PATH_ROOM], const char *dir, const char *name, struct err *err) MUST_CHECK;

bool path_is_there(const char *path);

/* A new directory for its owner alone, and those above it where they are missing. One that is there is ERR_CONFLICT,
 * unless it may be, and is empty but for a lock. */
bool dir_make(const char *path, bool may_be_there, struct err *err) MUST_CHECK;
bool dir_is_empty(const char *path, bool *is_empty, struct err *err) MUST_CHECK;

/* On the disk: names that were made or changed in it. */
bool dir_sync(const char *path, struct err *err) MUST_CHECK;

/* Gives a directory with the plain files in it and in its FILES_FOLDER to the owner of another one: what root restores is the
 * server's, which runs as its own user. Whoever isn't root owns both. */
bool dir_give(const char *path, const char *like, struct err *err) MUST_CHECK;

/* Removes a directory with the plain files in it and in its FILES_FOLDER, as far as it goes. */
void dir_remove(const char *path);

/* A new file for its owner alone with the same bytes, on the disk when it returns true. *is_absent where there is no
 * such file, which is no error then; NULL: it is one. */
bool file_copy(const char *from, const char *to, bool *is_absent, struct err *err) MUST_CHECK;

/* Copies the plain files of a folder into a new one; one that isn't there has none. */
bool folder_copy(const char *from, const char *to, struct err *err) MUST_CHECK;

/* Fills *err with the system's own words about a file. */
bool file_fail(const char *path, int number, struct err *err);

/* 20261124-081005: a time as the name of a folder. */
enum { STAMP_TEXT = 16 };
void stamp_write(int64_t utc_ms, int32_t offset_min, char text[STAMP_TEXT]);

#endif
