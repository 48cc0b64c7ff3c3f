package notice

import (
	"testing"
	"testing/fstest"

	"timeglas/internal/fault"
)

// FuzzReadWording reads files of wording that an organisation could have written.
func FuzzReadWording(f *testing.F) {
	names := WordingFiles()
	for _, source := range []string{"", "[title]\n", "[head]\nto = \"x\"\n", "[sentences]\nx = \"{n} people\"\n", "title = 1", "[facts.x]\ny=\"\"\n", "\xff", "[title]\ninitial = \"{{\"\n"} {
		f.Add(uint8(0), source)
		f.Add(uint8(3), source)
	}
	f.Fuzz(func(t *testing.T, which uint8, source string) {
		name := names[int(which)%len(names)]
		_, err := ReadWording(fstest.MapFS{name: {Data: []byte(source)}}, "wording")
		if err != nil && !fault.Is(err, fault.Usage) {
			t.Fatalf("%s: %v", name, err)
		}
	})
}
