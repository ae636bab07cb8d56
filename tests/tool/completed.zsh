#!/usr/bin/env zsh
# What an interactive zsh shows when the tab key is pressed after some words:
# completed.zsh FOLDER-OF-_tally WORDS
emulate -R zsh
zmodload zsh/zpty || exit 2
TERM=dumb zpty shell zsh -f -i
# Wide enough that nothing is cut, and no question whether to show it all.
zpty -w shell "stty columns 400 rows 200; PS1= PS2= RPS1= LISTMAX=10000 fpath=(${(q)1} \$fpath)
autoload -Uz compinit && compinit -u -D
zstyle ':completion:*' insert-unambiguous false
unsetopt automenu; setopt autolist listambiguous
bindkey '^I' complete-word; bindkey '^X' kill-whole-line
print -r -- ready-\$((40 + 2))"
zpty -r -m shell said '*ready-42*' || exit 1
zpty -w -n shell "$2"$'\t'
zpty -w -n shell $'\C-X'"print -r -- done-\$((40 + 3))"$'\n'
zpty -r -m shell said '*done-43*' || exit 1
print -r -- "$said" | tr -d '\r\a'
zpty -d shell
