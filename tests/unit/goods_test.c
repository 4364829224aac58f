/* goods_test.c - finished doors: what of packing, loading, moving, counting and returning counts, where the doors are, what
 * is on whose truck. A row a rule, in the words of line_words.h.
 * links: server_judge core */
#include <inttypes.h>

#include "core/text.h"
#include "tests/unit/line_words.h"

struct row {
    const char *name; /* with the source of the rule */
    const char *world, *facts;
    const char *verdicts;
    const char *stock;  /* place:doors, then packed returned found went shorted */
    const char *loaded; /* note/day:doors #pieces */
};

/* clang-format off */
static const struct row STOCK[] = {
    {"[R33] server/judge/stock.c: in by scan, where it was said", "", "pack 4 p7; pack 2", "4; 2", "0:2 7:4 in6 out0", ""},
    {"[R33] server/judge/dock.c: no more than the line has", "", "pack 8; pack 5", "8; part 2 held3 pack_over", "0:10 in10 out0", ""},
    {"[R33] server/judge/dock.c: a label twice is held", "", "pack #1,2; pack #2,3", "2; part 1 held1 door_twice", "0:3 in3 out0", ""},
    {"[R33] a pack that was undone never was", "", "pack A 4; undo A >1", "undone 0 by2; 0", "in0 out0", ""},
    {"[R33] an undone undo brings it back", "", "pack A 4; undo A >1; undo A >2", "4; undone 0 by3; 0", "0:4 in4 out0", ""},
    {"[R33] server/judge/stock.c: a transfer keeps the sum", "", "pack 6 p1; transfer 4 from1 p2", "6; 4", "1:2 2:4 in6 out0", ""},
    {"[R33] a transfer takes from anywhere but there", "", "pack 2 p5; pack 3 p2; transfer 4 p5", "2; 3; part 3 held1 not_in_stock", "5:5 in5 out0", ""},
    {"[R33] moved more than is there: held, nothing is invented", "", "pack 2 p1; transfer 5 from1 p2", "2; part 2 held3 not_in_stock", "2:2 in2 out0", ""},
    {"[R33] server/judge/stock.c: counted = on the books, the difference is shown", "", "pack 6 p1; count 5 p1", "6; 5 count", "1:5 in5 out0", ""},
    {"[R33] a count that fits says nothing", "", "pack 6 p1; count 6 p1", "6; 6", "1:6 in6 out0", ""},
    {"[R33] nothing there is a count too", "", "pack 2 p1; count 0 p1", "2; 0 count", "in0 out0", ""},
    {"[R33] found more than was in", "", "count 3 p4", "3 count", "4:3 in3 out0", ""},
    {"[R33] what came of a difference is decided once", "", "pack 6 p1; count 5 p1; decide >2 0 office", "6; 5 decided3; 0", "1:5 in5 out0", ""},
    {"[R34] server/judge/dock.c: goods that came back are looked at first", "", "return 2 op0 p3", "held 0 held2 returned", "in0 out0", ""},
    {"[R34] an inspection says how many go into stock", "", "return 3 op0 p3; decide >1 2 office", "2 rejected decided2; 0", "3:2 in2 out0", ""},
    {"a return with an operation is of the shop", "", "return 2", "0", "in0 out0", ""},
    {"packed without a sheet says nothing of any line", "", "pack 2 unknown", "held 0 words", "in0 out0", ""},
    {"a badge that nobody knows holds it", "", "pack 2 revoked", "held 0 held2 badge", "in0 out0", ""},
};

