package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"
	"unicode"
	"unicode/utf16"

	"timeglas/incident/fact"
	"timeglas/internal/fault"
	"timeglas/internal/when"
)

// printJSON writes one JSON document.
func (a *app) printJSON(v any) error { return a.encode(v, "  ") }

// printJSONLine writes one object of JSON Lines.
func (a *app) printJSONLine(v any) error { return a.encode(v, "") }

func (a *app) encode(v any, indent string) error {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", indent)
	if err := encoder.Encode(v); err != nil {
		return fault.Wrap(fault.Failed, err, "output", "the answer cannot be put into JSON")
	}
	_, err := a.out.Write(visible(b.Bytes()))
	return err
}

// visible writes the characters that a terminal does not show as themselves as
// escapes of JSON. They can stand in strings only, and mean the same there.
func visible(document []byte) []byte {
	hidden := func(r rune) bool {
		return r >= 0x7f && (unicode.Is(unicode.C, r) || unicode.In(r, unicode.Zl, unicode.Zp))
	}
	if bytes.IndexFunc(document, hidden) < 0 {
		return document
	}
	var b bytes.Buffer
	for _, r := range string(document) {
		switch {
		case !hidden(r):
			b.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.Bytes()
}

// stampIn is when something was written down, in the zone of the reader.
func stampIn(t time.Time, zone *time.Location) when.Stamp {
	if t.IsZero() {
		return when.Stamp{}
	}
	return when.Stamp{Time: t.In(zone)}
}

// jsonValue is the value of a fact in JSON's own types; times and periods are the
// text that they can be typed as, which is RFC 3339 where they are exact.
func jsonValue(v fact.Value) any {
	switch v := v.(type) {
	case fact.Flag:
		return bool(v)
	case fact.Count:
		return int64(v)
	case fact.Number:
		return float64(v)
	case fact.Set:
		return append([]string{}, v...)
	case fact.Periods:
		periods := make([]string, len(v))
		for i, p := range v {
			periods[i] = fact.Periods{p}.Text()
		}
		return periods
	case nil:
		return nil
	}
	return v.Text()
}

// orNull is a text in JSON, null when it is empty.
func orNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
