package bench

import (
	"context"
	"strings"
	"testing"

	"ugoda/reports"
	"ugoda/store"
)

// BenchmarkFunnel is the funnel now, as of a day three quarters of a year ago,
// and the flow of a year.
func BenchmarkFunnel(b *testing.B) {
	bases(b, func(b *testing.B, s *store.Session) {
		ctx := context.Background()
		var stage, since, count, amount, weighted int64
		var from, stood *int64
		for _, x := range []struct {
			name string
			set  reports.FunnelSettings
			sql  string
			args []any
			into []any
		}{
			{"now", reports.FunnelSettings{}, `SELECT stage_id, since_day, COUNT(*), CAST(SUM(amount_base) AS BIGINT), CAST(SUM(weighted) AS BIGINT)
				FROM funnel WHERE to_day = 2932896 AND from_day <= ? AND void = FALSE GROUP BY stage_id, since_day`, []any{int64(today)}, []any{&stage, &since, &count, &amount, &weighted}},
			{"as of a past day", reports.FunnelSettings{AsOf: today - 270}, `SELECT stage_id, since_day, COUNT(*), CAST(SUM(amount_base) AS BIGINT), CAST(SUM(weighted) AS BIGINT)
				FROM funnel WHERE to_day > ? AND from_day <= ? AND void = FALSE GROUP BY stage_id, since_day`, []any{int64(today - 270), int64(today - 270)}, []any{&stage, &since, &count, &amount, &weighted}},
			{"flow of a year", reports.FunnelSettings{Mode: reports.Flow}, `SELECT stage_id, from_stage_id, from_day - from_since, COUNT(*), CAST(SUM(amount_base) AS BIGINT), CAST(SUM(weighted) AS BIGINT)
				FROM funnel WHERE entry = TRUE AND void = FALSE AND from_day >= ? AND from_day <= ? GROUP BY 1, 2, 3`, []any{int64(today - 364), int64(today)}, []any{&stage, &from, &stood, &count, &amount, &weighted}},
		} {
			b.Run(x.name, func(b *testing.B) {
				pair(b, func() error {
					_, err := reports.NewFunnel(ctx, s, x.set)
					return err
				}, func() error { return read(s, x.sql, x.args, x.into...) })
			})
		}
		b.Run("cohort of a year", func(b *testing.B) {
			pair(b, func() error {
				_, err := reports.NewFunnel(ctx, s, reports.FunnelSettings{Mode: reports.Cohort})
				return err
			}, nil)
		})
	})
}

// BenchmarkProposals is the analysis of the proposals of a year, by manager and
// status, and by product.
func BenchmarkProposals(b *testing.B) {
	bases(b, func(b *testing.B, s *store.Session) {
		ctx := context.Background()
		days := []any{int64(today - 364), int64(today)}
		offer := strings.ReplaceAll(store.OfferSQL, "{t}", "p")
		lines := `(SELECT COUNT(*) FROM proposal_variants_lines l WHERE l.owner_id = ` + offer + ` AND ` + store.PositionSQL + `)`
		var key, count, amount, discount, margin, positions, variants, revisions int64
		var status string
		b.Run("by manager and status", func(b *testing.B) {
			// The report has each manager's figures and the total, too: the bare
			// question adds its rows up.
			pair(b, func() error {
				_, err := reports.NewProposals(ctx, s, reports.ProposalSettings{By: []string{"manager", "status"}})
				return err
			}, func() error {
				return read(s, `SELECT p.manager_id, p.status, COUNT(*), CAST(SUM(p.amount_base) AS BIGINT), CAST(SUM(p.discount) AS BIGINT), CAST(SUM(p.margin) AS BIGINT),
					CAST(SUM(`+lines+`) AS BIGINT), CAST(SUM((SELECT COUNT(*) FROM proposal_variants v WHERE v.owner_id = p.id)) AS BIGINT), CAST(SUM(p.kept) AS BIGINT)
					FROM proposal p WHERE p.marked = FALSE AND p.date >= ? AND p.date <= ? GROUP BY 1, 2`, days, &key, &status, &count, &amount, &discount, &margin, &positions, &variants, &revisions)
			})
		})
		b.Run("by product", func(b *testing.B) {
			pair(b, func() error {
				_, err := reports.NewProposals(ctx, s, reports.ProposalSettings{By: []string{"product"}})
				return err
			}, func() error {
				return read(s, `SELECT COALESCE(l.product_id, 0), COUNT(DISTINCT p.id), CAST(SUM(l.total) AS BIGINT), CAST(SUM(l.discount_sum) AS BIGINT), COUNT(*)
					FROM proposal p JOIN proposal_variants_lines l ON l.owner_id = `+offer+` AND `+store.PositionSQL+`
					WHERE p.marked = FALSE AND p.date >= ? AND p.date <= ? GROUP BY 1`, days, &key, &count, &amount, &discount, &positions)
			})
		})
	})
}

// BenchmarkStart is all that the start screen of a head of sales asks, one
// after another.
func BenchmarkStart(b *testing.B) {
	bases(b, func(b *testing.B, s *store.Session) {
		ctx := context.Background()
		pair(b, func() error {
			if _, err := reports.Tiles(ctx, s, reports.ScopeFirm); err != nil {
				return err
			}
			if _, err := reports.Changes(ctx, s, reports.ScopeFirm, today-1); err != nil {
				return err
			}
			if _, err := reports.NewFunnel(ctx, s, reports.FunnelSettings{}); err != nil {
				return err
			}
			_, err := reports.Team(ctx, s, reports.ScopeFirm)
			return err
		}, nil)
	})
}
