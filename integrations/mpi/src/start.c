/* The beginning of every collective call: the communicator, the versions. */
#include "internal.h"
#include <pthread.h>

/* The attribute of communicators whose versions have been compared. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int compared = MPI_KEYVAL_INVALID;

static int get_key(int *key) {
    int error = MPI_SUCCESS;
    pthread_mutex_lock(&lock);
    if (compared == MPI_KEYVAL_INVALID)
        error = MPI_Comm_create_keyval(MPI_COMM_DUP_FN, MPI_COMM_NULL_DELETE_FN,
                                       &compared, NULL);
    *key = compared;
    pthread_mutex_unlock(&lock);
    return error;
}

/* In MPI's own types, so that any two versions understand each other. */
static int compare_versions(const group *g) {
    int version = (int)tally_version_number();
    struct {
        int value, rank;
    } mine[4] = {{version, g->rank},
                 {-version, g->rank},
                 {WIRE, g->rank},
                 {-WIRE, g->rank}},
      most[4];
    int error = MPI_Allreduce(mine, most, 4, MPI_2INT, MPI_MAXLOC, g->comm);
    if (error != MPI_SUCCESS)
        return fail_mpi("MPI_Allreduce", error);
    if (most[0].value != -most[1].value) {
        int high = most[0].value, low = -most[1].value;
        return fail_at(most[1].rank, TALLY_INVALID,
                       "rank %d has Tally %d.%d.%d, rank %d has %d.%d.%d: all "
                       "ranks need the same version",
                       most[1].rank, low / 10000, low / 100 % 100, low % 100,
                       most[0].rank, high / 10000, high / 100 % 100,
                       high % 100);
    }
    if (most[2].value != -most[3].value)
        return fail_at(most[3].rank, TALLY_INVALID,
                       "ranks %d and %d have different versions of tally_mpi",
                       most[3].rank, most[2].rank);
    return 0;
}

static int is_initialized(void) {
    int flag = 0;
    return MPI_Initialized(&flag) == MPI_SUCCESS && flag;
}

int is_running(void) {
    int flag = 0;
    return is_initialized() && MPI_Finalized(&flag) == MPI_SUCCESS && !flag;
}

int fail_not_running(void) {
    return fail_at(-1, TALLY_INVALID, "MPI is %s",
                   is_initialized() ? "finalized" : "not initialized");
}

int enter(MPI_Comm comm, group *out) {
    int flag = 0, inter = 0, key, error;
    void *value;
    if (!is_running())
        return fail_not_running();
    if (comm == MPI_COMM_NULL)
        return fail_mpi("the communicator is MPI_COMM_NULL", MPI_ERR_COMM);
    if ((error = MPI_Comm_test_inter(comm, &inter)) != MPI_SUCCESS)
        return fail_mpi("MPI_Comm_test_inter", error);
    if (inter)
        return fail_at(-1, TALLY_INVALID,
                       "the communicator is an intercommunicator: merge it "
                       "by MPI_Intercomm_merge()");
    out->comm = comm;
    if ((error = MPI_Comm_rank(comm, &out->rank)) != MPI_SUCCESS)
        return fail_mpi("MPI_Comm_rank", error);
    if ((error = MPI_Comm_size(comm, &out->size)) != MPI_SUCCESS)
        return fail_mpi("MPI_Comm_size", error);
    if ((error = get_handles(&out->made)) != MPI_SUCCESS)
        return fail_mpi("making datatypes and operators", error);
    if ((error = get_key(&key)) != MPI_SUCCESS)
        return fail_mpi("MPI_Comm_create_keyval", error);
    if ((error = MPI_Comm_get_attr(comm, key, &value, &flag)) != MPI_SUCCESS)
        return fail_mpi("MPI_Comm_get_attr", error);
    if (!flag) {
        if ((error = compare_versions(out)) != 0)
            return error;
        if ((error = MPI_Comm_set_attr(comm, key, NULL)) != MPI_SUCCESS)
            return fail_mpi("MPI_Comm_set_attr", error);
    }
    return 0;
}

int tally_mpi_init(MPI_Comm comm) {
    group g;
    int error = enter(comm, &g);
    return error != 0 ? error : succeed();
}
