package imports

// headingWords are what files call fields beside the labels of this program,
// in Ukrainian and English; nobody reads them, they only recognise.
var headingWords = map[string][]string{
	"client.name":            {"назва", "найменування", "клієнт", "контрагент", "покупець", "замовник", "компанія", "організація", "account", "company", "customer", "client", "company name", "наименование"},
	"client.full_name":       {"повна назва", "повне найменування", "юридична назва", "legal name"},
	"client.code":            {"єдрпоу", "рнокпп", "код єдрпоу", "код", "іпн/єдрпоу", "єдрпоу/рнокпп", "edrpou", "tax id", "окпо"},
	"client.ipn":             {"іпн", "vat number"},
	"client.phone":           {"телефон", "телефони", "тел", "контактний телефон", "моб", "мобільний", "phone", "phones", "mobile", "telephone"},
	"client.email":           {"пошта", "email", "e-mail", "електронна пошта", "ел пошта", "mail"},
	"client.website":         {"сайт", "вебсайт", "site", "website", "url"},
	"client.region":          {"регіон", "область", "місто", "region", "state", "office location", "country", "city"},
	"client.segment":         {"сегмент", "галузь", "sector", "industry", "segment"},
	"client.manager":         {"менеджер", "відповідальний", "manager", "owner", "sales agent"},
	"client.signatory":       {"підписант", "директор", "керівник", "піб керівника", "піб директора", "signatory", "director"},
	"client.signatory_post":  {"посада керівника", "посада підписанта", "signatory post", "director title"},
	"client.signatory_basis": {"діє на підставі", "на підставі", "підстава", "basis", "acts on the basis of"},
	"client.note":            {"примітка", "коментар", "note", "notes", "comment"},

	"client.addresses.text": {"адреса", "юридична адреса", "address"},
	"client.accounts.iban":  {"iban", "рахунок", "р/р", "розрахунковий рахунок", "account number"},
	"client.accounts.bank":  {"банк", "bank"},

	"contact.name":     {"піб", "контакт", "контактна особа", "contact", "full name"},
	"contact.phone":    {"телефон", "телефони", "моб", "phone", "mobile"},
	"contact.email":    {"пошта", "email", "e-mail", "електронна пошта"},
	"contact.client":   {"клієнт", "компанія", "контрагент", "company", "account", "customer"},
	"contact.post":     {"посада", "position", "title"},
	"contact.birthday": {"дата народження", "birth date", "date of birth"},

	"product.name":        {"назва", "найменування", "товар", "номенклатура", "назва товару", "product", "item", "product name", "наименование"},
	"product.number":      {"код", "код товару", "product code"},
	"product.article":     {"артикул", "арт", "sku", "article", "part number"},
	"product.barcode":     {"штрихкод", "штрих-код", "barcode", "ean"},
	"product.price":       {"ціна", "ціна продажу", "роздрібна ціна", "прайс", "price", "sales price", "list price", "продаж"},
	"product.cost":        {"собівартість", "закупівельна ціна", "ціна закупівлі", "закупівля", "cost", "purchase price"},
	"product.unit":        {"од", "од вим", "одиниця", "од виміру", "одиниця виміру", "unit", "uom"},
	"product.group":       {"група", "категорія", "розділ", "group", "category", "series"},
	"product.vat":         {"пдв", "ставка пдв", "vat", "vat rate"},
	"product.description": {"опис", "характеристика", "description"},

	"deal.number":      {"номер", "№", "номер угоди", "opportunity id", "deal id", "id"},
	"deal.subject":     {"тема", "угода", "назва", "deal", "opportunity", "title", "name"},
	"deal.client":      {"клієнт", "контрагент", "замовник", "account", "customer", "company"},
	"deal.stage":       {"етап", "стадія", "stage", "deal stage", "status"},
	"deal.amount":      {"сума", "вартість", "бюджет", "amount", "value", "close value"},
	"deal.opened":      {"відкрито", "дата", "дата створення", "дата початку", "opened", "engage date", "created", "created date"},
	"deal.closed":      {"закрито", "дата закриття", "closed", "close date"},
	"deal.closes":      {"очікувана дата", "план закриття", "expected close", "expected close date"},
	"deal.manager":     {"менеджер", "відповідальний", "manager", "owner", "sales agent"},
	"deal.loss_reason": {"причина відмови", "причина програшу", "lost reason", "loss reason"},

	"deal.products.product":  {"товар", "номенклатура", "product"},
	"deal.products.quantity": {"кількість", "кіл-ть", "к-сть", "quantity", "qty"},

	"proposal.number":   {"номер", "№", "номер кп", "номер пропозиції", "proposal", "proposal no", "quote", "quote number"},
	"proposal.date":     {"дата", "від", "date", "issued"},
	"proposal.client":   {"клієнт", "контрагент", "замовник", "покупець", "account", "customer", "company", "client"},
	"proposal.subject":  {"тема", "предмет", "subject", "title"},
	"proposal.manager":  {"менеджер", "відповідальний", "manager", "owner", "sales agent"},
	"proposal.deal":     {"угода", "deal", "opportunity"},
	"proposal.currency": {"валюта", "currency"},

	"proposal.variants.name":           {"варіант", "variant", "option"},
	"proposal.variants.lines.product":  {"товар", "номенклатура", "код товару", "артикул", "product", "item", "sku"},
	"proposal.variants.lines.text":     {"найменування", "назва", "опис", "description", "name"},
	"proposal.variants.lines.quantity": {"кількість", "кіл-ть", "к-сть", "quantity", "qty"},
	"proposal.variants.lines.unit":     {"од", "од вим", "одиниця", "unit", "uom"},
	"proposal.variants.lines.price":    {"ціна", "ціна за одиницю", "price", "unit price"},
	"proposal.variants.lines.discount": {"знижка", "знижка, %", "discount", "discount %"},
	"proposal.variants.lines.vat":      {"пдв", "ставка пдв", "vat", "vat rate"},

	"employee.name":       {"піб", "працівник", "співробітник", "ім'я", "employee", "name", "sales agent", "full name"},
	"employee.post":       {"посада", "position", "title"},
	"employee.department": {"підрозділ", "відділ", "department", "team", "office"},

	"activity.subject":  {"тема", "справа", "завдання", "subject", "task"},
	"activity.due":      {"строк", "термін", "дата", "due", "due date", "date"},
	"activity.assignee": {"виконавець", "відповідальний", "assignee", "owner"},
	"inquiry.at":        {"дата", "коли", "час", "date", "received"},
	"inquiry.wanted":    {"запит", "потреба", "що цікавить", "request", "message"},
	"inquiry.caller":    {"хто", "ім'я", "піб", "контакт", "name", "caller", "contact"},
}

// totalWords begin rows that sum up what stands above them.
var totalWords = []string{"разом", "всього", "усього", "підсумок", "итого", "всего", "total", "grand total", "subtotal", "sum"}
