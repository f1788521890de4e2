package assets

import "embed"

//go:generate go run ./templates/make

// Templates holds the Word templates that the program ships with, of each form
// that a proposal is made into and each language (templates/proposal-uk.docx,
// templates/contract-en.docx, …), and beside each kind of document the names that its templates may use (templates/proposal.json); templates/earlier.txt
// has the SHA-256 of those that it shipped before bases remembered where theirs came from.
//
//go:embed templates/*.docx templates/*.json templates/earlier.txt
var Templates embed.FS
