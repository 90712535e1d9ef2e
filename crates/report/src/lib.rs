//! A ledger as a self-contained HTML report and an XLSX checklist.
