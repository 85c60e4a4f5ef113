from django.db import migrations

# The digest of a row, the chain made at commit, and the refusal to change the past (docs/decisions/0007-audit-chain.md).
FORWARD = """
CREATE FUNCTION audit_digest(e audit_entry) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(coalesce(e.previous, ''::bytea) || convert_to(jsonb_build_array(
    e.place, e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.person_id, e.account_id,
    e.acting_account_id, e.verb, e.object_type, e.object_id, e.for_person_id, e.detail)::text, 'UTF8'))
$$;

CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  head audit_head;
  row audit_entry;
BEGIN
  INSERT INTO audit_head (id, place, hash) VALUES (1, 0, ''::bytea) ON CONFLICT (id) DO NOTHING;
  SELECT * INTO head FROM audit_head WHERE id = 1 FOR UPDATE;
  SELECT * INTO row FROM audit_entry WHERE id = NEW.id;
  IF row.id IS NULL OR row.hash IS NOT NULL THEN RETURN NULL; END IF;
  row.place := head.place + 1;
  row.previous := head.hash;
  row.hash := audit_digest(row);
  UPDATE audit_entry SET place = row.place, previous = row.previous, hash = row.hash WHERE id = row.id;
  UPDATE audit_head SET place = row.place, hash = row.hash WHERE id = 1;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER audit_chain AFTER INSERT ON audit_entry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_chain();

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.hash IS NULL AND NEW.hash IS NOT NULL
     AND (to_jsonb(NEW) - 'place' - 'previous' - 'hash') = (to_jsonb(OLD) - 'place' - 'previous' - 'hash') THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the audit log is append-only';
END $$;

CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""
BACKWARD = """
DROP TRIGGER audit_no_truncate ON audit_entry;
DROP TRIGGER audit_append_only ON audit_entry;
DROP TRIGGER audit_chain ON audit_entry;
DROP FUNCTION audit_refuse();
DROP FUNCTION audit_chain();
DROP FUNCTION audit_digest(audit_entry);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_log")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
