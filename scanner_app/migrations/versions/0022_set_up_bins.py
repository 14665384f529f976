"""One adjustment bin at a location, and the indexes by which the list of bins is read."""

from alembic import op

from scanner_app.migrations.steps import where

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.drop_index("ix_bin_zone_id", "bin")
    op.create_index("ix_bin_zone_id_code", "bin", ["zone_id", "code"])
    op.create_index("ix_bin_type", "bin", ["location_id", "bin_type_id", "code"])
    op.create_index(
        "ix_bin_blocked", "bin", ["location_id", "code"], **where("block_movement <> ''")
    )
    op.create_index(
        "uq_bin_adjustment", "bin", ["location_id"], unique=True, **where("is_adjustment_bin")
    )


def downgrade() -> None:
    op.drop_index("uq_bin_adjustment", "bin")
    op.drop_index("ix_bin_blocked", "bin")
    op.drop_index("ix_bin_type", "bin")
    op.drop_index("ix_bin_zone_id_code", "bin")
    op.create_index("ix_bin_zone_id", "bin", ["zone_id"])
