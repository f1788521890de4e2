package deal_test

import (
	"slices"
	"testing"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/modeltest"
	"ugoda/model/records"
)

func world() (*modeltest.Facts, *model.Kind) {
	f := &modeltest.Facts{Day: model.Date(2026, 11, 23), Who: model.Ref{ID: 5, Name: "Коваль"}}
	process := model.Ref{ID: 1}
	stages := []*deal.Stage{
		{Record: model.Record{ID: 11}, Name: "Interest", Process: process, Order: 1, Kind: deal.Open, Probability: 1000, ExpectedDays: 5},
		{Record: model.Record{ID: 12}, Name: "Talks", Process: process, Order: 2, Kind: deal.Open, Probability: 5000, ExpectedDays: 10},
		{Record: model.Record{ID: 13}, Name: "Pause", Process: process, Order: 3, Kind: deal.Hold, Probability: 1000},
		{Record: model.Record{ID: 14}, Name: "Won", Process: process, Order: 4, Kind: deal.Won, Probability: 10000},
		{Record: model.Record{ID: 15}, Name: "Lost", Process: process, Order: 5, Kind: deal.Lost},
	}
	for _, s := range stages {
		f.Put("stage", s)
	}
	f.Put("loss-reason", &deal.LossReason{Record: model.Record{ID: 21}, Name: "Price"})
	f.Put("loss-reason", &deal.LossReason{Record: model.Record{ID: 22}, Name: "Other", NeedsWords: true})
	f.Questions = map[string]any{deal.StagesQuery: stages, deal.LastOpenStageQuery: model.Ref{ID: 12}}
	return f, records.New().Kind("deal")
}

func save(t *testing.T, k *model.Kind, d, old *deal.Deal, f model.Facts) []model.Problem {
	t.Helper()
	var o any
	if old != nil {
		o = old
	}
	if err := k.Derive(d, o, f); err != nil {
		t.Fatal(err)
	}
	return k.Check(d, o, f)
}

func keys(p []model.Problem) string { return model.Problems(p).Error() }

func TestLosingDemandsAReason(t *testing.T) {
	f, k := world()
	for _, c := range []struct {
		name   string
		action string
		a      model.Answers
		want   string
	}{
		{"lose without reason", "lose", model.Answers{}, "loss_reason: loss_reason_missing"},
		{"lose with reason", "lose", model.Answers{"reason": model.Ref{ID: 21}}, ""},
		{"other without words", "lose", model.Answers{"reason": model.Ref{ID: 22}}, "loss_words: loss_words_missing"},
		{"other with words", "lose", model.Answers{"reason": model.Ref{ID: 22}, "words": "went abroad"}, ""},
		{"moved to lost", "move", model.Answers{"stage": model.Ref{ID: 15}}, "loss_reason: loss_reason_missing"},
		{"moved to lost with reason", "move", model.Answers{"stage": model.Ref{ID: 15}, "reason": model.Ref{ID: 21}}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := &deal.Deal{Process: model.Ref{ID: 1}, Stage: model.Ref{ID: 12}, State: deal.Open, StageSince: f.Day - 3, Opened: f.Day - 9, Probability: 5000}
			old := *d
			if _, err := k.Action(c.action).Do(d, c.a, f); err != nil {
				t.Fatal(err)
			}
			if got := keys(save(t, k, d, &old, f)); got != c.want {
				t.Fatalf("got %q, want %q", got, c.want)
			}
			if c.want == "" && (d.State != deal.Lost || d.Closed != f.Day || d.StageSince != f.Day || d.Probability != 0) {
				t.Errorf("lost deal is %+v", d)
			}
		})
	}
}

func TestReopenReturnsToTheLastOpenStage(t *testing.T) {
	f, k := world()
	d := &deal.Deal{Process: model.Ref{ID: 1}, Stage: model.Ref{ID: 15}, State: deal.Lost, LossReason: model.Ref{ID: 21}, Closed: f.Day - 1, StageSince: f.Day - 1}
	old := *d
	if _, err := k.Action("reopen").Do(d, nil, f); err != nil {
		t.Fatal(err)
	}
	if p := save(t, k, d, &old, f); len(p) > 0 {
		t.Fatal(p)
	}
	if d.Stage.ID != 12 || d.State != deal.Open || d.Closed != 0 || !d.LossReason.IsZero() || d.Probability != 5000 {
		t.Errorf("reopened deal is %+v", d)
	}
}

