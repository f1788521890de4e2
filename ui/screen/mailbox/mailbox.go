// Package mailbox sets up the account that a user's letters go through, the
// address first: what is known of its provider fills in the rest.
package mailbox

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/mail"
	"ugoda/mail/oauth"
	"ugoda/service/post"
	"ugoda/ui/input"
	"ugoda/ui/run"
	"ugoda/ui/screen"
	"ugoda/ui/screen/field"
)

// labels is the width of the labels.
const labels = 150

// box is the dialog.
type box struct {
	h      screen.Host
	office *post.Office
	kept   mail.Account // what is saved; its ID is 0 for a new one
	then   func()
	ctx    context.Context
	cancel context.CancelFunc
	latest *run.Latest

	address, name, login, host, port, client *input.Entry
	password                                 *input.Entry
	signature                                *input.Entry
	security, auth                           *input.Choice
	exposed                                  *input.Check
	secret, permit, server                   *fyne.Container // parts that come and go
	provider, advice, state                  *widget.Label
	page                                     *widget.Hyperlink
	more                                     *input.Button
	dialog                                   *screen.Dialog
	preset                                   mail.Preset
	suggested                                string // the address that the preset was found for
	ownSignature                             string
	busy                                     bool
}

// begun is what the dialog begins with.
type begun struct {
	office    *post.Office
	account   mail.Account
	name      string // of who works
	signature string
}

// Edit opens the user's account, or sets one up; then is called once it was
// saved and may be nil.
func Edit(h screen.Host, then func()) {
	open := h.Services().Office
	if open == nil {
		return
	}
	session := h.Session()
	screen.Read(context.Background(), h, func(ctx context.Context) (begun, error) {
		b := begun{name: session.Employee.Name}
		var err error
		if b.office, err = open(ctx, session); err != nil {
			return b, err
		}
		b.account, err = b.office.Account(ctx, session.User.ID, mail.Address{})
		if err != nil && !errors.Is(err, mail.ErrNoAccount) {
			return b, err
		}
		b.signature, err = session.Preference(ctx, post.SignatureSetting)
		return b, err
	}, func(x begun) {
		b := &box{h: h, office: x.office, kept: x.account, then: then, latest: run.NewLatest(field.Runner{Host: h}), ownSignature: x.signature}
		b.ctx, b.cancel = context.WithCancel(context.Background())
		b.build(x)
		h.Dialog(b.dialog)
		if x.account.ID == 0 {
			b.suggest()
		}
	})
}

