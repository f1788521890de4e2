package deal

import (
	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/firm"
)

// Deal is a sale that is being worked on, or was.
type Deal struct {
	model.Record
	Subject          string
	Process          model.Ref
	Stage            model.Ref
	State            string // the kind of its stage
	Client           model.Ref
	Contact          model.Ref
	Amount           model.Money
	AmountFixed      bool // typed by hand: no longer follows the proposal
	Probability      model.Percent
	ProbabilityFixed bool // typed by hand: no longer follows the stage
	Manager          model.Ref
	Department       model.Ref
	Organization     model.Ref
	Project          model.Ref
	Source           model.Ref
	Inquiry          model.Ref
	Region           model.Ref // of the client, as it was
	Segment          model.Ref // of the client, as it was
	Opened           model.Day
	Closes           model.Day // expected
	Closed           model.Day // when it was won or lost
	StageSince       model.Day
	LossReason       model.Ref
	LossWords        string
	Note             string
	Products         []Interest
}

// Interest is a product that the client is interested in.
type Interest struct {
	model.Row
	Product  model.Ref
	Quantity model.Qty
}

// Ref points to the deal.
func (d *Deal) Ref() model.Ref { return model.Ref{ID: d.ID, Code: d.Number, Name: d.Subject} }

// Fill names for a document of the deal whom the deal knows and nobody named.
func (d *Deal) Fill(client, contact, manager, department, organization *model.Ref) {
	for to, from := range map[*model.Ref]model.Ref{client: d.Client, contact: d.Contact, manager: d.Manager, department: d.Department, organization: d.Organization} {
		if to.IsZero() {
			*to = from
		}
	}
}

func describeDeal(r *model.Registry) {
	k := model.Describe[Deal](r, "deal")
	k.Title, k.Sort, k.Series, k.Calendar = []string{"subject"}, "-id", "deal", []string{"closes", "next_due"}
	k.Field("number").Shown, k.Field("number").ReadOnly = true, true
	k.Text("subject", func(d *Deal) *string { return &d.Subject }, model.Required, model.Shown, model.Named)
	k.Ref("client", func(d *Deal) *model.Ref { return &d.Client }, model.To("client"), model.Shown)
	k.Ref("contact", func(d *Deal) *model.Ref { return &d.Contact }, model.To("contact"))
	k.Ref("process", func(d *Deal) *model.Ref { return &d.Process }, model.To("process"), model.Required)
	k.Ref("stage", func(d *Deal) *model.Ref { return &d.Stage }, model.To("stage"), model.Required, model.Shown)
	k.Choice("state", func(d *Deal) *string { return &d.State }, model.OneOf(Open, Hold, Won, Lost), model.ReadOnly)
	k.Money("amount", func(d *Deal) *model.Money { return &d.Amount }, model.Shown, model.Summed, model.Group("money"))
	k.Bool("amount_fixed", func(d *Deal) *bool { return &d.AmountFixed }, model.Group("money"))
	k.Percent("probability", func(d *Deal) *model.Percent { return &d.Probability }, model.Group("money"))
	k.Bool("probability_fixed", func(d *Deal) *bool { return &d.ProbabilityFixed }, model.Group("money"))
	k.Day("closes", func(d *Deal) *model.Day { return &d.Closes }, model.Shown, model.Group("money"))
	k.Ref("manager", func(d *Deal) *model.Ref { return &d.Manager }, model.To("employee"), model.Shown, model.Group("sales"))
	k.Ref("department", func(d *Deal) *model.Ref { return &d.Department }, model.To("department"), model.Group("sales"))
	k.Ref("organization", func(d *Deal) *model.Ref { return &d.Organization }, model.To("organization"), model.Group("sales"))
	k.Ref("project", func(d *Deal) *model.Ref { return &d.Project }, model.To("project"), model.Group("sales"))
	k.Ref("source", func(d *Deal) *model.Ref { return &d.Source }, model.To("source"), model.Group("sales"))
	k.Ref("inquiry", func(d *Deal) *model.Ref { return &d.Inquiry }, model.To("inquiry"), model.ReadOnly, model.Group("sales"))
	k.Ref("region", func(d *Deal) *model.Ref { return &d.Region }, model.To("region"), model.ReadOnly, model.Group("sales"))
	k.Ref("segment", func(d *Deal) *model.Ref { return &d.Segment }, model.To("segment"), model.ReadOnly, model.Group("sales"))
	k.Day("opened", func(d *Deal) *model.Day { return &d.Opened }, model.ReadOnly)
	k.Day("stage_since", func(d *Deal) *model.Day { return &d.StageSince }, model.ReadOnly)
	k.Day("closed", func(d *Deal) *model.Day { return &d.Closed }, model.ReadOnly)
	k.Ref("loss_reason", func(d *Deal) *model.Ref { return &d.LossReason }, model.To("loss-reason"), model.Seldom)
	k.Text("loss_words", func(d *Deal) *string { return &d.LossWords }, model.Seldom)
	k.LongText("note", func(d *Deal) *string { return &d.Note })
	p := model.PartOf(k, "products", func(d *Deal) *[]Interest { return &d.Products })
	p.Ref("product", func(i *Interest) *model.Ref { return &i.Product }, model.To("product"), model.Required, model.Shown)
	p.Qty("quantity", func(i *Interest) *model.Qty { return &i.Quantity }, model.Shown)

	k.Computed("days_in_stage", model.Int, model.Shown) // whole days since stage_since, as of today
	k.Computed("next_step", model.Text)                 // subject of the earliest open activity
	k.Computed("next_due", model.Days, model.Shown)     // its day
	k.Computed("weighted", model.Price, model.Summed)   // amount in base currency × probability, rounded per deal
	k.Computed("attention", model.Choice, model.OneOf(AttentionNone, AttentionNoStep, AttentionOverdueStep, AttentionLate, AttentionStuck))

	k.Defaults(func(d *Deal, f model.Facts) {
		d.Manager, d.Opened = f.Employee(), f.Today()
		d.Amount.Currency = f.BaseCurrency()
		if ps, _ := f.Query(ProcessesQuery, 0).([]*Process); len(ps) > 0 {
			d.Process = model.Ref{ID: ps[0].ID, Code: ps[0].Number, Name: ps[0].Name}
			if first := StageOf(f, d.Process, Open); first != nil {
				d.Stage, d.Probability, d.State = first.Ref(), first.Probability, Open
			}
		}
	})
	k.Derives(deriveDeal)
	k.Checks(checkDeal)
	describeMoves(k)
}

