package report

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/reports"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/list"
	"ugoda/ui/screen"
	"ugoda/ui/screen/handout"
)

// BehindScreen is the name of the screen of what is behind a figure.
const BehindScreen = "behind"

// Arguments of its address, beside the settings of the report.
const (
	argReport = "report" // its name
	argRow    = "row"    // of a funnel: a stage of the row; empty: the total
	argGroup  = "group"  // of a funnel that is split: the key of the group
	argPart   = "part"   // as reports.Part says
	argKeys   = "keys"   // of losses: the keys, with commas
	argFirst  = "first"  // of inquiries: the first day
	argLast   = "last"   // and the last
	argKey    = "key"    // of inquiries: the key of a part
	argBy     = "behind" // how what is behind is sorted
	argPile   = "pile"   // the key of what of it is shown; empty: all
)

// byPreference is the key under which the way to sort is remembered.
const byPreference = "report.behind"

// sorted are the ways to sort what is behind a figure; the last is not at all.
func sortings() []string { return append(reports.Dimensions(), bySingle) }

// bySingle shows deal by deal.
const bySingle = "deal"

// openFunnel opens what is behind a row of a funnel.
func (v *view) openFunnel(f *reports.Funnel, group *reports.FunnelGroup, row int, part reports.Part) {
	args := map[string]string{argReport: reports.FunnelReport, argPart: string(part)}
	name := v.words.T("report.funnel.total." + string(f.Settings.Mode))
	if row >= 0 && row < len(f.Rows) && len(f.Rows[row].Stages) > 0 {
		args[argRow] = strconv.FormatInt(f.Rows[row].Stages[0], 10)
		name = f.Rows[row].Name
	}
	if group != nil {
		args[argGroup] = strconv.FormatInt(group.Key.ID, 10)
		name = reports.KeyName(f.Settings.By, group.Key, v.words) + " · " + name
	}
	if part != reports.All {
		name += " · " + v.words.T("report.part."+string(part))
	}
	v.openBehind(args, name)
}

// openLosses opens what is behind a line of losses.
func (v *view) openLosses(l *reports.Losses, keys []model.Ref) {
	ids := make([]string, len(keys))
	for i, k := range keys {
		ids[i] = strconv.FormatInt(k.ID, 10)
	}
	name := l.Name(reports.LossRow{Keys: keys}, v.words)
	if len(keys) == 0 {
		name = v.words.T("report.total")
	}
	v.openBehind(map[string]string{argReport: reports.LossesReport, argKeys: strings.Join(ids, ",")}, name)
}

// openProposals opens the list of the proposals behind a figure, where its sum
// stands below.
func (v *view) openProposals(r *reports.Proposals, part reports.Part, keys []model.Ref) {
	name := r.Name(reports.ProposalRow{Keys: keys}, v.words)
	if len(keys) == 0 {
		name = v.words.T("report.total")
	}
	if part != reports.All {
		name += " · " + v.words.T("report.part."+string(part))
	}
	s, trail := v.host.Session(), v.Title()
	screen.Read(v.ctx, v.host, func(ctx context.Context) (filter.Node, error) { return r.Behind(ctx, s, part, keys...) }, func(where filter.Node) {
		v.host.Preview(screen.ToList("proposal", filter.Text(where)).With(screen.ArgTitle, name).With(screen.ArgTrail, trail))
	})
}

// openWeek opens what is behind a week of inquiries, or a part of it.
func (v *view) openWeek(r *reports.Inquiries, w reports.InquiryWeek, part bool) {
	args := map[string]string{argReport: reports.InquiriesReport, argFirst: w.Monday.String(), argLast: w.Last.String()}
	name := v.words.DayAndMonth(w.Monday) + "–" + v.words.DayAndMonth(w.Last)
	if part {
		args[argKey] = w.Key.String()
		if args[argKey] == "" {
			args[argKey] = "0"
		}
		name = r.KeyName(w.Key, v.words) + " · " + name
	}
	v.openBehind(args, name)
}

func (v *view) openBehind(args map[string]string, name string) {
	v.host.Preview(Behind(v.name, v.set, args, name, v.Title()))
}

