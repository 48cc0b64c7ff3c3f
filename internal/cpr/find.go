package cpr

import (
	"iter"
	"slices"
	"strings"
)

// Span is a number found in a text: text[Start:End] spells it. Start and End are
// byte offsets.
type Span struct {
	Start, End int
	Number     Number
}

// Find lists the numbers in text, in order and without overlap. It finds
//
//	DDMMYYSSSS   DDMMYY-SSSS   DDMMYY SSSS   DD.MM.YY-SSSS   DD MM YY SS SS
//
// with any dash, space, dot or slash between the parts, at most one line break
// among them, digits of any script, and invisible characters anywhere; also ten
// digits set apart one by one. Digits that touch further digits are no number, and
// neither is a part of a checksum or UUID. Time grows with the length of the text.
func Find(text string) []Span { return slices.Collect(All(text)) }

// Contains reports whether text holds a number.
func Contains(text string) bool {
	for range All(text) {
		return true
	}
	return false
}

// Mask replaces each number in text as [Number.String] does, and counts them. What
// it returns holds no number: where the digits left of one would make another with
// their neighbours, they go too.
func Mask(text string) (string, int) {
	count := 0
	for keep := true; ; keep = false {
		var masked strings.Builder
		done := 0
		for span := range All(text) {
			masked.WriteString(text[done:span.Start])
			if keep {
				masked.WriteString(span.Number.String())
			} else {
				masked.WriteString("••••••-••••")
			}
			done = span.End
			count++
		}
		if done == 0 {
			return text, count
		}
		masked.WriteString(text[done:])
		text = masked.String()
	}
}

// All yields what [Find] lists, one by one.
func All(text string) iter.Seq[Span] {
	return func(yield func(Span) bool) {
		if !worthReading(text) {
			return
		}
		for chain := range chains(text) {
			for i := 0; i < len(chain); i++ {
				span, groups := numberAt(chain, i)
				if groups == 0 || isChecksum(text, span) {
					continue
				}
				if !yield(span) {
					return
				}
				i += groups - 1
			}
		}
	}
}

// worthReading is false for plain ASCII with fewer than ten digits, as most texts are.
func worthReading(text string) bool {
	digits := 0
	for i := range len(text) {
		if c := text[i]; c >= 0x80 {
			return true
		} else if c >= '0' && c <= '9' {
			digits++
		}
	}
	return digits >= 10
}

// shape says after which digits of a number separators stand: bit n for digit n.
type shape uint16

func after(digits ...int) (s shape) {
	for _, n := range digits {
		s |= 1 << n
	}
	return s
}

// shapes are the spellings of a number. Left out on purpose is a break after 2, 4
// and 8 digits: 09.06.2020 14 is a date and an hour. So is one after 8 only.
var shapes = []shape{
	after(),
	after(6),
	after(2, 4),
	after(4, 6),
	after(2, 4, 6),
	after(6, 8),
	after(2, 4, 6, 8),
	oneByOne,
}

// oneByOne is ten digits set apart.
var oneByOne = after(1, 2, 3, 4, 5, 6, 7, 8, 9)

// numberAt reads a number from the groups that begin at i; groups is how many of
// them it takes, none when there is no number.
func numberAt(chain []group, i int) (span Span, groups int) {
	var n Number
	var s shape
	have := 0
	for j := i; j < len(chain); j++ {
		g := chain[j]
		if have+g.count > len(n.digits) {
			return Span{}, 0
		}
		if j > i {
			s |= 1 << have
		}
		copy(n.digits[have:], g.digits[:g.count])
		if have += g.count; have == len(n.digits) {
			groups = j - i + 1
			break
		}
	}
	if groups == 0 || !slices.Contains(shapes, s) || !n.hasDate() || !gapsFit(chain, i, groups, s) {
		return Span{}, 0
	}
	return Span{Start: chain[i].start, End: chain[i+groups-1].end, Number: n}, groups
}

// The widest gaps, in characters: between the date's parts, and before the last
// four digits, where a line may have been broken and indented.
const (
	narrowGap = 2
	wideGap   = 8
)

// gapsFit judges what stands between the groups.
func gapsFit(chain []group, i, groups int, s shape) bool {
	breaks, have := 0, chain[i].count
	for _, g := range chain[i+1 : i+groups] {
		if g.gap.lineBreak {
			breaks++
		}
		if g.gap.width > wideGap || have != 6 && g.gap.width > narrowGap {
			return false
		}
		have += g.count
	}
	switch {
	case breaks > 1:
		return false
	case s == oneByOne:
		return isEvenRow(chain, i, groups)
	case s&after(8) != 0:
		return isInPairs(chain, i, groups)
	}
	return true
}

// isEvenRow reports whether the groups are set apart by the same character, and the
// row of single digits is no longer than the number.
func isEvenRow(chain []group, i, groups int) bool {
	first := chain[i+1].gap
	for _, g := range chain[i+1 : i+groups] {
		if g.gap != first || g.gap.width != 1 || g.gap.lineBreak {
			return false
		}
	}
	longer := func(at int) bool { return at < len(chain) && chain[at].count == 1 && chain[at].gap == first }
	before := i > 0 && chain[i-1].count == 1 && chain[i].gap == first
	return !before && !longer(i+groups)
}

// isInPairs tells a number whose last four digits are parted from two dates or a
// date with a time, such as 09.06.20 14.05: the last gap is a single space, or the
// same character parts all groups and no others.
func isInPairs(chain []group, i, groups int) bool {
	last := chain[i+groups-1].gap
	if last.width != 1 {
		return false
	}
	if last.blank {
		return true
	}
	for _, g := range chain[i+1 : i+groups] {
		if g.gap != last {
			return false
		}
	}
	end := i + groups
	return (i == 0 || chain[i].gap != last) && (end == len(chain) || chain[end].gap != last)
}