func (b *box) build(x begun) {
	t := b.h.Words().T
	entry := func(text string) *input.Entry {
		e := input.NewEntry()
		e.SetText(text)
		return e
	}
	a := x.account
	name := a.Name
	if a.ID == 0 {
		name = x.name
	}
	b.address, b.name = entry(a.Address), entry(name)
	b.login, b.host, b.port, b.client = entry(a.User), entry(a.Host), entry(portText(a.Port)), entry(a.ClientID)
	b.address.SetPlaceHolder(t("mailbox.address.hint"))
	b.password = input.NewPassword()
	if a.ID != 0 {
		b.password.SetPlaceHolder(t("mailbox.password.kept"))
	}
	b.signature = input.NewMulti(3)
	b.signature.SetText(x.signature)
	b.signature.SetPlaceHolder(t("mailbox.signature.hint"))
	b.security = input.NewChoice([]input.Option{
		{Key: string(mail.TLS), Text: t("mailbox.security.tls")}, {Key: string(mail.StartTLS), Text: t("mailbox.security.starttls")}, {Key: string(mail.Plaintext), Text: t("mailbox.security.none")},
	})
	b.auth = input.NewChoice([]input.Option{
		{Key: string(mail.Auto), Text: t("mailbox.auth.auto")},
		{Key: string(mail.Plain), Text: "PLAIN"},
		{Key: string(mail.Login), Text: "LOGIN"},
		{Key: string(mail.XOAuth2), Text: t("mailbox.auth.xoauth2")},
		{Key: string(mail.NoAuth), Text: t("mailbox.auth.none")},
	})
	b.exposed = input.NewCheck(t("mailbox.exposed"), nil)
	b.exposed.Set(a.Exposed)
	b.provider, b.advice, b.state = widget.NewLabel(""), widget.NewLabel(""), widget.NewLabel("")
	b.provider.Importance = widget.SuccessImportance
	b.provider.Hide()
	for _, l := range []*widget.Label{b.advice, b.state} {
		l.Wrapping = fyne.TextWrapWord
		l.Hide()
	}
	b.page = widget.NewHyperlink("", nil)
	b.page.Hide()
	row := func(key string, f input.Field) fyne.CanvasObject {
		return input.NewLabelled(t(key), f, false, labels)
	}
	b.secret = container.NewVBox(row("mailbox.password", b.password))
	b.permit = container.NewVBox(row("mailbox.client_id", b.client), indented(container.NewHBox(input.NewButton(t("mailbox.permit"), b.ask).Framed())))
	b.server = container.NewVBox(
		row("mailbox.host", b.host), row("mailbox.port", b.port), row("mailbox.security", b.security), indented(b.exposed),
		row("mailbox.auth", b.auth), row("mailbox.login", b.login),
	)
	b.server.Hide()
	b.more = input.NewButton(t("mailbox.server"), b.showServer)
	content := container.NewVBox(
		row("mailbox.address", b.address), indented(b.provider), indented(b.advice), indented(container.NewHBox(b.page)),
		row("mailbox.name", b.name), b.secret, b.permit,
		container.NewHBox(b.more), b.server,
		row("mailbox.signature", b.signature), b.state,
	)
	b.security.OnChange, b.auth.OnChange = b.follow, b.follow
	b.address.OnChanged = func(string) { b.suggestSoon() }
	b.address.OnLeave = b.suggest
	b.dialog = &screen.Dialog{Title: t("mailbox.title"), Content: input.NewScroll(content), Size: fyne.NewSize(620, 520), Focus: b.address, Closed: b.cancel}
	if a.ID != 0 {
		b.dialog.Focus = b.password
		b.security.Set(string(a.Security))
		b.auth.Set(string(a.Auth))
		b.suggested = a.Address
		if p, known := mail.PresetByHost(a.Host); known {
			b.preset = p
		}
		b.showPreset(b.preset.ID != "")
	}
	b.dialog.Buttons = []screen.Button{{Label: t("button.cancel")}}
	if a.ID != 0 {
		b.dialog.Buttons = append(b.dialog.Buttons, screen.Button{Label: t("mailbox.forget"), Stays: true, Do: b.forget})
	}
	b.dialog.Buttons = append(b.dialog.Buttons,
		screen.Button{Label: t("mailbox.save_only"), Stays: true, Do: func() { b.save(false) }},
		screen.Button{Label: t("mailbox.try_and_save"), Primary: true, Stays: true, Do: func() { b.save(true) }})
	b.follow()
}

// indented stands under the fields, not under their labels.
func indented(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(0, 0, labels+6, 0), o)
}

func portText(p int) string {
	if p == 0 {
		return ""
	}
	return strconv.Itoa(p)
}

// showServer folds the details of the server out, or away.
func (b *box) showServer() {
	if b.server.Visible() {
		b.server.Hide()
	} else {
		b.server.Show()
	}
	b.dialog.Content.Refresh()
}

// follow shows the fields that the choices ask for.
func (b *box) follow() {
	show := func(o fyne.CanvasObject, yes bool) {
		if yes {
			o.Show()
		} else {
			o.Hide()
		}
	}
	show(b.permit, mail.Auth(b.auth.Value()) == mail.XOAuth2)
	show(b.secret, mail.Auth(b.auth.Value()) != mail.XOAuth2 && mail.Auth(b.auth.Value()) != mail.NoAuth)
	show(b.exposed, mail.Security(b.security.Value()) == mail.Plaintext)
	if b.dialog != nil {
		b.dialog.Content.Refresh()
	}
}

