package paper_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"ugoda/printing/convert"
	"ugoda/scripts/needs"
	"ugoda/service/paper"
	"ugoda/store/storetest"
)

// A picture that a template links to is fetched by nobody: not by our own
// layout, which names it, and not by an office suite.
func TestNothingIsFetched(t *testing.T) {
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		http.NotFound(w, r)
	}))
	defer server.Close()
	s, p := office(t, storetest.SQLite(t))
	body := `<w:body><w:p><w:r><w:t>{Номер}</w:t></w:r></w:p><w:p>` + strings.Replace(picture, `r:embed="rIdLogo"`, `r:link="rIdLogo"`, 1) + `</w:p></w:body>`
	file := packed(t, map[string]string{"document.xml": part("document", body)}, strings.Replace(rel("rIdLogo", "image", server.URL+"/p.png"), "/>", ` TargetMode="External"/>`, 1), "")
	path := filepath.Join(t.TempDir(), "linked.docx")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	engines := []paper.Engine{paper.Own}
	if len(convert.Find()) > 0 {
		engines = append(engines, paper.Auto)
	} else {
		needs.Missing(t, "LibreOffice is not installed: it is not watched")
	}
	for _, engine := range engines {
		printed, err := paper.PDF(t.Context(), s, paper.Job{Kind: "proposal", ID: p.ID, Template: path, Engine: engine})
		if err != nil {
			t.Fatal(err)
		}
		if engine == paper.Own && (len(printed.Notes) == 0 || printed.Notes[0].Key != "layout.unsupported.picture_external") {
			t.Errorf("it is not named: %v", printed.Notes)
		}
		if n := asked.Load(); n != 0 {
			t.Fatalf("%s asked the server %d times", engine, n)
		}
	}
}
