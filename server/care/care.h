/* care.h - commands that look after a data directory: check, rebuild, proof, export, backup, restore.
 *
 * server/main.c has a row for each. They print plain lines to `out`, one fact a line; check, compare and proof one JSON object
 * instead where care->is_json; what went wrong comes back as *err, made words by the caller. check, export and backup only read, also
 * while a server runs; rebuild and restore take the directory's lock. */
#ifndef SERVER_CARE_CARE_H
#define SERVER_CARE_CARE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "core/err.h"
#include "core/text.h"

struct care {
    const char *data; /* the data directory */
    const char *vfs;  /* NULL: the system's files */
    FILE       *out;
    enum lang   lang; /* of the sentences in plain lines */
    bool        is_json;
    int64_t     now_ms;
    int32_t     offset_min; /* of factory time, for names of folders and times that are shown */
};

/* Databases, every chain of events, the audit, and what the books say of each event. True: nothing is damaged; gaps and
 * forks are named, and no damage. False with ERR_DAMAGED and the first bad line: all findings were printed. */
bool care_check(const struct care *care, struct err *err) MUST_CHECK;

/* Empties the derived tables of the books and fills them again from the inbox. */
bool care_rebuild(const struct care *care, struct err *err) MUST_CHECK;

/* Builds them anew beside the books and compares row by row. False with ERR_DAMAGED where a row differs. */
bool care_compare(const struct care *care, struct err *err) MUST_CHECK;

/* Do the sums of pay periods agree: of all, or of the one that ends on this day (2026-03-31)? False with ERR_DAMAGED
 * where they don't. */
bool care_proof(const struct care *care, const char *period, struct err *err) MUST_CHECK;

/* Writes events.csv and a <table>.csv for each table into a folder that is empty or not there yet. Columns that are
 * keys, passwords, tokens or salts are left out. */
bool care_export(const struct care *care, const char *folder, struct err *err) MUST_CHECK;

/* Copies books, inbox and the CA into a new folder in `into` (NULL: DATA/backup), named by the time; checks the copy;
 * only then has it its name. */
bool care_backup(const struct care *care, const char *into, struct err *err) MUST_CHECK;

/* Makes the data directory from a folder that care_backup() made, and opens a new server epoch, so that kiosks send what
 * came after it again. A directory that isn't empty is refused; is_forced: it is moved aside, and its events are carried on. */
bool care_restore(const struct care *care, const char *from, bool is_forced, struct err *err) MUST_CHECK;

/* Makes a sound data directory of a damaged one, which is moved aside: what is whole is kept; an inbox that isn't is made anew
 * of what can be read of it and of the books, and of the backup `from` (NULL: there is none); books that aren't are the
 * backup's. Opens a new server epoch. ERR_CONFLICT where nothing is damaged. */
bool care_salvage(const struct care *care, const char *from, struct err *err) MUST_CHECK;

/* Books that know more than the inbox were put together from two lives of the server: bad for check, refused by restore
 * (and by the server at each start). */
bool care_place(int64_t applied_to, int64_t inbox_end, struct err *err) MUST_CHECK;

#endif
