// SPDX-License-Identifier: MIT
#include "chip/pcsc.h"

#include "base/clock.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <winscard.h>

#define SOCKET_PATH "/run/pcscd/pcscd.comm"

struct code_row {
    uint32_t code;
    const char *name;
    enum chip_code before, within; // a session with the card
};

#define SAME(code, chip)                                                                           \
    {                                                                                              \
        (uint32_t)(code), #code, chip, chip                                                        \
    }
#define TWO(code, before, within)                                                                  \
    {                                                                                              \
        (uint32_t)(code), #code, before, within                                                    \
    }

static const struct code_row rows[] = {
    SAME(SCARD_F_INTERNAL_ERROR, CHIP_SERVICE_FAILED),
    SAME(SCARD_E_CANCELLED, CHIP_STOPPED),
    TWO(SCARD_E_INVALID_HANDLE, CHIP_SERVICE_FAILED, CHIP_CARD_GONE),
    SAME(SCARD_E_INVALID_PARAMETER, CHIP_SERVICE_FAILED),
    SAME(SCARD_E_INVALID_TARGET, CHIP_SERVICE_FAILED),
    SAME(SCARD_E_NO_MEMORY, CHIP_NO_MEMORY),
    SAME(SCARD_F_WAITED_TOO_LONG, CHIP_TIMEOUT),
    TWO(SCARD_E_INSUFFICIENT_BUFFER, CHIP_SERVICE_FAILED, CHIP_ANSWER_SHORT),
    TWO(SCARD_E_UNKNOWN_READER, CHIP_READER_UNKNOWN, CHIP_READER_GONE),
    TWO(SCARD_E_TIMEOUT, CHIP_NO_CARD, CHIP_TIMEOUT),
    SAME(SCARD_E_SHARING_VIOLATION, CHIP_READER_BUSY),
    TWO(SCARD_E_NO_SMARTCARD, CHIP_NO_CARD, CHIP_CARD_GONE),
    SAME(SCARD_E_UNKNOWN_CARD, CHIP_CARD_MUTE),
    SAME(SCARD_E_CANT_DISPOSE, CHIP_SERVICE_FAILED),
    TWO(SCARD_E_PROTO_MISMATCH, CHIP_CARD_MUTE, CHIP_TRANSMIT),
    TWO(SCARD_E_NOT_READY, CHIP_CARD_MUTE, CHIP_TRANSMIT),
    // The service knows no reader with this handle any more.
    TWO(SCARD_E_INVALID_VALUE, CHIP_SERVICE_FAILED, CHIP_READER_GONE),
    SAME(SCARD_E_SYSTEM_CANCELLED, CHIP_SERVICE_FAILED),
    TWO(SCARD_F_COMM_ERROR, CHIP_SERVICE_FAILED, CHIP_TRANSMIT),
    TWO(SCARD_F_UNKNOWN_ERROR, CHIP_SERVICE_FAILED, CHIP_TRANSMIT),
    SAME(SCARD_E_INVALID_ATR, CHIP_CARD_MUTE),
    SAME(SCARD_E_NOT_TRANSACTED, CHIP_TRANSMIT),
    SAME(SCARD_E_READER_UNAVAILABLE, CHIP_READER_GONE),
    SAME(SCARD_P_SHUTDOWN, CHIP_SERVICE_FAILED),
    SAME(SCARD_E_PCI_TOO_SMALL, CHIP_SERVICE_FAILED),
    SAME(SCARD_E_READER_UNSUPPORTED, CHIP_SERVICE_FAILED),
    SAME(SCARD_E_DUPLICATE_READER, CHIP_SERVICE_FAILED),
    SAME(SCARD_E_CARD_UNSUPPORTED, CHIP_CARD_MUTE),
    SAME(SCARD_E_NO_SERVICE, CHIP_NO_SERVICE),
    SAME(SCARD_E_SERVICE_STOPPED, CHIP_SERVICE_FAILED),
    TWO(SCARD_E_UNSUPPORTED_FEATURE, CHIP_SERVICE_FAILED, CHIP_TRANSMIT),
    SAME(SCARD_E_ICC_INSTALLATION, CHIP_SERVICE_FAILED),
    SAME(SCARD_E_ICC_CREATEORDER, CHIP_SERVICE_FAILED),
    SAME(SCARD_E_DIR_NOT_FOUND, CHIP_SERVICE_FAILED),
    SAME(SCARD_E_FILE_NOT_FOUND, CHIP_SERVICE_FAILED),
    SAME(SCARD_E_NO_DIR, CHIP_SERVICE_FAILED),
    SAME(SCARD_E_NO_FILE, CHIP_SERVICE_FAILED),
    SAME(SCARD_E_NO_ACCESS, CHIP_NO_ACCESS),
    SAME(SCARD_E_WRITE_TOO_MANY, CHIP_TRANSMIT),
    SAME(SCARD_E_BAD_SEEK, CHIP_TRANSMIT),
    SAME(SCARD_E_INVALID_CHV, CHIP_TRANSMIT),
    SAME(SCARD_E_UNKNOWN_RES_MNG, CHIP_SERVICE_FAILED),
    SAME(SCARD_E_NO_SUCH_CERTIFICATE, CHIP_SERVICE_FAILED),
    SAME(SCARD_E_CERTIFICATE_UNAVAILABLE, CHIP_SERVICE_FAILED),
    TWO(SCARD_E_NO_READERS_AVAILABLE, CHIP_NO_READER, CHIP_READER_GONE),
    SAME(SCARD_E_COMM_DATA_LOST, CHIP_TRANSMIT),
    SAME(SCARD_E_NO_KEY_CONTAINER, CHIP_SERVICE_FAILED),
    SAME(SCARD_E_SERVER_TOO_BUSY, CHIP_SERVICE_FAILED),
    SAME(SCARD_W_UNSUPPORTED_CARD, CHIP_CARD_MUTE),
    TWO(SCARD_W_UNRESPONSIVE_CARD, CHIP_CARD_MUTE, CHIP_CARD_GONE),
    TWO(SCARD_W_UNPOWERED_CARD, CHIP_CARD_MUTE, CHIP_CARD_GONE),
    SAME(SCARD_W_RESET_CARD, CHIP_CARD_GONE), // by another program: the session is over
    TWO(SCARD_W_REMOVED_CARD, CHIP_NO_CARD, CHIP_CARD_GONE),
    SAME(SCARD_W_SECURITY_VIOLATION, CHIP_NO_ACCESS), // polkit
    SAME(SCARD_W_WRONG_CHV, CHIP_TRANSMIT),
    SAME(SCARD_W_CHV_BLOCKED, CHIP_TRANSMIT),
    SAME(SCARD_W_EOF, CHIP_TRANSMIT),
    SAME(SCARD_W_CANCELLED_BY_USER, CHIP_STOPPED),
    SAME(SCARD_W_CARD_NOT_AUTHENTICATED, CHIP_TRANSMIT),
};

