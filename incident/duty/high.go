package duty

import "timeglas/incident/fact"

// A rule is one function: the reason it would give, and whether it applies.
type rule func(scene) (Reason, bool)

// raise is the reason of a rule that makes high risk likely.
func raise(name, ref, en, da string, keys ...string) Reason {
	return Reason{Rule: name, Ref: ref, Effect: Raises, Text: fact.Label{EN: en, DA: da}, Keys: keys}
}

// raising are the rules that make high risk likely, the gravest first. One is
// enough: a very high factor can decide alone (LAW: risk is severity times
// likelihood). They look with the eyes of Article 34: what is not known is not
// high risk yet.
var raising = []rule{
	physicalHarm, protectedAddress, readablePasswords, cprWithProtectedData, cprInManyHands,
	specialCategoriesExposed, childrenOpenToStaff, severeDataExposed, confidentialExposed, moneyExposed,
	takenByHostile, chosenVictim, misused, pried, vulnerableExposed, seriousConsequences,
	identityKitAtScale, profileExposed,
	corruptedHealthData, decidedOnWrongData, severeServiceImpact, careWithoutRecords, lostForGood,
}

// physicalHarm: very serious possible consequences require telling people however
// small the likelihood (Datatilsynet's guidance on telling the people). Only what
// makes the harm impossible speaks against it.
func physicalHarm(s scene) (Reason, bool) {
	return raise("physical-harm", "GDPR 34(1) · DT, vejledning om underretning",
		"Somebody can come to physical harm: high risk, however small the likelihood.",
		"Nogen kan lide fysisk overlast: Risikoen er høj, uanset hvor lille sandsynligheden er.",
		"consequences.likely"), s.member("consequences.likely", "physical-harm") && !impossible(s)
}

// impossible: no effect of the breach can reach anybody.
func impossible(s scene) bool {
	a := s.seenBy(forAuthority)
	sealed := !a.confidentiality() || a.dark() || a.unseen()
	_, there := availabilityClear(a)
	_, whole := integrityClear(a)
	return sealed && there && whole
}

// protectedAddress: ask whether people under name and address protection are among
// them; where they are found, they are in danger (practice of Datatilsynet; case
// number not read [?]).
func protectedAddress(s scene) (Reason, bool) {
	return raise("protected-address", "GDPR 34(1) · DT [?]",
		"People under name and address protection are among them, and the data went beyond trusted hands.",
		"Blandt de registrerede er personer med navne- og adressebeskyttelse, og oplysningerne er kommet uden for betroede hænder.",
		"persons.protected_identity", "effect.disclosure"), s.exposed() && s.reached() && s.protectedIdentity()
}

// readablePasswords: DT 2022-441-12449.
func readablePasswords(s scene) (Reason, bool) {
	return raise("readable-passwords", "DT 2022-441-12449",
		"Passwords that can be read open everything that people use them for.",
		"Læsbare adgangskoder giver adgang til alt det, de registrerede bruger dem til.",
		"data.categories", "effect.protection"), s.exposed() && (s.seen() || s.taken()) && s.readable("credentials")
}

// cprWithProtectedData: DT 2021-442-13805. One wrong recipient is enough.
func cprWithProtectedData(s scene) (Reason, bool) {
	protected := s.readable(financial...) || s.readable(confidential...) || s.readable("criminal") || s.special()
	return raise("cpr-with-protected-data", "DT 2021-442-13805",
		"A CPR number together with financial or otherwise specially protected data in the wrong hands is, as a starting point, high risk, even with one recipient.",
		"Et CPR-nummer sammen med økonomiske eller på anden måde særligt beskyttelsesværdige oplysninger i forkerte hænder udgør som udgangspunkt en høj risiko, også ved én modtager.",
		"data.categories", "effect.disclosure"), s.exposed() && s.reached() && s.readable("national-id") && protected
}

