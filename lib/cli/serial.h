// SPDX-License-Identifier: MIT
// A terminal device that a scanner speaks on.
#ifndef CLI_SERIAL_H
#define CLI_SERIAL_H

#include <stdbool.h>
#include <termios.h>

// *speed is B0 for 0: as the device is set. False where no device has the speed.
bool serial_find_speed(unsigned long baud, speed_t *speed);

// Raw, 8 bits, no parity, one stop bit. *before is what to put back. False with errno.
bool serial_set_raw(int fd, speed_t speed, struct termios *before);

#endif
