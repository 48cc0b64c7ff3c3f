package duty

import (
	"timeglas/incident/fact"
)

// verdict is the answer on one sheet without subsets.
type verdict struct {
	risk    Risk
	notify  bool
	people  People
	how     How
	reasons []Reason
}

// decide answers for one group of people, in the order of the law.
func decide(sheet fact.Sheet) verdict {
	v := verdict{how: None}
	people, authority := newScene(sheet, forPeople), newScene(sheet, forAuthority)
	raised := fire(raising, people)
	clear, all := cleared(authority)
	switch {
	case len(raised) > 0:
		v.risk, v.notify = High, true
		v.reasons = raised
	case all:
		v.risk, v.notify = Unlikely, false
		v.reasons = clear
	default:
		v.risk, v.notify = Likely, true
		v.reasons = fire(standing, authority)
	}
	v.tell(people)
	return v
}

// quick is decide without the reasons, for asking what would be if.
func quick(sheet fact.Sheet) answer {
	people := newScene(sheet, forPeople)
	v := verdict{risk: Likely, notify: true, how: None}
	if _, ok := first(raising, people); ok {
		v.risk = High
	} else if _, ok := cleared(newScene(sheet, forAuthority)); ok {
		v.risk, v.notify = Unlikely, false
	}
	v.tell(people)
	return answer{v.risk, v.notify, v.people, v.how}
}

// fire collects the reasons of the rules that apply.
func fire(rules []rule, s scene) []Reason {
	var reasons []Reason
	for _, rule := range rules {
		if r, ok := rule(s); ok {
			reasons = append(reasons, r)
		}
	}
	return reasons
}

// standing say why risk is not shown to be unlikely, where more can be said than
// that it is not.
var standing = []rule{accessNotDisproved, logsTooShort, unavailable, alteredData}

// accessNotDisproved: DT 2021-442-12924: if access was possible and it cannot be
// shown objectively within 72 hours that nobody used it: notify.
func accessNotDisproved(s scene) (Reason, bool) {
	return raise("access-not-disproved", "DT 2021-442-12924",
			"Access was possible, and it is not shown objectively that nobody used it.",
			"Der har været mulighed for adgang, og det er ikke objektivt påvist, at ingen har benyttet den.",
			"effect.access"),
		s.confidentiality() && !s.dark() && !s.unseen() && !s.at("effect.access", "confirmed")
}

// logsTooShort: DT 2021-442-12924: missing or short logs count against the controller.
func logsTooShort(s scene) (Reason, bool) {
	return raise("logs-too-short", "DT 2021-442-12924",
		"The logs do not cover the whole exposure; that counts against the controller.",
		"Loggen dækker ikke hele den periode, hvor oplysningerne var eksponeret; det kommer den dataansvarlige til skade.",
		"effect.log_days", "effect.exposure_days"), s.at("effect.log", "short")
}

// unavailable: GDPR 4(12): loss is a breach too.
func unavailable(s scene) (Reason, bool) {
	_, clear := availabilityClear(s)
	return raise("unavailable", "GDPR 4(12) · EDPB 01/2021 case 2",
		"Data were lost or out of reach, and it is not shown that nobody was harmed by it.",
		"Oplysninger er gået tabt eller har været utilgængelige, og det er ikke påvist, at ingen har lidt skade af det.",
		"effect.availability", "effect.backup", "effect.restored_after_h"), s.availability() && !clear
}

// alteredData: GDPR 4(12): alteration is a breach too.
func alteredData(s scene) (Reason, bool) {
	_, clear := integrityClear(s)
	return raise("altered-data", "GDPR 4(12)",
		"Data were altered, and it is not shown that they were put right before use.",
		"Oplysninger er ændret, og det er ikke påvist, at de blev rettet, før de blev anvendt.",
		"effect.integrity", "effect.backup"), s.altered() && !clear
}

// tell answers for the people: high risk, and no exception that holds.
func (v *verdict) tell(s scene) {
	claimed := s.sheet.Choice("informed.exception")
	if v.risk != High {
		v.people = NotRequired
		// What cannot be read is no high risk in the first place; the claim is borne out.
		if reason, holds := exceptUnintelligible(s); holds && claimed == "34-3-a" {
			v.reasons = append(v.reasons, reason)
		}
		return
	}
	v.people, v.how = Required, Individually
	e, found := exceptions[claimed]
	if !found {
		return
	}
	reason, holds := e(s)
	v.reasons = append(v.reasons, reason)
	switch {
	case !holds:
	case claimed == "34-3-c":
		v.how = Publicly
	default:
		v.people, v.how = Excepted, None
	}
}

