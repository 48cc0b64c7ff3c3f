// Package cpr recognises Danish CPR numbers in text and masks them. It is the
// guard in front of every text that is saved or issued, so it would rather take
// too much for a number than too little: modulus 11 never rejects, and odd
// separators and invisible characters do not hide a number.
//
// What does not belong here: reading files, scoring how likely a finding is, and
// deciding what happens to a text that holds a number.
package cpr

import (
	"fmt"
	"time"
)

// Number is ten digits that can be a CPR number or a replacement number: their
// date exists. It prints masked, with every verb, so that it cannot slip into a
// message; [Number.Digits] gives the digits to those who must have them.
type Number struct{ digits [10]byte }

// New is the number with the given ten ASCII digits. It reports false when there
// are not ten, or when their date does not exist.
func New(digits string) (Number, bool) {
	var n Number
	if len(digits) != len(n.digits) {
		return Number{}, false
	}
	for i := range n.digits {
		if digits[i] < '0' || digits[i] > '9' {
			return Number{}, false
		}
		n.digits[i] = digits[i] - '0'
	}
	return n, n.hasDate()
}

// Digits are the ten digits without a separator.
func (n Number) Digits() string {
	var text [10]byte
	for i, d := range n.digits {
		text[i] = '0' + d
	}
	return string(text[:])
}

// String is the number masked, with the day and month left so that whoever typed
// it sees which one is meant: 0101••-••••.
func (n Number) String() string { return n.Digits()[:4] + "••-••••" }

// ASCII is the number masked for where only ASCII can be shown: 0101xx-xxxx.
func (n Number) ASCII() string { return n.Digits()[:4] + "xx-xxxx" }

// Format writes the masked number whatever the verb is.
func (n Number) Format(f fmt.State, _ rune) { fmt.Fprint(f, n.String()) }

// IsReplacement reports whether 60 was added to the day. Hospitals and schools give
// such numbers to people who have no CPR number (yet): they are people too.
func (n Number) IsReplacement() bool { return n.pair(0) > 60 }

// Born is the date of birth at midnight UTC that the number says.
func (n Number) Born() time.Time {
	day, month, year := n.date()
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// IsMale reports whether the last digit is odd, as it is for men.
func (n Number) IsMale() bool { return n.digits[9]%2 == 1 }

// weights are those of modulus 11, from the first digit to the last.
var weights = [10]int{4, 3, 2, 7, 6, 5, 4, 3, 2, 1}

// PassesModulus11 reports whether the weighted sum of the digits is a multiple of
// 11. Since 1 October 2007 numbers that fail it have been issued, so it may raise
// confidence in a finding and must never reject one.
func (n Number) PassesModulus11() bool {
	sum := 0
	for i, d := range n.digits {
		sum += weights[i] * int(d)
	}
	return sum%11 == 0
}

// Year is the year of birth that a CPR number says by its two digits of the year
// and its seventh digit (the CPR office's rule): 0–3 are born 1900–1999; 4 and 9
// 2000–2036 and 1937–1999; 5–8 2000–2057 and 1858–1899.
func Year(twoDigits, seventh int) int {
	switch {
	case seventh <= 3:
		return 1900 + twoDigits
	case seventh == 4 || seventh == 9:
		if twoDigits <= 36 {
			return 2000 + twoDigits
		}
		return 1900 + twoDigits
	case twoDigits <= 57:
		return 2000 + twoDigits
	}
	return 1800 + twoDigits
}

// pair is the two-digit number at position i.
func (n Number) pair(i int) int { return int(n.digits[i])*10 + int(n.digits[i+1]) }

// date takes the 60 of a replacement number off the day.
func (n Number) date() (day, month, year int) {
	day = n.pair(0)
	if day > 60 {
		day -= 60
	}
	return day, n.pair(2), Year(n.pair(4), int(n.digits[6]))
}

func (n Number) hasDate() bool {
	day, month, year := n.date()
	if day < 1 || month < 1 || month > 12 {
		return false
	}
	// The day before the first of the next month is the last of this one.
	return day <= time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
