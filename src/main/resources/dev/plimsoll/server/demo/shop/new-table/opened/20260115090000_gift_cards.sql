-- migrate:up
CREATE TABLE gift_cards (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code text NOT NULL UNIQUE,
  balance_cents integer NOT NULL DEFAULT 0 CHECK (balance_cents >= 0),
  bought_by bigint NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX gift_cards_bought_by_idx ON gift_cards (bought_by);

-- migrate:down
DROP TABLE gift_cards;
