// SPDX-License-Identifier: MIT
// libzbar can publish what it reads on the D-Bus. Nobody asks it to, and what a card says must not
// get there by any mistake: these functions take the place of the real ones, and there is no bus.
// A program with libzbar's archive in it starts without that library and the ten behind it, too.
#include <stddef.h>
#include <stdint.h>

#define NOTHING(name)                                                                              \
    void *name(void);                                                                              \
    void *name(void)                                                                               \
    {                                                                                              \
        return NULL;                                                                               \
    }

NOTHING(dbus_bus_get)
NOTHING(dbus_bus_release_name)
NOTHING(dbus_bus_request_name)
NOTHING(dbus_connection_flush)
NOTHING(dbus_connection_send)
NOTHING(dbus_error_free)
NOTHING(dbus_error_init)
NOTHING(dbus_error_is_set)
NOTHING(dbus_message_iter_append_basic)
NOTHING(dbus_message_iter_append_fixed_array)
NOTHING(dbus_message_iter_close_container)
NOTHING(dbus_message_iter_init_append)
NOTHING(dbus_message_iter_open_container)
NOTHING(dbus_message_new_signal)
NOTHING(dbus_message_unref)
