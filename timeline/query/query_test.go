package query_test

import (
	"errors"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"timeglas/internal/when"
	"timeglas/timeline/query"
)

var (
	zone = mustZone("Europe/Copenhagen")
	now  = time.Date(2020, 7, 5, 12, 0, 0, 0, zone)
)

func mustZone(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return z
}

func parse(t *testing.T, text string) query.Query {
	t.Helper()
	q, err := query.Parse(text, zone, now)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return q
}

func moment(t *testing.T, text string) when.Moment {
	t.Helper()
	m, err := when.Parse(text, zone, now)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// line is an entry of the kind that people write, for the tables below.
func line(t *testing.T) query.Subject {
	return query.Subject{
		Kind: "communication", Author: `CENTER\Anna`, Tags: []string{"AMS", "kærshovedgård"},
		Text:     "Called the supplier, ticket 4711: the café's pages go down at 10. Åse på Sjælsmark said so — straße",
		Occurred: moment(t, "2020-07-02 14:05"), Recorded: time.Date(2020, 7, 5, 11, 0, 0, 0, zone),
		Pinned: true, Comment: true,
	}
}

func TestWhatAQueryFinds(t *testing.T) {
	for text, want := range map[string]bool{
		"":                                   true,
		"supplier":                           true,
		"SUPPLIER":                           true,
		"supp":                               false,
		"supp*":                              true,
		"called ticket":                      true,
		"called telephone":                   false,
		"telephone OR ticket":                true,
		"telephone OR ticket letter":         false,
		"(telephone OR ticket) called":       true,
		"NOT telephone":                      true,
		"-telephone ticket":                  true,
		"-ticket":                            false,
		"-(telephone OR ticket)":             false,
		"NOT NOT ticket":                     true,
		`"the supplier"`:                     true,
		`"supplier the"`:                     false,
		`"the supp"*`:                        true,
		`"supplier ticket"`:                  true, // what stands between words does not count
		"ticket-4711":                        true, // two words that follow each other
		"4711":                               true,
		"471":                                false,
		"cafe":                               true,
		"CAFÉ":                               true,
		"åse":                                true,
		"ase":                                false, // å is a letter of its own
		"A\u030ase":                          true,
		"sjælsmark":                          true,
		"sjaelsmark":                         false,
		"pa":                                 false,
		"strasse":                            true,
		"14:05":                              false,
		"or":                                 false, // a word; only OR connects
		`"OR"`:                               false,
		"kind:communication":                 true,
		"KIND:Communication":                 true,
		"kind:comm*":                         true,
		"kind:comm":                          false,
		"kind:note":                          false,
		`author:center\anna`:                 true,
		"author:center*":                     true,
		"author:anna":                        false,
		"tag:ams":                            true,
		"tag:kær*":                           true,
		"tag:web":                            false,
		"source:w*":                          false,
		"has:comment":                        true,
		"has:tag":                            true,
		"has:link":                           false,
		"has:evidence":                       false,
		"is:pinned":                          true,
		"IS:Pinned":                          true,
		"is:corrected":                       false,
		"-is:retracted -is:redacted":         true,
		"fact:persons.count":                 false,
		"occurred:2020-07-02":                true,
		"occurred:2020-07-01":                false,
		"occurred:2020-06-09..2020-07-02":    true, // both days included
		"occurred:2020-07-02..2020-07-03":    true,
		"occurred:2020-06-09..2020-07-01":    false,
		"occurred:..2020-07-02":              true,
		"occurred:2020-07-03..":              false,
		"occurred:>2020-07-02":               false,
		"occurred:>=2020-07-02":              true,
		"occurred:<2020-07-02":               false,
		"occurred:<=2020-07-02":              true,
		`occurred:"2020-07-02 14:05"`:        true,
		`occurred:>"2020-07-02 14:04"`:       true,
		`occurred:>"2020-07-02 14:05"`:       false,
		`occurred:"2020-07-02 14:00..15:00"`: true,
		`occurred:"2 July 2020 14:00"..now`:  true,
		"occurred:2020-07-02T12:05:00Z":      true,
		`occurred:"no later than 2020-07-01 10:00"`: false,
		"occurred:unknown":                          false,
		"recorded:>-2h":                             true,
		"recorded:>-30m":                            false,
		"recorded:-2h..":                            true,
		"recorded:-2h..-90m":                        false,
		"recorded:today":                            true,
		"recorded:yesterday":                        false,
		"recorded:yesterday..today":                 true,
	} {
		if got := parse(t, text).Match(line(t)); got != want {
			t.Errorf("%s: found is %v", text, got)
		}
	}
}

func TestATimeThatIsNotExactIsFoundWhereverItCanLie(t *testing.T) {
	for _, tt := range []struct {
		occurred, query string
		want            bool
	}{
		{"2020-07-02", `occurred:"2020-07-02 10:00..11:00"`, true},
		{"2020-07-02", `occurred:"2020-07-03 00:00..01:00"`, false},
		{"2020-07-02 to 2020-07-03", "occurred:2020-07-03", true},
		{"2020-07-02 to 2020-07-03", "occurred:2020-07-04", false},
		{"about 2020-07-02 23:50", "occurred:2020-07-03", true},
		{"about 2020-07-02 23:00", "occurred:2020-07-03", false},
		{"2020-07-02 22:00 to 2020-07-03 02:00", "occurred:2020-07-03", true},
		{"no later than 2020-08-25", "occurred:2020-08-25", true},
		{"no later than 2020-08-25", "occurred:2020-07-01..2020-07-31", false},
		{"unknown", "occurred:1900-01-01..", false},
		{"unknown", "NOT occurred:1900-01-01..", true},
		{"unknown", "occurred:unknown", true},
	} {
		s := query.Subject{Occurred: moment(t, tt.occurred)}
		if got := parse(t, tt.query).Match(s); got != tt.want {
			t.Errorf("%s on %s: found is %v", tt.query, tt.occurred, got)
		}
	}
}

func TestFactsAreFoundByTheirKey(t *testing.T) {
	s := query.Subject{Kind: "fact", Fact: "persons.count"}
	for text, want := range map[string]bool{
		"fact:persons.count": true, "fact:persons.*": true, "fact:persons": false, "fact:data.*": false,
	} {
		if got := parse(t, text).Match(s); got != want {
			t.Errorf("%s: found is %v", text, got)
		}
	}
}

func TestAnErrorPointsAtTheCharacter(t *testing.T) {
	for _, tt := range []struct {
		text string
		at   int
		says string
	}{
		{"æøå kidn:note", 4, "there is no field"},
		{"kind:", 5, "missing"},
		{"kind: note", 5, "missing"},
		{"is:open", 3, "corrected, pinned, redacted or retracted"},
		{"has:time", 4, "evidence"},
		{"(a OR b", 0, "not closed"},
		{"a OR b)", 6, "never opened"},
		{"a OR", 4, "missing"},
		{"a OR OR b", 5, "OR stands between"},
		{"AND a", 0, "AND stands between"},
		{"()", 1, "missing"},
		{"a NOT", 5, "missing"},
		{"a - b", 2, "right before"},
		{`tag:web "the sup`, 8, "not closed"},
		{"å …", 2, "no letter or digit"},
		{"su*p", 2, "behind the beginning"},
		{"*", 0, "behind the beginning"},
		{"tag:*", 4, "behind the beginning"},
		{"x occurred:2020-02-30", 11, "2020-02-30"},
		{"occurred:9/6", 9, "two ways"},
		{"occurred:2020-07-03..2020-06-09", 9, "end is not after"},
		{"occurred:..", 9, "neither end"},
		{"occurred:>", 9, "missing"},
		{"occurred:>unknown", 9, "one time"},
		{"recorded:unknown", 9, "always known"},
		{"recorded:2020*", 9, "beginning"},
		{`occurred:"2020-10-25 02:30"`, 9, "twice"},
		{"a\x00", 1, "not valid"},
		{"å\xff", 1, "not valid"},
		{strings.Repeat("a ", 1001), 2000, "at most 2000"},
		{strings.Repeat("(", 200), 50, "more than 50"},
		{strings.Repeat("-", 200) + "a", 50, "more than 50"},
		{strings.Repeat("NOT ", 200) + "a", 200, "more than 50"},
	} {
		_, err := query.Parse(tt.text, zone, now)
		var e *query.Error
		if !errors.As(err, &e) {
			t.Errorf("%.40q: %v", tt.text, err)
			continue
		}
		if e.At != tt.at || !strings.Contains(e.Why, tt.says) {
			t.Errorf("%.40q: at %d, %s; want %d, %s", tt.text, e.At, e.Why, tt.at, tt.says)
		}
		text, caret := e.Caret()
		if utf8.RuneCountInString(caret) != e.At+1 || strings.ContainsAny(text, "\n\x00") {
			t.Errorf("%.40q: the caret is under %d", tt.text, utf8.RuneCountInString(caret))
		}
	}
}

func TestAQueryPrintsInOneSpelling(t *testing.T) {
	for text, want := range map[string]string{
		"":                             "",
		"  Called   THE supplier":      "called the supplier",
		"a AND b":                      "a b",
		"a OR (b OR c) d":              "a OR (b OR c) d",
		"a OR (b OR c)":                "a OR b OR c",
		"a (b c)":                      "a b c",
		"(a OR b) c":                   "(a OR b) c",
		"-(a b)":                       "NOT (a b)",
		"--a":                          "NOT NOT a",
		`"one word" "word" tag:"a b"*`: `"one word" word tag:"a b"*`,
		`tag:"say ""hi"""`:             `tag:"say ""hi"""`,
		`tag:"a*"`:                     `tag:"a*"`,
		`occurred:>"9 June 2020"`:      `occurred:">9 June 2020"`,
		"occurred:2020-06-09..":        "occurred:2020-06-09..",
		"KIND:Note IS:pinned HAS:LINK": "kind:note is:pinned has:link",
		"ticket-4711":                  `"ticket 4711"`,
	} {
		if got := parse(t, text).String(); got != want {
			t.Errorf("%s prints as %s, want %s", text, got, want)
		}
	}
}

func TestQueriesPrintAndParseToTheSameTree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := query.Query{Root: node(t, 4)}
		again, err := query.Parse(q.String(), zone, now)
		if err != nil {
			t.Fatalf("%s: %v", q, err)
		}
		if again.String() != q.String() {
			t.Fatalf("%s\nprints as\n%s", q, again)
		}
		same, err := query.Parse(again.String(), zone, now)
		if diff := cmp.Diff(again.Root, same.Root); err != nil || diff != "" {
			t.Fatalf("%s: %v\n%s", q, err, diff)
		}
	})
}

