package report

import (
	"cmp"
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/table"
	"ugoda/reports"
	"ugoda/store"
	"ugoda/ui/list"
	"ugoda/ui/screen"
	"ugoda/ui/theme"
)

// Columns of a deal and of an inquiry that are read as they come into sight.
var (
	dealDetail    = []string{"number", "subject", "client", "manager", "stage"}
	inquiryDetail = []string{"number", "caller", "wanted", "channel", "source", "given_to", "outcome", "client", "phone"}
	askedDetail   = []string{"number", "subject", "note", "client", "source", "manager", "stage"}
)

// columns of piles, of deals, or of inquiries.
func (b *behind) columns() []list.Column {
	t := b.words
	number := func(key, title string, width float32) list.Column {
		return list.Column{Key: key, Title: title, Width: width, Align: list.Right}
	}
	plain := func(key, title string, width float32, grow bool) list.Column {
		return list.Column{Key: key, Title: title, Width: width, Grow: grow, NoSort: true}
	}
	switch {
	case b.inquiries():
		return []list.Column{
			plain("day", t.Field("inquiry", "day"), 92, false), plain("kind", t.T("report.behind.kind"), 92, false), plain("number", t.Field("inquiry", "number"), 92, false),
			plain("caller", t.Field("inquiry", "caller"), 150, true), plain("wanted", t.Field("inquiry", "wanted"), 170, true), plain("channel", t.Field("inquiry", "channel"), 84, false),
			plain("source", t.Field("inquiry", "source"), 110, false), plain("given_to", t.Field("inquiry", "given_to"), 120, false), plain("outcome", t.Field("inquiry", "outcome"), 110, false),
		}
	case b.single():
		return []list.Column{
			plain("number", t.Field("deal", "number"), 70, false), plain("subject", t.Field("deal", "subject"), 130, true), plain("client", t.Field("deal", "client"), 130, true),
			plain("manager", t.Field("deal", "manager"), 116, false), plain("stage", t.T("report.behind.stage_now"), 94, false),
			number("amount", t.T("report.amount"), 98), number("weighted", t.T("report.weighted"), 98), number("day", b.dayTitle(), 86), number("days", t.T("report.short.days"), 54),
		}
	}
	out := []list.Column{
		{Key: "name", Title: t.T("report.by." + b.by), Width: 240, Grow: true, NoSort: true},
		number("count", t.T("report.short.count"), 80), number("share", t.T("report.share"), 70), number("amount", t.T("report.amount"), 120),
		number("weighted", t.T("report.weighted"), 120), number("days", t.T("report.short.days"), 70),
	}
	out[5].Tip = t.T("report.funnel.days")
	if b.now() {
		out = append(out, number("late", t.T("report.funnel.late"), 104))
	}
	return out
}

// now reports that the figure is of a funnel of a day.
func (b *behind) now() bool {
	mode := b.address.Arg(reports.SetMode)
	return b.address.Arg(argReport) == reports.FunnelReport && (mode == "" || mode == string(reports.Now))
}

func (b *behind) dayTitle() string {
	t := b.words.T
	switch {
	case b.address.Arg(argReport) == reports.LossesReport || b.address.Arg(argPart) == string(reports.Lost):
		return t("report.behind.lost_on")
	case b.address.Arg(reports.SetMode) == string(reports.Cohort):
		return t("report.behind.opened_on")
	case b.now():
		return t("report.behind.since")
	}
	return t("report.behind.came_on")
}

// sorted takes the order that a person clicked.
func (b *behind) sorted(order []list.SortKey) {
	if len(order) > 0 {
		b.sort = order[0]
		b.grid.SetSort([]list.SortKey{b.sort})
		b.known = map[int]list.Row{}
		b.arrange()
		b.grid.Reset()
	}
}

// arrange puts piles and deals in order.
func (b *behind) arrange() {
	way := 1
	if b.sort.Desc {
		way = -1
	}
	if !b.single() && (b.by != "band" || b.sort.Key != "amount") {
		slices.SortStableFunc(b.piles, func(x, y reports.Pile) int {
			return way * cmp.Compare(pileFigure(x, b.sort.Key), pileFigure(y, b.sort.Key))
		})
	}
	slices.SortStableFunc(b.entries, func(x, y reports.Entry) int {
		return way * cmp.Compare(entryFigure(x, b.sort.Key), entryFigure(y, b.sort.Key))
	})
}

