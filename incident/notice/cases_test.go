package notice

import (
	"testing"
	"time"
	_ "time/tzdata"

	"timeglas/incident"
	"timeglas/incident/clock"
	"timeglas/incident/duty"
	"timeglas/incident/fact"
	"timeglas/internal/when"
	"timeglas/timeline"
)

// copenhagen is the zone that the cases are written in.
func copenhagen(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Copenhagen")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// tale is a case as a test tells it: drafts in order, sealed and folded at the end.
type tale struct {
	t      testing.TB
	zone   *time.Location
	now    time.Time
	mark   timeline.Mark
	sealer timeline.Sealer
	tip    timeline.Tip
	all    []timeline.Entry

	unassessed bool // without the duty, which takes most of the time
}

func tell(t testing.TB, mark timeline.Mark, now string) *tale {
	t.Helper()
	s := &tale{t: t, zone: copenhagen(t), mark: mark}
	s.sealer = timeline.NewSealer(timeline.NewIdentity(mark))
	moment, err := time.ParseInLocation("2006-01-02 15:04", now, s.zone)
	if err != nil {
		t.Fatal(err)
	}
	s.now = moment
	s.add(incident.OpenedDraft("a case"))
	return s
}

// add appends a draft and returns its id.
func (s *tale) add(d timeline.Draft) string {
	s.t.Helper()
	d.Author, d.Recorded = "anna", s.now
	if d.Occurred.Precision == "" {
		d.Occurred = when.At(s.now)
	}
	sealed, err := s.sealer.Seal(s.tip, d)
	if err != nil {
		s.t.Fatal(err)
	}
	s.tip = sealed[0].Tip()
	s.all = append(s.all, sealed[0].Entry)
	return sealed[0].ID
}

func (s *tale) moment(text string) when.Moment {
	s.t.Helper()
	m, err := when.Parse(text, s.zone, s.now)
	if err != nil {
		s.t.Fatal(err)
	}
	return m
}

// facts records pairs of key and value.
func (s *tale) facts(pairs ...string) *tale {
	s.t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		v, err := fact.Parse(pairs[i], pairs[i+1], s.zone, s.now)
		if err != nil {
			s.t.Fatal(err)
		}
		s.add(incident.FactDraft(pairs[i], v, false, "as recorded"))
	}
	return s
}

func (s *tale) estimate(key, value string) *tale {
	s.t.Helper()
	v, err := fact.Parse(key, value, s.zone, s.now)
	if err != nil {
		s.t.Fatal(err)
	}
	s.add(incident.FactDraft(key, v, true, "an estimate"))
	return s
}

func (s *tale) aware(at, who, why string) *tale {
	s.t.Helper()
	s.add(incident.AwareDraft(s.moment(at), who, why))
	return s
}

func (s *tale) suspected(at string) *tale {
	s.t.Helper()
	s.add(incident.SuspectedDraft(s.moment(at), "", ""))
	return s
}

func (s *tale) decide(gate, option, why, review string) *tale {
	s.t.Helper()
	d := incident.Decision{Gate: gate, Option: option, Why: why}
	if review != "" {
		m := s.moment(review)
		d.Review = &m
	}
	s.add(incident.GateDraft(d))
	return s
}

// write adds a line of the timeline with tags.
func (s *tale) write(kind timeline.Kind, text string, tags ...string) *tale {
	s.t.Helper()
	s.add(timeline.Draft{Kind: kind, Text: text, Tags: tags})
	return s
}

// file issues a notice and sends it.
func (s *tale) file(at, number string) *tale {
	s.t.Helper()
	id := s.add(incident.NoticeDraft(incident.Notice{To: incident.ToAuthority, Phase: incident.PhaseInitial, Lang: "da", Text: "as sent"}))
	s.add(incident.FiledDraft(incident.Filing{Notice: id, Sent: s.moment(at), Channel: "virk", Who: "anna", Number: number}))
	return s
}

func (s *tale) fold() *incident.Case { return incident.Fold(s.all) }

