package playbooks

import (
	"crypto/sha256"
	"encoding/hex"
	"math"
	"slices"
	"strings"
)

// Limits on a source, so that a file that is no playbook ends with a sentence
// instead of with the memory.
const (
	maxSource = 16 << 20
	maxItems  = 50_000
	maxList   = 500 // entries of a list, options of a gate, roles, phases
	maxHours  = 10 * 366 * 24
)

// Format is the form of TOML that [Parse] reads. Sources of every earlier form stay
// readable, because a case keeps the playbook that it started with.
const Format = 1

// Parse reads a playbook. The name stands in messages only ("own.toml"). The form
// is described in docs/playbooks.md.
//
// Everything that is wrong is found at once: the fault names the first problem as
// NAME:LINE, and [ProblemsOf] gives them all.
func Parse(source, name string) (*Playbook, error) {
	sum := sha256.Sum256([]byte(source))
	r := reader{book: &Playbook{Source: source, Hash: hex.EncodeToString(sum[:])}}
	if len(source) > maxSource {
		r.found = Problems{{Line: 1, Text: "larger than 16 MB: this is no playbook"}}
	} else {
		for _, b := range split(source) {
			r.block(b)
		}
		r.finish()
		if !r.torn {
			r.found = append(r.found, check(r.book, r.places)...)
		}
	}
	if len(r.found) > 0 {
		return nil, r.found.sorted().fault(name)
	}
	return r.book, nil
}

// reader puts a playbook together from its blocks.
type reader struct {
	book   *Playbook
	places places
	found  Problems
	gate   *table // the gate whose options are being read
	torn   bool   // a block could not be read, so what refers to it cannot be judged
}

// places says where in the source each step and gate is written, in their order.
type places []*table

// line is the line of a key of the item.
func (ps places) line(item int, key string) int { return ps[item].lineOf(key) }

func (r *reader) block(b *block) {
	if b.heading == "" && b.raw != "" {
		r.heading(b)
		return
	}
	read := map[string]func(*table){
		"":            r.top,
		"role":        r.role,
		"phase":       r.phase,
		"step":        r.step,
		"gate":        r.newGate,
		"gate.option": r.option,
	}[b.heading]
	if read == nil {
		r.heading(b)
		return
	}
	if b.heading != "gate.option" {
		r.gate = nil
	}
	t, ok := b.open(&r.found)
	if !ok || r.full(t) {
		r.torn = true
		return
	}
	read(t)
	t.done()
}

// full reports whether there is no room for one more of what the block holds. It
// says so once: what is over the limit is not read.
func (r *reader) full(t *table) bool {
	have, most := 0, maxList
	switch t.heading {
	case "role":
		have = len(r.book.Roles)
	case "phase":
		have = len(r.book.Phases)
	case "step", "gate":
		have, most = len(r.book.Items), maxItems
	case "gate.option":
		if r.gate != nil {
			have = len(r.book.Items[len(r.book.Items)-1].Gate.Options)
		}
	}
	if have < most {
		return false
	}
	if !r.torn {
		t.wrong("", "more than %d of them: this is no playbook", most)
	}
	return true
}

func (r *reader) heading(b *block) {
	r.found = append(r.found, Problem{Line: b.line, Text: "unknown heading " + printable(b.raw) +
		": the headings are [[role]] [[phase]] [[step]] [[gate]] [[gate.option]], each alone on its line"})
}

func (r *reader) top(t *table) {
	if format := t.whole("format", Format); format > Format {
		t.wrong("format", "format %d is newer than this program reads (%d): use a newer program", format, Format)
	}
	r.book.Key = t.needed("key")
	if r.book.Key != "" && !validID(r.book.Key) {
		t.wrong("key", "the key %q has other characters than a–z, 0–9 and -, or more than %d of them", printable(r.book.Key), maxID)
	}
	r.book.Version = t.whole("version", 1)
	if _, there := t.values["version"]; !there {
		t.wrong("version", "version is missing: write version = 1, and one more with each change")
	}
	r.book.Title = t.both("title")
	r.book.Summary = t.both("summary")
}

func (r *reader) role(t *table) {
	role := Role{ID: t.named(), Title: t.both("title")}
	if _, twice := r.book.Role(role.ID); twice {
		t.wrong("id", "there is a role of that id already")
	}
	r.book.Roles = append(r.book.Roles, role)
}

func (r *reader) phase(t *table) {
	phase := Phase{ID: t.named(), Title: t.both("title")}
	if slices.ContainsFunc(r.book.Phases, func(p Phase) bool { return p.ID == phase.ID }) {
		t.wrong("id", "there is a phase of that id already")
	}
	r.book.Phases = append(r.book.Phases, phase)
}