// Behind is the address of what is behind a figure of a report; trail says
// where it was clicked.
func Behind(report string, set reports.Settings, place map[string]string, name, trail string) screen.Address {
	args := maps.Clone(map[string]string(reports.Of(set)))
	args[argReport] = report
	for k, x := range place {
		if x != "" {
			args[k] = x
		}
	}
	args[screen.ArgTitle], args[screen.ArgTrail] = name, trail
	return screen.Address{Screen: BehindScreen, Args: args}
}

// BehindRow is the place of a row of a funnel, by one of its stages, or of its
// total when stages is empty.
func BehindRow(stages []int64, part reports.Part) map[string]string {
	out := map[string]string{argPart: string(part)}
	if len(stages) > 0 {
		out[argRow] = strconv.FormatInt(stages[0], 10)
	}
	return out
}

// OfStage reports whether an address is of what is behind a stage of a funnel.
func OfStage(a screen.Address) bool {
	return a.Screen == BehindScreen && a.Arg(argReport) == reports.FunnelReport && a.Arg(argRow) != ""
}

// behind shows what is behind a figure: its deals by client, by manager, by
// amount; then the deals.
type behind struct {
	host    screen.Host
	words   *locale.Printer
	address screen.Address
	ctx     context.Context
	cancel  context.CancelFunc
	content fyne.CanvasObject
	bar     *fyne.Container
	figure  *widget.Label
	grid    *list.Grid
	by      string
	busy    bool

	entries []reports.Entry // of the pile, or all
	piles   []reports.Pile
	total   reports.Pile
	asked   []reports.Asked
	sort    list.SortKey
	known   map[int]list.Row
}

// NewBehind makes the screen of what is behind a figure.
func NewBehind(h screen.Host, a screen.Address) (screen.Screen, error) {
	b := &behind{host: h, words: h.Words(), address: a, by: a.Arg(argBy), bar: container.NewStack(), figure: bold(""), busy: true, sort: list.SortKey{Key: "amount", Desc: true}}
	b.ctx, b.cancel = context.WithCancel(context.Background())
	b.figure.Truncation = fyne.TextTruncateEllipsis
	b.grid = list.NewGrid(nil, b)
	b.grid.SetBusy(true)
	b.grid.OnOpen = b.open
	b.grid.OnLink = func(row int, _ string) { b.open(row) }
	b.grid.OnSort = b.sorted
	b.content = container.NewBorder(container.NewPadded(b.bar), nil, nil, nil, b.grid)
	b.begin()
	return b, nil
}

// begin takes the way to sort that was used last, and reads.
func (b *behind) begin() {
	if b.by != "" || b.inquiries() || b.address.Arg(argPile) != "" {
		b.read()
		return
	}
	s := b.host.Session()
	screen.Read(b.ctx, b.host, func(ctx context.Context) (string, error) { return s.Preference(ctx, byPreference) }, func(by string) {
		if b.by = by; !slices.Contains(sortings(), by) {
			b.by = sortings()[0]
		}
		b.read()
	})
}

func (b *behind) inquiries() bool { return b.address.Arg(argReport) == reports.InquiriesReport }

// single reports that records are shown, not piles of them.
func (b *behind) single() bool {
	return b.inquiries() || b.by == bySingle || b.address.Arg(argPile) != ""
}

// read asks the figure again, and sorts what is behind it.
func (b *behind) read() {
	s, args := b.host.Session(), b.address.Args
	by, pile, single := b.by, b.address.Arg(argPile), b.single()
	type found struct {
		entries []reports.Entry
		piles   []reports.Pile
		asked   []reports.Asked
	}
	screen.Read(b.ctx, b.host, func(ctx context.Context) (found, error) {
		var f found
		var err error
		if args[argReport] == reports.InquiriesReport {
			f.asked, err = readAsked(ctx, s, args)
			return f, err
		}
		if f.entries, err = readEntries(ctx, s, args); err != nil {
			return f, err
		}
		if pile != "" {
			f.entries = slices.DeleteFunc(f.entries, func(e reports.Entry) bool { return strconv.FormatInt(e.Key(by), 10) != pile })
		}
		if !single {
			f.piles, err = reports.Piles(ctx, s, f.entries, by)
		}
		return f, err
	}, func(f found) {
		b.entries, b.piles, b.asked, b.busy = f.entries, f.piles, f.asked, false
		b.total = reports.Sum(f.entries)
		b.show()
	})
}