// suggestSoon fills in what a known domain says while the address is typed:
// that asks nobody.
func (b *box) suggestSoon() {
	a, err := mail.ParseAddress(b.address.Text)
	if err != nil || a.Mailbox == b.suggested {
		return
	}
	if p, known := mail.PresetFor(a.Mailbox); known {
		b.take(a.Mailbox, p)
	}
}

// suggest looks for the provider of the address, if need be by asking whose
// servers take its mail.
func (b *box) suggest() {
	a, err := mail.ParseAddress(b.address.Text)
	if err != nil || a.Mailbox == b.suggested {
		return
	}
	office := b.office
	b.latest.Go(b.ctx, func(ctx context.Context) func() {
		p := office.Suggest(ctx, a.Mailbox)
		return func() { b.take(a.Mailbox, p) }
	})
}

// take fills the server in from a preset.
func (b *box) take(address string, p mail.Preset) {
	b.suggested, b.preset = address, p
	x := p.Account(mail.Address{Mailbox: address})
	b.host.SetText(x.Host)
	b.port.SetText(portText(x.Port))
	b.login.SetText(x.User)
	b.security.Set(string(x.Security))
	b.auth.Set(string(x.Auth))
	b.showPreset(p.ID != "guess")
	if p.ID == "guess" {
		b.server.Show() // to be looked over
	}
	b.follow()
}

// showPreset names the provider and says what its users have to do first.
func (b *box) showPreset(known bool) {
	t := b.h.Words()
	b.provider.Hide()
	if known {
		b.provider.SetText(t.T("mailbox.provider", "host", b.preset.Host))
		b.provider.Show()
	}
	b.advice.Hide()
	if b.preset.Advice != "" {
		b.advice.SetText(t.T(b.preset.Advice, "page", b.preset.Page))
		b.advice.Show()
	}
	b.page.Hide()
	if u, err := url.Parse(b.preset.Page); err == nil && b.preset.Page != "" {
		b.page.SetText(b.preset.Page)
		b.page.SetURL(u)
		b.page.Show()
	}
}

// account is what stands in the fields.
func (b *box) account() (mail.Account, bool) {
	t := b.h.Words()
	a := b.kept
	a.Owner = b.h.Session().User.ID
	from, err := mail.ParseAddress(b.address.Text)
	if err != nil {
		b.address.SetProblem(t.Error(err))
		return a, false
	}
	a.Address, a.Name = from.Mailbox, strings.TrimSpace(b.name.Text)
	if a.Name == "" {
		a.Name = from.Name
	}
	a.Host, a.User = strings.TrimSpace(b.host.Text), strings.TrimSpace(b.login.Text)
	a.Port, _ = strconv.Atoi(strings.TrimSpace(b.port.Text)) // what is no number is told by Check
	a.Security, a.Auth = mail.Security(b.security.Value()), mail.Auth(b.auth.Value())
	a.ClientID, a.Exposed = strings.TrimSpace(b.client.Text), b.exposed.Value()
	wrong := a.Check()
	fields := map[string]input.Field{
		"address": b.address, "name": b.name, "host": b.host, "port": b.port, "security": b.security, "auth": b.auth, "client_id": b.client, "user": b.login,
	}
	for name, f := range fields {
		f.SetProblem("")
		if wrong[name] == nil {
			continue
		}
		f.SetProblem(t.Error(wrong[name]))
		if name != "address" && name != "name" && name != "client_id" {
			b.server.Show()
		}
	}
	if len(wrong) > 0 {
		b.dialog.Content.Refresh()
	}
	return a, len(wrong) == 0
}

// say shows how it stands, under the fields.
func (b *box) say(text string, importance widget.Importance) {
	b.state.Importance = importance
	b.state.SetText(text)
	if text == "" {
		b.state.Hide()
	} else {
		b.state.Show()
	}
	b.dialog.Content.Refresh()
	if s, ok := b.dialog.Content.(*container.Scroll); ok && text != "" {
		s.ScrollToBottom()
	}
}

