/* slip.h - what a worker is paid for a period (工资条), one A5 for each; and the list that everybody signs (签字表), A4
 * across, with what the wage law asks for: employer, period, pay day, name, identity number, contact, days, items, sum,
 * signature. */
#ifndef LABELS_SLIP_H
#define LABELS_SLIP_H

#include "labels/box.h"

struct slip_line {
    const char *what, *detail; /* product, operation; kind, reason */
    int64_t     pieces;        /* of day work: minutes; -1: not said */
    bool        is_time;
    int64_t     rate_cfen; /* -1: not said */
    int64_t     fen;
};

struct slip_day {
    int32_t day;
    int64_t pieces, fen;
};

struct slip {
    const char             *employer, *name, *crew;
    int                     worker;
    int32_t                 from_day, to_day, pay_day;
    int64_t                 days, held, net_fen;
    size_t                  count;
    const struct slip_line *lines;
    size_t                  worked_count;
    const struct slip_day
               *worked; /* its own dates with work or day work, in order; all of them are shown where it is a month */
    int64_t     audit_row; /* as below */
    const char *audit_hash;
    bool        is_draft; /* checked, not closed */
};

void slip_put(struct paper *paper, const struct slip *slip);

struct paylist_row {
    int         worker;
    const char *name, *id_number, *phone, *crew;
    int64_t     days, pieces, held;
    int64_t     piece_fen, time_fen, late_fen, bonus_fen, taken_fen, net_fen; /* taken_fen: at most 0 */
};

struct paylist {
    const char               *employer;
    int32_t                   from_day, to_day, pay_day;
    size_t                    count;
    const struct paylist_row *rows;
    int64_t                   audit_row; /* the audit chain's head as of the check or closing; 0: not printed */
    const char               *audit_hash;
    bool                      is_draft;
};

void paylist_put(struct paper *paper, const struct paylist *list);

/* The head of the audit chain, in one line; row 0: nothing. The paper is outside the computer: who rewrites the trail
 * afterwards, whole chain and all, can't rewrite this. */
void slip_chain(struct paper *paper, struct area area, float em, int64_t row, const char *hash);

/* 1234.05 yuan as a cheque has it: 壹仟贰佰叁拾肆元零伍分. */
enum { YUAN_TEXT = 160 };
void words_yuan(int64_t fen, char text[YUAN_TEXT]);

#endif
