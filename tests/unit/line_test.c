/* line_test.c - what each fact of an order line is worth: a row a rule, in the words of line_words.h.
 * links: server_judge core */
#include "core/text.h"
#include "tests/unit/line_words.h"

struct row {
    const char *name;  /* with the source of the rule */
    const char *world; /* what it adds to the world of every case */
    const char *facts;
    const char *verdicts;
    const char *sums; /* NULL: not looked at */
};

/* Rows stand as they are written: columns would spread them over the page. */
/* clang-format off */
static const struct row QUANTITY[] = {
    {"[R11] counted, rated, paid", "", "report A 8", "8 A:800", "1/10 good8"},
    {"[R11] each operation by itself", "", "report A 10; report B 10 op20",
     "10 A:1000; 10 B:33", "1/10 good10; 1/20 good10"},
    {"EVENTS: only the excess is held", "", "report A 8; report B 5",
     "8 A:800; part 2 held3 over B:200", "1/10 good10 held3"},
    {"EVENTS: nothing is left", "", "report A 10; report B 1", "10 A:1000; held 0 held1 over", "1/10 good10 held1"},
    {"EVENTS: good and bad share one left", "", "report A 8 bad3; report B 4",
     "8 bad3 open3 A:500; part 2 held2 over B:200", "1/10 good7 bad3 held2"},
    {"EVENTS: good ones have their places first", "", "report A 8; report B 4 bad3",
     "8 A:800; part 2 bad1 open1 held2 over B:100", NULL},
    {"EVENTS: inbox order is the order", "", "report A 6 seen9; report B 6 seen3",
     "6 A:600; part 4 held2 over B:400", NULL},
    {"[R3] what stays good is not left", "rev2 stays4", "report A 8 rev2; report B 4 op20 rev2",
     "part 6 held2 over A:1200; 4 B:13", NULL},
    {"[R3] more stays good than is planned", "rev2 stays14", "report A 1 rev2", "held 0 held1 over", NULL},
    {"[R3] old facts keep pay and rate", "rev2 void1@7 stays4", "report A 4 seen6; report B 6 rev2 seen8",
     "4 A:400; 6 B:1200", "1/10 good4; 2/10 good10"},
    {"[R3] what stays good is done there", "rev2 stays4", "report A 1 op20 rev2", "1 A:3", "2/10 good4; 2/20 good1"},
    {"PIECES: labels and counts share one left", "", "report A 8; report B #1,2,3",
     "8 A:800; part 2 held1 over B:200", NULL},
    {"PIECES: a number twice is held", "", "report A #1,2; report B #2,3",
     "2 A:200; part 1 held1 piece_twice B:100", NULL},
    {"PIECES: twice in one entry", "", "report A #4,4", "part 1 held1 piece_twice A:100", NULL},
    {"PIECES: at another operation it is another", "", "report A #1; report B #1 op20", "1 A:100; 1 B:3", NULL},
    {"PIECES: an undone one is free again", "", "report A #1; undo A >1; report B #1",
     "undone 0 by2; 0; 1 B:100", NULL},
    {"PIECES: one that was held took no number", "", "report A 10; report B #1; undo A >1; report C #1",
     "undone 0 by3; 1 B:100; 0; held 0 held1 piece_twice", NULL},
    {"PIECES: over is not twice", "", "report A 10; report B #1; report C #1",
     "10 A:1000; held 0 held1 over; held 0 held1 over", NULL},
    {"PIECES: no more labels than pieces", "", "report A #1,2 1; report B #2", "1 A:100; 1 B:100", NULL},
    {"[R3] what stays good is so of that operation", "rev2 stays4", "report A 10; report A 10 op20 rev2",
     "10 A:1000; 10 A:33", NULL},
    {"no pieces, no money", "", "report A 0", "0", ""},
};