// save keeps the account; with try a letter to oneself must get through first.
func (b *box) save(try bool) {
	if b.busy {
		return
	}
	a, ok := b.account()
	if !ok {
		return
	}
	t, office, session := b.h.Words(), b.office, b.h.Session()
	password, signature := b.password.Text, strings.TrimSpace(b.signature.Text)
	if a.Auth == mail.XOAuth2 {
		password = ""
	}
	if _, indoors := office.Indoors(); indoors {
		try = false // nothing leaves a demo base
	}
	b.busy = true
	if try {
		b.say(t.T("mailbox.trying", "address", a.Address), widget.MediumImportance)
	}
	b.h.Background(b.ctx, func(ctx context.Context) error {
		if try {
			if err := office.Try(ctx, a, password, t.T("mailbox.test.subject"), t.T("mailbox.test.text")); err != nil {
				return err
			}
		}
		if err := office.SaveAccount(ctx, &a, password); err != nil {
			return err
		}
		return session.SetPreference(ctx, post.SignatureSetting, signature)
	}, func(err error) {
		b.busy = false
		if err != nil {
			b.refused(err)
			return
		}
		b.dialog.Close()
		b.h.Saved("letter") // those that waited for the account are on their way
		if try {
			b.h.Say(t.T("mailbox.works", "address", a.Address))
		} else {
			b.h.Say(t.T("mailbox.saved", "address", a.Address))
		}
		if b.then != nil {
			b.then()
		}
	})
}

// refused says what went wrong and what to do about it.
func (b *box) refused(err error) {
	t := b.h.Words()
	text := t.Error(err)
	if f, ok := errors.AsType[*mail.Failure](err); ok && f.Advice != "" {
		_, args := f.Message()
		if _, there := args["page"]; !there {
			args["page"] = b.preset.Page
		}
		text += "\n" + t.Text(f.Advice, args)
	}
	b.say(text, widget.DangerImportance)
}

// ask asks the provider's permission: it shows the page and the code, and
// waits until the code was typed there.
func (b *box) ask() {
	if b.busy {
		return
	}
	a, ok := b.account()
	if !ok {
		return
	}
	t, office := b.h.Words(), b.office
	b.busy = true
	b.say(t.T("mailbox.permit.asking"), widget.MediumImportance)
	b.h.Background(b.ctx, func(ctx context.Context) error {
		return office.Permit(ctx, a, func(i oauth.Invitation) {
			fyne.Do(func() {
				if b.ctx.Err() == nil {
					b.invite(i)
				}
			})
		})
	}, func(err error) {
		b.busy = false
		if err != nil {
			b.refused(err)
			return
		}
		b.say(t.T("mailbox.permit.given"), widget.SuccessImportance)
	})
}

func (b *box) invite(i oauth.Invitation) {
	t := b.h.Words()
	b.say(t.T("mailbox.permit.code", "page", i.Page, "code", i.Code), widget.WarningImportance)
	fyne.CurrentApp().Clipboard().SetContent(i.Code)
	if u, err := url.Parse(i.Page); err == nil {
		b.page.SetText(i.Page)
		b.page.SetURL(u)
		b.page.Show()
		// Where no browser opens, the address stands in the dialog.
		_ = fyne.CurrentApp().OpenURL(u)
	}
}

// forget takes the account away, its password included.
func (b *box) forget() {
	t, office, a := b.h.Words(), b.office, b.kept
	b.dialog.Close()
	b.h.Confirm(t.T("mailbox.forget"), t.T("mailbox.forget.ask", "address", a.Address), t.T("mailbox.forget"), func() {
		b.h.Background(context.Background(), func(ctx context.Context) error { return office.ForgetAccount(ctx, a) }, func(err error) {
			if err != nil {
				b.h.Fail(err)
				return
			}
			b.h.Say(t.T("mailbox.forgotten", "address", a.Address))
		})
	})
}

// Icon stands beside what is about the account.
func Icon() fyne.Resource { return fynetheme.AccountIcon() }
