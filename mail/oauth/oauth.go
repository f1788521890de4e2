// Package oauth gets and renews the tokens with which servers that refuse
// passwords are logged in to: the device authorization grant (RFC 8628), where
// the user types a short code on the provider's page, and the refresh grant
// (RFC 6749, section 6). No browser is embedded and no port is listened on.
package oauth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"ugoda/mail"
)

// Provider is where permissions are given.
type Provider struct {
	Device string // address of the device authorization endpoint
	Token  string // address of the token endpoint
	Scope  string
}

// Microsoft is the provider of Microsoft 365 and outlook.com; the scope is the
// one that SMTP submission wants.
var Microsoft = Provider{
	Device: "https://login.microsoftonline.com/common/oauth2/v2.0/devicecode",
	Token:  "https://login.microsoftonline.com/common/oauth2/v2.0/token",
	Scope:  "https://outlook.office.com/SMTP.Send offline_access",
}

// Client asks a provider in the name of a registered program.
type Client struct {
	Provider Provider
	ID       string // under which the program is registered
	HTTP     *http.Client
	// Wait sleeps between two questions; nil: really. For tests.
	Wait func(ctx context.Context, d time.Duration) error
	Now  func() time.Time // the clock
}

// Invitation is what the user does: open Page, type Code.
type Invitation struct {
	Page, Code string
	Expires    time.Duration
	device     string
	interval   time.Duration
}

// Grant is what a provider gave.
type Grant struct {
	Access  string
	Refresh string // kept as the account's secret; may be empty, then the old one holds
	Expires time.Time
}

// Invite asks for a code to show to the user.
func (c *Client) Invite(ctx context.Context) (Invitation, error) {
	var a struct {
		DeviceCode      string `json:"device_code"`
		UserCode        string `json:"user_code"`
		VerificationURI string `json:"verification_uri"`
		ExpiresIn       int    `json:"expires_in"`
		Interval        int    `json:"interval"`
	}
	if err := c.ask(ctx, c.Provider.Device, url.Values{"scope": {c.Provider.Scope}}, &a); err != nil {
		return Invitation{}, err
	}
	if a.DeviceCode == "" || a.UserCode == "" || !strings.HasPrefix(a.VerificationURI, "https://") {
		return Invitation{}, mail.Fail("mail.failure.token_unreached").Because(errors.New("the answer holds no code"))
	}
	return Invitation{
		Page: a.VerificationURI, Code: a.UserCode, device: a.DeviceCode,
		Expires:  time.Duration(a.ExpiresIn) * time.Second,
		interval: time.Duration(min(max(a.Interval, 5), 60)) * time.Second, // RFC 8628, section 3.5: 5 unless said
	}, nil
}

// Await waits until the user has typed the code, and returns the permission.
func (c *Client) Await(ctx context.Context, i Invitation) (Grant, error) {
	for waited := time.Duration(0); waited <= i.Expires; waited += i.interval {
		if err := c.wait(ctx, i.interval); err != nil {
			return Grant{}, err
		}
		g, err := c.token(ctx, url.Values{
			"grant_type": {"urn:ietf:params:oauth:grant-type:device_code"}, "device_code": {i.device},
		})
		var refused *refusal
		switch {
		case err == nil:
			return g, nil
		case !errors.As(err, &refused):
			// The connection may come back before the code runs out.
			if ctx.Err() != nil {
				return Grant{}, err
			}
		case refused.Code == "authorization_pending":
		case refused.Code == "slow_down":
			i.interval += 5 * time.Second
		case refused.Code == "expired_token":
			return Grant{}, mail.Fail("mail.failure.token_code").Because(err)
		default:
			return Grant{}, mail.Fail("mail.failure.token_declined").Because(err)
		}
	}
	return Grant{}, mail.Fail("mail.failure.token_code")
}

