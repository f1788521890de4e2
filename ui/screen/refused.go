package screen

import (
	"strings"

	"fyne.io/fyne/v2"
)

// openly is how many refused actions stand in a menu with their reasons; more
// would hide those that are allowed.
const openly = 1

// Refused is an action that is refused now, as a menu names it: with the first
// reason. Menus have no hints: it can be chosen, and says more then.
func Refused(label, why string) string {
	why, _, _ = strings.Cut(why, "\n")
	if r := []rune(why); len(r) > 60 {
		why = string(r[:60]) + "…"
	}
	return label + "  —  " + why
}

// WithRefused is a menu's actions with those that are refused now after them:
// when there are several, under a heading of their own that asks why not.
func WithRefused(actions, refused []*fyne.MenuItem, heading string) []*fyne.MenuItem {
	if len(refused) <= openly {
		return append(actions, refused...)
	}
	why := fyne.NewMenuItem(heading, nil)
	why.ChildMenu = fyne.NewMenu("", refused...)
	return append(actions, why)
}