// node draws a tree as the parser makes them: no And right inside an And.
func node(t *rapid.T, deep int) query.Node {
	sorts := []string{"phrase", "field", "has", "is", "time"}
	if deep > 0 {
		sorts = append(sorts, "and", "or", "not")
	}
	switch rapid.SampledFrom(sorts).Draw(t, "sort") {
	case "phrase":
		words := rapid.SliceOfN(rapid.StringMatching(`[a-z0-9æøå]{1,5}`), 1, 3).Draw(t, "words")
		return query.Phrase{Words: words, Prefix: rapid.Bool().Draw(t, "prefix")}
	case "field":
		name := rapid.SampledFrom([]query.FieldName{query.FieldKind, query.FieldAuthor, query.FieldTag, query.FieldSource, query.FieldFact}).Draw(t, "name")
		value := rapid.StringMatching(`[a-zæ .*"()\\:-]{1,8}`).Draw(t, "value")
		return query.Field{Name: name, Value: value, Prefix: rapid.Bool().Draw(t, "prefix")}
	case "has":
		return query.Has{What: rapid.SampledFrom([]query.Having{query.HasComment, query.HasEvidence, query.HasLink, query.HasTag}).Draw(t, "what")}
	case "is":
		return query.Is{State: rapid.SampledFrom([]query.State{query.Pinned, query.Corrected, query.Retracted, query.Redacted}).Draw(t, "state")}
	case "time":
		text := rapid.SampledFrom([]string{"2020-06-09", ">-2h", "..now", "9 June 2020 to 10 June", "-2h..-1h", ">=2020-06-09 14:05"}).Draw(t, "text")
		q, err := query.Parse(`occurred:"`+text+`"`, zone, now)
		if err != nil {
			t.Fatal(err)
		}
		return q.Root
	case "not":
		return query.Not{Term: node(t, deep-1)}
	case "or":
		return query.Or(terms(t, deep, func(n query.Node) bool { _, or := n.(query.Or); return !or }))
	}
	return query.And(terms(t, deep, func(n query.Node) bool { _, and := n.(query.And); return !and }))
}

