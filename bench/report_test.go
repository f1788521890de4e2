package bench

import (
	"context"
	"strings"
	"testing"

	"ugoda/reports"
	"ugoda/store"
)

// BenchmarkFunnel is the funnel now, as of a day three quarters of a year ago,
// and the flow of a year. By hand: number and sums by stage with the days spent
// there; of the deals in work as of a past day also when they began and what
// was planned next, of the flow also how long those took that were won.
func BenchmarkFunnel(b *testing.B) {
	bases(b, func(b *testing.B, s *store.Session) {
		ctx := context.Background()
		var stage, since, count, amount, weighted, dealID int64
		var from, stood, opened, due *int64
		past, end := int64(today-270), (today - 269).Time().UnixMicro()
		sums := []any{&stage, &since, &count, &amount, &weighted}
		type question struct {
			sql  string
			args []any
			into []any
		}
		for _, x := range []struct {
			name string
			set  reports.FunnelSettings
			bare []question
		}{
			{"now", reports.FunnelSettings{}, []question{{`SELECT stage_id, since_day, COUNT(*), CAST(SUM(amount_base) AS BIGINT), CAST(SUM(weighted) AS BIGINT)
				FROM funnel WHERE to_day = 2932896 AND from_day <= ? AND void = FALSE GROUP BY stage_id, since_day`, []any{int64(today)}, sums}}},
			{"as of a past day", reports.FunnelSettings{AsOf: today - 270}, []question{
				{`SELECT f.stage_id, f.since_day, COUNT(*), CAST(SUM(f.amount_base) AS BIGINT), CAST(SUM(f.weighted) AS BIGINT)
				FROM funnel f WHERE f.to_day > ? AND f.from_day <= ? AND f.void = FALSE GROUP BY f.stage_id, f.since_day`, []any{past, past}, sums},
				{`SELECT f.stage_id, f.deal_id, d.opened, (SELECT MIN(a.due) FROM activity a
					WHERE a.deal_id = f.deal_id AND a.marked = FALSE AND a.created < ? AND (a.done_at IS NULL OR a.done_at >= ?))
				FROM funnel f JOIN deal d ON d.id = f.deal_id JOIN stage s ON s.id = f.stage_id
				WHERE f.to_day > ? AND f.from_day <= ? AND f.void = FALSE AND s.kind IN ('open', 'hold')`, []any{end, end, past, past}, []any{&stage, &dealID, &opened, &due}},
			}},
			{"flow of a year", reports.FunnelSettings{Mode: reports.Flow}, []question{
				{`SELECT stage_id, from_stage_id, from_day - from_since, COUNT(*), CAST(SUM(amount_base) AS BIGINT), CAST(SUM(weighted) AS BIGINT)
				FROM funnel WHERE entry = TRUE AND void = FALSE AND from_day >= ? AND from_day <= ? GROUP BY 1, 2, 3`, []any{int64(today - 364), int64(today)}, []any{&stage, &from, &stood, &count, &amount, &weighted}},
				{`SELECT f.stage_id, f.from_day - d.opened, COUNT(*) FROM funnel f JOIN deal d ON d.id = f.deal_id JOIN stage s ON s.id = f.stage_id
				WHERE f.entry = TRUE AND f.void = FALSE AND f.from_day >= ? AND f.from_day <= ? AND s.kind = 'won' GROUP BY 1, 2`, []any{int64(today - 364), int64(today)}, []any{&stage, &opened, &count}},
			}},
		} {
			b.Run(x.name, func(b *testing.B) {
				pair(b, func() error {
					_, err := reports.NewFunnel(ctx, s, x.set)
					return err
				}, func() error {
					for _, q := range x.bare {
						if err := read(s, q.sql, q.args, q.into...); err != nil {
							return err
						}
					}
					return nil
				})
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
			// A proposal stands under each of its products and once in the total:
			// by hand these are two questions, and the first is by proposal before
			// it is by product. Its rows are apart by status and by the days that an
			// answer took, of which the report gives shares and the median.
			pair(b, func() error {
				_, err := reports.NewProposals(ctx, s, reports.ProposalSettings{By: []string{"product"}})
				return err
			}, func() error {
				var gross, net, answer int64
				err := read(s, `SELECT k, status, answer, COUNT(*), CAST(SUM(amount) AS BIGINT), CAST(SUM(gross) AS BIGINT), CAST(SUM(net) AS BIGINT), CAST(SUM(discount) AS BIGINT), CAST(SUM(margin) AS BIGINT), CAST(SUM(positions) AS BIGINT),
					CAST(SUM(variants) AS BIGINT), CAST(SUM(kept) AS BIGINT)
					FROM (SELECT COALESCE(l.product_id, 0) AS k, p.status AS status, COALESCE(p.answered_at / 86400000000 - p.sent_at / 86400000000, -1) AS answer, p.kept AS kept, (SELECT COUNT(*) FROM proposal_variants v WHERE v.owner_id = p.id) AS variants, SUM(l.total) AS amount, SUM(l.amount + l.discount_sum) AS gross, SUM(l.total - l.vat_amount) AS net,
						SUM(l.discount_sum) AS discount, SUM(l.total - l.vat_amount - l.cost * l.quantity / 1000) AS margin, COUNT(*) AS positions
						FROM proposal p JOIN proposal_variants_lines l ON l.owner_id = `+offer+` AND `+store.PositionSQL+`
						WHERE p.marked = FALSE AND p.date >= ? AND p.date <= ? GROUP BY p.id, COALESCE(l.product_id, 0)) x GROUP BY k, status, answer`, days,
					&key, &status, &answer, &count, &amount, &gross, &net, &discount, &margin, &positions, &variants, &revisions)
				if err != nil {
					return err
				}
				return read(s, `SELECT COUNT(*), CAST(SUM(p.amount_base) AS BIGINT), CAST(SUM(p.discount) AS BIGINT), CAST(SUM(p.margin) AS BIGINT), CAST(SUM(`+lines+`) AS BIGINT),
					CAST(SUM((SELECT COUNT(*) FROM proposal_variants v WHERE v.owner_id = p.id)) AS BIGINT), CAST(SUM(p.kept) AS BIGINT)
					FROM proposal p WHERE p.marked = FALSE AND p.date >= ? AND p.date <= ?`, days, &count, &amount, &discount, &margin, &positions, &variants, &revisions)
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
