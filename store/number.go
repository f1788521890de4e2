package store

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"ugoda/model"
	"ugoda/model/text"
)

func fold(s string) string { return text.Fold(s) }

// defaultSeries is the pattern of numbers of a kind for which the base sets none.
const defaultSeries = "{00000}"

// counter is the place of the running number in a pattern: as many noughts as
// the number has digits at least.
var counter = regexp.MustCompile(`\{0+\}`)

// nextNumber takes the next number of a kind's series. The setting
// "series.KIND" holds the pattern: {00000} is the running number with at least
// so many digits, {yyyy} or {yy} the year, with which the numbers begin anew.
// The counter's row is changed in the same transaction, so that a number is
// neither given twice nor lost.
func (w *work) nextNumber(k *model.Kind) (string, error) {
	pattern, err := w.seriesPattern(k)
	if err != nil {
		return "", err
	}
	year := int64(w.today.Time().Year())
	key := seriesKey{kind: k.Name}
	if strings.Contains(pattern, "{yyyy}") || strings.Contains(pattern, "{yy}") {
		key.year = year
	}
	last := w.series[key]
	if last == nil {
		last = &seriesState{}
		if w.trial { // whose numbers nobody will see: others go on taking theirs
			if _, err := w.one(`SELECT last FROM series WHERE kind = ? AND year = ?`, []any{k.Name, key.year}, &last.number); err != nil {
				return "", fmt.Errorf("look at the numbers of %s: %w", k.Name, err)
			}
			w.series[key] = last
			return w.numberOf(k, pattern, year, last)
		}
		// Changing the row keeps other writers waiting until this transaction ends.
		err := w.tx.QueryRow(w.ctx, `INSERT INTO series (kind, year, last) VALUES (?, ?, 0)
			ON CONFLICT (kind, year) DO UPDATE SET last = series.last RETURNING last`, []any{k.Name, key.year}, &last.number)
		if err != nil {
			return "", fmt.Errorf("take a number of %s: %w", k.Name, err)
		}
		w.series[key] = last
	}
	return w.numberOf(k, pattern, year, last)
}

// numberOf is the next number of a series that no record has.
func (w *work) numberOf(k *model.Kind, pattern string, year int64, last *seriesState) (string, error) {
	for range 10_000 {
		last.number++
		number := formatNumber(pattern, last.number, year)
		if w.typed[typedNumber{k.Name, number}] {
			continue
		}
		if last.number > last.known {
			if err := w.lookAhead(k, pattern, year, last); err != nil {
				return "", fmt.Errorf("take a number of %s: %w", k.Name, err)
			}
		}
		if !last.taken[fold(number)] { // an import may have brought numbers of its own
			return number, nil
		}
	}
	return "", fmt.Errorf("take a number of %s: ten thousand in a row are taken", k.Name)
}

// lookAhead learns which of the next numbers of a series records have already:
// more at a time the more are taken.
func (w *work) lookAhead(k *model.Kind, pattern string, year int64, s *seriesState) error {
	n := int64(1)
	if s.taken != nil {
		n = 64
	}
	args := make([]any, n)
	for i := range args {
		args[i] = fold(formatNumber(pattern, s.number+int64(i), year))
	}
	s.known, s.taken = s.number+n-1, map[string]bool{}
	// Not by way of what waits to be written: those numbers are known as typed.
	rows, err := w.tx.Query(w.ctx, "SELECT number_search FROM "+ident(k.Table)+" WHERE number_search IN ("+marks(len(args))+")", args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var taken string
		if err := rows.Scan(&taken); err != nil {
			return err
		}
		s.taken[taken] = true
	}
	return rows.Err()
}

// seriesState is how far a series has come in a transaction.
type seriesState struct {
	number int64           // the last one given
	known  int64           // up to here it is known which are taken
	taken  map[string]bool // of those
}

type seriesKey struct {
	kind string
	year int64
}

// typedNumber is a number that a record brought itself in this transaction.
type typedNumber struct{ kind, number string }

// keepNumbers writes how far the series have come.
func (w *work) keepNumbers() error {
	for key, last := range w.series {
		if _, err := w.tx.Exec(w.ctx, `UPDATE series SET last = ? WHERE kind = ? AND year = ?`, last.number, key.kind, key.year); err != nil {
			return fmt.Errorf("keep the numbers of %s: %w", key.kind, err)
		}
	}
	return nil
}

func (w *work) seriesPattern(k *model.Kind) (string, error) {
	q := question{"series." + k.Name, 0}
	if p, ok := w.answers[q].(string); ok {
		return p, nil
	}
	pattern := ""
	if _, err := w.one(`SELECT value FROM setting WHERE name = ?`, []any{q.name}, &pattern); err != nil {
		return "", fmt.Errorf("read the series of %s: %w", k.Name, err)
	}
	if !counter.MatchString(pattern) {
		pattern += defaultSeries
	}
	w.answers[q] = pattern
	return pattern, nil
}

func formatNumber(pattern string, n, year int64) string {
	s := pattern
	if strings.Contains(s, "{yy") {
		s = strings.NewReplacer("{yyyy}", strconv.FormatInt(year, 10), "{yy}", fmt.Sprintf("%02d", year%100)).Replace(s)
	}
	return counter.ReplaceAllStringFunc(s, func(m string) string { return fmt.Sprintf("%0*d", len(m)-2, n) })
}
