package model

// CheckTree refuses a parent that would make a record its own ancestor.
func CheckTree(f Facts, kind string, id int64, parent Ref, parentOf func(rec any) Ref) []Problem {
	for depth := 0; !parent.IsZero(); depth++ {
		if (id != 0 && parent.ID == id) || depth > 50 {
			return []Problem{Wrong("parent", "own_ancestor")}
		}
		rec := f.Record(kind, parent.ID)
		if rec == nil {
			return nil
		}
		parent = parentOf(rec)
	}
	return nil
}
