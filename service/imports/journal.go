package imports

import (
	"context"
	"encoding/json"
	"fmt"

	"ugoda/store"
)

// origin marks the batches that are imports.
const origin = "import"

// Entry is an import that was done, as the journal keeps it.
type Entry struct {
	store.Batch
	Report
}

// Report is what the journal keeps of an import beside its batch.
type Report struct {
	Kind     string         `json:"kind"`
	Rows     int            `json:"rows"`
	Created  int            `json:"created"`
	Updated  int            `json:"updated"`
	Same     int            `json:"same,omitempty"`
	LeftOut  int            `json:"left_out,omitempty"`
	Skipped  int            `json:"skipped,omitempty"`
	Repeated int            `json:"repeated,omitempty"`
	Groups   int            `json:"groups,omitempty"`
	Totals   int            `json:"totals,omitempty"`
	Made     map[string]int `json:"made,omitempty"`
	Without  map[string]int `json:"without,omitempty"`
	Unused   []string       `json:"unused,omitempty"`
	Assumed  string         `json:"assumed,omitempty"` // the day on which deals without one entered, 2016-10-01
}

// keep writes an import into the journal, and what it taught.
func (r *runner) keep(file string) error {
	x := r.result
	report := Report{
		Kind: r.p.Kind, Rows: x.Rows, Created: x.Created, Updated: x.Updated, Same: x.Same, LeftOut: x.LeftOut, Skipped: x.Skipped,
		Repeated: x.Repeated, Groups: x.Groups, Totals: x.Totals, Made: x.Made, Without: x.Without, Unused: x.Unused,
	}
	if x.Without["opened"] > 0 {
		report.Assumed = r.p.Constants["opened"]
	}
	data, err := json.Marshal(report)
	if err != nil {
		return fmt.Errorf("write the journal: %w", err)
	}
	r.b.Describe(origin, string(data))
	return r.remember()
}

// Journal lists the latest imports, the newest first.
func Journal(ctx context.Context, s *store.Session, limit int) ([]Entry, error) {
	batches, err := s.Batches(ctx, origin, limit)
	if err != nil {
		return nil, err
	}
	out := make([]Entry, len(batches))
	for i, b := range batches {
		out[i].Batch = b
		if err := json.Unmarshal([]byte(b.Details), &out[i].Report); err != nil {
			return nil, fmt.Errorf("read the journal of imports: %w", err)
		}
	}
	return out, nil
}
