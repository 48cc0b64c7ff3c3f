// Package config reads the settings of an installation: config.toml, every key of
// which is shown with its default in config.example.toml.
//
// What does not belong here: where the file lies and opening it (cmd), and what a
// setting means to those who use it. It knows no facts, themes or cases.
package config

import (
	"errors"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"timeglas/internal/fault"
)

// Config are the settings.
type Config struct {
	Zone       string     `toml:"zone"`     // name in the IANA database
	Language   string     `toml:"language"` // "en" or "da"
	Screen     Screen     `toml:"screen"`
	Storage    Storage    `toml:"storage"`
	Backup     Backup     `toml:"backup"`
	Retention  Retention  `toml:"retention"`
	Controller Controller `toml:"controller"`
	Notice     Notice     `toml:"notice"`
}

// Screen is how the workbench looks.
type Screen struct {
	Theme string `toml:"theme"` // one of [Themes]
}

// Storage is where cases may lie.
type Storage struct {
	// AllowNetworkFilesystem opens cases on NFS, SMB and the like, which are refused
	// otherwise, since a second machine would damage them. It is recorded in each case.
	AllowNetworkFilesystem bool `toml:"allow_network_filesystem"`
}

// Notice is how notices are written and issued.
type Notice struct {
	Wording string `toml:"wording"` // a folder with the organisation's own wording; empty for the built-in one

	// FourEyes lets a notice be filed only after another account than the one that
	// issued it has approved it.
	FourEyes bool `toml:"four_eyes"`
}

// Controller is the organisation. Its keys are those of the facts controller.*;
// what is not empty is recorded when a case is opened.
type Controller struct {
	Name            string `toml:"name"`
	CVR             string `toml:"cvr"`
	PublicAuthority string `toml:"public_authority"` // "yes", "no" or empty
	Role            string `toml:"role"`
	Sector          string `toml:"sector"`
	ContactName     string `toml:"contact_name"`
	ContactEmail    string `toml:"contact_email"`
	ContactPhone    string `toml:"contact_phone"`
	DPOName         string `toml:"dpo_name"`
	DPOEmail        string `toml:"dpo_email"`
	DPOPhone        string `toml:"dpo_phone"`
}

// Default is what holds without a file.
func Default() Config {
	return Config{Zone: "Europe/Copenhagen", Language: "en", Screen: Screen{Theme: "dark"},
		Backup: Backup{Every: "1h", Keep: 24}}
}

// Languages are the values of language.
func Languages() []string { return []string{"en", "da"} }

// Themes are the values of screen.theme.
func Themes() []string { return []string{"dark", "light", "colour-blind", "mono"} }

// Facts are the settings of the organisation by the name of their fact, without
// those that are empty.
func (c Controller) Facts() map[string]string {
	facts := map[string]string{}
	v := reflect.ValueOf(c)
	for i := range v.NumField() {
		if text := strings.TrimSpace(v.Field(i).String()); text != "" {
			facts["controller."+v.Type().Field(i).Tag.Get("toml")] = text
		}
	}
	return facts
}

// File is a file of settings as it was read.
type File struct {
	Config
	name   string
	source string
}

// MaxSize is the length in bytes that no file of settings exceeds.
const MaxSize = 1 << 20

// Parse reads a file of settings; what it leaves out has its default. The name
// stands in messages. An unknown key, a value of the wrong type or one that cannot
// be is a fault of code Usage that names file and line.
func Parse(source, name string) (File, error) {
	f := File{Config: Default(), name: name, source: source}
	if len(source) > MaxSize {
		return f, fault.New(fault.Usage, name, "more than 1 MB: this is not a file of settings")
	}
	meta, err := toml.Decode(source, &f.Config)
	var syntax toml.ParseError
	if errors.As(err, &syntax) {
		return f, fault.Wrap(fault.Usage, err, f.line(syntax.Position.Line), "%s", strings.TrimSuffix(syntax.Message, "."))
	}
	if err != nil { // the text is TOML, so a value does not fit its key
		return f, fault.Wrap(fault.Usage, err, f.mistyped(), "a value of the wrong type: config.example.toml shows what each setting takes")
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		key := unknown[0].String()
		return f, fault.New(fault.Usage, f.At(key), "there is no setting %s: config.example.toml shows all there are", key)
	}
	return f, f.check()
}

func (f File) check() error {
	if _, err := time.LoadLocation(f.Zone); err != nil || f.Zone == "" || f.Zone == "Local" {
		return fault.New(fault.Usage, f.At("zone"), "%q is not a time zone such as Europe/Copenhagen", f.Zone)
	}
	for _, choice := range []struct {
		key, value string
		values     []string
	}{
		{"language", f.Language, Languages()},
		{"screen.theme", f.Screen.Theme, Themes()},
	} {
		if !slices.Contains(choice.values, choice.value) {
			return fault.New(fault.Usage, f.At(choice.key), "%q is not a value of %s: use one of %s",
				choice.value, choice.key, strings.Join(choice.values, ", "))
		}
	}
	return f.checkKeeping()
}

// At is where the key ("controller.role") stands in the file, as NAME:LINE.
//
// The decoder tells no lines of keys that it could read, so the file is read again
// from its top, line by line, until the key is there. Files are a page long.
func (f File) At(key string) string {
	return f.first(func(top string) bool {
		var tree map[string]any
		meta, err := toml.Decode(top, &tree)
		return err == nil && meta.IsDefined(strings.Split(key, ".")...)
	})
}

// mistyped is where the first value stands that does not fit its key.
func (f File) mistyped() string {
	return f.first(func(top string) bool {
		var c Config
		_, err := toml.Decode(top, &c)
		return err != nil && !errors.As(err, new(toml.ParseError))
	})
}

// first is the first line at which the top of the file, with that line, is so.
func (f File) first(so func(top string) bool) string {
	lines := strings.SplitAfter(f.source, "\n")
	for n := range lines {
		if so(strings.Join(lines[:n+1], "")) {
			return f.line(n + 1)
		}
	}
	return f.name
}

// Beside is a path of the file as the program can open it: one that is not absolute
// lies beside the file.
func (f File) Beside(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(f.name), path)
}

func (f File) line(n int) string { return f.name + ":" + strconv.Itoa(max(n, 1)) }
