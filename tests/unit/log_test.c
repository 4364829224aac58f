/* log_test.c - lines of the log as systemd reads them: what goes in, what stands on stderr.
 * links: core */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/log.h"
#include "tests/unit/rows.h"

/* stderr goes to a file while a test logs. */
static FILE *file;
static int   real_stderr;

static int listen(void **state)
{
    (void)state;
    file = tmpfile();
    real_stderr = dup(STDERR_FILENO);
    return file == NULL || real_stderr < 0 || dup2(fileno(file), STDERR_FILENO) < 0;
}

static int listen_end(void **state)
{
    (void)state;
    log_quiet(LOG_INFO);
    dup2(real_stderr, STDERR_FILENO);
    close(real_stderr);
    return fclose(file);
}

static const char *heard(void)
{
    static char text[4096];
    size_t      len = (rewind(file), fread(text, 1, sizeof text - 1, file));
    text[len] = 0;
    return text;
}

static void one_clean_line(void **state)
{
    (void)state;
    log_line(LOG_NOTICE, "%s: %d", "门\n<0>x\x1B[31m\x7F\xC2\x85é\xFFz", 5);
    assert_string_equal(heard(), "<5>门?<0>x?[31m???é?z: 5\n");
}

static void cut_but_whole(void **state)
{
    (void)state;
    log_line(LOG_INFO, "%03000d", 1);
    assert_int_equal(strlen(heard()), 1024);
    assert_string_equal(heard() + 1020, "000\n");
}

static void errors_in_english(void **state)
{
    struct err err;
    (void)state;
    err_set(&err, ERR_INPUT, say_int(say_int(SAY("code.length"), 13), 18));
    log_err(LOG_ERROR, "scan", &err);
    assert_string_equal(heard(), "<3>scan: Digits read: 13, ours have 18. It was cut off or is a foreign barcode: "
                                 "scan again.\n");
}

static void quiet_drops_the_less_grave(void **state)
{
    (void)state;
    log_quiet(LOG_WARNING);
    log_line(LOG_INFO, "dropped");
    log_line(LOG_NOTICE, "dropped");
    log_line(LOG_WARNING, "kept");
    log_line(LOG_ERROR, "kept too");
    assert_string_equal(heard(), "<4>kept\n<3>kept too\n");
}

int main(int argc, char **argv)
{
    static struct rows rows;
    rows_add(&rows, "one clean line", one_clean_line, NULL);
    rows_add(&rows, "cut but whole", cut_but_whole, NULL);
    rows_add(&rows, "errors in English", errors_in_english, NULL);
    rows_add(&rows, "quiet drops the less grave", quiet_drops_the_less_grave, NULL);
    rows_around(&rows, 0, listen, listen_end);
    return rows_run(&rows, argc, argv);
}
