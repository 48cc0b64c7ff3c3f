package storage

import (
	"context"
	"database/sql"
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
