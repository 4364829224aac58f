/* export.h - which tables are exported, with which columns: server/care/export.c. */
#ifndef SERVER_CARE_EXPORT_H
#define SERVER_CARE_EXPORT_H

struct export_table {
    const char *name; /* of the table and its file; NULL ends the list */
    const char *sql;
};

extern const struct export_table EXPORT_TABLES[];
extern const char *const         EXPORT_SECRET[]; /* tables that are left out, ended by NULL */

#endif
