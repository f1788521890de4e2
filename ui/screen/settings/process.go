package settings

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/filter"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/list"
	"ugoda/ui/screen"
	"ugoda/ui/theme"
)

// processes shows a sales process with its stages in one place: their order,
// colours, probabilities, days, and what to do in each.
type processes struct {
	s      *Screen
	root   fyne.CanvasObject
	which  *input.Choice
	grid   *list.Grid
	all    []*deal.Process
	stages []*deal.Stage
	deals  map[int64]int64 // in work, by stage
	with   []*input.Button // that want a chosen stage
	chosen int64           // process
	form   *stageForm      // opened last
	keep   int64           // stage that has the keyboard after reading
}

func newProcess(s *Screen) panel {
	p := &processes{s: s}
	t := s.Host.Words()
	p.which = input.NewChoice(nil)
	p.which.OnChange = func() {
		p.chosen, _ = strconv.ParseInt(p.which.Value(), 10, 64)
		p.read()
	}
	p.grid = list.NewGrid([]list.Column{
		{Key: "name", Title: t.Kind("stage"), Width: 160, Least: 100, NoSort: true},
		{Key: "kind", Title: t.Field("stage", "kind"), Width: 90, Least: 70, NoSort: true},
		{Key: "probability", Title: t.Field("stage", "probability"), Width: 92, Least: 60, Align: list.Right, NoSort: true},
		{Key: "days", Title: t.T("settings.days"), Tip: t.T("settings.days_tip"), Width: 64, Align: list.Right, NoSort: true},
		{Key: "deals", Title: t.Kinds("deal"), Tip: t.T("settings.deals_tip"), Width: 70, Align: list.Right, NoSort: true},
		{Key: "advice", Title: t.Field("stage", "advice"), Width: 240, Least: 80, NoSort: true, Grow: true},
	}, p)
	p.grid.OnOpen = func(int) { p.editStage() }
	p.grid.OnSelect = p.enable
	p.grid.OnShortcut = func(sc fyne.Shortcut) bool { return p.key(sc) }
	p.grid.OnKey = func(k *fyne.KeyEvent, mod fyne.KeyModifier) bool {
		switch {
		case k.Name == fyne.KeyInsert && mod == 0:
			p.newStage()
		case k.Name == fyne.KeyDelete && mod == 0:
			p.removeStage()
		default:
			return false
		}
		return true
	}
	may := s.Host.Session().MayWrite("stage")
	add := input.NewButton("+ "+t.Kind("stage"), p.newStage).Primary()
	change := input.NewButton(t.T("settings.change"), p.editStage).Framed()
	up := input.NewButton("↑", func() { p.move(-1) }).Framed()
	down := input.NewButton("↓", func() { p.move(1) }).Framed()
	remove := input.NewButton(t.T("button.delete"), p.removeStage).Framed()
	p.with = []*input.Button{change, up, down, remove}
	rename := input.NewButton(t.T("settings.change_process"), p.editProcess).Framed()
	another := input.NewButton("+ "+t.Kind("process"), p.newProcess).Framed()
	if !may {
		for _, b := range append(p.with, add, rename, another) {
			b.Disable()
		}
		p.with = nil
	}
	choose := container.NewGridWrap(fyne.NewSize(theme.Scaled(240), p.which.MinSize().Height), p.which)
	p.root = container.NewBorder(container.NewVBox(hint(t.T("settings.process_hint")), container.NewHBox(choose, rename, another), container.NewHBox(add, change, up, down, remove)), nil, nil, nil, p.grid)
	p.read()
	return p
}

func (p *processes) content() fyne.CanvasObject { return p.root }

func (p *processes) changed(saved map[string][]int64) {
	if touches(saved, "process", "stage", "deal") {
		p.read()
	}
}

// whole is what one reading gives.
type whole struct {
	all    []*deal.Process
	chosen int64
	stages []*deal.Stage
	deals  map[int64]int64
}

func (p *processes) read() {
	session, chosen := p.s.Host.Session(), p.chosen
	screen.Read(p.s.Ctx, p.s.Host, func(ctx context.Context) (whole, error) { return readProcess(ctx, session, chosen) }, p.show)
}

