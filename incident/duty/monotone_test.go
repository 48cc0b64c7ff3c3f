package duty

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"timeglas/incident/fact"
)

// pickValue draws a value for a key of the vocabulary, or none.
func pickValue(t *rapid.T, k fact.Key) fact.Value {
	values := []fact.Value{nil, fact.Unknown}
	switch k.Type {
	case fact.TypeChoice:
		for _, o := range k.Options {
			values = append(values, fact.Choice(o.Value))
		}
	case fact.TypeFlag:
		values = append(values, fact.Flag(true), fact.Flag(false))
	case fact.TypeCount:
		for _, n := range []int64{0, 1, 9, 10, 99, 100, 999, 1000, 9999, 10000, 1 << 50} {
			values = append(values, fact.Count(n))
		}
	case fact.TypeNumber:
		for _, n := range []float64{0, 1, 5, 24, 30, 72, 1000} {
			values = append(values, fact.Number(n))
		}
	case fact.TypeSet:
		set := rapid.SliceOfNDistinct(rapid.SampledFrom(k.Options), 0, 5, func(o fact.Option) string { return o.Value }).Draw(t, k.Name)
		var members fact.Set
		for _, o := range set {
			if o.Value != "none" {
				members = append(members, o.Value)
			}
		}
		if len(members) > 0 {
			slices.Sort(members)
			values = append(values, members, members, members)
		}
	}
	return rapid.SampledFrom(values).Draw(t, k.Name+" value")
}

// someSheet draws facts of every key that the rules read. Family, cause, role and
// sector have no order; they stay as drawn.
func someSheet(t *rapid.T) fact.Sheet {
	s := make(fact.Sheet)
	for _, k := range fact.Keys() {
		if k.Group() == "subset" || k.Type == fact.TypeText {
			continue
		}
		if v := pickValue(t, k); v != nil {
			s[k.Name] = fact.Recorded{Value: v}
		}
	}
	return s
}

// mitigated draws a sheet in which clearing rules have a chance.
func mitigated(t *rapid.T) fact.Sheet {
	s := make(fact.Sheet)
	for _, p := range probes {
		if rapid.IntRange(0, 3).Draw(t, p.key) > 0 {
			s[p.key] = fact.Recorded{Value: p.mild}
		}
	}
	for _, key := range []string{"incident.family", "incident.cause", "controller.sector"} {
		k, _ := fact.Lookup(key)
		if v := pickValue(t, k); v != nil {
			s[key] = fact.Recorded{Value: v}
		}
	}
	return s
}

// orderedKeys are the keys that the table ranks by the fact's own text.
func orderedKeys() []string {
	var keys []string
	for _, o := range orders {
		if _, known := fact.Lookup(o.Key); known && o.Key != "informed.exception" {
			keys = append(keys, o.Key)
		}
	}
	return keys
}

// duties is the answer as numbers that only a graver fact may raise.
func duties(s fact.Sheet) (authority, people int) {
	v := decide(s)
	if v.notify {
		authority = 1
	}
	return authority, graver[v.risk]
}

func anySheet(t *rapid.T) fact.Sheet {
	s := someSheet(t)
	if rapid.Bool().Draw(t, "mild") {
		s = mitigated(t)
		for range rapid.IntRange(0, 3).Draw(t, "disturbed") {
			k, _ := fact.Lookup(rapid.SampledFrom(orderedKeys()).Draw(t, "key"))
			if v := pickValue(t, k); v != nil {
				s = s.With(k.Name, v)
			}
		}
	}
	delete(s, "informed.exception")
	return s
}

func TestAGraverFactNeverLowersADutyAndAMilderNeverRaisesOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := anySheet(t)
		key := rapid.SampledFrom(orderedKeys()).Draw(t, "changed")
		k, _ := fact.Lookup(key)
		after := before.With(key, pickValue(t, k))
		steps := func(side stance) int {
			return newScene(after, side).rank(key) - newScene(before, side).rank(key)
		}
		a, b := steps(forAuthority), steps(forPeople)
		authority1, people1 := duties(before)
		authority2, people2 := duties(after)
		if a >= 0 && b >= 0 && (authority2 < authority1 || people2 < people1) {
			t.Fatalf("%s from %v to %v, graver, lowers the duty: %d %d to %d %d", key, before[key].Value, after[key].Value, authority1, people1, authority2, people2)
		}
		if a <= 0 && b <= 0 && (authority2 > authority1 || people2 > people1) {
			t.Fatalf("%s from %v to %v, milder, raises the duty: %d %d to %d %d", key, before[key].Value, after[key].Value, authority1, people1, authority2, people2)
		}
	})
}

