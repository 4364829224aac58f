/* super.h - what a supervisor has in hand: a part of struct flow.
 *
 *     WORKER -- menu --> SUPER --> SPARE -- spare badge --> PEOPLE -- who --> saved
 *                          +-----> PAPER <--> PEOPLE, PICK, QUANTITY ---------> saved, back to PAPER
 *                          +-----> PEOPLE -- who --> ENTRIES -- which --> MEND <--> QUANTITY, PICK --> saved
 *                          +-----> carry: told on SUPER itself
 *
 *     WORKER -- "this is wrong" --> ENTRIES -- which --> PICK -- why --> WORKER: anybody's, about his own entries
 *
 * The supervisor stays the one who is signed in; whom an entry is about stands here. The paper's sheet, operation and
 * count are those of the entry in the making. */
#ifndef KIOSK_FLOW_SUPER_H
#define KIOSK_FLOW_SUPER_H

#include "kiosk/words.h"

enum duty { DUTY_NONE, DUTY_BIND, DUTY_PAPER, DUTY_MEND, DUTY_OBJECT /* a worker's own: object.c */ };

/* What the list of workers shows now. */
enum people_by { PEOPLE_NAMES, PEOPLE_LETTERS, PEOPLE_CREWS, PEOPLE_ALL, PEOPLE_FIRST = 10 };

/* Fields of the form for ticked paper, in the order in which they are asked for. */
enum paper_field { PAPER_WORKER, PAPER_SHEET, PAPER_OP, PAPER_COUNT, PAPER_DAY, PAPER_WHY, PAPER_SECOND, PAPER_FIELDS };

enum pick { PICK_OP, PICK_DAY, PICK_WHY };

enum {
    PAPER_DAYS = 8, /* today and the seven before */
    SUPER_WHYS = 6,
    SUPER_ENTRIES = 6, /* of a page */
    SUPER_PICKS = 12,  /* cells of a page */
    SUPER_MS = 180000  /* until sign-out */
};

struct flow_super {
    enum duty           duty;
    int64_t             spare; /* BIND: the badge */
    bool                has_worker, has_second;
    struct found_worker worker; /* whom it is about; badge 0 where he was chosen from the list */
    struct found_worker second;
    enum people_by      by;
    struct found_people people;
    enum pick           pick;
    int32_t             day; /* 0: not chosen */
    int                 why; /* 1..SUPER_WHYS; 0: not chosen */
    int                 skip;
    struct found_entry  entry; /* MEND */
    bool                has_target;
    struct event        target;      /* MEND: its event */
    bool                is_carrying; /* the stick is being written */
};

#endif
