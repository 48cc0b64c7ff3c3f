package timeline

import (
	"strings"
	"testing"
)

func FuzzParseHash(f *testing.F) {
	f.Add(strings.Repeat("0", 64))
	f.Add(strings.Repeat("0123456789abcdef", 4))
	f.Add(strings.Repeat("A", 64))
	f.Add(strings.Repeat("æ", 32))
	f.Fuzz(func(t *testing.T, s string) {
		if h, err := ParseHash(s); err == nil && h.String() != s {
			t.Fatalf("%q is printed as %s", s, h)
		}
	})
}

// FuzzRead gives what could lie on a disk to the reader of entries.
func FuzzRead(f *testing.F) {
	head := "timeglas entry 1\njournal demo 01KACCE4KG0123456789ABCDEF\nseq 1\nid 01M7S8H5G040GJ48S44MK2EA19\nkind note\n" +
		"occurred exact 2026-11-19T07:32:00+01:00\nrecorded 2026-11-19T06:40:00.000000000Z\nauthor anna\ntarget -\n" +
		"body 73dd59e11b969e2c179f2c9fe168d77fd904d9af9b45a2be4cbb7146e0eb5c60\nprev " + strings.Repeat("0", 64) + "\n"
	salt := make([]byte, SaltSize)
	for i := range salt {
		salt[i] = byte(i)
	}
	body := `{"text":"Bo ringede: CPR-numre i webarkivet","tags":[],"data":null}`
	f.Add([]byte(head), salt, []byte(body))
	f.Add([]byte(head), salt, []byte(nil))
	f.Add([]byte(head), []byte{}, []byte("{}"))
	f.Fuzz(func(t *testing.T, head, salt, body []byte) {
		e, err := Read(head, salt, body)
		if err == nil && !e.Redacted && string(head) == "" {
			t.Fatal("an entry without a head")
		}
	})
}
