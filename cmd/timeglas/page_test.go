package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestNoLineIsWiderThanThePageAndNoWordIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOf(rapid.StringMatching(`[a-zæøå,.]{1,14}`)).Draw(t, "words")
		lead := strings.Repeat("x", rapid.IntRange(0, 50).Draw(t, "lead"))
		var out bytes.Buffer
		page{&out}.hang(lead, "      ", strings.Join(words, " "))
		for line := range strings.Lines(out.String()) {
			if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > pageWidth {
				t.Fatalf("a line of %d: %q", n, line)
			}
		}
		if got := strings.Fields(strings.TrimPrefix(out.String(), lead)); !slices.Equal(got, words) {
			t.Fatalf("%q became %q", words, got)
		}
	})
}

func TestAWordThatIsLongerThanALineIsBroken(t *testing.T) {
	long := strings.Repeat("a", 100)
	lines := wrap("see "+long, 40, 40)
	if want := []string{"see", long[:40], long[:40], long[:20]}; !slices.Equal(lines, want) {
		t.Errorf("%q", lines)
	}
}

func TestATableAlignsItsColumns(t *testing.T) {
	var out bytes.Buffer
	page{&out}.table("", [][]string{{"æø", "one"}, {"abcd", "two\nthree"}})
	if want := "æø    one\nabcd  two\n      three\n"; out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
}

func TestJSONHoldsNothingThatATerminalObeys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		document, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		shown := visible(document)
		var back string
		if err := json.Unmarshal(shown, &back); err != nil || back != strings.ToValidUTF8(text, "\ufffd") {
			t.Fatalf("%q came back as %q (%v)", text, back, err)
		}
		if bytes.ContainsAny(shown, "\x1b\u009b\u202e\u200b\u2028\x7f") {
			t.Fatalf("%q", shown)
		}
	})
}

func TestALengthOfTimeIsReadInHoursMinutesAndDays(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"": 0, "6h": 6 * time.Hour, "90m": 90 * time.Minute, "2d": 48 * time.Hour, "0h": 0, "1h30m": 90 * time.Minute,
	} {
		if got, err := parseSpan("--due-within", text); err != nil || got != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"soon", "-1h", "6", "d", "-2d", "99999d", "6 h"} {
		if got, err := parseSpan("--due-within", text); err == nil {
			t.Errorf("%q was read as %v", text, got)
		}
	}
}

func TestASavedNoticeTakesNoFilesPlaceAndIsForItsOwnerAlone(t *testing.T) {
	t.Chdir(t.TempDir())
	first, err := saveNotice("../notice.txt", "one")
	if err != nil {
		t.Fatal(err)
	}
	second, err := saveNotice("notice.txt", "two")
	if err != nil {
		t.Fatal(err)
	}
	if filepath.Base(first) != "notice.txt" || filepath.Base(second) != "notice-2.txt" || filepath.Dir(first) != filepath.Dir(second) {
		t.Errorf("%s, %s", first, second)
	}
	if text, err := os.ReadFile(first); err != nil || string(text) != "one" {
		t.Errorf("%q, %v", text, err)
	}
	if info, err := os.Stat(second); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read it: %v, %v", info.Mode(), err)
	}
	if left, _ := filepath.Glob(".timeglas-*"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
