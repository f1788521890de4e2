package document

import (
	"context"
	"encoding/json"
	"log/slog"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"ugoda/ui/screen"
)

// look is how a person wants the page: columns and heights.
type look struct {
	Hidden map[string]bool    `json:"hidden,omitempty"`
	Widths map[string]float32 `json:"widths,omitempty"` // of columns, at zoom 100
	Below  float32            `json:"below,omitempty"`  // height of the part below the lines, at zoom 100; 0: the usual
}

// lookKey is the preference that keeps it.
func (p *Desk) lookKey() string { return p.kind + ".look" }

// hides reports whether a column is hidden; the cost and the pictures are, unless
// they were asked for.
func (l look) hides(column string) bool {
	if hidden, chosen := l.Hidden[column]; chosen {
		return hidden
	}
	return column == colCost || column == colPicture
}

// key tells two sets of hidden columns apart.
func (l look) key() string {
	var out []string
	for _, c := range slices.Sorted(maps.Keys(l.Hidden)) {
		if l.Hidden[c] {
			c += "-"
		}
		out = append(out, c)
	}
	return strings.Join(out, " ")
}

func (p *Desk) readLook() {
	session, key := p.host.Session(), p.lookKey()
	screen.Read(p.form.Context(), p.host, func(ctx context.Context) (look, error) {
		var l look
		text, err := session.Preference(ctx, key)
		if err != nil || text == "" {
			return l, err
		}
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			slog.Warn("read how documents look", "error", err)
			return look{}, nil
		}
		return l, nil
	}, func(l look) {
		p.look = l
		p.grid.SetWidths(l.Widths)
		p.body.content.Refresh()
	})
}

func (p *Desk) keepLook() {
	text, err := json.Marshal(p.look)
	if err != nil {
		slog.Warn("keep how documents look", "error", err)
		return
	}
	session, key := p.host.Session(), p.lookKey()
	p.host.Background(context.WithoutCancel(p.form.Context()), func(ctx context.Context) error {
		return session.SetPreference(ctx, key, string(text))
	}, func(err error) {
		if err != nil {
			slog.Warn("keep how documents look", "error", err)
		}
	})
}

func (p *Desk) keepWidths(widths map[string]float32) {
	p.look.Widths = maps.Clone(widths)
	p.keepLook()
}

// columnItems let a person choose which columns the lines show.
func (p *Desk) columnItems() []*fyne.MenuItem {
	var out []*fyne.MenuItem
	for _, c := range p.sheet.columns() {
		if c.Key == colProduct {
			continue
		}
		i := fyne.NewMenuItem(c.Title, func() {
			if p.look.Hidden == nil {
				p.look.Hidden = map[string]bool{}
			}
			p.look.Hidden[c.Key] = !p.look.hides(c.Key)
			p.keepLook()
			p.grid.Reload()
		})
		i.Checked = !p.look.hides(c.Key)
		out = append(out, i)
	}
	return out
}
