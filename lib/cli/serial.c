// SPDX-License-Identifier: MIT
#include "cli/serial.h"

#include <stddef.h>

static const struct {
    unsigned long baud;
    speed_t speed;
} speeds[] = {
    { 1200, B1200 },     { 1800, B1800 },     { 2400, B2400 },     { 4800, B4800 },
    { 9600, B9600 },     { 19200, B19200 },   { 38400, B38400 },   { 57600, B57600 },
    { 115200, B115200 }, { 230400, B230400 }, { 460800, B460800 }, { 500000, B500000 },
    { 576000, B576000 }, { 921600, B921600 },
};

bool serial_find_speed(unsigned long baud, speed_t *speed)
{
    *speed = B0;
    for (size_t i = 0; i < sizeof speeds / sizeof *speeds; i++)
        if (speeds[i].baud == baud)
            *speed = speeds[i].speed;
    return baud == 0 || *speed != B0;
}

// Also sets what the speed of a USB scanner does not need but that of a serial line does.
bool serial_set_raw(int fd, speed_t speed, struct termios *before)
{
    struct termios t;

    if (tcgetattr(fd, &t) < 0)
        return false;
    *before = t;
    cfmakeraw(&t);
    t.c_iflag &= ~(tcflag_t)(IXOFF | IXANY | INPCK);
    t.c_cflag &= ~(tcflag_t)CSTOPB;
    t.c_cflag |= CLOCAL | CREAD;
    t.c_cc[VMIN] = 1;
    t.c_cc[VTIME] = 0;
    if (speed != B0 && cfsetspeed(&t, speed) < 0)
        return false;
    return tcsetattr(fd, TCSANOW, &t) == 0;
}
