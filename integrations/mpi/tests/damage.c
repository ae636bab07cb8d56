/*
 * Messages that are damaged, cut, lost or sent twice: an error, or the right
 * total, never another one, and no rank is left waiting.
 *
 *     damage PLANS     prints a line for each test; exit status 1 if one fails
 *     damage cut       a vote of which nothing arrives: the program must end
 *
 * The library's MPI_Allreduce() is this one: all ranks send to rank 0, which
 * joins what it gets and sends it back. So every message can be spoiled.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tally_mpi.h>

enum { FLIP, GARBAGE, CUT, DROP, TWICE, HOWS };
static const char *const hows[HOWS] = {"a bit flipped", "bytes replaced", "cut",
                                       "lost", "sent twice"};

static int rank, size;
static uint64_t seed = 88172645463325252u;

/* Which message of the next call is spoiled, and how. */
static struct {
    int active, round, up, who, how;
    uint64_t place;
    int applied;
} plan;
static int round_now;

static uint64_t random_number(void) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed;
}

static void spoil(unsigned char *bytes, size_t count) {
    uint64_t state = plan.place;
    size_t at = (size_t)(state % count), end;
    plan.applied = 1;
    if (plan.how == FLIP) {
        bytes[at] ^= (unsigned char)(1u << (state >> 40 & 7));
    } else if (plan.how == GARBAGE) {
        end = at + 1 + (size_t)(state >> 32) % 64;
        for (; at < end && at < count; at++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            bytes[at] = (unsigned char)(state >> 56);
        }
    } else if (plan.how == CUT) {
        memset(bytes + at, 0, count - at);
    }
}

static int is_planned(int up, int who) {
    return plan.active && plan.round == round_now && plan.up == up &&
           plan.who == who;
}

int MPI_Allreduce(const void *from, void *to, int count, MPI_Datatype type,
                  MPI_Op op, MPI_Comm comm) {
    int one;
    PMPI_Type_size(type, &one);
    size_t bytes = (size_t)one * (size_t)count;
    unsigned char *mine = malloc(bytes + 1), *all = malloc(bytes * 64 + 1);
    if (mine == NULL || all == NULL)
        exit(2);
    memcpy(mine, from == MPI_IN_PLACE ? to : from, bytes);
    PMPI_Gather(mine, (int)bytes, MPI_BYTE, all, (int)bytes, MPI_BYTE, 0, comm);
    if (rank == 0) {
        for (int i = 1; i < size; i++) {
            unsigned char *message = all + (size_t)i * bytes;
            int times = 1;
            if (is_planned(1, i) && bytes > 0) {
                spoil(message, bytes);
                times = plan.how == DROP ? 0 : plan.how == TWICE ? 2 : 1;
            }
            for (; times > 0; times--)
                PMPI_Reduce_local(message, mine, count, type, op);
        }
    }
    PMPI_Bcast(mine, (int)bytes, MPI_BYTE, 0, comm);
    if (is_planned(0, rank) && bytes > 0)
        spoil(mine, bytes);
    memcpy(to, mine, bytes);
    free(mine);
    free(all);
    round_now++;
    return MPI_SUCCESS;
}

enum { FIELDS = 40 };

/* A call, and whether a result of it is right. */
static int call(int which, int *right) {
    double x[3] = {0.1 * (rank + 1), 1e16, -1e16}, total = -1;
    static double results[FIELDS];
    static tally_moments moments[3];
    int error = 0;
    if (which == 0) {
        double sum = 0;
        error = tally_mpi_allreduce_f64(x, 3, MPI_COMM_WORLD, &total);
        tally_accumulator all = TALLY_ACCUMULATOR_INIT;
        for (int r = 0; r < size; r++)
            if (tally_accumulator_add_one_f64(&all, 0.1 * (r + 1)) != TALLY_OK)
                exit(2);
        *right =
            tally_accumulator_value_f64(&all, &sum) == TALLY_OK && total == sum;
    } else if (which == 1) {
        for (int i = 0; i < FIELDS; i++)
            results[i] = i == 7 ? NAN : ldexp(i, i) * (i % 2 ? 1 : -1);
        error = tally_mpi_allreduce_elements_f64(MPI_IN_PLACE, results, FIELDS,
                                                 MPI_COMM_WORLD);
        *right = 1;
        for (int i = 0; i < FIELDS; i++)
            *right &= i == 7
                          ? isnan(results[i])
                          : results[i] == ldexp(i, i) * (i % 2 ? size : -size);
    } else {
        memset(moments, 0, sizeof moments);
        for (int i = 0; i < 3; i++)
            if (tally_moments_add_one_f64(&moments[i], i + 1) != TALLY_OK)
                exit(2);
        error = tally_mpi_allreduce_states(TALLY_MPI_MOMENTS, MPI_IN_PLACE,
                                           moments, 3, MPI_COMM_WORLD);
        *right = 1;
        for (int i = 0; i < 3; i++) {
            tally_status read = tally_moments_sum_f64(&moments[i], &total);
            /* One that could not be merged says so itself. */
            *right &= error == 0
                          ? read == TALLY_OK && total == (i + 1.0) * size
                          : read != TALLY_OK || total == (i + 1.0) * size ||
                                total == i + 1.0;
        }
    }
    return error;
}