// cprInManyHands: a number that identifies for life, where nobody knows who has it
// or where it concerns hundreds (guidelines 01/2021 case 14; Data Protection Act
// § 11 on publication).
func cprInManyHands(s scene) (Reason, bool) {
	spread := s.wide() || (s.reached() && s.at("persons.count", "hundreds"))
	return raise("cpr-in-many-hands", "EDPB 01/2021 case 14 · DBL § 11",
		"CPR numbers are in unknown, hostile or many hands: identity theft becomes possible for life.",
		"CPR-numre er i ukendte, fjendtlige eller mange hænder: Identitetstyveri bliver muligt på livstid.",
		"data.categories", "effect.disclosure", "persons.count"), s.exposed() && spread && s.readable("national-id")
}

// specialCategoriesExposed: guidelines 01/2021 case 12; 9/2022 on sensitivity. A
// known recipient without ill will who confirms that the data are deleted lowers it.
func specialCategoriesExposed(s scene) (Reason, bool) {
	contained := !s.wide() && s.upto("effect.recovered", "confirmed")
	return raise("special-categories-exposed", "GDPR 9, 10 · EDPB 01/2021 case 12",
			"Data of Article 9 or 10 can be read outside trusted hands.",
			"Oplysninger omfattet af artikel 9 eller 10 kan læses uden for betroede hænder.",
			"data.categories", "data.special", "effect.disclosure", "effect.recovered"),
		s.exposed() && s.reached() && s.sensitive() && !contained
}

// childrenOpenToStaff: Datatilsynet on Lejre Kommune, June 2020 (read in the press
// notices, not in the decision [?]): minutes on children's social cases stood open to
// a large part of the staff; nobody is known to have looked, and the people had to be
// told. That hundreds of people or of readers are enough is ours.
func childrenOpenToStaff(s scene) (Reason, bool) {
	spread := s.at("persons.count", "hundreds") || s.at("effect.recipients", "many")
	return raise("children-open-to-staff", "DT, Lejre Kommune 2020 [?]",
			"Secret data about many children, or others who are vulnerable, stood open to people without a work reason.",
			"Følsomme eller fortrolige oplysninger om mange børn eller andre sårbare personer har været åbne for personer uden arbejdsbetinget behov.",
			"data.categories", "persons.groups", "persons.vulnerable", "persons.count", "effect.disclosure"),
		s.exposed() && s.seen() && s.minors() && spread && (s.sensitive() || s.readable(confidential...))
}

// severeDataExposed: a single very high factor decides (guidelines 9/2022).
func severeDataExposed(s scene) (Reason, bool) {
	return raise("severe-data-exposed", "EDPB 9/2022",
		"The data say very much about people and went beyond trusted hands.",
		"Oplysningerne er særligt indgribende for de registrerede og er kommet uden for betroede hænder.",
		"data.sensitivity", "effect.disclosure"), s.exposed() && s.reached() && s.at("data.sensitivity", "severe")
}

// confidentialExposed: data that Danish law treats as confidential, though not of
// Article 9, in unknown hands, or about the vulnerable in any wrong ones.
func confidentialExposed(s scene) (Reason, bool) {
	return raise("confidential-exposed", "EDPB 9/2022",
			"Confidential data are in unknown or many hands, or concern vulnerable people.",
			"Fortrolige oplysninger er i ukendte eller mange hænder eller angår sårbare personer.",
			"data.categories", "effect.disclosure", "persons.vulnerable"),
		s.exposed() && s.readable(confidential...) && (s.wide() || (s.reached() && s.vulnerable()))
}

// moneyExposed: guidelines 01/2021 cases 4 and 18.
func moneyExposed(s scene) (Reason, bool) {
	return raise("money-exposed", "EDPB 01/2021 cases 4, 18",
		"Financial data, cards or identity documents are in unknown or hostile hands: fraud and financial loss are possible.",
		"Økonomiske oplysninger, betalingskort eller legitimation er i ukendte eller fjendtlige hænder: Svig og økonomisk tab er muligt.",
		"data.categories", "effect.disclosure"), s.exposed() && s.wide() && s.readable("economy", "bank-account", "payment-card", "id-document")
}

// takenByHostile: guidelines 01/2021 cases 5, 7 and 18.
func takenByHostile(s scene) (Reason, bool) {
	return raise("taken-by-hostile", "EDPB 01/2021 cases 5, 7",
		"Somebody who means harm has the data, and they say more than a name and an address.",
		"En person med ondsindet hensigt har oplysningerne, og de rummer mere end navn og adresse.",
		"incident.cause", "effect.recipient_intent", "effect.exfiltration", "data.categories"), s.exposed() && s.taken() && s.telling()
}

