/* carrier_test.c - where a stick is mounted, by the list of what is.
 * links: kiosk_top kiosk_keep core */
#include "kiosk/carrier.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/rows.h"

/* What cannot be a stick here, whatever this machine has mounted. */
static void none_is_told(void **state)
{
    (void)state;
    static const char *const MOUNTS[] = {
        "",
        "/dev/sda1 / ext4 rw 0 0\n",
        "proc /proc proc rw 0 0\n/dev/sda2 /media ext4 rw 0 0\n",
        "/dev/sdb1 /media/no\\040such\\040stick vfat rw 0 0\n",
        "/dev/sdb1\n\n \n",
        "/dev/sdb1 /srv/media/usb vfat rw 0 0\n",
    };
    char folder[64] = "/tmp/carrier_test.XXXXXX", path[96], found[512];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/mounts", folder);
    for (size_t i = 0; i < sizeof MOUNTS / sizeof MOUNTS[0]; i++) {
        struct err err;
        FILE      *file = fopen(path, "w");
        assert_non_null(file);
        fputs(MOUNTS[i], file);
        fclose(file);
        assert_false(carrier_folder(path, found, sizeof found, &err));
        assert_int_equal(err.kind, ERR_ABSENT);
        assert_string_equal(err.say.id, "carry.no_stick");
    }
    unlink(path);
    struct err err;
    assert_false(carrier_folder(path, found, sizeof found, &err));
    rmdir(folder);
}

/* A place below /mnt that can be written, with a blank in its name; where this machine allows making one. */
static void one_is_found(void **state)
{
    (void)state;
    char folder[64] = "/mnt/carrier test.XXXXXX", escaped[128], path[96] = "/tmp/carrier_test_mounts.XXXXXX",
         found[512];
    struct err err;
    if (mkdtemp(folder) == NULL) skip();
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    FILE *file = fdopen(fd, "w");
    assert_non_null(file);
    snprintf(escaped, sizeof escaped, "/mnt/carrier\\040test%s", strrchr(folder, '.'));
    fprintf(file, "/dev/sda1 / ext4 rw 0 0\n/dev/sdc1 /media/other/no-such vfat rw 0 0\n/dev/sdb1 %s vfat rw 0 0\n",
            escaped);
    fclose(file);
    assert_true(carrier_folder(path, found, sizeof found, &err));
    assert_string_equal(found, folder);
    assert_false(carrier_folder(path, found, 8, &err)); /* no room for its name */
    unlink(path);
    rmdir(folder);
}

int main(int argc, char **argv)
{
    static struct rows tests;
    rows_add(&tests, "none is told", none_is_told, NULL);
    rows_add(&tests, "one is found", one_is_found, NULL);
    return rows_run(&tests, argc, argv);
}
