package store

import (
	"context"
	"fmt"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/proposal"
)

// Revisions are those kept of a proposal, the earliest first, without their
// content.
func (s *Session) Revisions(ctx context.Context, id int64) ([]*proposal.Revision, error) {
	rows, err := s.Page(ctx, Query{Kind: "revision", Where: filter.Cond{Path: "proposal", Op: filter.Eq, Values: []filter.Value{filter.ID(id)}}, Sort: []Order{{Path: "no"}}})
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	found, err := s.base.load(ctx, pool{s.base}, "revision", ids)
	if err != nil {
		return nil, err
	}
	out := make([]*proposal.Revision, len(found))
	for i, rec := range found {
		s.hide(s.base.registry.Kind("revision"), rec)
		r := rec.(*proposal.Revision)
		r.Data = nil
		out[i] = r
	}
	return out, nil
}

// RevisionContent is a proposal as a revision kept it: what the session may not
// see is empty. *NotFound when there is no such revision.
func (s *Session) RevisionContent(ctx context.Context, id int64) (*proposal.Proposal, error) {
	found, err := s.base.load(ctx, pool{s.base}, "revision", []int64{id})
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, &NotFound{Kind: "revision", Name: fmt.Sprintf("#%d", id)}
	}
	kind := s.base.registry.Kind("proposal")
	p, err := found[0].(*proposal.Revision).Content(kind)
	if err != nil {
		return nil, err
	}
	var rec model.Keeper = p
	s.hide(kind, rec)
	return p, nil
}
