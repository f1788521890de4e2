package filter

import (
	"errors"

	"ugoda/model"
)

var errLater = errors.New("filter: not there yet")

// Parse reads the text form of a condition on records of a kind.
func Parse(reg *model.Registry, kind, text string) (Node, error) { return nil, errLater }

// Text writes the text form of a condition.
func Text(n Node) string { return "" }

// Validate checks a condition against the description of a kind.
func Validate(reg *model.Registry, kind string, n Node) error { return errLater }
