#define _POSIX_C_SOURCE 200809L

#include "tally_output.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "tally_console.h"

void check_output(void) {
    int reason = errno;
    if (ferror(stdout))
        fail(EXIT_USAGE, "standard output: %s",
             reason != 0 ? strerror(reason) : "write failed");
}

void print_name(const char *name, size_t size) {
    for (size_t i = 0; i < size;) {
        unsigned char byte = (unsigned char)name[i];
        size_t length = character_size(name + i, size - i);
        bool control = byte < ' ' || byte == 0x7f;
        if (length == 0 && (control || is_c1_control(name + i, size - i))) {
            /* The controls beyond ASCII have two bytes. */
            for (size_t end = i + (control ? 1 : 2); i < end; i++)
                printf("\\x%02x", (unsigned char)name[i]);
            continue;
        }
        if (byte == '\\')
            putchar('\\');
        /* What is not UTF-8 goes out as it came in. */
        for (size_t end = i + (length > 0 ? length : 1); i < end; i++)
            putchar(name[i]);
    }
}

static void print_csv(const char *text, size_t size) {
    bool plain = true;
    for (size_t i = 0; i < size; i++)
        plain &= text[i] != '"' && text[i] != ',' && text[i] != '\n' &&
                 text[i] != '\r';
    /* Blanks at the ends would be lost. */
    plain &= size == 0 || (text[0] != ' ' && text[size - 1] != ' ' &&
                           text[0] != '\t' && text[size - 1] != '\t');
    if (plain) {
        fwrite(text, 1, size, stdout);
        return;
    }
    putchar('"');
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '"')
            putchar('"');
        putchar(text[i]);
    }
    putchar('"');
}

static void print_json_string(const char *text, size_t size) {
    putchar('"');
    for (size_t i = 0; i < size;) {
        unsigned char byte = (unsigned char)text[i];
        size_t length = character_size(text + i, size - i);
        if (byte == '"' || byte == '\\')
            putchar('\\');
        if (length > 0) {
            for (size_t end = i + length; i < end; i++)
                putchar(text[i]);
            continue;
        }
        if (byte < 0x80)
            printf("\\u%04x", byte);
        else if (is_c1_control(text + i, size - i))
            printf("\\u%04x", (unsigned char)text[++i]);
        else
            printf("\\udc%02x", byte);
        i++;
    }
    putchar('"');
}

/* A number that may be written in ways that JSON does not know: +1, .5, 007. */
static void print_json_number(const char *number) {
    const char *at = number;
    if (strcmp(at, "NA") == 0) {
        fputs("null", stdout);
        return;
    }
    if (*at == '-')
        putchar(*at++);
    else if (*at == '+')
        at++;
    while (*at == '0' && at[1] >= '0' && at[1] <= '9')
        at++;
    if (*at == '.')
        putchar('0');
    for (; *at != '\0'; at++)
        if (*at != '.' || (at[1] >= '0' && at[1] <= '9'))
            putchar(*at);
}

static void begin_cell(struct output *output, const char *label) {
    /* The reason of a write that fails is kept until the end of the line. */
    if (output->cells == 0)
        errno = 0;
    if (output->form == OUTPUT_JSON) {
        if (output->cells == 0)
            fputs(output->lines == 0 ? "[\n" : ",\n", stdout);
        fputs(output->cells == 0 ? "{" : ", ", stdout);
        print_json_string(label, strlen(label));
        fputs(": ", stdout);
    } else if (output->cells > 0) {
        putchar(output->form == OUTPUT_CSV ? ',' : '\t');
    }
    output->cells++;
}

void output_name(struct output *output, const char *label, const char *name,
                 size_t size) {
    begin_cell(output, label);
    if (output->form == OUTPUT_TSV)
        print_name(name, size);
    else if (output->form == OUTPUT_CSV)
        print_csv(name, size);
    else if (name != NULL)
        print_json_string(name, size);
    else
        fputs("null", stdout);
}

void output_number(struct output *output, const char *label,
                   const char *number) {
    begin_cell(output, label);
    if (output->form != OUTPUT_JSON)
        fputs(number, stdout);
    else if (strpbrk(number, "iInN") != NULL && strcmp(number, "NA") != 0)
        /* JSON has no infinities. */
        print_json_string(number, strlen(number));
    else
        print_json_number(number);
}

void output_line(struct output *output) {
    if (output->form == OUTPUT_JSON)
        putchar('}');
    else
        putchar('\n');
    check_output();
    output->lines++;
    output->cells = 0;
}

void output_end(struct output *output) {
    if (output->form == OUTPUT_JSON)
        fputs(output->lines == 0 ? "[]\n" : "\n]\n", stdout);
    errno = 0;
    if (fflush(stdout) != 0)
        check_output();
    if (fclose(stdout) != 0)
        fail(EXIT_USAGE, "standard output: %s", strerror(errno));
}
