//go:build !windows

package main

import (
	"os"
	"os/user"
	"strconv"
)

// account is the name of the account under which the process was started. It is
// looked up by number: user.Current believes $USER where there is no cgo, and
// anybody can set that.
func account() string {
	uid := strconv.Itoa(os.Getuid())
	if u, err := user.LookupId(uid); err == nil && u.Username != "" {
		return u.Username
	}
	return "uid " + uid
}
