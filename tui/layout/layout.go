// Package layout says where things stand on a screen of a given size. Everything in
// it is a pure function of width, height and mode.
//
// What does not belong here: what stands there (tui), and how it looks (theme).
package layout

// Size is that of a screen or a part of it, in cells.
type Size struct{ W, H int }

// Mode is how much room there is.
type Mode int

// The modes.
const (
	TooSmall Mode = iota // one line and the deadline
	Narrow               // one pane at a time
	Wide                 // panes beside each other
	Broad                // three of them
)

// The sizes at which a mode begins.
const (
	MinW   = 60
	MinH   = 15
	WideW  = 120
	BroadW = 160
)

// ModeOf is the mode of a screen.
func ModeOf(s Size) Mode {
	switch {
	case s.W < MinW || s.H < MinH:
		return TooSmall
	case s.W < WideW:
		return Narrow
	case s.W < BroadW:
		return Wide
	}
	return Broad
}

// Frame is a screen cut into its fixed lines and the body between them: a header,
// the deadline, the tabs where a screen has them, and the footer.
type Frame struct {
	Mode Mode
	Size Size
	Body Size
}

// FrameOf cuts a screen. Lines above the body: two, and those that a screen has more;
// below it one.
func FrameOf(s Size, more int) Frame {
	above := 2 + more
	return Frame{Mode: ModeOf(s), Size: s, Body: Size{W: s.W, H: max(s.H-above-1, 0)}}
}

// Columns cuts a width by shares; what does not divide goes to the last.
func Columns(width int, shares ...int) []int {
	total := 0
	for _, s := range shares {
		total += s
	}
	widths := make([]int, len(shares))
	left := width
	for i, s := range shares {
		widths[i] = width * s / total
		left -= widths[i]
	}
	widths[len(widths)-1] += left
	return widths
}

// Inside is the room within a border.
func (s Size) Inside() Size { return Size{W: max(s.W-4, 0), H: max(s.H-2, 0)} }

// LatestHeight is the height of the pane with the latest entries under the panes of
// a body, 0 where there is no room for it.
func LatestHeight(f Frame) int {
	if f.Mode < Wide || f.Body.H < 28 {
		return 0
	}
	return 7
}

// Window is the part of total rows that is shown in height, so that cursor is in it
// and as little as possible moves from top, the first row shown before.
func Window(top, cursor, total, height int) (from, to int) {
	height = max(height, 0)
	if height == 0 || total <= 0 {
		return 0, 0
	}
	from = min(top, cursor)
	if cursor >= from+height {
		from = cursor - height + 1
	}
	from = max(min(from, total-height), 0)
	return from, min(from+height, total)
}
