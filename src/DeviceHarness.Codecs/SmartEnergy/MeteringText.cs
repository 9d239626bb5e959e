namespace DeviceHarness.Codecs.SmartEnergy;

/// <summary>The Metering cluster: 0702, its server is the meter and, on a hub, each mirror of one.</summary>
/// <remarks>
/// Spec: ZigBee Smart Energy profile, Metering cluster, as this harness's ZigBee guide sums it up; numbers that the guide leaves out are
/// those of edition 1.2. A summation is multiplied by attribute 0301, divided by 0302 and counted in the unit of 0300.
/// </remarks>
internal static class MeteringText
{
    internal static readonly ClusterText Text = new(FromServer, FromClient, ServerAttributes, ClientAttributes);

    private const string FromServer = """
        00 GetProfileResponse: end_time utc, status e8(profile_status), profile_interval_period e8(profile_period),
         number_of_periods_delivered u8, intervals{value u24}*number_of_periods_delivered
        01 RequestMirror:
        02 RemoveMirror:
        03 RequestFastPollModeResponse: applied_update_period u8, fast_poll_end_time utc
        04 ScheduleSnapshotResponse: issuer_event_id u32, responses{snapshot_schedule_id u8, confirmation e8}*
        05 TakeSnapshotResponse: snapshot_id u32, confirmation e8
        06 PublishSnapshot: snapshot_id u32, snapshot_time utc, total_snapshots_found u8, command_index u8, total_commands u8,
         snapshot_cause b32(snapshot_cause), snapshot_payload_type e8, payload raw
        07 GetSampledDataResponse: sample_id u16, sample_start_time utc, sample_type e8, sample_request_interval u16,
         number_of_samples u16, samples{sample u24}*number_of_samples
        08 ConfigureMirror: issuer_event_id u32, reporting_interval_seconds u24, mirror_notification_reporting bool, notification_scheme u8
        09 ConfigureNotificationScheme: issuer_event_id u32, notification_scheme u8, notification_flag_order b32
        0A ConfigureNotificationFlags: issuer_event_id u32, notification_scheme u8, notification_flag_attribute u16, cluster u16,
         manufacturer_code u16, number_of_commands u8, commands{command u8}*number_of_commands
        0B GetNotifiedMessage: notification_scheme u8, notification_flag_attribute u16, notification_flags b32(notification)
        0C SupplyStatusResponse: provider_id u32, issuer_event_id u32, implementation_date_time utc, supply_status e8(supply)
        0D StartSamplingResponse: sample_id u16
        """;

    private const string FromClient = """
        00 GetProfile: interval_channel e8(channel), end_time utc, number_of_periods u8
        01 RequestMirrorResponse: endpoint u16
        02 MirrorRemoved: endpoint u16
        03 RequestFastPollMode: fast_poll_update_period u8, duration_minutes u8
        04 ScheduleSnapshot: issuer_event_id u32, command_index u8, total_commands u8, schedules{snapshot_schedule_id u8,
         snapshot_start_time utc, snapshot_schedule b24, snapshot_payload_type e8, snapshot_cause b32(snapshot_cause)}*
        05 TakeSnapshot: snapshot_cause b32(snapshot_cause)
        06 GetSnapshot: earliest_start utc, latest_end utc, snapshot_offset u8, snapshot_cause b32(snapshot_cause)
        07 StartSampling: issuer_event_id u32, start_sampling_time utc, sample_type e8, sample_request_interval u16,
         max_number_of_samples u16
        08 GetSampledData: sample_id u16, earliest_sample_time utc, sample_type e8, number_of_samples u16
        09 MirrorReportAttributeResponse: notification_scheme u8, flags{notification_flags b32(notification)}*
        0A ResetLoadLimitCounter: provider_id u32, issuer_event_id u32
        0B ChangeSupply: provider_id u32, issuer_event_id u32, request_date_time utc, implementation_date_time utc,
         proposed_supply_status e8(supply), supply_control_bits b8
        0C LocalChangeSupply: proposed_supply_status e8(supply)
        0D SetSupplyStatus: issuer_event_id u32, supply_tamper_state e8(supply_state), supply_depletion_state e8(supply_state),
         supply_uncontrolled_flow_state e8(supply_state), load_limit_supply_state e8(supply_state)
        0E SetUncontrolledFlowThreshold: provider_id u32, issuer_event_id u32, uncontrolled_flow_threshold u16, unit_of_measure e8(unit),
         multiplier u16, divisor u16, stabilisation_period u8, measurement_period u16
        """;