func readProcess(ctx context.Context, s *store.Session, chosen int64) (whole, error) {
	w := whole{deals: map[int64]int64{}}
	ids, err := s.IDs(ctx, store.Query{Kind: "process", Sort: []store.Order{{Path: "id"}}})
	if err != nil {
		return w, err
	}
	for _, id := range ids {
		rec, err := s.Get(ctx, "process", id)
		if err != nil {
			return w, err
		}
		if x, ok := rec.(*deal.Process); ok {
			w.all = append(w.all, x)
			if w.chosen == 0 || x.ID == chosen {
				w.chosen = x.ID
			}
		}
	}
	if w.chosen == 0 {
		return w, nil
	}
	of := filter.Cond{Path: "process", Op: filter.Eq, Values: []filter.Value{filter.ID(w.chosen)}}
	if ids, err = s.IDs(ctx, store.Query{Kind: "stage", Where: of, Sort: []store.Order{{Path: "order"}}}); err != nil {
		return w, err
	}
	for _, id := range ids {
		rec, err := s.Get(ctx, "stage", id)
		if err != nil {
			return w, err
		}
		if x, ok := rec.(*deal.Stage); ok {
			w.stages = append(w.stages, x)
		}
	}
	open := filter.Cond{Path: "state", Op: filter.In, Values: []filter.Value{filter.String(deal.Open), filter.String(deal.Hold)}}
	groups, err := s.Groups(ctx, store.Query{Kind: "deal", Where: filter.And{of, open}}, "stage")
	if err != nil {
		return w, err
	}
	for _, g := range groups {
		if ref, ok := g.Value.(model.Ref); ok {
			w.deals[ref.ID] = g.Count
		}
	}
	return w, nil
}

func (p *processes) show(w whole) {
	p.all, p.chosen, p.stages, p.deals = w.all, w.chosen, w.stages, w.deals
	var options []input.Option
	for _, x := range w.all {
		name := x.Name
		if !x.Active {
			name += " · " + p.s.Host.Words().T("settings.process_off")
		}
		options = append(options, input.Option{Key: strconv.FormatInt(x.ID, 10), Text: name})
	}
	p.which.SetOptions(options)
	p.which.Set(strconv.FormatInt(w.chosen, 10))
	at := max(0, p.grid.FocusRow())
	for i, x := range p.stages {
		if x.ID == p.keep {
			at = i
		}
	}
	p.grid.Reset()
	if len(p.stages) > 0 {
		p.grid.Select(min(at, len(p.stages)-1))
	}
	p.enable()
}

func (p *processes) enable() {
	for _, b := range p.with {
		if p.stage() == nil {
			b.Disable()
		} else {
			b.Enable()
		}
	}
}

// stage is the chosen one.
func (p *processes) stage() *deal.Stage {
	if i := p.grid.FocusRow(); i >= 0 && i < len(p.stages) {
		return p.stages[i]
	}
	return nil
}

// Len implements list.Source.
func (p *processes) Len() int { return len(p.stages) }

// Window implements list.Source.
func (p *processes) Window(from, to int) {
	t := p.s.Host.Words()
	var out []list.Row
	for i := from; i < min(to, len(p.stages)); i++ {
		x := p.stages[i]
		days, deals := list.Cell{Text: "–", Tone: theme.Muted}, list.Cell{Text: "–", Tone: theme.Muted}
		if x.ExpectedDays > 0 {
			days = list.Cell{Text: t.Int(x.ExpectedDays)}
		}
		if n := p.deals[x.ID]; n > 0 {
			deals = list.Cell{Text: t.Int(n)}
		}
		out = append(out, list.Row{ID: x.ID, Cells: []list.Cell{
			{Text: x.Name, Dot: fyne.ThemeColorName(x.Colour), Bold: true},
			{Text: t.Choice("stage", "kind", x.Kind), Tone: toneOfKind(x.Kind)},
			{Text: t.Percent(x.Probability)},
			days, deals,
			{Text: x.Advice, Tone: theme.Muted},
		}})
	}
	p.grid.SetRows(from, out)
}

func toneOfKind(kind string) fyne.ThemeColorName {
	switch kind {
	case deal.Won:
		return theme.Green
	case deal.Lost:
		return theme.Red
	case deal.Hold:
		return theme.Violet
	}
	return theme.Foreground
}

