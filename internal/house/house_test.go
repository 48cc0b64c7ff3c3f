// Package house holds no code, only the test that keeps the arrows between the
// rooms: who may import whom.
package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A room is a folder of the house with everything below it. The longest name that
// fits a package is its room.
type room struct {
	name string
	may  []string // rooms it may import, beside itself and the leaves
	uses []string // modules from outside that only this room and others that name them may import
}

var rooms = []room{
	{name: "cmd/timeglas", may: []string{"tui", "internal/desk", "internal/demo", "playbooks", "incident", "timeline", "storage", "evidence"},
		uses: []string{"github.com/spf13/cobra", "github.com/charmbracelet/x/term"}},
	{name: "tui", may: []string{"internal/desk", "playbooks", "incident", "timeline"},
		uses: []string{"charm.land/bubbletea/v2", "charm.land/lipgloss/v2", "charm.land/bubbles/v2", "github.com/charmbracelet/x/ansi"}},
	{name: "internal/demo", may: []string{"internal/desk", "playbooks", "incident", "timeline"}},
	{name: "internal/desk", may: []string{"playbooks", "incident", "timeline", "evidence"}},
	{name: "playbooks", may: []string{"incident", "timeline"}, uses: []string{"github.com/BurntSushi/toml"}},
	{name: "incident", may: []string{"timeline"}, uses: []string{"github.com/BurntSushi/toml"}},
	{name: "timeline", uses: []string{"github.com/oklog/ulid/v2", "golang.org/x/mod/sumdb"}},
	{name: "storage", may: []string{"timeline"}, uses: []string{"modernc.org/sqlite", "filippo.io/age"}},
	{name: "evidence"},
	{name: "internal/bigcase", may: []string{"playbooks", "incident", "timeline", "storage"}},
	{name: "internal/crash"},
	{name: "internal/keypress", uses: []string{"github.com/creack/pty"}},
}

// leaves may be imported by anyone and import no room and nothing from outside but
// what stands behind their name.
var leaves = map[string][]string{
	"internal/fault":  nil,
	"internal/when":   nil,
	"internal/cpr":    nil,
	"internal/clean":  nil,
	"internal/config": {"github.com/BurntSushi/toml"},
}

const module = "timeglas"

func TestArrowsGoDownOnly(t *testing.T) {
	for dir, imports := range importsByFolder(t) {
		from := roomOf(dir)
		if from == "" {
			t.Errorf("%s stands in no room: give it one here and in docs/architecture.md", dir)
			continue
		}
		for _, imported := range imports {
			if why := forbidden(from, imported); why != "" {
				t.Errorf("%s imports %s: %s", dir, imported, why)
			}
		}
	}
}

// TestOnlyTheEdgesTouchTheWorld: rules are pure functions; files, environment and
// the wall clock belong to cmd and storage.
func TestOnlyTheEdgesTouchTheWorld(t *testing.T) {
	pure := []string{"incident", "playbooks", "timeline", "internal/desk", "internal/when", "internal/cpr", "internal/clean", "internal/demo", "tui"}
	for dir, imports := range importsByFolder(t) {
		if !slices.ContainsFunc(pure, func(p string) bool { return within(dir, p) }) {
			continue
		}
		for _, imported := range imports {
			switch imported {
			case "os", "os/exec", "os/user", "net", "net/http", "database/sql", "syscall":
				t.Errorf("%s imports %s: only cmd and storage touch files, processes and the environment", dir, imported)
			}
		}
	}
}

func forbidden(from, imported string) string {
	inside, ok := strings.CutPrefix(imported, module+"/")
	if !ok {
		return forbiddenOutside(from, imported)
	}
	to := roomOf(inside)
	switch _, toLeaf := leaves[to]; {
	case toLeaf || to == from:
		return ""
	case isLeaf(from):
		return "a leaf imports no room"
	case slices.Contains(roomNamed(from).may, to):
		return ""
	}
	return "arrows go down only, and there is none from " + from + " to " + to
}

// forbiddenOutside: a module from outside is used where this page says so.
func forbiddenOutside(from, imported string) string {
	if !strings.Contains(strings.Split(imported, "/")[0], ".") {
		return "" // the standard library
	}
	allowed := leaves[from]
	if !isLeaf(from) {
		allowed = roomNamed(from).uses
	}
	if slices.ContainsFunc(allowed, func(m string) bool { return within(imported, m) }) {
		return ""
	}
	return "that module belongs to other rooms"
}

func isLeaf(name string) bool { _, ok := leaves[name]; return ok }

func roomNamed(name string) room {
	i := slices.IndexFunc(rooms, func(r room) bool { return r.name == name })
	return rooms[i]
}

// roomOf is the room or leaf in which a folder stands, or empty.
func roomOf(dir string) string {
	for leaf := range leaves {
		if within(dir, leaf) {
			return leaf
		}
	}
	for _, r := range rooms {
		if within(dir, r.name) {
			return r.name
		}
	}
	return ""
}

func within(dir, room string) bool { return dir == room || strings.HasPrefix(dir, room+"/") }

// importsByFolder reads the imports of all code that is not a test.
func importsByFolder(t *testing.T) map[string][]string {
	t.Helper()
	const root = "../.."
	found := map[string][]string{}
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go") {
			return err
		}
		dir, err := filepath.Rel(root, filepath.Dir(file))
		if err != nil {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		dir = filepath.ToSlash(dir)
		found[dir] = append(found[dir], importPaths(parsed.Imports)...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) < len(rooms) {
		t.Fatalf("found only %d folders with code", len(found))
	}
	return found
}

func importPaths(specs []*ast.ImportSpec) []string {
	var paths []string
	for _, spec := range specs {
		if p, err := strconv.Unquote(spec.Path.Value); err == nil {
			paths = append(paths, p)
		}
	}
	return paths
}
