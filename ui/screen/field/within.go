package field

import (
	"ugoda/model"
	"ugoda/model/filter"
)

// Belonging are the fields by which a record belongs to another; that others
// agree is chance.
var Belonging = []string{"client", "process"}

// Within is the condition that records of a kind belong where a record does that
// points to them: contacts to its client, stages to its process. value gives
// what it points to by the name of a field; nil: they may belong anywhere.
func Within(target *model.Kind, value func(name string) model.Ref) filter.Node {
	var all filter.And
	for _, name := range Belonging {
		if g := target.Field(name); g == nil || g.To != name {
			continue
		}
		if r := value(name); r.ID != 0 {
			all = append(all, filter.Cond{Path: name, Op: filter.Eq, Values: []filter.Value{filter.ID(r.ID)}})
		}
	}
	if len(all) == 0 {
		return nil
	}
	return all
}
