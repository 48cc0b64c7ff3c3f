package interchange

import "strings"

// record is a row of a file by the names of its columns or keys. Whatever is not
// taken from it is kept as extra fields, so nothing a file says is lost.
type record struct {
	names, cells []string
	taken        []bool
}

func (r *record) reset(names, cells []string) {
	r.names, r.cells = names, cells
	r.taken = append(r.taken[:0], make([]bool, len(cells))...)
}

// take is the value under a name, empty when there is none.
func (r *record) take(name string) string {
	value, _ := r.find(name)
	return value
}

// find is take, and whether the record has that name.
func (r *record) find(name string) (string, bool) {
	for i, n := range r.names {
		if n == name {
			r.taken[i] = true
			return r.cells[i], true
		}
	}
	return "", false
}

// rest are the values that were not taken and are not empty.
func (r *record) rest() []Field {
	var fields []Field
	for i, taken := range r.taken {
		if !taken && r.cells[i] != "" {
			fields = append(fields, Field{r.names[i], r.cells[i]})
		}
	}
	return fields
}

// splitTags reads the tags of one cell: a JSON list, or words with one of the signs
// between them.
func splitTags(text, signs string) []string {
	if strings.HasPrefix(text, "[") {
		if list, err := stringList(text); err == nil {
			return list
		}
	}
	var tags []string
	for tag := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(signs, r) }) {
		if tag = strings.TrimSpace(tag); tag != "" {
			tags = append(tags, tag)
		}
	}
	return tags
}
