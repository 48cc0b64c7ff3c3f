// Package hostiletest holds texts that try to break what shows, stores or exports
// them, for the tests of every room. What does not belong here: anything that a
// program outside tests imports.
package hostiletest

import "strings"

// Strings are the texts. Some are valid and must survive as they are; most are not
// safe to show. The slice is the caller's own.
func Strings() []string {
	return []string{
		// Control sequences.
		"\x1b[2J\x1b[Hcleared",
		"\x1b[31mred\x1b[0m",
		"\x1b[10;10Helsewhere",
		"\x1b[?1049l",
		"\x1b[6n",
		"\x1bc",
		"\x1b]0;a title of their own\a",
		"\x1b]52;c;c3RvbGVu\a",
		"\x1b]8;;https://example.org\x1b\\a link\x1b]8;;\x1b\\",
		"\x1b]0;never ended",
		"\x1bP1$r0m\x1b\\",
		"\x1b_application\x1b\\",
		"\x1b^private\x1b\\",
		"\x1b",
		"\x1b[",
		"\u009b31mC1",
		"\x9b31mC1 as a byte",
		"\u009d0;title\u009c",
		// Single controls.
		"over\rwritten",
		"back\b\b\b\bspace",
		"bell\a",
		"nul\x00nul",
		"del\x7f",
		"shift\x0eout\x0f",
		"form\ffeed\vtab",
		"tab\tand\ttab",
		"line\nfeed",
		"carriage\r\nreturn",
		"next\u0085line",
		"line\u2028separator\u2029paragraph",
		"\n\n\n",
		// Direction.
		"invoice\u202efdp.exe",
		"\u2066isolated\u2069 \u2067right\u2069 \u2068first",
		"\u202aa\u202bb\u202dc\u202c\u202c\u202c",
		"a\u200eb\u200fc\u061cd",
		strings.Repeat("\u202e", 300),
		// Invisible.
		"zero\u200bwidth",
		"joined\u200dup\u200c",
		"word\u2060joiner\ufeff",
		"\ufeffmarked",
		"soft\u00adhyphen",
		"filled\u3164\uffa0\u115f\u1160",
		"tagged\U000e0001\U000e0061\U000e0062\U000e007f",
		"selected\ufe00\ufe0f\U000e0100\U000e01ef",
		"grapheme\u034fjoiner",
		"\u200b",
		"\u2800\u2800",
		"annotated\ufff9a\ufffab\ufffb",
		// Marks.
		"\u0301no base",
		" \u0301on a space",
		"z" + strings.Repeat("\u0300\u0301\u0489", 100),
		"z\u200d" + strings.Repeat("\u0301", 20),
		strings.Repeat("\u1161", 50),
		// Bytes that are no text.
		"\xff\xfe",
		"\xc3",
		"\xc0\x80",
		"\xed\xa0\x80",
		"\xf4\x90\x80\x80",
		"gr\xf8d p\xe5 Windows-1252",
		"\ufffd\ufffe\uffff\U0010ffff",
		"\ue000\U000f0000",
		// Emoji, valid and not.
		"👩‍👩‍👧‍👦",
		"🏳️‍🌈 🏴‍☠️ ❤️‍🔥 👍🏽",
		"1️⃣ #️⃣",
		"👩\u200d\u200d\u200d👩",
		"🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
		"🇩🇰",
		// Languages.
		"Rødgrød med fløde på Ærø",
		"قاعدة البيانات",
		"می\u200cخواهم",
		"מסד נתונים",
		"数据库泄露",
		"데이터베이스",
		"क्\u200dष",
		"ｆｕｌｌ　ｗｉｄｔｈ",
		"A\u030arhus e\u0301",
		// For formats and queries.
		"=HYPERLINK(\"https://example.org\")",
		"+1", "-1", "@SUM(A1)", "'quoted",
		"'; DROP TABLE entries; --",
		"\" OR 1=1",
		"a,b;c\t\"d\"",
		"<script>alert(1)</script>",
		"</td><img src=x onerror=alert(1)>",
		"[link](javascript:alert(1)) | table | *bold*",
		"{{.Secret}} ${HOME} $(id) `id` %s%n%d",
		"../../etc/passwd", "..\\..\\boot.ini", "CON", "--flag", "-",
		"", " ", "  \u00a0 ",
		strings.Repeat("long ", 2000),
		strings.Repeat("wide語", 500),
		strings.Repeat("W", 10_000),
	}
}
