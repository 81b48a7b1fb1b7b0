// SPDX-License-Identifier: MIT
// A reader driver for tests, between pcscd and Debian's libifdvpcd.so: all goes through to that
// one, except where the reader's script says otherwise.
//
// The folder that CCCD_STAGE names has a folder for each reader, called after its USB address
// (.../003 is device 003), and in it
//   driver.so  a copy of libifdvpcd.so of its own: that library knows one reader only
//   script     read afresh at each call, a line each:
//     port N             where the card connects to; needed
//     unplugged          every call answers IFD_NO_SUCH_DEVICE
//     unplugged_from N   from the N-th command on
//     mute               the card does not come up
//     short              commands of extended length are refused
//     longest N          commands and answers of more bytes are refused
//     fail N CODE        the N-th command is answered with this code of ifdhandler.h
//     slow N MS          ... and that one only after so long; N 0: every one
//     attribute TAG HEX  IFDHGetCapabilities; an empty value: IFD_ERROR_TAG
//     feature TAG CODE   what CM_IOCTL_GET_FEATURE_REQUEST answers, all lines together
//     control CODE IN HEX  IFDHControl; IN: the command in hexadecimal, or *; numbers with 0x
//   log        written: a line a command, its number, bytes, IFDH's code, bytes of the answer
// Commands are counted from 1 since the reader was plugged in.
#include <dlfcn.h>
#include <ifdhandler.h>
#include <pthread.h>
#include <reader.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { READERS = 16, SHORT_LONGEST = 261, LINE = 4096 };

// The functions of the driver behind.
struct driver {
    RESPONSECODE (*create)(DWORD, LPSTR);
    RESPONSECODE (*close)(DWORD);
    RESPONSECODE (*get)(DWORD, DWORD, PDWORD, PUCHAR);
    RESPONSECODE (*set)(DWORD, DWORD, DWORD, PUCHAR);
    RESPONSECODE (*protocol)(DWORD, DWORD, UCHAR, UCHAR, UCHAR, UCHAR);
    RESPONSECODE (*power)(DWORD, DWORD, PUCHAR, PDWORD);
    RESPONSECODE (*transmit)
    (DWORD, SCARD_IO_HEADER, PUCHAR, DWORD, PUCHAR, PDWORD, PSCARD_IO_HEADER);
    RESPONSECODE (*presence)(DWORD);
    RESPONSECODE (*control)(DWORD, DWORD, PUCHAR, DWORD, PUCHAR, DWORD, LPDWORD);
};

static struct reader {
    char folder[256];
    struct driver driver;
    unsigned long commands;
} readers[READERS];

static struct reader *reader_of(DWORD lun)
{
    return lun >> 16 < READERS ? &readers[lun >> 16] : NULL;
}

static DWORD slot_of(DWORD lun)
{
    return lun & 0xFFFF;
}

// ---- the script ----

struct script {
    FILE *file;
    char line[LINE];
};

static bool script_open(struct script *s, const struct reader *r)
{
    char path[300];

    snprintf(path, sizeof path, "%s/script", r->folder);
    s->file = r->folder[0] != '\0' ? fopen(path, "re") : NULL;
    return s->file != NULL;
}

// What stands behind this word in the next line that begins with it; NULL after the last.
static char *script_next(struct script *s, const char *word)
{
    size_t n = strlen(word);

    while (fgets(s->line, sizeof s->line, s->file) != NULL) {
        s->line[strcspn(s->line, "\n")] = '\0';
        if (strncmp(s->line, word, n) == 0 && (s->line[n] == ' ' || s->line[n] == '\0'))
            return s->line + n;
    }
    return NULL;
}

// -1: the script has no such word. A word without a number: 0.
static long script_number(const struct reader *r, const char *word)
{
    struct script s;
    long number = -1;

    if (!script_open(&s, r))
        return -1;
    const char *rest = script_next(&s, word);
    if (rest != NULL)
        number = strtol(rest, NULL, 0);
    fclose(s.file);
    return number;
}

// The second number of the line whose first is n, or -1.
static long script_pair(const struct reader *r, const char *word, unsigned long n, bool zero_is_any)
{
    struct script s;
    char *rest;
    long number = -1;

    if (!script_open(&s, r))
        return -1;
    while (number < 0 && (rest = script_next(&s, word)) != NULL) {
        unsigned long at = strtoul(rest, &rest, 0);
        if (at == n || (zero_is_any && at == 0))
            number = strtol(rest, NULL, 0);
    }
    fclose(s.file);
    return number;
}

static bool is_unplugged(const struct reader *r)
{
    long from = script_number(r, "unplugged_from");

    return script_number(r, "unplugged") >= 0 || (from >= 0 && r->commands >= (unsigned long)from);
}

// -1: that is not hexadecimal, or does not fit.
static long put_hex(const char *hex, UCHAR *out, size_t size)
{
    size_t n = 0;
    unsigned byte;

    for (hex += strspn(hex, " "); *hex != '\0' && *hex != ' '; hex += 2) {
        if (n == size || sscanf(hex, "%2x", &byte) != 1)
            return -1;
        out[n++] = (UCHAR)byte;
    }
    return (long)n;
}