// compose is the text of the tale as it stands.
func (s *tale) compose(phase incident.Phase, lang string) (Document, error) {
	return s.composeAs(Request{To: incident.ToAuthority, Phase: phase, Lang: lang})
}

func (s *tale) composeAs(req Request) (Document, error) {
	c := s.fold()
	r := readClock(c, s)
	req.Now, req.Zone = s.now, s.zone
	var a duty.Assessment
	if !s.unassessed {
		a = duty.Assess(c.Facts, duty.Context{Deadline: r.Deadline})
	}
	return Compose(c, "2026-014", a, r, req)
}

func readClock(c *incident.Case, s *tale) clock.Reading {
	in := clock.Input{Filed: c.FiledToAuthority()}
	if c.Aware != nil {
		in.Aware = &c.Aware.Moment
	}
	return clock.Read(clock.GDPR33(), in, s.now)
}

// must is the text where nothing should be refused.
func (s *tale) must(phase incident.Phase, lang string) Document {
	s.t.Helper()
	d, err := s.compose(phase, lang)
	if err != nil {
		s.t.Fatal(err)
	}
	return d
}

// The three cases are those of the sources that the project rests on. What they do
// not say is not said here.

// returnCentres is the loss of registrations at two Danish return centres in 2020,
// as it stood when the residents had been told, with the reasons for the delay not
// written yet.
func returnCentres(t testing.TB) *tale {
	return tell(t, timeline.MarkCase, "2021-08-27 09:00").facts(
		"controller.name", "Udlændingestyrelsen", "controller.role", "controller",
		"controller.public_authority", "yes", "controller.sector", "public",
		"incident.title", "Tab af registreringer i AMS på to udrejsecentre",
		"incident.title.en", "Loss of registrations in AMS at two return centres",
		"incident.description", "AMS (tidligere SALTO) registrerer scanninger af beboernes adgangskort ved indgangen til Udrejsecenter Kærshovedgård og Udrejsecenter Sjælsmark. Registreringerne bruges i sager om beboernes opholds- og underretningspligt, jf. udlændingelovens § 42 a. Under uvarslede driftsafbrydelser i sommeren 2020 gik registreringer af ind- og udpassage delvist tabt: på Kærshovedgård i alle tre perioder og på Sjælsmark i de to sidste. At der var tabt oplysninger, blev først konstateret senere end selve afbrydelserne.",
		"incident.description.en", "AMS (formerly SALTO) registers the scans of residents’ access cards at the entrances of Return Centre Kærshovedgård and Return Centre Sjælsmark. The registrations are used in cases on the residents’ duty to notify and stay, section 42 a of the Aliens Act. During unscheduled interruptions in the summer of 2020, registrations of entry and exit were partly lost: at Kærshovedgård in all three periods and at Sjælsmark in the last two. That data had been lost was found later than the interruptions themselves.",
		"incident.family", "data-loss", "effect.types", "availability,integrity",
		"incident.systems", "AMS (SALTO)", "incident.periods", "2020-06-09/2020-06-10,2020-07-02/2020-07-03,2020-07-17",
		"incident.ongoing", "no", "incident.discovered", "unknown", "incident.discovered_how", "unknown",
		"incident.cause", "internal-accidental",
		"incident.awareness", "Tidspunktet for kendskabet er ikke nærmere fastlagt. Datatilsynet indledte den 25. august 2020 en sag på baggrund af omtale i pressen.",
		"incident.awareness.en", "The time of awareness has not been established more closely. Datatilsynet opened a case on 25 August 2020 after reports in the press.",
		"effect.availability", "permanent", "effect.integrity", "used-recoverable", "effect.disclosure", "none",
		"persons.count", "unknown", "persons.groups", "asylum-seekers", "persons.vulnerable", "yes",
		"persons.protected_identity", "unknown", "persons.records", "unknown",
		"data.categories", "name,location", "data.special", "no",
		"consequences.occurred", "På grundlag af de mangelfulde registreringer var der indledt skridt over for beboere. Det er vurderet, at ingen har fået nedsat eller frataget ydelser på fejlagtigt grundlag for den 2.-3. juli og den 17. juli 2020. For den 9.-10. juni 2020 vides det ikke.",
		"consequences.occurred.en", "Steps against residents had been started on the basis of the incomplete registrations. It is assessed that nobody had benefits reduced or withdrawn on false grounds for 2–3 July and 17 July 2020. For 9–10 June 2020 this is not known.",
		"effect.service_impact", "severe",
		"consequences.likely", "reputation,wrong-decision",
		"consequences.description", "En beboer kan være registreret som fraværende, selv om vedkommende var til stede. Der kan derfor være rejst sager om nedsættelse af ydelser eller indgivet politianmeldelse, og de forkerte oplysninger kan få betydning for senere vurderinger af overtrædelser og gentagelse.",
		"consequences.description.en", "A resident may be registered as absent although present. Cases on lower benefits or reports to the police may therefore have been started, and the incorrect data may weigh in later assessments of violations and repetition.",
		"measures.taken", "- Leverandørerne har fået indskærpet retningslinjerne for behandling af data.\n- Systemet overvåges tættere, der tages hyppigere sikkerhedskopi, og logningsperioden er forlænget.",
		"measures.taken.en", "- The suppliers have been reminded of the data guidelines.\n- The system is monitored more closely, backups are taken more often and the logging period has been extended.",
		"measures.before", "Der blev taget sikkerhedskopi af systemet, men ikke hyppigt nok.",
		"measures.before.en", "Backups of the system were taken, but not often enough.",
		"measures.mitigation", "Der indgives ikke politianmeldelser for de pågældende perioder, og allerede indgivne anmeldelser er kaldt tilbage. Anklagemyndigheden er orienteret om, at oplysninger fra de pågældende datoer ikke kan anvendes. Der ses bort fra perioderne ved beregning af ydelser.",
		"measures.mitigation.en", "No reports to the police are filed for the periods concerned, and reports already filed have been recalled. The prosecution service has been told that data from those dates cannot be used. The periods are disregarded when benefits are calculated.",
		"informed.status", "yes", "informed.when", "2021-08-26", "informed.how", "public-notice",
		"informed.why", "De berørte beboere kan ikke alle nås enkeltvis.",
		"informed.why.en", "The residents concerned cannot all be reached individually.",
		"delay.more_time", "Antallet af berørte registrerede og registreringer samt spørgsmålet om ydelser for den 9.-10. juni 2020 eftersendes, når undersøgelsen er afsluttet.",
		"delay.more_time.en", "The number of data subjects and records concerned, and the question of benefits for 9–10 June 2020, will follow when the examination is finished.",
	).aware("no later than 2020-08-25", "Udlændingestyrelsen", "Tilsynets sag").
		write(timeline.KindAction, "I december 2020 blev anvendelsen af oplysninger fra AMS i straffesager stillet i bero.", "notice:9:da").
		write(timeline.KindAction, "In December 2020 the use of data from AMS in criminal cases was suspended.", "notice:9:en").
		decide("duty-authority", "notify", "Risiko kan ikke udelukkes.", "").
		decide("duty-people", "publicly", "De berørte kan ikke alle nås enkeltvis.", "")
}

