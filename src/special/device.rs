//! Why data is not enough: devices are registered as a list, which holds the name, and described one by one, without a
//! list.

use crate::{
    engine::{Draft, Special},
    value::Value,
};

pub(super) struct Device;

impl Special for Device {
    /// The name in the block is the name that the device is found by.
    fn plan(&self, draft: &mut Draft<'_>) {
        let device = draft.planned.get("device");
        let name = if device.is_unknown() { device } else { device.at(0).get("device_name") };
        let name = name.clone();
        draft.planned.insert("device_name", name);
    }

    fn observe(&self, reply: &Value, state: &mut Value) {
        let before = state.get("device").at(0).clone();
        let members =
            [("device_name", "DeviceName"), ("description", "Description"), ("iot_thing_name", "IotThingName")];
        let device = members.map(|(name, member)| {
            let (told, before) = (reply.get(member), before.get(name));
            // What the service does not tell stays as it is written, if that is empty.
            (name, if told.is_null() && before.is_zero() { before.clone() } else { told.clone() })
        });
        state.insert("device", Value::List(vec![device.into()]));
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
        let device = state.get("device").at(0);
        assert_eq!(device.get("device_name").as_str(), Some("camera"));
        assert_eq!(device.get("description").as_str(), Some("At the door"));
        assert!(device.get("iot_thing_name").is_null());
    }

    #[test]
    fn an_empty_text_stays_as_it_is_written_unless_the_service_has_another() {
        let device = Value::from([("description", "".into()), ("iot_thing_name", "".into())]);
        let mut state = Value::from([("device", Value::List(vec![device]))]);
        Device.observe(&Value::from([("Description", "At the door".into())]), &mut state);
        let device = state.get("device").at(0);
        assert_eq!(device.get("description").as_str(), Some("At the door"));
        assert_eq!(device.get("iot_thing_name").as_str(), Some(""));
    }
}
