/* backup.h - what backup and restore share: parts of a data directory copied, and whether a backup can be believed. */
#ifndef SERVER_CARE_BACKUP_H
#define SERVER_CARE_BACKUP_H

#include "server/care/check.h"

/* One database of a folder into another folder, as of one moment, for its owner alone. */
bool db_copy(const char *from, const char *to, const char *name, const char *vfs, struct err *err) MUST_CHECK;

/* The CA: without its key every kiosk would have to be enrolled again. A server without TLS has none. */
bool ca_copy(const char *from, const char *to, struct err *err) MUST_CHECK;

/* Checks the databases in the folder. False where they are no backup, or their files are damaged; *result has the lines
 * that are bad, which is no reason to refuse: they were so in the data. */
bool backup_check(const char *folder, struct check_result *result, struct err *err) MUST_CHECK;

#endif
