/*
 * Statistics of data that are spread over the ranks in many ways.
 *
 *     totals FILE...      or, for three of seven distributions, totals -q
 * FILE...
 *
 * A file has two 64-bit integers, rows and columns, and as many doubles, row by
 * row. Rank 0 prints for each file and distribution lines of
 *
 *     file distribution seed name place status bits
 *
 * and "DIFFERENT" instead of the bits if the ranks have different ones.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tally_mpi.h>

static int rank, size;
static int64_t rows, columns;
static double *data, *mine, *second, *across, *results;
static int64_t *order;
static tally_accumulator *states;

static void *get(size_t bytes) {
    void *block = calloc(bytes + 8, 1);
    if (block == NULL)
        MPI_Abort(MPI_COMM_WORLD, 1);
    return block;
}

static void read_file(const char *name) {
    int64_t shape[2];
    FILE *file = fopen(name, "rb");
    if (file == NULL || fread(shape, sizeof shape, 1, file) != 1)
        MPI_Abort(MPI_COMM_WORLD, 1);
    rows = shape[0];
    columns = shape[1];
    size_t count = (size_t)(rows * columns);
    data = get(count * sizeof *data);
    mine = get(count * sizeof *mine);
    second = get(count * sizeof *second);
    across = get(count * sizeof *across);
    results = get((size_t)columns * sizeof *results);
    states = get((size_t)columns * sizeof *states);
    order = get((size_t)rows * sizeof *order);
    if (fread(data, sizeof *data, count, file) != count)
        MPI_Abort(MPI_COMM_WORLD, 1);
    fclose(file);
}

static void free_all(void) {
    void *blocks[] = {data, mine, second, across, results, states, order};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        free(blocks[i]);
}

static void shuffle(uint64_t seed) {
    uint64_t state = seed * 2 + 1;
    for (int64_t i = 0; i < rows; i++)
        order[i] = i;
    for (int64_t i = rows - 1; i > 0 && seed > 0; i--) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        int64_t j = (int64_t)((state >> 33) % (uint64_t)(i + 1));
        int64_t kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
}

static int64_t cut(const char *distribution, int64_t place) {
    if (strcmp(distribution, "even") == 0)
        return rows * place / size;
    if (strcmp(distribution, "uneven") == 0)
        return rows * place * (place + 1) / (size * (size + 1));
    return place < size ? 0 : rows; /* all on the last one */
}

/*
 * Results are kept, and those of all ranks compared at the end: where ranks
 * wait busily for a processor, each collective call takes long.
 */
enum { KEPT_MOST = 100 };
static struct {
    const char *name;
    int64_t place;
    int status;
    double result;
} kept[KEPT_MOST];
static int kept_count;

static void keep(const char *name, int64_t place, int status, double result) {
    if (kept_count == KEPT_MOST)
        MPI_Abort(MPI_COMM_WORLD, 1);
    kept[kept_count].name = name;
    kept[kept_count].place = place;
    kept[kept_count].status = status;
    kept[kept_count++].result = result;
}

static void print(const char *file, const char *distribution, int seed) {
    uint64_t own[4 * KEPT_MOST], most[4 * KEPT_MOST];
    for (int i = 0; i < kept_count; i++) {
        memcpy(&own[4 * i], &kept[i].result, sizeof *own);
        own[4 * i + 1] = ~own[4 * i];
        own[4 * i + 2] = (uint64_t)(int64_t)kept[i].status;
        own[4 * i + 3] = ~own[4 * i + 2];
    }
    MPI_Allreduce(own, most, 4 * kept_count, MPI_UINT64_T, MPI_MAX,
                  MPI_COMM_WORLD);
    for (int i = 0; i < kept_count && rank == 0; i++) {
        const uint64_t *of = most + 4 * i;
        printf("%s %s %d %s %lld %d ", file, distribution, seed, kept[i].name,
               (long long)kept[i].place, kept[i].status);
        if (of[0] != ~of[1] || of[2] != ~of[3])
            puts("DIFFERENT");
        else
            printf("%016llx\n", (unsigned long long)of[0]);
    }
    kept_count = 0;
}

