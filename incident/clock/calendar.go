package clock

import "time"

// Periods in days and months under Regulation 1182/71, which Article 12(3) and the
// deadlines of other laws use. Hours are never reckoned here: they are elapsed time.

// MonthsAfter is the last second of a period of so many months after the event, in
// the zone. The day of the event does not count (Article 3(1)); the period ends with
// the last hour of the day of the same date, or of the month's last day where it has
// no such date (Article 3(2)(c)); and where that is a Saturday, a Sunday or a public
// holiday in Denmark, of the next working day (Article 3(4)).
func MonthsAfter(event time.Time, months int, zone *time.Location) time.Time {
	y, m, d := event.In(zone).Date()
	last := time.Date(y, m+time.Month(months)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	return endOf(y, m+time.Month(months), min(d, last), zone)
}

// DaysAfter is the same for a period of so many days.
func DaysAfter(event time.Time, days int, zone *time.Location) time.Time {
	y, m, d := event.In(zone).Date()
	return endOf(y, m, d+days, zone)
}

// endOf is the last second of the day, or of the next working day. Days are counted
// in UTC, where all have 24 hours.
func endOf(y int, m time.Month, d int, zone *time.Location) time.Time {
	day := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	for !workingDay(day) {
		day = day.AddDate(0, 0, 1)
	}
	return time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, zone).Add(-time.Second)
}

// workingDay reports whether the day is neither a Saturday, a Sunday nor a public
// holiday in Denmark. Constitution Day, Christmas Eve and New Year's Eve are no
// holidays by law and count as working days: the earlier end is the safe reading [?].
// Great Prayer Day was one until 2023.
func workingDay(day time.Time) bool {
	switch day.Weekday() {
	case time.Saturday, time.Sunday:
		return false
	}
	switch day.Format("01-02") {
	case "01-01", "12-25", "12-26":
		return false
	}
	switch int(day.Sub(easter(day.Year())).Hours() / 24) {
	case -3, -2, 0, 1, 39, 49, 50: // Maundy Thursday, Good Friday, Easter, Ascension, Whitsun
		return false
	case 26:
		return day.Year() > 2023
	}
	return true
}

// easter is Easter Sunday of the Gregorian calendar (the anonymous algorithm, also
// known as Meeus, Jones and Butcher's).
func easter(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return time.Date(year, time.Month(n/31), n%31+1, 0, 0, 0, 0, time.UTC)
}
