package demo

import "timeglas/timeline"

// Who writes: accounts, not people.
const (
	responder = "responder"
	legal     = "legal"
	lead      = "lead"
)

// The two publications that the story rests on.
const (
	agency    = "the agency's public communication of 26 August 2021"
	authority = "the authority's decision of 10 August 2021"
)

// story is the case as it unfolded. A text that a notice quotes is there in both
// languages, as a responder would prepare it.
func story() []scene {
	return []scene{
		interruptionsNoticed(), julyInterruption(), taskHandedOver(),
		pressReports(), scopeSettled(), factsOfTheBreach(), effectsAndMeasures(), decisionsTaken(),
		dataUseSuspended(), externalInvestigation(),
		authorityDecides(), residentsTold(), afterwards(),
	}
}

func interruptionsNoticed() scene {
	return scene{"2020-07-04 09:10", responder, []line{
		begin("Lost registrations at the return centres", "triage"),
		write(timeline.KindObservation, "2020-06-09 to 2020-06-10", "Unscheduled interruption of AMS at Return Centre Kærshovedgård.", "ams", "kærshovedgård"),
		write(timeline.KindObservation, "2020-07-02 to 2020-07-03", "Unscheduled interruption of AMS at Return Centres Kærshovedgård and Sjælsmark.", "ams", "kærshovedgård", "sjælsmark"),
		write(timeline.KindNote, "2020-07-04", "Whether registrations were lost is not known. Scans at the entrances feed the cases on the duty to notify and stay (Aliens Act § 42 a), so a lost scan can make a resident look absent.", "ams"),
		facts("the agency runs the register", "controller.name", "Udlændingestyrelsen", "controller.role", "controller",
			"controller.public_authority", "true", "controller.sector", "public", "incident.systems", "AMS"),
		facts("an interruption alone does not show it", "effect.availability", "unknown", "effect.integrity", "unknown"),
	}}
}

func julyInterruption() scene {
	return scene{"2020-07-18 08:40", responder, []line{
		write(timeline.KindObservation, "2020-07-17", "Unscheduled interruption of AMS at both return centres.", "ams", "kærshovedgård", "sjælsmark"),
	}}
}

func taskHandedOver() scene {
	return scene{"2020-08-01 10:00", lead, []line{
		write(timeline.KindCommunication, "2020-08-01", "The Danish Return Agency takes over the task of following the duty to notify and stay, and the reports to the police.", "return-agency"),
	}}
}

func pressReports() scene {
	return scene{"2020-08-25 15:20", lead, []line{
		write(timeline.KindCommunication, "2020-08-25", "The Danish Data Protection Agency opens a case of its own after reports in the press.", "authority"),
		suspected("2020-06-01 to 2020-08-25", "Udlændingestyrelsen", "During the summer the interruptions of the system became known; the loss of data was established later ("+agency+")."),
		aware("no later than 2020-08-25", "Udlændingestyrelsen", "When the agency became aware is not published. On this day the authority opened its case, so it was no later."),
		facts("the day on which the authority opened its case", "incident.discovered", "no later than 2020-08-25",
			"incident.awareness", "The Danish Data Protection Agency opened a case of its own on that day after reports in the press, so the controller was aware no later than then. The exact moment has not been established.",
			"incident.awareness.da", "Datatilsynet oprettede denne dag en sag af egen drift efter omtale i pressen, så den dataansvarlige var bekendt med bruddet senest på dette tidspunkt. Det nøjagtige tidspunkt er ikke fastlagt."),
		facts("not published", "incident.discovered_how", "unknown"),
		done("awareness", "Recorded as a bound: the moment itself is not published."),
	}}
}

func scopeSettled() scene {
	return scene{"2020-08-26 09:00", legal, []line{
		done("scope", "The agency decides what the system is for and how; the processing is administrative, not police work."),
		decide("is-breach", "yes", "Registrations that decide about people are missing: loss and alteration of personal data, GDPR 4(12)."),
		decide("kind", "data-loss", "Nothing was disclosed; data were lost and what is left can be wrong."),
		skip("dpo-asked", "Whether the data protection officer was asked, and the advice, is not published."),
		decide("duty-authority", "notify", "Steps against residents were begun on these data, so a risk is not unlikely. It is late: see the reasons for the delay."),
	}}
}

