package playbooks

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"timeglas/incident"
	"timeglas/internal/fault"
)

func books(t *testing.T) []*Playbook {
	t.Helper()
	l, err := Builtin()
	if err != nil {
		t.Fatal(err, "\n", ProblemsOf(err))
	}
	return l.List()
}

func TestTheLibraryHoldsTheFourAndStartsWithTriage(t *testing.T) {
	l, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := l.Keys(), []string{"triage", "data-loss", "insider-lookups", "public-leak"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	for _, key := range l.Keys() {
		if book, err := l.Get(key); err != nil || book.Key != key {
			t.Errorf("%s: %v", key, err)
		}
	}
	_, err = l.Get("floods")
	if !fault.Is(err, fault.NotFound) || !strings.Contains(err.Error(), "public-leak") {
		t.Errorf("an unknown key must name those there are: %v", err)
	}
}

func TestTheExampleInTheDocumentationIsAPlaybook(t *testing.T) {
	page, err := os.ReadFile("../docs/playbooks.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "```toml\n")
	example, _, ok := strings.Cut(rest, "```")
	if !ok {
		t.Fatal("the page holds no example in TOML")
	}
	if _, err := Parse(example, "playbooks.md"); err != nil {
		t.Error(ProblemsOf(err))
	}
}

func TestEachPlaybookHasTheSizeThatPeopleCanWorkThrough(t *testing.T) {
	for _, book := range books(t) {
		steps, gates := 0, 0
		for _, item := range book.Items {
			if item.Step != nil {
				steps++
			} else {
				gates++
			}
		}
		if book.Key == KeyTriage {
			if steps+gates > 8 {
				t.Errorf("triage has %d items: it must stay short", steps+gates)
			}
			continue
		}
		if steps < 12 || steps > 20 || gates < 3 || gates > 5 {
			t.Errorf("%s has %d steps and %d gates", book.Key, steps, gates)
		}
	}
}

func TestTriageLeadsToEveryOtherPlaybook(t *testing.T) {
	all := books(t)
	leads := map[string]bool{}
	for _, item := range all[0].Items {
		if item.Gate == nil {
			continue
		}
		for _, o := range item.Gate.Options {
			leads[o.Switch] = true
		}
	}
	delete(leads, "")
	for _, book := range all[1:] {
		if !leads[book.Key] {
			t.Errorf("no answer leads to %s", book.Key)
		}
		delete(leads, book.Key)
	}
	if len(leads) > 0 {
		t.Errorf("answers lead to playbooks that are not there: %v", leads)
	}
}

// texts are all texts of an item for people, with where they stand.
func texts(item Item) map[string]Text {
	c := item.Common()
	all := map[string]Text{"title": c.Title, "why": c.Why}
	if s := item.Step; s != nil {
		for _, do := range s.Do {
			all["do "+do.EN] = do
		}
		if s.Evidence != (Text{}) {
			all["evidence"] = s.Evidence
		}
	}
	if g := item.Gate; g != nil {
		for _, o := range g.Options {
			all["title of "+o.ID], all["means of "+o.ID] = o.Title, o.Means
		}
	}
	return all
}

func TestEveryItemSaysWhyWhoAndOnWhatGround(t *testing.T) {
	for _, book := range books(t) {
		for _, item := range book.Items {
			c := item.Common()
			where := book.Key + "/" + c.ID
			if len(c.Sources) == 0 {
				t.Errorf("%s names no source", where)
			}
			if c.Phase == "" || c.Role == "" {
				t.Errorf("%s has no phase or role", where)
			}
			if item.Step != nil && len(item.Step.Do) < 3 {
				t.Errorf("%s says in %d lines what to do", where, len(item.Step.Do))
			}
			if item.Step != nil && item.Step.Evidence == (Text{}) && len(c.Facts) == 0 && c.ID != "record-written" && c.ID != "contact-card" {
				t.Errorf("%s ends with neither fact nor evidence", where)
			}
			for what, text := range texts(item) {
				if text.EN == "" || text.DA == "" || text.EN == text.DA && strings.Contains(text.EN, " ") {
					t.Errorf("%s: %s is not in both languages", where, what)
				}
			}
			for _, title := range []string{c.Title.EN, c.Title.DA} {
				if utf8.RuneCountInString(title) > 40 {
					t.Errorf("%s: %q is wider than 40 columns", where, title)
				}
			}
		}
	}
}

func TestTheDanishIsWrittenInDanishLetters(t *testing.T) {
	// Words as they are typed without a Danish keyboard, or left in English.
	wrong := regexp.MustCompile(`(?i)\b(paa|naar|ogsaa|saa|maa|faa|staar|foer|vaere|hoej|aendre\w*|the|and|breach|notice|data subject)\b`)
	for _, book := range books(t) {
		var danish strings.Builder
		for _, item := range book.Items {
			for what, text := range texts(item) {
				danish.WriteString(text.DA)
				if word := wrong.FindString(text.DA); word != "" {
					t.Errorf("%s/%s: %s holds %q: %s", book.Key, item.ID(), what, word, text.DA)
				}
				if strings.ContainsAny(text.EN, "æøåÆØÅ") && !strings.Contains(text.EN, "Kærshovedgård") {
					t.Errorf("%s/%s: Danish letters in English: %s", book.Key, item.ID(), text.EN)
				}
			}
		}
		for _, letter := range "æøå" {
			if !strings.ContainsRune(danish.String(), letter) {
				t.Errorf("%s holds no %c", book.Key, letter)
			}
		}
	}
}

func TestAnIdMeansTheSameInEveryPlaybook(t *testing.T) {
	// A switch keeps what was done by id, so that a step ticked off in triage stays
	// ticked off. That is only right when the id asks for the same.
	type meaning struct {
		title Text
		gate  bool
		in    string
	}
	seen := map[string]meaning{}
	shared := 0
	for _, book := range books(t) {
		for _, item := range book.Items {
			id, now := item.ID(), meaning{item.Common().Title, item.Gate != nil, book.Key}
			first, ok := seen[id]
			if !ok {
				seen[id] = now
				continue
			}
			shared++
			if first.gate != now.gate {
				t.Errorf("%s is a gate in one of %s and %s, and a step in the other", id, first.in, now.in)
			}
			if first.title != now.title {
				t.Errorf("%s is %q in %s and %q in %s", id, first.title, first.in, now.title, now.in)
			}
		}
	}
	if shared < 20 {
		t.Errorf("only %d ids are shared: switching would lose what was done", shared)
	}
}

func TestEveryStepAndGateCanBeReached(t *testing.T) {
	// Work through a playbook for each answer of each gate, with every other gate
	// answered by each option in turn; each item must have been open once.
	for _, book := range books(t) {
		opened := map[string]bool{}
		for choice := range 4 {
			for special := range book.Items {
				for option := range 4 {
					walk(t, book, opened, func(item int, g *Gate) string {
						pick := choice
						if item == special {
							pick = option
						}
						return g.Options[pick%len(g.Options)].ID
					})
				}
			}
		}
		for _, item := range book.Items {
			if !opened[item.ID()] {
				t.Errorf("%s/%s is never open", book.Key, item.ID())
			}
		}
	}
}

// walk does whatever is open until nothing is, and fails when something stays
// blocked.
func walk(t *testing.T, book *Playbook, opened map[string]bool, answer func(int, *Gate) string) {
	t.Helper()
	c := caseAfter()
	for range len(book.Items) + 1 {
		open := RunOf(book, c, noon).Open()
		for _, item := range open {
			opened[item.ID()] = true
			if item.Step != nil {
				c.Steps[item.ID()] = incident.StepMark{State: incident.StepDone}
				continue
			}
			at := slices.IndexFunc(book.Items, func(i Item) bool { return i.ID() == item.ID() })
			c.Gates[item.ID()] = incident.Decision{Option: answer(at, item.Gate)}
		}
		if len(open) == 0 {
			break
		}
	}
	if n := RunOf(book, c, noon).Counts(); n.Settled() != n.Total() {
		t.Errorf("%s: %+v after everything open was done", book.Key, n)
	}
}

func TestWhatWasDoneInTriageStaysDoneAfterTheSwitch(t *testing.T) {
	l, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	c := caseAfter("awareness done", "scope done", "is-breach=yes", "kind=insider-lookups")
	for _, key := range []string{"data-loss", "insider-lookups", "public-leak"} {
		book, err := l.Get(key)
		if err != nil {
			t.Fatal(err)
		}
		r := RunOf(book, c, noon)
		for _, id := range []string{"awareness", "scope"} {
			if item, _ := r.Item(id); item.State != StateDone {
				t.Errorf("%s/%s is %s", key, id, item.State)
			}
		}
		if asked, _ := r.Item("dpo-asked"); asked.State != StateOpen {
			t.Errorf("%s/dpo-asked is %s", key, asked.State)
		}
	}
}

func TestLettersWaitForTheCallsWhereSomebodyIsInDanger(t *testing.T) {
	l, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	book, err := l.Get("insider-lookups")
	if err != nil {
		t.Fatal(err)
	}
	done := []string{"scope done", "logs-video-secured done", "police-reported done", "lookups-analysed done", "subsets-made done",
		"section-22=no", "duty-people=individually"}
	state := func(id string, more ...string) ItemState {
		item, _ := RunOf(book, caseAfter(append(slices.Clone(done), more...)...), noon).Item(id)
		return item.State
	}
	if got := state("letters-sent", "passed-on=confirmed", "threat-assessment done", "endangered=we-call"); got != StateBlocked {
		t.Errorf("letters are %s before the calls", got)
	}
	if got := state("letters-sent", "passed-on=confirmed", "threat-assessment done", "endangered=we-call", "called-first done"); got != StateOpen {
		t.Errorf("letters are %s after the calls", got)
	}
	if got := state("letters-sent", "passed-on=excluded"); got != StateOpen {
		t.Errorf("letters are %s where nothing was passed on", got)
	}
	if got := state("endangered", "passed-on=excluded"); got != StateClosed {
		t.Errorf("the question of danger is %s where nothing was passed on", got)
	}
}
