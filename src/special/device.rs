//! Why data is not enough: devices are registered as a list that contains the name, and described one by one without a
//! list.

use crate::{
    definition::names::device as names,
    engine::{Draft, Special},
    value::Value,
};

pub(super) struct Device;

impl Special for Device {
    /// The name in the block is the name that identifies the device.
    fn plan(&self, draft: &mut Draft<'_>) {
        let device = draft.planned.get(names::DEVICE);
        let name = if device.is_unknown() { device } else { device.at(0).get(names::DEVICE_NAME) };
        let name = name.clone();
        draft.planned.insert(names::DEVICE_NAME, name);
    }

    fn observe(&self, reply: &Value, state: &mut Value) {
        let before = state.get(names::DEVICE).at(0).clone();
        let members = [
            (names::DEVICE_NAME, "DeviceName"),
            (names::DESCRIPTION, "Description"),
            (names::IOT_THING_NAME, "IotThingName"),
        ];
        let device = members.map(|(name, member)| {
            let (returned, before) = (reply.get(member), before.get(name));
            // A value that the service does not return keeps its configured value if that is empty.
            (name, if returned.is_null() && before.is_zero() { before.clone() } else { returned.clone() })
        });
        state.insert(names::DEVICE, Value::List(vec![device.into()]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_block_shows_what_the_service_describes() {
        let reply = Value::from([("DeviceName", "camera".into()), ("Description", "At the door".into())]);
        let mut state = Value::object();
        Device.observe(&reply, &mut state);
        let device = state.get(names::DEVICE).at(0);
        assert_eq!(device.get(names::DEVICE_NAME).as_str(), Some("camera"));
        assert_eq!(device.get(names::DESCRIPTION).as_str(), Some("At the door"));
        assert!(device.get(names::IOT_THING_NAME).is_null());
    }

    #[test]
    fn an_empty_string_is_kept_unless_the_service_returns_another_value() {
        let device = Value::from([(names::DESCRIPTION, "".into()), (names::IOT_THING_NAME, "".into())]);
        let mut state = Value::from([("device", Value::List(vec![device]))]);
        Device.observe(&Value::from([("Description", "At the door".into())]), &mut state);
        let device = state.get(names::DEVICE).at(0);
        assert_eq!(device.get(names::DESCRIPTION).as_str(), Some("At the door"));
        assert_eq!(device.get(names::IOT_THING_NAME).as_str(), Some(""));
    }
}