// Refresh gets a new access token.
func (c *Client) Refresh(ctx context.Context, refresh string) (Grant, error) {
	g, err := c.token(ctx, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {refresh}, "scope": {c.Provider.Scope}})
	if refused, ok := errors.AsType[*refusal](err); ok {
		return Grant{}, mail.Fail("mail.failure.token_refused", "host", host(c.Provider.Token), "reply", refused.Code).Because(err).Advise("mail.preset.microsoft")
	}
	return g, err
}

func (c *Client) token(ctx context.Context, form url.Values) (Grant, error) {
	var a struct {
		AccessToken  string `json:"access_token"`
		RefreshToken string `json:"refresh_token"`
		ExpiresIn    int    `json:"expires_in"`
	}
	if err := c.ask(ctx, c.Provider.Token, form, &a); err != nil {
		return Grant{}, err
	}
	if a.AccessToken == "" || strings.ContainsAny(a.AccessToken, "\x01\r\n") {
		return Grant{}, mail.Fail("mail.failure.token_unreached").Because(errors.New("the answer holds no token"))
	}
	return Grant{Access: a.AccessToken, Refresh: a.RefreshToken, Expires: c.Now().Add(time.Duration(a.ExpiresIn) * time.Second)}, nil
}

// refusal is an error answer of RFC 6749, section 5.2. Its description is left
// out: it may name the user.
type refusal struct {
	Code string `json:"error"`
}

func (r *refusal) Error() string { return "the provider refused: " + r.Code }

func (c *Client) ask(ctx context.Context, address string, form url.Values, into any) error {
	form.Set("client_id", c.ID)
	unreached := func(err error) error {
		return mail.Fail("mail.failure.token_unreached").Because(fmt.Errorf("ask %s: %w", host(address), err))
	}
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return unreached(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept", "application/json")
	client := c.HTTP
	if client == nil {
		client = http.DefaultClient
	}
	answer, err := client.Do(r)
	if err != nil {
		return unreached(err)
	}
	defer func() { _ = answer.Body.Close() }()
	data, err := io.ReadAll(io.LimitReader(answer.Body, 1<<20))
	if err != nil {
		return unreached(err)
	}
	if answer.StatusCode/100 == 4 {
		var no refusal
		if json.Unmarshal(data, &no) == nil && no.Code != "" {
			return &no
		}
	}
	if answer.StatusCode != http.StatusOK {
		return unreached(fmt.Errorf("status %d", answer.StatusCode))
	}
	if err := json.Unmarshal(data, into); err != nil {
		return unreached(err)
	}
	return nil
}

func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Host
}

func (c *Client) wait(ctx context.Context, d time.Duration) error {
	if c.Wait != nil {
		return c.Wait(ctx, d)
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return fmt.Errorf("wait for the code: %w", ctx.Err())
	case <-t.C:
		return nil
	}
}

// Keeper is where the refresh token is kept; secret.Store is one.
type Keeper interface {
	Get(ctx context.Context, name string) (string, error)
	Set(ctx context.Context, name, value string) error
}

// Source gives fresh access tokens of one account: it renews them a little
// before they expire, and keeps the refresh token that comes along. It is safe
// for concurrent use; its Token is an smtp.Secret.
type Source struct {
	Client *Client
	Keeper Keeper
	Name   string // of the secret: mail.Account.SecretName

	mu    sync.Mutex
	grant Grant
}

// Token returns an access token; "" when there is no refresh token.
func (s *Source) Token(ctx context.Context) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.grant.Access != "" && s.Client.Now().Before(s.grant.Expires.Add(-time.Minute)) {
		return s.grant.Access, nil
	}
	refresh, err := s.Keeper.Get(ctx, s.Name)
	if err != nil || refresh == "" {
		return "", err
	}
	g, err := s.Client.Refresh(ctx, refresh)
	if err != nil {
		return "", err
	}
	if g.Refresh != "" && g.Refresh != refresh {
		if err := s.Keeper.Set(ctx, s.Name, g.Refresh); err != nil {
			return "", err
		}
	}
	s.grant = g
	return g.Access, nil
}
