"""What Alembic runs to migrate an archive: on the connection that `storage.upgrading` hands it.

A revision is a file in `versions`, and `storage.schema.REVISION` names the newest.
"""

from alembic import context

from storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
