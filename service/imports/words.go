package imports

// headingWords are what files call fields beside the labels of this program,
// in Ukrainian and English; nobody reads them, they only recognise.
var headingWords = map[string][]string{
	"client.name":     {"назва", "найменування", "клієнт", "контрагент", "покупець", "компанія", "організація", "account", "company", "customer", "client"},
	"client.code":     {"єдрпоу", "рнокпп", "код єдрпоу", "код", "edrpou", "tax id"},
	"client.phone":    {"телефон", "телефони", "тел", "phone", "phones", "mobile"},
	"client.email":    {"пошта", "email", "e-mail", "електронна пошта"},
	"client.region":   {"регіон", "область", "region", "state"},
	"client.segment":  {"сегмент", "галузь", "sector", "industry"},
	"client.manager":  {"менеджер", "відповідальний", "manager", "owner", "sales agent"},
	"contact.name":    {"піб", "контакт", "контактна особа", "contact", "full name"},
	"contact.phone":   {"телефон", "телефони", "phone"},
	"product.name":    {"назва", "найменування", "товар", "номенклатура", "product", "item"},
	"product.article": {"артикул", "код товару", "sku", "article"},
	"product.price":   {"ціна", "price", "sales price"},
	"product.unit":    {"од", "одиниця", "од виміру", "unit"},
	"product.group":   {"група", "категорія", "group", "category", "series"},
	"deal.subject":    {"тема", "угода", "назва", "deal", "opportunity", "title"},
	"deal.client":     {"клієнт", "контрагент", "account", "customer"},
	"deal.stage":      {"етап", "стадія", "stage", "deal stage", "status"},
	"deal.amount":     {"сума", "вартість", "amount", "value", "close value"},
	"deal.opened":     {"відкрито", "дата", "дата створення", "opened", "engage date", "created"},
	"deal.closed":     {"закрито", "дата закриття", "closed", "close date"},
	"deal.manager":    {"менеджер", "відповідальний", "manager", "owner", "sales agent"},
	"employee.name":   {"піб", "працівник", "ім'я", "employee", "name", "sales agent"},
	"employee.post":   {"посада", "position", "title"},
}
