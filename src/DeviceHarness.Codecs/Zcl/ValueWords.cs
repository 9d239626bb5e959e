using System.Collections.Frozen;
using System.Globalization;

namespace DeviceHarness.Codecs.Zcl;

/// <summary>Words for the values of enumerations and the bits of bitmaps.</summary>
/// <remarks>
/// Spec: ZigBee Cluster Library and Smart Energy profile, as this harness's ZigBee guide sums them up. One list in a line: its name, then
/// number and words; numbers are hexadecimal, of a bitmap they are bit numbers.
/// </remarks>
internal static class ValueWords
{
    private const string Lists = """
        access: 0 read, 1 write, 2 report
        address_mode: 1 group, 3 EUI-64 and endpoint
        calendar: 0 delivered, 1 received, 2 delivered and received, 3 friendly credit, 4 auxiliary switch
        calorific: 1 MJ/m3, 2 MJ/kg
        capability: 1 full function, 2 mains powered, 3 receiver on when idle, 7 allocate address
        change_control: 0 pre-snapshot, 1 post-snapshot, 2 reset credit, 3 reset debit, 4 reset billing, 5 clear tariff,
         6 clear standing charge, 7 block history, 8 clear history, 9 clear display's consumer data, A clear display's supplier data,
         D clear transaction log, E clear prepayment log
        channel: 0 delivered, 1 received
        cleared_logs: 0 all, 1 tamper, 2 fault, 3 general, 4 security, 5 network
        cpp_auth: 0 pending, 1 accepted, 2 rejected, 3 forced
        credit_status: 0 credit OK, 1 low credit, 2 emergency credit enabled, 3 emergency credit available, 4 emergency credit selected,
         5 emergency credit in use, 6 credit exhausted
        credit_type: 0 incremental, 1 absolute
        currency: 33A GBP, 3D2 EUR
        debt_method: 0 time based, 1 percentage based, 2 catch-up based
        device_class: 0 HVAC, 1 strip heat, 2 water heater, 3 pool pump, 4 smart appliance, 5 irrigation, 6 managed commercial,
         7 simple load, 8 exterior light, 9 interior light, A electric vehicle, B generation
        device_type: 0 electricity, 1 gas, 2 water, 7F mirrored electricity, 80 mirrored gas, FE undefined mirror
        event_control: 0 report to HAN, 1 report to WAN
        event_configuration: 3 push to WAN, 4 push to HAN, 5 raise ZigBee alarm, 6 raise physical alarm
        event_status: 1 received, 2 started, 3 completed, 4 opted out, 5 opted in, 6 cancelled, 7 superseded, 8 partial with opt-out,
         9 partial with opt-in, A no participation, F6 invalid opt-out, F7 not found, F8 invalid cancel, F9 invalid effective time,
         FB expired, FD undefined cancel, FE rejected
        key_establishment: 0 success, 1 unknown issuer, 2 bad key confirm, 3 bad message, 4 no resources, 5 unsupported suite,
         6 invalid key usage
        leave: 6 remove children, 7 rejoin
        log: 0 all, 1 tamper, 2 fault, 3 general, 4 security, 5 network
        message_control: 2 importance bit 0, 3 importance bit 1, 5 enhanced confirmation, 7 confirmation required
        meter_status: 0 check meter, 1 low battery, 2 tamper, 3 power failure, 4 power quality or low pressure, 5 leak,
         6 service disconnect open, 7 reverse flow
        node_type: 0 router, 1 end device
        notification: 0 new OTA firmware, 1 CBKE update request, 2 time sync, 4 stay awake HAN, 5 stay awake WAN,
         6 push historical metering data A, 7 push historical metering data B, 8 push historical metering data C,
         9 push historical prepayment data A, A push historical prepayment data B, B push historical prepayment data C,
         C push static data basic, D push static data metering, E push static data prepayment, F network key active, 10 display message,
         11 cancel all messages, 12 change supply, 13 local change supply, 14 uncontrolled flow threshold, 15 tunnel message pending,
         16 get snapshot, 17 get sampled data
        originating_device: 0 energy service interface, 1 meter, 2 in-home display
        payment_control: 0 disconnection enabled, 1 prepayment, 2 credit management, 4 credit display, 6 account base, 7 contactor fitted,
         8 standing charge, 9 emergency credit standing charge, A debt, B emergency credit debt
        power_source: 0 unknown, 1 mains single phase, 2 mains three phase, 3 battery, 4 DC
        prepayment_alarm: 0 low credit, 1 top-up code error, 2 top-up code used, 3 top-up code invalid, 4 friendly credit in use,
         5 friendly credit ending, 6 emergency credit available, 7 unauthorised use, 8 disconnected for credit, 9 disconnected for tamper,
         A disconnected by HES, B physical attack, C electronic attack
        price_control: 0 acknowledgement required, 1 total tiers exceed 15
        profile_period: 0 daily, 1 60 min, 2 30 min, 3 15 min, 4 10 min, 5 7.5 min, 6 5 min, 7 2.5 min
        profile_status: 0 success, 1 undefined channel, 2 not supported, 3 invalid end time, 4 more periods than can be returned,
         5 no intervals available
        reporting: 0 reported, 1 received
        snapshot_cause: 0 general, 1 end of billing period, 2 end of block period, 3 change of tariff, 4 change of price matrix,
         5 change of thresholds, 6 change of CV, 7 change of CF, 8 change of calendar, 9 critical peak pricing, A manual,
         B end of resolve period, C change of tenancy, D change of supplier, E change of mode, F debt payment, 10 scheduled,
         11 OTA download
        supply: 0 off, 1 off-armed, 2 on
        supply_state: 0 off, 1 off-armed, 2 on, 3 unchanged
        tariff_type: 1 received, 2 delivered and received
        time_reference: 0 UTC, 1 standard time, 2 local time
        time_status: 0 master, 1 synchronised, 2 master for zone and DST, 3 superseding
        top_up: 0 accepted, 1 invalid top-up, 2 duplicate top-up, 3 error, 4 maximum credit reached, 5 keypad locked,
         6 value too large, 10 accepted and supply enabled, 11 accepted and supply disabled, 12 accepted and supply armed
        transfer_status: 0 no such tunnel, 1 wrong device, 2 data overflow
        tunnel_protocol: 0 DLMS/COSEM, 1 IEC 61107, 2 ANSI C12, 3 M-Bus, 4 SML, 5 ClimateTalk, 6 GB-HRGP, C7 test
        tunnel_status: 0 success, 1 busy, 2 no more tunnel ids, 3 protocol not supported, 4 flow control not supported
        unit: 0 kWh, 1 m3, 2 ft3, 80 kWh BCD, 81 m3 BCD
        upgrade_status: 0 normal, 1 download in progress, 2 download complete, 3 waiting to upgrade, 4 count down, 5 wait for more,
         6 waiting for external event
        zdo_status: 0 success, 80 invalid request type, 81 device not found, 82 invalid endpoint, 83 not active, 84 not supported,
         85 time-out, 86 no match, 88 no entry, 89 no descriptor, 8A insufficient space, 8B not permitted, 8C table full,
         8D not authorised
        alarm: 0 check meter, 1 low battery, 2 tamper, 3 power failure, 4 power quality or low pressure, 5 leak, 6 service disconnect,
         7 reverse flow, 8 meter cover removed, 9 meter cover closed, A strong magnetic field, B no strong magnetic field,
         C battery failure, D program memory error, E RAM error, F NV memory error, 1F ground fault, 20 electric tamper,
         21 incorrect polarity, 22 current without voltage, 23 under voltage, 24 over voltage, 25 normal voltage, 28 terminal cover removed,
         29 terminal cover closed, 30 burst, 31 pressure low, 32 pressure high, 60 tilt tamper, 61 battery cover removed,
         62 battery cover closed, 63 excess flow, 64 tilt ended, 70 measurement error, 71 watchdog error, 72 supply disconnect failure,
         73 supply connect failure, 74 measurement software changed, 7A HAN communication error, 7B HAN communication OK, 7C fraud attempt,
         7D power loss, 7E unusual HAN traffic, 83 hardware reset, 8C battery warning, 90 fast poll start, 91 fast poll end
        event: 0 meter cover removed, 1 meter cover closed, 2 strong magnetic field, 3 no strong magnetic field, 4 battery failure,
         5 low battery, 6 program memory error, 7 RAM error, 8 NV memory error, 9 measurement error, A watchdog error,
         B supply disconnect failure, C supply connect failure, D measurement software changed, E DST on, F DST off, 10 clock back,
         11 clock forward, 12 clock invalid, 13 HAN communication error, 14 HAN communication OK, 15 fraud attempt, 16 power loss,
         17 incorrect protocol, 18 unusual HAN traffic, 19 unexpected clock change, 1A unauthenticated component, 1B error register clear,
         1C alarm register clear, 1D hardware reset, 1E program execution error, 1F event log cleared, 20 manual disconnect,
         21 manual connect, 22 remote disconnect, 23 local disconnect, 24 limit threshold exceeded, 25 limit threshold OK,
         26 limit threshold changed, 27 maximum demand exceeded, 28 profile cleared, 29 firmware ready for activation,
         2A firmware activated, 2B patch failure, 80 incorrect polarity, 81 current without voltage, 87 terminal cover removed,
         88 terminal cover closed, A0 reverse flow, A1 tilt tamper, A2 battery cover removed, A3 battery cover closed, A4 excess flow
        """;

