package storage

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
)

// SQLite takes a -wal file up to its first frame that is not right for the end of what
// was written: that is what a crash leaves. Entries behind a frame that was damaged
// later would be gone without a word, so the file is looked at before it is opened.
// https://www.sqlite.org/fileformat2.html#the_write_ahead_log

const (
	walHeader   = 32
	frameHeader = 24
	walMagic    = 0x377f0682 // its lowest bit: the checksums are of big-endian words
)

var errLostTail = errors.New("what was saved last is lost: " + journalFile + "-wal was damaged after it was written")

// lostTail reports whether a -wal file holds whole transactions behind a frame that is
// not right. One could be what a crash left of the last transaction; two cannot, since
// the second is only begun when the first is done. A file that others are writing to can
// look so for a moment, hence the second look.
func lostTail(path string) bool {
	first, err := os.ReadFile(path)
	if err != nil {
		return false // there is none, or opening says better why it cannot be read
	}
	lost, good := lostCommits(first)
	if lost < 2 {
		return false
	}
	second, err := os.ReadFile(path)
	if err != nil || len(second) < walHeader || !bytes.Equal(first[:walHeader], second[:walHeader]) {
		return false
	}
	again, same := lostCommits(second)
	return again >= 2 && same == good
}

// lostCommits counts the transactions that end behind the first frame that is not
// right, and the frames before it.
func lostCommits(wal []byte) (lost, good int) {
	if len(wal) < walHeader+frameHeader {
		return 0, 0
	}
	magic, page := binary.BigEndian.Uint32(wal), int(binary.BigEndian.Uint32(wal[8:]))
	if magic&^1 != walMagic || page < 512 || page > 65536 || page&(page-1) != 0 {
		page = 4096 // SQLite's default, which every journal has; the header is spoilt
	}
	order := binary.ByteOrder(binary.LittleEndian)
	if magic&1 == 1 {
		order = binary.BigEndian
	}
	salts := wal[16:24]
	sum := walSum{order: order}
	sum.add(wal[:24])
	right := magic&^1 == walMagic && sum.is(wal[24:32])
	if !right {
		salts = wal[walHeader+8 : walHeader+16] // those of the first frame
	}
	for at := walHeader; at+frameHeader+page <= len(wal); at += frameHeader + page {
		frame := wal[at : at+frameHeader+page]
		if !bytes.Equal(frame[8:16], salts) {
			right = false // of an earlier round, which is in the database; then all behind it are
			continue
		}
		if right {
			sum.add(frame[:8])
			sum.add(frame[frameHeader:])
			right = sum.is(frame[16:24])
		}
		commit := binary.BigEndian.Uint32(frame[4:]) != 0
		switch {
		case right:
			good++
		case commit:
			lost++
		}
	}
	return lost, good
}

// walSum is the checksum of a -wal file, which goes on from frame to frame.
type walSum struct {
	order  binary.ByteOrder
	s0, s1 uint32
}

func (s *walSum) add(b []byte) {
	for ; len(b) >= 8; b = b[8:] {
		s.s0 += s.order.Uint32(b) + s.s1
		s.s1 += s.order.Uint32(b[4:]) + s.s0
	}
}

func (s *walSum) is(b []byte) bool {
	return binary.BigEndian.Uint32(b) == s.s0 && binary.BigEndian.Uint32(b[4:]) == s.s1
}
