package paper_test

import (
	"context"
	"strings"
	"testing"

	"ugoda/locale"
	"ugoda/service/paper"
	"ugoda/store/storetest"
)

// Every tag says what it is, and shows what it prints for a document.
func TestTags(t *testing.T) {
	ctx := context.Background()
	s, p := office(t, storetest.SQLite(t))
	for lang, want := range map[locale.Language]map[string]string{
		locale.Ukrainian: {"{Номер}": p.Number, "{Клієнт.Назва}": "Криниця <Техно>", "{Опис}": "Обладнання · Котел газовий · Монтаж", "{%Фірма.Логотип}": "", "{#Кілька_варіантів} … {/}": ""},
		locale.English:   {"{number}": p.Number, "{client.name}": "Криниця <Техно>", "{#draft} … {/}": "✓"},
	} {
		all, err := paper.Tags(ctx, s, paper.Job{Kind: "proposal", ID: p.ID}, lang)
		if err != nil || len(all) < 60 {
			t.Fatalf("%d tags, %v", len(all), err)
		}
		got := map[string]string{}
		for _, x := range all {
			if x.About == "" {
				t.Errorf("%s says nothing of itself", x.Text)
			}
			if _, inList := got[x.Text]; !inList { // the document’s own come first
				got[x.Text] = x.Value
			}
		}
		for tag, value := range want {
			if v, ok := got[tag]; !ok || v != value {
				t.Errorf("%s is %q, want %q", tag, v, value)
			}
		}
	}
	none, err := paper.Tags(ctx, s, paper.Job{Kind: "proposal"}, locale.Ukrainian)
	if err != nil || strings.ContainsFunc(none[0].Value, func(rune) bool { return true }) {
		t.Errorf("%+v %v", none[0], err)
	}
}
