package edpb

// words are the few that the template takes as text and that are no sentence of the
// twelve points.
type words struct {
	yes, notStated, notApplicable string
	contact, processor, joint     string
}

// wordsIn is by language and never changed.
var wordsIn = map[string]words{
	"da": {yes: "Ja", notStated: "Ikke oplyst", notApplicable: "Ikke relevant",
		contact: "Kontaktperson hos den dataansvarlige", processor: "Databehandler", joint: "Fælles dataansvarlig"},
	"en": {yes: "Yes", notStated: "Not stated", notApplicable: "Not applicable",
		contact: "Contact person of the controller", processor: "Processor", joint: "Joint controller"},
}

func notStated(w words) string { return w.notStated }
