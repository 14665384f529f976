"""What Alembic runs for every command: the steps, on the connection it was handed.

The connection is in its transaction already, so all steps of one call hold or none does, on
SQLite too, where the driver would otherwise commit before each statement.

This module must never open a connection of its own: it would not be behind the writer gate.
"""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
context.run_migrations()
