"""An answer is proof: the database lets nobody delete it or change what was said. Merging two rows of one person
still moves child and signer over."""

from django.db import migrations

UP = """
CREATE FUNCTION consent_answer_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (NEW.version_id, NEW.capacity, NEW.agrees, NEW.day, NEW.channel, NEW.device, NEW.note, NEW.answered_at)
     IS DISTINCT FROM (OLD.version_id, OLD.capacity, OLD.agrees, OLD.day, OLD.channel, OLD.device, OLD.note, OLD.answered_at) THEN
    RAISE EXCEPTION 'consent answers are only added';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER consent_answer_stays BEFORE UPDATE OR DELETE ON consent_consentanswer
  FOR EACH ROW EXECUTE FUNCTION consent_answer_stays();
"""
DOWN = "DROP TRIGGER consent_answer_stays ON consent_consentanswer; DROP FUNCTION consent_answer_stays();"


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_consent")]
    operations = [migrations.RunSQL(UP, DOWN)]
