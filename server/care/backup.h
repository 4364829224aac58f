/* backup.h - can a backup, or what was made of one, be believed? */
#ifndef SERVER_CARE_BACKUP_H
#define SERVER_CARE_BACKUP_H

#include "server/care/check.h"

/* Checks the databases in the folder. False where they are no backup, or their files are damaged; *result has the lines
 * that are bad, which is no reason to refuse: they were so in the data. */
bool backup_check(const char *folder, struct check_result *result, struct err *err) MUST_CHECK;

#endif
