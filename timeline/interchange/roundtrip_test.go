package interchange

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"

	"timeglas/internal/when"
)

// extraColumns are announced to every writer of these tests.
var extraColumns = []string{"id", "Ærø, \"kolonne\"", "=x"}

func written(t interface{ Fatal(...any) }, f Format, rows []Row) []byte {
	var b bytes.Buffer
	w, err := NewWriter(&b, f, extraColumns)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// readAll reads a file whose rows are all good.
func readAll(t interface{ Fatalf(string, ...any) }, file []byte, o Options) []Row {
	var rows []Row
	for row, err := range Read(bytes.NewReader(file), o) {
		if err != nil {
			t.Fatalf("%v in\n%s", err, file)
		}
		rows = append(rows, row)
	}
	return rows
}

// same reports whether rows say the same, leaving out the line.
func same(a, b Row) bool {
	return a.At.Equal(b.At) && a.Text == b.Text && a.Kind == b.Kind && a.Author == b.Author && a.Source == b.Source &&
		slices.Equal(a.Tags, b.Tags) && slices.Equal(a.Extra, b.Extra)
}

func hardRows() []Row {
	at := func(text string) when.Moment {
		t, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			panic(err)
		}
		return when.At(t)
	}
	start := at("2020-06-09T14:00:00+02:00").From
	return []Row{
		{At: at("2020-06-09T14:05:00+02:00"), Text: "plain", Kind: "note", Author: "anna"},
		{At: at("2020-06-09T14:05:00.25-05:00"), Text: `commas, "quotes"; and semicolons`, Source: "web, proxy"},
		{At: at("2020-06-09T12:05:00.123456789Z"), Text: "line\nbreaks\r\nof both\rkinds\n", Tags: []string{"web", "æøå"}},
		{At: at("2020-06-09T17:50:00+05:45"), Text: "tab\there, \ttoo", Tags: []string{"a/b", "c:d"}},
		{At: at("1969-12-31T23:59:59.999999+00:00"), Text: "Rødgrød med fløde på Ærø 🍓 👩‍👩‍👧 e\u0301"},
		{At: at("2020-10-25T02:30:00+01:00"), Text: "=HYPERLINK(\"http://x\")", Author: "+x"},
		{At: at("2020-10-25T02:30:00+02:00"), Text: "'tis", Source: "@home"},
		{At: at("9999-12-31T23:59:59Z"), Text: "''\\n \u2028 \u0085 \v", Extra: []Field{{"id", "01ABC"}, {"=x", "-1"}}},
		{At: at("0002-01-01T00:00:00Z"), Text: "", Kind: "fact", Extra: []Field{{"Ærø, \"kolonne\"", "x\r\ny"}}},
		{At: when.Around(start, 30*time.Minute), Text: "about"},
		{At: when.OnDay(start), Text: "a day"},
		{At: when.Between(start, start.Add(90*time.Second)), Text: "a range"},
		{At: when.Before(start), Text: "no later than"},
		{At: when.At(start), Text: strings.Repeat("long ", 50_000)},
		{At: when.At(start), Text: `{"timeglas":1}`, Tags: []string{`a"b`, "c,d"}},
	}
}

func TestWhatIsWrittenIsReadAgainTheSame(t *testing.T) {
	for _, f := range WrittenFormats() {
		t.Run(string(f), func(t *testing.T) {
			file := written(t, f, hardRows())
			if got, err := Recognise(file[:min(len(file), HeadSize)], "x"); err != nil || got != f {
				t.Fatalf("recognised as %q, %v", got, err)
			}
			rows := readAll(t, file, Options{Format: f})
			for i, want := range hardRows() {
				if i >= len(rows) || !same(rows[i], want) {
					t.Errorf("row %d is read as\n%+v, not as\n%+v", i, rows[i], want)
				}
			}
		})
	}
}

func TestAnyRowIsReadAgainTheSame(t *testing.T) {
	for _, f := range WrittenFormats() {
		t.Run(string(f), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				rows := rapid.SliceOfN(rapid.Custom(drawRow), 1, 6).Draw(t, "rows")
				got := readAll(t, written(t, f, rows), Options{Format: f})
				for i := range rows {
					if i >= len(got) || !same(got[i], rows[i]) {
						t.Fatalf("row %d is read as\n%+v, not as\n%+v", i, got, rows[i])
					}
				}
			})
		})
	}
}

func drawText(t *rapid.T, name string) string {
	parts := []string{",", ";", "\t", `"`, `""`, "\n", "\r\n", "\r", "'", "=", "|", " ", "æ", "Ø", "å", "🍓", "\u2028", "\\", "x", "word", "{", "[", "\x00", "\ufeff"}
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 0, 12).Draw(t, name), "")
}

func drawRow(t *rapid.T) Row {
	offset := rapid.IntRange(-14*60, 14*60).Draw(t, "offset") * 60
	at := time.Unix(rapid.Int64Range(-1e10, 1e11).Draw(t, "at"), rapid.Int64Range(0, 999999999).Draw(t, "nano")).In(time.FixedZone("", offset))
	whole := at.Truncate(time.Second)
	moments := []when.Moment{when.At(at), when.Around(whole, time.Duration(rapid.IntRange(1, 1e6).Draw(t, "margin"))*time.Second),
		when.OnDay(at), when.Between(at, at.Add(time.Duration(rapid.IntRange(1, 1e9).Draw(t, "length")))), when.Before(at)}
	row := Row{At: rapid.SampledFrom(moments).Draw(t, "moment"), Text: drawText(t, "text"), Kind: drawText(t, "kind"),
		Author: drawText(t, "author"), Source: drawText(t, "source")}
	for range rapid.IntRange(0, 2).Draw(t, "tags") {
		row.Tags = append(row.Tags, drawText(t, "tag"))
	}
	for _, name := range extraColumns {
		if value := drawText(t, name); value != "" && rapid.Bool().Draw(t, "has") {
			row.Extra = append(row.Extra, Field{name, value})
		}
	}
	return row
}

