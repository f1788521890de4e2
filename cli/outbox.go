package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"ugoda/model/letter"
	"ugoda/service/post"
	"ugoda/store"
)

func (a *app) outbox() *cobra.Command {
	c := a.group("outbox", a.p.T("cli.outbox"))
	var o output
	l := listing{}
	list := &cobra.Command{Use: "list", Short: a.p.T("cli.list"), Args: words(0, 0), RunE: func(c *cobra.Command, _ []string) error {
		if err := o.choose("table", "csv", "json", "xlsx"); err != nil {
			return err
		}
		if l.columns == "" {
			l.columns = "id,state,subject,addressees,queued,due,attempts"
		}
		return a.listTo(c.Context(), "letter", &l, &o)
	}}
	l.flags(list, a)
	o.flags(list, a, "table|csv|json|xlsx")
	deliver := &cobra.Command{Use: "deliver", Short: a.p.T("cli.outbox.deliver"), Args: words(0, 0), RunE: func(c *cobra.Command, _ []string) error {
		ctx := c.Context()
		s, err := a.session(ctx)
		if err != nil {
			return err
		}
		office, err := a.office(ctx, s)
		if err != nil {
			return err
		}
		n, err := office.Worker(s.User.ID).Round(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintln(a.Stdout, a.p.N("cli.outbox.delivered", int64(n)))
		return nil
	}}
	c.AddCommand(list, deliver,
		a.onLetter("retry", func(ctx context.Context, s *store.Session, o *post.Office, id int64) error {
			return a.push(ctx, s, o, id, "send_now")
		}),
		a.onLetter("again", func(ctx context.Context, s *store.Session, o *post.Office, id int64) error {
			return a.push(ctx, s, o, id, "send_again")
		}),
		a.onLetter("arrived", func(ctx context.Context, s *store.Session, _ *post.Office, id int64) error {
			_, err := s.Do(ctx, "letter", id, "arrived", nil)
			return err
		}),
		a.onLetter("cancel", func(ctx context.Context, s *store.Session, _ *post.Office, id int64) error {
			_, err := s.Do(ctx, "letter", id, "cancel", nil)
			return err
		}),
		a.saveLetter())
	return c
}

// onLetter is a command about one letter.
func (a *app) onLetter(name string, do func(ctx context.Context, s *store.Session, o *post.Office, id int64) error) *cobra.Command {
	return &cobra.Command{Use: name + " ID", Short: a.p.T("cli.outbox." + name), Args: words(1, 1), RunE: func(c *cobra.Command, args []string) error {
		ctx := c.Context()
		s, err := a.session(ctx)
		if err != nil {
			return err
		}
		id, err := strconv.ParseInt(args[0], 10, 64)
		if err != nil {
			return usageError{errors.New("outbox " + name + " ID")}
		}
		office, err := a.office(ctx, s)
		if err != nil {
			return err
		}
		return do(ctx, s, office, id)
	}}
}

// push sends a letter on its way by an action, and delivers it.
func (a *app) push(ctx context.Context, s *store.Session, o *post.Office, id int64, action string) error {
	if _, err := s.Do(ctx, "letter", id, action, nil); err != nil {
		return err
	}
	sent, err := o.Worker(s.User.ID).Send(ctx, id)
	if err != nil {
		return err
	}
	fmt.Fprintln(a.Stdout, a.p.Choice("letter", "state", sent.State))
	if sent.State != letter.Sent {
		return &notSent{sent.State}
	}
	return nil
}

// saveLetter writes the exact bytes of a letter.
func (a *app) saveLetter() *cobra.Command {
	var o output
	c := a.onLetter("save", func(ctx context.Context, s *store.Session, office *post.Office, id int64) error {
		if _, err := s.Get(ctx, "letter", id); err != nil {
			return err
		}
		data, err := office.Box.Data(ctx, id)
		if err != nil {
			return err
		}
		return o.write(a.Stdout, func(w io.Writer) error { _, err := w.Write(data); return err })
	})
	c.Flags().StringVarP(&o.file, "output", "o", "", a.p.T("cli.flag.output"))
	return c
}

// notSent says that a letter did not leave.
type notSent struct{ state string }

func (e *notSent) Error() string { return "not sent: " + e.state }

// Message says it to a person.
func (e *notSent) Message() (string, map[string]any) { return "letter_not_sent", nil }
