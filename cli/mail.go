package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"ugoda/mail"
	"ugoda/model/letter"
	"ugoda/service/paper"
	"ugoda/service/post"
	"ugoda/store"
)

// office opens the mail of the base.
func (a *app) office(ctx context.Context, s *store.Session) (*post.Office, error) {
	return post.OpenFor(ctx, s.Base(), a.opts.Now)
}

func (a *app) mail() *cobra.Command {
	var to, as, engine string
	var d post.Document
	var later bool
	c := &cobra.Command{Use: "mail KIND NUMBER", Short: a.p.T("cli.mail"), Args: words(2, 2), RunE: func(c *cobra.Command, args []string) error {
		ctx := c.Context()
		if err := checkEngine(engine); err != nil {
			return err
		}
		k, s, id, err := a.record(ctx, args)
		if err != nil {
			return err
		}
		if k.Name != "proposal" {
			return usageError{errors.New("mail proposal NUMBER")}
		}
		d.Proposal, d.Formats, d.Engine = id, split(as), paper.Engine(engine)
		if to != "" {
			if d.To, err = mail.ParseList(to); err != nil {
				return err
			}
		}
		o, err := a.office(ctx, s)
		if err != nil {
			return err
		}
		l, err := o.SendDocument(ctx, s, d)
		if err != nil {
			return err
		}
		if !later {
			if l, err = o.Worker(s.User.ID).Send(ctx, l.ID); err != nil {
				return err
			}
		}
		fmt.Fprintln(a.Stdout, a.p.T("cli.mail.put", "id", l.ID, "to", l.To, "state", a.p.Choice("letter", "state", l.State)))
		return nil
	}}
	f := c.Flags()
	f.StringVar(&to, "to", "", a.p.T("cli.flag.to"))
	f.StringVar(&as, "as", "pdf", strings.Join(paper.Formats, ","))
	f.StringVar(&d.Subject, "subject", "", a.p.T("cli.flag.subject"))
	f.StringVar(&d.Text, "text", "", a.p.T("cli.flag.text"))
	f.StringVar(&d.Template, "template", "", a.p.T("cli.flag.template"))
	f.StringVar(&engine, "engine", "", engineNames)
	f.BoolVar(&later, "later", false, a.p.T("cli.flag.later"))
	c.AddCommand(a.mailAccount())
	return c
}

// mailAccount sets up the user's account; its password comes from
// UGODA_MAIL_PASSWORD and goes into the keyring, never onto the command line.
func (a *app) mailAccount() *cobra.Command {
	var x mail.Account
	var security, auth string
	c := &cobra.Command{Use: "account ADDRESS", Short: a.p.T("cli.mail.account"), Args: words(1, 1), RunE: func(c *cobra.Command, args []string) error {
		ctx := c.Context()
		s, err := a.session(ctx)
		if err != nil {
			return err
		}
		o, err := a.office(ctx, s)
		if err != nil {
			return err
		}
		from, err := mail.ParseAddress(args[0])
		if err != nil {
			return err
		}
		account := o.Suggest(ctx, from.Mailbox).Account(from)
		account.Owner = s.User.ID
		if x.Host != "" {
			account.Host = x.Host
		}
		if x.Port != 0 {
			account.Port = x.Port
		}
		if x.User != "" {
			account.User = x.User
		}
		if security != "" {
			account.Security = mail.Security(security)
		}
		if auth != "" {
			account.Auth = mail.Auth(auth)
		}
		return o.SaveAccount(ctx, &account, os.Getenv("UGODA_MAIL_PASSWORD"))
	}}
	f := c.Flags()
	f.StringVar(&x.Host, "host", "", "smtp.example.com")
	f.IntVar(&x.Port, "port", 0, "587")
	f.StringVar(&x.User, "login", "", a.p.T("cli.flag.login"))
	f.StringVar(&security, "security", "", "starttls|tls|none")
	f.StringVar(&auth, "auth", "", "auto|plain|login|xoauth2|none")
	return c
}

func (a *app) outbox() *cobra.Command {
	c := a.group("outbox", a.p.T("cli.outbox"))
	var o output
	var l listing
	list := &cobra.Command{Use: "list", Short: a.p.T("cli.list"), Args: words(0, 0), RunE: func(c *cobra.Command, _ []string) error {
		if err := o.choose("table", "csv", "json", "xlsx"); err != nil {
			return err
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
	retry := &cobra.Command{Use: "retry ID", Short: a.p.T("cli.outbox.retry"), Args: words(1, 1), RunE: func(c *cobra.Command, args []string) error {
		ctx := c.Context()
		s, err := a.session(ctx)
		if err != nil {
			return err
		}
		id, err := strconv.ParseInt(args[0], 10, 64)
		if err != nil {
			return usageError{errors.New("outbox retry ID")}
		}
		office, err := a.office(ctx, s)
		if err != nil {
			return err
		}
		sent, err := office.Worker(s.User.ID).Send(ctx, id)
		if err != nil {
			return err
		}
		fmt.Fprintln(a.Stdout, a.p.Choice("letter", "state", sent.State))
		if sent.State != letter.Sent {
			return &notSent{sent.State}
		}
		return nil
	}}
	c.AddCommand(list, deliver, retry)
	return c
}

// notSent says that a letter did not leave.
type notSent struct{ state string }

func (e *notSent) Error() string { return "not sent: " + e.state }

// Message says it to a person.
func (e *notSent) Message() (string, map[string]any) { return "letter_not_sent", nil }
