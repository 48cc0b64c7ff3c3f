package timeline

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"timeglas/internal/when"
)

var goodHead = Head{
	Journal:  Identity{Mark: MarkCase, ID: "01JD1Q6X00CASE000000000000"},
	Seq:      42,
	ID:       "01JD1Q6X00ENTRY00000000000",
	Kind:     KindCorrection,
	Occurred: when.At(time.Date(2026, 11, 19, 7, 32, 0, 0, time.FixedZone("", 3600))),
	Recorded: time.Date(2026, 11, 19, 6, 40, 0, 5, time.UTC),
	Author:   "Åse Ærø (jump host)",
	Target:   "01JD1Q6X00TARGET0000000000",
	Body:     Hash{1, 2, 0xfe},
	Prev:     Hash{0xff},
}

func TestAHeadIsReadAsItWasWritten(t *testing.T) {
	got, err := ParseHead(goodHead.Bytes())
	if err != nil || got != goodHead {
		t.Errorf("read %+v, %v", got, err)
	}
}

func TestAHeadInAnyOtherSpellingIsRefused(t *testing.T) {
	good := string(goodHead.Bytes())
	swap := func(old, new string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("no %q in the head", old)
		}
		return strings.Replace(good, old, new, 1)
	}
	zeros := strings.Repeat("0", 62)
	for name, text := range map[string]string{
		"nothing":                      "",
		"another version":              swap("timeglas entry 1", "timeglas entry 2"),
		"CR LF":                        strings.ReplaceAll(good, "\n", "\r\n"),
		"no last line feed":            strings.TrimSuffix(good, "\n"),
		"a line more":                  good + "x y\n",
		"a byte more":                  good + "\x00",
		"a byte order mark":            "\ufeff" + good,
		"two lines exchanged":          swap("seq 42\nid 01JD1Q6X00ENTRY00000000000\n", "id 01JD1Q6X00ENTRY00000000000\nseq 42\n"),
		"a line missing":               swap("seq 42\n", ""),
		"two spaces":                   swap("seq 42", "seq  42"),
		"a space behind":               swap("seq 42", "seq 42 "),
		"a tab":                        swap("seq 42", "seq\t42"),
		"a name in capitals":           swap("seq 42", "Seq 42"),
		"sequence 0":                   swap("seq 42", "seq 0"),
		"a negative sequence":          swap("seq 42", "seq -1"),
		"a sequence with a plus":       swap("seq 42", "seq +42"),
		"a sequence with a zero":       swap("seq 42", "seq 042"),
		"a sequence that overflows":    swap("seq 42", "seq 9223372036854775808"),
		"an unknown mark":              swap("journal case ", "journal draft "),
		"a mark in capitals":           swap("journal case ", "journal Case "),
		"no journal id":                swap("journal case 01JD1Q6X00CASE000000000000", "journal case"),
		"a lower-case id":              swap("id 01JD1Q6X00ENTRY", "id 01jd1q6x00entry"),
		"an id with a letter too many": swap("ENTRY00000000000\n", "ENTRY000000000000\n"),
		"an id with a letter too few":  swap("ENTRY00000000000\n", "ENTRY0000000000\n"),
		"an id with I":                 swap("00ENTRY0", "00ENTRI0"),
		"an id with L":                 swap("00ENTRY0", "00ENTRL0"),
		"an id with O":                 swap("00ENTRY0", "00ENTRO0"),
		"an id with U":                 swap("00ENTRY0", "00ENTRU0"),
		"an id over 128 bits":          swap("id 01JD", "id 81JD"),
		"an id that is not ASCII":      swap("00ENTRY0", "00ENTRÅ"),
		"an empty kind":                swap("kind correction", "kind "),
		"a kind in capitals":           swap("kind correction", "kind Correction"),
		"a kind with a digit":          swap("kind correction", "kind c2"),
		"a kind that begins with -":    swap("kind correction", "kind -c"),
		"a kind of 33 letters":         swap("kind correction", "kind "+strings.Repeat("k", 33)),
		"a time without zone":          swap("occurred exact 2026-11-19T07:32:00+01:00", "occurred exact 2026-11-19T07:32:00"),
		"a time with +00:00":           swap("07:32:00+01:00", "07:32:00+00:00"),
		"a time with zeros behind":     swap("07:32:00+01:00", "07:32:00.500+01:00"),
		"a time with a comma":          swap("07:32:00+01:00", "07:32:00,5+01:00"),
		"a time with a small t":        swap("19T07:32:00+01:00", "19t07:32:00+01:00"),
		"a day that is none":           swap("2026-11-19T07", "2026-02-30T07"),
		"an unknown precision":         swap("occurred exact", "occurred about"),
		"recorded in another zone":     swap("recorded 2026-11-19T06:40:00.000000005Z", "recorded 2026-11-19T07:40:00.000000005+01:00"),
		"recorded in milliseconds":     swap("06:40:00.000000005Z", "06:40:00.000Z"),
		"an empty author":              swap("author Åse Ærø (jump host)", "author "),
		"an author with a space":       swap("author Åse", "author  Åse"),
		"an author with an escape":     swap("Åse", "\x1b[31m"),
		"an author not in UTF-8":       swap("Åse", "\xc5se"),
		"an author of 257 bytes":       swap("Åse Ærø (jump host)", strings.Repeat("a", 257)),
		"an empty target":              swap("target 01JD1Q6X00TARGET0000000000", "target "),
		"a target that is no id":       swap("target 01JD1Q6X00TARGET0000000000", "target 7"),
		"a hash in capitals":           swap("body 0102fe", "body 0102FE"),
		"a hash with another letter":   swap("body 0102fe", "body 0102fg"),
		"a short hash":                 swap("prev ff"+zeros, "prev ff"+zeros[1:]),
		"a long hash":                  swap("prev ff"+zeros, "prev ff"+zeros+"0"),
		"too many bytes":               swap("Åse", strings.Repeat("a", maxHead)),
	} {
		t.Run(name, func(t *testing.T) {
			if h, err := ParseHead([]byte(text)); err == nil {
				t.Errorf("read as %+v", h)
			}
		})
	}
}

