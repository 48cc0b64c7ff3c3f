package notice

import "strings"

// The lists help a guess and are not complete: given names and family names that are
// common in Denmark and that are no common words, and capitalised words that are no
// names of people.

var commonNames = setOf(`
	anders andreas anja anna anne annette asger astrid bent birgit birgitte birthe bjarne bodil brian camilla carl casper
	charlotte christian christina christoffer claus dorte dorthe elisabeth ellen emil emilie emma erik esben eva
	fatima finn freja frederik frida gitte grethe hanne hans helle henning henrik ida inge inger ingrid ivan jacob jakob
	jan jane janne jens jesper jette jonas josefine jytte jørgen kaj karen karin karina kasper katrine kim kirsten kirstine
	kjeld klaus knud kristian kristina kurt lars lasse laura lene leif lis lisbeth lise lone lotte louise lærke mads magnus
	maja maria marianne marie martin mathias mathilde mehmet merete mette michael mikkel mogens mohamed mohammed morten
	muhammad niels nikolaj nina ole oliver oscar oskar peder peter pia poul preben rasmus rikke rita ruth sanne sara
	sarah sebastian signe simon sofie solveig steen susanne sven svend søren thea thomas thomsen tina tobias tove troels
	ulla victor viggo vibeke zeynep aisha ahmed ali hassan hussein ibrahim omar yusuf
	john james robert william david richard joseph charles daniel matthew anthony paul george kevin edward jason ryan
	elizabeth jennifer linda patricia susan jessica nancy lisa betty margaret sandra ashley
	jensen nielsen hansen pedersen andersen christensen larsen sørensen rasmussen jørgensen petersen madsen kristensen
	olsen christiansen poulsen johansen knudsen mortensen møller jacobsen jakobsen mikkelsen olesen frederiksen laursen
	henriksen lund schmidt eriksen holm kristiansen clausen simonsen svendsen andreasen iversen jeppesen mogensen jespersen
	nissen lauridsen frandsen østergaard jepsen kjær carlsen vestergaard nørgaard dahl christoffersen skov bertelsen
	enevoldsen mathiesen danielsen gregersen nguyen smith johnson brown jones miller davis wilson`)

var notNames = setOf(`
	januar februar marts april maj juni juli august september oktober november december
	january february march may june july october
	mandag tirsdag onsdag torsdag fredag lørdag søndag monday tuesday wednesday thursday friday saturday sunday
	danmark danish denmark dansk københavn copenhagen aarhus århus odense aalborg esbjerg randers kolding horsens vejle roskilde
	sjælland fyn jylland bornholm grønland færøerne greenland europa europe european europæiske nordjylland midtjylland syddanmark hovedstaden
	kærshovedgård sjælsmark avnstrup ellebæk
	kommune municipality region ministry ministeriet service agency authority board council court police immigration return centre center centres
	department office unit crime special national enhed kriminalitet særlig data protection act regulation article artikel section general gdpr
	digital post mit id nemid mitid microsoft google windows linux office outlook teams sharepoint azure amazon aws oracle sap telegram signal
	facebook instagram whatsapp chrome firefox excel word adobe citrix vmware cisco apple iphone android github gitlab salto ams cpr cvr dpo
	aps a/s as ltd gmbh inc llc group holding bank forsikring university universitet hospital
	the a an in on at of and or for from to by with this that these those we they it he she its our their when while after before during since
	der de den det en et i på og eller fra til ved med som vi han hun da når efter før under siden dette disse denne ingen alle
	covid eu eøs eea edpb nsk datatilsynet rigspolitiet skat udbetaling
	bilag sag sager fase version punkt kapitel`)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(words) {
		set[word] = true
	}
	return set
}
