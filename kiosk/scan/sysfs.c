/* sysfs.c - what the kernel tells of a USB device: kiosk/scan/sysfs.h. */
#include "kiosk/scan/sysfs.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/utf8.h"

#define DEVICES "/sys/bus/usb/devices/"

enum { PATH_BYTES = 512 };

/* Files of sysfs come whole in one read. */
static size_t file_read(const char *path, void *bytes, size_t cap)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return 0;
    ssize_t len = read(fd, bytes, cap);
    close(fd);
    return len > 0 ? (size_t)len : 0;
}

void sysfs_text(const char *port, const char *attribute, char *text, size_t cap)
{
    char   path[PATH_BYTES], raw[256];
    size_t used = 0, step;
    snprintf(path, sizeof path, DEVICES "%s/%s", port, attribute);
    size_t len = file_read(path, raw, sizeof raw);
    for (size_t i = 0; i < len && raw[i] != '\n'; i += step) {
        step = utf8_len(raw + i, len - i);
        bool is_shown = step > 1 || (step == 1 && raw[i] >= ' ' && raw[i] != 0x7F);
        if (is_shown && used + step < cap) {
            memcpy(text + used, raw + i, step);
            used += step;
        }
        if (step == 0) step = 1;
    }
    while (used > 0 && text[used - 1] == ' ') used--;
    text[used] = '\0';
}

/* The HID device is a folder within the interface's, named 0003:VVVV:PPPP.NNNN. */
size_t sysfs_descriptor(const char *port, int configuration, int interface, uint8_t *bytes, size_t cap)
{
    char           path[PATH_BYTES], file[PATH_BYTES];
    size_t         len = 0;
    struct dirent *entry;
    snprintf(path, sizeof path, DEVICES "%s:%d.%d", port, configuration, interface);
    DIR *folder = opendir(path);
    if (folder == NULL) return 0;
    while (len == 0 && (entry = readdir(folder)) != NULL) {
        if (strncmp(entry->d_name, "0003:", 5) != 0) continue;
        int path_len = snprintf(file, sizeof file, "%s/%s/report_descriptor", path, entry->d_name);
        if (path_len < (int)sizeof file) len = file_read(file, bytes, cap);
    }
    closedir(folder);
    return len;
}
