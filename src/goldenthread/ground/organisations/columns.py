"""Which columns of Get Information about Schools are read, and as what. No other column is looked at.

The register also names heads and proprietors. They are people, so their columns have no place here.
"""

from __future__ import annotations

REGISTER = {
    "urn": "URN",
    "la": "LA (code)",
    "number": "EstablishmentNumber",
    "name": "EstablishmentName",
    "type_code": "TypeOfEstablishment (code)",
    "type_name": "TypeOfEstablishment (name)",
    "status_code": "EstablishmentStatus (code)",
    "status_name": "EstablishmentStatus (name)",
    "opened": "OpenDate",
    "closed": "CloseDate",
    "phase_code": "PhaseOfEducation (code)",
    "phase_name": "PhaseOfEducation (name)",
    "age_low": "StatutoryLowAge",
    "age_high": "StatutoryHighAge",
    "pupils": "NumberOfPupils",
    "trust": "Trusts (name)",
    "town": "Town",
    "postcode": "Postcode",
    "region_code": "GOR (code)",
    "region_name": "GOR (name)",
}
"""From our name of a cell to the register's heading."""

NEEDED = ("urn", "la", "name")
ONE_OF = (("status_code", "status_name"), ("type_code", "type_name"))

LABELS = {
    "name": "Name",
    "kind": "Kind",
    "urn": "URN",
    "laestab": "LAEstab",
    "la": "Local authority",
    "phase": "Phase",
    "school_type": "School type",
    "region": "Region",
    "status": "Status",
    "opened": "Opened",
    "closed": "Closed",
    "age_low": "Youngest age",
    "age_high": "Oldest age",
    "pupils": "Pupils",
    "trust": "Trust",
    "town": "Town",
    "postcode": "Postcode",
}
"""What each column of an organisation is called on a page, in the order pages show them."""

LISTS = {"kind": "organisation-kinds", "phase": "phases", "school_type": "school-types", "region": "regions"}
"""The columns that hold a code, and the list it is of."""

STATUSES = {"open": "open", "closed": "closed", "proposed": "proposed to open"}
