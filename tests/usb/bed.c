/* bed.c - the emulated devices on a line: tests/usb/bed.h. */
#include "tests/usb/bed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/usb/devices.h"
#include "tests/usb/pen.h"

enum { SOCKETS = 8 };

static const struct kind {
    const char               *name;
    const struct usb_profile *profile;
    struct pen                pen;
} KINDS[] = {
    {"keyboard",  &KEYBOARD,  {.kind = PEN_KEYS}                                          },
    {"french",    &KEYBOARD,  {.kind = PEN_KEYS, .country = PEN_FRENCH}                   },
    {"neighbour", &NEIGHBOUR, {.kind = PEN_KEYS}                                          },
    {"honeywell", &HONEYWELL, {.kind = PEN_POS, .aim_at = 2, .data_at = 5}                },
    {"composite", &COMPOSITE, {.kind = PEN_POS, .interface = 1, .aim_at = 2, .data_at = 5}},
    {"serial",    &SERIAL,    {.kind = PEN_SERIAL, .interface = 1}                        },
    {"snapi",     &SNAPI,     {.kind = PEN_POS, .data_at = 2}                             },
};

static struct {
    struct usb        *usb; /* NULL: nothing is plugged in */
    const struct kind *kind;
} sockets[SOCKETS];

static const char *plug(int socket, const char *name)
{
    for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++) {
        if (strcmp(KINDS[i].name, name) != 0) continue;
        sockets[socket].kind = &KINDS[i];
        sockets[socket].usb = usb_plug(KINDS[i].profile, socket);
        return "ok";
    }
    return "no such device";
}

static const char *type(int socket, const char *text, bool is_whole)
{
    char line[256];
    snprintf(line, sizeof line, is_whole ? "%s\n" : "%s", text);
    if (is_whole || sockets[socket].kind->pen.kind != PEN_POS)
        pen_text(&sockets[socket].kind->pen, sockets[socket].usb, line);
    else
        pen_part(&sockets[socket].kind->pen, sockets[socket].usb, line, strlen(line), "]C0", true);
    return "ok";
}

static const char *taken(int socket)
{
    unsigned all = (1U << sockets[socket].kind->profile->interface_count) - 1;
    return usb_claimed(sockets[socket].usb) == all ? "whole" : usb_opened(sockets[socket].usb) == 0 ? "not" : "partly";
}

static const char *command(char *line)
{
    char *word = strtok(line, " "), *number = strtok(NULL, " "), *rest = strtok(NULL, "");
    int   socket = number == NULL ? 0 : (int)strtol(number, NULL, 10);
    if (word == NULL || socket < 1 || socket >= SOCKETS) return "no such socket";
    if (strcmp(word, "plug") == 0 && rest != NULL && sockets[socket].usb == NULL) return plug(socket, rest);
    if (sockets[socket].usb == NULL) return "nothing is plugged in there";
    if (strcmp(word, "taken") == 0) return taken(socket);
    if (strcmp(word, "type") == 0 && rest != NULL) return type(socket, rest, true);
    if (strcmp(word, "half") == 0 && rest != NULL) return type(socket, rest, false);
    if (strcmp(word, "unplug") != 0) return "no such command";
    usb_unplug(sockets[socket].usb, true);
    sockets[socket].usb = NULL;
    return "ok";
}

void bed_run(void)
{
    char line[512];
    printf("%s\n", getenv("UMOCKDEV_DIR"));
    fflush(stdout);
    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        puts(command(line));
        fflush(stdout);
    }
}
