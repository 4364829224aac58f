/* main.c - baogong-server: its commands, their words and options. In: the command line. Out: lines on stdout, sentences
 * on stderr, exit code 0 done, 1 failed, 2 wrong usage.
 *
 * Commands that change something go through the running server where one runs (console.h), else they take the data
 * directory's lock themselves. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#ifdef HAVE_SYSTEMD
#include <systemd/sd-daemon.h>
#endif

#include "core/code.h"
#include "core/json.h"
#include "core/locale.h"
#include "core/log.h"
#include "core/text.h"
#include "server/bring/bring.h"
#include "server/care/care.h"
#include "server/console.h"
#include "server/doctor.h"
#include "server/first.h"
#include "server/house.h"
#include "server/stick.h"
#include "server/store.h"

enum { DONE = 0, FAILED = 1, WRONG_USAGE = 2, WORDS_MAX = 4, PORT_USUAL = 8443, FILE_MAX = 64 * 1024 * 1024 };

struct options {
    const char  *data, *address;
    uint16_t     port;
    bool         has_tls, is_json, is_dry, is_forced, compares;
    struct clock clock;
    enum lang    lang;
    int          count; /* words behind the command */
    const char  *words[WORDS_MAX];
};

/* ---------------------------------------------------------------------------------------------------- saying it */

static int fail(const struct options *options, const struct err *err)
{
    struct buf words = {0};
    text_say_buf(options->lang, &err->say, &words);
    fprintf(stderr, "baogong-server: %s\n", buf_text(&words));
    buf_free(&words);
    return FAILED;
}

/* An answer of the console: its sentence where it was refused, in our language. */
static int fail_answer(const struct options *options, int status, const struct buf *answer)
{
    struct err   err = {.kind = ERR_IO};
    struct json *json = json_read(buf_text(answer), answer->len, &err);
    struct buf   stored = {0};
    json_write(json_get(json, "say"), &stored);
    if (json == NULL || !say_read(buf_text(&stored), stored.len, &err.say))
        err.say = say_text(say_int(SAY("main.refused"), status), buf_text(answer));
    json_free(json);
    buf_free(&stored);
    return fail(options, &err);
}

/* ---------------------------------------------------------------------------------------------------- acts */

/* Through the running server, else by ourselves. body: JSON. */
static bool act_ask(const struct options *options, const char *name, const struct buf *body, int *status,
                    struct buf *answer, struct err *err)
{
    struct buf request = {0};
    buf_str(&request, "{\"act\":");
    json_cstr(&request, name);
    buf_str(&request, ",\"body\":");
    buf_add(&request, buf_text(body), body->len);
    buf_char(&request, '}');
    bool is_done = console_ask(options->data, &request, status, answer, err);
    buf_free(&request);
    if (is_done || err->kind != ERR_ABSENT) return is_done;

    struct store store;
    struct act   act = {.name = name, .body = buf_text(body), .len = body->len, .user = "console"};
    int64_t      now_ms = clock_now_ms(&options->clock);
    uint64_t     random;
    char         id[ID_TEXT];
    chain_random(&random, sizeof random);
    id_write(random, id);
    snprintf(act.id, sizeof act.id, "console-%s", id);
    if (!store_open(options->data, now_ms, &store, err)) return false;
    store_act(&store, &act, now_ms);
    store_close(&store);
    *status = act.status;
    *answer = act.answer;
    return true;
}

/* Prints the answer, or says why it was refused. */
static int act_result(const struct options *options, int status, const struct buf *answer)
{
    if (status < 300 || options->is_json) printf("%s\n", buf_text(answer));
    return status < 300 ? DONE : fail_answer(options, status, answer);
}

static int cmd_act(const struct options *options)
{
    struct buf   body = {0}, answer = {0};
    struct err   err;
    int          status;
    struct json *json;
    buf_str(&body, options->count > 1 ? options->words[1] : "{}");
    json = json_read(buf_text(&body), body.len, &err); /* a broken one would break the request around it */
    if (json == NULL) {
        buf_free(&body);
        return fail(options, &err);
    }
    json_free(json);
    int result = act_ask(options, options->words[0], &body, &status, &answer, &err)
                     ? act_result(options, status, &answer)
                     : fail(options, &err);
    buf_free(&body);
    buf_free(&answer);
    return result;
}

