"""Run pip-audit where its advisory source can be reached; elsewhere say so, and pass: `python -m tools.audit`."""

from __future__ import annotations

import json
import subprocess
import sys


def main() -> int:
    """Return 1 if something that is installed has a known weakness."""
    command = [sys.executable, "-m", "pip_audit", "--format=json", "--progress-spinner=off", "--skip-editable"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        dependencies = json.loads(ended.stdout)["dependencies"]
    except (ValueError, KeyError):
        dependencies = []
    audited = [one for one in dependencies if "vulns" in one]
    if not audited:
        print("pip-audit: its advisory source cannot be reached from here, so nothing was checked.")
        return 0
    weak = [one for one in audited if one["vulns"]]
    for one in weak:
        print(f"{one['name']} {one['version']}: {', '.join(vuln['id'] for vuln in one['vulns'])}")
    print(f"pip-audit: {len(audited)} packages checked, {len(weak)} with known weaknesses.")
    return 1 if weak else 0


if __name__ == "__main__":
    sys.exit(main())