func (r *reader) step(t *table) {
	s := &Step{
		ID:      t.named(),
		Phase:   t.text("phase"),
		Title:   t.both("title"),
		Why:     t.both("why"),
		Do:      t.lines("do"),
		Role:    t.needed("role"),
		After:   t.needs(),
		Facts:   t.list("facts"),
		Due:     t.due(),
		Sources: t.list("sources"),
	}
	s.Evidence, _ = t.either("evidence")
	r.add(Item{Step: s}, t)
}

func (r *reader) newGate(t *table) {
	g := &Gate{
		ID:      t.named(),
		Phase:   t.text("phase"),
		Title:   t.both("title"),
		Why:     t.both("why"),
		Role:    t.needed("role"),
		After:   t.needs(),
		Facts:   t.list("facts"),
		Due:     t.due(),
		Review:  t.flag("review"),
		Sources: t.list("sources"),
	}
	r.add(Item{Gate: g}, t)
	r.gate = t
}

func (r *reader) add(item Item, t *table) {
	r.book.Items = append(r.book.Items, item)
	r.places = append(r.places, t)
}

func (r *reader) option(t *table) {
	t.of = "option"
	o := Option{
		ID:     t.named(),
		Title:  t.both("title"),
		Means:  t.both("means"),
		Review: t.flag("review"),
		Switch: t.text("switch"),
		Closes: t.list("closes"),
	}
	if r.gate == nil {
		if !r.torn {
			t.wrong("", "stands outside a gate: put it right below its [[gate]]")
		}
		return
	}
	t.of = r.gate.of + ", " + t.of
	t.id = r.gate.id
	gate := r.book.Items[len(r.book.Items)-1].Gate
	if _, twice := gate.Option(o.ID); twice && o.ID != "" {
		t.wrong("id", "the gate has an option of that id already")
	}
	if o.Switch != "" && !validID(o.Switch) {
		t.wrong("switch", "switch must be the key of a playbook")
	}
	gate.Options = append(gate.Options, o)
}

// finish looks at what is missing from the whole.
func (r *reader) finish() {
	if len(r.book.Items) == 0 && len(r.found) == 0 {
		r.found = append(r.found, Problem{Line: 1, Text: "the playbook has no step: write at least one [[step]]"})
	}
}

// needs reads after = ["step", "gate", "gate=option|option"].
func (t *table) needs() []Need {
	var needs []Need
	for _, text := range t.list("after") {
		id, options, some := strings.Cut(text, "=")
		need := Need{ID: strings.TrimSpace(id)}
		for option := range strings.SplitSeq(options, "|") {
			if option = strings.TrimSpace(option); option != "" {
				need.Options = append(need.Options, option)
			}
		}
		if some && len(need.Options) == 0 {
			t.wrong("after", "after names no option in %q: write it as \"gate=option|option\"", printable(text))
		}
		if slices.ContainsFunc(needs, func(n Need) bool { return n.ID == need.ID }) {
			t.wrong("after", "after names “%s” twice: write \"%[1]s=option|option\" once", printable(need.ID))
		}
		needs = append(needs, need)
	}
	return needs
}

const dueShape = `written as {from = "aware", hours = 2}`

// due reads due = {from = "aware", hours = 2}. Days, weeks and months are refused:
// a calendar day has 23 or 25 hours twice a year, and a deadline must not.
func (t *table) due() *Due {
	raw, ok := take[map[string]any](t, "due", dueShape)
	if !ok {
		return nil
	}
	due := &Due{}
	due.From, ok = raw["from"].(string)
	if !ok || due.From == "" {
		t.wrong("due", "due has no from: %s", dueShape)
		due.From = FromAware
	}
	calendar := false
	for _, key := range keysOf(raw) {
		switch key {
		case "from", "hours":
		case "day", "days", "week", "weeks", "month", "months", "year", "years", "workdays", "business_days":
			calendar = true
			t.wrong("due", "due counts elapsed hours, not calendar %s: write it in hours (a day is 24)", key)
		default:
			t.wrong("due", "unknown key due.%s: %s", printable(key), dueShape)
		}
	}
	switch hours := raw["hours"].(type) {
	case int64:
		due.Hours = float64(hours)
	case float64:
		due.Hours = hours
	case nil:
		if !calendar {
			t.wrong("due", "due has no hours: %s", dueShape)
		}
		return nil
	default:
		t.wrong("due", "due.hours must be a number of elapsed hours, without quotes and units")
		return nil
	}
	if math.IsNaN(due.Hours) || due.Hours < 0 || due.Hours > maxHours {
		t.wrong("due", "due.hours must be from 0 to %d", maxHours)
		return nil
	}
	return due
}
