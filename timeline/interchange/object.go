package interchange

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
)

// object reads a JSON object into names and values, in their order: strings as they
// are meant, other values as they are written, null left out.
func object(line string) (names, values []string, err error) {
	err = eachPair(line, func(name, value string) error {
		if value == "null" {
			return nil
		}
		if value[0] == '"' {
			if value, err = unquote(value); err != nil {
				return err
			}
		}
		names, values = append(names, name), append(values, value)
		return nil
	})
	return names, values, err
}

// objectNames are the names in a JSON object, also those whose value is null.
func objectNames(line string) (names []string, err error) {
	err = eachPair(line, func(name, _ string) error {
		names = append(names, name)
		return nil
	})
	return names, err
}

// eachPair calls each with the names and raw values of a JSON object. A map would
// lose their order, and one of two values under the same name.
func eachPair(line string, each func(name, value string) error) error {
	if !json.Valid([]byte(line)) {
		return bad("it is not JSON, or its line is not complete")
	}
	rest := strings.TrimLeft(line, space)
	if rest[0] != '{' {
		return bad("it is not a JSON object")
	}
	rest = strings.TrimLeft(rest[1:], space)
	var seen []string
	for rest[0] != '}' {
		var name, value string
		name, rest = cutValue(rest)
		name, err := unquote(name)
		if err != nil {
			return err
		}
		rest = strings.TrimLeft(rest, space)[1:] // the colon
		value, rest = cutValue(strings.TrimLeft(rest, space))
		if rest = strings.TrimLeft(rest, space); rest[0] == ',' {
			rest = strings.TrimLeft(rest[1:], space)
		}
		if slices.Contains(seen, name) {
			return bad("it has the same name twice")
		}
		if len(seen) == maxColumns {
			return bad("it has more than %d names", maxColumns)
		}
		seen = append(seen, name)
		if err := each(name, value); err != nil {
			return err
		}
	}
	return nil
}

// space is what JSON allows between its parts.
const space = " \t\r\n"

// cutValue splits valid JSON after its first value.
func cutValue(text string) (value, rest string) {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		b := text[i]
		switch {
		case quoted && b == '\\':
			i++
		case b == '"':
			if quoted = !quoted; !quoted && depth == 0 {
				return text[:i+1], text[i+1:]
			}
		case quoted:
		case b == '{' || b == '[':
			depth++
		case b == '}' || b == ']':
			if depth == 0 {
				return text[:i], text[i:] // a number or a word before the end of the object
			}
			if depth--; depth == 0 {
				return text[:i+1], text[i+1:]
			}
		case depth == 0 && (b == ',' || strings.IndexByte(space, b) >= 0):
			return text[:i], text[i:]
		}
	}
	return text, ""
}

// unquote is what a JSON string means.
func unquote(text string) (string, error) {
	if strings.IndexByte(text, '\\') < 0 {
		return text[1 : len(text)-1], nil
	}
	var meant string
	if err := json.Unmarshal([]byte(text), &meant); err != nil {
		return "", bad("it is not JSON")
	}
	return meant, nil
}

// stringList reads a JSON list of strings.
func stringList(text string) ([]string, error) {
	var list []string
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		return nil, errors.New("it is not a list of texts")
	}
	if len(list) == 0 {
		return nil, nil
	}
	return list, nil
}
