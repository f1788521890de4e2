// Package assets holds the files that the program carries with it.
package assets

import "embed"

// Locale holds locale/en.json and locale/uk.json, the texts of the two
// languages as go-i18n reads them. Package locale gives access to them.
//
//go:embed locale/*.json
var Locale embed.FS
