// SPDX-License-Identifier: MIT
#include "reader/models.h"

#include <stddef.h>

// Identities and names as in the CCID driver's folder "readers", short_only by the exchange level
// that is stated there, sound_from by its ccid_usb.c; slow_empty by its ccid.c;
// kernel_takes by the tables of Linux's
// drivers/nfc/pn533/usb.c and drivers/nfc/port100.c.
static const struct reader_model models[] = {
    { 0x072F, 0x2200, "ACS ACR122U", true, true, true, true, false, 0x0206 },
    { 0x072F, 0x223B, "ACS ACR1252U", true, false, false, false, false, 0 },
    { 0x072F, 0x223E, "ACS ACR1252U", true, false, false, false, false, 0 },
    { 0x072F, 0x90CC, "ACS ACR38", false, true, false, false, false, 0 },
    { 0x076B, 0x3021, "HID OMNIKEY 3021", false, false, false, false, false, 0 },
    { 0x076B, 0x5022, "HID OMNIKEY 5022", true, false, false, false, false, 0 },
    { 0x076B, 0x5422, "HID OMNIKEY 5422", true, false, false, false, false, 0 },
    { 0x076B, 0x5427, "HID OMNIKEY 5427 CK", true, false, false, false, false, 0 },
    { 0x04E6, 0x5111, "SCM SCR331-DI", true, false, false, false, false, 0x0620 },
    { 0x04E6, 0x5291, "SCM SCL010", true, false, false, false, false, 0x0112 },
    { 0x04E6, 0x5591, "SCM SCL3711", true, false, true, false, false, 0 },
    { 0x04E6, 0x5790, "Identiv uTrust 3700 F", true, false, false, false, false, 0 },
    { 0x096E, 0x0608, "Feitian R502-CL", true, false, false, false, false, 0 },
    { 0x096E, 0x060D, "Feitian R502", true, false, false, false, false, 0 },
    { 0x096E, 0x061A, "Feitian bR301", false, false, false, false, false, 0 },
    { 0x096E, 0x0624, "Feitian bR301", false, false, false, false, false, 0 },
    { 0x04CC, 0x2533, "NXP PN533", true, false, true, false, true, 0 },
    { 0x054C, 0x02E1, "Sony RC-S330", true, false, true, false, true, 0 },
    { 0x054C, 0x06C1, "Sony RC-S380", true, false, true, false, true, 0 },
    { 0x054C, 0x06C3, "Sony RC-S380", true, false, true, false, true, 0 },
};

const struct reader_model *reader_model(uint16_t vendor_id, uint16_t product_id)
{
    for (size_t i = 0; i < sizeof models / sizeof *models; i++)
        if (models[i].vendor_id == vendor_id && models[i].product_id == product_id)
            return &models[i];
    return NULL;
}
