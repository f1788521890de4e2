package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"ugoda/exchange/outfile"
	"ugoda/mail"
	"ugoda/mail/message"
	"ugoda/model/firm"
	"ugoda/service/paper"
	"ugoda/service/post"
	"ugoda/store"
)

// office opens the mail of the base.
func (a *app) office(ctx context.Context, s *store.Session) (*post.Office, error) {
	return post.OpenFor(ctx, s.Base(), a.opts.Now)
}

func (a *app) mail() *cobra.Command {
	var to, cc, bcc, as, engine, eml, forms string
	var files []string
	var d post.Document
	var later bool
	c := &cobra.Command{Use: "mail KIND NUMBER", Short: a.p.T("cli.mail"), Args: words(2, 2), RunE: func(c *cobra.Command, args []string) error {
		ctx := c.Context()
		if err := checkEngine(engine); err != nil {
			return err
		}
		d.Forms = split(forms)
		for _, f := range d.Forms {
			if err := checkForm(f); err != nil {
				return err
			}
		}
		k, s, id, err := a.record(ctx, args)
		if err != nil {
			return err
		}
		if len(k.Prints) == 0 {
			return usageError{errors.New("mail proposal|invoice NUMBER")}
		}
		d.Kind, d.ID, d.Formats, d.Engine = k.Name, id, split(as), paper.Engine(engine)
		for _, x := range []struct {
			text string
			into *[]mail.Address
		}{{to, &d.To}, {cc, &d.Cc}, {bcc, &d.Bcc}} {
			if *x.into, err = mail.ParseList(x.text); err != nil {
				return err
			}
		}
		if d.Files, err = attachments(files); err != nil {
			return err
		}
		o, err := a.office(ctx, s)
		if err != nil {
			return err
		}
		if eml != "" {
			_, data, err := o.SaveDocument(ctx, s, d)
			if err != nil {
				return err
			}
			return outfile.Write(eml, data)
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
		if d.Kind == "proposal" {
			a.undone(ctx, s, o, d.ID)
		}
		fmt.Fprintln(a.Stdout, a.p.T("cli.mail.put", "id", l.ID, "to", l.To, "state", a.p.Choice("letter", "state", l.State)))
		return nil
	}}
	f := c.Flags()
	f.StringVar(&to, "to", "", a.p.T("cli.flag.to"))
	f.StringVar(&cc, "cc", "", a.p.T("cli.flag.cc"))
	f.StringVar(&bcc, "bcc", "", a.p.T("cli.flag.bcc"))
	f.StringArrayVar(&files, "attach", nil, a.p.T("cli.flag.attach"))
	f.StringVar(&eml, "eml", "", a.p.T("cli.flag.eml"))
	f.StringVar(&as, "as", "pdf", strings.Join(paper.Formats, ","))
	f.StringVar(&d.Subject, "subject", "", a.p.T("cli.flag.subject"))
	f.StringVar(&d.Text, "text", "", a.p.T("cli.flag.text"))
	f.StringVar(&d.Template, "template", "", a.p.T("cli.flag.template"))
	f.StringVar(&engine, "engine", "", engineNames)
	f.StringVar(&forms, "form", "", strings.Join(firm.Forms, ","))
	f.IntVar(&d.Variant, "variant", 0, a.p.T("cli.flag.variant"))
	f.BoolVar(&d.InBody, "html-body", false, a.p.T("cli.flag.html_body"))
	f.BoolVar(&later, "later", false, a.p.T("cli.flag.later"))
	c.AddCommand(a.mailAccount())
	return c
}

// attachments reads files that go along.
func attachments(paths []string) ([]message.Attachment, error) {
	var out []message.Attachment
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("attach %s: %w", filepath.Base(path), err)
		}
		out = append(out, message.Attachment{Name: filepath.Base(path), Data: data})
	}
	return out, nil
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
		switch kept, err := o.Account(ctx, s.User.ID, mail.Address{}); {
		case err == nil: // it takes the place of the one before
			account.ID, account.Version = kept.ID, kept.Version
		case !errors.Is(err, mail.ErrNoAccount):
			return err
		}
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
