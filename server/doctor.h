/* doctor.h - asks whoever knows for `baogong-server doctor`: the running server by its console, its door by knocking, the
 * certificates by their files. */
#ifndef SERVER_DOCTOR_H
#define SERVER_DOCTOR_H

#include "server/care/doctor.h"

/* Prints what care_doctor() finds; false where something is bad. */
bool doctor_run(const struct care *care, struct err *err) MUST_CHECK;

#endif