static const struct row HOLDS[] = {
    {"EVENTS: unknown words", "", "report A 8 unknown; report B 10", "held 0 held8 words; 10 B:1000", "1/10 good10"},
    {"EVENTS: an unknown kind", "", "weld A 8", "held 0 words", ""},
    {"EVENTS: an unknown sheet", "", "report A 8 rev2", "held 0 held8 unknown_sheet", ""},
    {"EVENTS: it resolves itself when signed", "rev2", "report A 8 rev2", "8 A:1600", NULL},
    {"what isn't understood says nothing else", "", "report A 8 unknown line2; undo A >9 unknown",
     "held 0 held8 words; held 0 words", NULL},
    {"a badge before the stop", "", "report A 8 revoked before", "held 0 held8 badge", NULL},
    {"an unknown operation", "", "report A 8 op30; report B 1 op0",
     "held 0 held8 unknown_op; held 0 held1 no_op", ""},
    {"no sheet", "", "report A 8 nosheet", "held 0 held8 no_sheet", ""},
    {"another line's sheet", "", "report A 8 line2", "held 0 held8 other_line", ""},
    {"EVENTS: unknown or revoked badge", "", "report A 8 revoked; report B 10; note A revoked",
     "held 0 held8 badge; 10 B:1000; held 0 badge", "1/10 good10 held8"},
    {"EVENTS: ticked paper, a reason and a second name", "", "report A 8 by7 why second6", "8 A:800", NULL},
    {"ticked paper without a reason", "", "report A 8 by7 second6", "held 0 held8 back", "1/10 held8"},
    {"ticked paper without a second name", "", "report A 8 by7 why", "held 0 held8 back", NULL},
    {"ticked paper: who enters it is no second", "", "report A 8 by7 why second7", "held 0 held8 back", NULL},
    {"ticked paper: who is paid for it is no second", "", "report AB 8 by7 why second2", "held 0 held8 back", NULL},
    {"ticked paper: his own, and another vouches", "", "report A 8 by1 why second2", "8 A:800", NULL},
    {"ticked paper: the office lets it count", "", "report A 8 by7 why; decide office 8 >1", "8 decided2 A:800; 0", NULL},
    {"[R3] before the stop: held until decided", "stop5", "report A 8 before seen3; report B 1 before",
     "held 0 held8 before_stop; held 0 held1 before_stop", "1/10 held9"},
    {"[R3] seen below the stop: counted", "stop5", "report A 8 seen4", "8 A:800", NULL},
    {"[R3] seen at the stop: held", "stop5", "report A 8 seen5; report A 1 seen6",
     "held 0 held8 stopped; held 0 held1 stopped", NULL},
    {"[R3] seen of an unknown run: not known", "stop5 void1@2", "report A 8 seen-1", "8 A:800", NULL},
    /* [R3] server/judge/place.c: a stop of some doors lets the rest go on. */
    {"[R3] two of ten doors are stopped: the rest goes on", "stop5*2", "report A 8 seen5; report B 1 seen5",
     "8 A:800; held 0 held1 stopped", "1/10 good8 held1"},
    {"[R3] two are stopped: more than the rest is held", "stop5*2", "report A 10 seen5", "part 8 held2 stopped A:800", NULL},
    {"[R3] two are stopped: who didn't know may have made them", "stop5*2", "report A 9 seen4; report B 1 seen5",
     "9 A:900; held 0 held1 stopped", NULL},
    {"[R3] two are stopped, and more than planned is over", "stop5*2", "report A 8 seen4; report B 3 seen5",
     "8 A:800; held 0 held3 stopped", NULL},
    {"[R3] two are stopped, then all", "stop5-7*2 stop8", "report A 3 seen5; report B 1 seen7; report C 1 seen8",
     "3 A:300; 1 B:100; held 0 held1 stopped", NULL},
    {"[R3] two are stopped: a number keeps its piece", "stop5*9", "report A #1 seen5; report B #2 seen5",
     "1 A:100; held 0 held1 stopped", NULL},
    {"[R3] two are stopped: the office lets them count", "stop5*2", "report A 10 seen5; decide office 2 >1",
     "10 decided2 A:1000; 0", "1/10 good10"},
    {"[R3] a lifted stop", "stop5-9", "report A 1 seen4; report A 2 seen5; report A 3 seen8; report A 4 seen9",
     "1 A:100; held 0 held2 stopped; held 0 held3 stopped; 4 A:400", NULL},
    {"[R3] stopped, lifted, stopped again", "stop5-9 stop12", "report A 1 seen11; report A 2 seen12",
     "1 A:100; held 0 held2 stopped", NULL},
    {"[R3] an old revision: by what was known", "rev2 void1@7",
     "report A 1 seen6; report A 2 seen7; report A 3 rev2 seen7",
     "1 A:100; held 0 held2 old_rev; 3 A:600", NULL},
    {"equal bytes count once", "", "report A 4; report A 4 name1", "4 A:400; held 0 held4 repeated", "1/10 good4"},
    {"held pieces take nothing from others", "stop5", "report A 9 seen5; report B 9",
     "held 0 held9 stopped; 9 B:900", NULL},
    {"EVENTS: kinds without pieces took effect", "",
     "start A; finish A 3; receive A; collect A; call A; note A",
     "0; 0; 0; 0; 0; 0", ""},
    {"an objection waits for its target", "", "object A >2; report A 1; object A >9; object A",
     "0; 1 A:100; held 0 waits; held 0 refers_none", NULL},
};

