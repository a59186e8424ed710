//! MessagePack and JSON to and from values, steered by the schema.
