// SPDX-License-Identifier: MIT
// Why a chip could not be read, or not be trusted. The codes are stable; what the system or the
// card itself answered is kept beside them. Sentences and hints are translated.
#ifndef CHIP_ERROR_H
#define CHIP_ERROR_H

#include "base/say.h"

#include <stddef.h>
#include <stdint.h>

// Where it lies, which decides the exit status of a program.
enum chip_blame {
    CHIP_BLAME_NONE,
    CHIP_BLAME_READER, // service, reader, no card: the job could not be done
    CHIP_BLAME_KEY,    // the key given is not this card's: a negative answer
    CHIP_BLAME_CARD,   // the card answered what it must not, or went away: unreadable
    CHIP_BLAME_PROOF,  // the chip is not the one that it says it is: a negative answer
    CHIP_BLAME_HERE,   // memory, randomness, an algorithm that is not to be had
};

// X(identifier, code, blame, sentence, hint; NULL where there is nothing to do)
#define CHIP_ERRORS(X)                                                                             \
    X(CHIP_OK, "ok", CHIP_BLAME_NONE, N_("nothing is wrong"), NULL)                                \
    X(CHIP_NO_SERVICE, "no_service", CHIP_BLAME_READER,                                            \
      N_("the smart card service (pcscd) is not running"),                                         \
      N_("start it: sudo systemctl start pcscd.socket; if it is missing: sudo apt install pcscd "  \
         "libccid"))                                                                               \
    X(CHIP_NO_ACCESS, "no_access", CHIP_BLAME_READER,                                              \
      N_("this account may not use the smart card service"),                                       \
      N_("ask the administrator to allow it (polkit, or the rights of the service's socket)"))     \
    X(CHIP_SERVICE_FAILED, "service_failed", CHIP_BLAME_READER,                                    \
      N_("the smart card service failed"), N_("restart it: sudo systemctl restart pcscd"))         \
    X(CHIP_SERVICE_SILENT, "service_silent", CHIP_BLAME_READER,                                    \
      N_("the smart card service does not answer"),                                                \
      N_("restart it: sudo systemctl restart pcscd"))                                              \
    X(CHIP_NO_READER, "no_reader", CHIP_BLAME_READER, N_("no card reader is connected"),           \
      N_("plug the reader in; cccd-chip list shows what is found"))                                \
    X(CHIP_READER_UNKNOWN, "reader_unknown", CHIP_BLAME_READER,                                    \
      N_("there is no reader of that name or number"), N_("cccd-chip list shows the readers"))     \
    X(CHIP_READER_AMBIGUOUS, "reader_ambiguous", CHIP_BLAME_READER,                                \
      N_("several readers have that in their name"),                                               \
      N_("give more of the name, or the number; cccd-chip list shows the readers"))                \
    X(CHIP_READER_GONE, "reader_gone", CHIP_BLAME_READER, N_("the reader was unplugged"),          \
      N_("plug it in again, directly at the computer"))                                            \
    X(CHIP_READER_BUSY, "reader_busy", CHIP_BLAME_READER, N_("another program holds the reader"),  \
      N_("close the other program (a browser, gpg)"))                                              \
    X(CHIP_NO_CARD, "no_card", CHIP_BLAME_READER, N_("no card lies on the reader"),                \
      N_("lay the card flat on the reader and leave it there"))                                    \
    X(CHIP_CARD_MUTE, "card_mute", CHIP_BLAME_READER, N_("the card does not answer the reader"),   \
      N_("lay the card down again, a little to the side"))                                         \
    X(CHIP_CARD_GONE, "card_gone", CHIP_BLAME_CARD, N_("the card was moved while it was read"),    \
      N_("lay it down again, and leave it until the result is written"))                           \
    X(CHIP_CARD_CHANGED, "card_changed", CHIP_BLAME_CARD,                                          \
      N_("another card was laid down during the reading"), N_("begin again, with one card only"))  \
    X(CHIP_TRANSMIT, "transmit_failed", CHIP_BLAME_CARD,                                           \
      N_("the reader could not pass a command to the card"),                                       \
      N_("lay the card down again; if it goes on, try --short"))                                   \
    X(CHIP_TIMEOUT, "timeout", CHIP_BLAME_CARD, N_("the card took too long"),                      \
      N_("lay the card down again"))                                                               \
    X(CHIP_ANSWER_SHORT, "answer_malformed", CHIP_BLAME_CARD,                                      \
      N_("the card's answer has not the form that it must have"),                                  \
      N_("read the card again; if it goes on, try another reader"))                                \
    X(CHIP_NO_DOCUMENT, "no_document", CHIP_BLAME_CARD,                                            \
      N_("the card has no application of an identity document"),                                   \
      N_("only identity cards with a chip (thẻ căn cước gắn chip) and "                    \
         "passports with a chip can be read"))                                                     \
    X(CHIP_STATUS, "card_refused", CHIP_BLAME_CARD, N_("the card refused the command"), NULL)      \
    X(CHIP_KEY_WRONG, "key_wrong", CHIP_BLAME_KEY, N_("the key does not belong to this card"),     \
      N_("compare with the card: the 12-digit number (its last 6 digits are the CAN), or the "     \
         "dates"))                                                                                 \
    X(CHIP_KEY_SUSPENDED, "key_suspended", CHIP_BLAME_KEY,                                         \
      N_("the card allows only few more wrong keys; no other was tried"),                          \
      N_("make sure of the number before --last-tries allows more"))                               \
    X(CHIP_KEY_BLOCKED, "key_blocked", CHIP_BLAME_CARD, N_("the card has blocked this key"),       \
      N_("give the machine-readable zone instead (--access bac)"))                                 \
    X(CHIP_NO_KEY, "no_key", CHIP_BLAME_KEY, N_("no key was given that this card could take"),     \
      N_("give the 12-digit number, the CAN or the machine-readable zone; BAC takes the zone "     \
         "only"))                                                                                  \
    X(CHIP_ACCESS, "access_failed", CHIP_BLAME_CARD,                                               \
      N_("the card broke off while access was being opened"),                                      \
      N_("read the card again; if it goes on, try another reader"))                                \
    X(CHIP_PARAMETERS, "parameters_wrong", CHIP_BLAME_CARD,                                        \
      N_("the card sent a key that is none of the agreed curve or group"), NULL)                   \
    X(CHIP_TOKEN, "token_wrong", CHIP_BLAME_CARD,                                                  \
      N_("the card could not prove that it knows the agreed key"), NULL)                           \
    X(CHIP_SM_MAC, "sm_mac_wrong", CHIP_BLAME_CARD,                                                \
      N_("a protected answer of the card was altered on its way"),                                 \
      N_("read the card again; if it goes on, try another reader"))                                \
    X(CHIP_SM_PLAIN, "sm_unprotected", CHIP_BLAME_CARD,                                            \
      N_("the card answered without protection"),                                                  \
      N_("read the card again; if it goes on, try another reader"))                                \
    X(CHIP_SM_FORM, "sm_malformed", CHIP_BLAME_CARD,                                               \
      N_("a protected answer of the card is malformed"),                                           \
      N_("read the card again; if it goes on, try another reader"))                                \
    X(CHIP_FILE_ABSENT, "file_absent", CHIP_BLAME_NONE, N_("the card has no such file"), NULL)     \
    X(CHIP_FILE_REFUSED, "file_refused", CHIP_BLAME_NONE,                                          \
      N_("the card shows this file to the police only; this is normal"), NULL)                     \
    X(CHIP_FILE_SHORT, "file_short", CHIP_BLAME_CARD,                                              \
      N_("the file ends before the length that it states"), NULL)                                  \
    X(CHIP_FILE_MALFORMED, "file_malformed", CHIP_BLAME_CARD,                                      \
      N_("the file has not the form that the standard gives it"), NULL)                            \
    X(CHIP_NOT_GENUINE, "not_genuine", CHIP_BLAME_PROOF,                                           \
      N_("the chip could not prove that it is genuine: it may be a copy"),                         \
      N_("do not rely on this card; read it again, and tell the police if it fails again"))        \
    X(CHIP_EVIDENCE, "evidence_unreadable", CHIP_BLAME_CARD,                                       \
      N_("the folder is no evidence of a card, or cannot be read"), NULL)                          \
    X(CHIP_EVIDENCE_ALTERED, "evidence_altered", CHIP_BLAME_PROOF,                                 \
      N_("a file in the folder is not the one that its manifest tells of"),                        \
      N_("do not rely on this folder; read the card again"))                                       \
    X(CHIP_UNSUPPORTED, "unsupported", CHIP_BLAME_HERE,                                            \
      N_("the card asks for an algorithm that is not supported"), NULL)                            \
    X(CHIP_CRYPTO, "crypto_failed", CHIP_BLAME_HERE, N_("the cryptographic library failed"), NULL) \
    X(CHIP_NO_MEMORY, "no_memory", CHIP_BLAME_HERE, N_("there was not enough memory"), NULL)       \
    X(CHIP_RECORDING_DIFFERS, "recording_differs", CHIP_BLAME_HERE,                                \
      N_("the recording goes on otherwise than what is done now"),                                 \
      N_("replay it with the key and the options that it was made with"))                          \
    X(CHIP_RECORDING_UNREADABLE, "recording_unreadable", CHIP_BLAME_HERE,                          \
      N_("the recording cannot be read, or the file is no recording"), NULL)                       \
    X(CHIP_RECORDING_UNWRITABLE, "recording_unwritable", CHIP_BLAME_HERE,                          \
      N_("the recording or the trace cannot be written"), NULL)                                    \
    X(CHIP_STOPPED, "stopped", CHIP_BLAME_HERE, N_("stopped before the end"), NULL)

#define CHIP_ENUM(identifier, code, blame, sentence, hint) identifier,
enum chip_code { CHIP_ERRORS(CHIP_ENUM) CHIP_CODE_COUNT };
#undef CHIP_ENUM

struct chip_error {
    enum chip_code code;
    uint16_t sw;      // the card's status word, or 0
    uint32_t native;  // PC/SC's return code, or 0
    const char *step; // in the standards' words ("PACE: Map Nonce", "READ BINARY"); NULL: untold
};

static inline struct chip_error chip_ok(void)
{
    return (struct chip_error){ CHIP_OK, 0, 0, NULL };
}

static inline struct chip_error chip_fail(enum chip_code code, const char *step)
{
    return (struct chip_error){ code, 0, 0, step };
}

static inline struct chip_error chip_refused(enum chip_code code, uint16_t sw, const char *step)
{
    return (struct chip_error){ code, sw, 0, step };
}

const char *chip_error_name(enum chip_code code);
enum chip_blame chip_error_blame(enum chip_code code);
const char *chip_error_sentence(enum chip_code code);
const char *chip_error_hint(enum chip_code code); // NULL: none

#endif
