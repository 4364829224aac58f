/* initial.h - the letter by which a name is looked for: of a Chinese name its pinyin's first.
 *
 * The common characters stand in GB 2312 in the order of their pinyin, so the place tells the letter; surnames outside of
 * that part, and those that are read otherwise as surnames, stand in a table. */
#ifndef CORE_INITIAL_H
#define CORE_INITIAL_H

enum { INITIAL_GROUPS = 12 };

/* 'A' to 'Z'; 0: nobody knows. */
char initial_of(const char *name);

/* Letters share keys: the letters of group 1..INITIAL_GROUPS, and the group of a letter (0: of none). */
const char *initial_group(int group);
int         initial_group_of(char letter);

#endif
