module tally.example/caller

go 1.18