// ProcessesQuery names the question "active, unmarked processes, in order of
// use"; its answer is []*Process.
const ProcessesQuery = "processes"

// deriveDeal lets a deal follow its stage, its manager and its client.
func deriveDeal(d, old *Deal, f model.Facts) error {
	if d.Opened == 0 {
		d.Opened = f.Today()
	}
	if d.Stage.IsZero() {
		if first := StageOf(f, d.Process, Open); first != nil {
			d.Stage = first.Ref()
		}
	}
	stage := model.Get[Stage](f, "stage", d.Stage)
	if stage == nil {
		return nil // the check says it
	}
	if old == nil || old.Stage.ID != d.Stage.ID {
		if d.StageSince == 0 || (old != nil && d.StageSince == old.StageSince) {
			d.StageSince = f.Today()
		}
		if !d.ProbabilityFixed || stage.Kind == Won || stage.Kind == Lost {
			d.Probability, d.ProbabilityFixed = stage.Probability, false
		}
		switch {
		case stage.Kind != Won && stage.Kind != Lost:
			d.Closed = 0
		case d.Closed == 0 || (old != nil && d.Closed == old.Closed):
			d.Closed = d.StageSince
		}
	} else {
		if d.Probability != old.Probability && stage.Kind != Won && stage.Kind != Lost {
			d.ProbabilityFixed = true
		} else if !d.ProbabilityFixed {
			d.Probability = stage.Probability
		}
	}
	d.State = stage.Kind
	if d.State != Lost {
		d.LossReason, d.LossWords = model.Ref{}, ""
	}
	if old != nil && old.Amount != d.Amount && old.AmountFixed == d.AmountFixed && !followed(f, d) {
		d.AmountFixed = true
	}
	if d.Department.IsZero() || (old != nil && old.Manager.ID != d.Manager.ID && old.Department.ID == d.Department.ID) {
		if m := model.Get[firm.Employee](f, "employee", d.Manager); m != nil {
			d.Department = m.Department
		}
	}
	if old == nil || old.Client.ID != d.Client.ID {
		if c := model.Get[client.Client](f, "client", d.Client); c != nil {
			d.Region, d.Segment = c.Region, c.Segment
			if d.Source.IsZero() {
				d.Source = c.Source
			}
		} else {
			d.Region, d.Segment = model.Ref{}, model.Ref{}
		}
	}
	if d.Organization.IsZero() {
		if o, ok := f.Query(MainOrganizationQuery, 0).(model.Ref); ok {
			d.Organization = o
		}
	}
	return nil
}

// MainOrganizationQuery names the question "our main firm"; its answer is a model.Ref.
const MainOrganizationQuery = "main-organization"

// ProposalAmountQuery names the question "what the deal's proposal offers":
// the total of the accepted, else the recommended variant of its newest
// proposal that is not declined or cancelled. Its answer is a model.Money, or
// nil when there is none.
const ProposalAmountQuery = "proposal-amount"

// followed reports whether the amount is the one that the proposal offers.
func followed(f model.Facts, d *Deal) bool {
	m, ok := f.Query(ProposalAmountQuery, d.ID).(model.Money)
	return ok && m == d.Amount
}

func checkDeal(d, old *Deal, f model.Facts) []model.Problem {
	var p []model.Problem
	stage := model.Get[Stage](f, "stage", d.Stage)
	switch {
	case stage == nil:
		p = append(p, model.Wrong("stage", "no_stage"))
	case stage.Process.ID != d.Process.ID:
		p = append(p, model.Wrong("stage", "stage_of_other_process", "stage", stage.Name))
	}
	if d.Amount.Minor < 0 {
		p = append(p, model.Wrong("amount", "negative"))
	}
	if d.Probability < 0 || d.Probability > 10_000 {
		p = append(p, model.Wrong("probability", "percent_range"))
	}
	if d.State == Lost {
		p = append(p, checkLoss(d, f)...)
	}
	if old == nil || old.Contact.ID != d.Contact.ID || old.Client.ID != d.Client.ID {
		if c := model.Get[client.Contact](f, "contact", d.Contact); c != nil && !c.Client.IsZero() && c.Client.ID != d.Client.ID {
			p = append(p, model.Wrong("contact", "contact_of_other_client", "contact", c.Name))
		}
	}
	for i, x := range d.Products {
		if x.Quantity < 0 {
			p = append(p, model.Wrong(model.RowField("products", i, "quantity"), "negative"))
		}
	}
	return p
}

// checkLoss demands a reason of a lost deal, on every path.
func checkLoss(d *Deal, f model.Facts) []model.Problem {
	reason := model.Get[LossReason](f, "loss-reason", d.LossReason)
	if reason == nil {
		return []model.Problem{model.Wrong("loss_reason", "loss_reason_missing")}
	}
	if reason.NeedsWords && len([]rune(d.LossWords)) < 3 {
		return []model.Problem{model.Wrong("loss_words", "loss_words_missing", "reason", reason.Name)}
	}
	return nil
}