func factsOfTheBreach() scene {
	return scene{"2020-08-26 10:30", responder, []line{
		facts("from "+agency,
			"incident.title", "Loss of registrations in the access and notification system AMS",
			"incident.title.da", "Tab af registreringer i Adgangs- og Meldepligtsystemet AMS",
			"incident.description", "The system AMS (formerly SALTO) registers the scans of residents' access cards at the entrances of Return Centre Kærshovedgård and Return Centre Sjælsmark. Unscheduled interruptions meant that registrations of entry and exit were partly lost: on 9–10 June 2020 at Kærshovedgård, and on 2–3 July and 17 July 2020 at both centres. The loss was established later than the interruptions themselves. It concerns rejected foreign nationals who lived at the centres in those periods and had a duty to notify and stay (Aliens Act § 42 a).",
			"incident.description.da", "Systemet AMS (tidligere SALTO) registrerer scanninger af beboernes adgangskort ved indgangene til Udrejsecenter Kærshovedgård og Udrejsecenter Sjælsmark. Ved uvarslede afbrydelser gik registreringer af ind- og udpassage delvist tabt: den 9.-10. juni 2020 på Kærshovedgård samt den 2.-3. juli og den 17. juli 2020 på begge centre. Tabet blev først konstateret senere end selve afbrydelserne. Det angår afviste udlændinge, der i perioderne boede på centrene og var pålagt opholds- og underretningspligt (udlændingelovens § 42 a).",
			"incident.family", "data-loss", "incident.cause", "internal-accidental",
			"incident.periods", "2020-06-09/2020-06-10,2020-07-02/2020-07-03,2020-07-17",
			"incident.ongoing", "false"),
		facts("from "+agency, "effect.types", "availability,integrity", "effect.disclosure", "none",
			"effect.availability", "permanent", "effect.integrity", "used-recoverable", "effect.service_impact", "severe"),
		facts("not published; backups were too seldom ("+agency+")", "effect.backup", "unknown"),
		facts("the number is not published", "persons.count", "unknown"),
		facts("from "+agency, "persons.groups", "asylum-seekers", "persons.vulnerable", "true", "data.categories", "name,location"),
		facts("not published", "persons.protected_identity", "unknown", "persons.records", "unknown"),
		skip("logs-video-secured", "What was secured, and when, is not published."),
		done("periods-found", "Three periods; the first at Kærshovedgård only."),
		skip("people-counted", "The number of people is not published: recorded as unknown."),
	}}
}

func effectsAndMeasures() scene {
	return scene{"2020-08-27 09:15", responder, []line{
		facts("from "+agency, "consequences.likely", "wrong-decision,reputation",
			"consequences.description", "A resident could stand as absent from the centre although the resident was there. Cases on lower benefits could have been begun and reports to the police filed on that basis, with loss of reputation; the wrong data could also weigh in later assessments of violations and repetition.",
			"consequences.description.da", "En beboer kunne fremstå som fraværende fra centeret, selv om vedkommende var til stede. På det grundlag kunne der være indledt sager om nedsættelse af ydelser og indgivet anmeldelse til politiet med deraf følgende tab af omdømme. De forkerte oplysninger kunne også få betydning for senere vurderinger af overtrædelser og gentagelse."),
		facts("from "+authority, "consequences.occurred", "On the basis of the data, steps had been started towards residents: cases on lower benefits and reports to the police. It is assessed that nobody had benefits lowered or withdrawn on false grounds on 2–3 July and 17 July 2020.",
			"consequences.occurred.da", "Der var på grundlag af oplysningerne taget skridt over for beboere i form af sager om nedsættelse af ydelser og anmeldelser til politiet. Det vurderes, at ingen har fået nedsat eller frataget ydelser på forkert grundlag den 2.-3. juli og den 17. juli 2020."),
		facts("from "+agency, "measures.taken", "The suppliers have been reminded of the guidelines for data. Monitoring of the system has been tightened, backup is more frequent and the period of logging is longer.",
			"measures.taken.da", "Leverandørerne har fået indskærpet retningslinjerne for behandling af data. Overvågningen af systemet er skærpet, sikkerhedskopiering sker hyppigere, og logningsperioden er forlænget.",
			"measures.mitigation", "The authorities have refrained from reporting violations in the periods to the police and have recalled reports that had been filed. The public prosecutor has been told not to use data from those dates. The periods are disregarded when benefits are calculated.",
			"measures.mitigation.da", "Myndighederne har undladt at indgive politianmeldelse for overtrædelser i perioderne og har trukket allerede indgivne anmeldelser tilbage. Anklagemyndigheden er underrettet om, at oplysninger fra de pågældende datoer ikke kan anvendes. Der ses bort fra perioderne ved beregning af ydelser."),
		facts("from "+agency, "measures.before", "The system was backed up, but not often enough, and interruptions were not monitored closely enough for the loss of data to be found.",
			"measures.before.da", "Systemet blev sikkerhedskopieret, men ikke hyppigt nok, og afbrydelser blev ikke overvåget tæt nok til, at tabet af oplysninger blev opdaget."),
		facts("nobody had been told before 26 August 2021 ("+agency+")", "informed.status", "no"),
		facts("for 9–10 June it is not said whether anybody lost benefits", "delay.more_time.da", "Antallet af berørte beboere samt oplysning om, hvorvidt nogen har fået nedsat ydelser på forkert grundlag den 9.-10. juni 2020, eftersendes, når det er undersøgt.",
			"delay.more_time", "The number of residents affected, and whether anyone lost benefits on false grounds on 9–10 June 2020, will follow when it has been examined."),
	}}
}