// ---- plugged in ----

static bool load(struct driver *d, const char *path)
{
    struct {
        void *to;
        const char *name;
    } functions[] = {
        { &d->create, "IFDHCreateChannelByName" },
        { &d->close, "IFDHCloseChannel" },
        { &d->get, "IFDHGetCapabilities" },
        { &d->set, "IFDHSetCapabilities" },
        { &d->power, "IFDHPowerICC" },
        { &d->protocol, "IFDHSetProtocolParameters" },
        { &d->transmit, "IFDHTransmitToICC" },
        { &d->presence, "IFDHICCPresence" },
        { &d->control, "IFDHControl" },
    };
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);

    for (size_t i = 0; library != NULL && i < sizeof functions / sizeof *functions; i++) {
        void *function = dlsym(library, functions[i].name);
        if (function == NULL)
            return false;
        memcpy(functions[i].to, &function, sizeof function);
    }
    return library != NULL;
}

RESPONSECODE IFDHCreateChannelByName(DWORD lun, LPSTR name)
{
    struct reader *r = reader_of(lun);
    const char *stage = getenv("CCCD_STAGE"), *address = strrchr(name, '/');
    char path[300], port[32];

    if (r == NULL || stage == NULL || address == NULL)
        return IFD_COMMUNICATION_ERROR;
    r->commands = 0;
    snprintf(r->folder, sizeof r->folder, "%.240s%s", stage, address);
    snprintf(path, sizeof path, "%s/driver.so", r->folder);
    if (!load(&r->driver, path))
        return IFD_COMMUNICATION_ERROR;
    if (is_unplugged(r))
        return IFD_NO_SUCH_DEVICE;
    snprintf(port, sizeof port, "/dev/null:0x%lX", script_number(r, "port"));
    return r->driver.create(slot_of(lun), port);
}

RESPONSECODE IFDHCreateChannel(DWORD lun, DWORD channel)
{
    (void)lun, (void)channel;
    return IFD_NO_SUCH_DEVICE; // only what has a name
}

RESPONSECODE IFDHCloseChannel(DWORD lun)
{
    struct reader *r = reader_of(lun);
    return r->driver.close(slot_of(lun));
}

// ---- what it tells of itself ----

static bool take_attribute(const struct reader *r, DWORD tag, PDWORD length, PUCHAR value,
                           RESPONSECODE *code)
{
    struct script s;
    char *rest;
    bool found = false;

    if (!script_open(&s, r))
        return false;
    while (!found && (rest = script_next(&s, "attribute")) != NULL)
        if (strtoul(rest, &rest, 0) == tag) {
            long n = put_hex(rest, value, *length);
            *code = n < 0 ? IFD_ERROR_INSUFFICIENT_BUFFER : n == 0 ? IFD_ERROR_TAG : IFD_SUCCESS;
            *length = n < 0 ? 0 : (DWORD)n;
            found = true;
        }
    fclose(s.file);
    return found;
}

static RESPONSECODE one_byte(UCHAR number, PDWORD length, PUCHAR value)
{
    if (*length < 1)
        return IFD_ERROR_INSUFFICIENT_BUFFER;
    *value = number;
    *length = 1;
    return IFD_SUCCESS;
}

RESPONSECODE IFDHGetCapabilities(DWORD lun, DWORD tag, PDWORD length, PUCHAR value)
{
    struct reader *r = reader_of(lun);
    RESPONSECODE code;

    if (tag == TAG_IFD_SIMULTANEOUS_ACCESS)
        return one_byte(READERS, length, value);
    if (tag == TAG_IFD_SLOTS_NUMBER || tag == TAG_IFD_THREAD_SAFE)
        return one_byte(1, length, value);
    if (is_unplugged(r))
        return IFD_NO_SUCH_DEVICE;
    if (take_attribute(r, tag, length, value, &code))
        return code;
    return r->driver.get(slot_of(lun), tag, length, value);
}

RESPONSECODE IFDHSetCapabilities(DWORD lun, DWORD tag, DWORD length, PUCHAR value)
{
    return reader_of(lun)->driver.set(slot_of(lun), tag, length, value);
}

RESPONSECODE IFDHSetProtocolParameters(DWORD lun, DWORD protocol, UCHAR flags, UCHAR pts1,
                                       UCHAR pts2, UCHAR pts3)
{
    return reader_of(lun)->driver.protocol(slot_of(lun), protocol, flags, pts1, pts2, pts3);
}

// PC/SC part 10, 2.2: tag, 4, the control code with its first byte first.
static bool take_features(const struct reader *r, UCHAR *out, DWORD size, LPDWORD returned)
{
    struct script s;
    char *rest;
    DWORD n = 0;

    if (!script_open(&s, r))
        return false;
    while ((rest = script_next(&s, "feature")) != NULL && n + 6 <= size) {
        unsigned long tag = strtoul(rest, &rest, 0), code = strtoul(rest, NULL, 0);
        out[n++] = (UCHAR)tag;
        out[n++] = 4;
        for (int shift = 24; shift >= 0; shift -= 8)
            out[n++] = (UCHAR)(code >> shift);
    }
    fclose(s.file);
    *returned = n;
    return n > 0;
}

