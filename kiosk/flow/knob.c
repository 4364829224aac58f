/* knob.c - the settings of the kiosk itself: knob.h. */
#include "kiosk/flow/knob.h"

#include <string.h>

#include "core/text.h"

/* To add a setting, add a row. */
static const struct knob_row KNOB_ROWS[KNOBS] = {
    [KNOB_VOLUME] = {"volume",           KNOB_STEPS,  0,  100,            10, 80, SETUP_SOUND   },
    [KNOB_THEME] = {"theme",            KNOB_CHOICE, 0,  1,              1,  0,  SETUP_SCREEN  },
    [KNOB_LANG] = {"lang",             KNOB_CHOICE, 0,  LANG_COUNT - 1, 1,  0,  SETUP_SCREEN  },
    [KNOB_SIGN_OUT] = {"sign_out",         KNOB_CHOICE, 0,  2,              1,  0,  SETUP_SIGN_OUT},
    [KNOB_SIGN_OUT_SECONDS] = {"sign_out_seconds", KNOB_STEPS,  10, 600,            10, 60, SETUP_SIGN_OUT},
    [KNOB_DIM_MIN] = {"dim_min",          KNOB_STEPS,  0,  120,            5,  15, SETUP_SCREEN  },
};

const struct knob_row *knob_row(enum knob knob)
{
    return &KNOB_ROWS[knob];
}

bool knob_allows(enum knob knob, int64_t value)
{
    return value >= KNOB_ROWS[knob].least && value <= KNOB_ROWS[knob].most;
}

int knob_of(const char *name)
{
    for (int i = 0; i < KNOBS; i++)
        if (strcmp(KNOB_ROWS[i].name, name) == 0) return i;
    return -1;
}
