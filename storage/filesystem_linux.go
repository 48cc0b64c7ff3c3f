package storage

import (
	"bufio"
	"os"
	"strings"
	"syscall"
)

// networkKinds are the file systems that other machines, or the host of a virtual
// one, can write to, by the number in statfs(2) (linux/magic.h and the file systems'
// own sources).
var networkKinds = map[int64]string{
	0x6969:     "nfs",
	0x517b:     "smb",
	0xfe534d42: "smb2",
	0xff534d42: "cifs",
	0x01021997: "9p",
	0x00c36400: "ceph",
	0x5346414f: "afs",
	0x6b414653: "afs",
	0x73757245: "coda",
	0x564c:     "ncp",
	0x0bd00bd0: "lustre",
	0x01161970: "gfs2",
	0x7461636f: "ocfs2",
	0x47504653: "gpfs",
	0x19830326: "beegfs",
	0xaad7aaea: "panfs",
	0x786f4256: "vboxsf",
}

// fuse is the number of everything that a program serves. What is behind it only the
// table of mounts tells.
const fuse = 0x65735546

const flagReadOnly = 1 // ST_RDONLY

func examine(path string) (filesystem, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(path, &s); err != nil {
		return filesystem{}, &os.PathError{Op: "statfs", Path: path, Err: err}
	}
	f := filesystem{
		readOnly: s.Flags&flagReadOnly != 0,
		free:     int64(min(s.Bavail, 1<<50)) * s.Bsize,
	}
	magic := int64(uint32(s.Type)) // it is signed and of 32 bits on some machines
	f.kind, f.network = networkKinds[magic]
	if magic == fuse {
		f.kind = mountedAs(path)
		f.network = f.kind != fuseBlock
	}
	return f, nil
}

// fuseBlock is a disk of this machine behind a program, such as one with NTFS.
const fuseBlock = "fuseblk"

// mountedAs is the type of the file system at the path by /proc/self/mountinfo
// (proc(5)), "fuse" when it is not in there.
func mountedAs(path string) string {
	f, err := os.Open("/proc/self/mountinfo")
	if err != nil {
		return "fuse"
	}
	defer f.Close()
	best, kind := -1, "fuse"
	for lines := bufio.NewScanner(f); lines.Scan(); {
		point, of, ok := mountLine(lines.Text())
		// Of mounts on one another the last is seen.
		if ok && isBelow(path, point) && len(point) >= best {
			best, kind = len(point), of
		}
	}
	return kind
}

// mountLine reads a line such as "36 35 98:0 / /mnt rw,noatime master:1 - ext4 /dev/sda rw".
func mountLine(line string) (point, kind string, ok bool) {
	front, back, ok := strings.Cut(line, " - ")
	fields, after := strings.Fields(front), strings.Fields(back)
	if !ok || len(fields) < 5 || len(after) < 1 {
		return "", "", false
	}
	return strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`).Replace(fields[4]), after[0], true
}

func isBelow(path, dir string) bool {
	return path == dir || dir == "/" || strings.HasPrefix(path, dir+"/")
}
