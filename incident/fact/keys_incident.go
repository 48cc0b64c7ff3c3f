package fact

// The keys of who is responsible and what happened. Here and in the files beside:
// one literal for a group, in the order of the form.

var controllerKeys = []Key{
	{Name: "controller.name", Type: TypeText, Asked: true, Label: Label{"Organisation", "Organisation"},
		Help: "the controller's full name, as the authority knows it"},
	{Name: "controller.cvr", Type: TypeText, Label: Label{"CVR number", "CVR-nummer"},
		Help: "eight digits, from the business register"},
	{Name: "controller.public_authority", Type: TypeFlag, Label: Label{"Public authority", "Offentlig myndighed"},
		Help: "is the controller a public authority"},
	{Name: "controller.role", Type: TypeChoice, Asked: true, Label: Label{"Role", "Rolle"},
		Help: "what the organisation is for these data", Options: []Option{
			{"controller", Label{"controller", "dataansvarlig"}, "decides why and how the data are used"},
			{"processor", Label{"processor", "databehandler"}, "handles the data for a controller: tells it, and it notifies"},
			{"joint", Label{"joint controller", "fælles dataansvarlig"}, "decides together with others"},
		}},
	{Name: "controller.sector", Type: TypeChoice, Label: Label{"Sector", "Sektor"},
		Help: "some sectors know more about people than others", Options: []Option{
			{"public", Label{"public administration", "offentlig forvaltning"}, ""},
			{"health", Label{"health", "sundhed"}, ""},
			{"social", Label{"social services", "socialområdet"}, ""},
			{"justice", Label{"justice", "retsvæsen"}, ""},
			{"education", Label{"education", "undervisning"}, ""},
			{"finance", Label{"finance", "finans"}, ""},
			{"telecom", Label{"telecommunications", "telekommunikation"}, ""},
			{"childcare", Label{"childcare", "dagtilbud"}, ""},
			{"transport", Label{"transport", "transport"}, ""},
			{"retail", Label{"retail", "detailhandel"}, ""},
			{"other", Label{"other", "andet"}, ""},
		}},
	{Name: "controller.contact_name", Type: TypeText, Asked: true, Label: Label{"Contact, name", "Kontaktperson, navn"},
		Help: "who can answer questions about the breach"},
	{Name: "controller.contact_email", Type: TypeText, Label: Label{"Contact, e-mail", "Kontaktperson, e-mail"}},
	{Name: "controller.contact_phone", Type: TypeText, Label: Label{"Contact, phone", "Kontaktperson, telefon"}},
	{Name: "controller.dpo_name", Type: TypeText, Label: Label{"DPO, name", "Databeskyttelsesrådgiver, navn"},
		Help: "the data protection officer"},
	{Name: "controller.dpo_email", Type: TypeText, Label: Label{"DPO, e-mail", "Databeskyttelsesrådgiver, e-mail"}},
	{Name: "controller.dpo_phone", Type: TypeText, Label: Label{"DPO, phone", "Databeskyttelsesrådgiver, telefon"}},
}

