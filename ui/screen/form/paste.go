package form

import (
	"strings"

	"fyne.io/fyne/v2"

	"ugoda/model/requisite"
	"ugoda/ui/screen"
	"ugoda/ui/screen/field"
)

// pasteInto fills the empty fields of a small form of a client from the
// requisites that stand on the clipboard.
func pasteInto(h screen.Host, b *body) {
	t := h.Words()
	f := requisite.Read(fyne.CurrentApp().Clipboard().Content())
	if f.Empty() {
		h.Say(t.T("client.paste_nothing"))
		return
	}
	found := map[string]string{"name": f.Name, "full_name": f.FullName, "code": f.Code, "ipn": f.IPN, "website": f.Website}
	if len(f.Phones) > 0 {
		found["phone"] = f.Phones[0]
	}
	if len(f.Emails) > 0 {
		found["email"] = f.Emails[0]
	}
	var filled []string
	for _, name := range b.order {
		e := b.editors[name]
		if v := found[name]; v != "" && field.Empty(e.Value()) {
			e.Set(v)
			b.edited(name)
			filled = append(filled, t.Field(b.kind.Name, name))
		}
	}
	h.Say(t.T("form.paste_found") + ": " + strings.Join(filled, ", "))
}