#undef SAME
#undef TWO

static const struct code_row *row_of(uint32_t code)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].code == code)
            return &rows[i];
    return NULL;
}

const char *pcsc_code_name(uint32_t code)
{
    const struct code_row *row = row_of(code);
    return row != NULL ? row->name : code == 0 ? "SCARD_S_SUCCESS" : NULL;
}

static enum chip_code try_socket(const struct sockaddr_un *address)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    enum chip_code code = CHIP_NO_SERVICE;

    if (fd < 0)
        return code;
    if (connect(fd, (const struct sockaddr *)address, sizeof *address) == 0 || errno == EAGAIN)
        code = CHIP_SERVICE_FAILED;
    else if (errno == EACCES || errno == EPERM)
        code = CHIP_NO_ACCESS;
    close(fd);
    return code;
}

// The service that is absent, that may not be used, and that just now went away answer alike. One
// that is ending may still listen for a moment.
static enum chip_code why_no_service(void)
{
    const char *path = secure_getenv("PCSCLITE_CSOCK_NAME");
    struct sockaddr_un address = { .sun_family = AF_UNIX };

    if (path == NULL || strlen(path) >= sizeof address.sun_path)
        path = SOCKET_PATH;
    memcpy(address.sun_path, path, strlen(path));
    enum chip_code code = try_socket(&address);
    for (int tries = 0; code == CHIP_SERVICE_FAILED && tries < 4; tries++) {
        nanosleep(&(struct timespec){ .tv_nsec = 50L * CLOCK_MILLISECOND }, NULL);
        code = try_socket(&address);
    }
    return code;
}

struct chip_error pcsc_error(uint32_t code, enum pcsc_phase phase, const char *step)
{
    const struct code_row *row = row_of(code);
    struct chip_error error = { .code = CHIP_SERVICE_FAILED, .native = code, .step = step };

    if (code == 0)
        return chip_ok();
    if (row != NULL)
        error.code = phase == PCSC_WITHIN ? row->within : row->before;
    // A lost connection is the reader's, or the service's that has just ended; one that is ending
    // has been seen to call that a question of rights.
    if (error.code == CHIP_NO_SERVICE || code == (uint32_t)SCARD_F_COMM_ERROR ||
        code == (uint32_t)SCARD_W_SECURITY_VIOLATION) {
        enum chip_code why = why_no_service();
        if (error.code == CHIP_NO_SERVICE || why != CHIP_SERVICE_FAILED)
            error.code = why;
    }
    return error;
}
