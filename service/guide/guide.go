// Package guide leads a person through the first minutes in a base: what to
// try in the example, what a new base of one's own still lacks. What is done
// and what is hidden is kept for each user in the base.
package guide

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/filter"
	"ugoda/model/firm"
	"ugoda/reports"
	"ugoda/service/demo"
	"ugoda/service/post"
	"ugoda/store"
)

// Steps in the example, ticked by doing them.
const (
	Stage  = "stage"  // click the stage of the funnel where deals are stuck
	Stuck  = "stuck"  // open the first of them
	Print  = "print"  // print its proposal
	Figure = "figure" // click a figure and see where it comes from
)

// Steps in a base of one's own, ticked by what the base holds.
const (
	Firm       = "firm"       // requisites, an account and a signatory of our own firm
	Clients    = "clients"    // at least one
	Products   = "products"   // at least one
	Letterhead = "letterhead" // a logo, or a template of one's own
	Mail       = "mail"       // an account to send from
	Colleagues = "colleagues" // somebody else who may come in
)

// later is what separates a template that came with the base from one that a
// person added.
const later = time.Minute

// Names of the preferences.
const (
	doneKey   = "guide.done"
	hiddenKey = "guide.hidden"
)

// everything is the hidden step that stands for all of them.
const everything = "*"

// Step is one step of a guide.
type Step struct {
	Name string
	Done bool
}

// Guide is what a user is led through.
type Guide struct {
	Demo   bool
	Hidden bool // for good
	Steps  []Step
	// Of the example: the condition on the deals that want attention most, and
	// the stage where most of them are.
	Red      string
	RedStage model.Ref
}

// Complete reports that every step is done.
func (g Guide) Complete() bool {
	return len(g.Steps) > 0 && !slices.ContainsFunc(g.Steps, func(s Step) bool { return !s.Done })
}

// Read reads the guide of a user.
func Read(ctx context.Context, s *store.Session) (Guide, error) {
	size, err := s.Base().Setting(ctx, demo.Setting)
	if err != nil {
		return Guide{}, err
	}
	done, err := kept(ctx, s, doneKey)
	if err != nil {
		return Guide{}, err
	}
	hidden, err := kept(ctx, s, hiddenKey)
	if err != nil {
		return Guide{}, err
	}
	g := Guide{Demo: size != "", Hidden: slices.Contains(hidden, everything)}
	if g.Demo {
		for _, name := range []string{Stage, Stuck, Print, Figure} {
			g.Steps = append(g.Steps, Step{name, slices.Contains(done, name)})
		}
		return g, g.findRed(ctx, s)
	}
	if g.Hidden {
		return g, nil
	}
	for _, x := range []struct {
		name string
		has  func(ctx context.Context, s *store.Session) (bool, error)
	}{{Firm, firmIsTold}, {Clients, some("client")}, {Products, some("product")}, {Letterhead, letterhead}, {Mail, mailbox}, {Colleagues, colleagues}} {
		if slices.Contains(hidden, x.name) {
			continue
		}
		yes, err := x.has(ctx, s)
		if err != nil {
			return g, fmt.Errorf("look whether the base has %s: %w", x.name, err)
		}
		g.Steps = append(g.Steps, Step{x.name, yes})
	}
	g.Hidden = len(g.Steps) == 0
	return g, nil
}

func kept(ctx context.Context, s *store.Session, key string) ([]string, error) {
	text, err := s.Preference(ctx, key)
	if err != nil || text == "" {
		return nil, err
	}
	var names []string
	if err := json.Unmarshal([]byte(text), &names); err != nil {
		return nil, nil //nolint:nilerr // written by nobody but this package: begin anew
	}
	return names, nil
}

func keep(ctx context.Context, s *store.Session, key, name string) error {
	names, err := kept(ctx, s, key)
	if err != nil || slices.Contains(names, name) {
		return err
	}
	text, err := json.Marshal(append(names, name))
	if err != nil {
		return fmt.Errorf("keep a step of the guide: %w", err)
	}
	return s.SetPreference(ctx, key, string(text))
}

// Tick remembers that a step of the example was done.
func Tick(ctx context.Context, s *store.Session, name string) error {
	return keep(ctx, s, doneKey, name)
}

// Hide hides a step for good; an empty name hides the whole guide.
func Hide(ctx context.Context, s *store.Session, name string) error {
	if name == "" {
		name = everything
	}
	return keep(ctx, s, hiddenKey, name)
}

// attention is what the example shows as going wrong, the worst first: on some
// days nothing is as bad as that.
var attention = []string{deal.AttentionStuck, deal.AttentionLate, deal.AttentionOverdueStep, deal.AttentionNoStep}

// findRed finds the worst that is the matter with any deal, and the stage where
// it is the matter with the most.
func (g *Guide) findRed(ctx context.Context, s *store.Session) error {
	for _, a := range attention {
		g.Red = `state = "` + deal.Open + `" and attention = "` + a + `"`
		where, err := filter.Parse(s.Registry(), "deal", g.Red)
		if err != nil {
			return fmt.Errorf("find stuck deals: %w", err)
		}
		groups, err := s.Groups(ctx, store.Query{Kind: "deal", Where: where}, "stage")
		if err != nil {
			return err
		}
		most := int64(0)
		for _, x := range groups {
			if stage, ok := x.Value.(model.Ref); ok && x.Count > most {
				g.RedStage, most = stage, x.Count
			}
		}
		if most > 0 {
			return nil
		}
	}
	return nil
}

