package paper_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/firm"
	"ugoda/model/proposal"
	"ugoda/service/paper"
	"ugoda/store"
	"ugoda/store/storetest"
)

// saved makes a template with a condition.
func saved(t *testing.T, s *store.Session, name, form, lang, when string, order int64) *firm.Template {
	t.Helper()
	x := &firm.Template{Name: name, For: "proposal", Form: form, Language: lang, When: when, Order: order, File: sample(t, locale.Language(lang), "Комерційна пропозиція", name)}
	if err := s.Save(context.Background(), "template", x); err != nil {
		t.Fatal(err)
	}
	return x
}

// Which template prints a document follows from conditions, in their order;
// the reason is told.
func TestTemplateIsChosen(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		s, p := office(t, dsn)
		chosen := func(j paper.Job) paper.Choice {
			t.Helper()
			j.Kind, j.ID = "proposal", p.ID
			c, err := paper.Choose(ctx, s, j)
			if err != nil {
				t.Fatal(err)
			}
			return c
		}
		if c := chosen(paper.Job{}); c.Why.Key != "paper.why.default" || c.Form != firm.FormProposal || c.Language != locale.Ukrainian {
			t.Errorf("%+v", c)
		}
		segment := &firm.Entry{Name: "Промисловість", Active: true}
		if err := s.Save(ctx, "segment", segment); err != nil {
			t.Fatal(err)
		}
		saved(t, s, "Для промисловості", firm.FormProposal, "uk", `client.segment = "Промисловість"`, 2)
		saved(t, s, "Для дорогих", firm.FormProposal, "uk", `amount > 1000000`, 3)
		saved(t, s, "Fabrikant", firm.FormProposal, "en", `amount > 0`, 1)
		large := saved(t, s, "Понад тисячу", firm.FormProposal, "uk", `amount > 1000`, 9)
		if c := chosen(paper.Job{}); c.ID != large.ID || c.Why.Key != "paper.why.condition" || !strings.Contains(c.Why.Say(locale.New(locale.Ukrainian)), "1") {
			t.Errorf("%+v %s", c, c.Why.Say(locale.New(locale.Ukrainian)))
		}
		rec, err := s.Get(ctx, "client", p.Client.ID)
		if err != nil {
			t.Fatal(err)
		}
		c := rec.(*client.Client)
		c.Segment = model.Ref{ID: segment.ID}
		if err := s.Save(ctx, "client", c); err != nil {
			t.Fatal(err)
		}
		if c := chosen(paper.Job{}); c.Name != "Для промисловості" || !strings.Contains(c.Why.Say(locale.New(locale.Ukrainian)), "Промисловість") {
			t.Errorf("%+v %s", c, c.Why.Say(locale.New(locale.Ukrainian)))
		}
		printed, err := paper.DOCX(ctx, s, paper.Job{Kind: "proposal", ID: p.ID})
		if err != nil || printed.Through.Name != "Для промисловості" || !strings.Contains(zipped(t, printed.DOCX, "word/document.xml"), "Для промисловості") {
			t.Errorf("%+v %v", printed, err)
		}
		if c := chosen(paper.Job{Form: firm.FormContract}); c.Form != firm.FormContract || c.Why.Key != "paper.why.default" {
			t.Errorf("%+v", c)
		}
		if c := chosen(paper.Job{Template: "Fabrikant"}); c.Language != locale.English || c.Why.Key != "paper.why.named" {
			t.Errorf("%+v", c)
		}
		got, err := s.Get(ctx, "proposal", p.ID)
		if err != nil {
			t.Fatal(err)
		}
		own := got.(*proposal.Proposal)
		own.Template = large.Ref()
		if err := s.Save(ctx, "proposal", own); err != nil {
			t.Fatal(err)
		}
		if c := chosen(paper.Job{}); c.ID != large.ID || c.Why.Key != "paper.why.document" {
			t.Errorf("%+v", c)
		}
		// A condition that cannot be read is refused where it is written.
		var problems model.Problems
		if err := s.Save(ctx, "template", &firm.Template{Name: "Крива", For: "proposal", Form: firm.FormProposal, When: "client.nothing = 1"}); !errors.As(err, &problems) || problems[0].Field != "when" {
			t.Errorf("%v", err)
		}
		// One variant alone.
		if _, err := paper.DOCX(ctx, s, paper.Job{Kind: "proposal", ID: p.ID, Variant: 2}); err == nil {
			t.Error("printed a variant that is not there")
		}
	})
}

// Every file that a template had is kept, told apart, and taken up again.
func TestTemplateVersions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		s, p := office(t, dsn)
		id, err := paper.AddTemplate(ctx, s, "proposal", firm.FormProposal, "Наш", sample(t, locale.Ukrainian, "Комерційна пропозиція", "Перша"), locale.Ukrainian)
		if err != nil {
			t.Fatal(err)
		}
		second := sample(t, locale.Ukrainian, "Комерційна пропозиція", "Друга")
		for range 2 { // the same file again is no new version
			if err := paper.EditedTemplate(ctx, s, id, second); err != nil {
				t.Fatal(err)
			}
		}
		if err := paper.MakeDefault(ctx, s, id); err != nil { // nor is another setting
			t.Fatal(err)
		}
		all, err := paper.Versions(ctx, s, id)
		if err != nil || len(all) != 2 || all[0].No != 2 || all[0].Reason != firm.VersionEdited || all[1].Reason != firm.VersionFirst || all[0].Size != int64(len(second)) || all[0].At.IsZero() {
			t.Fatalf("%+v %v", all, err)
		}
		first, err := paper.VersionFile(ctx, s, id, 1)
		if err != nil {
			t.Fatal(err)
		}
		changes, err := paper.Difference(first, second)
		if err != nil || len(changes) != 4 || changes[0].Text != "Перша" || changes[0].Added || changes[1].Text != "Друга" || !changes[1].Added {
			t.Fatalf("%+v %v", changes, err)
		}
		printed, err := paper.DOCX(ctx, s, paper.Job{Kind: "proposal", ID: p.ID, Template: "Наш", Version: 1})
		if err != nil || !strings.Contains(zipped(t, printed.DOCX, "word/document.xml"), "Перша") {
			t.Errorf("an earlier version is not shown: %v", err)
		}
		if err := paper.TakeBack(ctx, s, id, 1); err != nil {
			t.Fatal(err)
		}
		if file, err := paper.TemplateFile(ctx, s, "Наш"); err != nil || string(file) != string(first) {
			t.Errorf("not taken back: %v", err)
		}
		if all, err = paper.Versions(ctx, s, id); err != nil || len(all) != 3 || all[0].Reason != firm.VersionReturned {
			t.Errorf("%+v %v", all, err)
		}
		var none *paper.NoVersion
		if err := paper.TakeBack(ctx, s, id, 9); !errors.As(err, &none) {
			t.Errorf("%v", err)
		}
	})
}
