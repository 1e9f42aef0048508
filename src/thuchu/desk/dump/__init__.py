"""Room `dump`: everything public of this desk as files that anybody can check without it (rule 6).

Enters: a folder to write.  Leaves: files whose bytes follow from the ledger's last number; a packed copy for visitors.
Never here: a table; who asked, who rated, or anything else that no page shows to everybody.
"""
