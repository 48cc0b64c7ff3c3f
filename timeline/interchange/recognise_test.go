package interchange

import (
	"strings"
	"testing"

	"timeglas/internal/fault"
)

func TestFormatsAreRecognised(t *testing.T) {
	for head, want := range map[string]Format{
		l2tHeader:                               L2TCSV,
		strings.ReplaceAll(l2tHeader, ",", ";"): L2TCSV,
		"event_date,event_tz,event_title,event_category,event_content,event_raw,event_source,event_assets,event_iocs,event_tags\n": IRISCSV,
		"event_date(UTC),event_title,event_description,event_tz\n":                                                                 IRISCSV,
		"\ufeffmessage,datetime,timestamp_desc,at,text\r\n":                                                                        TimesketchCSV,
		"\n\nid;at;\"text\";more": CSV,
		`{"message":"x","datetime":"","timestamp_desc":"","at":1,"text":2}`: TimesketchJSONL,
		" \n" + `{"id":"x","at":null,"text":""}` + "\n{":                    JSONL,
		`{"id":"x","at":null,"text":"` + strings.Repeat("x", 5000) + `"}`:   JSONL,
	} {
		if got, err := Recognise([]byte(head), "x"); err != nil || got != want {
			t.Errorf("%.40q is %q, %v", head, got, err)
		}
	}
}

func TestWhatIsNotRecognisedSaysWhatToDo(t *testing.T) {
	for head, want := range map[string]string{
		"":                                       "a.csv: it is empty",
		" \n":                                    "a.csv: it is empty",
		"PK\x03\x04xyz":                          "a.csv: it is a spreadsheet or an archive, not a text: save it as CSV",
		"\xff\xfea\x00":                          "a.csv: it is in UTF-16: save it as CSV in UTF-8",
		`[{"at":1}]`:                             "a.csv: it is one JSON list: write one object a line",
		`{"at":1,`:                               "a.csv: line 1: it is not JSON, or its line is not complete",
		`{"at":1}`:                               "a.csv: its first object has no text and at, and no message, datetime and timestamp_desc, so it is not recognised",
		"When;What;610190-1234":                  "a.csv: its columns are not those of a format that is known: say with --map which is which (When, What, ",
		"\"at,text\n":                            "a.csv: line 1: a quote is not closed",
		`{"at":` + strings.Repeat("1", HeadSize): "a.csv: line 1: it is longer than can be recognised: give the format",
		strings.Repeat("x\x1b[2J,", 20):          `a.csv: its columns are not those of a format that is known: say with --map which is which (x\x1b[2J, `,
	} {
		_, err := Recognise([]byte(head), "a.csv")
		if !fault.Is(err, fault.Failed) || !strings.HasPrefix(err.Error(), want) || strings.Contains(err.Error(), "1234)") {
			t.Errorf("%.40q: %v", head, err)
		}
	}
}