func (p *processes) newStage() {
	if p.chosen == 0 || !p.s.Host.Session().MayWrite("stage") {
		return
	}
	order := int64(10)
	if x := p.stage(); x != nil {
		order = x.Order + 5 // after the chosen one; the next move numbers them anew
	}
	process := model.Ref{ID: p.chosen}
	for _, x := range p.all {
		if x.ID == p.chosen {
			process.Name = x.Name
		}
	}
	session := p.s.Host.Session()
	screen.Read(p.s.Ctx, p.s.Host, func(ctx context.Context) (model.Keeper, error) { return session.New(ctx, "stage") }, func(rec model.Keeper) {
		if x, ok := rec.(*deal.Stage); ok {
			x.Process, x.Order, x.Colour = process, order, input.Shades[len(p.stages)%len(input.Shades)]
			p.openStage(x)
		}
	})
}

func (p *processes) editStage() {
	if x := p.stage(); x != nil {
		p.openStage(x)
	}
}

func (p *processes) editProcess() {
	if p.chosen != 0 {
		p.s.Host.Edit("process", p.chosen, nil, func(model.Ref) { p.read() })
	}
}

func (p *processes) newProcess() {
	p.s.Host.Edit("process", 0, nil, func(ref model.Ref) {
		p.chosen = ref.ID
		p.read()
	})
}

func (p *processes) removeStage() {
	x := p.stage()
	if x == nil || !p.s.Host.Session().MayWrite("stage") {
		return
	}
	session, id := p.s.Host.Session(), x.ID
	t := p.s.Host.Words()
	var batch store.Batch
	p.s.Host.Background(p.s.Ctx, func(ctx context.Context) (err error) {
		batch, err = session.Mark(ctx, "stage", id, true)
		return err
	}, func(err error) {
		if err != nil {
			p.s.Host.Fail(err)
			return
		}
		p.s.Host.Saved("stage", id)
		p.s.Host.Done(t.T("settings.stage_removed", "stage", x.Name), batch)
		p.read()
	})
}

// key moves the chosen stage by Ctrl+Shift and an arrow, as lines move in a
// document.
func (p *processes) key(sc fyne.Shortcut) bool {
	k, ok := sc.(fyne.KeyboardShortcut)
	if !ok || k.Mod() != fyne.KeyModifierShortcutDefault|fyne.KeyModifierShift {
		return false
	}
	switch k.Key() {
	case fyne.KeyUp:
		p.move(-1)
	case fyne.KeyDown:
		p.move(1)
	default:
		return false
	}
	return true
}

// move changes the place of the chosen stage.
func (p *processes) move(by int) {
	i := p.grid.FocusRow()
	j := i + by
	if !p.s.Host.Session().MayWrite("stage") || i < 0 || i >= len(p.stages) || j < 0 || j >= len(p.stages) {
		return
	}
	order := make([]int64, len(p.stages))
	for n, x := range p.stages {
		order[n] = x.ID
	}
	order[i], order[j] = order[j], order[i]
	p.keep = order[j]
	session := p.s.Host.Session()
	t := p.s.Host.Words()
	var batch store.Batch
	p.s.Host.Background(p.s.Ctx, func(ctx context.Context) (err error) {
		batch, err = reorder(ctx, session, t.T("settings.order_batch"), order)
		return err
	}, func(err error) {
		if err != nil {
			p.s.Host.Fail(err)
			return
		}
		p.s.Host.Saved("stage", order...)
		p.s.Host.Done(t.T("settings.order_changed"), batch)
		p.read()
	})
}

// reorder numbers stages in steps of ten, in one batch.
func reorder(ctx context.Context, s *store.Session, label string, ids []int64) (store.Batch, error) {
	return s.InBatch(ctx, label, func(ctx context.Context, b *store.Batcher) error {
		for n, id := range ids {
			rec, err := b.Get(ctx, "stage", id)
			if err != nil {
				return err
			}
			x, ok := rec.(*deal.Stage)
			if want := int64(n+1) * 10; ok && x.Order != want {
				x.Order = want
				if err := b.Save(ctx, "stage", x); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