/* Where the running server is; false where none runs. */
static bool where_ask(const struct options *options, struct buf *answer)
{
    struct buf request = {0};
    struct err err;
    int        status;
    buf_str(&request, "{\"where\":true}");
    bool is_there = console_ask(options->data, &request, &status, answer, &err);
    buf_free(&request);
    return is_there;
}

static int cmd_link(const struct options *options)
{
    char       token[LINK_TOKEN_ROOM];
    struct buf body = {0}, answer = {0}, where = {0};
    struct err err;
    int        status, result = DONE;
    link_token_make(options->words[0], clock_now_ms(&options->clock), token, &body);
    if (!act_ask(options, "user.link", &body, &status, &answer, &err)) {
        result = fail(options, &err);
    } else if (status != 200) {
        result = fail_answer(options, status, &answer);
    } else {
        struct json *json = where_ask(options, &where) ? json_read(where.bytes, where.len, &err) : NULL;
        printf("%s/login/%s\n", json_text(json_get(json, "url"), ""), token);
        json_free(json);
    }
    buf_free(&body);
    buf_free(&answer);
    buf_free(&where);
    return result;
}

/* The digits of the QR by which a kiosk enrols; the token alone where no server says where it is. */
static void token_print(const struct json *answer, const struct json *where)
{
    struct code code = {.kind = CODE_ENROL};
    struct hash ca;
    char        digits[CODE_TEXT_MAX];
    unsigned    ip[4];
    const char *host = json_text(json_get(where, "host"), ""), *token = json_text(json_get(answer, "token"), "");
    if (!hash_read(json_text(json_get(where, "ca"), ""), &ca) ||
        sscanf(host, "%3u.%3u.%3u.%3u", &ip[0], &ip[1], &ip[2], &ip[3]) != 4) { /* NOLINT(cert-err34-c): three digits */
        printf("%s\n", token);
        return;
    }
    for (int i = 0; i < 4; i++) code.enrol.ip[i] = (uint8_t)ip[i];
    code.enrol.port = (uint16_t)json_int(json_get(where, "port"), 0);
    memcpy(code.enrol.ca_sha256, ca.bytes, sizeof code.enrol.ca_sha256);
    snprintf(code.enrol.token, sizeof code.enrol.token, "%s", token);
    code_write(&code, digits);
    printf("%s\n", digits);
}

static int cmd_token(const struct options *options)
{
    struct buf body = {0}, answer = {0}, where = {0};
    struct err err;
    int        status, result = DONE;
    buf_str(&body, "{\"station\":");
    json_cstr(&body, options->words[0]);
    buf_char(&body, '}');
    if (!act_ask(options, "kiosk.token", &body, &status, &answer, &err)) {
        result = fail(options, &err);
    } else if (status != 200) {
        result = fail_answer(options, status, &answer);
    } else {
        struct json *json = json_read(buf_text(&answer), answer.len, &err);
        struct json *place = where_ask(options, &where) ? json_read(where.bytes, where.len, &err) : NULL;
        token_print(json, place);
        json_free(json);
        json_free(place);
    }
    buf_free(&body);
    buf_free(&answer);
    buf_free(&where);
    return result;
}

/* ---------------------------------------------------------------------------------------------------- files */

static bool file_read(const char *path, struct buf *bytes, struct err *err)
{
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (file == NULL)
        return err_set(err, ERR_ABSENT, say_text(say_text(SAY("main.file"), path), strerrordesc_np(errno)));
    size_t got = 1;
    while (got > 0 && bytes->len <= FILE_MAX) {
        got = fread(buf_room(bytes, 65536), 1, 65536, file);
        bytes->len += got;
    }
    bool is_read = ferror(file) == 0;
    if (file != stdin) fclose(file);
    if (!is_read) return err_set(err, ERR_IO, say_text(say_text(SAY("main.file"), path), strerrordesc_np(EIO)));
    return bytes->len <= FILE_MAX || err_set(err, ERR_INPUT, say_int(say_text(SAY("main.large"), path), FILE_MAX));
}