func TestAnotherMemberOfAGraveSetNeverLowersADuty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := anySheet(t)
		key := rapid.SampledFrom([]string{"data.categories", "persons.groups", "consequences.likely", "effect.types"}).Draw(t, "set")
		set := before.Set(key)
		if set == nil {
			return
		}
		k, _ := fact.Lookup(key)
		member := rapid.SampledFrom(k.Options).Draw(t, "member").Value
		if member == "none" {
			return
		}
		more := append(fact.Set{member}, set...)
		slices.Sort(more)
		authority1, people1 := duties(before)
		authority2, people2 := duties(before.With(key, slices.Compact(more)))
		if authority2 < authority1 || people2 < people1 {
			t.Fatalf("%s: adding %s to %v lowers the duty: %d %d to %d %d", key, member, set, authority1, people1, authority2, people2)
		}
	})
}

func TestRemovingAMitigatingFactNeverLowersADutyAndAnAggravatingOneNeverRaisesIt(t *testing.T) {
	mitigating := []string{"effect.protection=encrypted-key-safe", "effect.backup=full", "effect.recovered=confirmed",
		"effect.disclosure=none", "effect.access=excluded", "effect.exfiltration=no", "data.public_before=yes",
		"effect.availability=none", "effect.integrity=none", "effect.service_impact=none", "effect.misuse=none",
		"persons.count=1", "persons.identifiability=negligible", "data.special=no", "data.sensitivity=minor",
		"effect.recipient_intent=benign", "persons.protected_identity=no", "effect.remote_wipe=yes", "incident.systemic=no",
		"effect.restored_after_h=0.2", "data.volume=low"}
	aggravating := []string{"effect.disclosure=public", "effect.access=confirmed", "effect.exfiltration=yes", "effect.recovered=refused",
		"effect.service_impact=severe", "effect.misuse=observed", "persons.vulnerable=yes",
		"persons.protected_identity=yes", "data.special=yes", "data.sensitivity=severe", "effect.recipient_intent=hostile",
		"data.volume=high", "incident.targeted=yes", "incident.systemic=yes", "effect.backup=none",
		"consequences.likely=physical-harm,identity-theft", "persons.groups=protected-address,children"}
	rapid.Check(t, func(t *rapid.T) {
		base := anySheet(t)
		check := func(given string, sign int) {
			key, text, _ := strings.Cut(given, "=")
			v, err := fact.Parse(key, text, nil, now)
			if err != nil {
				t.Fatal(err)
			}
			authority1, people1 := duties(base.With(key, v))
			authority2, people2 := duties(base.With(key, nil))
			if sign*(authority2-authority1) < 0 || sign*(people2-people1) < 0 {
				t.Fatalf("without %s the duty goes from %d %d to %d %d", given, authority1, people1, authority2, people2)
			}
		}
		check(rapid.SampledFrom(mitigating).Draw(t, "mitigating"), 1)
		check(rapid.SampledFrom(aggravating).Draw(t, "aggravating"), -1)
	})
}

func TestTheTableOrdersEveryValueOfEveryKeyOnceForEachDuty(t *testing.T) {
	for _, o := range orders {
		if !slices.Equal(sorted(o.Authority), sorted(o.People)) {
			t.Errorf("%s: the duties rank different values", o.Key)
		}
		k, known := fact.Lookup(o.Key)
		if !known || k.Type != fact.TypeChoice {
			continue
		}
		want := []string{open}
		if _, ok := leftAside[o.Key]; ok {
			want = append(want, aside)
		}
		for _, option := range k.Options {
			want = append(want, option.Value)
		}
		if !slices.Equal(sorted(o.Authority), sorted(want)) {
			t.Errorf("%s ranks %v, the vocabulary has %v", o.Key, o.Authority, want)
		}
	}
}

func sorted(values []string) []string { return slices.Sorted(slices.Values(values)) }

func TestTheQuickAnswerIsTheAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := someSheet(t)
		if rapid.Bool().Draw(t, "mild") {
			s = mitigated(t)
		}
		v := decide(s)
		if got, want := quick(s), (answer{v.risk, v.notify, v.people, v.how}); got != want {
			t.Fatalf("%+v, want %+v", got, want)
		}
	})
}
