"""What pages are made of: templates, styles and scripts, ours and vendored."""
