package when_test

import (
	"encoding/json"
	"testing"
	"time"

	"timeglas/internal/when"
)

func TestAMomentInJSONSaysHowWellItIsKnown(t *testing.T) {
	at := time.Date(2020, 6, 9, 14, 0, 0, 0, time.FixedZone("", 7200))
	for name, c := range map[string]struct {
		moment when.Moment
		want   string
	}{
		"exact":         {when.At(at), `{"at":"2020-06-09T14:00:00+02:00","to":null,"precision":"exact"}`},
		"estimated":     {when.Around(at, time.Hour), `{"at":"2020-06-09T13:00:00+02:00","to":"2020-06-09T15:00:00+02:00","precision":"estimated"}`},
		"day":           {when.OnDay(at), `{"at":"2020-06-09T00:00:00+02:00","to":"2020-06-10T00:00:00+02:00","precision":"day"}`},
		"no later than": {when.Before(at), `{"at":"2020-06-09T14:00:00+02:00","to":null,"precision":"no-later-than"}`},
		"unknown":       {when.Never(), `{"at":null,"to":null,"precision":"unknown"}`},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := json.Marshal(c.moment.Extent()); err != nil || string(got) != c.want {
				t.Errorf("%s, %v", got, err)
			}
		})
	}
}
