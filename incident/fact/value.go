package fact

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"timeglas/internal/fault"
	"timeglas/internal/when"
)

// unknownText is how [Unknown] is written, for a key of any type.
const unknownText = "unknown"

// The text of each value is what [Parse] reads back; periods in the same zone, the
// others in any.

func (v Text) Text() string   { return string(v) }
func (v Flag) Text() string   { return strconv.FormatBool(bool(v)) }
func (v Count) Text() string  { return strconv.FormatInt(int64(v), 10) }
func (v Number) Text() string { return strconv.FormatFloat(float64(v), 'f', -1, 64) }
func (v Moment) Text() string { return when.Text(v.Moment) }
func (v Choice) Text() string { return string(v) }
func (v Set) Text() string    { return joinList(v) }
func (unknown) Text() string  { return unknownText }

// listEscapes keep a comma inside a member apart from one between members.
var listEscapes = strings.NewReplacer(`\`, `\\`, `,`, `\,`)

func joinList(members []string) string {
	escaped := make([]string, len(members))
	for i, m := range members {
		escaped[i] = listEscapes.Replace(m)
	}
	return strings.Join(escaped, ",")
}

func (v Periods) Text() string {
	texts := make([]string, len(v))
	for i, p := range v {
		texts[i] = periodText(p)
	}
	return strings.Join(texts, ",")
}

func periodText(p when.Moment) string {
	first, last := p.From.Format(time.DateOnly), lastDay(p).Format(time.DateOnly)
	if first == last {
		return first
	}
	return first + "/" + last
}

// lastDay is some instant in the last day of a period: To is where the next begins.
func lastDay(p when.Moment) time.Time { return p.To.Add(-time.Second) }

func (Text) value()    {}
func (Flag) value()    {}
func (Count) value()   {}
func (Number) value()  {}
func (Moment) value()  {}
func (Choice) value()  {}
func (Set) value()     {}
func (Periods) value() {}
func (unknown) value() {}

// Has reports whether the set holds the member.
func (v Set) Has(member string) bool { return slices.Contains(v, member) }

// newSet sorts and drops repeats.
func newSet(members []string) Set {
	s := slices.Clone(members)
	slices.Sort(s)
	return Set(slices.Compact(s))
}

// newPeriods puts periods in order and drops repeats.
func newPeriods(days []when.Moment) Periods {
	p := slices.Clone(days)
	slices.SortFunc(p, func(a, b when.Moment) int {
		return cmp.Or(a.From.Compare(b.From), a.To.Compare(b.To))
	})
	return Periods(slices.CompactFunc(p, when.Moment.Equal))
}

// Equal reports whether two values say the same. (Values hold slices, so == panics.)
func Equal(a, b Value) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return string(Encode(a)) == string(Encode(b))
}

// Encode is the stored form of a value in the data of an entry: JSON's own types,
// moments and periods in the canonical text of package when, so that offset and
// precision survive, and "unknown" for [Unknown].
func Encode(v Value) json.RawMessage {
	var plain any // what encoding/json takes; no value of ours can make it fail
	switch v := v.(type) {
	case Flag:
		plain = bool(v)
	case Count:
		plain = int64(v)
	case Number:
		plain = float64(v)
	case Moment:
		plain = v.String()
	case Set:
		plain = append([]string{}, v...)
	case Periods:
		texts := make([]string, len(v))
		for i, p := range v {
			texts[i] = p.String()
		}
		plain = texts
	default:
		plain = v.Text()
	}
	data, err := json.Marshal(plain)
	if err != nil { // a Number that is no number: Parse and Decode refuse it
		return json.RawMessage(`"` + unknownText + `"`)
	}
	return data
}

// Decode reads what [Encode] wrote for the key. It is as strict as [Parse]: an
// entry that holds a value outside the vocabulary is an error of code Damaged.
func Decode(name string, data json.RawMessage) (Value, error) {
	k, ok := Lookup(name)
	if !ok {
		return nil, fault.New(fault.Damaged, "fact "+name, "no such key; the entry comes from another version of the program")
	}
	var text string
	if json.Unmarshal(data, &text) == nil && text == unknownText {
		return Unknown, nil
	}
	v, err := codecs[k.Type].decode(k, data)
	if err != nil {
		return nil, fault.Wrap(fault.Damaged, err, "fact "+name, "the stored value cannot be read: %v", err)
	}
	return v, nil
}

// decodeAs reads JSON of one Go type and makes a value of it.
func decodeAs[T any](make func(Key, T) (Value, error)) func(Key, json.RawMessage) (Value, error) {
	return func(k Key, data json.RawMessage) (Value, error) {
		var v T
		if err := json.Unmarshal(data, &v); err != nil {
			return nil, err
		}
		return make(k, v)
	}
}

func decodePeriods(_ Key, texts []string) (Value, error) {
	days := make([]when.Moment, len(texts))
	for i, text := range texts {
		m, err := when.ParseCanonical(text)
		if err != nil {
			return nil, err
		}
		days[i] = m
	}
	return checkedPeriods(days)
}

func decodeMoment(_ Key, text string) (Value, error) {
	m, err := when.ParseCanonical(text)
	return Moment{m}, err
}

// countOf and numberOf are the only ways to a Count and a Number.
func countOf(_ Key, n int64) (Value, error) {
	if n < 0 {
		return nil, errNegative
	}
	return Count(n), nil
}

func numberOf(_ Key, f float64) (Value, error) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil, errNotNumber
	}
	if f < 0 {
		return nil, errNegative
	}
	return Number(f), nil
}