// chosenVictim: guidelines 01/2021 case 17. Who chose these people has a purpose.
func chosenVictim(s scene) (Reason, bool) {
	return raise("chosen-victim", "EDPB 01/2021 case 17",
		"The victims were chosen, and somebody who means harm has their data.",
		"De registrerede er udvalgt, og en person med ondsindet hensigt har deres oplysninger.",
		"incident.targeted", "effect.recipient_intent"), s.exposed() && s.taken() && s.at("incident.targeted", "true")
}

// misused: harm that has begun is likely (guidelines 9/2022: likelihood). A former
// employee who writes to customers is not yet that (01/2021 case 8); an outsider who
// uses anything about people against them is (case 17).
func misused(s scene) (Reason, bool) {
	grave := s.secret() || s.readable("national-id", "id-document")
	used := s.telling() || (s.outsider() && s.taken())
	return raise("misused", "GDPR 34(1) · EDPB 9/2022",
			"The data have been misused, or are suspected to be: the harm is no longer only possible.",
			"Oplysningerne er misbrugt, eller der er mistanke om det: Skaden er ikke længere kun en mulighed.",
			"effect.misuse", "data.categories", "incident.cause"),
		s.exposed() && ((s.at("effect.misuse", "observed") && used) || (s.at("effect.misuse", "suspected") && grave))
}

// pried: an employee who looked people up, or took data, on purpose is no trusted
// recipient. Danish practice on look-ups in patient records; case number not read [?].
func pried(s scene) (Reason, bool) {
	prying := s.family() == "unauthorised-lookup" || s.family() == "internal-misuse" ||
		s.sheet.Choice("incident.cause") == "internal-malicious"
	return raise("pried", "GDPR 34(1) · DT [?]",
			"An employee sought out secret data about people without a work reason.",
			"En medarbejder har uden tjenstlig grund skaffet sig fortrolige eller følsomme oplysninger om de registrerede.",
			"incident.family", "incident.cause", "data.categories"),
		prying && s.exposed() && (s.sensitive() || s.readable(confidential...))
}

// vulnerableExposed: recitals 38 and 75; guidelines 9/2022 on special people.
func vulnerableExposed(s scene) (Reason, bool) {
	return raise("vulnerable-exposed", "GDPR recital 75 · EDPB 9/2022",
			"Data about children or others in a weak position are in unknown or many hands.",
			"Oplysninger om børn eller andre sårbare personer er i ukendte eller mange hænder.",
			"persons.vulnerable", "persons.groups", "effect.disclosure"),
		s.exposed() && s.wide() && s.vulnerable() && (s.telling() || s.readable("address"))
}

// seriousConsequences: guidelines 01/2021 case 11; recital 75 names these harms.
func seriousConsequences(s scene) (Reason, bool) {
	return raise("serious-consequences", "GDPR recital 75 · EDPB 01/2021 case 11",
			"Identity theft, fraud, financial loss or discrimination is a likely consequence, and nobody knows who has the data.",
			"Identitetstyveri, svig, økonomisk tab eller forskelsbehandling er en sandsynlig følge, og ingen ved, hvem der har oplysningerne.",
			"consequences.likely", "effect.disclosure", "data.categories"),
		s.exposed() && s.wide() && s.telling() &&
			s.member("consequences.likely", "identity-theft", "fraud", "financial-loss", "discrimination")
}

// identityKitAtScale: guidelines 01/2021 case 11, a laptop with names, birth dates
// and addresses of 100,000 people. That thousands are enough is ours.
func identityKitAtScale(s scene) (Reason, bool) {
	return raise("identity-kit-at-scale", "EDPB 01/2021 case 11",
			"Names with birth dates of thousands of people are in unknown hands: enough to pretend to be them.",
			"Navne og fødselsdatoer på tusindvis af personer er i ukendte hænder: Det er nok til at udgive sig for dem.",
			"data.categories", "persons.count", "effect.disclosure"),
		s.exposed() && s.wide() && s.at("persons.count", "thousands") && s.readable("name") && s.readable("birth-date")
}