var incidentKeys = []Key{
	{Name: "incident.title", Type: TypeText, Label: Label{"Title", "Titel"},
		Help: "a few words, without names of the people concerned"},
	{Name: "incident.description", Type: TypeText, Asked: true, Label: Label{"Description", "Beskrivelse"},
		Help: "what happened, how, and how it was found; no personal data"},
	{Name: "incident.family", Type: TypeChoice, Asked: true, Label: Label{"Kind of incident", "Hændelsestype"},
		Help: "the kind that fits best", Options: []Option{
			{"ransomware", Label{"ransomware", "ransomware"}, "data made unreadable for a ransom"},
			{"exfiltration", Label{"data taken from outside", "data hentet ud af udefrakommende"}, "a break-in that copied data out, credential stuffing"},
			{"internal-misuse", Label{"misuse from inside", "internt misbrug"}, "an employee took or used data on purpose"},
			{"internal-error", Label{"human error inside", "intern fejl"}, "a mistake by an employee, no ill will"},
			{"lost-or-stolen", Label{"lost or stolen", "tabt eller stjålet"}, "a device or paper gone"},
			{"misdirected", Label{"sent to the wrong recipient", "sendt til forkert modtager"}, "mail, post or a file to somebody it was not for"},
			{"social-engineering", Label{"social engineering", "social manipulation"}, "somebody was tricked: phishing, false identity, mailbox taken over"},
			{"public-exposure", Label{"exposed to the public", "offentligt tilgængeligt"}, "data on the open web or another public place"},
			{"unauthorised-lookup", Label{"unauthorised look-up", "uberettiget opslag"}, "an employee looked somebody up without a work reason"},
			{"data-loss", Label{"data lost or wrong", "data gået tabt eller forkerte"}, "data gone or altered, by failure or mistake"},
			{"outage", Label{"outage", "driftsafbrydelse"}, "data could not be reached for a time"},
			{"other", Label{"other", "andet"}, ""},
		}},
	{Name: "incident.targeted", Type: TypeFlag, Label: Label{"Targeted", "Målrettet"},
		Help: "were these victims chosen, not random"},
	{Name: "incident.systemic", Type: TypeChoice, Label: Label{"Systemic", "Systemisk"},
		Help: "may the same flaw have touched others", Options: []Option{
			{"yes", Label{"yes", "ja"}, ""},
			{"no", Label{"no", "nej"}, ""},
		}},
	{Name: "incident.cause", Type: TypeChoice, Asked: true, Label: Label{"Cause", "Årsag"},
		Help: "from inside or outside, by accident or by ill will", Options: []Option{
			{"internal-accidental", Label{"internal, accidental", "intern, utilsigtet"}, ""},
			{"internal-malicious", Label{"internal, malicious", "intern, ondsindet"}, ""},
			{"external-accidental", Label{"external, accidental", "ekstern, utilsigtet"}, ""},
			{"external-malicious", Label{"external, malicious", "ekstern, ondsindet"}, ""},
		}},
	{Name: "incident.began", Type: TypeMoment, Asked: true, Label: Label{"Began", "Begyndte"},
		Help: "when the breach itself began, not when it was found"},
	{Name: "incident.ended", Type: TypeMoment, Label: Label{"Ended", "Ophørte"}},
	{Name: "incident.ongoing", Type: TypeFlag, Label: Label{"Still going on", "Pågår fortsat"},
		Help: "is the breach still open"},
	{Name: "incident.periods", Type: TypePeriods, Label: Label{"Periods", "Perioder"},
		Help: "when it is several: 2020-06-09/2020-06-10,2020-07-17"},
	{Name: "incident.discovered", Type: TypeMoment, Asked: true, Label: Label{"Discovered", "Opdaget"},
		Help: "when it was first noticed; awareness is recorded apart"},
	{Name: "incident.discovered_how", Type: TypeChoice, Label: Label{"Discovered by", "Opdaget af"},
		Help: "who noticed it", Options: []Option{
			{"controller", Label{"the controller itself", "den dataansvarlige selv"}, ""},
			{"processor", Label{"a processor", "en databehandler"}, ""},
			{"data-subject", Label{"a data subject", "en registreret"}, ""},
			{"outsider", Label{"an outsider", "en udenforstående"}, ""},
			{"press", Label{"the press", "pressen"}, ""},
			{"authority", Label{"an authority", "en myndighed"}, ""},
		}},
	{Name: "incident.awareness", Type: TypeText, Label: Label{"Awareness, in words", "Kendskabet, beskrevet"},
		Help: "how the organisation became aware, as the authority is to read it; the time is recorded apart"},
	{Name: "incident.systems", Type: TypeList, Label: Label{"Systems", "Systemer"},
		Help: "the systems concerned, with commas between"},
}

var measuresKeys = []Key{
	{Name: "measures.before", Type: TypeText, Asked: true, Label: Label{"Measures before", "Foranstaltninger før bruddet"},
		Help: "what was in place when it happened"},
	{Name: "measures.taken", Type: TypeText, Asked: true, Label: Label{"Measures taken", "Trufne foranstaltninger"},
		Help: "what has been done, also to limit the harm"},
	{Name: "measures.planned", Type: TypeText, Asked: true, Label: Label{"Measures planned", "Planlagte foranstaltninger"},
		Help: "what will be done, and by when"},
	{Name: "measures.mitigation", Type: TypeText, Label: Label{"Limiting the effects", "Begrænsning af skadevirkninger"},
		Help: "what limits the effects on the people"},
}

