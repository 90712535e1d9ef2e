//! A folder of tables and documents, read with origins and problems.
