package fact

import (
	"encoding/json"
	"testing"
	"time"
)

func FuzzParse(f *testing.F) {
	for _, key := range Keys() {
		f.Add(key.Name, "unknown")
		f.Add(key.Name, "7")
		f.Add(key.Name, "yes")
		f.Add(key.Name, "2026-11-19 07:32")
		f.Add(key.Name, "name,health")
	}
	f.Add("subset.passed on.count", "66")
	f.Add("effect.exposure_days", "1e400")
	f.Add("persons.count", "9223372036854775808")
	now := time.Date(2026, 11, 19, 8, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, name, text string) {
		v, err := Parse(name, text, time.UTC, now)
		if err != nil {
			return
		}
		stored := Encode(v)
		again, err := Decode(name, stored)
		if err != nil || !Equal(v, again) {
			t.Fatalf("%s=%q is stored as %s and read as %v: %v", name, text, stored, again, err)
		}
	})
}

func FuzzDecode(f *testing.F) {
	for _, key := range Keys() {
		for _, data := range []string{`"unknown"`, `7`, `-1`, `1.5`, `true`, `"x"`, `["a","a"]`, `null`, `{}`, `["2026-11-19/2026-11-20"]`, `1e999`} {
			f.Add(key.Name, []byte(data))
		}
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		v, err := Decode(name, json.RawMessage(data))
		if err != nil {
			return
		}
		again, err := Decode(name, Encode(v))
		if err != nil || !Equal(v, again) {
			t.Fatalf("%s: %s is read as %v, and stored again as %v: %v", name, data, v, again, err)
		}
	})
}
