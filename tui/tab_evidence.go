package tui

import (
	"fmt"

	"timeglas/incident"
	"timeglas/internal/clean"
	"timeglas/tui/draw"
)

// evidenceTab is the files in the custody of the case, and what happened to each.
type evidenceTab struct{ all []incident.Evidence }

func (e *evidenceTab) place() place { return inEvidence }

func (e *evidenceTab) name() string { return "Evidence" }

func (e *evidenceTab) told(v look) string {
	if n := len(v.s.Case.Evidence); n > 0 {
		return fmt.Sprint(n)
	}
	return ""
}

func (e *evidenceTab) take(v look) { e.all = v.s.Case.Evidence }

func (e *evidenceTab) len() int           { return len(e.all) }
func (e *evidenceTab) heading(int) bool   { return false }
func (e *evidenceTab) key(i int) string   { return e.all[i].Entry }
func (e *evidenceTab) shares() (int, int) { return 55, 45 }
func (e *evidenceTab) stacked() bool      { return false }

func (e *evidenceTab) listTitle(v look, _ int) string {
	total := int64(0)
	for _, f := range e.all {
		total += f.Size
	}
	return plural(len(e.all), "file", "files") + ", " + bytesText(total)
}

func (e *evidenceTab) row(v look, i, width int) row {
	f, t := e.all[i], v.t
	r := row{mark: " ", lead: clean.Line(f.Name), tone: t.Plain,
		rest: t.Muted.Render(bytesText(f.Size) + "  " + v.w.short(f.At) + "  " + f.SHA256[:min(8, len(f.SHA256))])}
	return apart(v, r, width)
}

func (e *evidenceTab) chosen(i int) (incident.Evidence, bool) {
	if i < 0 || i >= len(e.all) {
		return incident.Evidence{}, false
	}
	return e.all[i], true
}

func (e *evidenceTab) textTitle(_ look, i int) string {
	if f, ok := e.chosen(i); ok {
		return clean.Line(f.Name)
	}
	return "Evidence"
}

func (e *evidenceTab) text(v look, i, width int) []string {
	f, ok := e.chosen(i)
	if !ok {
		return draw.Wrap("No file is in custody yet: press e to take one in. It is copied with its SHA-256, and an entry says who took it in, when and from where.", width)
	}
	var lines []string
	add := func(label, text string) {
		if text != "" {
			lines = append(lines, draw.Hang(v.t.Muted.Render(label), text, hang, width)...)
		}
	}
	add("File", clean.Line(f.Name)+", "+bytesText(f.Size))
	add("SHA-256", f.SHA256)
	add("From", clean.Line(f.From))
	add("Taken in", fmt.Sprintf("by %s, %s, entry %d", clean.Line(f.By), v.w.day(f.At), f.Seq))
	add("Why", clean.Line(f.Why))
	for _, filing := range v.s.Case.Filings {
		if filing.Receipt == f.SHA256 {
			add("Receipt", fmt.Sprintf("of what was sent in entry %d", filing.Seq))
		}
	}
	lines = append(lines, "", v.t.Strong.Render("Custody"))
	if len(f.Custody) == 0 {
		lines = append(lines, v.t.Muted.Render("It has not left the store."))
	}
	for _, c := range f.Custody {
		to := "looked at"
		if c.To != "" {
			to = "copy to " + clean.Line(c.To)
		}
		add(v.w.short(c.At), clean.Line(c.By)+": "+to+because(clean.Line(c.Why)))
	}
	return lines
}

func (e *evidenceTab) beside(look, int, int) (string, []string) { return "", nil }

// bytesText is a size as people read it, in powers of 1,024.
func bytesText(n int64) string {
	units := []string{"B", "KiB", "MiB", "GiB", "TiB"}
	size, unit := float64(n), 0
	for size >= 1024 && unit < len(units)-1 {
		size, unit = size/1024, unit+1
	}
	if unit == 0 {
		return fmt.Sprintf("%d B", n)
	}
	return fmt.Sprintf("%.1f %s", size, units[unit])
}
