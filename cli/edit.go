package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"ugoda/exchange/record"
	"ugoda/model"
	"ugoda/service/post"
	"ugoda/service/undone"
	"ugoda/store"
)

func (a *app) show() *cobra.Command {
	var o output
	c := &cobra.Command{Use: "show KIND NUMBER", Short: a.p.T("cli.show"), Args: words(2, 2), RunE: func(c *cobra.Command, args []string) error {
		if err := o.choose("table", "csv", "json", "xlsx"); err != nil {
			return err
		}
		k, s, id, err := a.record(c.Context(), args)
		if err != nil {
			return err
		}
		return a.showRecord(c.Context(), s, k, id, &o)
	}}
	o.flags(c, a, "table|csv|json|xlsx")
	return c
}

// record finds what "KIND NUMBER" names.
func (a *app) record(ctx context.Context, args []string) (*model.Kind, *store.Session, int64, error) {
	k, err := a.kind(args[0])
	if err != nil {
		return nil, nil, 0, err
	}
	s, err := a.session(ctx)
	if err != nil {
		return nil, nil, 0, err
	}
	id, err := s.Find(ctx, k.Name, args[1])
	return k, s, id, err
}

func (a *app) newRecord() *cobra.Command {
	var file string
	var o output
	c := &cobra.Command{Use: "new KIND --json FILE|- | FIELD=VALUE …", Short: a.p.T("cli.new"), Args: words(1, -1), RunE: func(c *cobra.Command, args []string) error {
		k, err := a.kind(args[0])
		if err != nil {
			return err
		}
		s, err := a.session(c.Context())
		if err != nil {
			return err
		}
		rec, err := s.New(c.Context(), k.Name)
		if err != nil {
			return err
		}
		return a.change(c.Context(), s, k, rec, file, args[1:], &o)
	}}
	c.Flags().StringVar(&file, "json", "", a.p.T("cli.flag.json"))
	o.format = "json"
	return c
}

func (a *app) set() *cobra.Command {
	var file string
	var o output
	c := &cobra.Command{Use: "set KIND NUMBER --json FILE|- | FIELD=VALUE …", Short: a.p.T("cli.set"), Args: words(2, -1), RunE: func(c *cobra.Command, args []string) error {
		k, s, id, err := a.record(c.Context(), args)
		if err != nil {
			return err
		}
		rec, err := s.Get(c.Context(), k.Name, id)
		if err != nil {
			return err
		}
		return a.change(c.Context(), s, k, rec, file, args[2:], &o)
	}}
	c.Flags().StringVar(&file, "json", "", a.p.T("cli.flag.json"))
	o.format = "json"
	return c
}

// change fills a record from JSON or from FIELD=VALUE words, saves it and
// answers with it.
func (a *app) change(ctx context.Context, s *store.Session, k *model.Kind, rec model.Keeper, file string, pairs []string, o *output) error {
	if (file == "") == (len(pairs) == 0) {
		return usageError{errors.New("--json FILE|- | FIELD=VALUE …")}
	}
	if file != "" {
		if err := a.fromJSON(ctx, s, k, rec, file); err != nil {
			return err
		}
	}
	var wrong model.Problems
	for _, pair := range pairs {
		name, value, ok := strings.Cut(pair, "=")
		if !ok {
			return usageError{fmt.Errorf("%q: FIELD=VALUE", pair)}
		}
		f := k.Field(name)
		if f == nil || f.ReadOnly || f.Computed || !f.SeenBy(s.Role) {
			wrong = append(wrong, model.Wrong(name, "unknown_field", "name", name, "kind", k.Name))
			continue
		}
		if err := record.Set(ctx, f, rec, value, s.Find); err != nil {
			var p model.Problems
			if !errors.As(err, &p) {
				return err
			}
			wrong = append(wrong, p...)
		}
	}
	if len(wrong) > 0 {
		return wrong
	}
	if err := s.Save(ctx, k.Name, rec); err != nil {
		return err
	}
	return a.showRecord(ctx, s, k, rec.Base().ID, o)
}

