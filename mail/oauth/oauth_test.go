package oauth

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"ugoda/mail"
)

// provider answers the token endpoint's questions one after the other.
func provider(t *testing.T, answers ...string) (*Client, *[]string) {
	t.Helper()
	var asked []string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		if r.PostForm.Get("client_id") != "ugoda-id" {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		if r.URL.Path == "/device" {
			fmt.Fprint(w, `{"device_code":"D","user_code":"ABCD-EFGH","verification_uri":"https://provider.example/device","expires_in":900,"interval":5}`)
			return
		}
		asked = append(asked, r.PostForm.Get("grant_type")+" "+r.PostForm.Get("device_code")+r.PostForm.Get("refresh_token"))
		a := answers[0]
		if len(answers) > 1 {
			answers = answers[1:]
		}
		if a[0] == '!' {
			w.WriteHeader(http.StatusBadRequest)
			a = fmt.Sprintf(`{"error":%q,"error_description":"olena@firma.example did this"}`, a[1:])
		}
		fmt.Fprint(w, a)
	}))
	t.Cleanup(s.Close)
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	c := &Client{Provider: Provider{Device: s.URL + "/device", Token: s.URL + "/token", Scope: "s"}, ID: "ugoda-id"}
	c.Now = func() time.Time { return now }
	c.Wait = func(_ context.Context, d time.Duration) error { now = now.Add(d); return nil }
	return c, &asked
}

func TestDevice(t *testing.T) {
	for name, c := range map[string]struct {
		answers []string
		key     string
		asked   int
	}{
		"typed after a while": {[]string{"!authorization_pending", "!slow_down", "!authorization_pending", `{"access_token":"A","refresh_token":"R","expires_in":3600}`}, "", 4},
		"declined":            {[]string{"!authorization_declined"}, "mail.failure.token_declined", 1},
		"expired":             {[]string{"!expired_token"}, "mail.failure.token_code", 1},
		"never typed":         {[]string{"!authorization_pending"}, "mail.failure.token_code", 181},
		"a broken answer":     {[]string{"{", `{"access_token":"A","expires_in":1}`}, "", 2},
	} {
		client, asked := provider(t, c.answers...)
		i, err := client.Invite(context.Background())
		if err != nil || i.Code != "ABCD-EFGH" || i.Page != "https://provider.example/device" {
			t.Fatalf("%s: %+v %v", name, i, err)
		}
		g, err := client.Await(context.Background(), i)
		if c.key == "" && (err != nil || g.Access != "A") || c.key != "" && (err == nil || mail.FailureOf(err).Key != c.key) {
			t.Errorf("%s: %+v %v", name, g, err)
		}
		if len(*asked) != c.asked {
			t.Errorf("%s: asked %d times", name, len(*asked))
		}
	}
}

type keeper map[string]string

func (k keeper) Get(_ context.Context, name string) (string, error) { return k[name], nil }
func (k keeper) Set(_ context.Context, name, value string) error    { k[name] = value; return nil }

func TestSource(t *testing.T) {
	client, asked := provider(t, `{"access_token":"A1","refresh_token":"R2","expires_in":3600}`, `{"access_token":"A2","expires_in":3600}`, "!invalid_grant")
	k := keeper{"n": "R1"}
	s := &Source{Client: client, Keeper: k, Name: "n"}
	ctx := context.Background()
	for _, want := range []string{"A1", "A1", "A2"} {
		if want == "A2" {
			_ = client.Wait(ctx, time.Hour)
		}
		if got, err := s.Token(ctx); got != want || err != nil {
			t.Errorf("%q %v, want %q", got, err, want)
		}
	}
	if k["n"] != "R2" || len(*asked) != 2 || (*asked)[1] != "refresh_token R2" {
		t.Errorf("kept %q, asked %q", k["n"], *asked)
	}
	_ = client.Wait(ctx, time.Hour)
	if _, err := s.Token(ctx); mail.FailureOf(err).Key != "mail.failure.token_refused" {
		t.Errorf("%v", err)
	}
	if got, err := (&Source{Client: client, Keeper: keeper{}, Name: "n"}).Token(ctx); got != "" || err != nil {
		t.Errorf("without a refresh token %q %v", got, err)
	}
	client.Provider.Token = "http://127.0.0.1:1/"
	if _, err := s.Token(ctx); mail.FailureOf(err).Key != "mail.failure.token_unreached" {
		t.Errorf("%v", err)
	}
}
