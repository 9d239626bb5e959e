namespace DeviceHarness.Codecs.SmartEnergy;

/// <summary>Calendar, device management and events: clusters 0707, 0708, 0709.</summary>
/// <remarks>Spec: ZigBee Smart Energy profile 1.2, as this harness's ZigBee guide sums it up.</remarks>
internal static class ScheduleText
{
    internal static readonly ClusterText Calendar = new(
        """
        00 PublishCalendar: provider_id u32, issuer_event_id u32, issuer_calendar_id u32, start_time utc, calendar_type e8(calendar),
         time_reference e8(time_reference), calendar_name ostr, seasons u8, week_profiles u8, day_profiles u8
        01 PublishDayProfile: provider_id u32, issuer_event_id u32, issuer_calendar_id u32, day_id u8, total_schedule_entries u8,
         command_index u8, total_commands u8, calendar_type e8(calendar), entries{start_minutes u16, tier_or_switch u8}*
        02 PublishWeekProfile: provider_id u32, issuer_event_id u32, issuer_calendar_id u32, week_id u8, day_id_ref_mon u8,
         day_id_ref_tue u8, day_id_ref_wed u8, day_id_ref_thu u8, day_id_ref_fri u8, day_id_ref_sat u8, day_id_ref_sun u8
        03 PublishSeasons: provider_id u32, issuer_event_id u32, issuer_calendar_id u32, command_index u8, total_commands u8,
         seasons{season_start_date date, week_id_ref u8}*
        04 PublishSpecialDays: provider_id u32, issuer_event_id u32, issuer_calendar_id u32, start_time utc, calendar_type e8(calendar),
         total_special_days u8, command_index u8, total_commands u8, days{special_day_date date, day_id_ref u8}*
        05 CancelCalendar: provider_id u32, issuer_calendar_id u32, calendar_type e8(calendar)
        """,
        """
        00 GetCalendar: earliest_start_time utc, min_issuer_event_id u32, number_of_calendars u8, calendar_type e8(calendar),
         provider_id u32
        01 GetDayProfiles: provider_id u32, issuer_calendar_id u32, start_day_id u8, number_of_days u8
        02 GetWeekProfiles: provider_id u32, issuer_calendar_id u32, start_week_id u8, number_of_weeks u8
        03 GetSeasons: provider_id u32, issuer_calendar_id u32
        04 GetSpecialDays: start_time utc, number_of_events u8, calendar_type e8(calendar), provider_id u32, issuer_calendar_id u32
        05 GetCalendarCancellation:
        """,
        "0000+1x8 auxiliary_switch_{}_label ostr r");

    internal static readonly ClusterText DeviceManagement = new(
        """
        00 PublishChangeOfTenancy: provider_id u32, issuer_event_id u32, tariff_type b8(tariff_type), implementation_date_time utc,
         proposed_change_control b32(change_control)
        01 PublishChangeOfSupplier: current_provider_id u32, issuer_event_id u32, tariff_type b8(tariff_type), proposed_provider_id u32,
         implementation_date_time utc, provider_change_control b32(change_control), proposed_provider_name ostr,
         proposed_provider_contact_details ostr
        02 RequestNewPasswordResponse: issuer_event_id u32, implementation_date_time utc, duration_minutes u16, password_type e8,
         password ostr#
        03 UpdateSiteId: issuer_event_id u32, site_id_time utc, provider_id u32, site_id ostr
        04 SetEventConfiguration: issuer_event_id u32, start_time utc, event_configuration b8(event_configuration),
         configuration_control e8, payload raw
        05 GetEventConfiguration: event_id u16
        06 UpdateCIN: issuer_event_id u32, implementation_date_time utc, provider_id u32, customer_id_number ostr
        """,
        """
        00 GetChangeOfTenancy:
        01 GetChangeOfSupplier:
        02 RequestNewPassword: password_type e8
        03 GetSiteId:
        04 ReportEventConfiguration: command_index u8, total_commands u8, events{event_id u16,
         event_configuration b8(event_configuration)}*
        05 GetCIN:
        """,
        """
        0100 provider_id u32 r
        0101 provider_name ostr r
        0102 provider_contact_details ostr r
        0110 proposed_provider_id u32 r
        0111 proposed_provider_name ostr r
        0112 proposed_provider_change_date_time utc r
        0113 proposed_provider_change_control b32(change_control) r
        0120 received_provider_id u32 r
        0121 received_provider_name ostr r
        0122 received_provider_contact_details ostr r
        0130 received_proposed_provider_id u32 r
        0131 received_proposed_provider_name ostr r
        0132 received_proposed_provider_change_date_time utc r
        0133 received_proposed_provider_change_control b32(change_control) r
        0200 change_of_tenancy_update_date_time utc r
        0201 proposed_tenancy_change_control b32(change_control) r
        0300 wan_status e8 r
        0400 low_medium_threshold u32 r
        0401 medium_high_threshold u32 r
        """,
        """
        0000 provider_id u32 r
        0100+1x100 event_{x100}_configuration b8(event_configuration) rw
        0200+1x97 metering_alarm_{x0}_event_configuration b8(event_configuration) rw
        """);

    internal static readonly ClusterText Events = new(
        """
        00 PublishEvent: log_id e8(log), event_id u16(event), event_time utc, event_control b8(event_control), event_data ostr
        01 PublishEventLog: total_number_of_matching_events u16, command_index u8, total_commands u8, log_payload_control b8,
         events{log_id e8(log), event_id u16(event), event_time utc, event_data ostr}*log_payload_control.high
        02 ClearEventLogResponse: cleared_logs b8(cleared_logs)
        """,
        """
        00 GetEventLog: event_control_log_id b8, event_id u16(event), start_time utc, end_time utc, number_of_events u8, event_offset u16
        01 ClearEventLogRequest: log_id b8
        """);
}