func terms(t *rapid.T, deep int, may func(query.Node) bool) (nodes []query.Node) {
	for range rapid.IntRange(2, 3).Draw(t, "terms") {
		n := node(t, deep-1)
		for !may(n) {
			n = query.Not{Term: n}
		}
		nodes = append(nodes, n)
	}
	return nodes
}

func TestFoldingTwiceIsFoldingOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching("[aA\u00e5\u00c5\u030a\u0301éÉßẞǻæŒıİſ ]{0,12}")).Draw(t, "text")
		once := query.Fold(text)
		if twice := query.Fold(once); twice != once {
			t.Fatalf("%q folds to %q and then to %q", text, once, twice)
		}
	})
}

func TestEveryWordOfATextIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := query.Subject{Text: rapid.String().Draw(t, "text")}
		for _, word := range query.Words(s.Text) {
			if !(query.Query{Root: query.Phrase{Words: []string{word}}}).Match(s) {
				t.Fatalf("%q is not found in %q", word, s.Text)
			}
		}
	})
}

func TestNotFindsTheRest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		root := node(t, 3)
		s := query.Subject{Kind: "note", Text: rapid.StringMatching(`[a-cæ ]{0,20}`).Draw(t, "text"), Occurred: when.At(now), Recorded: now}
		if (query.Query{Root: root}).Match(s) == (query.Query{Root: query.Not{Term: root}}).Match(s) {
			t.Fatalf("%s and its opposite agree", query.Query{Root: root})
		}
	})
}

