package fact

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"timeglas/internal/fault"
	"timeglas/internal/when"
)

// Parse reads a value as it is typed: "unknown" for any key, lists with commas,
// flags as yes or no (ja, nej, true, false), times as package when reads them, in
// the zone and as seen from now. Errors are faults of code Usage: an unknown key
// names the nearest, an unknown value lists those there are.
func Parse(name, text string, zone *time.Location, now time.Time) (Value, error) {
	k, ok := Lookup(name)
	if !ok {
		return nil, unknownKey(name)
	}
	text = strings.TrimSpace(text)
	if text == unknownText {
		return Unknown, nil
	}
	if text == "" {
		return nil, usage(k, errors.New("no value; give one, or \"unknown\" when somebody has looked and does not know yet"))
	}
	if !utf8.ValidString(text) {
		return nil, usage(k, errors.New("the text is not UTF-8"))
	}
	v, err := codecs[k.Type].parse(k, text, clockwork{zone, now})
	if err != nil {
		return nil, usage(k, err)
	}
	return v, nil
}

func usage(k Key, err error) error {
	return fault.Wrap(fault.Usage, err, "fact "+k.Name, "%s", reason(err))
}

// reason is what a fault below says, without its own WHAT.
func reason(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Why
	}
	return err.Error()
}

var (
	errNegative  = errors.New("less than nothing; give 0 or more")
	errNotNumber = errors.New("not a number; write it in digits, with a full stop before decimals")
)

// clockwork is what reading a typed time needs.
type clockwork struct {
	zone *time.Location
	now  time.Time
}

func (c clockwork) moment(text string) (when.Moment, error) {
	return when.Parse(text, c.zone, c.now)
}

// codec is how values of one type are read, as typed and as stored.
type codec struct {
	parse  func(Key, string, clockwork) (Value, error)
	decode func(Key, json.RawMessage) (Value, error)
}

// codecs has one for every type; it is filled once and never changed.
var codecs = map[Type]codec{
	TypeText:    {parseText, decodeAs(textOf)},
	TypeFlag:    {parseFlag, decodeAs(func(_ Key, b bool) (Value, error) { return Flag(b), nil })},
	TypeCount:   {parseCount, decodeAs(countOf)},
	TypeNumber:  {parseNumber, decodeAs(numberOf)},
	TypeMoment:  {parseMoment, decodeAs(decodeMoment)},
	TypeChoice:  {plainText(choiceOf), decodeAs(choiceOf)},
	TypeSet:     {parseList(setOf), decodeAs(setOf)},
	TypePeriods: {parsePeriods, decodeAs(decodePeriods)},
	TypeStates:  {parseList(statesOf), decodeAs(statesOf)},
	TypeState:   {plainText(stateOf), decodeAs(stateOf)},
	TypeList:    {parseList(listOf), decodeAs(listOf)},
}

func plainText(make func(Key, string) (Value, error)) func(Key, string, clockwork) (Value, error) {
	return func(k Key, text string, _ clockwork) (Value, error) { return make(k, text) }
}

func parseList(make func(Key, []string) (Value, error)) func(Key, string, clockwork) (Value, error) {
	return func(k Key, text string, _ clockwork) (Value, error) {
		return make(k, splitList(text))
	}
}

// splitList splits at commas, but not at "\,", and drops empty members.
func splitList(text string) []string {
	var members []string
	var member strings.Builder
	flush := func() {
		if m := strings.TrimSpace(member.String()); m != "" {
			members = append(members, m)
		}
		member.Reset()
	}
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\' && i+1 < len(text) && (text[i+1] == ',' || text[i+1] == '\\'):
			i++
			member.WriteByte(text[i])
		case text[i] == ',':
			flush()
		default:
			member.WriteByte(text[i])
		}
	}
	flush()
	return members
}

func parseText(k Key, text string, _ clockwork) (Value, error) { return textOf(k, text) }

func textOf(_ Key, text string) (Value, error) {
	if text == "" {
		return nil, errors.New("no text")
	}
	return Text(text), nil
}

