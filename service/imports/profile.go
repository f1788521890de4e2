package imports

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ugoda/exchange/spreadsheet"
	"ugoda/store"
)

// Profiles and what unknown texts were said to mean are kept in the base, for
// everybody who imports.
const (
	profileSetting = "import.profile." // + kind + "." + name
	aliasSetting   = "import.aliases"
)

// NoProfile says that nothing was kept under a name.
type NoProfile struct{ Name string }

func (e *NoProfile) Error() string { return "no import profile " + e.Name }

// Message says it to a person.
func (e *NoProfile) Message() (string, map[string]any) {
	return "no_profile", map[string]any{"name": e.Name}
}

// SaveProfile keeps a plan under a name, and what it said unknown texts mean.
func SaveProfile(ctx context.Context, s *store.Session, name string, p *Plan) error {
	data, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("keep the profile: %w", err)
	}
	return s.Base().SetSetting(ctx, profileSetting+p.Kind+"."+name, string(data))
}

// Profile reads a plan that was kept.
func Profile(ctx context.Context, s *store.Session, kind, name string) (*Plan, error) {
	text, err := s.Base().Setting(ctx, profileSetting+kind+"."+name)
	if err != nil {
		return nil, err
	}
	if text == "" {
		return nil, &NoProfile{name}
	}
	p := &Plan{}
	if err := json.Unmarshal([]byte(text), p); err != nil {
		return nil, fmt.Errorf("read the profile %s: %w", name, err)
	}
	p.ready()
	return p, nil
}

func (p *Plan) ready() {
	if p.Constants == nil {
		p.Constants = map[string]string{}
	}
	if p.Aliases == nil {
		p.Aliases = map[string]string{}
	}
}

// Fit lays a kept plan over a new file: columns are found by their headings.
func (p *Plan) Fit(found *Plan) {
	p.Sheet, p.Header = found.Sheet, found.Header
	fields := map[string]Column{}
	for _, c := range p.Columns {
		fields[plain(c.Heading)] = c
	}
	columns := slices.Clone(found.Columns)
	for i := range columns {
		columns[i].Field = ""
		if c, ok := fields[plain(columns[i].Heading)]; ok {
			columns[i].Field, columns[i].Asked = c.Field, c.Asked
			if c.Asked {
				columns[i].Order = c.Order
			}
		}
	}
	p.Columns = columns
}

// Map joins a column, by its heading, its letter or its number from 1, to a
// field; false when there is no such column.
func (p *Plan) Map(field, column string) bool {
	for i := range p.Columns {
		c := &p.Columns[i]
		if plain(c.Heading) == plain(column) || letter(c.Index) == strings.ToUpper(column) || strconv.Itoa(c.Index+1) == column {
			if c.Field == "" || c.Field == field {
				c.Field = field
				return true
			}
			p.Columns = append(p.Columns, Column{Index: c.Index, Heading: c.Heading, Field: field, Order: c.Order, Asked: c.Asked})
			return true
		}
	}
	return false
}

func letter(index int) string {
	out := ""
	for n := index + 1; n > 0; n = (n - 1) / 26 {
		out = string(rune('A'+(n-1)%26)) + out
	}
	return out
}

// Remembered adds what unknown texts were said to mean in earlier imports.
func Remembered(ctx context.Context, s *store.Session, p *Plan) error {
	p.ready()
	text, err := s.Base().Setting(ctx, aliasSetting)
	if err != nil || text == "" {
		return err
	}
	kept := map[string]string{}
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return fmt.Errorf("read the remembered names: %w", err)
	}
	for k, v := range kept {
		if _, said := p.Aliases[k]; !said {
			p.Aliases[k] = v
		}
	}
	return nil
}

// remember keeps what this import said unknown texts mean.
func remember(ctx context.Context, b *store.Batcher, p *Plan) error {
	if len(p.Aliases) == 0 {
		return nil
	}
	data, err := json.Marshal(p.Aliases)
	if err != nil {
		return fmt.Errorf("remember names: %w", err)
	}
	return b.Setting(ctx, aliasSetting, string(data))
}

// Ambiguous lists the columns whose days could be read in either order, so
// that a person settles it.
func Ambiguous(s *spreadsheet.Sheet, p *Plan) []Column {
	var out []Column
	for _, c := range p.Columns {
		if c.Field != "" && !c.Asked && guess(s, c.Index, p.Header+1).Ambiguous {
			out = append(out, c)
		}
	}
	return out
}