// registryLookups is the employee of a municipality who is charged with unlawful
// use of the civil registry. Times are set in the present.
func registryLookups(t testing.TB) *tale {
	return tell(t, timeline.MarkCase, "2026-11-21 14:05").facts(
		"controller.name", "Kommunen", "controller.role", "controller", "controller.public_authority", "yes",
		"controller.sector", "public", "controller.dpo_name", "Databeskyttelsesrådgiveren", "controller.dpo_email", "dpo@kommune.example",
		"incident.description", "En studentermedhjælper med adgang til CPR-registret er sigtet for systematisk uberettiget brug af adgangen. Vedkommende har haft adgang til oplysninger om 1.742 borgere og er mistænkt for at have videregivet oplysninger om 66 af dem via Telegram og Signal. Sagen efterforskes af National enhed for Særlig Kriminalitet (NSK).",
		"incident.description.en", "A student assistant with access to the civil registry has been charged with systematic unlawful use of the access. The person had access to data on 1,742 citizens and is suspected of having passed on data on 66 of them over Telegram and Signal. The police’s special crime unit (NSK) is investigating.",
		"incident.family", "unauthorised-lookup", "incident.cause", "internal-malicious", "incident.targeted", "yes",
		"effect.types", "confidentiality", "incident.systems", "CPR-registret",
		"incident.awareness", "Politiet oplyste kommunen om sigtelsen og fremviste udskrifter af opslag.",
		"incident.awareness.en", "The police told the municipality of the charge and showed printouts of look-ups.",
		"incident.began", "unknown", "incident.ongoing", "no",
		"incident.discovered", "2026-11-19 07:32", "incident.discovered_how", "authority",
		"effect.disclosure", "unknown-recipient", "effect.recipient_intent", "hostile", "effect.access", "confirmed",
		"effect.exfiltration", "likely", "effect.protection", "intelligible", "effect.misuse", "suspected",
		"persons.count", "1742", "persons.counted", "exact", "persons.groups", "citizens", "persons.records", "1742",
		"persons.protected_identity", "unknown", "persons.identifiability", "maximum",
		"subset.videregivet.count", "66", "subset.videregivet.misuse", "suspected",
		"subset.øvrige.count", "1676", "subset.øvrige.misuse", "none",
		"data.categories", "national-id,address,name", "data.special", "no",
		"consequences.likely", "physical-harm,identity-theft,distress,loss-of-control",
		"measures.taken", "Adgangen er spærret, og logfilerne er sikret, før de ville være blevet overskrevet. Opslagene gennemgås enkeltvis.",
		"measures.taken.en", "The access has been withdrawn, and the logs were secured before they would have been overwritten. The look-ups are being examined one by one.",
		"measures.planned", "Politiets trusselsvurdering indhentes for de 66 borgere, som ringes op, før der sendes brev.",
		"measures.planned.en", "The police’s threat assessment will be obtained for the 66 citizens, who will be telephoned before any letter is sent.",
		"informed.status", "no", "informed.exception", "dbl-22-2", "informed.review", "2026-11-24",
		"informed.why", "Politiet har anmodet om, at underretningen afventer efterforskningen.",
		"informed.why.en", "The police have asked that the data subjects are not informed until the investigation allows it.",
		"delay.more_time", "Oplysninger om begyndelsestidspunktet og om navne- og adressebeskyttelse eftersendes senest den 28. november 2026.",
		"delay.more_time.en", "Information on when it began and on name and address protection will follow by 28 November 2026.",
	).suspected("2026-11-18").
		aware("2026-11-19 07:32", "kommunens it-sikkerhedschef", "Politiet oplyste om sigtelsen og fremviste udskrifter af opslag.").
		decide("duty-people", "deferred", "Hensynet til efterforskningen.", "2026-11-24")
}

