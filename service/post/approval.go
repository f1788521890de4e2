package post

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"time"

	"ugoda/locale"
	"ugoda/mail"
	"ugoda/mail/message"
	"ugoda/mail/outbox"
	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/proposal"
	"ugoda/service/approvals"
	"ugoda/service/paper"
	"ugoda/store"
)

// ApprovalSetting is the setting of a base that says whether letters tell of
// approvals: ApprovalLettersOff, or the moment (microseconds since 1970, UTC)
// from which on they do; empty: of everything.
const ApprovalSetting = "approval.letters"

// ApprovalLettersOff as ApprovalSetting keeps letters from being written.
const ApprovalLettersOff = "off"

// ApprovalLetters reports whether letters tell of approvals, and since when.
func ApprovalLetters(ctx context.Context, b *store.Base) (since time.Time, on bool, err error) {
	value, err := b.Setting(ctx, ApprovalSetting)
	if err != nil || value == ApprovalLettersOff {
		return since, false, err
	}
	if micro, err := strconv.ParseInt(value, 10, 64); err == nil {
		since = time.UnixMicro(micro).UTC()
	}
	return since, true, nil
}

// SetApprovalLetters switches the letters on, from a moment on, or off.
func SetApprovalLetters(ctx context.Context, b *store.Base, on bool, now time.Time) error {
	value := ApprovalLettersOff
	if on {
		value = strconv.FormatInt(now.UnixMicro(), 10)
	}
	return b.SetSetting(ctx, ApprovalSetting, value)
}

// staleAfter is how old what is to be told may be: nobody wants a letter about
// the day before yesterday once an account was set up.
const staleAfter = 48 * time.Hour

// TellOfApprovals writes about what the session's user has just done: to those
// whom he asked to approve a proposal, with its draft as a PDF, and to who asked
// when he decided. Each is told once, whatever programs run. It returns how many
// letters were put into the outbox.
func (o *Office) TellOfApprovals(ctx context.Context, s *store.Session) (int, error) {
	since, on, err := ApprovalLetters(ctx, o.base)
	if err != nil || !on || !o.base.System().MayWrite("letter") {
		return 0, err
	}
	if stale := o.options.Now().Add(-staleAfter); since.Before(stale) {
		since = stale
	}
	t := &teller{o: o, s: s, system: o.base.System(), since: since}
	rows, err := t.system.Page(ctx, store.Query{
		Kind: "approval", Columns: []string{"proposal"}, Sort: []store.Order{{Path: "id", Desc: true}}, Limit: 200,
		Where: filter.And{
			filter.Cond{Path: "answered", Op: filter.Eq, Values: []filter.Value{filter.Bool(false)}},
			filter.Cond{Path: "asked_at", Op: filter.Gt, Values: []filter.Value{filter.Date(model.DayOf(since) - 30)}},
		},
	})
	if err != nil {
		return 0, fmt.Errorf("look whom to tell of approvals: %w", err)
	}
	var ids []int64
	for _, r := range rows {
		if of, _ := r.Cells[0].(model.Ref); !slices.Contains(ids, of.ID) {
			ids = append(ids, of.ID)
		}
	}
	for _, id := range ids {
		if err := t.proposal(ctx, id); err != nil {
			return t.letters, err
		}
	}
	return t.letters, nil
}

// teller tells of approvals in the name of a session's user.
type teller struct {
	o       *Office
	s       *store.Session
	system  *store.Session
	since   time.Time
	letters int
}

func (t *teller) proposal(ctx context.Context, id int64) error {
	p, err := read(ctx, t.system, id)
	if err != nil {
		return err
	}
	rows, err := t.system.Page(ctx, store.Query{
		Kind: "approval", Columns: []string{"number"}, Sort: []store.Order{{Path: "id"}}, Limit: 100,
		Where: filter.And{
			filter.Cond{Path: "proposal", Op: filter.Eq, Values: []filter.Value{filter.ID(id)}},
			filter.Cond{Path: "answered", Op: filter.Eq, Values: []filter.Value{filter.Bool(false)}},
		},
	})
	if err != nil {
		return fmt.Errorf("look who approves proposal %s: %w", p.Number, err)
	}
	asked := map[model.Ref][]*proposal.Approval{} // by whom is asked
	var order []model.Ref
	var decided []*proposal.Approval
	for _, r := range rows {
		rec, err := t.system.Get(ctx, "approval", r.ID)
		if err != nil {
			return err
		}
		a := rec.(*proposal.Approval)
		switch {
		case a.State == proposal.Waiting && !a.Told && !a.TurnAt.IsZero() && a.TurnAt.After(t.since) && a.PassedBy.ID == t.s.Employee.ID:
			whom := model.Ref{ID: a.Approver.ID, Code: a.Role}
			if _, known := asked[whom]; !known {
				order = append(order, whom)
			}
			asked[whom] = append(asked[whom], a)
		case a.State == proposal.Given || a.State == proposal.Returned:
			decided = append(decided, a)
		}
	}
	for _, whom := range order {
		if err := t.ask(ctx, p, whom, asked[whom]); err != nil {
			return err
		}
	}
	return t.answer(ctx, p, decided)
}

