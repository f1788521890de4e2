package report

import (
	"context"
	"slices"
	"strconv"
	"testing"

	"fyne.io/fyne/v2"

	"ugoda/reports"
	"ugoda/service/demo/demotest"
	"ugoda/store"
	"ugoda/store/storetest"
	"ugoda/ui/screen"
	"ugoda/ui/screen/screentest"
)

func demoHost(t *testing.T) *screentest.Host {
	t.Helper()
	b := demotest.Small(t, storetest.SQLite(t), 7, 0)
	return screentest.New(t, b.System())
}

func opened(t *testing.T, h *screentest.Host, a screen.Address) *view {
	t.Helper()
	x, err := New(a.Screen)(h, a)
	if err != nil {
		t.Fatal(err)
	}
	h.Show(x)
	return x.(*view)
}

func behindOf(t *testing.T, h *screentest.Host) *behind {
	t.Helper()
	x, err := NewBehind(h, h.Opened[len(h.Opened)-1])
	if err != nil {
		t.Fatal(err)
	}
	h.Show(x)
	return x.(*behind)
}

// A stage opens by its picture and by its line; its deals by client, by manager
// and by amount add up to the figure, and lead to the deals and a deal.
func TestAFigureOpensIntoWhatItCounts(t *testing.T) {
	h := demoHost(t)
	v := opened(t, h, screen.Address{Screen: reports.FunnelReport})
	f := v.answer.(*reports.Funnel)
	row := slices.IndexFunc(f.Rows, func(r reports.FunnelRow) bool { return r.Count > 2 })
	v.picture.FocusGained()
	for range row {
		v.picture.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	v.picture.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(h.Opened) != 1 || h.Opened[0].Screen != BehindScreen || !OfStage(h.Opened[0]) {
		t.Fatalf("Enter on the picture opened %v", h.Opened)
	}
	b := behindOf(t, h)
	want := f.Rows[row]
	for _, by := range []string{"client", "manager", "band"} {
		b.sortBy(by)
		var count, amount int64
		for _, p := range b.piles {
			count += p.Count
			amount += p.Amount
		}
		if count != want.Count || amount != want.Amount || b.total.Count != want.Count {
			t.Errorf("by %s: %d, %d behind %d, %d", by, count, amount, want.Count, want.Amount)
		}
	}
	again := behindOf(t, h)
	if again.by != "band" {
		t.Errorf("the way to sort was not remembered: %s", again.by)
	}
	again.open(0)
	deals := behindOf(t, h)
	if deals.total.Count != again.piles[0].Count || deals.total.Amount != again.piles[0].Amount || !deals.single() {
		t.Errorf("%d, %d deals of a pile of %d, %d", deals.total.Count, deals.total.Amount, again.piles[0].Count, again.piles[0].Amount)
	}
	if trail := deals.address.Arg(screen.ArgTrail); trail != v.Title()+" › "+want.Name {
		t.Errorf("the trail is %q", trail)
	}
	deals.open(0)
	if last := h.Opened[len(h.Opened)-1]; last.Screen != screen.Card || last.Kind != "deal" || last.ID != deals.entries[0].Deal {
		t.Errorf("a deal opened %v", last)
	}
	v.openLine(len(v.rows), reports.All)
	if total := behindOf(t, h); total.total.Count != f.Open.Count || total.total.Amount != f.Open.Amount {
		t.Errorf("behind the total are %d deals of %d", total.total.Count, f.Open.Count)
	}
}

// Settings are saved by name, taken again, and those used last come back.
func TestSettingsAreKept(t *testing.T) {
	h := demoHost(t)
	v := opened(t, h, screen.Address{Screen: reports.FunnelReport})
	v.change(true, reports.SetMode, "flow", reports.SetPeriod, "last 90 days", reports.SetBy, "manager", reports.SetCompare, "previous")
	v.save(store.ReportSettings{Report: v.name, Name: "Квартал", Settings: reports.Of(v.set), Shared: true})
	if v.current() == nil || v.current().Name != "Квартал" || v.altered() {
		t.Fatalf("%+v in use", v.current())
	}
	v.change(true, reports.SetBy, "")
	if !v.altered() {
		t.Error("a change is not noticed")
	}
	again := opened(t, h, screen.Address{Screen: reports.FunnelReport})
	if again.set[reports.SetMode] != "flow" || again.set[reports.SetBy] != "" || again.current() == nil {
		t.Errorf("came back with %v", again.set)
	}
	again.use(again.kept[0])
	f := again.answer.(*reports.Funnel)
	if again.altered() || f.Settings.By != "manager" || f.Was == nil || len(f.Groups) == 0 {
		t.Errorf("asked with %+v", f.Settings)
	}
	if again.Address().Arg(argKept) != strconv.FormatInt(again.kept[0].ID, 10) {
		t.Error("the address forgot the settings")
	}
	again.remove(again.kept[0])
	if len(again.kept) != 0 || again.using != 0 {
		t.Error("they were not deleted")
	}
}

// The editor of common rows begins with the rows that there are, and keeps
// nothing while they are left as they are.
func TestCommonRows(t *testing.T) {
	h := demoHost(t)
	v := opened(t, h, screen.Address{Screen: reports.FunnelReport})
	var usual []string
	for _, r := range v.answer.(*reports.Funnel).Rows {
		if r.Kind == "open" {
			usual = append(usual, r.Name)
		}
	}
	press := func() {
		t.Helper()
		h.Dialogs[len(h.Dialogs)-1].Enter()
	}
	v.editRows()
	press()
	if v.set[reports.SetRows] != "" {
		t.Errorf("rows left alone were kept: %s", v.set[reports.SetRows])
	}
	e := &rowsEditor{v: v, chosen: map[int64]bool{}}
	stages, err := h.Session().Page(context.Background(), store.Query{Kind: "stage", Columns: []string{"kind"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range stages {
		if s.Cells[0] == "open" && len(e.rows) == 0 {
			e.rows = []reports.FunnelRowSettings{{Name: "Перший рядок", Stages: []int64{s.ID}}}
		}
	}
	e.dialog = &screen.Dialog{}
	e.apply()
	f := v.answer.(*reports.Funnel)
	if f.Rows[0].Name != "Перший рядок" || len(f.Rows[0].Stages) != 1 || len(usual) == 0 {
		t.Errorf("rows are %v, usually %v", f.Rows, usual)
	}
}

// Losses and inquiries open into as many as they say, too.
func TestLossesAndInquiriesOpen(t *testing.T) {
	h := demoHost(t)
	l := opened(t, h, screen.Address{Screen: reports.LossesReport, Args: map[string]string{reports.SetBy: "reason,stage"}})
	losses := l.answer.(*reports.Losses)
	for i, line := range losses.Lines()[:4] {
		l.openLine(i, reports.All)
		if b := behindOf(t, h); b.total.Count != line.Count || b.total.Amount != line.Amount {
			t.Errorf("%s: %d behind %d", losses.Name(line, h.Words()), b.total.Count, line.Count)
		}
	}
	q := opened(t, h, screen.Address{Screen: reports.InquiriesReport, Args: map[string]string{reports.SetBy: "source"}})
	weeks := q.answer.(*reports.Inquiries).Weeks
	q.openLine(0, reports.All)
	if b := behindOf(t, h); int64(len(b.asked)) != weeks[0].Count {
		t.Errorf("%d behind a week of %d", len(b.asked), weeks[0].Count)
	}
	q.openLine(1, reports.All)
	if b := behindOf(t, h); int64(len(b.asked)) != weeks[0].Split[0].Count {
		t.Errorf("%d behind a part of %d", len(b.asked), weeks[0].Split[0].Count)
	}
}