static const struct row CHAINS[] = {
    {"EVENTS: undo cancels its whole target", "", "report A 8; undo A >1; report B 9",
     "undone 0 by2; 0; 9 B:900", "1/10 good9"},
    {"EVENTS: a target that comes later", "", "undo A >2; report A 8; report B 9", "0; undone 0 by1; 9 B:900", NULL},
    {"EVENTS: a target that hasn't come", "", "undo A >9; correct A 4 >8", "held 0 waits; held 0 held4 waits", ""},
    {"refers to nothing", "", "undo A; correct A 4; decide office 1",
     "held 0 refers_none; held 0 held4 refers_none; held 0 refers_none", NULL},
    {"EVENTS: correct is undo and the new fact", "", "report A 8; correct A 5 >1",
     "undone 0 by2; 5 A:500", "1/10 good5"},
    {"EVENTS: only the newest may be referred to", "", "report A 8; correct A 5 >1; correct A 6 >1; undo A >1",
     "undone 0 by2; 5 A:500; held 0 held6 not_newest; held 0 not_newest", "1/10 good5"},
    {"EVENTS: a chain of corrections", "", "report A 8; correct A 5 >1; correct A 7 >2; undo A >3",
     "undone 0 by2; undone 0 by3; undone 0 by4; 0", ""},
    {"undoing a correction cancels what the chain says", "", "report A 8; correct A 5 >1; undo A >2",
     "undone 0 by2; undone 0 by3; 0", ""},
    {"undoing an undo brings back", "", "report A 8; undo A >1; undo A >2", "8 A:800; undone 0 by3; 0", "1/10 good8"},
    {"undoing the undo of an undo", "", "report A 8; undo A >1; undo A >2; undo A >3",
     "undone 0 by4; undone 0 by3; undone 0 by4; 0", ""},
    {"undoing an undo takes its own place", "", "report A 8; undo A >1; report B 9; undo A >2",
     "part 1 held7 over A:100; undone 0 by4; 9 B:900; 0", NULL},
    {"correcting an undo is a new fact", "", "report A 8; undo A >1; report B 9; correct A 3 >2",
     "undone 0 by2; undone 0 by4; 9 B:900; part 1 held2 over A:100", NULL},
    {"EVENTS: up to the old count the old place", "", "report A 6; report B 4; correct A 5 >1; report C 2",
     "undone 0 by3; 4 B:400; 5 A:500; part 1 held1 over C:100", NULL},
    {"EVENTS: more stands at its own", "", "report A 4; report B 4; correct A 9 >1; report C 1",
     "undone 0 by3; 4 B:400; part 6 held3 over A:600; held 0 held1 over", NULL},
    {"EVENTS: places survive a chain", "", "report A 6; correct A 2 >1; report B 8; correct A 4 >2; correct A 3 >4",
     "undone 0 by2; undone 0 by4; 8 B:800; undone 0 by5; part 2 held1 over A:200", NULL},
    {"another operation begins at its own place", "", "report A 6; report B 10 op20; correct A 6 op20 >1",
     "undone 0 by3; 10 B:33; held 0 held6 over", NULL},
    {"another revision begins at its own place", "rev2", "report A 6; report B 10 rev2; correct A 6 rev2 >1",
     "undone 0 by3; 10 B:2000; held 0 held6 over", NULL},
    {"rework begins at its own place", "", "report A 6; report B 10 rework; correct A 6 rework >1",
     "undone 0 by3; 10 B:500; held 0 held6 over", NULL},
    {"a late target makes no room before it", "", "correct A 10 >3; report B 8; report A 1",
     "part 2 held8 over A:200; 8 B:800; undone 0 by1", NULL},
    {"corrected pieces keep what is left by number", "", "report A #1,2; report B 10; correct A #2,1 >1",
     "undone 0 by3; part 8 held2 over B:800; 2 A:200", NULL},
    {"an undo needs no sheet", "", "report A 8; undo A >1 nosheet", "undone 0 by2; 0", NULL},
    {"a late target counts where it arrives", "", "correct A 9 >3; report B 4; report A 6",
     "part 6 held3 over A:600; 4 B:400; undone 0 by1", NULL},
    {"corrected pieces keep their places by number", "", "report A #1,2; report B #3; correct A #3,2,4 >1; report C #1",
     "undone 0 by3; 1 B:100; part 2 held1 piece_twice A:200; 1 C:100", NULL},
    {"counted instead of numbered", "", "report A #1,2,3; report B 7; correct A 3 >1",
     "undone 0 by3; 7 B:700; 3 A:300", NULL},
    {"numbered instead of counted has its own place", "", "report A 3; report B #3; correct A #1,2,3 >1",
     "undone 0 by3; 1 B:100; part 2 held1 piece_twice A:200", NULL},
    {"what was held whole had no place", "", "report A 8 revoked; report B 9; correct office A 8 >1",
     "undone 0 by3; 9 B:900; part 1 held7 over A:100", NULL},
    {"[R3] a correction after the stop", "stop5", "report A 8 seen4; correct A 6 seen5 >1",
     "undone 0 by2; 6 A:600", NULL},
    {"[R3] more after the stop is held", "stop5", "report A 4 seen4; correct A 6 seen5 >1",
     "undone 0 by2; part 4 held2 stopped A:400", NULL},
    {"a held report can be undone", "", "report A 10; report A 5; undo A >2",
     "10 A:1000; undone 0 by3; 0", "1/10 good10"},
    {"a correction to what isn't known", "", "report A 8; correct A 8 op30 >1",
     "undone 0 by2; held 0 held8 unknown_op", ""},
    {"an undo not understood does nothing", "", "report A 8; undo A >1 unknown; undo A >2",
     "8 A:800; held 0 words; held 0 target_held", NULL},
    {"a note can be undone, not corrected", "", "note A; correct A 3 >1; undo A >1; undo A >3",
     "0; held 0 held3 target_kind; undone 0 by4; 0", ""},
    {"gaps and decisions aren't undone", "", "gap; undo A >1; report A 11; decide office 1 >3; undo A >4",
     "held 0 gap; held 0 target_kind; 11 decided4 A:1100; 0; held 0 target_kind", NULL},
    {"an undo of itself", "", "undo A >1", "held 0 target_kind", ""},
    {"undos of each other", "", "undo A >2; undo A >1", "held 0 target_held; held 0 target_held", ""},
};

