//! Swagger 2.0, OpenAPI 3.0 to 3.2, JSON Schema and OpenRPC to the reference model.

use crate::refs::Documents;

use super::model::{Family, Reference};

pub(super) fn read(_documents: &Documents, _family: Family) -> Reference {
    Reference::default()
}
