//go:build !unix

package storage_test

import "context"

// systemRoles are those of Unix: umask and accounts.
var systemRoles map[string]func(ctx context.Context, home, arg string) error
