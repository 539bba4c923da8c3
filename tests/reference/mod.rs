//! A second opinion on the language: a tiny, naive evaluator, and random standards and logs to ask
//! it about.
//!
//! It is written from the language page alone and shares no line with the engine. All times are
//! whole minutes, and a clock is judged by walking every minute, so that each rule of the page is
//! one plain sentence of code here.

pub mod across;
pub mod authority;
pub mod bridge;
pub mod calendar;
pub mod causes;
pub mod conduct;
pub mod deadline;
pub mod evaluator;
pub mod generate;
pub mod levels;
pub mod minimise;
pub mod model;
pub mod promise;
pub mod render;
pub mod scores;
pub mod story;
