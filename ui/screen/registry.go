package screen

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"ugoda/store"
)

// Maker makes a screen for an address.
type Maker func(h Host, a Address) (Screen, error)

// Section is a line of the sidebar and of the menu Go.
type Section struct {
	ID      string // message key: "section." and the ID
	Icon    fyne.Resource
	Group   int // sections of one group stand together
	Address Address
	// Count reads the figure beside the section; nil when it has none.
	Count func(ctx context.Context, s *store.Session) (int64, error)
	Alarm bool // the figure counts something late
}

// Registry knows how to make every screen, and which sections there are.
type Registry struct {
	screens  map[string]Maker
	lists    map[string]Maker
	cards    map[string]Maker
	sections []Section
}

// NewRegistry has a screen for any list and one for any card.
func NewRegistry(list, card Maker) *Registry {
	return &Registry{
		screens: map[string]Maker{List: list, Card: card},
		lists:   map[string]Maker{},
		cards:   map[string]Maker{},
	}
}

// Add adds a screen of its own, by the name that Address.Screen says.
func (r *Registry) Add(name string, m Maker) { r.screens[name] = m }

// List puts a screen in the place of the generic list of a kind.
func (r *Registry) List(kind string, m Maker) { r.lists[kind] = m }

// Card puts a screen in the place of the generic form of a kind.
func (r *Registry) Card(kind string, m Maker) { r.cards[kind] = m }

// Section adds a line to the sidebar, below those added before.
func (r *Registry) Section(s Section) { r.sections = append(r.sections, s) }

// Has reports whether an address can be opened with what was added.
func (r *Registry) Has(a Address) bool { return r.screens[a.Screen] != nil }

// Sections are those whose screen was added and whose kind the base has.
func (r *Registry) Sections(hasKind func(kind string) bool) []Section {
	var out []Section
	for _, s := range r.sections {
		if r.Has(s.Address) && (s.Address.Kind == "" || hasKind(s.Address.Kind)) {
			out = append(out, s)
		}
	}
	return out
}

// Make makes the screen of an address.
func (r *Registry) Make(h Host, a Address) (Screen, error) {
	var m Maker
	switch a.Screen {
	case List:
		m = r.lists[a.Kind]
	case Card:
		m = r.cards[a.Kind]
	}
	if m == nil {
		m = r.screens[a.Screen]
	}
	if m == nil {
		return nil, fmt.Errorf("there is no screen %q", a.Screen)
	}
	return m(h, a)
}
