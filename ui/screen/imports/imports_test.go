package imports

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ugoda/exchange/spreadsheet"
	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/deal"
	"ugoda/model/records"
	"ugoda/service/found"
	"ugoda/service/imports"
	"ugoda/store"
	"ugoda/store/storetest"
	"ugoda/ui/screen"
	"ugoda/ui/screen/screentest"
)

func window(t *testing.T, dsn string) (*screentest.Host, *store.Session) {
	t.Helper()
	b, err := found.Base(context.Background(), dsn, found.Firm{Name: "ТОВ «Проба»", Language: locale.Ukrainian},
		store.Options{Registry: records.New(), Today: func() model.Day { return model.Date(2026, 11, 23) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return screentest.New(t, b.System()), b.System()
}

func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func open(t *testing.T, h *screentest.Host, kind, path string) *Screen {
	t.Helper()
	a := screen.Address{Screen: Name, Kind: kind}
	if path != "" {
		a = a.With(screen.ArgFile, path)
	}
	x, err := New(h, a)
	if err != nil {
		t.Fatal(err)
	}
	s := x.(*Screen)
	t.Cleanup(s.Close)
	h.Show(s)
	return s
}

// A file goes through all steps: its columns are recognised, a name that the
// base spells otherwise is asked about once, what is answered is remembered,
// the rows come in and go out again, but for one that was edited since.
func TestFileComesInByTheSteps(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		h, session := window(t, dsn)
		path := file(t, "клієнти.csv", "Назва;ЄДРПОУ;Телефон;Область\nТОВ «Їжак»;00032129;(010) 000-00-01;Київська-обл\nПП Єва;14360570;;Київська\nТОВ Третє;14360571;;Київська\n")
		s := open(t, h, "client", path)
		if s.step != mapping || s.plan == nil || !s.plan.Mapped("region") || !s.plan.Mapped("code") || strings.Join(s.plan.Key, ",") != "code" {
			t.Fatalf("step %d, plan %+v", s.step, s.plan)
		}
		if got := s.columns.fields[0].Text; got != "Клієнт" {
			t.Errorf("the first column brings %q", got)
		}
		s.Do(screen.MainAction)
		if s.step != checking || s.result.Created != 1 || s.result.LeftOut != 2 {
			t.Fatalf("step %d, result %+v", s.step, s.result)
		}
		if n := s.check.grid.Len(); n != 2 {
			t.Fatalf("%d problems are shown", n)
		}
		if s.check.ready() {
			t.Error("the import may begin with problems")
		}
		region := question(t, s, imports.AboutReference, "Київська-обл")
		id, err := session.Find(ctx, "region", "Київська")
		if err != nil {
			t.Fatal(err)
		}
		s.plan.Say(region.Kind, region.Text, imports.Answer{ID: id})
		s.check.questions.say(region)
		s.check.leave.SetChecked(true)
		if s.check.ready() && !s.check.questions.changed() {
			t.Error("the answer needs no new trial")
		}
		s.Do(screen.MainAction) // tries again
		if s.result.Created != 2 || s.result.LeftOut != 1 || len(s.result.Questions) != 0 {
			t.Fatalf("after the answer: %+v", s.result)
		}
		s.check.leave.SetChecked(true)
		s.Do(screen.MainAction)
		if s.step != finished || s.result.Batch.ID == 0 || s.result.Created != 2 {
			t.Fatalf("step %d, result %+v", s.step, s.result)
		}
		test.Tap(s.toRecords)
		last := h.Opened[len(h.Opened)-1]
		if last.Screen != screen.List || last.Kind != "client" || last.Arg(screen.ArgBatch) != idText(s.result.Batch.ID) {
			t.Errorf("opened %+v", last)
		}
		// the same headings again: everything is as it was said, nothing is asked
		again := open(t, h, "client", path)
		if !again.source.last {
			t.Error("the columns were not remembered")
		}
		again.Do(screen.MainAction)
		if len(again.result.Questions) != 0 || again.result.Same != 2 {
			t.Errorf("the second time: %+v", again.result)
		}
		// one client is edited, the import is taken back
		edited, err := session.Find(ctx, "client", "ПП Єва")
		if err != nil {
			t.Fatal(err)
		}
		rec, err := session.Get(ctx, "client", edited)
		if err != nil {
			t.Fatal(err)
		}
		rec.(*client.Client).Note = "своє"
		if err := session.Save(ctx, "client", rec); err != nil {
			t.Fatal(err)
		}
		j, err := NewJournal(h, screen.Address{Screen: JournalName})
		if err != nil {
			t.Fatal(err)
		}
		journal := j.(*Journal)
		h.Show(journal)
		if len(journal.entries) != 1 || journal.entries[0].Created != 2 || journal.entries[0].LeftOut != 1 {
			t.Fatalf("the journal has %+v", journal.entries)
		}
		journal.undo()
		d := h.Dialogs[len(h.Dialogs)-1]
		d.Enter()
		if e := journal.entries[0]; !e.Undone || e.Kept != 1 {
			t.Errorf("after the undo: %+v", e)
		}
		if _, err := session.Find(ctx, "client", "ТОВ «Їжак»"); err == nil {
			t.Error("an undone client is still there")
		}
		if _, err := session.Find(ctx, "client", "ПП Єва"); err != nil {
			t.Errorf("the edited client: %v", err)
		}
	})
}

func question(t *testing.T, s *Screen, about, text string) *imports.Question {
	t.Helper()
	for _, q := range s.result.Questions {
		if q.About == about && q.Text == text {
			return q
		}
	}
	t.Fatalf("nothing asks about %s %q: %+v", about, text, s.result.Questions)
	return nil
}

// A deal asks for its subject, for the day that some rows lack, and for the
// reason of a loss; what is answered in the fields of the questions counts.
func TestDealsAskWhatTheyNeed(t *testing.T) {
	ctx := context.Background()
	h, session := window(t, storetest.SQLite(t))
	process := &deal.Process{Name: "Інший", Active: true}
	if err := session.Save(ctx, "process", process); err != nil {
		t.Fatal(err)
	}
	for i, st := range []struct{ name, kind string }{{"Prospecting", deal.Open}, {"Engaging", deal.Open}, {"Lost", deal.Lost}} {
		if err := session.Save(ctx, "stage", &deal.Stage{Name: st.name, Kind: st.kind, Order: int64(i), Process: model.Ref{ID: process.ID}}); err != nil {
			t.Fatal(err)
		}
	}
	path := file(t, "угоди.csv", "id,deal_stage,engage_date,close_date,close_value\nA1,Engaging,10/20/2016,,\nA2,Prospecting,,,\nA3,Lost,10/25/2016,3/1/2017,0\n")
	s := open(t, h, "deal", path)
	if s.plan.Constants["process"] != imports.Constant(nil, model.Ref{ID: process.ID}) {
		t.Errorf("the process of the file's stages was not chosen: %v", s.plan.Constants)
	}
	s.Do(screen.MainAction)
	subject := question(t, s, imports.AboutMissing, "")
	if subject.Field != "subject" || !subject.Blocks {
		t.Fatalf("the first question is %+v", subject)
	}
	s.plan.Constants["subject"] = "Угода {id}"
	s.plan.Constants["opened"] = "2016-10-01"
	reasons, err := session.Complete(ctx, "loss-reason", "", 1, nil)
	if err != nil || len(reasons) == 0 {
		t.Fatal(reasons, err)
	}
	s.plan.Constants["loss_reason"] = imports.Constant(nil, reasons[0])
	s.check.questions.say(subject)
	s.Do(screen.MainAction)
	if s.result.Created != 3 || len(s.result.Questions) != 0 {
		t.Fatalf("%+v %+v", s.result, s.result.Problems)
	}
	s.Do(screen.MainAction)
	id, err := session.Find(ctx, "deal", "A2")
	if err != nil {
		t.Fatal(err)
	}
	rec, err := session.Get(ctx, "deal", id)
	if err != nil {
		t.Fatal(err)
	}
	d := rec.(*deal.Deal)
	if d.Subject != "Угода A2" || d.Opened != model.Date(2016, 10, 1) || !strings.Contains(d.Note, "01.10.2016") {
		t.Errorf("%+v", d)
	}
}

// Rows of the clipboard come in; a broken file says why in its place, and the
// screen goes on.
func TestClipboardAndBrokenFiles(t *testing.T) {
	h, _ := window(t, storetest.SQLite(t))
	s := open(t, h, "product", file(t, "x.xlsx", "це не книга"))
	if s.book != nil || s.source.note.Text != "Файл «x.xlsx» пошкоджений або має інший формат" {
		t.Errorf("it says %q", s.source.note.Text)
	}
	s.open(filepath.Join(t.TempDir(), "немає.csv"))
	if s.source.note.Text != "Файлу «немає.csv» немає" {
		t.Errorf("it says %q", s.source.note.Text)
	}
	fyne.CurrentApp().Clipboard().SetContent("Назва\tЦіна\nКотел\t1 200,50\nНасос\t300\n")
	s.Do(screen.PasteRows)
	if s.book == nil || !s.plan.Mapped("price") {
		t.Fatalf("the clipboard did not come: %q", s.source.note.Text)
	}
	s.Do(screen.MainAction)
	if s.result.Created != 2 {
		t.Errorf("%+v", s.result)
	}
}

// Problems are found, sorted and told apart; another encoding, sheet or row of
// headings is taken at once.
func TestWhatAPersonChanges(t *testing.T) {
	h, _ := window(t, storetest.SQLite(t))
	s := open(t, h, "product", file(t, "ціни.csv", "прайс на листопад;;\nНазва;Ціна;ПДВ\nКотел;багато;20\nНасос;300;сорок\nРазом;300;\n"))
	if s.plan.Header != 1 {
		t.Fatalf("the headings stand in row %d", s.plan.Header+1)
	}
	s.Do(screen.MainAction)
	if s.check.grid.Len() != 3 || s.result.Totals != 1 {
		t.Fatalf("%d problems, %+v", s.check.grid.Len(), s.result)
	}
	s.check.only.Set("notice")
	s.check.list()
	if s.check.grid.Len() != 1 {
		t.Errorf("%d notices", s.check.grid.Len())
	}
	s.check.only.Set("")
	s.check.find.SetText("СОРОК")
	if s.check.grid.Len() != 1 || s.check.source.list[0].Cells[0].Text != "4" {
		t.Errorf("found %+v", s.check.source.list)
	}
	s.Key(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if s.step != mapping {
		t.Error("Escape does not lead back")
	}
	zero := 0
	s.relook(0, &zero)
	if s.plan.Header != 0 || s.plan.Columns[0].Heading != "прайс на листопад" {
		t.Errorf("%+v", s.plan.Columns)
	}
	s.look(s.path, s.data, s.file, spreadsheet.Options{Separator: ','})
	if s.book.Separator != ',' || len(s.plan.Columns) != 1 {
		t.Errorf("separator %q, columns %+v", s.book.Separator, s.plan.Columns)
	}
}
