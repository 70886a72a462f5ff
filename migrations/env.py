"""Lets Alembic run on the connection that app/store/migrate.py hands it."""

from alembic import context

from app.store.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