/* A vote whose ranks go on: both of its frames must not be spoiled. */
static int is_vote(int which, int round) {
    return which == 1 ? round == 0 || round == 2 : which == 2 && round == 0;
}

int main(int argc, char **argv) {
    static const char *const names[] = {"a sum", "a vector of totals",
                                        "states"};
    static const int rounds[] = {1, 5, 2};
    int failed = 0;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    int right, error;
    if (tally_mpi_init(MPI_COMM_WORLD) != 0)
        return 2;
    if (argc > 1 && strcmp(argv[1], "cut") == 0) {
        plan.active = 1;
        plan.up = 1;
        plan.who = size - 1;
        plan.how = CUT;
        plan.place = 0;
        round_now = 0;
        call(1, &right);
        puts("FAILED: the program did not end");
        MPI_Finalize();
        return 1;
    }
    int plans = argc > 1 ? atoi(argv[1]) : 300;
    for (int which = 0; which < 3; which++) {
        int wrong = 0, told[HOWS] = {0}, tried[HOWS] = {0}, unknown = 0;
        round_now = 0;
        error = call(which, &right);
        wrong += error != 0 || !right || round_now != rounds[which];
        for (int i = 0; i < plans && wrong == 0; i++) {
            plan.active = 1;
            plan.round = (int)(random_number() % (uint64_t)rounds[which]);
            plan.up = (int)(random_number() % 2);
            plan.who = (int)(random_number() % (uint64_t)size);
            plan.how = (int)(random_number() % HOWS);
            plan.place = random_number() >> 1;
            if (plan.up && plan.who == 0)
                plan.who = 1;
            if (is_vote(which, plan.round))
                plan.how %= 2;
            /* Bytes replaced across both frames would be two messages. */
            if (is_vote(which, plan.round) && plan.how == GARBAGE)
                plan.place &= ~(uint64_t)0x3f00000000;
            if (!plan.up && (plan.how == DROP || plan.how == TWICE))
                plan.how = FLIP;
            plan.applied = 0;
            round_now = 0;
            error = call(which, &right);
            plan.active = 0;
            int counts = error == TALLY_FORMAT, applied = plan.applied,
                bad = error == 0 ? !right : error != TALLY_FORMAT || !right;
            /* Vectors are left alone on failure. */
            if (error != 0 && which != 2)
                bad = error != TALLY_FORMAT;
            if (error != 0 && *tally_mpi_last_message() == '\0')
                bad = 1;
            int mine[3] = {counts, applied, bad}, all[3];
            PMPI_Allreduce(mine, all, 3, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
            if (bad)
                fprintf(stderr,
                        "%s, rank %d: round %d %s, message of %d, %s, place "
                        "%llu: error %d, right %d (%s)\n",
                        names[which], rank, plan.round, plan.up ? "up" : "down",
                        plan.who, hows[plan.how],
                        (unsigned long long)plan.place, error, right,
                        tally_mpi_last_message());
            wrong += all[2];
            tried[plan.how] += all[1];
            told[plan.how] += all[0] && all[1];
            /* In the only round of a call every flipped bit must be told. */
            unknown += which == 0 && plan.how <= GARBAGE && all[1] && !all[0];
        }
        if (rank == 0) {
            printf("%s: damaged messages, %s:",
                   wrong == 0 && unknown == 0 ? "ok" : "FAILED", names[which]);
            for (int how = 0; how < HOWS; how++)
                printf(" %s %d of %d told%s", hows[how], told[how], tried[how],
                       how < HOWS - 1 ? "," : "; the others were right\n");
        }
        failed |= wrong != 0 || unknown != 0 || told[FLIP] == 0;
    }
    MPI_Finalize();
    return failed;
}