// readEntries asks the deals behind a figure of the funnel or of losses.
func readEntries(ctx context.Context, s *store.Session, args map[string]string) ([]reports.Entry, error) {
	r, err := reports.Ask(ctx, s, args[argReport], reports.Of(withoutCompare(args)))
	if err != nil {
		return nil, err
	}
	switch r := r.(type) {
	case *reports.Losses:
		var keys []int64
		for part := range strings.SplitSeq(args[argKeys], ",") {
			if id, err := strconv.ParseInt(part, 10, 64); err == nil {
				keys = append(keys, id)
			}
		}
		return r.Behind(ctx, s, keys...)
	case *reports.Funnel:
		var rows []int
		if id, err := strconv.ParseInt(args[argRow], 10, 64); err == nil {
			i := slices.IndexFunc(r.Rows, func(r reports.FunnelRow) bool { return slices.Contains(r.Stages, id) })
			if i < 0 {
				return nil, nil // the stage is gone
			}
			rows = []int{i}
		}
		var group *int64
		if id, err := strconv.ParseInt(args[argGroup], 10, 64); err == nil {
			group = &id
		}
		return r.Behind(ctx, s, reports.Part(args[argPart]), group, rows...)
	}
	return nil, nil
}

// withoutCompare leaves out what does not matter for what is behind a figure.
func withoutCompare(args map[string]string) map[string]string {
	out := maps.Clone(args)
	delete(out, reports.SetCompare)
	return out
}

func readAsked(ctx context.Context, s *store.Session, args map[string]string) ([]reports.Asked, error) {
	r, err := reports.Ask(ctx, s, args[argReport], reports.Of(withoutCompare(args)))
	if err != nil {
		return nil, err
	}
	q, ok := r.(*reports.Inquiries)
	if !ok {
		return nil, nil
	}
	first, err := model.ParseDay(args[argFirst])
	if err != nil {
		return nil, err
	}
	last, err := model.ParseDay(args[argLast])
	if err != nil {
		return nil, err
	}
	var key *reports.InquiryKey
	if text, ok := args[argKey]; ok {
		key = &reports.InquiryKey{}
		if id, err := strconv.ParseInt(text, 10, 64); err == nil {
			key.ID = id
		} else {
			key.Name = text
		}
	}
	return q.Behind(ctx, s, first, last, key)
}

// show lays the bar and the columns out.
func (b *behind) show() {
	t := b.words.T
	var controls []fyne.CanvasObject
	if !b.inquiries() && b.address.Arg(argPile) == "" {
		var options []input.Option
		for _, d := range sortings() {
			options = append(options, input.Option{Key: d, Text: t("report.behind." + d)})
		}
		c := input.NewChoice(options)
		c.Set(b.by)
		c.OnChange = func() { b.sortBy(c.Value()) }
		controls = append(controls, c)
	}
	var right []fyne.CanvasObject
	if b.single() {
		right = append(right, input.NewButton(t("report.behind.as_list"), b.asList).Framed())
	}
	right = append(right, b.sheet().Buttons()...)
	b.bar.Objects = []fyne.CanvasObject{container.NewBorder(nil, nil, container.NewHBox(controls...), container.NewHBox(right...), b.figure)}
	b.bar.Refresh()
	b.figure.SetText(b.said())
	b.known = map[int]list.Row{}
	b.grid.SetColumns(b.columns())
	b.grid.SetSort([]list.SortKey{b.sort})
	b.grid.SetSource(b)
	b.grid.SetBusy(false)
	b.grid.SetEmpty(&list.Empty{Title: t("report.empty")})
	b.arrange()
	if b.grid.Len() > 0 {
		b.grid.Select(0, list.Range{From: 0, To: 1})
	}
	b.host.Retitle(b)
}

// said is the figure that was clicked, after the way to it.
func (b *behind) said() string {
	return b.address.Arg(screen.ArgTrail) + " › " + b.address.Arg(screen.ArgTitle) + ":  " + b.sum()
}

func (b *behind) sum() string {
	if b.inquiries() {
		return b.words.N("report.behind.inquiries", int64(len(b.asked)))
	}
	key := "report.behind.deals"
	if b.address.Arg(reports.SetMode) == string(reports.Flow) {
		key = "report.behind.entries"
	}
	return b.words.N(key, b.total.Count, "sum", b.words.Amount(b.total.Amount))
}

