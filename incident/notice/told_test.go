package notice

import (
	"testing"

	"timeglas/incident"
	"timeglas/timeline"
)

// told are the three cases as somebody has told them for people: in plain words
// beside those for the authority.
func told(t testing.TB) map[string]*tale {
	return map[string]*tale{"return-centres": returnCentresTold(t), "registry-lookups": registryLookupsTold(t), "open-web": openWebTold(t)}
}

func returnCentresTold(t testing.TB) *tale {
	s := returnCentres(t).facts("controller.dpo_name", "Databeskyttelsesrådgiveren", "controller.dpo_email", "dpo@us.example")
	for tag, texts := range map[string][2]string{
		"0": {"Datatilsynet traf afgørelse i sagen den 10. august 2021. Derfor har vi set på spørgsmålet igen og giver nu besked til dem, der kan være berørt.",
			"Datatilsynet, the Danish Data Protection Agency, decided the case on 10 August 2021. For that reason we have looked at the question again and now tell those who may be affected."},
		"1": {"Systemet AMS (før SALTO) noterer, når en beboer bruger sit adgangskort ved indgangen til Udrejsecenter Kærshovedgård og Udrejsecenter Sjælsmark. Vi bruger det til at se, om beboerne bor på centret og melder sig, som de skal (udlændingelovens § 42 a).\nI sommeren 2020 gik systemet ned flere gange. Derfor mangler der en del scanninger af kort. At der manglede noget, fandt vi først ud af senere. Det skyldes flere ting, blandt andet menneskelige fejl, og at der ikke blev taget kopier ofte nok.",
			"The system AMS (formerly SALTO) notes when a resident uses the access card at the entrance of Return Centre Kærshovedgård and Return Centre Sjælsmark. We use it to see whether residents live at the centre and report as they must (section 42 a of the Aliens Act).\nIn the summer of 2020 the system was down several times. For that reason a part of the scans is missing. That something was missing we only found out later. There are several causes, among them human error and that copies were not taken often enough."},
		"2": {"- På Kærshovedgård: alle tre perioder\n- På Sjælsmark: 2.-3. juli og 17. juli 2020",
			"- At Kærshovedgård: all three periods\n- At Sjælsmark: 2–3 July and 17 July 2020"},
		"3": {"Du kan være omfattet, hvis du havde fået afslag på asyl, boede på Kærshovedgård eller Sjælsmark i en af perioderne og havde pligt til at bo på centret og melde dig.",
			"You may be affected if you had been refused asylum, lived at Kærshovedgård or Sjælsmark in one of the periods, and had a duty to stay at the centre and report."},
		"5": {"Du kan stå som fraværende, selv om du var på centret. Derfor kan der være startet en sag om lavere ydelser. Du kan også være meldt til politiet. De forkerte oplysninger kan tælle med, hvis der senere er en sag mod dig.\nVi vurderer, at ingen har mistet ydelser på grund af fejlen den 2.-3. juli og den 17. juli 2020. For den 9.-10. juni 2020 ved vi det ikke endnu.",
			"You may be listed as absent although you were at the centre. A case on lower benefits may therefore have been started. You may also have been reported to the police. The wrong data can count if there is a case against you later.\nWe think that nobody has lost benefits because of the error on 2–3 July and 17 July 2020. For 9–10 June 2020 we do not know yet."},
		"6": {"- Vi melder ingen til politiet for de dage. Det, der var meldt, er trukket tilbage.\n- Anklagerne har fået at vide, at de ikke må bruge oplysninger fra de dage.\n- De dage tæller ikke med, når dine ydelser regnes ud.\n- Systemet holdes bedre øje med, der tages kopier oftere, og loggen gemmes længere.\n- Den 1. august 2020 tog Hjemrejsestyrelsen over.\n- I december 2020 blev AMS sat på pause i straffesager.\n- I januar 2021 begyndte en undersøgelse af AMS udefra.",
			"- We report nobody to the police for those days. What was reported has been recalled.\n- The prosecutors have been told that they cannot use data from those days.\n- Those days do not count when your benefits are worked out.\n- The system is watched more closely, copies are taken more often, and the log is kept longer.\n- On 1 August 2020 the Return Agency took over.\n- In December 2020 the use of AMS in criminal cases was suspended.\n- In January 2021 an examination of AMS from outside began."},
	} {
		s.write(timeline.KindCommunication, texts[0], "public:"+tag+":da").write(timeline.KindCommunication, texts[1], "public:"+tag+":en")
	}
	return s
}

