// Package post is what a user does with mail: sets up an account, tries it,
// puts letters into the outbox, and has them sent.
package post

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"time"

	"ugoda/mail"
	"ugoda/mail/folder"
	"ugoda/mail/message"
	"ugoda/mail/oauth"
	"ugoda/mail/outbox"
	"ugoda/mail/secret"
	"ugoda/mail/smtp"
	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/letter"
	"ugoda/store"
)

// Options are what an Office is opened with.
type Options struct {
	Secrets secret.Store // required
	// Folder is where letters are laid instead of being sent; empty: they are
	// sent. A demo base must have one.
	Folder string
	Now    func() time.Time // UTC; nil: the system's
	Zone   *time.Location   // of the Date in letters; nil: the system's
	SMTP   smtp.Options
	Log    *slog.Logger
}

// Office is the mail of one base on this machine. It is safe for concurrent use.
type Office struct {
	Box     *outbox.Base
	options Options
	base    *store.Base
}

// Open opens the mail of a base.
func Open(b *store.Base, o Options) *Office {
	if o.Now == nil {
		o.Now = func() time.Time { return time.Now().UTC() }
	}
	if o.Zone == nil {
		o.Zone = time.Local
	}
	return &Office{Box: outbox.In(b), options: o, base: b}
}

// Indoors reports that letters go to a folder, and which.
func (o *Office) Indoors() (path string, yes bool) {
	return o.options.Folder, o.options.Folder != ""
}

// Account returns the account that a user's letters go through:
// mail.ErrNoAccount when there is none yet. Indoors one is made up from
// fallback, since nothing leaves.
func (o *Office) Account(ctx context.Context, user int64, fallback mail.Address) (mail.Account, error) {
	all, err := o.Box.Accounts(ctx, user)
	if err != nil {
		return mail.Account{}, err
	}
	if len(all) > 0 {
		return all[0], nil
	}
	if _, indoors := o.Indoors(); indoors && fallback.Mailbox != "" {
		return mail.Account{Owner: user, Address: fallback.Mailbox, Name: fallback.Name}, nil
	}
	return mail.Account{}, mail.ErrNoAccount
}

