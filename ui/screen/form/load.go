package form

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"ugoda/model"
	"ugoda/ui/screen"
)

// load reads a record, or makes a new one: with defaults, values to fill, as a
// copy of another. A prepared one has what rules fill in already.
func load(ctx context.Context, h screen.Host, k *model.Kind, id int64, fill map[string]any, copyOf int64, prepared bool) (model.Keeper, error) {
	s := h.Session()
	if id != 0 {
		return s.Get(ctx, k.Name, id)
	}
	var rec model.Keeper
	var err error
	if copyOf != 0 {
		rec, err = s.CopyOf(ctx, k.Name, copyOf)
	} else {
		rec, err = s.New(ctx, k.Name)
	}
	if err != nil {
		return nil, err
	}
	for name, v := range fill {
		f := k.Field(name)
		if f == nil || f.Computed {
			continue
		}
		if err := model.Assign(f.Ptr(rec), v); err != nil {
			return nil, fmt.Errorf("fill %s of a new %s: %w", name, k.Name, err)
		}
	}
	if prepared {
		var refused model.Problems // saving says it
		if err := s.Prepare(ctx, k.Name, rec); err != nil && !errors.As(err, &refused) {
			return nil, err
		}
	}
	return rec, nil
}

// draft is what a form writes down while one types, so that a crash loses
// nothing.
type draft struct {
	Kind   string          `json:"kind"`
	ID     int64           `json:"id"`
	At     time.Time       `json:"at"`
	Record json.RawMessage `json:"record"`
}

// draftKey is the preference under which the draft of a record is kept; new
// records of a kind share one.
func draftKey(kind string, id int64) string { return fmt.Sprintf("draft.%s.%d", kind, id) }

func packDraft(kind string, rec model.Keeper, now time.Time) (string, error) {
	data, err := json.Marshal(rec)
	if err != nil {
		return "", fmt.Errorf("write the draft of a %s: %w", kind, err)
	}
	text, err := json.Marshal(draft{Kind: kind, ID: rec.Base().ID, At: now, Record: data})
	return string(text), err
}

func unpackDraft(k *model.Kind, text string) (model.Keeper, time.Time, error) {
	var d draft
	if err := json.Unmarshal([]byte(text), &d); err != nil {
		return nil, time.Time{}, fmt.Errorf("read the draft of a %s: %w", k.Name, err)
	}
	rec := k.New()
	if err := json.Unmarshal(d.Record, rec); err != nil {
		return nil, time.Time{}, fmt.Errorf("read the draft of a %s: %w", k.Name, err)
	}
	return rec, d.At, nil
}
