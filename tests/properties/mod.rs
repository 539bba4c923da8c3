//! What holds of every verdict, whatever the standards and the log.
