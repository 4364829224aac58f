/* names.c - by which names and addresses this machine is reached: names.h. */
#include "server/names.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void name_add(struct names *names, const char *name)
{
    for (int i = 0; i < names->count; i++)
        if (strcmp(names->text[i], name) == 0) return;
    if (names->count == NAMES_MAX || name[0] == 0 || strlen(name) >= NAME_ROOM) return;
    snprintf(names->text[names->count], NAME_ROOM, "%s", name);
    names->list[names->count] = names->text[names->count];
    names->count++;
}

/* A host name that can stand in a certificate; others are reached by address. */
static void host_name_add(struct names *names)
{
    char name[NAME_ROOM] = "";
    if (gethostname(name, sizeof name - 1) != 0) return;
    if (name[strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_")] == 0)
        name_add(names, name);
}

static void addresses_add(struct names *names)
{
    struct ifaddrs *all = NULL;
    if (getifaddrs(&all) != 0) return;
    for (const struct ifaddrs *at = all; at != NULL; at = at->ifa_next) {
        char text[INET_ADDRSTRLEN];
        if (at->ifa_addr == NULL || at->ifa_addr->sa_family != AF_INET) continue;
        struct sockaddr_in address;
        memcpy(&address, at->ifa_addr, sizeof address);
        if (inet_ntop(AF_INET, &address.sin_addr, text, sizeof text) == NULL) continue;
        name_add(names, text);
        bool is_loop = (at->ifa_flags & IFF_LOOPBACK) != 0;
        if (!is_loop && names->host[0] == 0) snprintf(names->host, NAME_ROOM, "%s", text);
    }
    freeifaddrs(all);
}

void names_find(const char *address, struct names *names)
{
    memset(names, 0, sizeof *names);
    if (strcmp(address, "0.0.0.0") != 0) {
        name_add(names, address);
        snprintf(names->host, NAME_ROOM, "%s", address);
    }
    name_add(names, "127.0.0.1");
    name_add(names, "localhost");
    addresses_add(names);
    host_name_add(names);
    if (names->host[0] == 0) snprintf(names->host, NAME_ROOM, "127.0.0.1");
}
