package mail

import "strings"

// Preset is what is known about a provider: enough to fill an account from its
// address alone, and to say what its users stumble over.
type Preset struct {
	ID       string // "gmail"; "guess" when the domain is unknown
	Host     string
	Port     int
	Security Security
	Auth     Auth
	// Advice is the message key of what the user has to do before the first
	// letter ("turn on two-step verification and make an app password").
	// Empty: the usual password will do.
	Advice string
	// Page is where the user does it; empty: there is none to name.
	Page string
}

// Servers of providers as their help pages give them for submission
// (RFC 8314: TLS from the first byte preferred where offered).
var presets = []struct {
	domains []string
	Preset
}{
	{
		[]string{"gmail.com", "googlemail.com"},
		Preset{"gmail", "smtp.gmail.com", 465, TLS, Plain, "mail.preset.gmail", "https://myaccount.google.com/apppasswords"},
	},
	{
		[]string{"ukr.net"},
		Preset{"ukrnet", "smtp.ukr.net", 465, TLS, Plain, "mail.preset.ukrnet", "https://mail.ukr.net/"},
	},
	{
		[]string{"i.ua", "ua.fm", "email.ua", "3g.ua", "footballer.ua", "ukrpost.ua"},
		Preset{"iua", "smtp.i.ua", 465, TLS, Auto, "mail.preset.iua", "https://passport.i.ua/"},
	},
	{
		[]string{"meta.ua"},
		Preset{"metaua", "smtp.meta.ua", 465, TLS, Auto, "mail.preset.metaua", "https://meta.ua/"},
	},
	{
		[]string{"icloud.com", "me.com", "mac.com"},
		Preset{"icloud", "smtp.mail.me.com", 587, StartTLS, Plain, "mail.preset.icloud", "https://account.apple.com/"},
	},
	{
		[]string{"outlook.com", "hotmail.com", "live.com", "msn.com"},
		Preset{"outlook", "smtp-mail.outlook.com", 587, StartTLS, XOAuth2, "mail.preset.microsoft", "https://microsoft.com/devicelogin"},
	},
}

// byMX are hosts that a domain's mail exchanger ends with when a provider
// serves firms' own domains.
var byMX = []struct {
	suffix string
	Preset
}{
	{".google.com", presets[0].Preset},
	{".googlemail.com", presets[0].Preset},
	{
		".protection.outlook.com",
		Preset{"microsoft", "smtp.office365.com", 587, StartTLS, XOAuth2, "mail.preset.microsoft", "https://microsoft.com/devicelogin"},
	},
	{".mail.icloud.com", presets[4].Preset},
	{".ukr.net", presets[1].Preset},
}

// PresetFor returns the preset of an address by its domain. known is false
// when the domain is nobody's that we know: then the preset is a guess,
// smtp.DOMAIN with STARTTLS.
func PresetFor(address string) (p Preset, known bool) {
	domain := strings.ToLower(Address{Mailbox: address}.Domain())
	for _, x := range presets {
		for _, d := range x.domains {
			if d == domain {
				return x.Preset, true
			}
		}
	}
	if strings.HasSuffix(domain, ".onmicrosoft.com") {
		return byMX[2].Preset, true
	}
	return Preset{ID: "guess", Host: "smtp." + domain, Port: 587, Security: StartTLS, Auth: Auto, Advice: "mail.preset.guess"}, false
}

// PresetByExchanger returns the preset of the provider that serves a firm's
// own domain, by the host of its mail exchanger (the MX record of the domain).
func PresetByExchanger(mx string) (p Preset, known bool) {
	mx = "." + strings.ToLower(strings.TrimSuffix(mx, "."))
	for _, x := range byMX {
		if strings.HasSuffix(mx, x.suffix) {
			return x.Preset, true
		}
	}
	return Preset{}, false
}

// Account fills an account from the preset for an address.
func (p Preset) Account(from Address) Account {
	return Account{
		Address: from.Mailbox, Name: from.Name, Host: p.Host, Port: p.Port,
		Security: p.Security, Auth: p.Auth, User: from.Mailbox,
	}
}

// PresetByHost returns the preset whose server an account uses, so that a
// refused password comes with the provider's own advice whatever the address.
func PresetByHost(host string) (p Preset, known bool) {
	for _, x := range presets {
		if strings.EqualFold(x.Host, host) {
			return x.Preset, true
		}
	}
	for _, x := range byMX {
		if strings.EqualFold(x.Host, host) {
			return x.Preset, true
		}
	}
	return Preset{}, false
}