static const struct row LOADING[] = {
    {"[R16b] server/judge/dock.c: against an open note", "note1:5@3", "pack 6; load 5 n1 seen3", "6; 5", "0:1 in6 out5", "1/1:5"},
    {"[R16b] no note", "note1:5@3", "load 5 seen3", "held 0 held5 load_note", "in0 out0", ""},
    {"[R16b] a note that isn't of this line", "note1:5@3", "load 5 n2 seen3", "held 0 held5 load_line", "in0 out0", ""},
    {"[R16b] server/judge/dock.c: unpaid: the note isn't open", "note1:5@0", "load 5 n1 seen9", "held 0 held5 load_shut", "in0 out0", ""},
    {"[R16b] loaded before the kiosk can have known that it is open", "note1:5@7", "load 5 n1 seen6", "held 0 held5 load_shut", "in0 out0", ""},
    {"[R16b] a kiosk of another server's time knows no note", "note1:5@3", "load 5 n1 seen-1", "held 0 held5 load_shut", "in0 out0", ""},
    {"[R8] server/judge/dock.c: void, and the kiosk knew", "note1:5@3-9", "load 5 n1 seen9", "held 0 held5 load_void", "in0 out0", ""},
    {"[R8] void, and it couldn't know: counts, and somebody acts", "note1:5@3-9", "load 2 n1 seen8; load 3 n1 seen9", "2 loaded_void; held 0 held3 load_void", "in0 out2", "1/1:2"},
    {"[R8] somebody acted: the exception is closed", "note1:5@3-9", "load 2 n1 seen8; decide >1 0 office", "2 decided2; 0", "in0 out2", "1/1:2"},
    {"[R3] server/judge/dock.c: stopped, and the kiosk knew", "note1:5@3 stop5", "load 2 n1 seen5", "held 0 held2 load_stop", "in0 out0", ""},
    {"[R3] loaded before the stop was known", "note1:5@3 stop5", "load 2 n1 seen4", "2 loaded_stop", "in0 out2", "1/1:2"},
    {"[R3] lifted again", "note1:5@3 stop5-8", "load 2 n1 seen8", "2", "in0 out2", "1/1:2"},
    {"[R36] server/judge/dock.c: more than the note asks", "note1:5@3", "load 4 n1 seen3; load 3 n1 seen3", "4; part 1 held2 load_over", "in0 out5", "1/1:5"},
    {"[R36] the office lets one more go", "note1:5@3", "load 6 n1 seen3; decide >1 1 office", "6 decided2; 0", "in0 out6", "1/1:6"},
    {"[R36] a wrong door by its label", "note1:2@3#4,5", "load #4,6 n1 seen3", "part 1 held1 door_other", "in0 out1", "1/1:1 #4"},
    {"[R36] server/judge/dock.c: the wrong door is read first", "note1:2@3#4,5", "load #6,4 n1 seen3", "part 1 held1 door_other", "in0 out1", "1/1:1 #4"},
    {"[R36] named doors are loaded by their labels", "note1:2@3#4,5", "load 2 n1 seen3", "held 0 held2 door_other", "in0 out0", ""},
    {"[R36] a door twice on trucks", "note1:3@3", "load #1,2 n1 seen3; load #2 n1 seen3", "2; held 0 held1 door_twice", "in0 out2", "1/1:2 #1,2"},
    {"[R36] server/judge/dock.c: packed once more beside another, it stays on its truck", "note1:3@3", "pack #1; load #1 n1 seen3; pack #1,2; load #1 n1 seen3; load #2 n1 seen3", "1; 1; part 1 held1 door_twice; held 0 held1 door_twice; 1", "in2 out2", "1/1:2 #1,2"},
    {"[R34] server/judge/dock.c: what came back and was found good may leave once more", "note1:3@3", "load #1 n1 seen3; return #1 op0; decide >2 1 office; load #1 n1 seen3", "1; 1 decided3; 0; 1", "in1 out2", "1/1:2 #1"},
    {"[R34] what came back and nobody has looked at doesn't", "note1:3@3", "load #1 n1 seen3; return #1 op0; load #1 n1 seen3", "1; held 0 held1 returned; held 0 held1 door_twice", "in0 out1", "1/1:1 #1"},
    {"[R36] an undone load is off the truck", "note1:3@3", "load A #1,2 n1 seen3; undo A >1; load A #2 n1 seen3", "undone 0 by2; 0; 1", "in0 out1", "1/1:1 #2"},
    {"[R36] taken off again by a return that names the note", "note1:3@3", "pack 3 p7; load 3 n1 seen3; return 1 op0 n1 p7; load 1 n1 seen3", "3; 3; 1; 1", "in4 out4", "1/1:3"},
    {"[R36] no more can be taken off than is on it", "note1:3@3", "load 2 n1 seen3; return 3 op0 n1", "2; part 2 held1 not_on_truck", "in2 out2", ""},
    {"[R36] by note and shift date", "note1:5@3 note2:5@3", "load 2 n1 seen3; load 1 n2 seen3 day2; load 2 n1 seen3 day2", "2; 1; 2", "in0 out5", "1/1:2; 1/2:2; 2/2:1"},
    {"what goes before it came is made good later", "note1:5@3", "load 5 n1 seen3; pack 6", "5; 6", "0:1 in6 out5", "1/1:5"},
    {"it leaves its own place first", "note1:5@3", "pack 3 p1; pack 3 p2; load 4 n1 seen3 p2", "3; 3; 4", "1:2 in6 out4", "1/1:4"},
};
/* clang-format on */

static void stock_words(const struct judgement *judged, struct buf *out)
{
    for (size_t i = 0; i < judged->place_count; i++)
        buf_fmt(out, "%" PRId64 ":%" PRId64 " ", judged->places[i].place, judged->places[i].doors);
    const struct stock_sum *sum = &judged->stock;
    buf_fmt(out, "in%" PRId64 " out%" PRId64, sum->packed + sum->returned + sum->found, sum->went);
}

