package interchange

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"timeglas/internal/when"
)

// benchRows is how many rows the files of the benchmarks have.
const benchRows = 20_000

func benchFile(b *testing.B, f Format) []byte {
	start := time.Date(2020, 6, 9, 12, 0, 0, 0, time.UTC)
	var file bytes.Buffer
	switch f {
	case TimesketchCSV, TimesketchJSONL, IRISCSV:
		w, err := NewWriter(&file, f, []string{"host"})
		if err != nil {
			b.Fatal(err)
		}
		for i := range benchRows {
			row := Row{At: when.At(start.Add(time.Duration(i) * time.Second)), Text: fmt.Sprintf("GET /søg?q=%d 200", i),
				Author: "anna", Source: "proxy", Tags: []string{"web"}, Extra: []Field{{"host", "web1"}}}
			if err := w.Write(row); err != nil {
				b.Fatal(err)
			}
		}
		if err := w.Flush(); err != nil {
			b.Fatal(err)
		}
		return file.Bytes()
	}
	line := map[Format]string{
		JSONL:  `{"id":"01M7S8H5G040GJ48S44MK2EA19","seq":%[2]d,"at":"%[1]s+02:00","to":null,"precision":"exact","recorded":"2026-11-19T07:32:00Z","author":"anna","kind":"note","text":"GET /søg?q=%[2]d 200","tags":["web"]}`,
		CSV:    `01M7S8H5G040GJ48S44MK2EA19,%[2]d,%[1]s+02:00,,exact,2026-11-19T07:32:00Z,anna,note,"GET /søg?q=%[2]d, 200",web`,
		Mapped: `%[1]s;GET /søg?q=%[2]d 200;web1;anna`, // without an offset
		L2TCSV: `%[3]s,UTC,M...,FILE,NTFS $MFT,Content Modification Time,-,web1,/x,/srv/www/side-%[2]d.html Type: file,2,/srv,12345,-,filestat,sha256: 0`,
	}[f]
	file.WriteString(map[Format]string{CSV: "id,seq,at,to,precision,recorded,author,kind,text,tags\n", Mapped: "at;text;host;user\n", L2TCSV: l2tHeader}[f])
	for i := range benchRows {
		at := start.Add(time.Duration(i) * time.Second)
		text := strings.Replace(line, "%[3]s", at.Format("01/02/2006,15:04:05"), 1)
		file.WriteString(strings.ReplaceAll(strings.ReplaceAll(text, "%[1]s", at.Format("2006-01-02T15:04:05")), "%[2]d", fmt.Sprint(i)))
		file.WriteByte('\n')
	}
	return file.Bytes()
}

// BenchmarkRead gives MB/s and rows/s of each reader.
func BenchmarkRead(b *testing.B) {
	in := zone(b, "Europe/Copenhagen")
	for _, f := range append(Formats(), Mapped) {
		b.Run(string(f), func(b *testing.B) {
			file := benchFile(b, f)
			b.SetBytes(int64(len(file)))
			b.ReportAllocs()
			for b.Loop() {
				n := 0
				for _, err := range Read(bytes.NewReader(file), Options{Format: f, Zone: in, Mapping: Mapping{"at": "at", "text": "text"}}) {
					if err != nil {
						b.Fatal(err)
					}
					n++
				}
				if n != benchRows {
					b.Fatalf("%d rows", n)
				}
			}
			b.ReportMetric(float64(benchRows*b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

func BenchmarkWrite(b *testing.B) {
	row := Row{At: when.At(time.Date(2020, 6, 9, 14, 5, 0, 0, time.UTC)), Text: "GET /søg 200", Author: "anna", Tags: []string{"web"}}
	for _, f := range WrittenFormats() {
		b.Run(string(f), func(b *testing.B) {
			w, err := NewWriter(io.Discard, f, nil)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if err := w.Write(row); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
