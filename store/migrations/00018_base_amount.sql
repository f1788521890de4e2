-- A document with an exchange rate of its own is told in the base currency at
-- that rate; the division is that of whole numbers, rounded half up by size.

-- +goose Up

UPDATE proposal SET amount_base = CASE WHEN amount < 0
	THEN -((-amount) / 1000000 * rate + ((-amount) % 1000000 * rate + 500000) / 1000000)
	ELSE amount / 1000000 * rate + (amount % 1000000 * rate + 500000) / 1000000 END
WHERE rate > 0 AND amount IS NOT NULL AND rate <> 1000000;