// Suggest returns what is known about the provider of an address: by its
// domain, else by the domain's mail exchanger, else a guess. It asks the
// network for at most a few seconds, and never for a known domain.
func (o *Office) Suggest(ctx context.Context, address string) mail.Preset {
	p, known := mail.PresetFor(address)
	if known {
		return p
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	exchangers, err := net.DefaultResolver.LookupMX(ctx, mail.Address{Mailbox: address}.Domain())
	if err != nil {
		return p
	}
	for _, mx := range exchangers {
		if by, known := mail.PresetByExchanger(mx.Host); known {
			return by
		}
	}
	return p
}

// Try sends the test letter to oneself through an account that need not be
// saved. An empty password means the one kept. The error is a *mail.Failure
// that says what to change.
func (o *Office) Try(ctx context.Context, a mail.Account, password, subject, text string) error {
	for _, f := range a.Check() {
		return f
	}
	get := o.secret(a)
	if password != "" {
		get = func(context.Context) (string, error) { return password, nil }
	}
	t := smtp.New(a, get, o.options.SMTP)
	return smtp.Verify(ctx, t, a.From(), subject, text, o.now())
}

// SaveAccount keeps an account and, unless it is empty, its password, and
// sends on their way the letters that waited for it.
func (o *Office) SaveAccount(ctx context.Context, a *mail.Account, password string) error {
	if err := o.Box.SaveAccount(ctx, a); err != nil {
		return err
	}
	if password != "" {
		if err := o.options.Secrets.Set(ctx, a.SecretName(), password); err != nil {
			return fmt.Errorf("keep the password: %w", err)
		}
	}
	_, err := outbox.ReleaseHeld(ctx, o.Box, a.ID, o.options.Now())
	return err
}

// Permit asks the provider's permission for an account that logs in with a
// token: show is given the page and the code for the user, and Permit waits
// until the code has been typed there.
func (o *Office) Permit(ctx context.Context, a mail.Account, show func(oauth.Invitation)) error {
	c := &oauth.Client{Provider: oauth.Microsoft, ID: a.ClientID, Now: o.options.Now}
	i, err := c.Invite(ctx)
	if err != nil {
		return err
	}
	show(i)
	g, err := c.Await(ctx, i)
	if err != nil {
		return err
	}
	if err := o.options.Secrets.Set(ctx, a.SecretName(), g.Refresh); err != nil {
		return fmt.Errorf("keep the permission: %w", err)
	}
	return nil
}

// secret is how the password, or a fresh token, of an account is had.
func (o *Office) secret(a mail.Account) smtp.Secret {
	if a.Auth == mail.XOAuth2 {
		s := &oauth.Source{Client: &oauth.Client{Provider: oauth.Microsoft, ID: a.ClientID, Now: o.options.Now}, Keeper: o.options.Secrets, Name: a.SecretName()}
		return s.Token
	}
	return func(ctx context.Context) (string, error) { return o.options.Secrets.Get(ctx, a.SecretName()) }
}

// Put builds a letter and puts it into the outbox in the name of a session's
// user. The draft's From and Date are filled from the account and the clock.
func (o *Office) Put(ctx context.Context, s *store.Session, a mail.Account, d message.Draft, about outbox.About) (letter.Letter, error) {
	l, data, err := o.Prepare(s.User, a, d, about)
	if err != nil {
		return letter.Letter{}, err
	}
	if err := o.Box.Add(ctx, &l, data); err != nil {
		return letter.Letter{}, err
	}
	return l, nil
}

// Prepare builds a letter without putting it in: for putting it in together
// with other changes (see outbox.Base.Keep), and for saving it as .eml.
func (o *Office) Prepare(user model.Ref, a mail.Account, d message.Draft, about outbox.About) (letter.Letter, []byte, error) {
	if d.From.Mailbox == "" {
		d.From = a.From()
	}
	if d.Date.IsZero() {
		d.Date = o.now()
	}
	built, err := message.Build(d)
	if err != nil {
		return letter.Letter{}, nil, err
	}
	var shown []string
	for _, list := range [][]mail.Address{d.To, d.Cc, d.Bcc} {
		for _, x := range list {
			shown = append(shown, x.String())
		}
	}
	return outbox.New(built, strings.Join(shown, ", "), user, a.ID, about, o.options.Now()), built.Data, nil
}

func (o *Office) now() time.Time { return o.options.Now().In(o.options.Zone) }

// Worker sends what is due for a user; user 0: for everybody. The window has
// one that runs, the command line calls its Send.
func (o *Office) Worker(user int64) *outbox.Worker {
	return &outbox.Worker{Box: o.Box, User: user, Open: o.transport, Now: o.options.Now, Log: o.options.Log}
}

func (o *Office) transport(ctx context.Context, account int64) (mail.Transport, error) {
	if path, indoors := o.Indoors(); indoors {
		return folder.Folder{Path: path, Now: o.now}, nil
	}
	a, err := o.Box.Account(ctx, account)
	if err != nil {
		return nil, err
	}
	return smtp.New(a, o.secret(a), o.options.SMTP), nil
}

// Counts returns how many of a user's letters wait to be sent, and how many
// need a person: held, in doubt, or refused within the last week. User 0 means
// everybody's.
func (o *Office) Counts(ctx context.Context, user int64) (waiting, troubled int64, err error) {
	since := o.options.Now().Add(-7 * 24 * time.Hour).UnixMicro()
	query := "SELECT state, COUNT(*) FROM letter WHERE marked = ? AND (state IN (?, ?, ?, ?, ?) OR state IN (?, ?) AND ended >= ?)"
	args := []any{false, letter.Queued, letter.Sending, letter.Retry, letter.Held, letter.Unconfirmed, letter.Failed, letter.Partly, since}
	if user != 0 {
		query += " AND user_id = ?"
		args = append(args, user)
	}
	rows, err := o.base.Read(ctx, query+" GROUP BY state", args...)
	if err != nil {
		return 0, 0, fmt.Errorf("count the outbox: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var state string
		var n int64
		if err := rows.Scan(&state, &n); err != nil {
			return 0, 0, fmt.Errorf("count the outbox: %w", err)
		}
		switch state {
		case letter.Queued, letter.Sending, letter.Retry:
			waiting += n
		default:
			troubled += n
		}
	}
	if err := rows.Err(); err != nil {
		return 0, 0, fmt.Errorf("count the outbox: %w", err)
	}
	return waiting, troubled, nil
}

// ForgetAccount deletes an account and its password. Letters that wait for it
// are held when their turn comes.
func (o *Office) ForgetAccount(ctx context.Context, a mail.Account) error {
	if err := o.Box.DeleteAccount(ctx, a.ID); err != nil {
		return err
	}
	if err := o.options.Secrets.Delete(ctx, a.SecretName()); err != nil {
		return fmt.Errorf("forget the password: %w", err)
	}
	return nil
}

// DeliverAll sends everything of a user's that waits, whether it is due or
// not, and returns how many letters were tried. Letters in doubt are left to a
// person.
func (o *Office) DeliverAll(ctx context.Context, s *store.Session) (int, error) {
	w := o.Worker(s.User.ID)
	where := filter.And{filter.Cond{Path: "state", Op: filter.In, Values: []filter.Value{
		filter.String(letter.Queued), filter.String(letter.Retry), filter.String(letter.Held),
	}}}
	if s.User.ID != 0 {
		where = append(where, filter.Cond{Path: "user", Op: filter.Eq, Values: []filter.Value{filter.ID(s.User.ID)}})
	}
	ids, err := o.base.System().IDs(ctx, store.Query{Kind: "letter", Where: where, Sort: []store.Order{{Path: "id"}}})
	if err != nil {
		return 0, fmt.Errorf("look into the outbox: %w", err)
	}
	for i, id := range ids {
		if ctx.Err() != nil {
			return i, ctx.Err()
		}
		if _, err := w.Send(ctx, id); err != nil {
			return i, err
		}
	}
	return len(ids), nil
}
