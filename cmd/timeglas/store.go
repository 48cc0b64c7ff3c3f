package main

import (
	"context"

	"timeglas/internal/desk"
	"timeglas/storage"
)

// homeStore is a home as the desk wants it: the same cases under the desk's own
// types, so that neither room knows the other.
type homeStore struct{ *storage.Home }

func (s homeStore) Open(ctx context.Context, ref string) (desk.Journal, error) {
	j, err := s.Home.Open(ctx, ref)
	if err != nil {
		return nil, err // not j: a nil *Journal is not a nil desk.Journal
	}
	return j, nil
}

func (s homeStore) Register(ctx context.Context, write bool) (desk.Journal, error) {
	if has, err := s.Home.HasRegister(); err != nil || (!has && !write) {
		return nil, err
	}
	j, err := s.Home.Register(ctx)
	if err != nil {
		return nil, err
	}
	return j, nil
}

func (s homeStore) Refs(ctx context.Context) ([]desk.Ref, error) {
	cases, err := s.Home.Refs(ctx)
	refs := make([]desk.Ref, len(cases))
	for i, c := range cases {
		refs[i] = desk.Ref{Name: c.Ref, Mark: c.Mark}
	}
	return refs, err
}
