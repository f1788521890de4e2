package paper_test

import (
	"strings"
	"testing"

	"ugoda/locale"
	"ugoda/model/firm"
	"ugoda/printing/layout"
	"ugoda/service/paper"
	"ugoda/store/storetest"
)

// A template that two people argued over in Word is kept as they left it, and
// says so; a document made of it has nothing of that, and our own layout has
// nothing left to name.
func TestReviewStaysBehind(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		s, p := office(t, address)
		ctx := t.Context()
		const by = ` w:id="1" w:author="Олена Таємна" w:date="2026-03-02T10:00:00Z"`
		file := sample(t, locale.Ukrainian, "{Вступ}{/}", `{Вступ}{/}</w:t></w:r><w:del`+by+`><w:r><w:delText>дорого</w:delText></w:r></w:del><w:commentRangeStart w:id="2"/><w:ins`+by+`><w:r><w:t>недорого</w:t></w:r></w:ins><w:commentRangeEnd w:id="2"/><w:r><w:t>`)
		notes, err := paper.StaysBehind(file)
		if err != nil || len(notes) != 2 {
			t.Fatalf("%v %v", notes, err)
		}
		for _, n := range notes {
			if said := n.Say(locale.New(locale.Ukrainian)); !strings.Contains(said, "Word") {
				t.Errorf("it is said as %q", said)
			}
		}
		if faults, err := paper.CheckTemplate("proposal", file, locale.New(locale.Ukrainian)); err != nil || len(faults) > 0 {
			t.Errorf("a review is no fault: %v %v", faults, err)
		}
		if _, err := paper.AddTemplate(ctx, s, "proposal", firm.FormProposal, "Обговорений", file, locale.Ukrainian); err != nil {
			t.Fatal(err)
		}
		if kept, err := paper.TemplateFile(ctx, s, "Обговорений"); err != nil || string(kept) != string(file) {
			t.Errorf("the template is not kept as it was: %v", err)
		}
		printed, err := paper.DOCX(ctx, s, paper.Job{Kind: "proposal", ID: p.ID, Template: "Обговорений"})
		if err != nil {
			t.Fatal(err)
		}
		text := zipped(t, printed.DOCX, "word/document.xml")
		for _, mark := range []string{"Таємна", ">дорого<", "<w:ins ", "<w:del ", "comment"} {
			if strings.Contains(text, mark) {
				t.Errorf("%s leaves with the document", mark)
			}
		}
		if !strings.Contains(text, "недорого") {
			t.Error("what was inserted is gone")
		}
		laid, err := paper.Lay(ctx, printed)
		if err != nil {
			t.Fatal(err)
		}
		r, err := laid.PDF(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if limits := paper.Limits(&layout.Result{Unsupported: r.Unsupported}); len(limits) > 0 {
			t.Errorf("the print is warned of what it has not: %v", limits)
		}
	})
}
