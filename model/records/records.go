// Package records knows every kind of record of the program.
package records

import (
	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/deal"
	"ugoda/model/firm"
	"ugoda/model/invoice"
	"ugoda/model/letter"
	"ugoda/model/product"
	"ugoda/model/proposal"
)

// New describes all kinds.
func New() *model.Registry {
	r := model.NewRegistry()
	firm.Describe(r)
	client.Describe(r)
	product.Describe(r)
	deal.Describe(r)
	proposal.Describe(r)
	invoice.Describe(r)
	letter.Describe(r)
	return r
}
