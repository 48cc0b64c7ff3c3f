package playbooks

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"

	"timeglas/internal/fault"
)

//go:embed builtin/*.toml
var builtin embed.FS

// Library is a set of playbooks by key. It is not changed after it is made.
type Library struct {
	books []*Playbook // triage first, then by key
}

// Builtin is the library of the playbooks that come with the program.
func Builtin() (*Library, error) {
	const dir = "builtin"
	files, err := builtin.ReadDir(dir)
	if err != nil {
		return nil, fault.Wrap(fault.Failed, err, "built-in playbooks", "cannot be read: the program is damaged, install it again")
	}
	var l Library
	for _, file := range files {
		source, err := builtin.ReadFile(path.Join(dir, file.Name()))
		if err != nil {
			return nil, fault.Wrap(fault.Failed, err, "built-in playbooks", "cannot be read: the program is damaged, install it again")
		}
		book, err := Parse(string(source), file.Name())
		if err != nil {
			return nil, err
		}
		l.books = append(l.books, book)
	}
	slices.SortStableFunc(l.books, func(a, b *Playbook) int {
		if (a.Key == KeyTriage) != (b.Key == KeyTriage) {
			return map[bool]int{true: -1, false: 1}[a.Key == KeyTriage]
		}
		return strings.Compare(a.Key, b.Key)
	})
	return &l, nil
}

// List is every playbook, triage first and then by key. The caller may change the
// slice, but not the playbooks.
func (l *Library) List() []*Playbook { return slices.Clone(l.books) }

// Keys are the keys of the playbooks, in the order of [Library.List].
func (l *Library) Keys() []string {
	keys := make([]string, len(l.books))
	for i, book := range l.books {
		keys[i] = book.Key
	}
	return keys
}

// Get is the playbook with the key, or a [fault.NotFound] that names the keys
// there are.
func (l *Library) Get(key string) (*Playbook, error) {
	for _, book := range l.books {
		if book.Key == key {
			return book, nil
		}
	}
	return nil, fault.New(fault.NotFound, fmt.Sprintf("playbook %q", printable(key)),
		"there is none of that key: choose one of %s", strings.Join(l.Keys(), ", "))
}
