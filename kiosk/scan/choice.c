/* choice.c - which scanners this kiosk listens to: kiosk/scan/choice.h. */
#include "kiosk/scan/choice.h"

#include <stdio.h>
#include <string.h>

enum { LAYOUT_MOST = LAYOUTS - 1, INTERFACE_MOST = 255 };

int choices_find(const struct choices *choices, const struct device_id *id)
{
    for (int i = 0; i < choices->count; i++) {
        const struct device_id *chosen = &choices->list[i].id;
        if (chosen->vendor != id->vendor || chosen->product != id->product) continue;
        if (strcmp(chosen->serial, id->serial) != 0) continue;
        if (id->serial[0] != '\0' || strcmp(chosen->port, id->port) == 0) return i;
    }
    return -1;
}

void choices_drop(struct choices *choices, int at)
{
    choices->count--;
    memmove(&choices->list[at], &choices->list[at + 1], (size_t)(choices->count - at) * sizeof choices->list[0]);
}

void choices_put(struct choices *choices, const struct choice *choice)
{
    int at = choices_find(choices, &choice->id);
    if (at < 0 && choices->count == CHOICES_MAX) choices_drop(choices, 0);
    if (at < 0) at = choices->count++;
    choices->list[at] = *choice;
}

/* 0c2e 0b61 1-5.2 0 1 0 S123: maker, product, socket, interface, mode, layout, and what is left is the serial number. */
void choices_write(const struct choices *choices, char text[CHOICES_TEXT_MAX])
{
    size_t len = 0;
    text[0] = '\0';
    for (int i = 0; i < choices->count; i++) {
        const struct choice *choice = &choices->list[i];
        len += (size_t)snprintf(text + len, CHOICES_TEXT_MAX - len, "%04x %04x %s %d %d %d %s\n", choice->id.vendor,
                                choice->id.product, choice->id.port, choice->interface, (int)choice->mode,
                                (int)choice->layout, choice->id.serial);
    }
}

static bool line_read(const char *line, struct choice *choice)
{
    unsigned vendor, product, interface, mode, layout;
    int      used = 0;
    char     port[DEVICE_PORT_MAX];
    /* NOLINTNEXTLINE(cert-err34-c): widths bound the numbers */
    int count = sscanf(line, "%4x %4x %23s %3u %1u %1u%n", &vendor, &product, port, &interface, &mode, &layout, &used);
    if (count < 6 || (line[used] != ' ' && line[used] != '\0') || mode > SCAN_MODE_SERIAL || layout > LAYOUT_MOST ||
        interface > INTERFACE_MOST)
        return false;
    memset(choice, 0, sizeof *choice);
    choice->id.vendor = (uint16_t)vendor;
    choice->id.product = (uint16_t)product;
    choice->interface = (int)interface;
    choice->mode = (enum scan_mode)mode;
    choice->layout = (enum hid_layout)layout;
    snprintf(choice->id.port, sizeof choice->id.port, "%s", port);
    snprintf(choice->id.serial, sizeof choice->id.serial, "%s",
             line + used + (line[used] == ' ')); /* further blanks in front are its own */
    return true;
}

void choices_read(const char *text, struct choices *choices)
{
    memset(choices, 0, sizeof *choices);
    while (*text != '\0') {
        size_t        len = strcspn(text, "\n");
        char          line[CHOICES_TEXT_MAX / CHOICES_MAX];
        struct choice choice;
        snprintf(line, sizeof line, "%.*s", (int)len, text);
        if (line_read(line, &choice)) choices_put(choices, &choice);
        text += text[len] == '\n' ? len + 1 : len;
    }
}
