// SPDX-License-Identifier: MIT
// Questions about the service, and whether it knows what is plugged in.
#include "reader/models.h"
#include "reader/rows.h"

static const struct str the_machine = { "", 0 };

static void judge_installed(struct judging *j)
{
    const struct machine_service *service = &j->machine->service;

    if (service->path.n > 0) {
        struct doctor_row *row = row_good(j, CHECK_SERVICE_INSTALLED, the_machine);
        row_fact(row, "program", service->path);
        row_fact(row, "version", service->version);
    } else if (j->desk->service == DESK_ANSWERS) {
        row_skipped(j, CHECK_SERVICE_INSTALLED, the_machine,
                    N_("the service answers, and runs elsewhere"));
    } else {
        row_found(j, FINDING_SERVICE_ABSENT, the_machine);
    }
}

static void judge_unit(struct judging *j)
{
    const struct machine_service *service = &j->machine->service;

    if (row_pointless(j, CHECK_SERVICE_UNIT, CHECK_SERVICE_INSTALLED, the_machine))
        return;
    switch (service->unit) {
    case UNIT_ENABLED:
        row_good(j, CHECK_SERVICE_UNIT, the_machine);
        break;
    case UNIT_MASKED:
        row_found(j, FINDING_UNIT_MASKED, the_machine);
        break;
    case UNIT_DISABLED:
        row_found(j, FINDING_UNIT_DISABLED, the_machine);
        break;
    case UNIT_NO_SYSTEMD:
    case UNIT_ABSENT:
        row_skipped(j, CHECK_SERVICE_UNIT, the_machine,
                    N_("systemd does not look after the service here"));
        break;
    }
}

static void judge_socket(struct judging *j)
{
    static const enum doctor_code codes[] = {
        [SOCKET_LISTENS] = FINDING_NONE,
        [SOCKET_ABSENT] = FINDING_SOCKET_ABSENT,
        [SOCKET_STALE] = FINDING_SOCKET_STALE,
        [SOCKET_FORBIDDEN] = FINDING_SOCKET_FORBIDDEN,
    };
    const struct machine_service *service = &j->machine->service;
    bool reached = j->desk->service != DESK_UNREACHABLE || service->socket == SOCKET_LISTENS;

    if (!reached && row_pointless(j, CHECK_SERVICE_SOCKET, CHECK_SERVICE_INSTALLED, the_machine))
        return;
    struct doctor_row *row = reached ? row_good(j, CHECK_SERVICE_SOCKET, the_machine)
                                     : row_found(j, codes[service->socket], the_machine);
    if (service->pid > 0)
        row_say(j, row, "process", "%ld", service->pid);
}

static enum doctor_code why_no_answer(const struct judging *j)
{
    switch (j->desk->service) {
    case DESK_SILENT:
        return FINDING_SERVICE_SILENT;
    case DESK_REFUSES:
        return j->machine->remote ? FINDING_SERVICE_REFUSES_REMOTE : FINDING_SERVICE_REFUSES;
    case DESK_PROTOCOL:
        return FINDING_PROTOCOL;
    default:
        return FINDING_SERVICE_FAILED;
    }
}

static void judge_answer(struct judging *j)
{
    const struct machine_service *service = &j->machine->service;
    struct doctor_row *row;

    if (j->desk->service == DESK_ANSWERS) {
        row = row_good(j, CHECK_SERVICE_ANSWERS, the_machine);
        row_say(j, row, "readers", "%zu", j->desk->readers);
        return;
    }
    if (row_pointless(j, CHECK_SERVICE_ANSWERS, CHECK_SERVICE_INSTALLED, the_machine))
        return;
    row = row_found(j, why_no_answer(j), the_machine);
    row_personal(row, "account", j->machine->account);
    if (j->desk->native_name != NULL)
        row_fact(row, "answer", str_of(j->desk->native_name));
    if (j->desk->native != 0)
        row_say(j, row, "code", "0x%08X", j->desk->native);
    if (service->stopped)
        row_fact(row, "process", STR("stopped"));
    if (j->desk->service == DESK_REFUSES)
        row_fact(row, "rule", service->has_rule ? STR("present") : STR("none"));
    if (j->machine->sandbox)
        row_fact(row, "sandbox", STR("yes"));
}

// A driver may know its firmware as too old, and refuse it without a word.
static void judge_unlisted(struct judging *j, const struct machine_device *device, struct str name)
{
    const struct reader_model *model = reader_model(device->vendor_id, device->product_id);
    struct doctor_row *row = row_found(j, FINDING_READER_UNLISTED, name);

    if (model != NULL && device->release < model->sound_from) {
        row_say(j, row, "firmware", "%x.%02x", device->release >> 8, device->release & 0xFFu);
        row_say(j, row, "sound_from", "%x.%02x", model->sound_from >> 8, model->sound_from & 0xFFu);
    }
}

static void judge_listed(struct judging *j)
{
    for (size_t d = 0; d < j->machine->devices; d++) {
        const struct machine_device *device = &j->machine->device[d];
        struct str name = device_name(j, device);
        if (is_listed(j, device))
            row_good(j, CHECK_READER_LISTED, name);
        else if (!row_pointless(j, CHECK_READER_LISTED, CHECK_USB, name))
            judge_unlisted(j, device, name);
    }
    for (size_t i = 0; i < j->desk->readers; i++) {
        bool on_usb = false;
        for (size_t d = 0; d < j->machine->devices; d++)
            on_usb |= same_reader(&j->machine->device[d], &j->desk->reader[i]);
        if (!on_usb)
            row_good(j, CHECK_READER_LISTED, j->desk->reader[i].name);
    }
    // A driver is set up for a reader that is not on USB, and no reader came of it.
    if (j->machine->devices == 0 && j->desk->readers == 0 &&
        !row_pointless(j, CHECK_READER_LISTED, CHECK_USB, the_machine))
        row_found(j, FINDING_READER_UNLISTED, the_machine);
}

void judge_service(struct judging *j)
{
    judge_installed(j);
    judge_unit(j);
    judge_socket(j);
    judge_answer(j);
    judge_listed(j);
}
