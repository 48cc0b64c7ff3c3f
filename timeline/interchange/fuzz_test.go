package interchange

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// fuzzReader gives anything to the reader of a format, with and without a zone: no
// panic, lines that exist and rise, rows that can be stored.
func fuzzReader(f *testing.F, o Options, seeds ...string) {
	in := zone(f, "Europe/Copenhagen")
	for _, seed := range seeds {
		f.Add([]byte(seed), false)
		f.Add([]byte(strings.ReplaceAll(seed, "\n", "\r\n")), true)
	}
	if o.Format == TimesketchCSV || o.Format == TimesketchJSONL || o.Format == IRISCSV {
		f.Add(written(f, o.Format, hardRows()[:13]), false)
	}
	f.Fuzz(func(t *testing.T, file []byte, named bool) {
		if o.Zone = nil; named {
			o.Zone = in
		}
		checkReader(t, file, o)
	})
}

func checkReader(t *testing.T, file []byte, o Options) {
	before, most := 0, bytes.Count(file, []byte("\n"))+1
	for row, err := range Read(bytes.NewReader(file), o) {
		var one *RowError
		switch {
		case errors.As(err, &one):
			if row.Line = one.Line; one.Why == "" || strings.ContainsAny(one.Why, "\r\n") {
				t.Fatalf("line %d: %q", one.Line, one.Why)
			}
		case err != nil:
			return
		case row.At.Validate() != nil:
			t.Fatalf("line %d: %s: %v", row.Line, row.At, row.At.Validate())
		case !utf8.ValidString(row.Text):
			t.Fatalf("line %d: %q", row.Line, row.Text)
		}
		if row.Line <= before || row.Line > most {
			t.Fatalf("line %d after line %d of %d", row.Line, before, most)
		}
		before = row.Line
	}
}

func FuzzReadJSONL(f *testing.F) {
	fuzzReader(f, Options{Format: JSONL},
		`{"id":"1","at":"2020-06-09T14:05:00+02:00","to":null,"precision":"exact","text":"a\r\nb","tags":["x"],"hash":"h"}`+"\n",
		`{"at":"2020-10-25 02:30","to":"2020-10-25 02:30","precision":"estimated","text":"\u00e6","deep":{"a":[1,{"b":"}"}]}}`+"\n\n{",
		"{}\n{\"a\":1,\"a\":2}\n[]\nnull\n\"x\"\n{ \"text\" : null , \"at\":\"0000-01-01T00:00:00Z\"}")
}

func FuzzReadCSV(f *testing.F) {
	fuzzReader(f, Options{Format: CSV},
		"id,at,to,precision,text,tags\n1,2020-06-09T14:05:00+02:00,,exact,\"'=1, \"\"x\"\"\n\",a b\n",
		"\ufeffat;text\n2020-10-25 02:10;\xe6\n2020-03-29 02:10;x\n;\"open\n2020-06-09;day\n",
		"at\ttext\n10000-01-01T00:00:00Z\tx\n9999-12-31T23:59:59-01:00\t\n")
}

func FuzzReadTimesketchCSV(f *testing.F) {
	fuzzReader(f, Options{Format: TimesketchCSV},
		"message,timestamp,datetime,timestamp_desc,tag\nx,1591704300000000,,a,\"[\"\"b\"\"]\"\nx,,2020-06-09T12:05:00,a,[\n")
}

func FuzzReadTimesketchJSONL(f *testing.F) {
	fuzzReader(f, Options{Format: TimesketchJSONL},
		`{"message":"x","timestamp":-62135596800000001,"timestamp_desc":"a","tag":["b"]}`+"\n"+`{"message":1,"datetime":"2020-06-09"}`)
}

func FuzzReadIRISCSV(f *testing.F) {
	const exported = "event_date(UTC),event_title,event_description,event_tz,event_date_wtz,event_category,event_tags\n"
	fuzzReader(f, Options{Format: IRISCSV},
		"event_date,event_tz,event_title,event_raw\n2020-06-09T14:05:00.25,+02:00,x,\"{\"\"timeglas\"\":1}\"\n2020-06-09,,,\n",
		exported+`"2020-06-09T12:05:00","he said "hi"","a`+"\n"+`b","+02:00","","","a,b"`+"\n"+`"`+"\n"+`""",""`)
}

func FuzzReadL2TCSV(f *testing.F) {
	fuzzReader(f, Options{Format: L2TCSV},
		l2tHeader+"06/09/2020,14:05:00,CET,M...,FILE,NTFS,mtime,-,-,short,\"C:\\x\" y,2,-,-,-,f,-\n00/00/0000,--:--:--,UTC,,,,,,,,,,,,,,\n",
		strings.ReplaceAll(l2tHeader, "date", "\"date\"")+"06/09/0000,1:2:3,../../etc/passwd,,,,,,,,\"a,b\",,,,,,\n")
}

func FuzzReadMapped(f *testing.F) {
	fuzzReader(f, Options{Format: Mapped, Mapping: Mapping{"at": "a", "to": "b", "text": "c", "tags": "d"}},
		"a,b,c,d\n2020-06-09 14:05,2020-06-09 15:05,x,\"p,q;r\"\n9 June 2020,,x,\nabout 2020-06-09 14:05,2020-06-08,x,[]\nunknown,2020-01-01,,\n")
}

func FuzzRecognise(f *testing.F) {
	for _, seed := range []string{"", "{", "[", `{"at":1,"text":""}`, l2tHeader, "\"", "\ufeff\n\"a\"\"b\";c", "PK\x03\x04", "\xff\xfe"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, head []byte) {
		format, err := Recognise(head, "x")
		if (format == "") == (err == nil) {
			t.Fatalf("%q, %v", format, err)
		}
		if err != nil && strings.ContainsAny(err.Error(), "\x1b\n\r") {
			t.Fatalf("%q", err)
		}
		if format != "" {
			checkReader(t, head, Options{Format: format, Zone: time.UTC})
		}
	})
}
