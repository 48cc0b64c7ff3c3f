package main

import "os/user"

// account is the name of the account under which the process runs: Windows reads
// it from the process's own token.
func account() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	return "unknown account"
}