func decisionsTaken() scene {
	return scene{"2020-08-27 11:00", lead, []line{
		decide("used-against", "used", "Steps had been started on these data ("+authority+"). The agency's judgement: nobody lost benefits on false grounds on 2–3 July and 17 July; for 9–10 June that is not said."),
		done("use-stopped", "The periods are disregarded for benefits; no reports to the police are filed for them."),
		done("recipients-told", "The public prosecutor was told that data from those dates cannot be used."),
		done("decisions-recalled", "Reports to the police that had been filed were recalled; the periods are disregarded for benefits."),
	}}
}

func dataUseSuspended() scene {
	return scene{"2020-12-15 12:00", lead, []line{
		write(timeline.KindCommunication, "2020-12-01 to 2020-12-31", "The Director of Public Prosecutions suspends the use of data from AMS in criminal cases; cases are processed on manual registrations from now on.", "prosecutor"),
	}}
}

func externalInvestigation() scene {
	return scene{"2021-01-15 12:00", lead, []line{
		write(timeline.KindAction, "2021-01-01 to 2021-01-31", "The Ministry for Immigration and Integration begins an external investigation of AMS.", "ministry"),
	}}
}

func authorityDecides() scene {
	return scene{"2021-08-10 14:00", legal, []line{
		write(timeline.KindCommunication, "2021-08-10", "Decision of the Danish Data Protection Agency: Articles 32, 33 and 34 breached; report to the police, a fine of DKK 150,000 recommended.", "authority"),
		write(timeline.KindObservation, "2021-08-10", "The decision holds that a log of movements inside the centres existed and was not used systematically to check the registrations.", "authority", "second-source"),
		skip("second-source", "The log of movements inside the centres was not used systematically ("+authority+")."),
		write(timeline.KindDecision, "2021-08-10", "The question of telling the residents is taken up again.", "residents"),
	}}
}

func residentsTold() scene {
	return scene{"2021-08-26 10:00", lead, []line{
		decide("duty-people", "publicly", "High risk: cases about benefits and reports to the police rested on wrong data. After "+authority+" the agency took the question up again and told the residents by public communication; why not by letter is not published."),
		done("section-11", "The text names periods, centres, consequences and contact, and no person."),
		facts("published on this day", "informed.status", "yes", "informed.when", "2021-08-26", "informed.how", "public-notice",
			"informed.exception", "34-3-c",
			"informed.why", "After the authority's decision of 10 August 2021 the question of informing the data subjects was taken up again, and they were informed by a public communication on 26 August 2021.",
			"informed.why.da", "Efter Datatilsynets afgørelse af 10. august 2021 blev spørgsmålet om underretning taget op på ny, og de registrerede blev underrettet ved en offentlig meddelelse den 26. august 2021."),
		facts("named in "+agency, "controller.dpo_name", "Udlændingestyrelsens databeskyttelsesrådgiver (via kontaktformularen)"),
		done("public-notice", "Published in Danish and English on 26 August 2021."),
	}}
}

func afterwards() scene {
	return scene{"2021-08-26 11:00", responder, []line{
		skip("restore-tried", "Whether a restore was tried is not published."),
		write(timeline.KindNote, "2021-08-26", "Still open: the reasons for the delay, the number of people, and whether anyone lost benefits on false grounds on 9–10 June 2020.", "open"),
	}}
}
