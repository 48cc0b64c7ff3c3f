package interchange

import (
	"strings"
	"time"
)

// parseStamp reads ISO 8601 as programs write it: a date, or date and time with "T"
// or a space between, up to nine decimals after a point or comma, and Z, UTC, +02:00,
// +0200 or +02, or nothing.
func parseStamp(text string) (stamp, error) {
	s := scan{rest: strings.TrimSpace(text)}
	if s.rest == "" {
		return stamp{}, errNoTime
	}
	year, digits := s.year()
	if digits >= 4 && strings.HasPrefix(s.rest, "-") && (digits > 4 || year == 0) {
		return stamp{}, errYear
	}
	month := s.after('-', digits == 4)
	day := s.after('-', true)
	out := stamp{day: s.rest == ""}
	var hour, minute, second, nano int
	if !out.day {
		if s.rest[0] == 't' || s.rest[0] == ' ' {
			s.rest = "T" + s.rest[1:]
		}
		hour = s.after('T', true)
		minute = s.after(':', true)
		if strings.HasPrefix(s.rest, ":") {
			second = s.after(':', true)
			nano = s.decimals()
		}
		out.offset, out.hasOffset = s.offset()
	}
	out.wall = time.Date(year, time.Month(month), day, hour, minute, second, nano, time.UTC)
	if s.failed || s.rest != "" || month > 12 || out.wall.Day() != day || hour > 23 || minute > 59 || second > 59 {
		return stamp{}, errTime
	}
	return out, nil
}

// scan takes a text apart from its front. Once it has failed it stays so.
type scan struct {
	rest   string
	failed bool
}

// year takes the digits at the front, and how many they are.
func (s *scan) year() (year, digits int) {
	for digits < len(s.rest) && s.rest[digits] >= '0' && s.rest[digits] <= '9' {
		year = (year*10 + int(s.rest[digits]-'0')) % 1e9
		digits++
	}
	s.rest = s.rest[digits:]
	return year, digits
}

// after takes a sign and the two digits behind it.
func (s *scan) after(sign byte, expected bool) int {
	if !expected || s.failed || len(s.rest) < 3 || s.rest[0] != sign {
		s.failed = true
		return 0
	}
	s.rest = s.rest[1:]
	return s.two()
}

func (s *scan) two() int {
	if len(s.rest) < 2 || s.rest[0] < '0' || s.rest[0] > '9' || s.rest[1] < '0' || s.rest[1] > '9' {
		s.failed = true
		return 0
	}
	n := int(s.rest[0]-'0')*10 + int(s.rest[1]-'0')
	s.rest = s.rest[2:]
	return n
}

// decimals takes the decimals of a second, in nanoseconds.
func (s *scan) decimals() int {
	if s.rest == "" || s.rest[0] != '.' && s.rest[0] != ',' {
		return 0
	}
	s.rest = s.rest[1:]
	nano, digits := 0, 0
	for ; digits < len(s.rest) && s.rest[digits] >= '0' && s.rest[digits] <= '9'; digits++ {
		if digits < 9 {
			nano = nano*10 + int(s.rest[digits]-'0')
		}
	}
	if digits == 0 || digits > 9 {
		s.failed = true
		return 0
	}
	s.rest = s.rest[digits:]
	for range 9 - digits {
		nano *= 10
	}
	return nano
}

// offset takes the offset, in seconds.
func (s *scan) offset() (seconds int, ok bool) {
	s.rest = strings.TrimPrefix(s.rest, " ")
	switch s.rest {
	case "":
		return 0, false
	case "Z", "z", "UTC":
		s.rest = ""
		return 0, true
	}
	sign := s.rest[0]
	if sign != '+' && sign != '-' {
		s.failed = true
		return 0, false
	}
	s.rest = s.rest[1:]
	hours, minutes := s.two(), 0
	if s.rest != "" {
		s.rest = strings.TrimPrefix(s.rest, ":")
		minutes = s.two()
	}
	if hours > 23 || minutes > 59 {
		s.failed = true
	}
	if seconds = (hours*60 + minutes) * 60; sign == '-' {
		seconds = -seconds
	}
	return seconds, true
}