// ask writes to whoever is asked about a proposal.
func (t *teller) ask(ctx context.Context, p *proposal.Proposal, whom model.Ref, list []*proposal.Approval) error {
	to, margin, err := t.approvers(ctx, whom)
	if err != nil || len(to) == 0 {
		return err
	}
	w, err := t.words(ctx)
	if err != nil {
		return err
	}
	var rules []string
	for _, a := range list {
		if !slices.Contains(rules, a.Rule.Name) {
			rules = append(rules, a.Rule.Name)
		}
	}
	lines := []string{
		w.T("mail.approval.asks", "who", t.who(list[0].PassedBy), "number", p.Number, "client", p.Client.Name), "",
		w.T("mail.approval.rule", "rule", strings.Join(rules, ", ")),
		w.Field("proposal", "amount") + ": " + w.Money(p.Amount),
		w.T("mail.approval.discount", "share", w.Percent(p.Figures.DiscountShare), "top", w.Percent(p.Figures.TopDiscount)),
	}
	if margin {
		lines = append(lines, w.T("mail.approval.margin", "share", w.Percent(p.Figures.MarginShare)))
	}
	if words := list[0].Words; words != "" {
		lines = append(lines, w.Field("approval", "words")+": "+words)
	}
	if x, there, err := approvals.Of(ctx, t.system, p.ID); err != nil {
		return err
	} else if there && x.Before != nil {
		lines = append(lines, w.T("mail.approval.changed", "no", x.Before.No, "what", x.Difference(w)))
	}
	lines = append(lines, "", w.T("mail.approval.where", "number", p.Number))
	files, err := paper.Make(ctx, t.s, paper.Job{Kind: "proposal", ID: p.ID, Draft: true}, "pdf")
	if err != nil {
		return fmt.Errorf("print the draft of proposal %s: %w", p.Number, err)
	}
	d := message.Draft{To: to, Subject: w.T("mail.approval.subject", "number", p.Number, "client", p.Client.Name, "amount", w.Money(p.Amount))}
	for _, f := range files {
		d.Attachments = append(d.Attachments, message.Attachment{Name: f.Name, Data: f.Data})
	}
	return t.put(ctx, p, d, strings.Join(lines, "\n"), list, func(a *proposal.Approval) bool {
		if a.Told || a.State != proposal.Waiting {
			return false
		}
		a.Told = true
		return true
	})
}

// answer writes to who asked, once all is decided.
func (t *teller) answer(ctx context.Context, p *proposal.Proposal, list []*proposal.Approval) error {
	if len(list) == 0 || p.Status == proposal.Awaiting {
		return nil
	}
	last := slices.MaxFunc(list, func(a, b *proposal.Approval) int { return a.DecidedAt.Compare(b.DecidedAt) })
	if last.DecidedBy.ID != t.s.Employee.ID || !last.DecidedAt.After(t.since) {
		return nil
	}
	who, err := employee(ctx, t.system, last.AskedBy)
	if err != nil || who.Email == "" {
		return err
	}
	w, err := t.words(ctx)
	if err != nil {
		return err
	}
	key := "approved"
	if last.State == proposal.Returned {
		key = "returned"
	}
	text := w.T("mail.approval."+key, "who", t.who(last.DecidedBy), "number", p.Number, "client", p.Client.Name)
	for _, a := range list {
		if a.Comment != "" {
			text += "\n\n" + a.DecidedBy.Name + ": " + a.Comment
		}
	}
	d := message.Draft{To: []mail.Address{{Name: who.Name, Mailbox: who.Email}}, Subject: w.T("mail.approval.subject_"+key, "number", p.Number, "client", p.Client.Name)}
	return t.put(ctx, p, d, text, list, func(a *proposal.Approval) bool {
		if a.Answered {
			return false
		}
		a.Answered = true
		return true
	})
}

// errTold says that another program has told meanwhile.
var errTold = errors.New("told already")