    private const string ServerAttributes = """
        0000 current_summation_delivered u48 rp summation
        0001 current_summation_received u48 rp summation
        0002 current_max_demand_delivered u48 r demand
        0003 current_max_demand_received u48 r demand
        0004 dft_summation u48 r summation
        0005 daily_freeze_time u16 r
        0006 power_factor i8 r %
        0007 reading_snapshot_time utc r
        0008 current_max_demand_delivered_time utc r
        0009 current_max_demand_received_time utc r
        000A default_update_period u8 r s
        000B fast_poll_update_period u8 r s
        000C current_block_period_consumption_delivered u48 r summation
        000D daily_consumption_target u24 r summation
        000E current_block e8 r
        000F profile_interval_period e8(profile_period) r
        0011 preset_reading_time u16 r
        0012 volume_per_report u16 r
        0013 flow_restriction u8 r
        0014 supply_status e8(supply) rp
        0020 active_register_tier_delivered e8 r
        0021 active_register_tier_received e8 r
        0022 last_block_switch_time utc r
        0100+2x30 current_tier_{}_summation_delivered u48 rp summation
        0101+2x30 current_tier_{}_summation_received u48 rp summation
        0200 status b8(meter_status) rp
        0201 remaining_battery_life u8 rp %
        0202 hours_in_operation u24 r h
        0203 hours_in_fault u24 r h
        0204 extended_status b64 rp
        0205 remaining_battery_life_in_days u16 rp days
        0206 current_meter_id ostr r
        0300 unit_of_measure e8(unit) r
        0301 multiplier u24 r
        0302 divisor u24 r
        0303 summation_formatting b8 r
        0304 demand_formatting b8 r
        0305 historical_consumption_formatting b8 r
        0306 metering_device_type b8(device_type) r
        0307 site_id ostr rw
        0308 meter_serial_number ostr r
        030E module_serial_number ostr r
        030F operating_tariff_label_delivered ostr r
        0310 operating_tariff_label_received ostr r
        0311 customer_id_number ostr rw
        0400 instantaneous_demand i24 rp demand
        0401 current_day_consumption_delivered u24 r summation
        0402 current_day_consumption_received u24 r summation
        0403 previous_day_consumption_delivered u24 r summation
        0404 previous_day_consumption_received u24 r summation
        0405 current_partial_profile_interval_start_time_delivered utc r
        0406 current_partial_profile_interval_start_time_received utc r
        0407 current_partial_profile_interval_value_delivered u24 r summation
        0408 current_partial_profile_interval_value_received u24 r summation
        0420+2x7 previous_day_{2}_consumption_delivered u24 r summation
        0421+2x7 previous_day_{2}_consumption_received u24 r summation
        0430 current_week_consumption_delivered u24 r summation
        0431 current_week_consumption_received u24 r summation
        0432+2x5 previous_week_{}_consumption_delivered u24 r summation
        0433+2x5 previous_week_{}_consumption_received u24 r summation
        0440 current_month_consumption_delivered u32 r summation
        0441 current_month_consumption_received u32 r summation
        0442+2xD previous_month_{}_consumption_delivered u32 r summation
        0443+2xD previous_month_{}_consumption_received u32 r summation
        045C historical_freeze_time u16 r
        0500 max_number_of_periods_delivered u8 r
        0600 current_demand_delivered u24 r demand
        0601 demand_limit u24 r demand
        0602 demand_integration_period u8 r min
        0603 number_of_demand_subintervals u8 r
        0604 demand_limit_arm_duration u16 r s
        0605 load_limit_supply_state e8(supply_state) r
        0606 load_limit_counter u8 r
        0607 supply_tamper_state e8(supply_state) r
        0608 supply_depletion_state e8(supply_state) r
        0609 supply_uncontrolled_flow_state e8(supply_state) r
        0700+1x10 current_no_tier_block_{}_summation_delivered u48 r summation
        0710+10xF+1x10 current_tier_{}_block_{}_summation_delivered u48 r summation
        0800 generic_alarm_mask b16 rw
        0801 electricity_alarm_mask b32 rw
        0802 generic_flow_pressure_alarm_mask b16 rw
        0803 water_specific_alarm_mask b16 rw
        0804 heat_and_cooling_specific_alarm_mask b16 rw
        0805 gas_specific_alarm_mask b16 rw
        0806 extended_generic_alarm_mask b48 rw
        0807 manufacturer_alarm_mask b16 rw
        0A00 bill_to_date_delivered u32 r price
        0A01 bill_to_date_time_stamp_delivered utc r
        0A02 projected_bill_delivered u32 r price
        0A03 projected_bill_time_stamp_delivered utc r
        0A04 bill_delivered_trailing_digit b8 r
        0B00 proposed_change_supply_implementation_time utc r
        0B01 proposed_change_supply_status e8(supply) r
        0B10 uncontrolled_flow_threshold u16 r
        0B11 uncontrolled_flow_threshold_unit_of_measure e8(unit) r
        0B12 uncontrolled_flow_multiplier u16 r
        0B13 uncontrolled_flow_divisor u16 r
        0B14 flow_stabilisation_period u8 r
        0B15 flow_measurement_period u16 r s
        """;

    private const string ClientAttributes = """
        0000 functional_notification_flags b32(notification) r
        0001+1x7 notification_flags_{2} b32 r
        """;
}
