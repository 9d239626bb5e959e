namespace DeviceHarness.Codecs.SmartEnergy;

/// <summary>Demand response, messaging, tunnelling and key establishment: clusters 0701, 0703, 0704, 0800.</summary>
/// <remarks>Spec: ZigBee Smart Energy profile, as this harness's ZigBee guide sums it up.</remarks>
internal static class EnergyText
{
    internal static readonly ClusterText DemandResponse = new(
        """
        00 LoadControlEvent: issuer_event_id u32, device_class b16(device_class), utility_enrollment_group u8, start_time utc,
         duration_minutes u16, criticality_level e8, cooling_temp_offset u8, heating_temp_offset u8, cooling_set_point i16,
         heating_set_point i16, average_load_adjustment i8, duty_cycle u8, event_control b8
        01 CancelLoadControlEvent: issuer_event_id u32, device_class b16(device_class), utility_enrollment_group u8, cancel_control b8,
         effective_time utc
        02 CancelAllLoadControlEvents: cancel_control b8
        """,
        """
        00 ReportEventStatus: issuer_event_id u32, event_status e8(event_status), event_status_time utc, criticality_level e8,
         cooling_set_point u16, heating_set_point u16, average_load_adjustment i8, duty_cycle u8, event_control b8, ? signature_type e8,
         signature raw 42
        01 GetScheduledEvents: start_time utc, number_of_events u8, ?12 min_issuer_event_id u32
        """,
        "",
        """
        0000 utility_enrollment_group u8 rw
        0001 start_randomization_minutes u8 rw min
        0002 duration_randomization_minutes u8 rw min
        0003 device_class_value u16 rw
        """);

    internal static readonly ClusterText Messaging = new(
        """
        00 DisplayMessage: message_id u32, message_control b8(message_control), start_time utc, duration_minutes u16, message cstr,
         ?12 extended_message_control b8
        01 CancelMessage: message_id u32, message_control b8(message_control)
        02 DisplayProtectedMessage: message_id u32, message_control b8(message_control), start_time utc, duration_minutes u16, message cstr,
         ?12 extended_message_control b8
        03 CancelAllMessages: implementation_date_time utc
        """,
        """
        00 GetLastMessage:
        01 MessageConfirmation: message_id u32, confirmation_time utc, ?12 message_confirmation_control b8,
         message_confirmation_response ostr
        02 GetMessageCancellation: earliest_implementation_time utc
        """);

    internal static readonly ClusterText Tunneling = new(
        """
        00 RequestTunnelResponse: tunnel_id u16, tunnel_status e8(tunnel_status), ? max_incoming_transfer_size u16
        01 TransferData: tunnel_id u16, data raw
        02 TransferDataError: tunnel_id u16, transfer_data_status e8(transfer_status)
        03 AckTransferData: tunnel_id u16, number_of_octets_left u16
        04 ReadyData: tunnel_id u16, number_of_octets_left u16
        05 SupportedTunnelProtocolsResponse: protocol_list_complete bool, protocol_count u8, protocols{manufacturer_code u16,
         protocol_id e8(tunnel_protocol)}*protocol_count
        06 TunnelClosureNotification: tunnel_id u16
        """,
        """
        00 RequestTunnel: protocol_id e8(tunnel_protocol), manufacturer_code u16, flow_control bool, ? max_incoming_transfer_size u16
        01 CloseTunnel: tunnel_id u16
        02 TransferData: tunnel_id u16, data raw
        03 TransferDataError: tunnel_id u16, transfer_data_status e8(transfer_status)
        04 AckTransferData: tunnel_id u16, number_of_octets_left u16
        05 ReadyData: tunnel_id u16, number_of_octets_left u16
        06 GetSupportedTunnelProtocols: protocol_offset u8
        """,
        "0000 close_tunnel_timeout u16 r s");

    internal static readonly ClusterText KeyEstablishment = new(
        """
        00 InitiateKeyEstablishmentResponse: suite b16, ephemeral_generate_time u8, confirm_generate_time u8,
         [suite=1] identity_certificate raw 48, [suite=2] identity_certificate raw 74
        01 EphemeralDataResponse: ephemeral_public_key raw
        02 ConfirmKeyDataResponse: smac_v raw 16
        03 TerminateKeyEstablishment: status e8(key_establishment), wait_time_s u8, suite b16
        """,
        """
        00 InitiateKeyEstablishmentRequest: suite b16, ephemeral_generate_time u8, confirm_generate_time u8,
         [suite=1] identity_certificate raw 48, [suite=2] identity_certificate raw 74
        01 EphemeralDataRequest: ephemeral_public_key raw
        02 ConfirmKeyDataRequest: smac_u raw 16
        03 TerminateKeyEstablishment: status e8(key_establishment), wait_time_s u8, suite b16
        """,
        "0000 key_establishment_suite b16 r",
        "0000 key_establishment_suite b16 r");
}
