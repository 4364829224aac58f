/* lock_test.c - a data directory has one program that writes, whatever became of the one before.
 * links: core */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/lock.h"
#include "tests/unit/folder.h"
#include "tests/unit/rows.h"

static int start(void **state)
{
    (void)state;
    return folder_make();
}

static int end(void **state)
{
    (void)state;
    return folder_end();
}

static void second_is_refused(void **state)
{
    int        one = -1, other = -1;
    struct err err;
    char       number[24];
    (void)state;
    assert_true(lock_take(folder, &one, &err));
    assert_false(lock_take(folder, &other, &err));
    assert_int_equal(err.kind, ERR_BUSY);
    assert_string_equal(err.say.id, "lock.held");
    assert_string_equal(err.say.args[0].text, folder);
    snprintf(number, sizeof number, "%d", (int)getpid());
    assert_string_equal(err.say.args[1].text, number);
    assert_int_equal(other, -1);
    lock_free(one);
    assert_true(lock_take(folder, &other, &err));
    lock_free(other);
}

/* kill -9 leaves the file behind, not the lock. */
static void killed_holder_lets_go(void **state)
{
    int        ready[2], lock = -1, status;
    char       byte;
    struct err err;
    (void)state;
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        bool is_taken = lock_take(folder, &lock, &err);
        if (write(ready[1], is_taken ? "y" : "n", 1) == 1) pause();
        _exit(0);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_int_equal(byte, 'y');
    assert_false(lock_take(folder, &lock, &err));
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(lock_take(folder, &lock, &err));
    lock_free(lock);
    close(ready[0]);
    close(ready[1]);
}

static void no_directory_no_lock(void **state)
{
    int        lock = -1;
    struct err err;
    (void)state;
    assert_false(lock_take(folder_path("none"), &lock, &err));
    assert_int_equal(err.kind, ERR_ABSENT);
    assert_string_equal(err.say.id, "lock.file");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(second_is_refused, start, end),
                                       cmocka_unit_test_setup_teardown(killed_holder_lets_go, start, end),
                                       cmocka_unit_test_setup_teardown(no_directory_no_lock, start, end)};
    if (argc > 1) cmocka_set_test_filter(argv[1]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