// profileExposed: ENISA 2013 and guidelines 9/2022 on volume: much about each
// person draws a picture of them.
func profileExposed(s scene) (Reason, bool) {
	return raise("profile-exposed", "EDPB 9/2022 · ENISA 2013",
		"Much about each person is in unknown or many hands.",
		"Mange oplysninger om hver enkelt er i ukendte eller mange hænder.",
		"data.volume", "data.categories", "effect.disclosure"), s.exposed() && s.wide() && s.at("data.volume", "high") && s.telling()
}

// corruptedHealthData: DT 2020-442-8862, high risk though nobody read them.
func corruptedHealthData(s scene) (Reason, bool) {
	return raise("corrupted-health-data", "DT 2020-442-8862",
		"Health or medication data were wrong: a danger to treatment, though nobody may have read them.",
		"Helbreds- eller medicinoplysninger har været forkerte: Det er en fare for behandlingen, selv om ingen har læst dem.",
		"effect.integrity", "data.categories"), s.at("effect.integrity", "altered-unused") && s.care() && !s.repaired()
}

// decidedOnWrongData: data lost or wrong that decide about people, as in the Return
// Centre case (Datatilsynet, decision of 10 August 2021; case number not read [?]).
func decidedOnWrongData(s scene) (Reason, bool) {
	lasting := s.at("effect.availability", "permanent") || s.at("effect.integrity", "used-recoverable")
	power := s.vulnerable() || s.sheet.Is("controller.public_authority") || decides(s.sheet.Choice("controller.sector"))
	touched := s.at("effect.availability", "temporary") || s.at("effect.integrity", "altered-unused")
	return raise("decided-on-wrong-data", "GDPR 34(1) · DT 10.8.2021 [?]",
			"Decisions about people rest, or could have rested, on lost or wrong data.",
			"Afgørelser om de registrerede hviler, eller kunne have hvilet, på tabte eller forkerte oplysninger.",
			"consequences.likely", "effect.availability", "effect.integrity"),
		s.member("consequences.likely", "wrong-decision", "service-denied") && !s.repaired() && (lasting || (touched && power))
}

// decides: sectors that decide about people's income, liberty, health or schooling.
func decides(sector string) bool {
	switch sector {
	case "public", "health", "social", "justice", "education":
		return true
	}
	return false
}

// severeServiceImpact: guidelines 01/2021 case 3.
func severeServiceImpact(s scene) (Reason, bool) {
	return raise("severe-service-impact", "EDPB 01/2021 case 3",
		"The outage or the wrong data touched people's treatment, income, liberty or a decision on them.",
		"Nedbruddet eller de forkerte oplysninger har ramt behandling, indkomst, frihed eller en afgørelse.",
		"effect.service_impact"), s.at("effect.service_impact", "severe")
}

// careWithoutRecords: guidelines 9/2022 annex B viii, 30 hours without records.
// That a day is the limit is ours.
func careWithoutRecords(s scene) (Reason, bool) {
	return raise("care-without-records", "EDPB 9/2022 annex B viii",
			"Health data were out of reach for a day or more where people are treated.",
			"Helbredsoplysninger var utilgængelige i et døgn eller mere, hvor patienter behandles.",
			"effect.availability", "effect.restored_after_h", "data.categories"),
		s.careSite() && s.at("effect.availability", "temporary") && s.at("effect.restored_after_h", "day") &&
			!s.upto("effect.service_impact", "none")
}

// lostForGood: guidelines 9/2022 annex B iv and 01/2021 case 12: it depends on
// which data are gone, and of whom. Delay and trouble alone are no high risk (case 2).
func lostForGood(s scene) (Reason, bool) {
	matter := s.member("data.categories", append(fact.SpecialCategories(), "criminal", "social-services")...) || s.vulnerable()
	return raise("lost-for-good", "EDPB 9/2022 annex B iv",
		"Data that people depend on are gone for good, and there is no copy.",
		"Oplysninger, som de registrerede er afhængige af, er endegyldigt tabt, og der findes ingen kopi.",
		"effect.availability", "effect.backup"), s.at("effect.availability", "permanent") && s.at("effect.backup", "none") && matter
}