static bool is_asked(char **rest, const UCHAR *in, DWORD length)
{
    UCHAR wanted[LINE / 2];
    char *word = *rest + strspn(*rest, " ");
    long n = *word == '*' ? 0 : put_hex(word, wanted, sizeof wanted);

    *rest = word + strcspn(word, " ");
    return *word == '*' || (n == (long)length && memcmp(wanted, in, length) == 0);
}

static bool take_control(const struct reader *r, DWORD code, const UCHAR *in, DWORD length,
                         UCHAR *out, DWORD size, LPDWORD returned)
{
    struct script s;
    char *rest;
    bool found = false;

    if (!script_open(&s, r))
        return false;
    while (!found && (rest = script_next(&s, "control")) != NULL)
        if (strtoul(rest, &rest, 0) == code && is_asked(&rest, in, length)) {
            long n = put_hex(rest, out, size);
            *returned = n < 0 ? 0 : (DWORD)n;
            found = true;
        }
    fclose(s.file);
    return found;
}

RESPONSECODE IFDHControl(DWORD lun, DWORD code, PUCHAR in, DWORD length, PUCHAR out, DWORD size,
                         LPDWORD returned)
{
    struct reader *r = reader_of(lun);

    if (is_unplugged(r))
        return IFD_NO_SUCH_DEVICE;
    if (code == CM_IOCTL_GET_FEATURE_REQUEST && take_features(r, out, size, returned))
        return IFD_SUCCESS;
    if (take_control(r, code, in, length, out, size, returned))
        return IFD_SUCCESS;
    return r->driver.control(slot_of(lun), code, in, length, out, size, returned);
}

// ---- the card ----

RESPONSECODE IFDHPowerICC(DWORD lun, DWORD action, PUCHAR atr, PDWORD length)
{
    struct reader *r = reader_of(lun);

    if (is_unplugged(r))
        return IFD_NO_SUCH_DEVICE;
    if (action != IFD_POWER_DOWN && script_number(r, "mute") >= 0) {
        *length = 0;
        return IFD_ERROR_POWER_ACTION;
    }
    return r->driver.power(slot_of(lun), action, atr, length);
}

RESPONSECODE IFDHICCPresence(DWORD lun)
{
    struct reader *r = reader_of(lun);
    return is_unplugged(r) ? IFD_NO_SUCH_DEVICE : r->driver.presence(slot_of(lun));
}

// ISO/IEC 7816-3, 12.1: of extended length, the byte behind the header is zero and more follows.
static bool is_refused(const struct reader *r, const UCHAR *command, DWORD length)
{
    long longest = script_number(r, "longest");

    if (longest >= 0 && length > (DWORD)longest)
        return true;
    return script_number(r, "short") >= 0 &&
           (length > SHORT_LONGEST || (length >= 7 && command[4] == 0));
}

static void sleep_ms(long ms)
{
    struct timespec left = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };
    if (ms > 0)
        nanosleep(&left, NULL);
}

static RESPONSECODE pass_on(struct reader *r, DWORD lun, SCARD_IO_HEADER header, PUCHAR command,
                            DWORD length, PUCHAR answer, PDWORD size, PSCARD_IO_HEADER received)
{
    long failure = script_pair(r, "fail", r->commands, false);
    long longest = script_number(r, "longest");

    sleep_ms(script_pair(r, "slow", r->commands, true));
    if (is_unplugged(r))
        return IFD_NO_SUCH_DEVICE;
    if (failure >= 0)
        return failure;
    if (is_refused(r, command, length))
        return IFD_COMMUNICATION_ERROR;
    RESPONSECODE code =
        r->driver.transmit(slot_of(lun), header, command, length, answer, size, received);
    if (code == IFD_SUCCESS && longest >= 0 && *size > (DWORD)longest)
        return IFD_COMMUNICATION_ERROR;
    return code;
}

RESPONSECODE IFDHTransmitToICC(DWORD lun, SCARD_IO_HEADER header, PUCHAR command, DWORD length,
                               PUCHAR answer, PDWORD size, PSCARD_IO_HEADER received)
{
    struct reader *r = reader_of(lun);
    char path[300];

    r->commands++;
    RESPONSECODE code = pass_on(r, lun, header, command, length, answer, size, received);
    if (code != IFD_SUCCESS)
        *size = 0;
    snprintf(path, sizeof path, "%s/log", r->folder);
    FILE *log = fopen(path, "ae");
    if (log != NULL) {
        fprintf(log, "%lu %lu %ld %lu\n", r->commands, (unsigned long)length, (long)code,
                (unsigned long)*size);
        fclose(log);
    }
    return code;
}
