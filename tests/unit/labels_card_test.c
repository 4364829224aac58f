/* labels_card_test.c - command cards and the kiosk's actions, whose numbers never change: each action has its card, and the
 * card says that number.
 * links: labels core */
#include <stdlib.h>
#include <string.h>

#include "kiosk/words.h"
#include "labels/card.h"
#include "labels/read.h"
#include "tests/unit/rows.h"

/* A new action stops the compiler here, and must get its card. */
static bool has_card(enum action action)
{
    switch (action) {
    case ACTION_NONE: return false;
    case ACTION_SAVE:
    case ACTION_UNDO:
    case ACTION_LOOK:
    case ACTION_BACK:
    case ACTION_COUNT:
    case ACTION_DIGIT:
    case ACTION_ERASE:
    case ACTION_OP:
    case ACTION_BAD:
    case ACTION_WORKER:
    case ACTION_OUT:
    case ACTION_JOIN:
    case ACTION_CHANGE:
    case ACTION_YES:
    case ACTION_NO:
    case ACTION_MADE_BEFORE:
    case ACTION_LANGUAGE:
    case ACTION_MONEY:
    case ACTION_OTHER:
    case ACTION_REWORK:
    case ACTION_MORE:
    case ACTION_DIFFERENT:
    case ACTION_LEAVE:
    case ACTION_FAULT:
    case ACTION_OPENING:
    case ACTION_NUMBER:
    case ACTION_ALL:
    case ACTION_COLLECT:
    case ACTION_YUAN:
    case ACTION_ORDER:
    case ACTION_BOARD:
    case ACTION_DAY:
    case ACTION_SETUP:
    case ACTION_SET:
    case ACTION_SOUND:
    case ACTION_SCANNER:
    case ACTION_END:
    case ACTION_CLEAN:
    case ACTION_ANSWER:
    case ACTION_SUPER:
    case ACTION_SPARE:
    case ACTION_PAPER:
    case ACTION_MEND:
    case ACTION_CARRY:
    case ACTION_FIELD:
    case ACTION_PICK:
    case ACTION_NEWCOMER:
    case ACTION_WRONG:
    case ACTION_CLOSE:
    case ACTION_GOODS: return true;
    case ACTION_LINE:
    case ACTION_OPEN:                 /* the sheet itself is its card */
    case ACTION_NOTE:                 /* so is the paper */
    case ACTION_FILTER:               /* what it shows is a list to touch; each worker's own badge is his card */
    case ACTION_TARGET: return false; /* it tries the touch screen */
    }
    return false;
}

static const struct {
    enum action action;
    const char *words;
} CARD_WORDS[] = {
    {ACTION_SAVE,        "labels.card.save"       },
    {ACTION_UNDO,        "labels.card.undo"       },
    {ACTION_LOOK,        "labels.card.look"       },
    {ACTION_BACK,        "labels.card.back"       },
    {ACTION_COUNT,       "labels.card.count"      },
    {ACTION_DIGIT,       "labels.card.digit"      },
    {ACTION_ERASE,       "labels.card.erase"      },
    {ACTION_OP,          "labels.card.op"         },
    {ACTION_BAD,         "labels.card.bad"        },
    {ACTION_WORKER,      "labels.card.worker"     },
    {ACTION_OUT,         "labels.card.out"        },
    {ACTION_JOIN,        "labels.card.join"       },
    {ACTION_CHANGE,      "labels.card.change"     },
    {ACTION_YES,         "labels.card.yes"        },
    {ACTION_NO,          "labels.card.no"         },
    {ACTION_MADE_BEFORE, "labels.card.made_before"},
    {ACTION_COLLECT,     "labels.card.collect"    },
    {ACTION_ANSWER,      "screen.asked_working"   },
    {ACTION_LANGUAGE,    "labels.card.language"   },
    {ACTION_MONEY,       "labels.card.money"      },
    {ACTION_OTHER,       "labels.card.other"      },
    {ACTION_REWORK,      "labels.card.rework"     },
    {ACTION_MORE,        "labels.card.more"       },
    {ACTION_DIFFERENT,   "labels.card.different"  },
};

static void every_action_has_its_card(void **state)
{
    struct mistakes mistakes = {.lang = LANG_EN};
    struct file     file = {0};
    struct card    *cards;
    size_t          count;
    (void)state;
    for (size_t i = 0; i < sizeof CARD_WORDS / sizeof CARD_WORDS[0]; i++) {
        const struct card_row *row = NULL;
        for (size_t k = CARD_ROW_COUNT; k-- > 0;)
            if (CARD_ROWS[k].action == (int)CARD_WORDS[i].action) row = &CARD_ROWS[k];
        assert_non_null(row);
        assert_string_equal(row->words, CARD_WORDS[i].words);
    }
    size_t wanted = 0;
    for (size_t k = 0; k < CARD_ROW_COUNT; k++) {
        assert_true(has_card((enum action)CARD_ROWS[k].action));
        wanted += (size_t)((CARD_ROWS[k].to - CARD_ROWS[k].from) / CARD_ROWS[k].step + 1);
    }
    assert_true(file_cards(&file, &cards, &count, &mistakes));
    assert_int_equal(count, wanted);
    for (size_t i = 0; i < count; i++) {
        char        digits[CODE_TEXT_MAX];
        struct code code;
        struct err  err;
        card_digits(&cards[i], digits);
        assert_true(code_read(digits, strlen(digits), &code, &err));
        assert_int_equal(code.kind, CODE_COMMAND);
        assert_int_equal(code.command.action, cards[i].action);
        assert_int_equal(code.command.argument, cards[i].argument);
        for (size_t k = 0; k < i; k++)
            assert_false(cards[k].action == cards[i].action && cards[k].argument == cards[i].argument);
    }
    free(cards);
}

int main(int argc, char **argv)
{
    static struct rows rows;
    rows_add(&rows, "cards and actions", every_action_has_its_card, NULL);
    return rows_run(&rows, argc, argv);
}
