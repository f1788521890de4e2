package letter

// Verdict is what became of one recipient in one attempt.
type Verdict uint8

// The verdicts. The zero value is none of them.
const (
	ByServer   Verdict = iota + 1 // the server took responsibility (2xx after the end of data): never send again
	ForGood                       // the server said no for good (5xx): sending again would bring the same
	NotYet                        // nothing was taken, trying again may help (4xx, no connection, cut before the end of data)
	ByAccount                     // nothing was taken, and nothing will be until the account is put right (wrong password, certificate)
	Unanswered                    // the last byte left and no answer came: the server may have it; a person decides
)

func (v Verdict) String() string {
	switch v {
	case ByServer:
		return "accepted"
	case ForGood:
		return "refused"
	case NotYet:
		return "later"
	case ByAccount:
		return "held"
	case Unanswered:
		return "unconfirmed"
	}
	return "none"
}

// Reply is a server's answer.
type Reply struct {
	Code     int    `json:"code,omitempty"`     // 250, 550…; 0: there was none
	Enhanced string `json:"enhanced,omitempty"` // RFC 3463 status, "5.1.1"; may be empty
	Text     string `json:"text,omitempty"`     // as the server worded it, on one line, cut to a few hundred characters
}

// Result is what became of one recipient.
type Result struct {
	Address string
	Verdict Verdict
	Reply   Reply    // of the command that decided
	Failure *Failure // why, unless accepted
}

// Outcome is what became of one attempt: one result for each recipient of the
// envelope, in its order.
type Outcome struct {
	Results []Result
	// Reached reports that the server was spoken with: false when there was no
	// connection at all, which says nothing about the letter.
	Reached bool
}
