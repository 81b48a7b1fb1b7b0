// SPDX-License-Identifier: MIT
// Questions about the machine: USB, kernel, drivers.
#include "reader/models.h"
#include "reader/rows.h"

static const struct str the_machine = { "", 0 };

static const struct reader_model *model_of(const struct machine_device *device)
{
    return reader_model(device->vendor_id, device->product_id);
}

// Readers that are there without USB: a virtual one, or one of the machine around a container.
static bool readers_without_usb(const struct judging *j)
{
    return j->desk->readers > 0 || j->machine->serial_driver;
}

static void judge_usb(struct judging *j)
{
    static const enum doctor_code codes[] = {
        [MACHINE_PLAIN] = FINDING_USB_ABSENT,
        [MACHINE_CONTAINER] = FINDING_USB_CONTAINER,
        [MACHINE_VIRTUAL] = FINDING_USB_VM,
        [MACHINE_WSL] = FINDING_USB_WSL,
    };
    struct doctor_row *row;

    if (!j->machine->usb && readers_without_usb(j)) {
        row_skipped(j, CHECK_USB, the_machine, N_("there are readers without USB"));
        return;
    }
    if (j->machine->usb)
        row = row_good(j, CHECK_USB, the_machine);
    else
        row = row_found(j, codes[j->machine->kind], the_machine);
    row_fact(row, "inside_of", j->machine->kind_name);
}

// It speaks a language of its own, which no driver here knows.
static bool is_foreign(const struct machine_device *device)
{
    const struct reader_model *model = model_of(device);

    return !device->ccid && device->drivers == 0 && (model == NULL || model->no_ccid);
}

static void judge_connected(struct judging *j, const struct machine_device *device)
{
    struct str name = device_name(j, device);
    struct doctor_row *row = is_foreign(device) ? row_found(j, FINDING_READER_NO_DRIVER, name)
                                                : row_good(j, CHECK_READER_CONNECTED, name);

    row_fact(row, "vendor", device->vendor);
    row_fact(row, "product", device->product);
    row_personal(row, "serial", device->serial);
    row_say(j, row, "firmware", "%x.%02x", device->release >> 8, device->release & 0xFFu);
}

static void judge_kernel(struct judging *j, const struct machine_device *device)
{
    const struct reader_model *model = model_of(device);
    struct str name = device_name(j, device);
    bool loaded = j->machine->modules.n > 0 &&
                  memmem(j->machine->modules.p, j->machine->modules.n, "pn533_usb", 9) != NULL;

    if (device->kernel_driver.n > 0) {
        struct doctor_row *row = row_found(j, FINDING_KERNEL_HOLDS, name);
        row_fact(row, "module", device->kernel_driver);
    } else if (model != NULL && model->kernel_takes && loaded && !j->machine->modules_forbidden) {
        struct doctor_row *row = row_found(j, FINDING_KERNEL_MAY_HOLD, name);
        row_fact(row, "modules", j->machine->modules);
    } else {
        row_good(j, CHECK_KERNEL, name);
    }
}

// Did a card on this reader fail now and then?
static bool has_failed(const struct judging *j, const struct machine_device *device)
{
    for (size_t i = 0; i < j->desk->readers; i++) {
        const struct desk_reader *reader = &j->desk->reader[i];
        if (same_reader(device, reader) && reader->tried &&
            (reader->trial.failures > 0 || reader->trial.reader_lost))
            return true;
    }
    return false;
}

static void judge_power(struct judging *j, const struct machine_device *device)
{
    struct str name = device_name(j, device);
    struct doctor_row *row;

    if (!device->may_sleep)
        row = row_good(j, CHECK_USB_POWER, name);
    else
        row =
            row_found(j, has_failed(j, device) ? FINDING_USB_SLEEPS : FINDING_USB_MAY_SLEEP, name);
    if (device->may_sleep)
        row_fact(row, "power", device->power);
    if (device->sleeps)
        row_fact(row, "now", STR("suspended"));
}

static void judge_node(struct judging *j, const struct machine_device *device)
{
    struct str name = device_name(j, device);

    if (device->node == NODE_FINE || is_listed(j, device))
        row_good(j, CHECK_DEVICE_NODE, name);
    else
        row_found(j, device->node == NODE_ABSENT ? FINDING_NODE_ABSENT : FINDING_NODE_FORBIDDEN,
                  name);
}

static bool usb_driver_installed(const struct machine *machine)
{
    for (size_t i = 0; i < machine->drivers; i++)
        if (str_eq(machine->driver[i].name, STR("ifd-ccid.bundle")))
            return true;
    return false;
}

static void judge_driver(struct judging *j, const struct machine_device *device)
{
    struct str name = device_name(j, device);
    bool twice = (device->drivers & (device->drivers - 1)) != 0;
    struct doctor_row *row;

    if (is_foreign(device) && row_pointless(j, CHECK_DRIVER, CHECK_READER_CONNECTED, name))
        return;
    if (device->drivers == 0 && !is_listed(j, device)) {
        row_found(j, usb_driver_installed(j->machine) ? FINDING_DRIVER_OLD : FINDING_DRIVER_ABSENT,
                  name);
        return;
    }
    row = twice ? row_found(j, FINDING_DRIVER_TWICE, name) : row_good(j, CHECK_DRIVER, name);
    for (size_t i = 0; i < j->machine->drivers; i++)
        if (device->drivers >> i & 1u) {
            row_fact(row, "driver", j->machine->driver[i].name);
            row_fact(row, "version", j->machine->driver[i].version);
        }
}

static void judge_no_device(struct judging *j)
{
    if (readers_without_usb(j)) {
        row_skipped(j, CHECK_READER_CONNECTED, the_machine,
                    N_("the readers that there are, are not on USB"));
    } else if (!row_pointless(j, CHECK_READER_CONNECTED, CHECK_USB, the_machine)) {
        row_found(j, FINDING_READER_ABSENT, the_machine);
    }
    for (enum doctor_check check = CHECK_KERNEL; check <= CHECK_DRIVER; check++)
        if (!row_pointless(j, check, CHECK_USB, the_machine))
            row_skipped(j, check, the_machine, N_("no reader is on USB"));
}

void judge_machine(struct judging *j)
{
    static void (*const judges[])(struct judging *, const struct machine_device *) = {
        judge_connected, judge_kernel, judge_power, judge_node, judge_driver
    };

    judge_usb(j);
    if (j->machine->devices == 0) {
        judge_no_device(j);
        return;
    }
    for (size_t i = 0; i < sizeof judges / sizeof *judges; i++)
        for (size_t d = 0; d < j->machine->devices; d++)
            judges[i](j, &j->machine->device[d]);
}
