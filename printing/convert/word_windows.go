//go:build windows

package convert

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"golang.org/x/sys/windows/registry"
)

// Word converts by Microsoft Word through its automation. A Word of its own is
// started for it and quits afterwards.
type Word struct {
	powershell string
}

// 17 is wdExportFormatPDF; macros stay off (3 is msoAutomationSecurityForceDisable).
const wordScript = `
param([string]$source, [string]$target)
$ErrorActionPreference = 'Stop'
$word = New-Object -ComObject Word.Application
try {
  $word.Visible = $false
  $word.DisplayAlerts = 0
  $word.AutomationSecurity = 3
  $doc = $word.Documents.Open($source, $false, $true, $false)
  try { $doc.ExportAsFixedFormat($target, 17) } finally { $doc.Close($false) }
} finally { $word.Quit($false) }
`

func findWord() Converter {
	k, err := registry.OpenKey(registry.CLASSES_ROOT, `Word.Application\CLSID`, registry.QUERY_VALUE)
	if err != nil {
		return nil
	}
	k.Close()
	p, err := exec.LookPath("powershell.exe")
	if err != nil {
		return nil
	}
	return &Word{powershell: p}
}

// Name is "Word".
func (w *Word) Name() string { return "Word" }

// PDF converts a document.
func (w *Word) PDF(ctx context.Context, docx []byte) ([]byte, error) {
	return run(ctx, w.Name(), docx, func(ctx context.Context, dir string) ([]byte, error) {
		script := filepath.Join(dir, "convert.ps1")
		if err := os.WriteFile(script, []byte(wordScript), 0o600); err != nil {
			return nil, err
		}
		cmd := exec.CommandContext(ctx, w.powershell, "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File", script,
			filepath.Join(dir, "document.docx"), filepath.Join(dir, "document.pdf"))
		var out bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &out
		cmd.WaitDelay = 3 * time.Second
		apart(cmd)
		err := cmd.Run()
		return out.Bytes(), err
	})
}