func TestEveryHeadThatIsValidIsReadBackTheSame(t *testing.T) {
	id := rapid.StringMatching(`[0-7][0-9A-HJKMNP-TV-Z]{25}`)
	rapid.Check(t, func(t *rapid.T) {
		h := Head{
			Journal:  Identity{Mark: rapid.SampledFrom([]Mark{MarkCase, MarkExercise, MarkDemo, MarkRegister}).Draw(t, "mark"), ID: id.Draw(t, "journal")},
			Seq:      rapid.Int64Min(1).Draw(t, "seq"),
			ID:       id.Draw(t, "id"),
			Kind:     Kind(rapid.StringMatching(`[a-z][a-z-]{0,31}`).Draw(t, "kind")),
			Occurred: when.Never(),
			Recorded: time.Unix(rapid.Int64Range(-62135596800, 253402300799).Draw(t, "s"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns")).UTC(),
			Author:   rapid.StringMatching(`[\pL\d]{1,60}`).Draw(t, "author"),
			Target:   rapid.OneOf(rapid.Just(""), id).Draw(t, "target"),
			Body:     Hash(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "body")),
			Prev:     Hash(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "prev")),
		}
		if got, err := ParseHead(h.Bytes()); err != nil || got != h {
			t.Fatalf("%+v was read as %+v, %v", h, got, err)
		}
	})
}

func FuzzParseHead(f *testing.F) {
	f.Add(goodHead.Bytes())
	f.Add([]byte("timeglas entry 1\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		h, err := ParseHead(b)
		if err == nil && !bytes.Equal(h.Bytes(), b) {
			t.Errorf("%q is written again as %q", b, h.Bytes())
		}
	})
}
