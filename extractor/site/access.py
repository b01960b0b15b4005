"""Datasette's permissions, asked in the words of both its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datasette.app import Datasette


async def ensure(datasette: Datasette, actor: dict[str, Any] | None, database: str) -> None:
    """Raise Datasette's Forbidden where `actor` may not read `database`."""
    if hasattr(datasette, "ensure_permissions"):  # 0.65
        asked = [("view-database", database), "view-instance"]
        await datasette.ensure_permissions(actor, asked)
    else:
        from datasette.resources import DatabaseResource

        await datasette.ensure_permission(
            action="view-database", resource=DatabaseResource(database), actor=actor
        )