func (a *app) fromJSON(ctx context.Context, s *store.Session, k *model.Kind, rec model.Keeper, file string) error {
	in := a.Stdin
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return fmt.Errorf("read the record: %w", err)
		}
		defer f.Close()
		in = f
	}
	return record.Decode(ctx, in, s.Registry(), k, rec, s.Find)
}

func (a *app) do() *cobra.Command {
	var o output
	c := &cobra.Command{Use: "do KIND NUMBER ACTION [NAME=VALUE …]", Short: a.p.T("cli.do"), Args: words(3, -1), RunE: func(c *cobra.Command, args []string) error {
		ctx := c.Context()
		k, s, id, err := a.record(ctx, args)
		if err != nil {
			return err
		}
		act := k.Action(args[2])
		if act == nil {
			return usageError{errors.New(a.p.T("cli.no_action", "action", args[2], "kind", k.Name))}
		}
		answers, err := a.answers(ctx, s, k, id, act, args[3:])
		if err != nil {
			return err
		}
		if _, err := s.Do(ctx, k.Name, id, act.Name, answers); err != nil {
			return err
		}
		if k.Name == "proposal" {
			a.tell(ctx, s, id)
		}
		return a.showRecord(ctx, s, k, id, &o)
	}}
	o.format = "json"
	return c
}

// tell writes to those whom an approval concerns; what was done stands without
// a letter, too. What was left undone is said on standard error.
func (a *app) tell(ctx context.Context, s *store.Session, id int64) {
	o, err := a.office(ctx, s)
	if err == nil {
		_, err = o.TellOfApprovals(ctx, s)
	}
	if err != nil {
		fmt.Fprintln(a.Stderr, a.say(err))
	}
	a.undone(ctx, s, o, id)
}

// undone says what a step of a proposal has left undone.
func (a *app) undone(ctx context.Context, s *store.Session, o *post.Office, id int64) {
	left, err := undone.Of(ctx, s, o, a.p, id)
	if err != nil {
		fmt.Fprintln(a.Stderr, a.say(err))
	}
	for _, x := range left {
		fmt.Fprintln(a.Stderr, x.Text)
	}
}

// answers reads NAME=VALUE words as what the action asks.
func (a *app) answers(ctx context.Context, s *store.Session, k *model.Kind, id int64, act *model.Action, pairs []string) (model.Answers, error) {
	answers := model.Answers{}
	for _, pair := range pairs {
		name, value, ok := strings.Cut(pair, "=")
		var ask *model.Ask
		for i := range act.Asks {
			if act.Asks[i].Name == name {
				ask = &act.Asks[i]
			}
		}
		if !ok || ask == nil {
			return nil, usageError{errors.New(a.p.T("cli.no_ask", "name", name, "action", act.Name))}
		}
		find := s.Find
		if ask.To == "stage" { // a stage is named within the record's own process
			find = func(ctx context.Context, kind, name string) (int64, error) {
				return a.stage(ctx, s, k, id, name)
			}
		}
		v, err := record.Parse(ctx, &model.Field{Name: ask.Name, Type: ask.Type, To: ask.To, Values: ask.Values}, nil, value, find)
		if err != nil {
			return nil, err
		}
		answers[name] = v
	}
	return answers, nil
}

// stage finds a stage by name among those of the record's process.
func (a *app) stage(ctx context.Context, s *store.Session, k *model.Kind, id int64, name string) (int64, error) {
	rec, err := s.Get(ctx, k.Name, id)
	if err != nil {
		return 0, err
	}
	if f := k.Field("process"); f != nil {
		if process, ok := f.Value(rec).(model.Ref); ok {
			rows, err := s.Page(ctx, stagesNamed(process, name))
			if err != nil {
				return 0, err
			}
			if len(rows) == 1 {
				return rows[0].ID, nil
			}
		}
	}
	return s.Find(ctx, "stage", name)
}
