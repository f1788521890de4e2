package input

import "fyne.io/fyne/v2"

// Number is an entry for a number kept as a scaled integer: an amount in minor
// units, a quantity, a percentage, a count. What a person may type ("48200.5",
// "48 200,50", "=12*350") and how it is shown is said from outside.
type Number struct {
	Entry

	// Parse reads what was typed.
	Parse func(text string) (int64, error)
	// Format shows a value as it is typed.
	Format func(v int64) string
	// Explain says what is wrong with what was typed.
	Explain func(err error) string
	// OnChange is called when a person gave another value, or emptied it.
	OnChange func()

	value int64
	some  bool
}

// NewNumber makes an empty entry for a number.
func NewNumber(parse func(string) (int64, error), format func(int64) string, explain func(error) string) *Number {
	n := &Number{Parse: parse, Format: format, Explain: explain}
	n.right = true
	n.OnLeave = func() { n.Commit() }
	n.before = n.key
	n.init(n)
	return n
}

// Set shows a value, without telling OnChange.
func (n *Number) Set(v int64) {
	n.value, n.some = v, true
	n.SetText(n.Format(v))
	n.SetProblem("")
}

// Clear shows that there is no value, without telling OnChange.
func (n *Number) Clear() {
	n.value, n.some = 0, false
	n.SetText("")
	n.SetProblem("")
}

// Value is what was typed last and could be read; some is false when the entry
// is empty.
func (n *Number) Value() (v int64, some bool) { return n.value, n.some }

// Commit reads what stands there, as leaving the entry does; it is false when
// it cannot be read.
func (n *Number) Commit() bool {
	if n.Text == "" {
		changed := n.some
		n.value, n.some = 0, false
		n.SetProblem("")
		if changed && n.OnChange != nil {
			n.OnChange()
		}
		return true
	}
	if n.some && n.Text == n.Format(n.value) {
		n.SetProblem("")
		return true
	}
	v, err := n.Parse(n.Text)
	if err != nil {
		n.SetProblem(n.Explain(err))
		return false
	}
	changed := !n.some || v != n.value
	n.value, n.some = v, true
	n.SetText(n.Format(v))
	n.SetProblem("")
	if changed && n.OnChange != nil {
		n.OnChange()
	}
	return true
}

// key reads the number before a form acts on Enter.
func (n *Number) key(key fyne.KeyName, _ fyne.KeyModifier) bool {
	if key == fyne.KeyReturn || key == fyne.KeyEnter {
		return !n.Commit()
	}
	return false
}