// exceptions are the rules behind each value of informed.exception. A person
// claims one; the rule says whether the facts bear it.
var exceptions = map[string]rule{
	"34-3-a":   exceptUnintelligible,
	"34-3-b":   exceptRiskRemoved,
	"34-3-c":   exceptDisproportionate,
	"dbl-22-1": exceptPrivateInterests,
	"dbl-22-2": exceptPublicInterests,
}

// except gives the reason of an exception that holds, or why it does not.
func except(holds bool, name, ref string, yes, no fact.Label, keys ...string) (Reason, bool) {
	if holds {
		return Reason{Rule: name, Ref: ref, Effect: Lowers, Text: yes, Keys: keys}, true
	}
	return Reason{Rule: name + "-fails", Ref: ref, Effect: Raises, Text: no, Keys: keys}, false
}

// exceptUnintelligible: GDPR 34(3)(a). Encryption keeps others from reading; it helps
// nobody whose data are gone or wrong (guidelines 01/2021 case 3).
func exceptUnintelligible(s scene) (Reason, bool) {
	a := s.seenBy(forAuthority)
	_, there := availabilityClear(a)
	_, whole := integrityClear(a)
	return except(s.dark() && there && whole, "except-unintelligible", "GDPR 34(3)(a)",
		fact.Label{EN: "The people need not be told: nobody can read the data.",
			DA: "Underretning kan undlades: Ingen kan læse oplysningerne."},
		fact.Label{EN: "Article 34(3)(a) does not hold: it is not recorded that the data are encrypted with the key safe, or the risk is that they are gone or wrong, against which encryption does not help.",
			DA: "Artikel 34, stk. 3, litra a, kan ikke anvendes: Det fremgår ikke, at oplysningerne er krypteret med sikker nøgle, eller risikoen består i, at de er væk eller forkerte, og det hjælper kryptering ikke imod."},
		"informed.exception", "effect.protection")
}

// exceptRiskRemoved: GDPR 34(3)(b): what was done afterwards, and why it is enough,
// must be said, and must not be contradicted by what happened.
func exceptRiskRemoved(s scene) (Reason, bool) {
	bears := stated(s.sheet) && !s.at("effect.misuse", "suspected") && !s.sheet.Is("incident.ongoing") && !s.at("effect.recovered", "refused")
	return except(bears, "except-risk-removed", "GDPR 34(3)(b)",
		fact.Label{EN: "The people need not be told: measures taken afterwards removed the high risk, as recorded.",
			DA: "Underretning kan undlades: Efterfølgende foranstaltninger har fjernet den høje risiko, jf. begrundelsen."},
		fact.Label{EN: "Article 34(3)(b) does not hold: give the measures and why they are enough; misuse, a refusal to delete or a breach that goes on speak against it.",
			DA: "Artikel 34, stk. 3, litra b, kan ikke anvendes: Angiv foranstaltningerne, og hvorfor de er tilstrækkelige; misbrug, en afvisning af at slette eller et fortsat brud taler imod."},
		"informed.exception", "informed.why", "measures.taken", "effect.misuse", "incident.ongoing")
}

// stated: somebody has written why.
func stated(sheet fact.Sheet) bool {
	return sheet.HasWords("informed.why") || sheet.HasWords("measures.taken")
}

// exceptDisproportionate: GDPR 34(3)(c): the people are told all the same, publicly.
func exceptDisproportionate(scene) (Reason, bool) {
	return except(true, "except-disproportionate", "GDPR 34(3)(c)",
		fact.Label{EN: "Letters would take a disproportionate effort: a public communication instead, as effective as letters.",
			DA: "Individuel underretning ville kræve en uforholdsmæssig indsats: I stedet gives en offentlig meddelelse, der er lige så effektiv."},
		fact.Label{}, "informed.exception")
}

// exceptPrivateInterests: Data Protection Act § 22(1), beside Article 34(3) [?].
func exceptPrivateInterests(s scene) (Reason, bool) {
	return section22(s, "except-private-interests", "DBL § 22, stk. 1 [?]",
		fact.Label{EN: "Telling people gives way to overriding private interests, as decided and recorded.",
			DA: "Underretningen viger for afgørende hensyn til private interesser, jf. den begrundede beslutning."})
}

// exceptPublicInterests: Data Protection Act § 22(2), such as an investigation [?].
func exceptPublicInterests(s scene) (Reason, bool) {
	return section22(s, "except-public-interests", "DBL § 22, stk. 2 [?]",
		fact.Label{EN: "Telling people gives way to overriding public interests such as a criminal investigation, as decided and recorded.",
			DA: "Underretningen viger for afgørende hensyn til offentlige interesser, f.eks. en strafferetlig efterforskning, jf. den begrundede beslutning."})
}