func TestWritersFollowTheRulesOfTheOtherProgram(t *testing.T) {
	row := Row{At: when.At(time.Date(2020, 6, 9, 14, 5, 0, 0, time.FixedZone("", 7200))), Text: "first\nsecond, \"x\"",
		Kind: "note", Author: "anna", Source: "mail", Tags: []string{"a", "b"}}
	for f, want := range map[Format]string{
		TimesketchCSV: "message,timestamp,datetime,timestamp_desc,tag,kind,author,source,moment,id,\"Ærø, \"\"kolonne\"\"\",=x\n" +
			"\"first\nsecond, \"\"x\"\"\",1591704300000000,2020-06-09T14:05:00+02:00,occurred,\"[\"\"a\"\",\"\"b\"\"]\",note,anna,mail,2020-06-09T14:05:00+02:00,,,\n",
		TimesketchJSONL: `{"message":"first\nsecond, \"x\"","timestamp":1591704300000000,"datetime":"2020-06-09T14:05:00+02:00",` +
			`"timestamp_desc":"occurred","tag":["a","b"],"kind":"note","author":"anna","source":"mail","moment":"2020-06-09T14:05:00+02:00"}` + "\n",
		IRISCSV: "event_date,event_tz,event_title,event_category,event_content,event_raw,event_source,event_assets,event_iocs,event_tags\n" +
			`2020-06-09T14:05:00.000000,+02:00,first,Unspecified,"first / second, ""x"" [source: mail; by: anna; kind: note]",` +
			`"{""timeglas"":1,""moment"":""2020-06-09T14:05:00+02:00"",""text"":""first\nsecond, \""x\"""",""kind"":""note"",""author"":""anna"",""source"":""mail"",""tags"":[""a"",""b""]}",` +
			"mail,,,a|b\n",
	} {
		if got := string(written(t, f, []Row{row})); got != want {
			t.Errorf("%s is written as\n%s", f, got)
		}
	}
}

func TestIRISLosesNoRowBecauseOfALineBreak(t *testing.T) {
	file := string(written(t, IRISCSV, hardRows()))
	lines := strings.FieldsFunc(file, func(r rune) bool { return strings.ContainsRune("\n\r\v\f\x1c\x1d\x1e\u0085\u2028\u2029", r) })
	if want := len(hardRows()) + 1; len(lines) != want {
		t.Errorf("DFIR-IRIS would see %d lines, not %d", len(lines), want)
	}
}

func TestAnEditedIRISFileIsReadAsEdited(t *testing.T) {
	file := string(written(t, IRISCSV, hardRows()[:1]))
	edited := strings.Replace(file, "14:05:00.000000,+02:00,plain", "14:06:00.000000,+02:00,plain", 1)
	rows := readAll(t, []byte(edited), Options{Format: IRISCSV})
	want, err := when.ParseText("2020-06-09T14:06:00+02:00", nil)
	if err != nil || !rows[0].At.Equal(want) || rows[0].Text != "plain [by: anna; kind: note]" {
		t.Errorf("read as %+v", rows[0])
	}
}

func TestAnEditedTimesketchTimeIsTheOneThatCounts(t *testing.T) {
	file := string(written(t, TimesketchCSV, []Row{{At: when.OnDay(hardRows()[0].At.From), Text: "x"}}))
	edited := strings.Replace(file, ",2020-06-09T00:00:00+02:00,", ",2020-06-10T08:00:00+02:00,", 1)
	rows := readAll(t, []byte(edited), Options{Format: TimesketchCSV})
	if got := rows[0].At.String(); got != "exact 2020-06-10T08:00:00+02:00" {
		t.Errorf("read as %s", got)
	}
}

func TestARowOfUnknownTimeIsNotWritten(t *testing.T) {
	for _, f := range WrittenFormats() {
		var b bytes.Buffer
		w, err := NewWriter(&b, f, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Write(Row{At: when.Never(), Text: "x"}); err != ErrNoTime {
			t.Errorf("%s: %v", f, err)
		}
		if err := w.Flush(); err != nil || strings.Contains(b.String(), "x\n") {
			t.Errorf("%s: %v, %q", f, err, b.String())
		}
	}
}

func TestAnExtraFieldThatHasNoColumnIsNotLostInSilence(t *testing.T) {
	var b bytes.Buffer
	w, err := NewWriter(&b, TimesketchCSV, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write(Row{At: hardRows()[0].At, Extra: []Field{{"id", "1"}}}); err == nil {
		t.Error("written")
	}
	if _, err := NewWriter(&b, TimesketchCSV, []string{"message"}); err == nil {
		t.Error("two columns message")
	}
	if _, err := NewWriter(&b, L2TCSV, nil); err == nil {
		t.Error("l2tcsv is written")
	}
}

func TestRowsAreComparedWhole(t *testing.T) {
	if n := reflect.TypeFor[Row]().NumField(); n != 8 {
		t.Errorf("Row has %d fields: same in this file compares 7 and leaves the line out", n)
	}
}
