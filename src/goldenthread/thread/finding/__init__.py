"""Find: numbered builds of a survey's figures, and everything that can be explored in one."""
