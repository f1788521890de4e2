// Package screen is the seam between the window and what its tabs hold.
//
// A tab holds a Screen. The window knows nothing of what a screen shows: it
// asks its title, lays out its content, hands it commands of the menu and
// keys, asks before it closes one that is Unsaved, and keeps its Address so
// that the tab comes back after a restart. A screen knows nothing of the
// window but the Host that it was made with: the session, the words, the
// runner for reading in the background, and ways to open other screens.
//
// To add a screen:
//
//  1. Write a package ui/screen/NAME with a constructor
//     func New(h screen.Host, a screen.Address) (screen.Screen, error)
//     that builds the content at once and reads in the background with Read.
//     It must not touch the base itself: that would freeze the window.
//  2. Add it in ui/screens.go: r.Add("name", name.New) for a screen of its
//     own (Start, the funnel, a wizard), r.Card("deal", deal.New) for a card
//     that takes the place of the generic form of a kind,
//     r.List("deal", …) likewise for a list.
//  3. A screen that deserves a line in the sidebar gets a Section in
//     ui/sections.go; it shows itself there as soon as its screen is added.
//
// What a screen can do more than be looked at, it says by further interfaces
// of this package: Refresher, Commander, Saver, Keyed, Lifecycle.
package screen
