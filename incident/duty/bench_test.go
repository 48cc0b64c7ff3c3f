package duty

import "testing"

func BenchmarkAssessTheRegistryLookUpsWithTwoSubsets(b *testing.B) {
	sheet := read(b, "case-2-registry-look-ups")
	for b.Loop() {
		Assess(sheet, Context{})
	}
}

func BenchmarkAssessNothing(b *testing.B) {
	for b.Loop() {
		Assess(nil, Context{})
	}
}
