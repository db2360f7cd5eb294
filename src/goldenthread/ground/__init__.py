"""What every link of the thread stands on: area, people, lists, audit, mail, files, retention."""
