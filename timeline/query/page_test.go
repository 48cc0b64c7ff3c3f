package query_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"timeglas/timeline/query"
)

func TestEveryQueryOnThePageIsUnderstood(t *testing.T) {
	page, err := os.ReadFile("../../docs/query.md")
	if err != nil {
		t.Fatal(err)
	}
	_, block, _ := strings.Cut(string(page), "```query\n")
	block, _, _ = strings.Cut(block, "```")
	var queries []string
	for line := range strings.Lines(block) {
		q, _, _ := strings.Cut(line, "   ")
		queries = append(queries, strings.TrimSpace(q))
	}
	inline := regexp.MustCompile("`((?:kind|author|tag|source|fact|has|is|occurred|recorded):[^`… ][^`…]*)`")
	for _, found := range inline.FindAllStringSubmatch(string(page), -1) {
		if !strings.Contains(found[1], "WHEN") {
			queries = append(queries, found[1])
		}
	}
	if len(queries) < 20 {
		t.Fatalf("only %d queries on the page", len(queries))
	}
	for _, text := range queries {
		if strings.HasSuffix(text, ":") {
			continue // the name of a field
		}
		if _, err := query.Parse(text, zone, now); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
	_, times, _ := strings.Cut(string(page), "## Times")
	rows := regexp.MustCompile("(?m)^\\| (`.*?) \\| ").FindAllStringSubmatch(times, -1)
	if len(rows) < 6 {
		t.Fatalf("only %d rows of times on the page", len(rows))
	}
	for _, row := range rows {
		for _, value := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(row[1], -1) {
			if strings.HasSuffix(value[1], "…") {
				continue // a sign of comparison
			}
			if _, err := query.Parse("occurred:"+value[1], zone, now); err != nil {
				t.Errorf("occurred:%s: %v", value[1], err)
			}
		}
	}
}