func pileFigure(p reports.Pile, key string) int64 {
	switch key {
	case "count", "share":
		return p.Count
	case "weighted":
		return p.Weighted
	case "days":
		return p.Days
	case "late":
		return p.Late
	}
	return p.Amount
}

func entryFigure(e reports.Entry, key string) int64 {
	switch key {
	case "weighted":
		return e.Weighted
	case "day":
		return int64(e.Day)
	case "days":
		return e.Days
	}
	return e.Amount
}

// Len is the number of rows, with the total below.
func (b *behind) Len() int {
	n := len(b.piles)
	switch {
	case b.busy:
		return 0
	case b.inquiries():
		return len(b.asked)
	case b.single():
		n = len(b.entries)
	}
	if n > 0 {
		n++
	}
	return n
}

// Window hands rows to the grid; what deals and inquiries say is read first.
func (b *behind) Window(from, to int) {
	to = min(to, b.Len())
	if from >= to {
		return
	}
	if !b.single() {
		var out []list.Row
		for i := from; i < to; i++ {
			out = append(out, b.pileRow(i))
		}
		b.grid.SetRows(from, out)
		return
	}
	s := b.host.Session()
	var deals, inquiries []int64
	for i := from; i < to; i++ {
		switch {
		case b.inquiries() && b.asked[i].Kind == "inquiry":
			inquiries = append(inquiries, b.asked[i].ID)
		case b.inquiries():
			deals = append(deals, b.asked[i].ID)
		case i < len(b.entries):
			deals = append(deals, b.entries[i].Deal)
		}
	}
	columns := dealDetail
	if b.inquiries() {
		columns = askedDetail
	}
	type read struct{ deals, inquiries map[int64]store.Row }
	by := func(rows []store.Row) map[int64]store.Row {
		out := map[int64]store.Row{}
		for _, r := range rows {
			out[r.ID] = r
		}
		return out
	}
	screen.Read(b.ctx, b.host, func(ctx context.Context) (read, error) {
		d, err := s.Rows(ctx, store.Query{Kind: "deal", Columns: columns}, deals)
		if err != nil {
			return read{}, err
		}
		q, err := s.Rows(ctx, store.Query{Kind: "inquiry", Columns: inquiryDetail}, inquiries)
		return read{by(d), by(q)}, err
	}, func(r read) {
		var out []list.Row
		for i := from; i < min(to, b.Len()); i++ {
			switch {
			case !b.inquiries():
				out = append(out, b.dealRow(i, r.deals))
			case b.asked[i].Kind == "inquiry":
				out = append(out, b.inquiryRow(i, r.inquiries[b.asked[i].ID]))
			default:
				out = append(out, b.askedRow(i, r.deals[b.asked[i].ID]))
			}
		}
		b.grid.SetRows(from, out)
	})
}

// days writes a number of days, nothing where there is none.
func (b *behind) days(n int64) string {
	if n < 0 {
		return ""
	}
	return b.words.Int(n)
}

func (b *behind) pileRow(i int) list.Row {
	total := i == len(b.piles)
	p, name := b.total, b.words.T("report.total")
	if !total {
		p = b.piles[i]
		name = reports.KeyName(b.by, p.Key, b.words)
	}
	share := ""
	if b.total.Count > 0 {
		share = b.words.Percent(model.Percent((p.Count*100 + b.total.Count/2) / b.total.Count * 100))
	}
	r := list.Row{ID: int64(i + 1), Cells: []list.Cell{
		{Text: name, Bold: total, Link: !total},
		{Text: b.words.Int(p.Count), Bold: total, Link: true},
		{Text: share, Bold: total},
		{Text: b.words.Amount(p.Amount), Bold: total},
		{Text: b.words.Amount(p.Weighted), Bold: total},
		{Text: b.days(p.Days), Bold: total},
	}}
	if b.now() {
		late := list.Cell{Text: "–", Bold: total, Tone: theme.Muted}
		if p.Late > 0 {
			late.Text, late.Tone = b.words.Int(p.Late), theme.Amber
		}
		r.Cells = append(r.Cells, late)
	}
	return r
}

