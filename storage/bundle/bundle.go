// Package bundle is the one-file form of a case: a backup, or an archive for
// handing a case over. A bundle is a plain tar file that any tar reads, or the same
// encrypted with age (https://age-encryption.org/v1):
//
//	timeglas.json      what it is the bundle of
//	case.db            the journal, as it stood at one moment
//	evidence/SHA256…   the evidence, each file named by its SHA-256
//	imports/NAME.db    imported timelines
//	SHA256SUMS         the SHA-256 of each of them, as sha256sum reads it
//
// There is nothing else in it, in no other order of first and last, and no
// compression, so nothing in a bundle can be larger than the bundle.
//
// What does not belong here: where bundles lie and what is made of one (storage),
// and what a journal says.
package bundle

import (
	"encoding/hex"
	"regexp"
	"strings"
	"time"

	"timeglas/timeline"
)

// The names in a bundle.
const (
	manifestName = "timeglas.json"
	sumsName     = "SHA256SUMS"

	// JournalName is the member that holds the journal.
	JournalName = "case.db"
	// EvidenceDir and ImportsDir are the folders of the other members.
	EvidenceDir = "evidence"
	ImportsDir  = "imports"
)

// formatVersion is the version of this format.
const formatVersion = 1

// Manifest says what a bundle is the bundle of.
type Manifest struct {
	Format  int           `json:"timeglas_bundle"` // 1; set by the writer
	Ref     string        `json:"ref"`
	Mark    timeline.Mark `json:"mark"`
	Journal string        `json:"journal"` // the id in every head
	Entries int64         `json:"entries"`
	Head    string        `json:"head"` // hash of the last entry, in hexadecimal
	Made    time.Time     `json:"made"`

	// Beside says that the evidence and the imports are not members, but lie in the
	// folders evidence and imports beside the file: of hourly backups each would
	// otherwise hold all evidence again.
	Beside bool `json:"beside,omitempty"`
}

var importName = regexp.MustCompile(`^imports/[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}\.db$`)

// Storable reports whether a file of a case's evidence or imports can be in a
// bundle: evidence is named by its SHA-256, an import by a plain name.
func Storable(name string) bool {
	if sum, ok := strings.CutPrefix(name, EvidenceDir+"/"); ok {
		return isSum(sum)
	}
	return importName.MatchString(name)
}

func isSum(s string) bool {
	_, err := timeline.ParseHash(s)
	return err == nil
}

// sumLine is a line of SHA256SUMS.
func sumLine(sum [32]byte, name string) string {
	return hex.EncodeToString(sum[:]) + "  " + name + "\n"
}
