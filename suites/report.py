"""What became of the cases of a suite."""

import collections


class Report:
    def __init__(self):
        self.passed = 0
        self.failed = []
        self.not_applicable = collections.Counter()

    def check(self, name, found, expected):
        """One case; what is found and expected is shown where they differ."""
        if found == expected:
            self.passed += 1
        else:
            self.failed.append(f"{name}: {found}, expected {expected}")

    def fail(self, name, why):
        self.failed.append(f"{name}: {why}")

    def leave_out(self, why, count=1):
        self.not_applicable[why] += count

    def show(self, suite, most=20):
        """Prints all, the numbers last, and says whether the suite is passed."""
        for line in self.failed[:most]:
            print(f"    {line}")
        if len(self.failed) > most:
            print(f"    and {len(self.failed) - most} more")
        for why, count in self.not_applicable.most_common():
            print(f"    not applicable: {count}: {why}")
        print(
            f"{suite}: {self.passed} passed, {len(self.failed)} failed, "
            f"{self.not_applicable.total()} not applicable"
        )
        # A suite of which nothing was found has not passed.
        return self.passed > 0 and not self.failed