// mark is the colour of what stands out in a deal, as on the board.
func mark(attention string) fyne.ThemeColorName {
	switch attention {
	case deal.AttentionStuck:
		return theme.Red
	case deal.AttentionLate:
		return theme.Amber
	}
	return ""
}

func (b *behind) dealRow(i int, known map[int64]store.Row) list.Row {
	if i == len(b.entries) {
		cells := make([]list.Cell, 9)
		cells[0] = list.Cell{Text: b.words.T("report.total"), Bold: true}
		cells[5] = list.Cell{Text: b.words.Amount(b.total.Amount), Bold: true}
		cells[6] = list.Cell{Text: b.words.Amount(b.total.Weighted), Bold: true}
		return list.Row{ID: int64(i + 1), Cells: cells}
	}
	e := b.entries[i]
	r := known[e.Deal]
	cells := texts(r, 5)
	cells[0].Link = true
	tone := mark(e.Attention)
	return list.Row{ID: int64(i + 1), Mark: tone, Cells: append(cells,
		list.Cell{Text: b.words.Amount(e.Amount)}, list.Cell{Text: b.words.Amount(e.Weighted)}, list.Cell{Text: b.words.DayShort(e.Day)}, list.Cell{Text: b.days(e.Days), Tone: tone})}
}

// texts are the first cells of a row as they stand.
func texts(r store.Row, n int) []list.Cell {
	out := make([]list.Cell, n)
	for i := range min(n, len(r.Cells)) {
		switch x := r.Cells[i].(type) {
		case string:
			out[i].Text = x
		case model.Ref:
			out[i].Text = x.Name
		}
	}
	return out
}

func (b *behind) inquiryRow(i int, r store.Row) list.Row {
	x := texts(r, len(inquiryDetail))
	t := b.words
	if x[1].Text == "" {
		x[1].Text = x[8].Text
	}
	if x[1].Text == "" {
		x[1].Text = x[7].Text
	}
	outcome := list.Cell{Text: t.Choice("inquiry", "outcome", x[6].Text)}
	if x[6].Text == "" {
		outcome = list.Cell{Text: t.T("report.behind.waiting"), Tone: theme.Amber}
	}
	channel := ""
	if x[3].Text != "" {
		channel = t.Choice("inquiry", "channel", x[3].Text)
	}
	return list.Row{ID: int64(i + 1), Cells: []list.Cell{
		{Text: t.DayShort(b.asked[i].Day)},
		{Text: t.Kind("inquiry")},
		{Text: x[0].Text, Link: true},
		{Text: x[1].Text},
		{Text: x[2].Text},
		{Text: channel},
		{Text: x[4].Text},
		{Text: x[5].Text},
		outcome,
	}}
}

// askedRow is a deal that nobody asked for: it counts as an inquiry.
func (b *behind) askedRow(i int, r store.Row) list.Row {
	x := texts(r, len(askedDetail))
	t := b.words
	return list.Row{ID: int64(i + 1), Cells: []list.Cell{
		{Text: t.DayShort(b.asked[i].Day)},
		{Text: t.Kind("deal"), Tone: theme.Blue},
		{Text: x[0].Text, Link: true},
		{Text: x[3].Text},
		{Text: x[1].Text},
		{},
		{Text: x[4].Text},
		{Text: x[5].Text},
		{Text: x[6].Text},
	}}
}

