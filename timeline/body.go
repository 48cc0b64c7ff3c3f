package timeline

import (
	"bytes"
	"encoding/json"
	"slices"
	"unicode/utf8"
)

// readBody reads a body. A journal is read from its first entry whenever a case is
// opened, and nearly all bodies stand as this package writes them, without escapes:
// those are taken apart where they stand, all others go through encoding/json.
func readBody(b []byte) (Body, error) {
	if body, ok := plainBody(b); ok {
		return body, nil
	}
	var body Body
	err := json.Unmarshal(b, &body)
	return body, err
}

// plainBody reads a body of the form {"text":"…","tags":["…"],"data":…} whose
// strings have no escapes; false when it has any other form.
func plainBody(b []byte) (body Body, ok bool) {
	rest, ok := bytes.CutPrefix(b, []byte(`{"text":`))
	if !ok {
		return body, false
	}
	if body.Text, rest, ok = plainString(rest); !ok {
		return body, false
	}
	if rest, ok = bytes.CutPrefix(rest, []byte(`,"tags":[`)); !ok {
		return body, false
	}
	if body.Tags, rest, ok = plainStrings(rest); !ok {
		return body, false
	}
	if rest, ok = bytes.CutPrefix(rest, []byte(`,"data":`)); !ok || len(rest) == 0 || rest[len(rest)-1] != '}' {
		return body, false
	}
	data := rest[:len(rest)-1]
	if !json.Valid(data) {
		return body, false
	}
	body.Data = slices.Clone(data)
	return body, true
}

// plainStrings reads the strings of a list up to its closing bracket.
func plainStrings(b []byte) (list []string, rest []byte, ok bool) {
	list = []string{}
	if rest, ok = bytes.CutPrefix(b, []byte("]")); ok {
		return list, rest, true
	}
	for rest = b; ; rest = rest[1:] {
		var s string
		if s, rest, ok = plainString(rest); !ok || len(rest) == 0 {
			return nil, nil, false
		}
		list = append(list, s)
		switch rest[0] {
		case ']':
			return list, rest[1:], true
		case ',':
		default:
			return nil, nil, false
		}
	}
}

// plainString reads a string that begins b and has no escapes.
func plainString(b []byte) (s string, rest []byte, ok bool) {
	if len(b) == 0 || b[0] != '"' {
		return "", nil, false
	}
	end := bytes.IndexByte(b[1:], '"')
	if end < 0 {
		return "", nil, false
	}
	text := b[1 : 1+end]
	special := func(c byte) bool { return c == '\\' || c < ' ' }
	if slices.ContainsFunc(text, special) || !utf8.Valid(text) {
		return "", nil, false
	}
	return string(text), b[end+2:], true
}