static const struct row RIGHTS[] = {
    {"EVENTS: same badge, same kiosk", "", "report A 8; undo B >1", "8 A:800; held 0 not_yours", NULL},
    {"EVENTS: another kiosk", "", "report A 8; undo A >1 k2; correct A 9 >1 k2",
     "8 A:800; held 0 not_yours; held 0 held9 not_yours", NULL},
    {"one of the crew", "", "report AB 8; undo B >1", "undone 0 by2; 0", NULL},
    {"the same badge, whosever it is now", "", "report A 8 badge7; undo B badge7 >1", "undone 0 by2; 0", NULL},
    {"the same worker, another badge", "", "report A 8 badge7; undo A badge8 >1", "undone 0 by2; 0", NULL},
    {"no badge is nobody's", "", "report A 8 badge0; undo B badge0 >1; report ? 1; undo ? >3",
     "8 A:800; held 0 not_yours; 1 ?:100; held 0 not_yours", NULL},
    {"what nobody made, anybody there undoes", "", "report 8; undo A >1", "undone 0 by2; 0", NULL},
    {"a badge that isn't valid comes first", "", "report A 8; undo B >1 revoked", "8 A:800; held 0 badge", NULL},
    {"a decision lets a revoked badge's undo pass", "", "report A 8; undo A >1 revoked; decide office 1 >2",
     "undone 0 by2; 0 decided3; 0", NULL},
    {"a let correction counts by itself", "", "report A 8; correct A k2 6 >1; decide office 1 >2",
     "undone 0 by2; 6 decided3 A:600; 0", NULL},
    {"no decision lets pass what can't be", "", "note A; correct A 3 >1; decide office 1 >2",
     "0; held 0 held3 target_kind; 0", NULL},
    {"nobody signed in at that kiosk", "", "report A 8; undo >1", "undone 0 by2; 0", NULL},
    {"EVENTS: later by the office", "", "report A 8; correct office B 8 >1", "undone 0 by2; 8 B:800", NULL},
    {"EVENTS: by a supervisor with a reason", "", "report A 8; undo k2 by7 why >1", "undone 0 by2; 0", NULL},
    {"EVENTS: a supervisor without a reason", "", "report A 8; undo k2 by7 >1", "8 A:800; held 0 not_yours", NULL},
    {"a revoked badge undoes nothing", "", "report A 8; undo A >1 revoked", "8 A:800; held 0 badge", NULL},
    {"a decision lets a held undo pass", "", "report A 8; undo B >1; decide office 1 >2",
     "undone 0 by2; 0 decided3; 0", ""},
    {"a decision turns a held undo down", "", "report A 8; undo B >1; decide office 0 >2",
     "8 A:800; 0 rejected decided3; 0", NULL},
    {"a let correction keeps places", "", "report A 8; report B 2; correct A k2 9 >1; decide office 9 >3",
     "undone 0 by3; 2 B:200; 9 decided4 A:900; 0", NULL},
    {"a decision passes where it stands", "", "report A 8; undo B >1; correct A 5 >1; decide office 1 >2",
     "undone 0 by3; held 0 not_newest; 5 A:500; 0", NULL},
    {"undoing a held undo", "", "report A 8; undo B >1; undo B >2",
     "8 A:800; held 0 not_yours; held 0 target_held", NULL},
};

