namespace DeviceHarness.Codecs.SmartEnergy;

/// <summary>Clusters of the library that Smart Energy devices have: 0000, 0003, 0009, 000A, 0019, 0025.</summary>
/// <remarks>Spec: ZigBee Cluster Library and OTA upgrade cluster, as this harness's ZigBee guide sums them up.</remarks>
internal static class GeneralText
{
    internal static readonly ClusterText Basic = new(
        "",
        "00 ResetToFactoryDefaults:",
        """
        0000 zcl_version u8 r
        0001 application_version u8 r
        0002 stack_version u8 r
        0003 hardware_version u8 r
        0004 manufacturer_name cstr r
        0005 model_identifier cstr r
        0006 date_code cstr r
        0007 power_source e8(power_source) r
        0010 location_description cstr rw
        0011 physical_environment e8 rw
        0012 device_enabled bool rw
        0013 alarm_mask b8 rw
        0014 disable_local_config b8 rw
        4000 software_build_id cstr r
        """);

    internal static readonly ClusterText Identify = new(
        "00 IdentifyQueryResponse: timeout u16",
        """
        00 Identify: identify_time u16
        01 IdentifyQuery:
        """,
        "0000 identify_time u16 rw s");

    internal static readonly ClusterText Alarms = new(
        """
        00 Alarm: alarm_code e8(alarm), cluster cluster
        01 GetAlarmResponse: status e8(status), [status=0] alarm_code e8(alarm), [status=0] cluster cluster, [status=0] time_stamp u32
        """,
        """
        00 ResetAlarm: alarm_code e8(alarm), cluster cluster
        01 ResetAllAlarms:
        02 GetAlarm:
        03 ResetAlarmLog:
        """,
        "0000 alarm_count u16 r");

    internal static readonly ClusterText Time = new(
        ServerAttributes: """
        0000 time utc rw
        0001 time_status b8(time_status) rw
        0002 time_zone i32 rw s
        0003 dst_start u32 rw
        0004 dst_end u32 rw
        0005 dst_shift i32 rw s
        0006 standard_time u32 r
        0007 local_time u32 r
        0008 last_set_time utc r
        0009 valid_until_time utc rw
        """);

    internal static readonly ClusterText KeepAlive = new(
        ServerAttributes: """
        0000 tc_keep_alive_base u8 r min
        0001 tc_keep_alive_jitter u16 r s
        """);

    /// <summary>Its server is the hub or the rig; the attributes are those of the device that is upgraded.</summary>
    internal static readonly ClusterText OtaUpgrade = new(
        """
        00 ImageNotify: payload_type e8, query_jitter u8, [payload_type>1] manufacturer_code u16, [payload_type>2] image_type u16,
         [payload_type>3] new_file_version u32
        02 QueryNextImageResponse: status e8(status), [status=0] manufacturer_code u16, [status=0] image_type u16,
         [status=0] file_version u32, [status=0] image_size u32
        05 ImageBlockResponse: status e8(status), [status=0] manufacturer_code u16, [status=0] image_type u16, [status=0] file_version u32,
         [status=0] file_offset u32, [status=0] data_size u8, [status=0] data raw*data_size, [status=97] current_time utc,
         [status=97] request_time utc, [status=97] ? minimum_block_period u16
        07 UpgradeEndResponse: manufacturer_code u16, image_type u16, file_version u32, current_time utc, upgrade_time utc
        09 QueryDeviceSpecificFileResponse: status e8(status), [status=0] manufacturer_code u16, [status=0] image_type u16,
         [status=0] file_version u32, [status=0] image_size u32
        """,
        """
        01 QueryNextImageRequest: field_control b8, manufacturer_code u16, image_type u16, current_file_version u32,
         [field_control&1] hardware_version u16
        03 ImageBlockRequest: field_control b8, manufacturer_code u16, image_type u16, file_version u32, file_offset u32, max_data_size u8,
         [field_control&1] request_node_address eui, [field_control&2] block_request_delay u16
        04 ImagePageRequest: field_control b8, manufacturer_code u16, image_type u16, file_version u32, file_offset u32, max_data_size u8,
         page_size u16, response_spacing_ms u16, [field_control&1] request_node_address eui
        06 UpgradeEndRequest: status e8(status), manufacturer_code u16, image_type u16, file_version u32
        08 QueryDeviceSpecificFileRequest: request_node_address eui, manufacturer_code u16, image_type u16, file_version u32,
         zigbee_stack_version u16
        """,
        "",
        """
        0000 upgrade_server_id eui r
        0001 file_offset u32 r
        0002 current_file_version u32 r
        0003 current_zigbee_stack_version u16 r
        0004 downloaded_file_version u32 r
        0005 downloaded_zigbee_stack_version u16 r
        0006 image_upgrade_status e8(upgrade_status) r
        0007 manufacturer_id u16 r
        0008 image_type_id u16 r
        0009 minimum_block_period u16 r
        000A image_stamp u32 r
        000B upgrade_activation_policy e8 r
        000C upgrade_timeout_policy e8 r
        """);
}
