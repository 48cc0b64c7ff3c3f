package interchange

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"timeglas/internal/fault"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// told is a file in words: each row as "line: moment | text | kind | author | source |
// tags | extra", or "line: why".
func told(file string, o Options) []string {
	var lines []string
	for row, err := range Read(strings.NewReader(file), o) {
		var one *RowError
		switch {
		case errors.As(err, &one):
			lines = append(lines, fmt.Sprintf("%d: %s", one.Line, one.Why))
		case err != nil:
			lines = append(lines, err.Error())
		default:
			extra := []string{}
			for _, f := range row.Extra {
				extra = append(extra, f.Name+"="+f.Value)
			}
			line := fmt.Sprintf("%d: %s | %s | %s | %s | %s | %s | %s", row.Line, row.At, row.Text, row.Kind, row.Author, row.Source,
				strings.Join(row.Tags, " "), strings.Join(extra, " "))
			lines = append(lines, strings.TrimRight(line, " |"))
		}
	}
	return lines
}

func check(t *testing.T, file string, o Options, want ...string) {
	t.Helper()
	if got := told(file, o); !slices.Equal(got, want) {
		t.Errorf("read as\n%s\nnot as\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

const l2tHeader = "date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc,version,filename,inode,notes,format,extra\n"

func TestPlasoIsRead(t *testing.T) {
	check(t, l2tHeader+
		"06/09/2020,14:05:00,UTC,M...,FILE,NTFS,mtime,-,web1,short,the description,2,/x,-,-,filestat,-\n"+
		"06/09/2020,14:05:00,Europe/Copenhagen,....,LOG,-,login,bo,web1,the desc...,the description,2,-,-,-,syslog,pid: 7\n"+
		`06/09/2020,14:05:00,UTC,M...,FILE,NTFS,mtime,-,-,"C:\Program Files" x,"C:\Program Files" -x,2,-,-,-,f,-`+"\n"+
		"00/00/0000,--:--:--,UTC,M...,FILE,NTFS,Not a time,-,-,x,no time,2,-,-,-,f,-\n"+
		"13/09/2020,14:05:00,UTC,M...,FILE,NTFS,mtime,-,-,x,y,2,-,-,-,f,-\n"+
		"06/09/2020,14:05:00,Mars/Olympus,M...,FILE,NTFS,mtime,-,-,x,y,2,-,-,-,f,-\n"+
		"06/09/2020,14:05:00,Local,M...,FILE,NTFS,mtime,-,-,x,y,2,-,-,-,f,-\n"+
		"06/09/2020,14:05:00,,M...,FILE,NTFS,mtime,-,-,x,y,2,-,-,-,f,-\n"+
		"06/09/2020,14:05\n",
		Options{Format: L2TCSV},
		"2: exact 2020-06-09T14:05:00Z | the description |  |  | NTFS |  | MACB=M... source=FILE type=mtime host=web1 version=2 filename=/x format=filestat short=short",
		"3: exact 2020-06-09T14:05:00+02:00 | the description |  |  | LOG |  | MACB=.... type=login user=bo host=web1 version=2 format=syslog extra=pid: 7",
		`4: exact 2020-06-09T14:05:00Z | "C:\Program Files" -x |  |  | NTFS |  | MACB=M... source=FILE type=mtime version=2 format=f short="C:\Program Files" x`,
		"5: unknown | no time |  |  | NTFS |  | MACB=M... source=FILE type=Not a time version=2 format=f short=x",
		"6: date: it cannot be read with time: write them as MM/DD/YYYY and 14:05:00",
		"7: date: its zone is not known: write one such as UTC or Europe/Copenhagen",
		"8: date: its zone is not known: write one such as UTC or Europe/Copenhagen",
		"9: date: the time has no offset from UTC: name the zone of the file",
		"10: it has 2 columns, and the header 17")
}

func TestIRISIsReadInBothLayouts(t *testing.T) {
	const ten = "event_date,event_tz,event_title,event_category,event_content,event_raw,event_source,event_assets,event_iocs,event_tags"
	check(t, ten+",event_extra\n"+
		`2020-06-09T14:05:00.250,+02:00,Mail,Unspecified,Mail to all,raw,proxy,srv1;srv2,1.2.3.4|x,a|b,more`+"\n"+
		`2020-06-09 14:05:00,,Mail,Legal,,,,,,,`+"\n"+
		`2020-06-09 14:05:00,two,Mail,Legal,,,,,,,`+"\n",
		Options{Format: IRISCSV},
		"2: exact 2020-06-09T14:05:00.25+02:00 | Mail to all |  |  | proxy | a b | event_raw=raw event_assets=srv1;srv2 event_iocs=1.2.3.4|x event_extra=more",
		"3: event_date: the time has no offset from UTC: name the zone of the file",
		"4: event_date: event_tz cannot be read: write it as +01:00")
	check(t, "event_date(UTC),event_title,event_description,event_tz,event_date_wtz,event_category,event_tags,linked_assets,linked_iocs,created_by\n"+
		`"2020-06-09T12:05:00.250","he said "hi" then","content with "quotes"","+02:00","2020-06-09T14:05:00.250","Legal","a,b","srv1","",anna`+"\n"+
		`"2020-06-09T12:05:00","x","two`+"\n"+`lines","+00:00","2020-06-09T12:05:00","Unspecified","","","","anna"`+"\n"+
		`"2020-06-09T12:05:00","x","torn", "+00:00","","","","","","",""`+"\n"+
		"2020-06-09T12:05:00,x,,,,,,,,\n"+
		`"2020-06-09T12:05:00","it ends with "this"","","","","","","","",""`+"\n",
		Options{Format: IRISCSV},
		`2: exact 2020-06-09T14:05:00.25+02:00 | he said "hi" then`+"\n"+`content with "quotes" |  | anna |  | a b | event_category=Legal linked_assets=srv1`,
		"3: exact 2020-06-09T12:05:00Z | x\ntwo\nlines |  | anna",
		"5: it has 11 columns, and the header 10",
		"6: exact 2020-06-09T12:05:00Z | x",
		`7: exact 2020-06-09T12:05:00Z | it ends with "this"`)
}

func TestTimesketchIsRead(t *testing.T) {
	check(t, "message,timestamp,datetime,timestamp_desc,tag,host\n"+
		`login,1591704300000000,2020-06-09T12:05:00+00:00,Login,"[""a"", ""b""]",web1`+"\n"+
		"login,1591704300000000,,occurred,,\n"+
		"login,,,Login,,\n"+
		"login,,2020-06-09T12:05:00,Login,,\n",
		Options{Format: TimesketchCSV},
		"2: exact 2020-06-09T12:05:00Z | login |  |  |  | a b | timestamp_desc=Login host=web1",
		"3: exact 2020-06-09T12:05:00Z | login",
		"4: datetime: there is no time",
		"5: datetime: the time has no offset from UTC: name the zone of the file")
	check(t, `{"message":"a","datetime":"2020-06-09T12:05:00+00:00","timestamp_desc":"x","n":1.50,"deep":{"k":["}",1]},"none":null,"tag":["a b"]}`+"\n\n"+
		`{"datetime":"2020-06-09T12:05:00+00:00"}`+"\n"+
		`{"message":"a","message":"b"}`+"\n"+
		`{"message":`+"\n"+
		`["message"]`+"\n"+
		"{\"message\":\"\xe6\"}\n"+
		`{"message":"no line break at the end","timestamp":0}`,
		Options{Format: TimesketchJSONL},
		`1: exact 2020-06-09T12:05:00Z | a |  |  |  | a b | timestamp_desc=x n=1.50 deep={"k":["}",1]}`,
		"3: message is missing",
		"4: it has the same name twice",
		"5: it is not JSON, or its line is not complete",
		"6: it is not a JSON object",
		"7: it is not in UTF-8",
		"8: exact 1970-01-01T00:00:00Z | no line break at the end")
}

func TestOurOwnFilesAreRead(t *testing.T) {
	check(t, `{"id":"1","at":"2020-06-09T14:05:00+02:00","to":null,"precision":"exact","text":"a\r\nb","tags":["x","y"],"hash":"h"}`+"\n"+
		`{"at":"2020-06-09T13:00:00+02:00","to":"2020-06-09T15:00:00+02:00","precision":"estimated","text":"about"}`+"\n"+
		`{"at":"2020-06-09T00:00:00+02:00","to":"2020-06-10T00:00:00+02:00","precision":"day","text":"day"}`+"\n"+
		`{"at":null,"to":null,"precision":"unknown","text":"never"}`+"\n"+
		`{"at":null,"to":null,"precision":"exact","text":"no time"}`+"\n"+
		`{"at":"2020-06-09T00:00:00+02:00","precision":"perhaps","text":"x"}`+"\n"+
		`{"at":"2020-06-09T00:00:00+02:00","to":"2020-06-08T00:00:00+02:00","precision":"range","text":"x"}`+"\n"+
		`{"at":"2020-06-09T00:00:00+02:00"}`+"\n",
		Options{Format: JSONL},
		"1: exact 2020-06-09T14:05:00+02:00 | a\r\nb |  |  |  | x y | id=1 hash=h",
		"2: estimated 2020-06-09T14:00:00+02:00 3600 | about",
		"3: day 2020-06-09T00:00:00+02:00 2020-06-10T00:00:00+02:00 | day",
		"4: unknown | never",
		"5: at: there is no time",
		"6: precision: there is none of that name, or it does not go with at and to",
		"7: at: the end is not after the start",
		"8: text is missing")
	check(t, "at,text,tags\n2020-06-09T14:05:00+02:00,'=1+1,'+a b\n2020-06-09T14:05:00+02:00,'tis,''x\n",
		Options{Format: CSV},
		"2: exact 2020-06-09T14:05:00+02:00 | =1+1 |  |  |  | +a b",
		"3: exact 2020-06-09T14:05:00+02:00 | 'tis |  |  |  | 'x")
}

func TestAnyCSVIsReadWithAMapping(t *testing.T) {
	m, err := ParseMapping([]string{"at=When", "to=Until", "text=What", "tags=Labels", "author=Who"})
	if err != nil {
		t.Fatal(err)
	}
	check(t, "When;What;Until;Labels;Who;Else\n"+
		"2020-06-09 14:05;x;;a, b|c;Bo;1\n"+
		"2020-06-09;x;;;;\n"+
		"9 June 2020 14:05;x;;;;\n"+
		"2020-06-09T14:05Z;x;2020-06-09T15:05Z;;;\n"+
		"soon;x;;;;\n",
		Options{Format: Mapped, Mapping: m, Zone: zone(t, "Europe/Copenhagen")},
		"2: exact 2020-06-09T14:05:00+02:00 | x |  | Bo |  | a b c | Else=1",
		"3: day 2020-06-09T00:00:00+02:00 2020-06-10T00:00:00+02:00 | x",
		"4: exact 2020-06-09T14:05:00+02:00 | x",
		"5: range 2020-06-09T14:05:00Z 2020-06-09T15:05:00Z | x",
		"6: at: the time cannot be read: write 2020-06-09 14:05, 2020-06-09, 14:05, yesterday 22:10, 9 June 2020 to 10 June, about …, no later than … or unknown")
	check(t, "When;What\n", Options{Format: Mapped, Mapping: m}, "the header: there is no column Until")
	for _, words := range [][]string{{"at=x"}, {"text=x"}, {"at=x", "at=y", "text=z"}, {"at=x", "text"}, {"at=x", "text=y", "what=z"}, {"at=", "text=y"}} {
		if _, err := ParseMapping(words); !fault.Is(err, fault.Usage) {
			t.Errorf("%q: %v", words, err)
		}
	}
}

func TestTheHourThatClocksShowTwiceIsToldApartByTheOrderOfTheRows(t *testing.T) {
	rows := func(times ...string) string { return "at,text\n" + strings.Join(times, ",\n") + ",\n" }
	const unclear = "at: clocks in that zone showed this time twice, and the rows before it do not tell which is meant: write the offset"
	copenhagen := Options{Format: CSV, Zone: zone(t, "Europe/Copenhagen")}
	check(t, rows("2020-10-25 01:50", "2020-10-25 02:10", "2020-10-25 02:50", "2020-10-25 02:10", "2020-10-25 02:50", "2020-10-25 03:10"), copenhagen,
		"2: exact 2020-10-25T01:50:00+02:00", "3: exact 2020-10-25T02:10:00+02:00", "4: exact 2020-10-25T02:50:00+02:00",
		"5: exact 2020-10-25T02:10:00+01:00", "6: exact 2020-10-25T02:50:00+01:00", "7: exact 2020-10-25T03:10:00+01:00")
	check(t, rows("2020-10-25 03:10", "2020-10-25 02:50", "2020-10-25 02:10", "2020-10-25 02:50", "2020-10-25 01:50"), copenhagen,
		"2: exact 2020-10-25T03:10:00+01:00", "3: exact 2020-10-25T02:50:00+01:00", "4: exact 2020-10-25T02:10:00+01:00",
		"5: exact 2020-10-25T02:50:00+02:00", "6: exact 2020-10-25T01:50:00+02:00")
	check(t, rows("2020-10-25 02:10"), copenhagen, "2: "+unclear)
	check(t, rows("2020-10-25 00:10", "2020-10-25 00:05", "2020-10-25 00:07", "2020-10-25 02:10"), copenhagen,
		"2: exact 2020-10-25T00:10:00+02:00", "3: exact 2020-10-25T00:05:00+02:00", "4: exact 2020-10-25T00:07:00+02:00", "5: "+unclear)
	check(t, rows("2020-03-29 01:50", "2020-03-29 02:10", "2020-03-29 03:10"), copenhagen,
		"2: exact 2020-03-29T01:50:00+01:00",
		"3: at: clocks in that zone were put forward over this time, so it never was: the file is in another zone",
		"4: exact 2020-03-29T03:10:00+02:00")
}

func TestTimesAreReadAsProgramsWriteThem(t *testing.T) {
	for text, want := range map[string]string{
		"2020-06-09T14:05:06+02:00":       "exact 2020-06-09T14:05:06+02:00",
		"2020-06-09 14:05:06,789 +0200":   "exact 2020-06-09T14:05:06.789+02:00",
		"2020-06-09t14:05z":               "exact 2020-06-09T14:05:00Z",
		" 2020-06-09 14:05:06 UTC ":       "exact 2020-06-09T14:05:06Z",
		"2020-06-09T14:05:06.1234567-08":  "exact 2020-06-09T14:05:06.1234567-08:00",
		"0001-01-01T00:00:00Z":            "exact 0001-01-01T00:00:00Z",
		"0000-01-01T00:00:00Z":            "at: the year is not between 1 and 9999",
		"10000-01-01T00:00:00Z":           "at: the year is not between 1 and 9999",
		"0001-01-01T00:00:00+01:00":       "at: the year is not between 1 and 9999 in UTC",
		"2020-02-30T00:00:00Z":            "at: the time cannot be read: write it as 2020-06-09T14:05:00+02:00",
		"2020-06-09T24:00:00Z":            "at: the time cannot be read: write it as 2020-06-09T14:05:00+02:00",
		"2020-06-09T14:05:06.0123456789Z": "at: the time cannot be read: write it as 2020-06-09T14:05:00+02:00",
		"2020-06-09T14:05:06+24:00":       "at: the time cannot be read: write it as 2020-06-09T14:05:00+02:00",
		"2020-06-09T14:05:06Z!":           "at: the time cannot be read: write it as 2020-06-09T14:05:00+02:00",
		"2020-6-9T14:05:06Z":              "at: the time cannot be read: write it as 2020-06-09T14:05:00+02:00",
		"2020-06-09":                      "at: the time has no offset from UTC: name the zone of the file",
		"":                                "at: there is no time",
	} {
		check(t, "at;text\n"+text+";\n", Options{Format: CSV}, "2: "+want)
	}
}

func TestHowAFileIsWrittenDoesNotMatter(t *testing.T) {
	const want = "2: exact 2020-06-09T14:05:00Z | Ærø: 3 €"
	for name, file := range map[string]string{
		"LF":                   "at,text\n2020-06-09T14:05Z,Ærø: 3 €\n",
		"CR LF":                "at,text\r\n2020-06-09T14:05Z,Ærø: 3 €\r\n",
		"no break at the end":  "at,text\n2020-06-09T14:05Z,Ærø: 3 €",
		"semicolons":           "at;text\n2020-06-09T14:05Z;Ærø: 3 €\n",
		"tabs":                 "at\ttext\n2020-06-09T14:05Z\tÆrø: 3 €\n",
		"byte order mark":      "\ufeffat,text\n2020-06-09T14:05Z,Ærø: 3 €\n",
		"mark before a quote":  "\ufeff\"at\",\"text\"\n\"2020-06-09T14:05Z\",\"Ærø: 3 €\"\n",
		"Windows-1252":         "at,text\n2020-06-09T14:05Z,\xc6r\xf8: 3 \x80\n",
		"an empty line behind": "at,text\n2020-06-09T14:05Z,Ærø: 3 €\n\r\n\n",
	} {
		t.Run(name, func(t *testing.T) { check(t, file, Options{Format: CSV}, want) })
	}
}

func TestARowThatIsBadIsNamedAndTheRestIsRead(t *testing.T) {
	const good, ok = "2020-06-09T14:05Z,ok\n", ": exact 2020-06-09T14:05:00Z | ok"
	for name, c := range map[string]struct {
		rows string
		want []string
	}{
		"too few columns":       {"x\n" + good, []string{"2: it has 1 columns, and the header 2", "3" + ok}},
		"too many columns":      {strings.Repeat(",", 9_999) + "\n" + good, []string{"2: it has more than 1000 columns", "3" + ok}},
		"text behind a quote":   {"\"2020-06-09T14:05Z\"x,ok\n" + good, []string{"2: there is text between a closing quote and the next column", "3" + ok}},
		"an open quote":         {"2020-06-09T14:05Z,\"ok\n" + good + good, []string{"2: a quote is not closed", "3" + ok, "4" + ok}},
		"a break in quotes":     {"2020-06-09T14:05Z,\"a\r\n\r\nb\"\n" + good, []string{"2: exact 2020-06-09T14:05:00Z | a\r\n\r\nb", "5" + ok}},
		"two encodings":         {"2020-06-09T14:05Z,å\n2020-06-09T14:05Z,\xe5\n" + good, []string{"2: exact 2020-06-09T14:05:00Z | å", "3: it is not in UTF-8, as the rows before it are", "4" + ok}},
		"two encodings, turned": {"2020-06-09T14:05Z,\xe5\n2020-06-09T14:05Z,å\n" + good, []string{"2: exact 2020-06-09T14:05:00Z | å", "3: it is in UTF-8, but the rows before it are in Windows-1252", "4" + ok}},
		"no encoding":           {"2020-06-09T14:05Z,\xe5\x81\n" + good, []string{"2: it is neither in UTF-8 nor in Windows-1252", "3" + ok}},
		"a long line":           {good + strings.Repeat("x", maxRow+1) + "\n" + good, []string{"2" + ok, "3: it is longer than 1 MiB: the line breaks are missing", "4" + ok}},
		"a long line in quotes": {"x,\"a\n" + strings.Repeat("x", maxRow+1) + "\"\n" + good, []string{"2: a quote is not closed", "3: it is longer than 1 MiB: the line breaks are missing", "4" + ok}},
	} {
		t.Run(name, func(t *testing.T) { check(t, "at,text\n"+c.rows, Options{Format: CSV}, c.want...) })
	}
}

func TestAFileThatCannotBeReadAtAllSaysWhy(t *testing.T) {
	for file, want := range map[string]string{
		"":                          "the file: it is empty",
		"\n\n":                      "the file: it is empty",
		"at\n":                      "the header: there is no column text",
		"at,text,at\n":              "the header: there are 2 columns at",
		"\"at,text\n":               "the header: a quote is not closed",
		"PK\x03\x04":                "the file: it is a spreadsheet or an archive, not a text: save it as CSV",
		"\xff\xfea\x00":             "the file: it is in UTF-16: save it as CSV in UTF-8",
		"a\x00t\x00":                "the file: there are zero bytes in it: it is no text in UTF-8 or Windows-1252",
		strings.Repeat(",", 10_000): "the header: it has more than 1000 columns",
	} {
		check(t, file, Options{Format: CSV}, want)
	}
	check(t, "x", Options{Format: "xml"}, "format: there is none of that name")
	var last error
	for _, err := range Read(iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader("at,text\n"))), Options{Format: CSV}) {
		last = err
	}
	if !errors.Is(last, iotest.ErrTimeout) {
		t.Errorf("a disk that fails: %v", last)
	}
}

func TestQuotesThatAreNeverClosedEndTheFileAtLast(t *testing.T) {
	lines := told(irisExported+",event_title\n"+strings.Repeat("\"x\n", 200), Options{Format: IRISCSV})
	if len(lines) != maxReopens+1 || lines[0] != "2: a quote is not closed" ||
		lines[maxReopens] != "the file: more than 100 rows have a quote that is not closed: it is not the format it was taken for" {
		t.Errorf("%d: %s", len(lines), lines[len(lines)-1])
	}
}

func TestReadingCanBeStopped(t *testing.T) {
	n := 0
	for range Read(strings.NewReader("at,text\n"+strings.Repeat("2020-06-09T14:05Z,x\n", 9)), Options{Format: CSV}) {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("%d rows", n)
	}
}

// endless is a line that goes on for so many bytes.
type endless struct{ left int }

func (e *endless) Read(p []byte) (int, error) {
	if e.left == 0 {
		return 0, io.EOF
	}
	n := min(len(p), e.left)
	for i := range p[:n] {
		p[i] = 'x'
	}
	e.left -= n
	return n, nil
}

func TestALineOf200MegabytesTakesNoMemory(t *testing.T) {
	for _, o := range []Options{{Format: CSV}, {Format: JSONL}} {
		file := io.MultiReader(strings.NewReader("at,text\n"), &endless{200 << 20}, strings.NewReader("\n2020-06-09T14:05Z,ok\n"))
		allocated := testing.Benchmark(func(b *testing.B) {
			b.ReportAllocs()
			if b.N > 1 {
				b.SkipNow()
			}
			var errs int
			for _, err := range Read(file, o) {
				if err != nil {
					errs++
				}
			}
			if errs == 0 {
				b.Error("the line is read")
			}
		})
		if n := allocated.AllocedBytesPerOp(); n > 16<<20 {
			t.Errorf("%s: %d bytes", o.Format, n)
		}
	}
}