// table is what is behind the figure for a file.
func (b *behind) table() *table.Table {
	t := b.words
	currency := b.host.Session().BaseCurrency()
	money := func(minor int64) any { return model.Money{Minor: minor, Currency: currency} }
	days := func(n int64) any {
		if n < 0 {
			return nil
		}
		return n
	}
	out := &table.Table{Report: BehindScreen, Title: b.address.Arg(screen.ArgTrail) + " › " + b.address.Arg(screen.ArgTitle)}
	amount := func(name, label string) table.Column {
		return table.Column{Name: name, Label: t.T(label), Type: model.Amount, Currency: currency}
	}
	switch {
	case b.inquiries():
		out.Columns = []table.Column{{Name: "day", Label: t.Field("inquiry", "day"), Type: model.Days}, {Name: "kind", Label: t.T("report.behind.kind"), Type: model.Text}}
		for _, c := range []string{"number", "caller", "wanted", "channel", "source", "given_to", "outcome"} {
			out.Columns = append(out.Columns, table.Column{Name: c, Label: t.Field("inquiry", c), Type: model.Text})
		}
		out.Count = int64(len(b.asked))
		out.Rows = b.stream(len(b.asked), func(row list.Row, i int) []any {
			cells := []any{b.asked[i].Day}
			for _, c := range row.Cells[1:] {
				cells = append(cells, c.Text)
			}
			return cells
		})
	case b.single():
		for _, c := range dealDetail {
			out.Columns = append(out.Columns, table.Column{Name: c, Label: t.Field("deal", c), Type: model.Text})
		}
		out.Columns = append(out.Columns, amount("amount", "report.amount"), amount("weighted", "report.weighted"),
			table.Column{Name: "day", Label: b.dayTitle(), Type: model.Days}, table.Column{Name: "days", Label: t.T("report.short.days"), Type: model.Int})
		out.Count = int64(len(b.entries))
		out.Rows = b.stream(len(b.entries), func(row list.Row, i int) []any {
			e := b.entries[i]
			cells := make([]any, 0, 9)
			for _, c := range row.Cells[:5] {
				cells = append(cells, c.Text)
			}
			return append(cells, money(e.Amount), money(e.Weighted), e.Day, days(e.Days))
		})
		out.Total = []any{t.T("report.total"), nil, nil, nil, nil, money(b.total.Amount), money(b.total.Weighted), nil, nil}
	default:
		out.Columns = []table.Column{
			{Name: b.by, Label: t.T("report.by." + b.by), Type: model.Text},
			{Name: "count", Label: t.T("report.count"), Type: model.Int},
			amount("amount", "report.amount"), amount("weighted", "report.weighted"),
			{Name: "days", Label: t.T("report.funnel.days"), Type: model.Int},
		}
		var rows [][]any
		for _, p := range b.piles {
			rows = append(rows, []any{reports.KeyName(b.by, p.Key, t), p.Count, money(p.Amount), money(p.Weighted), days(p.Days)})
		}
		out.Rows, out.Count = table.Cells(rows...), int64(len(rows))
		out.Total = []any{t.T("report.total"), b.total.Count, money(b.total.Amount), money(b.total.Weighted), days(b.total.Days)}
	}
	return out
}

// chunk is how many records are read at once for a file.
const chunk = 400

// stream reads the records behind a figure, some at a time, off the UI
// goroutine.
func (b *behind) stream(n int, cells func(row list.Row, i int) []any) table.Rows {
	s := b.host.Session()
	return func(ctx context.Context, yield func(table.Row) error) error {
		for from := 0; from < n; from += chunk {
			to := min(from+chunk, n)
			var deals, inquiries []int64
			for i := from; i < to; i++ {
				switch {
				case !b.inquiries():
					deals = append(deals, b.entries[i].Deal)
				case b.asked[i].Kind == "inquiry":
					inquiries = append(inquiries, b.asked[i].ID)
				default:
					deals = append(deals, b.asked[i].ID)
				}
			}
			columns := dealDetail
			if b.inquiries() {
				columns = askedDetail
			}
			known := map[string]map[int64]store.Row{"deal": {}, "inquiry": {}}
			for kind, q := range map[string]struct {
				columns []string
				ids     []int64
			}{"deal": {columns, deals}, "inquiry": {inquiryDetail, inquiries}} {
				rows, err := s.Rows(ctx, store.Query{Kind: kind, Columns: q.columns}, q.ids)
				if err != nil {
					return err
				}
				for _, r := range rows {
					known[kind][r.ID] = r
				}
			}
			for i := from; i < to; i++ {
				var row list.Row
				switch {
				case !b.inquiries():
					row = b.dealRow(i, known["deal"])
				case b.asked[i].Kind == "inquiry":
					row = b.inquiryRow(i, known["inquiry"][b.asked[i].ID])
				default:
					row = b.askedRow(i, known["deal"][b.asked[i].ID])
				}
				if err := yield(table.Row{Cells: cells(row, i)}); err != nil {
					return err
				}
			}
		}
		return nil
	}
}
