package proposal_test

import (
	"testing"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/proposal"
)

// What is asked after a proposal has left finishes the activity that waited
// for it and plans the next; a result alone is that of the sending.
func TestFollowingUp(t *testing.T) {
	f := world(nil)
	f.Put("activity", &deal.Activity{Record: model.Record{ID: 4}, Type: "task", Subject: "Надіслати ціну", Deal: model.Ref{ID: 1}, Due: today})
	f.Put("activity", &deal.Activity{Record: model.Record{ID: 5}, Type: "call", Subject: "Давня", Deal: model.Ref{ID: 1}, Done: true})
	p := &proposal.Proposal{Record: model.Record{ID: 9, Number: "КП-9"}, Subject: "Насоси", Deal: model.Ref{ID: 1}, Client: model.Ref{ID: 1}, Manager: model.Ref{ID: 6}, Status: proposal.Sent}
	result := model.Ref{ID: 2, Name: "Надіслано"}
	action := kind().Action("follow")
	do := func(a model.Answers) (model.Effects, error) { return action.Do(p, a, f) }

	e, err := do(model.Answers{"finish": model.Ref{ID: 4}, "result": result, "words": "усе", "next_due": today + 3})
	if err != nil || len(e.Change) != 1 || len(e.Create) != 1 {
		t.Fatalf("%+v %v", e, err)
	}
	if x := e.Change[0].Record.(*deal.Activity); x.ID != 4 || !x.Done || x.Result != result || x.Words != "усе" || x.Due != today {
		t.Errorf("finished: %+v", x)
	}
	if x := e.Create[0].Record.(*deal.Activity); x.Due != today+3 || x.Done || x.Assignee.ID != 6 || x.Proposal.ID != 9 || x.Deal.ID != 1 {
		t.Errorf("planned: %+v", x)
	}
	if e, err = do(model.Answers{"result": result}); err != nil || len(e.Change) != 0 || len(e.Create) != 1 {
		t.Fatalf("%+v %v", e, err)
	}
	if x := e.Create[0].Record.(*deal.Activity); x.Type != "letter" || !x.Done || x.Result != result || x.Due != today {
		t.Errorf("of the sending: %+v", x)
	}
	if e, err = do(model.Answers{}); err != nil || len(e.Change)+len(e.Create) != 0 {
		t.Errorf("no answers: %+v %v", e, err)
	}
	for field, a := range map[string]model.Answers{
		"result": {"finish": model.Ref{ID: 4}},
		"finish": {"finish": model.Ref{ID: 5}, "result": result},
	} {
		_, err := do(a)
		if problems, ok := err.(model.Problems); !ok || problems[0].Field != field { //nolint:errorlint // it is made so
			t.Errorf("%v: %v", a, err)
		}
	}
	if problems := action.May(&proposal.Proposal{Status: proposal.Draft}, f); len(problems) == 0 {
		t.Error("a draft is followed up")
	}
}
