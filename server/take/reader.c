/* reader.c - reads the inbox in order, event by event: take.h. A connection of its own; some rows at a time, so that
 * no snapshot stays open between two calls. */
#include "server/take/take.h"

#include <stdlib.h>
#include <string.h>

enum { READ_ROWS = 64, READ_BYTES = 256 * 1024 };

/* A row in memory; its lines stand in `bytes`. */
struct taken {
    int64_t      number, count, first_seq, taken_ms;
    uint64_t     kiosk;
    struct epoch epoch;
    size_t       start, end; /* in bytes */
};

struct take_reader {
    struct db   *db;
    struct buf   bytes;
    struct taken rows[READ_ROWS];
    int          count, row; /* rows read, the row that was given from last */
    int64_t      next;       /* number of the line at `at` */
    size_t       at;
};

bool take_reader_open(const char *path, const char *vfs, struct take_reader **reader, struct err *err)
{
    struct take_reader *made = calloc(1, sizeof *made);
    if (made == NULL) abort();
    if (!db_open(path, DB_READ, vfs, &made->db, err)) {
        free(made);
        return false;
    }
    *reader = made;
    return true;
}

void take_reader_close(struct take_reader *reader)
{
    if (reader == NULL) return;
    db_close(reader->db);
    buf_free(&reader->bytes);
    free(reader);
}

static void row_keep(struct take_reader *reader, struct db_stmt *stmt)
{
    size_t        len;
    const void   *bytes = db_blob(stmt, 7, &len);
    struct taken *row = &reader->rows[reader->count++];
    *row = (struct taken){
        .number = db_int(stmt, 0),
        .count = db_int(stmt, 1),
        .kiosk = (uint64_t)db_int(stmt, 2),
        .epoch = {(uint32_t)db_int(stmt, 3), (uint64_t)db_int(stmt, 4)},
        .first_seq = db_int(stmt, 5),
        .taken_ms = db_int(stmt, 6),
        .start = reader->bytes.len
    };
    buf_add(&reader->bytes, bytes, len);
    row->end = reader->bytes.len;
}

/* The row that holds `number`, and those behind it. */
static bool rows_read(struct take_reader *reader, int64_t number, struct err *err)
{
    struct db_stmt *stmt;
    bool            has_row = true;
    reader->count = reader->row = 0;
    buf_clear(&reader->bytes);
    if (!db_prepare(
            reader->db,
            SQL("SELECT number, count, kiosk, epoch_counter, epoch_random, first_seq, taken_ms, bytes FROM inbox"
                        " WHERE number >= coalesce((SELECT max(number) FROM inbox WHERE number <= $1), 0)"
                        " ORDER BY number LIMIT $2"),
                &stmt, err))
        return false;
    db_bind_int(stmt, 1, number);
    db_bind_int(stmt, 2, READ_ROWS);
    while (reader->count < READ_ROWS && reader->bytes.len < READ_BYTES) {
        if (!db_step(stmt, &has_row, err)) return false;
        if (!has_row) break;
        row_keep(reader, stmt);
    }
    db_reset(stmt);
    if (reader->count > 0) {
        reader->next = reader->rows[0].number;
        reader->at = reader->rows[0].start;
    }
    return true;
}

/* The line at `at`; false where the row's bytes end before its count. */
static bool line_take(struct take_reader *reader, struct take_line *line, struct err *err)
{
    const struct taken *row = &reader->rows[reader->row];
    const char         *bytes = reader->bytes.bytes + reader->at;
    const char         *lf = reader->at >= row->end ? NULL : memchr(bytes, '\n', row->end - reader->at);
    if (lf == NULL) return err_set(err, ERR_DAMAGED, say_int(SAY("take.damaged"), row->number));
    *line = (struct take_line){.number = reader->next,
                               .taken_ms = row->taken_ms,
                               .kiosk = row->kiosk,
                               .epoch = row->epoch,
                               .seq = row->first_seq + (reader->next - row->number),
                               .bytes = bytes,
                               .len = (size_t)(lf - bytes)};
    reader->at += line->len + 1;
    reader->next++;
    return true;
}

/* Steps over the row's end. */
static bool row_next(struct take_reader *reader)
{
    const struct taken *row = &reader->rows[reader->row];
    if (reader->next < row->number + row->count) return true;
    if (reader->row + 1 == reader->count) return false;
    reader->row++;
    reader->next = reader->rows[reader->row].number;
    reader->at = reader->rows[reader->row].start;
    return true;
}

bool take_reader_next(struct take_reader *reader, int64_t after, struct take_line *line, bool *has_line,
                      struct err *err)
{
    bool is_there = reader->count > 0 && row_next(reader) && reader->next == after + 1;
    *has_line = false;
    if (!is_there) {
        if (!rows_read(reader, after + 1, err)) return false;
        while (reader->count > 0 && row_next(reader) && reader->next <= after) {
            struct take_line skipped;
            if (!line_take(reader, &skipped, err)) return false;
        }
        if (reader->count == 0 || !row_next(reader) || reader->next != after + 1) return true;
    }
    *has_line = line_take(reader, line, err);
    return *has_line;
}
