package imports

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"ugoda/store"
)

// Profiles, the last plan for the same headings, and what unknown texts were
// said to mean are kept in the base, for everybody who imports.
const (
	profileSetting = "import.profile." // + kind + "." + name
	lastSetting    = "import.last."    // + kind + "." + headings
	aliasSetting   = "import.aliases"
)

// NoProfile says that nothing was kept under a name.
type NoProfile struct{ Name string }

func (e *NoProfile) Error() string { return "no import profile " + e.Name }

// Message says it to a person.
func (e *NoProfile) Message() (string, map[string]any) {
	return "no_profile", map[string]any{"name": e.Name}
}

// SaveProfile keeps a plan under a name.
func SaveProfile(ctx context.Context, s *store.Session, name string, p *Plan) error {
	data, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("keep the profile: %w", err)
	}
	return s.Base().SetSetting(ctx, profileSetting+p.Kind+"."+name, string(data))
}

// DeleteProfile forgets a profile.
func DeleteProfile(ctx context.Context, s *store.Session, kind, name string) error {
	return s.Base().SetSetting(ctx, profileSetting+kind+"."+name, "")
}

// Profiles lists the names of the profiles of a kind.
func Profiles(ctx context.Context, s *store.Session, kind string) ([]string, error) {
	kept, err := s.Base().Settings(ctx, profileSetting+kind+".")
	if err != nil {
		return nil, err
	}
	var names []string
	for name, text := range kept {
		if text != "" {
			names = append(names, strings.TrimPrefix(name, profileSetting+kind+"."))
		}
	}
	slices.Sort(names)
	return names, nil
}

// Profile reads a plan that was kept; *NoProfile when there is none.
func Profile(ctx context.Context, s *store.Session, kind, name string) (*Plan, error) {
	p, err := kept(ctx, s, profileSetting+kind+"."+name)
	if err == nil && p == nil {
		err = &NoProfile{name}
	}
	return p, err
}

// Last reads the plan of the last import of a file with the same headings, nil
// when there was none.
func Last(ctx context.Context, s *store.Session, like *Plan) (*Plan, error) {
	return kept(ctx, s, lastSetting+like.Kind+"."+signature(like))
}

func kept(ctx context.Context, s *store.Session, setting string) (*Plan, error) {
	text, err := s.Base().Setting(ctx, setting)
	if err != nil || text == "" {
		return nil, err
	}
	p := &Plan{}
	if err := json.Unmarshal([]byte(text), p); err != nil {
		return nil, fmt.Errorf("read what was kept of imports: %w", err)
	}
	p.ready()
	return p, nil
}

// signature is short for the headings of a file.
func signature(p *Plan) string {
	h := fnv.New64a()
	seen := map[int]bool{}
	for _, c := range p.Columns {
		if !seen[c.Index] {
			seen[c.Index] = true
			_, _ = h.Write([]byte(plain(c.Heading) + "\x00"))
		}
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

// Fit lays a kept plan over a new file: columns are found by their headings.
func (p *Plan) Fit(found *Plan) {
	p.Sheet, p.Header, p.Heads = found.Sheet, found.Header, found.Heads
	p.Encoding, p.Separator = found.Encoding, found.Separator
	var columns []Column
	seen := map[int]bool{}
	for _, c := range found.Columns {
		if seen[c.Index] {
			continue
		}
		seen[c.Index] = true
		c.Field = ""
		mapped := false
		for _, k := range p.Columns {
			if plain(k.Heading) != plain(c.Heading) || k.Field == "" {
				continue
			}
			k.Index, k.Heading = c.Index, c.Heading
			if !k.Asked {
				k.Order = c.Order
			}
			if !k.Settled {
				k.Comma = c.Comma
			}
			columns = append(columns, k)
			mapped = true
		}
		if !mapped {
			columns = append(columns, c)
		}
	}
	p.Columns = columns
}

// Remembered adds what texts were said to mean in earlier imports.
func Remembered(ctx context.Context, s *store.Session, p *Plan) error {
	p.ready()
	text, err := s.Base().Setting(ctx, aliasSetting)
	if err != nil || text == "" {
		return err
	}
	known := map[string]Answer{}
	if err := json.Unmarshal([]byte(text), &known); err != nil {
		return fmt.Errorf("read the remembered names: %w", err)
	}
	for k, v := range known {
		if _, said := p.Answers[k]; !said {
			p.Answers[k] = v
		}
	}
	return nil
}

// remember keeps what this import said texts mean, where that names a record
// or a value, and the plan for files with the same headings.
func (r *runner) remember() error {
	text, err := r.s.Base().Setting(r.ctx, aliasSetting)
	if err != nil {
		return err
	}
	known := map[string]Answer{}
	if text != "" {
		if err := json.Unmarshal([]byte(text), &known); err != nil {
			return fmt.Errorf("read the remembered names: %w", err)
		}
	}
	changed := false
	for k, v := range r.p.Answers {
		if v.Do == "" && known[k] != v {
			known[k] = v
			changed = true
		}
	}
	if changed {
		data, err := json.Marshal(known)
		if err != nil {
			return fmt.Errorf("remember names: %w", err)
		}
		if err := r.b.Setting(r.ctx, aliasSetting, string(data)); err != nil {
			return err
		}
	}
	last := r.p.Clone()
	for k, v := range last.Answers { // names are remembered for all files; here only what was left empty or out
		if v.Do == "" {
			delete(last.Answers, k)
		}
	}
	data, err := json.Marshal(last)
	if err != nil {
		return fmt.Errorf("remember the columns: %w", err)
	}
	return r.b.Setting(r.ctx, lastSetting+r.p.Kind+"."+signature(r.p), string(data))
}