static void reduce(const char *distribution) {
    const MPI_Comm world = MPI_COMM_WORLD;
    int64_t first = cut(distribution, rank), end = cut(distribution, rank + 1);
    size_t own = (size_t)(end - first), count = own * (size_t)columns;
    double result = 0, host = 0;
    int status;
    for (size_t i = 0; i < own; i++)
        for (size_t k = 0; k < (size_t)columns; k++) {
            double value =
                data[order[first + (int64_t)i] * columns + (int64_t)k];
            mine[i * (size_t)columns + k] = value;
            across[k * own + i] = value;
        }
    /* The other side of the dot product: the row in reverse. */
    for (size_t i = 0; i < own; i++)
        for (size_t k = 0; k < (size_t)columns; k++)
            second[i * (size_t)columns + k] =
                mine[(i + 1) * (size_t)columns - 1 - k];
    for (size_t i = 0; i < count; i++)
        host += mine[i];
    MPI_Allreduce(MPI_IN_PLACE, &host, 1, MPI_DOUBLE, MPI_SUM, world);
    keep("host", 0, 0, host);

#define PRINT(NAME, CALL)                                                      \
    status = CALL;                                                             \
    keep(NAME, 0, status, result);                                             \
    result = 0
    PRINT("sum", tally_mpi_allreduce_f64(mine, count, world, &result));
    PRINT("mean", tally_mpi_allreduce_mean_f64(mine, count, world, &result));
    PRINT("variance",
          tally_mpi_allreduce_variance_f64(mine, count, 1, world, &result));
    PRINT("deviation", tally_mpi_allreduce_standard_deviation_f64(
                           mine, count, 0, world, &result));
    PRINT("norm", tally_mpi_allreduce_norm_f64(mine, count, world, &result));
    PRINT("dot",
          tally_mpi_allreduce_dot_f64(mine, second, count, world, &result));

#define PRINT_VECTOR(NAME, CALL)                                               \
    memset(results, 0, (size_t)columns * sizeof *results);                     \
    status = CALL;                                                             \
    for (int64_t k = 0; k < columns; k++)                                      \
    keep(NAME, k, status, results[k])
    PRINT_VECTOR("fields", tally_mpi_allreduce_fields_f64(
                               across, own, (ptrdiff_t)own, (size_t)columns,
                               world, results));
    for (int64_t k = 0; k < columns; k++) {
        states[k] = (tally_accumulator)TALLY_ACCUMULATOR_INIT;
        if (tally_accumulator_add_f64(&states[k], across + (size_t)k * own,
                                      own) != TALLY_OK)
            MPI_Abort(world, 1);
    }
    PRINT_VECTOR("totals", tally_mpi_allreduce_totals_f64(
                               states, (size_t)columns, world, results));
    /* One row a rank, from the first ones; none where there are no more. */
    for (int64_t k = 0; k < columns; k++)
        results[k] = rank < rows ? data[rank * columns + k] : -0.0;
    status = tally_mpi_allreduce_elements_f64(MPI_IN_PLACE, results,
                                              (size_t)columns, world);
    for (int64_t k = 0; k < columns; k++)
        keep("elements", k, status, results[k]);
    status = tally_mpi_allreduce_states(TALLY_MPI_ACCUMULATOR, MPI_IN_PLACE,
                                        states, (size_t)columns, world);
    for (int64_t k = 0; k < columns; k++) {
        tally_status read = tally_accumulator_value_f64(&states[k], &result);
        keep("states", k, status != 0 ? status : (int)read, result);
    }
}

int main(int argc, char **argv) {
    static const char *const distributions[] = {"even", "uneven", "last"};
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    int quick = argc > 1 && strcmp(argv[1], "-q") == 0;
    for (int i = 1 + quick; i < argc; i++) {
        read_file(argv[i]);
        for (int way = quick; way < 3; way++)
            for (int seed = quick; seed < 2 + (way == 1); seed++) {
                shuffle((uint64_t)seed);
                reduce(distributions[way]);
                print(argv[i], distributions[way], seed);
            }
        free_all();
    }
    MPI_Finalize();
    return 0;
}
