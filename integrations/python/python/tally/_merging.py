"""States merged for other engines, with a word on which one is damaged."""

import tally


def merged(states, groups, count, what, label):
    """`merge_states`, whose error says what `label` calls the state that is to blame."""
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
