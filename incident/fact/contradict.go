package fact

import (
	"fmt"
	"slices"

	"timeglas/internal/when"
)

// Contradiction is two or more facts that cannot all be true.
type Contradiction struct {
	Keys []string // as they stand in the sheet
	Text Label
}

// Contradictions are those in the sheet, in a fixed order. An empty answer says
// only that no two facts exclude each other. Awareness is not a fact; the case
// checks it with [BeforeAware].
func Contradictions(s Sheet) []Contradiction {
	var found []Contradiction
	for _, check := range checks {
		found = append(found, check(s)...)
	}
	return found
}

// checks are the rules, each on a sheet.
var checks = []func(Sheet) []Contradiction{
	countAboveMax, subsetAboveCount, informedAboveCount, endedBeforeBegan, discoveredBeforeBegan,
	endedButOngoing, processorToldBeforeAware, loggedAboveExposed, scaleAgainstCount,
	excludedButSeen, nobodyButDisclosed, unreadableException, specialAgainstCategories,
	publicNoticeException, protectedAgainstGroups, effectAgainstTypes, informedButNot,
}

// one is a single contradiction between the keys.
func one(en, da string, keys ...string) []Contradiction {
	return []Contradiction{{Keys: keys, Text: Label{en, da}}}
}

func countAboveMax(s Sheet) []Contradiction {
	n, ok := s.Count("persons.count")
	top, okTop := s.Count("persons.count_max")
	if !ok || !okTop || n <= top {
		return nil
	}
	return one(fmt.Sprintf("%d people, but at most %d", n, top),
		fmt.Sprintf("%d registrerede, men højst %d", n, top), "persons.count", "persons.count_max")
}

// most is the largest number of people that the sheet allows.
func most(s Sheet) (int64, bool) {
	n, ok := s.Count("persons.count")
	top, okTop := s.Count("persons.count_max")
	return max(n, top), ok || okTop
}

func subsetAboveCount(s Sheet) []Contradiction {
	all, ok := most(s)
	if !ok {
		return nil
	}
	var found []Contradiction
	for _, name := range s.Subsets() {
		key := SubsetKey(name, "count")
		if n, ok := s.Count(key); ok && n > all {
			found = append(found, one(fmt.Sprintf("%d people in %s, but %d in all", n, name, all),
				fmt.Sprintf("%d registrerede i %s, men %d i alt", n, name, all), key, "persons.count")...)
		}
	}
	return found
}

func informedAboveCount(s Sheet) []Contradiction {
	all, ok := most(s)
	n, okN := s.Count("informed.count")
	if !ok || !okN || n <= all {
		return nil
	}
	return one(fmt.Sprintf("%d people informed, but %d concerned", n, all),
		fmt.Sprintf("%d underrettet, men %d berørt", n, all), "informed.count", "persons.count")
}

// surelyBefore reports whether a was over before b can have begun.
func surelyBefore(s Sheet, a, b string) bool {
	ma, okA := s.Moment(a)
	mb, okB := s.Moment(b)
	return okA && okB && SurelyBefore(ma, mb)
}

// SurelyBefore reports whether a must lie before b, whatever they are within what
// is known of them. "No later than" has no first instant, so nothing is surely
// before it.
func SurelyBefore(a, b when.Moment) bool {
	if !a.Known() || !b.Known() || b.Precision == when.NoLaterThan {
		return false
	}
	end, start := a.Latest(), b.Earliest()
	if a.Precision == when.Day { // its end is where the next day starts
		return !start.Before(end)
	}
	return end.Before(start)
}

func endedBeforeBegan(s Sheet) []Contradiction {
	if !surelyBefore(s, "incident.ended", "incident.began") {
		return nil
	}
	return one("ended before it began", "ophørte, før den begyndte", "incident.began", "incident.ended")
}

func discoveredBeforeBegan(s Sheet) []Contradiction {
	if !surelyBefore(s, "incident.discovered", "incident.began") {
		return nil
	}
	return one("discovered before it began", "opdaget, før den begyndte", "incident.discovered", "incident.began")
}

func endedButOngoing(s Sheet) []Contradiction {
	if !s.Is("incident.ongoing") || s.State("incident.ended") != Known {
		return nil
	}
	return one("still going on, but with an end", "pågår fortsat, men har et sluttidspunkt", "incident.ongoing", "incident.ended")
}

func processorToldBeforeAware(s Sheet) []Contradiction {
	if !surelyBefore(s, "processor.told", "processor.aware") {
		return nil
	}
	return one("the processor told before it knew", "databehandleren gav besked, før den vidste det", "processor.told", "processor.aware")
}

func loggedAboveExposed(s Sheet) []Contradiction {
	days, ok := s.Count("effect.exposure_days")
	logged, okL := s.Count("effect.log_days")
	if !ok || !okL || logged <= days {
		return nil
	}
	return one(fmt.Sprintf("logs for %d of %d days", logged, days),
		fmt.Sprintf("log for %d af %d dage", logged, days), "effect.log_days", "effect.exposure_days")
}

// scales holds the least and the most people of each order of size.
var scales = map[string][2]int64{
	"few": {0, 9}, "dozens": {10, 99}, "hundreds": {100, 999}, "thousands": {1000, 9999}, "large": {10000, 1 << 62},
}

// ScaleRange is the least and the most people that an order of size means.
func ScaleRange(scale string) (least, most int64, ok bool) {
	r, ok := scales[scale]
	return r[0], r[1], ok
}

