// SPDX-License-Identifier: MIT
// What can be doubtful about a record. The codes are stable; the sentences are translated.
#ifndef PERSON_PROBLEM_H
#define PERSON_PROBLEM_H

#include "base/say.h"

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

// X(identifier, code, severity, sentence)
#define PROBLEMS(X)                                                                                \
    X(PROBLEM_ID_MALFORMED, "id_malformed", SEVERITY_ERROR,                                        \
      N_("the card number is not 12 digits"))                                                      \
    X(PROBLEM_ID_AREA_UNKNOWN, "id_area_unknown", SEVERITY_WARNING,                                \
      N_("the first three digits of the number are no known province or country"))                 \
    X(PROBLEM_ID_SEX_MISMATCH, "id_sex_mismatch", SEVERITY_WARNING,                                \
      N_("the fourth digit of the number stands for the other sex; a change of sex or a "          \
         "corrected "                                                                              \
         "entry explains it lawfully"))                                                            \
    X(PROBLEM_ID_YEAR_MISMATCH, "id_year_mismatch", SEVERITY_WARNING,                              \
      N_("the number stands for another year of birth; a corrected birth date or a "               \
         "re-established "                                                                         \
         "number explains it lawfully"))                                                           \
    X(PROBLEM_OLD_ID_MALFORMED, "old_id_malformed", SEVERITY_WARNING,                              \
      N_("the old number is neither 9 nor 12 digits"))                                             \
    X(PROBLEM_NAME_EMPTY, "name_empty", SEVERITY_ERROR, N_("there is no name"))                    \
    X(PROBLEM_NAME_CHARACTERS, "name_characters", SEVERITY_WARNING,                                \
      N_("the name holds characters that no name on a card is written with"))                      \
    X(PROBLEM_NAME_UPPER_CASE, "name_upper_case", SEVERITY_NOTE,                                   \
      N_("the name is in capitals; the QR codes of cards have it in small letters with capital "   \
         "initials"))                                                                              \
    X(PROBLEM_BIRTH_DATE_MALFORMED, "birth_date_malformed", SEVERITY_ERROR,                        \
      N_("the birth date cannot be read"))                                                         \
    X(PROBLEM_BIRTH_DATE_IMPOSSIBLE, "birth_date_impossible", SEVERITY_ERROR,                      \
      N_("the calendar has no such birth date"))                                                   \
    X(PROBLEM_BIRTH_DATE_PARTIAL, "birth_date_partial", SEVERITY_WARNING,                          \
      N_("the birth date is not known to the day"))                                                \
    X(PROBLEM_SEX_MALFORMED, "sex_malformed", SEVERITY_ERROR, N_("the sex is neither Nam nor Nữ")) \
    X(PROBLEM_SEX_SPELLING, "sex_spelling", SEVERITY_NOTE,                                         \
      N_("the sex is not spelled as on cards (Nam, Nữ)"))                                          \
    X(PROBLEM_RESIDENCE_EMPTY, "residence_empty", SEVERITY_WARNING, N_("there is no residence"))   \
    X(PROBLEM_ISSUE_DATE_MALFORMED, "issue_date_malformed", SEVERITY_ERROR,                        \
      N_("the date of issue cannot be read"))                                                      \
    X(PROBLEM_ISSUE_DATE_IMPOSSIBLE, "issue_date_impossible", SEVERITY_ERROR,                      \
      N_("the calendar has no such date of issue"))                                                \
    X(PROBLEM_EXPIRY_DATE_MALFORMED, "expiry_date_malformed", SEVERITY_ERROR,                      \
      N_("the date of expiry cannot be read"))                                                     \
    X(PROBLEM_ISSUE_BEFORE_BIRTH, "issue_before_birth", SEVERITY_ERROR,                            \
      N_("the card was issued before its holder was born"))                                        \
    X(PROBLEM_ISSUE_DATE_EARLY, "issue_date_early", SEVERITY_WARNING,                              \
      N_("cards with this QR code were not issued before 2021"))                                   \
    X(PROBLEM_ISSUED_UNDER_AGE, "issued_under_age", SEVERITY_WARNING,                              \
      N_("before July 2024 cards were issued from the age of 14 only"))                            \
    X(PROBLEM_CARD_DATE_MISMATCH, "card_date_mismatch", SEVERITY_WARNING,                          \
      N_("the form of the payload and the date of issue belong to different kinds of card"))       \
    X(PROBLEM_FIELD_COUNT, "field_count", SEVERITY_WARNING,                                        \
      N_("the payload has neither 7 nor 11 fields; the fields were found by their form"))          \
    X(PROBLEM_FIELD_MISSING, "field_missing", SEVERITY_ERROR, N_("this field is missing"))         \
    X(PROBLEM_EXTRA_PRESENT, "extra_present", SEVERITY_NOTE,                                       \
      N_("the card carries further fields whose meaning is not published; they are kept as they "  \
         "stand"))                                                                                 \
    X(PROBLEM_SEPARATOR, "separator", SEVERITY_NOTE,                                               \
      N_("the fields are separated by something other than |; the scanner changed it"))            \
    X(PROBLEM_RUN_TOGETHER, "run_together", SEVERITY_NOTE,                                         \
      N_("several payloads came in one line; the scanner sends no line end"))                      \
    X(PROBLEM_CONTROL_CHARACTERS, "control_characters", SEVERITY_NOTE,                             \
      N_("control characters were left out"))                                                      \
    X(PROBLEM_TEXT_DECOMPOSED, "text_decomposed", SEVERITY_NOTE,                                   \
      N_("letters and their marks came as separate characters (NFD); they were joined"))           \
    X(PROBLEM_TEXT_REPAIRED, "text_repaired", SEVERITY_NOTE,                                       \
      N_("the scanner had damaged the text; it was restored, the original is kept under repair"))  \
    X(PROBLEM_TEXT_AMBIGUOUS, "text_ambiguous", SEVERITY_WARNING,                                  \
      N_("the scanner damaged the text and it can be read in more than one way; it was left as "   \
         "it "                                                                                     \
         "came"))                                                                                  \
    X(PROBLEM_TEXT_DAMAGED, "text_damaged", SEVERITY_WARNING,                                      \
      N_("the text is damaged and was left as it came"))                                           \
    X(PROBLEM_DIACRITICS_LOST, "diacritics_lost", SEVERITY_WARNING,                                \
      N_("letters with diacritics seem to be missing; set the scanner to UTF-8 and scan again"))   \
    X(PROBLEM_TEXT_ENCODING, "text_encoding", SEVERITY_ERROR,                                      \
      N_("the text is no valid UTF-8; what could not be read was replaced"))                       \
    X(PROBLEM_MRZ_CHECK_DOCUMENT, "mrz_check_document", SEVERITY_ERROR,                            \
      N_("the check digit of the document number in the MRZ is wrong"))                            \
    X(PROBLEM_MRZ_CHECK_ID, "mrz_check_id", SEVERITY_ERROR,                                        \
      N_("the check digit of the 12-digit number in the MRZ is wrong"))                            \
    X(PROBLEM_MRZ_CHECK_BIRTH, "mrz_check_birth", SEVERITY_ERROR,                                  \
      N_("the check digit of the birth date in the MRZ is wrong"))                                 \
    X(PROBLEM_MRZ_CHECK_EXPIRY, "mrz_check_expiry", SEVERITY_ERROR,                                \
      N_("the check digit of the date of expiry in the MRZ is wrong"))                             \
    X(PROBLEM_MRZ_CHECK_COMPOSITE, "mrz_check_composite", SEVERITY_ERROR,                          \
      N_("the composite check digit of the MRZ is wrong"))                                         \
    X(PROBLEM_MRZ_OCR, "mrz_ocr", SEVERITY_WARNING,                                                \
      N_("the check digit would hold if letters that resemble digits were read as digits (O as "   \
         "0, "                                                                                     \
         "I as 1); compare with the card"))                                                        \
    X(PROBLEM_MRZ_NUMBER_MISMATCH, "mrz_number_mismatch", SEVERITY_ERROR,                          \
      N_("the document number in the MRZ is not the end of the 12-digit number"))                  \
    X(PROBLEM_MRZ_NOT_VIETNAMESE, "mrz_not_vietnamese", SEVERITY_WARNING,                          \
      N_("the MRZ is that of another state's document"))                                           \
    X(PROBLEM_MRZ_NAME_TRUNCATED, "mrz_name_truncated", SEVERITY_NOTE,                             \
      N_("the name fills its MRZ line and may be cut off"))                                        \
    X(PROBLEM_SCANNER_PROFILE, "scanner_profile", SEVERITY_NOTE,                                   \
      N_("what the scanner changes was undone by its profile"))

#define PROBLEM_ENUM(identifier, code, severity, sentence) identifier,
enum problem_code { PROBLEMS(PROBLEM_ENUM) PROBLEM_COUNT };
#undef PROBLEM_ENUM

const char *problem_name(enum problem_code code);
enum severity problem_severity(enum problem_code code);
const char *problem_sentence(enum problem_code code);
const char *severity_name(enum severity severity);

#endif
