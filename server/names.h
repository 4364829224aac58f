/* names.h - by which names and addresses this machine is reached. */
#ifndef SERVER_NAMES_H
#define SERVER_NAMES_H

enum { NAMES_MAX = 32, NAME_ROOM = 256 };

struct names {
    int         count;
    const char *list[NAMES_MAX + 1]; /* ended by NULL, for ca_open() */
    char        text[NAMES_MAX][NAME_ROOM];
    char        host[NAME_ROOM]; /* the address that others are told */
};

/* address: where the server listens, 0.0.0.0 = everywhere: then others are told the first address that isn't the
 * machine's own loop. */
void names_find(const char *address, struct names *names);

#endif
