package requisite_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"ugoda/model/requisite"
)

// brief writes what was found, one line for each thing that is not empty.
func brief(f requisite.Found) string {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s=%s\n", name, value)
		}
	}
	line("name", f.Name)
	line("full", f.FullName)
	line("form", f.Form.Short)
	line("code", f.Code)
	line("ipn", f.IPN)
	if f.VATPayer {
		line("vat", "yes")
	}
	for _, a := range f.Accounts {
		line("account", strings.Join(strings.Fields(a.IBAN+" "+a.MFO+" "+a.Bank), " "))
	}
	line("mfo", f.MFO)
	line("address", f.Address)
	line("postal", f.Postal)
	line("phones", strings.Join(f.Phones, "; "))
	line("emails", strings.Join(f.Emails, "; "))
	line("site", f.Website)
	line("head", strings.TrimSpace(f.HeadPost+": "+f.Head))
	line("unchecked", strings.Join(f.Unchecked, "; "))
	return strings.TrimSuffix(strings.TrimSpace(strings.ReplaceAll(b.String(), "head=:\n", "")), "\nhead=:")
}

func TestRead(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"contract", `ТОВАРИСТВО З ОБМЕЖЕНОЮ ВІДПОВІДАЛЬНІСТЮ «КАРПАТИ-БУД»
Юридична адреса: 79000, Україна, м. Львів, вул. Зелена, буд. 15, оф. 3
Код ЄДРПОУ 41000007
ІПН 410000012345
п/р UA043052990000026001000000001 в АТ КБ «ПриватБанк», МФО 305299
Тел.: (032) 235-12-45, моб. 067 123-45-67
E-mail: Office@Karpaty-Bud.example
Директор ________________ Коваль О. І.
М.П.`, `name=ТОВ «КАРПАТИ-БУД»
full=Товариство з обмеженою відповідальністю «КАРПАТИ-БУД»
form=ТОВ
code=41000007
ipn=410000012345
vat=yes
account=UA043052990000026001000000001 305299 АТ КБ «ПриватБанк»
mfo=305299
address=79000, Україна, м. Львів, вул. Зелена, буд. 15, оф. 3
phones=(032) 235-12-45; 067 123-45-67
emails=office@karpaty-bud.example
head=Директор: Коваль О. І.`},
		{"one line", `ТОВ "Лан", ЄДРПОУ 35000004, IBAN UA08 3005 2800 0002 6005 0000 0000 2 в АТ "ОТП Банк", адреса: 01001, м. Київ, вул. Хрещатик, 1, тел. +380 44 123 45 67`, `name=ТОВ «Лан»
full=Товариство з обмеженою відповідальністю «Лан»
form=ТОВ
code=35000004
account=UA083005280000026005000000002 300528 АТ «ОТП Банк»
mfo=300528
address=01001, м. Київ, вул. Хрещатик, 1
phones=+380 44 123 45 67`},
		{"entrepreneur", `Фізична особа-підприємець Мельник Олена Петрівна
РНОКПП: 3111100017
Адреса: 65000, Одеська обл., м. Одеса, вул. Дерибасівська, 5, кв. 7
IBAN: UA583220010000026009000000003
Банк: АТ «УНІВЕРСАЛ БАНК»
Телефон: 0501234567
Не є платником ПДВ`, `name=ФОП Мельник Олена Петрівна
full=Фізична особа-підприємець Мельник Олена Петрівна
form=ФОП
code=3111100017
account=UA583220010000026009000000003 322001 АТ «УНІВЕРСАЛ БАНК»
mfo=322001
address=65000, Одеська обл., м. Одеса, вул. Дерибасівська, 5, кв. 7
phones=0501234567`},
		{"card of an enterprise", "Повна назва\tПриватне підприємство «Сяйво»\nСкорочена назва\tПП «Сяйво»\nКод ЄДРПОУ\t22334457\nІндивідуальний податковий номер\t223344512345\nЮридична адреса\t49000, м. Дніпро, просп. Дмитра Яворницького, 10\nФактична адреса\t49000, м. Дніпро, вул. Робоча, 23\nПоточний рахунок\tUA953510050000026006000000004\nБанк\tАТ «УКРСИББАНК»\nМФО\t351005\nДиректор\tШевченко Андрій Іванович\nТелефон\t+38 (056) 123-45-67\nE-mail\tinfo@siayvo.example", `name=ПП «Сяйво»
full=Приватне підприємство «Сяйво»
form=ПП
code=22334457
ipn=223344512345
vat=yes
account=UA953510050000026006000000004 351005 АТ «УКРСИББАНК»
mfo=351005
address=49000, м. Дніпро, просп. Дмитра Яворницького, 10
postal=49000, м. Дніпро, вул. Робоча, 23
phones=+38 (056) 123-45-67
emails=info@siayvo.example
head=Директор: Шевченко Андрій Іванович`},
		{"preamble", `Товариство з обмеженою відповідальністю «Північ», в особі директора Бондаренка Сергія Миколайовича, який діє на підставі Статуту, надалі – Покупець`, `name=ТОВ «Північ»
full=Товариство з обмеженою відповідальністю «Північ»
form=ТОВ
head=Директор: Бондаренка Сергія Миколайовича`},
		{"russian", `ООО «Ромашка»
Юр. адрес: 61000, г. Харьков, ул. Сумская, 12
ЕГРПОУ 01000002
р/с UA833003460000026002000000005 в АО «Альфа-Банк»
Директор: Иванов П.С.
тел: 057-700-00-01`, `name=ТОВ «Ромашка»
full=Товариство з обмеженою відповідальністю «Ромашка»
form=ТОВ
code=01000002
account=UA833003460000026002000000005 300346 АО «Альфа-Банк»
mfo=300346
address=61000, г. Харьков, ул. Сумская, 12
phones=057-700-00-01
head=Директор: Иванов П.С.`},
		{"english", `Company name: Northwind Trading LLC
Registered address: 12 High Street, London, N1 7AA, United Kingdom
VAT number: 223344512345
IBAN: GB29 NWBK 6016 1331 9268 19
Bank: National Westminster Bank
Director: John A. Smith
Phone: +44 20 7946 0123
Email: sales@northwind.example
www.northwind.example`, `name=Northwind Trading LLC
form=LLC
ipn=223344512345
vat=yes
account=GB29NWBK60161331926819 National Westminster Bank
address=12 High Street, London, N1 7AA, United Kingdom
phones=+44 20 7946 0123
emails=sales@northwind.example
site=www.northwind.example
head=Director: John A. Smith`},
		{"signature of a letter", `З повагою,
Олена Мельник
менеджер з закупівель
ТОВ «Агро-Схід»
м. Полтава, вул. Соборності, 77
+38 050 111-22-33, 0671112233
olena@agro.example`, `name=ТОВ «Агро-Схід»
full=Товариство з обмеженою відповідальністю «Агро-Схід»
form=ТОВ
address=м. Полтава, вул. Соборності, 77
phones=+38 050 111-22-33; 0671112233
emails=olena@agro.example`},
		{"codes without labels", `Ромашка
41000007 / 410000012345
UA043052990000026001000000001`, `name=Ромашка
code=41000007
ipn=410000012345
vat=yes
account=UA043052990000026001000000001 305299
mfo=305299`},
		{"code and IPN in one label", `Покупець: ТОВ «Захід-Сервіс», ЄДРПОУ/ІПН: 41000007/410000012345, платник ПДВ на загальних підставах`, `name=ТОВ «Захід-Сервіс»
full=Товариство з обмеженою відповідальністю «Захід-Сервіс»
form=ТОВ
code=41000007
ipn=410000012345
vat=yes`},
		{"two accounts", `ТОВ «Два рахунки»
IBAN UA043052990000026001000000001 (UAH) АТ КБ «ПРИВАТБАНК»
IBAN UA083005280000026005000000002 (EUR) АТ «ОТП БАНК»`, `name=ТОВ «Два рахунки»
full=Товариство з обмеженою відповідальністю «Два рахунки»
form=ТОВ
account=UA043052990000026001000000001 305299 АТ КБ «ПРИВАТБАНК»
account=UA083005280000026005000000002 300528 АТ «ОТП БАНК»
mfo=305299`},
		{"values under labels", `Найменування:
ТОВ «Стовпчик»
ЄДРПОУ:
41000007
Адреса:
Київська обл., м. Бровари, вул. Київська, 2
Тел.:
067 000 11 22`, `name=ТОВ «Стовпчик»
full=Товариство з обмеженою відповідальністю «Стовпчик»
form=ТОВ
code=41000007
address=Київська обл., м. Бровари, вул. Київська, 2
phones=067 000 11 22`},
		{"wrong digits", `ТОВ «Описка», код 41000008, р/р UA053052990000026001000000001`, `name=ТОВ «Описка»
full=Товариство з обмеженою відповідальністю «Описка»
form=ТОВ
unchecked=UA053052990000026001000000001; 41000008`},
		{"form typed in Latin letters", `TOB "Альфа", ЄДРПОУ 41000007`, `name=ТОВ «Альфа»
full=Товариство з обмеженою відповідальністю «Альфа»
form=ТОВ
code=41000007`},
		{"form behind", `«Бета», ТОВ; ЄДРПОУ 41000007`, `name=ТОВ «Бета»
full=Товариство з обмеженою відповідальністю «Бета»
form=ТОВ
code=41000007`},
		{"phones in a row", `тел. 0671112233 0502223344, факс 0443334455`, `phones=0671112233; 0502223344`},
		{"joint stock company is not its bank", `АТ «Маяк», ЄДРПОУ 41000007, UA043052990000026001000000001 в АТ «Ощадбанк»`, `name=АТ «Маяк»
full=Акціонерне товариство «Маяк»
form=АТ
code=41000007
account=UA043052990000026001000000001 305299 АТ «Ощадбанк»
mfo=305299`},
		{"entrepreneur who pays VAT", `ФОП Бондар І. П., ІПН 2509900020, платник ПДВ, свідоцтво № 100123456`, `name=ФОП Бондар І. П.
full=Фізична особа-підприємець Бондар І. П.
form=ФОП
code=2509900020
ipn=2509900020
vat=yes`},
		{"address without a label", `ТОВ «Без міток» 41000007 02000, м. Київ, бульв. Лесі Українки, 26, офіс 401`, `name=ТОВ «Без міток»
full=Товариство з обмеженою відповідальністю «Без міток»
form=ТОВ
code=41000007
address=02000, м. Київ, бульв. Лесі Українки, 26, офіс 401`},
		{"address over two lines", `ТОВ «Довга адреса»
Місцезнаходження: Україна, 76000, Івано-Франківська обл.,
м. Івано-Франківськ, вул. Незалежності, 100
ЄДРПОУ 41000007`, `name=ТОВ «Довга адреса»
full=Товариство з обмеженою відповідальністю «Довга адреса»
form=ТОВ
code=41000007
address=Україна, 76000, Івано-Франківська обл., м. Івано-Франківськ, вул. Незалежності, 100`},
		{"register of companies", `Повне найменування юридичної особи
ТОВАРИСТВО З ОБМЕЖЕНОЮ ВІДПОВІДАЛЬНІСТЮ "СВІТЛО"
Скорочена назва
ТОВ "СВІТЛО"
Статус юридичної особи
Зареєстровано
Код ЄДРПОУ
41000007
Дата реєстрації
01.12.2016 (9 років 11 місяців)
Уповноважені особи
ПЕТРЕНКО ІВАН ІВАНОВИЧ — керівник
Розмір статутного капіталу
100 000,00 грн
Адреса: Україна, 04071, місто Київ, ВУЛИЦЯ НИЖНІЙ ВАЛ, будинок 17
Телефон: +380441234567`, `name=ТОВ «СВІТЛО»
full=ТОВАРИСТВО З ОБМЕЖЕНОЮ ВІДПОВІДАЛЬНІСТЮ «СВІТЛО»
form=ТОВ
code=41000007
address=Україна, 04071, місто Київ, ВУЛИЦЯ НИЖНІЙ ВАЛ, будинок 17
phones=+380441234567
head=Керівник: ПЕТРЕНКО ІВАН ІВАНОВИЧ`},
		{"head of an invoice", `Постачальник:
ТОВ «Інтер-Лайн»
Адреса: 03150, м. Київ, вул. Антоновича, 50
Код за ЄДРПОУ: 35000004, ІПН 350000012345, № свід. 100234567
Р/р: UA083005280000026005000000002
у банку АТ "ОТП БАНК", м. Київ
МФО 300528
тел./факс: +38 (044) 200-00-00`, `name=ТОВ «Інтер-Лайн»
full=Товариство з обмеженою відповідальністю «Інтер-Лайн»
form=ТОВ
code=35000004
ipn=350000012345
vat=yes
account=UA083005280000026005000000002 300528 АТ «ОТП БАНК»
mfo=300528
address=03150, м. Київ, вул. Антоновича, 50
phones=+38 (044) 200-00-00`},
		{"message", `Доброго дня, Ірино! Надсилаю наші реквізити: Приватне підприємство "Вектор-Плюс" (ПП "Вектор-Плюс"), код ЄДРПОУ 22334457, юридична адреса: 21000, м.Вінниця, вул.Соборна, буд.5. Директор Гончар Петро Васильович. Моб. 0931234567 (Viber). Дякую!`, `name=ПП «Вектор-Плюс»
full=Приватне підприємство «Вектор-Плюс»
form=ПП
code=22334457
address=21000, м.Вінниця, вул.Соборна, буд.5
phones=0931234567
head=Директор: Гончар Петро Васильович`},
		{"no commas", `ПАТ "Завод Маяк" 04073 м. Київ пр. Степана Бандери 8 т. 044-123-45-67 ЄДРПОУ 01000002`, `name=ПАТ «Завод Маяк»
full=Публічне акціонерне товариство «Завод Маяк»
form=ПАТ
code=01000002
address=04073 м. Київ пр. Степана Бандери 8
phones=044-123-45-67`},
		{"form on a line of its own", `Виконавець
Товариство з обмеженою відповідальністю
«Будівельник Плюс»
79000, Львівська область, місто Львів, вулиця Наукова, будинок 7А
ідентифікаційний код юридичної особи 41000007
Генеральний директор
____________ /Іваненко В.П./`, `name=ТОВ «Будівельник Плюс»
full=Товариство з обмеженою відповідальністю «Будівельник Плюс»
form=ТОВ
code=41000007
address=79000, Львівська область, місто Львів, вулиця Наукова, будинок 7А
head=Генеральний директор: Іваненко В.П.`},
		{"polish", `Acme Sp. z o.o., ul. Długa 5, 00-238 Warszawa, NIP 5252248481, tel. +48 22 555 01 00, biuro@acme.example, IBAN: PL61 1090 1014 0000 0712 1981 2874`, `name=Acme Sp. z o.o.
form=Sp. z o.o.
account=PL61109010140000071219812874
address=ul. Długa 5, 00-238 Warszawa
phones=+48 22 555 01 00
emails=biuro@acme.example`},
		{"german", `Muller GmbH
Hauptstraße 12, 10115 Berlin, Germany
IBAN DE89370400440532013000, BIC COBADEFFXXX, Commerzbank AG
Tel.: +49 30 1234567`, `name=Muller GmbH
form=GmbH
account=DE89370400440532013000 Commerzbank AG
address=Hauptstraße 12, 10115 Berlin, Germany
phones=+49 30 1234567`},
		{"row of a spreadsheet", "ТОВ Дім\t41000007\tм. Суми, вул. Харківська, 1\t0542 12-34-56\tdim@dim.example", `name=ТОВ Дім
full=Товариство з обмеженою відповідальністю Дім
form=ТОВ
code=41000007
address=м. Суми, вул. Харківська, 1
phones=0542 12-34-56
emails=dim@dim.example`},
		{"row of CSV", `"ТОВ ""Агросвіт""";41000007;"м. Рівне, вул. Соборна, 10";+380362123456`, `name=ТОВ «Агросвіт»
full=Товариство з обмеженою відповідальністю «Агросвіт»
form=ТОВ
code=41000007
address=м. Рівне, вул. Соборна, 10
phones=+380362123456`},
		{"a sum is no address", `ТОВ «Лан» просить рахунок на суму 48200, дякую, ЄДРПОУ 41000007`, `name=ТОВ «Лан»
full=Товариство з обмеженою відповідальністю «Лан»
form=ТОВ
code=41000007`},
		{"nothing", "Доброго дня! Чи буде завтра зустріч?", ""},
		{"empty", " \n\t", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := brief(requisite.Read(c.in)); got != c.want {
				t.Errorf("got\n%s\n\nwant\n%s", got, c.want)
			}
		})
	}
}

