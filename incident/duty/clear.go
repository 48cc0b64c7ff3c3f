package duty

import (
	"slices"

	"timeglas/incident/fact"
)

// lower is the reason of a rule that clears one side of the breach.
func lower(name, ref, en, da string, keys ...string) Reason {
	return Reason{Rule: name, Ref: ref, Effect: Lowers, Text: fact.Label{EN: en, DA: da}, Keys: keys}
}

// clearing says for each side of a breach which rules show that risk from it is
// unlikely; one of them must hold on every side. They look with the eyes of Article
// 33: the controller must show it (DT 2021-32-2067, 2021-31-4596).
var clearing = [][]rule{
	{notConfidentiality, unintelligible, nobodySaw, notCopiedOut, trustedDeleted, innocuousToFew, publicBefore, nobodyIdentified},
	{availabilityClear},
	{integrityClear},
}

// cleared gives a reason for every side when all of them are clear.
func cleared(s scene) (reasons []Reason, all bool) {
	a := s.seenBy(forAuthority)
	for _, side := range clearing {
		r, ok := first(side, a)
		if !ok {
			return nil, false
		}
		if r.Rule != "" {
			reasons = append(reasons, r)
		}
	}
	return reasons, true
}

// first is the reason of the first rule that applies.
func first(rules []rule, s scene) (Reason, bool) {
	for _, rule := range rules {
		if r, ok := rule(s); ok {
			return r, true
		}
	}
	return Reason{}, false
}

// notConfidentiality: GDPR 4(12): nobody unauthorised could have seen the data. Of an
// attack that only kept people out, such as a flood of requests, the recorded types
// are believed; of other attacks it must be shown that nothing was seen.
func notConfidentiality(s scene) (Reason, bool) {
	return lower("not-confidentiality", "GDPR 4(12)",
		"Nothing was disclosed: the breach is not one of confidentiality.",
		"Intet er videregivet: Bruddet angår ikke fortroligheden.",
		"effect.types"), !s.confidentiality() && (!s.hostile() || s.family() == "outage")
}

// unintelligible: GDPR 34(3)(a) and guidelines 9/2022 annex B i, 01/2021 cases 1,
// 6 and 10: encrypted with the key safe, or passwords strongly hashed.
func unintelligible(s scene) (Reason, bool) {
	return lower("unintelligible", "EDPB 9/2022 annex B i · 01/2021 cases 6, 10",
		"Nobody can read the data: strong encryption with the key safe, or a strong hash.",
		"Ingen kan læse oplysningerne: stærk kryptering med sikker nøgle eller en stærk hash.",
		"effect.protection"), s.dark() && !s.at("effect.misuse", "suspected")
}

// nobodySaw: DT 2021-442-12924: access is disproved objectively, in full.
func nobodySaw(s scene) (Reason, bool) {
	return lower("nobody-saw", "DT 2021-442-12924",
		"It is shown objectively that nobody had access.",
		"Det er objektivt påvist, at ingen har haft adgang.",
		"effect.access", "effect.log_days", "effect.disclosure"), s.unseen()
}

// notCopiedOut: guidelines 01/2021 cases 1–3: malware that only encrypted, with
// proof that nothing was taken out.
func notCopiedOut(s scene) (Reason, bool) {
	return lower("not-copied-out", "EDPB 01/2021 case 1",
			"The attack only made data unreadable: it is shown that nothing was copied out.",
			"Angrebet gjorde kun oplysninger ulæselige: Det er påvist, at intet er kopieret ud.",
			"incident.family", "effect.exfiltration", "effect.access"),
		s.family() == "ransomware" && s.upto("effect.exfiltration", "no") && !s.at("effect.access", "confirmed") &&
			!s.at("effect.disclosure", "own-staff") && !s.at("effect.misuse", "suspected") && !s.at("effect.log", "short")
}

// trustedDeleted: guidelines 9/2022 and 01/2021 case 9. It does not carry over to
// CPR numbers and data of Articles 9 and 10: a trusted recipient lowers severity,
// but does not undo the breach (DT 2021-442-13805 on the weight of CPR numbers).
func trustedDeleted(s scene) (Reason, bool) {
	return lower("trusted-deleted", "EDPB 01/2021 case 9",
			"A trusted recipient has confirmed that the data are back or deleted.",
			"En betroet modtager har bekræftet, at oplysningerne er tilbage eller slettet.",
			"effect.disclosure", "effect.recovered"),
		s.returned() && s.upto("persons.count", "hundreds") && s.harmlessPeople() && !s.gravest() &&
			!s.readable("id-document", "payment-card") && !s.readable(confidential...)
}