    private static readonly FrozenDictionary<string, FrozenDictionary<ulong, string>> ByName = Parse();

    /// <summary>True when there is such a list; those of types and statuses are kept with their enumerations.</summary>
    public static bool Has(string name) => name is "status" or "type" || ByName.ContainsKey(name);

    /// <summary>The words for a value, such as <c>on</c> or <c>low credit, debt</c>; empty when there are none.</summary>
    /// <param name="name">The list; null for none.</param>
    /// <param name="value">The value.</param>
    /// <param name="isBitmap">True when each bit has words of its own.</param>
    public static string Of(string? name, ulong value, bool isBitmap)
    {
        switch (name)
        {
            case "type":
                return ((ZclDataType)value).StandardName();
            case "status":
                return Enum.GetName((ZclStatus)value) ?? "";
            default:
                if (name is null || !ByName.TryGetValue(name, out FrozenDictionary<ulong, string>? words))
                {
                    return "";
                }

                return isBitmap
                    ? string.Join(
                        ", ", words.Where(bit => ((value >> (int)bit.Key) & 1) != 0).OrderBy(bit => bit.Key).Select(bit => bit.Value))
                    : words.GetValueOrDefault(value, "");
        }
    }

    private static FrozenDictionary<string, FrozenDictionary<ulong, string>> Parse() =>
        Lists.ReplaceLineEndings("\n").Replace("\n ", " ", StringComparison.Ordinal).Split('\n')
            .Select(line => line.Split(": ", 2))
            .ToFrozenDictionary(
                parts => parts[0],
                parts => parts[1].Split(", ")
                    .Select(entry => entry.Trim().Split(' ', 2))
                    .ToFrozenDictionary(
                        entry => ulong.Parse(entry[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture), entry => entry[1]));
}
