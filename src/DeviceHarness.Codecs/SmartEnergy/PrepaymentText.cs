namespace DeviceHarness.Codecs.SmartEnergy;

/// <summary>The Prepayment cluster: 0705, its server is the meter and, on a hub, each mirror of one.</summary>
/// <remarks>
/// Spec: ZigBee Smart Energy profile, Prepayment cluster, as this harness's ZigBee guide sums it up; numbers that the guide leaves out are
/// those of edition 1.2. Departs: amounts that the standard's lists give as unsigned are signed here, since credit falls below zero.
/// </remarks>
internal static class PrepaymentText
{
    internal static readonly ClusterText Text = new(FromServer, FromClient, ServerAttributes);

    private const string FromServer = """
        01 PublishPrepaySnapshot: snapshot_id u32, snapshot_time utc, total_snapshots_found u8, command_index u8, total_commands u8,
         snapshot_cause b32(snapshot_cause), snapshot_payload_type e8, payload raw
        02 ChangePaymentModeResponse: friendly_credit b8, friendly_credit_calendar_id u32, emergency_credit_limit u32,
         emergency_credit_threshold u32
        03 ConsumerTopUpResponse: result_type e8(top_up), top_up_value i32, source_of_top_up e8(originating_device), credit_remaining i32
        05 PublishTopUpLog: command_index u8, total_commands u8, top_ups{top_up_code ostr, top_up_amount i32, top_up_time utc}*
        06 PublishDebtLog: command_index u8, total_commands u8, debts{collection_time utc, amount_collected u32, debt_type e8,
         outstanding_debt u32}*
        """;

    private const string FromClient = """
        00 SelectAvailableEmergencyCredit: command_issue_time utc, originating_device e8(originating_device), ?11 site_id ostr,
         meter_serial_number ostr
        02 ChangeDebt: issuer_event_id u32, debt_label ostr, debt_amount i32, debt_recovery_method e8(debt_method), debt_amount_type e8,
         debt_recovery_start_time utc, debt_recovery_collection_time u16, debt_recovery_frequency e8, debt_recovery_amount i32,
         debt_recovery_balance_percentage u16
        03 EmergencyCreditSetup: issuer_event_id u32, start_time utc, emergency_credit_limit u32, emergency_credit_threshold u32
        04 ConsumerTopUp: originating_device e8(originating_device), top_up_code ostr
        05 CreditAdjustment: issuer_event_id u32, start_time utc, credit_adjustment_type e8(credit_type), credit_adjustment_value i32
        06 ChangePaymentMode: provider_id u32, issuer_event_id u32, implementation_date_time utc,
         proposed_payment_control_configuration b16(payment_control), cut_off_value i32
        07 GetPrepaySnapshot: earliest_start utc, latest_end utc, snapshot_offset u8, snapshot_cause b32(snapshot_cause)
        08 GetTopUpLog: latest_end utc, number_of_records u8
        09 SetLowCreditWarningLevel: low_credit_warning_level u32
        0A GetDebtRepaymentLog: latest_end utc, number_of_debts u8, debt_type e8
        0B SetMaximumCreditLimit: provider_id u32, issuer_event_id u32, implementation_date_time utc, maximum_credit_level u32,
         maximum_credit_per_top_up u32
        0C SetOverallDebtCap: provider_id u32, issuer_event_id u32, implementation_date_time utc, overall_debt_cap i32
        """;

    private const string ServerAttributes = """
        0000 payment_control_configuration b16(payment_control) r
        0001 credit_remaining i32 rp price
        0002 emergency_credit_remaining i32 rp price
        0003 credit_status b8(credit_status) rp
        0004 credit_remaining_time_stamp utc r
        0005 accumulated_debt i32 rp price
        0006 overall_debt_cap i32 r price
        0010 emergency_credit_limit_allowance u32 r price
        0011 emergency_credit_threshold u32 r price
        0020 total_credit_added u48 r price
        0021 max_credit_limit u32 r price
        0022 max_credit_per_top_up u32 r price
        0030 friendly_credit_warning u8 rw min
        0031 low_credit_warning_level u32 r price
        0032 ihd_low_credit_warning_level u32 rw price
        0033 interrupt_suspend_time u8 rw min
        0034 remaining_friendly_credit_time u16 r min
        0035 next_friendly_credit_period utc r
        0040 cut_off_value i32 r price
        0080 token_carrier_id ostr rw
        0100+10x5 top_up_date_time_{} utc r
        0101+10x5 top_up_amount_{} i32 r price
        0102+10x5 originating_device_{} e8(originating_device) r
        0103+10x5 top_up_code_{} ostr r
        0210+10x3 debt_label_{} ostr r
        0211+10x3 debt_amount_{} u32 r price
        0212+10x3 debt_recovery_method_{} e8(debt_method) r
        0213+10x3 debt_recovery_start_time_{} utc r
        0214+10x3 debt_recovery_collection_time_{} u16 r min
        0216+10x3 debt_recovery_frequency_{} e8 r
        0217+10x3 debt_recovery_amount_{} u32 r price
        0219+10x3 debt_recovery_top_up_percentage_{} u16 r
        0400 prepayment_alarm_status b16(prepayment_alarm) rp
        0401 prepay_generic_alarm_mask b16 rw
        0402 prepay_switch_alarm_mask b16 rw
        0403 prepay_event_alarm_mask b16 rw
        0500 historical_cost_consumption_formatting b8 r
        0501 consumption_unit_of_measure e8(unit) r
        0502 currency_scaling_factor e8 r
        0503 currency u16(currency) r
        051C current_day_cost_consumption_delivered u48 r price
        051D current_day_cost_consumption_received u48 r price
        051E+2x8 previous_day_{}_cost_consumption_delivered u48 r price
        051F+2x8 previous_day_{}_cost_consumption_received u48 r price
        0530 current_week_cost_consumption_delivered u48 r price
        0531 current_week_cost_consumption_received u48 r price
        0532+2x5 previous_week_{}_cost_consumption_delivered u48 r price
        0533+2x5 previous_week_{}_cost_consumption_received u48 r price
        0540 current_month_cost_consumption_delivered u48 r price
        0541 current_month_cost_consumption_received u48 r price
        0542+2xD previous_month_{}_cost_consumption_delivered u48 r price
        0543+2xD previous_month_{}_cost_consumption_received u48 r price
        055C historical_freeze_time u16 r
        """;
}
