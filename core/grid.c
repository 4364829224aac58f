/* grid.c - a table of text on its way into the act "import": core/grid.h. */
#include "core/grid.h"

#include "core/json.h"

void grid_begin(struct grid *grid, const char *kind, bool is_dry, struct buf *body, struct err *err)
{
    *grid = (struct grid){.body = body, .err = err};
    buf_str(body, "{\"kind\":");
    json_cstr(body, kind);
    buf_str(body, is_dry ? ",\"dry_run\":true" : ",\"dry_run\":false");
}

void grid_refuse(struct grid *grid, struct say say)
{
    if (!grid->is_refused) err_set(grid->err, ERR_INPUT, say);
    grid->is_refused = true;
}

void grid_cell(struct grid *grid, int64_t line, const char *text, size_t len)
{
    int most = grid->has_columns ? grid->columns : GRID_COLUMNS_MAX;
    if (grid->is_refused) return;
    if (grid->cells == most && len == 0) return; /* spreadsheets write empty cells at the end */
    if (grid->cells >= most) {
        grid_refuse(grid, say_int(say_int(SAY("csv.columns"), line), most));
        return;
    }
    if (len > GRID_CELL_MAX) {
        grid_refuse(grid, say_int(say_int(SAY("csv.cell"), line), GRID_CELL_MAX));
        return;
    }
    grid->cells++;
    grid->has_text |= len > 0;
    buf_char(&grid->row, ',');
    json_str(&grid->row, len == 0 ? "" : text, len);
}

void grid_row(struct grid *grid, int64_t line)
{
    if (grid->is_refused) return;
    if (grid->has_text) grid->last_line = line;
    if (grid->has_text && !grid->has_columns) {
        buf_str(grid->body, ",\"columns\":[");
        buf_add(grid->body, grid->row.bytes + 1, grid->row.len - 1);
        buf_str(grid->body, "],\"rows\":[");
        grid->has_columns = true;
        grid->columns = grid->cells;
    } else if (grid->has_text) {
        json_sep(grid->body);
        buf_char(grid->body, '[');
        buf_int(grid->body, line);
        buf_add(grid->body, grid->row.bytes, grid->row.len);
        buf_char(grid->body, ']');
        grid->rows++;
        if (grid->rows > GRID_ROWS_MAX) grid_refuse(grid, say_int(SAY("csv.rows"), GRID_ROWS_MAX));
    }
    if (grid->body->len > GRID_BODY_MAX) grid_refuse(grid, say_int(SAY("csv.large"), GRID_BODY_MAX / 1024 / 1024));
    buf_clear(&grid->row);
    grid->cells = 0;
    grid->has_text = false;
}

bool grid_end(struct grid *grid)
{
    if (!grid->has_columns) grid_refuse(grid, SAY("csv.empty"));
    buf_str(grid->body, "]}");
    buf_free(&grid->row);
    return !grid->is_refused;
}