// IsRed reports whether a deal is one of those that the second step means.
func (g Guide) IsRed(ctx context.Context, s *store.Session, id int64) (bool, error) {
	where, err := filter.Parse(s.Registry(), "deal", g.Red)
	if err != nil {
		return false, fmt.Errorf("find stuck deals: %w", err)
	}
	is := filter.Cond{Path: "id", Op: filter.Eq, Values: []filter.Value{filter.Number(strconv.FormatInt(id, 10))}}
	t, err := s.Totals(ctx, store.Query{Kind: "deal", Where: filter.And{is, where}})
	return t.Count > 0, err
}

func firmIsTold(ctx context.Context, s *store.Session) (bool, error) {
	o, err := mainFirm(ctx, s)
	if err != nil || o == nil {
		return false, err
	}
	return o.Code != "" && o.Address != "" && o.Signatory != "" && len(o.Accounts) > 0, nil
}

// mainFirm is our own firm that documents are made in the name of; nil when
// there is none.
func mainFirm(ctx context.Context, s *store.Session) (*firm.Organization, error) {
	rows, err := s.Page(ctx, store.Query{Kind: "organization", Sort: []store.Order{{Path: "main", Desc: true}, {Path: "id"}}, Limit: 1})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	rec, err := s.Get(ctx, "organization", rows[0].ID)
	if err != nil {
		return nil, err
	}
	o, _ := rec.(*firm.Organization)
	return o, nil
}

// MainFirm is the id of our own main firm; 0 when there is none.
func MainFirm(ctx context.Context, s *store.Session) (int64, error) {
	o, err := mainFirm(ctx, s)
	if err != nil || o == nil {
		return 0, err
	}
	return o.ID, nil
}

func some(kind string) func(ctx context.Context, s *store.Session) (bool, error) {
	return func(ctx context.Context, s *store.Session) (bool, error) {
		rows, err := s.Page(ctx, store.Query{Kind: kind, Limit: 1})
		return len(rows) > 0, err
	}
}

// letterhead looks for a logo, and for a template that a person made or changed:
// those that came with the base were saved once, when it was filled.
func letterhead(ctx context.Context, s *store.Session) (bool, error) {
	o, err := mainFirm(ctx, s)
	if err != nil {
		return false, err
	}
	if o != nil && len(o.Logo) > 0 {
		return true, nil
	}
	rows, err := s.Page(ctx, store.Query{Kind: "template", Columns: []string{"created"}})
	if err != nil {
		return false, err
	}
	for _, r := range rows {
		rec, err := s.Get(ctx, "template", r.ID)
		if err != nil {
			return false, err
		}
		t := rec.Base()
		if t.Version > 1 || o != nil && t.Created.Sub(o.Created) > later {
			return true, nil
		}
	}
	return false, nil
}

func mailbox(ctx context.Context, s *store.Session) (bool, error) {
	office, err := post.OpenFor(ctx, s.Base(), nil)
	if err != nil {
		return false, err
	}
	for _, owner := range []int64{s.User.ID, 0} {
		accounts, err := office.Box.Accounts(ctx, owner)
		if err != nil || len(accounts) > 0 {
			return len(accounts) > 0, err
		}
	}
	return false, nil
}

func colleagues(ctx context.Context, s *store.Session) (bool, error) {
	logins, err := s.Base().Logins(ctx)
	return len(logins) > 1, err
}

// Part is somebody whose eyes the example is shown with.
type Part string

// The parts.
const (
	Head        Part = "head"
	Salesperson Part = "salesperson"
	Office      Part = "office"
)

// Cast finds the users of the example that play the parts, besides the head,
// who is the one that came in: the salesperson with the most in work, and who
// bills.
func Cast(ctx context.Context, s *store.Session) (map[Part]model.Ref, error) {
	out := map[Part]model.Ref{}
	rows, err := s.Page(ctx, store.Query{Kind: "user", Columns: []string{"name", "role", "employee"}, Sort: []store.Order{{Path: "id"}}})
	if err != nil {
		return nil, err
	}
	byEmployee := map[int64]model.Ref{}
	for _, r := range rows {
		name, _ := r.Cells[0].(string)
		role, _ := r.Cells[1].(string)
		ref := model.Ref{ID: r.ID, Name: name}
		switch model.Role(role) {
		case model.RoleManager:
			if e, ok := r.Cells[2].(model.Ref); ok {
				byEmployee[e.ID] = ref
			}
		case model.RoleBilling:
			if out[Office].IsZero() {
				out[Office] = ref
			}
		}
	}
	team, err := reports.Team(ctx, s, reports.ScopeFirm)
	if err != nil {
		return nil, err
	}
	for _, t := range team {
		if u, ok := byEmployee[t.Manager.ID]; ok {
			out[Salesperson] = u
			break
		}
	}
	return out, nil
}
