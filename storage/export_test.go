package storage

import (
	"context"
	"database/sql"
	"io/fs"
)

// SQLiteVersion is the version of the library that has the journal open.
func SQLiteVersion(ctx context.Context, j *Journal) (v string, err error) {
	return v, j.db.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&v)
}

// PragmaOfAllConnections asks each connection of a full pool.
func PragmaOfAllConnections(ctx context.Context, j *Journal, name string) (values []string, err error) {
	var held []*sql.Conn
	defer func() {
		for _, c := range held {
			_ = c.Close()
		}
	}()
	for range connections {
		c, err := j.db.Conn(ctx)
		if err != nil {
			return nil, err
		}
		held = append(held, c)
		var v string
		if err := c.QueryRowContext(ctx, "PRAGMA "+name).Scan(&v); err != nil {
			return nil, err
		}
		values = append(values, v)
	}
	return values, nil
}

// ExecOnAllConnections runs a statement on each connection of a full pool.
func ExecOnAllConnections(ctx context.Context, j *Journal, statement string) error {
	var held []*sql.Conn
	defer func() {
		for _, c := range held {
			_ = c.Close()
		}
	}()
	for range connections {
		c, err := j.db.Conn(ctx)
		if err != nil {
			return err
		}
		held = append(held, c)
		if _, err := c.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// Migrate applies the migrations in files to the journal, as opening does.
func Migrate(ctx context.Context, j *Journal, files fs.FS) error {
	steps, err := loadMigrations(files)
	if err != nil {
		return err
	}
	return migrate(ctx, j.db, steps)
}

// Version is the schema of the journal's file.
func Version(ctx context.Context, j *Journal) (int, error) {
	s, err := readSchema(ctx, j.db)
	return s.version, err
}

// Scan steps through the rows that Read reads, without reading them.
func Scan(ctx context.Context, j *Journal) (n int, err error) {
	rows, err := j.db.QueryContext(ctx, readRows, 0)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var head, salt, body sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&head, &salt, &body); err != nil {
			return n, err
		}
		n++
	}
	return n, rows.Err()
}

// On is a home on a file system of this kind that other machines can write to.
func On(kind string) Option {
	return func(h *Home) {
		h.examine = func(string) (filesystem, error) { return filesystem{kind: kind, network: true, free: -1}, nil }
	}
}