static const struct row DECISIONS[] = {
    {"EVENTS: held pieces that count", "", "report A 13; decide office 2 >1",
     "12 rejected decided2 A:1200; 0", "1/10 good12"},
    {"all of them", "", "report A 13; decide office 3 >1", "13 decided2 A:1300; 0", "1/10 good13"},
    {"none of them", "", "report A 13; decide office 0 >1", "10 rejected decided2 A:1000; 0", "1/10 good10"},
    {"no more than are held", "", "report A 13; decide office 13 >1", "13 decided2 A:1300; 0", NULL},
    {"nobody else loses by it", "", "report A 8 revoked; report B 10; decide office 8 >1",
     "8 decided3 A:800; 10 B:1000; 0", "1/10 good18"},
    {"from then on they take what is left", "", "report A 8 revoked; decide office 8 >1; report B 9",
     "8 decided2 A:800; 0; part 2 held7 over B:200", NULL},
    {"[R3] before the stop, decided", "stop5", "report A 8 before seen5; decide office 6 >1",
     "6 rejected decided2 A:600; 0", NULL},
    {"[R3] stopped, decided", "stop5", "report A 8 seen5; decide office 8 >1", "8 decided2 A:800; 0", NULL},
    {"[R3] old revision, decided", "rev2 void1@7", "report A 8 seen7; decide office 8 >1",
     "8 decided2 A:800; 0", NULL},
    {"a decision not understood", "", "report A 13; decide office 2 >1 unknown",
     "part 10 held3 over A:1000; held 0 words", NULL},
    {"nothing is left after it", "", "report A 13; decide office 3 >1; report B 1",
     "13 decided2 A:1300; 0; held 0 held1 over", NULL},
    {"only decided numbers are taken", "stop5", "report A #1,2 seen5; decide office 1 >1; report B #2",
     "1 rejected decided2 A:100; 0; 1 B:100", NULL},
    {"taken numbers are passed over", "stop5", "report A #1; report B #1,2 seen5; decide office 1 >2; report C #2",
     "1 A:100; 1 rejected decided3 B:100; 0; held 0 held1 piece_twice", NULL},
    {"a piece twice, decided", "", "report A #1,2; report B #2; decide office 1 >2",
     "2 A:200; 1 decided3 B:100; 0", NULL},
    {"decided numbers are taken", "stop5", "report A #1,2 seen5; decide office 2 >1; report B #2",
     "2 decided2 A:200; 0; held 0 held1 piece_twice", NULL},
    {"what isn't known can't be decided", "",
     "report A 8 rev2; decide office 8 >1; report A 8 unknown; decide office 8 >3",
     "held 0 held8 unknown_sheet; 0; held 0 held8 words; 0", ""},
    {"EVENTS: it names the decision it replaces", "", "report A 13; decide office 2 >1; decide office 3 >1 =2",
     "13 decided3 A:1300; undone 0 by3; 0", NULL},
    {"EVENTS: an overtaken one has no effect", "", "report A 13; decide office 2 >1; decide office 3 >1",
     "12 rejected decided2 A:1200; 0; undone 0 overtaken by2", NULL},
    {"replaces one that isn't in force", "",
     "report A 13; decide office 2 >1; decide office 1 >1 =2; decide office 3 >1 =2",
     "11 rejected decided3 A:1100; undone 0 by3; 0; undone 0 overtaken by3", NULL},
    {"replaces where none is", "", "report A 13; decide office 2 >1 =1",
     "part 10 held3 over A:1000; undone 0 overtaken", NULL},
    {"EVENTS: the office alone decides", "", "report A 13; decide A 3 >1",
     "part 10 held3 over A:1000; held 0 office", NULL},
    {"more than there are", "", "report A 13; decide office 14 >1; undo B >1; decide office 2 >3",
     "part 10 held3 over A:1000; held 0 too_many; held 0 not_yours; held 0 too_many", NULL},
    {"a decision about a decision", "", "report A 13; decide office 2 >1; decide office 1 >2",
     "12 rejected decided2 A:1200; 0; held 0 target_kind", NULL},
    {"decided before it came", "", "decide office 3 >3; report B 4; report A 9",
     "0; 4 B:400; 9 decided1 A:900", NULL},
    {"a decision waits for its target", "", "decide office 3 >9", "held 0 waits", NULL},
    {"a correction must be decided again", "", "report A 13; decide office 3 >1; correct A 12 >1",
     "undone 0 by3 decided2; 0; part 10 held2 over A:1000", NULL},
    {"room that became free needs no decision", "", "report A 8; report B 5; decide office 3 >2; undo A >1",
     "undone 0 by4; 5 decided3 B:500; 0; 0", NULL},
};