func registryLookupsTold(t testing.TB) *tale {
	return registryLookups(t).facts("controller.contact_name", "Borgerlinjen", "controller.contact_phone", "70 10 20 30",
		"subset.øvrige.disclosure", "own-staff", "subset.øvrige.recipient_intent", "unknown").
		write(timeline.KindCommunication, "En af vores ansatte, som havde adgang til CPR-registret, er sigtet for at have brugt den ulovligt. Politiet er i gang med sagen. Ingen er dømt.", "letter:1:da").
		write(timeline.KindCommunication, "One of our staff, who had access to the civil registry, has been charged with using it unlawfully. The police are working on the case. Nobody has been convicted.", "letter:1:en").
		write(timeline.KindCommunication, "Vi har lukket for adgangen og sikret logfilerne. Nu går vi hvert opslag igennem.", "letter:4:da").
		write(timeline.KindCommunication, "We have closed the access and secured the logs. Now we go through each look-up.", "letter:4:en")
}

func openWebTold(t testing.TB) *tale {
	return openWeb(t).
		write(timeline.KindCommunication, "Breve og bilag med navne og CPR-numre lå ved en fejl på kommunens hjemmeside. I nogle af dem stod der også et kontonummer eller noget om helbred.", "letter:1:da").
		write(timeline.KindCommunication, "Letters and papers with names and CPR numbers were put on the municipality’s website by mistake. Some of them also held an account number or something about health.", "letter:1:en")
}

func telling(to incident.Recipient, lang string) Request {
	return Request{To: to, Phase: incident.PhaseInitial, Lang: lang}
}

func (s *tale) mustAs(req Request) Document {
	s.t.Helper()
	d, err := s.composeAs(req)
	if err != nil {
		s.t.Fatal(err)
	}
	return d
}

// letters are the texts for people that the cases give.
func letters(t testing.TB, lang string) map[string]Document {
	tales := told(t)
	all := map[string]Document{}
	for _, reader := range Readers() {
		req := telling(incident.ToSubjects, lang)
		req.Reader = reader
		all["open-web.letter."+string(reader)] = tales["open-web"].mustAs(req)
	}
	for name, subset := range map[string]string{"passed-on": "videregivet", "others": "øvrige"} {
		req := telling(incident.ToSubjects, lang)
		req.Subset = subset
		all["registry-lookups.letter."+name] = tales["registry-lookups"].mustAs(req)
	}
	all["return-centres.public"] = tales["return-centres"].mustAs(telling(incident.ToPublic, lang))
	all["open-web.public"] = tales["open-web"].mustAs(telling(incident.ToPublic, lang))
	return all
}

func TestTheCasesGiveTheirTextsForPeople(t *testing.T) {
	for _, lang := range []string{"da", "en"} {
		for name, d := range letters(t, lang) {
			golden(t, name+"."+lang+".txt", d.Text())
		}
	}
}

func TestTheOtherOfficesGetTheirTexts(t *testing.T) {
	for _, lang := range []string{"da", "en"} {
		lookups := registryLookupsTold(t).write(timeline.KindAction, "Logfilerne er sikret den 19. november 2026 kl. 09.40.", "police:6:da").
			write(timeline.KindAction, "The logs were secured on 19 November 2026 at 09:40.", "police:6:en")
		golden(t, "registry-lookups.police."+lang+".txt", lookups.mustAs(telling(incident.ToPolice, lang)).Text())
		golden(t, "return-centres.internal."+lang+".txt", returnCentres(t).mustAs(telling(incident.ToInternal, lang)).Text())
		processor := openWeb(t).facts("controller.name", "Hostingselskabet", "controller.role", "processor")
		golden(t, "open-web.controller."+lang+".txt", processor.mustAs(telling(incident.ToController, lang)).Text())
	}
}
