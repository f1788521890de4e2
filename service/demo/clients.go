package demo

import (
	"fmt"
	"slices"
	"strings"

	"ugoda/model"
	"ugoda/model/client"
)

type aClient struct {
	ref, contact    model.Ref
	region, segment model.Ref
	manager         int // index into managers
	source          model.Ref
	weight          float64 // how much it buys
	language, phone string
}

var forms = []string{"ТОВ «%s»", "ТОВ «%s»", "ТОВ «%s»", "ПП «%s»", "АТ «%s»", "ФГ «%s»"}

func (m *maker) makeClients() error {
	towns := make([]string, 0, len(m.names.Towns))
	for key := range m.names.Towns {
		towns = append(towns, key)
	}
	slices.Sort(towns)
	seen := map[string]int{}
	for i := range m.size.Clients {
		key := pick(m.r, towns)
		manager := m.r.IntN(len(m.managers))
		c := &client.Client{Form: client.Legal, Language: "uk", Manager: m.managers[manager].ref, Region: m.regions[m.p.T("seed.region."+key)], Source: pick(m.r, m.sources), Phone: phone(1000 + i)}
		site := ""
		switch x := m.r.Float64(); {
		case x < 0.12:
			c.Form, c.Name, c.Segment = client.Private, m.person(), m.segments[4]
			site = "mail"
		case x < 0.22:
			c.Name, c.Segment = "ФОП "+m.person(), m.segments[0]
			site = "mail"
		default:
			name := pick(m.r, m.names.Roots)
			if m.chance(0.75) {
				name += "-" + pick(m.r, m.names.Trades)
			}
			if n := seen[name]; n > 0 {
				seen[name]++
				name += fmt.Sprintf(" %s", roman(n+1))
			} else {
				seen[name] = 1
			}
			c.Name, c.Segment = fmt.Sprintf(pick(m.r, forms), name), m.segments[m.r.IntN(4)]
			site = latin(name)
			c.Code = edrpou(9_910_000 + i%89_000)
		}
		if site == "mail" {
			c.Email = fmt.Sprintf("%s%d@poshta.example", latin(strings.Fields(c.Name)[len(strings.Fields(c.Name))-1]), i)
		} else {
			c.Email = fmt.Sprintf("office@%s-%d.example", site, i)
		}
		c.Addresses = []client.Address{{Usage: client.AddressLegal, Text: fmt.Sprintf("м. %s, вул. %s, %d", m.names.Towns[key], pick(m.r, m.names.Streets), 1+m.r.IntN(120))}}
		person, post := "", ""
		if c.Form == client.Legal {
			person, post = m.person(), pick(m.r, m.names.Posts)
			if strings.HasPrefix(post, m.names.Posts[0]) { // of the others nothing is known: a contract asks
				c.Signatory, c.SignatoryPost, c.SignatoryBasis = person, post, m.names.Basis
			}
		}
		if err := m.save("client", c); err != nil {
			return err
		}
		ref := model.Ref{ID: c.ID, Code: c.Number, Name: c.Name}
		one := aClient{ref: ref, region: c.Region, segment: c.Segment, manager: manager, source: c.Source, weight: 0.3 + m.r.ExpFloat64(), language: "uk", phone: c.Phone}
		if c.Form == client.Legal {
			p := &client.Contact{Name: person, Client: ref, Post: post, Phone: phone(200_000 + i), Email: fmt.Sprintf("zakupivli@%s-%d.example", site, i), Main: true}
			if err := m.save("contact", p); err != nil {
				return err
			}
			one.contact = model.Ref{ID: p.ID, Name: p.Name}
		}
		m.clients = append(m.clients, one)
	}
	return nil
}

func roman(n int) string {
	out := ""
	for _, d := range []struct {
		value int
		sign  string
	}{{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= d.value {
			out += d.sign
			n -= d.value
		}
	}
	return out
}