// openWeb is one of the municipalities whose archive showed CPR numbers, in its
// first hours: much is not known and some has not been looked at.
func openWeb(t testing.TB) *tale {
	return tell(t, timeline.MarkExercise, "2026-11-19 16:00").facts(
		"controller.name", "Kommunen", "controller.role", "controller", "controller.contact_name", "Vagthavende",
		"controller.contact_phone", "70 10 20 30",
		"incident.description", "Bilag med CPR-numre, navne og i enkelte tilfælde kontonumre har ligget i kommunens åbne postlister.",
		"incident.family", "public-exposure", "incident.cause", "internal-accidental", "effect.types", "confidentiality",
		"incident.discovered", "2026-11-19 07:32", "incident.discovered_how", "press", "incident.ongoing", "no",
		"effect.disclosure", "public", "effect.access", "possible", "effect.protection", "intelligible",
		"persons.groups", "citizens,children,patients", "persons.vulnerable", "yes",
		"data.categories", "name,national-id,bank-account,health", "effect.misuse", "unknown",
		"consequences.likely", "identity-theft,distress", "measures.taken", "Siderne er taget ned, og der er sikret kopier som bevis.",
	).estimate("persons.count", "70").estimate("effect.exposure_days", "1100").
		aware("2026-11-19 07:32", "", "")
}