// put puts a letter into the outbox together with the note that it was written.
// It is ours: it does not stand among the letters to the client.
func (t *teller) put(ctx context.Context, p *proposal.Proposal, d message.Draft, text string, list []*proposal.Approval, note func(*proposal.Approval) bool) error {
	account, err := t.o.Account(ctx, t.s.User.ID, fallback(ctx, t.system, p.Organization))
	if errors.Is(err, mail.ErrNoAccount) {
		return nil // nobody to write as; in the window it stands all the same
	}
	if err != nil {
		return err
	}
	d.Text, d.HTML = message.Signed(text, ""), message.FromText(text, "")
	l, data, err := t.o.Prepare(t.s.User, account, d, outbox.About{})
	if err != nil {
		return err
	}
	if l.Data, err = t.o.Box.Keep(ctx, data); err != nil {
		return err
	}
	err = t.system.Together(ctx, func(ctx context.Context, b *store.Batcher) error {
		b.By(t.s.User, t.s.Employee)
		for _, a := range list {
			rec, err := b.Get(ctx, "approval", a.ID)
			if err != nil {
				return err
			}
			now := rec.(*proposal.Approval)
			if now.Version != a.Version || !note(now) {
				return errTold
			}
			if err := b.Save(ctx, "approval", now); err != nil {
				return err
			}
		}
		return b.Save(ctx, "letter", &l)
	})
	var theirs *store.Conflict
	if errors.Is(err, errTold) || errors.As(err, &theirs) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("put the letter about approval into the outbox: %w", err)
	}
	t.letters++
	return nil
}

// approvers are the addresses of who is asked, and whether all of them may see
// margins.
func (t *teller) approvers(ctx context.Context, whom model.Ref) (to []mail.Address, margin bool, err error) {
	where := filter.And{filter.Cond{Path: "active", Op: filter.Eq, Values: []filter.Value{filter.Bool(true)}}}
	if whom.ID != 0 {
		where = append(where, filter.Cond{Path: "employee", Op: filter.Eq, Values: []filter.Value{filter.ID(whom.ID)}})
	} else {
		where = append(where, filter.Cond{Path: "role", Op: filter.Eq, Values: []filter.Value{filter.String(whom.Code)}})
	}
	rows, err := t.system.Page(ctx, store.Query{Kind: "user", Columns: []string{"employee", "role"}, Where: where, Limit: 20})
	if err != nil {
		return nil, false, fmt.Errorf("look who approves: %w", err)
	}
	f := t.system.Registry().Kind("proposal").Field("margin_share")
	margin = len(rows) > 0
	var ids []model.Ref
	for _, r := range rows {
		e, _ := r.Cells[0].(model.Ref)
		role, _ := r.Cells[1].(string)
		margin = margin && f.SeenBy(model.Role(role))
		ids = append(ids, e)
	}
	if len(ids) == 0 && whom.ID != 0 { // no user of the program: a letter is all that he gets
		ids = []model.Ref{whom}
	}
	for _, id := range ids {
		e, err := employee(ctx, t.system, id)
		if err != nil {
			return nil, false, err
		}
		if e.Email != "" {
			to = append(to, mail.Address{Name: e.Name, Mailbox: e.Email})
		}
	}
	return to, margin, nil
}

// words speak the language of the base: these letters stay in the house.
func (t *teller) words(ctx context.Context) (*locale.Printer, error) {
	value, err := t.o.base.Setting(ctx, "language")
	if err != nil {
		return nil, err
	}
	lang, ok := locale.ParseLanguage(value)
	if !ok {
		lang = locale.Ukrainian
	}
	return locale.New(lang).In(t.o.options.Zone), nil
}

// who names somebody, or the user where he is no employee.
func (t *teller) who(ref model.Ref) string {
	if ref.Name != "" {
		return ref.Name
	}
	return t.s.User.Name
}

// lookEvery is how often KeepTelling looks what was saved.
const lookEvery = 5 * time.Second

// KeepTelling tells of approvals until ctx ends.
func (o *Office) KeepTelling(ctx context.Context, s *store.Session) {
	tell := func() {
		if _, err := o.TellOfApprovals(ctx, s); err != nil && ctx.Err() == nil {
			slog.Error("write about approvals", "error", err)
		}
	}
	_, last, err := s.Changes(ctx, -1)
	if err != nil {
		slog.Error("follow approvals", "error", err)
		return
	}
	tell()
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		changed, now, err := s.Changes(ctx, last)
		if err != nil {
			continue // the next time
		}
		last = now
		if slices.ContainsFunc(changed, func(c store.Changed) bool { return c.Kind == "approval" }) {
			tell()
		}
	}
}