// A page of nonsense may not hold the window up.
func TestReadLong(t *testing.T) {
	for _, s := range []string{"тов ", ", ", "вул. ", "т. 0", "«", "\"", "банк, ", "директор\n", "адреса: а,\n", "UA0 ", "12345678 ", "A1 ", "—"} {
		start := time.Now()
		requisite.Read(strings.Repeat(s, 100_000))
		if took := time.Since(start); took > 3*time.Second {
			t.Errorf("%q repeated takes %s", s, took)
		}
		t.Logf("%q: %s", s, time.Since(start))
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"ТОВ «Лан», ЄДРПОУ 35000004, тел. 067 123-45-67", "IBAN UA043052990000026001000000001 в АТ «Банк", "директор\n\n\n", "\"\"\"«»()((", "код:", "тов тов тов",
		"адреса: а,\nб,\nв", "GB29NWBK60161331926819AAAAAAAAAAAAAAAA", "в особі директора І.І.", strings.Repeat("тел. ", 50), "\xff\xfe", "Ім’я: 1\t2",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		found := requisite.Read(s)
		if found.Code != "" && !requisite.ValidCode(found.Code) {
			t.Errorf("code %q", found.Code)
		}
		for _, a := range found.Accounts {
			if !requisite.ValidIBAN(a.IBAN) {
				t.Errorf("account %q", a.IBAN)
			}
		}
		for _, p := range found.Phones {
			if requisite.E164(p) == "" {
				t.Errorf("phone %q", p)
			}
		}
		for _, text := range append([]string{found.Name, found.FullName, found.Address, found.Head, found.IPN, found.MFO}, found.Emails...) {
			if !utf8.ValidString(text) || strings.ContainsAny(text, "\n\x00") {
				t.Errorf("%q", text)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	text := strings.Repeat("ТОВ «Карпати-Буд», ЄДРПОУ 41000007, UA043052990000026001000000001 в АТ «Банк», м. Львів, вул. Зелена, 15, тел. 067 123-45-67\n", 10)
	for b.Loop() {
		requisite.Read(text)
	}
}
