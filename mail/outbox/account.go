package outbox

import (
	"context"
	"fmt"

	"ugoda/mail"
	"ugoda/store"
)

const accountColumns = "id, version, user_id, address, name, host, port, security, auth, login, client_id, exposed"

// Accounts returns the mail accounts of a user, the oldest first: the first is
// the one that letters go through unless another is chosen.
func (b *Base) Accounts(ctx context.Context, user int64) ([]mail.Account, error) {
	return b.accounts(ctx, "user_id = ?", user)
}

// Account returns a mail account; mail.ErrNoAccount when there is none.
func (b *Base) Account(ctx context.Context, id int64) (mail.Account, error) {
	all, err := b.accounts(ctx, "id = ?", id)
	if err != nil {
		return mail.Account{}, err
	}
	if len(all) == 0 {
		return mail.Account{}, mail.ErrNoAccount
	}
	return all[0], nil
}

func (b *Base) accounts(ctx context.Context, where string, arg int64) ([]mail.Account, error) {
	rows, err := b.base.Read(ctx, "SELECT "+accountColumns+" FROM mail_account WHERE "+where+" ORDER BY id", arg)
	if err != nil {
		return nil, fmt.Errorf("read mail accounts: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var all []mail.Account
	for rows.Next() {
		var a mail.Account
		if err := rows.Scan(&a.ID, &a.Version, &a.Owner, &a.Address, &a.Name, &a.Host, &a.Port, &a.Security, &a.Auth, &a.User, &a.ClientID, &a.Exposed); err != nil {
			return nil, fmt.Errorf("read mail accounts: %w", err)
		}
		all = append(all, a)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read mail accounts: %w", err)
	}
	return all, nil
}

// SaveAccount keeps a mail account, new when its ID is 0, and sets its ID and
// Version. ErrStale says that another window changed it. What Account.Check
// finds wrong is returned as the first *mail.Failure. Letters that waited for
// the account are not touched: see ReleaseHeld.
func (b *Base) SaveAccount(ctx context.Context, a *mail.Account) error {
	for _, f := range a.Check() {
		return f
	}
	values := []any{
		a.Version + 1, a.Owner, a.Address, a.Name, a.Host, int64(a.Port), string(a.Security), string(a.Auth), a.User, a.ClientID, a.Exposed,
	}
	id := a.ID
	err := b.base.Write(ctx, func(tx *store.Tx) error {
		if a.ID == 0 {
			return tx.QueryRow(ctx, "INSERT INTO mail_account (version, user_id, address, name, host, port, security, auth, login, client_id, exposed) "+
				"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id", values, &id)
		}
		n, err := tx.Exec(ctx, "UPDATE mail_account SET version = ?, user_id = ?, address = ?, name = ?, host = ?, port = ?, security = ?, auth = ?, "+
			"login = ?, client_id = ?, exposed = ? WHERE id = ? AND version = ?", append(values, a.ID, a.Version)...)
		if err == nil && n == 0 {
			return ErrStale
		}
		return err //nolint:wrapcheck // wrapped below
	})
	if err != nil {
		return fmt.Errorf("save the mail account: %w", err)
	}
	a.ID, a.Version = id, a.Version+1
	return nil
}

// DeleteAccount forgets a mail account. Letters that wait for it are held when
// their turn comes.
func (b *Base) DeleteAccount(ctx context.Context, id int64) error {
	err := b.base.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, "DELETE FROM mail_account WHERE id = ?", id)
		return err //nolint:wrapcheck // wrapped below
	})
	if err != nil {
		return fmt.Errorf("delete the mail account: %w", err)
	}
	return nil
}