static const struct row MONEY[] = {
    {"MONEY: undecided bad is held", "", "report A 8 bad2", "8 bad2 open2 A:600", "1/10 good6 bad2"},
    {"[R14] bad, not his fault: paid", "", "report A 8 op20 bad3@10; decide office 3 bad3@10 >1",
     "8 bad3 fault2 A:27; 0", NULL},
    {"[R14] bad, the material's fault: paid", "", "report A 8 bad2; decide office 2 bad2 >1",
     "8 bad2 fault2 A:800; 0", NULL},
    {"[R14] bad, his own fault: not paid", "", "report A 8 bad2; decide office 2 bad2@10 >1",
     "8 bad2 fault2 A:600; 0", NULL},
    {"[R14] the proposal decides nothing", "", "report A 8 op20 bad2@10", "8 bad2 open2 A:20", NULL},
    {"[R14] some decided, some open", "", "report A 8 bad3; decide office 2 bad1@10 bad1@20 >1",
     "8 bad3 open1 fault2 A:600; 0", NULL},
    {"[R14] more bad than there are", "", "report A 8 bad1; decide office 2 bad2 >1",
     "8 bad1 open1 A:700; held 0 too_many", NULL},
    {"[R14] fault and pieces are decided apart", "",
     "report A 12 bad1; decide office 1 bad1 >1; decide office 2 >1; decide office 1 >1 =3",
     "11 rejected decided4 fault2 A:1100; 0; undone 0 by4; 0", NULL},
    {"[R14] decided again", "",
     "report A 8 bad2; decide office 2 bad2 >1; decide office 2 bad2@10 >1 =2; decide office 2 bad2 >1",
     "8 bad2 fault3 A:600; undone 0 by3; 0; undone 0 overtaken by3", NULL},
    {"[R14] his own bad ones that count", "", "report A 9; report B 2 bad2; decide office 2 bad2@10 >2",
     "9 A:900; part 1 bad1 held1 over fault3 B:0; 0", NULL},
    {"[R14] only bad ones that count", "", "report A 9; report B 2 bad2; decide office 2 bad2 >2",
     "9 A:900; part 1 bad1 held1 over fault3 B:100; 0", NULL},
    {"MONEY: rounded half up, once", "", "report A 5 op20; report A 3 op20", "5 A:17; 3 A:10", NULL},
    {"MONEY: split in share order", "", "report ABC 10", "10 A:334 B:333 C:333", NULL},
    {"MONEY: by shares", "", "report A3B 10 op20", "10 A:25 B:8", NULL},
    {"MONEY: the remainder goes in order", "", "report BA 1 op20", "1 B:2 A:1", NULL},
    {"a share of nobody known waits", "", "report A? 8", "8 A:400 ?:400", NULL},
    {"[R11] work of nobody is held", "", "report 8; report A 10; correct office B 8 >1",
     "undone 0 by3; 10 A:1000; held 0 held8 over", NULL},
    {"[R11] work of nobody can't be decided", "", "report 8; decide office 8 >1", "held 0 held8 nobody; 0", NULL},
    {"[R14] others' rework has its rate", "", "report A 8 bad2; report B 2 rework",
     "8 bad2 open2 A:600; 2 B:100", "1/10 good8"},
    {"[R14] own rework is not paid", "", "report A 8 bad2; report A 2 rework",
     "8 bad2 open2 A:600; 2 A:0", "1/10 good8"},
    {"[R14] one of the crew made it", "", "report AB 8 bad2; report BC 2 rework",
     "8 bad2 open2 A:300 B:300; 2 B:0 C:0", NULL},
    {"[R14] made later is not his own", "", "report A 8 bad2; report B 2 rework; report B 1",
     "8 bad2 open2 A:600; 2 B:100; 1 B:100", NULL},
    {"[R14] made elsewhere is not his own", "", "report A 8 op20; report A 2 rework", "8 A:27; 2 A:100", NULL},
    {"[R14] what is undone he didn't make", "", "report A 8; undo A >1; report A 2 rework",
     "undone 0 by2; 0; 2 A:100", NULL},
    {"[R14] made first, corrected later", "", "report A 4; report A 2 rework; correct A 5 >1",
     "undone 0 by3; 2 A:0; 5 A:500", NULL},
    {"[R14] rework makes nobody a maker", "", "report A 8 bad2; report B 1 rework; report B 1 rework",
     "8 bad2 open2 A:600; 1 B:50; 1 B:50", NULL},
    {"[R14] somebody else made it", "", "report C 8; report A 2 rework", "8 C:800; 2 A:100", NULL},
    {"[R14] what isn't rework is paid", "", "report A 4; report A 2; report B 1 rework",
     "4 A:400; 2 A:200; 1 B:50", NULL},
    {"[R14] rework is of what stays good too", "rev2 stays4", "report A 10 rev2 rework", "10 A:1000", NULL},
    {"[R14] nobody known reworks", "", "report ? 8; report ? 2 rework", "8 ?:800; 2 ?:100", NULL},
    {"[R14] rework is not taken from what is left", "", "report A 10; report B 10 rework; report C 1 rework",
     "10 A:1000; 10 B:500; held 0 held1 over", "1/10 good10 held1"},
    {"[R14] rework mends no more than is bad", "", "report A 8 bad1; report B 3 rework",
     "8 bad1 open1 A:700; 3 B:150", "1/10 good8"},
    {"[R14] a reworked piece was reported before", "", "report A #1,2; report B #1 rework; report C #1 rework",
     "2 A:200; 1 B:50; held 0 held1 piece_twice", NULL},
    {"[R14] bad rework mends nothing", "", "report A 8 bad2; report B 2 bad1 rework",
     "8 bad2 open2 A:600; 2 bad1 open1 B:50", "1/10 good7 bad1"},
    {"MONEY: a dated change by shift day", "rate20000@3-6",
     "report A 1 day2; report A 1 day3; report A 1 day6; report A 1 day7",
     "1 A:100; 1 A:200; 1 A:200; 1 A:100", NULL},
    {"MONEY: by operation", "rate20000@3-6", "report A 1 op20 day3", "1 A:3", NULL},
    {"MONEY: by family", "rate20000@3-6+wood rate30000@3-4+steel", "report A 1 day3; report A 1 day5",
     "1 A:300; 1 A:100", NULL},
    {"MONEY: the later change holds", "rate20000@3-6 rate40000@4-5", "report A 1 day3; report A 1 day4",
     "1 A:200; 1 A:400", NULL},
    {"MONEY: rework by its changed rate", "rate20000@3-6", "report A 2 rework day3", "2 A:200", NULL},
};
/* clang-format on */

