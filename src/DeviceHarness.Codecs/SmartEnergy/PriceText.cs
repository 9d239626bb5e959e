namespace DeviceHarness.Codecs.SmartEnergy;

/// <summary>The Price cluster: 0700, its server is the energy service interface.</summary>
/// <remarks>
/// Spec: ZigBee Smart Energy profile, Price cluster, as this harness's ZigBee guide sums it up; numbers that the guide leaves out are those
/// of edition 1.2. A price is its number divided by ten to the power of its trailing digit, the high half of its octet.
/// </remarks>
internal static class PriceText
{
    internal static readonly ClusterText Text = new(FromServer, FromClient, ServerAttributes, ClientAttributes);

    private const string FromServer = """
        00 PublishPrice: provider_id u32, rate_label ostr, issuer_event_id u32, current_time utc, unit_of_measure e8(unit),
         currency u16(currency), price_trailing_digit_and_tier b8, number_of_tiers_and_register_tier b8, start_time utc,
         duration_minutes u16, price u32,
         ? price_ratio u8, generation_price u32, generation_price_ratio u8,
         ?11 alternate_cost_delivered u32, alternate_cost_unit e8, alternate_cost_trailing_digit b8, number_of_block_thresholds u8,
         price_control b8(price_control), ?12 number_of_generation_tiers u8, generation_tier u8, extended_number_of_price_tiers u8,
         extended_price_tier u8, extended_register_tier u8
        01 PublishBlockPeriod: provider_id u32, issuer_event_id u32, start_time utc, duration u24, number_of_tiers_and_block_thresholds b8,
         block_period_control b8, ?12 duration_type b8, tariff_type b8(tariff_type), tariff_resolution_period e8
        02 PublishConversionFactor: issuer_event_id u32, start_time utc, conversion_factor u32, trailing_digit b8
        03 PublishCalorificValue: issuer_event_id u32, start_time utc, calorific_value u32, calorific_value_unit e8(calorific),
         trailing_digit b8
        04 PublishTariffInformation: provider_id u32, issuer_event_id u32, issuer_tariff_id u32, start_time utc,
         tariff_type_charging_scheme b8, tariff_label ostr, number_of_price_tiers u8, number_of_block_thresholds u8,
         unit_of_measure e8(unit), currency u16(currency), price_trailing_digit b8, standing_charge u32, tier_block_mode e8,
         block_threshold_multiplier u24, block_threshold_divisor u24
        05 PublishPriceMatrix: provider_id u32, issuer_event_id u32, start_time utc, issuer_tariff_id u32, command_index u8,
         total_commands u8, sub_payload_control b8, prices{tier_block_id u8, price u32}*
        06 PublishBlockThresholds: provider_id u32, issuer_event_id u32, start_time utc, issuer_tariff_id u32, command_index u8,
         total_commands u8, sub_payload_control b8, tiers{tier_and_count u8, thresholds{threshold u48}*tier_and_count.low}*
        07 PublishCO2Value: provider_id u32, issuer_event_id u32, start_time utc, tariff_type b8(tariff_type), co2_value u32, co2_unit e8,
         co2_trailing_digit b8
        08 PublishTierLabels: provider_id u32, issuer_event_id u32, issuer_tariff_id u32, command_index u8, total_commands u8,
         number_of_labels u8, labels{tier_id u8, tier_label ostr}*number_of_labels
        09 PublishBillingPeriod: provider_id u32, issuer_event_id u32, start_time utc, duration u24, duration_type b8,
         tariff_type b8(tariff_type)
        0A PublishConsolidatedBill: provider_id u32, issuer_event_id u32, start_time utc, duration u24, duration_type b8,
         tariff_type b8(tariff_type), consolidated_bill u32, currency u16(currency), bill_trailing_digit b8
        0B PublishCPPEvent: provider_id u32, issuer_event_id u32, start_time utc, duration_minutes u16, tariff_type b8(tariff_type),
         cpp_price_tier e8, cpp_auth e8(cpp_auth)
        0C PublishCreditPayment: provider_id u32, issuer_event_id u32, credit_payment_due_date utc, credit_payment_overdue_amount i32,
         credit_payment_status e8, credit_payment i32, credit_payment_date utc, credit_payment_ref ostr
        0D PublishCurrencyConversion: provider_id u32, issuer_event_id u32, start_time utc, old_currency u16(currency),
         new_currency u16(currency), conversion_factor u32, conversion_factor_trailing_digit b8, currency_change_control_flags b32
        0E CancelTariff: provider_id u32, issuer_tariff_id u32, tariff_type b8(tariff_type)
        """;