// innocuousToFew: guidelines 01/2021 cases 13 and 15, 9/2022 annex B x: a little
// about a few people, to recipients who are known and mean no harm.
func innocuousToFew(s scene) (Reason, bool) {
	return lower("innocuous-to-few", "EDPB 01/2021 cases 13, 15",
			"Little was disclosed, about few people, to known recipients who mean no harm.",
			"Der er kun videregivet få og harmløse oplysninger om få personer til kendte modtagere uden ondsindet hensigt.",
			"data.categories", "persons.count", "effect.disclosure"),
		s.upto("effect.disclosure", "known-recipient") && s.quiet() && !s.at("effect.recovered", "refused") &&
			s.upto("persons.count", "dozens") && !s.at("effect.recipients", "many") && s.harmlessPeople() &&
			!s.gravest() && s.onlyInnocuous() && !s.at("data.volume", "high")
}

// publicBefore: guidelines 9/2022: disclosing what is lawfully public adds no risk.
// CPR numbers are published only with consent (Data Protection Act § 11).
func publicBefore(s scene) (Reason, bool) {
	return lower("public-before", "EDPB 9/2022",
		"The same data were lawfully public already.",
		"De samme oplysninger var i forvejen lovligt offentligt tilgængelige.",
		"data.public_before"), s.upto("data.public_before", "true") && !s.gravest() && s.harmlessPeople() && s.quiet()
}

// nobodyIdentified: GDPR 4(1) and ENISA 2013: data that hardly anybody can tie to
// a person.
func nobodyIdentified(s scene) (Reason, bool) {
	return lower("nobody-identified", "GDPR 4(1) · ENISA 2013",
			"Hardly anybody can tell of whom the data speak.",
			"Det er næsten umuligt at se, hvem oplysningerne handler om.",
			"persons.identifiability", "data.categories"),
		s.upto("persons.identifiability", "negligible") && !s.member("data.categories", identifying...) && !s.gravest() && s.quiet()
}

// gravest: data for which soft grounds are not enough.
func (s scene) gravest() bool {
	return s.readable("national-id", "credentials") || s.sensitive() || s.unnamedSpecial() || s.at("data.sensitivity", "severe")
}

// unnamedSpecial: something of Article 9 is among the data, but not which.
func (s scene) unnamedSpecial() bool {
	return s.at("data.special", "true") && !s.upto("data.sensitivity", "minor")
}

// harmlessPeople: nobody in danger among them, no harm expected, and no sign that
// the same flaw has touched others.
func (s scene) harmlessPeople() bool {
	return !s.protectedIdentity() && !s.at("incident.systemic", "yes") && !s.at("incident.targeted", "true") &&
		!s.member("consequences.likely", "physical-harm", "identity-theft", "fraud", "financial-loss", "discrimination")
}

// onlyInnocuous: every category is known and harmless; data of Article 9 only when
// they say little (guidelines 01/2021 case 15: two people with an intolerance).
func (s scene) onlyInnocuous() bool {
	set := s.sheet.Set("data.categories")
	if set == nil {
		return false
	}
	allowed := innocuous
	if s.upto("data.sensitivity", "minor") {
		allowed = append(fact.SpecialCategories(), innocuous...)
	}
	return !slices.ContainsFunc(set, func(c string) bool { return !slices.Contains(allowed, c) })
}

// availabilityClear: data were not gone, or not so that anybody felt it. Guidelines
// 01/2021 case 1 (full backup, back within hours), 9/2022 annex B iii (a few
// minutes) and i (not the only copy).
func availabilityClear(s scene) (Reason, bool) {
	why := lower("availability-kept", "EDPB 01/2021 case 1 · 9/2022 annex B iii",
		"The data were back before anybody was harmed by their absence.",
		"Oplysningerne var tilbage, før nogen led skade af, at de manglede.",
		"effect.availability", "effect.backup", "effect.restored_after_h", "effect.service_impact")
	switch {
	case s.member("consequences.likely", "wrong-decision", "service-denied") || s.at("effect.service_impact", "severe"):
		return why, false
	case !s.availability(), s.upto("effect.availability", "none") && !s.onlyCopy():
		return Reason{}, true
	case s.at("effect.availability", "permanent"):
		return why, false
	}
	felt := s.careSite() && !s.upto("effect.service_impact", "none")
	unfelt := s.upto("effect.service_impact", "none") && !s.at("effect.backup", "none")
	soon := s.upto("effect.restored_after_h", "hours") && (s.upto("effect.backup", "full") || unfelt)
	copyElsewhere := s.family() == "lost-or-stolen" && s.upto("effect.backup", "paper")
	return why, s.upto("effect.restored_after_h", "brief") || (!felt && (soon || copyElsewhere))
}

// integrityClear: data were not altered, or put right from a backup before use.
func integrityClear(s scene) (Reason, bool) {
	why := lower("integrity-restored", "GDPR 4(12)",
		"The altered data were put right before anybody used them.",
		"De ændrede oplysninger blev rettet, før nogen anvendte dem.",
		"effect.integrity", "effect.backup")
	if !s.altered() || s.upto("effect.integrity", "none") {
		return Reason{}, true
	}
	return why, s.upto("effect.integrity", "altered-unused") && s.upto("effect.backup", "full") && !s.care()
}
