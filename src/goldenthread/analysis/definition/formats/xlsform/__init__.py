"""XLSForm: a form as a workbook with the sheets survey, choices and settings (KoboToolbox and ODK)."""