/* The mistakes of a refused import, one a line. */
static void mistakes_print(const struct options *options, const struct buf *answer)
{
    struct err         err;
    struct json       *json = json_read(buf_text(answer), answer->len, &err);
    const struct json *rows = json_get(json, "rows");
    for (size_t i = 0; i < json_count(rows); i++) {
        const struct json *row = json_at(rows, i);
        struct buf         stored = {0}, words = {0};
        struct say         say;
        json_write(json_get(row, "say"), &stored);
        if (say_read(buf_text(&stored), stored.len, &say)) text_say_buf(options->lang, &say, &words);
        fprintf(stderr, "%lld: %s \"%s\": %s\n", (long long)json_int(json_get(row, "line"), 0),
                json_text(json_get(row, "column"), ""), json_text(json_get(row, "value"), ""), buf_text(&words));
        buf_free(&stored);
        buf_free(&words);
    }
    json_free(json);
}

static int cmd_import(const struct options *options)
{
    struct buf bytes = {0}, body = {0}, answer = {0};
    struct err err;
    int        status, result;
    bool       is_done = file_read(options->words[1], &bytes, &err) &&
                   bring_import(options->words[0], bytes.bytes, bytes.len, options->is_dry, &body, &err) &&
                   act_ask(options, "import", &body, &status, &answer, &err);
    if (!is_done)
        result = fail(options, &err);
    else
        result = act_result(options, status, &answer);
    if (is_done && result != DONE) mistakes_print(options, &answer);
    buf_free(&bytes);
    buf_free(&body);
    buf_free(&answer);
    return result;
}

/* A file from a stick: as the kiosk wrote it, or with --force what is whole of it. */
static int cmd_take(const struct options *options)
{
    struct stick_counts counts = {0};
    struct buf          bytes = {0};
    struct err          err;
    bool                is_done = file_read(options->words[0], &bytes, &err);
    struct stick_file   file = {buf_text(&bytes), bytes.len};
    if (is_done && !options->is_forced) is_done = stick_check(&file, &err);
    if (is_done) is_done = stick_take(&file, options->data, &options->clock, options->lang, &counts, &err);
    if (is_done)
        printf("taken %lld, not yet %lld, refused %lld\n", (long long)counts.taken, (long long)counts.waiting,
               (long long)counts.refused);
    buf_free(&bytes);
    if (!is_done) return fail(options, &err);
    return counts.refused == 0 ? DONE : FAILED;
}

/* ---------------------------------------------------------------------------------------------------- care */

static struct care care_of(const struct options *options)
{
    return (struct care){.data = options->data,
                         .out = stdout,
                         .lang = options->lang,
                         .is_json = options->is_json,
                         .now_ms = clock_now_ms(&options->clock),
                         .offset_min = day_rule_default().offset_min};
}

static int cmd_check(const struct options *options)
{
    struct care care = care_of(options);
    struct err  err;
    return care_check(&care, &err) ? DONE : fail(options, &err);
}

static int cmd_doctor(const struct options *options)
{
    struct care care = care_of(options);
    struct err  err;
    return doctor_run(&care, &err) ? DONE : fail(options, &err);
}

static int cmd_rebuild(const struct options *options)
{
    struct care care = care_of(options);
    struct err  err;
    bool        is_done = options->compares ? care_compare(&care, &err) : care_rebuild(&care, &err);
    return is_done ? DONE : fail(options, &err);
}

static int cmd_proof(const struct options *options)
{
    struct care care = care_of(options);
    struct err  err;
    return care_proof(&care, options->words[0], &err) ? DONE : fail(options, &err);
}

static int cmd_export(const struct options *options)
{
    struct care care = care_of(options);
    struct err  err;
    return care_export(&care, options->words[0], &err) ? DONE : fail(options, &err);
}

static int cmd_backup(const struct options *options)
{
    struct care care = care_of(options);
    struct err  err;
    return care_backup(&care, options->words[0], &err) ? DONE : fail(options, &err);
}

static int cmd_salvage(const struct options *options)
{
    struct care care = care_of(options);
    struct err  err;
    return care_salvage(&care, options->words[0], &err) ? DONE : fail(options, &err);
}

static int cmd_restore(const struct options *options)
{
    struct care care = care_of(options);
    struct err  err;
    return care_restore(&care, options->words[0], options->is_forced, &err) ? DONE : fail(options, &err);
}

/* ---------------------------------------------------------------------------------------------------- run */

static void tell_manager(const char *state)
{
#ifdef HAVE_SYSTEMD
    sd_notify(0, state);
#else
    (void)state;
#endif
}

