package journey

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"ugoda/mail/message"
	"ugoda/mail/smtp/smtptest"
	"ugoda/store/storetest"
)

// TestWalkThrough runs the script of the manual from an empty base to a letter
// that a server took, on both engines. The script itself compares the base with
// the file that it brought in.
func TestWalkThrough(t *testing.T) {
	data, err := filepath.Abs(filepath.Join("..", "..", "shared", "data", "crm-opportunities"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(data); err != nil {
		t.Skip("the public sample of opportunities is not here")
	}
	program := Program(t)
	storetest.Each(t, func(t *testing.T, dsn string) {
		server, err := smtptest.Start(smtptest.Script{})
		if err != nil {
			t.Fatal(err)
		}
		defer server.Close()
		home, work := t.TempDir(), t.TempDir()
		run := exec.Command("sh", filepath.Join("..", "docs", "walk-through.sh"), data, work)
		run.Env = append(os.Environ(), "UGODA="+program, "BASE="+dsn, fmt.Sprintf("SMTP=%s %d", server.Host, server.Port), "HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home)
		out, err := run.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if n := strings.Count(string(out), "the same in the file and in the base: "); n != 4 {
			t.Errorf("%d comparisons were made:\n%s", n, out)
		}
		letters := server.Received()
		if len(letters) != 1 {
			t.Fatalf("%d letters were sent:\n%s", len(letters), out)
		}
		letter, err := message.Read(letters[0].Data)
		if err != nil {
			t.Fatal(err)
		}
		printed, err := os.ReadFile(filepath.Join(work, "proposal.pdf"))
		if err != nil {
			t.Fatal(err)
		}
		if len(letter.Attachments) != 1 || !bytes.HasPrefix(letter.Attachments[0].Data, []byte("%PDF-")) || !bytes.HasPrefix(printed, []byte("%PDF-")) {
			t.Errorf("the letter has %d attachments", len(letter.Attachments))
		}
	})
}