static void load_words(const struct judgement *judged, struct buf *out)
{
    for (size_t i = 0; i < judged->load_count; i++) {
        const struct dock_load *load = &judged->loads[i];
        buf_fmt(out, "%s%" PRId64 "/%d:%" PRId64, i > 0 ? "; " : "", load->note % 100000, load->day, load->doors);
        for (int k = 1, some = 0; k < JUDGE_PIECES; k++)
            if (load->pieces[k] != 0) buf_fmt(out, "%s%d", some++ > 0 ? "," : " #", k);
    }
}

/* The house and the trucks hold what came: nothing is lost or made, whatever was said in which order. */
static void adds_up(const struct judgement *judged)
{
    const struct stock_sum *sum = &judged->stock;
    int64_t                 there = 0;
    for (size_t i = 0; i < judged->place_count; i++) there += judged->places[i].doors;
    assert_int_equal(there, sum->packed + sum->returned + sum->found - sum->went + sum->shorted);
}

static void judged_so(void **state)
{
    const struct row *row = *state;
    struct world     *world = world_make(row->world, row->facts);
    struct judgement  out = {0};
    struct buf        words = {0};
    judge_line(&world->line, &out);
    words_judgement(&world->line, &out, &words);
    assert_string_equal(buf_text(&words), row->verdicts);
    buf_clear(&words);
    stock_words(&out, &words);
    assert_string_equal(buf_text(&words), row->stock);
    buf_clear(&words);
    load_words(&out, &words);
    assert_string_equal(buf_text(&words), row->loaded);
    adds_up(&out);
    buf_free(&words);
    judgement_free(&out);
    free(world);
}

/* Any history of the dock: sums add up, no note has more than it asks but by a decision, no line more than came. */
static void any_history(void **state)
{
    (void)state;
    static const char *const KINDS[] = {"pack", "load", "transfer", "count", "return"};
    uint64_t                 dice = 33;
    for (int round = 0; round < 3000; round++) {
        struct buf facts = {0};
        int        count = 1 + (int)dice_between(&dice, 0, 11);
        for (int i = 0; i < count; i++) {
            int kind = (int)dice_between(&dice, 0, 4);
            buf_fmt(&facts, "%s%s A %d op0 n%d seen%d p%d", i > 0 ? "; " : "", KINDS[kind],
                    (int)dice_between(&dice, 0, 5) + (kind != 3), (int)dice_between(&dice, 0, 3),
                    (int)dice_between(&dice, 0, 11), (int)dice_between(&dice, 0, 2));
            if (i > 0 && dice_between(&dice, 0, 4) == 0)
                buf_fmt(&facts, "; undo A >%d", 1 + (int)dice_between(&dice, 0, 2));
        }
        struct world    *world = world_make("note1:4@2-9 note2:3@4 note3:5@0", buf_text(&facts));
        struct judgement out = {0};
        int64_t          on[4] = {0};
        judge_line(&world->line, &out);
        adds_up(&out);
        for (size_t i = 0; i < out.load_count; i++) on[out.loads[i].note % 100000] += out.loads[i].doors;
        assert_true(on[1] <= 4 && on[2] <= 3 && on[3] == 0);
        assert_true(out.stock.packed <= 10);
        for (size_t i = 0; i < world->line.fact_count; i++)
            assert_true(world->events[i].kind == EVENT_UNDO || out.verdicts[i].kind == VERDICT_UNDONE ||
                        out.verdicts[i].counted + out.verdicts[i].held == world->events[i].count);
        judgement_free(&out);
        free(world);
        buf_free(&facts);
    }
}

static void a_note_is_read(void **state)
{
    int64_t id = 7;
    (void)state;
    assert_true(dock_note_read("2603-00001", &id));
    assert_int_equal(id, 260300001);
    assert_true(dock_note_read("2612-99999 done", &id));
    assert_int_equal(id, 261299999);
    assert_false(dock_note_read("", &id));
    assert_false(dock_note_read("2603-0001", &id));
    assert_false(dock_note_read("2613-00001", &id));
    assert_false(dock_note_read("2603-00000", &id));
    assert_false(dock_note_read("26a3-00001", &id));
    assert_int_equal(id, 261299999);
}

int main(int argc, char **argv)
{
    static struct rows rows;
    ROWS_ADD(&rows, judged_so, STOCK);
    ROWS_ADD(&rows, judged_so, LOADING);
    rows_add(&rows, "any history adds up", any_history, NULL);
    rows_add(&rows, "a note's number", a_note_is_read, NULL);
    return rows_run(&rows, argc, argv);
}
