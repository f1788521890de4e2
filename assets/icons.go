package assets

import _ "embed"

//go:generate go run ./icons/draw icons

// Icon is the program's picture, a PNG of 256 pixels: a sales funnel whose
// last stage is a signed tick. Callers must not change the bytes.
//
//go:embed icons/ugoda-256.png
var Icon []byte