    private const string FromClient = """
        00 GetCurrentPrice: command_options b8
        01 GetScheduledPrices: start_time utc, number_of_events u8
        02 PriceAcknowledgement: provider_id u32, issuer_event_id u32, price_ack_time utc, control b8(price_control)
        03 GetBlockPeriods: start_time utc, number_of_events u8, ?12 tariff_type b8(tariff_type)
        04 GetConversionFactor: earliest_start_time utc, min_issuer_event_id u32, number_of_commands u8
        05 GetCalorificValue: earliest_start_time utc, min_issuer_event_id u32, number_of_commands u8
        06 GetTariffInformation: earliest_start_time utc, min_issuer_event_id u32, number_of_commands u8, tariff_type b8(tariff_type)
        07 GetPriceMatrix: issuer_tariff_id u32
        08 GetBlockThresholds: issuer_tariff_id u32
        09 GetCO2Value: earliest_start_time utc, min_issuer_event_id u32, number_of_commands u8, tariff_type b8(tariff_type)
        0A GetTierLabels: issuer_tariff_id u32
        0B GetBillingPeriod: earliest_start_time utc, min_issuer_event_id u32, number_of_commands u8, tariff_type b8(tariff_type)
        0C GetConsolidatedBill: earliest_start_time utc, min_issuer_event_id u32, number_of_commands u8, tariff_type b8(tariff_type)
        0D CPPEventResponse: issuer_event_id u32, cpp_auth e8(cpp_auth)
        0E GetCreditPayment: latest_end_time utc, number_of_records u8
        0F GetCurrencyConversion:
        10 GetTariffCancellation:
        """;

    private const string ServerAttributes = """
        0000+1x30 tier_{}_price_label ostr rw
        0100+1xF block_{}_threshold u48 r summation
        010F block_threshold_count u8 r
        0110+10xF+1xF tier_{}_block_{}_threshold u48 r summation
        011F+10xF tier_{}_block_threshold_count u8 r
        0200 start_of_block_period utc r
        0201 block_period_duration u24 r
        0202 threshold_multiplier u24 r
        0203 threshold_divisor u24 r
        0204 block_period_duration_type b8 r
        0300 commodity_type e8(device_type) r
        0301 standing_charge u32 r price
        0302 conversion_factor u32 r
        0303 conversion_factor_trailing_digit b8 r
        0304 calorific_value u32 r
        0305 calorific_value_unit e8(calorific) r
        0306 calorific_value_trailing_digit b8 r
        0400+1x10 no_tier_block_{}_price u32 r price
        0410+10xF+1x10 tier_{}_block_{}_price u32 r price
        050F+1x21 tier_{16}_price u32 r price
        05FE cpp_1_price u32 r price
        05FF cpp_2_price u32 r price
        0610 tariff_label ostr r
        0611 number_of_price_tiers_in_use u8 r
        0612 number_of_block_thresholds_in_use u8 r
        0613 tier_block_mode e8 r
        0615 unit_of_measure e8(unit) r
        0616 currency u16(currency) r
        0617 price_trailing_digit b8 r
        0619 tariff_resolution_period e8 r
        0620 co2 u32 r
        0621 co2_unit e8 r
        0622 co2_trailing_digit b8 r
        0700 current_billing_period_start utc r
        0701 current_billing_period_duration u24 r
        0702 last_billing_period_start utc r
        0703 last_billing_period_duration u24 r
        0704 last_billing_period_consolidated_bill u32 r price
        0800 credit_payment_due_date utc r
        0801 credit_payment_status e8 r
        0802 credit_payment_overdue_amount i32 r price
        080A payment_discount i32 r price
        080B payment_discount_period e8 r
        0810+10x5 credit_payment_{} i32 r price
        0811+10x5 credit_payment_date_{} utc r
        0812+10x5 credit_payment_ref_{} ostr r
        8000+1x30 received_tier_{}_price_label ostr r
        8100+1xF received_block_{}_threshold u48 r summation
        8200 received_start_of_block_period utc r
        8201 received_block_period_duration u24 r
        8202 received_threshold_multiplier u24 r
        8203 received_threshold_divisor u24 r
        8400+1x10 received_no_tier_block_{}_price u32 r price
        8410+10xF+1x10 received_tier_{}_block_{}_price u32 r price
        850F+1x21 received_tier_{16}_price u32 r price
        """;

    private const string ClientAttributes = """
        0000 price_increase_randomize_minutes u8 rw min
        0001 price_decrease_randomize_minutes u8 rw min
        0002 commodity_type e8(device_type) r
        """;
}
