/*
 * What the tally program calls of the system, when it runs inside a harness:
 * included before each of its files. It may be run any number of times, in
 * pieces, and gives everything back.
 */
#ifndef TALLY_FUZZ_SHIM_H
#define TALLY_FUZZ_SHIM_H

#define _POSIX_C_SOURCE 200809L
#define _FILE_OFFSET_BITS 64

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern FILE *fuzz_stdout, *fuzz_stderr;
_Noreturn void fuzz_exit(int status);
void *fuzz_realloc(void *old, size_t size);
void fuzz_free(void *block);
char *fuzz_strdup(const char *text);
ssize_t fuzz_read(int descriptor, void *to, size_t size);
int fuzz_opened(int descriptor);
int fuzz_close(int descriptor);
FILE *fuzz_fopen(const char *path, const char *mode);
FILE *fuzz_fdopen(int descriptor, const char *mode);
int fuzz_fclose(FILE *file);
char *fuzz_realpath(const char *path, char *resolved);

#undef stdout
#undef stderr
#undef putchar
#define stdout fuzz_stdout
#define stderr fuzz_stderr
#define printf(...) fprintf(fuzz_stdout, __VA_ARGS__)
#define putchar(c) fputc(c, fuzz_stdout)
#define exit fuzz_exit
#define realloc fuzz_realloc
#define free fuzz_free
#define strdup fuzz_strdup
#define read fuzz_read
#define open(...) fuzz_opened(open(__VA_ARGS__))
#define close fuzz_close
#define fopen fuzz_fopen
#define fdopen fuzz_fdopen
#define fclose fuzz_fclose
#define realpath fuzz_realpath
#define fsync(descriptor) 0 /* slow, and seen by nobody */
#define isatty(descriptor) 0
#define main fuzz_main

#endif
