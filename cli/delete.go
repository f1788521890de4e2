package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"ugoda/store"
)

// mostNamed is how many records are named behind the reason why they stayed.
const mostNamed = 20

// remove moves records to the bin in one batch. Those that may not go stay, and
// are said on standard error by reasons.
func (a *app) remove() *cobra.Command {
	return &cobra.Command{Use: "delete KIND NUMBER …", Short: a.p.T("cli.delete"), Args: words(2, -1), RunE: func(c *cobra.Command, args []string) error {
		k, err := a.kind(args[0])
		if err != nil {
			return err
		}
		s, err := a.session(c.Context())
		if err != nil {
			return err
		}
		ids := make([]int64, len(args)-1)
		for i, number := range args[1:] {
			if ids[i], err = s.Find(c.Context(), k.Name, number); err != nil {
				return err // nothing goes when one of the words is no record
			}
		}
		batch, failures, err := s.MarkAll(c.Context(), k.Name, ids, true)
		if err != nil {
			return err
		}
		if batch.Records > 0 {
			fmt.Fprintln(a.Stdout, a.p.N("list.to_bin", int64(batch.Records)))
		}
		for _, r := range store.Reasons(failures, a.p.Error) {
			fmt.Fprintln(a.Stderr, a.p.N("list.refused_for", int64(len(r.Of)), "why", strings.ReplaceAll(r.Text, "\n", " "))+" "+a.named(r.Of))
		}
		if len(failures) > 0 {
			return &leftAlone{int64(len(failures))}
		}
		return nil
	}}
}

// named lists the records that stayed, by number or name, up to a few.
func (a *app) named(of []store.Failure) string {
	var out []string
	for i, x := range of {
		if i == mostNamed {
			out = append(out, "…")
			break
		}
		name := x.Ref.Code
		if name == "" {
			name = x.Ref.Name
		}
		out = append(out, name)
	}
	return "(" + strings.Join(out, ", ") + ")"
}

// leftAlone says that some of many records were refused.
type leftAlone struct{ n int64 }

func (e *leftAlone) Error() string { return fmt.Sprintf("%d records refused", e.n) }

// Message says it to a person.
func (e *leftAlone) Message() (string, map[string]any) {
	return "stay_out_of_bin", map[string]any{"count": e.n}
}
