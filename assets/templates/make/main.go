// Command make writes the Word templates that the program ships with. Run it
// by go generate in the folder assets; a test tells when it was forgotten.
package main

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"
)

//go:embed texts.json
var textsFile []byte

// texts are the words of one template.
type texts struct {
	Language      string     `json:"language"`
	Title         string     `json:"title"`
	Number        string     `json:"number"`
	Running       string     `json:"running"`
	Firm          string     `json:"firm"`
	FirmCode      string     `json:"firm_code"`
	FirmAddress   string     `json:"firm_address"`
	FirmBank      string     `json:"firm_bank"`
	FirmContacts  string     `json:"firm_contacts"`
	FirmName      string     `json:"firm_name"`
	Logo          string     `json:"logo"`
	Signature     string     `json:"signature"`
	Stamp         string     `json:"stamp"`
	To            string     `json:"to"`
	ToName        string     `json:"to_name"`
	ToContact     string     `json:"to_contact"`
	ToAddress     string     `json:"to_address"`
	Valid         string     `json:"valid"`
	ValidUntil    string     `json:"valid_until"`
	Manager       string     `json:"manager"`
	ManagerName   string     `json:"manager_name"`
	ManagerPhone  string     `json:"manager_phone"`
	ManagerEmail  string     `json:"manager_email"`
	Addressee     string     `json:"addressee"`
	Intro         string     `json:"intro"`
	Draft         string     `json:"draft"`
	VariantsBegin string     `json:"variants_begin"`
	VariantsEnd   string     `json:"variants_end"`
	Variant       string     `json:"variant"`
	VariantNote   string     `json:"variant_note"`
	Head          []string   `json:"head"`
	HeadingRow    []string   `json:"heading_row"`
	NoteRow       string     `json:"note_row"`
	Line          []string   `json:"line"`
	Article       string     `json:"article"`
	Parts         []string   `json:"parts"`
	Subtotal      []string   `json:"subtotal"`
	VAT           []string   `json:"vat"`
	Total         []string   `json:"total"`
	Included      []string   `json:"included"`
	Saved         []string   `json:"saved"`
	Options       []string   `json:"options"`
	OwnTerms      []string   `json:"own_terms"`
	Words         string     `json:"words"`
	WithoutVAT    string     `json:"without_vat"`
	Terms         string     `json:"terms"`
	TermRows      [][]string `json:"term_rows"`
	Closing       string     `json:"closing"`
	Post          string     `json:"post"`
	Signatory     string     `json:"signatory"`
	Page          string     `json:"page"`
	Of            string     `json:"of"`

	FileTitle map[string]string `json:"file_title"`
	Contract  contractTexts     `json:"contract"`
	Invoice   invoiceTexts      `json:"invoice"`
	Cover     coverTexts        `json:"letter"`
}

func main() {
	dir := "templates"
	if len(os.Args) > 1 {
		dir = os.Args[1]
	}
	files, err := templates()
	if err != nil {
		log.Fatal(err)
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

// templates makes all templates by their file names.
func templates() (map[string][]byte, error) {
	var all map[string]texts
	if err := json.Unmarshal(textsFile, &all); err != nil {
		return nil, fmt.Errorf("read texts: %w", err)
	}
	out := map[string][]byte{}
	for lang, t := range all {
		for form, l := range map[string]letter{"proposal": proposal(t), "contract": contract(t), "invoice": invoice(t), "letter": cover(t)} {
			data, err := pack(parts(t, l))
			if err != nil {
				return nil, fmt.Errorf("write template %s-%s: %w", form, lang, err)
			}
			out[form+"-"+lang+".docx"] = data
		}
	}
	return out, nil
}

// part is a file inside the document.
type part struct {
	name string
	data []byte
}

// pack writes the parts with one fixed time, so that equal parts give equal bytes.
func pack(parts []part) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range parts {
		f, err := w.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return nil, err
		}
		if _, err := f.Write(p.data); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
