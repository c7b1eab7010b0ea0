"""Periods of which a person has one at a time: what the exclusion constraint leaves to a trigger.

Nearly everybody has one row without days. Such rows are kept out of the exclusion's index, which is three quarters of the
cost of writing them (measured); that nothing else stands beside one is asked once per statement.
"""


def undated_stands_alone(table: str) -> str:
    """SQL: a row of `table` without days is the only one of its member.

    The name sorts behind that of the trigger which holds the member's row: whoever waited there sees here what the other wrote.
    """
    function = f"{table}_undated_stands_alone"
    return f"""
CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  IF EXISTS (
    SELECT FROM changed c
    JOIN {table} undated ON undated.member_id = c.member_id AND undated.from_on IS NULL AND undated.until_on IS NULL
    JOIN {table} other ON other.member_id = c.member_id AND other.id <> undated.id
  ) THEN
    RAISE EXCEPTION 'okoce: a period without days stands alone' USING ERRCODE = 'exclusion_violation',
      TABLE = '{table}', CONSTRAINT = '{function}';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER undated_stands_alone_insert AFTER INSERT ON {table}
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION {function}();
CREATE TRIGGER undated_stands_alone_update AFTER UPDATE ON {table}
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION {function}();
"""


def undated_may_have_company(table: str) -> str:
    """SQL: takes `undated_stands_alone` back."""
    return f"""
DROP TRIGGER undated_stands_alone_insert ON {table};
DROP TRIGGER undated_stands_alone_update ON {table};
DROP FUNCTION {table}_undated_stands_alone();
"""