// section22 asks for the reason that the decision must have.
func section22(s scene, name, ref string, yes fact.Label) (Reason, bool) {
	return except(s.sheet.HasWords("informed.why"), name, ref, yes,
		fact.Label{EN: "Section 22 needs a reasoned decision: record informed.why, and informed.review for when it is looked at again.",
			DA: "§ 22 kræver en begrundet beslutning: Angiv begrundelsen, og hvornår den tages op igen."},
		"informed.exception", "informed.why", "informed.review")
}

// fold takes the answer of one group into the answer of all.
func (a *Assessment) fold(subset string, v verdict) {
	if subset == "" || graver[v.risk] > graver[a.Risk] {
		a.Risk = v.risk
	}
	a.NotifyAuthority = a.NotifyAuthority || v.notify
	if subset == "" || stronger[v.people] > stronger[a.People] {
		a.People = v.people
	}
	if v.people == Required {
		// Letters to some and a public notice for the rest is told as letters: the
		// part says how for each.
		if a.CommunicateHow != Individually {
			a.CommunicateHow = v.how
		}
		a.CommunicateSubjects = true
	}
	if a.CommunicateHow == "" {
		a.CommunicateHow = None
	}
	for _, r := range v.reasons {
		r.Subset = subset
		a.Reasons = append(a.Reasons, r)
	}
}

var (
	graver   = map[Risk]int{Unlikely: 0, Likely: 1, High: 2}
	stronger = map[People]int{NotRequired: 0, Excepted: 1, NotExcluded: 2, Required: 3}
)

// conclude puts the reasons of the law itself around those of the facts.
func (a *Assessment) conclude(sheet fact.Sheet) {
	document := Reason{Rule: "document", Ref: "GDPR 33(5)", Effect: Decides, Text: fact.Label{
		EN: "Every breach is documented: facts, effects, remedies, and why nobody is told when nobody is.",
		DA: "Ethvert brud dokumenteres: de faktiske omstændigheder, virkningerne, de trufne foranstaltninger og begrundelsen, når ingen underrettes."}}
	a.Reasons = append([]Reason{document}, a.Reasons...)
	if sheet.Choice("controller.role") == "processor" {
		a.TellController = true
		a.Reasons = append(a.Reasons, Reason{Rule: "tell-controller", Ref: "GDPR 33(2)", Effect: Decides, Keys: []string{"controller.role"}, Text: fact.Label{
			EN: "The organisation is the processor: it tells the controller without undue delay, whatever the risk; notifying is the controller's duty.",
			DA: "Organisationen er databehandler: Den underretter den dataansvarlige uden unødig forsinkelse uanset risikoen; anmeldelsen påhviler den dataansvarlige."}})
	}
	a.Reasons = append(a.Reasons, authorityReason[a.NotifyAuthority], a.peopleReason())
}

// authorityReason is the conclusion for the authority. The main rule is to notify:
// DT 2021-32-2067 and 2021-31-4596.
var authorityReason = map[bool]Reason{
	true: {Rule: "main-rule-notify", Ref: "GDPR 33(1) · DT 2021-32-2067", Effect: Decides, Text: fact.Label{
		EN: "Notify the authority: it is not shown that a risk to people is unlikely, and showing it is the controller's part.",
		DA: "Bruddet anmeldes: Det er ikke påvist, at en risiko for de registrerede er usandsynlig, og det er den dataansvarlige, der skal påvise det."}},
	false: {Rule: "risk-unlikely", Ref: "GDPR 33(1)", Effect: Decides, Text: fact.Label{
		EN: "The authority need not be notified: it is shown that a risk to people is unlikely.",
		DA: "Bruddet skal ikke anmeldes: Det er påvist, at en risiko for de registrerede er usandsynlig."}},
}

func (a *Assessment) peopleReason() Reason {
	r := Reason{Rule: "people-" + string(a.People), Ref: "GDPR 34(1)", Effect: Decides}
	switch a.People {
	case Required:
		r.Text = fact.Label{EN: "Tell the people without undue delay: high risk is likely.",
			DA: "De registrerede underrettes uden unødig forsinkelse: Bruddet indebærer sandsynligvis en høj risiko."}
	case Excepted:
		r.Text = fact.Label{EN: "High risk is likely, but an exception holds; the authority may see it otherwise (Article 34(4)).",
			DA: "Risikoen er sandsynligvis høj, men en undtagelse finder anvendelse; Datatilsynet kan nå frem til noget andet (artikel 34, stk. 4)."}
	case NotExcluded:
		r.Text = fact.Label{EN: "High risk is not shown, but not excluded either: find out first.",
			DA: "Det er ikke påvist, at risikoen er høj, men det er heller ikke udelukket: Spørgsmålene afklares først."}
	default:
		r.Text = fact.Label{EN: "The people need not be told: high risk is not likely.",
			DA: "De registrerede skal ikke underrettes: En høj risiko er ikke sandsynlig."}
	}
	return r
}