func TestProbabilityFollowsTheStageUntilTyped(t *testing.T) {
	f, k := world()
	d := &deal.Deal{Process: model.Ref{ID: 1}, Stage: model.Ref{ID: 11}}
	save(t, k, d, nil, f)
	if d.Probability != 1000 || d.State != deal.Open || d.StageSince != f.Day {
		t.Fatalf("new deal is %+v", d)
	}
	old := *d
	d.Probability = 3300
	save(t, k, d, &old, f)
	if !d.ProbabilityFixed {
		t.Fatal("a typed probability is not kept")
	}
	old = *d
	d.Stage = model.Ref{ID: 12}
	save(t, k, d, &old, f)
	if d.Probability != 3300 {
		t.Errorf("a typed probability gave way to the stage's: %d", d.Probability)
	}
	old = *d
	d.Stage = model.Ref{ID: 14}
	save(t, k, d, &old, f)
	if d.Probability != 10000 || d.ProbabilityFixed {
		t.Errorf("won deal has probability %d", d.Probability)
	}
}

func TestAttention(t *testing.T) {
	today := model.Day(20000)
	for _, c := range []struct {
		state    string
		days     int64
		next     model.Day
		expected int64
		want     string
	}{
		{deal.Open, 3, 0, 5, deal.AttentionNoStep},
		{deal.Open, 3, today, 5, deal.AttentionNone},
		{deal.Open, 3, today - 1, 5, deal.AttentionOverdueStep},
		{deal.Open, 6, 0, 5, deal.AttentionLate},
		{deal.Open, 7, 0, 5, deal.AttentionLate},
		{deal.Open, 8, 0, 5, deal.AttentionStuck},
		{deal.Open, 8, today + 2, 5, deal.AttentionNone},
		{deal.Open, 800, 0, 0, deal.AttentionNoStep},
		{deal.Won, 800, 0, 5, deal.AttentionNone},
	} {
		if got := deal.Attention(c.state, today-model.Day(c.days), c.next, today, c.expected); got != c.want {
			t.Errorf("%+v: got %q", c, got)
		}
	}
}

func TestInquiryBecomesADealWithItsClient(t *testing.T) {
	f, _ := world()
	f.Questions[deal.ProcessesQuery] = []*deal.Process{{Record: model.Record{ID: 1}}}
	k := records.New().Kind("inquiry")
	q := &deal.Inquiry{Record: model.Record{ID: 7}, Caller: "Олена", Phone: "067 123-45-67", Wanted: "двері\nтерміново"}
	e, err := k.Action("deal").Do(q, model.Answers{}, f)
	if err != nil {
		t.Fatal(err)
	}
	if len(e.Create) != 2 || e.Create[0].Kind != "client" || e.Create[1].Kind != "deal" {
		t.Fatalf("effects %+v", e)
	}
	e.Create[0].Then(70)
	e.Create[1].Then(80)
	d := e.Create[1].Record.(*deal.Deal)
	if q.Client.ID != 70 || d.Client.ID != 70 || q.Deal.ID != 80 || d.Subject != "двері" || d.Inquiry.ID != 7 || q.Outcome != deal.OutcomeDeal {
		t.Errorf("inquiry %+v deal %+v", q, d)
	}
}

func TestOverstays(t *testing.T) {
	for _, c := range []struct {
		days, expected int64
		want           string
	}{
		{5, 5, deal.AttentionNone},
		{6, 5, deal.AttentionLate},
		{7, 5, deal.AttentionLate},
		{8, 5, deal.AttentionStuck},
		{3, 2, deal.AttentionLate},
		{4, 2, deal.AttentionStuck},
		{900, 0, deal.AttentionNone},
		{0, 1, deal.AttentionNone},
	} {
		if got := deal.Overstays(c.days, c.expected); got != c.want {
			t.Errorf("%d days of %d: %q, want %q", c.days, c.expected, got, c.want)
		}
	}
}

func TestMissing(t *testing.T) {
	full := deal.Deal{State: deal.Open, Client: model.Ref{ID: 1}, Contact: model.Ref{ID: 1}, Manager: model.Ref{ID: 1}, Amount: model.Money{Minor: 1}, Closes: 1}
	if m := deal.Missing(&full); len(m) != 0 {
		t.Errorf("a full deal lacks %v", m)
	}
	if m := deal.Missing(&deal.Deal{State: deal.Open}); !slices.Equal(m, []string{"client", "amount", "closes", "manager"}) {
		t.Errorf("an empty deal lacks %v", m)
	}
	if m := deal.Missing(&deal.Deal{State: deal.Won}); m != nil {
		t.Errorf("a won deal lacks %v", m)
	}
}
