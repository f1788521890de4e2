package settings

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"ugoda/service/post"
	"ugoda/ui/input"
	"ugoda/ui/screen"
)

// approvalLetters switches the letters about approvals for everybody who works
// with the base; heads and administrators may.
func (s *Screen) approvalLetters() fyne.CanvasObject {
	h := s.Host
	session := h.Session()
	on := input.NewCheck(h.Words().T("settings.approval_letters"), func(yes bool) {
		h.Background(context.WithoutCancel(s.Ctx), func(ctx context.Context) error {
			return post.SetApprovalLetters(ctx, session.Base(), yes, time.Now().UTC())
		}, h.Fail)
	})
	on.Disable()
	screen.Read(s.Ctx, h, func(ctx context.Context) (bool, error) {
		_, yes, err := post.ApprovalLetters(ctx, session.Base())
		return yes, err
	}, func(yes bool) {
		on.Set(yes)
		if session.MayWrite("approval-rule") {
			on.Enable()
		}
	})
	return on
}
