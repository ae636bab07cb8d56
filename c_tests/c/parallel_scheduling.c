/* Whose call started the library's threads does not decide how urgently they
 * work for all later callers. */
#define _GNU_SOURCE
#include <dirent.h>
#include <pthread.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../check.h"

#if defined(__linux__)
enum { COUNT = 1 << 20 };
static double values[COUNT];

static bool is_worker(const char *thread) {
    char path[300], name[32] = "";
    snprintf(path, sizeof path, "/proc/self/task/%s/comm", thread);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return false;
    }
    bool is_read = fgets(name, sizeof name, file) != NULL;
    fclose(file);
    return is_read && strcmp(name, "tally worker\n") == 0;
}

/* How many threads the library has, and how many are not of the default class.
 */
static void count_workers(int *all, int *others) {
    DIR *threads = opendir("/proc/self/task");
    *all = *others = 0;
    for (struct dirent *one; threads != NULL && (one = readdir(threads));) {
        if (is_worker(one->d_name)) {
            ++*all;
            *others += sched_getscheduler(atoi(one->d_name)) != SCHED_OTHER;
        }
    }
    if (threads != NULL) {
        closedir(threads);
    }
}

static void *call_as(void *policy) {
    const struct sched_param none = {0};
    double total;
    CHECK_INT(sched_setscheduler(0, *(int *)policy, &none), 0);
    CHECK_OK(tally_sum_f64_parallel(values, COUNT, 0, &total));
    CHECK_DOUBLE(total, COUNT);
    CHECK_INT(sched_getscheduler(0), *(int *)policy);
    return NULL;
}

/* In a process of its own, so that this call is what starts the threads. */
static void in_a_child(int policy) {
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        pthread_t caller;
        int all = 0, others = 0;
        alarm(60);
        CHECK_INT(pthread_create(&caller, NULL, call_as, &policy), 0);
        CHECK_INT(pthread_join(caller, NULL), 0);
        /* A thread may still be at its first step. */
        for (int i = 0; i < 500; i++) {
            count_workers(&all, &others);
            if (all > 0 && others == 0) {
                break;
            }
            usleep(10000);
        }
        CHECK(all > 0);
        CHECK_INT(others, 0);
        _exit(finish());
    }
    int status = -1;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK_INT(status, 0);
}

/* Whether a thread can leave this class again. */
static bool can_leave(int policy) {
    const struct sched_param none = {0};
    pid_t child = fork();
    if (child == 0) {
        _exit(sched_setscheduler(0, policy, &none) == 0 &&
                      sched_setscheduler(0, SCHED_OTHER, &none) == 0
                  ? 0
                  : 1);
    }
    int status = -1;
    return waitpid(child, &status, 0) == child && status == 0;
}

int main(void) {
    static const int policies[] = {SCHED_BATCH, SCHED_IDLE};
    cpu_set_t processors;
    CHECK_INT(sched_getaffinity(0, sizeof processors, &processors), 0);
    for (int i = 0; i < COUNT; i++) {
        values[i] = 1;
    }
    for (int i = 0; i < 2; i++) {
        if (CPU_COUNT(&processors) < 2 || !can_leave(policies[i]) ||
            access("/proc/self/task", R_OK) != 0) {
            printf("skipped: class %d cannot be tried on this system\n",
                   policies[i]);
        } else {
            in_a_child(policies[i]);
        }
    }
    return finish();
}
#else
int main(void) {
    return skip_all("this is not Linux");
}
#endif
