/* keeper_thread.h - the keeper and its courier on threads of their own; main posts, and takes what is new.
 *
 * From keeper_start() to keeper_stop() only the thread touches the keeper. Nothing here waits but keeper_stop(). */
#ifndef KIOSK_KEEPER_THREAD_H
#define KIOSK_KEEPER_THREAD_H

#include "core/clock.h"
#include "core/code.h"
#include "core/err.h"
#include "core/event.h"
#include "kiosk/keeper.h"

struct keeper_thread;

/* wake is called, on the keeper's thread, whenever keeper_take() has something: it only pushes an event to main's
 * queue. clock outlives the thread. */
bool keeper_start(struct keeper *keeper, const struct clock *clock, void (*wake)(void *self), void *self,
                  struct keeper_thread **thread, struct err *err) MUST_CHECK;

/* Ends both threads; an event that was posted is saved first. The caller closes the keeper. Takes NULL. */
void keeper_stop(struct keeper_thread *thread);

/* One event to keep; copied. The next one only after its news came. */
void keeper_post_save(struct keeper_thread *thread, const struct event *event);

/* A scanned enrolment: fetched, checked and kept; the news tell. The next one only after its news came. */
void keeper_post_enrol(struct keeper_thread *thread, const struct code_enrol *enrol);

/* A setting to keep; a newer one of the same name takes the place of one that waits. Its news tell when all are kept. */
void keeper_post_knob(struct keeper_thread *thread, const struct found_knob *knob);

/* The scanners that are chosen now, in the place of those before; its news tell as a setting's. */
void keeper_post_chosen(struct keeper_thread *thread, const char *text);

/* Whether a scanner works: told to the server with the next request. */
void keeper_post_scanner(struct keeper_thread *thread, bool has_scanner);

/* Is the keeper alive? True: it has answered since this was asked last, or wasn't asked yet. It is asked again. */
bool keeper_is_alive(struct keeper_thread *thread);

struct keeper_news {
    bool               has_saved; /* the answer to keeper_post_save(): */
    bool               is_saved;
    struct hash        name;
    struct epoch       epoch;
    int64_t            seq;
    bool               has_enrolled; /* the answer to keeper_post_enrol(): */
    bool               is_enrolled;
    int                set_count;  /* settings of keeper_post_knob() and _chosen() that are dealt with */
    bool               is_not_set; /* one of them couldn't be kept */
    struct err         set_err;
    struct err         err;         /* why it wasn't saved or enrolled */
    bool               has_learnt;  /* look-ups may answer otherwise now */
    bool               is_damaged;  /* the database is: end the program, the next start salvages */
    bool               must_reopen; /* end the program and start it anew: core/db.h */
    bool               has_state;
    struct found_state state; /* all but has_scanner */
};

/* What is new since the last call; false: nothing. Saved and enrolled never come in one. */
bool keeper_take(struct keeper_thread *thread, struct keeper_news *news);

#endif