func scaleAgainstCount(s Sheet) []Contradiction {
	n, ok := s.Count("persons.count")
	low, high, okS := ScaleRange(s.Choice("persons.scale"))
	top, _ := most(s)
	if !ok || !okS || (n <= high && top >= low) {
		return nil
	}
	return one("the number of people does not fit its order of size",
		"antallet af registrerede passer ikke til størrelsesordenen", "persons.count", "persons.scale")
}

func excludedButSeen(s Sheet) []Contradiction {
	var found []Contradiction
	if s.Choice("effect.access") != "excluded" {
		return nil
	}
	if x := s.Choice("effect.exfiltration"); x == "yes" || x == "likely" {
		found = append(found, one("access excluded, but data copied out",
			"adgang er udelukket, men oplysninger er kopieret ud", "effect.access", "effect.exfiltration")...)
	}
	if s.Choice("effect.misuse") == "observed" {
		found = append(found, one("access excluded, but misuse observed",
			"adgang er udelukket, men misbrug er konstateret", "effect.access", "effect.misuse")...)
	}
	return found
}

func nobodyButDisclosed(s Sheet) []Contradiction {
	if s.Choice("effect.disclosure") != "none" {
		return nil
	}
	if n, ok := s.Count("effect.recipients"); ok && n > 0 {
		return one("disclosed to nobody, but with recipients",
			"ikke videregivet til nogen, men der er modtagere", "effect.disclosure", "effect.recipients")
	}
	if s.Choice("effect.access") == "confirmed" {
		return one("disclosed to nobody, but access confirmed",
			"ikke videregivet til nogen, men adgang er bekræftet", "effect.disclosure", "effect.access")
	}
	return nil
}

// unreadableException: Article 34(3)(a) is for data that nobody can read.
func unreadableException(s Sheet) []Contradiction {
	if s.Choice("informed.exception") != "34-3-a" {
		return nil
	}
	switch s.Choice("effect.protection") {
	case "encrypted-key-safe", "hashed-strong":
		return nil
	case "":
		return one("Article 34(3)(a) without a word on how the data were protected",
			"artikel 34, stk. 3, litra a, uden at beskyttelsen af oplysningerne er oplyst", "informed.exception", "effect.protection")
	}
	return one("Article 34(3)(a), but the data can be read",
		"artikel 34, stk. 3, litra a, men oplysningerne kan læses", "informed.exception", "effect.protection")
}

// SpecialCategories are the kinds of Article 9 among the data categories.
func SpecialCategories() []string {
	return []string{"health", "genetic", "biometric", "ethnicity", "politics", "religion", "union", "sex-life"}
}

func specialAgainstCategories(s Sheet) []Contradiction {
	special, known := s.Flag("data.special")
	if !known || special {
		return nil
	}
	if !slices.ContainsFunc(SpecialCategories(), func(c string) bool { return s.Has("data.categories", c) }) {
		return nil
	}
	return one("nothing of Article 9, but with such data among the categories",
		"ingen oplysninger omfattet af artikel 9, men kategorierne indeholder sådanne", "data.special", "data.categories")
}

func publicNoticeException(s Sheet) []Contradiction {
	how := s.Choice("informed.how")
	if s.Choice("informed.exception") != "34-3-c" || how == "" || how == "public-notice" {
		return nil
	}
	return one("Article 34(3)(c), but informed one by one",
		"artikel 34, stk. 3, litra c, men underrettet individuelt", "informed.exception", "informed.how")
}

func protectedAgainstGroups(s Sheet) []Contradiction {
	protected, known := s.Flag("persons.protected_identity")
	if !known || protected || !s.Has("persons.groups", "protected-address") {
		return nil
	}
	return one("nobody with protection, but such people among the groups",
		"ingen med beskyttelse, men de er nævnt blandt kategorierne", "persons.protected_identity", "persons.groups")
}

// effectAgainstTypes: what is said about an effect must be among the types.
func effectAgainstTypes(s Sheet) []Contradiction {
	if s.State("effect.types") != Known {
		return nil
	}
	var found []Contradiction
	lost := s.Choice("effect.availability")
	if (lost == "temporary" || lost == "permanent") && !s.Has("effect.types", "availability") {
		found = append(found, one("availability lost, but not among the types",
			"tilgængeligheden er tabt, men ikke nævnt som bruddets karakter", "effect.types", "effect.availability")...)
	}
	altered := s.Choice("effect.integrity")
	if altered != "" && altered != "none" && !s.Has("effect.types", "integrity") {
		found = append(found, one("data altered, but integrity not among the types",
			"oplysninger er ændret, men integritet er ikke nævnt som bruddets karakter", "effect.types", "effect.integrity")...)
	}
	return found
}

func informedButNot(s Sheet) []Contradiction {
	if s.Choice("informed.status") != "no" || s.State("informed.when") != Known {
		return nil
	}
	return one("people not informed, but with a time when they were",
		"de registrerede er ikke underrettet, men der er angivet et tidspunkt for det", "informed.status", "informed.when")
}

// BeforeAware are the acts that the facts put before the controller knew of the
// breach, which cannot be.
func BeforeAware(s Sheet, aware when.Moment) []Contradiction {
	if m, ok := s.Moment("informed.when"); ok && SurelyBefore(m, aware) {
		return one("people informed before the controller was aware",
			"de registrerede er underrettet, før den dataansvarlige blev bekendt med bruddet", "informed.when")
	}
	return nil
}
