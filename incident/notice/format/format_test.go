package format

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"timeglas/incident"
	"timeglas/incident/notice"
)

// letter is a document with every form, a gap, a text from the right and one that
// would be markup.
func letter() notice.Document {
	said := func(text string, entries ...string) notice.Sentence {
		return notice.Sentence{Text: text, Entries: entries}
	}
	return notice.Document{
		To: incident.ToSubjects, Phase: incident.PhaseInitial, Lang: "da", Ref: "2026-014", Title: "Vigtig besked <om> brud & følger",
		Mark: "ØVELSE – må ikke sendes", Head: []string{"Til dig", "Vores reference: 2026-014"},
		Preface: notice.Section{Paragraphs: []notice.Paragraph{{Sentences: []notice.Sentence{said("Vi skriver til dig.", "a")}}}},
		Sections: []notice.Section{
			{No: 1, Heading: "Hvad er der sket?", Paragraphs: []notice.Paragraph{
				{Sentences: []notice.Sentence{said("Det skete i går.", "a", "b"), said("<script>alert(1)</script>", "b"), {Text: "[MANGLER: hvornår]", Gap: true}}},
				{Form: notice.Item, Sentences: []notice.Sentence{said("navn", "b")}},
				{Form: notice.Item, Sentences: []notice.Sentence{said("adresse", "b")}},
			}},
			{No: 2, Heading: "Hvem kan du kontakte?", Paragraphs: []notice.Paragraph{
				{Form: notice.Line, Sentences: []notice.Sentence{said("Kontakt: Anna", "a")}},
				{Form: notice.Line, Sentences: []notice.Sentence{said("tlf. 70 10 20 30", "a")}},
				{Sentences: []notice.Sentence{said("نص عربي", "b")}},
			}},
		},
	}
}

var marked = Options{Marks: func(id string) string { return map[string]string{"a": "3", "b": "17"}[id] }}

func TestHTMLEscapesWhatPeopleTyped(t *testing.T) {
	page := HTML(letter(), Options{})
	for _, want := range []string{`<html lang="da">`, "<title>Vigtig besked &lt;om&gt; brud &amp; følger</title>", "&lt;script&gt;", `<h2 id="s1">Hvad er der sket?</h2>`,
		`<section aria-labelledby="s2">`, "<ul>\n<li>navn</li>\n<li>adresse</li>\n</ul>", `<strong class="gap">[MANGLER: hvornår]</strong>`, `<p dir="rtl">`, "ØVELSE"} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is not in\n%s", want, page)
		}
	}
	for _, bad := range []string{"<script", "http://", "https://", "src=", "class=\"margin\""} {
		if strings.Contains(page, bad) {
			t.Errorf("%q is in the page", bad)
		}
	}
	if strings.Count(page, "<h1>") != 1 {
		t.Error("a page has one title")
	}
}

func TestMarksStandInTheMargin(t *testing.T) {
	if page := HTML(letter(), marked); !strings.Contains(page, `<small class="margin">[3, 17 · 17]</small> Det skete i går.`) {
		t.Errorf("no mark in\n%s", page)
	}
	text := fileOf(t, letter(), marked, "word/document.xml")
	if !strings.Contains(text, "[3, 17 · 17]") || !strings.Contains(text, "w:framePr") {
		t.Error("no mark in the DOCX")
	}
	if strings.Contains(fileOf(t, letter(), Options{}, "word/document.xml"), "w:framePr") {
		t.Error("a mark that nobody asked for")
	}
}

// fileOf reads one file of the DOCX.
func fileOf(t *testing.T, d notice.Document, o Options, name string) string {
	t.Helper()
	for file, text := range unzipped(t, d, o) {
		if file == name {
			return text
		}
	}
	t.Fatalf("%s is not in the file", name)
	return ""
}

func unzipped(t *testing.T, d notice.Document, o Options) map[string]string {
	t.Helper()
	file, err := DOCX(d, o)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(text)
	}
	return all
}

func TestEveryPartOfADOCXIsXMLAndIsListed(t *testing.T) {
	d := letter()
	d.Title += "\x00\x1b[31m" // XML cannot hold these
	all := unzipped(t, d, marked)
	for name, text := range all {
		for decoder := xml.NewDecoder(strings.NewReader(text)); ; {
			if _, err := decoder.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Errorf("%s: %v", name, err)
				break
			}
		}
		listed := strings.Contains(all["[Content_Types].xml"], `PartName="/`+name+`"`) || strings.HasSuffix(name, ".rels") || name == "[Content_Types].xml"
		if !listed {
			t.Errorf("%s is not in the list of contents", name)
		}
	}
	if text := all["word/document.xml"]; strings.Contains(text, "<script") || !strings.Contains(text, "&lt;script&gt;") {
		t.Error("typed markup is markup in the DOCX")
	}
	if !strings.Contains(all["word/styles.xml"], `w:val="da-DK"`) || !strings.Contains(all["word/header1.xml"], "ØVELSE") {
		t.Error("the language or the mark of an exercise is missing")
	}
}

func TestTheSameDocumentGivesTheSameBytes(t *testing.T) {
	a, errA := DOCX(letter(), marked)
	b, errB := DOCX(letter(), marked)
	if errA != nil || errB != nil || !bytes.Equal(a, b) {
		t.Error("two files differ")
	}
}

// TestLibreOfficeReadsTheDOCX needs LibreOffice; without it the rest still holds that
// the file is sound, not that a word processor agrees.
func TestLibreOfficeReadsTheDOCX(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("SKIPPED: no LibreOffice (Debian: libreoffice-writer), so nobody has tried to open the DOCX")
	}
	if testing.Short() {
		t.Skip("SKIPPED: LibreOffice takes seconds to start")
	}
	file, err := DOCX(letter(), marked)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	name := filepath.Join(dir, "letter.docx")
	if err := os.WriteFile(name, file, 0o600); err != nil {
		t.Fatal(err)
	}
	convert := exec.Command(office, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", dir, name)
	if out, err := convert.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	text, err := os.ReadFile(filepath.Join(dir, "letter.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Vigtig besked <om> brud & følger", "Hvad er der sket?", "<script>alert(1)</script>", "[MANGLER: hvornår]", "نص عربي", "tlf. 70 10 20 30"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%q is not in what LibreOffice read:\n%s", want, text)
		}
	}
}