func parseFlag(_ Key, text string, _ clockwork) (Value, error) {
	switch strings.ToLower(text) {
	case "yes", "true", "ja":
		return Flag(true), nil
	case "no", "false", "nej":
		return Flag(false), nil
	}
	return nil, fmt.Errorf("%q is not yes, no or unknown", text)
}

func parseCount(k Key, text string, _ clockwork) (Value, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return nil, fmt.Errorf("%q is not a whole number; write it in digits, without separators", text)
	}
	return countOf(k, n)
}

func parseNumber(k Key, text string, _ clockwork) (Value, error) {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return nil, errNotNumber
	}
	return numberOf(k, f)
}

func parseMoment(_ Key, text string, c clockwork) (Value, error) {
	m, err := c.moment(text)
	if err != nil {
		return nil, err
	}
	if !m.Known() {
		return Unknown, nil
	}
	return Moment{m}, nil
}

func choiceOf(k Key, text string) (Value, error) {
	if err := allowed(k, text); err != nil {
		return nil, err
	}
	return Choice(text), nil
}

func setOf(k Key, members []string) (Value, error) {
	for _, m := range members {
		if err := allowed(k, m); err != nil {
			return nil, err
		}
	}
	if len(members) > 1 && slices.Contains(members, "none") {
		return nil, errors.New("\"none\" stands alone")
	}
	return listOf(k, members)
}

func listOf(_ Key, members []string) (Value, error) {
	if len(members) == 0 {
		return nil, errors.New("an empty list says nothing; leave the key out, or give \"unknown\"")
	}
	for _, m := range members {
		if m == "" || strings.TrimSpace(m) != m {
			return nil, errors.New("a member of a list is empty or begins or ends with a space")
		}
	}
	return newSet(members), nil
}

func allowed(k Key, value string) error {
	values := make([]string, len(k.Options))
	for i, o := range k.Options {
		if o.Value == value {
			return nil
		}
		values[i] = o.Value
	}
	return fmt.Errorf("%q is not a value of it; the values are %s, unknown", value, strings.Join(values, ", "))
}

func stateOf(_ Key, code string) (Value, error) {
	code = strings.ToUpper(code)
	if len(code) != 2 || strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return nil, fmt.Errorf("%q is not a two-letter country code such as DK", code)
	}
	return Choice(code), nil
}

func statesOf(k Key, codes []string) (Value, error) {
	states := make([]string, len(codes))
	for i, c := range codes {
		v, err := stateOf(k, c)
		if err != nil {
			return nil, err
		}
		states[i] = v.Text()
	}
	return listOf(k, states)
}

// parsePeriods reads days and ranges of days: 2020-06-09/2020-06-10,2020-07-17.
func parsePeriods(_ Key, text string, c clockwork) (Value, error) {
	var days []when.Moment
	for part := range strings.SplitSeq(text, ",") {
		m, err := period(strings.TrimSpace(part), c)
		if err != nil {
			return nil, err
		}
		days = append(days, m)
	}
	return checkedPeriods(days)
}

func period(text string, c clockwork) (when.Moment, error) {
	first, last, ranged := strings.Cut(text, "/")
	if !ranged {
		last = first
	}
	a, errA := time.ParseInLocation(time.DateOnly, strings.TrimSpace(first), c.zone)
	b, errB := time.ParseInLocation(time.DateOnly, strings.TrimSpace(last), c.zone)
	if errA != nil || errB != nil {
		return when.Moment{}, fmt.Errorf("%q is not a period; write 2020-06-09/2020-06-10, or one day", text)
	}
	if b.Before(a) {
		return when.Moment{}, fmt.Errorf("%q ends before it begins", text)
	}
	return when.Days(a, b), nil
}

func checkedPeriods(days []when.Moment) (Value, error) {
	if len(days) == 0 {
		return nil, errors.New("no period")
	}
	for _, d := range days {
		if err := d.Validate(); err != nil {
			return nil, err
		}
		if d.Precision != when.Day {
			return nil, errors.New("a period is made of whole days")
		}
	}
	return newPeriods(days), nil
}
