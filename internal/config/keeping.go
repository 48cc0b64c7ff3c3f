package config

import (
	"path/filepath"
	"time"

	"timeglas/internal/fault"
)

// Backup says how automatic backups are made.
type Backup struct {
	Every     string `toml:"every"`     // a length of time of at least a minute, or "off"
	Keep      int    `toml:"keep"`      // how many of each case
	Directory string `toml:"directory"` // absolute; empty: in the home
}

// Retention says how long closed cases are kept.
type Retention struct {
	Months int `toml:"months"` // from closing on; 0: whoever disposes decides
}

// Interval is the time between automatic backups, 0 for none.
func (b Backup) Interval() time.Duration {
	every, err := time.ParseDuration(b.Every)
	if err != nil {
		return 0 // "off": the text was checked when it was read
	}
	return every
}

// checkKeeping reports what cannot be in the settings for backups and retention.
func (f File) checkKeeping() error {
	every, err := time.ParseDuration(f.Backup.Every)
	switch {
	case f.Backup.Every != "off" && (err != nil || every < time.Minute):
		return fault.New(fault.Usage, f.At("backup.every"), "%q is not a time between backups: write one of at least a minute such as 1h or 30m, or off", f.Backup.Every)
	case f.Backup.Keep < 1 || f.Backup.Keep > 10000:
		return fault.New(fault.Usage, f.At("backup.keep"), "%d is not a number of backups to keep: write 1 to 10000", f.Backup.Keep)
	case f.Backup.Directory != "" && !filepath.IsAbs(f.Backup.Directory):
		return fault.New(fault.Usage, f.At("backup.directory"), "it must begin at the root of the file system, so that it is the same from everywhere")
	case f.Retention.Months < 0 || f.Retention.Months > 1200:
		return fault.New(fault.Usage, f.At("retention.months"), "%d is not a number of months: write 0 to 1200", f.Retention.Months)
	}
	return nil
}