var informedKeys = []Key{
	{Name: "informed.status", Type: TypeChoice, Asked: true, Label: Label{"People informed", "De registrerede underrettet"},
		Help: "where informing the people stands; what is told to the authority must be true", Options: []Option{
			{"yes", Label{"yes", "ja"}, ""},
			{"partial", Label{"some of them", "delvist"}, "give the number too"},
			{"planned", Label{"planned", "planlagt"}, ""},
			{"no", Label{"no", "nej"}, ""},
		}},
	{Name: "informed.count", Type: TypeCount, Label: Label{"Number informed", "Antal underrettede"}},
	{Name: "informed.when", Type: TypeMoment, Label: Label{"Informed at", "Underrettet den"}},
	{Name: "informed.how", Type: TypeChoice, Label: Label{"Informed by", "Underrettet ved"},
		Options: []Option{
			{"letter", Label{"letter", "brev"}, ""},
			{"digital-post", Label{"Digital Post", "Digital Post"}, ""},
			{"phone", Label{"phone", "telefon"}, ""},
			{"email", Label{"e-mail", "e-mail"}, ""},
			{"public-notice", Label{"public communication", "offentlig meddelelse"}, "enough alone only when people cannot be reached with a fair effort"},
		}},
	{Name: "informed.exception", Type: TypeChoice, Label: Label{"Exception", "Undtagelse"},
		Help: "why the people are not told, or not one by one; needs a reason", Options: []Option{
			{"34-3-a", Label{"Article 34(3)(a): data unintelligible", "artikel 34, stk. 3, litra a: oplysningerne er uforståelige"}, "encrypted, and the key is safe"},
			{"34-3-b", Label{"Article 34(3)(b): the high risk was removed", "artikel 34, stk. 3, litra b: den høje risiko er fjernet"}, "by measures taken afterwards"},
			{"34-3-c", Label{"Article 34(3)(c): disproportionate effort", "artikel 34, stk. 3, litra c: uforholdsmæssig indsats"}, "a public communication instead of letters"},
			{"dbl-22-1", Label{"Data Protection Act § 22(1): private interests", "databeskyttelseslovens § 22, stk. 1: private interesser"}, "overriding private interests; with a review date"},
			{"dbl-22-2", Label{"Data Protection Act § 22(2): public interests", "databeskyttelseslovens § 22, stk. 2: offentlige interesser"}, "such as a criminal investigation; with a review date, after asking the police"},
		}},
	{Name: "informed.why", Type: TypeText, Label: Label{"Reason for the exception", "Begrundelse for undtagelsen"}},
	{Name: "informed.review", Type: TypeMoment, Label: Label{"Review on", "Tages op igen den"},
		Help: "when the exception is looked at again"},
}

var processorKeys = []Key{
	{Name: "processor.name", Type: TypeText, Label: Label{"Processor", "Databehandler"},
		Help: "the processor where it happened, if there is one"},
	{Name: "processor.aware", Type: TypeMoment, Label: Label{"Processor knew", "Databehandleren vidste det"},
		Help: "when the processor became aware"},
	{Name: "processor.told", Type: TypeMoment, Label: Label{"Processor told the controller", "Databehandleren gav besked"},
		Help: "when it told the controller: the controller is aware then"},
}

var crossBorderKeys = []Key{
	{Name: "cross_border.states", Type: TypeStates, Label: Label{"Other countries", "Andre lande"},
		Help: "two-letter codes of the countries where people are affected: DK,SE"},
	{Name: "cross_border.lead", Type: TypeState, Label: Label{"Lead authority", "Ledende tilsynsmyndighed"},
		Help: "the country of the lead authority: DK"},
}

var delayKeys = []Key{
	{Name: "delay.reason", Type: TypeText, Label: Label{"Reason for the delay", "Begrundelse for forsinkelsen"},
		Help: "why later than 72 hours, Article 33(1)"},
	{Name: "delay.more_time", Type: TypeText, Label: Label{"To follow", "Eftersendes"},
		Help: "what is missing and when it will come, Article 33(4)"},
	{Name: "delay.until", Type: TypeMoment, Label: Label{"To follow by", "Eftersendes senest"},
		Help: "when the rest is due: a follow-up is due then"},
}
