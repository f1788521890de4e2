package assets

import _ "embed"

// DemoNames are the names that a demo base is made of, as JSON.
//
//go:embed demo/names.json
var DemoNames []byte
