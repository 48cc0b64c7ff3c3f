package playbooks

import (
	"regexp"
	"strings"
)

// block is a heading of a playbook's TOML with the lines below it, up to the next
// heading. The first block has no heading. Blocks are decoded one by one, because
// the decoder tells neither the line of a key nor the order of steps among gates.
type block struct {
	heading string // "step", "gate.option" …; empty for the first block
	raw     string // the heading as it is written, for messages
	line    int    // of the heading, from 1
	first   int    // the line at which body starts
	body    string
	keys    map[string]int // the line of each key of the body, "title.da" as written
}

// lineOf is the line at which the key is written, or the table that holds it, or
// the heading.
func (b *block) lineOf(key string) int {
	for key != "" {
		if line, ok := b.keys[key]; ok {
			return line
		}
		key = key[:max(strings.LastIndexByte(key, '.'), 0)]
	}
	return b.line
}

var (
	headingLine = regexp.MustCompile(`^\[\[\s*([A-Za-z0-9_-]+(?:\s*\.\s*[A-Za-z0-9_-]+)*)\s*\]\]\s*(?:#[^\x00-\x08\x0a-\x1f\x7f]*)?$`) // TOML has no control characters
	keyLine     = regexp.MustCompile(`^([A-Za-z0-9_-]+(?:\s*\.\s*[A-Za-z0-9_-]+)*)\s*=`)
	blanks      = strings.NewReplacer(" ", "", "\t", "")
)

// split cuts a source into its blocks. It follows strings and brackets, so that
// nothing inside a text is taken for a heading, and leaves every judgement on the
// syntax to the decoder.
func split(source string) []*block {
	source = strings.TrimPrefix(strings.ReplaceAll(source, "\r\n", "\n"), "\ufeff")
	current := &block{line: 1, first: 1, keys: map[string]int{}}
	blocks := []*block{current}
	var at scanner
	start := 0 // where the body of current starts
	number := 0
	for offset := 0; offset < len(source); {
		end := len(source)
		if i := strings.IndexByte(source[offset:], '\n'); i >= 0 {
			end = offset + i + 1
		}
		line := source[offset:end]
		text := strings.TrimSpace(line)
		number++
		switch {
		case at.betweenValues() && strings.HasPrefix(text, "["):
			current.body = source[start:offset]
			current = &block{raw: text, line: number, first: number + 1, keys: map[string]int{}}
			if m := headingLine.FindStringSubmatch(text); m != nil {
				current.heading = blanks.Replace(m[1])
			}
			blocks = append(blocks, current)
			start = end
		case at.betweenValues():
			if m := keyLine.FindStringSubmatch(text); m != nil {
				key := blanks.Replace(m[1])
				if _, repeated := current.keys[key]; !repeated {
					current.keys[key] = number
				}
			}
			at.read(line)
		default:
			at.read(line)
		}
		offset = end
	}
	current.body = source[start:]
	return blocks
}

// scanner follows a TOML text line by line: is the place inside a text of several
// lines, or inside brackets?
type scanner struct {
	quote string // `"""` or `'''` inside a text of several lines
	depth int    // of open brackets
}

func (s *scanner) betweenValues() bool { return s.quote == "" && s.depth == 0 }

func (s *scanner) read(line string) {
	for i := 0; i < len(line); {
		if s.quote != "" {
			i = s.insideText(line, i)
			continue
		}
		switch c := line[i]; c {
		case '#':
			return
		case '"', '\'':
			if quote := strings.Repeat(string(c), 3); strings.HasPrefix(line[i:], quote) {
				s.quote = quote
				i += 3
			} else {
				i = afterString(line, i+1, c)
			}
			continue
		case '[', '{':
			s.depth++
		case ']', '}':
			s.depth = max(s.depth-1, 0)
		}
		i++
	}
}

// insideText moves on by one character of a text of several lines, or over its
// end, where up to two more quotes belong to the text.
func (s *scanner) insideText(line string, i int) int {
	if line[i] == '\\' && s.quote == `"""` {
		return i + 2
	}
	if !strings.HasPrefix(line[i:], s.quote) {
		return i + 1
	}
	i += 3
	for extra := 0; extra < 2 && i < len(line) && line[i] == s.quote[0]; extra++ {
		i++
	}
	s.quote = ""
	return i
}

// afterString is the place after a string of one line whose inside starts at i.
func afterString(line string, i int, quote byte) int {
	for ; i < len(line); i++ {
		switch {
		case line[i] == '\\' && quote == '"':
			i++
		case line[i] == quote:
			return i + 1
		}
	}
	return i
}
