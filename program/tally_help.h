/*
 * What `tally --help` prints. The man page and the completions are made of it.
 */
#ifndef TALLY_HELP_H
#define TALLY_HELP_H

/* The whole text. */
const char *tally_help(void);

#endif