static void judged(void **state)
{
    const struct row *row = *state;
    struct world     *world = world_make(row->world, row->facts);
    struct judgement  out = {0};
    struct buf        words = {0};
    judge_line(&world->line, &out);
    words_judgement(&world->line, &out, &words);
    assert_string_equal(buf_text(&words), row->verdicts);
    words_sums(&out, &words);
    if (row->sums != NULL) assert_string_equal(buf_text(&words), row->sums);
    judgement_free(&out);
    buf_free(&words);
    free(world);
}

/* ---- Pieces that wages are paid for [R41] */

static const struct {
    const char *name, *facts;
    int64_t     pieces[4]; /* of each fact */
} PAID[] = {
    {"[R41] server/judge/due.c: good ones",        "report A 8",                                  {8}   },
    {"[R41] a crew's piece once",                  "report ABC 8",                                {8}   },
    {"[R41] bad ones wait until decided",          "report A 8 bad3",                             {5}   },
    {"[R41] his own fault isn't paid",             "report A 8 bad3; decide office 3 bad3@10 >1", {5}   },
    {"[R41] the material's fault is",              "report A 8 bad3; decide office 3 bad3 >1",    {8}   },
    {"[R41] a part of them",                       "report A 8 bad3; decide office 2 bad2 >1",    {7}   },
    {"[R41] rework is paid beside its pieces",     "report A 8 bad2; report B 2 rework",          {6, 0}},
    {"[R41] own rework",                           "report A 8 bad2; report A 2 rework",          {6, 0}},
    {"[R41] held ones aren't",                     "report A 8; report B 5",                      {8, 2}},
    {"[R41] undone, corrected",                    "report A 8; correct A 6 >1",                  {0, 6}},
    {"[R41] what isn't worth a fen pays no piece", "report A 1 op20",                             {1}   },
};

static void pieces_paid(void **state)
{
    const size_t     row = (size_t)(uintptr_t)*state;
    struct world    *world = world_make("", PAID[row].facts);
    struct judgement out = {0};
    judge_line(&world->line, &out);
    for (size_t i = 0; i < world->line.fact_count; i++)
        assert_int_equal(out.verdicts[i].due_pieces, i < 4 ? PAID[row].pieces[i] : 0);
    judgement_free(&out);
    free(world);
}

/* ---- Facts without a line */

