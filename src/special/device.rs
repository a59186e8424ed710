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
        let members = [
            ("device_name", reply.get("DeviceName")),
            ("description", reply.get("Description")),
            ("iot_thing_name", reply.get("IotThingName")),
        ];
        let device = Value::from(members.map(|(name, value)| (name, value.clone())));
        state.insert("device", Value::List(vec![device]));
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
}
