package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"ugoda/store"
	"ugoda/ui/screen"
	"ugoda/ui/theme"
)

// groups are the catalogues, by what they are about. A kind that the base does
// not have is not shown; one that no group names stands in the last. Those of
// the other sections are not repeated.
var groups = []struct {
	name  string // message key: "ui.settings." and the name
	kinds []string
}{
	{"sales", []string{"loss-reason", "activity-result", "source", "project", "approval-rule"}},
	{"clients", []string{"region", "segment"}},
	{"goods", []string{"product-group", "unit", "vat-rate", "warehouse", "price-type"}},
	{"money", []string{"currency", "rate"}},
}

var (
	letterKinds    = []string{"template", "snippet"}
	elsewhereKinds = []string{"organization", "department", "employee", "user", "process", "stage", "mail-account"}
)

// lines lists kinds with how many records each has; a click opens the list.
type lines struct {
	s    *Screen
	by   map[string]*line
	root fyne.CanvasObject
}

func (c *lines) content() fyne.CanvasObject { return c.root }

func (c *lines) changed(saved map[string][]int64) {
	for kind := range c.by {
		if touches(saved, kind) {
			c.count(kind)
		}
	}
}

// add gives the line of a kind; nil when the base has no such kind, or the role
// may not change it.
func (c *lines) add(kind string) *line {
	if c.s.Host.Session().Registry().Kind(kind) == nil || c.by[kind] != nil || !c.s.Host.Session().MayWrite(kind) {
		return nil
	}
	c.by[kind] = newLine(c.s.Host.Words().Kinds(kind), func() { c.s.Host.Open(screen.ToList(kind, "")) })
	c.count(kind)
	return c.by[kind]
}

func (c *lines) count(kind string) {
	session := c.s.Host.Session()
	screen.Read(c.s.Ctx, c.s.Host, func(ctx context.Context) (int64, error) {
		return session.Count(ctx, store.Query{Kind: kind})
	}, func(n int64) { c.by[kind].tell(c.s.Host.Words().Int(n)) })
}

func newCatalogues(s *Screen) panel {
	c := &lines{s: s, by: map[string]*line{}}
	named := map[string]bool{}
	for _, list := range [][]string{letterKinds, elsewhereKinds} {
		for _, k := range list {
			named[k] = true
		}
	}
	grid := container.New(layout.NewGridLayoutWithColumns(2))
	add := func(name string, kinds []string) {
		box := container.New(layout.NewCustomPaddedVBoxLayout(0), heading(s.Host.Words().T("ui.settings."+name)))
		for _, kind := range kinds {
			named[kind] = true
			if l := c.add(kind); l != nil {
				box.Add(l)
			}
		}
		if len(box.Objects) > 1 {
			grid.Add(container.New(layout.NewCustomPaddedLayout(0, theme.Scaled(10), 0, theme.Scaled(16)), box))
		}
	}
	for _, g := range groups {
		add(g.name, g.kinds)
	}
	var rest []string
	for _, k := range s.Host.Session().Registry().Kinds() {
		if k.Catalogue && !named[k.Name] {
			rest = append(rest, k.Name)
		}
	}
	add("rest", rest)
	c.root = scrolled(container.NewVBox(hint(s.Host.Words().T("settings.catalogues_hint")), grid), 760)
	return c
}

func newLetters(s *Screen) panel {
	c := &lines{s: s, by: map[string]*line{}}
	t := s.Host.Words().T
	box := container.New(layout.NewCustomPaddedVBoxLayout(0))
	for _, kind := range letterKinds {
		if l := c.add(kind); l != nil {
			box.Add(l)
			box.Add(container.New(layout.NewCustomPaddedLayout(0, theme.Scaled(10), theme.Scaled(4), 0), hint(t("settings.about."+kind))))
		}
	}
	box.Add(s.approvalLetters())
	box.Add(container.New(layout.NewCustomPaddedLayout(0, theme.Scaled(10), theme.Scaled(4), 0), hint(t("settings.approval_letters_hint"))))
	box.Add(s.engine())
	box.Add(container.New(layout.NewCustomPaddedLayout(0, theme.Scaled(10), theme.Scaled(4), 0), hint(t("settings.engine_hint"))))
	c.root = scrolled(box, 560)
	return c
}
