package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// password gives a user a password, read from standard input so that it stands
// in no list of processes and no history of a shell.
func (a *app) password() *cobra.Command {
	var remember bool
	c := &cobra.Command{Use: "password [USER]", Short: a.p.T("cli.password"), Args: words(0, 1), RunE: func(c *cobra.Command, args []string) error {
		ctx := c.Context()
		s, err := a.session(ctx)
		if err != nil {
			return err
		}
		user := s.User
		if len(args) > 0 {
			if user.Name = args[0]; user.Name != s.User.Name {
				if user.ID, err = s.Find(ctx, "user", args[0]); err != nil {
					return err
				}
			}
		}
		if user.ID == 0 {
			return usageError{errors.New("password USER")}
		}
		line, err := bufio.NewReader(a.Stdin).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("read the password: %w", err)
		}
		word := strings.TrimRight(line, "\r\n")
		if err := s.SetPassword(ctx, user.ID, word); err != nil {
			return err
		}
		if remember {
			return a.Keep(a.base, user.Name, word)
		}
		return nil
	}}
	c.Flags().BoolVar(&remember, "remember", false, a.p.T("cli.flag.remember"))
	return c
}