static bool is_service(void)
{
    return getenv("NOTIFY_SOCKET") != NULL;
}

static void alive(void)
{
    tell_manager("WATCHDOG=1");
}

/* A descriptor for each connection: as many as the system lets us have. */
static void descriptors_raise(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static int cmd_run(const struct options *options)
{
    struct house_options house_options = {.data = options->data,
                                          .address = options->address,
                                          .port = options->port,
                                          .is_tls = options->has_tls,
                                          .clock = options->clock};
    struct house        *house;
    struct err           err;
    descriptors_raise();
    if (!house_open(&house_options, &house, &err)) return fail(options, &err);
    const struct desk *desk = house_desk(house);
    const char        *scheme = options->has_tls ? "https" : "http", *link = house_first_link(house);
    /* As a service its words stand in the system's log, where no secret belongs: whoever set it up asks for a link. */
    if (link[0] != 0 && is_service())
        printf("login sudo -u baogong-server baogong-server link admin --data %s\n", options->data);
    else if (link[0] != 0)
        printf("login %s://%s:%u/login/%s\n", scheme, desk->host, desk->port, link);
    printf("ready %s://%s:%u/\n", scheme, desk->host, desk->port);
    fflush(stdout);
    tell_manager("READY=1");
    house_run(house, alive);
    tell_manager("STOPPING=1");
    house_close(house);
    return DONE;
}

/* ---------------------------------------------------------------------------------------------------- commands */

/* To add a command: a row, its function above. */
static const struct command {
    const char *name;
    int         least, most; /* words */
    int (*run)(const struct options *options);
    const char *words, *what;
} COMMANDS[] = {
  /* clang-format off */
    {"run",     0, 0, cmd_run,     "",
     "the server, until SIGTERM; prints \"ready URL\", at the first start a login link"},
    {"link",    1, 1, cmd_link,    "USER",        "a one-time link by which a user sets a new password"},
    {"token",   1, 1, cmd_token,   "STATION",     "the digits of the code by which a kiosk enrols there"},
    {"import",  2, 2, cmd_import,  "KIND FILE",
     "a CSV file or workbook (docs/import.md), all of it or nothing; --dry-run tells only"},
    {"take",    1, 1, cmd_take,    "FILE",        "what a kiosk wrote on a USB stick; --force: what is whole of a file that was cut off"},
    {"act",     1, 2, cmd_act,     "NAME [JSON]", "performs an act of the office as the user \"console\""},
    {"doctor",  0, 0, cmd_doctor,  "",            "is this server well: disk, databases, clock, backup, kiosks; what to do"},
    {"check",   0, 0, cmd_check,   "",            "databases, chains, audit; names the first bad line"},
    {"rebuild", 0, 0, cmd_rebuild, "",            "computes everything anew from the inbox; --compare compares only"},
    {"proof",   0, 1, cmd_proof,   "[PERIOD]",    "do the sums of pay periods agree; PERIOD: its last day"},
    {"export",  1, 1, cmd_export,  "FOLDER",      "all events and lists as CSV"},
    {"backup",  0, 1, cmd_backup,  "[FOLDER]",    "a checked copy of the data directory"},
    {"restore", 1, 1, cmd_restore, "FOLDER",      "the data directory from a backup; --force moves the old one aside"},
    {"salvage", 0, 1, cmd_salvage, "[FOLDER]",    "a sound data directory of a damaged one, and of a backup where it needs one"},
  /* clang-format on */
};
enum { COMMAND_COUNT = sizeof COMMANDS / sizeof *COMMANDS };

static void help_print(FILE *out)
{
    fputs("usage: baogong-server [COMMAND] [OPTIONS]\n\n", out);
    for (int i = 0; i < COMMAND_COUNT; i++)
        fprintf(out, "  %-7s %-11s %s\n", COMMANDS[i].name, COMMANDS[i].words, COMMANDS[i].what);
    fputs("\n"
          "  --data DIR         holds everything this program writes; ./data otherwise\n"
          "  --address A        listens there; 0.0.0.0 otherwise\n"
          "  --port N           8443 otherwise; 0: any free one\n"
          "  --no-tls           plain HTTP, on a net that is trusted\n"
          "  --clock BASE,RATE  another clock: Unix seconds, how many times as fast\n"
          "  --lang zh|en       of sentences; $LANG otherwise\n"
          "  --json             answers as JSON\n"
          "  --dry-run, --compare, --force   see above\n"
          "  --help, --version\n\n"
          "Exit code: 0 done, 1 failed, 2 wrong usage.\n",
          out);
}

static int usage(const char *word, const char *why)
{
    fprintf(stderr, "baogong-server: %s %s; see baogong-server --help\n", word, why);
    return WRONG_USAGE;
}

/* An option with a value; DONE, or WRONG_USAGE after saying why. */
static int value_take(struct options *options, const char *name, const char *value)
{
    struct err err;
    char      *end;
    if (value == NULL) return usage(name, "wants a value");
    if (strcmp(name, "--data") == 0) {
        options->data = value;
    } else if (strcmp(name, "--address") == 0) {
        options->address = value;
    } else if (strcmp(name, "--port") == 0) {
        unsigned long port = strtoul(value, &end, 10);
        if (value[0] < '0' || value[0] > '9' || *end != 0 || port > UINT16_MAX)
            return usage(name, "wants a number up to 65535");
        options->port = (uint16_t)port;
    } else if (strcmp(name, "--clock") == 0) {
        if (!clock_start_at(&options->clock, value, &err)) {
            fail(options, &err);
            return WRONG_USAGE;
        }
    } else if (!lang_read(value, &options->lang)) {
        return usage(name, "wants zh or en");
    }
    return DONE;
}

static bool has_value(const char *name)
{
    return strcmp(name, "--data") == 0 || strcmp(name, "--address") == 0 || strcmp(name, "--port") == 0 ||
           strcmp(name, "--clock") == 0 || strcmp(name, "--lang") == 0;
}

static bool flag_take(struct options *options, const char *name)
{
    bool *flag = strcmp(name, "--json") == 0      ? &options->is_json
                 : strcmp(name, "--dry-run") == 0 ? &options->is_dry
                 : strcmp(name, "--compare") == 0 ? &options->compares
                 : strcmp(name, "--force") == 0   ? &options->is_forced
                                                  : NULL;
    if (flag != NULL) *flag = true;
    if (strcmp(name, "--no-tls") == 0) options->has_tls = false;
    return flag != NULL || strcmp(name, "--no-tls") == 0;
}

/* Fills options and finds the command, NULL: everything is said, *result is the exit code. */
static const struct command *command_read(int argc, char **argv, struct options *options, int *result)
{
    const struct command *command = NULL;
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i];
        if (has_value(word)) {
            *result = value_take(options, word, argv[i + 1]);
            if (*result != DONE) return NULL;
            i++;
        } else if (strncmp(word, "--", 2) == 0) {
            if (flag_take(options, word)) continue;
            *result = usage(word, "is no option");
            return NULL;
        } else if (command == NULL) {
            for (int c = 0; c < COMMAND_COUNT; c++)
                if (strcmp(COMMANDS[c].name, word) == 0) command = &COMMANDS[c];
            if (command != NULL) continue;
            *result = usage(word, "is no command");
            return NULL;
        } else if (options->count < WORDS_MAX) {
            options->words[options->count++] = word;
        }
    }
    if (command == NULL) command = &COMMANDS[0];
    if (options->count >= command->least && options->count <= command->most) return command;
    *result = usage(command->name, command->least > 0 ? "wants other words" : "wants no such words");
    return NULL;
}

static enum lang lang_of_system(void)
{
    const char *lang = getenv("LC_ALL");
    if (lang == NULL || lang[0] == 0) lang = getenv("LANG");
    return lang_of(lang, LANG_EN);
}

int main(int argc, char **argv)
{
    struct options options = {.data = "data", .address = "0.0.0.0", .port = PORT_USUAL, .has_tls = true};
    struct err     err;
    int            result = WRONG_USAGE;
    options.lang = lang_of_system();
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0) {
            help_print(stdout);
            return DONE;
        }
        if (strcmp(argv[i], "--version") == 0) {
            puts("baogong-server " BAOGONG_VERSION);
            return DONE;
        }
    }
    if (!chain_init(&err)) return fail(&options, &err);
    clock_start_real(&options.clock);
    const struct command *command = command_read(argc, argv, &options, &result);
    return command == NULL ? result : command->run(&options);
}