/* clang-format off */
static const struct row LOOSE[] = {
    {"a note took effect", "", "note A nosheet", "0", NULL},
    {"joining and leaving a crew", "", "join A nosheet; leave A nosheet", "0; 0", NULL},
    {"EVENTS: binding a badge nobody knows", "", "bind ? badge99 by7 revoked nosheet", "0", NULL},
    {"EVENTS: the office binds", "", "bind office A badge99 nosheet", "0", NULL},
    {"a binding by nobody", "", "bind A badge99 nosheet", "held 0 bind_by", NULL},
    {"a binding of no badge", "", "bind A badge0 by7 nosheet; bind by7 nosheet", "held 0 bind_by; held 0 bind_by", NULL},
    {"a binding of somebody's own badge", "", "bind A badge99 by7 taken nosheet", "held 0 bind_taken", NULL},
    {"a revoked badge", "", "join A revoked nosheet", "held 0 badge", NULL},
    {"EVENTS: a gap is an exception", "", "gap", "held 0 gap", NULL},
    {"EVENTS: an unknown kind", "", "weld A", "held 0 words", NULL},
    {"unknown words before all", "", "gap unknown; report A 8 revoked unknown",
     "held 0 words; held 0 held8 words", NULL},
    {"a revoked badge before what it waits for", "", "undo A >9 revoked", "held 0 badge", NULL},
    {"a report without a sheet", "", "report A 8 nosheet; correct A 4 nosheet >1",
     "held 0 held8 no_sheet; held 0 held4 no_sheet", NULL},
    {"an undo whose target isn't here", "", "undo A >9 nosheet; undo A nosheet; object A >3; decide office >3",
     "held 0 waits; held 0 refers_none; held 0 waits; held 0 waits", NULL},
};
/* clang-format on */

static void judged_alone(void **state)
{
    const struct row *row = *state;
    struct world     *world = world_make(row->world, row->facts);
    struct verdict    verdicts[8];
    struct judgement  out = {.verdicts = verdicts};
    struct buf        words = {0};
    for (size_t i = 0; i < world->line.fact_count; i++) verdicts[i] = judge_loose(&world->facts[i]);
    words_judgement(&world->line, &out, &words);
    assert_string_equal(buf_text(&words), row->verdicts);
    buf_free(&words);
    free(world);
}

/* ---- Sentences */

/* clang-format off */
static const struct {
    const char *name, *world, *facts;
    const char *english, *chinese; /* of the last fact */
} SENTENCES[] = {
    {"says how many are over", "", "report A 8; report B 5",
     "Over the quantity by 3 (planned: 10). Held until the office decides how many of them count.",
     "超出 3 件（计划 10 件），先待核。由办公室决定算几件。"},
    {"says what it waits for", "", "undo A >9",
     "It waits for entry 09000000, which hasn't arrived yet; it takes effect by itself as soon as that comes.",
     "它所指的记录 09000000 还没有传到，先待核；那条一到就自动生效。"},
    {"says which revision", "rev2 void1@7", "report A 4 seen8",
     "Reported on revision 1 after it was void: 4. Held until the office decides how many of them count.",
     "第 1 版已作废，之后报的 4 件先待核。由办公室决定算几件。"},
    {"says which operation", "", "report A 4 op35",
     "The sheet has no operation 35. It is held until the office corrects it.",
     "流程单上没有工序 35，先待核。请办公室核对后更正工序。"},
};
/* clang-format on */

static void says(void **state)
{
    const size_t     row = (size_t)(uintptr_t)*state;
    struct world    *world = world_make(SENTENCES[row].world, SENTENCES[row].facts);
    struct judgement out = {0};
    char             words[512];
    judge_line(&world->line, &out);
    const struct say *say = &out.verdicts[world->line.fact_count - 1].reason;
    assert_string_equal(text_say(LANG_EN, say, words, sizeof words), SENTENCES[row].english);
    assert_string_equal(text_say(LANG_ZH, say, words, sizeof words), SENTENCES[row].chinese);
    judgement_free(&out);
    free(world);
}

static void nothing_at_all(void **state)
{
    struct judge_line line = {0};
    struct judgement  out = {0};
    (void)state;
    judge_line(&line, &out);
    assert_int_equal(out.due_count + out.sum_count, 0);
    judgement_free(&out);
    judgement_free(&out);
    assert_null(out.work);
}

int main(int argc, char **argv)
{
    static struct rows rows;
    ROWS_ADD(&rows, judged, QUANTITY);
    ROWS_ADD(&rows, judged, HOLDS);
    ROWS_ADD(&rows, judged, CHAINS);
    ROWS_ADD(&rows, judged, RIGHTS);
    ROWS_ADD(&rows, judged, DECISIONS);
    ROWS_ADD(&rows, judged, MONEY);
    ROWS_ADD(&rows, judged_alone, LOOSE);
    for (size_t i = 0; i < sizeof PAID / sizeof PAID[0]; i++)
        rows_add(&rows, PAID[i].name, pieces_paid, (void *)(uintptr_t)i);
    for (size_t i = 0; i < sizeof SENTENCES / sizeof SENTENCES[0]; i++)
        rows_add(&rows, SENTENCES[i].name, says, (void *)(uintptr_t)i);
    rows_add(&rows, "nothing at all", nothing_at_all, NULL);
    return rows_run(&rows, argc, argv);
}
