package deals

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/filter"
	"ugoda/model/proposal"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/document/desktest"
	"ugoda/ui/screen/form"
)

// A deal that could not follow its proposal says so on its card, with what it
// lacks; the button leads there, and once that is mended moves the deal.
func TestTheCardTellsThatTheDealStayedBehind(t *testing.T) {
	d := desktest.New(t)
	own := d.Get("deal", d.Deal.ID).(*deal.Deal)
	stages, err := d.Session.IDs(d.Ctx, store.Query{Kind: "stage", Where: filter.Cond{Path: "kind", Op: filter.Eq, Values: []filter.Value{filter.String(deal.Open)}}})
	if err != nil {
		t.Fatal(err)
	}
	var ahead *deal.Stage
	for _, id := range stages {
		if x := d.Get("stage", id).(*deal.Stage); x.Process.ID == own.Process.ID && (ahead == nil || x.Order > ahead.Order) {
			ahead = x
		}
	}
	process := d.Get("process", own.Process.ID).(*deal.Process)
	process.SentStage = ahead.Ref()
	d.Save("process", process)
	rec, err := d.Session.New(d.Ctx, "proposal")
	if err != nil {
		t.Fatal(err)
	}
	p := rec.(*proposal.Proposal)
	p.Client, p.Deal = model.Ref{ID: d.Client.ID}, own.Ref()
	p.Variants = []proposal.Variant{{Recommended: true}}
	p.Variants[0].Lines = []proposal.Line{{Text: "Монтаж", Unit: "посл", Quantity: 1000, Price: 1_000_00, VAT: "20"}}
	d.Save("proposal", p)
	if err := d.Base.Write(d.Ctx, func(tx *store.Tx) error { // as an older program may have left it
		_, err := tx.Exec(d.Ctx, `UPDATE deal SET subject = '' WHERE id = ?`, own.ID)
		return err
	}); err != nil {
		t.Fatal(err)
	}

	var c *card
	made, err := form.With(d.Host, screen.ToCard("deal", own.ID), func(s *form.Screen) form.Beside {
		c = newCard(s)
		return c
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(made.Close)
	d.Host.Show(made)
	said, ways := told(c.stuck)
	if said != "" || len(ways) > 0 {
		t.Fatalf("of a draft: %q", said)
	}
	d.Do("proposal", p.ID, "sent")
	c.Changed(map[string][]int64{"proposal": {p.ID}})
	if said, ways = told(c.stuck); !strings.Contains(said, d.Proposal(p.ID).Number) || !strings.Contains(said, ahead.Name) || len(ways) != 1 {
		t.Fatalf("the card says %q, with %d buttons", said, len(ways))
	}
	ways[0].Tapped(nil)
	if c.form.ProblemOf("subject") == "" {
		t.Error("nothing stands beside what the deal lacks")
	}
	c.form.Set("subject", "Теплиця")
	c.form.Saved(func() {})
	if said, ways = told(c.stuck); !strings.Contains(said, "ніщо не заважає") || len(ways) != 1 {
		t.Fatalf("mended, the card says %q, with %d buttons", said, len(ways))
	}
	ways[0].Tapped(nil)
	if now := d.Get("deal", own.ID).(*deal.Deal); now.Stage.ID != ahead.ID {
		t.Errorf("it stands in %v", now.Stage)
	}
	if said, _ = told(c.stuck); said != "" {
		t.Errorf("moved, the card says %q", said)
	}
}

// told is what stands in a container: its words, and its buttons.
func told(o fyne.CanvasObject) (said string, ways []*input.Button) {
	switch o := o.(type) {
	case *widget.Label:
		return o.Text, nil
	case *input.Button:
		return "", []*input.Button{o}
	case *fyne.Container:
		for _, x := range o.Objects {
			text, more := told(x)
			said, ways = said+text, append(ways, more...)
		}
	}
	return said, ways
}
