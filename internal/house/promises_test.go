package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestEveryGoroutineCatchesItsPanics: one that is not caught prints its value, which
// can hold text of a case, and leaves the terminal as the screen had it.
func TestEveryGoroutineCatchesItsPanics(t *testing.T) {
	found := 0
	eachFile(t, func(path string) bool {
		return !strings.HasSuffix(path, "_test.go") && !strings.HasPrefix(path, "internal/crash") && !strings.HasPrefix(path, "internal/keypress")
	}, func(path string, files *token.FileSet, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			if body := concurrent(n); body != nil {
				found++
				if !recovers(body) {
					t.Errorf("%s starts a goroutine without recover", files.Position(n.Pos()))
				}
			}
			return true
		})
	})
	if found == 0 {
		t.Error("no goroutine was found, so nothing was tested")
	}
}

// concurrent is what a node runs beside the rest, or nil.
func concurrent(n ast.Node) ast.Node {
	switch n := n.(type) {
	case *ast.GoStmt:
		return n.Call
	case *ast.CallExpr:
		if method, ok := n.Fun.(*ast.SelectorExpr); ok && (method.Sel.Name == "Go" || method.Sel.Name == "AfterFunc") {
			return n
		}
	}
	return nil
}

func recovers(body ast.Node) (found bool) {
	ast.Inspect(body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if ok {
			name, ok := call.Fun.(*ast.Ident)
			found = found || ok && name.Name == "recover"
		}
		return true
	})
	return found
}

// TestThePromisesNameTestsThatExist keeps docs/promises.md honest.
func TestThePromisesNameTestsThatExist(t *testing.T) {
	tests := map[string]bool{}
	eachFile(t, func(path string) bool { return strings.HasSuffix(path, "_test.go") }, func(_ string, _ *token.FileSet, file *ast.File) {
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok {
				tests[f.Name.Name] = true
			}
		}
	})
	page, err := os.ReadFile("../../docs/promises.md")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("`(Test[A-Za-z0-9]+)`").FindAllSubmatch(page, -1)
	for _, name := range named {
		if !tests[string(name[1])] {
			t.Errorf("docs/promises.md names %s, which is not there", name[1])
		}
	}
	if len(named) < 20 {
		t.Errorf("docs/promises.md names only %d tests", len(named))
	}
}

// eachFile parses the Go files of the house that are wanted; paths are from its
// root.
func eachFile(t *testing.T, wanted func(path string) bool, look func(path string, files *token.FileSet, file *ast.File)) {
	t.Helper()
	const root = "../.."
	err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" {
			return err
		}
		inside, err := filepath.Rel(root, path)
		if err != nil || !wanted(filepath.ToSlash(inside)) {
			return err
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err == nil {
			look(inside, files, file)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