func TestAQueryKnowsWhetherItSpeaksOfAState(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, "retracted": false, "is:retracted": true, "-is:retracted": true, "(a OR is:retracted) b": true, "is:pinned": false,
	} {
		if got := parse(t, text).Asks(query.Retracted); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

func TestAHostileQueryIsReadInNoTime(t *testing.T) {
	start := time.Now()
	for _, unit := range []string{"(", "-", "\"", "a\"", "\"\"", "NOT ", "a OR ", "(a) ", "tag:", "a*", "occurred:..", "a:", "((a OR ", "🔓"} {
		for _, size := range []int{2000, 1 << 20} {
			text := strings.Repeat(unit, size/len(unit))
			if q, err := query.Parse(text, zone, now); err == nil {
				q.Match(query.Subject{Text: text})
			}
		}
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`kind:note "the supplier" OR -(tag:web author:"a b"*)`, "occurred:2020-06-09..2020-07-03 recorded:>-2h",
		`occurred:>"9 June 2020" is:pinned has:evidence`, "fact:persons.*", "a AND NOT b", `tag:"say ""hi"""`, "A\u030ase café", "*", "-", "\x00",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := query.Parse(text, zone, now)
		if err != nil {
			var e *query.Error
			if !errors.As(err, &e) || e.At < 0 || e.At > len([]rune(text)) || e.Why == "" {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		if !utf8.ValidString(q.String()) {
			t.Fatalf("%q prints as %q", text, q)
		}
		if len([]rune(q.String())) > 2000 {
			return // NOT is longer than -
		}
		again, err := query.Parse(q.String(), zone, now)
		if err != nil {
			t.Fatalf("%q prints as %q: %v", text, q, err)
		}
		if diff := cmp.Diff(q.Root, again.Root); diff != "" {
			t.Fatalf("%q prints as %q\n%s", text, q, diff)
		}
	})
}

func BenchmarkMatchTenThousandLines(b *testing.B) {
	q, err := query.Parse(`supplier -tag:web occurred:2020-06-09..2020-07-03`, zone, now)
	if err != nil {
		b.Fatal(err)
	}
	s := query.Subject{Text: "Called the supplier of the archive, ticket 4711: the pages go down at ten.", Occurred: when.At(now), Recorded: now}
	for b.Loop() {
		for range 10_000 {
			q.Match(s)
		}
	}
}
