package paper_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/firm"
	"ugoda/service/paper"
	"ugoda/store/storetest"
)

// sample is the shipped template with one text of it replaced.
func sample(t *testing.T, lang locale.Language, old, new string) []byte {
	t.Helper()
	data, err := paper.Sample("proposal", lang)
	if err != nil {
		t.Fatal(err)
	}
	return replaced(t, data, old, new)
}

// replaced is a document with one text of its parts replaced.
func replaced(t *testing.T, data []byte, old, new string) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		out, err := w.Create(f.Name)
		if err == nil {
			_, err = out.Write(bytes.ReplaceAll(content, []byte(old), []byte(new)))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTemplatesOfOnesOwn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		s, p := office(t, dsn)
		good := sample(t, locale.Ukrainian, "Комерційна пропозиція", "Наша власна пропозиція")
		id, err := paper.AddTemplate(ctx, s, "proposal", firm.FormProposal, "Власний", good, locale.English)
		if err != nil {
			t.Fatal(err)
		}
		rec, err := s.Get(ctx, "template", id)
		if x := rec.(*firm.Template); err != nil || x.Language != "uk" || x.Default || x.For != "proposal" {
			t.Errorf("%+v %v", x, err)
		}
		again, err := paper.AddTemplate(ctx, s, "proposal", firm.FormProposal, "власний", sample(t, locale.English, "", ""), locale.Ukrainian)
		if err != nil {
			t.Fatal(err)
		}
		if rec, err = s.Get(ctx, "template", again); err != nil || rec.(*firm.Template).Name != "власний 2" || rec.(*firm.Template).Language != "en" {
			t.Errorf("%+v %v", rec, err)
		}
		var problems model.Problems
		if _, err := paper.AddTemplate(ctx, s, "proposal", firm.FormProposal, "x", []byte("не документ"), locale.Ukrainian); !errors.As(err, &problems) {
			t.Errorf("a text became a template: %v", err)
		}

		// One default for a kind and a language.
		if err := paper.MakeDefault(ctx, s, id); err != nil {
			t.Fatal(err)
		}
		all, err := paper.Templates(ctx, s, "proposal")
		if err != nil {
			t.Fatal(err)
		}
		defaults := map[string][]string{}
		for _, x := range all {
			if x.Default && x.Form == firm.FormProposal {
				defaults[x.Language] = append(defaults[x.Language], x.Name)
			}
		}
		if len(defaults["uk"]) != 1 || defaults["uk"][0] != "Власний" || len(defaults["en"]) != 1 {
			t.Errorf("%v", defaults)
		}
		printed, err := paper.DOCX(ctx, s, paper.Job{Kind: "proposal", ID: p.ID})
		if err != nil || !strings.Contains(zipped(t, printed.DOCX, "word/document.xml"), "Наша власна пропозиція") {
			t.Errorf("the default template is not the one that prints: %v", err)
		}

		// A faulty one is told by tag and paragraph.
		bad := sample(t, locale.Ukrainian, "{Вступ}{/}", "{Вступи}{/} далі")
		faults, err := paper.CheckTemplate("proposal", bad, locale.New(locale.Ukrainian))
		if err != nil || len(faults) != 1 || faults[0].Tag != "{Вступи}" || !strings.Contains(faults[0].Paragraph, "далі") {
			t.Fatalf("%v %v", faults, err)
		}
		if text := locale.New(locale.Ukrainian).Error(faults[0]); !strings.Contains(text, "{Вступи}") || !strings.Contains(text, "Вступ") {
			t.Errorf("%s", text)
		}
		if err := paper.ReplaceTemplate(ctx, s, id, bad); err != nil {
			t.Fatal(err)
		}
		if _, err := paper.DOCX(ctx, s, paper.Job{Kind: "proposal", ID: p.ID}); !errors.As(err, &problems) {
			t.Errorf("printed through a faulty template: %v", err)
		}
	})
}

// What is edited outside is taken back once it is whole, and not lost with the
// program.
func TestWorkingCopy(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	s, _ := office(t, storetest.SQLite(t))
	first := sample(t, locale.Ukrainian, "", "")
	open := func() paper.WorkingCopy {
		t.Helper()
		c, err := paper.CopyOf(s, 7, "Наш: шаблон/2026")
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	edited := func(c paper.WorkingCopy) []byte {
		t.Helper()
		data, err := c.Edited()
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	c := open()
	if edited(c) != nil {
		t.Error("edited before it was given")
	}
	if err := c.Give(first); err != nil {
		t.Fatal(err)
	}
	if edited(c) != nil {
		t.Error("edited as soon as it was given")
	}
	second := sample(t, locale.Ukrainian, "Комерційна", "Найкраща")
	if err := os.WriteFile(c.Path, second[:len(second)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	var half *paper.Unreadable
	if data, err := c.Edited(); data != nil || !errors.As(err, &half) || half.Sum == "" {
		t.Errorf("half a file was taken: %v", err)
	}
	if err := os.WriteFile(c.Path, second, 0o600); err != nil {
		t.Fatal(err)
	}
	c = open() // the program was started anew
	if !bytes.Equal(edited(c), second) {
		t.Fatal("what was edited is lost")
	}
	if err := c.Give(first); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(edited(c), second) {
		t.Error("what was edited was written over")
	}
	if err := c.Taken(second); err != nil {
		t.Fatal(err)
	}
	if edited(c) != nil {
		t.Error("taken, and offered again")
	}
	if err := c.Drop(); err != nil {
		t.Fatal(err)
	}
	if edited(c) != nil {
		t.Error("dropped, and there")
	}
}
