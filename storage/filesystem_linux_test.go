package storage

import "testing"

func TestATmpfsIsNoNetworkFileSystemAndTellsItsSpace(t *testing.T) {
	f, err := examine("/dev/shm")
	if err != nil {
		t.Skip("there is no /dev/shm")
	}
	if f.network || f.free <= 0 {
		t.Errorf("%+v", f)
	}
}

func TestTheTableOfMountsIsReadWithItsEscapes(t *testing.T) {
	tests := map[string]struct {
		line, point, kind string
		ok                bool
	}{
		"a disk":         {"36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue", "/mnt2", "ext3", true},
		"no tags":        {"36 35 98:0 / / rw - ext4 /dev/sda rw", "/", "ext4", true},
		"sshfs":          {`90 36 0:52 / /mnt/my\040share rw - fuse.sshfs host:/ rw`, "/mnt/my share", "fuse.sshfs", true},
		"no separator":   {"36 35 98:0 / /mnt rw ext4", "", "", false},
		"nothing":        {"", "", "", false},
		"only separator": {" - ", "", "", false},
	}
	for name, test := range tests {
		point, kind, ok := mountLine(test.line)
		if point != test.point || kind != test.kind || ok != test.ok {
			t.Errorf("%s: %q, %q, %v", name, point, kind, ok)
		}
	}
}

func FuzzMountLine(f *testing.F) {
	f.Add(`90 36 0:52 / /mnt/my\040share rw - fuse.sshfs host:/ rw`)
	f.Fuzz(func(t *testing.T, line string) {
		if point, kind, ok := mountLine(line); ok && (point == "" || kind == "") {
			t.Errorf("%q, %q", point, kind)
		}
	})
}
