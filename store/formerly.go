package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"ugoda/model"
)

// Formerly gives the values that a field had at a moment of the past, of the
// records whose field history knows to have changed since: by id, nil where it
// was empty. Records that did not exist then may be among them.
func (s *Session) Formerly(ctx context.Context, kind, field string, at time.Time) (map[int64]any, error) {
	p, err := s.plan(kind)
	if err != nil {
		return nil, err
	}
	f := p.kind.Field(field)
	if f == nil || f.Computed {
		return nil, &model.UnknownPath{Kind: kind, Path: field}
	}
	if !s.Sees(f) {
		return nil, &Forbidden{Kind: kind, Field: field, Role: s.Role}
	}
	// Kind and field are those of the description and stand in the text itself,
	// as in the index history_due.
	query := `SELECT h.record_id, h.fields FROM history h WHERE h.kind || '' = '` + p.kind.Name + `' AND h.action <> 'create'
		AND h.fields LIKE '%"f":"` + f.Name + `"%' AND h.at >= ? ORDER BY h.at, h.id`
	out := map[int64]any{}
	err = each(ctx, pool{s.base}, query, []any{at.UnixMicro()}, func(raw []any) error {
		id, _ := raw[0].(int64)
		if _, known := out[id]; known {
			return nil
		}
		text, _ := raw[1].(string)
		var list []struct {
			Name string          `json:"f"`
			Old  json.RawMessage `json:"o"`
		}
		if err := json.Unmarshal([]byte(text), &list); err != nil {
			return err
		}
		for _, x := range list {
			if x.Name != f.Name {
				continue
			}
			v, err := unpack(f.Type, x.Old)
			if err != nil {
				return err
			}
			out[id] = v
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read what %s.%s was: %w", kind, field, s.base.explain(err))
	}
	return out, nil
}
