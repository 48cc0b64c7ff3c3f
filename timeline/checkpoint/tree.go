package checkpoint

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"timeglas/timeline"
)

// Tree is the Merkle tree (RFC 6962, SHA-256) over the heads of a journal, which are
// added one after another. It keeps the roots of its whole subtrees only, so that it
// has at most 63 hashes for any number of entries. The zero Tree is empty.
type Tree struct {
	size  int64
	roots []tlog.Hash // of whole subtrees, the largest first: one for each bit set in size
}

// Add adds the bytes of the next head.
func (t *Tree) Add(head []byte) {
	h := tlog.RecordHash(head)
	for bits := t.size; bits&1 == 1; bits >>= 1 {
		last := len(t.roots) - 1
		h = tlog.NodeHash(t.roots[last], h)
		t.roots = t.roots[:last]
	}
	t.roots = append(t.roots, h)
	t.size++
}

// Size is the number of heads added.
func (t *Tree) Size() int64 { return t.size }

// Root is the root over what was added so far; that of an empty tree is zero.
func (t *Tree) Root() timeline.Hash {
	if t.size == 0 {
		return timeline.Hash{}
	}
	last := len(t.roots) - 1
	root := t.roots[last]
	for i := last - 1; i >= 0; i-- {
		root = tlog.NodeHash(t.roots[i], root)
	}
	return timeline.Hash(root)
}

// Whole is a Tree that keeps every hash, about 64 bytes for an entry, so that it can
// tell the path from an entry to the root.
type Whole struct {
	size   int64
	hashes []tlog.Hash // in the order of tlog.StoredHashIndex
}

// Add adds the bytes of the next head.
func (w *Whole) Add(head []byte) error {
	hashes, err := tlog.StoredHashes(w.size, head, w)
	if err != nil {
		return fmt.Errorf("tree: %w", err)
	}
	w.hashes = append(w.hashes, hashes...)
	w.size++
	return nil
}

// Path is the audit path (RFC 6962, 2.1.1) of the entry with that sequence in the
// tree over all that was added.
func (w *Whole) Path(seq int64) ([]timeline.Hash, error) {
	proof, err := tlog.ProveRecord(w.size, seq-1, w)
	if err != nil {
		return nil, fmt.Errorf("tree: %w", err)
	}
	path := make([]timeline.Hash, len(proof))
	for i, h := range proof {
		path[i] = timeline.Hash(h)
	}
	return path, nil
}

// ReadHashes is what the package tlog asks a tree.
func (w *Whole) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, at := range indexes {
		if at < 0 || at >= int64(len(w.hashes)) {
			return nil, fmt.Errorf("there is no hash %d of %d", at, len(w.hashes))
		}
		hashes[i] = w.hashes[at]
	}
	return hashes, nil
}