// sortBy sorts another way, and remembers it.
func (b *behind) sortBy(by string) {
	b.by = by
	b.address = b.address.With(argBy, by)
	s := b.host.Session()
	b.host.Background(b.ctx, func(ctx context.Context) error { return s.SetPreference(ctx, byPreference, by) }, b.host.Fail)
	b.read()
}

// open opens a pile, or a record.
func (b *behind) open(row int) {
	trail := b.address.Arg(screen.ArgTrail) + " › " + b.address.Arg(screen.ArgTitle)
	switch {
	case row < 0:
	case b.inquiries():
		if row < len(b.asked) {
			b.host.Open(screen.ToCard(b.asked[row].Kind, b.asked[row].ID))
		}
	case b.single():
		if row < len(b.entries) {
			ids := make([]int64, len(b.entries))
			for i := range b.entries {
				ids[i] = b.entries[i].Deal
			}
			b.host.Neighbours(BehindScreen, ids)
			b.host.Open(screen.ToCard("deal", b.entries[row].Deal).With(screen.ArgFrom, BehindScreen))
		}
	case row < len(b.piles):
		p := b.piles[row]
		a := b.address.With(argBy, b.by).With(argPile, strconv.FormatInt(p.Key.ID, 10))
		b.host.Preview(a.With(screen.ArgTitle, reports.KeyName(b.by, p.Key, b.words)).With(screen.ArgTrail, trail))
	case row == len(b.piles): // the total: all of them
		b.host.Preview(b.address.With(argBy, bySingle))
	}
}

// most is how many deals go into the condition of a list.
const most = 5_000

// asList opens the records as a list, where they can be changed together.
func (b *behind) asList() {
	kind, seen := "deal", map[int64]bool{}
	var ids []int64
	add := func(id int64) {
		if !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	for i := range b.entries {
		add(b.entries[i].Deal)
	}
	for _, a := range b.asked {
		if a.Kind == "inquiry" {
			kind = "inquiry"
			add(a.ID)
		}
	}
	if len(ids) > most {
		b.host.Say(b.words.N("report.behind.too_many", most))
		return
	}
	title := b.address.Arg(screen.ArgTitle)
	b.host.Preview(screen.ToList(kind, reports.IDsWhere(ids)).With(screen.ArgTitle, title).With(screen.ArgTrail, b.address.Arg(screen.ArgTrail)))
}

func (b *behind) sheet() *handout.Handout {
	title := func() string { return b.address.Arg(screen.ArgTrail) + " › " + b.address.Arg(screen.ArgTitle) }
	return &handout.Handout{Host: b.host, Title: title, Plain: true, Ask: func() handout.Asker {
		now := *b // what is read anew meanwhile does not matter
		return func(context.Context) (handout.Sheet, error) { return handout.Sheet{Table: now.table()}, nil }
	}}
}

// Title says what the tab holds.
func (b *behind) Title() string { return b.address.Arg(screen.ArgTitle) }

// Content is the screen.
func (b *behind) Content() fyne.CanvasObject { return b.content }

// Address is how the same figure is opened again.
func (b *behind) Address() screen.Address { return b.address }

// Unsaved is never.
func (b *behind) Unsaved() bool { return false }

// Close drops what is being read.
func (b *behind) Close() { b.cancel() }

// Shown gives the keyboard to the rows.
func (b *behind) Shown() {
	if b.host.Window() != nil {
		b.host.Canvas().Focus(b.grid)
	}
}

// Hidden implements screen.Lifecycle.
func (b *behind) Hidden() {}

// Changed reads again.
func (b *behind) Changed(kinds map[string][]int64) {
	for _, k := range []string{"deal", "inquiry", "stage", "activity"} {
		if len(kinds) == 0 || kinds[k] != nil {
			b.read()
			return
		}
	}
}

// Can implements screen.Commander.
func (b *behind) Can(c screen.Command) bool {
	switch c {
	case screen.Refresh:
		return true
	case screen.Print, screen.Export:
		return !b.busy
	case screen.Mail:
		return !b.busy && b.sheet().CanMail()
	}
	return false
}

// Do implements screen.Commander.
func (b *behind) Do(c screen.Command) {
	switch c {
	case screen.Refresh:
		b.read()
	case screen.Print:
		b.sheet().Print()
	case screen.Mail:
		b.sheet().Mail()
	case screen.Export:
		b.sheet().Export("xlsx")
	}
}
