package edpb

// need says when the template requires a field.
type need int

// The needs. A field that depends on others is optional here, and its reader says
// when it is asked for.
const (
	optional need = iota
	required      // of every notification, by the schema's own list
)

// definition is one field of the template: what it is called and where it is read.
type definition struct {
	no    int
	title string
	need  need
	read  reader
}

// withdrawn reports whether the field stands in a withdrawal, which says who
// notified, what is withdrawn, why, and of which breach.
func (d definition) withdrawn() bool { return d.no <= 36 || d.no == 48 || d.no == 62 }

// template is the table: field ↔ facts ↔ value. What is not in it (a national number
// of whoever reports, economic classification by code, numbers for each country,
// attachments …) has no fact, and is filled in by hand.
var template = []definition{
	// 1 About the notification and the controller
	{3, "Type of notification", required, kindOf},
	{4, "Sub-type of notification", required, subKindOf},
	{5, "Reasons for withdrawing a previous notification", optional, only(withdrawing, withdrawalWhy)},
	{6, "ID of the previously notified breach", optional, only(later, earlierNumber)},
	{7, "Controller's internal reference", optional, reference},
	{10, "Type of identifier", optional, ifText("controller.cvr", "b")}, // organisation number
	{11, "Identifier", optional, text("controller.cvr")},
	{12, "Name of the organisation", required, text("controller.name")},
	{13, "Contact details", required, firstOf(
		join("controller.contact_email", "controller.contact_phone"), join("controller.dpo_email", "controller.dpo_phone"))},
	{14, "Sector", optional, sectorOf},
	{17, "Economic activity", optional, activityOf},

	// 2 Who reports, and whom to ask
	{21, "Name of the reporting person", required, text("controller.contact_name", "controller.dpo_name")},
	{22, "Contact details of the reporting person", required, firstOf(
		join("controller.contact_email", "controller.contact_phone"), join("controller.dpo_email", "controller.dpo_phone"))},
	{23, "Function of the reporting person", required, functionOf},
	{24, "Description of that function", optional, only(reportedByOther, functionText)},
	{29, "Is a data protection officer designated?", required, orSilent(dpoDesignated, notStated)},
	{30, "Name of the data protection officer", required, orSilent(text("controller.dpo_name"), notStated)},
	{31, "Contact details of the data protection officer", required, orSilent(join("controller.dpo_email", "controller.dpo_phone"), notStated)},
	{33, "More information can be obtained at", optional, contactAt},
	{38, "Are other parties involved?", required, partiesInvolved},
	{39, "Qualification of the other party", required, ofOtherParty(otherPartyRole)},
	{40, "Name of the other party", required, ofOtherParty(orSilent(text("processor.name"), notStated))},
	{41, "Contact details of the other party", required, ofOtherParty(func(f *form) answer { return silent(notStated(f.words), "processor.name") })},

	// 3.1 Time
	{44, "When did the breach occur?", required, whenOccurred},
	{45, "Only estimated dates are possible", optional, estimatedDates},
	{46, "Beginning of the breach", optional, beginning},
	{47, "End of the breach", optional, ending},
	{48, "Awareness of the controller", required, awareAt},
	{49, "Reasons for late notification", optional, only(lateAndNew, said("delay.reason"))},
	{50, "How was the breach discovered?", required, choice("incident.discovered_how", codes{
		"controller": "a", "processor": "b", "data-subject": "c", "outsider": "d", "authority": "d", "press": "e"}, "f", "f")},
	{51, "Description of the discovery", required, said("incident.discovered", "incident.discovered_how", "incident.awareness", awareness)},
	{52, "Date of notification by the other party", optional, only(toldByOthers, firstOf(dayOf("processor.told"), dayOf("incident.discovered")))},
	{53, "Comments on the timeline", optional, said("incident.began", "incident.ended", "incident.ongoing", "incident.periods",
		"processor.aware", "processor.told", "effect.exposure_days", "effect.log_days", "effect.restored_after_h")},

	// 3.2 Nature
	{55, "Nature of the breach", required, natureOf},
	{56, "Type of confidentiality breach", optional, only(concerns("confidentiality"), disclosed)},
	{57, "Was the data unintelligible?", optional, only(concerns("confidentiality"), choice("effect.protection", codes{
		"encrypted-key-safe": "a", "hashed-strong": "a", "pseudonymised": "a",
		"encrypted-key-compromised": "b", "password-only": "b", "intelligible": "c"}, "e", "d"))},
	{58, "Type of integrity breach", optional, only(concerns("integrity"), choice("effect.integrity", codes{
		"altered-unused": "a", "used-recoverable": "b", "used-unrecoverable": "c"}, "", ""))},
	{59, "Type of availability breach", optional, only(concerns("availability"), choice("effect.availability", codes{
		"temporary": "a", "permanent": "b"}, "c", "c"))},
	{60, "Nature of the incident", required, familyOf},
	{61, "Cause", required, choice("incident.cause", codes{
		"internal-accidental": "a", "internal-malicious": "b", "external-accidental": "c", "external-malicious": "d"}, "e", "f")},
	{62, "Description of the incident", required, described},
	{63, "Systems and services involved", required, orSilent(said("incident.systems"), notStated)},

	// 3.3 and 3.4 People and data
	{65, "Categories of data subjects", required, gravest("persons.groups", []ranked{
		{"children", "d"}, {"pupils", "d"}, {"protected-address", "i"}, {"patients", "e"}, {"asylum-seekers", "i"}, {"elderly", "i"},
		{"students", "f"}, {"employees", "b"}, {"job-applicants", "b"}, {"citizens", "j"}, {"tenants", "j"},
		{"customers", "a"}, {"users", "h"}, {"suppliers", "j"}, {"other", "j"}}, "k", "j")},
	{66, "Description of the data subjects", required, point(3)},
	{67, "Number of data subjects: how known", required, howCounted},
	{68, "Number of data subjects", optional, only(peopleCounted, peopleNumber)},
	{70, "Type of data", required, gravest("data.categories", []ranked{
		{"health", "k"}, {"genetic", "j"}, {"biometric", "c"}, {"sex-life", "h"}, {"ethnicity", "f"}, {"politics", "e"}, {"religion", "g"}, {"union", "i"},
		{"criminal", "d"}, {"credentials", "s"}, {"national-id", "n"}, {"id-document", "p"}, {"payment-card", "q"}, {"bank-account", "q"},
		{"economy", "l"}, {"insurance", "l"}, {"social-services", "u"}, {"confidential", "u"}, {"location", "o"}, {"traffic", "o"},
		{"behaviour", "r"}, {"preferences", "r"}, {"purchase", "r"}, {"correspondence", "u"}, {"family", "u"}, {"photo", "u"},
		{"employment", "u"}, {"education", "u"}, {"vehicle", "u"}, {"address", "b"}, {"contact", "b"},
		{"birth-date", "a"}, {"name", "a"}, {"pseudonym", "a"}}, "t", "u")},
	{71, "Description of the data", required, point(4)},
	{72, "Number of records: how known", required, howRecorded},
	{73, "Number of records", required, number("persons.records")},

	// 3.5 Measures in place
	{75, "Measures in place", required, ifSaid(said("measures.before"), "l")},
	{76, "Description of the measures in place", required, point(8)},

	// 4 Consequences and risk
	{79, "Consequences of the loss of confidentiality", optional, only(concerns("confidentiality"), confidentialityConsequence)},
	{80, "Other consequences for confidentiality", optional, only(answers(confidentialityConsequence, "d"), point(6))},
	{81, "Consequences of the loss of integrity", optional, only(concerns("integrity"), integrityConsequence)},
	{82, "Other consequences for integrity", optional, only(answers(integrityConsequence, "c"), point(6))},
	{83, "Consequences of the loss of availability", optional, only(concerns("availability"), availabilityConsequence)},
	{84, "Other consequences for availability", optional, only(answers(availabilityConsequence, "c"), point(6))},
	{85, "Impact on the data subjects", required, gravest("consequences.likely", []ranked{
		{"physical-harm", "l"}, {"identity-theft", "d"}, {"wrong-decision", "b"}, {"fraud", "e"}, {"financial-loss", "f"}, {"discrimination", "c"},
		{"service-denied", "k"}, {"distress", "l"}, {"reputation", "h"}, {"loss-of-control", "a"}, {"none", "n"}}, "o", "n")},
	{86, "Description of the other impacts", optional, only(severalImpacts, said("consequences.occurred", "consequences.likely", "consequences.description"))},
	{87, "Severity of the impact", required, severityOf},
	{89, "Outcome of the risk assessment", required, riskOf},
	{90, "Description of the risk assessment", required, point(6)},

	// 4.3 and 4.4 Measures taken, and informing the people
	{92, "Measures taken to address the breach", required, point(7, 9)},
	{94, "Measures against similar breaches", required, ifSaid(firstOf(said("measures.planned"), said("measures.taken")), "o")},
	{95, "Permanent measures, as updated on", required, measuresUpdated},
	{97, "Has the breach been communicated to the data subjects?", required, communicated},
	{98, "Date when they were informed", optional, only(answers(communicated, "a"), dayOf("informed.when"))},
	{99, "Date when they will be informed", optional, only(answers(communicated, "b"), plannedDay)},
	{100, "Condition of Article 34(3)", optional, only(answers(communicated, "e"), choice("informed.exception", codes{
		"34-3-a": "a", "34-3-b": "b", "34-3-c": "c"}, "", ""))},
	{101, "Why the condition is met", optional, only(notToBeInformed, point(11))},
	{102, "Have all been informed?", optional, only(answers(communicated, "a"), choice("informed.status", codes{"yes": "a", "partial": "b"}, "", ""))},
	{103, "Why not all have been informed", optional, only(partlyInformed, point(11))},
	{104, "Means of communication", optional, only(answers(communicated, "a"), choice("informed.how", codes{
		"letter": "a", "digital-post": "a", "phone": "a", "email": "a", "public-notice": "b"}, "", ""))},
	{106, "Content of the information", optional, only(answers(communicated, "a"), toldText)},

	// 6 Other authorities and countries
	{109, "Reported to the police?", optional, toldPolice},
	{113, "Cross-border processing?", required, crossBorder},
	{114, "Lead supervisory authority", optional, leadAuthority},
	{116, "Countries of the data subjects", optional, only(answers(crossBorder, "a"), countries)},
	{120, "Controller not established in the EEA?", required, outsideEEA},
}
