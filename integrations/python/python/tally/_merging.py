"""Merging of states for other engines, with errors that name a damaged state."""

import tally


def merged(states, groups, count, what, label):
    """`merge_states`, with an error that names the bad state by its `label`."""
    states = list(states)
    try:
        return tally.merge_states(states, groups, group_count=count)
    except ValueError:
        for index, state in enumerate(states):
            try:
                tally.merge_states([state])
            except ValueError as error:
                reason = str(error).removeprefix("state 0: ")
                message = f"the state of {what} {label(index)} is refused: {reason}"
                raise ValueError(message) from None
        raise
