"""The layouts other systems export, each recognised by its headings and by nothing else."""
