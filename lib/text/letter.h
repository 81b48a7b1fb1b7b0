// SPDX-License-Identifier: MIT
// The 134 accented letters of the Vietnamese alphabet, and what each is made of.
#ifndef TEXT_LETTER_H
#define TEXT_LETTER_H

#include <stdbool.h>
#include <stdint.h>

enum mark { MARK_NONE, MARK_BREVE, MARK_CIRCUMFLEX, MARK_HORN, MARK_STROKE };

// The order is that of the dictionary: a à ả ã á ạ.
enum tone { TONE_NONE, TONE_GRAVE, TONE_HOOK, TONE_TILDE, TONE_ACUTE, TONE_DOT };

enum { TONE_COUNT = 6 };

struct letter {
    char base; // 'a'..'z'; 0: no letter of Vietnamese, nor of ASCII
    uint8_t mark;
    uint8_t tone;
    bool upper;
};

// Takes a composed code point apart; base is 0 for what is neither an ASCII letter nor Vietnamese.
struct letter letter_of(uint32_t code_point);

// The composed code point of a letter, or 0 when there is none (q with a tone, say).
uint32_t letter_code_point(struct letter l);

// The same letter as a small one; 0 for what is neither an ASCII letter nor Vietnamese.
uint32_t letter_small(uint32_t code_point);

// Is it one of the 134 letters outside ASCII?
bool letter_is_vietnamese(uint32_t code_point);

// Letters beyond Vietnamese that names of the country's other peoples are written with:
// ă-like breves and carons on e i o u c, and n with tilde.
bool letter_is_ethnic(uint32_t code_point);

#endif
