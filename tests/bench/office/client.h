/* client.h - a browser's side of HTTP: one page is several requests over six connections that stay open. */
#ifndef TESTS_BENCH_OFFICE_CLIENT_H
#define TESTS_BENCH_OFFICE_CLIENT_H

#include <stdint.h>

/* To 127.0.0.1; cookie as the browser sends it. Ends the program where the server doesn't listen. */
void client_open(int port, const char *cookie);
void client_close(void);

/* Asks all paths, as many at a time as there are connections; microseconds until the last answer is whole. Ends the program
 * where an answer isn't 200. */
int64_t client_ask(char paths[][400], int count);

#endif
